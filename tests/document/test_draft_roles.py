"""What the lines of a finished draft are taken for, by shape and place, in the encodings and wraps offices save."""

import unicodedata
from pathlib import Path

import pytest

from reportkit import InputError, Report
from reportkit.document import draft
from reportkit.document.nodes import Mark
from reportkit.document.roles import Role

DRAFTS = sorted((Path(__file__).parent / "drafts").glob("*.txt"))
DRAFTS_BY_NAME = {path.stem: path for path in DRAFTS}
ROOT = Path(__file__).resolve().parents[2]
DRAFT = pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
WRAPPED_AT = 76  # columns: 38 characters


def read(text, tmp_path, name="draft.txt", roles=None):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    if roles is not None:
        (tmp_path / "roles").write_text(roles, "utf-8")
    return draft.read(path, tmp_path / "roles" if roles is not None else None)


def told(read_draft):
    """Return a row a paragraph: its first line, its kind with a ? where that is not sure, how it begins."""
    return [f"{one.first}\t{one.kind}{'' if one.sure else '?'}\t{one.text[:16]}" for one in read_draft.taken]


def kinds(read_draft):
    return [(str(one.kind), one.text) for one in read_draft.taken]


def faults(text, tmp_path, name="draft.txt", roles=None):
    with pytest.raises(InputError) as error:
        read(text, tmp_path, name, roles)
    return error.value.faults


def columns(text):
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def wrapped(text, indent="　　"):
    """Return a draft as an old editor wraps it: every paragraph indented, lines cut at a measure, none beginning
    with a mark."""
    rows = []
    for line in text.split("\n"):
        row = indent if len(line) > 20 and not line.startswith(" ") else ""
        for character in line:
            if columns(row) + columns(character) > WRAPPED_AT and character not in "，。、；：！？”）":
                rows.append(row)
                row = ""
            row += character
        rows.append(row)
    return "\n".join(rows)


@DRAFT
def test_every_line_of_a_draft_is_taken_for_what_it_is(path):
    assert told(draft.read(path)) == path.with_suffix(".roles").read_text("utf-8").splitlines()


@DRAFT
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_draft_in_any_encoding_and_with_any_line_ends_is_the_same(path, encoding, tmp_path):
    text = path.read_text("utf-8")
    for ends in ("\r\n", "\r"):
        assert kinds(read(text.replace("\n", ends).encode(encoding), tmp_path)) == kinds(draft.read(path))


@DRAFT
def test_a_draft_without_blank_lines_and_indents_has_the_same_headings(path, tmp_path):
    lines = [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
    headings = [row for row in kinds(draft.read(path)) if "级" in row[0] or row[0] in "章节条"]
    assert [row for row in kinds(read("\n".join(lines), tmp_path)) if "级" in row[0] or row[0] in "章节条"] == headings


@pytest.mark.parametrize("name", ["旧式总结", "会议讲话", "政府工作报告"])
@pytest.mark.parametrize("indent", ["　　", "    "])
def test_an_old_draft_wrapped_by_hand_and_saved_in_gb18030_is_joined_again(name, indent, tmp_path):
    path = DRAFTS_BY_NAME[name]
    text = wrapped("\n".join(line.strip() for line in path.read_text("utf-8").split("\n")), indent)
    joined = read(text.replace("\n", "\r\n").encode("gb18030") + b"\x1a", tmp_path)
    assert joined.encoding == "gb18030"
    assert any(one.last > one.first for one in joined.taken)
    assert kinds(joined) == kinds(draft.read(path))


def test_paragraphs_parted_by_blank_lines_and_wrapped_without_indents_are_joined_again(tmp_path):
    path = DRAFTS_BY_NAME["会议讲话"]
    lines = [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
    text = wrapped("\n\n".join(lines), indent="")
    assert kinds(read(text, tmp_path)) == kinds(draft.read(path))


def test_lines_that_are_no_wraps_are_left_alone(tmp_path):
    names = "\n".join(
        f"泊宁市第{number}中学　校长　张某某　副校长　李某某　主任　王某某，{number}号" for number in range(10, 30)
    )
    taken = read(f"# 名单\n\n{names}\n", tmp_path).taken
    assert all(one.first == one.last for one in taken)


def test_short_headings_and_short_paragraphs_are_no_wraps(tmp_path):
    section = "一、坚持以项目建设为抓手推动全市经济社会高质量发展\n今年新开工项目{0}个，完成投资{0}亿元。\n"
    taken = read("工作要点\n" + "".join(section.format(number) for number in range(10, 20)), tmp_path).taken
    assert all(one.first == one.last for one in taken)


def test_english_words_wrapped_by_hand_keep_a_space_between_them(tmp_path):
    row = "推动全市三百家企业上云用数赋智，加快引进国内外先进的 Advanced Planning\n"
    text = "关于一件事的报告\n\n　　" + row[1:] + ("and Scheduling 系统，" + row[8:]) * 3 + "and Scheduling 系统。\n"
    (_, body) = read(text, tmp_path).taken
    assert body.text.count("Advanced Planning and Scheduling") == 4


def test_a_title_in_several_lines_keeps_its_cuts(tmp_path):
    title = read(
        "泊宁市人民政府办公室\n关于第三季度工作\n情况的通报\n\n各县人民政府：\n特此通报。\n", tmp_path
    ).document.blocks[0]
    assert (title.text, title.cuts) == ("泊宁市人民政府办公室关于第三季度工作情况的通报", (10, 18))


def test_a_title_spaced_out_ends_where_it_names_its_genre(tmp_path):
    taken = kinds(read("泊宁市人民政府\n工 作 报 告\n市长　林知远\n\n各位代表：\n请予审议。\n", tmp_path))
    assert [kind for kind, _ in taken[:4]] == ["标题", "标题", "署名", "称谓"]


def test_letterhead_number_and_stage_of_a_draft_stand_about_its_title(tmp_path):
    head = "泊宁市人民政府文件\n泊政发〔2023〕5号\n泊宁市人民政府关于支持工业发展的意见\n讨论稿\n"
    text = head + "\n各县人民政府：\n特此通知。\n"
    assert [kind for kind, _ in kinds(read(text, tmp_path))][:5] == ["署名", "署名", "标题", "署名", "称谓"]


def test_a_numbered_sentence_that_states_figures_is_no_heading_nor_is_its_only_sibling(tmp_path):
    text = "总结\n（一）抓好项目。投资增长。\n（二）全年实现产值1234.56亿元，增长6.3%。其中工业占四成。\n"
    assert [kind for kind, _ in kinds(read(text, tmp_path))] == ["标题", "正文", "正文"]


def test_typed_numbers_stay_as_typed(tmp_path):
    text = "工作总结\n一. 主要工作\n内容甲。\n三、 打算\n2、先做此事。再做彼事。\n１．末项。说明。\n"
    blocks = read(text, tmp_path).document.blocks
    assert [block.text for block in blocks[1:]] == [
        "一. 主要工作",
        "内容甲。",
        "三、 打算",
        "2、先做此事。再做彼事。",
        "１．末项。说明。",
    ]
    assert [block.head for block in blocks[1:]] == ["一. 主要工作", "", "三、 打算", "2、先做此事。", "１．末项。"]


def test_decimals_and_years_are_no_headings(tmp_path):
    text = "报告\n同志们：\n1.5亿元已经到位。下一步抓紧。\n2023.5完工。按期投产。\n3.15活动如期举行。效果好。\n"
    assert {kind for kind, _ in kinds(read(text, tmp_path))[2:]} == {"正文"}


def test_a_table_of_contents_is_no_row_of_headings_and_a_repeated_heading_is_one(tmp_path):
    headings = ["第一章　基础", "第一节　成绩", "第二节　问题"]
    text = (
        "规划\n目录\n"
        + "\n".join(headings)
        + "\n一、甲……………3\n"
        + "".join(f"{one}\n一、概况\n内容。\n" for one in headings)
    )
    taken = kinds(read(text, tmp_path))
    assert {kind for kind, _ in taken[1:6]} == {"正文"}
    assert [kind for kind, _ in taken[6:]] == [
        "章",
        "一级标题",
        "正文",
        "节",
        "一级标题",
        "正文",
        "节",
        "一级标题",
        "正文",
    ]


def test_half_width_marks_end_sentences_too(tmp_path):
    text = (
        "汇报\n各位领导,同志们:\n(一)狠抓项目建设.新开工项目1.5万个.\n汇报完毕,谢谢大家!\n市经济贸易局\n2009年7月8日\n"
    )
    found = read(text, tmp_path)
    assert [kind for kind, _ in kinds(found)] == ["标题", "称谓", "二级段首标题", "结束语", "落款", "日期"]
    assert found.document.blocks[2].head == "(一)狠抓项目建设."


def test_an_article_number_is_marked_and_a_cited_article_is_not(tmp_path):
    text = "办法\n第一条　为了规范管理，制定本办法。\n第二条　适用本办法。\n第一条规定的情形除外，由市局解释。\n"
    blocks = read(text, tmp_path).document.blocks
    marked = [[span.text for span in block.spans if Mark.ARTICLE in span.marks] for block in blocks[1:]]
    assert marked == [["第一条　"], ["第二条　"], []]


def test_a_file_of_roles_corrects_what_was_guessed(tmp_path):
    text = "工作要点\n市局\n要点如下\n一、甲\n二、乙\n内容。\n还有一行\n"
    roles = "# 改正\n2: 正文\n3: 一级标题\n4-5：正文\n内容: 结束语\n7: 接上行\n"
    assert kinds(read(text, tmp_path, roles=roles)) == [
        ("标题", "工作要点"), ("正文", "市局"), ("一级标题", "要点如下"), ("正文", "一、甲"), ("正文", "二、乙"),
        ("结束语", "内容。还有一行"),
    ]  # fmt: skip


def test_roles_may_be_named_in_english(tmp_path):
    assert kinds(read("要点\n内容甲\n内容乙\n", tmp_path, roles="2: body\n3: heading 1\n"))[1:] == [
        ("正文", "内容甲"),
        ("一级标题", "内容乙"),
    ]


def test_front_matter_names_profile_date_author_and_roles_and_is_not_printed(tmp_path):
    front = "---\n版式: gbt33476\n日期: ２０２３年９月５日\n作者: 明川市经信局\n角色:\n  10: 正文\n---\n"
    found = read(front + "要点\n\n一、甲\n内容。\n", tmp_path)
    assert (found.profile, str(found.document.written), found.document.author.text) == (
        "gbt33476",
        "2023-09-05",
        "明川市经信局",
    )
    assert kinds(found) == [("标题", "要点"), ("正文", "一、甲"), ("正文", "内容。")]
    assert Report.typeset(tmp_path / "draft.txt").profile.id == "gbt33476"


def test_a_markdown_draft_may_have_front_matter_too(tmp_path):
    found = read("---\n作者: 明川市经信局\n---\n# 要点\n## 甲\n\n内容。\n", tmp_path, "draft.md")
    assert found.document.author.text == "明川市经信局"
    assert [block.text for block in found.document.blocks] == ["要点", "一、甲", "内容。"]


def test_rules_that_are_no_front_matter_are_text(tmp_path):
    assert "---" in [one.text for one in read("---\n这一行是正文，不是键。\n---\n", tmp_path).taken]


@pytest.mark.parametrize(
    ("roles", "words"),
    [("99: 正文", "99"), ("1: 大标题", "大标题"), ("没有的话: 正文", "没有的话"), ("不成样子", "看不懂")],
)
def test_a_saying_that_fits_no_line_is_a_fault_with_its_line(roles, words, tmp_path):
    (fault,) = faults("要点\n内容。\n", tmp_path, roles="# 一\n" + roles)
    assert words in fault.say()
    assert fault.line == 2


@pytest.mark.parametrize(
    ("front", "line", "words"),
    [("大小: 3", 2, "大小"), ("日期: 明天", 2, "明天"), ("\n日期: [", 4, "YAML"), ("角色: {9: 正文}", 2, "9")],
)
def test_a_fault_of_front_matter_is_told_by_its_line_in_the_file(front, line, words, tmp_path):
    (fault,) = faults(f"---\n{front}\n---\n要点\n", tmp_path)
    assert words in fault.say()
    assert fault.line == line


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", "　\r\n\t\n".encode(), b"---\n---\n", b"\x1a"])
def test_an_empty_draft_is_refused(content, tmp_path):
    (fault,) = faults(content, tmp_path)
    assert "空" in fault.say()


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\x07", "控制字符 U+0007"),
        ("\x00", "U+0000"),
        ("\x0c", "U+000C"),
        ("\x85", "U+0085"),
        ("\ufdd3", "非字符 U+FDD3"),
        ("\U0001ffff", "非字符 U+1FFFF"),
    ],
)
@pytest.mark.parametrize("name", ["draft.txt", "draft.md"])
def test_a_character_that_is_none_is_refused_with_line_and_column(character, words, name, tmp_path):
    (fault,) = faults(f"要点\n内容{character}。\n", tmp_path, name)
    assert (fault.line, fault.column) == (2, 3)
    assert words in fault.say()


def test_a_damaged_utf8_file_is_no_gb18030_and_told_by_its_line(tmp_path):
    (fault,) = faults("要点\n甲".encode() + b"\xff" + "内容很长很长很长很长很长很长。\n".encode(), tmp_path)
    assert (fault.line, fault.column) == (2, 2)
    assert "UTF-8" in fault.say()


@pytest.mark.parametrize("name", ["draft.docx", "draft"])
def test_a_file_of_another_kind_is_refused(name, tmp_path):
    (fault,) = faults("要点\n", tmp_path, name)
    assert ".txt" in fault.say()


def test_a_title_too_long_to_set_is_refused_where_the_user_says_it_is_one(tmp_path):
    (fault,) = faults("甲" * 200, tmp_path, roles="1: 标题")
    assert "200" in fault.say()
    assert read("甲" * 200, tmp_path).taken[0].kind == "正文"


def test_a_markdown_draft_reads_bold_as_a_lead_phrase_which_closes_after_a_full_stop(tmp_path):
    text = "# 关于一件事的报告\n\n@称谓 同志们：\n## 抓开工。\n"
    text += "**坚持点面结合。**既聚焦关键，又兼顾全面，**市的\\*\\*三产占**%。\n"
    blocks = read(text, tmp_path, "draft.md").document.blocks
    assert [block.role for block in blocks] == [Role.TITLE, Role.SALUTATION, Role.BODY]
    leads = [span.text for span in blocks[2].spans if Mark.LEAD in span.marks]
    assert leads == ["坚持点面结合。", "市的**三产占"]
    assert blocks[2].head == "一、抓开工。"


def test_a_markdown_draft_takes_no_roles(tmp_path):
    (fault,) = faults("# 要点\n", tmp_path, "draft.md", roles="1: 正文")
    assert ".md" in fault.say()


def test_a_typeset_draft_cannot_be_redacted(tmp_path):
    report = Report.typeset(DRAFTS[0])
    assert report.figures == []
    with pytest.raises(InputError, match="脱敏"):
        report.redact()
