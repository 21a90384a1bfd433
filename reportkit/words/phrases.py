"""Phrases: what an office may say in its own way, read from TOML and laid one over another."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Union

from reportkit import assets
from reportkit.errors import N_, Fault, InputError
from reportkit.facts.check import FORBIDDEN

FILE = "phrases.toml"
Phrases = Mapping[str, Union[str, "Phrases"]]


@lru_cache(maxsize=1)
def shipped() -> Phrases:
    """Return the phrases that come with reportkit: every key there is."""
    return _read(assets.folder("templates") / "phrases" / FILE)


def over(base: Phrases, folder: Path) -> Phrases:
    """Return `base` with those that `folder`'s phrases.toml says otherwise; `base` itself if it has no such file.

    Raises InputError with a fault for each key that `base` lacks and each value of another kind.
    """
    file = folder / FILE
    if not file.is_file():
        return base
    own = _read(file)
    if faults := list(_faults(own, base, "", file)):
        raise InputError(faults)
    return _over(base, own)


def _read(file: Path) -> Phrases:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        line = re.search(r"at line (\d+)", str(error))
        fields, hint = {"problem": str(error)}, N_("中文的键和文字都加引号")
        raise InputError(
            Fault(N_("用语文件有误：{problem}"), fields, hint, str(file), int(line[1]) if line else None)
        ) from None


def _over(base: Phrases, own: Phrases) -> Phrases:
    merged = dict(base)
    for key, value in own.items():
        beneath = base[key]
        merged[key] = value if isinstance(value, str) or isinstance(beneath, str) else _over(beneath, value)
    return merged


def _faults(own: Phrases, base: Phrases, path: str, file: Path) -> Iterator[Fault]:
    for key, value in own.items():
        here = f"{path}.{key}" if path else key
        line = _line(file, key)
        if key not in base:
            near = difflib.get_close_matches(key, base, n=1, cutoff=0.4)
            hint = N_("是不是“{near}”") if near else N_("这里可以写：{known}")
            fields = {"key": key, "near": "".join(near), "known": "、".join(base)}
            yield Fault(N_("没有“{key}”这一项"), fields, hint, str(file), line, path=here)
        elif isinstance(base[key], str) != isinstance(value, str) or not isinstance(value, str | Mapping):
            want = N_("一段文字") if isinstance(base[key], str) else N_("一组键和值")
            yield Fault(N_("这里要{want}"), {"want": want}, N_("文字加引号"), str(file), line, path=here)
        elif isinstance(value, str):
            if FORBIDDEN.search(value):
                yield Fault(N_("用语里有换行或控制字符"), {}, N_("一条用语写成一行"), str(file), line, path=here)
        else:
            yield from _faults(value, base[key], here, file)  # type: ignore[arg-type]


def _line(file: Path, key: str) -> int | None:
    """Return the first line on which `key` is written: TOML's own reader keeps no lines."""
    written = re.compile(rf"""\s*\[?\s*(?:[^#=]*\.\s*)?["']?{re.escape(key)}["']?\s*[\].=]""")
    lines = enumerate(file.read_text("utf-8-sig").split("\n"), start=1)
    return next((number for number, text in lines if written.match(text)), None)
