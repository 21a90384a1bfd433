"""Whether a profile's sizes hold: a Profile in, each thing that cannot be out, with the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from reportkit.errors import N_
from reportkit.pages.folio import DASH_PERMILLE
from reportkit.pages.place import BASELINE_PERMILLE
from reportkit.pages.profile import TIGHTEST, Profile, Style
from reportkit.pages.profile_keys import FOLIO, INLINE, NUMBER, TW_PER_MM, TW_PER_PT
from reportkit.toml import Key as Place
from reportkit.toml import Toml

# a line of text that holds fewer characters is none
FEWEST = 2
DIGITS = 4  # of a page number
# the names of the styles that a Word file has beside the profile's
WORDS_OWN = ("normal", "default paragraph font", "normal table", "no list")


class Misfit(NamedTuple):
    """What cannot be: the places of the profile's file that meet in it, and how it is told."""

    places: tuple[Place, ...]
    message: str
    fields: Mapping[str, object]
    hint: str


def recounted(profile: Profile, top: Toml) -> Profile:
    """Return a profile whose lines a page and characters a line follow from its sizes, unless its file states them.

    One that changes a margin alone need not reckon them anew.
    """
    rows, characters = _rows(profile), _characters(profile)
    if profile.rows not in rows and ("page", "lines") not in top.lines:
        profile = replace(profile, rows=max(rows.start, 1))
    if profile.characters not in characters and ("page", "characters") not in top.lines:
        profile = replace(profile, characters=max(characters.start, 1))
    return profile


def misfits(profile: Profile) -> Iterator[Misfit]:
    """Yield what cannot be in a profile: where there is no type area nothing else is looked at."""
    found = list(_margins(profile))
    yield from found
    if not found:
        yield from _grid(profile)
        for key, style in profile.styles.items():
            yield from _line(profile, key, style)
        yield from _same_line(profile)
        yield from _folio(profile)
        yield from _names(profile)


def _rows(profile: Profile) -> range:
    """Return the numbers of lines a page that are true of the type area: one."""
    most = profile.depth_tw // profile.line_tw
    return range(most, most + 1)


def _characters(profile: Profile) -> range:
    """Return the numbers of characters a line that are true of the type area, from natural to tightest."""
    size_tw = profile.styles["body"].size_tw
    return range(profile.measure_tw // size_tw, profile.measure_tw * TIGHTEST // (size_tw * (TIGHTEST - 1)) + 1)


def _margins(profile: Profile) -> Iterator[Misfit]:
    for one, other, whole in (("left", "right", "width"), ("top", "bottom", "height")):
        one_tw, other_tw, whole_tw = (getattr(profile, f"{name}_tw") for name in (one, other, whole))
        if one_tw + other_tw >= whole_tw:
            fields = {"one": _mm(one_tw), "other": _mm(other_tw), "whole": _mm(whole_tw)}
            message = N_("两边的边距 {one} + {other} 毫米，纸只有 {whole} 毫米，没有版心了")
            yield Misfit(_page(f"{one}_mm", f"{other}_mm", f"{whole}_mm"), message, fields, N_("改小边距"))


def _grid(profile: Profile) -> Iterator[Misfit]:
    body = profile.styles["body"]
    rows, characters = _rows(profile), _characters(profile)
    if profile.rows not in rows or not rows.start:
        fields = {
            "count": profile.rows,
            "line": _pt(profile.line_tw),
            "needed": _pt(profile.rows * profile.line_tw),
            "room": _pt(profile.depth_tw),
            "most": rows.start,
        }
        message = N_("每面 {count} 行 × {line} 磅 = {needed} 磅，版心高 {room} 磅，正好是 {most} 行")
        places = _page("lines", "line_pt", "top_mm", "bottom_mm", "height_mm")
        yield Misfit(places, message, fields, N_("改行数、行距或上下边距"))
    if profile.characters not in characters or characters.start < FEWEST:
        fields = {
            "count": profile.characters,
            "size": _pt(body.size_tw),
            "needed": _pt(profile.characters * body.size_tw),
            "room": _pt(profile.measure_tw),
            "least": characters.start,
            "most": characters[-1],
        }
        message = N_("每行 {count} 字 × {size} 磅 = {needed} 磅，版心宽 {room} 磅，只能是 {least} 到 {most} 字")
        places = (*_page("characters"), ("styles", "body", "size_pt"), *_page("left_mm", "right_mm", "width_mm"))
        yield Misfit(places, message, fields, N_("正文的字号由版心的行列定：改字数、字号或左右边距"))
    if body.line_tw != profile.line_tw:
        fields = {"line": _pt(body.line_tw), "other": _pt(profile.line_tw)}
        message = N_("正文的行距 {line} 磅，版心的行距 {other} 磅")
        hint = N_("正文一行就是版心一行：只写 page.line_pt")
        yield Misfit((("styles", "body", "line_pt"), *_page("line_pt")), message, fields, hint)


def _line(profile: Profile, key: str, style: Style) -> Iterator[Misfit]:
    """Yield what keeps a style's type from standing on a line of its own on the page."""
    fields: dict[str, object]
    at = ("styles", key)
    size, line = (*at, "size_pt"), (*at, "line_pt")
    if style.line_tw < style.size_tw and key not in (*INLINE, FOLIO):
        fields = {"line": _pt(style.line_tw), "size": _pt(style.size_tw)}
        message = N_("行距 {line} 磅，比字号 {size} 磅小，字会叠在一起")
        yield Misfit((size, line, *_page("line_pt")), message, fields, N_("改小字号，或改大行距"))
    characters = style.indent + style.right + FEWEST
    if characters * style.size_tw > profile.measure_tw:
        fields = {
            "indent": style.indent,
            "right": style.right,
            "least": FEWEST,
            "size": _pt(style.size_tw),
            "needed": _pt(characters * style.size_tw),
            "room": _pt(profile.measure_tw),
        }
        message = N_("缩进 {indent} 字、右空 {right} 字，再排 {least} 字，× {size} 磅 = {needed} 磅，版心宽 {room} 磅")
        places = (size, (*at, "indent"), (*at, "right"), *_page("left_mm", "right_mm", "width_mm"))
        yield Misfit(places, message, fields, N_("改小字号或缩进"))
    depth_tw = (style.before + style.blank) * profile.line_tw + style.line_tw
    if depth_tw > profile.depth_tw:
        fields = {
            "lines": style.before + style.blank,
            "line": _pt(style.line_tw),
            "needed": _pt(depth_tw),
            "room": _pt(profile.depth_tw),
        }
        message = N_("空 {lines} 行再排一行 {line} 磅，共 {needed} 磅，版心高 {room} 磅")
        places = ((*at, "before"), (*at, "blank"), line, *_page("top_mm", "bottom_mm", "height_mm"))
        yield Misfit(places, message, fields, N_("改小空行或行距"))


def _same_line(profile: Profile) -> Iterator[Misfit]:
    """Yield the styles that are set in lines of the body but are not of its size: lines are measured in one."""
    body = profile.styles["body"]
    for key in INLINE:
        if profile.styles[key].size_tw != body.size_tw:
            fields = {"size": _pt(profile.styles[key].size_tw), "body": _pt(body.size_tw), "style": key}
            message = N_("{style} 是 {size} 磅，与 {body} 磅的正文排在一行里")
            places = (("styles", key, "size_pt"), ("styles", "body", "size_pt"))
            hint = N_("styles.{style}.size_pt 和 styles.body.size_pt 写成一样")
            yield Misfit(places, message, fields, hint)


def _folio(profile: Profile) -> Iterator[Misfit]:
    folio, style = profile.folio, profile.styles[FOLIO]
    # how far the dash stands over the foot of its line
    over_tw = style.size_tw * (DASH_PERMILLE + 1000 - BASELINE_PERMILLE) // 1000
    least_tw, most_tw = style.size_tw - over_tw, profile.bottom_tw - over_tw
    if not least_tw <= folio.below_tw <= most_tw:
        fields = {
            "below": _mm(folio.below_tw),
            "size": _pt(style.size_tw),
            "bottom": _mm(profile.bottom_tw),
            "least": _mm(least_tw),
            "most": _mm(most_tw),
        }
        message = N_(
            "页码的一字线在版心下 {below} 毫米；下白边 {bottom} 毫米、字号 {size} 磅，只能在 {least} 到 {most} 毫米之间"
        )
        places = (("folio", "below_mm"), ("styles", FOLIO, "size_pt"), *_page("bottom_mm"))
        yield Misfit(places, message, fields, N_("改 folio.below_mm、下白边或页码的字号"))
    wide_tw = (len(folio.text) - len(NUMBER) + DIGITS + folio.indent) * style.size_tw
    if wide_tw > profile.measure_tw:
        fields = {"needed": _pt(wide_tw), "room": _pt(profile.measure_tw)}
        places = (("folio", "text"), ("folio", "indent"), ("styles", FOLIO, "size_pt"), *_page("width_mm"))
        yield Misfit(places, N_("页码连缩进最宽 {needed} 磅，版心宽 {room} 磅"), fields, N_("改短页码"))


def _names(profile: Profile) -> Iterator[Misfit]:
    """Yield the styles whose name in Word another has already."""
    taken: dict[str, tuple[Place, ...]] = dict.fromkeys(WORDS_OWN, ())
    for key, style in profile.styles.items():
        places, name = (("styles", key, "name"),), style.name.casefold()
        if name in taken:
            message, hint = N_("样式名“{name}”已经有了"), N_("Word 里一个名字只给一个样式")
            yield Misfit((*places, *taken[name]), message, {"name": style.name}, hint)
        taken.setdefault(name, places)


def _page(*keys: str) -> tuple[Place, ...]:
    return tuple(("page", key) for key in keys)


def _pt(length_tw: int) -> str:
    return f"{length_tw / TW_PER_PT:g}"


def _mm(length_tw: int) -> str:
    """Return a length in millimetres, as short as it can have been written."""
    spelt = (round(length_tw / TW_PER_MM, digits) for digits in range(3))
    return f"{next(length for length in spelt if round(length * TW_PER_MM) == length_tw):g}"
