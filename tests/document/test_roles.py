"""The roles: what holds of one stands in one row, and all that reads the rows has what they name."""

from pathlib import Path

import pytest

from reportkit.document import roles
from reportkit.document.draft import Kind
from reportkit.document.roles import MARKS, TRAITS, Role
from reportkit.pages import profiles

MANUAL = (Path(__file__).resolve().parents[2] / "docs/templates.md").read_text("utf-8")
UNPRINTED = {Role.TABLE, Role.AUTHOR}


def test_every_role_has_a_row():
    assert TRAITS.keys() == set(Role)


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_is_in_the_manual(mark):
    assert f"`@{mark}`" in MANUAL


@pytest.mark.parametrize("name", profiles.shipped())
def test_every_role_that_is_printed_has_its_style_in_a_shipped_profile(name):
    styles = profiles.find(name).styles
    assert {key for key, role, _ in roles.styled() if role not in UNPRINTED} <= styles.keys()


def test_every_kind_of_a_draft_becomes_a_role_with_a_style():
    keys = {key for key, _, _ in roles.styled()}
    assert {roles.style_key(kind.role, kind.level) for kind in Kind} <= keys
