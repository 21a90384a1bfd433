"""A foreign template is rendered in a process of its own: what counting would not stop ends there, in one line."""

import os
import subprocess
import sys

import pytest

from reportkit import InputError, Report
from reportkit.words import apart, genre

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is parted by fork")

SCHEMA = "_: note：短文\n标题: text title：标题\n"
# the command line without the counting
UNCOUNTED = (
    "from reportkit.words import budget as b; b.WORK = b.MOST_WORK = 10 ** 18; from reportkit.cli import main; main()"
)


@pytest.fixture
def note(tmp_path):
    """Make a template folder `note` of the words given, and data beside it that names it; return the data's path."""

    def made(words, folder="note"):
        place = tmp_path / folder
        place.mkdir(parents=True)
        (place / "schema.yaml").write_text(SCHEMA, "utf-8")
        (place / "words.jinja").write_text(f"# {{{{ 标题 }}}}\n{words}\n", "utf-8")
        data = tmp_path / "data.yaml"
        data.write_text("模板: note\n标题: 题目\n", "utf-8")
        return data

    return made


def here():
    return os.getpid()


def test_what_is_made_apart_is_made_in_another_process():
    assert apart.apart(lambda: str(here()), "t") != str(here())
    assert apart.apart(lambda: "文\ud800\ufdd0字\n" * 90000, "t") == "文\ud800\ufdd0字\n" * 90000


def test_words_made_apart_are_those_made_here(note):
    data = note("{{ 标题 }}，{{ 标题|引号 }}")
    assert Report.open(data, apart=True).words == Report.open(data).words
    assert Report.open(data, apart=True).render("pdf") == Report.open(data).render("pdf")


def test_a_fault_met_with_apart_is_told_as_one_met_with_here(note):
    data = note("{{ 标题.目标 }}{{ 没有 }}")
    told = []
    for alone in (False, True):
        with pytest.raises(InputError) as error:
            _ = Report.open(data, apart=alone).words
        told.append([vars(fault) for fault in error.value.faults])
    assert told[0] == told[1]


def test_a_fault_of_our_own_is_told_as_one():
    def fails():
        raise KeyError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        apart.apart(fails, "t")


@pytest.mark.parametrize("ends", [lambda: os._exit(3), lambda: os.kill(os.getpid(), 9), lambda: "甲" * 10**10])
def test_a_process_that_ends_without_an_answer_is_one_line(ends):
    with pytest.raises(InputError) as error:
        apart.apart(ends, "words.jinja")
    (fault,) = error.value.faults
    assert (fault.file, "停下" in fault.say(), bool(fault.hint)) == ("words.jinja", True, True)


def test_a_process_that_does_not_end_is_stopped(monkeypatch):
    def spins():
        while True:
            pass

    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(InputError, match="停下"):
        apart.apart(spins, "t")


def test_a_process_that_does_nothing_is_stopped(monkeypatch):
    def waits():
        os.read(os.pipe()[0], 1)

    monkeypatch.setattr(apart, "PATIENCE_S", 0.2)
    with pytest.raises(InputError, match="停下"):
        apart.apart(waits, "t")


def test_no_process_is_left_behind():
    apart.apart(lambda: "甲", "t")
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_template_is_foreign_unless_it_is_shipped_or_in_the_users_own_folder(note, tmp_path):
    note("甲")
    (tmp_path / "note/schema.yaml").write_text("基于: briefing\n", "utf-8")
    assert genre.find(str(tmp_path / "note")).is_foreign
    assert not genre.find("note", own=tmp_path, typed=False).is_foreign
    assert not genre.find("briefing").is_foreign


@pytest.mark.parametrize("edition", ["final", "draft", "redacted"])
def test_the_command_line_survives_what_counting_does_not_stop(edition, note, tmp_path):
    words = (
        "{% set ns = namespace(l=[]) %}{% for i in range(900000) %}{% set ns.l = [ns.l, '甲' * 90000] %}{% endfor %}"
    )
    done = subprocess.run(
        [sys.executable, "-c", UNCOUNTED, "build", str(note(words)), "--edition", edition, "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "words.jinja" in done.stderr
    assert "内存或时间太多" in done.stderr
    assert not (tmp_path / "out").exists()
