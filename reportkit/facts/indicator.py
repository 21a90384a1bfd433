"""Indicators: a record of Facts in, every figure in it out, with the name it goes by and its nature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.facts.dictionary import Dictionary
from reportkit.facts.fact import Fact, Item, Record, Rows
from reportkit.facts.nature import Nature, nature_of

# the fields that name a record's figures, and those that name the figures of the rows beside them
NAMES, HEADS = ("名称", "指标", "指标名称", "name", "indicator"), ("列", "列名", "表头", "columns")
# keys that say nothing of what a figure counts
BARE = ("数值", "值", "数", "value", "values", "number", "figure", "figures", "amount")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of the data, the name it goes by, and what it was taken for."""

    fact: Fact
    name: str
    nature: Nature


def indicators(facts: Record, known: Dictionary) -> Iterator[Indicator]:
    """Yield every figure of `facts` in the order of the data; not those it is compared with."""
    for fact, name in _named(facts, "", ()):
        yield Indicator(fact, name, nature_of(fact, name, known))


def _named(record: Record, above: str, heads: Sequence[str]) -> Iterator[tuple[Fact, str]]:
    """Yield the figures of a record with their names; `above` is the key the record is under."""
    named = next((text for name in NAMES if (text := _text(record.fields.get(name)))), "")
    own = next((texts for name in HEADS if (texts := _texts(record.fields.get(name)))), heads)
    for key, item in record.fields.items():
        whose = named or (above if key in BARE else "")
        yield from _figures(item, whose if key in BARE else whose + key, key, own)


def _figures(item: Item, name: str, key: str, heads: Sequence[str]) -> Iterator[tuple[Fact, str]]:
    """Yield the figures in what stands under `key`; `name` is that of a figure there."""
    if isinstance(item, Fact):
        if item.is_figure:
            yield item, dict(item.note).get("名称") or name
    elif isinstance(item, Record):
        yield from _named(item, key, heads)
    elif isinstance(item, Rows):
        for at, row in enumerate(item):
            of_column = isinstance(row, Fact) and at < len(heads)
            yield from _figures(row, heads[at] if of_column else name, key, heads)


def _text(item: Item | None) -> str:
    return item.value if isinstance(item, Fact) and isinstance(item.value, str) else ""


def _texts(item: Item | None) -> tuple[str, ...]:
    return tuple(map(_text, item)) if isinstance(item, Rows) else ()
