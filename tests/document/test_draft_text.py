"""The text of a draft comes out of every file as it went in: nothing lost, nothing added, nothing moved."""

import io
import json
import re
import subprocess
from pathlib import Path

import docx
import engines
import pytest
import samples
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reportkit import InputError, Report
from reportkit.document import draft
from reportkit.document.draft import radicals, shapes, source
from reportkit.pages import kinsoku

DRAFTS = sorted((Path(__file__).parent / "drafts").glob("*.txt"))
DRAFT = pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
REDACTED = samples.ROOT / "examples/jingxin/expected.redacted.txt"
LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
NONCHARACTERS = [chr(code) for code in range(0xFDD0, 0xFDF0)] + [
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
]
PIECES = (
    "一、", "（一）", "1.", "（1）", "１．", "第一章　总则", "第二节", "第一条　", "附件：", "附件1", "各位代表！",
    "同志们：", "2023年9月5日", "（2023年9月5日）", "——在会上的讲话", "工作报告", "市经信局", "张　三", "特此通报。",
    "**", "***市", "# ", "@称谓 ", "_甲_", "AT&T<局>", "\\", "&amp;", "]]>", "{{ x }}", "---", "http://a.cn/b_c?d=e&f",
    "\t", "　", " ", "\u00a0", "\u200b", "\u200d", "\ufeff", "é", "e\u0301", "😀", "👨\u200d👩", "𠮷", "𬱖", "\ue000",
    "。", "，", "；", "”", "“", "……", "1,234.56亿元", "〔2023〕5号", "全市上下聚焦目标任务，推进高质量发展",
)  # fmt: skip
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters=[*NONCHARACTERS, *map(chr, radicals.CHARACTERS)]
)
PIECE = st.one_of(st.sampled_from(PIECES), st.text(CHARACTERS, max_size=8))
LINE = st.builds(
    lambda indent, pieces, times, tail: indent + "".join(pieces) * times + tail,
    st.sampled_from(("", "　　", "    ", "\t")),
    st.lists(PIECE, max_size=6),
    st.sampled_from((1, 1, 1, 30)),
    st.sampled_from(("", "。", "  ")),
)
WILD = st.builds(
    lambda end, lines: end.join(lines), st.sampled_from(("\n", "\r\n", "\n\n")), st.lists(LINE, max_size=12)
)
ROW = st.text(st.sampled_from("全市上下聚焦目标任务推进高质量发展，、“”（）12a%《》　"), min_size=24, max_size=25)
TAIL = st.builds("{}。".format, st.text(st.sampled_from("全市上下聚焦目标，12a"), max_size=12))
WRAPPED = st.lists(st.tuples(st.lists(ROW, min_size=1, max_size=6), TAIL), min_size=2, max_size=6).map(
    lambda paragraphs: "\n".join("　　" + "\n".join((*rows, tail)) for rows, tail in paragraphs)
)


def lines(text):
    """Return the lines of a text as they may be compared: without what is not seen around them, tabs as set."""
    found = (source.stripped(line).replace("\t", "　") for line in LINE_END.split(text))
    return [line for line in found if line]


def packed(text):
    return re.sub(r"\s", "", text)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(WILD, WRAPPED))
def test_whatever_a_draft_holds_comes_out_of_all_three_files_as_it_went_in(tmp_path_factory, text):
    assume(lines(text.lstrip("\ufeff")) and not text.lstrip("\ufeff").startswith("---"))
    path = tmp_path_factory.mktemp("wild") / "draft.txt"
    path.write_bytes(text.encode())
    report = Report.typeset(path)
    out = report.proved("txt").decode()  # the PDF is proved line by line against the same pages
    assert report.proved("pdf").startswith(b"%PDF")
    word = docx.Document(io.BytesIO(report.proved("docx")))
    wanted = lines(text.removeprefix("\ufeff"))
    assert packed(out) == packed("".join(wanted)) == packed("".join(paragraph.text for paragraph in word.paragraphs))
    rows = [one.first for one in report.taken]
    bare = any(one.kind == "附件" and shapes.PART.fullmatch(one.text) for one in report.taken)
    if not bare and len({*rows}) == len(rows) and all(one.first == one.last for one in report.taken):
        assert out.split("\n")[:-1] == wanted or [line for line in out.split("\n") if line] == wanted


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WILD, st.sampled_from(("", "# ", "## ", "@落款 ")))
def test_whatever_a_markdown_draft_holds_is_set_or_refused_in_words(tmp_path_factory, text, mark):
    path = tmp_path_factory.mktemp("wild") / "draft.md"
    path.write_bytes(mark.encode() + text.encode())
    try:
        report = Report.typeset(path)
        word = docx.Document(io.BytesIO(report.proved("docx")))
    except InputError:
        return
    # paragraphs and the cells of tables, in the order they stand in
    written = packed("".join(Paragraph(node, word).text for node in word.element.body.iter(qn("w:p"))))
    assert written == packed(report.proved("txt").decode())
    assert report.proved("pdf").startswith(b"%PDF")


@DRAFT
def test_poppler_reads_a_draft_out_of_the_pdf_and_word_out_of_the_docx(path, tmp_path):
    engines.require("pdftotext")
    report = Report.typeset(path)
    wanted = packed(path.read_text("utf-8"))
    report.save(tmp_path / "draft.pdf")
    read = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "draft.pdf", "-"], check=True, capture_output=True, text=True
    )
    assert packed(re.sub(r"(?m)^— \d+ —$", "", read.stdout)) == wanted
    word = docx.Document(report.save(tmp_path / "draft.docx"))
    assert packed("".join(paragraph.text for paragraph in word.paragraphs)) == wanted


@DRAFT
def test_a_draft_set_free_holds_the_same_words_and_pages(path):
    free, held = (Report.typeset(path, lines=lines) for lines in ("free", "held"))
    assert free.proved("docx") != held.proved("docx")
    assert free.proved("pdf") == held.proved("pdf")


@DRAFT
def test_the_text_file_of_a_draft_is_a_draft_of_the_same_document(path, tmp_path):
    out = Report.typeset(path).save(tmp_path / "again.txt")
    assert draft.read(out).document.blocks == draft.read(path).document.blocks


@DRAFT
def test_no_line_of_a_draft_begins_or_ends_with_a_mark_that_may_not(path):
    for page in Report.typeset(path).pages.pages:
        for line in page.lines:
            text = line.text.strip("　 ")
            assert text[0] not in kinsoku.NO_START
            assert text[-1] not in kinsoku.NO_END


def test_the_redacted_speech_typeset_again_has_the_lines_and_pages_it_had():
    built = Report.open(samples.EXAMPLES["jingxin"], edition="redacted", lines="held")
    typeset = Report.typeset(REDACTED)
    assert typeset.render("txt") == built.render("txt") == REDACTED.read_bytes()
    for ours, theirs in zip(typeset.pages.pages, built.pages.pages, strict=True):
        places = [(line.text, line.x_tw, line.baseline_tw) for line in theirs.lines]
        assert [(line.text, line.x_tw, line.baseline_tw) for line in ours.lines] == places
    assert typeset.render("txt").count(b"*") == 46


@pytest.mark.real
@pytest.mark.parametrize("name", ["政府工作报告", "旧式总结"])
def test_libreoffice_sets_a_draft_in_the_same_lines_and_pages(name):
    path = next(path for path in DRAFTS if path.stem == name)
    report = Report.typeset(path, lines="held")
    shown = engines.lines(engines.libreoffice_pdf(report.render("docx"), report.profile))
    ours = engines.lines(report.render("pdf"))
    assert [[line.rstrip() for line in page] for page in shown] == [[line.rstrip() for line in page] for page in ours]


def test_a_row_of_many_headings_leaves_no_page_nearly_empty(tmp_path):
    path = tmp_path / "draft.txt"
    text = "目录\n" + "".join(f"第{number}章　内容\n" for number in range(1, 100))
    path.write_text(text, "utf-8")
    assert len(Report.typeset(path).pages.pages) == 5
    path.with_suffix(".md").write_text(text.replace("第", "## 第"), "utf-8")
    assert len(Report.typeset(path.with_suffix(".md")).pages.pages) == 5


def test_several_signatures_and_their_date_end_at_one_edge():
    report = Report.typeset(next(path for path in DRAFTS if path.stem == "述职报告"))
    edges = {line.x_tw + line.width_tw for paragraph in report.pages.paragraphs[-3:] for line in paragraph.lines}
    profile = report.profile
    clear = profile.styles["signature"].right * profile.styles["signature"].size_tw
    assert all(abs(edge - (profile.width_tw - profile.right_tw - clear)) <= 2 for edge in edges)


def test_a_typed_title_line_too_wide_for_the_page_is_cut_by_sense_instead(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text("泊宁市人民政府办公室关于进一步加强和改进全市政务公开工作\n情况的通报\n\n特此通报。\n", "utf-8")
    report = Report.typeset(path)
    title = report.pages.paragraphs[0].lines
    assert all(line.width_tw <= report.profile.measure_tw for line in title)
    assert "".join(line.text for line in title) == report.document.title


def test_the_command_writes_the_files_and_tells_what_each_line_was_taken_for(run, tmp_path):
    code, out, told = run("typeset", DRAFTS[0], "-o", tmp_path, "-v")
    assert code == 0
    assert out.split() == [str(tmp_path / f"{DRAFTS[0].stem}.{kind}") for kind in ("docx", "pdf")]
    assert told.splitlines()[0].split("\t")[:2] == ["1", "标题"]
    _, out, _ = run("typeset", DRAFTS[0], "-o", tmp_path, "--to", "txt", "--json")
    summary = json.loads(out)
    assert summary["taken"][0]["kind"] == "标题"
    assert summary["figures"] == []


def test_the_command_never_writes_over_the_draft(run, tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text("　　要点\n", "utf-8")
    code, _, told = run("typeset", path, "-o", tmp_path, "--to", "txt", "--to", "pdf")
    assert (code, path.read_text("utf-8"), list(tmp_path.iterdir())) == (1, "　　要点\n", [path])
    assert "盖掉" in told


def test_a_tab_is_set_as_a_space_and_told(run, tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text("\t要点\n甲\t乙。\t\n", "utf-8")
    code, _, told = run("typeset", path, "-o", tmp_path / "out", "--to", "txt")
    assert code == 0
    assert f"{path}:2" in told
    assert (tmp_path / "out/draft.txt").read_text("utf-8").split("\n")[-2] == "甲　乙。"
    code, _, _ = run("typeset", path, "-o", tmp_path / "none", "--strict")
    assert (code, (tmp_path / "none").exists()) == (1, False)


@pytest.mark.parametrize("text", ["甲\0\n乙\n", "标题\0\n正文\n一二三\n", "ab\n\0\0\n", "abc\n\0def\n", "甲乙\n\0丙\n"])
def test_utf_8_with_a_zero_in_it_is_never_taken_for_utf_16(text, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_bytes(text.encode())
    with pytest.raises(InputError, match=r"U\+0000"):
        Report.typeset(draft)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["某县\n\n正文。\n", "abc\n\ndef 正\n"])
def test_utf_16_is_known_with_and_without_its_mark(text, encoding, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_bytes(text.encode(encoding))
    assert Report.typeset(draft).render("txt").decode().split() == text.split()
