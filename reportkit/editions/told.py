"""What is told of a redacted report: Faults in, the same without what must not be read out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportkit.editions.search import MASK, Search, mask
from reportkit.errors import Entry, Fault

DIGIT = re.compile(r"\d")


def covered(faults: Iterable[Fault], search: Search) -> tuple[Fault, ...]:
    """Return `faults` with what `search` finds in their words, paths and files masked."""
    return tuple(_covered(fault, search) for fault in faults)


def veiled(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return `faults` without a word of the data: where it cannot be read, nobody knows what of it is secret."""
    hidden = (
        {
            key: value if isinstance(value, Entry) or not isinstance(value, str) else MASK * len(value)
            for key, value in fault.fields.items()
        }
        for fault in faults
    )
    return tuple(replace(fault, fields=fields) for fault, fields in zip(faults, hidden, strict=True))


def _covered(fault: Fault, search: Search) -> Fault:
    texts = {key: value for key, value in fault.fields.items() if isinstance(value, str)}
    shown = {key: _hidden(value, search) for key, value in texts.items()}
    if any(one.figure for text in texts.values() for one in search.found(text)):
        # the figures beside a secret one are what it is reckoned from, or what it gives
        shown = {key: DIGIT.sub(MASK, value) for key, value in shown.items()}
    file, path, via = (search.masked(place) for place in (fault.file, fault.path, fault.via))
    return replace(fault, fields={**fault.fields, **shown}, file=file, path=path, via=via)


def _hidden(text: str, search: Search) -> str:
    """Return a field of a message with what may be a secret masked, and words of one character too."""
    letters = list(text)
    mask(letters, text, [one._replace(sure=True) for one in search.found(text)])
    words = {one.word for one in search.too_short}
    return "".join(MASK if letter in words else letter for letter in letters)
