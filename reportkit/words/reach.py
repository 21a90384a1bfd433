"""Reach: what a template may name of a value: the value and a name in, what stands there out, or that nothing does.

An allowlist: of a value of the data its keys, of Python's own types a few methods, of jinja2's what the manual names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, TemplateReference, Undefined
from jinja2.utils import Namespace

from reportkit.errors import N_
from reportkit.facts import seal
from reportkit.facts.fact import Fact, Record
from reportkit.words.refused import Refused

TEXT_METHODS = frozenset(
    ("count", "endswith", "find", "isdigit", "lower", "lstrip", "removeprefix", "removesuffix", "rstrip", "split",
     "startswith", "strip", "upper")
)  # fmt: skip
# what takes nothing from a sealed text but the blanks around it
OUTER = frozenset(("lstrip", "rstrip", "strip"))
MAP_METHODS = frozenset(("get", "items", "keys", "values"))
LOOP = frozenset(
    ("changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem",
     "revindex", "revindex0")
)  # fmt: skip
GROUP = frozenset(("grouper", "list"))
UNIT = "单位"
# what stands for: there is no such thing; there is, and no template may have it
ABSENT, FORBIDDEN = object(), object()


def named(owner: Any, name: str) -> Any:
    """Return what `owner` has under `name`, else ABSENT or FORBIDDEN. Raises Refused for the letters of a value."""
    if isinstance(owner, Record):
        return owner.fields[name] if name in owner.fields else _nothing(owner, name)
    if isinstance(owner, Fact):
        return _beside(owner, name)
    if isinstance(owner, str | dict):
        return _of_text(owner, name) if isinstance(owner, str) else _of_map(owner, name)
    if isinstance(owner, Undefined):
        return owner[name] if name.startswith("_") else getattr(owner, name)
    return _nothing(owner, name) if name.startswith("_") else _of_template(owner, name)


def unparted(name: str, path: str = "") -> Refused:
    """Return the refusal of what would part a value from its origin."""
    hint = N_("值只能整个印；换说法用说数的过滤器，只要数用“光数”，数个数用“个数”")
    return Refused(N_("“{name}”不能用在数据的值上：改了就没有出处了"), {"name": name}, hint, path)


def _beside(fact: Fact, name: str) -> Any:
    """Return what the data says beside a value: what it is compared with, its notes, its unit."""
    if name == UNIT and fact.unit and name not in fact:
        place = replace(fact.origin, path=f"{fact.origin.path}.{UNIT}")
        return Fact(fact.unit, fact.unit, place)
    return fact[name] if name in fact else _nothing(fact, name)


def _of_text(text: str, name: str) -> Any:
    if name not in TEXT_METHODS:
        return _nothing(text, name)
    if name not in OUTER and seal.held(text):
        raise unparted(name)
    return getattr(text, name)


def _of_map(pairs: Mapping[str, Any], name: str) -> Any:
    if name in pairs:
        return pairs[name]
    return getattr(pairs, name) if name in MAP_METHODS else _nothing(pairs, name)


def _of_template(owner: Any, name: str) -> Any:
    """Return what stands under `name` in what is jinja2's own: macros of a file, blocks, what a namespace was given."""
    if isinstance(owner, TemplateModule):
        return vars(owner).get(name, ABSENT)
    if isinstance(owner, LoopContext):
        known = name in LOOP
    elif isinstance(owner, BlockReference):
        known = name == "super"
    elif isinstance(owner, tuple):
        known = name in GROUP
    else:
        known = isinstance(owner, Namespace | TemplateReference)
    if not known:
        return _nothing(owner, name)
    try:
        return owner[name] if isinstance(owner, TemplateReference) else getattr(owner, name)
    except (AttributeError, KeyError):
        return ABSENT


def _nothing(owner: object, name: str) -> object:
    return FORBIDDEN if name.startswith("_") or hasattr(type(owner), name) else ABSENT
