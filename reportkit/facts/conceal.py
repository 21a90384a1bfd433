"""Facts in, the same Facts without what is secret out: what a redacted edition is said of, so that no template sees it.

A concealed Fact prints its mask and has no value (facts.withheld); its unit, its place and that it is there stay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Literal

from reportkit.facts import quantity
from reportkit.facts.fact import Fact, Item, Record, Rows
from reportkit.facts.quantity import stars
from reportkit.facts.withheld import MASK

# shape: a `*` for each character; fixed: ** for whatever it is
MaskName = Literal["shape", "fixed"]
MASKS: dict[MaskName, Callable[[str], str]] = {"shape": stars, "fixed": lambda _: MASK}
# the words of a place in a ranking that are no part of its number: 全省第3位
AMONG = "范围"
# what a secret day prints
DAY = f"{MASK}年{MASK}月{MASK}日"


def concealed(record: Record, mask: MaskName = "shape") -> Record:
    """Return `record` with every secret Fact concealed.

    What stands beside a concealed figure (上年同期, 同比 …) is concealed with it: it could be reckoned from them.
    """
    return _Concealing(MASKS[mask]).record(record)


class _Concealing:
    def __init__(self, hide: Callable[[str], str]) -> None:
        self.hide = hide

    def record(self, record: Record) -> Record:
        path = f"{record.path}." if record.path else ""
        return replace(record, fields={name: self.item(one, path + name) for name, one in record.fields.items()})

    def item(self, item: Item, path: str) -> Item:
        if isinstance(item, Fact):
            return self.fact(item, path)
        if isinstance(item, Record):
            return self.record(item)
        if isinstance(item, Rows):
            return Rows(self.item(row, f"{path}[{at}]") for at, row in enumerate(item))
        return item

    def fact(self, fact: Fact, path: str, whole: bool = False) -> Fact:
        """Return the Fact at `path`, concealed if it is secret, and all of it if `whole`."""
        whole = whole or fact.secret
        secret = whole or bool(fact.hidden)
        beside = tuple((name, self.fact(one, f"{path}.{name}", secret)) for name, one in fact.beside)
        if not secret:
            return replace(fact, beside=beside) if fact.beside else fact
        note = tuple((key, text if key == AMONG else self.hide(text)) for key, text in fact.note)
        masked = replace(fact, unit=self.unit(fact, whole), note=note if fact.secret else fact.note, beside=beside)
        return masked.withheld(self.shown(fact, path, whole))

    def shown(self, fact: Fact, path: str, whole: bool) -> str:
        """Return what a secret Fact prints."""
        if not whole:
            return self.parted(fact)
        if isinstance(fact.value, date):
            return DAY  # September is written with one digit, October with two
        if not fact.is_figure:
            return self.hide(fact.shown)
        # a sum that the data left to us has as many digits as it comes to
        return quantity.mask(fact.shown, self.hide if fact.origin.path == path else MASKS["fixed"])

    def parted(self, fact: Fact) -> str:
        """Return a partly secret value with its secret parts hidden, where they overlap as one."""
        letters = zip(fact.shown, _covered(fact), strict=True)
        runs = ((secret, "".join(one for one, _ in run)) for secret, run in groupby(letters, lambda letter: letter[1]))
        return "".join(self.hide(text) if secret else text for secret, text in runs)

    def unit(self, fact: Fact, whole: bool) -> str:
        """Return the unit of a secret Fact: hidden if a secret part reaches into it."""
        at = fact.shown.rfind(fact.unit)
        touched = not whole and at >= 0 and any(_covered(fact)[at : at + len(fact.unit)])
        return self.hide(fact.unit) if touched else fact.unit


def _covered(fact: Fact) -> list[bool]:
    """Return, for each character a Fact prints, whether it is part of one of its secret parts."""
    covered = [False] * len(fact.shown)
    for part in filter(None, fact.hidden):
        for at in range(len(fact.shown) - len(part) + 1):
            if fact.shown.startswith(part, at):
                covered[at : at + len(part)] = [True] * len(part)
    return covered
