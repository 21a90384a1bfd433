"""The message catalogue: a language in, a function from Chinese entries to that language out."""

from __future__ import annotations

import gettext
from pathlib import Path

from reportkit.errors import Translate

# the first is the language the entries are written in
LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).resolve().parent / "locale"


def catalogue(language: str) -> Translate:
    """Return the translation into `language`, one of LANGUAGES."""
    if language == LANGUAGES[0]:
        return str
    return gettext.translation("reportkit", LOCALE, languages=[language]).gettext
