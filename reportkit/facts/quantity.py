"""Figures as people type them: `69.3%`, `1234.5亿元`, `近70%`, `20余次` become a value and a unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from reportkit.data import reading

ABOUT = "近|将近|约|大约|超过|超|逾|突破|不足|不到|至少"
BOUND = "以上|以下|以内|左右|上下|多|余"
# a number in half or full width, with its thousands between commas
NUMBER = r"[-−+－＋]?(?:[0-9０-９]{1,3}(?:,[0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
# one blank, of any width, may stand between a number and what is said of it
BLANK = "[ \u00a0\u2002-\u200a\u202f\u3000]?"
TYPED = re.compile(
    rf"(?:(?P<before>{ABOUT}){BLANK})?(?P<number>{NUMBER})(?:{BLANK}(?P<over>余|多))?"
    rf"(?:{BLANK}(?P<unit>[^\d\s,.，。、；：]+?))??(?:{BLANK}(?P<after>{BOUND}))?"
)
BARE = re.compile(NUMBER)
# what a unit said by itself may be: no digit would stand apart from those of its number
UNIT = re.compile(r"[^\d\s,.，。、；：]*")
DIGITS = re.compile(r"[-−+]?\d[\d,.]*")
SIGN = re.compile(r"[-−+](?=\d)")
# a unit's multiplier, longest first: 万亿元 is a 元 times 10¹²
MULTIPLIERS = {"万亿": Decimal(10**12), "亿": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}
PERCENT, POINTS, TIMES = "%", "个百分点", "倍"
RATES = (PERCENT, "‰")


class Quantity(NamedTuple):
    """A figure's value, exactly as typed (7.80 stays 7.80), its unit, and the words that say it is only about so.

    `number` is its digits in half width, without commas.
    """

    value: Decimal
    unit: str
    about: tuple[str, ...] = ()
    number: str = ""
    before: str = ""
    over: str = ""
    after: str = ""

    def shown(self, unit: str) -> str:
        """Return the figure as it is printed, in `unit`: 近 １,２３４ 人 is 近1234人."""
        return self.before + self.number + self.over + unit + self.after


def parse(text: str) -> Quantity | None:
    """Return the quantity `text` states, or None if it states none, or one that nobody measures or can reckon with.

    A word of approximation (近, 约, 余, 以上 …) is no part of value or unit: it stays in the printed form.
    """
    found = TYPED.fullmatch(text.strip())
    if not found:
        return None
    number = reading.narrow(found["number"]).replace(",", "")
    if reading.is_long(number) or reading.is_noise(number):
        return None
    before, over, unit, after = (found[part] or "" for part in ("before", "over", "unit", "after"))
    about = tuple(word for word in (before, over, after) if word)
    value = Decimal(number.replace("−", "-"))
    return Quantity(value, reading.narrow(unit), about, number, before, over, after)


def multiplied(unit: str) -> tuple[Decimal, str]:
    """Return a unit's multiplier and what it multiplies: 亿元 → (100000000, 元), 次 → (1, 次)."""
    head = next(head for head in MULTIPLIERS if unit.startswith(head))
    return MULTIPLIERS[head], unit.removeprefix(head)


def typed(value: Decimal, unit: str) -> str:
    """Return a figure in digits: 7.80, 亿元 → 7.80亿元; never in exponents."""
    return f"{value:f}{unit}"


def unsigned(shown: str) -> str:
    """Return a printed figure without its sign, for a sentence whose verb says it: -5% → 5%."""
    return SIGN.sub("", shown, count=1)


def stars(text: str) -> str:
    """Return `*` for each character of a text."""
    return "*" * len(text)


def mask(shown: str, hide: Callable[[str], str] = stars) -> str:
    """Return a printed figure with `*` for each character of its number: 12次 → **次, 近70% → 近**%.

    A figure said in words is hidden whole: 翻一番 → ***. `hide` makes of a number what stands for it.
    """
    masked = DIGITS.sub(lambda found: hide(found[0]), shown)
    return masked if masked != shown else hide(shown)
