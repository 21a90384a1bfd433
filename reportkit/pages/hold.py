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
from reportkit.pages.face import BLANKS, is_latin

# Every measurement: LibreOffice 7.4.7 and ONLYOFFICE 10, our faces, positions of the characters in the PDF they make.
# LibreOffice first, the widest of all but for the signs below.
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
# ONLYOFFICE takes a sign behind a letter or digit from the Chinese face where a mark opens the word, as in “1+8” …
SIGN_WIDER = {
    "+": 269, "<": 269, "=": 269, ">": 269, "/": 277, "\\": 277, "#": 389, "_": 333, "`": 282, "^": 198, "'": 153,
    '"': 147, "|": 138, "~": 126, "(": 111, ")": 111, "?": 111, ",": 85, ".": 85, "&": 55, "[": 39, "]": 39, "@": 51,
    "{": 75, "}": 75,
}  # fmt: skip
# … it sets two blanks, which no face of ours has, a full character wide …
BLANK_WIDER = {"\u2002": 500, "\u2005": 750}
SIGN_WIDER |= BLANK_WIDER
# … and these it takes from the Latin face or from another than we do.
OTHER_NARROWER = {
    "²": 85, "³": 85, "¹": 85, "½": 173, "¼": 141, "¾": 141, "´": 102, "¸": 102, "¦": 116, "«": 40, "»": 40,
    "@": 143, "{": 124, "}": 124, "!": 55, "[": 55, "]": 55,
}  # fmt: skip
# A blank of a justified line may be condensed to half its width (Word: which share is not known)
LATIN_SPACE = "a "
BLANK_NARROWER = {blank: width // 2 for blank, width in BLANKS.items()} | {" ": 125, LATIN_SPACE: 125}
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
ALWAYS_LATIN = frozenset((*LATIN_NARROWER, *LATIN_WIDER, *OTHER_NARROWER))
NARROWER = LATIN_NARROWER | WEAK_NARROWER | OTHER_NARROWER | BLANK_NARROWER
WIDER = LATIN_WIDER | SPACE_WIDER
BLANK = re.compile(f"[{''.join(BLANKS)}]")
# marks that open a word of such signs for ONLYOFFICE: none of the full-width forms but （; behind a digit and such a
# mark it takes a quotation mark from the Latin face
OPENS_SIGNS = re.compile("[ \u00a1-\u00bf×÷\u2000-\u2bff\u3000-\u3020（]")
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
    characters are set in another face, `narrower` and `wider` add up by how much in 1/1000 em, from 0 on;
    `signs` and `signs_wider` are the same of another engine, which sets no seams.
    """

    text: str
    seams: list[int]
    changes: list[int]
    odd: list[int]
    narrower: list[int]
    wider: list[int]
    signs: list[int]
    signs_wider: list[int]


def strain(text: str, edges: tuple[int, ...] = ()) -> Strain:
    """Return where engines set `text` otherwise than its faces say; `edges` are its changes of style."""
    seams: list[int] = []
    words = [run.span() for run in LATIN.finditer(text)]
    marks = {(run.start(), run[0]) for run in BLANK.finditer(text)}
    signs = [at for at, blank in marks if blank in BLANK_WIDER]
    changes, size = list(edges), len(text)
    seen = 0  # how far the marks behind words have been looked at
    for start, end in words:
        changes += [at for at in (start, end) if 0 < at < size and " " not in text[at - 1 : at + 1]]
        if start and LETTER.match(text, start) and (SEAMED.match(text, start - 1) or NUMBER.match(text, start - 1)):
            seams.append(start)
        if LETTER.match(text, end - 1) and SEAMED.match(text, end):
            seams.append(end)
        marks |= {(at, text[at]) for at in range(start, end) if text[at] in ALWAYS_LATIN}
        if start and not is_han(text[start - 1]) and OPENS_SIGNS.match(text, start - 1):
            signs += [at for at in range(start + 1, end) if text[at] in SIGN_WIDER]
        if end < size and not is_han(text[end]):
            seen, behind = _behind(text, end, seen)
            marks |= behind
    for run in WEAK.finditer(text):
        start, end = run.span()
        if start and not LATIN.match(text, start - 1):
            marks |= {(at, " ") for at in range(start, end) if text[at] == " "}
            continue
        if not start and end < size:
            changes.append(end)
        if NUMBER.match(text, end - 1) and SEAMED.match(text, end):
            seams.append(end)
        marks |= {(at, text[at]) for at in range(start, end) if text[at] in WEAK_NARROWER}
    odd = sorted(marks)
    return Strain(
        text,
        sorted(seams),
        sorted(changes),
        [at for at, _ in odd],
        [0, *accumulate([NARROWER.get(mark, 0) for _, mark in odd])],
        [0, *accumulate([WIDER.get(mark, 0) for _, mark in odd])],
        sorted(signs),
        [0, *accumulate([SIGN_WIDER[text[at]] for at in sorted(signs)])],
    )


def _behind(text: str, end: int, seen: int) -> tuple[int, set[tuple[int, str]]]:
    """Return how far the marks behind Latin text that ends at `end` go, and the space or the quotation marks there.

    But for the first of these, and none behind a letter: the others ONLYOFFICE sets in the Latin face. Up to `seen`
    they are known.
    """
    if text[end] == " ":
        return seen, {(end, LATIN_SPACE)}
    found, at = set(), end
    while seen <= end and not text[end - 1].isalpha() and OPENS_SIGNS.match(text, at):
        if at > end and text[at] in WEAK_NARROWER:
            found.add((at, text[at]))
        at += 1
    return max(seen, at), found


def is_han(character: str) -> bool:
    """True for the Chinese characters that nearly all text is made of."""
    return "\u4e00" <= character <= "\u9fff"


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


def unbroken(before: str, after: str) -> bool:
    """True if ONLYOFFICE ends no line between `before` and `after`: it does beside a Chinese character or full width.

    Nor does it before …… [measured]. Such a line is pinned, which costs nothing: others end it there by themselves.
    """
    return after == ELLIPSIS or not (before == " " or _is_ideograph(before) or _is_ideograph(after))


def _is_ideograph(character: str) -> bool:
    return is_han(character) or "\uf900" <= character <= "\ufaff" or "\uff01" <= character <= "\uff60"


def hold(where: Strain, start: int, end: int, natural_tw: int, room: Room, piece_tw: int | None) -> Hold:
    """Return how to hold the line from offset `start` to `end`.

    `natural_tw` is its unspaced width, `piece_tw` the width of the smallest piece of the next line that an
    engine could pull up, None on the last line of a paragraph, which only has to fit.
    """
    count, changes, wide_permille, lost_permille = end - start, 0, 0, 0
    if where.changes:
        changes = bisect_left(where.changes, end) - bisect_right(where.changes, start)
        wide_permille = (bisect_left(where.seams, end) - bisect_right(where.seams, start)) * SEAM_PERMILLE
    if where.odd:
        first, last = bisect_left(where.odd, start), bisect_left(where.odd, end)
        wide_permille += where.wider[last] - where.wider[first]
        lost_permille = where.narrower[last] - where.narrower[first]
    if start and NUMBER.match(where.text, start) and SEAMED.match(where.text, start + 1):
        wide_permille += SEAM_PERMILLE  # after a pin such a number counts as a letter, as it does first in a paragraph
    free_tw = room.measure_tw - SAFETY_WIDE_TW - natural_tw - wide_permille * room.size_tw // 1000
    # negative spacing is dropped on the last character of a line and before a change of script or style [measured]
    widest = floor(free_tw / max(1, count - changes - 1 if free_tw < 0 else count))
    if where.signs:
        more_permille = (
            where.signs_wider[bisect_left(where.signs, end)] - where.signs_wider[bisect_left(where.signs, start)]
        )
        free_tw = room.measure_tw - SAFETY_WIDE_TW - natural_tw - more_permille * room.size_tw // 1000
        widest = min(widest, floor(free_tw / max(1, count - 1 if free_tw < 0 else count)))
    if piece_tw is None:
        return Hold(min(widest, room.base_tw))
    # quotes open a line only first in a paragraph or after a pin: then they are set in the Latin face too
    while where.text[start] in OPENING_QUOTES and start < end - 1:
        lost_permille += WEAK_NARROWER[where.text[start]]
        start += 1
    least_tw = natural_tw - lost_permille * room.size_tw // 1000 + piece_tw
    narrowest = (room.measure_tw + SAFETY_NARROW_TW - least_tw) / count
    if widest < narrowest:
        return Hold(widest, pin=True)
    # well inside a wide window, at the upper edge of a narrow one: the nearer to justified the better
    return Hold(floor(widest * 0.8 + narrowest * 0.2) if widest - narrowest > WIDE_WINDOW_TW else widest)
