"""Document in, Document out: a copy that holds no secret, one `*` for each character hidden."""

from __future__ import annotations

import re
from dataclasses import replace

from reportkit.document.nodes import Block, Document, Span, Table
from reportkit.facts import quantity

# a single hidden character is hidden where its fact prints it; as a word it would blot out half the language
SHORTEST_WORD = 2


def redact(document: Document) -> Document:
    """Return `document` with secret figures and words masked wherever they stand, and their values dropped."""
    words = [word for word in document.secrets if len(word) >= SHORTEST_WORD]
    pattern = re.compile("|".join(map(re.escape, words))) if words else None
    blocks = [
        Table(tuple(tuple(_masked(cell, pattern) for cell in row) for row in block.rows))
        if isinstance(block, Table)
        else _masked(block, pattern)
        for block in document.blocks
    ]
    return replace(document, blocks=tuple(blocks), secrets=(), author=_masked(document.author, pattern))


def _masked(block: Block, pattern: re.Pattern[str] | None) -> Block:
    """Mask over the block's whole text: a secret may reach across spans."""
    text = block.text
    letters = list(text)
    for found in pattern.finditer(text) if pattern else ():
        letters[found.start() : found.end()] = "*" * len(found[0])
    masked = "".join(letters)
    spans: list[Span] = []
    at = 0
    for span in block.spans:
        shown = masked[at : at + len(span.text)]
        at += len(span.text)
        spans.append(_hidden(span, shown))
    return replace(block, spans=tuple(spans))


def _hidden(span: Span, shown: str) -> Span:
    fact = span.fact
    if fact is None:
        return replace(span, text=shown)
    if fact.secret:
        shown = quantity.mask(shown) if fact.is_figure else "*" * len(shown)
    for part in fact.hidden:
        shown = shown.replace(part, "*" * len(part))
    if shown == span.text and not fact.secret and not fact.hidden:
        return replace(span, fact=replace(fact, note=()))
    return Span(shown, fact.without_value(shown), span.marks)
