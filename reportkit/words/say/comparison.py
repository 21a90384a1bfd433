"""What a figure says beside others: growth, share, completion, rank, as the phrases official prose has for them.

Every function takes a figure's Fact and returns a phrase in which the figures stay sealed. What is compared with is
what the data gives beside the figure (上年同期, 目标 …); a result the data gives is printed as given, else it is
reckoned. Where the data has neither, the phrase holds 【待补：…】, which a final refuses, and asserts no direction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from reportkit.errors import N_
from reportkit.facts import arithmetic, seal
from reportkit.facts.arithmetic import number
from reportkit.facts.fact import Fact
from reportkit.facts.quantity import PERCENT, RATES, typed, unsigned

# growth by so many percent is said in times from here on: 增长1.5倍
IN_TIMES = Decimal(100)
DOUBLINGS = {Decimal(2): "翻一番", Decimal(4): "翻两番"}
# what a verb of rising becomes before a figure below zero
FALLS = {"增长": "下降", "提高": "下降", "上升": "下降", "增加": "减少"}
# a period's part of the year, by how it is written
PARTS = {"一季度": Fraction(1, 4), "上半年": Fraction(1, 2), "前三季度": Fraction(3, 4), "全年": Fraction(1)}
MONTHS = re.compile(r"(?:1[—-]|前|截至)(?P<month>1[0-2]|[1-9])个?月(?:底|末|份)?")


def year_on_year(fact: Fact, rounding: str = ROUND_HALF_UP, 升: str = "", 降: str = "") -> str:
    """Return 同比增长7.3%, 同比下降5%, 同比提高2.3个百分点 (of a percentage), 同比翻一番, 与上年同期持平, 同比略有增长.

    Wrong: 同比增长-5%; 占比同比提高3%; 同比减少1倍. Where the base is zero or signs change, by how much, in its unit.
    """
    return _growth(fact, "同比", "上年同期", "上年同期", rounding, 升, 降)


def on_previous(fact: Fact, rounding: str = ROUND_HALF_UP, 升: str = "", 降: str = "", 上期: str = "上期") -> str:
    """Return 环比增长1.2%, 环比下降…, 与上期持平; see `year_on_year`. `上期` is what a flat one is level with."""
    return _growth(fact, "环比", "上期", 上期, rounding, 升, 降)


def multiple(fact: Fact, rounding: str = ROUND_HALF_UP) -> str:
    """Return 是上年同期的2.5倍; 比上年同期翻一番 for exactly twice; 相当于上年同期的80% for less. Wrong: 减少3倍."""
    if missing := _missing(fact, "上年同期"):
        return f"是上年同期的{missing}"
    then = fact["上年同期"]
    if number(fact) <= 0 or number(then) <= 0:
        return _by_amount(fact, then, "上年同期")
    whole = arithmetic.times(fact, then, rounding, arithmetic.EXACT_PLACES)
    if doubling := DOUBLINGS.get(number(whole)):
        return f"比上年同期{whole.sealed(doubling)}"
    if number(whole) < 1:
        return f"相当于上年同期的{arithmetic.share(fact, then, rounding)}"
    if whole.value == 1:
        return "与上年同期持平"
    return f"是上年同期的{arithmetic.times(fact, then, rounding)}"


def shared(fact: Fact, rounding: str = ROUND_HALF_UP) -> str:
    """Return 占比34.5%, or 占工业增加值的34.5% if 总体 has a 名称. A part greater than its whole is an error."""
    given = fact.get("占比")
    if given is None:
        if missing := _missing(fact, "总体", "占比"):
            return f"占比{missing}"
        given = arithmetic.share(fact, fact["总体"], rounding)
    if number(given) > 100:
        raise arithmetic.refused(fact, N_("{now} 超过了总体"), N_("核对总体"), now=fact)
    whole = fact.get("总体")
    return f"占{whole['名称']}的{given}" if whole and "名称" in whole else f"占比{given}"


def completed(fact: Fact, rounding: str = ROUND_HALF_UP, 目标: str = "年度目标") -> str:
    """Return 完成年度目标的49.4%, 完成年度目标 for exactly all of it, 超额完成年度目标，完成率103.2%.

    A percentage is above its target or below it, by points: 高于年度目标1.3个百分点. Wrong: 就诊率完成目标的101.4%.
    """
    given, aim = _completion(fact, rounding), fact.get("目标")
    name = str(aim["名称"]) if aim and "名称" in aim else 目标
    if aim and fact.unit in RATES and "完成率" not in fact:
        return _against(arithmetic.change(fact, aim), f"高于{name}", f"低于{name}", f"达到{name}")
    if isinstance(given, str):
        return f"完成{name}的{given}"
    if number(given) > 100:
        return f"超额完成{name}，完成率{given}"
    return f"完成{name}" if given.value == 100 else f"完成{name}的{given}"


def on_schedule(fact: Fact, rounding: str = ROUND_HALF_UP) -> str:
    """Return 快于序时进度24.4个百分点, 慢于序时进度…, 与序时进度持平: completion against the part of the year gone.

    That part is 序时 beside the figure, or follows from its 时段 (一季度, 上半年, 1—9月, 截至9月底).
    """
    given = _completion(fact, rounding)
    if isinstance(given, str):
        return f"与序时进度相比{given}"
    number(given)  # one withheld is refused before anything is found lacking: its 时段 is withheld too
    due = fact.get("序时") or _due(fact)
    if due is None:
        return f"与序时进度相比{seal.gap(f'{fact.origin.path}.序时')}"
    return _against(arithmetic.change(given, due), "快于序时进度", "慢于序时进度", "与序时进度持平")


def against_average(fact: Fact, 范围: str = "全省") -> str:
    """Return 高于全省平均水平1.2个百分点, 低于全省平均水平3.5万元, 与全省平均水平持平. `范围`: 全国, 全省 or 全市."""
    name = f"{范围}平均"
    if missing := _missing(fact, name):
        return f"与{name}水平相比{missing}"
    return _against(arithmetic.change(fact, fact[name]), f"高于{name}水平", f"低于{name}水平", f"与{name}水平持平")


def ranked(fact: Fact, 居: str = "居") -> str:
    """Return 居全省第3位, with 前移2位, 后移1位 or 位次不变 if the last place is known. Wrong: 居全省第1位、第一."""
    if missing := _missing(fact, "位次"):
        return f"{居}{missing}"
    now, then = fact["位次"], fact.get("上期位次")
    among = dict(now.note).get("范围", "")
    said = f"{居}{now.sealed(among + now.shown)}"
    if then is None:
        return said
    moved = arithmetic.change(then, now)
    return f"{said}，{_against(moved, '前移', '后移', '位次不变')}"


def place(fact: Fact, others: Sequence[Fact], 升: bool = False) -> str:
    """Return a figure's place among `others`, itself one of them, from the greatest down (升: from the least up): 1.

    Equals share a place. Raises InputError if units differ, a figure is only about, or the data gives another place.
    Those of a draft that are still to come may take the places before it.
    """
    known = [other for other in others if isinstance(other, Fact)]
    for place_of in (other.get("位次") for other in known):
        if place_of:
            number(place_of)  # one withheld would be told by the places of the others
    steps = [number(arithmetic.change(other, fact)) for other in known]
    before = sum(step < 0 if 升 else step > 0 for step in steps)
    given = fact.get("位次")
    if given and not before < number(given) <= before + 1 + len(others) - len(steps):
        hint = N_("核对这一列的数和位次；位次可以不填，由数排出来")
        raise arithmetic.refused(
            given, N_("位次写的是 {now}，由数据排出来是 {place}"), hint, now=given, place=before + 1
        )
    reached = number(given) if given else Decimal(before + 1)
    origin = replace(fact.origin, path=f"名次({fact.origin.path})")
    secret = any(other.secret for other in known)
    return str(Fact(reached, f"{reached:f}", origin, secret=secret))


def stated(fact: Fact, 谓语: object = None) -> str:
    """Return a figure after its verb: 增长7.3%; of a figure below zero 下降5%, for a verb 增长. Wrong: 增长-5%.

    An error for 下降 before a figure below zero: nobody can tell which way it went.
    """
    if not isinstance(谓语, Fact):
        return f"{谓语 or ''}{fact}"
    if number(fact) >= 0:
        return f"{谓语}{fact}"
    verb = 谓语.shown
    if verb.endswith(tuple(FALLS.values())):
        raise arithmetic.refused(
            fact, N_("{now} 是负数，前面又说“{verb}”"), N_("去掉负号，或改用“增长”"), now=fact, verb=verb
        )
    rise = next((rise for rise in FALLS if verb.endswith(rise)), "")
    if not rise:
        return f"{谓语}{fact}"
    return 谓语.sealed(verb.removesuffix(rise) + FALLS[rise]) + fact.sealed(unsigned(fact.shown))


def changed(fact: Fact, 比: str = "上年同期", 升: str = "增加", 降: str = "减少") -> str:
    """Return 比上年同期增加12个, 比上年同期减少3.2亿元, 与上年同期持平: by how much, in the figure's unit.

    `比` is what beside the figure to compare with.
    """
    if missing := _missing(fact, 比):
        return f"与{比}相比{missing}"
    return _by_amount(fact, fact[比], 比, 升, 降)


def _growth(fact: Fact, kind: str, base: str, level: str, rounding: str, up: str, down: str) -> str:
    """Return the phrase of growth over `base`; `level` is what a flat one is level with."""
    given, then = fact.get(kind), fact.get(base)
    rises = up or ("提高" if fact.unit in RATES else "增长")
    falls = down or "下降"
    if given is None:
        if then is None or "口径" in fact:
            return f"{kind}{seal.gap(f'{fact.origin.path}.{kind}')}"
        if fact.unit not in RATES and (number(then) <= 0 or number(fact) < 0):
            return _by_amount(fact, then, level)
        given = arithmetic.growth(fact, then, rounding)
        if given.value == 0 and (slight := number(arithmetic.change(fact, then))):
            return f"{kind}{given.sealed('略有' + (rises if slight > 0 else falls))}"
        if fact.unit not in RATES and number(given) >= IN_TIMES:
            doubling = DOUBLINGS.get(number(arithmetic.times(fact, then, rounding, arithmetic.EXACT_PLACES)))
            if doubling:
                return f"{kind}{given.sealed(doubling)}"
            given = arithmetic.growth_in_times(fact, then, rounding)
    if given.value == 0:
        return given.sealed(f"与{level}持平")
    return f"{kind}{rises if number(given) > 0 else falls}{given.sealed(unsigned(given.shown))}"


def _by_amount(fact: Fact, then: Fact, level: str, up: str = "增加", down: str = "减少") -> str:
    return _against(arithmetic.change(fact, then), f"比{level}{up}", f"比{level}{down}", f"与{level}持平")


def _against(difference: Fact, above: str, below: str, same: str) -> str:
    """Return the phrase for a difference: above it, below it, or the same as it."""
    if difference.value == 0:
        return difference.sealed(same)
    return (above if number(difference) > 0 else below) + difference.sealed(unsigned(difference.shown))


def _completion(fact: Fact, rounding: str) -> Fact | str:
    """Return the completion, given or reckoned, or the gap where the data has neither."""
    given = fact.get("完成率")
    if given is None and "目标" in fact:
        given = arithmetic.share(fact, fact["目标"], rounding)
    return given or seal.gap(f"{fact.origin.path}.目标")


def _due(fact: Fact) -> Fact | None:
    """Return the part of the year gone by the end of the figure's period, as a percentage; None if it does not say."""
    period = str(dict(fact.note).get("时段", ""))
    part = next((part for name, part in PARTS.items() if period.endswith(name)), None)
    if part is None and (found := MONTHS.search(period)):
        part = Fraction(int(found["month"]), 12)
    if part is None:
        return None
    value = arithmetic.rounded(Decimal(part.numerator * 100) / part.denominator, arithmetic.PLACES)
    return replace(fact["时段"], value=value, shown=typed(value, PERCENT), unit=PERCENT)


def _missing(fact: Fact, *names: str) -> str:
    """Return the gap to print where the data has none of `names` beside a figure; "" if it has one."""
    return "" if any(fact.get(name) for name in names) else seal.gap(f"{fact.origin.path}.{names[0]}")
