"""Arithmetic on Facts: Facts in, a Fact out whose origin is the formula; and whether given results agree with it.

A figure typed with decimals, a percentage, or one in 万 or 亿 was rounded before it was typed: it stands for anything
within half a unit of its last place. A plain whole number (12个) stands for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import wraps
from itertools import product
from typing import ParamSpec, TypeVar

from reportkit.errors import N_, Fault, InputError
from reportkit.facts.fact import Fact, Origin
from reportkit.facts.quantity import PERCENT, POINTS, RATES, TIMES, multiplied, typed
from reportkit.facts.withheld import Withheld

# how offices round, and GB/T 8170 §3.2 (四舍六入五成双)
ROUNDINGS = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN}
# places after the point of a computed percentage, as statistics publish them
PLACES = 1
HALF = Decimal("0.5")
# the greatest places after the point that a computed figure keeps when it is exact
EXACT_PLACES = 12

# digits enough for any sum, difference or product of figures in any unit to be exact, whatever a script has set
EXACT = Context(prec=200)

Formula = Callable[..., Decimal]
Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def exactly(function: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Return `function` reckoning in our own precision."""

    @wraps(function)
    def reckoned(*args: Asked.args, **settings: Asked.kwargs) -> Given:
        with localcontext(EXACT):
            return function(*args, **settings)

    return reckoned


def growth(now: Fact, then: Fact, rounding: str = ROUND_HALF_UP, places: int = PLACES) -> Fact:
    """Return by how many percent `now` is more than `then`; of two percentages, by how many points.

    Raises InputError if they cannot be compared, or if `then` is not above zero or `now` is below it.
    """
    if now.unit in RATES:
        return change(now, then)
    one, other = _alike(now, then)
    if other.value_in <= 0 or one.value_in < 0:
        raise refused(now, N_("{now} 与 {then} 之间说不出百分之几"), N_("负数和零只比相差多少"), now=now, then=then)
    value = _rounded(_growth(one.value_in, other.value_in), places, rounding)
    return _derived(value, PERCENT, "{0} ÷ {1} − 1", now, then)


def change(now: Fact, then: Fact) -> Fact:
    """Return how much more `now` is than `then`, in its unit, or in points if both are percentages."""
    one, other = _alike(now, then)
    factor, _ = multiplied(now.unit)
    value = (one.value_in - other.value_in) / factor
    return _derived(_bare(value), POINTS if now.unit == PERCENT else now.unit, "{0} − {1}", now, then)


def times(now: Fact, then: Fact, rounding: str = ROUND_HALF_UP, places: int = PLACES) -> Fact:
    """Return how many times `then` `now` is. Raises InputError if either is not above zero."""
    one, other = _alike(now, then)
    if other.value_in <= 0 or one.value_in <= 0:
        raise refused(now, N_("{now} 与 {then} 之间说不出几倍"), N_("负数和零只比相差多少"), now=now, then=then)
    return _derived(_rounded(one.value_in / other.value_in, places, rounding), TIMES, "{0} ÷ {1}", now, then)


def growth_in_times(now: Fact, then: Fact, rounding: str = ROUND_HALF_UP, places: int = PLACES) -> Fact:
    """Return by how many times `then` `now` is more than it: 300 after 100 has grown 2倍. Raises as `times` does."""
    one, other = _alike(now, then)
    value = one.value_in / other.value_in - 1
    return _derived(_rounded(value, places, rounding), TIMES, "{0} ÷ {1} − 1", now, then)


def share(part: Fact, whole: Fact, rounding: str = ROUND_HALF_UP, places: int = PLACES) -> Fact:
    """Return what percentage of `whole` `part` is. Raises InputError if the whole is not above zero."""
    one, other = _alike(part, whole)
    if other.value_in <= 0:
        raise refused(part, N_("{then} 不能作分母"), N_("核对这个数"), then=whole)
    return _derived(_rounded(_share(one.value_in, other.value_in), places, rounding), PERCENT, "{0} ÷ {1}", part, whole)


def total(parts: Sequence[Fact]) -> Fact:
    """Return the sum of `parts`, in the unit of the first. Raises InputError if units differ or a part is only about.

    A single part is its own total.
    """
    first = parts[0]
    factor, _ = multiplied(first.unit)
    summed = sum((_alike(part, first)[0].value_in for part in parts), Decimal())
    return _derived(_bare(summed / factor), first.unit, " + ".join(f"{{{at}}}" for at in range(len(parts))), *parts)


def converted(fact: Fact, unit: str) -> Decimal:
    """Return the value of `fact` in `unit`: 12345.6万元 in 亿元 is 1.23456. Raises InputError if it has none."""
    factor, base = multiplied(unit)
    own, other = multiplied(fact.unit)
    if base != other:
        raise refused(fact, N_("{now} 不能换算成{unit}"), N_("只换算万、亿、万亿"), now=fact, unit=unit)
    return number(fact) * own / factor


def rounded(value: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Return `value` with `places` after the point."""
    return value.quantize(Decimal(1).scaleb(-places), rounding)


def significant(value: Decimal, digits: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Return `value` with at most so many significant digits, without exponents: no digit is added."""
    if not value:
        return value
    own = -int(value.as_tuple().exponent)
    short = rounded(value, min(own, digits - 1 - value.adjusted()), rounding)
    # 9.99 to two digits is 10, not 10.0
    short = rounded(value, min(own, digits - 1 - short.adjusted()), rounding)
    return short if short.as_tuple().exponent < 0 else Decimal(int(short))  # type: ignore[operator]


class _Comparable:
    """A fact's value without the unit's multiplier, and the range it stands for."""

    def __init__(self, fact: Fact) -> None:
        factor, self.base = multiplied(fact.unit)
        self.fact = fact
        self.value_in = number(fact) * factor
        slack = _half_a_place(fact) * factor
        self.ends = (self.value_in - slack, self.value_in + slack)


def reach(fact: Fact) -> tuple[Decimal, Decimal]:
    """Return the least and the most that a figure, rounded when typed, stands for, without its unit's multiplier."""
    return _Comparable(fact).ends


def _alike(one: Fact, other: Fact) -> tuple[_Comparable, _Comparable]:
    """Return both ready to be reckoned with. Raises InputError if one is only about so, or their units differ."""
    for fact in (one, other):
        if fact.is_about:
            raise refused(fact, N_("“{now}”是约数，不能用来计算"), N_("写准数，或把算好的结果写出来"), now=fact)
    left, right = _Comparable(one), _Comparable(other)
    if left.base != right.base:
        raise refused(one, N_("{now} 与 {then} 单位不同，不能相比"), N_("改成同一单位"), now=one, then=other)
    return left, right


def number(fact: Fact) -> Decimal:
    """Return a figure's value. Raises InputError for a text or a date, HiddenError for one that is withheld."""
    if isinstance(fact.value, Withheld):
        fact.value.refuse()
    if not isinstance(fact.value, Decimal):
        raise refused(fact, N_("这里要一个数，却是“{now}”"), N_("核对模板和数据"), now=fact)
    return fact.value


def refused(fact: Fact, message: str, hint: str, **fields: object) -> InputError:
    """Return the error of something that cannot truly be said of `fact`, at the place it was typed."""
    return InputError(_told(fact, message, hint, **fields))


def _half_a_place(fact: Fact) -> Decimal:
    """Return half a unit of the figure's last place if it was rounded when typed, else 0."""
    value = number(fact)
    exponent = value.as_tuple().exponent
    measured = exponent < 0 or fact.unit in (*RATES, POINTS) or multiplied(fact.unit)[0] > 1  # type: ignore[operator]
    return HALF.scaleb(int(exponent)) if measured else Decimal()


def _growth(now: Decimal, then: Decimal) -> Decimal:
    return (now / then - 1) * 100


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * 100


def _difference(now: Decimal, then: Decimal) -> Decimal:
    return now - then


def _rounded(value: Decimal, places: int, rounding: str) -> Decimal:
    """Return `value` rounded; a value that is exact with fewer places keeps no zeros: 25, not 25.0."""
    short = rounded(value, places, rounding)
    return _plain(value) if _plain(value) == short else short


def _plain(value: Decimal) -> Decimal:
    """Return a quotient without trailing zeros and without an exponent."""
    return _bare(rounded(value, EXACT_PLACES))


def _bare(value: Decimal) -> Decimal:
    """Return `value`, no digit of it lost, without trailing zeros and without an exponent."""
    value = value.normalize()
    return value if value.as_tuple().exponent <= 0 else Decimal(int(value))  # type: ignore[operator]


def _derived(value: Decimal, unit: str, formula: str, *facts: Fact) -> Fact:
    """Return the Fact computed of `facts`: its origin is the formula, and it is secret if one of them is."""
    first = facts[0].origin
    here = all(fact.origin.file == first.file for fact in facts)
    names = [fact.origin.path if here else str(fact.origin) for fact in facts]
    origin = Origin(formula.format(*names), first.file if here else "", first.line if here else 0)
    if value == 0:
        value = abs(value)
    return Fact(value, typed(value, unit), origin, unit, secret=any(fact.secret or fact.hidden for fact in facts))


def contradictions(fact: Fact) -> list[Fault]:
    """Return a Fault for each result given beside `fact` that its own figures contradict beyond rounding.

    同比 is held against 上年同期, 环比 against 上期, 完成率 against 目标, 占比 against 总体. With 口径 (comparable
    prices) growth is not what the two figures give, and is not held against them; nor is anything only about so.
    """
    found = []
    for result, base, formula, sign in RESULTS:
        given, other = fact.get(result), fact.get(base)
        if given is None or other is None or (result in GROWTHS and "口径" in fact):
            continue
        if any(one.is_about for one in (fact, given, other)):
            continue
        rate = fact.unit in RATES and result in GROWTHS
        try:
            found += _contradiction(fact, given, other, _difference if rate else formula, "−" if rate else sign)
        except InputError as error:
            found += error.faults
    return found


GROWTHS = ("同比", "环比")
RESULTS: tuple[tuple[str, str, Formula, str], ...] = (
    ("同比", "上年同期", _growth, "比"),
    ("环比", "上期", _growth, "比"),
    ("完成率", "目标", _share, "÷"),
    ("占比", "总体", _share, "÷"),
)


def _contradiction(fact: Fact, given: Fact, other: Fact, formula: Formula, sign: str) -> list[Fault]:
    one, base = _alike(fact, other)
    told = number(given) * (100 if given.unit == TIMES else 1)
    slack = _half_a_place(given) * (100 if given.unit == TIMES else 1)
    if formula is not _difference and (base.ends[0] <= 0 or (formula is _growth and one.value_in < 0)):
        return []
    reached = [formula(left, right) for left, right in product(one.ends, base.ends)]
    if min(reached) - slack <= told <= max(reached) + slack:
        return []
    exact = formula(one.value_in, base.value_in)
    return [
        _told(
            given,
            N_("写的是{given}，可是{now} {sign} {then} 得 {result}"),
            N_("核对这几个数；口径不同的加“口径”"),
            given=given,
            now=fact,
            then=other,
            sign=sign,
            result=typed(_plain(rounded(exact, 2)), given.unit if given.unit != TIMES else PERCENT),
        )
    ]


def miscounted(given: Fact, parts: Sequence[Fact]) -> list[Fault]:
    """Return a Fault if `given` is not the sum of `parts`, beyond rounding; none if one of them is only about so."""
    if given.is_about or any(part.is_about for part in parts):
        return []
    try:
        pieces = [_alike(part, given)[0] for part in parts]
    except InputError as error:
        return list(error.faults)
    low, high = _Comparable(given).ends
    if sum(piece.ends[0] for piece in pieces) <= high and low <= sum(piece.ends[1] for piece in pieces):
        return []
    counted = total(parts)
    return [
        _told(
            given,
            N_("写的是{given}，可是 {parts} 得 {result}"),
            N_("核对这几个数"),
            given=given,
            parts=" + ".join(part.shown for part in parts),
            result=counted.shown,
        )
    ]


def _told(fact: Fact, message: str, hint: str, **fields: object) -> Fault:
    shown = {key: value.shown if isinstance(value, Fact) else value for key, value in fields.items()}
    return Fault(message, shown, hint, fact.origin.file, fact.origin.line or None, path=fact.origin.path)
