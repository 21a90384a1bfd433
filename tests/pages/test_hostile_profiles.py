"""A profile that is wrong is refused by file, line and key, in our words; whatever it says, nothing else is raised."""

import copy
import math
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit import InputError, Report
from reportkit.messages import catalogue
from reportkit.pages import profiles

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "templates/profiles/gbt9704.toml"
TABLES = tomllib.loads(SHIPPED.read_text("utf-8"))
FONTS = ROOT / "fonts"
# what tomllib, Python or python-docx would say
FOREIGN = re.compile(r"[A-Za-z]+Error|unexpected|Expected|Invalid|Cannot|argument|at line|must be|None|Traceback")
HEAD = 'title = "本局"\nextends = "gbt9704"\n'
# a profile's lines after those of HEAD; the line it is told at, the key path, what is said
HOSTILE = [
    ("[page]\ntop = 30", 4, "page.top", "是不是“top_mm”"),
    ("[page]\nTOP_MM = 30", 4, "page.TOP_MM", "没有“TOP_MM”"),
    ("top_mm = 25", 3, "top_mm", r"写在 \[page\] 里"),
    ("rows = 24", 3, "rows", "没有“rows”"),
    ("[pages]\ntop_mm = 30", 3, "pages", "是不是“page”"),
    ('[folio]\nalign = "center"', 4, "folio.align", "可以写：below_mm、indent、text"),
    ('[styles.folio]\nalign = "center"', 4, "styles.folio.align", "没有“align”"),
    ("[styles.lead]\nindent = 2", 4, "styles.lead.indent", "没有“indent”"),
    ("[styles.table-cell]\nblank = 2", 4, "styles.table-cell.blank", "没有“blank”"),
    ('[styles.title]\ncolor = "FF0000"', 4, "styles.title.color", "可以写：name、face"),
    ("[styles.boddy]\nsize_pt = 16", 3, "styles.boddy", "是不是“body”"),
    ("[styles.body]\nsize = 16", 4, "styles.body.size", "是不是“size_pt”"),
    ('[faces."仿宋"]\nfile = ["RKFang.ttf"]', 4, "faces.仿宋.file", "是不是“files”"),
    ('[faces."仿送"]\nword = "仿宋"\nfiles = ["RKFang.ttf"]', 3, "faces.仿送", "是不是“仿宋”"),
    ('[faces."行楷"]\nfiles = ["RKKai.ttf"]', 3, "faces.行楷.word", "缺少 word"),
    ('[styles.body]\nface = "方正仿宋_GBK"', 4, "styles.body.face", "没有“方正仿宋_GBK”这个字体.*仿宋"),
    ('[styles.folio]\nlatin = "Times"', 4, "styles.folio.latin", "没有“Times”这个字体"),
    ('[faces."仿宋"]\nfiles = ["my.ttf"]', 4, "faces.仿宋.files", "没有字体文件 my.ttf.*RKFang.ttf"),
    ('[faces."仿宋"]\nfiles = []', 4, "faces.仿宋.files", "空的"),
    ('[faces."仿宋"]\nfiles = [""]', 4, "faces.仿宋.files", "空的"),
    ('[faces."仿宋"]\nfiles = "RKFang.ttf"', 4, "faces.仿宋.files", "要一个列表"),
    ('[faces."仿宋"]\nfiles = [3]', 4, "faces.仿宋.files", "要一个列表"),
    ('[faces."仿宋"]\nfiles = ["."]', 4, "faces.仿宋.files", "用不了"),
    ('[faces."仿宋"]\nfiles = ["a\\u0000.ttf"]', 4, "faces.仿宋.files", "控制字符"),
    ('[faces."仿宋"]\nfiles = ["RKTimes-Regular.ttf"]', 4, "faces.仿宋.files", "没有这些汉字"),
    ('[faces."西文"]\nfiles = ["RKFangExt.ttf"]', 4, "faces.西文.files", "没有这些西文"),
    ('[styles.body]\nface = "西文"', 4, "styles.body.face", "没有这些汉字"),
    ('[faces."仿宋"]\nword = ""', 4, "faces.仿宋.word", "空的"),
    ('[faces."仿宋"]\nword = "甲,乙"', 4, "faces.仿宋.word", "不能有“,”"),
    ('[faces."仿宋"]\nword = "' + "很" * 40 + '"', 4, "faces.仿宋.word", "太长：40 字"),
    ("[page]\ntop_mm = -5", 4, "page.top_mm", "写的是 -5，不在 0 到 500 毫米之间"),
    ("[page]\ntop_mm = nan", 4, "page.top_mm", "写的是 nan"),
    ("[page]\nwidth_mm = inf", 4, "page.width_mm", "写的是 inf"),
    ("[page]\nwidth_mm = 1e300", 4, "page.width_mm", "写的是 1e"),
    ("[page]\nheight_mm = 0x" + "f" * 5000, 4, "page.height_mm", "不在 50 到 558 毫米之间"),
    ("[page]\nheight_mm = 0", 4, "page.height_mm", "写的是 0"),
    ('[page]\ntop_mm = "37"', 4, "page.top_mm", "要一个数"),
    ("[page]\ntop_mm = true", 4, "page.top_mm", "要一个数"),
    ("[page]\ntop_mm = 2025-01-01", 4, "page.top_mm", "要一个数"),
    ("[page]\nlines = 21.5", 4, "page.lines", "要一个整数"),
    ("[page]\nlines = 0", 4, "page.lines", "写的是 0"),
    ("[page]\ncharacters = -1", 4, "page.characters", "写的是 -1"),
    ("[page]\nlines = 24", 4, "page.lines", r"24 行 × 28.95 磅 = 694.8 磅，版心高 637.8 磅，正好是 22 行"),
    ("[page]\ncharacters = 30", 4, "page.characters", r"30 字 × 16 磅 = 480 磅，版心宽 442.25 磅，只能是 27 到 29 字"),
    ("[page]\ncharacters = 20", 4, "page.characters", "只能是 27 到 29 字"),
    ("[page]\ntop_mm = 200\nbottom_mm = 100", 4, "page.top_mm", r"200 \+ 100 毫米，纸只有 297 毫米"),
    ("[page]\nleft_mm = 105\nright_mm = 105", 4, "page.left_mm", "没有版心"),
    ("[page]\nleft_mm = 178", 4, "page.left_mm", "版心宽"),
    ("[page]\nline_pt = 12", 4, "page.line_pt", "行距 12 磅，比字号 16 磅小"),
    ("[styles.body]\nsize_pt = 14", 4, "styles.body.size_pt", "16 磅，与 14 磅的正文排在一行里"),
    ("[styles.lead]\nsize_pt = 18", 4, "styles.lead.size_pt", "18 磅，与 16 磅的正文"),
    ("[styles.body]\nsize_pt = 32", 4, "styles.body.size_pt", "行距 28.95 磅，比字号 32 磅小"),
    ("[styles.body]\nsize_pt = 15.8", 4, "styles.body.size_pt", "Word 里没有"),
    ("[styles.body]\nsize_pt = 0", 4, "styles.body.size_pt", "写的是 0"),
    ("[styles.body]\nline_pt = 20", 4, "styles.body.line_pt", "正文的行距 20 磅，版心的行距 28.95 磅"),
    ("[styles.title]\nsize_pt = 36.5", 4, "styles.title.size_pt", "行距 36 磅"),
    ("[styles.signature]\nindent = 15\nright = 15", 4, "styles.signature.indent", "缩进 15 字、右空 15 字"),
    ("[styles.signature]\nbefore = 20\nblank = 20", 4, "styles.signature.before", "空 40 行"),
    ("[styles.signature]\nblank = 99", 4, "styles.signature.blank", "不在 0 到 20"),
    ('[styles.body]\nalign = "middle"', 4, "styles.body.align", "没有“middle”这一种.*left、center"),
    ("[styles.body]\nalign = []", 4, "styles.body.align", r"没有“\[\]”这一种"),
    ('[styles.body]\nbold = "是"', 4, "styles.body.bold", "要是或否"),
    ('[styles.body]\nname = "公文标题"', 4, "styles.body.name", "“公文标题”已经有了"),
    ('[styles.title]\nname = "公文正文"', 4, "styles.title.name", "“公文正文”已经有了"),
    ('[styles.body]\nname = "Normal"', 4, "styles.body.name", "已经有了"),
    ('[styles.body]\nname = "甲\\n乙"', 4, "styles.body.name", "换行"),
    ("[folio]\nbelow_mm = 34", 4, "folio.below_mm", r"版心下 34 毫米；下白边 35 毫米.*在 2.13 到 32.19 毫米之间"),
    ("[folio]\nbelow_mm = 0", 4, "folio.below_mm", "一字线"),
    ('[folio]\ntext = "— 页 —"', 4, "folio.text", r"要有一个 \{number\}"),
    ('[folio]\ntext = "{number}/{total}"', 4, "folio.text", "别的大括号"),
    ('[folio]\ntext = "{number} {number}"', 4, "folio.text", "要有一个"),
    ('[folio]\ntext = "{number:99d}"', 4, "folio.text", "要有一个"),
    ('[folio]\ntext = "' + "长" * 40 + '{number}"', 4, "folio.text", "页码连缩进最宽"),
    ("[folio]\ntext = 3", 4, "folio.text", "要一段文字"),
    ("[folio]\nindent = 1.0", 4, "folio.indent", "要一个整数"),
    ('[folio]\nstyle = "body"', 4, "folio.style", "没有“style”"),
    ("[table]\nrule_pt = 0", 4, "table.rule_pt", "不在 0.25 到 6 磅之间"),
    ('[table]\nrules = "none"', 4, "table.rules", "all、three"),
    ('[figures]\nrounding = "up"', 4, "figures.rounding", "half-up"),
    ('lines = "hold"', 3, "lines", "held、free、all"),
    ("page = 3", 3, "page", "要一组键和值"),
    ("[[styles]]\nbody = 1", 3, "styles", "要一组键和值"),
    ("[styles]\nbody = 16", 4, "styles.body", "要一组键和值"),
    ('[faces]\n"仿宋" = "RKFang.ttf"', 4, "faces.仿宋", "要一组键和值"),
]  # fmt: skip
# whole files: (text, line, what is said)
BROKEN = [
    ("title = 'a", 1, "不是正确的 TOML"),
    ("title = 1\ntitle = 2", 2, "前面已经写过"),
    ("[page]\n[page]", 2, "前面已经写过"),
    ("页边 = 3", 1, "中文没有加引号"),
    ('title = "甲"\n[styles.正文]\n', 2, "中文没有加引号"),
    ('title = "甲"\nlines：free', 2, "键后面用了“：”"),
    ("title = “甲”", 1, "中文的引号"),
    ("title", 1, "不是正确的 TOML"),
    ("x = [1,\n2", 2, "不是正确的 TOML"),
    ("x = " + "[" * 100000, None, "嵌套太深"),
    ("x = 2025-13-40", 1, "不是正确的 TOML"),
    ("x = 1" + "0" * 5000, 1, "不是正确的 TOML"),
    ("\x00", 1, "不是正确的 TOML"),
    ("title = '甲'".encode("gb18030"), None, "UTF-8"),
    ('title = "本局"\nextends = "gbt9705"', 2, "没有“gbt9705”这个版式.*是不是 gbt9704"),
    ('title = "本局"\nextends = "none.toml"', 2, "没有“none.toml”这个版式"),
    ('title = "本局"\nextends = "mine.toml"', 2, "没有尽头"),
    ('title = "本局"\nextends = 3', 2, "要一段文字"),
    ('title = ""\nextends = "gbt9704"', 1, "空的"),
    ('title = "本局"\n', None, "缺少"),
    ("", None, "缺少"),
]


def faults(folder, text):
    """Return the faults of a profile with this text."""
    file = folder / "mine.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as error:
        profiles.find(str(file))
    return error.value.faults


@pytest.mark.parametrize(("text", "line", "path", "said"), HOSTILE, ids=[one[2] + "-" + one[3] for one in HOSTILE])
def test_what_a_profile_cannot_say_is_told_by_line_and_key(text, line, path, said, tmp_path):
    found = faults(tmp_path, HEAD + text)
    told = [fault for fault in found if fault.path == path]
    assert told, [fault.say() for fault in found]
    assert (Path(told[0].file).name, told[0].line) == ("mine.toml", line)
    assert re.search(said, told[0].say())
    assert told[0].hint
    assert not FOREIGN.search(told[0].say())


@pytest.mark.parametrize(("text", "line", "said"), BROKEN, ids=[one[2] for one in BROKEN])
def test_a_file_that_is_no_profile_is_told_by_its_line(text, line, said, tmp_path):
    fault = faults(tmp_path, text)[0]
    assert (Path(fault.file).name, fault.line) == ("mine.toml", line)
    assert re.search(said, fault.say())
    assert not FOREIGN.search(fault.say())


def test_every_fault_of_a_profile_is_told_at_once(tmp_path):
    found = faults(tmp_path, f"{HEAD}rows = 24\n[page]\ntop_mm = -5\nlines = 2.5\n[styles.boddy]\n")
    assert [fault.line for fault in found] == [3, 5, 6, 7]


@pytest.mark.parametrize(
    "text", [HOSTILE[0][0], "[page]\nlines = 24", "[styles.body]\nsize_pt = 14", "[folio]\nbelow_mm = 34"]
)
def test_a_fault_is_told_in_english_too(text, tmp_path):
    said = faults(tmp_path, HEAD + text)[0].say(catalogue("en"))
    assert not re.search(r"[\u4e00-\u9fff]", said.replace(str(tmp_path), ""))


def test_a_profile_that_extends_none_says_which_styles_it_lacks(tmp_path):
    found = faults(tmp_path, SHIPPED.read_text("utf-8").replace("[styles.chapter]", "[styles.heading5]"))
    assert [(fault.path, "是不是“heading" in fault.say()) for fault in found] == [("styles.heading5", True)]
    found = faults(tmp_path, re.sub(r"\[styles.chapter\][^[]*", "", SHIPPED.read_text("utf-8")))
    assert [fault.path for fault in found] == ["styles.chapter"]


def test_a_fault_of_what_is_extended_is_told_in_its_own_file(tmp_path):
    (tmp_path / "base.toml").write_text(f"{HEAD}[page]\ntop_mm = -5\n", "utf-8")
    (fault,) = faults(tmp_path, 'title = "科室"\nextends = "base.toml"\n')
    assert (Path(fault.file).name, fault.line) == ("base.toml", 4)


def test_profiles_that_extend_one_another_are_told(tmp_path):
    (tmp_path / "base.toml").write_text('title = "甲"\nextends = "mine.toml"\n', "utf-8")
    (fault,) = faults(tmp_path, 'title = "乙"\nextends = "base.toml"\n')
    assert "没有尽头" in fault.say()


def test_what_follows_from_a_margin_need_not_be_reckoned_anew(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(f"{HEAD}[page]\nleft_mm = 20\nright_mm = 20\ntop_mm = 20\nbottom_mm = 20\n", "utf-8")
    found = profiles.find(str(file))
    assert (found.characters, found.rows) == (30, 25)


@pytest.mark.parametrize(
    "text",
    [
        "[page]\ntop_mm = 30",
        "[page]\ncharacters = 29",
        "[page]\nline_pt = 26\nlines = 24",
        '[folio]\ntext = "<{number}> & “{number_}”"'.replace("{number_}", "页"),
        '[styles.body]\nbold = true\nalign = "left"',
        "[styles.title]\nsize_pt = 26\nline_pt = 40",
        "[styles.heading1]\nsize_pt = 18",
        "[styles.body]\nsize_pt = 15\n[styles.lead]\nsize_pt = 15\n[styles.article]\nsize_pt = 15",
        '[faces."隶书"]\nword = "隶书"\nfiles = ["RKKai.ttf", "RKSong.ttf"]\n[styles.title]\nface = "隶书"',
        '[styles.body]\nname = "<正文> & \\"甲\\""',
    ],
)
def test_what_a_profile_may_say_is_set(text, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + text, "utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "关于检查的通知\n\n各县：\n\n　　一、检查范围\n\n　　检查全部 3 个县。\n\n　　某局\n　　2025年3月1日\n", "utf-8"
    )
    report = Report.typeset(draft, profile=str(file))
    assert report.proved("docx")
    assert report.proved("pdf")


def places(tables, above=()):
    """Yield the place of everything in a tree of tables."""
    for key, value in tables.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from places(value, (*above, key))


def written(value):
    """Return a value in TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(str(key))} = {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(character):08X}" for character in value) + '"'
    return repr(value)


NUMBERS = st.one_of(st.integers(-3, 60), st.integers(-(10**18), 10**18), st.floats(), st.floats(-10, 600))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = st.sampled_from(
    ["仿宋", "西文", "both", "half-up", "RKFang.ttf", "{number}", "— {number} —", "gbt33476", "../x"]
)
SCALARS = st.one_of(NUMBERS, st.booleans(), TEXTS, WORDS)
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.dictionaries(TEXTS, SCALARS, max_size=3))
PLACES = list(places(TABLES))
DRAFT = "关于检查的通知\n\n各县：\n\n　　一、检查范围。检查全部 3 个县。\n\n　　某局\n　　2025年3月1日\n"


def refusal(file):
    """Return what is wrong with a profile, () if nothing is."""
    try:
        profiles.find(str(file))
    except InputError as error:
        return error.faults
    return ()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=3), st.data())
def test_a_profile_with_anything_anywhere_builds_or_is_refused_by_name(tmp_path_factory, changes, drawn):
    tables = copy.deepcopy(TABLES)
    for place, value in changes:
        holder = tables
        for key in place[:-1]:
            holder = holder.get(key) if isinstance(holder, dict) else None
        if isinstance(holder, dict):
            if drawn.draw(st.integers(0, 5)):
                holder[place[-1]] = value
            else:
                holder.pop(place[-1], None)
    folder = tmp_path_factory.mktemp("profile")
    file, draft = folder / "mine.toml", folder / "draft.txt"
    file.write_text("".join(f"{written(key)} = {written(value)}\n" for key, value in tables.items()), "utf-8")
    draft.write_text(DRAFT, "utf-8")
    told = refusal(file)
    assert all(fault.file == str(file) for fault in told)
    assert not any(FOREIGN.search(fault.message) for fault in told)
    if told:
        return
    report = Report.typeset(draft, profile=str(file))
    try:
        assert report.render("docx")
        assert report.render("pdf")
    except InputError as error:  # a text that cannot be set in it: a heading of another size runs on into the body
        told = error.faults
    assert all(fault.fields["profile"] == "mine" for fault in told)
