"""Every filter by its name in templates: a table of names and of what says them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP
from functools import partial, wraps

from reportkit.errors import N_, Fault, InputError
from reportkit.facts import seal
from reportkit.facts.fact import Fact
from reportkit.words.say import approximation, comparison, dates, figures, hidden, lists, ranking
from reportkit.words.say.hidden import hiding


def _figures_only(say: Callable[..., str]) -> Callable[..., str]:
    """Return `say` as a filter: what stands for a missing figure prints itself, anything else is an error."""

    @wraps(say)
    def filtered(fact: object, *settings: object, **named: object) -> str:
        if isinstance(fact, Fact):
            return say(fact, *settings, **named)
        if hasattr(fact, "__html__"):
            return str(fact)
        message, hint = N_("这里要一个数，却是“{now}”"), N_("核对模板和数据")
        raise InputError(Fault(message, {"now": seal.opened(str(fact))[:30]}, hint))

    return filtered


def _lists_only(say: Callable[..., str]) -> Callable[..., str]:
    """Return `say` as a filter of lists: a text or a value, whose characters it would part, is an error; what stands
    for a missing list prints itself.
    """

    @wraps(say)
    def filtered(items: object, *settings: object, **named: object) -> str:
        if isinstance(items, str | Fact):
            raise InputError(
                Fault(N_("这里要一个列表，却是“{now}”"), {"now": seal.opened(str(items))[:30]}, N_("核对模板和数据"))
            )
        if hasattr(items, "__html__"):
            return str(items)
        return say(items, *settings, **named)

    return filtered


LISTS_AND_TEXTS: dict[str, Callable[..., object]] = {
    "顿": _lists_only(lists.listed),
    "逗": _lists_only(lists.paused),
    "和": _lists_only(lists.joined),
    "等": _lists_only(lists.sampled),
    "引号": lists.quoted,
    "书名号": lists.titled,
    "合计": hiding(figures.summed, hidden.total),
    "逐列": lists.in_columns,
    "几": _lists_only(lists.how_many),
    "序": lists.place_in_order,
    "先后": lists.in_text_order,
    "见于": lists.found_in,
    "排序": ranking.ordered,
    "前几位": ranking.leading,
    "后几位": ranking.trailing,
    "年月日": hiding(dates.dated, hidden.day),
    "年月": partial(hiding(dates.dated, hidden.day), pattern="y年M月"),
    "月日": partial(hiding(dates.dated, hidden.day), pattern="M月d日"),
    "起止": hiding(dates.spanned, "[**]至[**]"),
    "汉字日期": hiding(dates.dated_in_chinese, "[**年**月**日]"),
    "隐去": hidden.is_hidden,
    "导语": lists.lead,
    "lead": lists.lead,
    "成段": lists.paragraph,
    "分行": lists.stacked,
}
# what says a figure, and what is said in its place where a redacted edition does not have it (say.hidden)
FIGURES: dict[str, tuple[Callable[..., str], hidden.Phrase]] = {
    "高于平均": (comparison.against_average, "与{范围}平均水平相比[**]"),
    "位次": (comparison.ranked, hidden.rank),
    "谓语": (comparison.stated, hidden.stated),
    "增减": (comparison.changed, "与{比}相比[**]"),
    "约数": (approximation.about, "[**{unit}]"),
    "近": (approximation.near, "[**{unit}]"),
    "超": (approximation.above, "[**{unit}]"),
    "余": (approximation.and_more, "[**{unit}]"),
    "约": (approximation.roughly, "[**{unit}]"),
    "名次": (comparison.place, "[**]"),
    "光数": (figures.bare, "[**]"),
    "计量": (figures.unit_of, "[**]"),
    "汉字": (figures.in_chinese, "[**{unit}]"),
    "序数": (figures.ordinal, "第[**]"),
    "汉字年份": (figures.year_in_chinese, "[**]"),
    "大写": (figures.money, "[**]"),
}
ROUNDED: dict[str, tuple[Callable[..., str], hidden.Phrase]] = {
    "同比": (comparison.year_on_year, "同比[**]"),
    "环比": (comparison.on_previous, "环比[**]"),
    "倍数": (comparison.multiple, "与上年同期相比[**]"),
    "占比": (comparison.shared, hidden.share),
    "完成": (comparison.completed, hidden.completion),
    "序时": (comparison.on_schedule, "与序时进度相比[**]"),
    "换算": (approximation.converted, "[**{unit}]"),
    "大数": (approximation.scaled, "[**{base}]"),
}


def filters(rounding: str = ROUND_HALF_UP) -> dict[str, Callable[..., object]]:
    """Return every filter by its name in templates; what is reckoned is rounded by `rounding`, a mode of decimal."""
    plain = {name: hiding(say, phrase) for name, (say, phrase) in FIGURES.items()}
    rounded = {name: partial(hiding(say, phrase), rounding=rounding) for name, (say, phrase) in ROUNDED.items()}
    return {**LISTS_AND_TEXTS, **{name: _figures_only(say) for name, say in (plain | rounded).items()}}
