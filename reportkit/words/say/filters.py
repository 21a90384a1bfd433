"""Every filter by its name in templates: a table of names and of what says them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP
from functools import partial, wraps

from reportkit.errors import N_, Fault, InputError
from reportkit.facts import seal
from reportkit.facts.fact import Fact
from reportkit.words.say import approximation, comparison, dates, figures, lists, ranking


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
    "合计": figures.summed,
    "逐列": lists.in_columns,
    "几": _lists_only(lists.how_many),
    "序": lists.place_in_order,
    "先后": lists.in_text_order,
    "见于": lists.found_in,
    "排序": ranking.ordered,
    "前几位": ranking.leading,
    "后几位": ranking.trailing,
    "年月日": dates.dated,
    "年月": partial(dates.dated, pattern="y年M月"),
    "月日": partial(dates.dated, pattern="M月d日"),
    "起止": dates.spanned,
    "汉字日期": dates.dated_in_chinese,
    "导语": lists.lead,
    "lead": lists.lead,
    "成段": lists.paragraph,
    "分行": lists.stacked,
}
FIGURES: dict[str, Callable[..., str]] = {
    "高于平均": comparison.against_average,
    "位次": comparison.ranked,
    "谓语": comparison.stated,
    "增减": comparison.changed,
    "约数": approximation.about,
    "近": approximation.near,
    "超": approximation.above,
    "余": approximation.and_more,
    "约": approximation.roughly,
    "名次": comparison.place,
    "光数": figures.bare,
    "计量": figures.unit_of,
    "汉字": figures.in_chinese,
    "序数": figures.ordinal,
    "汉字年份": figures.year_in_chinese,
    "大写": figures.money,
}
ROUNDED: dict[str, Callable[..., str]] = {
    "同比": comparison.year_on_year,
    "环比": comparison.on_previous,
    "倍数": comparison.multiple,
    "占比": comparison.shared,
    "完成": comparison.completed,
    "序时": comparison.on_schedule,
    "换算": approximation.converted,
    "大数": approximation.scaled,
}


def filters(rounding: str = ROUND_HALF_UP) -> dict[str, Callable[..., object]]:
    """Return every filter by its name in templates; what is reckoned is rounded by `rounding`, a mode of decimal."""
    rounded = {name: _figures_only(partial(say, rounding=rounding)) for name, say in ROUNDED.items()}
    return {**LISTS_AND_TEXTS, **{name: _figures_only(say) for name, say in FIGURES.items()}, **rounded}
