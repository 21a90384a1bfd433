"""Natures: what an indicator is taken for by its name, its unit, an office's dictionary and the data, and why."""

import json
import os
import re
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit import InputError, Report
from reportkit.data import python
from reportkit.facts import dictionary as dictionaries
from reportkit.facts import indicator, seal, shape
from reportkit.facts.check import check
from reportkit.facts.dictionary import Dictionary, dictionary
from reportkit.facts.fact import Fact, Origin, every_fact, unsealed
from reportkit.facts.nature import Nature, nature_of
from reportkit.facts.schema import json_schema
from reportkit.facts.shape import BETTER, NATURES

HERE = Path(__file__).parent
SHIPPED: Dictionary = dictionary()
BY_BETTER = {way: [name for name, one in SHIPPED.names.items() if one.better == way] for way in (*BETTER, "不明")}
# of the names below, as offices write them, so many at least are taken for what they are
RIGHT = 0.97


def written():
    """Yield the indicators that offices count: sheet, name, unit, the natures and directions they may be taken for."""
    for sheet in sorted((HERE / "natures").glob("*.txt")):
        for line in sheet.read_text("utf-8").splitlines():
            if line and not line.startswith("# "):
                name, unit, kinds, ways = (part.strip() for part in line.split("|"))
                yield sheet.stem, name, unit, kinds.split("/"), ways.split("/")


def taken(name, unit="", known=SHIPPED, value="1", **more) -> Nature:
    return nature_of(Fact(Decimal(value), value + unit, Origin("数"), unit, **more), name, known)


WRITTEN = list(written())


def test_no_indicator_is_taken_to_be_good_where_it_is_bad():
    wrong = [
        (sheet, name, taken(name, unit).words, ways)
        for sheet, name, unit, _, ways in WRITTEN
        if taken(name, unit).words[1] not in (*ways, "不明")
    ]
    assert wrong == []


def test_nearly_every_indicator_that_offices_count_is_known():
    assert len(WRITTEN) >= 800
    assert sum(dictionaries.plain(name) not in SHIPPED.names for _, name, *_ in WRITTEN) >= 600
    right = [
        name
        for _, name, unit, kinds, ways in WRITTEN
        if (said := taken(name, unit).words)[1] in ways and (said[0] in kinds or kinds == [""])
    ]
    assert len(right) >= RIGHT * len(WRITTEN)


@pytest.mark.parametrize(
    ("name", "unit", "words"),
    [
        # a rate with a qualifier before it, and what only looks like one
        ("泊宁市城镇调查失业率", "%", ("比率", "低")),
        ("失业保险覆盖率", "%", ("比率", "高")),
        ("失业率控制目标", "%", ("比率", "不明")),
        # blanks, brackets, numbering, full width and lower case are no part of a name
        ("（一）ｐｍ₂．₅ 平均浓度（微克／立方米）", "", ("浓度", "低")),
        ("其中：税收收入", "亿元", ("总量", "高")),
        # what follows makes another indicator of it
        ("投诉量增速", "%", ("增速", "低")),
        ("投诉量同比降幅", "%", ("增速", "高")),
        ("税收收入占一般公共预算收入的比重", "%", ("比率", "高")),
        ("GDP全省位次", "位", ("位次", "低")),
        ("投诉量排名", "位", ("位次", "不明")),
        ("常住人口增速", "%", ("增速", "中性")),
        ("床位使用率增速", "%", ("增速", "不明")),
        # what is in percent is the growth of what is not
        ("规模以上工业增加值", "%", ("增速", "高")),
        ("规模以上工业增加值", "亿元", ("总量", "高")),
        ("群众满意度", "分", ("得分", "高")),
        ("考核得分", "%", ("比率", "高")),
        # a unit that cannot be its own
        ("就业率", "人", ("不明", "不明")),
        ("办理时限", "%", ("不明", "不明")),
        # two in one
        ("就业率和失业率", "%", ("不明", "不明")),
        ("受伤人数和死亡人数", "人", ("不利件数", "低")),
        # only the unit tells
        ("临湖片区某项", "亿元", ("总量", "不明")),
        ("临湖片区某项", "微克/立方米", ("浓度", "低")),
        ("临湖片区某项", "万人次", ("件数", "不明")),
        ("临湖片区某项", "斛", ("不明", "不明")),
        ("临湖片区某项", "", ("不明", "不明")),
        ("", "", ("不明", "不明")),
    ],
)
def test_a_name_is_read_from_its_end(name, unit, words):
    assert taken(name, unit).words == words


@pytest.mark.parametrize(
    ("name", "unit", "verbs"),
    [
        ("就业率", "%", ("提高", "下降")),
        ("失业率", "%", ("上升", "下降")),
        ("固定资产投资增速", "%", ("加快", "回落")),
        ("能耗降幅", "%", ("扩大", "收窄")),
        ("平均住院日", "天", ("延长", "缩短")),
        ("年平均气温", "℃", ("偏高", "偏低")),
        ("排名", "位", ("后移", "前移")),
        ("某样东西", "斛", ("上升", "下降")),
    ],
)
def test_a_nature_has_its_verbs(name, unit, verbs):
    assert taken(name, unit).verbs == verbs


def test_the_reason_names_the_line_of_the_dictionary():
    lines = dictionaries.shipped().read_text("utf-8").split("\n")
    for name, unit, entry in [("县里的上诉率", "%", "上诉率"), ("某样", "℃", "℃"), ("投诉量增速", "%", "增速")]:
        why = taken(name, unit).why
        assert why.file == "templates/phrases/natures.toml"
        assert lines[why.line - 1].startswith(f'"{entry}" = ')
        assert f"“{entry}”" in why.say()
        assert why.say().endswith(f"natures.toml:{why.line}")
    turned = taken("逾期办结率", "%")
    assert (turned.words, "“逾期”" in turned.why.say()) == (("比率", "不明"), True)


def test_the_shipped_dictionary_is_large_and_every_line_of_it_can_be_reached():
    assert len(SHIPPED.names) >= 300
    for name, entry in SHIPPED.names.items():
        found = SHIPPED.find(name)
        assert (found.entry, found.turn) == (entry, "")
        assert taken(name).words == (entry.kind, entry.better) or name in SHIPPED.tails
    assert not SHIPPED.names.keys() & SHIPPED.tails.keys()
    for unit, entry in SHIPPED.units.items():
        assert taken("某样", unit).words[0] == entry.kind
    for kind in (*NATURES, "不明"):
        assert all(SHIPPED.said(kind, better) for better in BETTER)
    assert set(SHIPPED.words) == set(dictionaries.LISTS)


@given(
    st.sampled_from(BY_BETTER["低"] + BY_BETTER["高"]), st.sampled_from(["泊宁市", "规模以上", "上半年全市", "江北区 "])
)
def test_where_and_when_before_a_name_change_nothing(name, before):
    assert taken(before + name).words == taken(name).words


@given(st.sampled_from(BY_BETTER["低"]), st.sampled_from([*SHIPPED.words["处置"], *SHIPPED.words["减少"]]))
def test_what_deals_with_a_bad_thing_is_not_bad(name, deal):
    if taken(name).words[0] not in ("比率", "得分"):
        assert taken(deal + name).words[1] != "低" or deal + name in SHIPPED.names


@given(st.sampled_from(BY_BETTER["高"]), st.sampled_from(["不", "未", "虚假", "无", "零"]))
def test_a_denied_name_is_not_good(name, no):
    assert taken(no + name).words[1] != "高" or SHIPPED.find(no + name).entry.name.startswith(no)


@given(st.text(max_size=300), st.sampled_from(["", "%", "亿元", "分", "位", "万/"]))
def test_any_name_has_a_nature_and_a_reason(name, unit):
    nature = taken(name, unit)
    assert nature.why.say()
    assert all(nature.verbs)


def test_a_name_that_is_a_sentence_is_unknown_and_costs_nothing():
    assert taken("增速" * 10_000, "户").words == ("件数", "不明")


# what the data and an office say

SCHEMA = """_: sheet：指标表
指标:
  - _: indicators：各项指标
    名称: text name：叫什么
    数值: figure value：多少
"""
WORDS = "# 指标\n{% for 项 in 指标 %}\n{{ 项.名称 }}{{ 项.数值 }}。\n{% endfor %}\n"
ONE = shape.shape_of(python.of({"数": "figure number：一个数"}))


@pytest.fixture
def folder(tmp_path):
    """A data file beside its template; an office's own templates are in 本局/."""
    (tmp_path / "指标表").mkdir()
    (tmp_path / "指标表/schema.yaml").write_text(SCHEMA, "utf-8")
    (tmp_path / "指标表/words.jinja").write_text(WORDS, "utf-8")
    (tmp_path / "本局").mkdir()
    rows = "  - {名称: 上诉率, 数值: 9.1%}\n  - {名称: 网格响铃数, 数值: 31次}\n"
    (tmp_path / "data.yaml").write_text(f"模板: 指标表\n指标:\n{rows}", "utf-8")
    return tmp_path


def of(folder):
    report = Report.open(folder / "data.yaml", templates=folder / "本局")
    return {one.name: one.nature for one in report.indicators}


def own(place, text):
    place.write_text(text, "utf-8")
    return place


def test_an_office_lays_its_dictionary_over_ours_and_the_nearer_counts(folder):
    assert of(folder)["网格响铃数"].words == ("件数", "不明")
    own(folder / "本局/natures.toml", '["不利件数"]\n"网格响铃" = "低"\n["比率"]\n"上诉率" = "中性"\n')
    found = of(folder)
    assert (found["网格响铃数"].words, found["上诉率"].words) == (("不利件数", "低"), ("比率", "中性"))
    beside = own(folder / "natures.toml", '["比率"]\n\n"上诉率" = {"向好" = "高", "升" = "走高", "降" = "走低"}\n')
    found = of(folder)
    assert (found["网格响铃数"].words, found["上诉率"].words) == (("不利件数", "低"), ("比率", "高"))
    assert (tuple(found["上诉率"].verbs), found["上诉率"].why.file) == (("走高", "走低"), str(beside))
    assert found["上诉率"].why.line == 3
    os.remove(beside)
    assert of(folder)["上诉率"].words == ("比率", "中性")


def test_an_office_says_rises_its_own_way(folder):
    own(folder / "natures.toml", '["动词"]\n"比率" = ["走高", "走低"]\n["动词"."低"]\n"不利件数" = ["多了", "少了"]\n')
    assert tuple(of(folder)["上诉率"].verbs) == ("走高", "走低")


@pytest.mark.parametrize(
    ("text", "line", "path", "words"),
    [
        ('["比例"]\n"好率" = "高"', 1, "比例", "没有“比例”"),
        ('["比率"]\n"好率" = "好"', 2, "比率.好率", "高、低、中性、区间、不明"),
        ('["比率"]\n"好率" = 1', 2, "比率.好率", "向好写的是“1”"),
        ('["比率"]\n"好率" = {"向" = "高"}', 2, "比率.好率.向", "是不是“向好”"),
        ('["比率"]\n"好率" = {"向好" = "高", "升" = "涨"}', 2, "比率.好率", "动词要各写一个"),
        ('["比率"]\n"好率" = {"升" = "涨", "降" = "跌"}', 2, "比率.好率", "向好写的是"),
        ('["比率"]\n"（全市）" = "高"', 2, "比率.（全市）", "名称是空的"),
        ('["比率"]\n"好率" = "高"\n["得分"]\n"好率" = "高"', 4, "得分.好率", "前面已经写过（比率，2）"),
        ('["比率"]\n"好率" = "高"\n"好率" = "低"', 3, "", "前面已经写过"),
        ('"好率" = "高"', 1, "好率", "写在表里"),
        ('["单位"]\n"%" = "高"', 2, "单位.%", "写在表里"),
        ('["单位"."率"]\n"%" = "高"', 1, "单位.率", "没有“率”"),
        ('["后缀"."增速"]\n"快慢" = "相同"', 2, "后缀.增速.快慢", "同、反"),
        ('["动词"]\n"比率" = ["提高"]', 2, "动词.比率", "动词要各写一个"),
        ('["动词"."低"]\n"率" = ["升", "降"]', 2, "动词.低.率", "没有“率”"),
        ('["词"]\n"词尾" = "数"', 2, "词.词尾", "一列文字"),
        ('["词"]\n"尾" = ["数"]', 2, "词.尾", "没有“尾”"),
        ("比率 = 1", 1, "", "加引号"),
    ],
)
def test_a_broken_dictionary_is_told_by_line_and_key(folder, text, line, path, words):
    broken = own(folder / "natures.toml", text)
    with pytest.raises(InputError) as told:
        of(folder)
    fault = told.value.faults[0]
    assert (fault.file, fault.line, fault.path) == (str(broken), line, path)
    assert words in fault.say()
    # a report that asks for no natures does not read it
    assert Report.open(folder / "data.yaml").render("txt")


def test_a_report_that_asks_for_no_natures_reads_no_dictionary(folder, monkeypatch):
    monkeypatch.setattr("reportkit.facts.dictionary.dictionary", lambda folders: pytest.fail("read"))
    assert Report.open(folder / "data.yaml").render("docx")


def long(**said):
    facts, faults = check(python.of({"数": {"值": "9.1%", **said}}), ONE, "data.yaml")
    return facts, [fault.say() for fault in faults]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ("比率", "不明")),
        ({"性质": "增速"}, ("增速", "不明")),
        ({"向好": "低"}, ("比率", "低")),
        ({"性质": "指数", "向好": "区间"}, ("指数", "区间")),
        ({"nature": "growth", "better": "none"}, ("增速", "中性")),
        ({"名称": "上诉率"}, ("比率", "低")),
        ({"名称": "上诉率", "向好": "高"}, ("比率", "高")),
    ],
)
def test_the_data_may_say_what_a_figure_is(said, words):
    facts, faults = long(**said)
    (one,) = indicator.indicators(facts, SHIPPED)
    assert (faults, one.nature.words) == ([], words)
    if said.keys() - {"名称"}:
        assert one.nature.why.say() == "数据里写明 data.yaml"


@pytest.mark.parametrize("said", [{"性质": "比例"}, {"向好": "好"}, {"better": "higher"}, {"性质": None}])
def test_a_word_for_no_nature_is_refused_with_those_there_are(said):
    (name,) = ({"better": "向好"}.get(next(iter(said)), next(iter(said))),)
    _, (told,) = long(**said)
    assert f"数.{name}" in told
    assert "可以写：" + ("高、低" if name == "向好" else "总量、件数") in told


def test_only_a_figure_has_a_nature():
    text = shape.shape_of(python.of({"名": "text name：一段文字"}))
    _, faults = check(python.of({"名": {"值": "明川", "性质": "比率"}}), text, "data.yaml")
    assert "没有“性质”这一项" in faults[0].say()


def test_what_the_data_says_stays_with_a_printed_figure():
    (fact,) = every_fact(long(性质="增速", 向好="低")[0])
    payload = seal.SEALED.fullmatch(str(fact))[1]
    assert dict(unsealed(payload).note) == {"性质": "增速", "向好": "低"}


def test_json_schema_knows_the_words_and_no_others():
    validator = jsonschema.Draft202012Validator(json_schema(ONE))
    for said in ({"性质": "比率"}, {"nature": "rate", "向好": "低"}, {"better": "band"}):
        assert validator.is_valid({"数": {"值": "9.1%", **said}})
    for said in ({"性质": "比例"}, {"向好": "好"}, {"性质": "比率", "nature": "rate"}):
        assert not validator.is_valid({"数": {"值": "9.1%", **said}})


def test_a_workbook_has_columns_for_it(folder):
    book = openpyxl.Workbook()
    book.active.title = "基本信息"
    for row in (["键", "值"], ["模板", "指标表"]):
        book.active.append(row)
    sheet = book.create_sheet("指标")
    for row in (
        ["名称", "数值", "性质", "向好"],
        ["网格响铃", "31次", "不利件数", "低"],
        ["上诉率", "9.1%", None, None],
    ):
        sheet.append(row)
    book.save(folder / "data.xlsx")
    natures = {one.name: one.nature for one in Report.open(folder / "data.xlsx").indicators}
    assert natures["网格响铃"].words == ("不利件数", "低")
    assert natures["网格响铃"].why.say() == f"数据里写明 {folder}/data.xlsx#指标!B2"
    assert natures["上诉率"].words == ("比率", "低")


@pytest.mark.parametrize(
    ("data", "names"),
    [
        ({"项": {"名称": "上诉率", "数值": "9.1%"}}, {"项.数值": "上诉率"}),
        ({"项": {"名称": "群众投诉", "办结率": "98%"}}, {"项.办结率": "群众投诉办结率"}),
        ({"项": {"名称": "专题会", "次数": "7次"}}, {"项.次数": "专题会次数"}),
        ({"上诉率": {"数值": "9.1%"}}, {"上诉率.数值": "上诉率"}),
        ({"上诉率": "9.1%"}, {"上诉率": "上诉率"}),
        ({"某数": {"值": "9.1%", "名称": "上诉率"}}, {"某数": "上诉率"}),
        (
            {"列": ["投资", "上诉率"], "各地": [{"名称": "江北区", "数": ["3亿元", "9.1%"]}]},
            {"各地[0].数[0]": "投资", "各地[0].数[1]": "上诉率"},
        ),
        ({"上诉率": ["9.1%", "8%"]}, {"上诉率[0]": "上诉率", "上诉率[1]": "上诉率"}),
        ({"项": {"数值": {"值": "9.1%", "上年同期": "9%"}, "名称": "上诉率"}}, {"项.数值": "上诉率"}),
    ],
)
def test_an_indicator_goes_by_the_name_beside_it_else_its_key_or_its_column(data, names):
    facts, faults = check(python.of(data), shape.shape_of(python.of(pictured(data))), "data.yaml")
    assert not faults
    assert {one.fact.origin.path: one.name for one in indicator.indicators(facts, SHIPPED)} == names


def pictured(data, key="data"):
    """Return the schema of data whose every value is a figure, but for names and heads."""
    if isinstance(data, dict) and "值" not in data:
        return {"_": "some：一组", **{name: pictured(value, name) for name, value in data.items()}}
    if isinstance(data, list):
        return (
            [pictured(data[0])]
            if isinstance(data[0], dict)
            else ("texts" if key == "列" else "figures") + " some：一列"
        )
    return ("text" if key == "名称" else "figure") + " some：一个"


def test_every_figure_of_every_example_is_listed_once():
    for data in sorted((HERE.parents[1] / "examples").glob("*/data.yaml")):
        report = Report.open(data)
        beside = {id(other) for fact in every_fact(report.facts) for _, other in fact.beside}
        figures = [fact for fact in every_fact(report.facts) if fact.is_figure and id(fact) not in beside]
        assert [one.fact.origin for one in report.indicators] == [fact.origin for fact in figures]


def test_show_natures_lists_them_for_people_and_for_programs(run, folder):
    own(folder / "natures.toml", '["不利件数"]\n"网格响铃" = "低"\n')
    code, out, _ = run("show", "natures", folder / "data.yaml")
    first, second = out.splitlines()
    assert (code, first.split("  ")[:5]) == (0, ["指标[0].数值", "上诉率", "%", "比率", "低"])
    assert second.endswith(f"名称里有“网格响铃” {folder}/natures.toml:2")
    code, out, _ = run("show", "natures", folder / "data.yaml", "--json", "--lang", "en")
    rows = json.loads(out)["rows"]
    assert [set(row) for row in rows] == [{"path", "name", "unit", "nature", "better", "why"}] * 2
    assert rows[0]["why"].startswith("the name holds “上诉率”")


def test_show_natures_reads_the_dictionary_among_ones_own_templates(run, folder, monkeypatch):
    own(folder / "本局/natures.toml", '["比率"]\n"上诉率" = "中性"\n')
    monkeypatch.setenv("REPORTKIT_TEMPLATES", str(folder / "本局"))
    assert "上诉率  %  比率  中性" in run("show", "natures", folder / "data.yaml")[1]


MANUAL = (HERE.parents[1] / "docs/figures.md").read_text("utf-8")


def test_the_manual_shows_what_the_command_prints(run, monkeypatch):
    monkeypatch.chdir(HERE.parents[1])
    shown = MANUAL.partition("reportkit show natures examples/tongbao/data.yaml\n```\n\n```\n")[2].partition("```")[0]
    printed = run("show", "natures", "examples/tongbao/data.yaml")[1]
    # which line of the dictionary it is changes with the dictionary
    rows, known = (re.sub(r"toml:\d+", "toml", text).splitlines() for text in (shown, printed))
    assert rows
    assert set(rows) <= set(known)


def test_the_dictionary_of_the_manual_is_read_as_the_manual_says(folder):
    own(folder / "natures.toml", MANUAL.partition("```toml\n")[2].partition("```")[0])
    known = dictionary((folder,))
    assert taken("网格响铃数", "次", known).words == ("不利件数", "低")
    assert tuple(taken("网格响铃数", "次", known).verbs) == ("多了", "少了")
    assert taken("投资快慢", "%", known).words == ("增速", "高")
    assert taken("某样", "网格", known).words == ("件数", "不明")


@pytest.mark.parametrize(
    ("name", "unit"),
    [("逾期办结率", "%"), ("未达标率", "%"), ("查处违法用地", "亩"), ("清收不良贷款", "亿元"), ("减少投诉量", "件")],
)
def test_what_the_manual_calls_unsure_is_unsure(name, unit):
    assert f"`{name}`" in MANUAL
    assert taken(name, unit).words[1] == "不明"
