"""A figure by itself: in Chinese numerals, in capitals, as an order, without its unit; and the sum of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportkit.errors import N_, Fault, InputError
from reportkit.facts import arithmetic, numerals
from reportkit.facts.fact import Fact


def in_chinese(fact: Fact) -> str:
    """Return a whole figure in Chinese numerals with its unit: 两次, 十二个, 三千零五十二人. Wrong: 二次; 3千."""
    return fact.sealed(f"{numerals.measured(_whole(fact))}{fact.unit}")


def ordinal(fact: Fact) -> str:
    """Return 第三, 第十二: an order in Chinese numerals. Wrong: 第两; 第3 beside 第一."""
    return fact.sealed(f"第{numerals.counted(_whole(fact))}")


def year_in_chinese(fact: Fact) -> str:
    """Return 二〇二三 for 2023, digit by digit. Wrong: 二零二三; 二千零二十三."""
    return fact.sealed(numerals.spelt(str(_whole(fact))))


def money(fact: Fact) -> str:
    """Return a sum in capital numerals: 39000元 and 3.9万元 are 叁万玖仟元整; not below zero, not finer than a 分."""
    value = arithmetic.converted(fact, "元")
    if value < 0 or value >= numerals.LARGEST or value * 100 % 1:
        raise arithmetic.refused(fact, N_("{now} 写不成大写金额"), N_("金额不小于零，最小到分"), now=fact)
    return fact.sealed(numerals.money(value))


def summed(figures: Sequence[Fact], 光数: bool = False) -> str:
    """Return the sum of figures, in the unit of the first, sealed with its formula: 7次 and 12次 are 19次.

    With 光数, without the unit. A sum that lacks a part is what stands for that part.
    """
    if lacking := [figure for figure in figures if hasattr(figure, "__html__") and not isinstance(figure, Fact)]:
        return str(lacking[0])
    if not figures or not all(isinstance(figure, Fact) for figure in figures):
        raise InputError(Fault(N_("这里没有可以合计的数"), {}, N_("核对模板和数据")))
    whole = arithmetic.total(figures)
    return bare(whole) if 光数 else str(whole)


def bare(fact: Fact) -> str:
    """Return a figure without its unit, for a column whose head says the unit: 412.6亿元 → 412.6."""
    return fact.sealed(fact.shown.removesuffix(fact.unit))


def unit_of(fact: Fact) -> str:
    """Return a figure's unit alone, for the head of its column."""
    # of a secret column too its head says the unit, and no more
    return replace(fact, value=fact.unit, shown=fact.unit, unit="", secret=False, hidden=()).sealed(fact.unit)


def _whole(fact: Fact) -> int:
    value = arithmetic.number(fact)
    if fact.is_about or value != value.to_integral_value() or not 0 <= value < numerals.LARGEST:
        raise arithmetic.refused(fact, N_("{now} 写不成汉字数字"), N_("只写不小于零的整数"), now=fact)
    return int(value)
