"""Areas of a worksheet: the names of cells in, as B3 or A2:D20, and their rows and columns out; and back."""

from __future__ import annotations

import re
from typing import NamedTuple

CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")
# XFD1048576, the last cell a sheet can have
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576


class Area(NamedTuple):
    """Cells from (top, left) to (bottom, right), counted from 1, all four inside."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = at(self.top, self.left), at(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def is_single(self) -> bool:
        """True for one cell."""
        return (self.top, self.left) == (self.bottom, self.right)

    def meets(self, other: Area) -> bool:
        """Return whether the two have a cell in common."""
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right

    def holds(self, row: int, column: int) -> bool:
        """Return whether the cell is inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def area_of(cells: str) -> Area | None:
    """Return the area that B3 or A2:D20 names, None if that is no area."""
    found = CELLS.fullmatch(cells)
    if not found:
        return None
    left, top, right, bottom = found.groups()
    rows, columns = sorted((int(top), int(bottom or top))), sorted((_number(left), _number(right or left)))
    return Area(rows[0], columns[0], rows[1], columns[1])


def at(row: int, column: int) -> str:
    """Return a cell's name: 3, 2 → B3."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """Return a column's name: 1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
