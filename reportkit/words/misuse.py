"""Misuse of filters and macros: what was called with what in, what is wrong with that out, in our words."""

from __future__ import annotations

import collections.abc
import difflib
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from jinja2.runtime import Macro

from reportkit.errors import N_
from reportkit.facts.fact import Fact
from reportkit.words.refused import Refused

OURS = __name__.partition(".")[0]
WANTED = {
    str: N_("一段文字"),
    int: N_("一个数"),
    bool: N_("是或否"),
    type(None): N_("空"),
    Fact: N_("数据里的一个值"),
    collections.abc.Iterable: N_("一个列表"),
    collections.abc.Sequence: N_("一个列表"),
}


def of_filter(
    name: str, function: Callable[..., Any], args: Sequence[object], options: Mapping[str, object]
) -> Refused | None:
    """Return what is wrong with a call of a filter that failed, None if it was called as it is to be."""
    signature = inspect.signature(function)
    taken = [key for key in list(signature.parameters)[1:] if key not in ("rounding", "settings", "named")]
    try:
        bound = signature.bind(*args, **options)
    except TypeError:
        fields = {"name": name, "known": "、".join(taken)}
        hint = N_("括号里可以写：{known}") if taken else N_("它后面不带括号")
        return Refused(N_("“{name}”后面括号里的项不对"), fields, hint)
    # the library's own are told by what they raise: its annotations name what it does not import
    kinds = get_type_hints(_inner(function)) if is_ours(function) else {}
    for key, value in bound.arguments.items():
        want = _wanted(kinds.get(key, object), value)
        if want and key == next(iter(signature.parameters)):
            return Refused(N_("“{name}”要用在{want}上"), {"name": name, "want": want}, N_("核对模板和数据"))
        if want:
            return Refused(N_("“{name}”的“{key}”要{want}"), {"name": name, "key": key, "want": want}, N_("核对模板"))
    return None


def is_ours(function: Callable[..., Any]) -> bool:
    """True for a filter of reportkit's own: what fails in one, rightly called, is a fault of ours."""
    return (getattr(_inner(function), "__module__", None) or "").startswith(OURS)


def _inner(function: Callable[..., Any]) -> Callable[..., Any]:
    inner: Callable[..., Any] = inspect.unwrap(function)
    while isinstance(inner, partial):
        inner = inner.func
    return inner


def of_call(called: object, args: Sequence[object], options: Mapping[str, object]) -> Refused | None:
    """Return what is wrong with a call, None if nothing is: what is no macro, or more than a macro takes."""
    if not callable(called):
        return Refused(N_("括号前面的不能调用"), {}, N_("只有宏、块和几个方法后面能带括号"))
    if not isinstance(called, Macro):
        return None
    most = len(called.arguments)
    if len(args) > most and not called.catch_varargs:
        fields = {"name": called.name, "most": most, "given": len(args)}
        return Refused(N_("宏“{name}”最多收 {most} 项，给了 {given} 项"), fields, N_("看宏是怎样写的"))
    # the library hands a macro names of its own, which begin with _
    unknown = [key for key in options if key not in (*called.arguments, "caller") and not key.startswith("_")]
    if unknown and not called.catch_kwargs:
        near = difflib.get_close_matches(unknown[0], called.arguments, n=1)
        known = "、".join(near or called.arguments)
        fields = {"name": called.name, "key": unknown[0], "known": known}
        return Refused(N_("宏“{name}”没有“{key}”这一项"), fields, N_("可以写：{known}"))
    return None


def _wanted(kind: Any, value: object) -> str:
    """Return what is wanted instead of `value`, "" if it is of its kind; what stands for a lack is of any."""
    origin = get_origin(kind) or kind
    if origin in (Union, UnionType):
        wants = [_wanted(one, value) for one in get_args(kind)]
        return "" if "" in wants else next(iter(wants))
    if origin not in WANTED or (hasattr(value, "__html__") and not isinstance(value, Fact)):
        return ""
    return "" if isinstance(value, origin) else WANTED[origin]
