"""The message catalogue: a language in, a function from Chinese entries to that language out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportkit.errors import Translate

# the first is the language the entries are written in
LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).resolve().parent / "locale"


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
