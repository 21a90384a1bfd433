"""Excel workbooks as cells: every value as its cell shows it, with the place it stands at."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any

from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError, reason
from reportkit.tables import limits
from reportkit.tables.area import LAST_COLUMN, Area, at

# Compound File header [MS-CFB §2.2]: an old .xls, or a workbook with a password [MS-OFFCRYPTO §2.3.4]
COMPOUND, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
# number formats, ECMA-376 §18.8.31: what colours, pads or escapes, then digits between literal texts
QUOTED = re.compile(r'"([^"]*)"|[\\!](.)')
ORNAMENT = re.compile(r"\[[^\]]*\]|_.|\*.")
GENERAL = re.compile(r"General|G/通用格式|@|^$")
PLAIN = re.compile(r"(?:[#?,]*0?|[#?])(?<![,])(?:\.(?P<places>[0#?]*))?(?P<percent>%?)")
CODES = re.compile(r"[#0?.,%/Ee]")
# where the characters of a literal go while the codes around them are read
PRIVATE, LAST_OF_PLANE = 0xF0000, 0xFFFF
# the significant digits that Excel itself keeps
PRECISION = 15
# the places after the point of the longest number that a cell of no format shows: 0.123456789
MOST_PLACES = 9
# digits enough for any number in any format
WIDE = Context(prec=99)


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
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(raw), data_only=values, keep_links=False)
    # whatever it says of bytes that are no workbook, it is that
    except Exception:
        raise limits.unreadable(name) from None


def _fault(place: str, message: str, hint: str, **fields: object) -> Fault:
    return Fault(message, fields, hint, place)


def _node(cell: Any, place: str) -> Node | Fault:
    """Return a cell's value as it is shown, or the Fault that it cannot be told."""
    value = cell.value
    if cell.data_type == "e":
        return _fault(place, N_("这一格是错误值 {value}"), N_("改好公式，或直接填数"), value=value)
    if isinstance(value, bool):
        return Node(value, "flag", str(value).upper(), place=place)
    if isinstance(value, int | float) and abs(value) >= 10**PRECISION:
        return _fault(place, N_("数太长，Excel 只记得住 15 位"), N_("改成文本格式，重新输入"))
    if isinstance(value, int | float):
        typed = shown(value, str(cell.number_format))
        if typed is None:
            hint = N_('改成 常规、0.00、0.0%、0.00"亿元" 这样的格式')
            return _fault(place, N_("数字格式“{code}”不认识"), hint, code=cell.number_format)
        number = re.fullmatch(r"-?\d+(?:\.(\d+))?", typed)
        if number and len(number[1] or "") > MOST_PLACES:
            return _fault(place, N_("小数位太多：{typed}"), N_("给这一格设好小数位数，如 0.00"), typed=typed)
        return Node(Decimal(typed) if number else typed, "number" if number else "text", typed, place=place)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return Node(value, "date", _day(value, str(cell.number_format)), place=place)
    if isinstance(value, str) or value is None:
        from openpyxl.utils.escape import unescape

        text = unescape(value or "").replace("\r\n", "\n").strip()
        return Node(text or None, "text" if text else "none", text, place=place)
    return _fault(place, N_("时刻和时长不能用"), N_("日期只写年月日，别的写成文字"))


def shown(value: float, code: str) -> str | None:
    """Return a number as a cell of number format `code` shows it, without 1,000's commas; None if it cannot be told."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{PRECISION}g}")
    # the first of a format's sections is that of positive numbers
    form = ORNAMENT.sub("", _literal(code).split(";")[0])
    found = GENERAL.match(form) or PLAIN.search(form)
    if not found or form[: found.start()].strip():
        return None
    suffix = form[found.end() :]
    if CODES.search(suffix):
        return None
    unit = _restored(suffix).strip()
    if found.re is GENERAL:
        return f"{number:f}{unit}"
    percent, places = found["percent"], found["places"] or ""
    last = Decimal(1).scaleb(-len(places))
    number = (number * 100 if percent else number).quantize(last, ROUND_HALF_UP, WIDE)
    text = f"{number if number else abs(number):f}"
    for _ in range(len(places) - places.count("0")):
        text = text.removesuffix("0")
    return text.removesuffix(".") + percent + unit


def _literal(code: str) -> str:
    return QUOTED.sub(lambda found: "".join(map(_hidden, found[1] or found[2] or "")), code)


def _hidden(sign: str) -> str:
    return chr(PRIVATE + ord(sign)) if ord(sign) <= LAST_OF_PLANE else sign


def _restored(text: str) -> str:
    return "".join(chr(ord(sign) - PRIVATE) if ord(sign) >= PRIVATE else sign for sign in text)


def _day(day: date, code: str) -> str:
    """Return a date as far as its cell shows it: 2023年9月5日, 2023年9月, 9月5日."""
    form = ORNAMENT.sub("", _literal(code).split(";")[0]).lower()
    year, month, dated = (
        f"{number}{name}" if sign in form else ""
        for sign, number, name in (("y", day.year, "年"), ("m", day.month, "月"), ("d", day.day, "日"))
    )
    return year + month + dated if month else f"{day.year}年{day.month}月{day.day}日"


def filled(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield (row, column) of every cell that holds something, readable or not, row by row."""
    yield from sorted({*sheet.cells, *sheet.faults})
