"""Text of any one kind is laid out in work that grows as its length does; what no one could set is refused."""

import sys
import time

import pytest

from reportkit import InputError, Report
from reportkit.document.nodes import Block, Document, Mark, Span, Table
from reportkit.document.parse import parse
from reportkit.document.roles import Role
from reportkit.pages import flow, profiles

PROFILE = profiles.find("gbt9704")
KINDS = [
    *"汉7a—，。（）“”\"/／￥%+*…·～𠮷😀α《〔[,", "\u0301", "\u200d", "\u2002", "a ", "1,", "/（", "×“", "，a", "1年",
    "a1.", "“汉", "（a",
]  # fmt: skip
SHORT = 3_000
# calls that four times the text may cost, for each once before: a path that is quadratic takes sixteen
GROWTH = 6


def body(text):
    return Document((Block(Role.BODY, (Span(text),)),))


def spans(count):
    marks = (frozenset(), frozenset((Mark.LEAD,)), frozenset((Mark.GAP,)))
    return Document((Block(Role.BODY, tuple(Span("甲乙", None, marks[at % 3]) for at in range(count))),))


def table(rows):
    def row(role, texts):
        return tuple(Block(role, (Span(text),)) for text in texts)

    cells = [row(Role.CELL, (f"第{at}县", f"{at}.5亿元")) for at in range(rows)]
    return Document((Table((row(Role.HEAD_CELL, ("县", "产值")), *cells)),))


def headings(count):
    return parse("\n\n".join(f"{'#' * (2 + at % 4)} 某县推进工作" for at in range(count)))


def work(document):
    """Return how many lines of Python laying out a document takes: the same on any machine."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        flow.lay(document, PROFILE)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_a_paragraph_of_one_kind_of_character_takes_work_as_it_is_long(kind):
    flow.lay(body(kind * 10), PROFILE)
    once, four = (work(body((kind * size)[:size])) for size in (SHORT // 4, SHORT))
    assert four <= GROWTH * once


@pytest.mark.parametrize("made", [spans, table, headings])
def test_spans_rows_and_headings_take_work_as_many_as_they_are(made):
    flow.lay(made(10), PROFILE)
    once, four = work(made(60)), work(made(240))
    assert four <= GROWTH * once


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_fifty_thousand_characters_of_one_kind_are_laid_out_in_seconds(kind):
    begun = time.process_time()
    flow.lay(body((kind * 50_000)[:50_000]), PROFILE)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("title", ["某县推进重点工作" * 200, "i" * 1600, "甲 " * 300, "甲\u200d" * 300])
def test_a_title_that_four_lines_do_not_hold_is_refused_at_once(title):
    with pytest.raises(InputError, match="标题"):
        flow.lay(Document((Block(Role.TITLE, (Span(title),)),)), PROFILE)


@pytest.mark.parametrize("title", ["i i " * 60, "某县推进重点工作" * 9, "和的在了" * 19])
def test_the_longest_titles_are_cut_without_trying_every_way(title):
    begun = time.process_time()
    flow.lay(Document((Block(Role.TITLE, (Span(title),)),)), PROFILE)
    assert time.process_time() - begun < 5


def test_a_cell_that_no_page_holds_is_refused():
    long = Block(Role.CELL, (Span("某" * 50_000),))
    head = Block(Role.HEAD_CELL, (Span("列"),))
    with pytest.raises(InputError, match="一页放不下"):
        flow.lay(Document((Table(((head, head), (long, long))),)), PROFILE)


def test_more_paragraphs_than_a_book_has_are_refused():
    with pytest.raises(InputError, match="最多排"):
        flow.lay(Document((Block(Role.BODY, (Span("甲"),)),) * (flow.MOST_PASSAGES + 1)), PROFILE)


@pytest.mark.parametrize("text", ["甲\n" * 100_001, "甲" * 1_000_001])
def test_a_draft_without_end_is_refused(text, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(text, "utf-8")
    with pytest.raises(InputError, match="最多"):
        Report.typeset(draft)


@pytest.mark.parametrize(
    "line", ["共印" * 20_000, "（" * 20_000, "谢谢" * 20_000, "局" * 20_000, "第" + "1" * 5000 + "条"]
)
def test_odd_lines_at_the_end_of_a_draft_are_recognised_in_time(line, tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text(f"某县情况\n\n正文。\n2023年9月5日\n{line}\n{line}\n", "utf-8")
    begun = time.process_time()
    assert Report.typeset(draft).document.blocks
    assert time.process_time() - begun < 5


def test_lines_wrapped_by_hand_are_joined_in_time(tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text("某县推进重点工作，成效十分明显，今年以来累计实现产值若干亿\n元。\n" * 6_000, "utf-8")
    begun = time.process_time()
    assert Report.typeset(draft).document.blocks
    assert time.process_time() - begun < 10
