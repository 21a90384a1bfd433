"""Profiles: a TOML file of millimetres and points in, a Profile in twips out."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportkit import assets
from reportkit.errors import N_, Fault, InputError

# how Word is kept to the decided lines: fitted and seldom pinned, not at all, every line end pinned
LINES = ("held", "free", "all")
TW_PER_PT = 20
TW_PER_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face by its role: its name in Word, the names to try instead, the files a PDF embeds."""

    word: str
    instead: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a role looks. `indent` and `right` are in characters, `before` and `blank` in body lines.

    `before` is space above; `blank` counts empty lines above, which stay whole wherever a page ends.
    `face` sets Chinese, `latin` Latin letters and digits.
    """

    name: str
    face: str
    size_tw: int
    line_tw: int
    align: str = "both"
    indent: int = 0
    right: int = 0
    before: int = 0
    blank: int = 0
    bold: bool = False
    latin: str = "西文"


@dataclass(frozen=True, slots=True)
class Folio:
    """The page number: its dash stands `below_tw` under the type area, `indent` characters from the side."""

    style: str
    below_tw: int
    indent: int
    text: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """How tables look: `rules` "all" or "three", their thickness, text's distance from a cell's left and right.

    `side_small_tw` is that distance in a table set smaller.
    """

    rules: str
    rule_tw: int
    edge_tw: int
    side_tw: int
    side_small_tw: int


@dataclass(frozen=True)
class Profile:
    """A page format in twips (1/20 pt). Source: the clauses noted in the profile's own file."""

    id: str
    title: str
    lines: str
    width_tw: int
    height_tw: int
    top_tw: int
    bottom_tw: int
    left_tw: int
    right_tw: int
    rows: int
    characters: int
    line_tw: int
    rounding: str
    folio: Folio
    table: Ruling
    faces: Mapping[str, Typeface]
    styles: Mapping[str, Style]

    def __hash__(self) -> int:
        return hash((self.id, self.title, self.lines, self.line_tw))

    @property
    def measure_tw(self) -> int:
        """Width of the type area (版心)."""
        return self.width_tw - self.left_tw - self.right_tw

    @property
    def depth_tw(self) -> int:
        """Height of the type area (版心)."""
        return self.height_tw - self.top_tw - self.bottom_tw

    def base_tw(self, style: Style) -> int:
        """Return the spacing after a character of `style` that sets the grid's number of them in the measure."""
        return 0 if style.align == "center" else min(0, self.measure_tw // self.characters - style.size_tw)


def shipped() -> dict[str, Path]:
    """Return the files of the profiles that come with reportkit, by name."""
    return {path.stem: path for path in sorted((assets.folder("templates") / "profiles").glob("*.toml"))}


@lru_cache(maxsize=16)
def find(name: str) -> Profile:
    """Return the profile `name`, shipped or a path to a .toml. Raises InputError if it cannot be read."""
    spec, file = _spec(name, ())
    try:
        return _profile(Path(name).stem, spec)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = N_("缺少 {key}").format(key=error) if isinstance(error, KeyError) else str(error)
        raise InputError(
            Fault(
                N_("版式文件有误：{problem}"),
                {"problem": problem},
                N_("照 templates/profiles/gbt9704.toml 写"),
                file,
            )
        ) from None


def _spec(name: str, seen: tuple[str, ...]) -> tuple[dict[str, Any], str]:
    """Return the profile's tables, laid over those it extends, and its file."""
    path = Path(name) if name.endswith(".toml") else shipped().get(name)
    if path is None or not path.is_file():
        near = difflib.get_close_matches(name, shipped(), n=1, cutoff=0.4)
        raise InputError(
            Fault(
                N_("没有“{name}”这个版式"),
                {"name": name, "known": "、".join(near or shipped())},
                N_("是不是 {known}") if near else N_("现有：{known}；或写 .toml 文件的路径"),
            )
        )
    try:
        spec = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(Fault(N_("版式文件有误：{problem}"), {"problem": str(error)}, file=str(path))) from None
    base = spec.pop("extends", None)
    if base in seen:
        raise InputError(Fault(N_("版式互相继承，没有尽头：{name}"), {"name": base}, file=str(path)))
    return (_over(_spec(base, (*seen, name))[0], spec) if base else spec), str(path)


def _over(base: Mapping[str, Any], top: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in top.items():
        merged[key] = _over(merged[key], value) if isinstance(value, dict) and key in merged else value
    return merged


def _profile(name: str, spec: Mapping[str, Any]) -> Profile:
    page, folio, table = spec["page"], spec["folio"], spec["table"]
    line_tw = _tw(page["line_pt"], TW_PER_PT)
    if spec["lines"] not in LINES:
        raise ValueError(f"lines = {spec['lines']!r}")
    if spec["figures"]["rounding"] not in ("half-up", "half-even"):
        raise ValueError(f"rounding = {spec['figures']['rounding']!r}")
    if table["rules"] not in ("all", "three"):
        raise ValueError(f"rules = {table['rules']!r}")
    profile = Profile(
        id=name,
        title=spec["title"],
        lines=spec["lines"],
        width_tw=_tw(page["width_mm"], TW_PER_MM),
        height_tw=_tw(page["height_mm"], TW_PER_MM),
        top_tw=_tw(page["top_mm"], TW_PER_MM),
        bottom_tw=_tw(page["bottom_mm"], TW_PER_MM),
        left_tw=_tw(page["left_mm"], TW_PER_MM),
        right_tw=_tw(page["right_mm"], TW_PER_MM),
        rows=int(page["lines"]),
        characters=int(page["characters"]),
        line_tw=line_tw,
        rounding=spec["figures"]["rounding"],
        folio=Folio(folio["style"], _tw(folio["below_mm"], TW_PER_MM), int(folio["indent"]), folio["text"]),
        table=Ruling(
            table["rules"],
            *(_tw(table[key], TW_PER_PT) for key in ("rule_pt", "edge_pt", "side_pt", "side_small_pt")),
        ),
        faces={
            key: Typeface(face["word"], tuple(face["instead"]), tuple(face["files"]))
            for key, face in spec["faces"].items()
        },
        styles={key: _style(style, line_tw) for key, style in spec["styles"].items()},
    )
    if profile.rows * line_tw > profile.depth_tw:
        raise ValueError(f"{profile.rows} × {line_tw} > {profile.depth_tw}")
    return profile


def _style(spec: Mapping[str, Any], line_tw: int) -> Style:
    known = dict(spec)
    size_tw = _tw(known.pop("size_pt"), TW_PER_PT)
    own = known.pop("line_pt", None)
    return Style(size_tw=size_tw, line_tw=line_tw if own is None else _tw(own, TW_PER_PT), **known)


def _tw(length: float, unit: float) -> int:
    return round(length * unit)
