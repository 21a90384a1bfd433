"""Marks printed twice where a value that ends in one meets the template's own: Document in, a Fault for each out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.document.nodes import Block, Document
from reportkit.errors import N_, Fault

# GB/T 15834: pause marks never stand side by side; ？！ and ！！ may
DOUBLED = re.compile("[，。；：、][，。；：、？！]+|[？！][，。；：、]+")
AROUND = 6


def doubled(document: Document) -> Iterator[Fault]:
    """Yield a Fault for each value whose first or last mark doubles the one it was printed next to."""
    for block in document.passages():
        if found := list(DOUBLED.finditer(block.text)):
            yield from _at_values(block, found)


def _at_values(block: Block, found: list[re.Match[str]]) -> Iterator[Fault]:
    at = 0
    for span in block.spans:
        start, at = at, at + len(span.text)
        for pair in found:
            if span.fact is not None and (pair.start() < start < pair.end() or pair.start() < at < pair.end()):
                origin = span.fact.origin
                around = block.text[max(0, pair.start() - AROUND) : pair.end() + AROUND]
                yield Fault(
                    N_("标点重了：“{around}”"),
                    {"around": around},
                    N_("删去这个值首尾的标点，句子里的标点由模板来加"),
                    origin.file,
                    origin.line or None,
                    path=origin.path,
                )
