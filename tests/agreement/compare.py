"""A folder of drafts in, a line a document out: do Word's lines and pages, as an engine sets them, equal ours?

    python tests/agreement/compare.py FOLDER [--engine libreoffice|onlyoffice] [--lines held|free|all] [--profile NAME]

Drafts are what `reportkit typeset` takes: .txt without markup, .md with that of the templates. Word itself is not
asked: LibreOffice, the widest known engine, stands in for it, or ONLYOFFICE.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

import engines  # noqa: E402
from engines import Placed  # noqa: E402

from reportkit.document import draft  # noqa: E402
from reportkit.document.nodes import Document  # noqa: E402
from reportkit.pages import flow, profile_keys, profiles  # noqa: E402
from reportkit.writers import docx, pdf  # noqa: E402

# drafts handed to one process of an engine
TOGETHER = 6
# a line that begins so many points from where ours does is in its place
NEAR_PT = 1.0
NO_LINE = Placed(0.0, "")


@dataclass(frozen=True)
class Agreement:
    """How far one draft agrees: counts, and the first line that differs.

    `aside` are lines of the same text that begin elsewhere, `pins` the breaks its Word file holds.
    """

    name: str
    lines: int
    differing: int
    aside: int
    pages: int
    starts: int
    first: str = ""
    pins: int = 0

    def __str__(self) -> str:
        counts = (self.lines, self.differing, self.aside, self.pages, self.starts, self.pins)
        return "\t".join([self.name, *map(str, counts), self.first])

    @property
    def whole(self) -> bool:
        """True if nothing differs."""
        return not (self.differing or self.aside or self.starts)


def compared(
    drafts: dict[str, Document], lines: str = "held", form: str = "gbt9704", engine: str = "libreoffice"
) -> Iterator[Agreement]:
    """Yield how far each draft agrees, in order."""
    page = replace(profiles.find(form), lines=lines)
    names = list(drafts)
    for at in range(0, len(names), TOGETHER):
        batch = names[at : at + TOGETHER]
        laid = [(flow.lay(drafts[name], page), drafts[name]) for name in batch]
        files = [docx.write(*one) for one in laid]
        made = engines.ENGINES[engine](files, page)
        for name, one, file, data in zip(batch, laid, files, made, strict=True):
            with zipfile.ZipFile(io.BytesIO(file)) as archive:
                pins = archive.read("word/document.xml").count(b"<w:br/>")
            ours, theirs = engines.placed(pdf.write(*one)), engines.placed(data)
            yield replace(agreement(name, ours, theirs), pins=pins)


def agreement(name: str, ours: Sequence[Sequence[Placed]], theirs: Sequence[Sequence[Placed]]) -> Agreement:
    """Return how far the lines an engine set, page by page and folio last, agree with ours."""
    flat, found = ([line for page in pages for line in page[:-1]] for pages in (ours, theirs))
    matcher = SequenceMatcher(None, [line.text for line in flat], [line.text for line in found], autojunk=False)
    blocks = matcher.get_matching_blocks()
    pairs = [pair for i, j, size in blocks for pair in zip(flat[i : i + size], found[j : j + size], strict=True)]
    aside = sum(abs(here.left - there.left) > NEAR_PT for here, there in pairs)
    openings = zip_longest(*([page[0].text if page else "" for page in pages] for pages in (ours, theirs)))
    starts = sum(here is not None and here != there for here, there in openings)
    first = next(iter(unequal(ours, theirs)), "")
    return Agreement(name, len(flat), len(flat) - len(pairs), aside, len(ours), starts, first)


def unequal(ours: Sequence[Sequence[Placed]], theirs: Sequence[Sequence[Placed]], centred: bool = False) -> list[str]:
    """Return what differs, page by page and line by line: another text, or another left edge.

    If `centred`, not where a line that is longer there stands with its middle where ours does.
    """
    found = []
    for number, pages in enumerate(zip_longest(ours, theirs, fillvalue=()), start=1):
        for row, (here, there) in enumerate(zip_longest(*pages, fillvalue=NO_LINE), start=1):
            if here.text != there.text:
                found.append(f"page {number} line {row}: {here.text} ≠ {there.text}")
            elif abs(here.left - there.left) > NEAR_PT and not (
                centred and here.left > there.left and abs(here.middle - there.middle) <= NEAR_PT
            ):
                found.append(f"page {number} line {row}: {here.text} at {here.left:.1f} ≠ {there.left:.1f}")
    return found


def main() -> None:
    """Print a line a draft, then the sum; exit 1 if any line or page start differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", choices=profile_keys.LINES, default="held")
    parser.add_argument("--profile", default="gbt9704")
    parser.add_argument("--engine", choices=engines.ENGINES, default="libreoffice")
    asked = parser.parse_args()
    drafts = {path.name: draft.read(path).document for path in sorted(asked.folder.glob("*.[tm][xd]*"))}
    print("draft\tlines\tdiffering\taside\tpages\tdiffering starts\tpins\tfirst difference")
    rows = []
    for row in compared(drafts, asked.lines, asked.profile, asked.engine):
        rows.append(row)
        print(row, flush=True)
    lines, differing, aside, pages, starts, pins = (
        sum(getattr(row, key) for row in rows) for key in ("lines", "differing", "aside", "pages", "starts", "pins")
    )
    print(
        f"{len(rows)} drafts: {lines - differing} of {lines} lines ({(lines - differing) / lines:.2%}), "
        f"{aside} of them aside, "
        f"{pages - starts} of {pages} page starts ({(pages - starts) / pages:.2%}), pins {pins / lines:.1%}"
    )
    sys.exit(0 if all(row.whole for row in rows) else 1)


if __name__ == "__main__":
    main()
