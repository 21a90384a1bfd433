"""The PDF as a file: clean for qpdf, faces embedded as subsets, properties, bookmarks, bold."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pdfplumber
import printed
import pytest
import samples
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from reportkit.document.parse import parse
from reportkit.pages import flow, profiles
from reportkit.writers import pdf

EXAMPLE = pytest.mark.parametrize("example", samples.EXAMPLES)
STREAM = re.compile(rb">>\s*stream\r?\n.*?endstream", re.DOTALL)


def opened(data):
    return PDFDocument(PDFParser(BytesIO(data)))


def contents(data):
    """The content streams of the pages, inflated."""
    with pdfplumber.open(BytesIO(data)) as document:
        return [b"".join(resolve1(one).get_data() for one in page.page_obj.contents) for page in document.pages]


def objects(data):
    """Every object of the file that is a dictionary."""
    document = opened(data)
    numbers = sorted({number for xref in document.xrefs for number in xref.get_objids()})
    return [one for number in numbers if isinstance(one := resolve1(document.getobj(number)), dict)]


@EXAMPLE
def test_qpdf_finds_no_fault(example):
    said = printed.run("qpdf", "--check", "{}", pdf=samples.file(example, "pdf"))
    assert "No syntax or stream encoding errors found" in said


@EXAMPLE
def test_every_face_is_embedded_as_a_subset_with_a_unicode_map(example):
    rows = printed.run("pdffonts", "{}", pdf=samples.file(example, "pdf")).splitlines()[2:]
    assert rows
    for row in rows:
        name, *_ = row.split()
        assert re.fullmatch(r"[A-Z]{6}\+ReportKit\w+-Regular", name)
        assert re.search(r"CID TrueType +Identity-H +yes yes yes ", row), row


@EXAMPLE
def test_each_face_is_one_type0_font(example):
    fonts = [one for one in objects(samples.file(example, "pdf")) if getattr(one.get("Subtype"), "name", "") == "Type0"]
    names = Counter(font["BaseFont"].name.partition("+")[2] for font in fonts)
    assert names
    assert set(names.values()) == {1}
    assert names.keys() <= {
        f"ReportKit{face}-Regular" for face in ("BiaoSong", "FangSong", "Hei", "Kai", "Song", "Times", "FangSongExt")
    }


@EXAMPLE
def test_there_is_no_helvetica_and_no_ascii85_in_the_bytes(example):
    outside = STREAM.sub(b"", samples.file(example, "pdf"))
    assert b"Helvetica" not in outside
    assert b"ASCII85" not in outside
    assert b"/Type1" not in outside


@EXAMPLE
def test_title_author_and_language_are_the_documents(example):
    report, document = samples.report(example), opened(samples.file(example, "pdf"))
    (info,) = document.info
    assert decode_text(info["Title"]) == report.document.title
    assert decode_text(info["Author"]) == report.document.author.text
    assert decode_text(document.catalog["Lang"]) == "zh-CN"
    assert resolve1(document.catalog["ViewerPreferences"])["DisplayDocTitle"] in (True, "true")


@EXAMPLE
def test_the_date_of_the_file_is_the_date_of_the_document_and_not_of_today(example):
    written = samples.report(example).document.written
    (info,) = opened(samples.file(example, "pdf")).info
    assert written
    for key in ("CreationDate", "ModDate"):
        assert decode_text(info[key]).startswith(f"D:{written:%Y%m%d}000000")


@EXAMPLE
def test_every_heading_is_a_bookmark_that_leads_to_its_page(example):
    report, document = samples.report(example), opened(samples.file(example, "pdf"))
    heads = {
        block.head.removesuffix("。"): (block.level, paragraph.lines[0].page)
        for paragraph in report.pages.paragraphs
        if (block := report.document.blocks[paragraph.block]).head
    }
    numbers = {page.pageid: number for number, page in enumerate(_pages(document), start=1)}
    found = {}
    for level, title, destination, action, _ in document.get_outlines():
        place = resolve1(destination or resolve1(action)["D"])
        found[title] = (level, numbers[place[0].objid])
    assert found == heads
    assert sum(level == 1 for level, _ in found.values()) >= 4


def _pages(document):
    from pdfminer.pdfpage import PDFPage

    return PDFPage.create_pages(document)


def test_bookmarks_nest_as_headings_do():
    words = "# 题目\n\n## 甲\n\n### 乙\n\n正文。\n\n#### 丙\n\n正文。\n\n## 丁\n\n正文。"
    document, pages = samples.typeset(words)
    outlines = [(level, title) for level, title, *_ in opened(pdf.write(pages, document)).get_outlines()]
    assert outlines == [(1, "一、甲"), (2, "（一）乙"), (3, "1.丙"), (1, "二、丁")]


def test_a_bold_style_is_drawn_with_an_outline_and_comes_out_blacker():
    page = profiles.find("gbt9704")
    thick = replace(page, styles={**page.styles, "heading3": replace(page.styles["heading3"], bold=True)})
    document = parse("#### 三级标题要加粗。\n正文不加粗。")
    plain, bold = (pdf.write(flow.lay(document, form), document) for form in (page, thick))
    assert contents(plain)[0].count(b" Tr") == 0
    assert re.search(rb"2 Tr 0\.3 w\n(?:/F\d+ 16 Tf <[0-9A-F]+> Tj\n)+0 Tr\n", contents(bold)[0])
    assert printed.sheets(plain)[0].rows[0].text == printed.sheets(bold)[0].rows[0].text
    ink = [sum(255 - grey for grey in printed.picture(data, 1, 100).tobytes()) for data in (plain, bold)]
    assert ink[1] > 1.02 * ink[0]


def test_a_gap_of_a_draft_has_a_yellow_box_behind_its_text():
    report = samples.gappy()
    (gap,) = samples.gaps(report.document)
    data = report.render("pdf")
    with pdfplumber.open(BytesIO(data)) as document:
        boxes = [(page, box) for page in document.pages for box in page.rects]
        assert boxes
        inside = ""
        for page, box in boxes:
            red, green, blue = box["non_stroking_color"]
            assert red > 0.9
            assert green > 0.8
            assert blue < 0.6
            edge = 0.26 * 16
            characters = [one for one in page.chars if box["top"] <= (one["top"] + one["bottom"]) / 2 <= box["bottom"]]
            inside += "".join(
                one["text"]
                for one in sorted(characters, key=lambda one: one["x0"])
                if box["x0"] - edge <= one["x0"] and one["x1"] <= box["x1"] + edge
            )
        assert inside == gap
        assert re.search(r"【待补：.+】", gap)
    # drawn first, so that the text lies on it
    drawn = next(content for content in contents(data) if b" re f" in content)
    assert drawn.index(b" re f") < drawn.index(b"BT")


@EXAMPLE
def test_a_final_has_no_box_behind_any_text(example):
    with pdfplumber.open(BytesIO(samples.file(example, "pdf"))) as document:
        assert not any(page.rects for page in document.pages)
