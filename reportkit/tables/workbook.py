"""A workbook of 基本信息 and list sheets in, the tree of Nodes that a YAML file of the same data gives out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import arithmetic
from reportkit.facts.check import check
from reportkit.facts.shape import COMPARED, FIGURE, Shape
from reportkit.tables import ledger
from reportkit.tables.area import Area, area_of
from reportkit.tables.ledger import Entry, Ledger
from reportkit.tables.places import Keys, is_asked, leaves, lists, outer
from reportkit.tables.sheet import Book, Sheet
from reportkit.tables.tree import TYPED, UNIT, Pair, grown, said

BASIC = ("基本信息", "basic")
KEY = ("键", "key")
# columns of ours in a list sheet: a row's own name, and the name of the row above it that it belongs to
NUMBER, OWNER = ("序号", "number"), ("所属", "of")
TEMPLATE = ("模板", "template")
# a column, and sheets, for people
SAY = ("说明", "say")
EACH = re.compile(r"\[\d+\]")
# a figure, what it is compared with, and what is said of that
DEEPEST = 2


@dataclass(slots=True)
class _Line:
    """A row of a list sheet, as it grows: its name, the row it belongs to, its place, its values by path."""

    name: str
    owner: Node | None
    place: str
    pairs: list[Pair] = field(default_factory=list)


@arithmetic.exactly
def read(path: Path, shape_of: Callable[[str], Shape], required: bool = True) -> Node:
    """Return the tree of a workbook's data, of the shape that `shape_of` gives for the template the data names, or "".

    Raises InputError with every fault of every sheet, those of the data against its shape among them; with `required`
    false what is missing is none.
    """
    book = Book(path, str(path))
    basic = next((name for name in book.names if name in BASIC), None)
    if basic is None:
        known = "、".join(book.names)
        raise InputError(
            Fault(N_("没有“{name}”这张表"), {"name": BASIC[0], "known": known}, N_("有：{known}"), book.name)
        )
    reader = _Reader(shape_of(_template(book.sheet(basic))), book)
    node = reader.tree(basic)
    if reader.faults:
        told = {fault.file for fault in reader.faults}
        _, more = check(node, reader.shape, book.name, required)
        more = [one for one in more if one.file not in told and EACH.sub("[]", one.path) not in reader.absent]
        faults = [*reader.faults, *more]
        raise InputError(sorted(faults, key=lambda fault: _spot(fault, book)))
    return node


def _spot(fault: Fault, book: Book) -> tuple[int, int, int]:
    """Return where a fault is, to tell faults in the order of sheets, rows and columns."""
    place, _, cells = fault.file.removeprefix(f"{book.name}#").rpartition("!")
    area = area_of(cells) if place else None
    rank = book.names.index(place) if place in book.names else len(book.names)
    return (rank, area.top, area.left) if area else (rank, 0, 0)


@arithmetic.exactly
def rows(sheet: Sheet, area: Area | None = None) -> Node:
    """Return the rows of a sheet, or of an area of it, as a list of mappings by the names in its header.

    Raises InputError with every fault of the ledger.
    """
    found = ledger.read(sheet, area)
    heads = {head.typed: column for column, head in found.heads.items()}
    figures = {
        column: next((heads[f"{name}.{word}"] for word in UNIT if f"{name}.{word}" in heads), 0)
        for name, column in heads.items()
        if _all_figures(found, column)
    }
    kept = ledger.details(found, figures)
    if found.faults:
        raise InputError(found.faults)
    items = []
    for row in kept:
        pairs = [
            pair
            for column, head in found.heads.items()
            for pair in said(tuple(ledger.name_of(head.typed).split(".")), head, row.cells.get(column))
        ]
        items.append(grown(pairs, None, found.where(row, next(iter(row.cells)))))
    return Node(tuple(items), "list", place=sheet.place)


def _all_figures(found: Ledger, column: int) -> bool:
    """Return whether a column of a table of no known shape holds figures: all it holds can be read as such."""
    filled = [row for row in found.rows if column in row.cells]
    return bool(filled) and all(ledger.figure(found, row, column) for row in filled)


def _template(sheet: Sheet) -> str:
    """Return the template that 基本信息 names, "" if it names none."""
    found = ledger.read(sheet, gaps=True)
    heads = {head.typed: column for column, head in found.heads.items()}
    key, value = (next((heads[name] for name in names if name in heads), 0) for names in (KEY, TYPED))
    filled = (row.cells for row in found.rows if key in row.cells and value in row.cells)
    return next((cells[value].typed for cells in filled if ledger.tidy(cells[key].typed) in TEMPLATE), "")


class _Reader:
    """Reads the sheets of a book by a shape, and keeps the faults it meets."""

    def __init__(self, shape: Shape, book: Book) -> None:
        self.shape, self.book = shape, book
        self.faults: list[Fault] = []
        # what a whole column is missing for, told once: 指标[].名称
        self.absent: set[str] = set()
        self.lists = dict(lists(shape))

    def tree(self, basic: str) -> Node:
        """Return the whole of the data."""
        pairs = list(self.basic(self.book.sheet(basic)))
        found: dict[Keys, tuple[Sheet, list[_Line]]] = {}
        for name in self.book.names:
            if name == basic or name.startswith(SAY[0]):
                continue
            sheet = self.book.sheet(name)
            path = self.named(name) if sheet.cells or sheet.faults else None
            if path in found:
                self.note(sheet.place, N_("与“{other}”是同一个列表"), N_("合成一张表"), other=found[path][0].place)
            elif path:
                found[path] = (sheet, list(self.lines(sheet, path)))
        # the innermost lists first: each becomes a value of the rows that hold it
        for path in sorted(found, key=len, reverse=True):
            sheet, lines = found[path]
            above = outer(path, self.lists)
            if above is None:
                pairs.append((path, self.listed(path, lines, sheet)))
            elif above in found:
                self.hang(path, found[path], above, found[above][1])
            else:
                self.note(sheet.place, N_("缺少“{name}”这张表"), N_("先列出上一层的各行"), name=".".join(above))
        order = {name: rank for rank, name in enumerate(self.shape.fields)}
        pairs.sort(key=lambda pair: order.get(pair[0][0], len(order)))
        return grown(pairs, self.shape, self.book.sheet(basic).place)

    def note(self, place: str, message: str, hint: str, **fields: object) -> None:
        self.faults.append(Fault(message, fields, hint, place))

    def basic(self, sheet: Sheet) -> Iterator[Pair]:
        """Yield the values of the 基本信息 sheet by their paths."""
        found = ledger.read(sheet, gaps=True)
        self.faults += found.faults
        columns = self.basic_columns(found)
        if missing := [name for name in (KEY[0], TYPED[0]) if (name,) not in columns]:
            self.note(sheet.place, N_("表头要有“键”和“值”，缺少{names}"), "", names="、".join(missing))
            return
        seen: dict[Keys, str] = {}
        keys, values, says = (columns.get((name,), 0) for name in (KEY[0], TYPED[0], SAY[0]))
        beside = {column: name for name, column in columns.items() if column not in (keys, values, says)}
        for row in found.rows:
            key = row.cells.get(keys)
            if key is None:
                if row.cells.keys() - {says}:
                    self.note(found.where(row, keys), N_("这一行没有键"), N_("写上键，或删去这一行"))
                continue
            path = self.path(key, self.shape, ledger.tidy(key.typed))
            if path is None:
                continue
            if path in seen:
                self.note(key.place, N_("与前面的“{other}”重复"), N_("只留一个"), other=seen[path])
                continue
            seen[path] = key.place
            blank = Node(None, "none", place=found.where(row, values))
            yield from said(path, found.heads[values], row.cells.get(values), blank)
            for column, name in beside.items():
                yield from said((*path, *name), found.heads[column], row.cells.get(column))

    def basic_columns(self, found: Ledger) -> dict[Keys, int]:
        """Return the columns of the 基本信息 sheet: 键, 值, 说明, and the words of the long form."""
        columns: dict[Keys, int] = {}
        for column, head in found.heads.items():
            ours = _canonical(head.typed, (KEY, TYPED, SAY))
            name = (ours,) if ours else _words(head.typed)
            if name is None:
                known = "、".join((KEY[0], *FIGURE, SAY[0]))
                self.note(head.place, N_("没有“{key}”这一列"), N_("这里可以写：{known}"), key=head.typed, known=known)
            elif name in columns:
                other = found.heads[columns[name]].typed
                self.note(head.place, N_("与前面的“{other}”重复"), N_("只留一个"), other=other)
            else:
                columns[name] = column
        return columns

    def named(self, name: str) -> Keys | None:
        """Return the path of the list that a sheet is named for: its whole path, or an end of it like no other's."""
        parts = name.split(".")
        ends = [path for path, inner in self.lists.items() if _ends(path, inner, parts)]
        exact = [path for path in ends if len(path) == len(parts)]
        if len(exact or ends) == 1:
            return (exact or ends)[0]
        place = f"{self.book.name}#{name}"
        known = "、".join(".".join(path) for path in ends or self.near(name))
        if ends:
            self.note(place, N_("不止一个列表叫“{name}”"), N_("表名写全：{known}"), name=name, known=known)
        else:
            hint = N_("是不是 {known}；给人看的表，表名以“说明”开头")
            self.note(place, N_("没有“{name}”这个列表"), hint, name=name, known=known)
        return None

    def near(self, name: str) -> list[Keys]:
        """Return the lists a sheet may have been meant for: those with a name like its, or all."""
        names = {".".join(path): path for path in self.lists}
        ends = {path[-1]: path for path in self.lists}
        close = difflib.get_close_matches(name, {**ends, **names}, n=3, cutoff=0.5)
        return list(dict.fromkeys({**ends, **names}[one] for one in close)) or list(self.lists)

    def lines(self, sheet: Sheet, path: Keys) -> Iterator[_Line]:
        """Yield the rows of a list's sheet."""
        found, shape = ledger.read(sheet), self.lists[path][-1]
        values = dict(leaves(shape))
        number, owner, columns = self.columns(found, shape, nested=outer(path, self.lists) is not None)
        at = {place: column for column, place in columns.items()}
        figures = {at[one]: at.get((*one, UNIT[0]), 0) for one in at if one in values and values[one].kind == "figure"}
        kept = ledger.details(found, figures)
        self.faults += found.faults
        if outer(path, self.lists) and not owner and kept:
            self.note(sheet.place, N_("缺少“{name}”这一列"), N_("写上一层那一行的序号"), name=OWNER[0])
        if number:
            self.numbered(found, kept, number)
        for wanted in values:
            if kept and wanted not in columns.values() and is_asked(shape, wanted):
                self.note(sheet.place, N_("缺少“{name}”这一列"), "", name=".".join(wanted))
                self.absent.add(".".join((*self.each(path), *wanted)))
        first = number or next(iter(columns), 0)
        for row in kept:
            name = row.cells[first].typed if first in row.cells else ""
            line = _Line(name, None, found.where(row, next(iter(row.cells), 1)))
            if owner:
                line.owner = row.cells.get(owner, Node(None, "none", place=found.where(row, owner)))
            for column, place in columns.items():
                blank = Node(None, "none", place=found.where(row, column)) if place in values else None
                line.pairs += said(place, found.heads[column], row.cells.get(column), blank)
            yield line

    def each(self, path: Keys) -> Iterator[str]:
        """Yield the names of a list's path as paths of its rows have them: 大局.方法[].调研.会议[]."""
        for end, name in enumerate(path, start=1):
            yield f"{name}[]" if path[:end] in self.lists else name

    def columns(self, found: Ledger, shape: Shape, nested: bool) -> tuple[int, int, dict[int, Keys]]:
        """Return the columns of 序号 and 所属, 0 if there is none, and the path of each of the others."""
        columns: dict[int, Keys] = {}
        number = owner = 0
        for column, head in found.heads.items():
            ours = shape.canonical(head.typed) is None
            if ours and head.typed in NUMBER:
                number = column
            elif ours and nested and head.typed in OWNER:
                owner = column
            elif not ours or head.typed not in SAY:
                path = self.path(head, shape, ledger.name_of(head.typed))
                first = next((found.heads[other].typed for other, one in columns.items() if one == path), None)
                if first is not None and first != head.typed:
                    self.note(head.place, N_("与前面的“{other}”重复"), N_("只留一个"), other=first)
                elif path:
                    columns[column] = path
        return number, owner, columns

    def numbered(self, found: Ledger, rows: Iterable[Entry], column: int) -> None:
        """Note the rows whose 序号 is missing or another's."""
        met: dict[str, str] = {}
        for row in rows:
            name, place = row.cells[column].typed if column in row.cells else "", found.where(row, column)
            if not name:
                self.note(place, N_("这一行没有序号"), N_("写一个不与别行相同的序号"))
            elif name in met:
                self.note(place, N_("与前面的“{other}”重复"), N_("只留一个"), other=met[name])
            met.setdefault(name, place)

    def hang(self, path: Keys, inner: tuple[Sheet, list[_Line]], above: Keys, lines: list[_Line]) -> None:
        """Give each of the rows `lines` of the list `above` its rows of the list at `path`."""
        sheet, rows = inner
        owners: dict[str, list[_Line]] = {}
        for line in lines:
            owners.setdefault(line.name or line.place, []).append(line)
        mine: dict[int, list[_Line]] = {}
        for row in rows:
            if row.owner is None:
                continue
            wanted = owners.get(row.owner.typed, [])
            if len(wanted) == 1:
                mine.setdefault(id(wanted[0]), []).append(row)
            elif row.owner.kind == "none":
                self.note(row.owner.place, N_("没有写所属"), N_("写上一层那一行的序号"))
            else:
                message = N_("“{outer}”里不止一行叫“{name}”") if wanted else N_("“{outer}”里没有“{name}”这一行")
                known = "、".join(line.name for line in lines if line.name)
                self.note(
                    row.owner.place, message, N_("有：{known}"), outer=".".join(above), name=row.owner.typed,
                    known=known,
                )  # fmt: skip
        for line in lines:
            line.pairs.append((path[len(above) :], self.listed(path, mine.get(id(line), []), sheet)))

    def listed(self, path: Keys, lines: Sequence[_Line], sheet: Sheet) -> Node:
        """Return the list of the rows `lines`, none if there are none."""
        if not lines:
            return Node(None, "none", place=sheet.where("A2"))
        shape = self.lists[path][-1]
        return Node(tuple(grown(line.pairs, shape, line.place) for line in lines), "list", place=sheet.place)

    def path(self, key: Node, shape: Shape, typed: str) -> Keys | None:
        """Return the path below `shape` that a key or a column's head names, None after noting that it names none.

        In a list sheet the long form's words (单位, 上年同期 …) alone belong to the row's only figure, or only value.
        """
        names: list[str] = []
        here, parts = shape, typed.split(".")
        if shape.canonical(parts[0]) is None and _words(typed) and (ours := self.only(shape)):
            return (*ours, *(_words(typed) or ()))
        for at, part in enumerate(parts):
            if here.kind != "map":
                words = _words(".".join(parts[at:]))
                if words is None:
                    self.unknown(key, typed, part, FIGURE)
                return (*names, *words) if words else None
            name = here.canonical(part)
            if name is None:
                self.unknown(key, typed, part, {name: inner.english for name, inner in here.fields.items()})
                return None
            names.append(name)
            here = here.fields[name]
            if here.item is not None and here.item.kind == "map":
                self.note(key.place, N_("“{key}”是一个列表"), N_("另用一张表，一行一项"), key=".".join(names))
                return None
        if here.kind == "map":
            inner = "、".join(f"{typed}.{name}" for name in here.fields)
            self.note(key.place, N_("“{key}”是一组"), N_("这里可以写：{known}"), key=typed, known=inner)
            return None
        return tuple(names)

    def only(self, shape: Shape) -> Keys | None:
        """Return the path of the only figure, or else the only value, of a list's row; None if there are several."""
        values = dict(leaves(shape)) if shape is not self.shape else {}
        ours = [path for path, inner in values.items() if inner.kind == "figure"] or list(values)
        return ours[0] if len(ours) == 1 else None

    def unknown(self, key: Node, typed: str, part: str, known: Mapping[str, str]) -> None:
        """Note that a key, or a column's head, names nothing: of `known` names, Chinese and English, `part` is none."""
        near = difflib.get_close_matches(part, [*known, *known.values()], n=1, cutoff=0.5)
        hint = N_("是不是“{near}”") if near else N_("这里可以写：{known}")
        self.note(
            key.place, N_("没有“{key}”这一项"), hint, key=typed, near="".join(near), known="、".join(known),
        )  # fmt: skip


def _ends(path: Keys, shapes: Sequence[Shape], parts: Sequence[str]) -> bool:
    """Return whether `path` ends with `parts`, each the Chinese or the English name."""
    if len(parts) > len(path):
        return False
    names = zip(path[-len(parts) :], shapes[len(path) - len(parts) :], parts, strict=False)
    return all(part in (name, shape.english) for name, shape, part in names)


def _canonical(word: str, names: Iterable[tuple[str, str]]) -> str | None:
    return next((name[0] for name in names if word in name), None)


def _words(typed: str) -> Keys | None:
    """Return the words of a value's long form, Chinese or English: 来源, or 总体.名称, of what it is compared with."""
    *compared, last = typed.split(".")
    words = [*(_canonical(word, COMPARED.items()) for word in compared), _canonical(last, FIGURE.items())]
    return tuple(word for word in words if word) if all(words) and len(words) <= DEEPEST else None
