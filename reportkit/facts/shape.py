"""The shape a genre asks of its data, read from schema.yaml.

schema.yaml is a picture of the data. A leaf is `键: type english：说明`, with type one of text, texts, figure,
figures, date, choice(甲|乙); `?` after the type makes it optional. A mapping is a group, a list holding one
mapping a list of such groups; the key `_` says "english：说明" of the group itself, again with `?`.
`总数: figure? total = 会议.次数：说明` is the sum of the figures at that path: reckoned if left out, checked if given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError

LEAF = re.compile(
    r"(?P<kind>[a-z]+)(?:\((?P<choices>[^)]*)\))?(?P<optional>\?)? (?P<english>[\w-]+)"
    r"(?: = (?P<parts>[\w.]+))?：(?P<say>.+)"
)
GROUP = re.compile(r"(?P<english>[\w-]+)(?P<optional>\?)?：(?P<say>.+)")
KINDS = {
    "text": N_("一段文字"),
    "figure": N_("一个数（如 12个、69.3%）"),
    "date": N_("一个日期（如 2023-09-05）"),
    "choice": N_("规定的几种说法之一"),
    "list": N_("一个列表"),
    "map": N_("一组键和值"),
    "number": N_("一个数"),
    "flag": N_("是或否"),
    "none": N_("空"),
    "reference": N_("工作簿里的位置"),
}
LEAVES = ("text", "figure", "date", "choice")
# the long form of a value, and the words that may stand beside it
VALUE = {
    "值": "value", "单位": "unit", "密": "secret", "时段": "period", "来源": "source", "备注": "note", "口径": "basis",
    "名称": "name",
}  # fmt: skip
# what a figure is compared with; those of AMOUNTS are in its own unit, the others say theirs
AMOUNTS = {
    "上年同期": "last_year", "上期": "previous", "目标": "target", "总体": "whole",
    "全国平均": "national_average", "全省平均": "provincial_average", "全市平均": "city_average",
}  # fmt: skip
RESULTS = {
    "同比": "year_on_year", "环比": "on_previous", "完成率": "completion", "占比": "share", "序时": "schedule",
}  # fmt: skip
RANKS = {"位次": "rank", "上期位次": "previous_rank"}
COMPARED = AMOUNTS | RESULTS | RANKS
# what a figure is by nature and which way it is good, and the words for it, Chinese and English
NATURES = {
    "总量": "flow", "件数": "count", "存量": "stock", "比率": "rate", "增速": "growth", "指数": "index",
    "价格": "price", "得分": "score", "时长": "duration", "浓度": "concentration", "差额": "balance",
    "不利件数": "harm", "气温": "temperature", "位次": "place",
}  # fmt: skip
BETTER = {"高": "up", "低": "down", "中性": "none", "区间": "band"}
JUDGED = {"性质": "nature", "向好": "better"}
JUDGEMENTS = {"性质": NATURES, "向好": BETTER}
FIGURE = VALUE | JUDGED | COMPARED
# of these, what a Fact keeps as a word
NOTES = ("时段", "来源", "备注", "口径", "名称", *JUDGED)


@dataclass(frozen=True, slots=True)
class Shape:
    """What one place of the data must hold: a leaf of a kind, a list, or a group of named fields.

    `parts` is the path, from the group a figure is in, of the figures it is the sum of.
    """

    kind: str
    english: str = ""
    say: str = ""
    optional: bool = False
    choices: tuple[str, ...] = ()
    parts: str = ""
    item: Shape | None = None
    fields: Mapping[str, Shape] = field(default_factory=dict)

    def canonical(self, key: str) -> str | None:
        """Return the field that `key`, Chinese or English, names; None if no field has that name."""
        if key in self.fields:
            return key
        return next((name for name, shape in self.fields.items() if shape.english == key), None)


def shape_of(spec: Node, file: str = "") -> Shape:
    """Return the Shape that a schema's tree describes. Raises InputError with the line that is wrong."""
    head = GROUP.fullmatch("data：数据")
    fields: dict[str, Shape] = {}
    for key, value in spec.pairs:
        if key.typed.endswith(("?", "？")):
            raise _marked_key(key, file)
        if key.typed == "_":
            head = GROUP.fullmatch(value.typed)
        elif value.kind == "list" and len(value.items) == 1:
            item = shape_of(value.items[0], file)
            fields[key.typed] = Shape("list", item.english, item.say, item.optional, item=item)
        elif value.kind == "map":
            fields[key.typed] = shape_of(value, file)
        else:
            fields[key.typed] = _leaf(value, file)
    if head is None or spec.kind != "map":
        raise _misdescribed(next((value for key, value in spec.pairs if key.typed == "_"), spec), file)
    return Shape("map", head["english"], head["say"], bool(head["optional"]), fields=fields)


def _leaf(spec: Node, file: str) -> Shape:
    found = LEAF.fullmatch(spec.typed)
    if not found:
        raise _misdescribed(spec, file)
    kind, english, say = found["kind"], found["english"], found["say"]
    optional = bool(found["optional"])
    choices = tuple((found["choices"] or "").split("|")) if found["choices"] else ()
    if kind in ("texts", "figures"):
        return Shape("list", english, say, optional, item=Shape(kind[:-1], english, say))
    if kind not in LEAVES or (kind == "choice") != bool(choices) or any(not one or "｜" in one for one in choices):
        raise _misdescribed(spec, file)
    return Shape(kind, english, say, optional, choices, found["parts"] or "")


def _marked_key(key: Node, file: str) -> InputError:
    """Return the error of a key with the ? that belongs elsewhere: data would have to write it so."""
    hint = N_("可不写的：一项写在类型后面（figure?），一组写在 _ 的英文名后面（rows?：各行）")
    return InputError(Fault(N_("? 不写在键后面：{key}"), {"key": key.typed}, hint, file, key.line or None))


def _misdescribed(spec: Node, file: str) -> InputError:
    hint = N_("写法如“名称: text name：会议全称”，见 docs/templates.md")
    return InputError(Fault(N_("schema 里这一项写法不对"), {}, hint, file, spec.line or None, spec.column or None))


def at(shape: Shape, path: str) -> Shape | None:
    """Return the Shape of the place that a key path as `全局.认识[0].市情` names, None if there is no such place."""
    found: Shape | None = shape
    for name in re.sub(r"\[\d+\]", "", path).split("."):
        found = (found.item or found).fields.get(name) if found else None
    return found


def fields_of(shape: Shape, path: str = "") -> Iterator[tuple[str, Shape]]:
    """Yield every (path, Shape) below `shape`, outer before inner."""
    for name, inner in shape.fields.items():
        here = f"{path}.{name}" if path else name
        yield here, inner
        deeper = inner.item if inner.item is not None else inner
        yield from fields_of(deeper, f"{here}[]" if inner.item is not None else here)
