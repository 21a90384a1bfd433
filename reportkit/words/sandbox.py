"""The sandbox: a jinja2 environment in which a template's work is counted, and refused when it has no end.

Counted, not timed: the same template and data end the same way on every machine, in every thread. A clock would need
a process of its own for each template, which costs more than the whole report.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import wraps
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from reportkit.errors import N_, InputError
from reportkit.facts.check import FORBIDDEN
from reportkit.facts.fact import Fact, Record
from reportkit.words import misuse, outline
from reportkit.words.outline import Outline
from reportkit.words.refused import Refused, misused

# One unit is a character looked at or copied. Measured: an example spends 0.2 million, 900 a fact; 30 million last
# a second or two.
ITEM, STEP, CALL, FILE = 10, 100, 300, 5000  # an item gone through, a turn or a printed piece, a call, a template
WORK = 30_000_000
WORK_PER_FACT = 10_000
# in characters, and in bits
LONGEST_TEXT, LARGEST_NUMBER = 10_000_000, 4096
# what a template needs of jinja2's own; the others print Python, pad, repeat without end, or differ from run to run
FILTERS = (
    "abs", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "join", "last", "length",
    "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "select", "selectattr", "sort",
    "string", "trim", "truncate", "unique", "upper",
)  # fmt: skip
TEXT_METHODS = frozenset(
    ("count", "endswith", "find", "isdigit", "lower", "lstrip", "removeprefix", "removesuffix", "rstrip", "split",
     "startswith", "strip", "upper")
)  # fmt: skip
MAP_METHODS = frozenset(("get", "items", "keys", "values"))
# what prints as itself; Undefined is an if without an else
PRINTABLE = (int, float, Decimal, Undefined)
UNPRINTABLE: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((list, tuple), N_("一个列表")),
    ((dict, Record), N_("一组键和值")),
    (bool, N_("是或否")),
    (type(None), N_("空")),
)
# what no value may hold either (facts.check), but for a template's own layout
NO_TEXT = re.compile(rf"(?![\n\r\t]){FORBIDDEN.pattern}")
BEGUN, TURNS, JOINED, WEIGHED = "·begun", "·turns", "·joined", "·weighed"

_left: ContextVar[list[int]] = ContextVar("_left")


@contextmanager
def counted(facts: int) -> Iterator[None]:
    """Allow the work that a template may spend on data of `facts` values; beyond it, Refused is raised."""
    token = _left.set([WORK + facts * WORK_PER_FACT])
    try:
        yield
    finally:
        _left.reset(token)


def _spend(units: int) -> None:
    left = _left.get()
    left[0] -= units
    if left[0] < 0:
        hint = N_("看看循环、宏的互相调用和文字的重复有没有尽头")
        raise Refused(N_("模板要做的事太多，没有做完就停下了"), {}, hint)


def _weight(value: object) -> int:
    """Return the units of going through `value` once, whatever it holds. Raises Refused where no end is in sight."""
    if isinstance(value, str):
        return len(value) + 1
    if not isinstance(value, list | tuple | dict | range):
        return 1
    total, heap = 0, [value]
    while heap:
        one: Any = heap.pop()
        total += ITEM
        if isinstance(one, str):
            total += len(one)
        elif isinstance(one, range):
            total += len(one) * ITEM
        elif isinstance(one, list | tuple):
            heap.extend(one)
        elif isinstance(one, dict):
            heap.extend(one.items())
        if total > LONGEST_TEXT:
            raise Refused(N_("列表太大"), {}, N_("列表套着列表，越套越多"))
    return total


def _text(value: object) -> str:
    """Return what `value` prints. Raises Refused for what is no text: a list, a group, None, True."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, TemplateModule):
        raise Refused(N_("这里要印的是整个宏文件"), {}, N_("写出其中哪个宏，后面带括号"))
    elif hasattr(value, "__html__") or (isinstance(value, PRINTABLE) and not isinstance(value, bool)):
        text = str(value)
    else:
        kind = next((word for kinds, word in UNPRINTABLE if isinstance(value, kinds)), N_("别的东西"))
        hint = N_("列表用“顿”“和”一类过滤器，一组要说出其中哪一项")
        raise Refused(N_("这里要印的不是文字，是{kind}"), {"kind": kind}, hint, _path(value))
    _spend(STEP + len(text))
    return text


@jinja2.pass_context  # so that nothing is printed while the template is compiled
def _printed(_: Context, value: object) -> str:
    return _text(value)


def _joined(items: list[object]) -> str:
    return "".join(map(_text, items))


def _turns(items: Any) -> Any:
    """Return `items`, to be gone through, each turn counted."""
    if isinstance(items, list | tuple | dict | range | str):
        _spend(STEP * (len(items) + 1))
        return items
    try:
        return _one_by_one(iter(items))
    except TypeError:
        raise Refused(N_("for … in 后面不是列表"), {}, N_("核对模板和数据"), _path(items)) from None


def _path(value: object) -> str:
    """Return where a value of the data stands, "" if it is none of the data."""
    return value.origin.path if isinstance(value, Fact) else str(getattr(value, "path", ""))


def _one_by_one(items: Iterable[object]) -> Iterator[object]:
    for item in items:
        _spend(STEP)
        yield item


def _begun(_: int) -> None:
    _spend(FILE)


def _weighed(value: object) -> object:
    _spend(_weight(value))
    return value


def _metered(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter or a test whose work is counted: it goes through the largest it is given once for each part of
    the next, and through all else once.
    """

    @wraps(function)
    def metered(*args: Any, **options: Any) -> Any:
        most, next_, *rest = sorted(map(_weight, (*args, *options.values(), 1)), reverse=True)
        _spend(STEP + most * next_ + sum(rest))
        try:
            result = function(*args, **options)
        except (TypeError, AttributeError, LookupError, ValueError, ArithmeticError, AssertionError) as error:
            if isinstance(error, InputError):
                raise
            if wrong := misuse.of_filter(name, function, args, options):
                raise wrong from error
            if not misuse.is_ours(function):
                raise misused() from error
            raise
        if isinstance(result, str | list):
            _spend(len(result))
        return result

    return metered


def _number(value: object) -> Any:
    """Return the number of a figure, a number or a text. Raises Refused where there is none: it is not nought."""
    if isinstance(value, Fact):
        value = value.value
    if hasattr(value, "__html__"):
        return value
    try:
        return Decimal(value)  # type: ignore[arg-type]
    except (ArithmeticError, TypeError, ValueError):
        raise Refused(N_("这里要一个数，却是“{now}”"), {"now": str(value)[:30]}, N_("核对模板和数据")) from None


def _whole(value: object) -> Any:
    """Return a number without what stands after its point."""
    number = _number(value)
    return int(number) if isinstance(number, Decimal) else number


def _float(value: object) -> Any:
    """Return a number, for reckoning."""
    number = _number(value)
    return float(number) if isinstance(number, Decimal) else number


def _range(*bounds: int) -> range:
    try:
        numbers = range(*bounds)
    except (TypeError, ValueError):
        raise misused() from None
    _spend(STEP + len(numbers))
    return numbers


class Sandbox(ImmutableSandboxedEnvironment):
    """jinja2's sandbox, with counted work, the filters a template needs and no more, and text printed only."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self, filters: Mapping[str, Callable[..., Any]], marks: Collection[str], **options: Any) -> None:
        super().__init__(finalize=_printed, optimized=False, **options)
        known = {name: self.filters[name] for name in FILTERS} | {"int": _whole, "float": _float} | dict(filters)
        hooks: dict[str, Callable[..., Any]] = {BEGUN: _begun, TURNS: _turns, JOINED: _joined, WEIGHED: _weighed}
        tests: Mapping[str, Callable[..., Any]] = self.tests  # type: ignore[assignment]
        self.filters = {name: _metered(name, one) for name, one in known.items()} | hooks
        self.tests = {name: _metered(name, test) for name, test in tests.items()}
        self.globals = {"range": _range, "namespace": self.globals["namespace"]}
        self._marks = marks
        self.outlines: dict[str, Outline] = {}  # of the templates compiled here, by name

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.outlines[name or ""] = outline.outline(tree, source, filename or "", self._marks)
        counting: nodes.Template = _Counting(filename or "", self.filters).visit(tree)
        counting.set_environment(self)
        return counting

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may have `obj.attr`: of Python's own types a few methods only."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if not callable(value) or isinstance(obj, Undefined) or type(obj).__module__.partition(".")[0] == "jinja2":
            return True
        return attr in (TEXT_METHODS if isinstance(obj, str) else MAP_METHODS if isinstance(obj, dict) else ())

    def wrap_str_format(self, value: Any) -> None:
        """Return None: a text's own format is no more allowed than its other methods that can pad without end."""

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return `obj[argument]`."""
        _spend(_weight(argument))
        return super().getitem(obj, argument)

    def call(self, context: Context, obj: Any, *args: Any, **options: Any) -> Any:
        """Call a macro, a block or a method."""
        _spend(CALL + sum(map(_weight, (*args, *options.values()))))
        if wrong := misuse.of_call(obj, args, options):
            raise wrong
        return super().call(context, obj, *args, **options)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return `left operator right`, unless the result would be larger than any report needs."""
        _spend(_weight(left) + _weight(right))
        if operator == "%" and isinstance(left, str):
            raise Refused(N_("模板里不许用“{name}”"), {"name": operator}, N_("文字用 ~ 连起来"))
        if _too_large(operator, left, right):
            raise Refused(N_("“{operator}”算出来的太大"), {"operator": operator}, N_("不要用乘法重复文字和列表"))
        return super().call_binop(context, operator, left, right)


def _too_large(operator: str, left: Any, right: Any) -> bool:
    if operator not in ("*", "**"):
        return False
    if isinstance(left, int) and isinstance(right, int):
        bits = max(left.bit_length(), 1)
        return (bits * abs(right) if operator == "**" else bits + right.bit_length()) > LARGEST_NUMBER
    repeated = [len(side) for side in (left, right) if isinstance(side, str | list | tuple)]
    times = [abs(side) for side in (left, right) if isinstance(side, int)]
    return bool(repeated and times and repeated[0] * times[0] > LONGEST_TEXT // STEP)


class _Counting(NodeTransformer):
    """Makes a template's tree count: every printed piece, turn, joint and comparison passes through the sandbox."""

    def __init__(self, file: str, filters: Iterable[str]) -> None:
        self.file, self.filters = file, frozenset(filters)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Filter:  # noqa: N802
        """Refuse a filter there is not, before anything runs."""
        self.generic_visit(node)
        if node.name not in self.filters:
            near = difflib.get_close_matches(node.name, self.filters, n=1, cutoff=0.5)
            hint = N_("是不是“{near}”") if near else N_("能用的过滤器见 docs/templates.md")
            fields = {"name": node.name, "near": "".join(near)}
            raise Refused(N_("没有“{name}”这个过滤器"), fields, hint, place=(self.file, node.lineno))
        return node

    def visit_Const(self, node: nodes.Const) -> nodes.Const:  # noqa: N802
        """Refuse text that would pass for a value's seal, and what shows nothing and no file may hold."""
        if isinstance(node.value, str) and (found := NO_TEXT.search(node.value)):
            line = node.lineno + node.value.count("\n", 0, found.start())
            fields = {"code": f"{ord(found[0]):04X}"}
            message = N_("模板里有不许用作文字的字符 U+{code}")
            raise Refused(message, fields, N_("删去这个看不见的字符"), place=(self.file, line))
        return node

    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802 - the name of the node
        """Count each run of a template, as an include in a loop makes many."""
        self.generic_visit(node)
        node.body.insert(0, nodes.ExprStmt(_through(BEGUN, nodes.Const(0, lineno=1)), lineno=1))
        return node

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Const:  # noqa: N802
        """Let the template's own text pass where values pass."""
        return self.visit_Const(nodes.Const(node.data, lineno=node.lineno))

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        """Count the turns of a loop."""
        self.generic_visit(node)
        node.iter = _through(TURNS, node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        """Join texts where their length is counted."""
        self.generic_visit(node)
        return _through(JOINED, nodes.List(node.nodes, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802
        """Weigh what is compared: lists holding lists twice over take for ever."""
        self.generic_visit(node)
        node.expr = _through(WEIGHED, node.expr)
        for operand in node.ops:
            operand.expr = _through(WEIGHED, operand.expr)
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Pair:  # noqa: N802
        """Weigh the keys of a mapping, which are compared too."""
        self.generic_visit(node)
        node.key = _through(WEIGHED, node.key)
        return node


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
