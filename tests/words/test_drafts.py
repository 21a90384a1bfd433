"""Drafts: what is missing is printed, highlighted and listed, all of it; a final refuses it, all of it at once."""

import copy
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit import InputError, Report
from reportkit.document.nodes import Mark
from reportkit.document.roles import Role

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GAP = re.compile("【待补：([^】]*)】")
# no sentence of a draft is empty, ends twice, or says 等 of nothing
WRONG = re.compile(r"[、，；：。][、，；：。]|[“《][”》]|、和|和[、，。]|None|】】|【【")


class _Loader(yaml.BaseLoader):
    """Every scalar as typed; !secret in its long form."""


_Loader.add_constructor("!secret", lambda _, node: {"值": node.value, "密": True})
TREES = [yaml.load((EXAMPLES / name / "data.yaml").read_text("utf-8"), _Loader) for name in ("jingxin", "jiaotong")]


def places(tree, path=()):
    """Yield the key path of everything a data tree holds, but for the long form of a value."""
    if isinstance(tree, dict) and "值" not in tree:
        for key, inner in tree.items():
            yield (*path, key)
            yield from places(inner, (*path, key))
    elif isinstance(tree, list):
        for index, inner in enumerate(tree):
            yield from places(inner, (*path, index))


def without(tree, paths):
    """Return the tree with the values at `paths` taken out."""
    left = copy.deepcopy(tree)
    for path in paths:
        place = left
        for key in path[:-1]:
            place = place.get(key, {}) if isinstance(place, dict) else place[key]
        place.pop(path[-1], None)
    return left


def listed(report):
    return [fault.path for fault in report.warnings]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_is_missing_a_draft_builds_and_lists_just_what_a_final_refuses(data):
    tree = data.draw(st.sampled_from(TREES))
    taken = data.draw(st.lists(st.sampled_from(list(places(tree))), min_size=1, max_size=12, unique=True))
    left = without(tree, taken)
    draft = Report.of(left, edition="draft")
    text, gaps = draft.render("txt").decode("utf-8"), listed(draft)
    assert set(GAP.findall(text)) <= set(gaps)
    assert len(gaps) == len(set(gaps))
    assert not WRONG.search(GAP.sub("甲", text))
    try:
        Report.of(left).render("txt")
    except InputError as error:
        refused = {fault.path for fault in error.faults}
        assert gaps
        assert all(any(gap == path or gap.startswith((f"{path}.", f"{path}[")) for gap in gaps) for path in refused)
    else:
        assert gaps == []


def draft(*path, tree=TREES[0]):
    return Report.of(without(tree, [path]), edition="draft")


def test_a_missing_section_prints_what_it_requires_and_nothing_it_may_leave_out():
    text = draft("全局").render("txt").decode("utf-8")
    assert "一、战略性调研事关全局，坚持【待补：全局.坚持】。全局上下深刻领悟到" in text
    assert "是明川【待补：全局.认识[0].作为】的【待补：全局.认识[0].定位】。市经信局作为" in text
    assert listed(draft("全局")) == ["全局.坚持", "全局.认识[0].作为", "全局.认识[0].定位"]


def test_a_missing_list_prints_once_whatever_joins_it():
    assert "对标落实【待补：开头.机关】关于" in draft("开头", "机关").render("txt").decode("utf-8")
    assert "到【待补：大局.方法[1].考察.去处】考察" in draft("大局", "方法", 1, "考察", "去处").render("txt").decode(
        "utf-8"
    )
    assert "选准“【待补：大局.方法[0].选题.切口】”这一小切口" in draft("大局", "方法", 0, "选题", "切口").render(
        "txt"
    ).decode("utf-8")


def test_a_list_with_nothing_in_it_is_missing_too():
    tree = copy.deepcopy(TREES[0])
    tree["困局"]["会议"] = []
    tree["开头"]["状语"] = None
    report = Report.of(tree, edition="draft")
    assert listed(report) == ["开头.状语", "困局.会议[0].名称", "困局.会议[0].次数"]
    assert "召开【待补：困局.会议[0].名称】【待补：困局.会议[0].次数】，" in report.render("txt").decode("utf-8")


def test_gaps_are_marked_in_a_title_in_a_lead_and_in_a_date():
    tree = without(TREES[0], [("会议", "名称"), ("大局", "方法", 0, "坚持")]) | {"落款": {"署名": "市经信局"}}
    document = Report.of(tree, edition="draft").document
    marked = {(block.role, span.text) for block in document.blocks for span in block.spans if Mark.GAP in span.marks}
    assert marked == {
        (Role.TITLE, "【待补：会议.名称】"),
        (Role.BODY, "【待补：大局.方法[0].坚持】"),
        (Role.DATE, "【待补：落款.日期】"),
    }


def test_a_gap_in_a_title_is_not_cut_in_two():
    report = draft("会议", "名称")
    lines = [line.text for line in report.pages.pages[0].lines][:3]
    assert any("【待补：会议.名称】" in line for line in lines)


def test_an_optional_part_that_the_words_need_after_all_is_a_gap_in_a_draft_and_refused_in_a_final():
    path = ("全局", "学习", "制度", 0, "名称")
    assert listed(draft(*path)) == ["全局.学习.制度[0].名称"]
    with pytest.raises(InputError, match=r"words\.jinja:\d+ 全局\.学习\.制度\[0\]\.名称：要印的这一项数据里没有"):
        Report.of(without(TREES[0], [path])).render("txt")


def test_what_is_listed_says_what_it_is_and_on_which_line_it_belongs(tmp_path):
    lines = (EXAMPLES / "jingxin/data.yaml").read_text("utf-8").split("\n")
    at = lines.index("会议:")
    lines[at + 1] = "  名称:"
    file = tmp_path / "data.yaml"
    file.write_text("\n".join(lines), "utf-8")
    (fault,) = Report.open(file, edition="draft").warnings
    assert (fault.file, fault.line, fault.path) == (str(file), at + 2, "会议.名称")
    assert fault.say().endswith("待补：会议全称")
    with pytest.raises(InputError) as error:
        Report.open(file).render("txt")
    assert [(one.line, one.path) for one in error.value.faults] == [(at + 2, "会议.名称")]


def test_a_gap_goes_through_parts_and_sums_of_a_value(tmp_path):
    (tmp_path / "schema.yaml").write_text("_: note：短文\n数量: figure count：多少\n名目: texts names：哪些\n", "utf-8")
    words = "{{ (数量|个数) * 2 + 1 }}；{{ 数量.单位 }}；{{ '增' if -(数量|个数) < 0 }}；"
    words += "{{ 名目[0] }}；{{ 名目|length }}；{{ 名目|书名号 }}；{{ 数量|年月日 }}\n"
    (tmp_path / "words.jinja").write_text(words, "utf-8")
    report = Report.of({}, template=str(tmp_path), edition="draft")
    count, names = "【待补：数量】", "【待补：名目】"
    assert report.document.blocks[0].text == f"{count}；{count}；增；{names}；1；《{names}》；{count}"


def own(folder, schema, words):
    """Make `folder` a template, and return its name."""
    (folder / "schema.yaml").write_text(f"_: note：短文\n{schema}", "utf-8")
    (folder / "words.jinja").write_text(words, "utf-8")
    return str(folder)


@pytest.mark.parametrize(
    "blank", [None, "", {"值": None}, {"值": None, "上年同期": "8次"}, {"上年同期": "8次", "位次": None}]
)
def test_a_figure_that_is_still_to_come_may_be_written_in_any_way(blank, tmp_path):
    template = own(tmp_path, "数量: figure count：多少\n", "共{{ 数量|同比 }}\n")
    report = Report.of({"数量": blank}, template=template, edition="draft")
    assert report.document.blocks[0].text == "共【待补：数量】"
    assert listed(report) == ["数量"]
    with pytest.raises(InputError):
        Report.of({"数量": blank}, template=template).render("txt")


def test_a_value_to_come_in_the_midst_of_a_list_keeps_its_place(tmp_path):
    template = own(tmp_path, "人: texts names：哪些\n", "{{ 人|顿 }}；{{ 人[2] }}\n")
    report = Report.of({"人": ["甲", None, "丙"]}, template=template, edition="draft")
    assert report.document.blocks[0].text == "甲、【待补：人[1]】、丙；丙"
    assert listed(report) == ["人[1]"]
    with pytest.raises(InputError, match=r"人\[1\]"):
        Report.of({"人": ["甲", None, "丙"]}, template=template).render("txt")


def test_a_sum_that_still_lacks_a_part_is_neither_reckoned_nor_checked(tmp_path):
    schema = "总数: figure total = 会.次数：共几次\n会:\n  - _: meetings：会议\n    次数: figure times：几次\n"
    template = own(tmp_path, schema, "共{{ 总数 }}\n")
    rows = [{"次数": "3次"}, {"次数": None}]
    assert Report.of({"会": rows}, template=template, edition="draft").document.blocks[0].text == "共【待补：总数】"
    given = Report.of({"总数": "9次", "会": rows}, template=template, edition="draft")
    assert given.document.blocks[0].text == "共9次"
