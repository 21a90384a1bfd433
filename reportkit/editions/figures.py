"""Figures and days looked for in a text, however they are written: 731次, 731 次, ７３１次, 七百三十一次, 0.0731万次.

Figures are met by their value. With their own unit they are found; without it, or with another, if they have so many
digits that chance does not write them; else, where no unit stands, they may be meant, and that is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reportkit.editions import disguise
from reportkit.facts import quantity
from reportkit.facts.secret import RANK, Secret

# digits that do not stand twice by chance: 731, not 100 nor 12
ENOUGH_DIGITS, TOO_FEW_DIGITS = 3, 1
# digits of the longest number looked at: no figure of an office has more
LONGEST = 40
ARABIC = re.compile(r"(?<![0-9A-Za-z])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
SPACED = re.compile(r"(?<![0-9A-Za-z.,])\d(?:[\d ]*\d)?(?:\.\d+)?(?![\d.])")
DIGITS = {
    digit: value for digits in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for value, digit in enumerate(digits)
}
DIGITS |= {"两": 2, "○": 0}
PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}
POINT = "点"
NUMERALS = "".join((*DIGITS, *PLACES, *GROUPS))
DECIMALS = rf"(?:{POINT}[{''.join(DIGITS)}]{{1,{LONGEST}}})?"
CHINESE = re.compile(rf"[{NUMERALS}]{{2,{LONGEST}}}{DECIMALS}|[{NUMERALS}]{DECIMALS[:-1]}")
# 2万3千, 1234亿5000万, 1234亿5千万
MIXED_TIMES = "千万|百万|十万|[亿万千百]"
MIXED = re.compile(rf"(?<![0-9A-Za-z.,])(?:\d{{1,8}}(?:\.\d{{1,8}})?(?:{MIXED_TIMES})){{1,4}}(?:\d{{1,8}}(?![\d.,]))?")
MIXED_PART = re.compile(rf"(?P<number>\d+(?:\.\d+)?)(?P<times>{MIXED_TIMES})?")
PARTS = {"百分之": quantity.PERCENT, "千分之": "‰"}
PART = re.compile(rf"(?:{'|'.join(PARTS)}) *(?P<number>\d+(?:\.\d+)?|[{NUMERALS}]{{1,{LONGEST}}}{DECIMALS})")
# what stands between a number and its unit, and what multiplies the unit
BETWEEN = re.compile(r" *(?:余|多|来|几)? *(?P<times>万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)? *(?:余|多|来)? *")
TIMES = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "亿": 8,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
# what no unit begins with
NO_UNIT = re.compile(r"$|[\s，。、；：,.;:!?！？()（）\[\]|/+*×=<>“”‘’《》—…~-]")
RANKED = re.compile(rf"{RANK} *(?P<number>\d{{1,6}}|[{NUMERALS}]{{1,8}}) *(?=[位名])")
CHINESE_DAY = "[一二三四五六七八九十]{1,3}"
DAY = re.compile(
    rf"(?<!\d)(?:(?P<year>\d{{4}}|[零〇○一二三四五六七八九]{{4}}) *[年./–—−-] *)?"
    rf"(?P<month>\d{{1,2}}|{CHINESE_DAY}) *(?P<mark>[月./–—−-]) *(?P<day>\d{{1,2}}|{CHINESE_DAY})(?!\d) *[日号]?"
)
JOINED_DAY = re.compile(r"(?<![\d.,])(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?![\d.])")


class Met(NamedTuple):
    """A stretch of a text that states what a rule looks for. Of a figure, only the number; `sure`: no doubt of it."""

    start: int
    end: int
    rule: int
    sure: bool = True
    figure: bool = True


class _Asked(NamedTuple):
    rule: int
    value: Decimal
    unit: str
    digits: int


class _Number(NamedTuple):
    """A number in a text: its place, its value, the end of what is read as it, the unit it says itself."""

    start: int
    end: int
    value: Decimal
    unit: str = ""
    chinese: bool = False


class Figures:
    """Figures by value and days by date, each with the number of its rule."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        self._asked: defaultdict[Decimal, list[_Asked]] = defaultdict(list)
        self._days: dict[tuple[int, int], list[tuple[int, date]]] = {}
        for rule, secret in enumerate(secrets):
            if secret.value is not None:
                value = abs(secret.value)
                times, unit = quantity.multiplied(disguise.simplified(disguise.level(secret.unit).text))
                asked = _Asked(rule, value, unit, len(_significant(value)))
                for one in {value, value * times}:
                    self._asked[one].append(asked._replace(value=value * times))
            if secret.day is not None:
                self._days.setdefault((secret.day.month, secret.day.day), []).append((rule, secret.day))

    def met(self, text: str) -> Iterator[Met]:
        """Yield every stretch of `text` that states one of the figures or days."""
        if not self._asked and not self._days:
            return
        level, at = disguise.level(text)
        said = disguise.simplified(level)
        for one in (*self._days_met(said), *self._figures_met(said)):
            yield one._replace(start=at[one.start], end=at[one.end - 1] + 1)

    def _days_met(self, said: str) -> Iterator[Met]:
        for found in (*DAY.finditer(said), *JOINED_DAY.finditer(said)) if self._days else ():
            year, month, day = (_whole(found[part] or "") for part in ("year", "month", "day"))
            if year is None and found["mark"] != "月":
                continue
            for rule, asked in self._days.get((month or 0, day or 0), ()):
                if year in (None, asked.year):
                    yield Met(found.start(), found.end(), rule, figure=False)
                    break

    def _figures_met(self, said: str) -> Iterator[Met]:
        for number in _numbers(said) if self._asked else ():
            beside = BETWEEN.match(said, number.end)
            times = 10 ** TIMES.get(beside["times"] or "", 0) if beside else 1
            begun = beside.end() if beside else number.end
            after = said[begun : begun + LONGEST]
            candidates = {
                id(one): one for value in (number.value, number.value * times) for one in self._asked.get(value, ())
            }
            met = [one for asked in candidates.values() if (one := _judged(said, number, times, after, asked))]
            if met:
                yield max(met, key=lambda one: one.sure)


def _judged(said: str, number: _Number, times: int, after: str, asked: _Asked) -> Met | None:
    """Return what a number whose digits are those asked for is: the figure, perhaps it, or something else."""
    stretch = Met(number.start, number.end, asked.rule)
    own = number.unit == asked.unit if number.unit else bool(asked.unit) and after.startswith(asked.unit)
    if own and number.value * times == asked.value:
        few = asked.digits <= TOO_FEW_DIGITS and said[: number.start].rstrip().endswith(RANK) and asked.unit != RANK
        return None if few else stretch
    if asked.unit == RANK:
        return None
    if asked.digits >= ENOUGH_DIGITS:
        return stretch
    if asked.digits > TOO_FEW_DIGITS and not number.unit and not number.chinese and NO_UNIT.match(after):
        return stretch._replace(sure=False)
    return None


def _numbers(said: str) -> Iterator[_Number]:
    """Yield every number of a level text, in whatever way it can be read."""
    for found in (*ARABIC.finditer(said), *(one for one in SPACED.finditer(said) if " " in one[0])):
        if len(found[0]) <= LONGEST:
            yield _Number(found.start(), found.end(), Decimal(found[0].replace(",", "").replace(" ", "")))
    for found in MIXED.finditer(said):
        parts = list(MIXED_PART.finditer(found[0]))
        if len(parts) > 1:
            value = sum(Decimal(part["number"]) * 10 ** TIMES.get(part["times"] or "", 0) for part in parts)
            yield _Number(found.start(), found.end(), Decimal(value))
    for found in (*PART.finditer(said), *RANKED.finditer(said)):
        if (value := _read(found["number"])) is not None:
            unit = PARTS.get(found[0][:3], RANK)
            yield _Number(found.start("number"), found.end("number"), value, unit)
    for found in CHINESE.finditer(said):
        if (value := _read(found[0])) is not None:
            yield _Number(found.start(), found.end(), value, chinese=True)


def _read(number: str) -> Decimal | None:
    """Return the number that digits or Chinese numerals state: 7.3, 七百三十一, 十二点五; None if they state none."""
    if number[0].isascii():
        return Decimal(number)
    whole, _, rest = number.partition(POINT)
    counted = _whole(whole)
    if counted is None or not all(one in DIGITS for one in rest):
        return None
    return Decimal(f"{counted}.{''.join(str(DIGITS[one]) for one in rest)}") if rest else Decimal(counted)


def _whole(numerals: str) -> int | None:
    """Return the whole number that digits or Chinese numerals state; None if they state none."""
    if not numerals:
        return None
    if numerals.isascii():
        return int(numerals)
    if all(one in DIGITS for one in numerals):
        return int("".join(str(DIGITS[one]) for one in numerals))
    total, section, digit, last = 0, 0, 0, 1
    for one in numerals:
        if one in DIGITS:
            digit = DIGITS[one]
            last = 1 if digit == 0 else last
        elif one in PLACES:
            last = PLACES[one]
            section += (digit or 1) * last
            digit = 0
        else:
            last = GROUPS[one]
            section, digit = section + digit, 0
            total = (total + section) * last if last == GROUPS["亿"] else total + section * last
            section = 0
    # 三百五 is 350, 两万三 is 23000
    return total + section + digit * (last // 10 if last > 10 else 1)


def _significant(value: Decimal) -> str:
    """Return the digits of a number that count: 100 → 1, 0.076 → 76."""
    return "".join(str(digit) for digit in value.as_tuple().digits).strip("0")
