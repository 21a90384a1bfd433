"""The command line: what it writes where, what it prints for machines, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_bad_input import EXAMPLE, ROOT, TEXT

from reportkit import __version__, cli, completion
from reportkit.arguments import SHELLS, parser

OTHER = ROOT / "examples/jiaotong/data.yaml"
RESULT = {"files", "pages", "figures", "warnings", "faults", "taken", "hits", "rows", "seconds"}


def test_python_m_is_the_command():
    made = subprocess.run([sys.executable, "-m", "reportkit", "--version"], capture_output=True, timeout=60, check=True)
    assert made.stdout.decode().strip() == __version__


@pytest.mark.parametrize(
    "words",
    [
        ["schema", "briefing"],
        ["templates"],
        ["fonts"],
        ["completion", "bash"],
        ["--help"],
        ["build", "--help"],
        ["show", "facts", EXAMPLE],
        ["show", "pages", EXAMPLE, "--json"],
        ["build", EXAMPLE, "--json"],
        ["build", "none.yaml", "--json"],
    ],
)
@pytest.mark.parametrize("both", [False, True])
def test_a_reader_that_leaves_ends_it_quietly_as_shells_expect(words, both, tmp_path):
    out, in_ = os.pipe()
    os.close(out)
    stderr = in_ if both else subprocess.PIPE
    made = subprocess.Popen(
        [sys.executable, "-m", "reportkit", *map(str, words)], cwd=tmp_path, stdout=in_, stderr=stderr
    )
    os.close(in_)
    told = made.communicate(timeout=60)[1]
    assert b"Traceback" not in (told or b"")
    assert b"BrokenPipe" not in (told or b"")
    assert made.returncode == 141
    # a reader that leaves loses no file
    assert len(list(tmp_path.glob("*.pdf"))) == (words[0] == "build" and EXAMPLE in words)


def test_what_is_stopped_at_the_keyboard_ends_without_a_traceback(run, monkeypatch):
    def stopped(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", stopped)
    assert run("templates") == (130, "", "已中断：没有写到一半的文件\n")


def test_the_language_is_heard_before_the_verb_and_after_it(run):
    for words in (
        ["--lang", "en", "build", "none.yaml"],
        ["build", "--lang", "en", "none.yaml"],
        ["build", "none.yaml", "--lang=en"],
    ):
        code, _, err = run(*words)
        assert (code, err.startswith("error: ")) == (1, True)
    assert run("build", "none.yaml")[2].startswith("错误：")


def test_one_json_object_tells_what_was_built(run, tmp_path):
    code, out, _ = run("build", EXAMPLE, "-o", tmp_path, "--json")
    told = json.loads(out)
    assert (code, set(told)) == (0, RESULT)
    assert [Path(file).suffix for file in told["files"]] == [".docx", ".pdf"]
    assert told["figures"][0].keys() == {"shown", "value", "unit", "origin", "page", "secret"}
    assert (told["faults"], told["warnings"]) == ([], [])


@pytest.mark.parametrize(
    "words",
    [["build"], ["build", "--strict", "--to", "txt"], ["show", "facts"], ["typeset"]],
    ids=lambda words: words[0],
)
def test_faults_are_told_as_the_same_object(words, run, tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(TEXT.replace("形式: 口头汇报", "形式: 口头"), "utf-8")
    code, out, err = run(*words, path, "--json", *([] if words[0] == "show" else ["-o", tmp_path / "out"]))
    told = json.loads(out)
    assert (code, set(told), told["files"]) == (1, RESULT, [])
    (fault,) = told["faults"]
    assert set(fault) == {"file", "line", "column", "path", "message", "hint", "via"}
    assert fault["file"] == str(path)
    if words[0] != "typeset":
        assert (fault["path"], "口头" in fault["message"]) == ("结尾.形式", True)
        assert "口头汇报" in fault["hint"]
    assert err.startswith("错误：")
    assert not (tmp_path / "out").exists()


def test_a_stage_is_shown_as_rows_of_the_same_object(run):
    code, out, _ = run("show", "document", EXAMPLE, "--json")
    told = json.loads(out)
    assert (code, set(told), told["rows"][0]["role"]) == (0, RESULT, "title")


def test_warnings_are_told_with_their_place(run, tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text(TEXT.replace(", 数值: !secret 近70%", ""), "utf-8")
    _, out, _ = run("build", path, "--edition", "draft", "-o", tmp_path, "--to", "txt", "--json", "--lang", "en")
    (warning,) = json.loads(out)["warnings"]
    assert (warning["file"], warning["path"]) == (str(path), "全局.认识[0].市情.指标[0].数值")
    assert warning["message"].startswith("to come: ")


def test_several_data_files_are_built_in_one_go(run, tmp_path):
    code, out, _ = run("build", EXAMPLE, OTHER, "-o", tmp_path, "--json")
    told = json.loads(out)
    assert (code, len(told["files"]), told["pages"]) == (0, 4, 8)
    assert sorted(told["files"]) == sorted(map(str, tmp_path.glob("*.[dp]*")))


def test_if_one_of_several_is_wrong_the_faults_of_all_are_told_and_nothing_is_written(run, tmp_path):
    wrong = []
    for name in ("甲", "乙"):
        wrong.append(tmp_path / f"{name}.yaml")
        wrong[-1].write_text(TEXT.replace("形式: 口头汇报", f"形式: {name}"), "utf-8")
    code, _, err = run("build", wrong[0], EXAMPLE, wrong[1], "-o", tmp_path / "out")
    assert (code, [line.split(":")[0] for line in err.splitlines()]) == (1, [f"错误：{path}" for path in wrong])
    assert not (tmp_path / "out").exists()


def test_two_reports_of_one_name_are_told_before_anything_is_written(run, tmp_path):
    shutil.copy(EXAMPLE, tmp_path / "又一份.yaml")
    code, _, err = run("build", EXAMPLE, tmp_path / "又一份.yaml", "-o", tmp_path / "out", "--to", "txt")
    assert code == 1
    assert f"错误：{tmp_path / '又一份.yaml'}：" in err
    assert "重名" in err
    assert str(EXAMPLE) in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", [[], ["--to", "pdf"]])
def test_a_file_is_written_in_the_format_its_ending_names(words, run, tmp_path):
    place = tmp_path / "out/汇报.PDF"
    assert run("build", EXAMPLE, "-o", place, *words)[:2] == (0, f"{place}\n")
    assert place.read_bytes().startswith(b"%PDF")
    assert [path.name for path in place.parent.iterdir()] == ["汇报.PDF"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "a.pdf", "--to", "docx"], "只写一种格式"),
        (["-o", "a.pdf", "--to", "pdf", "--to", "docx"], "只写一种格式"),
        (["-o", "a.pdf", OTHER], "只放得下一份"),
        (["-o", "a.doc"], "不会写 .doc"),
        (["-o", "a.odt", "--lang", "en"], ".odt cannot be written"),
    ],
)
def test_a_file_that_cannot_hold_what_is_asked_is_wrong_usage(words, told, run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    code, _, err = run("build", *([OTHER, EXAMPLE] if OTHER in words else [EXAMPLE]), *[w for w in words if w != OTHER])
    assert (code, told in err) == (2, True)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", ["2023.9", "v1.docx/", "稿.第1版", "there.pdf"])
def test_a_folder_may_be_called_anything(place, run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.pdf").mkdir()
    assert run("build", EXAMPLE, "-o", place, "--to", "txt")[0] == 0
    assert len(list((tmp_path / place).glob("*.txt"))) == 1


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["-o", "夹"], "夹/circular.xlsx"),
        (["-o", "夹", "--to", "yaml"], "夹/circular.yaml"),
        (["-o", "2023.9"], "2023.9/circular.xlsx"),
        (["-o", "稿.yaml"], "稿.yaml"),
        (["-o", "稿.XLSX", "--to", "xlsx"], "稿.XLSX"),
        (["-o", "稿.docx/"], "稿.docx/circular.xlsx"),
    ],
)
def test_a_skeleton_is_written_in_the_format_its_ending_names(words, written, run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run("skeleton", "circular", *words)[:2] == (0, f"{written}\n")
    assert Path(written).read_bytes().startswith(b"PK" if written.lower().endswith("xlsx") else "模板".encode())


@pytest.mark.parametrize("words", [["-o", "稿.docx"], ["-o", "稿.xlsx", "--to", "yaml"]])
def test_a_skeleton_that_its_file_cannot_hold_is_told(words, run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    code, _, err = run("skeleton", "circular", *words)
    assert (code, err.count("\n"), "不会写成" in err) == (1, 1, True)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("option", "told"), [("--template", "模板"), ("--profile", "版式")])
def test_what_the_command_line_names_is_not_told_as_a_fault_of_the_data(option, told, run, tmp_path):
    code, _, err = run("build", EXAMPLE, option, "没有的", "-o", tmp_path)
    assert code == 1
    assert err.startswith(f"错误：没有“没有的”这个{told}")


def test_every_verb_of_the_parser_is_a_verb_of_the_command(run):
    from argparse import _SubParsersAction

    (verbs,) = (action for action in parser(str)._actions if isinstance(action, _SubParsersAction))
    assert set(verbs.choices) == set(cli.VERBS)
    for verb in verbs.choices:
        code, out, _ = run(verb, "--help")
        assert (code, "--lang" in out) == (0, True)


def completed(script, line):
    """Return what bash offers for the last word of a line."""
    words = line.split(" ")
    array = " ".join(word or "''" for word in words)
    ask = f"{script}\nCOMP_WORDS=({array}); COMP_CWORD={len(words) - 1}\n"
    ask += '_reportkit; printf "%s\\n" "${COMPREPLY[@]}"'
    return subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True, timeout=30).stdout.split()


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("reportkit bu", ["build"]),
        ("reportkit s", ["show", "schema", "skeleton"]),
        ("reportkit --l", ["--lang"]),
        ("reportkit build --edition ", ["final", "draft", "redacted"]),
        ("reportkit build a.yaml --to p", ["pdf"]),
        ("reportkit --lang en build --fo", ["--force"]),
        ("reportkit show ", ["facts", "natures", "words", "document", "pages"]),
        ("reportkit completion f", ["fish"]),
        ("reportkit build a", []),
        ("reportkit build --profile ", []),
    ],
)
def test_bash_completes_what_the_parser_takes(line, offered, run):
    code, script, _ = run("completion", "bash")
    assert code == 0
    assert completed(script, line) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_of_completion_names_every_verb_and_option_and_is_taken_by_its_shell(shell, run, tmp_path):
    code, script, _ = run("completion", shell)
    assert code == 0
    assert set(SHELLS) == set(completion.SHELLS)
    for word in (*cli.VERBS, "edition", "redacted", "force", "lang"):
        assert word in script
    if program := shutil.which(shell):
        (tmp_path / "script").write_text(script, "utf-8")
        subprocess.run([program, "-n", str(tmp_path / "script")], check=True, timeout=30)
    assert run("completion", "tcsh")[0] == 2


@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&- <&-"])
def test_a_closed_stream_is_no_reason_not_to_write_the_files(closed, tmp_path):
    line = f'"{sys.executable}" -m reportkit build "{EXAMPLE}" --to txt -o "{tmp_path}" {closed}'
    assert subprocess.run(["sh", "-c", line], cwd=ROOT).returncode == 0
    assert len(list(tmp_path.glob("*.txt"))) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_cannot_be_written_is_told_in_our_words():
    line = f'"{sys.executable}" -m reportkit fonts > /dev/full'
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "错误：输出写不了：磁盘满了\n")
