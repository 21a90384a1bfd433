"""Lines of a paragraph: nothing lost, nothing forbidden at either end, each fits the measure; and pages of them."""

from dataclasses import replace
from itertools import pairwise

import pytest
import samples
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportkit.document.parse import parse
from reportkit.pages import face, flow, kinsoku, profiles
from reportkit.pages.face import EM
from reportkit.pages.lines import Measure, broken

PAGE = profiles.find("gbt9704")
BODY = PAGE.styles["body"]
CHAIN = face.chain(PAGE, BODY)
MEASURE = Measure(320, PAGE.measure_tw, 640, -5)
HAN = "国经信局产业推进完成同比增长高质量发展聚焦困局破局着力建设现代化体系"
MARKED = (
    "“双联双百”", "《关于降低成本的若干措施》", "（试行）", "——", "……", "，", "。", "、", "；", "：", "！", "？",
    "“1+8”", "PM2.5", "5G", "〔2023〕5号", "2023年", "9月", "12.5%", "近500家", "3.4万元", "1,234人", "2021—2025年",
    "DeepSeek", "https://www.mingchuan.gov.cn/", "AT&T", "GB/T 9704-2012", "Wi-Fi 6", "**市", "‘一企一策’", "·", "～",
)  # fmt: skip
PIECES = st.one_of(st.text(st.sampled_from(HAN), min_size=1, max_size=12), st.sampled_from(MARKED))
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join)
BOUNDED = settings(derandomize=True, max_examples=200, deadline=None, database=None)
# a line is squeezed by one em at most, beyond the six hundredths of a point a character that set 28 of them
TIGHTEST_TW = -20


@given(TEXTS)
@BOUNDED
def test_every_character_is_on_one_line_in_order(text):
    lines = broken(text, CHAIN, MEASURE)
    assert [line.start for line in lines] == [0, *(line.end for line in lines[:-1])]
    assert lines[-1].end == len(text)
    assert all(line.width == CHAIN.width(text[line.start : line.end]) for line in lines)


@given(TEXTS)
@BOUNDED
def test_no_line_begins_or_ends_with_a_forbidden_mark(text):
    # a word longer than a line is cut where it must be
    assume(all(CHAIN.width(unit) <= MEASURE.capacity(first=True) for unit in kinsoku.units(text)))
    texts = [text[line.start : line.end].rstrip(" ") for line in broken(text, CHAIN, MEASURE)]
    for line, following in pairwise(texts):
        assert line[-1:] not in kinsoku.NO_END, line
        assert following[0] not in kinsoku.NO_START, following
        assert line[-1:] + following[0] not in ("——", "……")


@given(TEXTS)
@BOUNDED
def test_lines_end_only_between_units(text):
    ends, at = set(), 0
    for unit in kinsoku.units(text):
        at += len(unit)
        ends.add(at)
    longest = MEASURE.capacity(first=True)
    for line in broken(text, CHAIN, MEASURE):
        inside = [unit for unit in kinsoku.units(text) if CHAIN.width(unit) > longest]
        assert line.end in ends or inside


@given(TEXTS)
@BOUNDED
def test_a_line_fits_the_measure_with_no_more_than_a_little_squeezing(text):
    lines = broken(text, CHAIN, MEASURE)
    for number, line in enumerate(lines):
        room = PAGE.measure_tw - (640 if number == 0 else 0)
        shown = text[line.start : line.end].rstrip(" ")
        natural = CHAIN.width(shown) * 320 / EM
        assert natural + TIGHTEST_TW * (len(shown) - 1) <= room, shown


def test_a_word_longer_than_a_line_is_cut_and_nothing_of_it_is_lost():
    text = "见https://" + "abcdefghij" * 20 + "。"
    lines = broken(text, CHAIN, MEASURE)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(line.width * 320 / EM <= PAGE.measure_tw + 320 for line in lines)


HEADINGS = st.sampled_from(["## 甲", "### 乙", "#### 丙", "##### 丁"])
BODIES = st.integers(1, 260).map(lambda count: ("今年以来，全市上下聚焦目标，" * 20)[:count] + "。")
SIGNED = st.just("正文。\n\n@落款 市经信局\n@日期 2023年9月5日")
WORDS = st.lists(st.one_of(HEADINGS, BODIES, SIGNED), min_size=1, max_size=40)


@given(WORDS, st.booleans(), st.sampled_from(samples.PROFILES))
@settings(derandomize=True, max_examples=120, deadline=None, database=None)
def test_pages_hold_every_line_once_within_the_type_area_and_no_heading_stands_last(words, run_in, form):
    page = profiles.find(form)
    words = [word + "。" if run_in and word.startswith("#") else word for word in words]
    document = parse("# 关于一件事的报告\n\n" + ("\n" if run_in else "\n\n").join(words))
    pages = flow.lay(document, page)
    lines = [line for paragraph in pages.paragraphs for line in paragraph.lines]
    assert lines == [line for one in pages.pages for line in one.lines]
    assert "".join(line.text for line in lines) == "".join(block.text for block in document.blocks)
    last = lines[-1]
    headings = {id(line) for one in pages.paragraphs if one.style.startswith("heading") for line in one.lines}
    for one in pages.pages:
        assert len(one.lines) <= page.rows
        assert all(line.page == one.number for line in one.lines)
        baselines = [line.baseline_tw for line in one.lines]
        assert baselines == sorted(set(baselines))
        assert baselines[0] >= page.top_tw
        assert baselines[-1] + page.line_tw // 5 <= page.top_tw + page.depth_tw
        assert one.lines[-1] is last or id(one.lines[-1]) not in headings


@pytest.mark.parametrize("rows", range(14, 23))
def test_headings_one_under_the_other_go_to_the_next_page_together(rows):
    words = "\n".join("国" * 20 for _ in range(rows)) + "\n\n## 甲\n\n### 乙\n\n" + "国" * 60
    _, pages = samples.typeset(words)
    heading = next(one for one in pages.paragraphs if one.style == "heading1")
    under, body = pages.paragraphs[heading.block + 1], pages.paragraphs[heading.block + 2]
    assert heading.lines[0].page == under.lines[0].page == body.lines[0].page == (1 if rows <= 19 else 2)


def test_a_heading_right_above_a_signature_is_not_left_at_the_foot_of_the_page():
    words = "\n".join("国" * 20 for _ in range(20)) + "\n\n## 甲\n\n@落款 市经信局\n@日期 2023年9月5日"
    heading, name, _ = samples.typeset(words)[1].paragraphs[-3:]
    assert heading.lines[0].page == name.lines[0].page


def signed(rows):
    """Pages with so many full rows above a signature and a date."""
    words = "\n".join("国" * 20 for _ in range(rows)) + "\n\n@落款 市经信局\n@日期 2023年9月5日"
    return samples.typeset(words)[1]


@pytest.mark.parametrize("rows", [1, 18, 19, 20, 21, 22])
def test_a_signature_and_its_date_stand_on_one_page(rows):
    name, day = signed(rows).paragraphs[-2:]
    assert name.lines[0].page == day.lines[0].page


@pytest.mark.parametrize("rows", [1, *range(18, 24), 40, 41, 42, 43, 44])
def test_a_signature_never_stands_on_a_page_without_text(rows):
    *_, text, name, _ = signed(rows).paragraphs
    assert text.lines[-1].page == name.lines[0].page


@pytest.mark.parametrize("rows", range(16, 23))
def test_the_last_line_of_a_long_paragraph_goes_with_the_signature_and_is_all_that_goes(rows):
    words = "\n".join("国" * 20 for _ in range(rows - 5)) + "\n" + "国" * 130 + "\n\n@落款 市经信局\n@日期 2023年9月5日"
    *_, text, name, _ = samples.typeset(words)[1].paragraphs
    pages = [line.page for line in text.lines]
    assert pages[-1] == name.lines[0].page
    assert pages[:-1] == [1] * (len(pages) - 1)
    assert text.lines[-1].forced == (rows in (20, 21, 22))


def test_a_heading_over_the_last_line_of_text_goes_with_it_to_the_signature():
    words = "\n".join("国" * 20 for _ in range(19)) + "\n\n## 甲\n\n乙。\n\n@落款 市经信局\n@日期 2023年9月5日"
    heading, text, name, _ = samples.typeset(words)[1].paragraphs[-4:]
    assert heading.lines[0].page == text.lines[0].page == name.lines[0].page == 2


def test_a_chain_of_headings_longer_than_a_page_is_laid_all_the_same():
    pages = samples.typeset("# 题\n\n" + "\n\n".join(["## 甲"] * 50) + "\n\n正文。")[1].pages
    assert sum(len(page.lines) for page in pages) == 52
    assert len(pages) == 3


@given(TEXTS)
@BOUNDED
def test_no_last_line_is_one_lone_character(text):
    lines = broken(text, CHAIN, MEASURE)
    last = text[lines[-1].start :]
    # where the line before is one unit, nothing can come down from it
    assume(len(lines) > 1 and len(kinsoku.units(text[lines[-2].start : lines[-2].end])) > 1)
    assert not kinsoku.lone(last), last


def test_a_line_is_torn_by_no_document_number_while_it_may_end_before_the_bracket():
    for count in range(40, 60):
        text = "国" * count + "见明政发〔2023〕105号、明政办发〔2023〕96号文件的要求，" + "国" * 30
        for line in broken(text, CHAIN, MEASURE)[:-1]:
            shown = text[line.start : line.end]
            room = PAGE.measure_tw - (640 if line.start == 0 else 0)
            assert room - line.width * 320 / EM < 320 * (5 if "国〔" not in shown else 0) + 1600, shown


@pytest.mark.parametrize(("term", "counts"), [("“十五五”", (20, 21)), ("《宪法》", (20, 21, 22, 23))])
def test_a_short_quoted_term_is_kept_whole_where_that_costs_little(term, counts):
    for count in counts:
        text = "国" * count + term + "规划" + "国" * 30
        assert any(term in text[line.start : line.end] for line in broken(text, CHAIN, MEASURE))


def test_the_date_begins_two_characters_right_of_the_signature():
    name, day = (
        one.lines[0] for one in samples.typeset("@落款 明川市经济和信息化局\n@日期 2023年9月5日")[1].paragraphs
    )
    assert day.x_tw - name.x_tw == pytest.approx(640, abs=60)
    assert name.x_tw + name.width_tw == pytest.approx(PAGE.width_tw - PAGE.right_tw - 640, abs=20)


def test_a_date_longer_than_its_signature_stands_two_characters_from_the_edge():
    name, day = (one.lines[0] for one in samples.typeset("@落款 市经信局\n@日期 2023年12月25日")[1].paragraphs)
    assert day.x_tw + day.width_tw == pytest.approx(PAGE.width_tw - PAGE.right_tw - 640, abs=20)
    assert day.x_tw - name.x_tw == pytest.approx(640, abs=60)


def test_free_and_held_pages_are_the_same_lines():
    words = samples.report("jingxin").words
    document = parse(words)
    held, free = (flow.lay(document, replace(PAGE, lines=lines)) for lines in ("held", "free"))
    assert held.pages == free.pages
