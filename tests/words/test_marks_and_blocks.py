"""Nothing a template says is lost in silence: a mark there is not, a block nothing has, a line outside of blocks."""

import pytest

from reportkit import InputError, Report

SCHEMA = "_: note-of-ours：一份短文\n标题: text title：标题\n要点: texts points：几点\n"
DATA = {"标题": "关于检查的通知", "要点": ["甲", "乙"]}
BRIEFING = "基于: briefing\n"
EXTENDS = '{% extends "genres/briefing/words.jinja" %}\n'


@pytest.fixture
def note(tmp_path):
    """Write a template of given files; return its folder."""

    def made(words, schema=SCHEMA, **others):
        (tmp_path / "phrases").mkdir(exist_ok=True)
        (tmp_path / "schema.yaml").write_text(schema, "utf-8")
        (tmp_path / "words.jinja").write_text(words, "utf-8")
        for name, text in others.items():
            (tmp_path / f"{name}.jinja").write_text(text, "utf-8")
        return str(tmp_path)

    return made


def refused(folder, data=DATA):
    with pytest.raises(InputError) as error:
        _ = Report.of(data, template=folder, edition="draft").document
    (fault,) = error.value.faults
    return fault


@pytest.mark.parametrize(
    ("line", "mark", "hint"),
    [
        ("@密级 秘密", "@密级", "可以写：标题、副标题"),
        ("@称呼 各位代表：", "@称呼", "是不是“@称谓”"),
        ("@称谓各位代表：", "@称谓各位代表", "是不是“@称谓”"),
        ("@ 称谓 各位代表：", "@", "可以写"),
        ("@{{ 标题 }}", "@", "可以写"),
        ("＠称谓 各位代表：", "＠称谓", "是不是“@称谓”"),
        ("##要点", "##", "一个空格"),
        ("###### 要点", "######", "一个空格"),
        ("＃ 要点", "＃", "一个空格"),
        ("  @结束 完了。", "@结束", "是不是“@结束语”"),
    ],
)
def test_a_mark_there_is_not_is_told_with_file_line_and_the_near_one(line, mark, hint, note):
    fault = refused(note(f"# {{{{ 标题 }}}}\n{{# 一\n@文号 #}}\n\n{line}\n"))
    assert (fault.file.rsplit("/", 1)[1], fault.line) == ("words.jinja", 5)
    assert f"“{mark}”不是标记" in fault.say()
    assert hint in fault.say()


def test_a_mark_in_a_branch_not_taken_is_told_too(note):
    assert refused(note("# {{ 标题 }}\n{% if 要点|length > 9 %}\n@文号 一号\n{% endif %}\n")).line == 3


def test_a_mark_in_another_file_is_told_there(note):
    fault = refused(
        note('{% import "own.jinja" as 己 %}\n{{ 己.头() }}', own="{% macro 头() %}\n@文号 一\n{% endmacro %}")
    )
    assert (fault.file.rsplit("/", 1)[1], fault.line) == ("own.jinja", 2)


def test_a_mark_that_is_put_together_is_refused(note):
    assert "“@文号”" in refused(note("# {{ 标题 }}\n{{ '@' ~ '文号 一号' }}\n")).say()


def test_a_value_that_begins_with_a_mark_is_text_and_so_is_what_is_escaped(note):
    words = "# {{ 标题 }}\n{{ 要点[0] }}\n\n\\@文号 一号\n\n\\## 二\n"
    report = Report.of({**DATA, "要点": ["@文号 甲", "乙"]}, template=note(words))
    assert [block.text for block in report.document.blocks] == ["关于检查的通知", "@文号 甲", "@文号 一号", "## 二"]


def test_a_mark_there_is_not_in_a_draft_is_told_by_its_line(tmp_path):
    (tmp_path / "draft.md").write_text("# 关于检查的通知\n\n@文号 一号\n\n@称呼 各县：\n", "utf-8")
    with pytest.raises(InputError) as error:
        Report.typeset(tmp_path / "draft.md")
    assert [(fault.line, "不是标记" in fault.say()) for fault in error.value.faults] == [(3, True), (5, True)]


def test_a_block_that_nothing_has_is_told_with_the_near_one(note):
    words = EXTENDS + "{% block 起首 %}甲{% endblock %}\n{% block 大局段落 %}\n自己的话。\n{% endblock %}\n"
    fault = refused(note(words, BRIEFING), {})
    assert (fault.file.rsplit("/", 1)[1], fault.line) == ("words.jinja", 3)
    assert "没有“大局段落”这一块" in fault.say()
    assert "是不是“大局段”" in fault.say()


def test_a_block_like_no_other_is_told_with_those_there_are(note):
    fault = refused(note(EXTENDS + "{% block x %}甲{% endblock %}\n", BRIEFING), {})
    assert "可以写：正文、起首、全局段、大局段、困局段、破局段" in fault.say()


def test_a_new_block_inside_one_there_is_may_have_any_name(note):
    words = EXTENDS + "{% block 正文 %}{% block 新的一段 %}甲。{% endblock %}{% endblock %}\n"
    assert "甲。" in Report.of({}, template=note(words, BRIEFING), edition="draft").render("txt").decode()


@pytest.mark.parametrize(
    "stray", ["自己的话。", "{{ 单位.全称 }}", "{% if true %}甲{% endif %}", '{% include "own.jinja" %}', "\n\n  甲"]
)
def test_a_line_outside_of_blocks_is_told(stray, note):
    fault = refused(note(f"{EXTENDS}{{# 注 #}}\n{{% set 甲 = 1 %}}\n{stray}\n", BRIEFING, own="乙"), {})
    assert "写在块外面，印不出来" in fault.say()
    assert fault.line == 4 + stray.count("\n")


def test_the_english_name_of_a_template_may_have_a_hyphen(note):
    assert Report.of(DATA, template=note("# {{ 标题 }}\n{{ 要点|顿 }}\n")).render("txt").decode().endswith("甲、乙\n")


def test_a_wrong_head_of_a_schema_is_told_by_its_own_line(note):
    folder = note("", "基于: briefing\n\n_: 我的模板\n")
    with pytest.raises(InputError) as error:
        Report.of({}, template=folder)
    assert error.value.faults[0].line == 3
