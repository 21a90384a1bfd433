"""Figures beside others: the phrase each filter makes of them, where it is true, and what contradicts itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.data import python
from reportkit.errors import InputError
from reportkit.facts import check, seal, shape
from reportkit.facts.fact import Fact, Origin, every_fact
from reportkit.words.say.filters import filters

ONE = shape.shape_of(python.of({"数": "figure number：一个数"}))


def checked(long):
    facts, faults = check.check(python.of({"数": long}), ONE, "data.yaml")
    return facts, [fault.say() for fault in faults]


def figure(long):
    facts, faults = checked(long)
    assert not faults, faults
    return facts["数"]


def said(name, long, rounding="ROUND_HALF_UP", **settings):
    return seal.opened(filters(rounding)[name](figure(long), **settings))


def over(now, then, **more):
    return {"值": now, "上年同期": then, **more}


@pytest.mark.parametrize(
    ("long", "right"),
    [
        (over("107.3亿元", "100亿元"), "同比增长7.3%"),
        (over("1234.5亿元", "1150.2亿元"), "同比增长7.3%"),
        (over("250家", "200家"), "同比增长25%"),
        (over("95个", "100个"), "同比下降5%"),
        (over("12个", "12个"), "与上年同期持平"),
        (over("10001个", "10000个"), "同比略有增长"),
        (over("9999个", "10000个"), "同比略有下降"),
        (over("20000元", "1万元"), "同比翻一番"),
        (over("25个", "10个"), "同比增长1.5倍"),
        (over("40个", "10个"), "同比翻两番"),
        (over("12个", "0个"), "比上年同期增加12个"),
        (over("0个", "12个"), "同比下降100%"),
        (over("1.5亿元", "-3.2亿元"), "比上年同期增加4.7亿元"),
        (over("-3.2亿元", "1.5亿元"), "比上年同期减少4.7亿元"),
        (over("69.3%", "67%"), "同比提高2.3个百分点"),
        (over("67%", "69.3%"), "同比下降2.3个百分点"),
        (over("67%", "67.0%"), "与上年同期持平"),
        ({"值": "12亿元", "同比": "7.30%"}, "同比增长7.30%"),
        ({"值": "12亿元", "同比": "-5%"}, "同比下降5%"),
        ({"值": "12亿元", "同比": "+5%"}, "同比增长5%"),
        ({"值": "12亿元", "同比": "近5%"}, "同比增长近5%"),
        ({"值": "12亿元", "同比": "1.5倍"}, "同比增长1.5倍"),
        ({"值": "12亿元", "同比": "0%"}, "与上年同期持平"),
        ({"值": "12亿元", "上年同期": "11亿元", "口径": "可比价", "同比": "5.8%"}, "同比增长5.8%"),
        ({"值": "12亿元"}, "同比【待补：数.同比】"),
        ({"值": "12亿元", "上年同期": "11亿元", "口径": "可比价"}, "同比【待补：数.同比】"),
    ],
)
def test_growth_over_the_year_before(long, right):
    assert said("同比", long) == right


def test_growth_over_the_period_before_names_the_period():
    assert said("环比", {"值": "12亿元", "上期": "10亿元"}) == "环比增长20%"
    assert said("环比", {"值": "12亿元", "上期": "12亿元"}, 上期="上月") == "与上月持平"


def test_an_office_chooses_its_own_verbs():
    assert said("同比", over("95个", "100个"), 降="减少") == "同比减少5%"


@pytest.mark.parametrize(
    ("long", "right"),
    [
        (over("25个", "10个"), "是上年同期的2.5倍"),
        (over("20个", "10个"), "比上年同期翻一番"),
        (over("8个", "10个"), "相当于上年同期的80%"),
        (over("10个", "10个"), "与上年同期持平"),
        (over("3个", "0个"), "比上年同期增加3个"),
        ({"值": "3个"}, "是上年同期的【待补：数.上年同期】"),
    ],
)
def test_multiples_are_never_of_a_decrease(long, right):
    assert said("倍数", long) == right


@pytest.mark.parametrize(
    ("name", "long", "right"),
    [
        ("占比", {"值": "345亿元", "总体": "1000亿元"}, "占比34.5%"),
        ("占比", {"值": "3450000万元", "总体": "1000亿元"}, "占比34.5%"),
        ("占比", {"值": "345亿元", "占比": "34.52%"}, "占比34.52%"),
        ("占比", {"值": "345亿元"}, "占比【待补：数.总体】"),
        ("占比", {"值": "345亿元", "总体": {"值": "1000亿元", "名称": "生产总值"}}, "占生产总值的34.5%"),
        ("完成", {"值": "494亿元", "目标": {"值": "1000亿元", "名称": "全年任务"}}, "完成全年任务的49.4%"),
        ("完成", {"值": "494亿元", "目标": "1000亿元"}, "完成年度目标的49.4%"),
        ("完成", {"值": "1032亿元", "目标": "1000亿元"}, "超额完成年度目标，完成率103.2%"),
        ("完成", {"值": "1000亿元", "目标": "1000亿元"}, "完成年度目标"),
        ("完成", {"值": "0个", "目标": "10个"}, "完成年度目标的0%"),
        ("完成", {"值": "91.3%", "目标": "90%"}, "高于年度目标1.3个百分点"),
        ("完成", {"值": "88%", "目标": "90%"}, "低于年度目标2个百分点"),
        ("完成", {"值": "90.0%", "目标": "90%"}, "达到年度目标"),
        ("完成", {"值": "494亿元"}, "完成年度目标的【待补：数.目标】"),
        ("序时", {"值": "74.4亿元", "目标": "100亿元", "时段": "2023年上半年"}, "快于序时进度24.4个百分点"),
        ("序时", {"值": "70亿元", "目标": "100亿元", "时段": "1—9月"}, "慢于序时进度5个百分点"),
        ("序时", {"值": "75亿元", "目标": "100亿元", "时段": "截至9月底"}, "与序时进度持平"),
        ("序时", {"值": "75亿元", "完成率": "75%", "序时": "66.7%"}, "快于序时进度8.3个百分点"),
        ("序时", {"值": "75亿元", "目标": "100亿元"}, "与序时进度相比【待补：数.序时】"),
        ("高于平均", {"值": "7.3%", "全省平均": "6.1%"}, "高于全省平均水平1.2个百分点"),
        ("高于平均", {"值": "3.5万元", "全省平均": "4万元"}, "低于全省平均水平0.5万元"),
        ("高于平均", {"值": "7.3%", "全省平均": "7.30%"}, "与全省平均水平持平"),
        ("位次", {"值": "7.3%", "位次": 3}, "居第3位"),
        ("位次", {"值": "7.3%", "位次": "全省第3位", "上期位次": 5}, "居全省第3位，前移2位"),
        ("位次", {"值": "7.3%", "位次": "全省第6", "上期位次": 5}, "居全省第6位，后移1位"),
        ("位次", {"值": "7.3%", "位次": "全省第1名", "上期位次": "第1位"}, "居全省第1位，位次不变"),
        ("增减", over("112个", "100个"), "比上年同期增加12个"),
        ("增减", over("98个", "100个"), "比上年同期减少2个"),
        ("增减", over("1亿元", "9500万元"), "比上年同期增加0.05亿元"),
    ],
)
def test_what_a_figure_says_beside_others(name, long, right):
    assert said(name, long) == right


@pytest.mark.parametrize(
    ("name", "value", "settings", "right"),
    [
        ("约数", "69.3%", {}, "近70%"),
        ("约数", "63%", {}, "超60%"),
        ("约数", "70%", {}, "70%"),
        ("约数", "23次", {}, "20余次"),
        ("约数", "29次", {}, "近30次"),
        ("约数", "7次", {}, "7次"),
        ("约数", "126.06万亿元", {"位": 3}, "超126万亿元"),
        ("约数", "近70%", {}, "近70%"),
        ("近", "69.3%", {}, "近70%"),
        ("近", "995个", {"位": 2}, "近1000个"),
        ("超", "126.06万亿元", {"位": 3}, "超126万亿元"),
        ("余", "312人", {}, "300余人"),
        ("余", "312人", {"位": 2}, "310余人"),
        ("约", "1.2345亿元", {}, "约1.2亿元"),
        ("约", "1.2亿元", {}, "1.2亿元"),
        ("大数", "13908万斤", {}, "1.39亿斤"),
        ("大数", "139080000万斤", {}, "1.39万亿斤"),
        ("大数", "7.80亿元", {}, "7.80亿元"),
        ("大数", "12亿元", {}, "12亿元"),
        ("大数", "99960万元", {}, "10.0亿元"),
        ("换算", "12345.6万元", {"unit": "亿元"}, "1.23456亿元"),
        ("换算", "12345.6万元", {"unit": "亿元", "位": 2}, "1.23亿元"),
        ("汉字", "2次", {}, "两次"),
        ("汉字", "12个", {}, "十二个"),
        ("序数", "2个", {}, "第二"),
        ("汉字年份", 2023, {}, "二〇二三"),
        ("大写", "3.9万元", {}, "叁万玖仟元整"),
        ("大写", "1005.06元", {}, "壹仟零伍元零陆分"),
    ],
)
def test_round_numbers_units_and_numerals(name, value, settings, right):
    assert said(name, value, **settings) == right


@pytest.mark.parametrize(
    ("name", "value", "settings", "why"),
    [
        ("近", "63%", {}, "63% 不能说近70%"),
        ("近", "70%", {}, "70% 不能说近80%"),
        ("超", "70%", {}, "70% 不能说超70%"),
        ("余", "23次", {"位": 2}, "23次 不能说23余次"),
        ("约数", "-5%", {}, "不大于零"),
        ("汉字", "2.5次", {}, "写不成汉字数字"),
        ("大写", "0.001元", {}, "写不成大写金额"),
        ("大写", "12吨", {}, "不能换算成元"),
        ("换算", "近70%", {"unit": "万"}, "是约数"),
        ("占比", {"值": "12个", "总体": "10个"}, {}, "超过了总体"),
        ("占比", {"值": "12个", "总体": "10家"}, {}, "单位不同"),
        ("同比", {"值": "近12个", "上年同期": "10个"}, {}, "是约数，不能用来计算"),
    ],
)
def test_what_is_not_true_of_a_figure_is_not_said(name, value, settings, why):
    with pytest.raises(InputError, match=why):
        said(name, value, **settings)


@pytest.mark.parametrize(
    ("long", "why"),
    [
        (over("1234.5亿元", "1150.2亿元", 同比="7.5%"), "写的是7.5%，可是1234.5亿元 比 1150.2亿元 得 7.33%"),
        ({"值": "12亿元", "上期": "10亿元", "环比": "2.5%"}, "得 20%"),
        ({"值": "494亿元", "目标": "1000亿元", "完成率": "50.4%"}, "494亿元 ÷ 1000亿元 得 49.4%"),
        ({"值": "345亿元", "总体": "1000亿元", "占比": "36%"}, "得 34.5%"),
        (over("69.3%", "67%", 同比="3.3个百分点"), "得 2.3个百分点"),
        (over("69.3%", "67%", 同比="3.4%"), "百分数的升降用个百分点"),
        (over("30个", "10个", 同比="-2倍"), "下降不用倍"),
        (over("30个", "10个", 同比="3倍"), "得 200%"),
        (over("30个", "10吨", 同比="200%"), "单位不同"),
        ({"值": "30个", "同比": 7.3}, "这里要带 %"),
        ({"值": "30个", "位次": "前列"}, "这里要一个位次"),
        ({"值": "30个", "位次": 0}, "这里要一个位次"),
        ({"值": "30个", "上年": "20个"}, "是不是“上年同期”"),
    ],
)
def test_results_that_contradict_their_own_figures_are_told_with_the_arithmetic(long, why):
    _, faults = checked(long)
    assert len(faults) == 1
    assert why in faults[0]


@pytest.mark.parametrize(
    "long",
    [
        over("1234.5亿元", "1150.2亿元", 同比="7.3%"),
        over("1.2亿元", "1.1亿元", 同比="12%"),  # both rounded: anything from 4.3 to 14.8 is possible
        over("近30个", "10个", 同比="3倍"),
        over("30个", "10个", 同比="2倍"),
        over("12亿元", "11亿元", 同比="5.8%", 口径="可比价"),
        {"值": "494亿元", "目标": "1000亿元", "完成率": "49.4%"},
        over("-1亿元", "-2亿元", 同比="50%"),
    ],
)
def test_results_within_rounding_stand(long):
    assert checked(long)[1] == []


def test_a_fact_computed_names_its_formula():
    printed = filters()["同比"](figure(over("107.3亿元", "100亿元")))
    assert "数 ÷ 数.上年同期 − 1" in printed


def test_ties_are_rounded_as_the_profile_says():
    half = {"值": "1025个", "目标": "10000个"}  # 10.25 %
    assert said("完成", half) == "完成年度目标的10.3%"
    assert said("完成", half, rounding="ROUND_HALF_EVEN") == "完成年度目标的10.2%"


def test_what_a_secret_figure_is_compared_with_is_secret_too():
    fact = figure({"值": "12个", "上年同期": "10个", "密": True})
    assert all(one.secret for one in every_fact(fact))


MEETINGS = shape.shape_of(
    python.of({"总数": "figure? total = 会议.次数：一共", "会议": [{"_": "m：会", "次数": "figure count：次数"}]})
)


def meetings(*counts, **more):
    data = {"会议": [{"次数": count} for count in counts], **more}
    facts, faults = check.check(python.of(data), MEETINGS)
    return facts, [fault.say() for fault in faults]


def test_a_sum_left_out_is_reckoned():
    facts, _ = meetings("7次", "12次")
    assert facts["总数"].shown == "19次"
    assert facts["总数"].origin.path == "会议[0].次数 + 会议[1].次数"


def test_a_sum_given_must_be_the_sum():
    assert meetings("7次", "12次", 总数="19次")[1] == []
    assert "7次 + 12次 得 19次" in meetings("7次", "12次", 总数="20次")[1][0]


def test_a_sum_of_rounded_figures_may_be_off_by_their_rounding():
    assert meetings("1.2亿元", "1.3亿元", 总数="2.6亿元")[1] == []
    assert meetings("1.2亿元", "1.3亿元", 总数="2.7亿元")[1]


def test_a_figure_only_about_so_is_never_added_up():
    facts, faults = meetings("7次", "20余次")
    assert "总数" not in facts
    assert not faults


@given(now=st.decimals(0, 10**9, places=2), then=st.decimals(0, 10**9, places=2))
def test_growth_is_said_for_any_two_figures_and_never_with_a_sign(now, then):
    text = said("同比", over(f"{now}亿元", f"{then}亿元"))
    assert "-" not in text
    assert ("增长" in text or "增加" in text or "翻" in text) == (now > then) or "持平" in text


@given(value=st.decimals(Decimal("0.01"), 10**9, places=2), digits=st.integers(1, 4))
def test_a_round_number_is_true_of_its_figure(value, digits):
    text = said("约数", f"{value}吨", 位=digits)
    number = Decimal(text.strip("近超吨").replace("余", ""))
    if text.startswith("近"):
        assert value < number
    elif text.startswith("超") or "余" in text:
        assert value > number
    else:
        assert value == number


@pytest.mark.parametrize(
    ("typed", "words"), [("近70%左右", "近、左右"), ("约20余次", "约、余"), ("至少5个以上", "至少、以上")]
)
def test_a_figure_takes_one_word_of_approximation(typed, words):
    assert f"约数的词多了：{words}" in checked(typed)[1][0]


def test_places_are_counted_from_the_greatest_and_equals_share_one():
    shape_ = shape.shape_of(python.of({"数": "figures numbers：几个数"}))
    facts, _ = check.check(python.of({"数": ["76.4亿元", "121.5亿元", "76.4亿元", "40.1亿元"]}), shape_)
    places = [seal.opened(filters()["名次"](one, facts["数"])) for one in facts["数"]]
    assert places == ["2", "1", "2", "4"]


@pytest.mark.parametrize(
    ("verb", "value", "right"),
    [
        ("增长", "7.3%", "增长7.3%"),
        ("同比增长", "-5%", "同比下降5%"),
        ("增加", "-12个", "减少12个"),
        ("为", "-1.2亿元", "为-1.2亿元"),
        ("下降", "5%", "下降5%"),
    ],
)
def test_a_verb_of_rising_falls_before_a_figure_below_zero(verb, value, right):
    said_by = Fact(verb, verb, Origin("谓语"))
    assert seal.opened(filters()["谓语"](figure(value), said_by)) == right


def test_falling_by_less_than_nothing_is_refused():
    with pytest.raises(InputError, match="前面又说“下降”"):
        filters()["谓语"](figure("-5%"), Fact("下降", "下降", Origin("谓语")))
