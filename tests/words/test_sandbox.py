"""A hostile template ends in a clear error, soon, with its file and line; it reads no file and no Python."""

import time

import pytest

from reportkit import InputError, Report

SCHEMA = "_: note：一份短文\n标题: text title：标题\n要点: texts points：几点\n数量: figure? count：多少\n"
DATA = {"标题": "甲", "要点": ["乙", "丙"], "数量": "7次"}
SECONDS = 60
GROW = "{{% set ns = namespace(x={start}) %}}{{% for i in range(60) %}}{{% set ns.x = {step} %}}{{% endfor %}}"
PAIRS = "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 60
NINE = "range(9000)"


@pytest.fixture
def refused(tmp_path):
    """Render a template given as text; return the one fault it ends in."""

    def made(words):
        folder = tmp_path / "note"
        folder.mkdir(exist_ok=True)
        (folder / "schema.yaml").write_text(SCHEMA, "utf-8")
        (folder / "words.jinja").write_text(f"# 甲\n{words}\n", "utf-8")
        (tmp_path / "outside.jinja").write_text("密件", "utf-8")
        (folder / "link.jinja").unlink(missing_ok=True)
        (folder / "link.jinja").symlink_to(tmp_path / "outside.jinja")
        (folder / "notes.txt").write_text("密件", "utf-8")
        begun = time.monotonic()
        with pytest.raises(InputError) as error:
            _ = Report.of(DATA, template=str(folder)).document
        assert time.monotonic() - begun < SECONDS
        (fault,) = error.value.faults
        assert fault.file == str(folder / "words.jinja")
        return fault

    return made


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "{% for i in range(10 ** 9) %}甲{% endfor %}",
        f"{{% for i in {NINE} %}}" * 3 + "{% endfor %}" * 3,
        f"{{% for i in {NINE} %}}{{% for j in {NINE} if i == j %}}{{% endfor %}}{{% endfor %}}",
        "{% macro m(n) %}{% if n %}{% set _ = m(n - 1) %}{% set _ = m(n - 1) %}{% endif %}{% endmacro %}{{ m(40) }}",
        GROW.format(start="'甲'", step="ns.x ~ ns.x"),
        GROW.format(start="'甲'", step="ns.x + ns.x"),
        "{% set s %}甲乙丙丁{% endset %}" + "{% set s %}{{ s }}{{ s }}{% endset %}" * 60,
        "{% set a = '甲' * 90000 %}{{ a|replace('甲', a) }}",
        "{% set a = '甲' * 90000 %}{{ (" + NINE + "|list)|join(a) }}",
        f"{{% set a = {NINE}|list %}}{{% for i in {NINE} %}}{{{{ '甲' if -1 in a }}}}{{% endfor %}}",
        f"{{% set a = {NINE}|list %}}{{% for i in {NINE} %}}{{% set b = a|sort %}}{{% endfor %}}",
    ],
)
def test_work_without_end_is_stopped(words, refused):
    fault = refused(words)
    assert "太多" in fault.say()
    assert fault.line == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "{{ '甲' * 10 ** 9 }}",
        "{{ 1000000000 * '甲' }}",
        "{{ ([1] * 10 ** 9)|length }}",
        "{{ 9 ** (9 ** 9) }}",
        "{{ 2 ** -100000000000 }}",
        GROW.format(start="3", step="ns.x * ns.x"),
        GROW.format(start="[1]", step="ns.x + ns.x"),
        PAIRS + "{{ 1 if a == b }}",
        PAIRS + "{{ a|string }}",
        PAIRS + "{{ {}[a] }}",
        PAIRS + "{% for i in [1, 2] %}{{ 1 if loop.changed(a) }}{% endfor %}",
    ],
)
def test_a_value_that_grows_without_end_is_refused(words, refused):
    fault = refused(words)
    assert "太大" in fault.say() or "太多" in fault.say()
    assert fault.line == 2


@pytest.mark.parametrize(
    "words",
    [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        '{% include "words.jinja" %}',
        '{% extends "words.jinja" %}',
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{% for i in [1] %}" * 60 + "{% endfor %}" * 60,
    ],
)
def test_a_template_that_goes_round_or_too_deep_is_told_so(words, refused):
    assert "太深" in refused(words).say()


def test_includes_that_multiply_are_stopped(refused):
    twice = '{% include "words.jinja" %}' * 2
    words = "{% set n = n + 1 if n is defined else 0 %}{% if n < 30 %}" + twice + "{% endif %}"
    assert "太多" in refused(words).say()


@pytest.mark.parametrize(
    "words", ["{% for i in range(20000) %}" + "一段很长的文字" * 10 + "{% endfor %}", "甲" * 300000]
)
def test_a_text_or_a_template_too_long_for_any_report_is_refused(words, refused):
    assert "太长" in refused(words).say()


@pytest.mark.parametrize(
    "name", ["../outside.jinja", "/etc/passwd", "link.jinja", "notes.txt", "schema.yaml", "reportkit/../x"]
)
@pytest.mark.parametrize("tag", ['{{% include "{}" %}}', '{{% import "{}" as x %}}', '{{% extends "{}" %}}'])
def test_no_file_but_a_template_of_its_own_folder_or_a_shipped_one_is_read(tag, name, refused):
    fault = refused(tag.format(name))
    assert name in fault.say()
    assert "找不到模板文件" in fault.say()
    assert fault.line == 2


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("{{ ''.__class__ }}", "__class__"),
        ("{{ 标题['__class__'] }}", "__class__"),
        ("{{ ['']|map(attribute='__class__')|list|first }}", "__class__"),
        ("{{ '{0.__class__}'.format(1) }}", "format"),
        ("{{ '{:1000000000}'.format(1) }}", "format"),
        ("{{ '{x}'.format_map({'x': 1}) }}", "format_map"),
        ("{{ '%1000000000d' % 1 }}", "%"),
        ("{{ self.__init__.__globals__ }}", "__init__"),
        ("{{ self._TemplateReference__context }}", "_TemplateReference__context"),
        ("{% macro m() %}{% endmacro %}{{ m._func }}", "_func"),
        ("{{ '甲'.ljust(10 ** 9) }}", "ljust"),
        ("{{ '甲'.expandtabs(10 ** 9) }}", "expandtabs"),
        ("{{ (1).to_bytes(10 ** 9) }}", "to_bytes"),
        ("{{ 标题.sealed('乙') }}", "sealed"),
        ("{{ 数量.value.scaleb(9) }}", "value"),
    ],
)
def test_what_reaches_into_python_is_refused_by_name(words, name, refused):
    fault = refused(words)
    assert f"不许用“{name}”" in fault.say()
    assert fault.line == 2


@pytest.mark.parametrize(
    "name",
    [
        "attr",
        "format",
        "center",
        "indent",
        "wordwrap",
        "pprint",
        "random",
        "urlize",
        "batch",
        "tojson",
        "slice",
        "round",
        "filesizeformat",
        "xmlattr",
        "sum",
    ],
)
def test_filters_no_report_needs_are_not_there(name, refused):
    fault = refused(f"{{{{ 标题|{name} }}}}")
    assert f"没有“{name}”这个过滤器" in fault.say()
    assert fault.line == 2


@pytest.mark.parametrize("name", ["lipsum", "cycler", "joiner", "dict", "os"])
def test_names_no_report_needs_are_not_there(name, refused):
    assert f"没有“{name}”" in refused(f"{{{{ {name}() }}}}").say()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("{{ 要点 }}", "一个列表"),
        ("{{ '甲' ~ 要点 }}", "一个列表"),
        ("{{ none }}", "空"),
        ("{{ 1 == 1 }}", "是或否"),
        ("{{ {} }}", "一组"),
    ],
)
def test_only_text_is_printed(words, kind, refused):
    fault = refused(words)
    assert f"不是文字，是{kind}" in fault.say()
    assert fault.line == 2


@pytest.mark.parametrize(
    "words", ["{{ '\\ufdd0甲' }}", "\ufdd0甲", "甲\ufdd5", "{{ '甲' ~ '\\ufdd2' }}", "{{ {'\\ufdd1': 1} }}"]
)
def test_a_template_cannot_write_a_seal(words, refused):
    assert "不许用作文字" in refused(words).say()


@pytest.mark.parametrize(
    "code", ["0000", "0007", "000C", "000D", "001B", "007F", "0085", "2028", "D800", "D83D", "FDD0", "FFFE", "FFFF"]
)
def test_a_template_prints_no_control_character_and_no_half_of_one(code, refused):
    fault = refused(f"{{{{ '甲\\u{code}' }}}}")
    assert f"不许用作文字的字符 U+{code}" in fault.say()
    assert f"不许用作文字的字符 U+{code}" in refused(f"{{% set 甲 = {{'\\u{code}': 1}}|first %}}").say()


@pytest.mark.parametrize(
    "words",
    [
        "{{ (标题 ~ '')[0] }}",
        "{{ (标题 ~ '')[1:] }}",
        "{{ (数量 ~ '')|replace('7', '9') }}",
        "{{ 数量|replace('7', '9') }}",
        "{{ (数量 ~ '')|upper }}",
        "{{ 数量|lower }}",
        "{{ (数量 ~ '')|reverse }}",
        "{{ (数量 ~ '')|truncate(3) }}",
        "{{ 数量|int }}",
        "{{ 数量|float }}",
        "{{ (数量 ~ '')|int }}",
        "{{ 数量|abs }}",
        "{{ (数量 ~ '')|list }}",
        "{{ (数量 ~ '')|first }}",
        "{{ (数量 ~ '')|last }}",
        "{{ (数量 ~ '')|sort }}",
        "{{ (数量 ~ '')|unique }}",
        "{{ (数量 ~ '')|map('upper') }}",
        "{{ (数量 ~ '')|select('in', '7') }}",
        "{{ (数量 ~ '')|min }}",
        "{{ (数量 ~ '')|length }}",
        "{{ (数量 ~ '')|join('9') }}",
        "{{ (数量 ~ '')|trim('7次') }}",
        "{{ (数量 ~ '').strip('7次') }}",
        "{{ (数量 ~ '').split('7') }}",
        "{{ (数量 ~ '').removesuffix('次') }}",
        "{{ (数量 ~ '').upper() }}",
        "{{ (数量 ~ '').find('7') }}",
        "{% for 字 in 数量 ~ '' %}{{ 字 }}{% endfor %}",
        "{{ '甲' if '7' in 数量 ~ '' }}",
        "{{ '甲' if '7' is in(数量 ~ '') }}",
        "{{ [数量 ~ '']|map(attribute=0)|list }}",
        "{{ [数量 ~ '']|map('first')|list }}",
        "{{ ('甲'|导语)[0] }}",
        "{% filter upper %}{{ 数量 }}{% endfilter %}",
        "{% set 文 %}{{ 数量 }}{% endset %}{{ 文[:-3] }}",
        "{% macro 宏() %}{{ 数量 }}{% endmacro %}{{ 宏()|replace('7', '9') }}",
        "{{ 数量|环比(上期='999次，') }}",
        "{{ 数量|同比(升='九成') }}",
        "{{ 数量|同比(升='增长Ⅷ') }}",
        "{{ 数量|同比(升='①②') }}",
        "{{ 数量|同比(升='增长½') }}",
        "{{ 数量|同比(升='增长廿') }}",
        "{{ 数量|同比(升='增长过半') }}",
    ],
)
def test_a_value_is_printed_whole_or_not_at_all(words, refused):
    fault = refused(words)
    assert "不能用在数据的值上" in fault.say() or "不能带数" in fault.say()
    assert fault.line == 2
    assert "\ufdd0" not in fault.say()


@pytest.mark.parametrize(
    "words",
    [
        "{% set 甲, 乙 = 数量 ~ '' %}{{ 甲 }}",
        "{% for 甲, 乙 in [数量 ~ ''] %}{{ 甲 }}{% endfor %}",
        "{% with 甲, 乙 = 数量 ~ '' %}{{ 甲 }}{% endwith %}",
        "{% macro 宏() %}{{ varargs[0] }}{% endmacro %}{{ 宏(*(数量 ~ '')) }}",
        "{{ '甲'|replace('甲', *(数量 ~ '')) }}",
        "{% for 甲, (乙, 丙) in [[1, 数量 ~ '']] %}{{ 乙 }}{% endfor %}",
    ],
)
def test_a_value_is_not_taken_apart(words, refused):
    assert "不能这样用" in refused(words).say()


@pytest.mark.parametrize(
    "name",
    [
        "value",
        "shown",
        "unit",
        "secret",
        "hidden",
        "note",
        "beside",
        "origin",
        "is_figure",
        "is_about",
        "get",
        "sealed",
    ],
)
def test_a_value_shows_a_template_nothing_of_how_it_is_kept(name, refused):
    assert f"不许用“{name}”" in refused(f"{{{{ 数量.{name} }}}}").say()
    assert f"不许用“{name}”" in refused(f"{{{{ 数量['{name}'] }}}}").say()
    assert f"不许用“{name}”" in refused(f"{{{{ [数量]|map(attribute='{name}')|first }}}}").say()


@pytest.mark.parametrize(
    "words",
    [
        "{{ range|string }}",
        "{{ range }}",
        "{{ [range]|顿 }}",
        "{{ ['甲']|join(range) }}",
        "{{ '甲'|replace('甲', range) }}",
        "{{ 要点|等(1, range) }}",
        "{% macro 宏() %}{% endmacro %}{{ 宏 }}",
        "{% macro 宏() %}{% endmacro %}{{ 宏|string }}",
        "{% for 点 in 要点 %}{{ loop }}{% endfor %}",
        "{% for 点 in 要点 %}{{ loop|string }}{% endfor %}",
        "{% for 点 in 要点 %}{{ loop|list }}{% endfor %}",
        "{% for 点 in 要点 %}{{ loop.cycle }}{% endfor %}",
        "{{ self }}",
        "{{ self|string }}",
        "{{ namespace }}",
        "{{ namespace(a=1) }}",
        "{% set 名 = namespace() %}{% set 名.__html__ = 1 %}{{ 名 }}",
        "{% set 名 = namespace() %}{% set 名.__html__ = 1 %}{{ 名|顿 }}",
        "{{ '甲'.upper }}",
        "{{ {}.items }}",
        "{{ {'甲': 1}.items() }}",
        "{{ 要点|导语 }}",
        "{{ [要点]|顿 }}",
        "{{ [数量 ~ '', 要点]|join }}",
        "{{ '甲'|replace('甲', [数量 ~ '']) }}",
        "{{ [数量 ~ '']|upper }}",
        "{{ [[数量 ~ '']]|起止 }}",
        "{{ 数量|谓语([数量 ~ '']) }}",
        "{{ [数量 ~ '']|string }}",
        "{{ {'甲': 数量 ~ ''}|string }}",
        "{{ 语|string }}",
        "{{ 数量|个数 }}",
        "{{ (数量|个数) + 0 }}",
        "{{ -(数量|个数) }}",
        "{{ (数量|个数)|string }}",
        "{{ (数量|个数)|abs }}",
        "{{ '甲' ~ (数量|个数) }}",
        "{{ [数量|个数]|顿 }}",
    ],
)
def test_nothing_is_printed_but_text_numbers_and_values(words, refused):
    told = refused(words).say()
    assert any(part in told for part in ("不是文字", "只收数据", "只用来数"))
    assert "0x" not in told


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("{{ 数量 ~ '，' ~ 标题 }}", "7次，甲"),
        ("{{ [数量, 标题]|join('和') }}", "7次和甲"),
        ("{{ ('  ' ~ 数量 ~ ' ')|trim }}", "7次"),
        ("{{ ('  ' ~ 数量 ~ ' ').strip() }}", "7次"),
        ("{{ 数量|string }}", "7次"),
        ("{{ '甲乙'|replace('甲', 数量) }}", "7次乙"),
        ("{{ 数量.单位 }}", "次"),
        ("{{ '是' if 数量.单位 in ['次', '个'] }}", "是"),
        ("{{ '是' if 数量 == 7 }}", "是"),
        ("{{ '是' if 标题 == '甲' }}", "是"),
        ("{{ {'甲': '是'}.get(标题, '否') }}", "是"),
        ("{{ '是' if 数量 is 结尾('次') }}", "是"),
        ("{{ '是' if (标题 ~ '。') is 结尾('。', '？') }}", "是"),
        ("{{ '是' if 标题 is not 结尾('乙') }}", "是"),
        ("{% for 次 in range(数量|个数) %}{{ '·' }}{% endfor %}", "·······"),
        ("{{ '是' if 数量|个数 > 要点|length }}", "是"),
        ("{{ '甲乙丙'[1:] ~ '甲乙丙'[0] }}", "乙丙甲"),
        ("{% set 甲, 乙 = ['丙', '丁'] %}{{ 乙 ~ 甲 }}", "丁丙"),
        ("{% for 键, 值 in {'甲': 1}.items() %}{{ 键 ~ 值 }}{% endfor %}", "甲1"),
    ],
)
def test_what_leaves_a_value_whole_goes_on(words, shown, tmp_path):
    (tmp_path / "schema.yaml").write_text(SCHEMA, "utf-8")
    (tmp_path / "words.jinja").write_text(words, "utf-8")
    report = Report.of(DATA, template=str(tmp_path))
    assert report.document.blocks[0].text == shown
    assert all(span.fact is None or span.fact.shown in span.text + "次" for span in report.document.blocks[0].spans)
