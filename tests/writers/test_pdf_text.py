"""The words of the PDF: the right face for each role, the right characters out of it, no forbidden line ends."""

import re
from itertools import pairwise

import printed
import pytest
import samples

from reportkit.pages.face import is_latin

EXAMPLE = pytest.mark.parametrize("example", samples.EXAMPLES)
EDITION = pytest.mark.parametrize("edition", ["final", "redacted"])
# GB/T 15834 §5.1: never at a line's start, never at its end
NO_START = "”’）》〉〕】」』〗］｝)]}。，、；：．？！,.;:!?–～·／/%‰℃°％"
NO_END = "“‘（《〈〔【「『〖［｛([{／/￥$"
FACE = {
    "title": {"ReportKitBiaoSong"},
    "heading1": {"ReportKitHei"},
    "heading2": {"ReportKitKai"},
    "lead": {"ReportKitKai"},
    "subtitle": {"ReportKitKai"},
}
# poppler reads a gap of a tenth of the type size as a space
POPPLER_GAP_TW = 32
BODY_FACES = {"ReportKitFangSong"}


def lines_of(example, edition):
    return [row for sheet in printed.sheets(samples.file(example, "pdf", edition)) for row in sheet.rows]


def text_of(example, edition):
    """The txt file, its line ends and the empty line under the title taken out."""
    return samples.file(example, "txt", edition).decode().replace("\n", "")


@EXAMPLE
@EDITION
def test_lines_joined_are_the_txt_file_by_pdfplumber(example, edition):
    assert "".join(row.text for row in lines_of(example, edition)) == text_of(example, edition)


@EXAMPLE
@EDITION
def test_poppler_reads_every_line_as_pages_decided_it(example, edition):
    read = printed.run("pdftotext", "-raw", "{}", "-", pdf=samples.file(example, "pdf", edition))
    pages = samples.report(example, edition).pages.pages
    for page, text in zip(pages, read.removesuffix("\f").split("\f"), strict=True):
        rows = text.rstrip("\n").split("\n")
        for line, row in zip((*page.lines, page.folio), rows, strict=True):
            loose = line.adjust_tw > POPPLER_GAP_TW * line.gaps
            assert (row.replace(" ", "") if loose else row) == line.text


def test_no_line_is_so_loose_that_its_characters_are_read_as_words():
    from reportkit.writers import pdf

    text = "国" * 26 + "物流总费用与地区生产总值的比率高于全省平均水平1.2个百分点。" + "国" * 40
    document, pages = samples.typeset(text)
    read = printed.run("pdftotext", "-raw", "{}", "-", pdf=pdf.write(pages, document))
    assert read.split("\n")[: len(pages.pages[0].lines)] == [line.text for line in pages.pages[0].lines]


@EXAMPLE
@EDITION
def test_the_pdf_has_the_lines_that_pages_decided(example, edition):
    decided = [line.text for page in samples.report(example, edition).pages.pages for line in page.lines]
    assert [row.text for row in lines_of(example, edition)] == decided


@EXAMPLE
@EDITION
def test_every_character_is_in_the_face_of_its_role(example, edition):
    drawn = [
        (one, face)
        for row in lines_of(example, edition)
        for one, face in zip(row.text, row.faces, strict=True)
    ]  # fmt: skip
    meant = samples.looks(samples.report(example, edition).document)
    assert len(drawn) == len(meant)
    for (one, face), (same, style) in zip(drawn, meant, strict=True):
        assert one == same
        expected = {"ReportKitTimes"} if is_latin(one) else FACE.get(style, BODY_FACES)
        assert face in expected, (one, style, face)


@EXAMPLE
def test_a_run_in_heading_is_in_hei_up_to_its_full_stop_and_no_further(example):
    heads = 0
    for paragraph in samples.report(example).pages.paragraphs:
        if paragraph.style != "body":
            continue
        runs = [(run.text, run.style) for line in paragraph.lines for run in line.runs]
        head = "".join(text for text, style in runs if style.startswith("heading"))
        if head:
            heads += 1
            assert head.endswith("。")
            assert head.count("。") == 1
            assert "".join(text for text, _ in runs).startswith(head)
    assert heads >= 4


@EXAMPLE
@EDITION
def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(example, edition):
    for row in lines_of(example, edition):
        assert row.text[0] not in NO_START, row.text
        assert row.text[-1] not in NO_END, row.text


@EXAMPLE
@EDITION
def test_no_number_is_parted_from_its_unit_and_no_dash_or_ellipsis_is_halved(example, edition):
    for paragraph in samples.report(example, edition).pages.paragraphs:
        for line, following in pairwise(paragraph.lines):
            seam = line.text[-6:] + "\n" + following.text[:6]
            assert not re.search(r"[0-9*.,]\n[0-9*.,%‰℃°万亿元年月日个家项次人亩吨]", seam), seam
            assert not re.search("—\n—|…\n…", seam), seam
            assert not re.search(r"〔[0-9*]*\n|〕\n|〕[0-9*]+\n", seam), seam


@pytest.mark.parametrize("reader", ["pdfplumber", "poppler"])
def test_names_beyond_the_basic_plane_come_out_of_the_pdf_as_they_went_in(reader):
    from reportkit.writers import pdf

    text = "李𬱖、王𫖯、张䶮和“𬍛”四位同志参加了会议。"
    document, pages = samples.typeset(text)
    assert not pages.warnings
    data = pdf.write(pages, document)
    if reader == "pdfplumber":
        assert [row.text for row in printed.sheets(data)[0].rows] == [text]
    else:
        assert printed.run("pdftotext", "-raw", "{}", "-", pdf=data).split("\n")[0] == text


def test_marks_of_pdf_and_of_xml_come_out_of_the_pdf_as_letters():
    from reportkit.writers import pdf

    text = r"含有(圆括号)、反斜线\和<尖括号>、AT&T<局>、**号与100%的一行。"
    document, pages = samples.typeset(text)
    assert "".join(row.text for row in printed.sheets(pdf.write(pages, document))[0].rows) == text


def test_a_character_no_face_has_is_named_in_a_warning_and_never_left_blank():
    _, pages = samples.typeset("会议指出😀要抓落实。")
    assert [fault.fields["character"].split()[1] for fault in pages.warnings] == ["U+1F600"]
