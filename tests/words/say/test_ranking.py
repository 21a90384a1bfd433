"""Rankings with ties: equals go together, at the head and at the tail, whatever number of them was asked for."""

from decimal import Decimal

import pytest

from reportkit.facts.fact import Fact, Origin, Record, Rows
from reportkit.words.say.ranking import leading, ordered, trailing


def row(name, *values):
    """Return a group named `name` with a list of figures; a lack where there is none."""
    figures = Rows(Fact(Decimal(value), value, Origin("", 0, "数")) for value in values)
    name_ = Fact(name, name, Origin("", 0, "名称"))
    return Record({"名称": name_, **({"数": figures} if values else {})}, "各地")


def names(rows):
    return "".join(one.fields["名称"].shown for one in rows)


def rows(values):
    return [row(name, value) for name, value in zip("甲乙丙丁戊", values, strict=False)]


@pytest.mark.parametrize(
    ("values", "down", "up"),
    [("1324", "丁乙丙甲", "甲丙乙丁"), ("2121", "甲丙乙丁", "乙丁甲丙"), ("333", "甲乙丙", "甲乙丙"), ("", "", "")],
)
def test_rows_go_by_their_figure_and_equals_as_the_data_has_them(values, down, up):
    assert names(ordered(rows(values), "数")) == down
    assert names(ordered(rows(values), "数", 升=True)) == up


def test_figures_go_by_value_and_not_by_how_they_were_typed():
    assert names(ordered([row("甲", "9"), row("乙", "10"), row("丙", "9.50"), row("丁", "-1")], "数")) == "乙丙甲丁"


def test_a_row_without_a_figure_comes_last():
    assert names(ordered([row("甲"), row("乙", "1"), row("丙", "2")], "数")) == "丙乙甲"
    assert names(ordered([row("甲"), row("乙", "1"), row("丙", "2")], "数", 升=True)) == "乙丙甲"


@pytest.mark.parametrize(
    ("values", "count", "first", "last"),
    [
        ("5432", 2, "甲乙", "丙丁"),
        ("5442", 2, "甲乙丙", "乙丙丁"),
        ("5552", 1, "甲乙丙", "丁"),
        ("5222", 1, "甲", "乙丙丁"),
        ("5555", 1, "甲乙丙丁", "甲乙丙丁"),
        ("54", 9, "甲乙", "甲乙"),
        ("54", 0, "甲", ""),
        ("5", 1, "甲", "甲"),
    ],
)
def test_equals_are_all_in_or_all_out(values, count, first, last):
    assert names(leading(rows(values), "数", count)) == first
    assert names(trailing(rows(values), "数", count)) == last
