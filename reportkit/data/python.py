"""Python values as trees of Nodes: what dicts, lists, numpy, pandas, polars and sqlite3 give in, Nodes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from reportkit.data import reading
from reportkit.data.node import Node
from reportkit.data.yaml import DEEPEST
from reportkit.errors import N_, Fault, InputError

# values of all data together: one that never ends would fill the memory first
MOST_VALUES = 1_000_000
# kinds that stand for a value that is not there, pandas' and numpy's own: neither is imported for it
MISSING = ("NaTType", "NAType", "MaskedConstant")
BYTES = (bytes, bytearray, memoryview)
UNKNOWN = N_("数据里有不认识的类型 {kind}")
# bytes of Python's own float
DOUBLE = 8


def of(data: object) -> Node:
    """Return the tree of a Python value made of mappings, sequences, texts, numbers, dates and None, or of tables.

    Raises InputError for anything else, with the path it stands at, and for what holds itself.
    """
    return _Reader().read(data, "", ())


class _Reader:
    """Reads one value and all it holds: how many there were."""

    def __init__(self) -> None:
        self.met = 0

    def read(self, data: object, path: str, above: tuple[int, ...]) -> Node:
        """Return the Node of the value at `path`, held by the values whose ids are `above`."""
        self.met += 1
        if self.met > MOST_VALUES:
            raise _refused(path, N_("数据太大"), N_("最多 {most} 个值"), most=MOST_VALUES)
        try:
            simple = _simple(data, path)
        except InputError:
            raise
        except Exception as error:  # whatever a value of a foreign kind raises when it is looked at
            raise _unreadable(data, path, error) from None
        if simple is not None:
            return simple
        if id(data) in above:
            raise _refused(path, N_("这一项装着它自己"), N_("数据要有头有尾"))
        if len(above) >= DEEPEST:
            raise _refused(path, N_("嵌套太深"), N_("数据不需要这么多层"))
        return self.collection(data, path, (*above, id(data)))

    def collection(self, data: object, path: str, above: tuple[int, ...]) -> Node:
        """Return the Node of a mapping or a sequence."""
        inner = _guarded(_inner(data, path), data, path)
        if next(inner) == "map":
            pairs = []
            for key, value in inner:
                name = _key(key, path)
                here = f"{path}.{name.typed}" if path else name.typed
                pairs.append((name, self.read(value, here, above)))
            return Node(tuple(pairs), "map")
        return Node(tuple(self.read(item, f"{path}[{at}]", above) for at, item in enumerate(inner)), "list")


def _simple(data: Any, path: str) -> Node | None:
    """Return the Node of what holds nothing else, None for what may."""
    # a kind of one's own, as of numpy's, may show itself in another way: each is asked as the kind it is built on
    if data is None:
        return Node(None, "none")
    if isinstance(data, str):
        text = str.__str__(data)
        return Node(None, "none") if reading.is_blank(text) else Node(text, "text", text)
    if isinstance(data, bool):
        return Node(data, "flag", str(data))
    if isinstance(data, int):
        # bits, which cost nothing to count; their digits would, and Python refuses to write 5,000 of them
        if int.bit_length(data) > 4 * reading.MOST_DIGITS:
            raise _refused(path, N_("数太长"), N_("最多 {most} 位数字"), most=reading.MOST_DIGITS)
        return Node(Decimal(int.__int__(data)), "number", int.__repr__(data))
    if isinstance(data, float):
        return _binary(float.__float__(data), path)
    if isinstance(data, Decimal):
        return _number(Decimal(Decimal.__str__(data)))
    if type(data).__name__ in MISSING:
        return Node(None, "none")
    if isinstance(data, date):
        return _dated(data, path)
    return _scalar(data, path) if hasattr(data, "dtype") else None


def _number(value: Decimal) -> Node:
    """Return the Node of a number; none of what a table has in the place of one that is missing, NaN."""
    if value.is_nan():
        return Node(None, "none")
    plain = value.is_finite() and -reading.MOST_DIGITS < int(value.as_tuple().exponent) <= 0
    return Node(value, "number", f"{value:f}" if plain else str(value))


def _binary(value: float, path: str) -> Node:
    """Return the Node of a binary number, without its noise. Raises InputError for an endless fraction."""
    node = _number(reading.meant(value))
    if len(node.typed.partition(".")[2]) > reading.MOST_PLACES:
        raise _refused(path, N_("小数位太多：{typed}"), N_("先取好小数位数，如 round(…, 2)"), typed=node.typed)
    return node


def _dated(data: date, path: str) -> Node:
    """Return the Node of a date, or of a moment that is the start of one. Raises InputError for any other moment."""
    if isinstance(data, datetime):
        if data.time() != time():
            raise _refused(path, N_("时刻和时长不能用"), N_("日期只写年月日，别的写成文字"))
        data = date(data.year, data.month, data.day)
    day = date(data.year, data.month, data.day)
    return Node(day, "date", day.isoformat())


def _scalar(data: Any, path: str) -> Node | None:
    """Return the Node of one value of numpy's, None for an array of them."""
    if getattr(data, "ndim", 1) != 0:
        return None
    kind, size = str(data.dtype.kind), int(data.dtype.itemsize)
    if kind == "M":  # counted in nanoseconds it would be a number
        data = data.astype("datetime64[us]")
    if kind == "f":  # a short one is written as its own precision has it, not as the next longer kind would
        return _binary(float(str(data)) if size < DOUBLE else float(data), path)
    value = data.item()
    return None if hasattr(value, "dtype") else _simple(value, path)


def _inner(data: Any, path: str) -> Iterator[Any]:
    """Yield "map" and then each (key, value) of `data`, or "list" and each item. Raises InputError if it is neither."""
    if isinstance(data, Mapping):
        yield "map"
        yield from ((key, data[key]) for key in data)
    elif isinstance(data, (*BYTES, Set, Iterator, type)):
        raise _refused(path, UNKNOWN, _instead(data), kind=_kind(data))
    elif hasattr(data, "columns") and (rows := _rows(data)) is not None:
        yield "list"
        yield from rows
    elif hasattr(data, "dtype") and hasattr(data, "index") and hasattr(data, "items"):
        labels = list(data.index)
        named = bool(labels) and all(isinstance(label, str) for label in labels)
        yield "map" if named else "list"
        yield from zip(labels, data, strict=True) if named else data
    elif isinstance(data, tuple) and hasattr(data, "_fields"):
        yield "map"
        yield from zip(data._fields, data, strict=True)
    elif hasattr(data, "keys") and hasattr(data, "__getitem__"):
        yield "map"
        yield from ((key, data[key]) for key in data.keys())  # noqa: SIM118 - a row of sqlite3 yields its values
    elif isinstance(data, Sequence) or (hasattr(data, "dtype") and isinstance(data, Iterable)):
        yield "list"
        yield from data
    else:
        raise _refused(path, UNKNOWN, _instead(data), kind=_kind(data))


def _rows(table: Any) -> Any:
    """Return the rows of a table of pandas or polars as mappings, None if it is another's."""
    if hasattr(table, "to_dicts"):
        return table.to_dicts()
    return table.to_dict("records") if hasattr(table, "to_dict") and hasattr(table, "iloc") else None


def _guarded(values: Iterator[Any], data: object, path: str) -> Iterator[Any]:
    """Yield what `values` yields. Raises InputError where a value of a foreign kind raises anything."""
    while True:
        try:
            value = next(values)
        except StopIteration:
            return
        except InputError:
            raise
        except Exception as error:
            raise _unreadable(data, path, error) from None
        yield value


def _key(key: object, path: str) -> Node:
    """Return the Node of a key. Raises InputError if it is no text and no number."""
    if isinstance(key, str):
        name = str.__str__(key)
    elif isinstance(key, int) and not isinstance(key, bool) and int.bit_length(key) <= 4 * reading.MOST_DIGITS:
        name = int.__repr__(key)
    else:
        raise _refused(path, N_("键要是文字，却是 {kind}"), N_("键加引号"), kind=_kind(key))
    return Node(name, "text", name)


def _instead(data: object) -> str:
    """Return what to give in the place of a value of a kind that is not read."""
    if isinstance(data, BYTES):
        return N_("字节先解码成文字")
    if isinstance(data, Set):
        return N_("集合没有先后，换成列表")
    if isinstance(data, Iterator):
        return N_("只能读一遍的先装进列表：list(…)")
    return N_("用字典、列表、文字、数")


def _kind(data: object) -> str:
    """Return the name of a value's kind, whatever that kind makes of its name."""
    return str(type.__dict__["__name__"].__get__(type(data)))


def _unreadable(data: object, path: str, error: Exception) -> InputError:
    fields = {"kind": _kind(data), "error": _kind(error)}
    return _refused(path, N_("读不了这个 {kind}：它报 {error}"), N_("用字典、列表、文字、数"), **fields)


def _refused(path: str, message: str, hint: str, **fields: object) -> InputError:
    return InputError(Fault(message, fields, hint, path=path))
