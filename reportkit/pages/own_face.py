"""A face of one's own: a font file in, a Face out that can be measured, drawn and embedded; or why it cannot."""

from __future__ import annotations

import struct
import unicodedata
from itertools import pairwise
from pathlib import Path
from string import ascii_letters, digits

from reportkit import regular
from reportkit.errors import N_, Fault, InputError, reason
from reportkit.pages.truetype import Face

TRUETYPE = (b"\x00\x01\x00\x00", b"true")
OTHERS = {
    b"OTTO": N_("是 OpenType（CFF）字体"),
    b"ttcf": N_("是字体集（.ttc），一个文件里有几种字体"),
    b"wOFF": N_("是网页字体（WOFF）"),
    b"wOF2": N_("是网页字体（WOFF）"),
}
# the tables needed, and how many bytes each has at least (OpenType: the fields read or written of it)
NEEDED = {"OS/2": 72, "cmap": 4, "glyf": 0, "head": 54, "hhea": 36, "hmtx": 4, "loca": 4, "maxp": 6, "name": 6}
# glyphs a TrueType file may count (16 bits), and units an em (OpenType, head)
MOST_GLYPHS, UNITS = 0xFFFF, range(16, 16385)
# its number of contours and its box
SHORTEST_OUTLINE = 10
# marks without ink that are no spaces: Hangul fillers, the empty Braille pattern
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# what a face must draw to be the one for Latin, and the one for Chinese: the commonest of each
LATIN = ascii_letters + digits
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出"
DAMAGED = (LookupError, ValueError, ArithmeticError, struct.error, RecursionError, MemoryError)


def read(path: Path) -> Face:
    """Return the face at `path`: every character it has is drawn. Raises InputError if it is no sound TrueType face."""
    try:
        data = regular.read(path)
    except OSError as error:
        raise _refused(path, reason(error), N_("核对路径和文件名")) from None
    if data[:4] not in TRUETYPE:
        raise _refused(path, OTHERS.get(data[:4], N_("不是字体文件")), N_("只用 TrueType 字体（.ttf）"))
    if lacking := [tag for tag in NEEDED if tag not in _held(data)]:
        raise _refused(path, N_("文件不全，或缺少要用的表"), N_("换一个完好的字体文件"), "、".join(lacking))
    try:
        face = Face(path, mapped=False)
        _check(face)
    except DAMAGED:
        raise _refused(path, N_("文件坏了"), N_("换一个完好的字体文件")) from None
    face.cmap = {code: glyph for code, glyph in face.cmap.items() if _is_drawn(face, code, glyph)}
    return face


def _held(data: bytes) -> set[str]:
    """Return the tags of the tables that a file holds whole."""
    count = int.from_bytes(data[4:6], "big")
    entries = [
        (tag.decode("latin-1"), begin, length)
        for tag, begin, length in struct.iter_unpack(
            ">4s4xLL", data[12 : 12 + len(data[12 : 12 + 16 * count]) // 16 * 16]
        )
    ]
    return {tag for tag, begin, length in entries if length >= NEEDED.get(tag, 0) and begin + length <= len(data)}


def undrawn(face: Face, characters: str) -> str:
    """Return those of `characters` that a face lacks, or gives no room."""
    return "".join(one for one in characters if ord(one) not in face.cmap or face.advance(face.cmap[ord(one)]) <= 0)


def _check(face: Face) -> None:
    """Raise ValueError for tables that contradict one another."""
    begin, length = face.tables["glyf"]
    maximum = struct.unpack_from(">H", face.table("maxp"), 4)[0]
    step = 1 if face.is_wide else 2
    whole = face.units in UNITS and 0 < face.count <= MOST_GLYPHS and face.count == maximum
    if not whole or face.loca[-1] * step > length or any(one > other for one, other in pairwise(face.loca)):
        raise ValueError(begin)
    sound: set[int] = set()
    for glyph in range(face.count):
        _check_parts(face, glyph, (), sound)
    face.advance(0)


def _check_parts(face: Face, glyph: int, above: tuple[int, ...], sound: set[int]) -> None:
    """Raise ValueError where a composite glyph goes round or names a glyph there is not; else add it to `sound`."""
    if glyph in sound:
        return
    if glyph in above or glyph >= face.count or 0 < len(face.glyph(glyph)) < SHORTEST_OUTLINE:
        raise ValueError(glyph)
    for _, part in face.parts(glyph):
        _check_parts(face, part, (*above, glyph), sound)
    sound.add(glyph)


def _is_drawn(face: Face, code: int, glyph: int) -> bool:
    """True for a glyph there is, with ink unless its character has none: glyph 0 is the box of a missing one."""
    if not 0 < glyph < face.count:
        return False
    character = chr(code)
    inked = unicodedata.category(character)[0] not in "ZC" and character not in BLANK
    return not inked or face.loca[glyph] < face.loca[glyph + 1]


def _refused(path: Path, why: str, hint: str, what: str = "") -> InputError:
    fields = {"name": path.name, "why": why, "what": f" {what}" if what else ""}
    return InputError(Fault(N_("字体文件 {name} 用不了：{why}{what}"), fields, hint, str(path)))
