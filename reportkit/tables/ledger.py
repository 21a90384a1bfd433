"""Ledgers: cells of a sheet in, a header and rows out, and every fault that makes a table not to be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import arithmetic, quantity
from reportkit.facts.fact import Fact, Origin
from reportkit.tables.area import Area, at, letters
from reportkit.tables.sheet import Sheet, cell, filled

TOTALS = ("合计", "总计", "共计", "total")
SUBTOTALS = (*TOTALS, "小计", "subtotal")
REMARK = re.compile(r"(注|备注|说明|填表人|填报人|制表人|审核人|填报单位)[:：].*", re.DOTALL)
# cells under merged ones that are looked at: an area of a whole sheet covers 17,000,000,000
MOST_COVERED = 200_000
SLASHED = re.compile(r"\d{4}([/.])\d{1,2}\1\d{1,2}")
# 数值（亿元）: what a column holds, and the unit of its bare numbers
HEAD = re.compile(r"(?P<name>[^（(]+?)\s*[（(](?:(?:计量)?单位[:：])?(?P<unit>[^（()）:：\d\s]{1,6})[）)]")
# how many rows above a cell the head of its column is looked for
HIGHEST = 1000
# 产值（含税）: what else stands there says how a column is reckoned, not in what
NO_UNIT = re.compile(
    r"[含税价按不未已拟]|口径|累计|[当本上][年月期季]|同期|预计|预测|计划|快报|初步|增速|同比|环比|其中|合计"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table: its number in the sheet, and its filled cells by column."""

    number: int
    cells: Mapping[int, Node]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A header's cells by column, and the rows below it."""

    sheet: Sheet
    heads: Mapping[int, Node]
    rows: tuple[Entry, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    def fault(self, cells: object, message: str, hint: str, **fields: object) -> None:
        """Note what is wrong with cells of the sheet."""
        self.faults.append(Fault(message, fields, hint, self.sheet.where(cells)))

    def where(self, row: Entry, column: int) -> str:
        """Return the place of a cell of the ledger."""
        return self.sheet.where(at(row.number, column))


def read(sheet: Sheet, area: Area | None = None, gaps: bool = False) -> Ledger:
    """Return the table that a sheet, or the `area` of it, holds; what is wrong with it is in its `faults`.

    The first filled row is the header. An empty row ends the table unless `gaps` are allowed.
    """
    spots = [spot for spot in filled(sheet) if area is None or area.holds(*spot)]
    if not spots:
        return Ledger(sheet, {})
    by_row = {row: [column for _, column in group] for row, group in groupby(spots, lambda spot: spot[0])}
    top, *below = by_row
    titles = []
    while below and len(by_row[top]) == 1 and len(by_row[below[0]]) > 1:
        titles.append(top)
        top, *below = below
    columns = range(by_row[top][0], by_row[top][-1] + 1)
    covered = _covered(sheet, Area(top, columns[0], spots[-1][0], columns[-1]))
    cells = {row: {**covered.get(row, {}), **_own(sheet, row, by_row[row])} for row in by_row}
    rows: list[Entry] = []
    strays: list[int] = []
    for number in below:
        ended = not gaps and (bool(strays) or number != top + len(rows) + 1)
        if ended or not any(column in columns for column in by_row[number]):
            strays.append(number)
            continue
        rows.append(Entry(number, _filled(cells[number], columns)))
    heads = {column: replace(node, typed=tidy(node.typed)) for column, node in _filled(cells[top], columns).items()}
    ledger = Ledger(sheet, heads, tuple(rows))
    inside = Area(top, columns[0], rows[-1].number if rows else top, columns[-1])
    ledger.faults.extend(sheet.faults[spot] for spot in spots if spot in sheet.faults)
    for number in titles:
        ledger.fault(
            at(number, by_row[number][0]), N_("表头不在第一行"), N_("删去上面的标题，或用 !excel 取下面那一片")
        )
    for number in strays:
        _stray(ledger, number, by_row[number][0])
    for row in rows:
        for column in by_row[row.number]:
            if column not in columns:
                _stray(ledger, row.number, column)
    _heads(ledger, top, columns)
    _hidden(ledger, inside)
    _cells(ledger, inside)
    return ledger


def _own(sheet: Sheet, row: int, columns: Iterable[int]) -> dict[int, Node]:
    """Return the Nodes of a row that holds something in `columns`."""
    return {column: sheet.cells[row, column] for column in columns if (row, column) in sheet.cells}


def _filled(cells: Mapping[int, Node], columns: range) -> dict[int, Node]:
    """Return the Nodes of a row that stand in `columns`, from left to right."""
    return {column: cells[column] for column in sorted(cells) if column in columns}


def _covered(sheet: Sheet, inside: Area) -> dict[int, dict[int, Node]]:
    """Return what merged cells show where they cover others, by row and column: told once as merged, those are not
    missing too.
    """
    found: dict[int, dict[int, Node]] = {}
    room = MOST_COVERED
    for area in sheet.merged:
        node = sheet.cells.get((area.top, area.left))
        if node is None or not area.meets(inside):
            continue
        columns = range(max(area.left, inside.left), min(area.right, inside.right) + 1)
        rows = range(max(area.top, inside.top), min(area.bottom, inside.bottom) + 1)
        for row in rows[: room // len(columns)]:
            found.setdefault(row, {}).update(dict.fromkeys(columns, node))
            room -= len(columns)
    return found


def _stray(ledger: Ledger, row: int, column: int) -> None:
    ledger.fault(at(row, column), N_("表外还有内容"), N_("移到别的表，或删去；表中间不要空行、空列"))


def _heads(ledger: Ledger, top: int, columns: range) -> None:
    seen: dict[str, int] = {}
    for column in columns:
        name = ledger.heads[column].typed if column in ledger.heads else ""
        if not name:
            if (top, column) not in ledger.sheet.faults:
                ledger.fault(at(top, column), N_("表头空着"), N_("写上列名，或删去这一列"))
        elif name in seen:
            ledger.fault(
                at(top, column), N_("表头“{name}”与 {other} 重复"), N_("只留一列"),
                name=name, other=at(top, seen[name]),
            )  # fmt: skip
        else:
            seen[name] = column


def _hidden(ledger: Ledger, inside: Area) -> None:
    sheet = ledger.sheet
    if sheet.hidden:
        ledger.faults.append(Fault(N_("这张表是隐藏的"), {}, N_("取消隐藏；不用的删去"), sheet.place))
    for first, last in _runs({row for row in sheet.hidden_rows if inside.top <= row <= inside.bottom}):
        ledger.fault(f"{first}:{last}", N_("有隐藏的行"), N_("取消隐藏或筛选；不用的删去"))
    for first, last in _runs({column for column in sheet.hidden_columns if inside.left <= column <= inside.right}):
        ledger.fault(f"{letters(first)}:{letters(last)}", N_("有隐藏的列"), N_("取消隐藏；不用的删去"))


def _runs(numbers: set[int] | frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each run of consecutive numbers."""
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _cells(ledger: Ledger, inside: Area) -> None:
    for area in ledger.sheet.merged:
        if area.meets(inside):
            ledger.fault(area, N_("有合并的单元格"), N_("取消合并，每一格都填上"))
    for row in ledger.rows:
        for column, node in row.cells.items():
            own = node.place == ledger.where(row, column)
            if own and node.kind == "text" and SLASHED.fullmatch(node.typed):
                ledger.fault(
                    at(row.number, column), N_("日期“{typed}”存成了文字"), N_("改成日期格式，或写 2023年9月5日"),
                    typed=node.typed,
                )  # fmt: skip


def details(ledger: Ledger, figures: Mapping[int, int]) -> tuple[Entry, ...]:
    """Return the rows of a list: without the total in its last row, which is checked against them.

    `figures` are the columns of figures, each with the column that says its units, or 0. Subtotals, remarks below the
    list, columns of mixed units and totals that do not add up are noted.
    """
    rows = []
    total: Entry | None = None
    remarks = [row for row in ledger.rows if _is_remark(row)]
    listed = [row for row in ledger.rows if row not in remarks]
    for row in remarks:
        _stray(ledger, row.number, next(iter(row.cells)))
    for row in listed:
        words = {_bare(node.typed): column for column, node in row.cells.items() if node.kind == "text"}
        marked = next((column for word, column in words.items() if word in SUBTOTALS), None)
        if marked is None:
            rows.append(row)
        elif row is listed[-1] and _bare(row.cells[marked].typed) in TOTALS:
            total = row
        else:
            ledger.fault(
                at(row.number, marked), N_("明细里有“{word}”行"), N_("删去；只有最后一行可以是合计"),
                word=row.cells[marked].typed,
            )  # fmt: skip
    for column, units in figures.items():
        found = [(row, fact) for row in rows if (fact := figure(ledger, row, column, units))]
        if not units:
            _units(ledger, found, column)
        if total and (given := figure(ledger, total, column, units)):
            _counted(ledger, given, [fact for _, fact in found], at(total.number, column))
    return tuple(rows)


def _is_remark(row: Entry) -> bool:
    """Return whether a row's first cell says 注：… or 填表人：…"""
    return any(REMARK.fullmatch(node.typed) for node in islice(row.cells.values(), 1))


def figure(ledger: Ledger, row: Entry, column: int, units: int = 0) -> Fact | None:
    """Return the figure in a cell, in the unit that the cell, the column's head or the column `units` says.

    None if the cell holds no figure.
    """
    node = row.cells.get(column)
    found = quantity.parse(node.typed) if node and node.kind in ("number", "text") else None
    if node is None or found is None:
        return None
    told = row.cells.get(units)
    unit = found.unit or unit_of(ledger.heads[column].typed) or (told.typed if told else "")
    return Fact(found.value, node.typed if found.unit else node.typed + unit, Origin("", node.place), unit)


def unit_of(head: str) -> str:
    """Return the unit in a column's head: 数值（亿元） → 亿元, "" if there is none."""
    found = HEAD.fullmatch(head)
    return found["unit"] if found and not NO_UNIT.search(found["unit"]) else ""


def name_of(head: str) -> str:
    """Return a column's head without its unit."""
    found = HEAD.fullmatch(head)
    return found["name"] if found and unit_of(head) else head


def single(sheet: Sheet, area: Area) -> Node:
    """Return the value of a single cell, a bare number with the unit that the head of its column says.

    Raises InputError if the cell is empty or cannot be read.
    """
    node = cell(sheet, area)
    if node.kind != "number":
        return node
    rows = range(area.top - 1, max(0, area.top - 1 - HIGHEST), -1)
    above = (sheet.cells[row, area.left] for row in rows if (row, area.left) in sheet.cells)
    head = next((one.typed for one in above if one.kind == "text" and quantity.parse(one.typed) is None), "")
    unit = unit_of(tidy(head))
    return replace(node, value=node.typed + unit, kind="text", typed=node.typed + unit) if unit else node


def _units(ledger: Ledger, figures: list[tuple[Entry, Fact]], column: int) -> None:
    """Note each figure whose unit does not go with those above it in the column.

    Different things may be counted in one column, as 32个 and 186.50亿元; but 亿元 beside 万元, or a unit beside none,
    is a slip. A head that says the unit says it of every figure.
    """
    said = unit_of(ledger.heads[column].typed)
    met: dict[str, tuple[Entry, Fact]] = {}
    for row, fact in figures:
        _, base = quantity.multiplied(fact.unit)
        other = next(iter(met.values()), None) if said or not fact.unit or "" in met else met.get(base)
        if (other and other[1].unit != fact.unit) or (said and fact.unit != said):
            ledger.fault(
                at(row.number, column), N_("同一列单位不一：{one}，而 {place} 是{other}"), N_("换成同一个单位"),
                one=fact.shown, other=other[1].shown if other else said,
                place=at(other[0].number if other else row.number, column),
            )  # fmt: skip
        else:
            met.setdefault(base, (row, fact))


def _counted(ledger: Ledger, given: Fact, parts: list[Fact], where: str) -> None:
    """Note a total that its details do not add up to; without a unit it has theirs. Percentages are not added."""
    if parts and not given.unit:
        given = replace(given, unit=parts[0].unit, shown=given.shown + parts[0].unit)
    if not parts or given.unit in quantity.RATES or any(part.unit in quantity.RATES for part in parts):
        return
    if arithmetic.miscounted(given, parts):
        try:
            result = arithmetic.total(parts).shown
        except InputError:
            ledger.fault(where, N_("各行单位不同，不能合计"), N_("删去合计"))
            return
        message = N_("合计写的是{given}，可是各行加起来得 {result}")
        ledger.fault(where, message, N_("核对合计和明细"), given=given.shown, result=result)


def tidy(text: str) -> str:
    """Return a head, or a key, without the spaces and line ends that only set it out: 名　称 → 名称."""
    return re.sub(r"\s", "", text)


def _bare(text: str) -> str:
    return tidy(text).rstrip(":：").lower()
