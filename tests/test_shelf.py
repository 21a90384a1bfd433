"""What is read from files is kept by path and time of change: an edit or another working folder is seen at once."""

import shutil
from pathlib import Path

import pytest

from reportkit import InputError, Report
from reportkit.pages import profile
from reportkit.shelf import Shelf
from reportkit.words import genre

ROOT = Path(__file__).resolve().parents[1]
DATA = {"标题": "关于检查的通知"}
SCHEMA = "_: note：{say}\n标题: text title：标题\n"
WORDS = "# {{{{ 标题 }}}}\n{text}{{{{ 语.收尾.口头汇报 }}}}\n"


def note(folder, say="短文", text="甲"):
    """Write a template to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "schema.yaml").write_text(SCHEMA.format(say=say), "utf-8")
    (folder / "words.jinja").write_text(WORDS.format(text=text), "utf-8")
    return folder


def own(folder, title):
    """Write a profile to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.toml").write_text(f'title = "{title}"\nextends = "gbt9704"\n', "utf-8")


def said(name):
    return Report.of(DATA, genre=str(name)).render("txt").decode()


def test_a_thing_is_made_once_and_again_when_a_file_it_was_made_of_changes(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("甲", "utf-8")
    shelf, made = Shelf(8), []

    def make(seen):
        made.append([seen(path).path.read_text("utf-8") for path in (one, other) if seen(path).changed_ns])
        return len(made)

    assert [shelf.get("key", make), shelf.get("key", make)] == [1, 1]
    other.write_text("乙", "utf-8")  # which was looked for
    assert [shelf.get("key", make), shelf.get("key", make)] == [2, 2]
    one.write_text("甲甲", "utf-8")
    assert shelf.get("key", make) == 3
    one.unlink()
    assert shelf.get("key", make) == 4
    assert made == [["甲"], ["甲", "乙"], ["甲甲", "乙"], ["乙"]]


def test_a_shelf_keeps_the_last_and_nothing_that_failed(tmp_path):
    file = tmp_path / "file"
    file.write_text("甲", "utf-8")
    shelf, made = Shelf(2), []

    def make(seen):
        made.append(seen(file))
        if len(made) == 1:
            raise ValueError("first")
        return len(made)

    with pytest.raises(ValueError, match="first"):
        shelf.get("one", make)
    assert [shelf.get(key, make) for key in ("one", "two", "three", "three", "two", "one")] == [2, 3, 4, 4, 3, 5]


def test_a_profile_edited_in_place_is_read_anew_and_so_is_what_extends_it(tmp_path):
    own(tmp_path, "甲")
    (tmp_path / "top.toml").write_text('title = "上"\nextends = "mine.toml"\n', "utf-8")
    names = [str(tmp_path / name) for name in ("mine.toml", "top.toml")]
    assert [profile.find(name).left_tw for name in names] == [1587, 1587]
    assert profile.find(names[1]) is profile.find(names[1])
    with (tmp_path / "mine.toml").open("a", encoding="utf-8") as file:
        file.write("[page]\nleft_mm = 30\n")
    assert [profile.find(name).left_tw for name in names] == [1701, 1701]


def test_a_profile_of_the_same_name_in_another_folder_is_another(tmp_path, monkeypatch):
    for title in ("甲", "乙"):
        own(tmp_path / title, title)
        monkeypatch.chdir(tmp_path / title)
        assert profile.find("mine.toml").title == title
    with pytest.raises(InputError, match=r"^没有“other\.toml”这个版式"):
        profile.find("other.toml")


def test_a_template_edited_in_place_is_read_anew(tmp_path):
    folder = note(tmp_path / "note")
    assert (genre.find(str(folder)).say, said(folder)[9:10]) == ("短文", "甲")
    assert genre.find(str(folder)) is genre.find(str(folder))
    note(folder, "另一篇短文", "乙乙")
    assert (genre.find(str(folder)).say, said(folder)[9:11]) == ("另一篇短文", "乙乙")
    (folder / "phrases.toml").write_text('["收尾"]\n"口头汇报" = "完了。"\n', "utf-8")
    assert said(folder).endswith("乙乙完了。\n")
    (folder / "phrases.toml").unlink()
    assert "批评指正" in said(folder)


def test_what_a_template_builds_on_is_read_anew_too(tmp_path):
    note(tmp_path / "base")
    (tmp_path / "top").mkdir()
    (tmp_path / "top/schema.yaml").write_text("基于: base\n", "utf-8")
    assert genre.find(str(tmp_path / "top")).say == "短文"
    note(tmp_path / "base", "另一篇短文", "乙乙")
    assert genre.find(str(tmp_path / "top")).say == "另一篇短文"
    assert "乙乙" in said(tmp_path / "top")


def test_a_template_of_the_same_name_in_another_folder_is_another(tmp_path, monkeypatch):
    for say in ("甲", "乙"):
        note(tmp_path / say / "note", say, say)
        note(tmp_path / say / "own/mine", say, say)
        monkeypatch.chdir(tmp_path / say)
        assert genre.find("note").say == say
        assert genre.find("mine", own=Path("own")).say == say
        assert said("note")[9:10] == say


def test_a_template_moved_away_is_no_more_there(tmp_path):
    folder = note(tmp_path / "note")
    assert genre.find(str(folder)).say == "短文"
    shutil.rmtree(folder)
    with pytest.raises(InputError, match=r"没有“.*note”这个模板"):
        genre.find(str(folder))
