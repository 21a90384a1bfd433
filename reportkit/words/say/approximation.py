"""A figure said in round numbers, and only as far as it is true: 近70%, 超126万亿元, 20余次; and in greater units.

A figure typed as only about so is printed as typed: it never gets a second marker.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from reportkit.errors import N_
from reportkit.facts import arithmetic
from reportkit.facts.arithmetic import number
from reportkit.facts.fact import Fact
from reportkit.facts.quantity import MULTIPLIERS, RATES, multiplied, typed

# how far below the round number, in its last place, is still 近
NEAR = Decimal("0.3")
TEN = Decimal(10)


def about(fact: Fact, 位: int = 1) -> str:
    """Return a figure to `位` significant digits with the one marker that is true of it.

    近70% for 69.3%; 20余次 for 23次; 超126万亿元 for 126.06万亿元 with 位=3; 70% for exactly 70%.
    """
    low, high = _between(fact, 位)
    value = number(fact)
    if fact.is_about or value == low:
        return str(fact)
    if high - value <= NEAR * (high - low):
        return fact.sealed(f"近{typed(high, fact.unit)}")
    return fact.sealed(_over(fact, low))


def near(fact: Fact, 位: int = 1) -> str:
    """Return 近70% for 69.3%. An error if the figure is not below the round number, and near it: 63%, 70%."""
    low, high = _between(fact, 位)
    if fact.is_about:
        return str(fact)
    if number(fact) == low or high - number(fact) > (high - low) / 2:
        raise arithmetic.refused(
            fact, N_("{now} 不能说近{round}"), N_("换一种说法，或写准数"), now=fact, round=typed(high, fact.unit)
        )
    return fact.sealed(f"近{typed(high, fact.unit)}")


def above(fact: Fact, 位: int = 1) -> str:
    """Return 超126万亿元 for 126.06万亿元 with 位=3; an error if the figure is the round number itself."""
    low, _ = _between(fact, 位)
    if fact.is_about:
        return str(fact)
    if number(fact) == low:
        raise arithmetic.refused(
            fact, N_("{now} 不能说超{round}"), N_("换一种说法，或写准数"), now=fact, round=typed(low, fact.unit)
        )
    return fact.sealed(f"超{typed(low, fact.unit)}")


def and_more(fact: Fact, 位: int = 1) -> str:
    """Return 20余次 for 23次; an error if nothing is over, or if the number before 余 is not round (20余, not 23余)."""
    low, high = _between(fact, 位)
    if fact.is_about:
        return str(fact)
    if number(fact) == low or high - low < TEN:
        raise arithmetic.refused(
            fact, N_("{now} 不能说{round}"), N_("换一种说法，或写准数"), now=fact, round=_with_more(low, fact.unit)
        )
    return fact.sealed(_with_more(low, fact.unit))


def roughly(fact: Fact, 位: int = 2) -> str:
    """Return 约1.2亿元 for 1.2345亿元: rounded to `位` significant digits, no marker if that changes nothing."""
    if fact.is_about:
        return str(fact)
    value = arithmetic.significant(number(fact), 位)
    return str(fact) if value == fact.value else fact.sealed(f"约{typed(value, fact.unit)}")


def converted(fact: Fact, unit: str, 位: int | None = None, rounding: str = ROUND_HALF_UP) -> str:
    """Return a figure in another multiple of its unit: 12345.6万元 in 亿元 is 1.23456亿元, with 位=2 1.23亿元.

    `位` is the places after the point. An error if the units do not convert (万元 to 吨), or for one only about so.
    """
    if fact.is_about:
        raise arithmetic.refused(fact, N_("“{now}”是约数，不能换算"), N_("换一种说法，或写准数"), now=fact)
    value = arithmetic.converted(fact, unit)
    return fact.sealed(typed(_plain(value) if 位 is None else arithmetic.rounded(value, 位, rounding), unit))


def scaled(fact: Fact, 位: int = 3, rounding: str = ROUND_HALF_UP) -> str:
    """Return a figure in the greatest of 万亿, 亿, 万 that leaves at least 1: 13908万斤 with 位=3 is 1.39亿斤."""
    if fact.is_about:
        return str(fact)
    factor, base = multiplied(fact.unit)
    size = abs(number(fact)) * factor
    head = next((head for head, many in MULTIPLIERS.items() if size >= many), "")
    value = arithmetic.significant(arithmetic.converted(fact, head + base), 位, rounding)
    return fact.sealed(typed(value, head + base))


def _between(fact: Fact, digits: int) -> tuple[Decimal, Decimal]:
    """Return the round numbers, of so many significant digits, at or below a figure and next above it."""
    value = number(fact)
    if value <= 0:
        raise arithmetic.refused(fact, N_("{now} 不大于零，不能说约数"), N_("换一种说法，或写准数"), now=fact)
    step = TEN ** (value.adjusted() - digits + 1)
    low = value // step * step
    return _plain(low), _plain(low + step)


def _over(fact: Fact, low: Decimal) -> str:
    """Return 20余次 for a count past a round number of tens, else 超60%."""
    counts = (
        fact.unit not in RATES and multiplied(fact.unit)[0] == 1 and number(fact) == number(fact).to_integral_value()
    )
    return _with_more(low, fact.unit) if counts and low % TEN == 0 else f"超{typed(low, fact.unit)}"


def _with_more(low: Decimal, unit: str) -> str:
    """Return 20余次, 300余万元: 余 stands between the number and its unit."""
    return f"{low:f}余{unit}"


def _plain(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
