"""Holding a decided line in Word: the character spacing with which every known engine breaks it there.

Engines differ, so none is imitated. Between the widest known setting of a line and the narrowest lies a
window of spacings; within it the line fits everywhere and the next piece fits nowhere.
"""

from __future__ import annotations

import re
from math import floor
from typing import NamedTuple

from reportkit.pages.face import is_latin

# LibreOffice 7.4 sets 0.2 em between a Han character and a letter or digit, whatever autoSpace says [measured]
SEAM_PERMILLE = 200
# and drops negative spacing on the last character of a line, and before a change of script or of style [measured];
# it sets “ ” ‘ ’ in the Latin face after a letter or digit and first in a paragraph, so much narrower in 1/1000 em
LATIN_QUOTES = {"“": 556, "”": 556, "‘": 667, "’": 667}
# and these in the Latin face wherever they stand [measured]
LATIN_ALWAYS = {"·": 663, "×": 450, "±": 469, "¥": 260}
# the widest engine is measured, so only its rounding is kept clear of; the narrowest is known by its papers alone
SAFETY_WIDE_TW, SAFETY_NARROW_TW = 8, 24
# a mark of the next piece may be set this much narrower than its natural width (Word condensing marks)
MARK_PERMILLE = 940

IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff"
LETTERS = "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff"
LATIN = f"!-~{LETTERS}" + "".join(LATIN_ALWAYS)
HAN = re.compile(f"[{IDEOGRAPHS}\U00020000-\U0003ffff]")
SEAM = re.compile(f"(?<=[{IDEOGRAPHS}])(?=[{LETTERS}])|(?<=[{LETTERS}])(?=[{IDEOGRAPHS}])")
CHANGE = re.compile(f"(?<=[{LATIN}])(?=[^{LATIN} ])|(?<=[^{LATIN} ])(?=[{LATIN}])")
# a line opens with a quote only first in a paragraph or after a pin: elsewhere `refused` keeps it from doing so
QUOTES_IN_LATIN = re.compile("(?<=[!-~])[“”‘’]+|^[“‘]+")
# LibreOffice will not end a line after ” or ’, or before “ or ‘, as ICU's quotation class has it [measured],
# nor between a Chinese mark and ASCII, beside an ASCII quotation mark, or before a hyphen [measured]
CLOSING_QUOTES, OPENING_QUOTES = "”’", "“‘"
BEFORE_ASCII = "、，。；：！？》）”’"


class Hold(NamedTuple):
    """How Word keeps a line: spacing added after every character, and whether a break must pin its end."""

    spacing_tw: int
    pin: bool = False


class Room(NamedTuple):
    """What a line is held in: measure, type size, the last lines' spacing, changes of style within the line."""

    measure_tw: int
    size_tw: int
    base_tw: int
    styles: int = 0


def refused(before: str, after: str) -> bool:
    """True if an engine is known to refuse ending a line between `before` and `after`."""
    last, first = before[-1:], after[:1]
    return (
        last in CLOSING_QUOTES
        or first in OPENING_QUOTES
        or '"' in (last, first)
        or first == "-"
        or (last in BEFORE_ASCII and is_latin(first) and first != " ")
        or (last == "+" and HAN.match(first) is not None)
    )


def hold(text: str, natural_tw: int, room: Room, piece_tw: int | None) -> Hold:
    """Return how to hold a line of `text`.

    `natural_tw` is its unspaced width, `piece_tw` the width of the smallest piece of the next line that an
    engine could pull up, None on the last line of a paragraph, which only has to fit.
    """
    count = len(text)
    seams, changes = len(SEAM.findall(text)), len(CHANGE.findall(text)) + room.styles
    free_tw = room.measure_tw - SAFETY_WIDE_TW - natural_tw - seams * room.size_tw * SEAM_PERMILLE // 1000
    widest = free_tw / max(1, count - changes - 1 if free_tw < 0 else count)
    if piece_tw is None:
        return Hold(min(floor(widest), room.base_tw))
    lost = sum([LATIN_QUOTES[mark] for run in QUOTES_IN_LATIN.findall(text) for mark in run])
    lost += sum([LATIN_ALWAYS[mark] * text.count(mark) for mark in LATIN_ALWAYS])
    least_tw = natural_tw - lost * room.size_tw // 1000 + piece_tw
    narrowest = (room.measure_tw + SAFETY_NARROW_TW - least_tw) / count
    if floor(widest) < narrowest:
        return Hold(floor(widest), pin=True)
    # well inside a wide window, at the upper edge of a narrow one: the nearer to justified the better
    inside = widest * 0.8 + narrowest * 0.2 if widest - narrowest > 6 else widest
    return Hold(floor(inside))
