"""A folder of drafts in, a line a document out: do Word's lines and pages, as LibreOffice sets them, equal ours?

    python tests/agreement/compare.py FOLDER [--lines held|free|all] [--profile NAME]

Drafts are what `reportkit typeset` takes: .txt without markup, .md with that of the templates. Word itself is not
asked: LibreOffice, the widest known engine, stands in for it.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

import engines  # noqa: E402

from reportkit.document import draft  # noqa: E402
from reportkit.document.nodes import Document  # noqa: E402
from reportkit.pages import flow, profile_keys, profiles  # noqa: E402
from reportkit.pages.frame import Pages  # noqa: E402
from reportkit.writers import docx  # noqa: E402

# drafts handed to one process of LibreOffice
TOGETHER = 6


@dataclass(frozen=True)
class Agreement:
    """How far one draft agrees: counts, and the first line that differs as (page, ours, theirs).

    `pins` are the breaks its Word file holds.
    """

    name: str
    lines: int
    differing: int
    pages: int
    starts: int
    first: tuple[int, str, str] | None
    pins: int = 0

    def __str__(self) -> str:
        row = f"{self.name}\t{self.lines}\t{self.differing}\t{self.pages}\t{self.starts}\t{self.pins}"
        return row if self.first is None else row + "\t第{}页 {} ≠ {}".format(*self.first)


def compared(drafts: dict[str, Document], lines: str = "held", form: str = "gbt9704") -> Iterator[Agreement]:
    """Yield how far each draft agrees, in order."""
    page = replace(profiles.find(form), lines=lines)
    names = list(drafts)
    for at in range(0, len(names), TOGETHER):
        batch = names[at : at + TOGETHER]
        documents = [drafts[name] for name in batch]
        laid = [flow.lay(document, page) for document in documents]
        files = [docx.write(pages, document) for pages, document in zip(laid, documents, strict=True)]
        made = engines.libreoffice_pdfs(files, page)
        for name, pages, file, data in zip(batch, laid, files, made, strict=True):
            with zipfile.ZipFile(io.BytesIO(file)) as archive:
                pins = archive.read("word/document.xml").count(b"<w:br/>")
            yield replace(agreement(name, pages, engines.lines(data)), pins=pins)


def agreement(name: str, pages: Pages, theirs: Sequence[Sequence[str]]) -> Agreement:
    """Return how far the lines an engine set, page by page and folio last, agree with `pages`."""
    ours = [[line.text.rstrip() for line in page.lines] for page in pages.pages]
    there = [[line.rstrip() for line in page[:-1]] for page in theirs]
    flat, found = list(chain.from_iterable(ours)), list(chain.from_iterable(there))
    same = sum(block.size for block in SequenceMatcher(None, flat, found, autojunk=False).get_matching_blocks())
    starts = sum(at >= len(there) or there[at][:1] != page[:1] for at, page in enumerate(ours))
    return Agreement(name, len(flat), len(flat) - same, len(ours), starts, _first(ours, there))


def _first(ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]]) -> tuple[int, str, str] | None:
    """Return the page and the two forms of the first line that differs."""
    for number, (here, there) in enumerate(zip(ours, theirs, strict=False), start=1):
        for at in range(max(len(here), len(there))):
            pair = here[at] if at < len(here) else "", there[at] if at < len(there) else ""
            if pair[0] != pair[1]:
                return number, *pair
    return None


def main() -> None:
    """Print a line a draft, then the sum; exit 1 if any line or page start differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", choices=profile_keys.LINES, default="held")
    parser.add_argument("--profile", default="gbt9704")
    asked = parser.parse_args()
    drafts = {path.name: draft.read(path).document for path in sorted(asked.folder.glob("*.[tm][xd]*"))}
    print("draft\tlines\tdiffering\tpages\tdiffering starts\tpins\tfirst difference")
    rows = []
    for row in compared(drafts, asked.lines, asked.profile):
        rows.append(row)
        print(row, flush=True)
    lines, differing, pages, starts, pins = (
        sum(getattr(row, key) for row in rows) for key in ("lines", "differing", "pages", "starts", "pins")
    )
    print(
        f"{len(rows)} drafts: {lines - differing} of {lines} lines ({(lines - differing) / lines:.2%}), "
        f"{pages - starts} of {pages} page starts ({(pages - starts) / pages:.2%}), pins {pins / lines:.1%}"
    )
    sys.exit(1 if differing or starts else 0)


if __name__ == "__main__":
    main()
