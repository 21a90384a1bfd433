"""What a template can rely on: gaps, options, run-in headings, numbering, cuts and leads."""

import pytest

from reportkit import InputError, Report
from reportkit.document.nodes import Mark
from reportkit.document.parse import parse
from reportkit.document.roles import Role
from reportkit.facts import seal

SCHEMA = """
_: note：一份短文
标题: text title：标题
要点: texts points：几点
数量: figure? count：多少
领导:
  _: leader?：谁
  姓名: text name：姓名
事项:
  - _: items?：几件事
    名称: text name：名称
"""


@pytest.fixture
def say(tmp_path):
    """Render data by a template given as text; return the report."""

    def made(words, data, edition="final"):
        folder = tmp_path / "note"
        folder.mkdir(exist_ok=True)
        (folder / "schema.yaml").write_text(SCHEMA, "utf-8")
        (folder / "words.jinja").write_text(words, "utf-8")
        return Report.of(data, template=str(folder), edition=edition)

    return made


def texts(report):
    return [block.text for block in report.document.blocks]


DATA = {"标题": "甲", "要点": ["乙", "丙"]}


def test_an_optional_field_that_is_absent_is_false_and_empty(say):
    words = "# {{ 标题 }}\n{% if 数量 %}有{% else %}无{% endif %}{% for 件 in 事项 %}{{ 件.名称 }}{% endfor %}\n"
    assert texts(say(words, DATA)) == ["甲", "无"]


def test_an_optional_field_that_is_absent_cannot_be_printed(say):
    with pytest.raises(InputError, match=r"words\.jinja:2.*数量"):
        texts(say("# {{ 标题 }}\n共{{ 数量 }}\n", DATA))


def test_a_name_the_schema_does_not_have_is_an_error_even_in_a_condition(say):
    with pytest.raises(InputError, match="数目"):
        texts(say("# {{ 标题 }}\n{% if 数目 %}有{% endif %}\n", DATA))


def test_a_draft_prints_what_is_missing_by_its_path(say):
    report = say("# {{ 标题 }}\n{% for 点 in 要点 %}{{ 点 }}；{% endfor %}{{ 要点|引号 }}\n", {"标题": "甲"}, "draft")
    assert texts(report) == ["甲", "【待补：要点】；“【待补：要点】”"]
    assert report.document.blocks[1].spans[0].marks == {Mark.GAP}
    assert [fault.path for fault in report.warnings] == ["要点"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("## {{ 数量|同比 }}。\n正文。\n", "一、同比【待补：数量.同比】。正文。"),
        ("{{ ('增幅' ~ 数量|同比)|导语 }}。正文。\n", "增幅同比【待补：数量.同比】。正文。"),
        ("{{ 数量|序时 }}。\n", "与序时进度相比【待补：数量.目标】。"),
        ("{{ 数量|高于平均 }}。\n", "与全省平均水平相比【待补：数量.全省平均】。"),
        ("{{ 数量|增减 }}。\n", "与上年同期相比【待补：数量.上年同期】。"),
        ("@注 {{ 数量|位次 }}\n", "居【待补：数量.位次】"),
    ],
)
def test_what_a_comparison_lacks_is_refused_in_a_final_in_any_place_and_asserts_nothing_in_a_draft(words, shown, say):
    data = {**DATA, "数量": "3家"}
    assert texts(say("# {{ 标题 }}\n\n" + words, data, "draft"))[1] == shown
    with pytest.raises(InputError, match=r"数量\.\w+：缺少这一项"):
        say("# {{ 标题 }}\n\n" + words, data).render("txt")


def test_what_the_author_of_a_file_lacks_is_refused_in_a_final_too(say):
    with pytest.raises(InputError, match="缺少这一项"):
        say("# {{ 标题 }}\n@作者 {{ 数量|位次 }}\n", {**DATA, "数量": "3家"}).render("txt")


def test_a_heading_run_into_is_marked_as_a_gap_too(say):
    report = say("# {{ 标题 }}\n\n## {{ 数量|位次 }}。\n正文。\n", {**DATA, "数量": "3家"}, "draft")
    gaps = [span for span in report.document.blocks[1].spans if Mark.GAP in span.marks]
    assert [(span.marks, span.lacking) for span in gaps] == [({Mark.HEAD, Mark.GAP}, "数量.位次")]
    assert len(report.pages.pages[0].boxes) == 1


def test_headings_are_numbered_anew_under_each_higher_one():
    words = "## 甲\n\n### 乙\n\n### 丙\n\n#### 丁\n\n##### 戊\n\n## 己\n\n### 庚\n"
    heads = ["一、甲", "（一）乙", "（二）丙", "1.丁", "（1）戊", "二、己", "（一）庚"]
    assert [block.text for block in parse(words).blocks] == heads


def test_a_heading_runs_into_the_line_below_it_and_stands_alone_above_a_blank_one():
    run_in, standing, body = parse("## 甲。\n乙\n\n## 丙\n\n丁\n").blocks
    assert (run_in.role, run_in.level, run_in.head, run_in.text) == (Role.BODY, 1, "一、甲。", "一、甲。乙")
    assert (standing.role, standing.head) == (Role.HEADING, "二、丙")
    assert body.role is Role.BODY


def test_marks_are_read_only_where_the_template_wrote_them(say):
    report = say("{{ 标题 }}\n", {"标题": "# 甲", "要点": ["乙"]})
    assert [(block.role, block.text) for block in report.document.blocks] == [(Role.BODY, "# 甲")]


def test_a_title_is_cut_where_its_writer_cut_it():
    (title,) = parse(r"# 甲乙丙\\丁戊").blocks
    assert (title.text, title.cuts) == ("甲乙丙丁戊", (3,))


def test_a_lead_phrase_is_marked_and_its_values_keep_their_facts(say):
    report = say("# {{ 标题 }}\n{{ ('坚持' ~ 要点[0])|导语 }}。\n", DATA)
    spans = report.document.blocks[1].spans
    marked = [(span.text, span.marks) for span in spans]
    assert marked == [("坚持", {Mark.LEAD}), ("乙", {Mark.LEAD}), ("。", frozenset())]
    assert spans[1].fact.origin.path == "要点[0]"


def test_nothing_of_a_seal_is_left_in_the_document(say):
    report = say("# {{ 标题 }}\n{{ 要点|顿 }}\n", DATA)
    assert not seal.ANY.search("".join(texts(report)))


def test_a_value_whose_last_mark_doubles_the_templates_own_is_told(say):
    report = say("# {{ 标题 }}\n{{ 要点|逗 }}。", {"标题": "题", "要点": ["做好准备，", "抓好落实。"]})
    assert [fault.path for fault in report.warnings] == ["要点[0]", "要点[1]"]


def test_marks_that_stand_alone_are_not_told(say):
    report = say("# {{ 标题 }}\n{{ 要点|逗 }}。", {"标题": "题", "要点": ["他说：“行。”", "问：为什么？！"]})
    assert not [fault for fault in report.warnings if "？！" not in fault.say()]


def test_a_final_refuses_a_figure_that_has_nothing_to_be_compared_with(say):
    words = "# {{ 标题 }}\n数量{{ 数量|同比 }}。"
    data = {"标题": "题", "要点": ["一"], "数量": "12个"}
    with pytest.raises(InputError, match=r"数量\.同比"):
        _ = say(words, data).document
    assert "数量同比【待补：数量.同比】。" in say(words, data, "draft").render("txt").decode()


def test_what_stands_beside_a_figure_is_false_where_it_is_not(say):
    words = "# {{ 标题 }}\n{{ 数量|同比 if 数量.上年同期 else '没有可比的' }}{{ 数量.时段 }}"
    data = {"标题": "题", "要点": ["一"]}
    assert "没有可比的" in say(words.replace("{{ 数量.时段 }}", ""), {**data, "数量": "12个"}).render("txt").decode()
    long = {"值": "12个", "上年同期": "10个", "时段": "2023年"}
    assert "同比增长20%2023年" in say(words, {**data, "数量": long}).render("txt").decode()


def test_a_name_a_figure_cannot_have_is_an_error(say):
    with pytest.raises(InputError, match=r"数量\.去年"):
        say("# {{ 标题 }}\n{{ 数量.去年 }}", {"标题": "题", "要点": ["一"], "数量": "12个"}).render("txt")


def test_a_filter_given_what_is_no_figure_is_told_with_the_templates_line(say):
    with pytest.raises(InputError, match=r"words\.jinja:2：这里要一个数，却是“甲”"):
        texts(say("# {{ 标题 }}\n{{ '甲'|同比 }}\n", DATA))


def test_a_figure_a_filter_refuses_is_told_with_its_own_path(say):
    data = {**DATA, "数量": "近70%"}
    with pytest.raises(InputError) as error:
        texts(say("# {{ 标题 }}\n{{ 数量|汉字 }}\n", data))
    assert error.value.faults[0].path == "数量"


def test_what_cannot_be_said_of_a_figure_is_told_with_its_path_and_the_templates_line(say):
    data = {"标题": "题", "要点": ["一"], "数量": "63%"}
    with pytest.raises(InputError) as error:
        say("# {{ 标题 }}\n{{ 数量|近 }}", data).render("txt")
    (fault,) = error.value.faults
    assert fault.path == "数量"
    assert fault.via.endswith("words.jinja:2")
    assert fault.say().endswith("words.jinja:2")


def test_marks_within_marks_change_what_is_printed_and_not_where_it_is_from(tmp_path, say):
    _ = say("# {{ 标题 }}\n", DATA)
    file = tmp_path / "《甲》“乙”.yaml"
    file.write_text("模板: note\n标题: 题\n要点: [《丙》“丁”]\n", "utf-8")
    for words in ("{{ (要点[0] ~ '。')|书名号 }}", "{{ (要点[0] ~ '。')|引号 }}", "{{ 要点|书名号 }}"):
        (tmp_path / "note/words.jinja").write_text(f"# {{{{ 标题 }}}}\n{words}\n", "utf-8")
        (span,) = (span for span in Report.open(file).document.blocks[1].spans if span.fact)
        assert span.fact.origin.file == str(file)
        assert span.fact.shown == "《丙》“丁”"
        assert span.text in ("〈丙〉“丁”", "《丙》‘丁’")
