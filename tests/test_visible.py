"""What a terminal would obey is shown, wherever it comes from; JSON stays JSON of the same meaning."""

import json
import re

import pytest

from reportkit import InputError, Report, visible

OBEYED = ["\x1b[31m", "\x07", "\x9b31m", "\x00", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ud800"]
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("sign", OBEYED)
def test_what_a_terminal_obeys_is_shown_by_its_number(sign):
    shown = visible.line(f"甲{sign}乙")
    assert not RAW.search(shown)
    assert re.search(r"甲\\[xu][0-9a-f]", shown)


@pytest.mark.parametrize("text", ["甲乙", "a\tb", "𬱖", "e\u0301", "/tmp/\udcff"])
def test_everything_else_stays_as_it_is(text):
    assert visible.line(text) == text


@pytest.mark.parametrize("sign", OBEYED)
def test_json_stays_json_and_shows_the_same(sign):
    value = {"a": [f"甲{sign}", 1]}
    said = visible.json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(said) == value
    assert not RAW.search(said)


def test_keys_of_the_data_file_names_and_options_reach_no_terminal(run, tmp_path):
    data = tmp_path / "a\x1b[31m.json"
    data.write_text('{"\\u001b]0;x\\u0007": 1, "标题\\u202e": 2}', "utf-8")
    for words in (
        ["build", data, "-o", tmp_path],
        ["build", data, "-o", tmp_path, "--json"],
        ["show", "facts", data],
        ["build", data, "--template", "a\x1bb"],
        ["build", data, "--profile", "a\x1bb\nc"],
        ["build", data, "-o", tmp_path / "\x1bo.odt"],
        ["typeset", data],
        ["skeleton", "\x1b[2J"],
        ["\x1b[2J"],
    ):
        code, out, err = run(*words)
        assert code in (1, 2)
        assert not RAW.search(out + err)
        assert "\\x1b" in out + err or "\\u001b" in out + err
        if "--json" in words:
            assert "\x1b[31m" in json.loads(out)["faults"][0]["file"]


def test_rows_and_files_reach_no_terminal(run, monkeypatch, tmp_path):
    data = tmp_path / "data.json"
    data.write_text('{"标题": "某县", "数": "7\\u202e个"}', "utf-8")
    template = tmp_path / "own"
    template.mkdir()
    (template / "schema.yaml").write_text(
        '_: "say\\e[31m：\\e[31m"\n标题: text title：标题\n数: text number：数\n', "utf-8"
    )
    (template / "words.jinja").write_text("# {{ 标题 }}\n{{ 数 }}\n", "utf-8")
    for stage in ("facts", "words", "document", "pages"):
        _, out, err = run("show", stage, data, "--template", template)
        assert not RAW.search(out + err)
    monkeypatch.setenv("REPORTKIT_TEMPLATES", str(tmp_path))
    _, out, err = run("templates")
    assert not RAW.search(out + err)
    _, out, err = run("build", data, "--template", template, "-o", tmp_path / "\x1bo", "--to", "txt")
    assert not RAW.search(out + err)


def test_the_message_of_an_error_is_shown_too():
    report = Report.of({"标题\x1b[31m": "甲"})
    with pytest.raises(InputError) as error:
        report.render("txt")
    assert not RAW.search(str(error.value))
