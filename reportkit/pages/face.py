"""The faces a style is set in: a profile and a style in, the chain of its faces out.

A face is opened once a process, and again when its file changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from reportkit import assets
from reportkit.pages import own_face
from reportkit.pages.profile import Profile, Style
from reportkit.pages.truetype import EM, Face
from reportkit.shelf import Shelf, Source

__all__ = ["EM", "INVISIBLE", "MISSING", "Chain", "Face", "chain", "described", "is_latin", "opened"]

# drawn for a character no face has: 〓, the mark compositors set for a missing sort (GB 2312 row 1)
MISSING = "〓"
# the shipped face that has it for chains that have none
LAST_RESORT = "RKSong.ttf"
# variation selectors, joiners and the like take no room and have no ink
IGNORABLE = (*range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
INVISIBLE = frozenset(map(chr, IGNORABLE))
SPACE = 0x20
# blanks of typesetters and their widths in 1/1000 em (The Unicode Standard, table 6-2), whatever a face says
BLANKS = {
    "\u2000": 500, "\u2001": 1000, "\u2002": 500, "\u2003": 1000, "\u2004": 333, "\u2005": 250,
    "\u2006": 167, "\u2007": 500, "\u2008": 278, "\u2009": 200, "\u200a": 63, "\u202f": 167, "\u205f": 222,
}  # fmt: skip

_opened: Shelf[Face] = Shelf(64)


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
            face = next(face for face in (*self.faces, self.latin) if SPACE in face.cmap)
            return face, face.cmap[SPACE], 0
        if character in BLANKS:
            return self.latin, self.latin.cmap[SPACE], BLANKS[character]
        order = (self.latin, *self.faces) if is_latin(character) else (*self.faces, self.latin)
        for face in order:
            glyph = face.cmap.get(SPACE if code == 0xA0 else code)
            if glyph is not None:
                return face, glyph, face.advance(glyph)
        self.missing.add(character)
        marked = (face for face in self.faces if ord(MISSING) in face.cmap)
        face = next(marked, None) or opened(assets.folder("fonts") / LAST_RESORT)
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


def opened(path: Path) -> Face:
    """Return the face at `path`. Raises InputError for a file that is no sound TrueType face."""
    shipped = path.parent == assets.folder("fonts")
    return _opened.get(path, lambda seen: Face(seen(path).path) if shipped else own_face.read(seen(path).path))


@lru_cache(maxsize=256)
def _chain(latin: Source, files: tuple[Source, ...]) -> Chain:
    return Chain(opened(latin.path), tuple(opened(file.path) for file in files))


def chain(profile: Profile, style: Style) -> Chain:
    """Return the chain of faces that a style of the profile is set in."""
    return _chain(profile.faces[style.latin].files[0], profile.faces[style.face].files)


def described(characters: Iterable[str]) -> str:
    """Return characters with code and name: 䶮 U+4DAE, 😀 U+1F600 (GRINNING FACE)."""
    return "、".join(
        f"{character} U+{ord(character):04X} ({unicodedata.name(character, '?')})" for character in sorted(characters)
    )
