"""A mistake in a template is told in our words, with its file and line; a fault of our own is not told as one."""

import re
from pathlib import Path

import pytest

from reportkit import InputError, Report
from reportkit.words import render
from reportkit.words.say import filters

SCHEMA = """
_: note：一份短文
标题: text title：标题
要点: texts points：几点
数量: figure? count：多少
单位:
  _: unit：谁
  全称: text name：全称
"""
DATA = {"标题": "甲", "要点": ["乙", "丙"], "数量": "7次", "单位": {"全称": "某局"}}
ROOT = Path(__file__).resolve().parents[2]
# words that jinja2 or Python would say
FOREIGN = re.compile(r"[A-Z][a-z]+Error|[Ee]xpected|Encountered|Jinja|object|argument|takes|token|undefined|not ")
WORK = '{% import "phrases/work.jinja" as 工 %}'
# what stands on the second line of a template, and what is said of it
MISTAKES = [
    ("{% if 标题 %}", "“if”没有合上（补上 {% endif %}）"),
    ("{% for 点 in 要点 %}{{ 点 }}", "“for”没有合上"),
    ("{% block 甲 %}", "“block”没有合上（补上 {% endblock %}）"),
    ("{% filter 成段 %}甲", "“filter”没有合上"),
    ("{% for 点 in 要点 %}{% if 点 %}甲{% endfor %}", "“endfor”写早了，里面的“if”没有合上"),
    ("{% if 标题 %}甲{% endfor %}", "“endfor”合不上“if”（改成 {% endif %}）"),
    ("{% endif %}", "“endif”前面没有“if”"),
    ("{% forr 点 in 要点 %}{% endfor %}", "没有“forr”这种标签（可以写：for"),
    ("{% 如果 标题 %}", "没有“如果”这种标签（可以写：block、call"),
    ("{% %}", "没有写标签名"),
    ("{% if %}甲{% endif %}", "少写了东西"),
    ("{{ }}", "少写了东西"),
    ("{{ 标题", "模板没有写完|这里是“.*”，该是“}}”"),
    ("{{ 标题 }", "位置不对|不能写"),
    ("{{ (标题 }}", r"位置不对"),
    ("{{ 标题） }}", "不能写“）”"),
    ("{{ 要点，标题 }}", "不能写“，”"),
    ("{{ 标题 要点 }}", "这里是“要点”，该是“}}”"),
    ("{% for 点 of 要点 %}{% endfor %}", "这里是“of”，该是“in”"),
    ("{# 注", "注释或 raw 没有合上"),
    ("{% block 甲 %}{% endblock %}{% block 甲 %}{% endblock %}", "“甲”这一块写了两次"),
    ("{% block my-b %}{% endblock %}", "块名只能用文字、数字和下划线"),
    ("{% set 1 = 2 %}", "不能赋值"),
    ("{% macro 宏(甲=1, 乙) %}{% endmacro %}", "有默认值的要写在后面"),
    ("{{ 1 if 标题 is 长的 }}", "没有“长的”这种判断"),
    ("{{ 标提 }}", "没有“标提”这个名字（是不是“标题”）"),
    ("{{ 没有这样的名字 }}", "没有“没有这样的名字”这个名字（数据里有哪些项"),
    ("{{ 单位.全名 }}", "没有“单位.全名”这个名字（是不是“全称”）"),
    ("{{ 标题|引好 }}", "没有“引好”这个过滤器（是不是“引号”）"),
    ("{{ 标题|引号(3) }}", "“引号”后面括号里的项不对（它后面不带括号）"),
    ("{{ 要点|等(1, 2, 3) }}", "“等”后面括号里的项不对（括号里可以写：数、量）"),
    ("{{ 要点|等(个=3) }}", "“等”后面括号里的项不对"),
    ("{{ 要点|先后 }}", "“先后”后面括号里的项不对（括号里可以写：文、名）"),
    ("{{ 要点|等(数='三') }}", "“等”的“数”要一个数"),
    ("{{ 3|顿 }}", "“顿”要用在一个列表上"),
    ("{{ 标题|顿 }}", "要一个列表，却是“甲”"),
    ("{{ '甲乙'|逗 }}", "要一个列表，却是“甲乙”"),
    ("{{ '今天'|年月日 }}", "“年月日”要用在数据里的一个值上"),
    ("{{ 'x'|序 }}", "“序”要用在一个数上"),
    (f"{WORK}{{{{ 工.一是(要点, 字='要', 号=1) }}}}", "宏“一是”没有“号”这一项（可以写：各条、字）"),
    (f"{WORK}{{{{ 工.一是(要点, '要', 1) }}}}", "宏“一是”最多收 2 项，给了 3 项"),
    (f"{WORK}{{{{ 工.一式(要点) }}}}", "没有“一式”这个宏（是不是“一"),
    ('{% from "phrases/work.jinja" import 一式 %}{{ 一式(要点) }}', "没有“一式”这个宏"),
    ("{% macro 宏(甲) %}{{ 甲 }}{% endmacro %}{{ 宏() }}", "调用宏时少给了“甲”"),
    ("{{ 标题() }}", "括号前面的不能调用"),
    ("{{ 1 + '甲' }}", "不能这样用"),
    ("{{ 1 < '甲' }}", "不能这样用"),
    ("{{ [3, '甲']|sort }}", "不能这样用"),
    ("{{ 1 / 0 }}", "除以零"),
    ("{% for 甲, 乙 in [1] %}{% endfor %}", "不能这样用"),
    ("{% for 甲 in 5 %}{% endfor %}", "for … in 后面不是列表"),
    ("{% for 甲 in 标题 %}{% endfor %}", "标题：for … in 后面不是列表"),
    ("{{ 标题|abs }}", "标题：“abs”不能用在数据的值上"),
    ("{{ '甲乙'|truncate(-1) }}", "不能这样用"),
    ("{{ range(1, 9, 0) }}", "不能这样用"),
    ("{{ range('甲') }}", "不能这样用"),
    ("{{ []|逐列(要点, []) }}", "这一行有 0 个数，表有 2 列"),
    ("{{ '甲乙'|逐列('丙', '丁') }}", "这一行有 2 个数，表有 1 列"),
    ("{{ '甲乙'['丙':] }}", "不能这样用"),
    ("{{ '甲乙'[::0] }}", "不能这样用"),
    ("{{ 要点[:1.5]|顿 }}", "不能这样用"),
    ("{{ 1e400 }}", "这个数太大"),
    ("{{ 标题|int }}", "标题：“int”不能用在数据的值上"),
    ("{{ '甲'|int }}", "要一个数，却是“甲”"),
    ("{{ 标题|个数 }}", "标题：“个数”要一个不大的整数"),
    ("{{ 标题 is 好的 }}", "没有“好的”这种判断"),
    ("{% for 甲 in 要点 recursive %}{{ loop([]) }}{% endfor %}", "循环不能写 recursive"),
    ("{% include 标题 %}", "模板文件名要直接写出来"),
    ("{{ '三'|float }}", "要一个数，却是“三”"),
    ("{{ []|合计 }}", "没有可以合计的数"),
    ("{{ [1, 2]|合计 }}", "没有可以合计的数"),
    ("{{ []|起止 }}", "没有起止的日期"),
    ('{% import "phrases/work.jinja" as 工 %}{{ 工 }}', "要印的是整个宏文件"),
    ("｛｛ 标题 ｝｝", "“｛｛”是全角的，会当作文字印出来（改成半角的 {{）"),
    ("{％ if 标题 ％}", "“{％”是全角的"),
    ("｜ 县 ｜ 数 ｜", "“｜”是全角的"),
    ("甲\x07乙", "不许用作文字的字符 U+0007"),
    ("甲\u2028乙", "不许用作文字的字符 U+2028"),
]  # fmt: skip


@pytest.fixture
def told(tmp_path):
    """Render a template whose second line is given; return the one fault it ends in."""

    def made(line):
        (tmp_path / "schema.yaml").write_text(SCHEMA, "utf-8")
        (tmp_path / "words.jinja").write_text(f"# {{{{ 标题 }}}}\n{line}", "utf-8")
        with pytest.raises(InputError) as error:
            Report.of(DATA, template=str(tmp_path)).render("txt")
        (fault,) = error.value.faults
        return fault

    return made


@pytest.mark.parametrize(("line", "said"), MISTAKES, ids=[line for line, _ in MISTAKES])
def test_a_mistake_is_told_in_our_words_with_file_and_line(line, said, told):
    fault = told(line)
    text = fault.say()
    assert any(part in text for part in said.split("|")), text
    place = f"{fault.file}:{fault.line}"
    assert place.endswith("words.jinja:2") or fault.via.endswith("words.jinja:2")
    assert fault.hint
    assert not FOREIGN.search(text.replace(fault.file, ""))


@pytest.mark.parametrize("error", [TypeError, AttributeError, KeyError, ValueError, ZeroDivisionError])
def test_a_fault_of_our_own_is_not_told_as_the_templates(error, tmp_path, monkeypatch):
    monkeypatch.setitem(filters.LISTS_AND_TEXTS, "成段", _inside_the_package(error))
    render._environment.cache_clear()
    (tmp_path / "schema.yaml").write_text(SCHEMA, "utf-8")
    (tmp_path / "words.jinja").write_text("# {{ 标题 }}\n{% filter 成段 %}甲{% endfilter %}", "utf-8")
    with pytest.raises(error) as raised:
        Report.of(DATA, template=str(tmp_path)).render("txt")
    render._environment.cache_clear()
    assert not isinstance(raised.value, InputError)


def _inside_the_package(error):
    """Return a filter that fails as if in reportkit's own code."""
    code = compile("def filtered(text: str) -> str:\n    raise error('ours')\n", filters.__file__, "exec")
    scope = {"error": error, "__name__": filters.__name__}
    exec(code, scope)
    return scope["filtered"]


def test_the_manual_names_every_macro_of_the_shipped_phrases():
    manual = (ROOT / "docs/templates.md").read_text("utf-8")
    for name, file in {"句": "sentences", "工": "work"}.items():
        macros = re.findall(r"\{% macro (\w+)", (ROOT / f"templates/phrases/{file}.jinja").read_text("utf-8"))
        assert macros
        assert [macro for macro in macros if f"`{name}.{macro}(" not in manual] == []


def test_no_line_of_a_template_is_longer_than_a_screen_is_wide():
    files = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".jinja", ".yaml", ".toml")]
    lines = [(path, line) for path in files for line in path.read_text("utf-8").splitlines()]
    assert lines
    assert [(path.name, line) for path, line in lines if len(line) > 120] == []


@pytest.mark.parametrize(
    "line",
    [
        "甲\t乙",
        "{{ 标题 ~ '\\t' ~ 标题 }}",
        "@落款",
        "@落款 {{ '' }}",
        "{% if 标题 %}@文号 甲{% endif %}",
        "| 甲 | 乙 |\n| 丙 |",
    ],
)
def test_what_only_shows_when_the_words_are_read_is_told_with_the_template(line, told):
    assert told(line).file.endswith("words.jinja")


@pytest.mark.parametrize("words", ["", "\n\n", "{# 还没有写 #}\n", "{% if 标题 == '乙' %}# 题{% endif %}\n"])
def test_a_template_that_writes_nothing_is_refused(words, tmp_path):
    (tmp_path / "schema.yaml").write_text(SCHEMA, "utf-8")
    (tmp_path / "words.jinja").write_text(words, "utf-8")
    with pytest.raises(InputError, match="模板什么也没有写出来"):
        Report.of(DATA, template=str(tmp_path)).render("txt")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("类: choice(甲｜乙) kind：哪类", "这一项写法不对"),
        ("类: choice(甲|) kind：哪类", "这一项写法不对"),
        ("类?: text kind：哪类", "不写在键后面：类"),
        ("组？:\n  _: group：哪些\n  类: text kind：哪类", "不写在键后面：组"),
        ("类: text kind：哪类\n类: text sort：哪类", "与前面的“类”重复"),
        ("组:\n  类: text kind：哪类\n  类: text sort：哪类", "与前面的“类”重复"),
    ],
)
def test_a_schema_that_says_less_than_it_seems_is_refused_at_its_line(line, said, tmp_path):
    schema = SCHEMA.rstrip("\n") + "\n"
    (tmp_path / "schema.yaml").write_text(schema + line + "\n", "utf-8")
    with pytest.raises(InputError, match=said) as error:
        Report.of(DATA, template=str(tmp_path))
    assert error.value.faults[0].line >= schema.count("\n") + 1


def test_an_optional_list_that_is_not_there_is_not_joined_into_a_blank(tmp_path):
    (tmp_path / "schema.yaml").write_text("_: note：短文\n人: texts? names：哪些\n", "utf-8")
    for words in ("{{ 人|顿 }}", "共{{ 人|几 }}人"):
        (tmp_path / "words.jinja").write_text(f"题\n{words}\n", "utf-8")
        with pytest.raises(InputError, match="人：要印的这一项数据里没有"):
            Report.of({}, template=str(tmp_path)).render("txt")
