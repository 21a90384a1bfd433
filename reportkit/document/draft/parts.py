"""Texts of a draft in, where its parts begin out: the document, its attachments, the text it hands out beneath.

A part has a title and a signature of its own (GB/T 9704 §7.3.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reportkit.document.draft import shapes
from reportkit.document.draft.ending import listed_below, signs
from reportkit.document.draft.guess import SENTENCE_MARKS, TITLE_LINES
from reportkit.document.draft.kinds import Kind
from reportkit.document.draft.opening import can_title

# the title of a document, which names what it hands out, stands among so many lines
HEAD_LINES = 8


def starts(texts: Sequence[str], said: Mapping[int, Kind]) -> list[int]:
    """Return the index each part begins at, the first 0."""
    marks = [at for at in range(1, len(texts)) if _annex(texts, at, said)]
    bounds = sorted({0, *marks, len(texts)})
    found = [0]
    for start, end in pairwise(bounds):
        found += [start, *_beneath(texts, start, end, said)]
    return sorted(set(found))


def _annex(texts: Sequence[str], at: int, said: Mapping[int, Kind]) -> bool:
    """True if 附件 stands alone at `at`, and no list of what is attached stands below it."""
    if at in said:
        return said[at] is Kind.ANNEX
    return bool(shapes.PART.fullmatch(texts[at])) and not listed_below(texts, at)


def _beneath(texts: Sequence[str], start: int, end: int, said: Mapping[int, Kind]) -> Iterator[int]:
    """Yield where another text with a title begins from `start` to `end`: below a date, or named as handed out."""
    head = shapes.bare("".join(texts[start : start + HEAD_LINES]))
    spoken = False  # something has been said that could be signed
    for at in range(start + 1, end):
        spoken = spoken or (len(texts[at - 1]) > 1 and (texts[at - 1][-1] in SENTENCE_MARKS or "。" in texts[at - 1]))
        if not spoken or at in said or not can_title(texts, at, end):
            continue
        if _handed_out(texts[at : min(at + TITLE_LINES, end)], head) or _signed_above(texts, start, at, said):
            yield at
            head, spoken = shapes.bare("".join(texts[at : at + HEAD_LINES])), False


def _handed_out(texts: Sequence[str], head: str) -> bool:
    """True if `head`, where the title of a document stands, hands out what is called as `texts` begin."""
    name = ""
    for text in texts:
        name += shapes.bare(text)
        named = f"《{name}》" in head or re.search(f"{shapes.ISSUES}[^。]{{0,30}}?{re.escape(name)}的", head)
        if named and shapes.names_genre(name):
            return True
    return False


def _signed_above(texts: Sequence[str], start: int, at: int, said: Mapping[int, Kind]) -> bool:
    """True if a signature and its date end just above `at`, but for a note."""
    day = at - 1
    while day > start and shapes.AFTER_DATE.fullmatch(texts[day]) and not shapes.DATE.fullmatch(texts[day]):
        day -= 1
    if said.get(day, Kind.DATE) is not Kind.DATE or not shapes.DATE.fullmatch(texts[day]):
        return bool(shapes.DATED.fullmatch(texts[day])) and signs(texts[day].strip())
    return day - 1 > start and (said.get(day - 1) is Kind.SIGNATURE or signs(texts[day - 1]))
