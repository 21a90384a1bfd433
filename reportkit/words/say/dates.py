"""Dates and spans of time: 2023年9月5日, 2023年9月5日至7日, 二〇二三年九月五日."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportkit.errors import N_, Fault, InputError
from reportkit.facts import arithmetic, numerals
from reportkit.facts.fact import Fact, Value
from reportkit.facts.withheld import Withheld

# a pattern of a date (Unicode TR 35) whose every field is a number, with nothing between that is one
NUMBERS_ONLY = re.compile(r"(?:y{1,4}(?!y)|MM?(?!M)|dd?(?!d)|[年月日号./—·、\-])+")
# the parts of a date that a span of time says, from the greatest down
SPANS = {"yMMMd": ("{0.year}年", "{0.month}月", "{0.day}日"), "yMMM": ("{0.year}年", "{0.month}月")}


def dated(fact: Fact, pattern: str = "y年M月d日") -> str:
    """Return 2023年9月5日: full year, no leading zero (GB/T 9704 §7.3.5.4); of another `pattern`, 9月5日.

    A pattern asks for numbers only: names of months and days would be babel's words, which change with its version.
    """
    from babel.dates import format_date

    day = _day(fact)
    if not isinstance(day, date):
        return str(fact)
    if not NUMBERS_ONLY.fullmatch(pattern):
        fields = {"pattern": pattern, "known": "y、M、MM、d、dd"}
        raise arithmetic.refused(fact, N_("日期没有“{pattern}”这种写法"), N_("可用：{known}"), **fields)
    return fact.sealed(format_date(day, pattern, locale="zh_CN"))


def spanned(days: Sequence[Fact], pattern: str = "yMMMd") -> str:
    """Return a span of time from its first and last day: 2023年9月5日至7日; with pattern yMMM 2023年1月至9月.

    What the last day shares with the first is said once, and a span of one day or month is that day or month.
    """
    if not days:
        raise InputError(Fault(N_("这里没有起止的日期"), {}, N_("核对模板和数据")))
    first, last = (_day(one) if isinstance(one, Fact) else None for one in (days[0], days[-1]))
    if not isinstance(first, date) or not isinstance(last, date):
        return "至".join(map(str, days))
    if pattern not in SPANS:
        fields = {"pattern": pattern, "known": "、".join(SPANS)}
        raise arithmetic.refused(days[-1], N_("日期没有“{pattern}”这种写法"), N_("可用：{known}"), **fields)
    if last < first:
        raise arithmetic.refused(days[-1], N_("{now} 早于起始日期"), N_("核对起止日期"), now=days[-1])
    # one seal holds one origin, and the end of a span cannot be told apart from its start: that of the last day
    end = replace(days[-1], secret=any(day.secret for day in days))
    begun, ended = (tuple(part.format(day) for part in SPANS[pattern]) for day in (first, last))
    shared = next((at for at, (one, other) in enumerate(zip(begun, ended, strict=True)) if one != other), None)
    return end.sealed("".join(begun) if shared is None else f"{''.join(begun)}至{''.join(ended[shared:])}")


def dated_in_chinese(fact: Fact) -> str:
    """Return 二〇二三年九月五日. Wrong: 二零二三年; 二○二三年 (GB/T 15835 §5.2.5)."""
    day = _day(fact)
    if not isinstance(day, date):
        return str(fact)
    return fact.sealed(f"{numerals.spelt(str(day.year))}年{numerals.counted(day.month)}月{numerals.counted(day.day)}日")


def _day(fact: Fact) -> Value:
    """Return a date's value, whatever it is. Raises HiddenError for a date withheld."""
    if isinstance(fact.value, Withheld) and fact.value.kind == "date":
        fact.value.refuse()
    return fact.value
