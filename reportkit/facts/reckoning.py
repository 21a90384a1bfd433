"""What the figures left readable give back of the hidden ones: a record in, the same with more of it secret out.

The relations between its figures are equations whose unknowns are the secret ones. Those that the equations determine
could be reckoned by any reader: total − the other rows, base × (1 + growth). One readable figure of each is made secret
too, until nothing is determined (complementary suppression, as statistical offices call it).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from reportkit.facts.fact import Fact, Item, Record, Rows, every_fact
from reportkit.facts.relations import Relation, relations
from reportkit.facts.shape import Shape

# readable figures tried for the one that leaves least to be hidden after it
TRIED = 20
# relations of a system in which that is worth the while: in a greater one every figure's first choice is taken
SMALL = 40


@dataclass(frozen=True, slots=True)
class Betrayal:
    """A secret figure that `by`, readable ones, give back; `also` is the one of them that is to be hidden for it."""

    secret: Fact
    by: tuple[Fact, ...]
    also: Fact


def guarded(record: Record, shape: Shape, allowed: Collection[str] = ()) -> tuple[Record, tuple[Betrayal, ...]]:
    """Return `record` with as many more figures secret as it takes that none can be reckoned, and what gave which back.

    `allowed` are the paths of secret figures that may be reckoned.
    """
    secret = {fact.origin.path: fact for fact in every_fact(record) if fact.is_figure and (fact.secret or fact.hidden)}
    if not secret:
        return record, ()
    found = [one for known in _apart(relations(record, shape)) for one in _System(known, secret, allowed).betrayals()]
    also = {one.also.origin.path for one in found}
    fields = {name: _marked(inner, also) for name, inner in record.fields.items()}
    return replace(record, fields=fields), tuple(found)


def _apart(known: Iterable[Relation]) -> list[list[Relation]]:
    """Return the relations in groups that have no figure in common: each is a small system of its own."""
    above: dict[str, str] = {}

    def top(path: str) -> str:
        while (higher := above.setdefault(path, path)) != path:
            above[path] = path = above[higher]
        return path

    those = list(known)
    for relation in those:
        first, *others = (path for fact in relation.facts for path in _with_beside(fact))
        for path in others:
            above[top(path)] = top(first)
    groups: dict[str, list[Relation]] = {}
    for relation in those:
        groups.setdefault(top(relation.facts[0].origin.path), []).append(relation)
    return list(groups.values())


class _System:
    """Relations that have figures in common, and those of their figures that are secret."""

    def __init__(self, known: Sequence[Relation], secret: Mapping[str, Fact], allowed: Collection[str]) -> None:
        self._known, self._secret, self._allowed = known, secret, allowed
        self._small = len(known) <= SMALL

    def betrayals(self) -> list[Betrayal]:
        """Return what gives back which secret figure, and what is to be hidden for it."""
        hidden = dict(self._secret)
        found: list[Betrayal] = []
        while determined := self._determined(hidden):
            new = [one for path, used in determined if (one := self._betrayal(hidden, path, used))]
            if not new:
                break
            for one in new[:1] if self._small else new:
                if one.also.origin.path not in hidden:
                    found.append(one)
                    hidden |= _with_beside(one.also)
        return self._needed(found) if self._small else found

    def _needed(self, found: Sequence[Betrayal]) -> list[Betrayal]:
        """Return `found` without those whose figure may stay readable after all, as what was hidden later covers it."""

        def left(kept: Iterable[Betrayal]) -> int:
            also = {path: fact for one in kept for path, fact in _with_beside(one.also).items()}
            return len(self._determined({**self._secret, **also}))

        kept, least = list(found), left(found)
        for one in found:
            fewer = [other for other in kept if other is not one]
            if left(fewer) <= least:
                kept = fewer
        return kept

    def _determined(self, hidden: Collection[str]) -> list[tuple[str, frozenset[int]]]:
        """Return the paths of the hidden figures that have one value only, each with the relations that say so."""
        rows = _Rows()
        for at, relation in enumerate(self._known):
            if factors := relation.unknowns(hidden):
                rows.add(factors, at)
        return [(path, used) for path, used in rows.determined() if path in hidden and path not in self._allowed]

    def _betrayal(self, hidden: Mapping[str, Fact], path: str, used: Collection[int]) -> Betrayal | None:
        """Return what gives back the figure at `path`; None where nothing of it is readable."""
        by = {fact.origin.path: fact for at in sorted(used) for fact in self._known[at].facts}
        readable = tuple(fact for place, fact in by.items() if place not in hidden)
        if not readable:
            return None
        also = min(readable[:TRIED], key=partial(self._cost, hidden)) if self._small else readable[0]
        return Betrayal(hidden[path], readable, also)

    def _cost(self, hidden: Mapping[str, Fact], fact: Fact) -> tuple[int, int]:
        """Return how much is given back once `fact` is hidden too, and how many relations then hide one figure only."""
        after = {**hidden, **_with_beside(fact)}
        alone = sum(len(relation.unknowns(after)) == 1 for relation in self._known)
        return len(self._determined(after)), alone


def _with_beside(fact: Fact) -> dict[str, Fact]:
    """Return the figures that are hidden with one, by path: itself and those it is compared with."""
    return {one.origin.path: one for one in every_fact(fact) if one.is_figure}


class _Rows:
    """Linear equations in reduced form: each with an unknown that stands in no other, and those it was made of."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[dict[str, Fraction], frozenset[int]]] = {}

    def add(self, factors: Mapping[str, Fraction], number: int) -> None:
        """Add an equation by its factors; one that follows from the others says nothing."""
        row, used = dict(factors), frozenset((number,))
        for name in list(row):
            if name in self._of:
                other, theirs = self._of[name]
                row, used = _less(row, other, row[name]), used | theirs
        if not row:
            return
        pivot = next(iter(row))
        row = {name: factor / row[pivot] for name, factor in row.items()}
        for name, (other, theirs) in self._of.items():
            if pivot in other:
                self._of[name] = (_less(other, row, other[pivot]), theirs | used)
        self._of[pivot] = (row, used)

    def determined(self) -> list[tuple[str, frozenset[int]]]:
        """Return the unknowns that have one value only, each with the equations that say so."""
        return [(name, used) for name, (row, used) in self._of.items() if len(row) == 1]


def _less(row: Mapping[str, Fraction], other: Mapping[str, Fraction], factor: Fraction) -> dict[str, Fraction]:
    """Return `row` less `factor` times `other`, without what comes to nothing."""
    result = dict(row)
    for name, value in other.items():
        left = result.get(name, Fraction(0)) - factor * value
        if left:
            result[name] = left
        else:
            result.pop(name, None)
    return result


def _marked(item: Item, also: Collection[str]) -> Item:
    """Return `item` with the figures at the paths `also` secret, and all that stands beside them."""
    if isinstance(item, Fact):
        return _secret(item, also)
    if isinstance(item, Record):
        return replace(item, fields={name: _marked(inner, also) for name, inner in item.fields.items()})
    return Rows(_marked(inner, also) for inner in item) if isinstance(item, Rows) else item


def _secret(fact: Fact, also: Collection[str]) -> Fact:
    here = fact.origin.path in also
    below = {other.origin.path for _, other in fact.beside} if here else also
    beside = tuple((name, _secret(other, below)) for name, other in fact.beside)
    return replace(fact, secret=fact.secret or here, beside=beside)
