"""Holding a decided line in Word: the character spacing with which every known engine breaks it there.

Engines differ, so none is imitated. Between the widest known setting of a line and the narrowest lies a
window of spacings; within it the line fits everywhere and the next piece fits nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from math import floor
from typing import NamedTuple

from reportkit.pages import kinsoku
from reportkit.pages.face import is_latin

# Every measurement: LibreOffice 7.4.7, our faces, positions of the characters in the PDF it makes.
# It sets 0.2 em between a Han character and a letter or digit, whatever autoSpace says.
SEAM_PERMILLE = 200
# It sets these in the Latin face wherever they stand, so much narrower or wider in 1/1000 em …
LATIN_NARROWER = {"·": 663, "×": 450, "±": 469, "÷": 451, "¥": 260, "£": 170, "¢": 50, "¶": 547}
LATIN_WIDER = {"°": 67, "§": 56, "©": 260, "®": 259, "²": 116, "³": 116, "½": 30, "¼": 60, "α": 25, "Ω": 22}
# … and what is of no script only where it follows Latin text or begins a paragraph; ① and Ⅲ then make seams too.
WEAK_NARROWER = {
    "“": 556, "”": 556, "‘": 667, "’": 667, "≥": 451, "≤": 451, "≈": 451, "≠": 451, "√": 451,
    "∞": 287, "€": 222, "′": 781, "″": 581, "•": 640, "№": 50, "™": 20,
}  # fmt: skip
# A space after Chinese text it sets in the Chinese face, wider by so much at most (楷体); Word takes the Latin one.
SPACE_WIDER = {" ": 140}
# The widest engine is measured, so only its rounding is kept clear of: with 8 twips 5,544 of 5,544 lines held, with
# none 98 %. The narrowest is known by its papers alone.
SAFETY_WIDE_TW, SAFETY_NARROW_TW = 8, 24
# A mark of the next piece may be set this much narrower than its natural width (Word condensing marks)
MARK_PERMILLE = 940
# Of a window wider than this in twips a character, a spacing a fifth inside is taken, else the upper edge
WIDE_WINDOW_TW = 6

LETTERS = "A-Za-z0-9²³¹½¼¾ªºµ\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# what makes a seam with letters: Han, 〇, kana, bopomofo, ㈠, full-width letters and digits
SEAMED = re.compile(
    "[\u3005-\u3007\u3040-\u318f\u31a0-\u31bf\u3220-\u32ff\u3400-\u9fff\uf900-\ufaff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00020000-\U0003ffff]"
)
LETTER = re.compile(f"[{LETTERS}]")
# the script changes where such a run begins and ends, unless a space stands there
LATIN = re.compile(f"[!-~{LETTERS}{''.join((*LATIN_NARROWER, *LATIN_WIDER))}]+")
# of no script, from general punctuation to arrows and signs; and the numbers among them
WEAK = re.compile("[ \u2000-\u2bff]+")
ALWAYS_LATIN = frozenset((*LATIN_NARROWER, *LATIN_WIDER))
NARROWER, WIDER = LATIN_NARROWER | WEAK_NARROWER, LATIN_WIDER | SPACE_WIDER
NUMBER = re.compile("[\u2160-\u2188\u2460-\u249b]")
# Breaks that LibreOffice refuses, tried with every sign our faces have [measured]:
# after ” or ’, before “ or ‘ (ICU's quotation class), beside ", and before these;
CLOSING_QUOTES, OPENING_QUOTES, NEVER_FIRST = "”’", "“‘", "-'―‖•々｜¦"
# between a closing mark, a stop or a sign of measure and Latin text, or a number of no script;
BEFORE_LATIN = "、，。；：！？”’》〉）】〕」』〗］｝．)]}@&%％‰‱℃℉°￠￡＄¤¬¾"
BEFORE_NUMBER = ")]}%+°·"
# between a letter or digit and an opening bracket, one of these or a symbol, and between a symbol and such
AFTER_LETTER = frozenset(kinsoku.OPENING + "$£￡＄¥￥€©±¶¤¬¾@々・")
SYMBOL = re.compile("[\u2010-\u2013\u2015-\u2bff]")
ELLIPSIS = "…"


class Hold(NamedTuple):
    """How Word keeps a line: spacing added after every character, and whether a break must pin its end."""

    spacing_tw: int
    pin: bool = False


class Room(NamedTuple):
    """What a line is held in: measure, type size, the last lines' spacing."""

    measure_tw: int
    size_tw: int
    base_tw: int


class Strain(NamedTuple):
    """Where engines set a paragraph's text wider or narrower than its faces say, in ascending offsets.

    `seams` lie between Han and letters; at `changes` of script or style negative spacing is dropped; `odd`
    characters are set in another face, `narrower` and `wider` add up by how much in 1/1000 em, from 0 on.
    """

    text: str
    seams: list[int]
    changes: list[int]
    odd: list[int]
    narrower: list[int]
    wider: list[int]


def strain(text: str, edges: tuple[int, ...] = ()) -> Strain:
    """Return where engines set `text` otherwise than its faces say; `edges` are its changes of style."""
    seams: list[int] = []
    changes, marks, size = list(edges), list[tuple[int, str]](), len(text)
    for run in LATIN.finditer(text):
        start, end = run.span()
        changes += [at for at in (start, end) if 0 < at < size and " " not in text[at - 1 : at + 1]]
        if start and LETTER.match(text, start) and (SEAMED.match(text, start - 1) or NUMBER.match(text, start - 1)):
            seams.append(start)
        if LETTER.match(text, end - 1) and SEAMED.match(text, end):
            seams.append(end)
        marks += [(at, text[at]) for at in range(start, end) if text[at] in ALWAYS_LATIN]
    for run in WEAK.finditer(text):
        start, end = run.span()
        if start and not LATIN.match(text, start - 1):
            marks += [(at, " ") for at in range(start, end) if text[at] == " "]
            continue
        if not start and end < size:
            changes.append(end)
        if NUMBER.match(text, end - 1) and SEAMED.match(text, end):
            seams.append(end)
        marks += [(at, text[at]) for at in range(start, end) if text[at] in WEAK_NARROWER]
    marks.sort()
    return Strain(
        text,
        sorted(seams),
        sorted(changes),
        [at for at, _ in marks],
        [0, *accumulate(NARROWER.get(mark, 0) for _, mark in marks)],
        [0, *accumulate(WIDER.get(mark, 0) for _, mark in marks)],
    )


def refused(before: str, after: str) -> bool:
    """True if an engine is known to refuse ending a line between the characters `before` and `after`.

    After a space none refuses [measured].
    """
    return before != " " and (
        before in CLOSING_QUOTES
        or after in OPENING_QUOTES
        or after in NEVER_FIRST
        or '"' in (before, after)
        or before == "'"
        or (before.isascii() and after.isascii() and before != "-" and after != " ")
        or (before in BEFORE_LATIN and is_latin(after) and after != " ")
        or (LETTER.match(before) is not None and (after in AFTER_LETTER or SYMBOL.match(after) is not None))
        or (LETTER.match(after) is not None and before != ELLIPSIS and SYMBOL.match(before) is not None)
        or (before in BEFORE_NUMBER and NUMBER.match(after) is not None)
        or (before == "+" and HAN.match(after) is not None)
        or (after == "§" and HAN.match(before) is None)
    )


def hold(where: Strain, start: int, end: int, natural_tw: int, room: Room, piece_tw: int | None) -> Hold:
    """Return how to hold the line from offset `start` to `end`.

    `natural_tw` is its unspaced width, `piece_tw` the width of the smallest piece of the next line that an
    engine could pull up, None on the last line of a paragraph, which only has to fit.
    """
    count, changes, wide_tw, lost_tw = end - start, 0, 0, 0
    if where.changes:
        changes = bisect_left(where.changes, end) - bisect_right(where.changes, start)
        wide_tw = (bisect_left(where.seams, end) - bisect_right(where.seams, start)) * SEAM_PERMILLE
    if where.odd:
        first, last = bisect_left(where.odd, start), bisect_left(where.odd, end)
        wide_tw += where.wider[last] - where.wider[first]
        lost_tw = where.narrower[last] - where.narrower[first]
    if start and NUMBER.match(where.text, start) and SEAMED.match(where.text, start + 1):
        wide_tw += SEAM_PERMILLE  # after a pin such a number counts as a letter, as it does first in a paragraph
    free_tw = room.measure_tw - SAFETY_WIDE_TW - natural_tw - wide_tw * room.size_tw // 1000
    # negative spacing is dropped on the last character of a line and before a change of script or style [measured]
    widest = floor(free_tw / max(1, count - changes - 1 if free_tw < 0 else count))
    if piece_tw is None:
        return Hold(min(widest, room.base_tw))
    # quotes open a line only first in a paragraph or after a pin: then they are set in the Latin face too
    while where.text[start] in OPENING_QUOTES and start < end - 1:
        lost_tw += WEAK_NARROWER[where.text[start]]
        start += 1
    least_tw = natural_tw - lost_tw * room.size_tw // 1000 + piece_tw
    narrowest = (room.measure_tw + SAFETY_NARROW_TW - least_tw) / count
    if widest < narrowest:
        return Hold(widest, pin=True)
    # well inside a wide window, at the upper edge of a narrow one: the nearer to justified the better
    return Hold(floor(widest * 0.8 + narrowest * 0.2) if widest - narrowest > WIDE_WINDOW_TW else widest)
