"""Titles cut by sense: one to four lines, never inside a word, in a 梯形 or 菱形 (GB/T 9704 §7.3.1).

The clause asks that meaning be whole, the lines symmetrical and of fitting length. What stands here as
numbers is secretarial practice: two lines longer above, three growing, shrinking or widest in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

LARGEST_LINES = 4
SHORTEST_CHARACTERS = 4
# a line must keep air on both sides: it may fill this share of the measure
FULLEST = 0.93
# costs, in characters of unevenness
COST_LINE = 6.0  # each line more
COST_EVEN = 1.5  # two lines of equal length
COST_SHORT_ABOVE = 3.0  # two lines, shorter above
COST_SHAPE = 12.0  # 沙漏 or zigzag
COST_STRAY = 20.0  # a line that begins with 的, 和 … or ends with 关于, 在 …
FAVOUR_SENSE = 1.5  # a cut where the sense pauses
FARTHEST = 6  # adjacent lines differ by no more than this without cost

NOT_FIRST = re.compile(r"[的和与及等暨了上下中、，”》）]")
NOT_LAST = re.compile(r"(?:关于|在|和|与|及|暨|对|为|向|以|把|将|进一步|[“《（、])$")
# the sense pauses before 关于, after an agency or a whole attributive, before the name of the document
PAUSE_BEFORE = re.compile(r"关于|在(?=.{4,}[上中])|暨|(?:的)?(?:通知|报告|请示|函|意见|方案|讲话|汇报|发言)")
PAUSE_AFTER = re.compile(r"(?:局|厅|部|委|院|会|办公室|政府|建设|发展|改革|工作|——)$")
UNDIVIDED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|[A-Za-z0-9*.+\-]+|〔[^〕]*〕[0-9]+号|[0-9*]+[年月日届次个]")


def balanced(text: str, widths: Sequence[int], measure: int) -> tuple[int, ...]:
    """Return the offsets at which to cut a title; () to leave it on one line.

    `widths` are its characters' widths and `measure` the type area's, in one unit; lines longer than
    `measure` come back only where no whole-word cut can avoid them.
    """
    room = measure * FULLEST
    if sum(widths) <= room:
        return ()
    edges = [edge for edge in _word_edges(text) if 0 < edge < len(text)]
    reach = [0]
    for width in widths:
        reach.append(reach[-1] + width)
    em = max(widths, default=1)

    def span(start: int, end: int) -> float:
        return (reach[end] - reach[start]) / em

    found = min(
        ((_cost(text, cuts, span, room / em), cuts) for cuts in _choices(edges, len(text))),
        default=(0.0, ()),
    )
    return found[1]


def _choices(edges: Sequence[int], length: int) -> Iterator[tuple[int, ...]]:
    for lines in range(2, LARGEST_LINES + 1):
        # three cuts among very many edges would be slow and are never wanted: a title is not a paragraph
        if length > 120 and lines > 2:
            return
        yield from combinations(edges, lines - 1)


def _cost(text: str, cuts: tuple[int, ...], span: Callable[[int, int], float], room: float) -> float:
    ends = (0, *cuts, len(text))
    lengths = [span(start, end) for start, end in zip(ends, ends[1:], strict=False)]
    cost = COST_LINE * len(cuts)
    cost += sum(100 * (length - room) for length in lengths if length > room)
    cost += sum(10 * (SHORTEST_CHARACTERS - length) for length in lengths if length < SHORTEST_CHARACTERS)
    steps = [after - before for before, after in zip(lengths, lengths[1:], strict=False)]
    cost += sum(max(0.0, abs(step) - FARTHEST) * 2 + abs(step) * 0.3 for step in steps)
    if len(lengths) == 2:
        cost += COST_SHORT_ABOVE if steps[0] > 0 else COST_EVEN if steps[0] == 0 else 0
    else:
        turns = sum(1 for before, after in zip(steps, steps[1:], strict=False) if before * after < 0)
        hollow = len(steps) == 2 and steps[0] < 0 < steps[1]
        cost += COST_SHAPE * (hollow or turns > 1) + COST_EVEN * sum(step == 0 for step in steps)
    for cut in cuts:
        cost += COST_STRAY * bool(NOT_FIRST.match(text, cut)) + COST_STRAY * bool(NOT_LAST.search(text[:cut]))
        cost -= FAVOUR_SENSE * bool(PAUSE_BEFORE.match(text, cut) or PAUSE_AFTER.search(text[:cut]))
    return cost


def _word_edges(text: str) -> list[int]:
    """Return the offsets between words that lie inside no name in marks and no numeral."""
    at, edges = 0, []
    for word in _words(text):
        at += len(word)
        edges.append(at)
    inside = {offset for found in UNDIVIDED.finditer(text) for offset in range(found.start() + 1, found.end())}
    return [edge for edge in edges if edge not in inside]


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], list[str]]:
    import budoux

    parse: Callable[[str], list[str]] = budoux.load_default_simplified_chinese_parser().parse
    return parse


def _words(text: str) -> list[str]:
    return _parser()(text)
