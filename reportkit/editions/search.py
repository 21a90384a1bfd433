"""What must not be read, looked for in a text: secrets, patterns and exceptions in, stretches to mask out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reportkit.editions import disguise
from reportkit.editions.figures import Figures
from reportkit.editions.words import Words, says_enough
from reportkit.facts.fact import Origin
from reportkit.facts.secret import Secret

MASK = "*"
# characters on either side of where two paragraphs meet in which is looked for what reaches over
ACROSS = 60
# what no number runs on after
ENDED = ("。", "！", "？", "；", "：")
# lines on either side of one that a word may reach over: a title is broken into no more
ABOUT = 3


class Stretch(NamedTuple):
    """A stretch of a text, and the number of the rule it falls under.

    `sure`: it is to be masked, else it may be what the rule means. `figure`: it is the number of a figure. `worth`: it
    is a figure or a day, known by what it is worth.
    """

    start: int
    end: int
    rule: int
    sure: bool = True
    figure: bool = False
    worth: bool = False


@dataclass(frozen=True)
class Sought:
    """What a policy describes: a function from a level text to the stretches that are such, and where it says so."""

    find: Callable[[str], Iterable[tuple[int, int]]] = field(repr=False)
    origin: Origin


@dataclass(frozen=True, repr=False)
class Search:
    """Everything to be looked for: rules are numbered, the secrets first. What stands in `kept` is let stand.

    `width` is how many asterisks stand for what is found, whatever its length; one for each character if None.
    """

    secrets: tuple[Secret, ...] = ()
    sought: tuple[Sought, ...] = ()
    kept: tuple[str, ...] = ()
    width: int | None = None

    @cached_property
    def rules(self) -> tuple[Origin, ...]:
        """Where each rule was said."""
        return (*(one.origin for one in self.secrets), *(one.origin for one in self.sought))

    @cached_property
    def too_short(self) -> tuple[Secret, ...]:
        """The words of one character: they are hidden where they are marked, and cannot be looked for."""
        return tuple(
            one for one in self.secrets if one.value is None and len(one.word) == 1 and not says_enough(one.word)
        )

    def joined(self, other: Search) -> Search:
        """Return the search for what both look for."""
        return Search(self.secrets + other.secrets, self.sought + other.sought, self.kept + other.kept, self.width)

    def everywhere(self, rule: int) -> bool:
        """Return whether a rule also hides what the data itself prints as a figure that is no secret."""
        return rule >= len(self.secrets) or self.secrets[rule].everywhere

    @cached_property
    def _words(self) -> Words:
        return Words([(at, one.word) for at, one in enumerate(self.secrets) if one.word])

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self.secrets)

    @cached_property
    def _kept(self) -> Words:
        return Words(list(enumerate(self.kept)))

    def across(self, one: str, other: str) -> list[tuple[Stretch, Stretch]]:
        """Return both parts of all that begins at the end of `one` and ends at the beginning of `other`."""
        head, tail = one[-ACROSS:], other[:ACROSS]
        cut, left = len(head), len(one) - len(head)
        return [
            (found._replace(start=left + found.start, end=len(one)), found._replace(start=0, end=found.end - cut))
            for found in self._over(head + tail, one)
            if found.sure and found.start < cut < found.end
        ]

    def masked_lines(self, lines: Sequence[str]) -> list[str]:
        """Return `lines`, which follow one another, masked: what reaches over their ends too."""
        made = []
        for at, line in enumerate(lines):
            before = "".join(lines[max(at - ABOUT, 0) : at])[-ACROSS:]
            after = "".join(lines[at + 1 : at + 1 + ABOUT])[:ACROSS]
            begun, ended = len(before), len(before) + len(line)
            beyond = [
                one._replace(start=max(one.start, begun) - begun, end=min(one.end, ended) - begun)
                for one in self._over(before + line + after, before, line)
                if one.start < ended and begun < one.end
            ]
            letters = list(line)
            mask(letters, line, [*self.found(line), *beyond], self.width)
            made.append("".join(letters))
        return made

    def _over(self, text: str, *lines: str) -> list[Stretch]:
        """Return what is found in `text`, where `lines` end in it; words only if all of those end a sentence."""
        if any(line and not line.endswith(ENDED) for line in lines):
            return self.found(text)
        return [Stretch(*one) for one in self._words.found(text)]

    def found(self, text: str) -> list[Stretch]:
        """Return every stretch of `text` that a rule covers."""
        met = [Stretch(*one) for one in self._words.found(text)]
        met += [Stretch(*one, worth=True) for one in self._figures.met(text)]
        met += self._sought(text)
        if met and self.kept:
            kept = [(one.start, one.end) for one in self._kept.found(text)]
            met = [one for one in met if not any(start <= one.start and one.end <= end for start, end in kept)]
        return met

    def _sought(self, text: str) -> Iterator[Stretch]:
        if not self.sought:
            return
        said, at = disguise.level(text)
        for rule, one in enumerate(self.sought, start=len(self.secrets)):
            for start, end in one.find(said):
                yield Stretch(at[start], at[end - 1] + 1, rule)

    def masked(self, text: str) -> str:
        """Return `text` with whatever is found in it masked."""
        if text not in self._masked:
            letters = list(text)
            mask(letters, text, self.found(text), self.width)
            self._masked[text] = "".join(letters)
        return self._masked[text]

    @cached_property
    def _masked(self) -> dict[str, str]:
        # a document names its file and each path many times
        return {}

    def holds(self, text: str) -> bool:
        """Return whether something is found in `text`."""
        return any(one.sure for one in self.found(text))


def mask(letters: list[str], text: str, stretches: Sequence[Stretch], width: int | None = None) -> None:
    """Put masks into `letters`, one for each character of `text`: one asterisk each, or `width` for each stretch.

    White space inside a stretch stays: a name set apart keeps its measure.
    """
    masked = sorted((one.start, one.end) for one in stretches if one.sure)
    for start, end in masked:
        for at in range(start, end):
            if width is not None:
                letters[at] = ""
            elif not text[at].isspace():
                letters[at] = MASK
    if width is not None:
        reached = 0
        for start, end in masked:
            if start >= reached:  # what overlaps is masked as one
                letters[start] = MASK * width
            reached = max(reached, end)
