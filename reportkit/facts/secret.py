"""What a redacted copy must not hold: Facts or Nodes in, Secrets out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from reportkit.data.node import Node
from reportkit.facts import quantity, secrecy
from reportkit.facts.fact import Fact, Origin

DAY = re.compile(r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?")
RANK = "第"
# what a mark of secrecy that has become text was put on
MISTAGGED = re.compile(rf"{secrecy.TAG}\s*[>＞]?\s*(.+)", re.IGNORECASE)
SEPARATOR = re.compile(r"[、，,；;\s]+")
# a number of fewer digits, typed as a text, is no word: it stands everywhere
SHORTEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Secret:
    """A word that must not be read, as typed; the value and unit of a figure, the day of a date; where it was said.

    A figure and a date are no words: they are known by what they are worth. The unit of a place in a ranking is 第.
    `everywhere`: hidden also where a figure of the data, which is no secret there, prints it.
    """

    word: str = field(repr=False)
    origin: Origin
    value: Decimal | None = field(default=None, repr=False)
    unit: str = field(default="", repr=False)
    day: date | None = field(default=None, repr=False)
    everywhere: bool = False


def of_facts(facts: Iterable[Fact]) -> tuple[Secret, ...]:
    """Return the secrets of `facts`, each once: whole values and the hidden parts of others."""
    found: dict[object, Secret] = {}
    for fact in facts:
        if fact.secret or fact.hidden:
            for one in _of_fact(fact):
                found.setdefault((one.word, one.value, one.unit, one.day), one)
    return tuple(found.values())


def of_node(node: Node, file: str) -> tuple[Secret, ...]:
    """Return the secrets that a tree of data marks, whether or not it is what its genre asks for."""
    found: list[Secret] = []
    heap = [(node, "", node.secret)]
    while heap:
        one, path, hidden = heap.pop()
        beside = {key.typed: value for key, value in one.pairs}
        origin = Origin(path, one.place or file, one.line)
        own = next((beside[key].typed for key in secrecy.VALUE_KEYS if key in beside), "")
        for mark in (beside[key] for key in secrecy.KEYS if key in beside):
            said_so = secrecy.flag(mark)
            words = [part.typed for part in mark.items or (mark,) if said_so is None and part.kind != "flag"]
            # what is no part of the value says that all of it is secret: a word misspelt
            hidden = hidden or mark.secret or bool(said_so) or not all(map(own.count, words))
            found += [secret for word in words for secret in _typed(word, origin)]
        unit = next((beside[key].typed for key in secrecy.UNIT_KEYS if key in beside), "")
        # what stands beside a secret value is hidden with it
        whole = hidden or any(beside[key].secret for key in secrecy.VALUE_KEYS if key in beside)
        for name, value in beside.items():
            if name not in secrecy.KEYS:
                below = value.secret or (hidden if name in secrecy.UNIT_KEYS else whole)
                heap.append((value, f"{path}.{name}" if path else name, below))
                if unit and below and value.typed:
                    found += _typed(value.typed + unit, origin)
        heap += [(item, f"{path}[{at}]", hidden or item.secret) for at, item in enumerate(one.items)]
        if hidden:
            found += _typed(one.typed, origin)
        elif mistagged := MISTAGGED.search(one.typed):
            found += _typed(mistagged[1], origin)
    return tuple(dict.fromkeys(found))


def _typed(text: str, origin: Origin) -> Iterator[Secret]:
    """Yield what a typed value says, and each part of one that was meant as a list."""
    yield from said(text, origin)
    parts = SEPARATOR.split(text)
    for part in parts if len(parts) > 1 else ():
        yield from said(part, origin)


def said(text: str, origin: Origin, everywhere: bool = False) -> Iterator[Secret]:
    """Yield what `text` says: the word it is, and the figure or the day."""
    if not text:
        return
    stated = quantity.parse(text)
    word = "" if quantity.BARE.fullmatch(text) and len(text) < SHORTEST_NUMBER else text
    value, unit = (stated.value, stated.unit) if stated else (None, "")
    yield Secret(word, origin, value, unit, _day(text), everywhere)


def _of_fact(fact: Fact) -> Iterator[Secret]:
    origin = fact.origin
    if not fact.secret:
        whole = quantity.parse(fact.shown) if fact.is_figure else None
        for part in fact.hidden:
            for one in said(part, origin):
                # the whole number of a figure is known by the figure's unit
                alone = whole is not None and one.value == whole.value and not one.unit
                yield replace(one, unit=fact.unit) if alone else one
    elif isinstance(fact.value, Decimal):
        yield Secret("", origin, fact.value, RANK if fact.shown.startswith(RANK) else fact.unit)
    elif isinstance(fact.value, date):
        yield Secret("", origin, day=fact.value)
    elif isinstance(fact.value, str):
        yield from said(fact.shown, origin)


def _day(text: str) -> date | None:
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
