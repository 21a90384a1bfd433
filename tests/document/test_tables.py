"""Tables, attachments, notes and re-salutations in a template's words, and what redaction and tracing make of them."""

import pytest

from reportkit import InputError, Report
from reportkit.document.nodes import Mark, Table
from reportkit.document.parse import parse
from reportkit.document.roles import Role
from reportkit.editions.redact import redact
from reportkit.editions.search import Search
from reportkit.facts.fact import Origin
from reportkit.facts.secret import Secret
from reportkit.writers import txt

SCHEMA = """
_: notice：情况通报
标题: text title：标题
各县:
  - _: counties：各县
    名称: text name：县名
    产值: figure output：产值
"""
WORDS = """# {{ 标题 }}

@表题 各县排名
@表单位 单位：亿元
| 名次 | 县 | 产值 |
{% for 县 in 各县 %}
| {{ loop.index }} | {{ 县.名称 }} | {{ 县.产值 }} |
{% endfor %}
@表注 注：数据由市统计局提供。
"""
NAMES = ("泊宁县", "明川县", "青岚县")


def table(words):
    (found,) = [block for block in parse(words).blocks if isinstance(block, Table)]
    return found


def texts(found):
    return [[cell.text for cell in row] for row in found.rows]


def opened(folder, counties, edition="final"):
    """The report of a genre of its own: a table of `counties`, a line of YAML each."""
    (folder / "notice").mkdir(exist_ok=True)
    (folder / "notice/schema.yaml").write_text(SCHEMA, "utf-8")
    (folder / "notice/words.jinja").write_text(WORDS, "utf-8")
    rows = "".join(f"  - {{{county}}}\n" for county in counties)
    (folder / "data.yaml").write_text(f"模板: notice\n标题: 关于产值的通报\n各县:\n{rows}", "utf-8")
    return Report.open(folder / "data.yaml", edition=edition)


def test_rows_between_other_lines_are_one_table_whose_first_row_is_the_header():
    document = parse("正文\n| 名次 | 县 |\n| 1 | 泊宁县 |\n正文\n\n| a |")
    assert [block.role for block in document.blocks] == [Role.BODY, Role.TABLE, Role.BODY, Role.TABLE]
    found = document.blocks[1]
    assert texts(found) == [["名次", "县"], ["1", "泊宁县"]]
    assert [{cell.role for cell in row} for row in found.rows] == [{Role.HEAD_CELL}, {Role.CELL}]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("| a | b |\n| 1 |  |", [["a", "b"], ["1", ""]]),
        ("| a | b\n| 1 | 2", [["a", "b"], ["1", "2"]]),
        ("|a|b|\n||2|", [["a", "b"], ["", "2"]]),
        (r"| a \| b | c |", [["a | b", "c"]]),
        ("| a | b |\n|---|:---:|\n| 1 | -- |", [["a", "b"], ["1", "--"]]),
        ("\n| a |\n\n", [["a"]]),
    ],
)
def test_bars_part_cells(words, rows):
    assert texts(table(words)) == rows


@pytest.mark.parametrize("value", ["|", "a|b", "| a | b |", r"\|", "\\", "#", "@表题"])
def test_a_bar_in_a_value_is_a_letter(value, tmp_path):
    (found,) = [
        block
        for block in opened(tmp_path, [f"名称: '{value}', 产值: 3亿元"]).document.blocks
        if isinstance(block, Table)
    ]
    assert texts(found)[1] == ["1", value, "3亿元"]


@pytest.mark.parametrize("row", ["| 1 |", "| 1 | 2 | 3 |"])
def test_a_ragged_row_is_named_by_its_own_words(row):
    with pytest.raises(InputError) as error:
        parse(f"| 名次 | 县 |\n{row}\n| 1 | 2 |\n{row}")
    assert len(error.value.faults) == 2
    assert all(row in str(fault.say()) and fault.hint for fault in error.value.faults)


def test_text_has_a_row_a_line_and_a_tab_between_cells():
    written = txt.write(parse("# 题\n\n@表题 表一\n| 名次 | 县 |\n| 1 | |\n@表注 注")).decode()
    assert written == "题\n\n表一\n名次\t县\n1\t\n注\n"


def test_figures_in_cells_are_listed_with_the_page_they_stand_on(tmp_path):
    counties = [f"名称: {NAMES[number % 3]}, 产值: {number}.5亿元" for number in range(60)]
    report = opened(tmp_path, counties)
    found = [(figure.shown, figure.page) for figure in report.figures]
    assert [shown for shown, _ in found] == [f"{number}.5亿元" for number in range(60)]
    for shown, page in found:
        assert shown in {line.text for line in report.pages.pages[page - 1].lines}
    assert {page for _, page in found} == {1, 2, 3, 4}
    assert report.figures[7].origin.path == "各县[7].产值"


def test_secrets_in_cells_are_masked_and_leave_nothing_behind(tmp_path):
    report = opened(tmp_path, ["名称: !secret 泊宁县, 产值: !secret 12.5亿元", "名称: 明川县, 产值: 3亿元"])
    assert {"泊宁县", ""} == {secret.word for secret in report.document.secrets}
    hidden = report.redact()
    (found,) = [block for block in hidden.document.blocks if isinstance(block, Table)]
    assert texts(found)[1:] == [["1", "***", "****亿元"], ["2", "明川县", "3亿元"]]
    assert next(iter(hidden.figures)).value is None
    for kind in ("docx", "pdf", "txt"):
        assert "泊宁县" not in hidden.proved(kind).decode("utf-8", "replace")


def test_a_secret_word_is_masked_in_every_cell_but_not_across_two():
    document = parse("| 甲 | 乙 |\n| 泊宁 | 泊宁市 |\n| 泊 | 宁 |")
    (found,) = redact(document, Search((Secret("泊宁", Origin("名称")),))).document.blocks
    assert texts(found) == [["甲", "乙"], ["**", "**市"], ["泊", "宁"]]


def test_a_draft_shows_its_gaps_in_cells(tmp_path):
    report = opened(tmp_path, ["名称: 泊宁县", "名称: 明川县, 产值: 3亿元"], "draft")
    assert report.document.gaps == ["各县[0].产值"]
    (found,) = [block for block in report.document.blocks if isinstance(block, Table)]
    assert [span.marks for span in found.rows[1][2].spans] == [{Mark.GAP}]
    assert report.proved("docx").startswith(b"PK")
    assert report.pages.pages[0].boxes
    with pytest.raises(InputError, match="各县"):
        opened(tmp_path, ["名称: 泊宁县"]).document  # noqa: B018


def test_one_attachment_has_no_number_and_several_have():
    alone = parse("@附件 一览表\n\n正文")
    assert [block.text for block in alone.blocks] == ["附件：一览表", "正文"]
    several = parse("@附件 一览表\n\n@附件 措施\n\n@落款 市经信局")
    assert [block.text for block in several.blocks] == ["附件：1.一览表", "2.措施", "市经信局"]


def test_notes_and_resalutations_are_blocks_of_their_own():
    document = parse("正文\n@再称谓 各位代表：\n正文\n@注 ①“双联双百”：指领导联系企业。")
    assert [block.role for block in document.blocks] == [Role.BODY, Role.RESALUTATION, Role.BODY, Role.NOTE]
