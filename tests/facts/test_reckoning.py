"""What the readable figures give back of the secret ones, and that nothing is given back once it is guarded."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.data import yaml
from reportkit.facts import check
from reportkit.facts.fact import every_fact
from reportkit.facts.reckoning import guarded
from reportkit.facts.relations import relations
from reportkit.facts.shape import shape_of

SCHEMA = """
总数: figure? total = 明细.数：一共
合计: figure? in_all：合计
指标:
  - _: items?：指标
    名: text? name：名称
    数: figure count：数
明细:
  - _: rows?：明细
    名: text? name：名称
    数: figure? count：数
    列: figures? columns：几列
"""


def checked(text: str):
    """Return the record of a YAML text in the shape of SCHEMA, and the shape."""
    shape = shape_of(yaml.read(SCHEMA, "schema.yaml"))
    record, faults = check.check(yaml.read(text, "data.yaml"), shape)
    assert not faults, [fault.text(str) for fault in faults]
    return record, shape


def secret_paths(record):
    return {fact.origin.path for fact in every_fact(record) if fact.secret}


def hidden_for(text: str) -> dict[str, str]:
    """Return what is hidden in addition, and for which secret figure."""
    _, betrayals = guarded(*checked(text))
    return {one.also.origin.path: one.secret.origin.path for one in betrayals}


def test_a_total_gives_back_the_one_row_that_is_secret():
    text = "总数: 100次\n明细: [{名: 甲, 数: !secret 37次}, {名: 乙, 数: 63次}]"
    assert hidden_for(text) == {"总数": "明细[0].数"}


def test_shares_give_back_a_secret_part_though_nobody_says_the_whole():
    rows = ["{数: !secret {值: 40亿元, 占比: 40%}}", "{数: {值: 40亿元, 占比: 40%}}", "{数: {值: 20亿元, 占比: 20%}}"]
    assert set(hidden_for(f"明细: [{', '.join(rows)}]")) == {"明细[1].数.占比", "明细[2].数.占比"}


def test_parts_give_back_a_secret_share_though_nobody_says_the_whole():
    rows = ["{数: {值: 40亿元, 占比: !secret 40%}}", "{数: 37亿元}", "{数: 23亿元}"]
    assert list(hidden_for(f"明细: [{', '.join(rows)}]").values()) == ["明细[0].数.占比"]


def test_shares_of_something_else_than_their_sum_give_nothing_back():
    rows = ["{数: !secret {值: 40亿元, 占比: 40%}}", "{数: {值: 20亿元, 占比: 20%}}", "{数: {值: 10亿元, 占比: 10%}}"]
    assert hidden_for(f"明细: [{', '.join(rows)}]") == {}


def test_the_growth_of_a_total_gives_back_that_of_the_one_row_that_is_secret():
    rows = ["{数: {值: 132次, 同比: !secret 10%}}", "{数: {值: 210次, 同比: 5%}}"]
    assert hidden_for(f"总数: {{值: 342次, 同比: 6.9%}}\n明细: [{', '.join(rows)}]") == {"总数.同比": "明细[0].数.同比"}
    assert hidden_for(f"总数: {{值: 342次, 同比: 8.8%}}\n明细: [{', '.join(rows)}]") == {}


def test_two_secret_rows_leave_the_total_readable():
    assert hidden_for("总数: 100次\n明细: [{数: !secret 37次}, {数: !secret 23次}, {数: 40次}]") == {}


def test_a_secret_total_hides_one_of_its_rows_too():
    assert hidden_for("总数: !secret 100次\n明细: [{数: 37次}, {数: 63次}]") == {"明细[0].数": "总数"}


def test_a_figure_elsewhere_that_a_column_adds_up_to_is_found():
    text = """
    指标: [{名: 投资, 数: 412.6亿元}]
    明细: [{列: [98.2亿元, 14个]}, {列: [121.5亿元, 22个]}, {列: [!secret 192.9亿元, 11个]}]
    """
    assert hidden_for(text) == {"指标[0].数": "明细[2].列[0]"}


def test_a_column_in_another_unit_is_the_same_sum():
    text = "指标: [{名: 投资, 数: 1.5亿元}]\n明细: [{数: 4000万元}, {数: 5000万元}, {数: !secret 6000万元}]"
    assert hidden_for(text) == {"指标[0].数": "明细[2].数"}


def test_a_rounded_total_gives_back_as_much_as_rounding_leaves():
    text = "指标: [{名: 投资, 数: 41.3亿元}]\n明细: [{数: 9.82亿元}, {数: 12.15亿元}, {数: !secret 19.29亿元}]"
    assert hidden_for(text) == {"指标[0].数": "明细[2].数"}


def test_a_total_that_stands_in_its_own_column_is_found():
    text = "明细: [{名: 全市, 数: 103个}, {数: 51个}, {数: 40个}, {数: !secret 12个}]"
    assert hidden_for(text) == {"明细[0].数": "明细[3].数"}


def test_a_small_number_that_happens_to_be_a_sum_is_left_alone():
    assert hidden_for("指标: [{名: 会议, 数: 7次}]\n明细: [{数: 4次}, {数: !secret 3次}]") == {}


def test_growth_gives_back_a_secret_base():
    text = "指标: [{数: {值: 115亿元, 上年同期: {值: 100亿元, 密: true}, 同比: 15%}}]"
    assert hidden_for(text) == {"指标[0].数.同比": "指标[0].数.上年同期"}


def test_completion_gives_back_a_secret_target():
    text = "指标: [{数: {值: 50亿元, 目标: !secret 80亿元, 完成率: 62.5%}}]"
    assert hidden_for(text) == {"指标[0].数.完成率": "指标[0].数.目标"}


def test_points_of_growth_give_back_a_secret_rate():
    text = "指标: [{数: {值: 69.3%, 上年同期: !secret 67.0%, 同比: 2.3个百分点}}]"
    assert hidden_for(text) == {"指标[0].数.同比": "指标[0].数.上年同期"}


def test_growth_at_comparable_prices_gives_back_about_the_base():
    text = "指标: [{数: {值: 115亿元, 上年同期: !secret 100亿元, 同比: 12%, 口径: 可比价}}]"
    assert hidden_for(text) == {"指标[0].数.同比": "指标[0].数.上年同期"}


def test_bases_that_are_said_and_bases_that_growth_tells_are_one_sum():
    text = """
    指标: [{名: 全市, 数: {值: 342亿元, 同比: 6.875%}}]
    明细: [{数: {值: 132亿元, 上年同期: !secret 120亿元}}, {数: {值: 210亿元, 同比: 5%}}]
    """
    record, shape = checked(text)
    assert secret_paths(guarded(record, shape)[0]) & {"指标[0].数.同比", "明细[1].数.同比"}


def test_a_figure_that_is_only_about_so_but_has_every_digit_is_a_sum():
    text = "合计: 近100.4亿元\n明细: [{数: !secret 37.3亿元}, {数: 63.1亿元}]"
    assert hidden_for(text) == {"合计": "明细[0].数"}


def test_shares_of_a_hundred_give_back_the_one_that_is_secret():
    text = "明细: [{数: 42.5%}, {数: !secret 31.2%}, {数: 26.3%}]"
    assert hidden_for(text) == {"明细[2].数": "明细[1].数"}


def test_what_hides_a_figure_hides_what_stands_beside_it():
    text = """
    总数: {值: 100次, 上年同期: 90次}
    明细: [{数: !secret 37次}, {数: 63次}]
    """
    record, _ = guarded(*checked(text))
    assert secret_paths(record) == {"总数", "总数.上年同期", "明细[0].数"}


def test_a_total_that_stands_twice_is_hidden_twice_or_a_row_with_it():
    text = """
    总数: 1007次
    指标: [{名: 会议, 数: {值: 1007次, 上年同期: 806次}}]
    明细: [{数: !secret 371次}, {数: 333次}, {数: 303次}]
    """
    record, shape = checked(text)
    hidden = secret_paths(guarded(record, shape)[0])
    assert hidden & {"明细[1].数", "明细[2].数"} or {"总数", "指标[0].数"} <= hidden


def test_in_a_table_with_totals_both_ways_a_secret_cell_hides_three_more():
    text = """
    明细:
      - {名: 全市, 列: [2148个, 1537个, 3685个]}
      - {名: 甲县, 列: [!secret 317个, 243个, 560个]}
      - {名: 乙县, 列: [906个, 711个, 1617个]}
      - {名: 丙县, 列: [925个, 583个, 1508个]}
    """
    record, shape = checked(text)
    safe, found = guarded(record, shape)
    assert len(secret_paths(safe)) == 4
    rows = [one.unknowns(secret_paths(safe)) for one in relations(safe, shape)]
    assert all(rank([*rows, {path: Fraction(1)}]) > rank(rows) for path in secret_paths(safe))
    assert {one.secret.origin.path for one in found} >= {"明细[1].列[0]"}


def test_a_total_that_is_only_about_so_gives_back_about_as_much():
    assert hidden_for("总数: 约100次\n明细: [{数: !secret 37次}, {数: 63次}]") == {"总数": "明细[0].数"}


def test_a_record_without_secrets_is_given_back_as_it_is():
    record, shape = checked("总数: 100次\n明细: [{数: 37次}, {数: 63次}]")
    assert guarded(record, shape) == (record, ())


def test_what_is_allowed_by_name_may_be_reckoned():
    record, shape = checked("总数: 100次\n明细: [{数: !secret 37次}, {数: 63次}]")
    assert guarded(record, shape, allowed=("明细[0].数",)) == (record, ())


def rank(rows: list[dict[str, Fraction]]) -> int:
    """Return how many of `rows` are independent: plain elimination, another way than the one that is tested."""
    rows = [dict(row) for row in rows if any(row.values())]
    found = 0
    while rows:
        pivot = rows.pop()
        name = next(name for name, factor in pivot.items() if factor)
        found += 1
        rows = [
            {key: row.get(key, Fraction()) - pivot.get(key, Fraction()) * row.get(name, Fraction()) / pivot[name]
             for key in row.keys() | pivot.keys()}
            for row in rows
        ]  # fmt: skip
        rows = [row for row in rows if any(row.values())]
    return found


@st.composite
def tables(draw):
    """Draw a table with a total, its total elsewhere, growth beside some rows; each leaf may be secret."""
    numbers = draw(st.lists(st.integers(10, 9999), min_size=2, max_size=6))

    def leaf(value: int) -> str:
        return f"!secret {value}次" if draw(st.booleans()) else f"{value}次"

    rows = []
    for number in numbers:
        last = draw(st.integers(10, 9999))
        growth = round((number / last - 1) * 100, 1)
        beside = f", 上年同期: {leaf(last)}, 同比: {growth}%" if draw(st.booleans()) and abs(growth) >= 1 else ""
        rows.append(f"{{数: {{值: {leaf(number)}{beside}}}}}")
    total = leaf(sum(numbers))
    elsewhere = f"\n指标: [{{数: {leaf(sum(numbers))}}}]" if draw(st.booleans()) else ""
    return f"总数: {total}\n明细: [{', '.join(rows)}]{elsewhere}"


@settings(max_examples=150, deadline=None)
@given(tables())
def test_nothing_secret_is_determined_once_it_is_guarded(text):
    shape = shape_of(yaml.read(SCHEMA, "schema.yaml"))
    record, faults = check.check(yaml.read(text, "data.yaml"), shape)
    if faults:  # growth that rounding makes untrue
        return
    safe, _ = guarded(record, shape)
    hidden = secret_paths(safe)
    assert secret_paths(record) <= hidden
    rows = [one.unknowns(hidden) for one in relations(safe, shape)]
    readable = {fact.origin.path for fact in every_fact(safe) if fact.is_figure} - hidden
    for path in hidden:
        bound = [one for one in relations(safe, shape) if path in one.unknowns(hidden)]
        if readable & {fact.origin.path for one in bound for fact in one.facts}:
            assert rank([*rows, {path: Fraction(1)}]) > rank(rows), path


def test_a_thousand_rows_are_guarded_in_the_time_of_a_page():
    rows = ", ".join(
        f"{{数: {{值: {1200 + at}次, 上年同期: {'!secret ' if at % 3 == 0 else ''}1000次, 同比: {20 + at / 10}%}}}}"
        for at in range(1000)
    )
    record, shape = checked(f"明细: [{rows}]")
    begun = time.process_time()
    _, found = guarded(record, shape)
    assert len(found) == 334
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("secret", range(5))
def test_whichever_row_is_secret_the_total_goes_with_it(secret):
    rows = ", ".join(f"{{数: {'!secret ' if at == secret else ''}{101 + 3 * at}次}}" for at in range(5))
    assert hidden_for(f"总数: {sum(101 + 3 * at for at in range(5))}次\n明细: [{rows}]") == {
        "总数": f"明细[{secret}].数"
    }
