"""The message catalogue: a language in, a function from Chinese entries to that language out."""

from __future__ import annotations

import gettext
from pathlib import Path

from reportkit.errors import Translate

LOCALE = Path(__file__).resolve().parent / "locale"


def catalogue(language: str) -> Translate:
    """Return the translation into `language` ("zh" or "en"); Chinese is the language the entries are in."""
    if language == "zh":
        return str
    return gettext.translation("reportkit", LOCALE, languages=[language]).gettext
