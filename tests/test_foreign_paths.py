"""What a template, a profile or data names is looked for where the manual says, and is a regular file, or is told."""

import os
from pathlib import Path

import pytest
from openpyxl import Workbook

from reportkit import InputError, Report, regular
from reportkit.pages import profiles
from reportkit.words import genre

SCHEMA = "_: note：短文\n标题: text title：标题\n"
ODD = ["a" * 5000, "甲" * 300, "a\0b", "../note", "..", "/etc", "note/../../note", "", "\ud800", "~", "a/" * 3000]


def note(folder, schema=SCHEMA):
    """Make `folder` a template; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "schema.yaml").write_text(schema, "utf-8")
    (folder / "words.jinja").write_text("# {{ 标题 }}\n甲\n", "utf-8")
    return folder


def book(file):
    """Write a workbook whose first cell is 甲."""
    file.parent.mkdir(parents=True, exist_ok=True)
    workbook = Workbook()
    workbook.active.title = "表"
    workbook.active["A1"] = "甲"
    workbook.save(file)
    return file


def fault(call, *args, **options):
    """Return the one fault that a call ends in."""
    with pytest.raises(InputError) as error:
        call(*args, **options)
    (one,) = error.value.faults
    return one


@pytest.fixture
def desk(tmp_path):
    """Return a function that builds data in the folder `desk`, which has a template `note` beside it."""
    note(tmp_path / "desk/note")
    note(tmp_path / "note")

    def said(data, **options):
        file = tmp_path / "desk/data.yaml"
        file.write_text(data, "utf-8")
        return Report.open(file, **options).render("txt").decode()

    return said


@pytest.mark.parametrize("name", [name for name in ODD if name and "\ud800" not in name and "\0" not in name])
def test_a_template_named_in_data_is_beside_it_or_told(name, desk):
    assert "这个模板" in fault(desk, f"模板: '{name}'\n标题: 题\n").say()


@pytest.mark.parametrize("name", ODD)
def test_a_template_or_profile_with_a_name_no_file_can_have_is_told(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if name:
        assert fault(Report.of, {"标题": "题"}, template=name)
        assert fault(Report.of, {"标题": "题"}, profile=f"{name}.toml")
    assert fault(genre.find, name, tmp_path, tmp_path, typed=False)
    assert fault(profiles.find, f"{name}.toml")


def test_a_template_beside_the_data_that_links_elsewhere_is_told(desk, tmp_path):
    (tmp_path / "desk/away").symlink_to(tmp_path / "note")
    assert "通到数据文件夹外面" in fault(desk, "模板: away\n标题: 题\n").say()
    assert "甲" in desk("模板: away\n标题: 题\n", template=str(tmp_path / "desk/away"))
    assert "甲" in desk("模板: note\n标题: 题\n")


@pytest.mark.parametrize("base", ["/etc", "../note", "..", ".", "note/x", "a" * 5000, "甲" * 300])
def test_a_base_is_a_name_and_no_path(base, tmp_path):
    folder = note(tmp_path / "own", f"基于: {base}\n{SCHEMA}")
    told = fault(genre.find, str(folder))
    assert (told.file, told.line) == (str(folder / "schema.yaml"), 1)


def test_a_base_beside_a_template_that_links_elsewhere_is_not_there(tmp_path):
    note(tmp_path / "away/base")
    folder = note(tmp_path / "here/own", "基于: base\n")
    (tmp_path / "here/base").symlink_to(tmp_path / "away/base")
    assert "没有“base”这个模板" in fault(genre.find, str(folder)).say()
    (tmp_path / "here/base").unlink()
    note(tmp_path / "here/base")
    assert genre.find(str(folder)).layers[1] == tmp_path / "here/base"


@pytest.mark.parametrize("name", ["schema.yaml", "phrases.toml"])
def test_a_file_of_a_template_that_links_elsewhere_is_told(name, tmp_path):
    folder = note(tmp_path / "own")
    (tmp_path / name).write_text(SCHEMA if name == "schema.yaml" else '["收尾"]\n"口头汇报" = "密"\n', "utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / name)
    assert fault(genre.find, str(folder)).file == str(folder / name)


@pytest.mark.parametrize("name", ["/dev/zero", "../book.xlsx", "/etc/passwd", "link.xlsx", "note/../../book.xlsx"])
def test_a_workbook_outside_the_datas_folder_is_not_read_unless_its_user_says_so(name, desk, tmp_path):
    book(tmp_path / "book.xlsx")
    (tmp_path / "desk/link.xlsx").symlink_to(tmp_path / "book.xlsx")
    data = f"模板: note\n标题: !excel {name}#表!A1\n"
    told = fault(desk, data)
    assert (told.line, "数据文件的文件夹外面" in told.say()) == (2, True)
    assert "--files-from" in told.say()
    if name.endswith("xlsx"):
        assert desk(data, files_from=tmp_path).startswith("甲")
        assert fault(desk, data, files_from=tmp_path / "note")


def test_a_workbook_in_the_datas_folder_or_below_is_read(desk, tmp_path):
    for name in ("book.xlsx", "below/book.xlsx", "note/../book.xlsx"):
        book(tmp_path / "desk" / name)
        assert desk(f"模板: note\n标题: !excel {name}#表!A1\n").startswith("甲")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX")
@pytest.mark.parametrize("make", [os.mkfifo if hasattr(os, "mkfifo") else None, os.mkdir])
def test_what_is_no_regular_file_is_told_and_not_waited_for(make, desk, tmp_path):
    make(tmp_path / "desk/odd.xlsx")
    told = fault(desk, "模板: note\n标题: !excel odd.xlsx#表!A1\n").say()
    assert "普通文件" in told or "文件夹" in told
    make(tmp_path / "odd.toml")
    assert fault(profiles.find, str(tmp_path / "odd.toml"))
    make(tmp_path / "odd.ttf")
    (tmp_path / "mine.toml").write_text(
        'extends = "gbt9704"\ntitle = "甲"\n[faces."方正仿宋"]\nword = "方正仿宋"\nfiles = ["odd.ttf"]\n'
        '[styles.body]\nface = "方正仿宋"\n',
        "utf-8",
    )
    assert fault(profiles.find, str(tmp_path / "mine.toml"))
    (tmp_path / "note/words.jinja").unlink()
    make(tmp_path / "note/words.jinja")
    with pytest.raises(InputError):
        Report.of({"标题": "题"}, template=str(tmp_path / "note")).render("txt")
    make(tmp_path / "note/phrases.toml")
    assert fault(Report.of, {"标题": "题"}, template=str(tmp_path / "note"))


def test_devices_are_not_read(tmp_path):
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    assert fault(profiles.find, str(tmp_path / "zero.toml"))
    with pytest.raises(OSError, match="evice"):
        regular.read(Path("/dev/zero"))


@pytest.mark.parametrize(
    "text", ["a." * 30000 + "a = 'x'\n", "[" + "a." * 30000 + "a]\n", "b = {" + "a." * 3000 + "a = 1}\n"]
)
def test_a_key_of_thousands_of_parts_is_told(text, tmp_path):
    folder = note(tmp_path / "own")
    (folder / "phrases.toml").write_text(text, "utf-8")
    assert "嵌套太深" in fault(genre.find, str(folder)).say()
