"""Seals: noncharacters that carry a printed fact's origin, and a phrase's role, through the templates.

A seal is OPEN payload MIDDLE text CLOSE; a lead phrase is LEAD text END. Unicode keeps these code points for
internal use and no input may hold one, so a value can never open a seal or be taken for markup.
"""

from __future__ import annotations

import re

OPEN, MIDDLE, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
LEAD, END = "\ufdd3", "\ufdd4"
GAP = "\ufdd5"
# what a draft prints for a value the data lacks
MISSING = "【待补：{path}】"

# no part of a seal holds another's beginning: what was never closed is left at once
SEALED = re.compile(f"{OPEN}([^{OPEN}{MIDDLE}{CLOSE}]*+){MIDDLE}([^{OPEN}{MIDDLE}{CLOSE}]*+){CLOSE}")
PAYLOAD = re.compile(f"({OPEN}[^{OPEN}{MIDDLE}]*+{MIDDLE})")
ANY = re.compile("[\ufdd0-\ufdef]")


def close(text: str, payload: str) -> str:
    """Return `text` sealed with `payload`."""
    return f"{OPEN}{payload}{MIDDLE}{text}{CLOSE}"


def held(text: str) -> bool:
    """Return whether `text` holds a sealed value, or a phrase whose role is marked."""
    return OPEN in text or LEAD in text


def gap(path: str) -> str:
    """Return 【待补：path】, sealed as standing for a value the data lacks at `path`."""
    return close(MISSING.format(path=path), GAP + path)


def translated(text: str, letters: dict[int, int]) -> str:
    """Return `text` with letters replaced in what is printed, and not in what its seals say of it."""
    if OPEN not in text:
        return text.translate(letters)
    parts = PAYLOAD.split(text)
    return "".join(part if at % 2 else part.translate(letters) for at, part in enumerate(parts))


def lead(text: str) -> str:
    """Return `text` marked as a lead phrase: the words that open a passage and are set apart."""
    return f"{LEAD}{text}{END}"


def opened(text: str) -> str:
    """Return `text` without seals and marks: what a reader sees."""
    return ANY.sub("", SEALED.sub(lambda found: found[2], text))
