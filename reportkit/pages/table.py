"""A Table in, its grid out: how wide its columns are, how its cells are set and broken, how high its rows stand.

Every row is as high as one or more body lines, so that the text below a table stands on the page's 22 lines
(GB/T 9704 §5.2.3; on tables themselves the standard is silent).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from reportkit.document.nodes import Block, Table
from reportkit.document.roles import Role
from reportkit.errors import N_, Fault, InputError
from reportkit.pages import face, kinsoku
from reportkit.pages.face import EM
from reportkit.pages.lines import Broken, Measure, broken
from reportkit.pages.profile import Profile

# the styles of a table that is too wide for the type area are named after the others with one of these
SMALL, TINY = "-small", "-tiny"
# what a column whose cells do not fit on a line each is set in: not centred
WRAPPED = "table-text"
# a column of so few characters is not broken while others can give, and no other becomes narrower than this
SHORT, NARROW = 8, 5
# a cell's line is squeezed by no more than this part of its size a character: by more, engines differ [measured]
SQUEEZED = 16
# how much of a cell's text a message repeats
BEGINNING = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the key of its style, its lines, and the offset of its text in the table's."""

    block: Block
    style: str
    lines: tuple[Broken, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, its height, which is whole body lines, and the height with which Word sets it so."""

    cells: tuple[Cell, ...]
    height_tw: int
    stated_tw: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table decided: the left edges of its columns from the type area's, then its right edge; its rows.

    `side_tw` is the distance of text from a cell's left and right; `small` says that its type is smaller.
    """

    edges_tw: tuple[int, ...]
    rows: tuple[Row, ...]
    side_tw: int
    small: bool

    @property
    def opening_tw(self) -> int:
        """The depth that must not part: the header and the first row below it."""
        return sum(row.height_tw for row in self.rows[:2])

    @property
    def widths_tw(self) -> tuple[int, ...]:
        """How wide each column is."""
        return tuple(right - left for left, right in pairwise(self.edges_tw))


def grid(table: Table, profile: Profile) -> Grid:
    """Return how `table` is set over the whole measure.

    If it is too wide, long headers take two lines; if it still is, type is smaller by a step, then cells are broken;
    by another where a word or a number would not stay whole.

    Raises InputError for more columns than the measure holds, and for a row that no page holds below the header.
    """
    room_tw = profile.measure_tw
    columns = list(zip(*table.rows, strict=True))
    for size, lines in (("", 1), ("", 2), (SMALL, 2), (TINY, 2)):
        naturals = [
            # half a character more, for engines that set Latin letters and figures apart from Han
            profile.styles[f"{Role.CELL}{size}"].size_tw // 2
            + max([
                _width(head, profile, size, lines if len(head.text) > SHORT else 1),
                *(_width(cell, profile, size) for cell in cells),
            ])
            for head, *cells in columns
        ]  # fmt: skip
        if sum(naturals) <= room_tw or (size == SMALL and sum(_units(columns, profile, size)) <= room_tw):
            break
    leasts, wants = [0] * len(naturals), naturals
    if sum(naturals) > room_tw:
        leasts = _leasts(table, naturals, profile, size)
        wants = [natural - least for natural, least in zip(naturals, leasts, strict=True)]
    edges_tw = (0, *accumulate(shared(leasts, wants, room_tw)))
    result = Grid(edges_tw, tuple(_rows(table, edges_tw, profile, size)), _side_tw(profile, size), bool(size))
    above_tw = 0  # the header stands above every other row
    for row in result.rows:
        if above_tw + row.height_tw > profile.depth_tw:
            raise InputError(_too_deep(row))
        above_tw = result.rows[0].height_tw
    return result


def shared(leasts: Sequence[int], wants: Sequence[int], room: int) -> list[int]:
    """Return widths that fill `room`: each its least, and of what is over a share as it wants."""
    over, total = room - sum(leasts), max(1, sum(wants))
    # whole twips: what rounding takes from one column the next gets
    reached = [over * want // total for want in accumulate(wants, initial=0)]
    return [least + high - low for least, (low, high) in zip(leasts, pairwise(reached), strict=True)]


def _leasts(table: Table, naturals: Sequence[int], profile: Profile, size: str) -> list[int]:
    """Return how narrow each column may become: short ones keep their width, then units stay whole, then numbers.

    Raises InputError for more columns than the measure holds at a character each, and where a number would be split.
    """
    columns = list(zip(*table.rows, strict=True))
    units = _units(columns, profile, size)
    numbers = [max(_widest_number(cell, profile, size) for cell in column) for column in columns]
    style = profile.styles[f"{Role.CELL}{size}"]
    sides_tw = 2 * _side_tw(profile, size)
    one_tw, narrow_tw, short_tw = (characters * style.size_tw + sides_tw for characters in (1, NARROW, SHORT))
    both = list(zip(naturals, units, strict=True))
    tries = (
        [natural if natural <= short_tw else max(unit, narrow_tw) for natural, unit in both],
        units,
        [max(min(unit, one_tw), number) for unit, number in zip(units, numbers, strict=True)],
    )
    for leasts in tries:
        if sum(leasts) <= profile.measure_tw:
            return leasts
    fields = {"columns": len(naturals), "most": profile.measure_tw // one_tw, "text": _begun(table.rows[0][0].text)}
    if len(naturals) * one_tw <= profile.measure_tw:
        hint = N_("删去几栏，或分成几张表；数太长的换成万、亿")
        raise InputError(Fault(N_("表格的 {columns} 栏数字，版心放不下，一个数又不能拆成两行：{text}"), fields, hint))
    hint = N_("最多 {most} 栏：删去几栏，或分成几张表")
    raise InputError(Fault(N_("表格有 {columns} 栏，版心放不下：{text}"), fields, hint))


def _units(columns: Sequence[Sequence[Block]], profile: Profile, size: str) -> list[int]:
    """Return the width of each column that takes its widest unit on one line."""
    return [max(_width(cell, profile, size, len(cell.text)) for cell in column) for column in columns]


def _widest_number(cell: Block, profile: Profile, size: str) -> int:
    """Return the width of a column that takes a cell's widest number on one line (GB/T 15835 §5.1.7.2), 0 if none."""
    style = profile.styles[f"{cell.role}{size}"]
    chain = face.chain(profile, style)
    numbers = [chain.width(unit) for unit in kinsoku.units(cell.text) if any(map(str.isdigit, unit))]
    return 2 * _side_tw(profile, size) + max(numbers) * style.size_tw // EM if numbers else 0


def _width(cell: Block, profile: Profile, size: str, lines: int = 1) -> int:
    """Return the width of a column in which a cell takes so many lines, in twips: its widest unit's at least."""
    style = profile.styles[f"{cell.role}{size}"]
    chain = face.chain(profile, style)
    width = chain.width(cell.text)
    if lines > 1:
        widest = max([chain.width(unit) for unit in kinsoku.units(cell.text)])
        width = min(width, max(-(-width // lines) + EM, widest))
    return 2 * _side_tw(profile, size) + width * style.size_tw // EM


def _side_tw(profile: Profile, size: str) -> int:
    return profile.table.side_small_tw if size else profile.table.side_tw


def _rows(table: Table, edges_tw: Sequence[int], profile: Profile, size: str) -> Iterator[Row]:
    """Yield the rows with their cells broken into lines. A column whose cells do not fit is set as paragraphs."""
    rooms_tw = [right - left - 2 * _side_tw(profile, size) for left, right in pairwise(edges_tw)]
    style = profile.styles[f"{Role.CELL}{size}"]
    chain = face.chain(profile, style)
    wraps = [
        any(chain.width(cell.text) * style.size_tw > room_tw * EM for cell in column[1:])
        for column, room_tw in zip(zip(*table.rows, strict=True), rooms_tw, strict=True)
    ]
    offset = 0
    for number, row in enumerate(table.rows):
        cells: list[Cell] = []
        for cell, wrapped, room_tw in zip(row, wraps, rooms_tw, strict=True):
            key = (WRAPPED if wrapped and cell.role is Role.CELL else str(cell.role)) + size
            cells.append(Cell(cell, key, _broken(cell.text, key, room_tw, profile), offset))
            offset += len(cell.text)
        depth_tw = max(len(cell.lines) * profile.styles[cell.style].line_tw for cell in cells)
        height_tw = -(-(depth_tw + profile.table.edge_tw) // profile.line_tw) * profile.line_tw
        # LibreOffice adds an outer rule to what a table takes on each page [measured]: its header gives that much
        yield Row(tuple(cells), height_tw, height_tw if number else height_tw - profile.table.edge_tw)


def _broken(text: str, key: str, room_tw: int, profile: Profile) -> tuple[Broken, ...]:
    """Return the lines of a cell: of even length if it is centred, not squeezed more than engines agree on if not."""
    style = profile.styles[key]
    chain = face.chain(profile, style)
    whole = measure = Measure(style.size_tw, room_tw, 0, profile.base_tw(style))
    lines = broken(text, chain, measure)
    most_tw, ends = style.size_tw // SQUEEZED, {*kinsoku.ends(text)}
    if style.align == "both":
        if all(line.hold.spacing_tw >= -most_tw and line.end in ends for line in lines):
            return tuple(lines)
    else:
        measure = _narrowest(text, chain, measure, len(lines))
    pinned = _pinned(text, broken(text, chain, measure), chain, whole)
    while pinned and min(line.hold.spacing_tw for line in pinned) < -most_tw:
        measure = measure._replace(measure_tw=measure.measure_tw - style.size_tw // 4)
        narrower = broken(text, chain, measure)
        if measure.measure_tw * 2 < room_tw or not all(line.end in ends for line in narrower):
            break
        pinned = _pinned(text, narrower, chain, whole)
    return tuple(pinned)


def _narrowest(text: str, chain: face.Chain, measure: Measure, lines: int) -> Measure:
    """Return the narrowest measure in which `text` takes no more than so many lines."""
    while lines > 1 and measure.measure_tw > measure.size_tw:
        narrower = measure._replace(measure_tw=measure.measure_tw - measure.size_tw // 2)
        if len(broken(text, chain, narrower)) > lines:
            break
        measure = narrower
    return measure


def _pinned(text: str, lines: Sequence[Broken], chain: face.Chain, whole: Measure) -> list[Broken]:
    """Return lines that end where they do because each but the last is pinned, each spaced as a last one is."""
    holds = [broken(text[line.start : line.end], chain, whole)[0].hold for line in lines]
    return [
        line._replace(hold=hold._replace(pin=line.end < len(text))) for line, hold in zip(lines, holds, strict=True)
    ]


def _too_deep(row: Row) -> Fault:
    longest = max(row.cells, key=lambda cell: len(cell.lines)).block.text
    hint = N_("删短一些，或分成几行；一行不跨页")
    return Fault(N_("表格这一格太长，一页放不下：{text}"), {"text": _begun(longest)}, hint)


def _begun(text: str) -> str:
    return text[:BEGINNING] + ("……" if len(text) > BEGINNING else "")
