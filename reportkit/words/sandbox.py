"""The sandbox: a jinja2 environment in which a template's work is counted, and refused when it has no end.

A template reaches what `reach` names, uses the filters and tests of `borrowed` and our own, and prints text only.
A value is printed whole, sealed with its origin, or not at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import DecimalException
from functools import wraps
from types import BuiltinMethodType, GeneratorType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportkit.errors import N_, InputError
from reportkit.facts import seal
from reportkit.facts.fact import Fact, Record
from reportkit.words import borrowed, counting, misuse, outline, reach
from reportkit.words.borrowed import Count
from reportkit.words.budget import CALL, FIGURE, LONGEST_REPEATED, PIECE, READ, STEP, size, spend, weight
from reportkit.words.counting import LARGEST_NUMBER, Counting
from reportkit.words.outline import Outline
from reportkit.words.refused import Refused, misused

VIEWS: Any = (type({}.items()), type({}.keys()), type({}.values()))


def _text(value: object) -> str:
    """Return what `value` prints. Raises Refused for what is no text: a list, a group, None, True."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, TemplateModule):
        raise Refused(N_("这里要印的是整个宏文件"), {}, N_("写出其中哪个宏，后面带括号"))
    else:
        borrowed.printed(value)
        if isinstance(value, float) and not math.isfinite(value):
            raise Refused(N_("这个数太大"), {}, N_("文书里没有这么大的数"))
        text = str(value)
    spend(STEP + len(text))
    return text


@jinja2.pass_context  # so that nothing is printed while the template is compiled
def _printed(_: Context, value: object) -> str:
    return _text(value)


def _joined(items: list[object]) -> str:
    return "".join(map(_text, items))


def _turns(items: Any, pieces: int, apart: bool) -> Any:
    """Return `items`, to be gone through, each turn counted as so many pieces of the template."""
    if isinstance(items, Undefined | Record):
        items = list(items)
    if isinstance(items, str) and seal.held(items):
        raise reach.unparted("for")
    if not isinstance(items, list | tuple | dict | range | str):
        raise Refused(N_("for … in 后面不是列表"), {}, N_("核对模板和数据"), borrowed.path(items))
    spend((STEP + PIECE * pieces) * (len(items) + 1))
    return list(map(_parted, items)) if apart else items


def _parted(items: Any) -> Any:
    """Return what is to be taken apart: a list, or what stands for one. Raises Refused for anything else."""
    if not isinstance(items, list | tuple | range | Undefined):
        raise misused()
    return items


def _cut(items: Any, start: Any, stop: Any, step: Any) -> Any:
    """Return a part of a list or a text, its length counted."""
    if isinstance(items, Undefined):
        return items[start:stop:step]
    if isinstance(items, str) and seal.held(items):
        raise reach.unparted("[…:…]")
    if not isinstance(items, str | list | tuple | range):
        raise misused()
    try:
        part = items[start:stop:step]
    except (TypeError, ValueError):
        raise misused() from None
    spend(READ + size(part))
    return part


def _spent(units: int) -> None:
    spend(units)


def _weighed(value: object) -> object:
    spend(weight(value))
    return value


def _looked(value: object) -> object:
    """Return what is looked into for something: not the letters of a value."""
    if isinstance(value, str) and seal.held(value):
        raise reach.unparted("in")
    return _weighed(value)


HOOKS: dict[str, Callable[..., Any]] = {
    counting.SPENT: _spent,
    counting.TURNS: _turns,
    counting.JOINED: _joined,
    counting.WEIGHED: _weighed,
    counting.LOOKED: _looked,
    counting.CUT: _cut,
    counting.PARTED: _parted,
}


def _metered(name: str, function: Callable[..., Any], check: Callable[..., None]) -> Callable[..., Any]:
    """Return a filter or a test whose work is counted: it goes through the largest it is given once for each part of
    the next, and through all else once. `check` refuses what it may not be used on.
    """
    handed = 1 if hasattr(function, "jinja_pass_arg") else 0  # by jinja2 itself
    ours = misuse.is_ours(function)

    @wraps(function)
    def metered(*args: Any, **options: Any) -> Any:
        subject, *settings = args[handed:]
        most, next_, *rest = sorted(map(weight, (subject, *settings, *options.values(), 1)), reverse=True)
        spend(STEP + most * next_ + sum(rest))
        if ours:
            spend(FIGURE * sum(map(_figures, (subject, *settings, *options.values()))))
        check(name, subject, settings, options)
        try:
            result = function(*args, **options)
            if isinstance(result, GeneratorType):
                result = list(_one_by_one(result))
        except (TypeError, AttributeError, LookupError, ValueError, ArithmeticError, AssertionError) as error:
            if isinstance(error, InputError):
                raise
            if wrong := misuse.of_filter(name, function, args, options):
                raise wrong from error
            if not ours or isinstance(error, DecimalException):
                raise misused() from error
            raise
        spend(size(result))
        if isinstance(result, int) and isinstance(subject, Count) and not isinstance(result, bool):
            return Count(result)
        return result

    return metered


def _figures(value: object) -> int:
    """Return how many values or groups of the data a filter is handed in `value`."""
    items = value if isinstance(value, list | tuple) else (value,)
    return sum(isinstance(item, Fact | Record) for item in items)


def _one_by_one(items: Iterable[object]) -> Iterator[object]:
    for item in items:
        spend(STEP)
        yield item


def _range(*bounds: int) -> range:
    try:
        numbers = range(*bounds)
    except (TypeError, ValueError):
        raise misused() from None
    spend(STEP + len(numbers))
    return numbers


class Sandbox(ImmutableSandboxedEnvironment):
    """jinja2's sandbox, with counted work, the filters a template needs and no more, and text printed only.

    `filters` are our own; a setting of those named `figures` is printed with the figure it is said of.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]],
        figures: Collection[str],
        marks: Collection[str],
        **options: Any,
    ) -> None:
        super().__init__(finalize=_printed, optimized=False, **options)

        def check(name: str, subject: object, settings: list[object], named: dict[str, object]) -> None:
            borrowed.check(name, subject, settings, named)
            if name in figures:
                borrowed.check_settings(name, (*settings, *named.values()))

        known = borrowed.filters() | dict(filters)
        self.filters = {name: _metered(name, one, check) for name, one in known.items()} | HOOKS
        self.tests = {name: _metered(name, one, borrowed.check_test) for name, one in borrowed.tests().items()}
        self.globals = {"range": _range, "namespace": self.globals["namespace"]}
        self._marks = marks
        # of the templates compiled here, by name
        self._pieces: dict[str, int] = {}
        self.outlines: dict[str, Outline] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.outlines[name or ""] = outline.outline(tree, source, filename or "", self._marks)
        before = sum(pieces for other, pieces in self._pieces.items() if other != name)
        counter = Counting(filename or "", self.filters, self.tests, before)
        counted: nodes.Template = counter.visit(tree)
        self._pieces[name or ""] = counter.pieces - before
        counted.set_environment(self)
        return counted

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute`, of what `reach` names; else what stands for a lack, which tells which it is."""
        spend(READ)
        found = reach.named(obj, attribute)
        if found is reach.FORBIDDEN:
            return self.unsafe_undefined(obj, attribute)
        return self.undefined(obj=obj, name=attribute) if found is reach.ABSENT else found

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return `obj[argument]`."""
        if isinstance(argument, str):
            spend(len(argument))
            return obj[argument] if isinstance(obj, Undefined) else self.getattr(obj, argument)
        spend(READ + weight(argument))
        if isinstance(obj, str) and seal.held(obj):
            raise reach.unparted("[…]")
        if isinstance(obj, Undefined):
            return obj[argument]
        if isinstance(obj, str | list | tuple | range | dict):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        return self.undefined(obj=obj, name=argument)

    def call(self, context: Context, obj: Any, *args: Any, **options: Any) -> Any:
        """Call a macro, a block or a method."""
        spend(CALL + sum(map(weight, (*args, *options.values()))))
        if wrong := misuse.of_call(obj, args, options):
            raise wrong
        if isinstance(obj, BuiltinMethodType):
            spend(weight(obj.__self__))
            if args and isinstance(obj.__self__, str) and seal.held(obj.__self__):
                raise reach.unparted(obj.__name__)
        result: Any = super().call(context, obj, *args, **options)
        if isinstance(result, VIEWS):
            result = list(result)
        if isinstance(obj, BuiltinMethodType):
            spend(size(result))
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return `left operator right`, unless the result would be larger than any report needs."""
        spend(weight(left) + weight(right))
        if operator == "%" and isinstance(left, str):
            raise Refused(N_("模板里不许用“{name}”"), {"name": operator}, N_("文字用 ~ 连起来"))
        if _too_large(operator, left, right):
            raise _large(operator)
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and result.bit_length() > LARGEST_NUMBER:
            raise _large(operator)
        spend(size(result))
        return Count(result) if isinstance(result, int) and Count in (type(left), type(right)) else result

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Return `operator arg`."""
        result = super().call_unop(context, operator, arg)
        return Count(result) if isinstance(result, int) and isinstance(arg, Count) else result


def _large(operator: str) -> Refused:
    return Refused(N_("“{operator}”算出来的太大"), {"operator": operator}, N_("不要用乘法重复文字和列表"))


def _too_large(operator: str, left: Any, right: Any) -> bool:
    if operator not in ("*", "**"):
        return False
    if isinstance(left, int) and isinstance(right, int):
        bits = max(left.bit_length(), 1)
        return (bits * abs(right) if operator == "**" else bits + right.bit_length()) > LARGEST_NUMBER
    repeated = [len(side) for side in (left, right) if isinstance(side, str | list | tuple)]
    times = [abs(side) for side in (left, right) if isinstance(side, int)]
    return bool(repeated and times and repeated[0] * times[0] > LONGEST_REPEATED)
