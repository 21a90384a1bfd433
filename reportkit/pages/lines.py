"""Paragraph text in, its lines out: greedy over legal line ends, pushing in before pushing out (clreq §3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reportkit.pages import hold, kinsoku
from reportkit.pages.face import EM, Chain

# a line may be squeezed by one em where a mark ends it (its right half is blank), else by a quarter
SQUEEZE_MARK, SQUEEZE = EM, EM // 4
# but in the narrow columns of tables by no more than this share of its length
SQUEEZE_SHARE = 16
# what a break costs, in 1/1000 em of squeeze or stretch: one that an engine refuses, or that must be pinned
COST_REFUSED, COST_PINNED = 2600, 2300
# a break that leaves one character for the last line (孤字不成行)
COST_LONE = 9000
# beyond two ems short a line looks torn, and each em costs so many times more
TORN, COST_TORN = 2 * EM, 3
# squeezing is preferred to stretching by as much
SQUEEZE_FAVOUR = 0.9
# LibreOffice lets one of these hang past the measure, overflowPunct or not [measured]: then it takes no room
HANGING = "，。、；：！？"
# what some engine lets begin a line, though ours never does; and after what one breaks a word [measured]
NEVER_PARTED = frozenset(kinsoku.NO_START) - frozenset((*HANGING, *"-–/／℃℉‱‼⁇"))
PARTED_AFTER = "-_"
# a line's piece at the end of that above is tightened by less than this without harm: SAFETY_NARROW_TW is for that too
TIGHTER_TW = -12
# how many legal ends before the natural one are looked at for a better one
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


class _Text(NamedTuple):
    """A paragraph as lines are broken from it.

    `reach` is its width up to each offset, `ends` where a line may end, `dear` where that costs something.
    """

    text: str
    reach: list[int]
    ends: list[int]
    dear: dict[int, int]
    strain: hold.Strain
    size_tw: int


def broken(text: str, chain: Chain, measure: Measure) -> list[Broken]:
    """Return the lines of a paragraph. Every character of `text` is in one, in order."""
    strain = hold.strain(text, measure.edges)
    of = _Text(text, chain.reach(text), kinsoku.ends(text), kinsoku.reluctant(text), strain, measure.size_tw)
    lines: list[Broken] = []
    start, size = 0, len(text)
    for first in (True, False):
        capacity, room = measure.capacity(first), hold.Room(measure.room(first), measure.size_tw, measure.base_tw)
        while start < size and first is not bool(lines):
            lines.append(_line(of, start, capacity, room))
            start = lines[-1].end
    _against_tighter(of, lines, measure)
    return lines


def _against_tighter(of: _Text, lines: list[Broken], measure: Measure) -> None:
    """Hold anew each line above a tighter one: what could be pulled up from there is narrower than it was taken for."""
    for at in range(len(lines) - 2, -1, -1):
        line, tighter_tw = lines[at], lines[at + 1].hold.spacing_tw
        if line.hold.pin or tighter_tw >= TIGHTER_TW:
            continue
        room = hold.Room(measure.room(at == 0), measure.size_tw, measure.base_tw)
        piece, count = _smallest_piece(of, line.end, measure.capacity(False))
        piece_tw = piece * of.size_tw // EM + count * tighter_tw
        natural_tw = line.width * of.size_tw // EM
        lines[at] = line._replace(hold=hold.hold(of.strain, line.start, line.end, natural_tw, room, piece_tw))


def _line(of: _Text, start: int, capacity: int, room: hold.Room) -> Broken:
    """Return the line that begins at offset `start`."""
    text, size = of.text, len(of.text)
    lowest: float | None = None
    for looseness, end in _choices(of, start, capacity):
        if lowest is not None and looseness >= lowest:
            break
        width = of.reach[end] - of.reach[start]
        natural_tw = width * of.size_tw // EM
        if end == size:
            held, cost = hold.hold(of.strain, start, end, natural_tw, room, None), looseness
        else:
            piece_tw = _smallest_piece(of, end, capacity)[0] * of.size_tw // EM
            held = hold.hold(of.strain, start, end, natural_tw, room, piece_tw)
            cost = looseness + of.dear.get(end, 0)
            if size - end < kinsoku.LONGEST_LONE and kinsoku.lone(text[end:]):
                cost += COST_LONE
            plain = hold.is_han(text[end - 1]) and hold.is_han(text[end])
            if not plain and hold.refused(text[end - 1], text[end]):
                cost, held = cost + COST_REFUSED, hold.Hold(held.spacing_tw, pin=True)
            elif held.pin:
                cost += COST_PINNED
            elif not plain and hold.unbroken(text[end - 1], text[end]):
                held = hold.Hold(held.spacing_tw, pin=True)
        if lowest is None or cost < lowest:
            lowest, best = cost, Broken(start, end, width, held)
    return best


def _choices(of: _Text, start: int, capacity: int) -> Iterator[tuple[float, int]]:
    """Yield what each line that begins at `start` would cost in looseness or tightness, least first, and its end.

    Only the end of the text, if all of it fits.
    """
    full = of.reach[start] + capacity
    natural = bisect_right(of.reach, full, start + 1) - 1
    if natural == len(of.text):
        yield 0.0, natural
        return
    after = bisect_right(of.ends, natural)
    beyond = of.ends[after]
    over = of.reach[beyond] - full
    tight = over <= min(SQUEEZE_MARK if of.text[beyond - 1] in kinsoku.MARKS else SQUEEZE, capacity // SQUEEZE_SHARE)
    fitting = [end for end in of.ends[max(0, after - LOOK_BACK) : after] if end > start]
    for end in reversed(fitting):
        short = full - of.reach[end]
        if tight and over * SQUEEZE_FAVOUR < short:
            yield over * SQUEEZE_FAVOUR, beyond
            tight = False
        yield float(short if short < TORN else short * COST_TORN - TORN * (COST_TORN - 1)), end
    if tight:
        yield over * SQUEEZE_FAVOUR, beyond
    elif not fitting:  # a unit longer than a line is cut where it must be
        yield 0.0, max(natural, start + 1)


def _smallest_piece(of: _Text, at: int, capacity: int) -> tuple[int, int]:
    """Return the narrowest beginning of the next line, in 1/1000 em, that some engine would pull up by itself.

    And of how many characters it is. What is wider than a line's `capacity` is not pulled up, however wide it is.
    """
    text, end = of.text, of.ends[bisect_right(of.ends, at)]
    width = _narrowest(of, at)
    for offset in range(at + 1, end):
        before, character = text[offset - 1], text[offset]
        if (
            width > capacity
            or character == " "
            or not (
                character in NEVER_PARTED
                or before in kinsoku.NO_END
                or (before.isascii() and character.isascii() and before not in PARTED_AFTER)
            )
        ):
            return width, offset - at
        width += _narrowest(of, offset)
    return width, end - at


def _narrowest(of: _Text, at: int) -> int:
    """Return the least width, in 1/1000 em, that an engine may set the character at `at` in."""
    character = of.text[at]
    if character.isascii():
        return of.reach[at + 1] - of.reach[at]
    return hold.MARK_PERMILLE if character in kinsoku.MARKS else EM
