"""Filters and tests that templates have of jinja2, and what each may be used on: a call in, what is wrong with it out.

Others are not there: they print Python, pad, repeat without end, or differ from run to run. What alters a text may not
be used on one that holds a value: it would be printed with an origin that is not its own, or with none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2.filters import FILTERS
from jinja2.runtime import Undefined
from jinja2.tests import TESTS

from reportkit.errors import N_
from reportkit.facts import seal
from reportkit.facts.fact import Fact, Lack, Record
from reportkit.facts.withheld import Withheld
from reportkit.words import reach
from reportkit.words.refused import Refused, misused

# these leave the values in a text or a list as they are
KEEPING = ("d", "default", "string", "trim")
ALTERING = (
    "abs", "count", "dictsort", "first", "float", "groupby", "int", "items", "join", "last", "length", "list", "lower",
    "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "select", "selectattr", "sort", "truncate",
    "unique", "upper",
)  # fmt: skip
TEST_NAMES = (
    "defined", "undefined", "none", "true", "false", "boolean", "number", "integer", "float", "string", "mapping",
    "sequence", "iterable", "odd", "even", "divisibleby", "in", "eq", "equalto", "==", "ne", "!=", "lt", "lessthan",
    "<", "le", "<=", "gt", "greaterthan", ">", "ge", ">=",
)  # fmt: skip
# what writes each item of a list out as text; what writes its subject out; both write their settings
LISTING = frozenset(("join", "顿", "逗", "和", "等", "引号", "书名号", "分行", "起止"))
SPELLING = LISTING | {"lower", "replace", "string", "trim", "truncate", "upper", "导语", "lead", "成段", "见于"}
# what puts its settings among the words that a figure's seal holds: no number may stand in them
SEALING = frozenset(("同比", "环比", "倍数", "占比", "完成", "序时", "增减", "高于平均"))
AMONG = "名次"  # it is given the figures that a place is among
IN_ORDER = "序"  # of a point among its like
NUMBER = re.compile(
    r"\d|[〇零二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟]|[一过][成倍番半十百千万亿]"
    # ² ½ Ⅷ ① ❶ ㈠ ㊀
    r"|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]"
)
# what may be handed to a filter or a test
DATA = (str, int, float, Decimal, Fact, Record, Lack, list, tuple, dict, range, type(None), Undefined)
# what prints as itself; Undefined is what stands for a lack, or an if without an else
PRINTED = (str, int, float, Decimal, Fact, Undefined)
# the most that is counted one by one, and the most digits of a text that is taken for a number
MOST_COUNTED, MOST_DIGITS = 1000, 400


class Count(int):
    """A figure as a number to count by. It is not printed: it has no origin."""


def _number(value: object) -> Any:
    """Return the number of a number or a text. Raises Refused where there is none: it is not nought."""
    if isinstance(value, Undefined):
        return value
    try:
        if isinstance(value, str) and len(value) > MOST_DIGITS:
            raise ValueError
        number = Decimal(value)  # type: ignore[arg-type]
        if number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS:
            return number
    except (ArithmeticError, TypeError, ValueError):
        pass
    told = seal.opened(value)[:30] if isinstance(value, str) else type(value).__name__
    raise Refused(N_("这里要一个数，却是“{now}”"), {"now": told}, N_("核对模板和数据"))


def _whole(value: object) -> Any:
    """Return a number without what stands after its point."""
    number = _number(value)
    return int(number) if isinstance(number, Decimal) else number


def _float(value: object) -> Any:
    """Return a number, for reckoning."""
    number = _number(value)
    return float(number) if isinstance(number, Decimal) else number


def _counted(value: object) -> Any:
    """Return a whole figure, or a number, as one to count by."""
    if isinstance(value, Undefined):
        return value
    number = value.value if isinstance(value, Fact) else value
    if isinstance(number, Withheld):
        number.refuse()
    if isinstance(number, Decimal | int) and 0 <= number <= MOST_COUNTED and number == int(number):
        return Count(int(number))
    hint = N_("从 0 到 {most} 的整数才数得过来")
    raise Refused(N_("“个数”要一个不大的整数"), {"most": MOST_COUNTED}, hint, path(value))


def _string(value: object) -> str:
    """Return a text, a number or a value as it prints."""
    return str(value)


def _ends(value: object, *ends: object) -> bool:
    """Return whether a value or a text ends in one of `ends`."""
    if isinstance(value, Undefined):
        return bool(value) and False
    return _shown(value).endswith(tuple(filter(None, map(_shown, ends))))


def _shown(value: object) -> str:
    if not isinstance(value, str | Fact):
        raise misused()
    return value.shown if isinstance(value, Fact) else seal.opened(value)


def filters() -> dict[str, Callable[..., Any]]:
    """Return jinja2's filters that templates have, and ours in their place where theirs would do harm."""
    theirs: dict[str, Any] = {name: FILTERS[name] for name in (*KEEPING, *ALTERING)}
    ours: dict[str, Callable[..., Any]] = {"int": _whole, "float": _float, "string": _string, "个数": _counted}
    return theirs | ours


def tests() -> dict[str, Callable[..., Any]]:
    """Return jinja2's tests that templates have, and ours."""
    theirs: dict[str, Any] = {name: TESTS[name] for name in TEST_NAMES}
    return {**theirs, "结尾": _ends}


def check(name: str, subject: object, settings: Sequence[object], options: Mapping[str, object]) -> None:
    """Raise Refused for a use of a filter that would part a value from its origin, or write out what is no text."""
    rest = (*settings, *options.values())
    for given in (subject, *rest):
        if not isinstance(given, DATA):
            raise _no_data(name)
    if name in ALTERING and _is_value(subject):
        raise reach.unparted(name, path(subject))
    if name == "trim" and rest and _is_value(subject):
        raise reach.unparted(name, path(subject))
    if name == IN_ORDER and isinstance(subject, int) and not 0 < subject <= MOST_COUNTED:
        raise misused()
    if name in SPELLING:
        items = subject if name in LISTING and isinstance(subject, list | tuple | range) else (subject,)
        for item in items:
            printed(item)
        for given in rest:
            printed(given, flag=True)


def check_test(name: str, subject: object, settings: Sequence[object], _: Mapping[str, object]) -> None:
    """Raise Refused for a test that would look into a text that holds a value."""
    if name == "in" and any(isinstance(given, str) and seal.held(given) for given in settings):
        raise reach.unparted(name, path(subject))


def check_settings(name: str, settings: Iterable[object]) -> None:
    """Raise Refused for a setting of a figure's filter that is no text or number, or that would forge the figure."""
    for given in settings:
        if isinstance(given, int) and not 0 <= given <= MOST_COUNTED:
            raise misused()
        if isinstance(given, str) and name in SEALING and NUMBER.search(given):
            told = {"name": name, "said": seal.opened(given)}
            raise Refused(N_("“{name}”后面括号里的话不能带数：“{said}”"), told, N_("数只从数据里来"))
        if name != AMONG or not isinstance(given, list | tuple):
            printed(given, flag=True)


def printed(value: object, flag: bool = False) -> None:
    """Raise Refused for what does not print as itself; a `flag` may be true or false."""
    if flag and (value is None or isinstance(value, bool)):
        return
    if not isinstance(value, PRINTED) or isinstance(value, Count | bool):
        raise no_text(value)


def no_text(value: object) -> Refused:
    """Return the refusal of printing what is no text."""
    if isinstance(value, Count):
        return Refused(N_("个数只用来数，不能印"), {}, N_("印这个数，就直接印它"))
    kind = next((word for kinds, word in UNPRINTABLE if isinstance(value, kinds)), N_("别的东西"))
    hint = N_("列表用“顿”“和”一类过滤器，一组要说出其中哪一项")
    return Refused(N_("这里要印的不是文字，是{kind}"), {"kind": kind}, hint, path(value))


UNPRINTABLE: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((list, tuple, range), N_("一个列表")),
    ((dict, Record), N_("一组键和值")),
    (bool, N_("是或否")),
    (type(None), N_("空")),
)


def _no_data(name: str) -> Refused:
    return Refused(N_("“{name}”只收数据、文字和数"), {"name": name}, N_("宏和循环本身不能交给过滤器"))


def _is_value(value: object) -> bool:
    return isinstance(value, Fact) or (isinstance(value, str) and seal.held(value))


def path(value: object) -> str:
    """Return where a value of the data stands, "" if it is none of the data."""
    return value.origin.path if isinstance(value, Fact) else str(getattr(value, "path", ""))
