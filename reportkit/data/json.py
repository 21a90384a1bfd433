"""JSON text as a tree of Nodes, its numbers as typed, its places those of the same text read as YAML."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reportkit.data import python, reading, yaml
from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError


class _Typed(str):
    """A JSON number, kept as the characters it was typed with."""


def read(text: str, name: str) -> Node:
    """Return the tree of a JSON text. Raises InputError with line and column."""
    try:
        data = json.loads(
            text,
            parse_float=_Typed,
            parse_int=_Typed,
            parse_constant=_Typed,
            object_pairs_hook=lambda pairs: tuple((key, value) for key, value in pairs),
        )
    except json.JSONDecodeError as error:
        raise InputError(
            Fault(
                N_("不是正确的 JSON"),
                hint=N_("看这一处的逗号、引号、括号"),
                file=name,
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except RecursionError:
        raise InputError(Fault(N_("嵌套太深"), {}, N_("数据不需要这么多层"), name)) from None
    try:
        marks: Node | None = yaml.read(text, name)
    except InputError:  # JSON that is no YAML, as with tabs between its tokens: values without lines
        marks = None
    return _marked(data, marks, name)


def _marked(data: object, marks: Node | None, name: str, depth: int = 0) -> Node:
    """Join JSON values with the lines of the same text read as YAML, of which JSON is a subset.

    Raises InputError if they nest deeper than YAML may.
    """
    if depth > yaml.DEEPEST:
        raise InputError(Fault(N_("嵌套太深"), {}, N_("数据不需要这么多层"), name))
    line, column = (marks.line, marks.column) if marks else (0, 0)
    if isinstance(data, _Typed):
        return Node(reading.number(data), "number", str(data), line, column)
    if isinstance(data, tuple):
        inner: Sequence[tuple[Node, Node]] = marks.pairs if marks else ()
        keys = [*inner, *[(None, None)] * (len(data) - len(inner))]
        pairs = tuple(
            (_marked(key, mark, name, depth + 1), _marked(value, value_mark, name, depth + 1))
            for (key, value), (mark, value_mark) in zip(data, keys, strict=True)
        )
        return Node(pairs, "map", "", line, column)
    if isinstance(data, list):
        items_of: Sequence[Node] = marks.items if marks else ()
        seats = [*items_of, *[None] * (len(data) - len(items_of))]
        items = tuple(_marked(item, mark, name, depth + 1) for item, mark in zip(data, seats, strict=True))
        return Node(items, "list", "", line, column)
    node = python.of(data)
    return Node(node.value, node.kind, node.typed, line, column)
