"""Our faces: a TrueType file in, widths, glyphs and coverage out; and chains of them, one for each role.

Reads the tables it needs in bulk from a memory map: a face opens in about 2 ms and is shared by a process.
"""

from __future__ import annotations

import mmap
import struct
import unicodedata
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from reportkit import assets
from reportkit.pages.profile import Profile, Style

EM = 1000
# drawn for a character no face has: 〓, the mark compositors set for a missing sort (GB 2312 row 1)
MISSING = "〓"
# variation selectors, joiners and the like take no room and have no ink
IGNORABLE = (*range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
INVISIBLE = frozenset(map(chr, IGNORABLE))
# blanks of typesetters and their widths in 1/1000 em (The Unicode Standard, table 6-2), whatever a face says
BLANKS = {
    "\u2000": 500, "\u2001": 1000, "\u2002": 500, "\u2003": 1000, "\u2004": 333, "\u2005": 250,
    "\u2006": 167, "\u2007": 500, "\u2008": 278, "\u2009": 200, "\u200a": 63, "\u202f": 167, "\u205f": 222,
}  # fmt: skip


class Face:
    """One font file: `cmap` from code point to glyph, advances and outlines by glyph (1000 units an em)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        data = self._data
        self.tables: dict[str, tuple[int, int]] = {}
        for at in range(struct.unpack_from(">H", data, 4)[0]):
            tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * at)
            self.tables[tag.decode()] = (offset, length)
        head = self.tables["head"][0]
        self.bbox: tuple[int, ...] = struct.unpack_from(">4h", data, head + 36)
        self._wide_loca = struct.unpack_from(">H", data, head + 50)[0]
        os2 = self.tables["OS/2"][0]
        self.ascent, self.descent = struct.unpack_from(">2h", data, os2 + 68)
        measured = struct.unpack_from(">H", data, self.tables["hhea"][0] + 34)[0]
        self._advances = self._numbers("H", self.tables["hmtx"][0], measured * 2)[::2]
        loca, length = self.tables["loca"]
        self._loca = self._numbers("I" if self._wide_loca else "H", loca, length // (4 if self._wide_loca else 2))
        self.cmap = self._read_cmap()
        self.name = self._read_name()

    def table(self, tag: str) -> bytes:
        """Return a table's bytes."""
        offset, length = self.tables[tag]
        return self._data[offset : offset + length]

    def glyph(self, index: int) -> bytes:
        """Return a glyph's outline as the glyf table has it; b"" for a blank."""
        unit = 1 if self._wide_loca else 2
        start = self.tables["glyf"][0]
        return self._data[start + self._loca[index] * unit : start + self._loca[index + 1] * unit]

    def advance(self, index: int) -> int:
        """Return a glyph's advance width."""
        return self._advances[index] if index < len(self._advances) else self._advances[-1]

    def _numbers(self, kind: str, offset: int, count: int) -> array[int]:
        numbers = array(kind)
        numbers.frombytes(self._data[offset : offset + count * numbers.itemsize])
        numbers.byteswap()
        return numbers

    def _read_cmap(self) -> dict[int, int]:
        data, start = self._data, self.tables["cmap"][0]
        offsets: dict[int, int] = {}
        for at in range(struct.unpack_from(">H", data, start + 2)[0]):
            _, _, offset = struct.unpack_from(">HHL", data, start + 4 + 8 * at)
            offsets[struct.unpack_from(">H", data, start + offset)[0]] = start + offset
        return self._cmap_12(offsets[12]) if 12 in offsets else self._cmap_4(offsets[4])

    def _cmap_12(self, at: int) -> dict[int, int]:
        count = struct.unpack_from(">L", self._data, at + 12)[0]
        groups = self._numbers("I", at + 16, 3 * count)
        found: dict[int, int] = {}
        for first, last, glyph in zip(groups[::3], groups[1::3], groups[2::3], strict=True):
            if first == last:
                found[first] = glyph
            else:
                found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        return found

    def _cmap_4(self, at: int) -> dict[int, int]:
        length, segments = struct.unpack_from(">H2xH", self._data, at + 2)
        words = self._numbers("H", at + 14, (length - 14) // 2)
        count = segments // 2
        ends, starts = words[:count], words[count + 1 : 2 * count + 1]
        deltas, ranges = words[2 * count + 1 : 3 * count + 1], 3 * count + 1
        found: dict[int, int] = {}
        for segment, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
            if first == 0xFFFF:
                continue
            codes, offset = range(first, last + 1), words[ranges + segment]
            if offset:
                at = ranges + segment + offset // 2
                glyphs = words[at : at + len(codes)]
                found.update(
                    (code, (glyph + delta) & 0xFFFF) for code, glyph in zip(codes, glyphs, strict=True) if glyph
                )
            else:
                glyph = (first + delta) & 0xFFFF
                found.update(zip(codes, range(glyph, glyph + len(codes)), strict=True))
        return found

    def _read_name(self) -> str:
        """Return the PostScript name (name ID 6, Windows platform)."""
        data, (start, _) = self._data, self.tables["name"]
        count, strings = struct.unpack_from(">HH", data, start + 2)
        for at in range(count):
            platform, _, _, name, length, offset = struct.unpack_from(">6H", data, start + 6 + 12 * at)
            if (platform, name) == (3, 6):
                return data[start + strings + offset :][:length].decode("utf-16-be")
        return self.path.stem


class Chain(dict[str, tuple[Face, int, int]]):
    """A role's faces in order: a character in, (face, glyph, width in 1/1000 em) out, found once and kept.

    Latin letters and ASCII come from the Latin face, as Word takes them; the rest from the first face that
    has them. `missing` collects characters that none has.
    """

    def __init__(self, latin: Face, faces: tuple[Face, ...]) -> None:
        super().__init__()
        self.latin, self.faces = latin, faces
        self.missing: set[str] = set()
        self._advances = _Advances(self)

    def __missing__(self, character: str) -> tuple[Face, int, int]:
        self[character] = place = self._find(character)
        return place

    def _find(self, character: str) -> tuple[Face, int, int]:
        code = ord(character)
        if character in INVISIBLE:
            return self.faces[0], self.faces[0].cmap[0x20], 0
        if character in BLANKS:
            return self.latin, self.latin.cmap[0x20], BLANKS[character]
        order = (self.latin, *self.faces) if is_latin(character) else (*self.faces, self.latin)
        for face in order:
            glyph = face.cmap.get(0x20 if code == 0xA0 else code)
            if glyph is not None:
                return face, glyph, face.advance(glyph)
        self.missing.add(character)
        face = next(face for face in self.faces if ord(MISSING) in face.cmap)
        return face, face.cmap[ord(MISSING)], EM

    def width(self, text: str) -> int:
        """Return the width of `text` in 1/1000 em."""
        return sum(map(self._advances.__getitem__, text))

    def reach(self, text: str) -> list[int]:
        """Return the width of `text` up to each offset from 0 to its end, in 1/1000 em."""
        return [0, *accumulate(map(self._advances.__getitem__, text))]


class _Advances(dict[str, int]):
    """The widths of a chain's characters, found once and kept."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, character: str) -> int:
        self[character] = width = self._chain[character][2]
        return width


def is_latin(character: str) -> bool:
    """True for what Word sets in the Latin face although the run's hint is eastAsia."""
    return character <= "\u024f" and (character <= "\x7e" or character.isalpha() or character == "\xa0")


@lru_cache(maxsize=64)
def opened(path: Path) -> Face:
    """Return the face at `path`, opened once a process."""
    return Face(path)


@lru_cache(maxsize=256)
def _chain(latin: tuple[str, ...], files: tuple[str, ...]) -> Chain:
    fonts = assets.folder("fonts")
    return Chain(opened(fonts / latin[0]), tuple(opened(fonts / file) for file in files))


def chain(profile: Profile, style: Style) -> Chain:
    """Return the chain of faces that a style of the profile is set in."""
    return _chain(profile.faces[style.latin].files, profile.faces[style.face].files)


def described(characters: Iterable[str]) -> str:
    """Return characters with code and name: 䶮 U+4DAE, 😀 U+1F600 (GRINNING FACE)."""
    return "、".join(
        f"{character} U+{ord(character):04X} ({unicodedata.name(character, '?')})" for character in sorted(characters)
    )
