"""Forms: a Shape in, an empty workbook to hand out: drop-downs, checks, and with each place what belongs there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from reportkit.errors import N_, Translate
from reportkit.facts.shape import KINDS, Shape
from reportkit.tables.area import letters
from reportkit.tables.places import is_asked, leaves, lists, outer
from reportkit.tables.tree import SECRET, TYPED, UNIT
from reportkit.tables.workbook import BASIC, KEY, NUMBER, OWNER, SAY, TEMPLATE

# rows of a list sheet that are checked as they are filled
ROWS = 500
# a sheet's name, and a list of choices that is typed in, can be no longer (Excel specifications and limits)
LONGEST_NAME, LONGEST_CHOICES = 31, 255
NOTE, AUTHOR = ("备注", "note"), "reportkit"
DATE_FORMAT, TEXT_FORMAT = 'yyyy"年"m"月"d"日"', "@"
REQUIRED_FILL, OPTIONAL_FILL = "FFD9E2F3", "FFF2F2F2"
# widths of columns in characters, sizes of notes in points
NARROW, WIDE, WIDEST = 10, 34, 60
NOTE_WIDTH, NOTE_HEIGHT = 240, 90
# a figure holds a digit
HAS_DIGIT = "SUMPRODUCT(--ISNUMBER(FIND(ROW($1:$10)-1,{cell})))>0"
CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# the first moment a zip file can tell
EPOCH, EPOCH_W3C = (1980, 1, 1, 0, 0, 0), rb"\g<1>1980-01-01T00:00:00Z"


def workbook(shape: Shape, template: str, translate: Translate = str) -> bytes:
    """Return the bytes of an empty workbook for data of `shape`, for the template of that name; always the same.

    `translate` is for the notes; names of sheets, keys and columns are the data's own, Chinese.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = AUTHOR
    basic = book.active
    _basic(basic, shape, template, translate)
    rows = {path: shapes[-1] for path, shapes in lists(shape)}
    for path, inner in rows.items():
        above = outer(path, rows)
        holds = any(outer(other, rows) == path for other in rows)
        asked = not any(one.optional for one in next(shapes for at, shapes in lists(shape) if at == path))
        sheet = book.create_sheet(_title(path))
        _rows(sheet, inner, holds, _title(above) if above else "", asked, translate)
    packed = io.BytesIO()
    book.save(packed)
    return _undated(packed.getvalue())


def _title(path: Sequence[str]) -> str:
    """Return the name of a list's sheet: its path, or as much of its end as a name can hold."""
    ends = (".".join(path[start:]) for start in range(len(path)))
    return next((name for name in ends if len(name) <= LONGEST_NAME), path[-1])


def _basic(sheet: Any, shape: Shape, template: str, translate: Translate) -> None:
    """Fill the sheet of keys and values."""
    sheet.title = BASIC[0]
    notes = {
        TYPED[0]: translate(N_("要几项的，一行一项（Alt+Enter 换行）")),
        UNIT[0]: translate(N_("数后面没有写单位的，写在这里")),
        SECRET[0]: translate(N_("涉密的写“是”；只隐去几个字的，写出那几个字，几处用顿号隔开")),
    }
    heads = (KEY[0], TYPED[0], UNIT[0], SECRET[0], NOTE[0], SAY[0])
    widths = (WIDE, WIDE, NARROW, NARROW, WIDE // 2, WIDEST)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        _head(sheet, column, head, notes.get(head, ""), True, width)
    checks = _Checks(sheet)
    for row, (path, inner) in enumerate(leaves(shape), start=2):
        asked = is_asked(shape, path)
        name = ".".join(path)
        sheet.cell(row, 1, name).fill = _fill(asked)
        value = sheet.cell(row, 2, template if name == TEMPLATE[0] else None)
        value.number_format, value.alignment = _format(inner), _wrapped()
        says = sheet.cell(row, len(heads), _says(inner, asked, path, translate))
        says.alignment = _wrapped()
        checks.add(inner, value.coordinate)
        checks.secrecy(sheet.cell(row, heads.index(SECRET[0]) + 1).coordinate)


def _rows(sheet: Any, shape: Shape, holds: bool, above: str, asked: bool, translate: Translate) -> None:
    """Fill the sheet of a list: its header, with a note on each column; `holds` other lists, is in a row of `above`."""
    checks, column = _Checks(sheet), 0

    def head(name: str, note: str, required: bool, code: str = "General") -> str:
        nonlocal column
        column += 1
        _head(sheet, column, name, note, required, min(WIDE, max(NARROW, 2 * len(name) + 4)))
        sheet.column_dimensions[letters(column)].number_format = code
        sheet.column_dimensions[letters(column)].alignment = _wrapped()
        return f"{letters(column)}2:{letters(column)}{ROWS + 1}"

    if holds and shape.canonical(NUMBER[0]) is None:
        head(NUMBER[0], translate(N_("这一行的编号，如 1、2、3，不要重复；下一层的表用它认这一行")), asked)
    if above:
        cells = head(OWNER[0], translate(N_("“{sheet}”表里那一行的序号")).format(sheet=above), asked)
        checks.one_of(f"'{above}'!$A$2:$A${ROWS + 1}", cells)
    found = list(leaves(shape))
    for path, inner in found:
        must = is_asked(shape, path)
        checks.add(inner, head(".".join(path), _says(inner, must, path, translate), must, _format(inner)))
    if sum(inner.kind == "figure" for _, inner in found) == 1:
        checks.secrecy(head(SECRET[0], translate(N_("这一行的数涉密的写“是”")), False))


def _says(shape: Shape, asked: bool, path: Sequence[str], translate: Translate) -> str:
    """Return what belongs in a place, whether it must be filled, and how."""
    leaf = shape.item or shape
    within = len(path) > 1 and not shape.optional
    must = N_("必填") if asked else N_("“{group}”填了就要填") if within else N_("可不填")
    parts = [shape.say, translate(must).format(group=".".join(path[:-1]))]
    if leaf.kind in ("figure", "date"):
        parts.append(translate(KINDS[leaf.kind]))
    if shape.item is not None:
        parts.append(translate(N_("要几项的，一行一项（Alt+Enter 换行）")))
    return "；".join(parts)


def _format(shape: Shape) -> str:
    """Return the number format of a place: what is text stays as typed, and 1-9月 becomes no date."""
    return {"date": DATE_FORMAT, "figure": "General"}.get((shape.item or shape).kind, TEXT_FORMAT)


def _head(sheet: Any, column: int, name: str, note: str, required: bool, width: int) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    cell = sheet.cell(1, column, name)
    cell.font, cell.fill = Font(bold=required), _fill(required)
    if note:
        cell.comment = Comment(note, AUTHOR, NOTE_HEIGHT, NOTE_WIDTH)
    sheet.column_dimensions[letters(column)].width = width
    sheet.freeze_panes = "A2"


def _fill(required: bool) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=REQUIRED_FILL if required else OPTIONAL_FILL)


def _wrapped() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(vertical="top", wrap_text=True)


class _Checks:
    """What a sheet asks of its cells as they are filled; cells of one rule share it."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.rules: dict[tuple[str, ...], Any] = {}

    def add(self, shape: Shape, cells: str) -> None:
        """Check cells for values of a leaf: the choices, a date, a figure."""
        choices = ",".join(shape.choices)
        if shape.kind == "choice" and len(choices) < LONGEST_CHOICES - 1 and '"' not in choices:
            self.one_of(f'"{choices}"', cells)
        elif shape.kind == "date":
            self._rule(cells, type="date", operator="greaterThan", formula1="1")
        elif shape.kind == "figure":
            self._rule(cells, type="custom", formula1=HAS_DIGIT.format(cell=cells.split(":")[0]))

    def one_of(self, formula: str, cells: str) -> None:
        """Let cells be one of a list, shown as a drop-down."""
        self._rule(cells, type="list", formula1=formula)

    def secrecy(self, cells: str) -> None:
        """Offer 是 and 否, and take any other words: the parts to hide."""
        self._rule(cells, type="list", formula1='"是,否"', error=False)

    def _rule(self, cells: str, error: bool = True, **rule: Any) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        key = (*rule.values(), str(error))
        if key not in self.rules:
            self.rules[key] = DataValidation(allow_blank=True, showErrorMessage=error, **rule)
            self.sheet.add_data_validation(self.rules[key])
        self.rules[key].add(cells)


def _undated(packed: bytes) -> bytes:
    """Return a workbook's bytes with the moment it was made taken out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, CHANGED.sub(EPOCH_W3C, data) if name == "docProps/core.xml" else data)
    return made.getvalue()
