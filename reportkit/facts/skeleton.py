"""Skeletons: a Shape in, an empty data file out, each place with what belongs there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from reportkit.facts.shape import KINDS, Shape

INDENT, REMARK = "  ", "# "


def skeleton_yaml(shape: Shape, template: str = "") -> str:
    """Return a YAML data file of `shape` to fill in: every field with what it is, optional ones commented out.

    Empty, it is data that lacks everything: a draft builds from it. It names its `template` if that is given.
    """
    named = next((name for name, inner in shape.fields.items() if inner.english == "template"), None)
    if named is None or not template:
        return "\n".join(_fields(shape)) + "\n"
    asked = {name: inner for name, inner in shape.fields.items() if name != named}
    # a JSON string is a YAML one
    head = f"{named}: {json.dumps(template, ensure_ascii=False)}"
    return "\n".join((head, *_fields(replace(shape, fields=asked)))) + "\n"


def _fields(shape: Shape) -> Iterator[str]:
    for name, inner in shape.fields.items():
        lines = _field(name, inner)
        yield from (f"{REMARK}{line}" for line in lines) if inner.optional else lines


def _field(name: str, shape: Shape) -> Iterator[str]:
    """Yield the lines of one field; of a list of groups, its first item."""
    yield f"{name}:  {REMARK}{_what(shape)}"
    if shape.kind == "map":
        yield from (f"{INDENT}{line}" for line in _fields(shape))
    elif shape.item is not None and shape.item.kind == "map":
        yield from _first_item(shape.item)


def _first_item(shape: Shape) -> Iterator[str]:
    """Yield the lines of a list's first item, its dash before the first field that is no remark."""
    dash = f"{INDENT}- "
    if all(inner.optional for inner in shape.fields.values()):
        yield f"{dash}{{}}"
        dash = INDENT * 2
    fields = sorted(shape.fields, key=lambda name: shape.fields[name].optional)
    for line in _fields(Shape("map", fields={name: shape.fields[name] for name in fields})):
        yield f"{dash}{line}"
        dash = INDENT * 2


def _what(shape: Shape) -> str:
    """Return what belongs in a place: its meaning and, unless that is a text, the kind of value."""
    leaf = shape.item or shape
    kind = "、".join(shape.choices) if shape.choices else "" if leaf.kind in ("text", "map") else KINDS[leaf.kind]
    return "；".join(part for part in (shape.say, KINDS["list"] if shape.item else "", kind) if part)
