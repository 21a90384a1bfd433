"""The Fact, one value with its origin, and the containers that hold Facts the way the data holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Union

from reportkit.facts import quantity, seal
from reportkit.facts.withheld import Kind, Withheld

# Withheld: what a redacted edition's template finds; None: a figure of its document
Value = Decimal | str | date | Withheld | None
# how a seal names the type of a value; and of one withheld: a figure, anything else
KINDS = {str: "t", Decimal: "n", date: "d"}
NO_FIGURE, NO_TEXT = "-", "*"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was typed: file, line (0 when there is none) and key path, as `全局.认识[0].作为`."""

    path: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        return f"{place} {self.path}".strip()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fact:
    """One value: what it is (`value`, `unit`), how it was typed (`shown`), and where (`origin`).

    `secret` hides the whole value in a redacted copy (of a figure, its digits); `hidden` lists parts of a
    text to hide wherever they stand. `note` says more of it (时段, 来源, 备注, 口径), `beside` are the Facts it is
    compared with (上年同期, 目标 …): `fact["目标"]`. Printed in a template a Fact seals itself, so its origin stays
    with it.
    """

    value: Value
    shown: str
    origin: Origin
    unit: str = ""
    secret: bool = False
    hidden: tuple[str, ...] = ()
    note: tuple[tuple[str, str], ...] = ()
    beside: tuple[tuple[str, Fact], ...] = ()

    # one value: not to be taken for a sequence because it can be asked for what stands beside it
    __iter__ = None

    def __getitem__(self, name: str) -> Fact:
        """Return what the data says beside the value under `name`. Raises KeyError if it says nothing."""
        for key, fact in self.beside:
            if key == name:
                return fact
        text = dict(self.note)[name]
        said = Fact(text, text, replace(self.origin, path=f"{self.origin.path}.{name}"), secret=self.secret)
        return said.withheld(text) if self.secret and self.concealed else said

    def get(self, name: str) -> Fact | None:
        """Return the Fact the value is compared with under `name`, or None."""
        return next((fact for key, fact in self.beside if key == name), None)

    def __contains__(self, name: object) -> bool:
        return any(key == name for key, _ in (*self.beside, *self.note))

    def __str__(self) -> str:
        return self.sealed(self.shown)

    def __repr__(self) -> str:
        # never the value: a word that is secret elsewhere may stand in it
        return f"Fact({str(self.origin)!r})"

    def __html__(self) -> str:
        return str(self)

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Fact) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    @property
    def is_figure(self) -> bool:
        """True for a number, False for a text or a date."""
        return isinstance(self.value, Decimal)

    @property
    def is_secret(self) -> bool:
        """True for a value that is hidden in a redacted copy, all or part of it, or was, in one."""
        return self.secret or bool(self.hidden) or self.value is None or self.concealed

    @property
    def concealed(self) -> bool:
        """True for a value that a redacted edition does not have."""
        return isinstance(self.value, Withheld)

    @property
    def is_about(self) -> bool:
        """True for a figure typed as only about so: 近70%, 20余次."""
        found = quantity.parse(self.shown) if self.is_figure else None
        return bool(found and found.about)

    def sealed(self, text: str) -> str:
        """Return `text`, a printed form of this fact, sealed with the fact."""
        return seal.close(text, _payload(self))

    def withheld(self, shown: str) -> Fact:
        """Return the fact as a redacted edition's template has it: it prints `shown` and says nothing of its value."""
        if isinstance(self.value, Withheld):
            return replace(self, shown=shown)
        kind: Kind = "figure" if self.is_figure else "date" if isinstance(self.value, date) else "text"
        value = Withheld(kind, self.origin.path, self.origin.file, self.origin.line)
        return replace(self, value=value, shown=shown, hidden=())

    def without_value(self, shown: str) -> Fact:
        """Return the fact a redacted copy may carry: its origin and its masked form, nothing else."""
        value = None if self.is_figure else shown
        return replace(self, value=value, shown=shown, unit="", hidden=(), note=(), beside=(), secret=True)


def _payload(fact: Fact) -> str:
    """Return the fact as a seal carries it: a JSON list, in the order of `unsealed`."""
    origin = fact.origin
    if isinstance(fact.value, Withheld):
        # it holds nothing that a redacted copy is still to hide
        kind = NO_FIGURE if fact.value.kind == "figure" else NO_TEXT
        return _encode([kind, fact.shown, fact.shown, "", False, (), (), origin.path, origin.file, origin.line])
    kind, value = KINDS[type(fact.value)], str(fact.value)
    return _encode(
        [kind, value, fact.shown, fact.unit, fact.secret, fact.hidden, fact.note, origin.path, origin.file, origin.line]
    )


@lru_cache(maxsize=4096)
def unsealed(payload: str) -> Fact:
    """Return the Fact a seal's payload holds; the inverse of `Fact.sealed`."""
    kind, text, shown, unit, secret, hidden, note, path, file, line = json.loads(payload)
    value: Value = text
    if kind == NO_FIGURE:
        value = None
    elif kind == "n":
        value = Decimal(text)
    elif kind == "d":
        value = date.fromisoformat(text)
    return Fact(value, shown, Origin(path, file, line), unit, secret, tuple(hidden), tuple(map(tuple, note)))


def holds_withheld(words: str) -> bool:
    """Return whether a value that a redacted edition does not have is printed in `words`."""
    return any(f'{seal.OPEN}["{kind}"' in words for kind in (NO_FIGURE, NO_TEXT))


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping of the data: fields by name.

    `absent` names the optional fields the data left out, `lacking` the required ones (only in a draft), each with the
    place it belongs to.
    """

    fields: dict[str, Item]
    path: str = ""
    absent: frozenset[str] = frozenset()
    lacking: Mapping[str, Origin] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Item:
        return self.fields[name]

    def __contains__(self, name: object) -> bool:
        return name in self.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)


@dataclass(frozen=True, slots=True)
class Lack:
    """What stands in a list of a draft for a value that is still to come: where it belongs."""

    origin: Origin


class Rows(tuple["Item", ...]):
    """A list of the data, in its order."""

    __slots__ = ()


Item = Union[Fact, Record, Rows, Lack]  # noqa: UP007 - the names above are forward references


def every_fact(item: Item) -> Iterator[Fact]:
    """Yield every Fact inside `item`, in the order of the data."""
    if isinstance(item, Fact):
        yield item
        for _, beside in item.beside:
            yield from every_fact(beside)
    elif not isinstance(item, Lack):
        for inner in item.fields.values() if isinstance(item, Record) else item:
            yield from every_fact(inner)


def facts_at(fields: Mapping[str, Item], names: Sequence[str]) -> Iterator[Fact | None]:
    """Yield the Facts at a path below a group, through every row of the lists on the way; None for one to come."""
    item = fields.get(names[0])
    for inner in item if isinstance(item, Rows) else (item,):
        if isinstance(inner, Fact) and len(names) == 1:
            yield inner
        elif isinstance(inner, Lack) or (isinstance(inner, Record) and names[1:] and names[1] in inner.lacking):
            yield None
        elif isinstance(inner, Record) and len(names) > 1:
            yield from facts_at(inner.fields, names[1:])
