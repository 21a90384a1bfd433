"""The PDF measured against GB/T 9704 and GB/T 33476: paper, type area, lines and characters, folio."""

from collections import Counter

import printed
import pytest
import samples

from reportkit.document.roles import Role

TOLERANCE = 0.5 * samples.MM
MARGINS_MM = {"gbt9704": (37, 35), "gbt33476": (34.58, 32.58)}
PITCH_PT = {"gbt9704": 28.95, "gbt33476": 29.45}
LEFT, RIGHT = 28 * samples.MM, 184 * samples.MM
EVERY = pytest.mark.parametrize(
    ("example", "form"), [(name, form) for name in samples.EXAMPLES for form in samples.PROFILES]
)


def measured(example, form):
    return printed.sheets(samples.file(example, "pdf", form=form))


def title_block(example, form):
    """How many rows of page one the title and the subtitle take."""
    paragraphs = samples.report(example, form=form).pages.paragraphs
    return sum(len(one.lines) for one in paragraphs if one.style in ("title", "subtitle"))


def grid(form):
    top = MARGINS_MM[form][0] * samples.MM
    return [top + (row + 0.8) * PITCH_PT[form] for row in range(22)]


def ends_full(pages, number):
    """True if the page is left because it is full, not because a heading or a signature moves on."""
    following = pages.pages[number].lines[0]
    owner = next(paragraph for paragraph in pages.paragraphs if following in paragraph.lines)
    return following is not owner.lines[0] or owner.style in ("body", "closing")


@EVERY
def test_every_page_is_a4(example, form):
    for sheet in measured(example, form):
        assert (sheet.width, sheet.height) == pytest.approx((595.3, 841.9), abs=0.1)


@EVERY
def test_every_line_below_the_title_block_stands_on_one_of_the_same_22_baselines(example, form):
    rows = [row for sheet in measured(example, form) for row in sheet.rows]
    for row in rows[title_block(example, form) :]:
        assert min(abs(row.baseline - line) for line in grid(form)) < 0.1, row.text


@EVERY
def test_22_lines_fill_the_type_area_and_no_23rd_would_fit(example, form):
    top, bottom = (white * samples.MM for white in MARGINS_MM[form])
    depth = 297 * samples.MM - top - bottom
    assert 22 * PITCH_PT[form] <= depth < 23 * PITCH_PT[form]
    assert grid(form)[-1] + 0.2 * PITCH_PT[form] <= 297 * samples.MM - bottom + 0.1


@EVERY
def test_a_full_page_has_22_lines_from_the_first_baseline_to_the_last(example, form):
    pages, sheets = samples.report(example, form=form).pages, measured(example, form)
    full = [sheet for number, sheet in enumerate(sheets[:-1], start=1) if number > 1 and ends_full(pages, number)]
    assert full
    for sheet in full:
        assert len(sheet.rows) == 22
        assert sheet.rows[0].baseline == pytest.approx(grid(form)[0], abs=0.1)
        assert sheet.rows[-1].baseline == pytest.approx(grid(form)[-1], abs=0.1)


@EVERY
def test_the_title_block_fills_whole_rows_so_that_page_one_ends_where_every_page_ends(example, form):
    pages, first = samples.report(example, form=form).pages, measured(example, form)[0]
    above, below = first.rows[: title_block(example, form)], first.rows[title_block(example, form) :]
    assert max(above[0].sizes) == 22
    if ends_full(pages, 1):
        assert below[-1].baseline == pytest.approx(grid(form)[-1], abs=0.1)
    assert below[0].baseline - above[-1].baseline >= 2 * PITCH_PT[form] - 1  # one blank line between (§7.3.2)


@EVERY
def test_full_lines_run_from_28_mm_to_184_mm(example, form):
    report = samples.report(example, form=form)
    seen = 0
    for page, edges in zip(report.pages.pages, printed.edges(samples.file(example, "pdf", form=form)), strict=True):
        assert len(edges) == len(page.lines) + 1
        for line, (left, right) in zip(page.lines, edges, strict=False):
            owner = next(paragraph for paragraph in report.pages.paragraphs if line in paragraph.lines)
            if owner.style != "body" or line is owner.lines[-1]:
                continue
            indent = 32 if line is owner.lines[0] else 0
            assert left == pytest.approx(LEFT + indent, abs=TOLERANCE), line.text
            assert right == pytest.approx(RIGHT, abs=TOLERANCE), line.text
            seen += 1
    assert seen > 40


@EVERY
def test_no_line_reaches_past_the_type_area(example, form):
    for edges in printed.edges(samples.file(example, "pdf", form=form)):
        for left, right in edges:
            assert left >= LEFT - TOLERANCE
            assert right <= RIGHT + TOLERANCE


@EVERY
def test_a_paragraph_begins_two_characters_in_and_a_salutation_flush(example, form):
    report = samples.report(example, form=form)
    indents = {"salutation": 0, "body": 32, "closing": 32, "heading1": 32, "heading2": 32}
    rows = [row for sheet in measured(example, form) for row in sheet.rows]
    at = 0
    for paragraph in report.pages.paragraphs:
        if paragraph.style in indents:
            assert rows[at].left == pytest.approx(LEFT + indents[paragraph.style], abs=0.1)
        at += len(paragraph.lines)
    assert at == len(rows)


@EVERY
def test_a_full_line_of_han_and_marks_holds_28_characters_save_where_marks_push(example, form):
    report = samples.report(example, form=form)
    counts = Counter(
        len(line.text)
        for paragraph in report.pages.paragraphs
        for line in paragraph.lines[1:-1]
        if paragraph.style == "body" and all(ord(one) > 0x2000 for one in line.text)
    )
    assert counts.most_common(1)[0][0] == 28
    assert max(counts) <= 29
    assert counts[28] > 0.6 * counts.total()


def test_a_paragraph_of_nothing_but_han_is_26_and_then_28_characters_a_line():
    _, pages = samples.typeset("国" * 200)
    assert [len(line.text) for line in pages.paragraphs[0].lines] == [26, 28, 28, 28, 28, 28, 28, 6]


@EVERY
def test_title_is_22_points_body_16_and_folio_14(example, form):
    sheets = measured(example, form)
    report = samples.report(example, form=form)
    title = "".join(block.text for block in report.document.blocks if block.role is Role.TITLE)
    sizes = [(one, size) for sheet in sheets for row in sheet.rows for one, size in zip(row.text, row.sizes)]  # noqa: B905
    assert "".join(one for one, size in sizes if size == 22) == title
    assert {size for _, size in sizes[len(title) :]} == {16}
    assert {size for sheet in sheets for size in sheet.folio.sizes} == {14}


@EVERY
def test_title_lines_are_centred(example, form):
    for (left, right), row in zip(
        printed.edges(samples.file(example, "pdf", form=form))[0], measured(example, form)[0].rows, strict=False
    ):
        if max(row.sizes) == 22:
            assert (left + right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=TOLERANCE)


@EVERY
def test_folio_is_dash_number_dash_right_on_odd_pages_and_left_on_even_one_character_in(example, form):
    edges = printed.edges(samples.file(example, "pdf", form=form))
    for number, sheet in enumerate(measured(example, form), start=1):
        left, right = edges[number - 1][-1]
        assert sheet.folio.text == f"— {number} —"
        assert set(sheet.folio.faces) == {"ReportKitSong"}
        if number % 2:
            assert right == pytest.approx(RIGHT - 14, abs=TOLERANCE)
        else:
            assert left == pytest.approx(LEFT + 14, abs=TOLERANCE)


@EVERY
def test_the_dash_of_the_folio_is_inked_28_mm_above_the_foot_of_the_sheet(example, form):
    dpi = 300
    image = printed.picture(samples.file(example, "pdf", form=form), 1, dpi)
    left, _ = printed.edges(samples.file(example, "pdf", form=form))[0][-1]
    dash = [round(at * dpi / 72) for at in (left + 2, left + 12)]
    below = round((297 - 34) * samples.MM * dpi / 72)
    inked = [y for y in range(below, image.height) if image.getpixel(((dash[0] + dash[1]) // 2, y)) < 128]
    assert inked
    middle_mm = 297 - (min(inked) + max(inked) + 1) / 2 * 25.4 / dpi
    assert middle_mm == pytest.approx(28, abs=0.5)
