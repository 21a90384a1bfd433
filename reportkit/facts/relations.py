"""What binds the figures of a record to one another: a record in, the relations that hold between its figures out.

Some are said: a sum that the genre's shape names, what stands beside a figure (上年同期 and 同比, 目标 and 完成率,
总体 and 占比). Others are found: a figure that is what a column, or its neighbours of the same unit, add up to; shares
that make a hundred. They are looked for among true values, secret ones too: who reads the rest can find them as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from reportkit.facts import arithmetic
from reportkit.facts.arithmetic import number
from reportkit.facts.fact import Fact, Item, Record, Rows, every_fact, facts_at
from reportkit.facts.quantity import PERCENT, RATES, TIMES, multiplied
from reportkit.facts.shape import COMPARED, Shape

INDEX = re.compile(r"\[\d+\]")
# a result, what it compares with, and whether it is said of what was added: 1150.2亿元 × (1 + 7.3%)
PRODUCTS = (("同比", "上年同期", 1), ("环比", "上期", 1), ("完成率", "目标", 0), ("占比", "总体", 0))
# so many digits and parts together make a sum that came about by chance unlikely
TELLING = 5
# neighbours among which every smaller sum is tried: 4 + 3 = 7 says nothing, 41 + 32 = 73 does
FEW, TWO_DIGITS = 6, 2


@dataclass(frozen=True, slots=True)
class Sum:
    """`whole` is what `parts` add up to, less `less`; None for a whole that everybody knows, as 100%."""

    whole: Fact | None
    parts: tuple[Fact, ...]
    less: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures it binds, the one to be hidden first in front: the whole, then the least part."""
        parts = sorted((*self.parts, *self.less), key=lambda part: abs(number(part)))
        return (*((self.whole,) if self.whole else ()), *parts)

    def unknowns(self, hidden: Collection[str]) -> dict[str, Fraction]:
        """Return the factors, by path, of what is hidden of it."""
        others = (*((self.whole,) if self.whole else ()), *self.less)
        terms = [*((part, 1) for part in self.parts), *((other, -1) for other in others)]
        return {fact.origin.path: Fraction(sign) for fact, sign in terms if fact.origin.path in hidden}


@dataclass(frozen=True, slots=True)
class Product:
    """`result` is `base` × (`rate` + `more`)."""

    result: Fact
    base: Fact
    rate: Fact
    more: int

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures it binds, the one to be hidden first in front: the rate says least."""
        return self.rate, self.base, self.result

    def unknowns(self, hidden: Collection[str]) -> dict[str, Fraction]:
        """Return the factors, by path, of what is hidden of it; none where two unknowns are multiplied."""
        base, rate = (fact.origin.path in hidden for fact in (self.base, self.rate))
        if base and rate:
            return {}
        terms = (
            (self.result, Fraction(-1)), (self.base, worth(self.rate) + self.more), (self.rate, worth(self.base)),
        )  # fmt: skip
        return {fact.origin.path: factor for fact, factor in terms if fact.origin.path in hidden and factor}


@dataclass(frozen=True, slots=True)
class Base:
    """What `fact` grew from, or is part of, where the data does not say it: `fact` ÷ (`rate` + `more`)."""

    fact: Fact
    rate: Fact
    more: int

    def unknowns(self, hidden: Collection[str]) -> dict[str, Fraction]:
        """Return the factors, by path, of what is hidden of it; a rate stands for the base that gives it back."""
        fact, rate = self.fact.origin.path, self.rate.origin.path
        if rate in hidden:
            # the base of a hidden figure gives nothing back: it is an unknown that nobody asks for
            return {f"{rate}?" if fact in hidden else rate: Fraction(1)}
        return {fact: 1 / (worth(self.rate) + self.more)} if fact in hidden else {}


@dataclass(frozen=True, slots=True)
class Bases:
    """The bases of `parts` add up to that of `whole`, or to `values`; one that the data says is the figure it is."""

    parts: tuple[Base | Fact, ...]
    whole: Base | Fact | None
    values: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures it binds, the one to be hidden first in front: the rates say least."""
        bases = (*((self.whole,) if self.whole else ()), *self.parts)
        told = [one for one in bases if isinstance(one, Base)]
        said = [one for one in bases if isinstance(one, Fact)]
        facts = (*(one.rate for one in told), *said, *(one.fact for one in told), *self.values)
        return tuple({fact.origin.path: fact for fact in facts}.values())

    def unknowns(self, hidden: Collection[str]) -> dict[str, Fraction]:
        """Return the factors, by path, of what is hidden of it."""
        factors: defaultdict[str, Fraction] = defaultdict(Fraction)
        for sign, bases in ((1, self.parts), (-1, (self.whole,) if self.whole else ())):
            for base in bases:
                own = base.unknowns(hidden) if isinstance(base, Base) else _unknown(base, hidden)
                for path, factor in own.items():
                    factors[path] += sign * factor
        for fact in self.values:
            if fact.origin.path in hidden:
                factors[fact.origin.path] -= 1
        return {path: factor for path, factor in factors.items() if factor}


Relation = Sum | Product | Bases


def _unknown(fact: Fact, hidden: Collection[str]) -> dict[str, Fraction]:
    return {fact.origin.path: Fraction(1)} if fact.origin.path in hidden else {}


def worth(fact: Fact) -> Fraction:
    """Return a figure's value without its unit's multiplier: 1.2亿元 is 120000000, 7.3% is 0.073."""
    if fact.unit == PERCENT:
        return Fraction(number(fact)) / 100
    return Fraction(number(fact)) * Fraction(multiplied(fact.unit)[0])


def relations(record: Record, shape: Shape) -> list[Relation]:
    """Return the relations between the figures of `record`, whose shape is `shape`; each once, in a fixed order."""
    sums = list(_said_sums(record, shape))
    reckoned = {one.whole.origin.path for path, one in sums if one.whole and one.whole.origin.path != path}
    typed = [fact for fact in every_fact(record) if fact.is_figure and fact.origin.path not in reckoned]
    said = [one for path, one in sums if one.whole and one.whole.origin.path == path]
    figures = [_figure(fact) for fact in typed]
    groups = list(_groups(figures))
    found = list(_found_sums(figures, groups))
    return [*said, *_products(typed), *found, *_shares(groups), *_grown([*said, *found])]


def _said_sums(item: Item, shape: Shape) -> Iterator[tuple[str, Sum]]:
    """Yield the sums that the shape names, each with the path of its place: that of a sum reckoned is its formula."""
    if isinstance(item, Rows) and shape.item is not None:
        for row in item:
            yield from _said_sums(row, shape.item)
    if not isinstance(item, Record):
        return
    for name, inner in shape.fields.items():
        found = item.fields.get(name)
        if found is None:
            continue
        if inner.parts and isinstance(found, Fact):
            parts = tuple(part for part in facts_at(item.fields, inner.parts.split(".")) if part is not None)
            if parts and all(part.is_figure for part in (found, *parts)):
                yield f"{item.path}.{name}" if item.path else name, Sum(found, parts)
        yield from _said_sums(found, inner)


def _products(figures: Iterable[Fact]) -> Iterator[Relation]:
    """Yield what binds each figure to what stands beside it."""
    for fact in figures:
        for result, base, more in PRODUCTS:
            rate, other = fact.get(result), fact.get(base)
            # at comparable prices too: the base is known within what prices changed by
            if rate is None or other is None:
                continue
            if more and fact.unit in RATES:
                yield Sum(rate, (fact,), (other,))
            elif rate.unit in (PERCENT, TIMES):
                yield Product(fact, other, rate, more)


class _Figure(NamedTuple):
    """A figure as sums are looked for: its path and what it counts, its worth, the least and the most it stands for."""

    fact: Fact
    path: str
    unit: str
    worth: Fraction
    least: Fraction
    most: Fraction


# figures of one unit, and whether they are fields of one group
Group = tuple[list[_Figure], bool]


def _figure(fact: Fact) -> _Figure:
    scale = 100 if fact.unit == PERCENT else 1
    least, most = arithmetic.reach(fact)
    unit = multiplied(fact.unit)[1]
    return _Figure(fact, fact.origin.path, unit, worth(fact), Fraction(least) / scale, Fraction(most) / scale)


def _found_sums(figures: Iterable[_Figure], groups: Iterable[Group]) -> Iterator[Sum]:
    """Yield the sums that the figures happen to make: of a column, of neighbours of one unit; shares of a hundred."""
    alike: dict[str, list[_Figure]] = defaultdict(list)
    for one in figures:
        alike[one.unit].append(one)
    ordered = {unit: _Ordered(those) for unit, those in alike.items()}
    seen: set[tuple[str, frozenset[str]]] = set()
    for group, near in groups:
        unit = group[0].unit
        if unit in RATES:
            if unit == PERCENT and _adds_up(Fraction(1), Fraction(1), group):
                yield Sum(None, tuple(one.fact for one in group))
            continue
        sums = [(whole, group) for whole in ordered[unit].adding_up(group)]
        for whole, parts in (*sums, *_within(group, near)):
            key = (whole.path, frozenset(part.path for part in parts))
            if key[0] not in key[1] and key not in seen and _tells(whole, parts, near):
                seen.add(key)
                yield Sum(whole.fact, tuple(part.fact for part in parts))


def _shares(groups: Iterable[Group]) -> Iterator[Bases]:
    """Yield what binds the shares of a column, or of neighbours, to what those add up to, if no whole is said."""
    seen: set[frozenset[str]] = set()
    for group, _ in groups:
        bases = [base for one in group if (base := _base(one.fact, "占比", "总体", 0))]
        least, most = sum(one.least for one in group), sum(one.most for one in group)
        paths = frozenset(one.path for one in group)
        if paths in seen or not bases or any(low > most or high < least for low, high in map(_ends, bases)):
            continue
        seen.add(paths)
        yield Bases((bases[0],), None, tuple(one.fact for one in group))
        yield from (Bases((one,), other) for one, other in pairwise(bases))


def _grown(sums: Iterable[Sum]) -> Iterator[Bases]:
    """Yield what binds the growth of a sum to that of its parts, and its completion, if the data says no base."""
    for one in sums:
        for result, base, more in PRODUCTS:
            if one.whole is None or one.less or result == "占比":
                continue
            parts = [fact.get(base) or _base(fact, result, base, more) for fact in one.parts]
            whole = one.whole.get(base) or _base(one.whole, result, base, more)
            known = [part for part in parts if part]
            if whole and len(known) == len(parts):
                ends, (low, high) = [_ends(part) for part in known], _ends(whole)
                if sum(end for end, _ in ends) <= high and low <= sum(end for _, end in ends):
                    yield Bases(tuple(known), whole)


def _base(fact: Fact, result: str, base: str, more: int) -> Base | None:
    """Return the base that a figure's result tells, where it stands not beside it."""
    rate = fact.get(result)
    told = rate is not None and rate.unit in (PERCENT, TIMES) and not rate.is_about and fact.unit not in RATES
    if not told or rate is None or base in fact or (more and "口径" in fact) or fact.is_about:
        return None
    return Base(fact, rate, more) if _figure(rate).least + more > 0 and number(fact) > 0 else None


def _ends(base: Base | Fact) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a base may be."""
    if isinstance(base, Fact):
        said = _figure(base)
        return said.least, said.most
    fact, rate = _figure(base.fact), _figure(base.rate)
    return fact.least / (rate.most + base.more), fact.most / (rate.least + base.more)


def _groups(figures: Iterable[_Figure]) -> Iterator[Group]:
    """Yield the figures of one unit in each column of a list, and, true beside them, in each group of fields."""
    columns: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    fields: dict[tuple[str, str], list[_Figure]] = defaultdict(list)
    for one in figures:
        places = [found.span() for found in INDEX.finditer(one.path)]
        for start, end in places:
            columns[f"{one.path[:start]}[]{one.path[end:]}", one.unit].append(one)
        if len(places) > 1:
            columns[INDEX.sub("[]", one.path), one.unit].append(one)
        above, _, name = one.path.rpartition(".")
        if name not in COMPARED and not name.endswith("]"):
            fields[above, one.unit].append(one)
    for kept, near in ((columns, False), (fields, True)):
        yield from ((group, near) for group in kept.values() if len(group) > 1)


class _Ordered:
    """Figures of one unit, from the least to the greatest."""

    def __init__(self, figures: Iterable[_Figure]) -> None:
        self._figures = sorted(figures, key=lambda one: (one.worth, one.path))
        self._worths = [one.worth for one in self._figures]
        self._slack = max(one.most - one.worth for one in self._figures)

    def adding_up(self, parts: Sequence[_Figure]) -> Iterator[_Figure]:
        """Yield those that may be what `parts` add up to."""
        low, high = sum(one.least for one in parts), sum(one.most for one in parts)
        first = bisect_left(self._worths, low - self._slack)
        last = bisect_right(self._worths, high + self._slack)
        yield from (one for one in self._figures[first:last] if one.least <= high and low <= one.most)


def _within(group: Sequence[_Figure], near: bool) -> Iterator[tuple[_Figure, list[_Figure]]]:
    """Yield each figure of a group that is the sum of the others; of few neighbours, of any of the others."""
    if len(group) < 3:
        return
    few = near and len(group) <= FEW
    total, spare = sum(one.worth for one in group), sum(one.most - one.least for one in group)
    for whole in group:
        if not few and abs(total - 2 * whole.worth) > spare:
            continue
        others = [one for one in group if one is not whole]
        for size in range(2, len(others) + 1) if few else (len(others),):
            for parts in combinations(others, size):
                if _adds_up(whole.least, whole.most, parts):
                    yield whole, list(parts)


def _adds_up(least: Fraction, most: Fraction, parts: Sequence[_Figure]) -> bool:
    """True if `parts` may add up to something from `least` to `most`."""
    return least <= sum(one.most for one in parts) and sum(one.least for one in parts) <= most


def _tells(whole: _Figure, parts: Sequence[_Figure], near: bool) -> bool:
    """True unless the sum may well have come about by chance."""
    digits = len(f"{abs(number(whole.fact)):f}".replace(".", "").lstrip("0"))
    return digits >= TWO_DIGITS if near else digits + len(parts) >= TELLING
