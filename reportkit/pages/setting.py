"""Blocks broken into lines, each by its role, not yet placed: a Document and a Profile in, Settings out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from reportkit.document.nodes import ATTACHED, INLINE, Block, Document, Mark, Span, Table
from reportkit.document.roles import BEGINNING, OPENING, Role, style_key
from reportkit.errors import N_, Fault, InputError
from reportkit.pages import face, table, title
from reportkit.pages.face import EM
from reportkit.pages.hold import Hold
from reportkit.pages.lines import Broken, Measure, broken
from reportkit.pages.profile import Profile, Style

# GB/T 9704 §7.3.5: the date begins two characters to the right of the signature's first character
DATE_STEP = 2
# a style's key, and whether text stands for a lack
Look = tuple[str, bool]


class Stretch(NamedTuple):
    """A block's text of one look from an offset on, with the spans in it that print a Fact, each at its offset."""

    at: int
    text: str
    style: str
    gap: bool
    printed: tuple[tuple[int, Span], ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A block or a cell broken into lines, or a table, not yet placed. `stretches` are its text by looks.

    `offset` is where a cell's text begins in its table's.
    """

    index: int
    key: str
    style: Style
    text: str
    stretches: tuple[Stretch, ...]
    lines: tuple[Broken, ...]
    before_tw: int = 0
    left_tw: int = 0
    right_tw: int = 0
    indent_tw: int = 0
    offset: int = 0
    grid: table.Grid | None = None

    @property
    def gapped(self) -> bool:
        """True if some of its text stands for a lack."""
        return any([stretch.gap for stretch in self.stretches])


def settings(document: Document, profile: Profile) -> list[Setting]:
    """Return every block broken into lines, the title and the signature fitted to what stands beside them."""
    return _openings_on_grid(_signed(_broken(document, profile), profile), document, profile)


def _broken(document: Document, profile: Profile) -> list[Setting]:
    found: list[Setting] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            grid = table.grid(block, profile)
            found.append(Setting(index, str(block.role), profile.styles[str(Role.CELL)], "", (), (), grid=grid))
            continue
        key, text = style_key(block.role, block.level), block.text
        style = profile.styles[key]
        stretches = tuple(block_stretches(block, key))
        left_tw, right_tw, indent_tw = 0, style.right * style.size_tw, style.indent * style.size_tw
        if block.role is Role.ATTACHMENT:
            left_tw, indent_tw = _named_at(block, profile, style)
        if block.role is Role.TITLE:
            lines, left_tw = _title_lines(block, profile, style)
            right_tw = left_tw
        else:
            room_tw = profile.measure_tw - left_tw - right_tw
            edges = tuple(stretch.at for stretch in stretches[1:])
            measure = Measure(style.size_tw, room_tw, indent_tw, profile.base_tw(style), edges)
            lines = tuple(broken(text, face.chain(profile, style), measure))
        found.append(
            Setting(
                index,
                key,
                style,
                text,
                stretches,
                lines,
                before_tw=style.before * profile.line_tw if index and key != found[-1].key else 0,
                left_tw=left_tw,
                right_tw=right_tw,
                indent_tw=indent_tw,
            )
        )
    return found


def _named_at(block: Block, profile: Profile, style: Style) -> tuple[int, int]:
    """Return the indent of what is attached, at the first character of its name, and that of its label from there.

    GB/T 9704 §7.3.4: 附件： two characters in, the numbers below one another.
    """
    chain = face.chain(profile, style)
    label_tw = chain.width(block.spans[0].text) * style.size_tw // EM
    above_tw = chain.width(ATTACHED) * style.size_tw // EM if block.level > 1 else 0
    return style.indent * style.size_tw + above_tw + label_tw, -label_tw


def block_stretches(block: Block, key: str) -> Iterator[Stretch]:
    """Yield a block's text by looks, neighbours of one look joined; `key` is that of its style."""
    at = 0
    for (style, gap), group in groupby(((look(block, span, key), span) for span in block.spans), itemgetter(0)):
        start, printed, texts = at, [], []
        for _, span in group:
            if span.fact is not None:
                printed.append((at, span))
            texts.append(span.text)
            at += len(span.text)
        yield Stretch(start, "".join(texts), style, gap, tuple(printed))


def look(block: Block, span: Span, key: str) -> Look:
    """Return the look of a span of a block whose style has `key`."""
    gap = Mark.GAP in span.marks
    if Mark.HEAD in span.marks:
        return style_key(Role.HEADING, block.level), gap
    return next((str(mark) for mark in INLINE if mark in span.marks), key), gap


def _title_lines(block: Block, profile: Profile, style: Style) -> tuple[tuple[Broken, ...], int]:
    """Return a title's lines, and the indent on both sides that makes them break there by themselves.

    Raises InputError for a title that no one could set in four lines.
    """
    text, chain = block.text, face.chain(profile, style)
    widths = [chain.width(character) for character in text]
    measure = profile.measure_tw * EM // style.size_tw
    spans = list(pairwise((0, *block.cuts, len(text))))
    if not block.cuts or any(sum(widths[start:end]) > measure for start, end in spans):
        if len(text) > title.LONGEST or sum(widths) > title.LARGEST_LINES * measure:
            fields = {"count": len(text), "most": title.LARGEST_LINES * measure // EM}
            hint = N_("标题不超过 {most} 个字；后面的可以写成副标题或正文")
            raise InputError(Fault(N_("标题有 {count} 个字，四行排不下"), fields, hint))
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


def _signed(settings: list[Setting], profile: Profile) -> list[Setting]:
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


def _openings_on_grid(settings: list[Setting], document: Document, profile: Profile) -> list[Setting]:
    """Fill each title block up to whole body lines, so that the text below stands on the page's 22 lines."""
    result, after = list(settings), 0
    for opens, group in groupby(settings, lambda one: document.blocks[one.index].role in OPENING):
        opening = list(group)
        first, after = after, after + len(opening)
        titled = first == 0 or any(document.blocks[one.index].role is Role.TITLE for one in opening)
        if not opens or not titled:
            continue
        if first and document.blocks[settings[first - 1].index].role in BEGINNING:
            # the title on the third line, 附件 on the first (GB/T 9704 §7.3.7)
            opening[0] = result[first] = replace(opening[0], before_tw=profile.line_tw)
        if after == len(settings) or settings[after].grid:  # Word has no space above a table
            continue
        depth_tw = sum(one.before_tw + len(one.lines) * one.style.line_tw for one in opening)
        # above what follows, not below the title: Word takes the larger of two spaces that meet, not their sum
        before_tw = max(
            result[after].before_tw, profile.line_tw
        )  # the text begins a line below, as the salutation does
        result[after] = replace(result[after], before_tw=before_tw + -depth_tw % profile.line_tw)
    return result
