"""Python values as trees of Nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError


def of(data: object) -> Node:
    """Return the tree of a Python value made of dicts, lists, strings, numbers, Decimals, dates and None.

    Raises InputError for anything else, and for what holds itself.
    """
    try:
        return _node(data)
    except RecursionError:
        raise InputError(Fault(N_("嵌套太深"), {}, N_("数据不需要这么多层"))) from None


def _node(data: object) -> Node:
    if data is None:
        return Node(None, "none")
    if isinstance(data, bool):
        return Node(data, "flag", str(data))
    if isinstance(data, str):
        return Node(data, "text", data)
    # a kind of one's own, as of numpy's, may be shown in another way: float64(98.2)
    if isinstance(data, int):
        return Node(Decimal(data), "number", int.__repr__(data))
    if isinstance(data, float):
        return _number(Decimal(float.__repr__(data)), float.__repr__(data))
    if isinstance(data, Decimal):
        return _number(data, str(data))
    if isinstance(data, date):
        return Node(data, "date", data.isoformat())
    if isinstance(data, Mapping):
        return Node(tuple((_node(str(key)), _node(value)) for key, value in data.items()), "map")
    if isinstance(data, Sequence):
        return Node(tuple(_node(item) for item in data), "list")
    raise InputError(
        Fault(
            N_("数据里有不认识的类型 {kind}"),
            {"kind": type(data).__name__},
            hint=N_("用字典、列表、文字、数"),
        )
    )


def _number(value: Decimal, typed: str) -> Node:
    """Return the Node of a number; none of what a table has in the place of one, NaN or an infinity."""
    return Node(value, "number", typed) if value.is_finite() else Node(None, "none")
