"""Tables in the files: a real Word table that holds no look of its own, and rules and text in the PDF."""

import io
from dataclasses import replace
from itertools import product

import docx as python_docx
import pdfplumber
import pytest
import samples
from lxml import etree
from openxml_audit import OpenXmlValidator
from openxml_audit.errors import FileFormat
from test_docx_parts import W, find, value, xml

from reportkit.pages import flow, profile
from reportkit.writers import docx, pdf, proof

ROWS = [f"| {number} | 泊宁县 | {number}.5 | |" for number in range(1, 31)]
WORDS = "\n".join([
    "# 关于产值的通报", "", "@称谓 各县：", "正文。", "@再称谓 各位代表：", "@表题 表一", "@表单位 单位：亿元",
    "| 名次 | 县 | 规上工业增加值增速（%） | 备注 |", *ROWS, "@表注 注：数据由市统计局提供。", "正文。",
    "| 序号 | 事项 |", f"| 1 | {'完成“1+8”改革事项，增长7.8%；' * 8} |", "",
    "@注 ①“双联双百”：指领导联系企业。", "@附件 一览表", "@附件 措施", "", "@落款 市经信局", "@日期 2023年7月5日",
])  # fmt: skip
LOOKS = {"all": {}, "three": {"rules": "three", "edge_tw": 30}}


def written(words=WORDS, lines="held", look="all"):
    page = profile.find("gbt9704")
    document, _ = samples.typeset(words)
    pages = flow.lay(document, replace(page, lines=lines, table=replace(page.table, **LOOKS[look])))
    return document, pages, docx.write(pages, document), pdf.write(pages, document)


@pytest.mark.parametrize(("lines", "look"), list(product(("held", "free", "all"), LOOKS)))
def test_a_document_with_tables_is_valid_in_every_version_of_word(lines, look, tmp_path):
    path = tmp_path / "file.docx"
    path.write_bytes(written(lines=lines, look=look)[2])
    for version in [version for version in FileFormat if not version.value.startswith("odf")]:
        assert [str(error) for error in OpenXmlValidator(file_format=version).validate(path).errors] == []


def test_a_document_may_end_with_a_table_or_be_one(tmp_path):
    for words in ("正文\n| 甲 |\n| 1 |", "| 甲 |", "| |\n| |"):
        document, _, data, drawn = written(words)
        path = tmp_path / "file.docx"
        path.write_bytes(data)
        assert OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).is_valid
        body = find(xml(data), "//w:body/*")
        assert [etree.QName(one).localname for one in body][-3:] == ["tbl", "p", "sectPr"]
        assert len(pdfplumber.open(io.BytesIO(drawn)).pages) == 1
        assert document.blocks


def test_word_has_a_fixed_grid_over_the_measure_and_rows_that_stay_whole_under_a_header_that_comes_again():
    _, pages, data, _ = written()
    tables = find(xml(data), "//w:tbl")
    assert len(tables) == 2
    for one in tables:
        assert value(one, "w:tblPr/w:tblLayout", "type") == "fixed"
        widths = [int(column.get(f"{{{W}}}w")) for column in find(one, "w:tblGrid/w:gridCol")]
        assert sum(widths) == pages.profile.measure_tw == int(value(one, "w:tblPr/w:tblW", "w"))
        for row in find(one, "w:tr"):
            assert [int(value(cell, "w:tcPr/w:tcW", "w")) for cell in find(row, "w:tc")] == widths
            assert find(row, "w:trPr/w:cantSplit")
        assert [len(find(row, "w:trPr/w:tblHeader")) for row in find(one, "w:tr")][:3] == [1, 0, 0][: len(one) - 2]


def test_the_look_of_a_table_stands_in_its_styles():
    _, _, data, _ = written()
    for properties in find(xml(data), "//w:tc/w:tcPr"):
        assert [etree.QName(one).localname for one in properties] == ["tcW"]
    for properties in find(xml(data), "//w:tc/w:p/w:pPr"):
        assert [etree.QName(one).localname for one in properties] == ["pStyle"]
    styles = xml(data, "word/styles.xml")
    named = {one.get(f"{{{W}}}styleId"): value(one, "w:name") for one in find(styles, "w:style")}
    used = {value(one, ".") for one in find(xml(data), "//w:pStyle|//w:tblStyle")}
    assert used <= named.keys()
    assert named["TableFrame"] == "公文表格"
    borders = find(styles, "w:style[@w:styleId='TableFrame']/w:tblPr/w:tblBorders/*")
    assert {border.get(f"{{{W}}}sz") for border in borders} == {"4"}
    assert len(borders) == 6


def test_python_docx_reads_the_table_that_was_written():
    document, _, data, _ = written()
    first, second = python_docx.Document(io.BytesIO(data)).tables
    tables = [block for block in document.blocks if block.role == "table"]
    for read, block in zip((first, second), tables, strict=True):
        texts = [[cell.text.replace("\n", "") for cell in row.cells] for row in read.rows]
        assert texts == [[cell.text for cell in row] for row in block.rows]


@pytest.mark.parametrize("look", LOOKS)
def test_the_pdf_draws_every_rule_where_the_pages_have_it(look):
    _, pages, _, drawn = written(look=look)
    with pdfplumber.open(io.BytesIO(drawn)) as opened:
        for page, sheet in zip(pages.pages, opened.pages, strict=True):
            ours = sorted((rule.x_tw, rule.y_tw, rule.width_tw, rule.height_tw, rule.thick_tw) for rule in page.rules)
            theirs = sorted(
                tuple(round(float(line[key]) * 20) for key in ("x0", "top", "width", "height", "linewidth"))
                for line in sheet.lines
            )
            assert theirs == ours
    assert sum(len(page.rules) for page in pages.pages) > 5


@pytest.mark.parametrize("lines", ["held", "free", "all"])
def test_both_files_read_back_hold_the_words_of_every_cell(lines):
    _, pages, data, drawn = written(lines=lines)
    assert proof.docx_difference(data, pages) == proof.pdf_difference(drawn, pages) == ""


def test_a_cell_lost_or_changed_is_found():
    _, _, data, _ = written()
    without = "\n".join(WORDS.split("\n")[:-4]).replace("| 7 | 泊宁县 | 7.5 | |\n", "")
    changed = WORDS.replace("| 7 | 泊宁县 | 7.5 | |", "| 7 | 泊宁县 | 7.6 | |")
    narrower = WORDS.replace("| 7 | 泊宁县 | 7.5 | |\n", "")
    for words in (without, changed, narrower):
        assert proof.docx_difference(data, written(words)[1])
    document, other, _, _ = written("| 甲 | |\n| 1 | |")
    assert proof.docx_difference(docx.write(other, document), written("| 甲 |\n| 1 |")[1]) == "|"


def test_a_gap_in_a_cell_is_highlighted_in_both_files():
    from reportkit.facts import seal

    gap = "【待补：产值】"
    words = f"| 县 | 产值 |\n| 泊宁县 | {seal.gap('产值')} |"
    _, pages, data, drawn = written(words)
    marked = find(xml(data), "//w:tc//w:r[w:rPr/w:highlight[@w:val='yellow']]")
    assert "".join(text for run in marked for text in find(run, "w:t/text()")) == gap
    boxes = [box for line in pages.pages[0].lines for box in line.boxes]
    assert boxes
    with pdfplumber.open(io.BytesIO(drawn)) as opened:
        assert len(opened.pages[0].rects) == len(boxes)
