"""The message catalogue: a language in, a function from Chinese entries to that language out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from reportkit.errors import Translate

# the first is the language the entries are written in
LANGUAGES = ("zh", "en")
LANGUAGE_VARIABLE = "REPORTKIT_LANG"
LOCALE = Path(__file__).resolve().parent / "locale"


def language(words: Sequence[str], otherwise: str) -> str:
    """Return the language asked for, before anything is parsed: errors of parsing are told in it too."""
    after = [word for flag, word in pairwise(words) if flag == "--lang"]
    joined = [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    asked = next(iter(after + joined), otherwise)
    return asked if asked in LANGUAGES else LANGUAGES[0]


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Translate:
    """Return the translation into `language`, one of LANGUAGES: an entry in, its form in that language out.

    An entry the catalogue lacks comes back as it is. The catalogue is read from its source, so it is never stale.
    """
    if language == LANGUAGES[0]:
        return str
    from babel.messages.pofile import read_po

    with (LOCALE / f"{language}.po").open("rb") as file:
        said = {str(entry.id): str(entry.string) for entry in read_po(file) if entry.string}
    return lambda message: said.get(message, message)
