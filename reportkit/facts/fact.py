"""The Fact, one value with its origin, and the containers that hold Facts the way the data holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Union

from reportkit.facts import seal

# None: a figure whose value a redacted copy has dropped
Value = Decimal | str | date | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was typed: file, line (0 when there is none) and key path, as `全局.认识[0].作为`."""

    path: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        return f"{place} {self.path}".strip()


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """One value: what it is (`value`, `unit`), how it was typed (`shown`), and where (`origin`).

    `secret` hides the whole value in a redacted copy (of a figure, its digits); `hidden` lists parts of a
    text to hide wherever they stand. Printed in a template a Fact seals itself, so its origin stays with it.
    """

    value: Value
    shown: str
    origin: Origin
    unit: str = ""
    secret: bool = False
    hidden: tuple[str, ...] = ()
    note: tuple[tuple[str, str], ...] = field(default=())

    def __str__(self) -> str:
        return self.sealed(self.shown)

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

    def sealed(self, text: str) -> str:
        """Return `text`, a printed form of this fact, sealed with the fact."""
        return seal.close(text, json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":")))

    def without_value(self, shown: str) -> Fact:
        """Return the fact a redacted copy may carry: its origin and its masked form, nothing else."""
        value = None if self.is_figure else shown
        return replace(self, value=value, shown=shown, unit="", hidden=(), note=(), secret=True)


def _plain(fact: Fact) -> dict[str, object]:
    kind = type(fact.value).__name__
    record = {key: value for key, value in asdict(fact).items() if value not in ("", False, (), None)}
    return record | {"value": str(fact.value), "kind": kind}


def unsealed(payload: str) -> Fact:
    """Return the Fact a seal's payload holds; the inverse of `Fact.sealed`."""
    record = json.loads(payload)
    kind, text = record.pop("kind"), record.pop("value")
    value: Value = text
    if kind == "Decimal":
        value = Decimal(text)
    elif kind == "date":
        value = date.fromisoformat(text)
    return Fact(
        value=value,
        shown=record["shown"],
        origin=Origin(**record["origin"]),
        unit=record.get("unit", ""),
        secret=record.get("secret", False),
        hidden=tuple(record.get("hidden", ())),
        note=tuple((key, text) for key, text in record.get("note", ())),
    )


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping of the data: fields by name.

    `absent` names the optional fields the data left out, `lacking` the required ones (only in a draft).
    """

    fields: dict[str, Item]
    path: str = ""
    absent: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> Item:
        return self.fields[name]

    def __contains__(self, name: object) -> bool:
        return name in self.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)


class Rows(tuple["Item", ...]):
    """A list of the data, in its order."""

    __slots__ = ()


Item = Union[Fact, Record, Rows]  # noqa: UP007 - the names above are forward references


def every_fact(item: Item) -> Iterator[Fact]:
    """Yield every Fact inside `item`, in the order of the data."""
    if isinstance(item, Fact):
        yield item
    else:
        for inner in item.fields.values() if isinstance(item, Record) else item:
            yield from every_fact(inner)
