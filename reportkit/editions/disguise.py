"""A text without its dress: how it is written in, what it says out, with the place of each character.

`plain` is for words: no white space, marks nobody sees, quotation marks, dashes or middle dots, one width, one case, no
accents, simplified characters. `level` is for numbers and patterns: what stands between them stays, and characters are
those typed; `simplified` makes them common ones.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from reportkit.editions.variants import variants

# control, format, marks above and around, surrogates and unassigned: they show nothing, or only how a letter is said
UNSEEN = ("Cc", "Cf", "Cn", "Cs", "Mn", "Me")
# letters by category, and blank all the same: Hangul fillers, the empty braille cell
BLANK = "\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5"
# white space, dashes, underscores, opening and closing quotation marks
APART = (*UNSEEN, "Zs", "Zl", "Zp", "Pd", "Pc", "Pi", "Pf")
# titles and quotations are written with and without them, names and initials with any dot
JOINTS = ".．《》〈〉「」『』＂\"'＇`´〝〞〟·•‧∙⋅・･●−~～〜"
WIDE_COMMA = "，"  # it parts two numbers, where , is inside one


class Bare(NamedTuple):
    """What a text says: its `text`, and `at`, for each character of it, the place in the text it was made of."""

    text: str
    at: list[int]


class _Plain(dict[str, str]):
    """What each character says within a word, "" if nothing."""

    def __missing__(self, letter: str) -> str:
        kept = "" if letter in JOINTS or letter in BLANK else unicodedata.normalize("NFKD", letter)
        said = "".join(one for one in kept if unicodedata.category(one) not in APART and one not in JOINTS)
        found = self[letter] = "".join(variants().get(one, one) for one in said.casefold())
        return found


class _Level(dict[str, str]):
    """What each character says around and within a number, "" if nothing."""

    def __missing__(self, letter: str) -> str:
        kind = unicodedata.category(letter)
        if kind == "Nd":
            found = str(unicodedata.digit(letter))
        elif letter.isspace():
            found = " "
        elif kind in UNSEEN or letter in BLANK:
            found = ""
        elif kind == "No" or letter == WIDE_COMMA:  # ① and ² are no digits of a number
            found = letter
        else:
            found = unicodedata.normalize("NFKC", letter)
        self[letter] = found
        return found


_plain, _level = _Plain(), _Level()


def plain(text: str) -> Bare:
    """Return what `text` says, letter by letter."""
    return _bare(text, _plain)


def level(text: str) -> Bare:
    """Return `text` with white space, width and unseen marks evened out."""
    return _bare(text, _level)


def simplified(text: str) -> str:
    """Return `text` with each variant in its common form: as many characters."""
    return text.translate(_common())


@cache
def _common() -> dict[int, str]:
    return str.maketrans(variants())


def _bare(text: str, table: dict[str, str]) -> Bare:
    said = [table[letter] for letter in text]
    at = [place for place, one in enumerate(said) for _ in one]
    return Bare("".join(said), at)
