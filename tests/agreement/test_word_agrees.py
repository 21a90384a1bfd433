"""The Word file as LibreOffice and ONLYOFFICE set it and our PDF: the same lines in the same places, every one."""

from itertools import product
from pathlib import Path

import compare
import engines
import generate
import pytest
import samples

from reportkit.document import draft
from reportkit.document.parse import parse
from reportkit.pages import profiles
from reportkit.writers import docx, pdf

HERE = Path(__file__).resolve().parent
CASES = [
    *product(samples.EXAMPLES, ("final", "redacted"), samples.PROFILES),
    *((name, "final", "gbt9704") for name in samples.ALL if name not in samples.EXAMPLES),
]
# what engines set differently from one another, in one document: see facts/agreement.md §1
FIGURES = (
    "全市规上工业企业完成产值1234.56亿元、同比增长7.8%，近500家企业实施技改，带动投资3.4万元以上；"
    "PM2.5浓度下降12.5%，5G基站达到8,543个，“1+8”调研课题、“互联网+”行动和“3+N”体系全面铺开。"
    "依据国办发〔2023〕5号、GB/T 9704-2012和ISO 9001，推进“双联双百”“点对点、面对面”，做到一企一策——这是硬任务……"
    "2021—2025年，15%～30%的农村公路（约1200公里）完成改造，C919、AI、VOCs等写进《关于促进专精特新中小企业高质量发展若干措施》。"
)

SENTENCE = (
    "全市上下聚焦目标任务，推进高质量发展、做到一抓到底，完成{0}情况通报后取得了阶段性成效，"
    "受到{0}群众普遍欢迎；夯实了安全发展的基础。"
)
# what stands in Chinese reports beside plain Han; with every other one of these LibreOffice has always agreed
AGREEING = (
    "36.5°C", "¥35万元", "比例1:3", "元/吨", "……", "——", "5～8", "5%", "www.gov.cn", "R&D", "①", "㎡", "[2023]",
    "(试行)", "a.b@c.cn", "𬱖", "“一”", "《5G》", "（AI）", "“3+N”", "互联网+", "1,234", "2023年", "国发〔2023〕5号",
    "2021—2025年", "-3.5%", "Ⅱ", "Ⅰ—Ⅲ类", "“6·26国际禁毒日”", "5‰", "5℃", "A；B", "Windows 11系统", "PM2.5", "**市",
    "【重点】",
)  # fmt: skip
# what an engine sets in a way of its own, and how: `hold` reckons with it
PECULIAR = {
    "·": (
        "买买提·艾力",
        "LibreOffice sets every · in the Latin face, 0.66 em narrower",
    ),
    "-": ("e-Government", "engines break after a hyphen within a word: e-|Government"),
    "‘ after a pin": ("“他说：‘干就完了！’”", "a ‘ or “ that opens a line after w:br is set in the Latin face"),
    "‘A’": ("‘A’", "a ‘ or “ that opens a line after w:br is set in the Latin face"),
    "×": ("3×5米", "LibreOffice sets × in the Latin face"),
    "±": ("±5", "LibreOffice sets ± in the Latin face"),
    "§": ("§8", "LibreOffice sets § in the Latin face, which is wider"),
    "β": ("β受体", "Greek letters make seams of 0.2 em too"),
    "é": ("José", "accented letters make seams of 0.2 em too"),
    '"': ('"双联"', "LibreOffice breaks neither after nor before an ASCII quotation mark"),
}


def around(*things):
    """A short document in which each thing stands near every kind of line end."""
    turns = []
    for thing in things:
        text = SENTENCE.format(thing) * 4
        step = 15 if len(things) > 1 else 3
        turns += [
            (text[at:] + text[:at]).lstrip("，。、；：！？”’》）·-×±°\u2002") for at in range(0, len(text) // 4, step)
        ]
    return "# 关于一件事的报告\n\n" + "\n".join(turns)


def stress():
    """A long document of dense figures, all levels of headings, standing and run-in, signed twice."""
    turns = [FIGURES[at:] + FIGURES[:at] for at in range(0, len(FIGURES), 13)]
    words = ["# 明川市经信局关于2023年工作情况的报告", "", "@称谓 各位领导、同志们："]
    for number, turn in enumerate(turns):
        text = turn.lstrip("，。、；：”》）】〕％…—～·") + "。"
        mark = "#" * (2 + number % 4)
        heading = f"{mark} 聚焦“小切口”，抓好{number}件实事"
        words += [heading + "。", text] if number % 2 else [heading, "", text]
        words.append("")
    return "\n".join([*words, "@落款 明川市经济和信息化局", "@日期 2023年12月25日"])


# single lines that LibreOffice would break elsewhere, each under a full line of Han
LINES = {
    "many seams": (
        "办结2月11日专项资金、达到G42的服务保障推进6061公里合同签约服务保障、专项资金。",
        "a line's last character keeps its full width: its negative spacing is not taken off at the line's end",
    ),
    "hanging mark": (
        "行动，办结“3+N”改革事项；完成“互联网+”的协同联动机制，推进5G：同比下降。",
        "LibreOffice lets ， hang past the margin, so the piece that must not fit is 制 and not 制，",
    ),
}
# signs of no script, codes and foreign words, quotation marks among other marks
SIGNS = (
    "Ⅲ类水", "①抓项目", "5①国", "A②", "√", "½杯", "m²/s", "10³吨", "£3", "€9元", "5≥3", "a≤b", "3′20″", "№7",
    "©2023", "÷2", "∞", "→", "5→6", "■", "〖〗", "5℉", "ⅰ国", "⑴国", "⒈国", "→“好”", "甲 ，乙", "（ 丙 ）", "A / B",
)  # fmt: skip
FOREIGN = (
    "Internet of Things",
    "COVID-19", "CAR-T", "iPhone 15 Pro Max", "TCP/IP", "A/B测试", "0512-68201234", "17:30", "CO2",
    "NH3-N", "kW·h", "ISO/IEC 27001:2022", "C++", "Q&A", "7×24小时", "T恤", "IPv6", "EPC+F", "“1,953+58,123+N”",
)  # fmt: skip
QUOTED = (
    "“‘双减’”",
    "‘B’", "“5G+”", "“”", "《“十四五”规划》", "《〈通知〉》", "（“一”）", "：“好！”", "？”", "……”", "——“三”",
    "“——", "“、“", "”“", "）（", "——”", "。）", "；“", "“‘三农’”", "‘’",
)  # fmt: skip
CLASSES = (
    {"agreeing": around(*AGREEING), "signs": around(*SIGNS), "foreign": around(*FOREIGN), "quoted": around(*QUOTED)}
    | {name: around(thing) for name, (thing, _) in PECULIAR.items()}
    | {name: "国" * 26 + text for name, (text, _) in LINES.items()}
)


@pytest.fixture(scope="module", params=engines.ENGINES)
def set_by(request):
    """Every document once: the lines of each page as an engine sets them."""
    files = {case: samples.file(case[0], "docx", case[1], "held", case[2]) for case in CASES}
    for form in samples.PROFILES:
        document, pages = samples.typeset(stress(), form)
        files["stress", form] = docx.write(pages, document)
    for name, words in CLASSES.items():
        document, pages = samples.typeset(words)
        files[name, "gbt9704"] = docx.write(pages, document)
    found = {}
    for form in samples.PROFILES:
        cases = [case for case in files if case[-1] == form]
        made = engines.ENGINES[request.param]([files[case] for case in cases], profiles.find(form))
        found |= zip(cases, map(engines.placed, made), strict=True)
    return request.param, found


def unequal(ours, set_by, case):
    """What differs, but for the ends of centred lines of figures in LibreOffice, whose seams make them longer."""
    engine, theirs = set_by
    return compare.unequal(engines.placed(ours), theirs[case], centred=engine == "libreoffice")


@pytest.mark.parametrize(("example", "edition", "form"), CASES)
def test_word_and_pdf_have_the_same_lines_in_the_same_places(example, edition, form, set_by):
    assert unequal(samples.file(example, "pdf", edition, "held", form), set_by, (example, edition, form)) == []


@pytest.mark.parametrize("form", samples.PROFILES)
def test_a_document_of_figures_codes_quotes_and_headings_agrees_too(form, set_by):
    document, pages = samples.typeset(stress(), form)
    assert sum(len(block.text) for block in document.blocks) > 5000
    assert unequal(pdf.write(pages, document), set_by, ("stress", form)) == []


@pytest.mark.parametrize("name", CLASSES)
def test_lines_agree_around(name, set_by):
    document, pages = samples.typeset(CLASSES[name])
    assert unequal(pdf.write(pages, document), set_by, (name, "gbt9704")) == []


BEFORE, AFTER = "A5)%+℃①】》°，。：国", "（《〔([{①Ⅲ√→■…¥A5+#@&×°国"
FOLIO = engines.Placed(400.0, "—1—")


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_a_line_ends_between_two_characters_only_where_engines_end_it_too(engine):
    pairs = [(before, after, room) for before, after in product(BEFORE, AFTER) for room in (22, 23, 24, 25)]
    words = "\n".join("\\" + "国" * room + "甲" + before + after + "乙" * 24 for before, after, room in pairs)
    document, pages = samples.typeset(words)
    (made,) = engines.ENGINES[engine]([docx.write(pages, document)], pages.profile)
    first = [line.text for page in engines.placed(made) for line in page if line.text.startswith("国国国")]
    ours = [paragraph.lines[0].text for paragraph in pages.paragraphs]
    ended = {(before, after) for (before, after, _), line in zip(pairs, ours, strict=True) if line.endswith(before)}
    assert len(ended) > len(BEFORE) * len(AFTER) // 2
    assert first == ours


def drafts():
    """The written drafts, and two of the long ones that generate.py makes."""
    written = {path.stem: draft.read(path).document for path in sorted((HERE / "drafts").glob("*.md"))}
    return written | {f"{length}": parse(generate.draft(seed, length)) for seed, length in ((2, 5500), (6, 12000))}


@pytest.mark.parametrize("engine", engines.ENGINES)
@pytest.mark.parametrize("lines", ["held", "all"])
def test_real_length_drafts_agree_line_for_line_and_page_for_page(lines, engine):
    rows = list(compare.compared(drafts(), lines, engine=engine))
    assert sum(row.lines for row in rows) > 700
    assert [str(row) for row in rows if row.differing or row.starts] == []
    assert engine == "libreoffice" or sum(row.aside for row in rows) == 0


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_the_comparison_sees_what_differs_where_lines_are_free(engine):
    (row,) = compare.compared({"free": parse(generate.draft(2, 2000))}, "free", engine=engine)
    assert row.differing > row.lines // 4
    assert row.first


def test_the_comparison_sees_a_line_that_stands_aside():
    here, there = [[engines.Placed(80.0, "正文"), FOLIO]], [[engines.Placed(81.5, "正文"), FOLIO]]
    row = compare.agreement("aside", here, there)
    assert (row.differing, row.aside, row.starts) == (0, 1, 0)
    assert compare.unequal(here, there) == ["page 1 line 1: 正文 at 80.0 ≠ 81.5"]


@pytest.mark.parametrize("example", samples.EXAMPLES)
def test_most_line_ends_are_free_so_that_the_word_file_can_be_edited(example):
    paragraphs = samples.report(example, lines="held").pages.paragraphs
    inner = [line for one in paragraphs if one.style != "title" for line in one.lines[:-1]]
    assert sum(line.hold.pin for line in inner) <= 0.1 * len(inner)


@pytest.mark.parametrize("engine", engines.ENGINES)
@pytest.mark.parametrize(
    "last", ["国" * 20, "全市上下聚焦目标，" * 12, "## 甲\n\n乙。", "## " + "国" * 30 + "\n\n乙。"]
)
def test_a_signature_goes_to_the_next_page_in_word_too_with_the_same_text(last, engine):
    cases = {
        str(rows): parse("\n".join("国" * 20 for _ in range(rows)) + f"\n{last}\n\n@落款 市经信局\n@日期 2023年9月5日")
        for rows in range(13, 23)
    }
    assert [str(row) for row in compare.compared(cases, engine=engine) if not row.whole] == []


# what one engine or another has set elsewhere, each at the end of a line somewhere
ELSEWHERE = (
    "完成改造——进度", "监管平台——示例县", "7级以上大风33次", "1+8项", "“1+8”专班", "（10/12）", "2 0 2 6 年",
    "10 000人", "《条例》《办法》", "等……这些", "联系电话____________", "示例市统计局\u2002调查队", "12.1\u2002%",
    "78%。“十四五”", "5。”",
)  # fmt: skip


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_what_one_engine_or_another_has_set_elsewhere_is_held(engine):
    (row,) = compare.compared({"elsewhere": parse(around(*ELSEWHERE))}, engine=engine)
    assert row.whole, str(row)
