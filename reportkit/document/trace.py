"""Where the figures are: Document in, every printed figure out, and every gap a draft shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportkit.document.nodes import Document, Mark
from reportkit.facts import seal
from reportkit.facts.fact import Origin, Value

# neighbours stand in one span
GAPS = re.compile(seal.MISSING.format(path="([^】]*)"))


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure in the text: as shown, its value and unit, where it was typed, whether secret, where it stands."""

    shown: str
    value: Value
    unit: str
    origin: Origin
    secret: bool
    block: int
    offset: int


def figures(document: Document) -> Iterator[Printed]:
    """Yield every printed figure in reading order; in a redacted copy a secret one has no value."""
    for block, offset, span in document.printed():
        fact = span.fact
        if fact is not None and (fact.value is None or isinstance(fact.value, Decimal)):
            secret = fact.secret or bool(fact.hidden)
            yield Printed(span.text, fact.value, fact.unit, fact.origin, secret, block, offset)


def gaps(document: Document) -> list[str]:
    """Return the paths of the values that gaps stand for, each once, in reading order."""
    found = (span.text for block in document.blocks for span in block.spans if span.mark is Mark.GAP)
    return list(dict.fromkeys(path for text in found for path in GAPS.findall(text)))
