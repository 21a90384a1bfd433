"""The Node: one value as it stands in its source, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a data file: a scalar with its typed form, a list, or a mapping as (key, value) pairs.

    A `reference` names what a workbook holds. `place` is the cell it stands in, as 台账.xlsx#指标!B3, when that is not
    the data file itself.
    """

    value: str | Decimal | bool | date | tuple[Node, ...] | tuple[tuple[Node, Node], ...] | None
    kind: str  # text, number, flag, date, none, list, map, reference
    typed: str = ""
    line: int = 0
    column: int = 0
    secret: bool = False
    place: str = ""

    @property
    def pairs(self) -> tuple[tuple[Node, Node], ...]:
        """The (key, value) pairs of a mapping, in their order."""
        return self.value if self.kind == "map" else ()  # type: ignore[return-value]

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a list, in their order."""
        return self.value if self.kind == "list" else ()  # type: ignore[return-value]

    def every(self) -> Iterator[Node]:
        """Yield the node and every value in it; however deep it nests, nothing recurses."""
        heap = [self]
        while heap:
            one = heap.pop()
            yield one
            heap.extend(one.items)
            heap.extend(value for _, value in one.pairs)

    @property
    def size(self) -> int:
        """How many values the node holds, itself among them."""
        return sum(1 for _ in self.every())

    @property
    def refers(self) -> bool:
        """True if a value in it stands in a workbook and is still to be read."""
        return any(one.kind == "reference" for one in self.every())
