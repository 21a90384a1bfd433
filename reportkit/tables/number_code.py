"""The code of a number format, ECMA-376 §18.8.31, in; its sections of tokens out, or nothing where it is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

# formats of Chinese Excel that a workbook names by number alone, ECMA-376 §18.8.30
YEAR_MONTH, MONTH_DAY, TIME = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
CHINESE = {
    27: YEAR_MONTH, 28: MONTH_DAY, 29: MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: TIME, 33: TIME, 34: TIME,
    35: TIME, 36: YEAR_MONTH, 50: YEAR_MONTH, 51: MONTH_DAY, 52: YEAR_MONTH, 53: MONTH_DAY, 54: MONTH_DAY, 55: TIME,
    56: TIME, 57: YEAR_MONTH, 58: MONTH_DAY,
}  # fmt: skip
# a code can be no longer (Excel specifications and limits), nor have more sections: positive, negative, zero, text
LONGEST, MOST_SECTIONS = 255, 4
PIECE = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\!_*].|.', re.DOTALL)
GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
COLOURS = "black|blue|cyan|green|magenta|red|white|yellow|黑色?|蓝色?|青色?|绿色?|洋红色?|红色?|白色?|黄色?"
COLOUR = re.compile(rf"{COLOURS}|(?:color|颜色)\s*\d+", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*([-+]?\d+(?:\.\d+)?)")
LOCALE = re.compile(r"\$([^-]*)(?:-(.+))?")
SPAN = re.compile(r"h+|m+|s+", re.IGNORECASE)
NUMERALS = re.compile(r"DBNum\d", re.IGNORECASE)
DATED = re.compile(r"y+|m+|d+|h+|s+|e+|a{3,4}|AM/PM|A/P|上午/下午", re.IGNORECASE)
POWER = re.compile(r"E[+-]", re.IGNORECASE)
# what a code may hold unquoted beside its signs; a Latin letter is none of them
PLAIN = re.compile(r"[-+$():^&'~{}<>= |]|[^\x00-\x7f]")
Kind = Literal["literal", "digit", "point", "comma", "percent", "general", "text", "date"]
SIGNS: dict[str, Kind] = {
    "0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent", "@": "text",
}  # fmt: skip


class Token(NamedTuple):
    """A piece of a code: a literal, a place for a digit, a point …"""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a code: what it shows, for which numbers (None: as its place says), in which numerals, where."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, Decimal] | None = None
    numerals: str = ""
    locale: str = ""

    def has(self, *kinds: Kind) -> bool:
        """Return whether a token of one of those kinds is in it."""
        return any(token.kind in kinds for token in self.tokens)

    def at(self, kind: Kind) -> list[int]:
        """Return where its tokens of a kind stand."""
        return [at for at, token in enumerate(self.tokens) if token.kind == kind]

    @property
    def literal(self) -> str:
        """What it shows of itself."""
        return "".join(token.text for token in self.tokens if token.kind == "literal")

    def meets(self, value: Decimal) -> bool:
        """Return whether its condition is one that a number meets."""
        if self.condition is None:
            return False
        sign, bound = self.condition
        order = value.compare(bound)
        return (order < 0 and "<" in sign) or (order > 0 and ">" in sign) or (order == 0 and "=" in sign)


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...] | None:
    """Return the sections of a code, None if something in it is not known."""
    found = [_section(pieces) for pieces in _split(code)] if len(code) <= LONGEST else []
    known = tuple(section for section in found if section is not None)
    return known if known and len(known) == len(found) <= MOST_SECTIONS else None


def _split(code: str) -> Iterator[list[str]]:
    """Yield the pieces of each section: quoted, escaped, bracketed, padding and filling ones whole, others by sign."""
    pieces: list[str] = []
    for piece in PIECE.findall(code or "General"):
        if piece == ";":
            yield pieces
            pieces = []
        else:
            pieces.append(piece)
    yield pieces


def _section(pieces: Sequence[str]) -> Section | None:
    """Return the section that pieces make, None if one of them is not known."""
    section: Section | None = Section()
    at = 0
    while section is not None and at < len(pieces):
        piece = pieces[at]
        if piece[0] == "[" and len(piece) > 1:
            section = _bracketed(section, piece[1:-1])
        elif (token := _token(piece, pieces, at, section)) is None:
            section = None
        else:
            section = replace(section, tokens=(*section.tokens, token))
            at += len(token.text) - 1 if len(piece) == 1 else 0
        at += 1
    return section


def _token(piece: str, pieces: Sequence[str], at: int, section: Section) -> Token | None:
    """Return the token that the piece at a place begins with, None if it is not known."""
    if len(piece) == 1:
        return _sign("".join(takewhile(lambda one: len(one) == 1, pieces[at:])), section)
    if piece[0] in "_*":  # what fills a cell shows as often as it is wide
        return Token("literal", " ") if piece[0] == "_" or piece[1] == " " else None
    return Token("literal", piece[1:-1] if piece[0] == '"' else piece[1])


def _bracketed(section: Section, inner: str) -> Section | None:
    """Return a section with what brackets in it say, None if that is not known."""
    if found := CONDITION.fullmatch(inner):
        return replace(section, condition=(found[1], Decimal(found[2])))
    if found := LOCALE.fullmatch(inner):
        tokens = (*section.tokens, Token("literal", found[1]))
        return replace(section, tokens=tokens, locale=found[2] or section.locale)
    if SPAN.fullmatch(inner):  # hours beyond a day
        return replace(section, tokens=(*section.tokens, Token("date", "h")))
    if NUMERALS.fullmatch(inner):
        return replace(section, numerals=inner.lower())
    return section if COLOUR.fullmatch(inner) else None


def _sign(run: str, before: Section) -> Token | None:
    """Return the token that a run of unquoted signs begins with, None if it is none, or one of what is not read."""
    if found := GENERAL.match(run):
        return Token("general", found[0])
    if before.has("digit") and (run[0] == "/" or POWER.match(run)):  # fractions and powers of ten
        return None
    if found := DATED.match(run):
        return Token("date", found[0])
    if run[0] in SIGNS:
        return Token(SIGNS[run[0]], run[0])
    return Token("literal", run[0]) if run[0] == "/" or PLAIN.fullmatch(run[0]) else None
