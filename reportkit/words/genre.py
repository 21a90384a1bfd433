"""Genres: a name or a folder in, its schema and template out."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from reportkit import assets
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import load
from reportkit.facts.shape import Shape, shape_of

SCHEMA, TEMPLATE = "schema.yaml", "words.jinja"
# what every data file may say of itself, beside what its genre asks
HEADER = {
    "模板": "text? template：用哪个模板",
    "版式": "text? profile：用哪个版式",
    "日期": "date? date：成稿日期，记入文件属性，不印在正文",
}


@dataclass(frozen=True)
class Genre:
    """A template folder: the shape of its data (`shape`, with the header fields) and where its words are."""

    name: str
    folder: Path
    shape: Shape

    @property
    def say(self) -> str:
        """What the genre is for, in a line."""
        return self.shape.say


def shipped() -> dict[str, Path]:
    """Return the folders of the genres that come with reportkit, by name."""
    genres = assets.folder("templates") / "genres"
    return {path.name: path for path in sorted(genres.iterdir()) if (path / SCHEMA).is_file()}


def find(name: str, beside: Path | None = None) -> Genre:
    """Return the genre `name`: a folder, one beside the data (`beside`/NAME), or a shipped one.

    Raises InputError when there is none, or when its schema cannot be read.
    """
    given = Path(name)
    places = [given, *([beside / name] if beside else [])]
    folder = next((place for place in places if (place / SCHEMA).is_file()), None) or shipped().get(name)
    if folder is None:
        near = difflib.get_close_matches(name, shipped(), n=1, cutoff=0.4)
        raise InputError(
            Fault(
                N_("没有“{name}”这个模板"),
                {"name": name, "known": "、".join(near or shipped())},
                N_("是不是 {known}") if near else N_("现有：{known}；或写模板文件夹的路径"),
            )
        )
    return _read(folder.resolve())


@lru_cache(maxsize=32)
def _read(folder: Path) -> Genre:
    file = folder / SCHEMA
    asked, header = shape_of(load.read(file), str(file)), shape_of(load.of(HEADER))
    return Genre(folder.name, folder, replace(asked, fields={**header.fields, **asked.fields}))
