"""Figures as people type them: `69.3%`, `1234.5亿元`, `近70%`, `20余次` become a value and a unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

ABOUT = "近|将近|约|大约|超过|超|逾|突破|不足|不到|至少"
BOUND = "以上|以下|以内|左右|上下|多|余"
NUMBER = r"[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
TYPED = re.compile(rf"(?:{ABOUT})?(?P<number>{NUMBER})(?:余|多)?(?P<unit>[^\d\s,.，。、；：]*?)(?:{BOUND})?")
DIGITS = re.compile(r"[-−+]?\d[\d,.]*")


class Quantity(NamedTuple):
    """A figure's value, exactly as typed (7.80 stays 7.80), and its unit."""

    value: Decimal
    unit: str


def parse(text: str) -> Quantity | None:
    """Return the quantity `text` states, or None if it states none.

    A word of approximation (近, 约, 余, 以上 …) is no part of value or unit: it stays in the printed form.
    """
    found = TYPED.fullmatch(text)
    if not found:
        return None
    number = found["number"].replace(",", "").replace("−", "-")
    return Quantity(Decimal(number), found["unit"])


def mask(shown: str) -> str:
    """Return a printed figure with `*` for each character of its number: 12次 → **次, 近70% → 近**%."""
    return DIGITS.sub(lambda found: "*" * len(found[0]), shown)
