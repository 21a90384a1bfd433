"""The message catalogue: every entry of the code has an English form with the same fields."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from reportkit import InputError, Report
from reportkit.messages import LOCALE, catalogue

PACKAGE = Path(__file__).resolve().parents[1] / "reportkit"
FIELD = re.compile(r"\{(\w+)[^}]*\}")


def entries():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ("N_", "translate"):
                    yield node.args[0].value


@pytest.mark.parametrize("entry", sorted(set(entries())))
def test_every_message_has_an_english_form_with_the_same_fields(entry):
    english = catalogue("en")(entry)
    assert english != entry
    assert set(FIELD.findall(english)) == set(FIELD.findall(entry))


def test_the_english_catalogue_holds_nothing_the_code_does_not_say():
    with (LOCALE / "en.po").open("rb") as file:
        assert {message.id for message in read_po(file) if message.id} == set(entries())


@pytest.mark.parametrize("word", ["正文", "没有权限", "一段文字"])
def test_a_word_of_the_data_that_reads_as_a_message_is_not_translated(word):
    with pytest.raises(InputError) as error:
        _ = Report.of({word: "甲"}).document
    assert any(f"no key “{word}”" in fault.text(catalogue("en")) for fault in error.value.faults)


def test_a_word_of_a_message_is_translated_though_a_foreign_template_was_rendered_apart(tmp_path):
    (tmp_path / "data.yaml").write_text("标题: 甲\n", "utf-8")
    (tmp_path / "schema.yaml").write_text("_: note：短文\n标题: text title：标题\n", "utf-8")
    (tmp_path / "words.jinja").write_text("# 题\n{{ [标题] }}{{ 正文 }}\n", "utf-8")
    with pytest.raises(InputError) as error:
        _ = Report.open(tmp_path / "data.yaml", template=str(tmp_path), apart=True).document
    assert catalogue("en")("一个列表") in error.value.faults[0].text(catalogue("en"))
