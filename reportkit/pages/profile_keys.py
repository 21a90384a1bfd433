"""What a profile may say: every table and key of its file, with its kind and range; a file's tables in, values out."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

from reportkit.document import nodes
from reportkit.errors import N_, Fault
from reportkit.toml import Key as Place
from reportkit.toml import Toml

# how Word is kept to the decided lines: fitted and seldom pinned, not at all, every line end pinned
LINES = ("held", "free", "all")
ROUNDINGS = ("half-up", "half-even")
RULES = ("all", "three")
ALIGNS = ("left", "center", "right", "both")
TW_PER_PT = 20
TW_PER_MM = 1440 / 25.4
UNITS = {"mm": TW_PER_MM, "pt": TW_PER_PT}
# stands for names the file chooses itself
ANY = "*"
# Word takes type in half points; the names of its faces and styles have no comma, which parts them in its files
HALF_POINT_TW = TW_PER_PT // 2
NOT_IN_NAMES = frozenset(",;{}\\")
LONGEST_NAME, LONGEST_TEXT = 31, 100
NUMBER = "{number}"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its `kind` ("mm", "pt", "size", "count", "flag", "choice", "text", "name", "names" or "folio").

    `say` is what it is for; `least` and `most` bound a number, in the unit it is written in.
    """

    kind: str
    say: str
    least: float = 0
    most: float = 0
    choices: tuple[str, ...] = ()
    optional: bool = False


Table = Mapping[str, Union[Key, "Table"]]

_TYPE: Table = {
    "name": Key("name", "Word 里的样式名"),
    "face": Key("name", "汉字用的字体，[faces] 里的一个"),
    "latin": Key("name", "西文和数字用的字体，不写是“西文”", optional=True),
    "size_pt": Key("size", "字号", 4, 150),
    "bold": Key("flag", "加粗", optional=True),
}
_CELL: Table = {
    **_TYPE,
    "line_pt": Key("pt", "行距，不写同 page.line_pt", 4, 400, optional=True),
    "align": Key("choice", "对齐", choices=ALIGNS, optional=True),
}
_PARAGRAPH: Table = {
    **_CELL,
    "indent": Key("count", "首行缩进几字", 0, 20, optional=True),
    "right": Key("count", "右空几字", 0, 20, optional=True),
    "before": Key("count", "段前空几行的距离", 0, 20, optional=True),
    "blank": Key("count", "前面空几行，是真的空行", 0, 20, optional=True),
}
# in a line of text, and at a place of its own
INLINE, FOLIO = tuple(map(str, nodes.INLINE)), "folio"
CELLS = tuple(f"table-{part}{size}" for size in ("", "-small", "-tiny") for part in ("head", "cell", "text"))
PARAGRAPHS = (
    "title", "subtitle", "byline", "salutation", "resalutation", "body", "heading1", "heading2", "heading3", "heading4",
    "chapter", "section", "note", "table-title", "table-unit", "table-note", "closing", "attachment", "annex",
    "signature", "date",
)  # fmt: skip
STYLES: Table = {
    **{key: _PARAGRAPH for key in PARAGRAPHS},
    **{key: _TYPE for key in (*INLINE, FOLIO)},
    **{key: _CELL for key in CELLS},
}
KEYS: Table = {
    "title": Key("text", "版式的名字"),
    "extends": Key("text", "从哪个版式改起：随附的名字，或 .toml 文件（相对这个文件）", optional=True),
    "lines": Key("choice", "Word 里的行：held 守住，free 自由，all 每行钉住", choices=LINES),
    "figures": {"rounding": Key("choice", "算出来的数怎样取舍：四舍五入，四舍六入五成双", choices=ROUNDINGS)},
    "page": {
        "width_mm": Key("mm", "纸宽", 50, 558),
        "height_mm": Key("mm", "纸高", 50, 558),
        "top_mm": Key("mm", "天头", 0, 500),
        "bottom_mm": Key("mm", "下白边", 0, 500),
        "left_mm": Key("mm", "订口", 0, 500),
        "right_mm": Key("mm", "切口", 0, 500),
        "lines": Key("count", "每面几行", 1, 200),
        "characters": Key("count", "每行几字", 1, 200),
        "line_pt": Key("pt", "行距", 4, 400),
    },
    "folio": {
        "below_mm": Key("mm", "页码的一字线在版心下多远", 0, 100),
        "indent": Key("count", "页码离版心边几字", 0, 20),
        "text": Key("folio", f"页码怎么写，{NUMBER} 是页号"),
    },
    "table": {
        "rules": Key("choice", "all 横竖都有线，three 三线表", choices=RULES),
        "rule_pt": Key("pt", "线粗", 0.25, 6),
        "edge_pt": Key("pt", "外框的线粗，三线表是上下两道", 0.25, 6),
        "side_pt": Key("pt", "格内文字离左右两边", 0, 30),
        "side_small_pt": Key("pt", "放不下而用小字时，离左右两边", 0, 30),
    },
    "faces": {
        ANY: {
            "word": Key("name", "写进 Word 的字体名"),
            "instead": Key("names", "没有它时依次替用的字体名", optional=True),
            "files": Key("names", "PDF 里嵌入的 .ttf：随附的文件名，或自己的文件（相对这个版式文件）"),
        }
    },
    "styles": STYLES,
}  # fmt: skip


def taken(toml: Toml, faults: list[Fault]) -> dict[str, Any]:
    """Return the values of a profile's file, lengths in twips; what is wrong is added to `faults`."""
    return _taken(toml.tables, KEYS, (), toml, faults)


def lacking(values: Mapping[str, Any], table: Table = KEYS, above: Place = ()) -> Iterator[Place]:
    """Yield the places of `table` that must be written and are not among `values`."""
    for name, inner in table.items():
        place = (*above, name)
        if name == ANY:
            for own in values:
                yield from lacking(values[own], inner, (*above, own))  # type: ignore[arg-type]
        elif isinstance(inner, Key):
            if name not in values and not inner.optional:
                yield place
        elif name not in values and (above or ANY in inner):
            yield place
        else:
            yield from lacking(values.get(name, {}), inner, place)


def fault(toml: Toml, place: Place, message: str, fields: Mapping[str, object], hint: str) -> Fault:
    """Return the fault of what stands, or is to stand, at `place` of a profile's file."""
    return Fault(message, fields, hint, toml.file, toml.line(place), path=".".join(place))


def _taken(values: Mapping[str, Any], table: Table, above: Place, toml: Toml, faults: list[Fault]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        place = (*above, name)
        known = table.get(name) or table.get(ANY)
        if known is None:
            faults.append(_unknown(toml, place, table))
        elif isinstance(known, Key):
            wrong = _wrong(known, value)
            if wrong:
                faults.append(fault(toml, place, *wrong))
            else:
                found[name] = _value(known, value)
        elif isinstance(value, dict):
            found[name] = _taken(value, known, place, toml, faults)
        else:
            hint = N_("写成 [{table}] 和下面的几行")
            faults.append(fault(toml, place, N_("这里要{want}"), {"want": N_("一组键和值"), "table": name}, hint))
    return found


def _unknown(toml: Toml, place: Place, table: Table) -> Fault:
    """Return the fault of a key there is not, with the near one, or where it belongs."""
    name = place[-1]
    near = difflib.get_close_matches(name, table, n=1, cutoff=0.6)
    home = next((key for key, inner in KEYS.items() if not isinstance(inner, Key) and name in inner), "")
    fields = {"key": name, "near": "".join(near), "table": home, "known": "、".join(table)}
    hint = N_("它写在 [{table}] 里") if home else N_("是不是“{near}”") if near else N_("这里可以写：{known}")
    return fault(toml, place, N_("没有“{key}”这一项"), fields, hint)


Wrong = tuple[str, Mapping[str, object], str]


def _wrong(key: Key, value: object) -> Wrong | None:
    """Return what is wrong with a key's value (message, fields, hint), None if nothing is."""
    if key.kind in ("mm", "pt", "size", "count"):
        return _wrong_number(key, value)
    if key.kind == "flag":
        return None if isinstance(value, bool) else _wanted(N_("是或否"), N_("写 true 或 false，不加引号"))
    if key.kind == "choice":
        known = "、".join(key.choices)
        said = {"value": _shown(value), "known": known}
        return None if value in key.choices else (N_("没有“{value}”这一种"), said, N_("可用：{known}"))
    if key.kind == "names":
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            return _wanted(N_("一个列表"), N_('写成 ["甲", "乙"]'))
        if not value and not key.optional:
            return N_("这里是空的"), {}, N_("至少写一项")
        return next((wrong for one in value if (wrong := _wrong_text(one, LONGEST_TEXT))), None)
    if not isinstance(value, str):
        return _wanted(N_("一段文字"), N_("文字加引号"))
    if key.kind == "folio" and (value.count(NUMBER) != 1 or set("{}") & set(value.replace(NUMBER, ""))):
        return N_("页码里要有一个 {sign}，再没有别的大括号"), {"sign": NUMBER}, N_("如 — {sign} —")
    if key.kind == "name" and (marks := NOT_IN_NAMES & set(value)):
        return N_("名字里不能有“{mark}”"), {"mark": min(marks)}, N_("Word 的名字里不能用它")
    return _wrong_text(value, LONGEST_NAME if key.kind == "name" else LONGEST_TEXT)


def _wrong_text(text: str, longest: int) -> Wrong | None:
    if not text.strip():
        return N_("这里是空的"), {}, N_("写上文字，或删去这一项")
    if any(unicodedata.category(character)[0] == "C" or character in "\u2028\u2029" for character in text):
        return N_("有换行或控制字符"), {}, N_("写成一行")
    if len(text) > longest:
        return N_("太长：{length} 字"), {"length": len(text), "most": longest}, N_("最多 {most} 字")
    return None


def _wrong_number(key: Key, value: object) -> Wrong | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return _wanted(N_("一个数"), N_("只写数，不加引号，不写单位"))
    if key.kind == "count" and not isinstance(value, int):
        return _wanted(N_("一个整数"), N_("没有小数点，不加引号"))
    unit = {"mm": N_("毫米"), "pt": N_("磅"), "size": N_("磅")}.get(key.kind, "")
    if not key.least <= value <= key.most:  # nor is a NaN
        said = {"value": _shown(value), "least": f"{key.least:g}", "most": f"{key.most:g}", "unit": unit}
        return N_("写的是 {value}，不在 {least} 到 {most} {unit}之间"), said, N_("核对这个数和它的单位")
    if key.kind == "size" and value * TW_PER_PT % HALF_POINT_TW:
        said = {"value": _shown(value)}
        return N_("字号 {value} 磅，Word 里没有"), said, N_("字号是半磅的整数倍，如 15.5、16")
    return None


def _wanted(want: str, hint: str) -> Wrong:
    return N_("这里要{want}"), {"want": want}, hint


def _shown(value: object) -> str:
    if isinstance(value, int) and value.bit_length() > 64:  # Python prints no number of thousands of digits
        return "…"
    text = str(value)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def _value(key: Key, value: Any) -> Any:
    """Return a right value as the profile holds it."""
    if key.kind in ("mm", "pt", "size"):
        return round(value * UNITS.get(key.kind, TW_PER_PT))
    return tuple(value) if key.kind == "names" else value
