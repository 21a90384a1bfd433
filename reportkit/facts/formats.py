"""Official-prose forms of Facts and of lists of them: what templates use as filters.

Every function takes Facts, or text a macro made of Facts, and returns text in which they stay sealed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP
from functools import partial, wraps

from reportkit.errors import N_, Fault, InputError
from reportkit.facts import approximation, arithmetic, comparison, numerals, ranking, seal
from reportkit.facts.fact import Fact, Record

INNER_TITLES, INNER_QUOTES = str.maketrans("《》", "〈〉"), str.maketrans("“”", "‘’")
# a pattern of a date (Unicode TR 35) whose every field is a number
NUMBERS_ONLY = re.compile(r"(?:y+|MM?(?!M)|dd?(?!d)|[^A-Za-z'])+")
# the parts of a date that a span of time says, from the greatest down
SPANS = {"yMMMd": ("{0.year}年", "{0.month}月", "{0.day}日"), "yMMM": ("{0.year}年", "{0.month}月")}
# a sealed value, kept; or the white space a template's own layout leaves
LAYOUT = re.compile(f"({seal.OPEN}[^{seal.CLOSE}]*{seal.CLOSE})|[ \t]*\n\\s*|[ \t]{{2,}}")


def listed(items: Iterable[object]) -> str:
    """Return A、B、C. Wrong: A、B、和C (GB/T 15834 §4.5)."""
    return "、".join(map(str, items))


def paused(items: Iterable[object]) -> str:
    """Return A，B，C: clauses, or the layers of a salutation."""
    return "，".join(map(str, items))


def joined(items: Iterable[object]) -> str:
    """Return A、B和C, A和B, or A. Wrong: A、B、和C."""
    texts = [str(item) for item in items]
    return "和".join(part for part in ("、".join(texts[:-1]), texts[-1] if texts else "") if part)


def sampled(items: Iterable[object], 数: int | None = None, 量: str = "项") -> str:
    """Return A、B、C等; a list of one is itself. With 数=2, cut and counted: A、B等3项. Wrong: A、B、等; A等."""
    texts = [str(item) for item in items]
    if 数 is not None and len(texts) > 数:
        return f"{'、'.join(texts[:数])}等{len(texts)}{量}"
    return "、".join(texts) + ("等" if len(texts) > 1 and 数 is None else "")


def quoted(items: Iterable[object]) -> str:
    """Return “A”“B”, with no 、 between; “” inside becomes ‘’ (GB/T 15834 §4.5.3.5, §4.8.3.3)."""
    return "".join(f"“{_inner(item, INNER_QUOTES)}”" for item in _several(items))


def titled(items: Iterable[object]) -> str:
    """Return 《A》《B》, with no 、 between; 《》 inside a title becomes 〈〉 (GB/T 15834 §4.5.3.5, §4.15.3.5)."""
    return "".join(f"《{_inner(item, INNER_TITLES)}》" for item in _several(items))


def dated(fact: Fact, pattern: str = "y年M月d日") -> str:
    """Return 2023年9月5日: full year, no leading zero (GB/T 9704 §7.3.5.4); of another `pattern`, 9月5日.

    A pattern asks for numbers only: names of months and days would be babel's words, which change with its version.
    """
    from babel.dates import format_date

    if not isinstance(fact.value, date):
        return str(fact)
    if not NUMBERS_ONLY.fullmatch(pattern):
        fields = {"pattern": pattern, "known": "y、M、MM、d、dd"}
        raise arithmetic.refused(fact, N_("日期没有“{pattern}”这种写法"), N_("可用：{known}"), **fields)
    return fact.sealed(format_date(fact.value, pattern, locale="zh_CN"))


def spanned(days: Sequence[Fact], pattern: str = "yMMMd") -> str:
    """Return a span of time from its first and last day: 2023年9月5日至7日; with pattern yMMM 2023年1月至9月.

    What the last day shares with the first is said once, and a span of one day or month is that day or month.
    """
    first, last = (one.value if isinstance(one, Fact) else None for one in (days[0], days[-1]))
    if not isinstance(first, date) or not isinstance(last, date):
        return "至".join(map(str, days))
    if pattern not in SPANS:
        fields = {"pattern": pattern, "known": "、".join(SPANS)}
        raise arithmetic.refused(days[-1], N_("日期没有“{pattern}”这种写法"), N_("可用：{known}"), **fields)
    if last < first:
        raise arithmetic.refused(days[-1], N_("{now} 早于起始日期"), N_("核对起止日期"), now=days[-1])
    # one seal holds one origin, and the end of a span cannot be told apart from its start: that of the last day
    end = replace(days[-1], secret=any(day.secret for day in days))
    begun, ended = (tuple(part.format(day) for part in SPANS[pattern]) for day in (first, last))
    shared = next((at for at, (one, other) in enumerate(zip(begun, ended, strict=True)) if one != other), None)
    return end.sealed("".join(begun) if shared is None else f"{''.join(begun)}至{''.join(ended[shared:])}")


def dated_in_chinese(fact: Fact) -> str:
    """Return 二〇二三年九月五日. Wrong: 二零二三年; 二○二三年 (GB/T 15835 §5.2.5)."""
    day = fact.value
    if not isinstance(day, date):
        return str(fact)
    return fact.sealed(f"{numerals.spelt(str(day.year))}年{numerals.counted(day.month)}月{numerals.counted(day.day)}日")


def in_chinese(fact: Fact) -> str:
    """Return a whole figure in Chinese numerals with its unit: 两次, 十二个, 三千零五十二人. Wrong: 二次; 3千."""
    return fact.sealed(f"{numerals.measured(_whole(fact))}{fact.unit}")


def ordinal(fact: Fact) -> str:
    """Return 第三, 第十二: an order in Chinese numerals. Wrong: 第两; 第3 beside 第一."""
    return fact.sealed(f"第{numerals.counted(_whole(fact))}")


def year_in_chinese(fact: Fact) -> str:
    """Return 二〇二三 for 2023, digit by digit. Wrong: 二零二三; 二千零二十三."""
    return fact.sealed(numerals.spelt(str(_whole(fact))))


def money(fact: Fact) -> str:
    """Return a sum in capital numerals: 39000元 and 3.9万元 are 叁万玖仟元整; not below zero, not finer than a 分."""
    value = arithmetic.converted(fact, "元")
    if value < 0 or value >= numerals.LARGEST or value * 100 % 1:
        raise arithmetic.refused(fact, N_("{now} 写不成大写金额"), N_("金额不小于零，最小到分"), now=fact)
    return fact.sealed(numerals.money(value))


def how_many(items: Sequence[object]) -> str:
    """Return how many there are, before a measure word: 两 for a list of two, 十二 for twelve. Wrong: 二点意见."""
    return numerals.measured(len(items))


def place_in_order(number: int) -> str:
    """Return 一, 二, 十二: the place of a point among its like, as in 一是、二要. Wrong: 两是."""
    return numerals.counted(number)


def summed(figures: Sequence[Fact], 光数: bool = False) -> str:
    """Return the sum of figures, in the unit of the first, sealed with its formula: 7次 and 12次 are 19次.

    With 光数, without the unit. A sum that lacks a part is what stands for that part.
    """
    if lacking := [figure for figure in figures if not isinstance(figure, Fact)]:
        return str(lacking[0])
    whole = arithmetic.total(figures)
    return bare(whole) if 光数 else str(whole)


def bare(fact: Fact) -> str:
    """Return a figure without its unit, for a column whose head says the unit: 412.6亿元 → 412.6."""
    return fact.sealed(fact.shown.removesuffix(fact.unit))


def in_columns(figures: Sequence[Fact], heads: Sequence[object], first: Sequence[Fact]) -> Sequence[Fact]:
    """Return a row's figures if they are as many as `heads` and each in the unit of `first`, the row at the top.

    Raises InputError otherwise: a column says its unit once, in its head. What stands for a missing list goes on.
    """
    if any(hasattr(given, "__html__") for given in (figures, heads)):
        return figures
    if len(figures) != len(heads):
        message = N_("这一行有 {found} 个数，表有 {asked} 列")
        hint = N_("一列一个数，次序与列名一样")
        raise arithmetic.refused(figures[0], message, hint, found=len(figures), asked=len(heads))
    for figure, top in zip(figures, first, strict=False):
        if isinstance(top, Fact) and figure.unit != top.unit:
            message = N_("{now} 与同一列的 {then} 单位不同")
            raise arithmetic.refused(figure, message, N_("一列用一个单位"), now=figure, then=top)
    return figures


def unit_of(fact: Fact) -> str:
    """Return a figure's unit alone, for the head of its column."""
    return replace(fact, value=fact.unit, shown=fact.unit, unit="").sealed(fact.unit)


def in_text_order(entries: Iterable[object], 文: str, 名: str) -> list[object]:
    """Return groups of the data as the terms their field 名 names come up in a text, those it lacks last.

    名词解释|先后(文, "名词"): explanations in the order in which a reader meets what they explain.
    """
    text = seal.opened(文)

    def place(entry: object) -> int:
        term = entry.fields.get(名) if isinstance(entry, Record) else None
        at = text.find(term.shown) if isinstance(term, Fact) else -1
        return at if at >= 0 else len(text)

    return sorted(entries, key=place)


def found_in(fact: object, 文: str) -> str:
    """Return a term that stands in a text; if it does not, 【待补：正文里的“数字孪生”】, which no final may hold."""
    if not isinstance(fact, Fact) or fact.shown in seal.opened(文):
        return str(fact)
    return seal.gap(f"正文里的“{fact.shown}”")


def _whole(fact: Fact) -> int:
    value = arithmetic.number(fact)
    if fact.is_about or value != value.to_integral_value() or not 0 <= value < numerals.LARGEST:
        raise arithmetic.refused(fact, N_("{now} 写不成汉字数字"), N_("只写不小于零的整数"), now=fact)
    return int(value)


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
    """Return `say` as a filter of lists: a text or a value, whose characters it would part, is an error."""

    @wraps(say)
    def filtered(items: object, *settings: object, **named: object) -> str:
        if isinstance(items, str | Fact):
            raise InputError(
                Fault(N_("这里要一个列表，却是“{now}”"), {"now": seal.opened(str(items))[:30]}, N_("核对模板和数据"))
            )
        return say(items, *settings, **named)

    return filtered


def lead(text: object) -> str:
    """Return `text` as a lead phrase, set apart from the passage it opens."""
    return seal.lead(str(text))


def paragraph(text: str) -> str:
    """Return lines of a template as one line: line ends, indents and runs of spaces dropped, values kept."""
    return LAYOUT.sub(lambda found: found[1] or "", text.strip())


def stacked(items: Iterable[object]) -> str:
    r"""Return the lines of a title, each cut as given: A\\B."""
    return r"\\".join(map(str, _several(items)))


def _several(items: Iterable[object]) -> Iterable[object]:
    """Return what to take one by one: a text, a Fact, or what stands for a missing one, is one thing."""
    return (items,) if isinstance(items, str) or hasattr(items, "__html__") else items


def _inner(item: object, marks: dict[int, int]) -> str:
    if isinstance(item, Fact):
        return item.sealed(item.shown.translate(marks))
    return str(item).translate(marks)


LISTS_AND_TEXTS: dict[str, Callable[..., object]] = {
    "顿": _lists_only(listed),
    "逗": _lists_only(paused),
    "和": _lists_only(joined),
    "等": _lists_only(sampled),
    "引号": quoted,
    "书名号": titled,
    "合计": summed,
    "逐列": in_columns,
    "几": _lists_only(how_many),
    "序": place_in_order,
    "先后": in_text_order,
    "见于": found_in,
    "排序": ranking.ordered,
    "前几位": ranking.leading,
    "后几位": ranking.trailing,
    "年月日": dated,
    "年月": partial(dated, pattern="y年M月"),
    "月日": partial(dated, pattern="M月d日"),
    "起止": spanned,
    "汉字日期": dated_in_chinese,
    "导语": lead,
    "lead": lead,
    "成段": paragraph,
    "分行": stacked,
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
    "光数": bare,
    "计量": unit_of,
    "汉字": in_chinese,
    "序数": ordinal,
    "汉字年份": year_in_chinese,
    "大写": money,
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
