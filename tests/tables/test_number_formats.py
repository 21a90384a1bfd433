"""Number formats: what a cell shows is what is read, or it is refused; held against a real spreadsheet program."""

import json
import re
import subprocess
import sys
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from reportkit import InputError, assets
from reportkit.tables import area, number_format, sheet


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.5, '[>=1]0.0"亿元";0.00"万元"', "0.50万元"),
        (1.5, '[>=1]0.0"亿元";0.00"万元"', "1.5亿元"),
        (12, "[>=100]0;[>=10]0.0;0.00", "12.0"),
        (1, '[=1]"是";[=0]"否"', "是"),
        (0, '[=1]"是";[=0]"否"', "否"),
        (3, '[=1]"是";[=0]"否";"未知"', "未知"),
        (0, '0.0;-0.0;"持平"', "持平"),
        (-5, '"上升"0.0"%";"下降"0.0"%"', "下降5.0%"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1234.50)"),
        (-5, "0.00;@", "-5.00"),
        (0, '0.00;-0.00;"-"??;@', "-"),
        (123456, '0!.0,"万元"', "12.3万元"),
        (123456, "0.00,,", "0.12"),
        (1234, '#,##0,"千元"', "1千元"),
        (7, '"第"000"号"', "第007号"),
        (12, "000-0000", "000-0012"),
        (5, "[红色]0", "5"),
        (5, "[$-804]0.0", "5.0"),
        (5, '0"%"', "5%"),
        (0, '#"个"', "个"),
        (-0.001, '0.0"%"', "0.0%"),
        (45174, "[$-804]aaaa", "星期二"),
        (45174, "[$-804]dddd;@", "星期二"),
        (45174, '"周"aaa', "周二"),
        (45174, 'yyyy"年"m"月"d"日" aaaa', "2023年9月5日 星期二"),
        (45291, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二三年十二月三十一日"),
        (45174, '"截至"m"月"d"日"', "截至9月5日"),
        (45174.75, "yyyy/m/d;@", "2023年9月5日"),
        (45174, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023年9月5日"),
        (45174, "dd-mmm-yy", "2023年9月5日"),
        (45174, "e-m", "2023年9月"),
        (45174, "yyyy", "2023"),
        (45174, 'd"日"', "5日"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value, code, text):
    assert number_format.number(value, code).text == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (2, '[=1]"是";[=0]"否"'), (0.5, "[>1]0.0"), (-5, "[>=1]0.0;0.00"), (-5, "0.0;[Red]0.0"), (-5, "0;0"),
        (5, "[$¥-804]0.00"), (5, '"$"0.00'), (5, "[DBNum1]General"), (5, "[DBNum2]0"), (5, "0.00E+00"), (0.5, "# ?/?"),
        (5, "*-0"), (5, "0x"), (5, "[怪]0"), (5, '0"未完'), (5, "0.0.0"), (5, "0;0;0;0;0"), (5, "0" * 300),
        (5, '"第"@'), (0.5, "yyyy-mm-dd"), (59, "yyyy-mm-dd"), (3e6, "yyyy-mm-dd"), (-1, "yyyy-mm-dd"),
        (45174, "dddd"), (45174, "mmmm"), (45174, "[DBNum2]yyyy"), (45174, "gge"), (45174, "yyyy0"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_no_number(value, code):
    assert number_format.number(value, code) is None


@pytest.mark.parametrize("code", ["h:mm", "[h]:mm", "yyyy-mm-dd hh:mm:ss", "mm:ss", "h AM/PM", "上午/下午h", "[mm]:ss"])
def test_a_time_of_day_is_only_told_to_be_one(code):
    assert number_format.number(45174.5, code).kind == "time"


@pytest.mark.parametrize(
    ("value", "code"), [(3, ";;;"), (3, ";"), (-3, "0;"), (0, "0;-0;"), (0, "#"), (0.2, "#,###"), (45174, ";;;@")]
)
def test_a_format_that_shows_nothing_hides(value, code):
    assert number_format.number(value, code).kind == "hidden"


@pytest.mark.parametrize(
    ("code", "text"),
    [("General", "甲"), ("@", "甲"), ("0.00", "甲"), ('@"市"', "甲市"), ("0;0;0;", ""), (";;;", ""),
     ('0;0;0;"略"', "略"), (";;", "甲"), ("0x", "甲"), ("@x", None)],
)  # fmt: skip
def test_a_text_is_read_as_it_is_shown(code, text):
    assert number_format.text("甲", code) == text


def made(path, value, code="General", change=lambda cell: None, **parts):
    """Write a workbook of one cell, its XML changed; return what is read in the cell, or what is told of it."""
    book = Workbook()
    cell = book.active["A1"]
    book.active.title = "表"
    cell.value, cell.number_format = value, code
    change(cell)
    book.save(path)
    with zipfile.ZipFile(path) as before:
        held = {name: before.read(name).decode() for name in before.namelist()}
    for name, text in held.items():
        for old, new in parts.get("changes", {}).items():
            text = text.replace(old, new)
        held[name] = text
    with zipfile.ZipFile(path, "w") as after:
        for name, text in {**held, **parts.get("added", {})}.items():
            after.writestr(name, text)
    read = sheet.Book(path, "册.xlsx").sheet("表")
    return read.cells[1, 1] if read.cells else read.faults[1, 1].say()


@pytest.mark.parametrize(
    ("number", "text"),
    [(27, "2023年9月"), (28, "9月5日"), (30, "2023年9月5日"), (31, "2023年9月5日"), (36, "2023年9月"),
     (50, "2023年9月"), (51, "9月5日"), (57, "2023年9月"), (58, "9月5日"), (14, "2023年9月5日"), (17, "2023年9月")],
)  # fmt: skip
def test_the_dates_that_excel_knows_by_number_are_dates(number, text, tmp_path):
    node = made(tmp_path / "a.xlsx", 45174, '"甲"0', changes={'xf numFmtId="164"': f'xf numFmtId="{number}"'})
    assert (node.kind, node.typed, node.value) == ("date", text, date(2023, 9, 5))


@pytest.mark.parametrize("number", [32, 33, 55, 18, 20, 22, 45, 46])
def test_the_times_that_excel_knows_by_number_are_told(number, tmp_path):
    assert "时刻" in made(
        tmp_path / "a.xlsx", 45174.5, '"甲"0', changes={'xf numFmtId="164"': f'xf numFmtId="{number}"'}
    )


def test_a_workbook_of_an_old_mac_counts_its_days_from_1904(tmp_path):
    changes = {"<workbookPr/>": '<workbookPr date1904="1"/>', "<workbookPr />": '<workbookPr date1904="1"/>'}
    assert made(tmp_path / "a.xlsx", 45174 - 1462, "yyyy-mm-dd", changes=changes).value == date(2023, 9, 5)


def test_a_format_that_only_looks_like_one_of_dates_is_none(tmp_path):
    assert made(tmp_path / "a.xlsx", 12.5, '0.0"ed"').typed == "12.5ed"
    assert made(tmp_path / "a.xlsx", 12.5, "[Red]0.0").typed == "12.5"


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (3, ";;;", "什么也不显示"),
        ("甲", ";;;", "什么也不显示"),
        (0.5, "[>1]0.0", "不认识"),
        (1 / 3, "General", "小数位太多"),
    ],
)
def test_a_cell_that_does_not_show_what_it_holds_is_told_by_its_format(value, code, words, tmp_path):
    said = made(tmp_path / "a.xlsx", value, code)
    assert said.startswith("册.xlsx#表!A1：")
    assert words in said


SHARED = (
    '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1"'
    ' uniqueCount="1"><si>{}</si></sst>'
)
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
TEXTS = "/xl/sharedStrings.xml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def shared(path, item):
    """Return what is read in a cell whose text is `item` of the table of texts, as Excel writes them."""
    changes = {
        't="inlineStr"><is><t>甲</t></is>': 't="s"><v>0</v>',
        't="inlineStr"><is><t>&#30002;</t></is>': 't="s"><v>0</v>',
        "</Types>": f'<Override PartName="{TEXTS}" ContentType="{TYPE}"/></Types>',
        "</Relationships>": f'<Relationship Id="texts" Type="{RELATED}" Target="{TEXTS}"/></Relationships>',
    }
    return made(path, "甲", changes=changes, added={"xl/sharedStrings.xml": SHARED.format(item)})


@pytest.mark.parametrize(
    ("stored", "text"),
    [("_x0041_", "A"), ("_x005F_x0041_", "_x0041_"), ("_x005F_x005F_", "_x005F_"), ("maxx005F_", "maxx005F_"),
     ("甲_x000a_乙", "甲\n乙"), ("_x41_", "_x41_")],
)  # fmt: skip
def test_an_escape_is_read_once(stored, text, tmp_path):
    assert shared(tmp_path / "a.xlsx", f"<t>{stored}</t>").typed == text


def test_what_is_struck_out_is_told(tmp_path):
    assert "删除线" in made(tmp_path / "a.xlsx", 5, change=lambda cell: setattr(cell, "font", Font(strike=True)))
    part = "<r><t>甲</t></r><r><rPr><strike/></rPr><t>乙</t></r>"
    assert "删除线" in shared(tmp_path / "a.xlsx", part)
    assert shared(tmp_path / "a.xlsx", part.replace("<strike/>", '<strike val="0"/>')).typed == "甲乙"


def test_a_sheet_that_shows_no_zeros_is_told_where_it_has_one(tmp_path):
    def hide(cell):
        cell.parent.sheet_view.showZeros = False

    assert "不显示零" in made(tmp_path / "a.xlsx", 0, change=hide)
    assert made(tmp_path / "a.xlsx", 5, change=hide).typed == "5"


# held against ONLYOFFICE, whose formats are those of Excel but for these: it takes ! for a letter, says the months of
# [DBNum1] digit by digit, names the days of no locale in English, and shows the point of 0.#
CODES = [
    "General", "0", "0.0", "0.00", "0.000", "#", "000", "00", "#,##0", "#,##0.00", "0%", "0.0%", "0.00%", "#%",
    '0.0"%"', "0\\%", "0,", "0.0,", "#,##0,", "0.00,,", '0.0,"千元"', '0.00"亿元"', '"约"0.0"亿元"', "0个", '0"人次"',
    "0.00_ ",
    "0.00_);(0.00)", "0.00_);[Red](0.00)", "#,##0.00_);(#,##0.00)", "0.00;-0.00", "0.00;[Red]-0.00;0",
    '0.0;-0.0;"零"', "0;;", "0;;0", ";;;", ";;", '0.00;-0.00;"-"??;@',
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    '[>=1]0.0"亿元";0.00"万元"', "[>=100]0;[>=10]0.0;0.00", '[<10]"少";[>=10]"多"', '[=1]"是";[=0]"否";"未知"',
    '[<>0]0.00;"无"', "[Red]0.0;[Blue]-0.0", "[Color10]0.0", '"上升"0.0;"下降"0.0;"持平"', "▲0.0;▼0.0",
    "+0.0;-0.0;0.0",
    "000-0000", '00"年"00"月"', '0.0 "万元"', '0.0\\ "万元"', "0.00;@", '"第"0"位"', "第0位", "[$-804]0.00", "#0.0",
    "0 ", "(0)", "0-0", '"a\\b"0', "\\a0", '0.0;0.0"↓"', "0.0;;;", '0;"负"0', '"-"0', "-0.0", "[>1]0.0;[<-1]-0.0;0.00",
]  # fmt: skip
VALUES = [0, 1, -1, 0.5, -0.5, 12, 123, 1234.5, -1234.5, 1234567, 99.995, 2.5]
DAYS = [
    "yyyy-mm-dd", "yyyy/m/d;@", "d-m-yyyy", "yyyy.m.d", 'yyyy"年"m"月"d"日";@', 'yyyy"年"m"月"', 'm"月"d"日"', "yyyy",
    "[$-804]aaaa", "[$-804]dddd", 'yyyy"年"', "d", "dd", 'e"年"m"月"', '[$-804]yyyy"年"m"月"d"日" aaaa', "yyyy年m月d日",
    '"截至"yyyy"年"m"月"d"日"', "dd/mm/yyyy", "mm-dd", "yyyymmdd", '[DBNum1][$-804]yyyy"年"m"月"',
]  # fmt: skip
DATES = [45174, 45444, 45291.75, 43830, 36526, 61]
# under load the engine may open a file as an empty one
ENGINE_TRIES = 3
ENGINE = """
import json, sys, docbuilder
builder = docbuilder.CDocBuilder()
# it keeps the list of faces it was told of last, in whatever folder those were
builder.SetProperty("--fonts-dir", sys.argv[4])
builder.SetProperty("--fonts-system", "false")
builder.SetProperty("--check-fonts", "true")
builder.OpenFile(sys.argv[1], "")
sheet = builder.GetContext().GetGlobal()["Api"].Call("GetActiveSheet")
texts = [sheet.Call("GetRange", f"A{row}").Call("GetText").ToString() for row in range(1, int(sys.argv[2]) + 1)]
json.dump(texts, open(sys.argv[3], "w", encoding="utf-8"))
builder.CloseFile()
"""


def digits(text):
    """Return the numbers of a date, in no order; those of a run like 20230905 too."""
    parted = re.sub(r"\b(\d{4})(\d\d)(\d\d)\b", r"\1-\2-\3", text)
    return sorted(map(int, re.findall(r"\d+", parted)))


@pytest.mark.real
def test_what_is_read_is_what_a_spreadsheet_program_shows(tmp_path):
    pytest.importorskip("docbuilder", reason="needs ONLYOFFICE's docbuilder, which is not installed")
    cells = [(value, code) for code in CODES for value in VALUES]
    cells += [(day, code) for code in DAYS for day in DATES if "DBNum" not in code or day in (45174, 45444)]
    book = Workbook()
    for row, (value, code) in enumerate(cells, start=1):
        cell = book.active.cell(row, 1, value)
        cell.number_format = code
    book.save(tmp_path / "a.xlsx")
    shown = tmp_path / "shown.json"
    command = [sys.executable, "-c", ENGINE, tmp_path / "a.xlsx", str(len(cells)), shown, assets.folder("fonts")]
    texts = []
    for _ in range(ENGINE_TRIES):
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        texts = json.loads(shown.read_text("utf-8"))
        if any(texts):
            break
    told, wrong = 0, []
    for (value, code), text in zip(cells, texts, strict=True):
        ours = number_format.number(value, code)
        if ours is None:
            continue
        told += 1
        seen = re.sub(r"(?<=\d),(?=\d{3})", "", text).strip()
        if not (ours.text == seen or (ours.kind == "date" and digits(ours.text) == digits(seen))):
            wrong.append((value, code, ours.text, text))
    assert wrong == []
    assert told > 900


def test_every_fault_of_a_format_is_an_input_error(tmp_path):
    book = Workbook()
    book.active.title, book.active["A1"].value, book.active["A1"].number_format = "表", 5, '0"未完'
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="不认识"):
        sheet.cell(sheet.Book(tmp_path / "a.xlsx", "a.xlsx").sheet("表"), area.area_of("A1"))
