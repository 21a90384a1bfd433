"""What the tests are made on: the examples, words typeset without a template, a draft with gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from reportkit import Report
from reportkit.document.nodes import Document, Mark
from reportkit.document.parse import parse
from reportkit.document.roles import Role
from reportkit.pages import flow, profiles
from reportkit.pages.frame import Pages

ROOT = Path(__file__).resolve().parents[2]
ALL = {path.parent.name: path for path in sorted(ROOT.glob("examples/*/data.yaml"))}
# long enough to have full pages; the others are shorter and set in the same way
EXAMPLES = {name: ALL[name] for name in ("jiaotong", "jingxin")}
PROFILES = ("gbt9704", "gbt33476")
MM = 72 / 25.4
WRITTEN = date(2023, 9, 5)


@cache
def report(example: str, edition: str = "final", lines: str | None = None, form: str = "gbt9704") -> Report:
    """Return the report of an example; its stages are computed once for all tests."""
    return Report.open(ALL[example], edition=edition, lines=lines, profile=form)


@cache
def file(example: str, kind: str, edition: str = "final", lines: str | None = None, form: str = "gbt9704") -> bytes:
    """Return the bytes of an example as docx, pdf or txt."""
    return report(example, edition, lines, form).render(kind)


@cache
def typeset(words: str, form: str = "gbt9704", lines: str = "held") -> tuple[Document, Pages]:
    """Return words, marked as `parse` reads them, as a document and its pages."""
    document = parse(words, WRITTEN)
    return document, flow.lay(document, replace(profiles.find(form), lines=lines))


@cache
def gappy() -> Report:
    """Return a draft of the first example that lacks one figure in the middle of a line of text."""
    text = EXAMPLES["jingxin"].read_text("utf-8")
    lacking = text.replace("名称: 传统产业占比, 数值: !secret 近70%", "名称: 传统产业占比")
    assert lacking != text
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.yaml"
        path.write_text(lacking, "utf-8")
        made = Report.open(path, edition="draft")
        assert made.pages
    return made


def gaps(document: Document) -> list[str]:
    """Return the texts that stand for a lack."""
    return [span.text for block in document.blocks for span in block.spans if Mark.GAP in span.marks]


def looks(document: Document) -> list[tuple[str, str]]:
    """Return every character on the pages with the style it must be set in, in reading order."""
    found = []
    for block in document.blocks:
        own = f"heading{block.level}" if block.role is Role.HEADING else str(block.role)
        for span in block.spans:
            lead = "lead" if Mark.LEAD in span.marks else own
            style = f"heading{block.level}" if Mark.HEAD in span.marks else lead
            found += [(character, style) for character in span.text]
    return found
