"""Profiles by name: a TOML file of millimetres and points in, a Profile in twips out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportkit import assets, toml
from reportkit.errors import N_, Fault, InputError
from reportkit.pages import face, own_face, profile_fit, profile_keys
from reportkit.pages.profile import LATIN, Folio, Profile, Ruling, Style, Typeface
from reportkit.shelf import Seen, Shelf
from reportkit.toml import Key as Place
from reportkit.toml import Toml

SUFFIX = ".toml"


def shipped() -> dict[str, Path]:
    """Return the files of the profiles that come with reportkit, by name."""
    return {path.stem: path for path in sorted((assets.folder("templates") / "profiles").glob(f"*{SUFFIX}"))}


_profiles: Shelf[Profile] = Shelf(32)


def find(name: str) -> Profile:
    """Return the profile `name`, shipped or a path to a .toml file. Raises InputError with every fault of its file."""
    path = _found(name, Path())
    if path is None:
        raise InputError(_unknown(name))
    try:
        return _profiles.get(path, lambda seen: _read(path, seen))
    except InputError as error:  # told by the name it was asked for
        raise InputError(replace(one, file=name) if one.file == str(path) else one for one in error.faults) from None


def _found(name: str, folder: Path) -> Path | None:
    """Return the file of the profile `name`: a shipped one's, or the .toml file at that path from `folder`."""
    if not name.endswith(SUFFIX):
        return shipped().get(name)
    try:
        path = folder / name
        return path.resolve() if path.is_file() else None
    except (OSError, ValueError):
        return None


def _unknown(name: str, file: str = "", line: int | None = None, path: str = "") -> Fault:
    near = difflib.get_close_matches(name, shipped(), n=1, cutoff=0.4)
    hint = N_("是不是 {known}") if near else N_("现有：{known}；或写 .toml 文件的路径")
    fields = {"name": name, "known": "、".join(near or shipped())}
    return Fault(N_("没有“{name}”这个版式"), fields, hint, file, line, path=path)


def _read(path: Path, seen: Seen) -> Profile:
    """Return the profile of the file at `path`. Raises InputError."""
    layers = _layers(path, seen, ())
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for layer in layers:
        own = profile_keys.taken(layer, faults)
        faults += _sourced(layer, own, seen)
        values = _over(values, own)
    faults = faults or list(_lacking(layers[-1], values)) or list(_faceless(layers, values))
    if faults:
        raise InputError(faults)
    profile = profile_fit.recounted(_made(path.stem, values), layers[-1])
    misfits = profile_fit.misfits(profile)
    told = [_told(layers, one.places, one.message, one.fields, one.hint) for one in misfits]
    if not told and path.parent != assets.folder("templates") / "profiles":
        told = list(_undrawn(layers, profile))
    if told:
        raise InputError({(one.file, one.path): one for one in reversed(told)}.values())
    return profile


def _layers(path: Path, seen: Seen, above: tuple[Path, ...]) -> list[Toml]:
    """Return the file at `path` and before it, the lowest first, those it extends."""
    layer = toml.read(seen(path).path)
    base = layer.tables.get("extends")
    if not isinstance(base, str) or not base.strip():
        return [layer]
    beneath, line = _found(base, path.parent), layer.line(("extends",))
    if beneath is None:
        raise InputError(_unknown(base, layer.file, line, "extends"))
    if beneath in (*above, path):
        message = N_("版式互相继承，没有尽头：{name}")
        raise InputError(Fault(message, {"name": base}, N_("去掉一个 extends"), layer.file, line, path="extends"))
    return [*_layers(beneath, seen, (*above, path)), layer]


def _over(base: Mapping[str, Any], top: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in top.items():
        merged[key] = _over(merged[key], value) if isinstance(value, dict) and key in merged else value
    return merged


def _sourced(layer: Toml, values: dict[str, Any], seen: Seen) -> Iterator[Fault]:
    """Put the font files of a profile's file in the place of their names; yield what is wrong with them."""
    folder, fonts = Path(layer.file).parent, assets.folder("fonts")
    for name, typeface in values.get("faces", {}).items():
        place, files = ("faces", name, "files"), []
        for file in typeface.get("files", ()):
            sources = [seen(beside / file) for beside in (folder, fonts)]
            found = next((one for one in sources if one.changed_ns is not None), None)
            if found is None:
                hint = N_("找过 {folder} 和随附的：{known}；写文件名，或相对这个版式文件的路径")
                known = "、".join(one.name for one in sorted(fonts.glob("*.ttf")))
                fields = {"name": file, "folder": str(folder), "known": known}
                yield profile_keys.fault(layer, place, N_("没有字体文件 {name}"), fields, hint)
                continue
            try:
                face.opened(found.path)
            except InputError as error:
                where = {"file": layer.file, "line": layer.line(place), "path": ".".join(place)}
                yield from (replace(one, **where) for one in error.faults)  # type: ignore[arg-type]
            files.append(found)
        if "files" in typeface:
            typeface["files"] = tuple(files)


def _lacking(top: Toml, values: Mapping[str, Any]) -> Iterator[Fault]:
    hint = N_('写上它，或在开头写 extends = "gbt9704"')
    for place in profile_keys.lacking(values):
        yield profile_keys.fault(top, place, N_("缺少 {key}"), {"key": place[-1]}, hint)


def _faceless(layers: list[Toml], values: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each style that names a face there is not, and each new face that no style names."""
    faces, used = values["faces"], set[str]()
    for key, style in values["styles"].items():
        for role in ("face", "latin"):
            name = style.get(role, LATIN)
            used.add(name)
            if name not in faces:
                near = difflib.get_close_matches(name, faces, n=1, cutoff=0.6)
                hint = N_("是不是“{near}”") if near else N_("[faces] 里有：{known}")
                fields = {"name": name, "near": "".join(near), "known": "、".join(faces)}
                yield _told(layers, [("styles", key, role)], N_("没有“{name}”这个字体"), fields, hint)
    before = {name for layer in layers[:-1] for name in layer.tables.get("faces", {})}
    for name in faces.keys() - used - before:
        near = difflib.get_close_matches(name, used, n=1, cutoff=0.3)
        hint = N_("是不是“{near}”") if near else N_("样式用的是：{known}")
        fields = {"name": name, "near": "".join(near), "known": "、".join(sorted(used))}
        yield _told(layers, [("faces", name)], N_("没有样式用“{name}”这个字体"), fields, hint)


def _undrawn(layers: list[Toml], profile: Profile) -> Iterator[Fault]:
    """Yield a fault for each style whose face for Chinese lacks it, or whose face for Latin does."""
    for key, style in profile.styles.items():
        files = [face.opened(file.path) for file in profile.faces[style.face].files]
        if lacking := set.intersection(*(set(own_face.undrawn(one, own_face.HAN)) for one in files)):
            fields = {"name": style.face, "lacking": "".join(sorted(lacking))}
            places = [("styles", key, "face"), ("faces", style.face, "files")]
            yield _told(layers, places, N_("字体“{name}”没有这些汉字：{lacking}"), fields, N_("换一个有汉字的字体文件"))
        latin = face.opened(profile.faces[style.latin].files[0].path)
        if wanting := own_face.undrawn(latin, own_face.LATIN):
            fields = {"name": style.latin, "lacking": wanting}
            places = [("styles", key, "latin"), ("faces", style.latin, "files")]
            hint = N_("它的第一个文件要有字母和数字")
            yield _told(layers, places, N_("字体“{name}”没有这些西文：{lacking}"), fields, hint)


def _told(layers: list[Toml], places: Iterable[Place], message: str, fields: Mapping[str, object], hint: str) -> Fault:
    """Return a fault at the first of `places` that is written in the topmost file that writes any."""
    written = ((layer, place) for layer in reversed(layers) for place in places if place in layer.lines)
    layer, place = next(written, (layers[-1], next(iter(places))))
    return profile_keys.fault(layer, place, message, fields, hint)


def _made(name: str, values: Mapping[str, Any]) -> Profile:
    page, folio, table = values["page"], values["folio"], values["table"]
    return Profile(
        id=name,
        title=values["title"],
        lines=values["lines"],
        width_tw=page["width_mm"],
        height_tw=page["height_mm"],
        top_tw=page["top_mm"],
        bottom_tw=page["bottom_mm"],
        left_tw=page["left_mm"],
        right_tw=page["right_mm"],
        rows=page["lines"],
        characters=page["characters"],
        line_tw=page["line_pt"],
        rounding=values["figures"]["rounding"],
        folio=Folio(folio["below_mm"], folio["indent"], folio["text"]),
        table=Ruling(table["rules"], *(table[key] for key in ("rule_pt", "edge_pt", "side_pt", "side_small_pt"))),
        faces={
            key: Typeface(one["word"], one.get("instead", ()), one["files"]) for key, one in values["faces"].items()
        },
        styles={key: _style(style, page["line_pt"]) for key, style in values["styles"].items()},
    )


def _style(values: Mapping[str, Any], line_tw: int) -> Style:
    own = {key: value for key, value in values.items() if key not in ("size_pt", "line_pt")}
    return Style(size_tw=values["size_pt"], line_tw=values.get("line_pt", line_tw), **own)
