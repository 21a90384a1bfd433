"""What a paragraph was taken for, and why, while the others are still being looked at."""

from __future__ import annotations

from typing import NamedTuple

from reportkit.document.draft.kinds import Kind

# lengths in characters: secretarial practice, and the page's 28 characters a line
LONGEST_TITLE = 80
LONGEST_TITLE_LINE = 60
LONGEST_BYLINE = 60
LONGEST_SALUTATION = 200
LONGEST_STANDING = 50
LONGEST_SIGNATURE = 30
LONGEST_CLOSING = 60
TITLE_LINES, SIGNATURE_LINES = 4, 6
NO_TITLE_END = "，；：。、,;:"
SENTENCE_MARKS = "。！？；!?;."


class Guess(NamedTuple):
    """What a paragraph was taken for, and why; `head` is how many of its characters are the heading it begins with."""

    kind: Kind
    why: str
    sure: bool = True
    head: int = 0


Guesses = dict[int, Guess]


def free(guesses: Guesses, at: int, kind: Kind | None = None) -> bool:
    """True if nothing, or only `kind`, has been said of a paragraph."""
    return at not in guesses or guesses[at].kind is kind
