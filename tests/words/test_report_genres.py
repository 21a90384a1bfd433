"""总结、通报、调研报告、专报 over facts nobody tuned: parts left out, lists of any length, any figures."""

from __future__ import annotations

import copy
from pathlib import Path

import prose_faults
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit import Report
from reportkit.words import genre

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GENRES = {"summary": "zongjie", "research": "diaoyan", "bulletin": "zhuanbao"}
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


def _loaded(name):
    return _flagged(yaml.load((EXAMPLES / name / "data.yaml").read_text("utf-8"), yaml.BaseLoader))


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
    if shape.kind == "list":
        size = draw(st.integers(0 if shape.optional else 1, 4))
        return [_varied(draw, (tree * size)[at], shape.item, used) for at in range(size)]
    if shape.kind == "map":
        fields = {key: inner for key, inner in shape.fields.items() if key in tree}
        kept = {key: inner for key, inner in fields.items() if not inner.optional or draw(st.booleans())}
        return {key: _varied(draw, tree[key], inner, used) for key, inner in kept.items()}
    return tree


@pytest.mark.parametrize("kind", GENRES)
@settings(max_examples=60, deadline=None)
@given(drawn=st.data())
def test_any_data_of_its_shape_reads_without_fault_and_prints_every_figure(kind, drawn):
    used = []
    tree = {**_varied(drawn.draw, TREES[kind], genre.find(kind).shape, used), "模板": kind}
    text = Report.of(tree).render("txt").decode("utf-8")
    assert not prose_faults.found(text)
    typed = [figure["值"] if isinstance(figure, dict) else figure for figure in used]
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
