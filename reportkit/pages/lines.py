"""Paragraph text in, its lines out: greedy over unbreakable units, pushing in before pushing out (clreq §3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportkit.pages import hold, kinsoku
from reportkit.pages.face import EM, Chain

# a line may be squeezed by one em where a mark ends it (its right half is blank), else by a quarter
SQUEEZE_MARK, SQUEEZE = EM, EM // 4
# what a break costs, in 1/1000 em of squeeze or stretch: one that an engine refuses, or that must be pinned
COST_REFUSED, COST_PINNED = 2600, 2300
# beyond two ems short a line looks torn, and each em costs so many times more
TORN, COST_TORN = 2 * EM, 3
# squeezing is preferred to stretching by as much
SQUEEZE_FAVOUR = 0.9
# LibreOffice lets one of these hang past the measure, overflowPunct or not [measured]: then it takes no room
HANGING = "，。、；：！？"
# how many units before the natural end are looked at for a better one
LOOK_BACK = 3


class Broken(NamedTuple):
    """One line: offsets into the paragraph's text, natural width in 1/1000 em, how Word is to hold it."""

    start: int
    end: int
    width: int
    hold: hold.Hold


class Measure(NamedTuple):
    """The room of a paragraph in twips: its type size, its measure, the indent of its first line.

    `edges` are the offsets at which its style changes.
    """

    size_tw: int
    measure_tw: int
    indent_tw: int
    base_tw: int  # spacing after a character that sets the grid's number of them in the measure
    edges: tuple[int, ...] = ()

    def capacity(self, first: bool) -> int:
        """Return what a line holds, in 1/1000 em at the grid's pitch."""
        return self.room(first) * EM // (self.size_tw + self.base_tw)

    def room(self, first: bool) -> int:
        """Return a line's length."""
        return self.measure_tw - (self.indent_tw if first else 0)


def broken(text: str, chain: Chain, measure: Measure) -> list[Broken]:
    """Return the lines of a paragraph. Every character of `text` is in one, in order."""
    units = _units(text, chain, measure)
    widths = [chain.width(unit) for unit in units]
    lines: list[Broken] = []
    at = start = 0
    while at < len(units):
        end, held = _line(units, widths, at, start, measure)
        length = sum(map(len, units[at:end]))
        lines.append(Broken(start, start + length, sum(widths[at:end]), held))
        at, start = end, start + length
    return lines


def _units(text: str, chain: Chain, measure: Measure) -> list[str]:
    """Return the unbreakable units, those longer than a line cut where they must be."""
    capacity = measure.capacity(first=True)
    units: list[str] = []
    for unit in kinsoku.units(text):
        if len(unit) * EM <= capacity or chain.width(unit) <= capacity:
            units.append(unit)
            continue
        piece, width = "", 0
        for character in unit:
            step = chain[character][2]
            if piece and width + step > capacity:
                units.append(piece)
                piece, width = "", 0
            piece, width = piece + character, width + step
        units.append(piece)
    return units


class _Choice(NamedTuple):
    """A line that could be: what its looseness or tightness costs, where it ends (exclusive), its width."""

    looseness: float
    end: int
    width: int


def _line(units: Sequence[str], widths: Sequence[int], at: int, start: int, measure: Measure) -> tuple[int, hold.Hold]:
    """Return the end (exclusive) of the line that begins with unit `at`, at offset `start`, and how to hold it."""
    choices = _choices(units, widths, at, measure.capacity(first=start == 0))
    best: tuple[float, int, hold.Hold] | None = None
    for looseness, end, width in sorted(choices):
        if best and looseness >= best[0]:
            break
        cost, held = looseness, _held(units, at, end, start, width, measure)
        if end < len(units) and hold.refused(units[end - 1].rstrip(" "), units[end]):
            cost, held = looseness + COST_REFUSED, held._replace(pin=True)
        elif held.pin:
            cost += COST_PINNED
        if best is None or cost < best[0]:
            best = (cost, end, held)
    assert best is not None
    return best[1], best[2]


def _choices(units: Sequence[str], widths: Sequence[int], at: int, capacity: int) -> list[_Choice]:
    """Return where the line that begins with unit `at` could end; only at the end of the text if all fits."""
    width, end, total = 0, at, len(units)
    while end < total and width + widths[end] <= capacity:
        width += widths[end]
        end += 1
    if end == total:
        return [_Choice(0.0, end, width)]
    choices = []
    over = width + widths[end] - capacity
    allowed = SQUEEZE_MARK if units[end].rstrip(" ")[-1:] in kinsoku.MARKS else SQUEEZE
    if over <= allowed:
        choices.append(_Choice(over * SQUEEZE_FAVOUR, end + 1, width + widths[end]))
    for back in range(min(LOOK_BACK, end - at)):
        width -= widths[end - back] if back else 0
        short = capacity - width
        choices.append(_Choice(float(short + max(0, short - TORN) * (COST_TORN - 1)), end - back, width))
    return choices or [_Choice(0.0, at + 1, widths[at])]


def _held(units: Sequence[str], at: int, end: int, start: int, width: int, measure: Measure) -> hold.Hold:
    text = "".join(units[at:end])
    styles = sum(start < edge < start + len(text) for edge in measure.edges)
    room = hold.Room(measure.room(first=start == 0), measure.size_tw, measure.base_tw, styles)
    piece_tw = _smallest_piece(units[end]) * measure.size_tw // EM if end < len(units) else None
    return hold.hold(text, width * measure.size_tw // EM, room, piece_tw)


def _smallest_piece(unit: str) -> int:
    """Return the narrowest beginning of `unit`, in 1/1000 em, that some engine would pull up by itself."""
    length = 1
    while length < len(unit) and (
        (unit[length] in kinsoku.NO_START and unit[length] not in HANGING)
        or unit[length - 1] in kinsoku.NO_END
        or (unit[length - 1].isascii() and unit[length].isascii() and unit[length - 1] != "-")
    ):
        length += 1
    return sum(_narrowest(character) for character in unit[:length])


def _narrowest(character: str) -> int:
    if character.isascii():
        return EM // 2
    return hold.MARK_PERMILLE if character in kinsoku.MARKS else EM

