"""Words looked for in a text, all at once: the text's length decides the time, not how many words there are."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportkit.editions import disguise

# one character by itself would blot out half the language
SHORTEST = 2
MARKS = ("Mn", "Me")


class Found(NamedTuple):
    """A stretch of a text, and the number of the rule that found it."""

    start: int
    end: int
    rule: int


class Words:
    """Words by what they say, each with the number of its rule; of equal ones the first counts."""

    def __init__(self, words: Sequence[tuple[int, str]]) -> None:
        self._rules: dict[str, int] = {}
        for rule, word in words:
            said = disguise.plain(word).text
            if len(said) >= SHORTEST:
                self._rules.setdefault(said, rule)
        self._lengths: Mapping[str, list[int]] = _lengths(self._rules)
        # 《甲》 says one character: it is looked for as it is typed
        self._as_typed = [(rule, word) for rule, word in words if len(word) >= SHORTEST and not says_enough(word)]

    def found(self, text: str) -> Iterator[Found]:
        """Yield the longest word at each place of `text` where one begins: overlapping ones too."""
        for number, typed in self._as_typed:
            for one in re.finditer(re.escape(typed), text):
                yield Found(one.start(), one.end(), number)
        if not self._rules:
            return
        said, at = disguise.plain(text)
        for start in range(len(said) - SHORTEST + 1):
            for length in self._lengths.get(said[start : start + SHORTEST], ()):
                end = start + length
                rule = self._rules.get(said[start:end])
                if rule is not None and len(said) >= end and not _within_number(said, at, start, end):
                    yield Found(at[start], _whole(text, at[end - 1] + 1), rule)
                    break


def says_enough(word: str) -> bool:
    """Return whether `word` can be looked for in any dress."""
    return len(disguise.plain(word).text) >= SHORTEST


def _lengths(words: Iterable[str]) -> dict[str, list[int]]:
    """Return how long the words are that begin with the same two characters, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        found[word[:SHORTEST]].add(len(word))
    return {begun: sorted(lengths, reverse=True) for begun, lengths in found.items()}


def _whole(text: str, end: int) -> int:
    """Return where the letter that ends at `end` does with the marks put on it."""
    while end < len(text) and unicodedata.category(text[end]) in MARKS:
        end += 1
    return end


def _within_number(said: str, at: list[int], start: int, end: int) -> bool:
    """Return whether the stretch cuts through a longer number: 12号 in 2012号."""
    before = start and _digits(said[start - 1], said[start]) and at[start] - at[start - 1] <= 1
    after = end < len(said) and _digits(said[end - 1], said[end]) and at[end] - at[end - 1] <= 1
    return bool(before or after)


def _digits(one: str, other: str) -> bool:
    return one.isdigit() and other.isdigit()
