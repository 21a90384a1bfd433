"""The stages of a report as rows to be shown: facts, natures, words, document, pages."""

from __future__ import annotations

from collections.abc import Callable

from reportkit.errors import Translate
from reportkit.facts import seal
from reportkit.facts.fact import every_fact
from reportkit.report import Report
from reportkit.result import Row


def _facts(report: Report, _: Translate) -> list[Row]:
    return [
        {
            "path": fact.origin.path,
            "shown": fact.shown,
            "unit": fact.unit,
            "secret": "*" if fact.secret or fact.hidden else "",
        }
        for fact in every_fact(report.facts)
    ]


def _natures(report: Report, translate: Translate) -> list[Row]:
    return [
        {
            "path": one.fact.origin.path,
            "name": one.name,
            "unit": one.fact.unit,
            "nature": one.nature.words[0],
            "better": one.nature.words[1],
            "why": one.nature.why.say(translate),
        }
        for one in report.indicators
    ]


def _words(report: Report, _: Translate) -> list[Row]:
    return [{"line": seal.opened(line)} for line in report.words.split("\n")]


def _document(report: Report, _: Translate) -> list[Row]:
    return [
        {
            "role": str(block.role),
            "level": block.level or "",
            "spans": "|".join(span.text for span in block.spans),
        }
        for block in report.document.passages()
    ]


def _pages(report: Report, _: Translate) -> list[Row]:
    return [
        {"page": page.number, "line": number, "pin": "¶" if line.hold.pin else " ", "text": line.text}
        for page in report.pages.pages
        for number, line in enumerate(page.lines, start=1)
    ]


STAGES: dict[str, Callable[[Report, Translate], list[Row]]] = {
    "facts": _facts,
    "natures": _natures,
    "words": _words,
    "document": _document,
    "pages": _pages,
}
