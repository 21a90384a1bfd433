"""JSON Schema: a Shape in, the schema (draft 2020-12) of the data it asks for out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from reportkit.facts import quantity
from reportkit.facts.shape import ISO_DATE, VALUE, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# the long form's keys that hold more than a word
SECRET, TYPED = "密", "值"
# a text has no line ends and no control characters but what a YAML block leaves at its end
ONE_LINE = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+\n*$"
Schema = dict[str, Any]


def json_schema(shape: Shape) -> Schema:
    """Return the JSON Schema of data of `shape`, in its Chinese keys and its English ones, never both for one field.

    Every place is described once, under $defs, by its English path; the two keys of a field refer to it.
    """
    places: Schema = {}
    return {"$schema": DIALECT, "title": shape.say, **_group(shape, "", places), "$defs": places}


def _group(shape: Shape, path: str, places: Schema) -> Schema:
    properties: Schema = {}
    names: list[Schema] = []
    for name, inner in shape.fields.items():
        keys = list(dict.fromkeys(key for key in (name, inner.english) if key))
        place = ".".join(part for part in (path, keys[-1]) if part)
        places[place] = {"title": name, "description": inner.say, **_item(inner, place, places)}
        described: Schema = {"$ref": f"#/$defs/{quote(place)}"}
        # an empty value is as good as none
        properties |= dict.fromkeys(keys, {"anyOf": [described, {"type": "null"}]} if inner.optional else described)
        names += _either(keys, inner.optional)
    return {"type": "object", "properties": properties, "additionalProperties": False, "allOf": names}


def _either(keys: list[str], optional: bool) -> Iterator[Schema]:
    """Yield that one of the `keys` is there, and no two of them; none need be if it is `optional`."""
    if not optional:
        yield {"oneOf": [{"required": [key]} for key in keys]}
    elif len(keys) > 1:
        yield {"not": {"required": keys}}


def _item(shape: Shape, path: str, places: Schema) -> Schema:
    if shape.kind == "map":
        return _group(shape, path, places)
    if shape.item is not None:
        least = {} if shape.optional else {"minItems": 1}
        return {"type": "array", "items": _item(shape.item, path, places), **least}
    return _leaf(shape)


def _leaf(shape: Shape) -> Schema:
    """Return the schema of a value: as typed, or in its long form."""
    typed = _typed(shape)
    keys = {name: typed if name == TYPED else _beside(name) for name in VALUE}
    properties = {key: part for name, part in keys.items() for key in (name, VALUE[name])}
    names = [rule for name in VALUE for rule in _either([name, VALUE[name]], name != TYPED)]
    long = {"type": "object", "properties": properties, "additionalProperties": False, "allOf": names}
    return {"anyOf": [typed, long]}


def _typed(shape: Shape) -> Schema:
    if shape.choices:
        return {"enum": list(shape.choices)}
    if shape.kind == "date":
        return {"type": "string", "pattern": _whole(ISO_DATE)}
    if shape.kind == "figure":
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _whole(quantity.TYPED)}]}
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": ONE_LINE}]}


def _beside(name: str) -> Schema:
    """Return the schema of what stands beside a value in its long form."""
    if name == SECRET:
        return {"type": ["boolean", "string", "array"], "items": {"type": "string"}}
    return {"type": ["string", "number"]}


def _whole(pattern: re.Pattern[str]) -> str:
    """Return a pattern as JSON Schema has them: ECMA-262, for the whole text, its groups without names."""
    unnamed = re.sub(r"\(\?P<\w+>", "(", pattern.pattern)
    return f"^(?:{unnamed})$"
