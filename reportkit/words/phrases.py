"""Phrases: what an office may say in its own way, read from TOML and laid one over another."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Union

from reportkit import assets, toml
from reportkit.errors import N_, Fault, InputError
from reportkit.facts.check import FORBIDDEN
from reportkit.shelf import Seen
from reportkit.toml import Key, Toml

FILE = "phrases.toml"
Phrases = Mapping[str, Union[str, "Phrases"]]


def shipped(seen: Seen) -> Phrases:
    """Return the phrases that come with reportkit: every key there is."""
    return toml.read(seen(assets.folder("templates") / "phrases" / FILE).path).tables


def over(base: Phrases, folder: Path, seen: Seen) -> Phrases:
    """Return `base` with those that `folder`'s phrases.toml says otherwise; `base` itself if it has no such file.

    Raises InputError with a fault for each key that `base` lacks and each value of another kind.
    """
    file = seen(folder / FILE)
    if file.changed_ns is None:
        return base
    own = toml.read(file.path)
    if faults := list(_faults(own.tables, base, (), own)):
        raise InputError(faults)
    return _over(base, own.tables)


def _over(base: Phrases, own: Phrases) -> Phrases:
    merged = dict(base)
    for key, value in own.items():
        beneath = base[key]
        merged[key] = value if isinstance(value, str) or isinstance(beneath, str) else _over(beneath, value)
    return merged


def _faults(own: Phrases, base: Phrases, above: Key, file: Toml) -> Iterator[Fault]:
    for key, value in own.items():
        place = (*above, key)
        told = partial(Fault, file=file.file, line=file.line(place), path=".".join(place))
        if key not in base:
            near = difflib.get_close_matches(key, base, n=1, cutoff=0.4)
            hint = N_("是不是“{near}”") if near else N_("这里可以写：{known}")
            fields = {"key": key, "near": "".join(near), "known": "、".join(base)}
            yield told(N_("没有“{key}”这一项"), fields, hint)
        elif isinstance(base[key], str) != isinstance(value, str) or not isinstance(value, str | Mapping):
            want = N_("一段文字") if isinstance(base[key], str) else N_("一组键和值")
            yield told(N_("这里要{want}"), {"want": want}, N_("文字加引号"))
        elif isinstance(value, str):
            if FORBIDDEN.search(value):
                yield told(N_("用语里有换行或控制字符"), {}, N_("一条用语写成一行"))
        else:
            yield from _faults(value, base[key], place, file)  # type: ignore[arg-type]
