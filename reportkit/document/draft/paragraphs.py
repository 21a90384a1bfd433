"""Rows in, paragraphs out: lines that were wrapped by hand are joined again, nothing lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.document.draft import shapes
from reportkit.document.draft.source import DraftLine, columns

# lines are wrapped at 20 to 60 characters
NARROWEST, WIDEST = 40, 120
# a wrapped line ends within these columns of the measure: a mark or a word may have gone to the next line
SLACK = 6
# signs of wrapping: so many lines cut in the middle of a sentence, and most joined paragraphs end as sentences do
FEWEST_CUTS = 3
MOSTLY = 0.7
LONGER = 0.1  # lines longer than the measure are few, and of the long ones most fill it
UNIT = re.compile(r"[“‘（《〈【〔(\[]*(?:[!-~]+|.)[”’）》〉】〕)\]。，、；：！？,.;:!?%％]*", re.DOTALL)
ENDS = frozenset("。！？；：:;.!?”’）)】》…")
WORD_END, WORD_START = re.compile(r"[A-Za-z,.;:!?)]"), re.compile(r"[A-Za-z(]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its first and last line in the file, its text, its indent in columns, blank lines above it."""

    first: int
    last: int
    text: str
    indent: int = 0
    gap: int = 0

    @property
    def wrapped(self) -> bool:
        """True if it was joined of several lines."""
        return self.last > self.first


def paragraphs(rows: Sequence[DraftLine], joins: Mapping[int, bool]) -> list[Paragraph]:
    """Return the paragraphs of `rows`. `joins` says of a line's number that it does, or does not, run on."""
    lines = [row for row in rows if row.text]
    gaps = [0, *(after.number - before.number - 1 for before, after in pairwise(lines))]
    runs_on = _wrapped(lines, gaps)
    for at, row in enumerate(lines):
        if row.number in joins:
            (runs_on.add if joins[row.number] and at else runs_on.discard)(at)
    found: list[Paragraph] = []
    for members in _runs(len(lines), runs_on):
        first, last = lines[members[0]], lines[members[-1]]
        text = joined([lines[at] for at in members])
        texts = [text] if first.number in joins else _parted(text)
        gap = gaps[members[0]]
        found += [
            Paragraph(first.number, last.number, one, first.indent, 0 if at else gap) for at, one in enumerate(texts)
        ]
    return found


def _parted(text: str) -> list[str]:
    """Return the paragraphs that stand on one line: a chapter, its section and its first article."""
    found: list[str] = []
    while beside := shapes.BESIDE.match(text):
        found.append(beside[1])
        text = text[beside.end() :]
    return [*found, text]


def _runs(count: int, runs_on: Collection[int]) -> list[list[int]]:
    """Return the indices 0 to `count` in runs, a new one at each index that does not run on."""
    runs: list[list[int]] = []
    for at in range(count):
        if at in runs_on:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def joined(rows: Sequence[DraftLine]) -> str:
    """Return wrapped rows as one; between Latin words the line end was a space."""
    text = rows[0].text
    for before, row in pairwise(rows):
        words = WORD_END.match(text[-1]) and WORD_START.match(row.text)
        text += (" " if words or (before.spaced and text[-1].isascii() and row.text[0].isascii()) else "") + row.text
    return text


def _wrapped(lines: Sequence[DraftLine], gaps: Sequence[int]) -> set[int]:
    """Return the indices of the lines that run on from the line before; none if the draft is not wrapped."""
    widths = [columns(row.text) for row in lines]
    # of text set line by line with blank lines between, one blank line is no end
    usual = min(Counter(gaps[1:]).most_common(1)[0][0], 1) if len(lines) > 1 else 0
    measure = _measure(lines, widths, gaps, usual)
    if not measure:
        return set()
    full = [
        at
        for at in range(1, len(lines))
        if gaps[at] <= usual and _full(lines[at - 1], lines[at], widths[at - 1], measure)
    ]
    base = min(lines[at].indent for at in full)
    indented = any(row.indent > base + 1 for row in lines)
    marked = indented or usual == 0 < max(gaps)
    runs_on = {at for at in full if _continues(lines[at - 1], lines[at], base, marked)}
    ends = [lines[run[-1]] for run in _runs(len(lines), runs_on) if len(run) > 1]
    sound = sum(row.text[-1] in ENDS for row in ends)
    return runs_on if sound >= MOSTLY * len(ends) else set()


def _measure(lines: Sequence[DraftLine], widths: Sequence[int], gaps: Sequence[int], usual: int) -> int:
    """Return the columns lines were wrapped at, the indent within them; 0 if they were not."""
    extents = [row.indent + width for row, width in zip(lines, widths, strict=True)]
    cuts = Counter(
        extents[at - 1]
        for at in range(1, len(lines))
        if NARROWEST <= extents[at - 1] <= WIDEST
        and gaps[at] <= usual
        and lines[at - 1].text[-1] not in ENDS
        and lines[at].indent <= lines[at - 1].indent
        and not shapes.begins_anew(lines[at].text)
    )
    if not cuts:
        return 0
    crowd = {extent: sum(cuts[extent - less] for less in range(SLACK)) for extent in cuts}
    measure = max(cuts, key=lambda extent: (crowd[extent], extent))
    longer = sum(extent > measure + SLACK for extent in extents)
    full = sum(abs(extent - measure) <= SLACK for extent in extents)
    long = sum(extent > measure * MOSTLY for extent in extents)
    prose = crowd[measure] >= FEWEST_CUTS and any("，" in row.text for row in lines)
    return measure if prose and longer <= LONGER * len(lines) and full >= MOSTLY * long else 0


def _full(row: DraftLine, following: DraftLine, width: int, measure: int) -> bool:
    """True if the first piece of the following line would not have fitted."""
    unit = UNIT.match(following.text)
    assert unit is not None
    extent = row.indent + width
    return extent <= measure + SLACK and extent + max(min(columns(unit[0]), NARROWEST // 2), SLACK - 1) > measure


def _continues(before: DraftLine, row: DraftLine, base: int, marked: bool) -> bool:
    """True if `row` runs on from the full line before; `marked`: paragraphs show by indents or blank lines."""
    if row.indent > base + 1:
        return False
    if before.text[-1] not in ENDS:
        return True
    return marked and not shapes.begins_anew(row.text)
