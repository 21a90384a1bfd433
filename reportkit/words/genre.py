"""Genres: a name or a folder in, its schema, phrases and templates out."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from reportkit import assets
from reportkit.data import datafile
from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError
from reportkit.facts.shape import Shape, shape_of
from reportkit.shelf import Seen, Shelf
from reportkit.words import phrases
from reportkit.words.phrases import Phrases

SCHEMA, TEMPLATE = "schema.yaml", "words.jinja"
# the line of a schema that names the genre it builds on
BASE = ("基于", "extends")
# what every data file may say, beside what its genre asks; groups that several schemas have, and the key that names one
FRAME, GROUPS = "frame.yaml", "groups.yaml"
SHARED = ("同", "same")


@dataclass(frozen=True)
class Genre:
    """A template folder: the shape of its data (`shape`, with the header fields), its phrases, where its words are.

    `layers` are its folder and, beneath it, those of the genres it builds on; `is_foreign`: one of them is neither
    shipped nor in the user's own folder.
    """

    name: str
    folder: Path
    shape: Shape
    layers: tuple[Path, ...]
    phrases: Phrases = field(repr=False)
    is_foreign: bool = False

    @property
    def say(self) -> str:
        """What the genre is for, in a line."""
        return self.shape.say


def shipped() -> dict[str, Path]:
    """Return the folders of the genres that come with reportkit, by name."""
    return within(assets.folder("templates") / "genres")


_genres: Shelf[Genre] = Shelf(32)


def within(folder: Path | None) -> dict[str, Path]:
    """Return the template folders in `folder`, by name, sound or not; none if there is no such folder."""
    inner = sorted(folder.iterdir()) if folder and folder.is_dir() else []
    return {path.name: path for path in inner if _is_template(path)}


def _is_template(folder: Path) -> bool:
    """True for a folder with either of a template's files."""
    try:
        return any((folder / name).is_file() for name in (SCHEMA, TEMPLATE))
    except (OSError, ValueError):  # no name of a folder
        return False


def find(name: str, beside: Path | None = None, own: Path | None = None, typed: bool = True) -> Genre:
    """Return the genre `name`: a folder beside the data (`beside`/NAME), the folder at the path NAME, one of the
    user's `own`, or a shipped one, the first there is.

    A name that was not `typed` on a command line or in a script, but read from data, is no path from the working
    folder, and leads to no folder outside that of the data. Raises InputError when there is no such genre, or when its
    schema or phrases cannot be read.
    """
    places = [*([beside / name] if beside and _is_inner(name) else []), *([Path(name)] if typed else [])]
    folder = next((place for place in places if _is_template(place)), None)
    if folder and beside and not typed and not _real(folder).is_relative_to(_real(beside)):
        hint = N_("用 --template 写出它的路径")
        raise InputError(Fault(N_("模板“{name}”是通到数据文件夹外面的链接"), {"name": name}, hint))
    known = shipped() | within(own)
    if folder is None:
        folder = known.get(name)
    if folder is None:
        raise InputError(_unknown(name, known))
    folder, own = _real(folder), _real(own) if own else None
    return _genres.get((folder, own), lambda seen: _read(folder, own, seen))


def _real(path: Path) -> Path:
    """Return a path without links; one that goes round is itself."""
    return Path(os.path.realpath(path))


def _is_inner(name: str) -> bool:
    """Return whether a name leads to a folder inside another, or to that itself."""
    return not PurePath(name).is_absolute() and ".." not in PurePath(name).parts


def _unknown(name: str, known: dict[str, Path], file: str = "", line: int | None = None) -> Fault:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = N_("是不是 {known}") if near else N_("现有：{known}；或写模板文件夹的路径")
    return Fault(N_("没有“{name}”这个模板"), {"name": name, "known": "、".join(near or known)}, hint, file, line)


def _read(folder: Path, own: Path | None, seen: Seen) -> Genre:
    stack = list(_stack(folder, own, (), seen))
    tree, said = datafile.read(seen(assets.folder("templates") / FRAME).path), phrases.shipped(seen)
    groups = {key.typed: group for key, group in datafile.read(seen(assets.folder("templates") / GROUPS).path).pairs}
    for layer, node in reversed(stack):
        tree = _over(tree, _filled(node, groups, str(layer / SCHEMA)))
        said = phrases.over(said, layer, seen)
        shape = shape_of(tree, str(layer / SCHEMA))
    layers = tuple(layer for layer, _ in stack)
    known = [place for place in (own, assets.folder("templates")) if place]
    foreign = any(not any(layer.is_relative_to(place) for place in known) for layer in layers)
    return Genre(folder.name, folder, shape, layers, said, foreign)


def _stack(folder: Path, own: Path | None, above: tuple[Path, ...], seen: Seen) -> Iterator[tuple[Path, Node]]:
    """Yield (folder, schema) of a genre, then of the one it builds on, and so on down."""
    file = seen(folder / SCHEMA).path
    _check_inside(folder, seen)
    if not file.is_file():
        hint = N_("schema.yaml 说数据里有哪些项；在随附的上面改的，写一行“基于: briefing”")
        raise InputError(Fault(N_("模板文件夹里没有 {name}"), {"name": SCHEMA}, hint, str(folder)))
    node = datafile.read(file)
    named = next((value for key, value in node.pairs if key.typed in BASE), None)
    yield folder, _without_base(node)
    if named is None:
        return
    above = (*above, folder)
    if len(PurePath(named.typed).parts) != 1 or not _is_inner(named.typed):
        message, hint = N_("“基于”后面只写模板名，不写路径"), N_("底下的模板放在它旁边，或自己的模板文件夹里")
        raise InputError(Fault(message, {}, hint, str(file), named.line or None))
    places = [*([own] if own else []), assets.folder("templates") / "genres", folder.parent]
    found = [_real(place / named.typed) for place in places if seen(place / named.typed / SCHEMA).changed_ns]
    mine = (own, assets.folder("templates"), folder.parent)
    inside = [one for one in found if any(place and one.is_relative_to(place) for place in mine)]
    beneath = next((place for place in inside if place not in above), None)
    if beneath is None:
        raise InputError(_unknown(named.typed, shipped() | within(own), str(file), named.line or None))
    yield from _stack(beneath, own, above, seen)


def _check_inside(folder: Path, seen: Seen) -> None:
    """Refuse a file of a genre's folder, other than a shipped one, that is a link to one outside it."""
    if folder.is_relative_to(assets.folder("templates")):
        return
    for name in (SCHEMA, phrases.FILE):
        file = seen(folder / name).path
        if not _real(file).is_relative_to(folder):
            hint = N_("把文件本身放进模板文件夹")
            raise InputError(Fault(N_("是通到模板文件夹外面的链接"), {}, hint, str(file)))


def _without_base(node: Node) -> Node:
    if node.kind != "map":
        return node
    return replace(node, value=tuple((key, value) for key, value in node.pairs if key.typed not in BASE))


def _filled(node: Node, groups: dict[str, Node], file: str) -> Node:
    """Return a schema's tree with the shared group that a mapping names beneath what it says itself."""
    if node.kind == "list":
        return replace(node, value=tuple(_filled(item, groups, file) for item in node.items))
    if node.kind != "map":
        return node
    keys = [key.typed for key, _ in node.pairs]
    for at, (key, _) in enumerate(node.pairs):
        if key.typed in keys[:at]:
            fields = {"other": key.typed}
            raise InputError(Fault(N_("与前面的“{other}”重复"), fields, N_("只留一个"), file, key.line or None))
    named = next((value for key, value in node.pairs if key.typed in SHARED), None)
    pairs = ((key, _filled(value, groups, file)) for key, value in node.pairs if key.typed not in SHARED)
    own = replace(node, value=tuple(pairs))
    if named is None:
        return own
    if named.typed not in groups:
        near = difflib.get_close_matches(named.typed, groups, n=1, cutoff=0.4)
        fields = {"name": named.typed, "known": "、".join(near or groups)}
        hint = N_("是不是 {known}") if near else N_("可以写：{known}")
        raise InputError(Fault(N_("没有“{name}”这个共用的组"), fields, hint, file, named.line or None))
    return _over(groups[named.typed], own)


def _over(base: Node, top: Node) -> Node:
    """Return a schema's tree laid over another: groups and lists of groups are joined, anything else is replaced."""
    if base.kind == top.kind == "list" and len(base.items) == len(top.items) == 1:
        return replace(top, value=(_over(base.items[0], top.items[0]),))
    if not base.kind == top.kind == "map":
        return top
    own = {key.typed: (key, value) for key, value in top.pairs}
    pairs = [(key, _over(value, own.pop(key.typed)[1]) if key.typed in own else value) for key, value in base.pairs]
    return replace(top, value=(*pairs, *own.values()))
