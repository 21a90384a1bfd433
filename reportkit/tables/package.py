"""The bytes of an .xlsx in, its sheets and what their cells hold out: values as stored, with the code of their format.

Only what a table is made of is read: values, what formulas last gave, formats, what is merged, hidden or struck out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from reportkit.tables import number_code
from reportkit.tables.area import LAST_COLUMN, LAST_ROW, Area, area_of
from reportkit.tables.parts import Parts

ROOT, RELATIONS = "_rels/.rels", "{folder}/_rels/{name}.rels"
# the ends of the types of relationships between parts
OFFICE, WORKSHEET, STRINGS, STYLES = "/officeDocument", "/worksheet", "/sharedStrings", "/styles"
TRUE = ("1", "true", "on")
# columns that merged cells begin to cover, row by row
MOST_COVERED = 500_000
Spot = tuple[int, int]


class Struck(str):
    """A text of which a part is struck out."""

    __slots__ = ()


class Cell(NamedTuple):
    """A cell: its `value`; of what `kind` that is, as n, s, b, e; its number format's code; whether it is struck out.

    Of a formula `value` is what it last gave.
    """

    value: Any
    kind: str
    code: str
    struck: bool = False
    formula: bool = False


class Entry(NamedTuple):
    """A worksheet of the workbook: its name, the part it stands in."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Cells:
    """What a worksheet holds: its cells, what is merged and hidden, and whether it shows zeros."""

    cells: Mapping[Spot, Cell]
    merged: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    zeros: bool


class Package:
    """A workbook by its bytes, called `name`: its worksheets in order. Raises InputError for what is none."""

    def __init__(self, raw: bytes, name: str) -> None:
        self._parts = Parts(raw, name)
        with self._parts.understood():
            top = self._related("", ROOT)
            workbook = next(part for kind, part in top.values() if kind.endswith(OFFICE))
            folder, file = posixpath.split(workbook)
            related = self._related(folder, RELATIONS.format(folder=folder, name=file).lstrip("/"))
            read = _Workbook()
            self._parts.read(workbook, read)
            self.since_1904 = read.since_1904
            named = ((name, state, *related[key]) for name, state, key in read.sheets)
            self.sheets = [Entry(name, part, state) for name, state, kind, part in named if kind.endswith(WORKSHEET)]
            self._strings = _Strings()
            self._styles = _Styles()
            for end, reader in ((STRINGS, self._strings), (STYLES, self._styles)):
                part = next((part for kind, part in related.values() if kind.endswith(end)), "")
                if part and self._parts.holds(part):
                    self._parts.read(part, reader)

    def cells(self, part: str) -> Cells:
        """Return what the worksheet in a part holds."""
        with self._parts.understood():
            sheet = _Sheet(self._strings.texts, self._styles.formats(), self.since_1904)
            self._parts.read(part, sheet)
            merged = tuple(sorted(sheet.merged))
            covered = set(_covered(sheet.cells, merged))
            cells = {spot: cell for spot, cell in sorted(sheet.cells.items()) if spot not in covered}
            columns = frozenset(_spread(sheet.hidden_columns))
            return Cells(cells, merged, frozenset(sheet.hidden_rows), columns, sheet.zeros)

    def _related(self, folder: str, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the part of each relationship that `part` tells of what stands in `folder`."""
        read = _Relations()
        self._parts.read(part, read)
        return {
            key: (kind, posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/"))
            for key, kind, target in read.found
        }


def _covered(cells: Iterable[Spot], merged: Iterable[Area]) -> Iterator[Spot]:
    """Yield the cells that merged ones cover and hide: all but the first of each area."""
    areas = iter((*merged, None))
    over: dict[int, Area] = {}
    widths = 0
    above = next(areas)
    for row, spots in groupby(sorted(cells), itemgetter(0)):
        while above is not None and above.top <= row:
            widths += above.right - above.left + 1
            if widths > MOST_COVERED:
                raise ValueError("areas as no office merges them")
            over.update(dict.fromkeys(range(above.left, above.right + 1), above))
            above = next(areas)
        for spot in spots:
            area = over.get(spot[1])
            if area is not None and row <= area.bottom and spot != (area.top, area.left):
                yield spot


def _spread(spans: Iterable[Spot]) -> Iterator[int]:
    """Yield each number that spans from first to last hold, once."""
    after = 0
    for first, last in sorted(spans):
        yield from range(max(first, after), last + 1)
        after = max(after, last + 1)


@dataclass
class _Silent:
    """A reader that takes nothing."""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Take nothing."""

    def end(self, name: str) -> None:
        """Take nothing."""

    def text(self, data: str) -> None:
        """Take nothing."""


@dataclass
class _Relations(_Silent):
    """Relationships: key, kind, target; none to what stands outside the package."""

    found: list[tuple[str, str, str]] = field(default_factory=list)

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "Relationship" and said.get("TargetMode") != "External":
            self.found.append((said["Id"], said.get("Type", ""), said["Target"]))


@dataclass
class _Workbook(_Silent):
    """The names of sheets, whether they are hidden, and the keys of their relationships."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    since_1904: bool = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next(value for at, value in said.items() if at.endswith(":id"))
            self.sheets.append((said["name"], said.get("state", "visible") != "visible", key))
        elif name == "workbookPr":
            self.since_1904 = said.get("date1904") in TRUE


@dataclass
class _Text:
    """A text as it is put together of its runs; how it is read out is no part of it."""

    pieces: list[str] = field(default_factory=list)
    struck: bool = False
    _strike: bool = False
    _taking: bool = False
    _phonetic: bool = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "r":
            self._strike = False
        elif name == "strike":
            self._strike = said.get("val", "1") in TRUE
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._taking = not self._phonetic

    def end(self, name: str) -> None:
        if name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._taking = False

    def text(self, data: str) -> None:
        if self._taking:
            self.pieces.append(data)
            self.struck |= self._strike and bool(data.strip())

    def whole(self) -> str:
        """Return the text."""
        text = "".join(self.pieces)
        return Struck(text) if self.struck else text


@dataclass
class _Strings:
    """The table of texts that cells share."""

    texts: list[str] = field(default_factory=list)
    _one: _Text = field(default_factory=_Text)

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "si":
            self._one = _Text()
        else:
            self._one.start(name, said)

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append(self._one.whole())
        else:
            self._one.end(name)

    def text(self, data: str) -> None:
        self._one.text(data)


@dataclass
class _Styles(_Silent):
    """Number formats, fonts struck out, and the styles of cells that name both."""

    codes: dict[int, str] = field(default_factory=dict)
    struck: list[bool] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    _within: str = ""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name in ("numFmts", "fonts", "cellXfs"):
            self._within = name
        elif name == "numFmt" and self._within == "numFmts":
            self.codes[int(said["numFmtId"])] = said["formatCode"]
        elif name == "font" and self._within == "fonts":
            self.struck.append(False)
        elif name == "strike" and self._within == "fonts":
            self.struck[-1] = said.get("val", "1") in TRUE
        elif name == "xf" and self._within == "cellXfs":
            self.cells.append((int(said.get("numFmtId", 0)), int(said.get("fontId", 0))))

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    def formats(self) -> list[tuple[str, bool]]:
        """Return the code of each style's number format, and whether its font is struck out."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        known = {**BUILTIN_FORMATS, **number_code.CHINESE, **self.codes}
        fonts = dict(enumerate(self.struck))
        found = [(known.get(code, "General"), fonts.get(font, False)) for code, font in self.cells]
        return found or [("General", False)]


class _Sheet:
    """The cells of a worksheet as they are read."""

    def __init__(self, strings: list[str], formats: list[tuple[str, bool]], since_1904: bool) -> None:
        self.cells: dict[Spot, Cell] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[Spot] = []
        self.zeros = True
        self._strings, self._formats, self._since_1904 = strings, formats, since_1904
        self._row = self._column = 0
        self._data = self._formula = self._taking = False
        self._kind, self._format = "n", formats[0]
        self._value: list[str] = []
        self._inline: _Text | None = None

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if self._inline is not None:
            self._inline.start(name, said)
        elif name == "c":
            self._open(said)
        elif name == "v":
            self._taking = True
        elif name == "f":
            self._formula = True
        elif name == "is":
            self._inline = _Text()
        else:
            self._about(name, said)

    def _about(self, name: str, said: Mapping[str, str]) -> None:
        """Take what stands about cells: rows, columns, what is merged."""
        if name == "row":
            self._row = int(said["r"]) if "r" in said else self._row + 1
            self._column = 0
            if said.get("hidden") in TRUE or float(said.get("ht", 1)) == 0:
                self.hidden_rows.add(self._row)
        elif name == "sheetView":
            self.zeros = said.get("showZeros", "1") in TRUE
        elif name == "mergeCell":
            if (area := area_of(said["ref"])) is None:
                raise ValueError("no area")
            self.merged.append(area)
        elif name == "col" and (said.get("hidden") in TRUE or float(said.get("width", 1)) == 0):
            self.hidden_columns.append((max(1, int(said["min"])), min(int(said["max"]), LAST_COLUMN)))

    def _open(self, said: Mapping[str, str]) -> None:
        if "r" in said:
            area = area_of(said["r"])
            if area is None:
                raise ValueError("no cell")
            self._row, self._column = area.top, area.left
        else:
            self._column += 1
        if not (0 < self._row <= LAST_ROW and 0 < self._column <= LAST_COLUMN):
            raise ValueError("no cell of a sheet")
        self._kind, self._format = said.get("t", "n"), self._formats[int(said.get("s", 0))]
        self._value, self._formula, self._inline = [], False, None

    def text(self, data: str) -> None:
        if self._inline is not None:
            self._inline.text(data)
        elif self._taking:
            self._value.append(data)

    def end(self, name: str) -> None:
        if name == "is" and self._inline is not None:
            self._value, self._inline = [self._inline.whole()], None
        elif self._inline is not None:
            self._inline.end(name)
        elif name == "v":
            self._taking = False
        elif name == "c":
            stored = self._value[0] if len(self._value) == 1 else "".join(self._value)
            value = self._read(stored) if stored else None
            if value is not None or self._formula:
                kind = "s" if self._kind in ("str", "inlineStr") else self._kind
                self.cells[self._row, self._column] = Cell(value, kind, *self._format, self._formula)

    def _read(self, stored: str) -> Any:
        """Return the value that a cell stores as text."""
        if self._kind == "n":
            return float(stored) if any(sign in stored for sign in ".eE") else int(stored)
        if self._kind == "s":
            return self._strings[_index(stored)]
        if self._kind == "b":
            return bool(int(stored))
        if self._kind == "d":
            return self._serial(stored)
        return stored

    def _serial(self, stored: str) -> Any:
        """Return the number of a day that is stored as 2023-09-05."""
        from openpyxl.utils import datetime

        calendar: Any = datetime
        epoch = calendar.CALENDAR_MAC_1904 if self._since_1904 else calendar.WINDOWS_EPOCH
        return calendar.to_excel(calendar.from_ISO8601(stored), epoch)


def _index(stored: str) -> int:
    if not stored.isdecimal():
        raise ValueError("no place in the table of texts")
    return int(stored)
