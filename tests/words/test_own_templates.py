"""An office's own template: one block, one macro, one phrase or one field changed, all else as shipped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from reportkit import InputError, Report
from reportkit.facts.skeleton import skeleton_yaml
from reportkit.words import genre, starter

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/jingxin/data.yaml"
PLAIN = (ROOT / "examples/jingxin/expected.txt").read_text("utf-8")
EXTENDS = '{% extends "genres/briefing/words.jinja" %}\n'


@pytest.fixture
def own(tmp_path):
    """Make a template on the ground of the briefing, of files given by name; return its folder."""

    def made(name="own", base="briefing", **files):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "schema.yaml").write_text(f"基于: {base}\n{files.pop('schema', '')}", "utf-8")
        for key, text in files.items():
            file = (
                folder / {"words": "words.jinja", "phrases": "phrases.toml", "macros": "phrases/sentences.jinja"}[key]
            )
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        return folder

    return made


def text(folder, data=EXAMPLE, edition="final"):
    return Report.open(data, template=str(folder), edition=edition).render("txt").decode("utf-8")


def command(*words, **environment):
    """Run the command line as a program of its own."""
    code = "from reportkit.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_template_that_changes_nothing_says_what_the_shipped_one_says(own):
    assert text(own()) == PLAIN
    assert text(own("extending", words=EXTENDS)) == PLAIN


def test_a_block_is_replaced_or_added_to(own):
    words = EXTENDS + "{% block 称谓段 %}\n@称谓 同志们：\n{% endblock %}\n"
    words += "{% block 结束 %}\n{{ super() }}\n@落款 {{ 单位.全称 }}{{ 句.收尾('甲') }}{% endblock %}\n"
    said = text(own(words=words))
    assert "\n同志们：\n" in said
    assert "尊敬的" not in said
    assert "批评指正，谢谢。" in said
    assert said.endswith("市经信局甲\n")


def test_a_whole_paragraph_is_written_anew_with_the_shipped_macros_and_filters(own):
    words = EXTENDS + "{% block 起首 %}\n{% filter 成段 %}\n  {{ 单位.全称 }}坚持{{ 开头.状语|顿 }}，\n"
    words += "  {{ 句.先后召开(困局.会议) }}。\n{% endfilter %}\n\n{% endblock %}\n"
    assert "市经信局坚持精心组织、扎实推进，先后召开1次局党组调研成果交流会、6次院士专家座谈会" in text(
        own(words=words)
    )


def test_a_macro_is_replaced_for_the_shipped_macros_that_call_it_too(own):
    macros = "{% macro 各尽其职(分工) -%}\n{{ 分工[0].主体 }}等{{ 分工|length }}方\n{%- endmacro %}\n"
    said = text(own(macros=macros))
    assert "建立由市委、市政府主要领导等5方的工作机制" in said
    assert "探索实施链长等3方三链融合机制" in said
    assert "先后召开7次专题会" in said


def test_a_macro_can_call_the_one_it_replaces(own):
    macros = '{% import "reportkit/phrases/sentences.jinja" as 原 %}\n'
    macros += "{% macro 召开几次(会议) -%}\n认真{{ 原.召开几次(会议) }}\n{%- endmacro %}\n"
    assert "认真召开局党组调研成果交流会1次" in text(own(macros=macros))


def test_an_error_in_a_macro_laid_over_others_is_told_with_its_own_file_and_line(own):
    folder = own(macros="{# 一 #}\n{# 二 #}\n{% macro 召开几次(会议) -%}\n{{ 会议[0].名字 }}\n{%- endmacro %}\n")
    with pytest.raises(InputError) as error:
        text(folder)
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == (str(folder / "phrases/sentences.jinja"), 4)
    (folder / "phrases/sentences.jinja").write_text("{# 一 #}\n{% macro %}\n", "utf-8")
    with pytest.raises(InputError) as error:
        text(folder)
    assert (error.value.faults[0].file, error.value.faults[0].line) == (str(folder / "phrases/sentences.jinja"), 2)


def test_a_phrase_is_replaced_and_the_others_stay(own):
    said = text(own(phrases='["收尾"]\n"口头汇报" = "汇报完了，请批评。"\n["列举"]\n"文件" = "等文件"\n'))
    assert said == PLAIN.replace("汇报完毕，不当之处，请各位领导批评指正，谢谢。", "汇报完了，请批评。").replace(
        "等政策文件", "等文件"
    )


@pytest.mark.parametrize(
    ("toml", "line", "words"),
    [
        ('["收尾"]\n"口头" = "甲"\n', 2, "是不是“口头汇报”"),
        ('["结尾"]\n"口头汇报" = "甲"\n', 1, "是不是“收尾”"),
        ('["收尾"]\n"书面汇报" = 3\n', 2, "要一段文字"),
        ('"收尾" = "甲"\n', 1, "要一组键和值"),
        ('["收尾"]\n"口头汇报" = "甲\\n乙"\n', 2, "换行"),
        ('["收尾"]\n口头汇报 = "甲"\n', 2, "加引号"),
    ],
)
def test_a_wrong_phrase_is_told_with_file_line_and_mend(toml, line, words, own):
    with pytest.raises(InputError) as error:
        text(own(phrases=toml))
    (fault,) = error.value.faults
    assert fault.file.endswith("phrases.toml")
    assert fault.line == line
    assert words in fault.say()


def test_a_schema_adds_fields_and_changes_them_deep_inside(own, tmp_path):
    words = EXTENDS + "{% block 结束 %}\n@结束语 {{ 联系.姓名 }}{{ 会议.地点 }}\n{% endblock %}\n"
    schema = "联系:\n  _: contact：找谁\n  姓名: text name：姓名\n"
    schema += "会议:\n  地点: text place：在哪里\n  文种: text? genre：文种\n"
    folder = own(words=words, schema=schema)
    data = tmp_path / "data.yaml"
    data.write_text(
        EXAMPLE.read_text("utf-8").replace("会议:\n", "会议:\n  place: 泊宁\n", 1) + "\n联系: {姓名: 甲}\n", "utf-8"
    )
    assert text(folder, data).endswith("甲泊宁\n")
    shape = genre.find(str(folder)).shape
    assert shape.fields["会议"].say == genre.find("briefing").shape.fields["会议"].say
    assert shape.fields["会议"].fields["文种"].optional
    with pytest.raises(InputError) as error:
        text(folder)
    assert {fault.path for fault in error.value.faults} == {"联系", "会议.地点"}


def test_templates_build_on_one_another(own, tmp_path):
    own("middle", phrases='["收尾"]\n"口头汇报" = "甲。"\n', macros="{% macro 召开几次(会议) -%}乙{%- endmacro %}\n")
    top = own(
        "top",
        base="middle",
        phrases='["动词"]\n"不止一次" = "丙"\n',
        words='{% extends "genres/middle/words.jinja" %}\n',
    )
    said = text(top)
    assert "甲。" in said
    assert "，乙，" in said
    assert "丙召开7次专题会" in said


def test_a_template_that_builds_on_none_or_on_itself_is_told(own):
    for base in ("briefng", "own2"):
        with pytest.raises(InputError) as error:
            text(own(base[:3] if base == "briefng" else base, base=base))
        assert error.value.faults[0].line == 1
        assert base in error.value.faults[0].say()


def test_a_name_is_looked_for_beside_the_data_then_among_ones_own_then_among_the_shipped(own, tmp_path):
    def said(name, **places):
        folder = own(name, phrases=f'["收尾"]\n"口头汇报" = "{name}。"\n')
        return folder, places

    beside, _ = said("desk/briefing")
    kept, _ = said("kept/briefing")
    data = tmp_path / "desk/data.yaml"
    data.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert "desk/briefing。" in Report.open(data, templates=kept.parent).render("txt").decode()
    assert "kept/briefing。" in Report.open(EXAMPLE, templates=kept.parent).render("txt").decode()
    assert Report.open(EXAMPLE).render("txt").decode() == PLAIN
    assert beside.is_dir()


def test_a_name_in_data_is_no_path_from_the_working_folder(own, monkeypatch):
    folder = own("briefing", phrases='["收尾"]\n"口头汇报" = "甲。"\n')
    monkeypatch.chdir(folder.parent)
    assert Report.open(EXAMPLE).render("txt").decode() == PLAIN
    assert "甲。" in text("briefing")


def test_the_command_lists_where_each_template_comes_from(own, tmp_path):
    folder = own("config/reportkit/templates/mine", schema="_: mine：我的\n")
    listed = command("templates", XDG_CONFIG_HOME=str(tmp_path / "config")).stdout.decode().splitlines()
    assert f"mine\t我的\t{folder}" in listed
    assert any(line.startswith("briefing\t") for line in listed)
    listed = command("templates", REPORTKIT_TEMPLATES=str(folder.parent)).stdout.decode().splitlines()
    assert f"mine\t我的\t{folder}" in listed


def test_a_broken_template_is_told_and_its_neighbours_are_listed(own, tmp_path):
    own("own/bad", schema="会议: word kind：甲\n")
    own("own/good", schema="_: good：我的\n")
    (tmp_path / "own/half").mkdir()
    (tmp_path / "own/half/words.jinja").write_text(EXTENDS, "utf-8")
    listed = command("templates", REPORTKIT_TEMPLATES=str(tmp_path / "own"))
    names = [line.split("\t")[0] for line in listed.stdout.decode().splitlines()]
    assert names == ["good", *genre.shipped()]
    told = listed.stderr.decode().splitlines()
    assert listed.returncode == 1
    assert "bad/schema.yaml:2" in told[0]
    assert "half：模板文件夹里没有 schema.yaml" in told[1]


def test_a_template_without_a_schema_is_told_where_it_is_named(tmp_path):
    (tmp_path / "words.jinja").write_text(EXTENDS, "utf-8")
    with pytest.raises(InputError, match=r"模板文件夹里没有 schema\.yaml"):
        Report.open(EXAMPLE, template=str(tmp_path))


def test_a_starter_is_a_draft_that_builds_and_once_filled_in_says_what_the_shipped_template_says(tmp_path):
    folder = tmp_path / "mine"
    files = starter.start(genre.find("briefing"), folder)
    assert sorted(file.name for file in files) == [
        "README.md",
        "data.yaml",
        "phrases.toml",
        "schema.yaml",
        "words.jinja",
    ]
    draft = Report.open(folder / "data.yaml", edition="draft")
    assert "【待补：会议.名称】" in draft.render("txt").decode()
    with pytest.raises(InputError, match=r"data\.yaml:\d+:\d+ 会议\.名称：缺少这一项"):
        Report.open(folder / "data.yaml").render("txt")
    assert text(folder) == PLAIN
    for name in ("README.md", "schema.yaml", "words.jinja"):
        assert not {"GENRE", "NAME", "BLOCKS"} & set((folder / name).read_text("utf-8").split())


def test_the_remarks_of_a_starter_are_right_once_they_are_no_remarks(tmp_path):
    folder = tmp_path / "mine"
    starter.start(genre.find("briefing"), folder)
    file = folder / "phrases.toml"
    lines = file.read_text("utf-8").split("\n")
    file.write_text(
        "\n".join(line.removeprefix("# ") if line.startswith(('# "', '# ["')) else line for line in lines), "utf-8"
    )
    assert text(folder) == PLAIN


def test_a_skeleton_names_every_field_and_optional_ones_in_remarks():
    shape = genre.find("briefing").shape
    skeleton = skeleton_yaml(shape)
    assert yaml.safe_load(skeleton)["会议"] == {"名称": None, "文种": None}
    uncommented = skeleton
    while "\n# " in "\n" + uncommented or " # " in uncommented.replace(":  # ", ""):
        lines = uncommented.split("\n")
        uncommented = "\n".join(line.replace("# ", "", 1) if line.lstrip().startswith("# ") else line for line in lines)
        if uncommented.split("\n") == lines:
            break
    filled = yaml.safe_load(uncommented.replace("- {}\n", "-\n"))
    assert list(filled) == list(shape.fields)
    assert list(filled["全局"]["学习"]) == list(shape.fields["全局"].fields["学习"].fields)


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine")
    made = command("new", "briefing", tmp_path / "mine")
    assert made.returncode == 1
    assert "已经有东西" in made.stderr.decode()
    assert [file.name for file in tmp_path.rglob("*")] == ["mine", "notes.txt"]
    unknown = command("new", "briefng", tmp_path / "other")
    assert unknown.returncode == 1
    assert "是不是 briefing" in unknown.stderr.decode()
    assert not (tmp_path / "other").exists()


def test_a_starter_goes_into_an_empty_folder_and_prints_its_files(tmp_path):
    (tmp_path / "mine").mkdir()
    made = command("new", "briefing", tmp_path / "mine")
    assert made.returncode == 0
    assert {Path(line).name for line in made.stdout.decode().splitlines()} == {
        file.name for file in (tmp_path / "mine").iterdir()
    }
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_everything_shipped_has_an_ascii_name_and_builds_where_the_locale_is_ascii(own, tmp_path):
    shipped = [
        path for name in ("templates", "fonts") for path in (ROOT / name).rglob("*") if "__pycache__" not in path.parts
    ]
    assert all(str(path.relative_to(ROOT)).isascii() for path in shipped)
    out = tmp_path / "out"
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    built = command("build", EXAMPLE, "-o", out, "--to", "txt", "--to", "docx", "--to", "pdf", **ascii_only)
    assert built.returncode == 0, built.stderr.decode()
    # names are the bytes of UTF-8, whatever the locale
    (text,) = out.glob("*.txt")
    assert text.read_text("utf-8") == PLAIN
    assert text.stem == Report.open(EXAMPLE).name
    folder = own("我的模板", words=EXTENDS)
    built = command("build", EXAMPLE, "--template", folder, "-o", out, "--to", "txt", **ascii_only)
    assert built.returncode == 0, built.stderr.decode()
    missing = command("build", tmp_path / "没有.yaml", "-o", out, **ascii_only)
    assert (missing.returncode, "没有.yaml" in missing.stderr.decode()) == (1, True)
