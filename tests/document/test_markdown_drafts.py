"""Markdown as people write it: what is printed, and what is told of the rest."""

import pytest

from reportkit import InputError, Report
from reportkit.document import draft
from reportkit.document.nodes import Mark, Table
from reportkit.document.roles import Role


def read(text, tmp_path):
    path = tmp_path / "draft.md"
    path.write_text(text, "utf-8")
    return draft.read(path)


def texts(text, tmp_path):
    return [block.text for block in read(text, tmp_path).document.blocks]


def told(text, tmp_path):
    return [(one.line, one.say()) for one in read(text, tmp_path).warnings]


def test_a_typed_number_stands_once_and_says_the_level(tmp_path):
    heads = ("# 方案", "## 一、目标", "### （一）重点", "## 任务", "## 1.1 背景", "# 三、保障")
    text = "".join(f"{head}\n\n好。\n\n" for head in heads)
    blocks = read(text, tmp_path).document.blocks
    heads = [(block.text, block.level) for block in blocks if block.role is Role.HEADING]
    assert heads == [("一、目标", 1), ("（一）重点", 2), ("二、任务", 1), ("1.1 背景", 1), ("三、保障", 1)]


def test_typed_chapters_and_articles_are_what_they_say(tmp_path):
    text = "# 办法\n\n## 第一章　总则\n\n### 第一条　目的\n\n好。\n"
    blocks = read(text, tmp_path).document.blocks
    assert [(block.role, block.text) for block in blocks[1:3]] == [
        (Role.CHAPTER, "第一章　总则"),
        (Role.BODY, "第一条　目的"),
    ]
    assert [span.text for span in blocks[2].spans if Mark.ARTICLE in span.marks] == ["第一条　"]


def test_text_right_below_a_heading_runs_on_only_from_a_sentence(tmp_path):
    assert texts("# 方案\n\n## 目标\n零事故。\n## 抓防汛。\n备足物资。\n", tmp_path) == [
        "方案", "一、目标", "零事故。", "二、抓防汛。备足物资。",
    ]  # fmt: skip


def test_bold_is_a_lead_phrase_in_text_and_nothing_in_titles_headings_and_roles(tmp_path):
    text = "# 关于**防汛**的报告\n\n@称谓 **各位**领导：\n\n## 突出**重点**\n\n**抓早抓小。**好。\n"
    blocks = read(text, tmp_path).document.blocks
    assert [block.text for block in blocks] == ["关于防汛的报告", "各位领导：", "一、突出重点", "抓早抓小。好。"]
    assert [span.text for block in blocks for span in block.spans if Mark.LEAD in span.marks] == ["抓早抓小。"]


def test_wrapped_lines_are_one_paragraph_and_whole_ones_are_several(tmp_path):
    wrapped = (
        "为贯彻落实全市安全生产电视电话会议精神，\n经研究，决定在全市开展安全生产大检查。\n现将有关事项通知如下。\n"
    )
    assert texts(f"# 通知\n\n{wrapped}", tmp_path)[1:] == [wrapped.replace("\n", "")]
    assert any("3 行接成一段" in words for _, words in told(f"# 通知\n\n{wrapped}", tmp_path))
    assert texts("# 通知\n\n各单位：\n请落实。\n特此通知。\n", tmp_path)[1:] == ["各单位：", "请落实。", "特此通知。"]
    assert texts("# 通知\n\n请落实。\n\n市林业局\n2024年9月1日\n", tmp_path)[1:] == [
        "请落实。",
        "市林业局",
        "2024年9月1日",
    ]
    assert texts("# 通知\n\n推广 Advanced\nPlanning 系统，共120套，\n覆盖全市。\n", tmp_path)[1:] != []


def test_lists_lose_their_bullets_and_keep_their_numbers(tmp_path):
    text = "# 通知\n\n- 学校\n- 医院，\n  含乡镇卫生院\n* [x] 车站\n\n1. 检查\n1. 整改\n\n3. 总结\n"
    assert texts(text, tmp_path)[1:] == ["学校", "医院，含乡镇卫生院", "车站", "1.检查", "2.整改", "3.总结"]
    assert [line for line, words in told(text, tmp_path) if "列表" in words] == [3, 9]


@pytest.mark.parametrize(
    ("line", "printed", "words"),
    [
        ("详见[方案](p.html)。", "详见方案。", "p.html"),
        ("![示意图](a.png)", None, "a.png"),
        ("<!-- 勿印 -->", None, "注释"),
        ("好。<!-- 勿印 -->", "好。", "注释"),
        ("> 引用的话。", "引用的话。", "引用"),
        ("---", None, "分隔线"),
        ("* * *", None, "分隔线"),
        ("\\newpage", None, "分页"),
        ('<div style="page-break-after: always;"></div>', None, "分页"),
        ("<center>居中的话</center>", "居中的话", "HTML"),
        ("运行`make`即可。", "运行make即可。", "代码"),
        ("~~旧的~~新的。", "旧的新的。", "删除线"),
        ("见*这里*。", "见*这里*。", "*"),
        ("有注[^1]。", "有注[^1]。", "脚注"),
        ("[1]: http://boning.example", None, "地址"),
    ],
)
def test_what_is_no_official_document_s_is_told_and_its_marks_are_not_printed(line, printed, words, tmp_path):
    text = f"# 通知\n\n甲。\n\n{line}\n\n乙。\n"
    assert texts(text, tmp_path) == ["通知", "甲。", *([printed] if printed else []), "乙。"]
    assert [at for at, say in told(text, tmp_path) if words in say] == [5]


def test_a_comment_and_a_fence_may_take_many_lines(tmp_path):
    text = "# 通知\n\n<!-- 一\n# 二\n三 -->\n\n```text\n# 不是标题\n<!-- 照印 -->\n```\n\n完。\n"
    assert texts(text, tmp_path) == ["通知", "# 不是标题", "<!-- 照印 -->", "完。"]


def test_an_escaped_mark_is_a_letter(tmp_path):
    assert texts("# 通知\n\n\\# 号和\\*号，\\[甲\\]，1\\. 乙。\n", tmp_path)[1:] == ["# 号和*号，[甲]，1. 乙。"]


def test_a_line_break_of_html_parts_paragraphs_and_cuts_titles(tmp_path):
    blocks = read("# 泊宁市林业局<br>关于造林的通知\n\n甲。<br/>乙。\n", tmp_path).document.blocks
    assert [block.text for block in blocks] == ["泊宁市林业局关于造林的通知", "甲。", "乙。"]
    assert blocks[0].cuts == (6,)


def test_an_underlined_line_is_a_title_or_a_heading(tmp_path):
    assert texts("造林通知\n===\n\n目标\n---\n\n好。\n", tmp_path) == ["造林通知", "一、目标", "好。"]


def test_a_table_may_have_no_bars_at_its_ends(tmp_path):
    tables = [
        block
        for block in read("# 通报\n\n县区 | 产值\n:-- | --:\n云川 | **5**\n\n完。\n", tmp_path).document.blocks
        if isinstance(block, Table)
    ]
    assert [[cell.text for cell in row] for row in tables[0].rows] == [["县区", "产值"], ["云川", "5"]]


def test_a_second_title_begins_a_page_and_is_told_unless_it_is_an_attachment_s(tmp_path):
    text = "# 通知\n\n甲。\n\n# 办法\n\n乙。\n\n@附件序号 附件\n\n# 名单\n\n丙。\n"
    assert [line for line, _ in told(text, tmp_path)] == [5]
    report = Report.typeset(tmp_path / "draft.md")
    assert [[line.text for line in page.lines] for page in report.pages.pages] == [
        ["通知", "甲。"], ["办法", "乙。"], ["附件", "名单", "丙。"],
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["@文号 甲", "@标题甲 乙", "##甲", "＠称谓 甲", "###### 甲"])
def test_a_mark_there_is_not_is_refused_with_its_line(line, tmp_path):
    with pytest.raises(InputError) as error:
        read(f"# 通知\n\n{line}\n", tmp_path)
    assert error.value.faults[0].line == 3
