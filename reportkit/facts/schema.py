"""JSON Schema: a Shape in, the schema (draft 2020-12) of the data it asks for out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from reportkit.data import reading
from reportkit.facts import quantity
from reportkit.facts.shape import COMPARED, FIGURE, JUDGEMENTS, RANKS, VALUE, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# the long form's keys that hold more than a word
SECRET, TYPED = "密", "值"
# where figures are described: no path has brackets
FIGURES = "(figure)"
# a text is not blank, and has no line ends and no control characters but what a YAML block leaves at its end
ONE_LINE = r"^(?=.*\S)[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+\n*$"
Schema = dict[str, Any]


def json_schema(shape: Shape) -> Schema:
    """Return the JSON Schema of data of `shape`, in its Chinese keys and its English ones, never both for one field.

    Every place is described once, under $defs, by its English path; the two keys of a field refer to it.
    """
    places: Schema = {FIGURES: _figure()}
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
    if shape.kind == "figure":
        return {"$ref": f"#/$defs/{quote(FIGURES)}"}
    if shape.choices:
        return _long({"enum": list(shape.choices)}, VALUE)
    if shape.kind == "date":
        return _long({"type": "string", "pattern": _whole(reading.DAY)}, VALUE)
    return _long({"anyOf": [{"type": "number"}, {"type": "string", "pattern": ONE_LINE}]}, VALUE)


def _figure() -> Schema:
    """Return the schema of a figure, which may stand beside another."""
    typed = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _whole(quantity.TYPED)}]}
    return _long(typed, FIGURE)


def _long(typed: Schema, beside: Mapping[str, str]) -> Schema:
    """Return the schema of a value: as typed, or with what stands beside it, keys in Chinese or in English."""
    keys = {name: typed if name == TYPED else _beside(name) for name in beside}
    properties = {key: part for name, part in keys.items() for key in (name, beside[name])}
    names = [rule for name in beside for rule in _either([name, beside[name]], name != TYPED)]
    long = {"type": "object", "properties": properties, "additionalProperties": False, "allOf": names}
    return {"anyOf": [typed, long]}


def _beside(name: str) -> Schema:
    """Return the schema of what stands beside a value in its long form."""
    if name == SECRET:
        return {"type": ["boolean", "string", "array"], "items": {"type": "string"}}
    if name in JUDGEMENTS:
        return {"enum": [word for pair in JUDGEMENTS[name].items() for word in pair]}
    if name in COMPARED and name not in RANKS:
        return {"$ref": f"#/$defs/{quote(FIGURES)}"}
    return {"type": ["string", "number"]}


def _whole(pattern: re.Pattern[str]) -> str:
    """Return a pattern as JSON Schema has them: ECMA-262, for the whole text, its groups without names."""
    unnamed = re.sub(r"\(\?P<\w+>", "(", pattern.pattern)
    return f"^(?:{unnamed})$"
