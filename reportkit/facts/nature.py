"""The nature of an indicator, which decides how it may be said: a figure and its name in, its Nature out.

Taken from the data (性质, 向好), else from the dictionary by the indicator's name, else by its unit, else unknown.
Better unknown than wrong: a word that turns a name's meaning, or a name of two indicators good in two ways, leaves no
direction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, NamedTuple, cast

from reportkit.errors import N_, Translate
from reportkit.facts.dictionary import LONGEST_NAME, OPPOSITE, SAME, UNKNOWN, Dictionary, Entry, Verbs, plain
from reportkit.facts.fact import Fact
from reportkit.facts.quantity import POINTS, RATES, TIMES, multiplied
from reportkit.facts.shape import BETTER, JUDGEMENTS, NATURES

Kind = Literal[
    "flow", "count", "stock", "rate", "growth", "index", "price", "score", "duration", "concentration", "balance",
    "harm", "temperature", "place", "unknown",
]  # fmt: skip
Better = Literal["up", "down", "none", "band", "unknown"]
# what joins two indicators in one name
JOINED = re.compile("[和与及或、/]")
PERCENTS = (*RATES, POINTS, "个千分点", TIMES)
SCORES = ("分",)
# of what is said of these in percent, it is the growth that is said: 规模以上工业增加值 6.5%
GROW = ("总量", "价格", "指数", "浓度")
# the units that a nature has, "" for a figure without one; the others have any but those in percent
FITTING: Mapping[str, tuple[str, ...]] = {
    "比率": ("", *PERCENTS, ":1", "∶1", "次", "PPM", "ppm"),
    "增速": ("", *PERCENTS),
    "得分": ("", *SCORES),
    "时长": ("", "天", "日", "个工作日", "工作日", "小时", "分钟", "分", "秒", "年", "个月", "月", "周", "学时", "岁"),
    "气温": ("", "℃", "°C", "度", "摄氏度"),
    "位次": ("", "位", "名"),
}
OTHER_WAY = {"高": "低", "低": "高", "中性": "中性"}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a nature was taken: a message with its fields, and the line of the dictionary or of the data that says it."""

    message: str
    fields: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    line: int = 0

    def say(self, translate: Translate = str) -> str:
        """Return the reason in the language of `translate`, with its place."""
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        return " ".join(part for part in (translate(self.message).format(**self.fields), place) if part)


@dataclass(frozen=True, slots=True)
class Nature:
    """What an indicator is (`kind`), which way it is good (`better`), how its rise and fall are said, and `why`.

    Of what is "unknown" only neutral words may be said; "none" is known to be neither good nor bad.
    """

    kind: Kind
    better: Better
    verbs: Verbs
    why: Why

    @property
    def words(self) -> tuple[str, str]:
        """The kind and the direction in the words of data and dictionary: 比率, 低."""
        return _word(self.kind, NATURES), _word(self.better, BETTER)


class _Found(NamedTuple):
    """What a name or a unit says, in the words of the dictionary."""

    kind: str
    better: str
    why: Why
    verbs: Verbs | None = None


def nature_of(fact: Fact, name: str, known: Dictionary) -> Nature:
    """Return the nature of a figure that goes by `name`."""
    bare = plain(name)
    found = (_named(bare, known) if len(bare) <= LONGEST_NAME else None) or _measured(fact, known)
    found = _fitted(found, fact.unit)
    note = dict(fact.note)
    kind, better = (_given(note.get(key, ""), words) for key, words in JUDGEMENTS.items())
    if kind or better:
        own = found.verbs if kind in ("", found.kind) else None
        why = Why(N_("数据里写明"), {}, fact.origin.file, fact.origin.line)
        found = _Found(kind or found.kind, better or found.better, why, own)
    verbs = found.verbs or known.said(found.kind, found.better)
    return Nature(
        cast(Kind, NATURES.get(found.kind, "unknown")),
        cast(Better, BETTER.get(found.better, "unknown")),
        verbs,
        found.why,
    )


def _named(name: str, known: Dictionary) -> _Found | None:
    """Return what a plain name says, None if no entry knows it."""
    direct, tail = known.find(name), known.tail(name)
    if tail and (direct is None or len(direct.entry.name) <= len(tail[1].name)):
        return _tailed(*tail, known)
    if direct is None:
        return None
    entry = direct.entry
    if twofold := _joined(name, direct.start, known):
        return twofold
    kind, better, message, fields = entry.kind, entry.better, N_("名称里有“{entry}”"), {"entry": entry.name}
    if direct.turn:
        kind = "件数" if kind == "不利件数" else kind
        better, fields = UNKNOWN, {**fields, "word": direct.turn}
        message = N_("名称里有“{entry}”，前面又有“{word}”，不知哪边好")
    if kind in ("总量", "差额") and known.counts(name) and direct.end < len(name):
        kind = "件数"
    return _Found(kind, better, _why(entry, message, fields), entry.verbs)


def _tailed(base: str, tail: Entry, known: Dictionary) -> _Found:
    """Return what a name says that ends in 增速, 占比 or the like, after the indicator `base`."""
    of = _named(base, known) if base else None
    before = of.better if of else ""
    better = tail.better
    if tail.better == SAME:
        better = before if before in OTHER_WAY else UNKNOWN
    elif tail.better == OPPOSITE:
        better = OTHER_WAY.get(before, UNKNOWN)
    elif tail.better in OTHER_WAY and (before not in ("", "高") or (not of and known.has_bad(base))):
        # the first place among those with the most complaints is no praise
        better = UNKNOWN
    message = N_("“{entry}”随前面的“{base}”") if of and tail.better in (SAME, OPPOSITE) else N_("名称末了是“{entry}”")
    return _Found(tail.kind, better, _why(tail, message, {"entry": tail.name, "base": base}), tail.verbs)


def _joined(name: str, start: int, known: Dictionary) -> _Found | None:
    """Return that nobody can tell, of a name that joins indicators good in two ways; None of one that does not.

    `start` is where the name's own entry begins: what joins words inside it joins no indicators.
    """
    cuts = [0, *(found.end() for found in JOINED.finditer(name, 0, start)), len(name) + 1]
    parts = [name[one : other - 1] for one, other in pairwise(cuts)]
    told = [found for part in parts if (found := _named(part, known))] if len(parts) > 1 else []
    if len({(found.kind, found.better) for found in told}) < 2:
        return None
    return _Found(UNKNOWN, UNKNOWN, Why(N_("名称里不止一个指标，分不清")))


def _measured(fact: Fact, known: Dictionary) -> _Found:
    """Return what a figure's unit says."""
    entry = known.units.get(fact.unit) or known.units.get(multiplied(fact.unit)[1])
    if entry is None:
        return _Found(UNKNOWN, UNKNOWN, Why(N_("字典里没有")))
    return _Found(entry.kind, entry.better, _why(entry, N_("按单位“{entry}”"), {"entry": entry.name}), entry.verbs)


def _fitted(found: _Found, unit: str) -> _Found:
    """Return what was found as the figure's unit has it: a rate in 分 is a score; what no unit fits is unknown."""
    base = multiplied(unit)[1]
    kind = found.kind
    if kind in GROW and base in PERCENTS:
        kind = "增速"
    elif kind == "比率" and base in SCORES:
        kind = "得分"
    elif kind == "得分" and base in PERCENTS:
        kind = "比率"
    fits = base in FITTING[kind] or "/" in base if kind in FITTING else base not in PERCENTS
    if fits or kind == UNKNOWN:
        return found if kind == found.kind else found._replace(kind=kind, verbs=None)
    why = replace(
        found.why, message=N_("名称像“{entry}”，单位“{unit}”却不合"), fields={**found.why.fields, "unit": unit}
    )
    return _Found(UNKNOWN, UNKNOWN, why)


def _given(typed: str, words: Mapping[str, str]) -> str:
    """Return the Chinese word for what the data says in Chinese or English, "" if it says nothing."""
    return next((word for word, english in words.items() if typed in (word, english)), "")


def _word(english: str, words: Mapping[str, str]) -> str:
    return next((word for word, other in words.items() if other == english), UNKNOWN)


def _why(entry: Entry, message: str, fields: Mapping[str, str]) -> Why:
    return Why(message, fields, entry.file, entry.line)
