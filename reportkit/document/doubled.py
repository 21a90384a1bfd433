"""Marks printed twice where a value that ends in one meets the template's own: Document in, a Fault for each out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reportkit.document.nodes import Block, Document
from reportkit.errors import N_, Fault

# GB/T 15834: pause marks never stand side by side; ？！ and ！！ may
DOUBLED = re.compile("[，。；：、][，。；：、？！]+|[？！][，。；：、]+")
AROUND = 6


def doubled(document: Document) -> Iterator[Fault]:
    """Yield a Fault for each value whose first or last mark doubles the one it was printed next to."""
    for block in document.passages():
        text = block.text
        if found := list(DOUBLED.finditer(text)):
            yield from _at_values(block, text, found)


def _at_values(block: Block, text: str, found: Sequence[re.Match[str]]) -> Iterator[Fault]:
    ends = [pair.end() for pair in found]  # ascending: no two pairs overlap
    at = 0
    for span in block.spans:
        start, at = at, at + len(span.text)
        if span.fact is None:
            continue
        # the pair that ends behind an edge is the only one it can lie within
        near = {bisect_right(ends, edge): edge for edge in (start, at)}
        for pair in (found[one] for one, edge in near.items() if one < len(found) and found[one].start() < edge):
            origin = span.fact.origin
            around = text[max(0, pair.start() - AROUND) : pair.end() + AROUND]
            yield Fault(
                N_("标点重了：“{around}”"),
                {"around": around},
                N_("删去这个值首尾的标点，句子里的标点由模板来加"),
                origin.file,
                origin.line or None,
                path=origin.path,
            )
