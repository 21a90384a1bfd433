"""Titles cut by sense: one to four lines, never inside a word, in a 梯形 or 菱形 (GB/T 9704 §7.3.1).

The clause asks that meaning be whole, the lines symmetrical and of fitting length. What stands here as
numbers is secretarial practice: two lines longer above, three growing, shrinking or widest in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, combinations, pairwise, zip_longest
from math import ceil, comb

from reportkit import assets

LARGEST_LINES = 4
# characters of a title, however narrow they are: four lines of the narrowest letters
LONGEST = 400
# ways to cut a title that are weighed; of more, those are that cut it near where lines of one length would end
MOST_WAYS = 20_000
NEAREST = 12
SHORTEST_CHARACTERS = 4
# a line must keep air on both sides: it may fill this share of the measure
FULLEST = 0.95
# costs, in characters of unevenness
COST_LINE = 6.0  # each line more
COST_EVEN = 1.5  # two lines of equal length
COST_SHORT_ABOVE = 3.0  # two lines, shorter above
COST_SHAPE = 12.0  # 沙漏 or zigzag
COST_STRAY = 20.0  # a line that begins with 的, 和, 委员会 … or ends with 关于, 在 …
FAVOUR_SENSE = 1.5  # a cut where the sense pauses
FAVOUR_SPACE = 9.0  # a cut where its writer left a space
COST_TAIL = 8.0  # a cut before a word of one character, which is most often the tail of the word before
FARTHEST = 6  # adjacent lines may differ by so much
COST_STEP, COST_STEEP = 0.3, 2.0  # each character they differ, and each beyond that
COST_OVERFULL, COST_STUB = 100.0, 10.0  # each character over the measure, or under the shortest

# what ends an office's name, and belongs to the word before it: 社会保障局, not 局面
TAIL = r"局(?![势面部限长])|厅(?!长)|署(?!名)|委员会"
# neither a particle nor the tail of an agency's name begins a line
NOT_FIRST = re.compile(rf"[的和与及等了上下中、，”》）]|{TAIL}|办公室|领导小组|指挥部")
NOT_LAST = re.compile(
    r"(?:关于|在|和|与|及|暨|对|为|向|以|把|将|进一步|奋力|加快|深入|扎实|大力|切实|持续|着力|[“《（、])$"
)
# the sense pauses before 关于, after an agency or a whole attributive, before the name of the document
PAUSE_BEFORE = re.compile(r"关于|在(?=.{4,}[上中])|暨|(?:的)?(?:通知|报告|请示|函|意见|方案|讲话|汇报|发言)")
PAUSE_AFTER = re.compile(r"(?:局|厅|部|委|院|会|办公室|政府|建设|发展|改革|工作|——)$")
# names in marks stay whole, unless a name would fill a line by itself
UNDIVIDED = re.compile(
    r"《[^》]{1,16}》|“[^”]{1,16}”|（[^）]{1,16}）|【[^】]{1,16}】|[A-Za-z0-9*.+\-]+|〔[^〕]*〕[0-9]+号|[0-9*]+[年月日届次个]"
)
SPACES = re.compile(r"\s+")
PREPOSITIONS = frozenset("在为向把将对以暨从由")
WORDS_FILE = "phrases/unbroken.txt"


def balanced(text: str, widths: Sequence[int], measure: int) -> tuple[int, ...]:
    """Return the offsets at which to cut a title; () to leave it on one line.

    `widths` are its characters' widths and `measure` the type area's, in one unit; lines longer than
    `measure` come back only where no whole-word cut can avoid them.
    """
    em = max(widths, default=1) or 1
    room = measure * FULLEST / em
    reach = [0.0]
    for width in widths:
        reach.append(reach[-1] + width / em)
    if reach[-1] <= room:
        return ()
    edges = {edge: _edge_cost(text, edge) + tail for edge, tail in _word_edges(text) if 0 < edge < len(text)}
    fewest = min(LARGEST_LINES, ceil(reach[-1] / room))
    choices = (
        cuts
        for lines in range(fewest, min(LARGEST_LINES, fewest + 1) + 1)
        for cuts in combinations(_weighed(edges, reach, lines), lines - 1)
    )
    scored = ((_shape_cost(cuts, reach, room) + sum(edges[cut] for cut in cuts), cuts) for cuts in choices)
    return min(scored, default=(0.0, ()))[1]


def _weighed(edges: Collection[int], reach: Sequence[float], lines: int) -> Collection[int]:
    """Return the edges at which cuts into so many lines are weighed: all, unless there are too many ways."""
    if comb(len(edges), lines - 1) <= MOST_WAYS:
        return edges
    return sorted(set(chain(*(_nearest(edges, reach, line / lines) for line in range(1, lines)))))


def _nearest(edges: Collection[int], reach: Sequence[float], share: float) -> list[int]:
    return nsmallest(NEAREST, edges, lambda edge: abs(reach[edge] - reach[-1] * share))


def _edge_cost(text: str, cut: int) -> float:
    """Return what a cut costs for its place in the sense."""
    if text[cut - 1] == " ":
        return -FAVOUR_SPACE
    cost = COST_STRAY * bool(NOT_FIRST.match(text, cut)) + COST_STRAY * bool(NOT_LAST.search(text[:cut]))
    return cost - FAVOUR_SENSE * bool(PAUSE_BEFORE.match(text, cut) or PAUSE_AFTER.search(text[:cut]))


def _shape_cost(cuts: tuple[int, ...], reach: Sequence[float], room: float) -> float:
    """Return what the lines that `cuts` make cost for their lengths; `reach` is the width up to each offset."""
    ends = [reach[cut] for cut in (0, *cuts, len(reach) - 1)]
    lengths = [after - before for before, after in pairwise(ends)]
    steps = [after - before for before, after in pairwise(lengths)]
    cost = COST_LINE * len(cuts)
    for length in lengths:
        if length > room:
            cost += COST_OVERFULL * (length - room)
        elif length < SHORTEST_CHARACTERS:
            cost += COST_STUB * (SHORTEST_CHARACTERS - length)
    for step in steps:
        cost += max(0.0, abs(step) - FARTHEST) * COST_STEEP + abs(step) * COST_STEP
    if len(steps) == 1:
        return cost + (COST_SHORT_ABOVE if steps[0] > 0 else COST_EVEN if steps[0] == 0 else 0)
    turns = sum(before * after < 0 for before, after in pairwise(steps))
    hollow = len(steps) == 2 and steps[0] < 0 < steps[1]
    return cost + COST_SHAPE * (hollow or turns > 1) + COST_EVEN * steps.count(0)


def _word_edges(text: str) -> list[tuple[int, float]]:
    """Return the offsets between words that lie inside no name in marks, no numeral and no compound, with their cost.

    A space ends the word before it; a compound is a word wherever the parser cuts it.
    """
    whole = [found.span(1) for found in _compounds().finditer(text)]
    at, edges = 0, {edge: 0.0 for edge in chain(*whole, (found.end() for found in SPACES.finditer(text)))}
    words = _words(text)
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        at += len(word)
        if at not in edges and not text[at : at + 1].isspace():
            edges[at] = COST_TAIL if len(following) == 1 and following not in PREPOSITIONS else 0.0
    whole += [found.span() for found in UNDIVIDED.finditer(text)]
    inside = {offset for start, end in whole for offset in range(start + 1, end)}
    return [(edge, cost) for edge, cost in sorted(edges.items()) if edge not in inside]


@lru_cache(maxsize=1)
def _compounds() -> re.Pattern[str]:
    """Return a pattern that finds the longest compound at every offset, overlapping ones too."""
    lines = (assets.folder("templates") / WORDS_FILE).read_text("utf-8").split("\n")
    words = sorted({line for line in lines if line and not line.startswith("#")}, key=lambda word: (-len(word), word))
    return re.compile(f"(?=((?:{'|'.join(map(re.escape, words))})(?:{TAIL})?))")


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], list[str]]:
    import budoux

    parse: Callable[[str], list[str]] = budoux.load_default_simplified_chinese_parser().parse
    return parse


def _words(text: str) -> list[str]:
    return _parser()(text)
