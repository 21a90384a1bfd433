"""A grid's rows onto pages: the lines of its cells, its header again on each page, the rules about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from reportkit.pages.column import Column
from reportkit.pages.frame import Line, Paragraph, Rule
from reportkit.pages.place import boxes, placed
from reportkit.pages.profile import Profile, Ruling
from reportkit.pages.setting import Setting, block_stretches
from reportkit.pages.table import Grid, Row


def rows(one: Setting, grid: Grid, blanks: int, column: Column, profile: Profile) -> Iterator[Paragraph]:
    """Place a table row by row, its header again on each page, and yield a paragraph a cell.

    A row stands on one page; the header never without a row below it.
    """
    head = grid.rows[0]
    here: list[Row] = []  # the rows on this page
    top_tw = 0

    def rule(last: bool) -> None:
        column.rule(rules(one.index, here, grid.edges_tw, (profile.left_tw, top_tw), last, profile.table))

    for number, row in enumerate(grid.rows):
        if number and not column.fits(row.height_tw):
            rule(last=False)
            column.turn()
            top_tw, here = column.take(head.height_tw), [head]
            for cell in _cells(one, grid, head, profile):
                _put(cell, head, top_tw, column, profile)
        y_tw = column.take(row.height_tw, 0 if number else grid.opening_tw)
        top_tw = top_tw if number else y_tw
        here.append(row)
        for cell in _cells(one, grid, row, profile):
            lines = _put(cell, row, y_tw, column, profile)
            yield Paragraph(one.index, cell.key, lines, blanks=blanks, right_tw=cell.style.right * cell.style.size_tw)
            blanks = 0
    rule(last=True)


def _cells(one: Setting, grid: Grid, row: Row, profile: Profile) -> Iterator[Setting]:
    """Yield a row's cells as what is placed, each between the edges of its column."""
    for cell, (left_tw, right_tw) in zip(row.cells, pairwise(grid.edges_tw), strict=True):
        stretches = tuple(block_stretches(cell.block, cell.style))
        style = profile.styles[cell.style]
        yield Setting(
            one.index,
            cell.style,
            style,
            cell.block.text,
            stretches,
            cell.lines,
            left_tw=left_tw + grid.side_tw,
            right_tw=profile.measure_tw - right_tw + grid.side_tw,
            offset=cell.offset,
        )


def _put(cell: Setting, row: Row, y_tw: int, column: Column, profile: Profile) -> tuple[Line, ...]:
    """Put a cell's lines on the page, in the middle of its row's height, and return them."""
    line_tw = cell.style.line_tw
    y_tw += (row.height_tw - len(cell.lines) * line_tw) // 2
    lines = tuple(
        placed(cell, line, number, profile, y_tw + number * line_tw, column.page)
        for number, line in enumerate(cell.lines)
    )
    for line in lines:
        column.put(line)
        if cell.gapped:
            column.back(boxes(line, profile))
    return lines


def rules(
    block: int, rows: Sequence[Row], edges_tw: Sequence[int], corner: tuple[int, int], last: bool, look: Ruling
) -> Iterator[Rule]:
    """Yield the rules about the `rows` that stand on one page, the header first, from their upper left corner.

    `last` says that the table ends with them. Three rules (三线表) are one above, one below the header, one at the end.
    """
    x_tw, y_tw = corner
    wide_tw = edges_tw[-1]
    depths = [0, *accumulate(row.height_tw for row in rows)]
    for number, depth_tw in enumerate(depths):
        outer = number == 0 or (last and number == len(rows))
        if outer or number == 1 or look.rules == "all":
            yield Rule(block, x_tw, y_tw + depth_tw, wide_tw, 0, look.edge_tw if outer else look.rule_tw)
    if look.rules == "all":
        for edge_tw in edges_tw:
            thick_tw = look.edge_tw if edge_tw in (0, wide_tw) else look.rule_tw
            yield Rule(block, x_tw + edge_tw, y_tw, 0, depths[-1], thick_tw)
