"""Excel workbooks as cells: every value as its cell shows it, with the place it stands at."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportkit.data.node import Node
from reportkit.data.reading import MOST_PLACES, PRECISION
from reportkit.errors import N_, Fault, InputError, reason
from reportkit.tables import limits, number_code, number_format
from reportkit.tables.area import LAST_COLUMN, Area, at

# Compound File header [MS-CFB §2.2]: an old .xls, or a workbook with a password [MS-OFFCRYPTO §2.3.4]
COMPOUND, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
# the year that a workbook of an old Mac counts its days from
SINCE_1904 = 1904


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
        self._raw = _bytes(path, name)
        self._formulas = _loaded(self._raw, name, values=False)
        self._values: Any = None
        self._read: dict[str, Sheet] = {}

    @property
    def names(self) -> list[str]:
        """The names of the worksheets, in their order."""
        return [str(sheet.title) for sheet in self._formulas.worksheets]

    def sheet(self, name: str) -> Sheet:
        """Return the sheet called `name`. Raises InputError if there is none."""
        if name not in self.names:
            known = "、".join(self.names)
            raise InputError(
                Fault(N_("没有“{name}”这张表"), {"name": name, "known": known}, N_("有：{known}"), self.name)
            )
        if name not in self._read:
            self._read[name] = self._sheet(self._formulas[name])
        return self._read[name]

    def _sheet(self, sheet: Any) -> Sheet:
        place, cells, faults = f"{self.name}#{sheet.title}", {}, {}
        # only the cells the file holds: a sheet's outer bounds may be a million rows of nothing
        for (row, column), cell in sorted(sheet._cells.items()):
            if cell.value is None:
                continue
            here = f"{place}!{at(row, column)}"
            source = self._computed(sheet.title, row, column) if cell.data_type == "f" else cell
            found = _node(source, here) if source is not None else _fault(here, *UNCOMPUTED)
            if isinstance(found, Fault):
                faults[row, column] = found
            elif found.kind != "none":
                cells[row, column] = found
        merged = tuple(Area(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges)
        rows = frozenset(at for at, row in sheet.row_dimensions.items() if row.hidden or row.ht == 0)
        columns = (one for one in sheet.column_dimensions.values() if one.hidden or one.width == 0)
        hidden = frozenset(at for one in columns for at in range(one.min or 0, min(one.max or 0, LAST_COLUMN) + 1))
        return Sheet(place, cells, faults, tuple(sorted(merged)), rows, hidden, sheet.sheet_state != "visible")

    def _computed(self, name: str, row: int, column: int) -> Any:
        """Return the cell with the value its formula last had, None if it never had one."""
        if self._values is None:
            self._values = _loaded(self._raw, self.name, values=True)
        cell = self._values[name]._cells.get((row, column))
        # the empty text is a value, and only a number can be none
        return None if cell is None or (cell.value is None and cell.data_type == "n") else cell


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
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Fault(N_("没有这个文件"), {}, N_("核对路径和文件名"), name)) from None
    except OSError as error:
        raise InputError(Fault(N_("读不了这个文件：{reason}"), {"reason": reason(error)}, file=name)) from None
    if raw.startswith(COMPOUND) and ENCRYPTED in raw:
        raise InputError(Fault(N_("工作簿有打开密码"), {}, N_("去掉密码，另存一份"), name))
    if raw.startswith(COMPOUND):
        raise InputError(Fault(N_("是旧格式的表格，不是 .xlsx"), {}, N_("用 Excel 或 WPS 另存为 .xlsx"), name))
    limits.check(raw, name)
    return raw


def _loaded(raw: bytes, name: str, values: bool) -> Any:
    from reportkit.tables import package

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return package.opened(io.BytesIO(raw), values)
    # whatever it says of bytes that are no workbook, it is that
    except Exception:
        raise limits.unreadable(name) from None


def _fault(place: str, message: str, hint: str, **fields: object) -> Fault:
    return Fault(message, fields, hint, place)


def _node(cell: Any, place: str) -> Node | Fault:
    """Return a cell's value as it is shown, or the Fault that it cannot be told."""
    from reportkit.tables.package import Struck

    value = cell.value
    if cell.data_type == "e":
        return _fault(place, N_("这一格是错误值 {value}"), N_("改好公式，或直接填数"), value=value)
    if isinstance(value, Struck) or (cell.has_style and cell.font.strike):
        return _fault(place, N_("这一格划了删除线"), N_("不要的删去，要的去掉删除线"))
    if isinstance(value, bool):
        return Node(value, "flag", str(value).upper(), place=place)
    code = _code(cell)
    if isinstance(value, date | time | timedelta):  # written as a date, not as the number it is
        from openpyxl.utils.datetime import to_excel

        serial: Any = to_excel
        value = serial(value, cell.parent.parent.epoch)
    if isinstance(value, int | float):
        return _number_node(value, code, place, cell.parent.parent.epoch.year == SINCE_1904)
    from openpyxl.utils.escape import unescape

    text = number_format.text(unescape(value or "").replace("\r\n", "\n").strip(), code)
    if value and not text:
        return _hidden(place, code) if text == "" else _unknown(place, code)
    return Node(text or None, "text" if text else "none", text or "", place=place)


def _code(cell: Any) -> str:
    """Return the code of a cell's number format, of those too that Chinese Excel knows by number alone."""
    return number_code.CHINESE.get(cell._style.numFmtId) or str(cell.number_format)


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
