"""Starters: a genre in, a folder out from which an office makes a template of its own."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from reportkit import assets, disk
from reportkit.errors import N_, Fault, InputError, unwritable
from reportkit.facts.shape import Shape
from reportkit.facts.skeleton import skeleton_yaml
from reportkit.words import outline, phrases
from reportkit.words.genre import TEMPLATE, Genre

BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
DATA = "data.yaml"


def start(genre: Genre, folder: Path) -> list[Path]:
    """Make `folder` a template that builds on `genre`, with data to fill in; return its files.

    Raises InputError, and leaves everything as it was, if the folder holds anything or cannot be written.
    """

    def check(_: Path) -> None:
        if os.path.lexists(folder) and (not folder.is_dir() or any(map(_is_foreign, os.listdir(folder)))):
            hint = N_("换一个名字，或先清空它")
            raise InputError(Fault(N_("这个文件夹里已经有东西"), {}, hint, str(folder)))

    try:
        check(folder)
        # a name that is no text where the locale is ASCII is one in UTF-8
        name = os.fsencode(os.path.basename(os.path.realpath(folder))).decode(errors="replace")
        texts = _texts(genre, name)
        with disk.locked([folder]) as made:
            disk.put({folder / name: text.encode() for name, text in texts.items()}, check, made)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise unwritable(folder, error) from None
    return [folder / name for name in texts]


def _is_foreign(name: str) -> bool:
    return not name.startswith(disk.SCRATCH)


def _texts(genre: Genre, name: str) -> dict[str, str]:
    """Return the text of each file of a starter."""
    patterns = sorted((assets.folder("templates") / "starter").iterdir())
    blocks = "、".join(_blocks(genre))
    texts = {
        path.name: path.read_text("utf-8").replace("GENRE", genre.name).replace("NAME", name).replace("BLOCKS", blocks)
        for path in patterns
        if path.is_file()
    }
    texts[DATA] += skeleton_yaml(_without_template(genre.shape))
    texts[phrases.FILE] += _remarked(assets.folder("templates") / "phrases" / phrases.FILE)
    return texts


def _blocks(genre: Genre) -> list[str]:
    """Return the names of the blocks of a genre's words, and of the shipped templates those extend."""
    file = next((layer / TEMPLATE for layer in genre.layers if (layer / TEMPLATE).is_file()), None)
    names: list[str] = []
    while file and file.is_file():
        text = file.read_text("utf-8-sig")
        names += BLOCK.findall(text)
        beneath = outline.extended(text)
        file = assets.folder("templates") / beneath if beneath else None
    return list(dict.fromkeys(names))


def _without_template(shape: Shape) -> Shape:
    """Return the shape of what is left to fill in: the starter's data names its template itself."""
    return replace(shape, fields={name: inner for name, inner in shape.fields.items() if inner.english != "template"})


def _remarked(file: Path) -> str:
    lines = file.read_text("utf-8").split("\n")
    return "\n".join(f"# {line}" if line and not line.startswith("#") else "" for line in lines).strip() + "\n"
