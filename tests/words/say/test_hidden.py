"""What filters say of values that a redacted edition does not have: nothing that depends on them."""

import pytest

from reportkit.data import python
from reportkit.errors import InputError
from reportkit.facts import check, conceal, seal, shape
from reportkit.facts.fact import unsealed
from reportkit.words.say.filters import FIGURES, ROUNDED, filters

SHAPE = shape.shape_of(
    python.of(
        {
            "数": "figure? number：一个数",
            "各数": "figures? numbers：几个数",
            "日": "date? day：一天",
            "词": "text? word：一个词",
            "各行": [{"_": "rows?：几行", "名": "text name：名", "数": "figure number：数"}],
        }
    )
)
SECRET = {"密": True}


def hidden(mask="shape", **data):
    facts, faults = check.check(python.of(data), SHAPE, "data.yaml")
    assert not faults, [fault.say() for fault in faults]
    return conceal.concealed(facts, mask)


def said(name, value, *given, **settings):
    return seal.opened(str(filters()[name](value, *given, **settings)))


BESIDE = {"上年同期": "100亿元", "上期": "90亿元", "目标": "200亿元", "总体": "900亿元", "全省平均": "80亿元"}


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("同比", "同比**"),
        ("环比", "环比**"),
        ("倍数", "与上年同期相比**"),
        ("占比", "占比**%"),
        ("完成", "完成年度目标的**%"),
        ("序时", "与序时进度相比**"),
        ("高于平均", "与全省平均水平相比**"),
        ("增减", "与上年同期相比**"),
        ("约数", "**亿元"),
        ("近", "**亿元"),
        ("超", "**亿元"),
        ("余", "**亿元"),
        ("约", "**亿元"),
        ("大数", "**元"),
        ("汉字", "**亿元"),
        ("序数", "第**"),
        ("汉字年份", "**"),
        ("大写", "**"),
    ],
)
@pytest.mark.parametrize("value", ["120亿元", "100亿元", "400亿元", "-37亿元", "0.00亿元", "20余亿元"])
def test_a_phrase_of_a_secret_figure_is_the_same_whatever_it_is(name, right, value):
    data = {"值": value, **BESIDE, "时段": "上半年", **SECRET}
    assert said(name, hidden(数=data)["数"]) == right


@pytest.mark.parametrize("name", sorted(set(FIGURES) | set(ROUNDED)))
def test_every_filter_of_figures_has_words_for_one_that_is_withheld(name):
    given = {"换算": ("万元",), "名次": ([],)}.get(name, ())
    data = {"值": "120亿元", **BESIDE, "位次": "3", "上期位次": "4", "时段": "上半年", **SECRET}
    fact = hidden(数=data)["数"]
    if name == "名次":
        given = ([fact],)
    assert "120" not in said(name, fact, *given)


def test_what_only_stands_beside_may_be_secret_alone():
    data = {"值": "120亿元", "上年同期": {"值": "100亿元", **SECRET}, "目标": "200亿元"}
    fact = hidden(数=data)["数"]
    assert said("同比", fact) == "同比**"
    assert said("完成", fact) == "完成年度目标的60%"
    assert seal.opened(str(fact)) == "120亿元"


def test_a_completion_names_its_target_and_a_percentage_is_beside_it():
    named = {"值": "120亿元", "目标": {"值": "200亿元", "名称": "全年任务"}, **SECRET}
    assert said("完成", hidden(数=named)["数"]) == "完成****的**%"
    assert said("完成", hidden(数={"值": "69%", "目标": "70%", **SECRET})["数"]) == "与年度目标相比**"
    own = {"值": "120亿元", "总体": {"值": "900亿元", "名称": "总产值", **SECRET}}
    assert said("占比", hidden(数=own)["数"]) == "占***的**%"


def test_a_place_is_printed_by_its_shape_and_says_no_move():
    data = {"值": "3个", "位次": "全省第12位", "上期位次": "9", **SECRET}
    assert said("位次", hidden(数=data)["数"]) == "居全省第**位，较上期**"
    assert said("位次", hidden(数={"值": "3个", "位次": "全省第12位", **SECRET})["数"]) == "居全省第**位"
    moved = {"值": "3个", "位次": "3", "上期位次": {"值": "5", **SECRET}}
    assert said("位次", hidden(数=moved)["数"]) == "居第3位，较上期**"


@pytest.mark.parametrize(
    ("verb", "right"), [("增长", "增减**%"), ("同比提高", "同比升降**%"), ("为", "为**%"), ("下降", "下降**%")]
)
def test_a_verb_says_no_direction_that_the_sign_would_turn(verb, right):
    for value in ("-3%", "31%"):
        facts = hidden(数={"值": value, **SECRET}, 词=verb)
        assert said("谓语", facts["数"], facts["词"]) == right


@pytest.mark.parametrize(
    ("parts", "value", "right", "grown"),
    [
        (["1234.5"], "1234.5亿元", "******亿元", "同比**"),
        (["34"], "1234.5亿元", "12**.5亿元", "同比**"),
        (["5亿"], "1234.5亿元", "1234.**元", "同比**"),
        (["12", "23", "34"], "1234.5亿元", "****.5亿元", "同比**"),
    ],
)
def test_a_figure_secret_in_part_is_secret_for_all_that_is_reckoned(parts, value, right, grown):
    fact = hidden(数={"值": value, "上年同期": "1000亿元", "密": parts})["数"]
    assert seal.opened(str(fact)) == right
    assert said("同比", fact) == grown
    assert "*" in str(fact["上年同期"])


def test_the_unit_of_a_secret_column_stays_unless_a_secret_part_reaches_into_it():
    assert said("计量", hidden(数={"值": "3.1亿元", **SECRET})["数"]) == "亿元"
    assert said("光数", hidden(数={"值": "3.1亿元", **SECRET})["数"]) == "***"
    assert said("计量", hidden(数={"值": "3.1亿元", "密": ["1亿"]})["数"]) == "**"
    assert said("换算", hidden(数={"值": "3.1亿元", **SECRET})["数"], "万元") == "**万元"


def test_a_sum_with_a_secret_part_is_secret():
    facts = hidden(各数=[{"值": "3个", **SECRET}, "4个"])
    assert said("合计", facts["各数"]) == "**个"
    assert said("合计", facts["各数"], 光数=True) == "**"
    assert said("名次", facts["各数"][1], facts["各数"]) == "**"


def test_a_date_is_masked_in_every_way_it_is_written():
    for typed in ("2024-07-20", "2019年1月3日"):
        fact = hidden(日={"值": typed, **SECRET})["日"]
        assert said("年月日", fact) == "**年**月**日"
        assert said("年月", fact) == "**年**月"
        assert said("月日", fact) == "**月**日"
        assert said("汉字日期", fact) == "**年**月**日"
        assert said("起止", [fact, fact]) == "**至**"


def test_titles_and_quotations_of_a_partly_secret_text_are_masked():
    fact = hidden(词={"值": "关于印发《明川规划》的“通知”", "密": ["《明川规划》"]})["词"]
    assert said("书名号", fact) == "《关于印发******的“通知”》"
    assert said("引号", fact) == "“关于印发******的‘通知’”"


def test_masks_may_all_be_of_one_width():
    facts = hidden("fixed", 数={"值": "1234.5亿元", **SECRET}, 词={"值": "云帆产业链", "密": ["云帆"]}, 日="2024-07-20")
    assert [seal.opened(str(one)) for one in facts.fields.values()] == ["**亿元", "2024年7月20日", "**产业链"]


ROWS = [{"名": "甲县", "数": {"值": "3个", **SECRET}}, {"名": "乙县", "数": "4个"}, {"名": "丙县", "数": "9个"}]


def test_rows_with_a_withheld_figure_stay_in_the_order_of_the_data():
    facts = hidden(各行=ROWS)
    assert filters()["排序"](facts["各行"], "数") == list(facts["各行"])
    assert filters()["隐去"](facts["各行"], "数") is True
    for name in ("前几位", "后几位"):
        with pytest.raises(InputError, match=r"各行\[0\]\.数：脱敏稿里这个值隐去了"):
            filters()[name](facts["各行"], "数", 1)


def test_a_withheld_place_withholds_the_order_too():
    rows = [{"名": "甲县", "数": {"值": "3个", "位次": {"值": "2", **SECRET}}}, {"名": "乙县", "数": "4个"}]
    facts = hidden(各行=rows)
    assert filters()["隐去"](facts["各行"], "数") is True
    assert filters()["排序"](facts["各行"], "数") == list(facts["各行"])


def test_a_template_may_ask_whether_a_value_is_withheld():
    facts = hidden(数={"值": "3个", **SECRET}, 各数=["3个", {"值": "4个", "密": ["4"]}], 词="明")
    assert [filters()["隐去"](facts[name]) for name in ("数", "各数", "词")] == [True, True, False]


def test_what_was_withheld_is_not_in_its_seal():
    fact = hidden(数={"值": "731次", "来源": "明川快报", "上年同期": "642次", **SECRET})["数"]
    printed = "".join(str(one) for one in (fact, fact["来源"], fact["上年同期"]))
    assert not [word for word in ("731", "642", "明川", "快报") if word in printed]
    restored = unsealed(str(fact).split(seal.MIDDLE)[0].removeprefix(seal.OPEN))
    assert (restored.value, restored.shown, restored.is_secret) == (None, "***次", True)
