"""Document and Profile in, Pages out: lines stacked into pages, in integer twips from the page's top left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from reportkit.document.nodes import ATTACHED, HEADINGS, OPENING, Block, Document, Mark, Role, Span, Table
from reportkit.errors import N_, Fault, InputError
from reportkit.pages import face, table, title
from reportkit.pages.face import EM
from reportkit.pages.hold import Hold
from reportkit.pages.lines import Broken, Measure, broken
from reportkit.pages.profile import Profile, Style

# with exact line spacing Word and LibreOffice put the baseline at 80 % of the line [measured]
BASELINE_PERMILLE = 800
# GB/T 9704 §7.3.5: the date begins two characters to the right of the signature's first character
DATE_STEP = 2
# the middle of the dash of the folio's face stands this far above its baseline (RKSong: y 350–390 of 1000)
DASH_PERMILLE = 370


# a title or a heading never ends a page, nor does what stands above a table, and a signature never parts from its date
KEPT_WITH_NEXT = HEADINGS | {Role.TITLE, Role.TABLE_TITLE, Role.TABLE_UNIT, Role.SIGNATURE}
# nor do a signature and its date stand on a page without a line of text
SIGNED = frozenset((Role.SIGNATURE, Role.DATE))
# marks set in an inline style of their own
INLINE = (Mark.LEAD, Mark.ARTICLE)


class Run(NamedTuple):
    """Text of one style; `style` is a key of the profile's styles. `gap` marks text standing for a lack."""

    text: str
    style: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle behind text, from its left and its top."""

    x_tw: int
    y_tw: int
    width_tw: int
    height_tw: int


class Line(NamedTuple):
    """One decided line. `adjust_tw` is shared out evenly over its `gaps` spaces between characters.

    `boxes` are drawn behind text that stands for a lack. `forced` marks the first line of a page that Word would not
    begin there by itself.
    """

    runs: tuple[Run, ...]
    page: int
    x_tw: int
    baseline_tw: int
    width_tw: int
    adjust_tw: int
    gaps: int
    start: int
    hold: Hold
    boxes: tuple[Box, ...] = ()
    forced: bool = False

    @property
    def text(self) -> str:
        """The line's text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block, or a cell of a table, laid out: its lines, and what its place adds to its style.

    `before_tw` is the whole space above it, `blanks` the empty lines above, `left_tw` and `right_tw` its indents;
    its first line begins `hanging_tw` before the others. `align` is its own where it is not its style's.
    """

    block: int
    style: str
    lines: tuple[Line, ...]
    before_tw: int = 0
    blanks: int = 0
    left_tw: int = 0
    right_tw: int = 0
    hanging_tw: int = 0
    align: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, its lines from the top, the folio below them, the rules of its tables."""

    number: int
    lines: tuple[Line, ...]
    folio: Line
    rules: tuple[table.Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole layout: the same lines as paragraphs, in reading order, and as pages.

    A table, by its block in `grids`, has a paragraph a cell, row by row; its header stands on each of its pages.
    """

    profile: Profile
    paragraphs: tuple[Paragraph, ...]
    pages: tuple[Page, ...]
    warnings: tuple[Fault, ...] = ()
    grids: Mapping[int, table.Grid] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Set:
    """A block or a cell broken into lines, or a table, not yet placed. `stretches` are its runs, each with its offset.

    `offset` is where a cell's text begins in its table's.
    """

    index: int
    key: str
    style: Style
    text: str
    stretches: tuple[tuple[int, Run], ...]
    lines: tuple[Broken, ...]
    before_tw: int = 0
    left_tw: int = 0
    right_tw: int = 0
    indent_tw: int = 0
    offset: int = 0
    grid: table.Grid | None = None


def lay(document: Document, profile: Profile) -> Pages:
    """Return the pages of `document`. Each character is on exactly one line; none is added.

    Raises InputError if the profile lacks a style the document asks for.
    """
    asked = {_look(block, span, style_of(block))[0] for block in document.passages() for span in block.spans}
    asked |= {style_of(block) for block in document.passages()}
    if lacking := sorted(asked - profile.styles.keys()):
        hint = N_('在版式里加上它，或写 extends = "gbt9704"')
        raise InputError(
            Fault(N_("版式 {profile} 没有样式 {style}"), {"profile": profile.id, "style": lacking[0]}, hint)
        )
    settings = _opening_on_grid(_signed(_set(document, profile), profile), document, profile)
    placed, pages = _placed(settings, document, profile)
    grids = {one.index: one.grid for one in settings if one.grid}
    return Pages(profile, placed, pages, tuple(_warnings(document, profile)), grids)


def style_of(block: Block) -> str:
    """Return the key of the style a block's text is set in."""
    return f"heading{block.level}" if block.role is Role.HEADING else str(block.role)


def _set(document: Document, profile: Profile) -> list[_Set]:
    """Break every block into lines."""
    settings: list[_Set] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            grid = table.grid(block, profile)
            settings.append(_Set(index, str(block.role), profile.styles[str(Role.CELL)], "", (), (), grid=grid))
            continue
        key, text = style_of(block), block.text
        style = profile.styles[key]
        stretches = tuple(_stretches(block, key))
        left_tw, right_tw, indent_tw = 0, style.right * style.size_tw, style.indent * style.size_tw
        if block.role is Role.ATTACHMENT:
            left_tw, indent_tw = _named_at(block, profile, style)
        if block.role is Role.TITLE:
            lines, left_tw = _title_lines(block, profile, style)
            right_tw = left_tw
        else:
            room_tw = profile.measure_tw - left_tw - right_tw
            edges = tuple(at for at, _ in stretches[1:])
            measure = Measure(style.size_tw, room_tw, indent_tw, profile.base_tw(style), edges)
            lines = tuple(broken(text, face.chain(profile, style), measure))
        settings.append(
            _Set(
                index,
                key,
                style,
                text,
                stretches,
                lines,
                before_tw=style.before * profile.line_tw if index and key != settings[-1].key else 0,
                left_tw=left_tw,
                right_tw=right_tw,
                indent_tw=indent_tw,
            )
        )
    return settings


def _named_at(block: Block, profile: Profile, style: Style) -> tuple[int, int]:
    """Return the indent of what is attached, at the first character of its name, and that of its label from there.

    GB/T 9704 §7.3.4: 附件： two characters in, the numbers below one another.
    """
    chain = face.chain(profile, style)
    label_tw = chain.width(block.spans[0].text) * style.size_tw // EM
    above_tw = chain.width(ATTACHED) * style.size_tw // EM if block.level > 1 else 0
    return style.indent * style.size_tw + above_tw + label_tw, -label_tw


def _stretches(block: Block, key: str) -> Iterator[tuple[int, Run]]:
    """Yield a block's runs with their offsets, neighbours of one look joined."""
    at = 0
    looks = ((_look(block, span, key), span.text) for span in block.spans)
    for (style, gap), spans in groupby(looks, itemgetter(0)):
        text = "".join([text for _, text in spans])
        yield at, Run(text, style, gap)
        at += len(text)


def _look(block: Block, span: Span, key: str) -> tuple[str, bool]:
    """Return the style of a span, and whether it stands for a lack."""
    if span.mark is Mark.HEAD:
        return f"heading{block.level}", False
    return str(span.mark) if span.mark in INLINE else key, span.mark is Mark.GAP


def _title_lines(block: Block, profile: Profile, style: Style) -> tuple[tuple[Broken, ...], int]:
    """Return a title's lines, and the indent on both sides that makes them break there by themselves."""
    text, chain = block.text, face.chain(profile, style)
    widths = [chain.width(character) for character in text]
    measure = profile.measure_tw * EM // style.size_tw
    spans = list(pairwise((0, *block.cuts, len(text))))
    if not block.cuts or any(sum(widths[start:end]) > measure for start, end in spans):
        spans = list(pairwise((0, *title.balanced(text, widths, measure), len(text))))
    # a space at which a line is cut takes no room
    lengths = [sum(widths[start : start + len(text[start:end].rstrip(" "))]) for start, end in spans]
    # half a character over the longest: each line but the last fits, and its successor's first does not
    room = max(lengths) + EM // 2
    free = all(length + widths[end] > room for length, (_, end) in zip(lengths[:-1], spans[:-1], strict=True))
    side_tw = max(0, (profile.measure_tw - room * style.size_tw // EM) // 2) if len(spans) > 1 and free else 0
    pinned = not (free and side_tw)
    lines = tuple(
        Broken(start, end, length, Hold(0, pin=pinned and end < len(text)))
        for (start, end), length in zip(spans, lengths, strict=True)
    )
    return lines, side_tw


def _signed(settings: list[_Set], profile: Profile) -> list[_Set]:
    """Set a date under its signature by GB/T 9704 §7.3.5: two characters in from it, both clear of the edge.

    Under several signatures it stands clear of the edge as they do.
    """
    result = list(settings)
    for at, (name, day) in enumerate(pairwise(settings)):
        if (name.key, day.key) != ("signature", "date") or len(name.lines) != 1 or len(day.lines) != 1:
            continue
        if at and settings[at - 1].key == name.key:
            continue
        size_tw, clear = name.style.size_tw, name.style.right
        wide, narrow = (one.lines[0].width * size_tw // EM for one in (name, day))
        day_right_tw = wide + clear * size_tw - DATE_STEP * size_tw - narrow
        name_right_tw = clear * size_tw
        if day_right_tw < clear * size_tw:
            name_right_tw += clear * size_tw - day_right_tw
            day_right_tw = clear * size_tw
        result[at] = replace(name, right_tw=name_right_tw)
        # from the left, as the clause counts: set to the right, engines that part digits from 年月日 begin it elsewhere
        narrow += (len(day.text) - 1) * profile.base_tw(day.style)
        day_left_tw = profile.measure_tw - day_right_tw - narrow
        result[at + 1] = replace(day, left_tw=day_left_tw, right_tw=0, style=replace(day.style, align="left"))
    return result


def _opening_on_grid(settings: list[_Set], document: Document, profile: Profile) -> list[_Set]:
    """Fill the title block up to whole body lines, so that the body stands on the page's 22 lines."""
    opening = [one for one in settings if document.blocks[one.index].role in OPENING]
    if not opening or opening != settings[: len(opening)] or len(opening) == len(settings):
        return settings
    depth_tw = sum(one.before_tw + len(one.lines) * one.style.line_tw for one in opening)
    result, after = list(settings), len(opening)
    if settings[after].grid:  # Word has no space above a table
        return settings
    # above what follows, not below the title: Word takes the larger of two spaces that meet, not their sum
    before_tw = max(result[after].before_tw, profile.line_tw)  # the text begins a line below, as the salutation does
    result[after] = replace(result[after], before_tw=before_tw + -depth_tw % profile.line_tw)
    return result


class _Column:
    """The type area as it fills: how far down it is taken, on which page, and every page's lines."""

    def __init__(self, profile: Profile) -> None:
        self._top_tw = self._y_tw = profile.top_tw
        self._bottom_tw = profile.top_tw + profile.depth_tw
        self.pages: list[list[Line]] = [[]]
        self.rules: list[list[table.Rule]] = [[]]

    def take(self, depth_tw: int, together_tw: int = 0) -> int:
        """Take `depth_tw`, on a new page if that much, or `together_tw` if more, does not fit; return its top."""
        needed_tw = max(depth_tw, together_tw)
        if needed_tw > self._bottom_tw - self._top_tw:  # no page holds it all together
            needed_tw = depth_tw
        if self._y_tw + needed_tw > self._bottom_tw and self._y_tw > self._top_tw:
            self.turn()
        top_tw = self._y_tw
        self._y_tw += depth_tw
        return top_tw

    def turn(self) -> None:
        """Begin a new page."""
        self._y_tw = self._top_tw
        self.pages.append([])
        self.rules.append([])

    def fits(self, depth_tw: int) -> bool:
        """True if `depth_tw` more would go on the page."""
        return self._y_tw + depth_tw <= self._bottom_tw


def _placed(
    settings: Sequence[_Set], document: Document, profile: Profile
) -> tuple[tuple[Paragraph, ...], tuple[Page, ...]]:
    """Stack the lines into pages, each with what must not part from it."""
    column = _Column(profile)
    paragraphs: list[Paragraph] = []
    above: _Set | None = None
    grids = {one.index for one in settings if one.grid}
    kept = zip(_kept(settings, document, profile), _kept(settings, document, profile, signed=False), strict=True)
    for one, (below_tw, usual_tw) in zip(settings, kept, strict=True):
        blanks = _blanks(one, above)
        above = one
        line_tw, count = one.style.line_tw, len(one.lines)
        whole = document.blocks[one.index].role in KEPT_WITH_NEXT
        opening_tw = one.before_tw + (count if whole else 1) * line_tw + usual_tw * (whole or count == 1)
        for left in range(blanks, 0, -1):  # an empty line stays with what it stands above
            column.take(profile.line_tw, left * profile.line_tw + (one.grid.opening_tw if one.grid else opening_tw))
        if one.grid:
            paragraphs += _table(one, one.grid, blanks, column, profile)
            continue
        lines: list[Line] = []
        for number, line in enumerate(one.lines):
            before_tw, last = 0 if number else one.before_tw, number == count - 1
            depth_tw = before_tw + line_tw
            rest_tw = (count - 1 - number) * line_tw if whole else 0
            ends = whole or last
            fitting, page = column.fits(depth_tw + rest_tw + usual_tw * ends), len(column.pages)
            y_tw = column.take(depth_tw, depth_tw + rest_tw + below_tw * ends) + before_tw
            # a heading goes with what is under it in Word too; with a signature no text does unless told
            # nor does LibreOffice always part a paragraph that stands above a table [measured]
            turned = len(column.pages) > page
            forced = turned and (fitting or (number > 0 and one.index + 1 in grids))
            lines.append(_line(one, line, number == 0, last, profile, y_tw, len(column.pages), forced))
            column.pages[-1].append(lines[-1])
        hanging_tw = max(0, -one.indent_tw)
        align = one.style.align if one.style.align != profile.styles[one.key].align else ""
        paragraphs.append(
            Paragraph(
                one.index, one.key, tuple(lines), one.before_tw, blanks, one.left_tw, one.right_tw, hanging_tw, align
            )
        )
    pages = tuple(
        Page(number, tuple(lines), _folio(number, profile), tuple(rules))
        for number, (lines, rules) in enumerate(zip(column.pages, column.rules, strict=True), start=1)
    )
    return tuple(paragraphs), pages


def _blanks(one: _Set, above: _Set | None) -> int:
    """Return how many empty lines stand above a block: none above the first or between two of a kind, save tables."""
    if above is None:
        return 0
    if one.grid:
        return int(above.grid is not None)  # Word makes one of two tables that touch
    return one.style.blank if one.key != above.key else 0


def _table(one: _Set, grid: table.Grid, blanks: int, column: _Column, profile: Profile) -> Iterator[Paragraph]:
    """Place a table row by row, its header again on each page, and yield a paragraph a cell.

    A row stands on one page; the header never without a row below it.
    """
    head = grid.rows[0]
    here: list[table.Row] = []  # the rows on this page
    top_tw = 0

    def rule(last: bool) -> None:
        column.rules[-1] += table.rules(here, grid.edges_tw, (profile.left_tw, top_tw), last, profile.table)

    for number, row in enumerate(grid.rows):
        if number and not column.fits(row.height_tw):
            rule(last=False)
            column.turn()
            top_tw, here = column.take(head.height_tw), [head]
            for cell in _cells(one, grid, head, profile):
                column.pages[-1] += _cell_lines(cell, head, profile, top_tw, len(column.pages))
        y_tw = column.take(row.height_tw, 0 if number else grid.opening_tw)
        top_tw = top_tw if number else y_tw
        here.append(row)
        for cell in _cells(one, grid, row, profile):
            lines = tuple(_cell_lines(cell, row, profile, y_tw, len(column.pages)))
            column.pages[-1] += lines
            yield Paragraph(one.index, cell.key, lines, blanks=blanks, right_tw=cell.style.right * cell.style.size_tw)
            blanks = 0
    rule(last=True)


def _cells(one: _Set, grid: table.Grid, row: table.Row, profile: Profile) -> Iterator[_Set]:
    """Yield a row's cells as what is placed, each between the edges of its column."""
    for cell, (left_tw, right_tw) in zip(row.cells, pairwise(grid.edges_tw), strict=True):
        stretches = tuple(_stretches(cell.block, cell.style))
        style = profile.styles[cell.style]
        yield _Set(
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


def _cell_lines(cell: _Set, row: table.Row, profile: Profile, y_tw: int, page: int) -> Iterator[Line]:
    """Yield a cell's lines in the middle of its row's height."""
    count, line_tw = len(cell.lines), cell.style.line_tw
    y_tw += (row.height_tw - count * line_tw) // 2
    for number, line in enumerate(cell.lines):
        last = number == count - 1
        yield _line(cell, line, number == 0, last, profile, y_tw + number * line_tw, page, False)


def _kept(settings: Sequence[_Set], document: Document, profile: Profile, signed: bool = True) -> list[int]:
    """Return for each block the depth below its last line that must stand on the same page.

    Under a heading that is the next block's first line, however many headings follow one another; under the
    text before a signature, if `signed`, the signature and its date (GB/T 9704 §7.3.5.5).
    """
    below: list[int] = []
    head_tw = 0  # of the block after: from its top to the end of what must stay with its first line
    following: Role | None = None
    for at in reversed(range(len(settings))):
        one = settings[at]
        role = document.blocks[one.index].role
        kept_tw = head_tw if role in KEPT_WITH_NEXT or (signed and following in SIGNED) else 0
        below.append(kept_tw)
        lines = len(one.lines) if role in KEPT_WITH_NEXT else 1
        head_tw = _blanks(one, settings[at - 1] if at else None) * profile.line_tw + one.before_tw
        head_tw += one.grid.opening_tw if one.grid else lines * one.style.line_tw
        if lines == len(one.lines):
            head_tw += kept_tw
        following = role
    return below[::-1]


def _line(
    one: _Set, line: Broken, first: bool, last: bool, profile: Profile, y_tw: int, page: int, forced: bool
) -> Line:
    style = one.style
    size, natural_tw = len(one.text[line.start : line.end].rstrip(" ")), line.width * style.size_tw // EM
    gaps = size - 1 if size else 0
    indent_tw = one.indent_tw if first else 0
    room_tw = profile.measure_tw - one.left_tw - one.right_tw - indent_tw
    x_tw = profile.left_tw + one.left_tw + indent_tw
    adjust_tw = gaps * line.hold.spacing_tw  # as Word centres it
    if gaps and style.align != "center":
        adjust_tw = room_tw - natural_tw
        if last or style.align != "both":  # set as wide as it is, unless it was squeezed in
            adjust_tw = min(gaps * profile.base_tw(style), adjust_tw)
    width_tw = natural_tw + adjust_tw
    if style.align == "center":
        x_tw += (room_tw - width_tw) // 2
    elif style.align == "right":
        x_tw += room_tw - width_tw
    runs = _runs(one.stretches, line.start, line.end)
    gap = any([run.gap for run in runs])
    return Line(
        runs=runs,
        boxes=tuple(_boxes(runs, x_tw, y_tw, adjust_tw / gaps if gaps else 0.0, profile)) if gap else (),
        page=page,
        x_tw=x_tw,
        baseline_tw=y_tw + style.line_tw * BASELINE_PERMILLE // 1000,
        width_tw=width_tw,
        adjust_tw=adjust_tw,
        gaps=gaps,
        start=one.offset + line.start,
        hold=line.hold,
        forced=forced,
    )


def _runs(stretches: Sequence[tuple[int, Run]], start: int, end: int) -> tuple[Run, ...]:
    """Return the runs of the text from `start` to `end`."""
    if len(stretches) == 1:
        _, run = stretches[0]
        return (Run(run.text[start:end], run.style, run.gap),)
    parts = ((run, run.text[max(start - at, 0) : max(end - at, 0)]) for at, run in stretches)
    return tuple(Run(text, run.style, run.gap) for run, text in parts if text)


def _boxes(runs: Sequence[Run], x_tw: int, y_tw: int, step_tw: float, profile: Profile) -> Iterator[Box]:
    """Yield a box behind each run that stands for a lack."""
    at_tw = float(x_tw)
    for run in runs:
        style = profile.styles[run.style]
        wide_tw = face.chain(profile, style).width(run.text) * style.size_tw / EM + len(run.text) * step_tw
        if run.gap:
            high_tw = style.size_tw * 5 // 4
            yield Box(round(at_tw), y_tw + (style.line_tw - high_tw) // 2, round(wide_tw), high_tw)
        at_tw += wide_tw


def _folio(number: int, profile: Profile) -> Line:
    """Return the page number: odd pages to the right, even to the left (GB/T 9704 §7.5)."""
    folio = profile.folio
    style = profile.styles[folio.style]
    text = folio.text.format(number=number)
    width_tw = face.chain(profile, style).width(text) * style.size_tw // EM
    side_tw = folio.indent * style.size_tw
    odd_x_tw = profile.width_tw - profile.right_tw - side_tw - width_tw
    dash_tw = style.size_tw * DASH_PERMILLE // 1000
    return Line(
        runs=(Run(text, folio.style),),
        page=number,
        x_tw=odd_x_tw if number % 2 else profile.left_tw + side_tw,
        baseline_tw=profile.top_tw + profile.depth_tw + folio.below_tw + dash_tw,
        width_tw=width_tw,
        adjust_tw=0,
        gaps=0,
        start=0,
        hold=Hold(0),
    )


def _warnings(document: Document, profile: Profile) -> Iterator[Fault]:
    """Yield a fault for each character that no face has, with the first place it stands in."""
    told: set[str] = set()
    for block in document.passages():
        chain = face.chain(profile, profile.styles[style_of(block)])
        if not chain.missing:
            continue
        for at, character in enumerate(block.text):
            if character in chain.missing and character not in told:
                told.add(character)
                around = block.text[max(0, at - 6) : at + 7]
                yield Fault(
                    N_("字库里没有这个字：{character}，在“{around}”里"),
                    {"character": face.described((character,)), "around": around},
                    N_("PDF 里印作〓；请换用通用规范汉字，或在 Word 里指定有它的字体"),
                )
