"""Tables on the page: columns fill the measure, cells lose nothing, rows keep to the 22 lines, headers come again."""

from dataclasses import replace
from itertools import pairwise

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit import InputError
from reportkit.document.parse import parse
from reportkit.pages import flow, profiles, table, tabulate

PAGE = profiles.find("gbt9704")
BOUNDED = settings(derandomize=True, max_examples=60, deadline=None, database=None)
CELL = st.text(st.sampled_from("国经信局产业推进12345.%，、。“”（）AGDP"), max_size=60)
ROWS = st.integers(1, 7).flatmap(
    lambda columns: st.lists(st.lists(CELL, min_size=columns, max_size=columns), min_size=1, max_size=12)
)
RANKING = [f"| {number} | 泊宁县 | {number}.5 |" for number in range(1, 61)]


def laid(*lines):
    document, pages = samples.typeset("\n".join(lines))
    return document, pages, next(iter(pages.grids.values()))


def words(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 9000)), min_size=1, max_size=12), st.integers(0, 9000))
@BOUNDED
def test_columns_fill_the_room_and_none_is_narrower_than_its_least(columns, over):
    leasts, wants = zip(*columns, strict=True)
    room = sum(leasts) + over
    widths = table.shared(leasts, wants, room)
    assert sum(widths) == room
    for width, least, want in zip(widths, leasts, wants, strict=True):
        assert abs(width - least - over * want / sum(wants)) < 1


@given(ROWS)
@BOUNDED
def test_every_cell_is_on_its_lines_whole_and_within_its_column(rows):
    document = parse(words(rows))
    pages = flow.lay(document, PAGE)
    cells = [cell.text for block in document.blocks for cell in block.cells]
    assert ["".join(line.text for line in one.lines) for one in pages.paragraphs] == cells
    grid = pages.grids[0]
    columns = list(pairwise(grid.edges_tw))
    for number, one in enumerate(pages.paragraphs):
        left, right = columns[number % len(columns)]
        for line in one.lines:
            # a mark at the end may hang: its right half is blank
            assert line.x_tw >= PAGE.left_tw + left
            assert line.x_tw + line.width_tw <= PAGE.left_tw + right + 1


@given(ROWS)
@BOUNDED
def test_every_row_is_whole_body_lines_and_holds_its_cells(rows):
    pages = flow.lay(parse(words(rows)), PAGE)
    for row in pages.grids[0].rows:
        assert row.height_tw % PAGE.line_tw == 0
        for cell in row.cells:
            assert len(cell.lines) * PAGE.styles[cell.style].line_tw <= row.stated_tw <= row.height_tw


def test_text_below_a_table_stands_on_the_lines_of_the_page():
    _, pages, _ = laid("| 名次 | 县 | 产值 |", *RANKING[:5], "", "国" * 60)
    for line in pages.paragraphs[-1].lines:
        assert (line.baseline_tw - PAGE.line_tw * 4 // 5 - PAGE.top_tw) % PAGE.line_tw in (0, 1)


def test_the_header_stands_on_every_page_and_no_row_on_two():
    _, pages, grid = laid("| 名次 | 县 | 产值 |", *RANKING)
    assert len(pages.pages) == 3
    for page in pages.pages:
        assert [line.text for line in page.lines[:3]] == ["名次", "县", "产值"]
        assert len({line.baseline_tw for line in page.lines}) <= PAGE.rows
    whole = [line.text for page in pages.pages for line in page.lines[3:]]
    assert whole == [text for number in range(1, 61) for text in (str(number), "泊宁县", f"{number}.5")]
    assert len(grid.rows) == 61


@pytest.mark.parametrize("above", range(17, 22))
def test_a_caption_a_header_and_a_row_never_part(above):
    _, pages, _ = laid(*["国" * 20] * above, "@表题 表一", "@表单位 单位：亿元", "| 名次 | 县 | 产值 |", *RANKING[:3])
    for page in pages.pages:
        held = [line.text for line in page.lines]
        if "表一" in held or "单位：亿元" in held or "1" in held:
            assert {"表一", "单位：亿元", "名次", "1"} <= set(held)


def looks(*rows):
    """The styles of a table's header and first row, and how many lines each cell of them takes."""
    _, _, grid = laid(words(rows))
    return [({cell.style for cell in row.cells}, [len(cell.lines) for cell in row.cells]) for row in grid.rows[:2]]


def test_a_wide_table_takes_two_lines_of_header_then_smaller_type_then_breaks_its_cells():
    easy = looks(("名次", "增速"), ("1", "7.8%"))
    assert easy == [({"table-head"}, [1, 1]), ({"table-cell"}, [1, 1])]
    headers = ("县（市、区）", "规上工业增加值增速（%）", "固定资产投资增速（%）", "位次变化")
    assert looks(headers, ("泊宁县", "7.8", "-3.5", "上升1位")) == [
        ({"table-head"}, [1, 2, 2, 1]),
        ({"table-cell"}, [1, 1, 1, 1]),
    ]
    assert looks("甲乙丙丁", ["国" * 8] * 4) == [
        ({"table-head-small"}, [1, 1, 1, 1]),
        ({"table-cell-small"}, [1, 1, 1, 1]),
    ]
    (_, _), (styles, lines) = looks("甲乙", ("国" * 4, "国" * 80))
    assert styles == {"table-cell-small", "table-text-small"}
    assert lines[0] == 1 < lines[1]


def test_a_header_in_two_lines_has_lines_of_even_length():
    _, _, grid = laid("| 县 | 社会消费品零售总额同比增长 |", "|" + "国" * 20 + "| 7.8 |")
    widths = [line.width for line in grid.rows[0].cells[1].lines]
    assert len(widths) == 2
    assert abs(widths[0] - widths[1]) <= 2000


def test_a_short_column_keeps_its_width_beside_a_long_one():
    _, _, grid = laid("| 序号 | 事项 | 时限 |", f"| 1 | {'国' * 200} | 2023年12月底 |")
    assert [len(cell.lines) for cell in grid.rows[1].cells][::2] == [1, 1]
    assert len(grid.rows[1].cells[1].lines) > 5


def test_rules_frame_every_cell_and_three_rules_only_the_table():
    _, pages, grid = laid("| 名次 | 县 | 产值 |", *RANKING[:4])
    across = [rule for rule in pages.pages[0].rules if rule.width_tw]
    down = [rule for rule in pages.pages[0].rules if rule.height_tw]
    assert (len(across), len(down)) == (6, 4)
    assert {rule.thick_tw for rule in (*across, *down)} == {10}
    assert {rule.width_tw for rule in across} == {PAGE.measure_tw}
    assert {rule.height_tw for rule in down} == {5 * PAGE.line_tw}
    three = replace(PAGE.table, rules="three", edge_tw=30)
    told = list(tabulate.rules(0, grid.rows, grid.edges_tw, (0, 0), True, three))
    assert [(rule.y_tw, rule.thick_tw) for rule in told] == [(0, 30), (579, 10), (5 * 579, 30)]
    parted = list(tabulate.rules(0, grid.rows, grid.edges_tw, (0, 0), False, three))
    assert [(rule.y_tw, rule.thick_tw) for rule in parted] == [(0, 30), (579, 10)]


def test_two_tables_that_would_touch_are_a_line_apart():
    _, pages, _ = laid("| 甲 |", "| 1 |", "", "| 乙 |", "| 2 |")
    tops = [one.lines[0].baseline_tw for one in pages.paragraphs]
    assert [below - above for above, below in pairwise(tops)] == [579, 2 * 579, 579]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("| " + " | ".join(["国"] * 40) + " |", "表格有 40 栏，版心放不下：国（最多 31 栏"),
        (f"| 甲 | 乙 |\n| 1 | {'国' * 2000} |", "表格这一格太长，一页放不下：国国"),
        (f"| 甲 | {'国' * 2000} |", "表格这一格太长，一页放不下：国国"),
    ],
)
def test_a_table_that_no_page_holds_is_refused(words, told):
    with pytest.raises(InputError, match=told):
        flow.lay(parse(words), PAGE)


def test_attachments_align_with_the_first_character_of_their_names():
    name = "关于进一步推进工业企业技术改造和设备更新、促进产业转型升级的若干措施"
    _, pages = samples.typeset(f"正文\n@附件 一览表\n@附件 {name}\n\n@落款 市经信局")
    body, first, second, _ = pages.paragraphs
    assert (first.blanks, second.blanks) == (1, 0)
    assert first.lines[0].baseline_tw - body.lines[-1].baseline_tw == 2 * PAGE.line_tw
    assert first.lines[0].x_tw - PAGE.left_tw == 640
    assert second.lines[0].x_tw - PAGE.left_tw == 640 + 3 * 320
    digit_and_dot = 320 * 3 // 4
    assert second.lines[1].x_tw - PAGE.left_tw == 640 + 3 * 320 + digit_and_dot
    _, pages = samples.typeset(f"正文\n@附件 {name}")
    assert [line.x_tw - PAGE.left_tw for line in pages.paragraphs[1].lines] == [640, 640 + 3 * 320]


def test_a_number_in_a_wide_table_is_never_split():
    head = "| 序号 | 单位名称 |" + "".join(f" 第{number}项指标（亿元） |" for number in range(1, 9))
    row = "| 1 | 临港新区管理委员会 |" + " 74177.96 |" * 8
    (one,) = samples.typeset("\n".join([head, row]))[1].grids.values()
    assert [len(cell.lines) for cell in one.rows[1].cells[2:]] == [1] * 8


def test_numbers_that_no_type_makes_fit_are_refused():
    head, row = "|" + " 指标 |" * 14, "|" + " 123456789.01 |" * 14
    with pytest.raises(InputError, match="一个数又不能拆成两行"):
        samples.typeset("\n".join([head, row]))
