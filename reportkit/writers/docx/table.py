"""Tables as Word has them: a grid and the paragraphs of its cells in, w:tbl out; how they look is one table style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportkit.pages.profile import Ruling
from reportkit.pages.profile_keys import TW_PER_PT
from reportkit.pages.table import Grid, Row

STYLE, NAME = "TableFrame", "公文表格"
SMALL_STYLE, SMALL_NAME = "TableFrameSmall", "公文表格（小）"
FIRST_ROW_ONLY = "0620"  # w:tblLook: the first row is of a look of its own, no column is, rows do not alternate
EIGHTHS = 8  # w:sz of a border counts eighths of a point
# a body never ends with a table: Word asks for a paragraph below it, here one that takes as little room as it can state
AFTER_STYLE, AFTER_NAME, AFTER_TW = "TableAfter", "表后", 14
AFTER = f'<w:p><w:pPr><w:pStyle w:val="{AFTER_STYLE}"/></w:pPr></w:p>'


def table(grid: Grid, paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield w:tbl of fixed columns; `paragraphs` are its cells', row by row."""
    widths_tw = grid.widths_tw
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{SMALL_STYLE if grid.small else STYLE}"/>'
        f'<w:tblW w:w="{grid.edges_tw[-1]}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{FIRST_ROW_ONLY}"/></w:tblPr><w:tblGrid>'
    )
    yield "".join([f'<w:gridCol w:w="{width_tw}"/>' for width_tw in widths_tw]) + "</w:tblGrid>"
    at = 0
    for number, row in enumerate(grid.rows):
        yield _opening(row, header=number == 0)
        for width_tw in widths_tw:
            yield f'<w:tc><w:tcPr><w:tcW w:w="{width_tw}" w:type="dxa"/></w:tcPr>{paragraphs[at]}</w:tc>'
            at += 1
        yield "</w:tr>"
    yield "</w:tbl>"


def _opening(row: Row, header: bool) -> str:
    again = "<w:tblHeader/>" if header else ""
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{row.stated_tw}" w:hRule="atLeast"/>{again}</w:trPr>'


def style(look: Ruling) -> str:
    """Return the table style: rules, the distance of text from them, text in the middle of its row's height."""
    edge, rule = _border(look.edge_tw), _border(look.rule_tw)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if look.rules == "all" else ("top", "bottom")
    borders = "".join(f"<w:{side} {rule if side.startswith('inside') else edge}/>" for side in sides)
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{STYLE}"><w:name w:val="{NAME}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"{_margins(look.side_tw)}</w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f"<w:bottom {rule}/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{SMALL_STYLE}"><w:name w:val="{SMALL_NAME}"/>'
        f'<w:basedOn w:val="{STYLE}"/><w:tblPr>{_margins(look.side_small_tw)}</w:tblPr></w:style>'
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{AFTER_STYLE}"><w:name w:val="{AFTER_NAME}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="{AFTER_TW}" w:lineRule="exact"/></w:pPr>'
        '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
    )


def _margins(side_tw: int) -> str:
    sides = "".join(f'<w:{side} w:w="{side_tw}" w:type="dxa"/>' for side in ("left", "right"))
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _border(thick_tw: int) -> str:
    return f'w:val="single" w:sz="{thick_tw * EIGHTHS // TW_PER_PT}" w:space="0" w:color="000000"'
