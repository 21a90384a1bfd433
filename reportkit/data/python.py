"""Python values as trees of Nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError


def of(data: object) -> Node:
    """Return the tree of a Python value made of dicts, lists, strings, numbers, Decimals, dates and None."""
    if data is None:
        return Node(None, "none")
    if isinstance(data, bool):
        return Node(data, "flag", str(data))
    if isinstance(data, str):
        return Node(data, "text", data)
    if isinstance(data, int | Decimal):
        return Node(Decimal(data), "number", str(data))
    if isinstance(data, float):
        return Node(Decimal(repr(data)), "number", repr(data))
    if isinstance(data, date):
        return Node(data, "date", data.isoformat())
    if isinstance(data, Mapping):
        return Node(tuple((of(str(key)), of(value)) for key, value in data.items()), "map")
    if isinstance(data, Sequence):
        return Node(tuple(of(item) for item in data), "list")
    raise InputError(
        Fault(
            N_("数据里有不认识的类型 {kind}"),
            {"kind": type(data).__name__},
            hint=N_("用字典、列表、文字、数"),
        )
    )
