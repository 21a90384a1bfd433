"""Trees of Nodes grown from cells: values by path in, the mapping that a YAML file of the same data gives out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportkit.data.node import Node
from reportkit.facts import secrecy
from reportkit.facts.shape import Shape
from reportkit.tables import ledger
from reportkit.tables.places import Keys

# the words of a value's long form that a cell may say
TYPED, SECRET, UNIT = secrecy.VALUE_KEYS, secrecy.KEYS, secrecy.UNIT_KEYS
YES, NO = (*secrecy.YES, "1"), (*secrecy.NO, "0")
Pair = tuple[Keys, Node]


def said(path: Keys, head: Node, node: Node | None, blank: Node | None = None) -> Iterator[Pair]:
    """Yield what a cell, or an empty one, says at the path its column's head names: the value, and the head's unit."""
    if node is None:
        if blank:
            yield path, blank
        return
    yield path, _secrecy(node) if path[-1] in SECRET else node
    unit = ledger.unit_of(head.typed)
    if unit and node.kind == "number":
        yield (*path, UNIT[0]), Node(unit, "text", unit, place=head.place)


def _secrecy(node: Node) -> Node:
    """Return what a cell says of secrecy: 是, 否, or the parts of the value to hide, one a line or with 、 between."""
    if node.typed.lower() in (*YES, *NO):
        return Node(node.typed.lower() in YES, "flag", node.typed, place=node.place)
    parts = [part.strip() for part in node.typed.replace("、", "\n").split("\n")]
    return Node(tuple(replace(node, value=part, typed=part) for part in parts if part), "list", place=node.place)


def grown(pairs: Sequence[Pair], shape: Shape | None, place: str) -> Node:
    """Return the mapping of values by path; what is empty is left out, unless `shape` asks for it."""
    grouped: dict[str, list[Pair]] = {}
    for path, node in pairs:
        grouped.setdefault(path[0], []).append((path[1:], node))
    found: list[tuple[Node, Node]] = []
    for name, inner in grouped.items():
        own = next((node for path, node in inner if not path), None)
        below = [(path, node) for path, node in inner if path]
        asked = shape.fields.get(name) if shape else None
        value = grown(below, asked, place) if below and own is None else own
        if own is not None and below:
            value = _valued(own, grown(below, None, own.place))
        if value is None or (_is_empty(value) and (asked is None or asked.optional)):
            continue
        found.append((Node(name, "text", name, place=value.place or place), value))
    return Node(tuple(found), "map", place=place)


def _valued(own: Node, beside: Node) -> Node:
    """Return a value in its long form; an empty one with no more than a unit beside it, or that it is no secret, is
    empty.
    """
    idle = (key.typed in UNIT or (key.typed in SECRET and secrecy.flag(value) is False) for key, value in beside.pairs)
    if own.kind == "none" and all(idle):
        return own
    return replace(beside, value=((Node(TYPED[0], "text", TYPED[0], place=own.place), own), *beside.pairs))


def _is_empty(node: Node) -> bool:
    return node.kind == "none" or (node.kind == "map" and all(_is_empty(value) for _, value in node.pairs))
