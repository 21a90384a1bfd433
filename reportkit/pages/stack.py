"""Settings stacked into pages, each with what must not part from it."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.document import parts
from reportkit.document.nodes import Document
from reportkit.document.roles import KEPT, SIGNED, Role
from reportkit.pages import tabulate
from reportkit.pages.column import Column
from reportkit.pages.folio import folio
from reportkit.pages.frame import Line, Page, Paragraph
from reportkit.pages.place import boxes, placed
from reportkit.pages.profile import Profile
from reportkit.pages.setting import Setting


def stacked(
    settings: Sequence[Setting], document: Document, profile: Profile
) -> tuple[tuple[Paragraph, ...], tuple[Page, ...]]:
    """Stack the lines into pages, each with what must not part from it."""
    column = Column(profile)
    paragraphs: list[Paragraph] = []
    above: Setting | None = None
    grids = {one.index for one in settings if one.grid}
    begun = parts.begun(document.blocks)
    kept = zip(
        _kept(settings, document, profile, begun), _kept(settings, document, profile, begun, signed=False), strict=True
    )
    for one, (below_tw, usual_tw) in zip(settings, kept, strict=True):
        begins = one.index in begun
        blanks = 0 if begins else _blanks(one, above)
        above = one
        if begins:
            column.turn()
        line_tw, count = one.style.line_tw, len(one.lines)
        whole = document.blocks[one.index].role in KEPT
        opening_tw = one.before_tw + (count if whole else 1) * line_tw + usual_tw * (whole or count == 1)
        for left in range(blanks, 0, -1):  # an empty line stays with what it stands above
            column.take(profile.line_tw, left * profile.line_tw + (one.grid.opening_tw if one.grid else opening_tw))
        if one.grid:
            paragraphs += tabulate.rows(one, one.grid, blanks, column, profile)
            continue
        lines: list[Line] = []
        gapped = one.gapped
        for number, line in enumerate(one.lines):
            before_tw = 0 if number else one.before_tw
            depth_tw = before_tw + line_tw
            rest_tw = (count - 1 - number) * line_tw if whole else 0
            ends = whole or number == count - 1
            fitting, page = column.fits(depth_tw + rest_tw + usual_tw * ends), column.page
            y_tw = column.take(depth_tw, depth_tw + rest_tw + below_tw * ends) + before_tw
            # a heading goes with what is under it in Word too; with a signature no text does unless told
            # nor does LibreOffice always part a paragraph that stands above a table [measured]
            turned = column.page > page
            forced = turned and (fitting or (number > 0 and one.index + 1 in grids))
            lines.append(placed(one, line, number, profile, y_tw, column.page, forced))
            column.put(lines[-1])
            if gapped:
                column.back(boxes(lines[-1], profile))
        paragraphs.append(
            Paragraph(
                one.index,
                one.key,
                tuple(lines),
                one.before_tw,
                blanks,
                one.left_tw,
                one.right_tw,
                hanging_tw=max(0, -one.indent_tw),
                align=one.style.align if one.style.align != profile.styles[one.key].align else "",
                begins=begins,
            )
        )
    pages = tuple(
        Page(number, tuple(sheet.lines), folio(number, profile), tuple(sheet.rules), tuple(sheet.boxes))
        for number, sheet in enumerate(column.sheets, start=1)
    )
    return tuple(paragraphs), pages


def _blanks(one: Setting, above: Setting | None) -> int:
    """Return how many empty lines stand above a block: none above the first or between two of a kind, save tables."""
    if above is None:
        return 0
    if one.grid:
        return int(above.grid is not None)  # Word makes one of two tables that touch
    return one.style.blank if one.key != above.key else 0


def _kept(
    settings: Sequence[Setting], document: Document, profile: Profile, begun: frozenset[int], signed: bool = True
) -> list[int]:
    """Return for each block the depth below its last line that must stand on the same page; none above a `begun` one.

    Under a heading that is the next block's first line, however many headings follow one another; under the
    text before a signature, if `signed`, the signature and its date (GB/T 9704 §7.3.5.5).
    """
    below: list[int] = []
    head_tw = 0  # of the block after: from its top to the end of what must stay with its first line
    following: Role | None = None
    for at in reversed(range(len(settings))):
        one = settings[at]
        role = document.blocks[one.index].role
        kept_tw = head_tw if role in KEPT or (signed and following in SIGNED) else 0
        below.append(kept_tw)
        lines = len(one.lines) if role in KEPT else 1
        head_tw = _blanks(one, settings[at - 1] if at else None) * profile.line_tw + one.before_tw
        head_tw += one.grid.opening_tw if one.grid else lines * one.style.line_tw
        if lines == len(one.lines):
            head_tw += kept_tw
        following = role
        if one.index in begun:
            head_tw, following = 0, None
    return below[::-1]
