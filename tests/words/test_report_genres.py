"""Every genre but the briefing over facts nobody tuned: parts left out, lists of any length, any figures."""

from __future__ import annotations

import copy
from pathlib import Path

import prose_faults
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit import InputError, Report
from reportkit.words import genre

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GENRES = {
    "speech": "jianghua",
    "work-report": "baogao",
    "duty": "shuzhi",
    "summary": "zongjie",
    "research": "diaoyan",
    "bulletin": "zhuanbao",
    "circular": "tongbao",
}
# growth and decline, flat, from nothing, below zero, rates, about, beyond and behind its aim
FIGURES = [
    "12个",
    "近70%",
    "20余次",
    {"值": "3.1亿元", "上年同期": "3.9亿元", "目标": "8亿元", "序时": "50%"},
    {"值": "8.2亿元", "上年同期": "8.2亿元", "目标": "8亿元"},
    {"值": "12公里", "上年同期": "0公里"},
    {"值": "-1.2亿元", "上年同期": "0.3亿元", "全省平均": "-0.5亿元"},
    {"值": "93.5%", "上年同期": "94.1%", "位次": "全市第3位", "上期位次": "1"},
    {"值": "6家", "上年同期": "1家", "密": True},
]


class _Loader(yaml.BaseLoader):
    """Every scalar as typed; !secret in its long form, as a dict writes it."""


_Loader.add_constructor("!secret", lambda _, node: {"值": node.value, "密": True})


def _loaded(name):
    return _flagged(yaml.load((EXAMPLES / name / "data.yaml").read_text("utf-8"), _Loader))


def _flagged(tree):
    """Return a tree of texts with `密: true` as the flag it is."""
    if isinstance(tree, dict):
        return {key: True if (key, value) == ("密", "true") else _flagged(value) for key, value in tree.items()}
    return [_flagged(item) for item in tree] if isinstance(tree, list) else tree


TREES = {kind: _loaded(name) for kind, name in GENRES.items()}


def _varied(draw, tree, shape, used):
    """Return data of a shape, from an example: optional parts out, lists of one to four, figures from the list."""
    if shape.kind == "figure":
        used.append(draw(st.sampled_from(FIGURES)))
        return copy.deepcopy(used[-1])
    if "各地" in shape.fields:
        return _ranking(draw, tree)
    if shape.kind == "list":
        size = draw(st.integers(0 if shape.optional else 1, 4))
        return [_varied(draw, (tree * size)[at], shape.item, used) for at in range(size)]
    if shape.kind == "map":
        fields = {key: inner for key, inner in shape.fields.items() if key in tree}
        kept = {key: inner for key, inner in fields.items() if not inner.optional or draw(st.booleans())}
        return {key: _varied(draw, tree[key], inner, used) for key, inner in kept.items()}
    return tree


def _ranking(draw, tree):
    """Return a ranking of one to five places, each with as many figures as there are columns."""
    amounts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    rows = [
        {"名称": f"{name}县", "数": [f"{amount}亿元", "3个"]}
        for name, amount in zip("甲乙丙丁戊", amounts, strict=False)
    ]
    asked = {key: draw(st.integers(0, 6)) for key in ("靠前", "靠后") if draw(st.booleans())}
    order = {"次序": draw(st.sampled_from(["由高到低", "由低到高"]))}
    return {"表题": tree["表题"], "对象": "县", "列": tree["列"], "合计": "写", "各地": rows, **asked, **order}


@pytest.mark.slow
@pytest.mark.parametrize("kind", GENRES)
@settings(max_examples=60, deadline=None)
@given(drawn=st.data())
def test_any_data_of_its_shape_reads_without_fault_and_prints_every_figure(kind, drawn):
    used = []
    tree = {**_varied(drawn.draw, TREES[kind], genre.find(kind).shape, used), "模板": kind}
    text = Report.of(tree).render("txt").decode("utf-8")
    assert not prose_faults.found(text)
    # the verb before a figure may say its sign
    typed = [(figure["值"] if isinstance(figure, dict) else figure).lstrip("-") for figure in used]
    assert all(text.count(value) >= typed.count(value) for value in typed)


def say(kind, **parts):
    return Report.of({**copy.deepcopy(TREES[kind]), **parts}).render("txt").decode("utf-8")


def test_the_title_of_a_summary_says_whether_there_is_a_plan():
    assert say("summary").startswith("泊宁市水利局2023年工作总结及2024年工作计划\n")
    assert say("summary", 计划时段=None).startswith("泊宁市水利局2023年工作总结及下一步工作打算\n")
    assert say("summary", 计划=None).startswith("泊宁市水利局2023年工作总结\n")


def test_one_shortcoming_is_not_called_some():
    assert "还存在不足，主要是人手不足。" in say("summary", 问题=["人手不足"])
    assert "还存在一些不足：一是人手不足；二是资金不足。" in say("summary", 问题=["人手不足", "资金不足"])


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("就怕卖不上价", "“就怕卖不上价。”"),
        ("路修好了，谁来养？", "“路修好了，谁来养？”"),
        ("他们说“太难了”", "“他们说‘太难了’。”"),
    ],
)
def test_what_somebody_said_ends_once_inside_its_quotes(words, printed):
    voice = {"人物": "一位村民", "原话": words}
    text = say("research", 问题=[{"标题": "管护资金少", "表现": ["县级配套不足"], "反映": [voice]}])
    assert f"县级配套不足。一位村民说：{printed}\n" in text


def test_ways_of_research_are_listed_with_one_word_for_more():
    assert "采取实地走访、座谈交流、问卷调查等方式，" in say("research")
    one = {**TREES["research"]["方法"], "方式": ["实地走访"]}
    assert "采取实地走访的方式，" in say("research", 方法=one)


def test_a_bulletin_says_its_number_who_wrote_it_and_when():
    assert say("bulletin").startswith("重点项目进展专报\n（第8期）\n泊宁市重点项目建设指挥部办公室　2024年7月16日\n")
    assert say("bulletin", 标题=["市级重点项目提速推进"]).startswith(
        "市级重点项目提速推进\n（重点项目进展专报第8期）\n"
    )


def ranking(*figures, **asked):
    """Return a circular's ranking of 甲县, 乙县 … by one column."""
    rows = [{"名称": f"{name}县", "数": [figure]} for name, figure in zip("甲乙丙丁戊", figures, strict=False)]
    return {"表题": "完成情况", "对象": "县", "列": ["完成投资"], "各地": rows, **asked}


def ranked(*figures, **asked):
    """Return (the sentence on who stands where, the rows of the table) of a circular with this ranking."""
    text = say("circular", 排名=ranking(*figures, **asked))
    sentence, table = text.split("二、排名情况\n")[1].split("排名情况见下表。\n完成情况\n")
    rows = table.split("\n三、")[0].split("\n")[1:]
    return sentence.removeprefix("上半年完成投资"), [tuple(row.split("\t")) for row in rows]


def test_a_ranking_is_sorted_and_equals_share_a_place():
    _, rows = ranked("4亿元", "5亿元", "4亿元", "3亿元")
    assert rows == [("1", "乙县", "5"), ("2", "甲县", "4"), ("2", "丙县", "4"), ("4", "丁县", "3")]
    _, rows = ranked("4亿元", "5亿元", "3亿元", 次序="由低到高")
    assert rows == [("1", "丙县", "3"), ("2", "甲县", "4"), ("3", "乙县", "5")]


PRAISE, BLAME = "，予以通报表扬", "，要认真查找差距，迎头赶上"


@pytest.mark.parametrize(
    ("figures", "asked", "said"),
    [
        ("543", {}, "居第1位的县是甲县。"),
        ("553", {}, "并列第1位的县是甲县、乙县。"),
        ("543", {"靠前": 1}, f"居第1位的县是甲县{PRAISE}。"),
        ("543", {"靠前": 2}, f"居前两位的县是甲县、乙县{PRAISE}。"),
        ("5443", {"靠前": 2, "靠后": 1}, f"居前两位的县是甲县、乙县、丙县{PRAISE}；居末位的县是丁县{BLAME}。"),
        ("5433", {"靠前": 1, "靠后": 1}, f"居第1位的县是甲县{PRAISE}；居末位的县是丙县、丁县{BLAME}。"),
        ("543", {"靠前": 2, "靠后": 2}, f"居前两位的县是甲县、乙县{PRAISE}。"),
        ("55", {"靠后": 1}, "并列第1位的县是甲县、乙县。"),
        ("543", {"靠前": 9}, "依次是甲县、乙县、丙县。"),
        ("5", {"靠前": 3, "靠后": 1}, f"居第1位的县是甲县{PRAISE}。"),
        ("543", {"靠前": 1, "次序": "由低到高"}, f"由低到高排序，居第1位的县是丙县{PRAISE}。"),
    ],
)
def test_nobody_is_named_both_first_and_last_and_equals_are_named_together(figures, asked, said):
    assert ranked(*(f"{figure}亿元" for figure in figures), **asked)[0] == said


def test_the_total_is_the_sum_of_its_rows_and_rates_are_not_added():
    rows = [{"名称": "甲县", "数": ["5亿元", "1%"]}, {"名称": "乙县", "数": ["3.5亿元", "2%"]}]
    table = {"表题": "完成情况", "对象": "县", "列": ["完成投资", "增速"], "合计": "写", "各地": rows}
    assert "\n\t合计\t8.5\t—\n" in say("circular", 排名=table)


@pytest.mark.parametrize(
    ("figures", "path", "told"),
    [
        (["9800万元", "1.2亿元"], "排名.各地[1].数[0]", "单位不同"),
        (["近5亿元", "4亿元"], "排名.各地[0].数[0]", "约数"),
        (["5亿元", {"值": "4亿元", "位次": "1"}], "排名.各地[1].数[0].位次", "位次写的是 第1位，由数据排出来是 2"),
    ],
)
def test_a_ranking_that_would_be_false_is_refused_at_its_figure(figures, path, told):
    with pytest.raises(InputError) as refused:
        ranked(*figures)
    assert [fault.path for fault in refused.value.faults] == [path]
    assert told in str(refused.value)


def test_a_place_the_data_gives_rightly_is_let_stand():
    assert ranked("5亿元", {"值": "4亿元", "位次": "2"})[1][1] == ("2", "乙县", "4")


def test_a_row_of_another_number_of_figures_is_refused():
    table = ranking("5亿元", "4亿元")
    table["各地"][1]["数"].append("3个")
    with pytest.raises(InputError, match="这一行有 2 个数，表有 1 列"):
        say("circular", 排名=table)


@pytest.mark.parametrize("lacking", ["表题", "对象", "列", "各地"])
def test_a_draft_shows_what_a_ranking_lacks(lacking):
    table = {key: value for key, value in ranking("5亿元", "4亿元", 合计="写").items() if key != lacking}
    draft = Report.of({**copy.deepcopy(TREES["circular"]), "排名": table}, edition="draft")
    assert f"【待补：排名.{lacking}" in draft.render("txt").decode("utf-8")


@pytest.mark.parametrize("lacking", [0, 1])
def test_a_draft_shows_the_figures_a_row_lacks_and_no_total_of_them(lacking):
    table = ranking("5亿元", "4亿元", 合计="写")
    del table["各地"][lacking]["数"]
    draft = Report.of({**copy.deepcopy(TREES["circular"]), "排名": table}, edition="draft")
    gap = f"【待补：排名.各地[{lacking}].数】"
    assert f"\t合计\t{gap}\n" in draft.render("txt").decode("utf-8")


def test_no_figure_of_a_secret_row_nor_the_place_it_gives_is_in_the_redacted_copy():
    secret = {"值": "4.25亿元", "密": True}
    tree = {**copy.deepcopy(TREES["circular"]), "排名": ranking("5亿元", secret, 合计="写")}
    text = Report.of(tree, edition="redacted").render("txt").decode("utf-8")
    assert "4.25" not in text
    assert "9.25" not in text


def drafted(*rows, **asked):
    """Return what a draft says of a ranking of rows, and the rows of its table."""
    table = {"表题": "完成情况", "对象": "县", "列": ["完成投资", "增速"], "各地": list(rows)} | asked
    data = TREES["circular"] | {"排名": table}
    text = Report.of(data, template="circular", edition="draft").render("txt").decode("utf-8")
    before, _, after = text.partition("完成情况\n位次\t")
    return before.rpartition("\n二、排名情况\n")[2].strip(), [tuple(line.split("\t")) for line in after.split("\n")]


FIRST, LAST = {"名称": "甲县", "数": ["5亿元", "1%"]}, {"名称": "丙县", "数": ["3亿元", "2%"]}
LACKING = "【待补：排名.各地[0].数】"


@pytest.mark.parametrize("order", ["由高到低", "由低到高"])
def test_in_a_draft_what_is_not_yet_reported_comes_last_and_is_neither_placed_nor_named(order):
    said, rows = drafted({"名称": "乙县"}, FIRST, LAST, 靠前=1, 靠后=1, 次序=order)
    names = ["甲县", "丙县"] if order == "由高到低" else ["丙县", "甲县"]
    assert f"居第1位的县是{names[0]}{PRAISE}；居末位的县是{names[1]}{BLAME}。" in said
    assert "乙县" not in said
    assert [row[:2] for row in rows[1:4]] == [("1", names[0]), ("2", names[1]), (LACKING, "乙县")]
    assert rows[3][2:] == (LACKING, LACKING)


def test_a_draft_in_which_nobody_has_reported_names_nobody():
    said, rows = drafted({"名称": "乙县"}, {"名称": "丁县", "数": []}, 靠前=1, 靠后=1)
    assert f"居第1位的县是{LACKING}{PRAISE}。" in said
    assert rows[0] == ("县", "完成投资", "增速")
    assert {len(row) for row in rows[1:3]} == {4}


def test_in_a_draft_one_figure_of_a_row_may_be_still_to_come():
    said, rows = drafted({"名称": "乙县", "数": [None, "4%"]}, FIRST, {"名称": "丁县", "数": ["4亿元", {"值": None}]})
    assert "居第1位的县是甲县" in said
    assert rows[1:4] == [
        ("1", "甲县", "5", "1"),
        ("2", "丁县", "4", "【待补：排名.各地[2].数[1]】"),
        ("【待补：排名.各地[0].数[0]】", "乙县", "【待补：排名.各地[0].数[0]】", "4"),
    ]


def test_in_a_draft_a_place_that_one_still_to_come_may_explain_is_let_stand():
    _, rows = drafted({"名称": "乙县"}, {"名称": "甲县", "数": [{"值": "5亿元", "位次": "2"}, "1%"]}, LAST)
    assert rows[1][:2] == ("2", "甲县")
    with pytest.raises(InputError, match="位次写的是 第3位"):
        drafted({"名称": "乙县"}, {"名称": "甲县", "数": [{"值": "5亿元", "位次": "3"}, "1%"]}, LAST)


def test_a_draft_that_lacks_names_for_all_its_first_places_says_that_they_are_to_come():
    assert "依次是甲县、丙县、【待补：排名.各地[0].数】。" in drafted({"名称": "乙县"}, FIRST, LAST, 靠前=3)[0]
