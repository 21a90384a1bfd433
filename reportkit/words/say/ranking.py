"""Rankings: groups of the data in, the same in the order of a figure out, its first or its last; equals go together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reportkit.facts.fact import Fact, Record, Rows
from reportkit.facts.withheld import Withheld


def ordered(rows: Iterable[object], 名: str, 升: bool = False) -> list[object]:
    """Return groups by the figure in their field 名, the first if it is a list, from the greatest down (升: up).

    Equals stay as the data has them; what has no figure comes last. Where a figure is withheld all stay so: the order
    would tell it.
    """
    rows = list(rows)
    if any(isinstance(value_of(row, 名), Withheld) for row in rows):
        return rows
    return sorted(rows, key=lambda row: _key(row, 名, 升))


def leading(rows: Sequence[object], 名: str, 数: int) -> list[object]:
    """Return the first 数 of groups in order, one at least, and those equal to the last: 前两位 may be three.

    Raises HiddenError where a figure of the groups is withheld: nobody is first.
    """
    for value in (value_of(row, 名) for row in rows):
        if isinstance(value, Withheld):
            value.refuse()
    end = max(min(数, len(rows)), 1)
    while end < len(rows) and value_of(rows[end], 名) == value_of(rows[end - 1], 名):
        end += 1
    return list(rows[:end])


def trailing(rows: Sequence[object], 名: str, 数: int) -> list[object]:
    """Return the last 数 of groups in order, and those equal to the first of them; none of none."""
    return leading(rows[::-1], 名, 数)[::-1] if 数 > 0 else []


def _key(row: object, name: str, up: bool) -> tuple[bool, Decimal]:
    value = value_of(row, name)
    return (False, value if up else -value) if isinstance(value, Decimal) else (True, Decimal(0))


def value_of(row: object, name: str) -> Decimal | Withheld | None:
    """Return a group's figure; None where the data lacks it, Withheld where it or the place it has is withheld."""
    field = row.fields.get(name) if isinstance(row, Record) else None
    first = next(iter(field), None) if isinstance(field, Rows) else field
    place = first.get("位次") if isinstance(first, Fact) else None
    if place and isinstance(place.value, Withheld):
        return place.value
    return first.value if isinstance(first, Fact) and isinstance(first.value, Decimal | Withheld) else None
