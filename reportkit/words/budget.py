"""The budget: the work a template may do, in units; what a value weighs in, its units out.

Counted, not timed: the same template and data end the same way on every machine, in every thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from reportkit.errors import N_
from reportkit.facts.fact import Fact
from reportkit.words.refused import Refused

# One unit is a character looked at or copied. Measured: an example spends 0.2 to 1.2 million, up to 13,000 a
# fact; 30 million last a second or two.
ITEM, STEP, CALL, FILE = 10, 100, 300, 5000  # an item gone through, a turn or a printed piece, a call, a template
# a piece of the template's own text (a name, a sign, a tag), each time it is run; an item of a new list; a name read
PIECE, KEPT, READ = 20, 30, 20
WORK = 30_000_000
WORK_PER_FACT = 10_000
# however much data there is: what more would take is longer than anything may
MOST_WORK = 150_000_000
# a value or a group of the data, each time a filter of ours says or reckons with it: up to 60 µs
FIGURE = 1500
# the most units of one list, and the most characters or items that multiplying makes
LARGEST_LIST, LONGEST_REPEATED = 5_000_000, 100_000

_left: ContextVar[list[int]] = ContextVar("_left")


@contextmanager
def counted(facts: int) -> Iterator[None]:
    """Allow the work that a template may spend on data of `facts` values; beyond it, Refused is raised."""
    token = _left.set([min(WORK + facts * WORK_PER_FACT, MOST_WORK)])
    try:
        yield
    finally:
        _left.reset(token)


def spend(units: int) -> None:
    """Take so many units off what is left. Raises Refused when that is nothing."""
    left = _left.get()
    left[0] -= units
    if left[0] < 0:
        hint = N_("看看循环、宏的互相调用和文字的重复有没有尽头")
        raise Refused(N_("模板要做的事太多，没有做完就停下了"), {}, hint)


def weight(value: object) -> int:
    """Return the units of going through `value` once, whatever it holds. Raises Refused where no end is in sight."""
    if isinstance(value, str):
        return len(value) + 1
    if isinstance(value, Fact):
        return len(value.shown) + 1
    if not isinstance(value, list | tuple | dict | range):
        return 1
    total, heap = 0, [value]
    while heap:
        one: Any = heap.pop()
        total += ITEM
        if isinstance(one, str):
            total += len(one)
        elif isinstance(one, range):
            total += len(one) * ITEM
        elif isinstance(one, list | tuple):
            heap.extend(one)
        elif isinstance(one, dict):
            heap.extend(one.items())
        if total > LARGEST_LIST:
            raise Refused(N_("列表太大"), {}, N_("列表套着列表，越套越多"))
    return total


def size(made: object) -> int:
    """Return the units of having made `made`: a text or a list, not what stands in it; 0 for anything else."""
    if isinstance(made, str):
        return len(made)
    return KEPT * len(made) if isinstance(made, list | tuple | dict) else 0
