"""Bad input gets a clear line and exit code 1: never a traceback, never a half-written file."""

import copy
import re
import shutil
from pathlib import Path

import pytest
import yaml

from reportkit import InputError, Report

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples/jingxin/data.yaml"
TEXT = EXAMPLE.read_text("utf-8")


class _Plain(yaml.SafeLoader):
    """Reads an example as plain data; a secret is only its value."""


_Plain.add_constructor("!secret", lambda loader, node: {"值": loader.construct_scalar(node), "密": True})
_Plain.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))
DATA = yaml.load(TEXT, Loader=_Plain)


def data():
    return copy.deepcopy(DATA)


def command(run, *words):
    """Run the command line; return its exit code and the lines of stderr."""
    code, _, told = run(*words)
    return code, told.splitlines()


def faults(text, tmp_path, name="data.yaml"):
    """Return the faults of a data file with this text."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError) as error:
        Report.open(path).render("txt")
    return error.value.faults


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    code, lines = command(run, "build", tmp_path / "none.yaml", "-o", tmp_path)
    assert code == 1
    assert "none.yaml" in lines[0]
    assert "没有这个文件" in lines[0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("会议: [甲, 乙", 2, 1),
        ("会议: 名称: 推进会", 1, 7),
        ("会议:\n\t名称: 推进会", 2, 1),
        ("会议:\n  名称: 推进会\n 文种: 发言", 3, 2),
    ],
)
def test_what_is_not_yaml_is_told_by_line_and_column(text, line, column, tmp_path):
    (fault,) = faults(text, tmp_path)
    assert "YAML" in fault.say()
    assert fault.line == line
    assert fault.column is not None
    assert fault.hint


@pytest.mark.parametrize(
    ("text", "line"),
    [("模板：briefing\n会议: 甲", 1), ("a: 1\n- 会议：甲\n  名称: 乙", 2)],
)
def test_a_full_width_colon_is_named_where_it_stands(text, line, tmp_path):
    (fault,) = faults(text, tmp_path)
    assert ("：" in fault.say(), fault.line) == (True, line)
    assert "全角" in fault.say()


def test_what_is_not_json_is_told_by_line(tmp_path):
    (fault,) = faults('{"会议": \n {"名称": }}', tmp_path, "data.json")
    assert "JSON" in fault.say()
    assert fault.line == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"# only a remark\n", "空"),
        ("会议: 甲".encode("gb18030"), "UTF-8"),
        (b"- 1\n- 2\n", "一组键和值"),
        (b"a: 1\n---\nb: 2\n", "一份数据"),
        (b"a: &x [*x]\n", "锚点"),
        ("a0: &a0 [甲]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(30)), "太大"),
        (b"a: " + b"[" * 20000 + b"]" * 20000, "嵌套太深"),
        ("会议: !密 甲".encode(), "YAML"),
        ("会议: !other 甲".encode(), "标签"),
        ('会议: "甲\x01"'.encode(), "控制字符 U+0001"),
    ],
)
def test_a_file_of_the_wrong_kind_is_told_so(content, words, tmp_path):
    assert words in faults(content, tmp_path)[0].say()


def test_a_folder_and_an_unknown_ending_are_refused(tmp_path):
    with pytest.raises(InputError, match="读不了"):
        Report.open(tmp_path)
    (tmp_path / "data.doc").write_text("甲")
    with pytest.raises(InputError, match=r"不认识的数据格式 \.doc"):
        Report.open(tmp_path / "data.doc")


def test_a_missing_key_is_named_with_the_line_of_its_group(tmp_path):
    text = TEXT.replace("  名称: 全市重点产业体系建设工作推进会\n", "")
    (fault,) = faults(text, tmp_path)
    assert fault.path == "会议.名称"
    assert fault.line == line_of(text, "  文种: 汇报发言")
    assert "缺少" in fault.say()


def test_a_misspelt_key_is_told_with_the_near_one(tmp_path):
    text = TEXT.replace("  简称: 经信局", "  简稱: 经信局")
    wrong = next(fault for fault in faults(text, tmp_path) if "简稱" in fault.path)
    assert wrong.line == line_of(text, "  简稱")
    assert "是不是“简称”" in wrong.say()


def test_a_wrong_kind_of_value_is_told_with_path_and_line(tmp_path):
    text = TEXT.replace("  去处: [河南, 湖南, 安徽]", "  去处: 河南").replace("数量: 41个", "数量: 许多")
    found = {fault.path: fault for fault in faults(text, tmp_path)}
    assert found["大局.方法[1].考察.去处"].line == line_of(text, "去处: 河南")
    assert "一个列表" in found["大局.方法[1].考察.去处"].say()
    assert "一个数" in found["全局.认识[2].市情.拥有[0].数量"].say()


@pytest.mark.parametrize(
    ("old", "new", "path", "mend"),
    [
        ("去处: [河南, 湖南, 安徽]", "去处: 河南、湖南", "大局.方法[1].考察.去处", "[河南, 湖南]"),
        ("拥有:\n          - {数量: 41个", "拥有: 41个\n# {", "全局.认识[2].市情.拥有", "每组第一行前面加“- ”"),
        ("数量: 41个", "数量: 41  个", "全局.认识[2].市情.拥有[0].数量", "去掉空格，写成 41个"),
        ("数量: 41个", "数量: 近　 41个", "全局.认识[2].市情.拥有[0].数量", "去掉空格，写成 近41个"),
        ("数量: 41个", "数量: 1,241个", "全局.认识[2].市情.拥有[0].241个", "把“1,241个”拆成了两项（去掉逗号，或加引号"),
        ("数量: 41个", "数量: {值: 1,241,100个}", "全局.认识[2].市情.拥有[0].数量.241", "“1,241”拆成"),
        ("去处: [河南, 湖南, 安徽]", "去处: [1,286个县, 湖南]", "大局.方法[1].考察.去处[1]", "“1,286个县”拆成"),
    ],
)
def test_what_is_nearly_right_is_told_with_how_it_is_written(old, new, path, mend, tmp_path):
    assert old in TEXT
    text = TEXT.replace(old, new).replace("\n          - {数量: 206个, 名称: 中类}", "")
    found = {fault.path: fault for fault in faults(text, tmp_path)}
    assert mend in found[path].say()


@pytest.mark.parametrize("typed", ["12 34", "4 1个", "许 多", "41 个 县"])
def test_a_blank_is_only_told_where_the_rest_is_a_figure(typed, tmp_path):
    told = faults(TEXT.replace("数量: 41个", f"数量: {typed}"), tmp_path)[0].say()
    assert ("去掉空格" in told) == (typed == "41 个 县")


def test_numbers_listed_one_after_another_are_no_number_cut_in_two(tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(TEXT.replace("去处: [河南, 湖南, 安徽]", "去处: [1, 286个县, 3]"), "utf-8")
    assert "1、286个县" in Report.open(path).render("txt").decode()


def test_two_keys_of_one_meaning_are_refused(tmp_path):
    text = TEXT.replace("  简称: 经信局", "  简称: 经信局\n  short: 工信局")
    (fault,) = faults(text, tmp_path)
    assert fault.path == "单位.short"
    assert "重复" in fault.say()


def test_every_fault_is_told_at_once(tmp_path):
    text = (
        TEXT.replace("  简称: 经信局", "  简: 经信局")
        .replace("数量: 41个", "数量: 许多")
        .replace("形式: 口头汇报", "形式: 唱歌")
    )
    assert len(faults(text, tmp_path)) >= 4


@pytest.mark.parametrize(("option", "name"), [("template", "briefin"), ("profile", "gbt9705")])
def test_an_unknown_template_or_profile_is_told_with_the_near_one(option, name):
    with pytest.raises(InputError, match="是不是"):
        Report.open(EXAMPLE, **{option: name})


@pytest.fixture
def template(tmp_path):
    """A copy of the briefing template that a test may spoil."""
    folder = tmp_path / "own"
    shutil.copytree(ROOT / "templates/genres/briefing", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def spoilt(template, old, new):
    words = template / "words.jinja"
    text = words.read_text("utf-8")
    assert old in text
    words.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as error:
        Report.open(EXAMPLE, template=str(template)).render("txt")
    (fault,) = error.value.faults
    assert fault.file.endswith("words.jinja")
    assert fault.line == line_of(words.read_text("utf-8"), new)
    return fault


@pytest.mark.parametrize("wrong", ["{{ 单位.全名 }}", "{% if %}", "{{ 1 // 0 }}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_error_is_told_with_its_file_and_line(wrong, template):
    assert spoilt(template, "使命所系", f"{wrong}使命所系").message


def test_a_template_that_cuts_a_value_short_is_refused(template):
    words = template / "words.jinja"
    words.write_text(words.read_text("utf-8").replace("{{ 开头.时段 }}", "{{ (开头.时段 ~ '')|truncate(9) }}"), "utf-8")
    with pytest.raises(InputError, match="不能用在数据的值上"):
        Report.open(EXAMPLE, template=str(template)).render("txt")


def test_a_schema_error_is_told_with_its_line(template):
    schema = template / "schema.yaml"
    text = schema.read_text("utf-8").replace("  简称: text short", "  简称: word short")
    schema.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        Report.open(EXAMPLE, template=str(template))
    assert error.value.faults[0].line == line_of(text, "  简称: word")


@pytest.mark.parametrize("bad", ["\x07", "\x7f", "\u2028", "\ufdd0", "\ufdd3", "\uffff", "\ud800", "\t"])
def test_a_character_that_is_no_text_is_refused_by_its_code(bad):
    spoiled = data()
    spoiled["单位"]["职能"] = f"主抓{bad}产业"
    with pytest.raises(InputError, match=f"单位.职能：有控制字符 U\\+{ord(bad):04X}"):
        Report.of(spoiled).render("txt")


@pytest.mark.parametrize(
    ("value", "words"),
    [("甲\n乙", "换行"), ("", "缺少"), ("　\u200b", "缺少"), (None, "缺少"), ([], "一个值"), (True, "一个值")],
)
def test_a_value_that_cannot_be_printed_is_refused(value, words):
    spoiled = data()
    spoiled["单位"]["职能"] = value
    with pytest.raises(InputError, match=words):
        Report.of(spoiled).render("txt")


def test_a_character_no_face_has_is_named_and_stops_a_strict_build(run, tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(TEXT.replace("职能: 主抓产业", "职能: 主抓😀产业"), "utf-8")
    code, lines = command(run, "build", path, "-o", tmp_path / "out", "--to", "txt")
    assert code == 0
    assert "U+1F600" in lines[0]
    assert "主抓😀产业" in lines[0]
    code, lines = command(run, "build", path, "-o", tmp_path / "strict", "--strict")
    assert code == 1
    assert "U+1F600" in lines[0]
    assert not (tmp_path / "strict").exists()


def test_an_output_folder_that_cannot_be_written_is_told_and_loses_nothing(run, tmp_path):
    place = tmp_path / "out"
    place.write_text("a file, not a folder")
    code, lines = command(run, "build", EXAMPLE, "-o", place)
    assert code == 1
    assert "写不了" in lines[0]
    assert place.read_text() == "a file, not a folder"


def test_a_failed_build_leaves_the_files_of_the_last_one_as_they_were(run, tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(TEXT, "utf-8")
    assert command(run, "build", path, "-o", tmp_path / "out")[0] == 0
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    path.write_text(TEXT.replace("数量: 41个", "数量: 许多"), "utf-8")
    assert command(run, "build", path, "-o", tmp_path / "out")[0] == 1
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    assert {Path(name).suffix for name in before} == {".docx", ".pdf"}


@pytest.mark.parametrize("words", [[], ["build"], ["build", EXAMPLE, "--to", "odt"], ["nothing"]])
def test_wrong_usage_ends_with_two(words, run):
    assert command(run, *words)[0] == 2


def test_a_final_refuses_what_is_missing_and_a_draft_shows_and_lists_it(run, tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(TEXT.replace(", 数值: !secret 近70%", ""), "utf-8")
    assert command(run, "build", path, "-o", tmp_path)[0] == 1
    code, lines = command(run, "build", path, "-o", tmp_path, "--edition", "draft", "--to", "txt")
    assert code == 0
    gap = "全局.认识[0].市情.指标[0].数值"
    assert any(f"{gap}：待补：带单位的数" in line for line in lines)
    (text,) = tmp_path.glob("*（讨论稿）.txt")
    assert f"传统产业占比【待补：{gap}】。" in text.read_text("utf-8")


@pytest.mark.parametrize("key", ["模板", "版式"])
def test_a_name_that_nothing_has_is_told_where_the_data_names_it(key, tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(f"# 数据\n{key}: 没有这个\n", "utf-8")
    with pytest.raises(InputError) as error:
        Report.open(path)
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == (str(path), 2)


def test_a_value_of_many_lines_or_of_great_length_is_told_in_one_line_of_bearable_length(tmp_path):
    for value in ("|\n    慢\n    快", "慢" * 100_000):
        (fault,) = faults(TEXT.replace("[党中央, 市委]", value), tmp_path)
        assert "\n" not in fault.say()
        assert len(fault.say()) < 3000


@pytest.mark.parametrize("typed", ["1e5", "1e999999999", "-2E-3"])
def test_a_figure_in_powers_of_ten_is_refused(typed, tmp_path):
    assert "十的几次方" in faults(TEXT.replace("!secret 近70%", typed), tmp_path)[0].say()


@pytest.mark.parametrize("name", ["loop.yaml", "x" * 300 + ".yaml", "file/data.yaml", "a\0b.yaml"])
def test_what_the_system_says_of_a_file_is_told_in_our_words(name, tmp_path):
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InputError) as error:
        Report.open(tmp_path / name)
    said = error.value.faults[0].text()
    assert said == "没有这个文件" or said.startswith(
        ("读不了这个文件：链接", "读不了这个文件：名字", "读不了这个文件：路径")
    )


@pytest.mark.parametrize("out", ["x" * 300, "loop", "file/deeper", "loop/x.pdf"])
@pytest.mark.parametrize("verb", ["build", "skeleton", "new"])
def test_a_place_that_cannot_be_written_is_told_in_our_words(verb, out, tmp_path, run):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("", "utf-8")
    place = str(tmp_path / out)
    words = {"build": [EXAMPLE, "-o", place], "skeleton": ["circular", "-o", place], "new": ["circular", place]}[verb]
    code, lines = command(run, verb, *words)
    told = [line for line in lines if line.startswith("错误：")]
    assert (code, len(told)) == (1, len(lines))
    assert not re.search("[a-z]+ [a-z]+", told[0].rpartition("：")[2])
