"""The message catalogue: every entry of the code has an English form with the same fields."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

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
