"""Excel workbooks as cells: every value as its cell shows it, with the place it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from reportkit import regular
from reportkit.data.node import Node
from reportkit.data.reading import MOST_PLACES, PRECISION
from reportkit.errors import N_, Fault, InputError, unreadable
from reportkit.tables import number_format
from reportkit.tables.area import Area, at
from reportkit.tables.package import Cell, Entry, Package, Struck
from reportkit.tables.parts import MOST_BYTES

# Compound File header [MS-CFB §2.2]: an old .xls, or a workbook with a password [MS-OFFCRYPTO §2.3.4]
COMPOUND, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: the Nodes of its filled cells by (row, column), and what about them cannot be read."""

    place: str
    cells: Mapping[tuple[int, int], Node] = field(default_factory=dict)
    faults: Mapping[tuple[int, int], Fault] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False

    def where(self, cells: object) -> str:
        """Return the place of cells of the sheet: 台账.xlsx#指标!B3."""
        return f"{self.place}!{cells}"


class Book:
    """A workbook: its sheets by name, each read when it is first asked for."""

    def __init__(self, path: Path, name: str) -> None:
        """Open the workbook at `path`, called `name` in places. Raises InputError if it cannot be read."""
        self.name = name
        self._package = Package(_bytes(path, name), name)
        self._read: dict[str, Sheet] = {}

    @property
    def names(self) -> list[str]:
        """The names of the worksheets, in their order."""
        return [entry.name for entry in self._package.sheets]

    def sheet(self, name: str) -> Sheet:
        """Return the sheet called `name`. Raises InputError if there is none."""
        if name not in self.names:
            known = "、".join(self.names)
            raise InputError(
                Fault(N_("没有“{name}”这张表"), {"name": name, "known": known}, N_("有：{known}"), self.name)
            )
        if name not in self._read:
            self._read[name] = self._sheet(next(entry for entry in self._package.sheets if entry.name == name))
        return self._read[name]

    def _sheet(self, entry: Entry) -> Sheet:
        place, cells, faults = f"{self.name}#{entry.name}", {}, {}
        held = self._package.cells(entry.part)
        for (row, column), cell in held.cells.items():
            here = f"{place}!{at(row, column)}"
            found = _node(cell, here, self._package.since_1904)
            if not held.zeros and cell.kind == "n" and cell.value == 0 and isinstance(found, Node):
                found = _fault(here, N_("这张表不显示零"), N_("在选项里显示零值，看得见了再用"))
            if isinstance(found, Fault):
                faults[row, column] = found
            elif found.kind != "none":
                cells[row, column] = found
        return Sheet(place, cells, faults, held.merged, held.hidden_rows, held.hidden_columns, entry.hidden)


UNCOMPUTED = (N_("公式没有算出的值"), N_("用 Excel 或 WPS 打开，保存一次"))


def cell(sheet: Sheet, area: Area) -> Node:
    """Return the value of a single cell. Raises InputError if it is empty or cannot be read."""
    spot = (area.top, area.left)
    if spot in sheet.faults:
        raise InputError(sheet.faults[spot])
    if spot not in sheet.cells:
        raise InputError(Fault(N_("这一格是空的"), {}, N_("核对位置，或补上"), sheet.where(area)))
    return sheet.cells[spot]


def _bytes(path: Path, name: str) -> bytes:
    try:
        raw = regular.read(path, MOST_BYTES)
    except OSError as error:
        raise unreadable(name, error) from None
    if raw.startswith(COMPOUND) and ENCRYPTED in raw:
        raise InputError(Fault(N_("工作簿有打开密码"), {}, N_("去掉密码，另存一份"), name))
    if raw.startswith(COMPOUND):
        raise InputError(Fault(N_("是旧格式的表格，不是 .xlsx"), {}, N_("用 Excel 或 WPS 另存为 .xlsx"), name))
    return raw


def _fault(place: str, message: str, hint: str, **fields: object) -> Fault:
    return Fault(message, fields, hint, place)


def _node(cell: Cell, place: str, since_1904: bool) -> Node | Fault:
    """Return a cell's value as it is shown, or the Fault that it cannot be told."""
    value = cell.value
    if value is None and cell.kind == "n":  # the empty text is a value, and only a number can be none
        return _fault(place, *UNCOMPUTED)
    if cell.kind == "e":
        return _fault(place, N_("这一格是错误值 {value}"), N_("改好公式，或直接填数"), value=value)
    if cell.struck or isinstance(value, Struck):
        return _fault(place, N_("这一格划了删除线"), N_("不要的删去，要的去掉删除线"))
    if isinstance(value, bool):
        return Node(value, "flag", str(value).upper(), place=place)
    if isinstance(value, int | float):
        return _number_node(value, cell.code, place, since_1904)
    from openpyxl.utils.escape import unescape

    text = number_format.text(unescape(value or "").replace("\r\n", "\n").strip(), cell.code)
    if value and not text:
        return _hidden(place, cell.code) if text == "" else _unknown(place, cell.code)
    return Node(text or None, "text" if text else "none", text or "", place=place)


def _number_node(value: float, code: str, place: str, since_1904: bool) -> Node | Fault:
    """Return a number as its cell shows it, or the Fault that it cannot be told."""
    if abs(value) >= 10**PRECISION:
        return _fault(place, N_("数太长，Excel 只记得住 15 位"), N_("改成文本格式，重新输入"))
    found = number_format.number(value, code, since_1904)
    if found is None:
        return _unknown(place, code)
    if found.kind == "time":
        return _fault(place, N_("时刻和时长不能用"), N_("日期只写年月日，别的写成文字"))
    if found.kind == "hidden":
        return _hidden(place, code)
    if found.kind == "date":
        return Node(found.day, "date", found.text, place=place)
    if found.kind == "text":
        return Node(found.text, "text", found.text, place=place)
    if len(found.text.partition(".")[2]) > MOST_PLACES:
        return _fault(place, N_("小数位太多：{typed}"), N_("给这一格设好小数位数，如 0.00"), typed=found.text)
    return Node(Decimal(found.text), "number", found.text, place=place)


def _unknown(place: str, code: str) -> Fault:
    hint = N_('改成 常规、0.00、0.0%、0.00"亿元" 这样的格式')
    return _fault(place, N_("数字格式“{code}”不认识"), hint, code=code)


def _hidden(place: str, code: str) -> Fault:
    hint = N_("改成常规，看得见了再用；不用的删去")
    return _fault(place, N_("数字格式“{code}”让这一格什么也不显示"), hint, code=code)


def filled(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield (row, column) of every cell that holds something, readable or not, row by row."""
    yield from sorted({*sheet.cells, *sheet.faults})
