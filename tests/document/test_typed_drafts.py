"""Whole drafts as offices type them, what each line is written beside it before anything read them."""

from pathlib import Path

import pytest

from reportkit import Report
from reportkit.document import draft
from reportkit.document.roles import Role

TYPED = sorted((Path(__file__).parent / "typed").glob("*.txt"))


def written(path):
    """Return the draft, and what each of its lines is by number; 正文|结束语 where either is right."""
    rows = [line.partition("\t") for line in path.read_text("utf-8").splitlines()]
    return "".join(f"{text}\n" for _, _, text in rows), {
        at: kind for at, (kind, _, _) in enumerate(rows, start=1) if kind
    }


def typed(text, tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(text, "utf-8")
    return path


def kinds(text, tmp_path):
    return [(str(one.kind), one.text) for one in draft.read(typed(text, tmp_path)).taken]


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_every_line_is_taken_for_what_its_writer_meant(path, tmp_path):
    text, meant = written(path)
    taken = {one.first: str(one.kind) for one in draft.read(typed(text, tmp_path)).taken}
    wrong = {at: (kind, taken.get(at)) for at, kind in meant.items() if taken.get(at) not in kind.split("|")}
    assert not wrong


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_every_letter_comes_out_and_the_text_file_is_a_draft_of_the_same_document(path, tmp_path):
    text, _ = written(path)
    report = Report.typeset(typed(text, tmp_path))
    assert "".join(report.render("txt").decode().split()) == "".join(text.split())
    out = report.save(tmp_path / "again.txt")
    assert [(block.role, block.text) for block in draft.read(out).document.blocks] == [
        (block.role, block.text) for block in report.document.blocks
    ]


def lines_of(report):
    """Return (page, row of the page, text) of every line; rows are body lines from the top, 1 the first."""
    profile = report.profile
    return [
        (page.number, 1 + (line.baseline_tw - profile.top_tw) // profile.line_tw, line.text)
        for page in report.pages.pages
        for line in page.lines
    ]


def test_an_attachment_begins_a_page_with_its_mark_on_the_first_line_and_its_title_on_the_third(tmp_path):
    text, _ = written(next(path for path in TYPED if path.stem == "表彰决定"))
    report = Report.typeset(typed(text, tmp_path))
    lines = lines_of(report)
    assert (2, 1, "附件1") in lines
    assert (3, 1, "附件2") in lines
    titles = [(page, row) for page, row, text in lines if text.endswith("名单") and page > 1]
    assert titles == [(2, 3), (3, 3)]
    mark = next(line for line in report.pages.pages[1].lines if line.text == "附件1")
    assert mark.x_tw == report.profile.left_tw
    assert report.profile.styles[mark.runs[0].style].face == "黑体"


@pytest.mark.parametrize("lines", ["held", "free", "all"])
def test_word_is_told_to_begin_the_page_of_a_part(lines, tmp_path):
    import io

    import docx

    text, _ = written(next(path for path in TYPED if path.stem == "印发办法的通知"))
    word = docx.Document(io.BytesIO(Report.typeset(typed(text, tmp_path), lines=lines).proved("docx")))
    begun = [
        one.text.replace("\n", "") for one in word.paragraphs if one._p.pPr.find(f"{{{W}}}pageBreakBefore") is not None
    ]
    assert begun == ["泊宁市公共停车场管理办法"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_a_part_beneath_takes_nothing_from_the_first(tmp_path):
    first = "关于报送材料的通知\n\n各科室：\n\n请于月底前报送。\n\n泊宁市林业局\n2024年3月1日\n"
    alone = lines_of(Report.typeset(typed(first, tmp_path)))
    both = lines_of(Report.typeset(typed(first + "\n附件\n\n填报说明\n\n逐项填写。\n", tmp_path)))
    assert both[: len(alone)] == alone
    assert [page for page, _, _ in both[len(alone) :]] == [2, 2, 2]


@pytest.mark.parametrize(
    "line",
    ["各学校：", "各中小学、幼儿园：", "泊宁大学：", "全体教职工：", "各社区：", "水利部：", "省有关单位：",
     "广大市民朋友：", "各乡镇（街道）：", "方正同志：", "云川县人民法院：", "各有关企业:", "你局：", "各位家长：",
     "各县、区牵头部门："],
)  # fmt: skip
def test_whom_a_document_is_addressed_to_shows_by_its_shape(line, tmp_path):
    assert kinds(f"关于一件事的通知\n\n{line}\n\n请认真落实。\n", tmp_path)[1][0] == "称谓"


@pytest.mark.parametrize(
    "line",
    ["市政府决定：", "单位：", "现通知如下：", "会议强调：", "时间：", "参会人员：", "经研究，区委决定：", "负责人：",
     "主要内容："],
)  # fmt: skip
def test_what_leads_on_and_what_a_form_asks_for_is_addressed_to_nobody(line, tmp_path):
    assert kinds(f"关于一件事的通知\n\n{line}\n\n请认真落实。\n", tmp_path)[1][0] == "正文"
    below = kinds(f"关于一件事的通知\n\n各单位：\n\n{line}\n\n请认真落实。\n", tmp_path)
    assert [kind for kind, _ in below[1:3]] == ["称谓", "正文"]


@pytest.mark.parametrize(
    "day",
    ["2024年9月　日", "2024年　月　日", "年　月　日", "2024年9月  日", "二〇二四年九月　日", "二Ｏ二四年九月一日",
     "二○二四年九月",     "2024 年 9 月 1 日", "2024年×月×日", "2024.9.1"],
)  # fmt: skip
def test_a_date_is_one_though_its_day_is_open(day, tmp_path):
    taken = kinds(f"关于一件事的通知\n\n各单位：\n\n请落实。\n\n泊宁市水利局\n{day}\n", tmp_path)
    assert [kind for kind, _ in taken[-2:]] == ["落款", "日期"]


@pytest.mark.parametrize(
    "line",
    [
        "联系人：方正，电话：0799-1234567",
        "联系电话：1234567",
        "电子邮箱：a@b.example",
        "传真：1234567",
        "地　址：滨湖路1号",
    ],
)
def test_whom_to_ask_is_no_signature_above_one_and_a_note_below(line, tmp_path):
    head = "关于一件事的函\n\n市水利局：\n\n请予支持。\n\n"
    assert [kind for kind, _ in kinds(f"{head}{line}\n\n市林业局\n2024年9月1日\n", tmp_path)[3:]] == [
        "正文",
        "落款",
        "日期",
    ]
    assert [kind for kind, _ in kinds(f"{head}市林业局\n2024年9月1日\n{line}\n", tmp_path)[3:]] == [
        "落款",
        "日期",
        "附注",
    ]


@pytest.mark.parametrize("mark", ["附件", "附件1", "附件：", "附件1：", "附件1.", "附 件", "附件一"])
def test_the_mark_of_an_attachment_may_be_typed_in_many_ways(mark, tmp_path):
    head = "关于一件事的通知\n\n各单位：\n\n请落实。\n\n市林业局\n2024年9月1日\n\n"
    taken = kinds(f"{head}{mark}\n\n填报说明\n\n逐项填写。\n", tmp_path)
    assert [kind for kind, _ in taken[5:]] == ["附件序号", "标题", "正文"]


@pytest.mark.parametrize("end", ["", "\u200b", "\u200d", "\ufeff", " \u200b "])
def test_what_takes_no_room_at_the_ends_of_lines_changes_nothing_and_is_told(end, tmp_path):
    text = f"关于一件事的通知{end}\n{end}\n各单位：{end}\n\n请落实。\n\n{end}市林业局{end}\n2024年9月1日{end}\n"
    read = draft.read(typed(text, tmp_path))
    assert [str(one.kind) for one in read.taken] == ["标题", "称谓", "正文", "落款", "日期"]
    assert any("零宽" in one.say() for one in read.warnings) == bool(end)
    assert "\u200b" not in Report.typeset(tmp_path / "draft.txt").render("txt").decode()


def test_radicals_are_refused_with_where_they_come_from_and_turned_to_characters_on_request(tmp_path):
    from reportkit import InputError

    path = typed("关于⽔上安全的通知\n\n各单位：\n\n⼀、加强管理\n请落实。\n\n市海事局\n2024年9⽉1⽇\n", tmp_path)
    with pytest.raises(InputError) as error:
        draft.read(path)
    assert "⽔⼀⽉⽇" in error.value.faults[0].say()
    assert "PDF" in error.value.faults[0].say()
    report = Report.typeset(path, normalise=True)
    assert [str(one.kind) for one in report.taken] == ["标题", "称谓", "一级标题", "正文", "落款", "日期"]
    assert "水上安全" in report.document.title
    assert any("⽔⼀⽉⽇" in one.say() for one in report.warnings)


def test_siblings_with_labels_run_in_up_to_their_colons(tmp_path):
    items = "一、春耕：播种300万亩，进度快于上年。\n二、防汛：除险12处。汛前全部完工。\n三、造林：新造2万亩。\n"
    text = f"工作报告\n\n市委：\n\n{items}"
    blocks = draft.read(typed(text, tmp_path)).document.blocks
    assert [block.head for block in blocks[2:]] == ["一、春耕：", "二、防汛：", "三、造林："]


def test_a_chapter_a_section_and_an_article_on_one_line_are_three_paragraphs(tmp_path):
    text = (
        "泊宁市节水办法\n\n第一章　总则　第一节　目的　　第一条　为了节水，制定本办法。\n\n第二条　本办法适用于全市。\n"
    )
    assert [kind for kind, _ in kinds(text, tmp_path)[1:]] == ["章", "节", "条", "条"]


def test_a_name_on_the_line_below_a_lone_mark_of_attachments_joins_it(tmp_path):
    text = "关于一件事的通知\n\n各单位：\n\n请落实。\n\n附件：\n1.名单\n2.样表\n\n市林业局\n2024年9月1日\n"
    blocks = draft.read(typed(text, tmp_path)).document.blocks
    assert [block.text for block in blocks if block.role is Role.ATTACHMENT] == ["附件：1.名单", "2.样表"]


def test_what_one_says_of_a_line_begins_a_part(tmp_path):
    text = "关于一件事的通知\n\n各单位：\n\n请落实。\n\n表一\n\n填报说明\n\n逐项填写。\n"
    (tmp_path / "roles").write_text("7: 附件序号\n", "utf-8")
    taken = draft.read(typed(text, tmp_path), tmp_path / "roles").taken
    assert [str(one.kind) for one in taken[3:]] == ["附件序号", "标题", "正文"]
