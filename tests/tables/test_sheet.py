"""Workbooks as data: a cell is read as it shows, a dirty sheet refused cell by cell, and YAML may refer to cells."""

import io
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reportkit import InputError, Report, cli
from reportkit.data import datafile, python
from reportkit.facts.check import check
from reportkit.facts.fact import every_fact
from reportkit.facts.shape import shape_of
from reportkit.tables import references, workbook
from reportkit.tables.number_format import number as seen


def shown(value, code):
    found = seen(value, code)
    return found.text if found and found.text else None


SHAPE = shape_of(
    python.of(
        {
            "标题": "text title：标题",
            "日期": "date? date：成稿日期",
            "单位": {"_": "unit?：单位", "名称": "text name：名称", "地方": "texts? places：去过的地方"},
            "增速": "figure? growth：增速",
            "指标": [
                {
                    "_": "indicators?：指标",
                    "名称": "text name：名称",
                    "数值": "figure value：数值",
                    "时段": "text? period：时段",
                    "评价": "choice(好|差)? grade：评价",
                    "要点": "texts? points：要点",
                    "明细": [{"_": "parts?：明细", "项目": "text item：项目", "数": "figure amount：数"}],
                }
            ],
            "会议": [{"_": "meetings?：会议", "名称": "text name：名称", "日期": "date? date：日期"}],
        }
    )
)


@pytest.fixture
def book(tmp_path):
    """A workbook to spoil: its sheets are lists of rows; `after` may change it before it is saved."""

    def make(sheets, after=None, name="台账.xlsx"):
        made = Workbook()
        made.remove(made.active)
        for title, rows in {"基本信息": [["键", "值"], ["标题", "甲"]], **sheets}.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if after:
            after(made)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


def facts(path):
    """Return the facts of a workbook, by key path."""
    found, faults = check(workbook.read(path, lambda _: SHAPE), SHAPE, str(path))
    if faults:
        raise InputError(faults)
    return {fact.origin.path: fact for fact in every_fact(found)}


def refused(path):
    """Return each fault of a workbook as (sheet and cells, what is said)."""
    with pytest.raises(InputError) as error:
        facts(path)
    return [(fault.file.partition("#")[2], fault.say()) for fault in error.value.faults]


def patched(path, old, new):
    """Put `new` for `old` in the sheets' XML: what openpyxl does not write, such as a formula's last value."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    assert any(old in data for name, data in parts.items() if "worksheets/" in name)
    with zipfile.ZipFile(path, "w") as after:
        for name, data in parts.items():
            after.writestr(name, data.replace(old, new) if "worksheets/" in name else data)


def put(sheet, cell, value, code="General"):
    def change(made):
        made[sheet][cell].value, made[sheet][cell].number_format = value, code

    return change


LIST = [["名称", "数值"], ["甲", 1], ["乙", 2], ["丙", 3]]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (7.8, "0.00", "7.80"),
        (7.8, "General", "7.8"),
        (0.1 + 0.2, "General", "0.3"),
        (1.1 + 2.2, "0.0", "3.3"),
        (0.078, "0.0%", "7.8%"),
        (0.05, "0%", "5%"),
        (-0.05, "0.0%", "-5.0%"),
        (1234567.5, "#,##0.00", "1234567.50"),
        (1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "1234.50"),
        (-12.5, "0.00_ ;[红色]\\-0.00\\ ", "-12.50"),
        (12.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.50"),
        (12.5, '0.00"亿元"', "12.50亿元"),
        (12, 'G/通用格式"个"', "12个"),
        (12, "0个", "12个"),
        (3.0, "0.##", "3"),
        (2.5, "0", "3"),
        (-0.001, "0.0", "0.0"),
        (12, "@", "12"),
        (100, "General", "100"),
        (123456789012345.0, "0." + "0" * 30, "123456789012345." + "0" * 30),
        (1234567, '0!.0,"万"', "123.5万"),
        (1234567, '#,##0,"千元"', "1235千元"),
        (15e9, "0.00E+00", None),
        (0.5, "# ?/?", None),
        (12.5, "¥0.00", None),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it_or_not_at_all(value, code, text):
    assert shown(value, code) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_of_four_places_is_read_as_it_was_typed(number):
    assert Decimal(shown(float(number), "General")) == number
    assert Decimal(shown(float(number), "0.0000")) == number
    assert shown(float(number), "0.0000") == str(number if number else abs(number))


def test_every_value_says_workbook_sheet_and_cell(book):
    path = book({"指标": [["名称", "数值"], ["甲", "7次"], ["乙", 7.8]]}, put("指标", "B3", 7.8, '0.00"次"'))
    found = facts(path)
    assert str(found["标题"].origin) == f"{path}#基本信息!B2 标题"
    assert str(found["指标[0].数值"].origin) == f"{path}#指标!B2 指标[0].数值"
    value = found["指标[1].数值"]
    assert (value.value, str(value.value), value.shown, value.unit) == (Decimal("7.80"), "7.80", "7.80次", "次")
    assert found["指标[0].数值"].unit == "次"


def test_percentages_and_units_of_a_number_format_are_those_of_the_figure(book):
    path = book({}, lambda made: (made["基本信息"].append(["增速", 0.078]), put("基本信息", "B3", 0.078, "0.0%")(made)))
    value = facts(path)["增速"]
    assert (value.value, value.shown, value.unit) == (Decimal("7.8"), "7.8%", "%")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy-mm-dd", "2023年9月5日"),
        ("m/d/yy", "2023年9月5日"),
        ('yyyy"年"m"月"', "2023年9月"),
        ('m"月"d"日"', "9月5日"),
    ],
)
def test_a_date_in_a_text_is_said_as_far_as_its_cell_shows_it(code, text, book):
    path = book({}, put("基本信息", "B2", date(2023, 9, 5), code))
    assert facts(path)["标题"].shown == text


def test_a_date_is_a_date(book):
    path = book({"基本信息": [["键", "值"], ["标题", "甲"], ["日期", date(2023, 9, 5)]]})
    assert facts(path)["日期"].value == date(2023, 9, 5)


def test_keys_and_heads_may_be_english_or_spaced_out(book):
    path = book(
        {
            "基本信息": [["key", "value"], ["title", "甲"], ["unit.name", "泊宁市"]],
            "indicators": [["名　称", "value"], ["甲", 1]],
        }
    )
    found = facts(path)
    assert found["标题"].value == "甲"
    assert found["单位.名称"].value == "泊宁市"
    assert found["指标[0].数值"].value == 1


def test_a_cell_holds_a_list_one_item_a_line_and_hides_what_the_column_says(book):
    rows = [
        ["键", "值", "密"],
        ["标题", "甲", None],
        ["单位.名称", "泊宁市", "泊宁"],
        ["单位.地方", "泊宁\n明川港\n东屿", "泊宁、明川"],
    ]
    found = facts(book({"基本信息": rows}))
    assert found["单位.名称"].hidden == ("泊宁",)
    assert [found[f"单位.地方[{at}]"].hidden for at in range(3)] == [("泊宁",), ("明川",), ()]
    assert found["单位.地方[1]"].value == "明川港"


def test_a_part_to_hide_that_no_item_has_is_told(book):
    rows = [["键", "值", "密"], ["标题", "甲", None], ["单位.名称", "乙", None], ["单位.地方", "泊宁\n东屿", "明川"]]
    ((place, text),) = refused(book({"基本信息": rows}))
    assert place == "基本信息!C4"
    assert "值里没有“明川”" in text


def test_what_stands_beside_a_figure_has_columns(book):
    rows = [
        ["名称", "数值（亿元）", "上年同期", "数值.来源", "密"],
        ["甲", 110, 100, "市统计局", "是"],
        ["乙", "3亿元", None, None, None],
    ]
    found = facts(book({"指标": rows}))
    value = found["指标[0].数值"]
    assert (value.shown, value.unit, value.secret, value["上年同期"].shown) == ("110亿元", "亿元", True, "100亿元")
    assert value["来源"].value == "市统计局"
    assert not found["指标[1].数值"].secret


def test_rows_of_an_inner_list_name_the_row_they_belong_to(book):
    path = book(
        {
            "指标": [["序号", "名称", "数值"], ["一", "甲", 1], ["二", "乙", 2]],
            "明细": [["所属", "项目", "数"], ["二", "子", 5], ["一", "丑", 6], ["二", "寅", 7]],
        }
    )
    found = facts(path)
    assert [found[f"指标[1].明细[{at}].项目"].value for at in (0, 1)] == ["子", "寅"]
    assert found["指标[0].明细[0].数"].origin.file == f"{path}#明细!C3"


def test_without_numbers_a_row_is_named_by_its_first_cell(book):
    found = facts(book({"指标": LIST, "指标.明细": [["所属", "项目", "数"], ["丙", "子", 5]]}))
    assert found["指标[2].明细[0].项目"].value == "子"


@pytest.mark.parametrize("word", ["合计", "总 计", "共计："])
def test_a_total_in_the_last_row_is_checked_and_is_no_item(word, book):
    assert "指标[3].名称" not in facts(book({"指标": [*LIST, [word, 6]]}))
    ((place, text),) = refused(book({"指标": [*LIST, [word, 7]]}))
    assert place == "指标!B5"
    assert "合计写的是7，可是各行加起来得 6" in text


def test_a_quotient_of_endless_decimals_is_no_figure(book):
    ((place, text),) = refused(book({"指标": [["名称", "数值"], ["甲", 1 / 3]]}))
    assert place == "指标!B2"
    assert "小数位太多：0.333333333333333" in text


def test_a_percentage_whose_unit_is_said_once_more_is_said_once(book):
    def percent(made):
        made["指标"]["B2"].number_format = "0.0%"

    found = facts(book({"指标": [["名称", "数值", "数值.单位"], ["甲", 0.078, "%"]]}, percent))
    assert found["指标[0].数值"].shown == "7.8%"


def test_a_total_of_rounded_figures_may_differ_by_rounding_but_no_more(book):
    rows = [["名称", "数值（亿元）"], ["甲", 1.4], ["乙", 1.4]]
    assert facts(book({"指标": [*rows, ["合计", 2.9]]}))
    assert "2.8亿元" in refused(book({"指标": [*rows, ["合计", 3.1]]}))[0][1]


def test_a_column_of_units_says_what_is_added(book):
    rows = [["名称", "数值", "单位"], ["甲", 1.5, "亿元"], ["乙", 5000, "万元"]]
    found = facts(book({"指标": [*rows, ["合计", 2.0, "亿元"]]}))
    assert found["指标[1].数值"].shown == "5000万元"
    assert "得 2亿元" in refused(book({"指标": [*rows, ["合计", 3, "亿元"]]}))[0][1]
    assert "单位不同" in refused(book({"指标": [*rows, ["丙", 3, "个"], ["合计", 3, "亿元"]]}))[0][1]


def test_a_column_called_for_the_places_that_are_counted_is_no_column_of_units(tmp_path):
    shape = shape_of(
        python.of({"排名": [{"_": "ranking：排名", "单位": "text place：哪里", "数值": "figure value：多少"}]})
    )
    made = Workbook()
    made.active.title = "基本信息"
    made.active.append(["键", "值"])
    sheet = made.create_sheet("排名")
    for row in (["单位", "数值"], ["泊宁市", 3], ["明川市", 4], ["合计", 7]):
        sheet.append(row)
    made.save(tmp_path / "排名.xlsx")
    found, faults = check(workbook.read(tmp_path / "排名.xlsx", lambda _: shape), shape)
    assert not faults
    assert [row["单位"].value for row in found["排名"]] == ["泊宁市", "明川市"]


def test_a_total_without_a_unit_has_that_of_its_details(book):
    rows = [["名称", "数值"], ["甲", "12个"], ["乙", "3个"]]
    assert facts(book({"指标": [*rows, ["合计", 15]]}))
    assert "合计写的是16个" in refused(book({"指标": [*rows, ["合计", 16]]}))[0][1]


def test_a_key_may_say_what_is_secret(book):
    rows = [["键", "值"], ["标题", "甲乙"], ["标题.密", "乙"], ["单位.名称", "丙"], ["单位.名称.密", "是"]]
    found = facts(book({"基本信息": rows}))
    assert found["标题"].hidden == ("乙",)
    assert found["单位.名称"].secret


def test_what_a_figure_is_compared_with_may_have_columns_of_its_own(book):
    rows = [["名称", "数值", "总体（亿元）", "总体.名称"], ["渔业", "46.8亿元", 182.3, "农林牧渔业"]]
    whole = facts(book({"指标": rows}))["指标[0].数值.总体"]
    assert (whole.shown, whole["名称"].value) == ("182.3亿元", "农林牧渔业")


def test_a_remark_below_the_total_is_told_and_the_total_still_checked(book):
    rows = [*LIST, ["合计", 7], ["填表人：甲"]]
    assert [place for place, _ in refused(book({"指标": rows}))] == ["指标!B5", "指标!A6"]


DIRTY = {
    "merged cells": ([*LIST], lambda made: made["指标"].merge_cells("A3:A4"), ["指标!A3:A4"], "合并"),
    "a subtotal": ([*LIST[:3], ["小计", 3], *LIST[3:]], None, ["指标!A4"], "小计"),
    "a total among the details": ([*LIST[:3], ["合计", 3], *LIST[3:]], None, ["指标!A4"], "合计"),
    "numbers kept as text": ([*LIST, ["丁", "12"], ["戊", "1,234.5"]], None, ["指标!B5", "指标!B6"], "存成了文字"),
    "units of one kind mixed": ([*LIST[:1], ["甲", "3亿元"], ["乙", "5万元"]], None, ["指标!B3"], "单位不一"),
    "a unit beside none": ([*LIST[:1], ["甲", "3亿元"], ["乙", 5]], None, ["指标!B3"], "单位不一"),
    "a unit other than the head's": (
        [["名称", "数值（亿元）"], ["甲", 3], ["乙", "5个"]],
        None,
        ["指标!B3"],
        "单位不一",
    ),
    "a formula never reckoned": ([*LIST, ["丁", "=1+2"]], None, ["指标!B5"], "公式没有算出"),
    "an error": ([*LIST, ["丁", "#REF!"]], None, ["指标!B5"], "#REF!"),
    "hidden rows": (
        LIST,
        lambda made: setattr(made["指标"].row_dimensions[3], "hidden", True),
        ["指标!3:3"],
        "隐藏的行",
    ),
    "a hidden column": (
        LIST,
        lambda made: setattr(made["指标"].column_dimensions["B"], "hidden", True),
        ["指标!B:B"],
        "隐藏的列",
    ),
    "a hidden sheet": (LIST, lambda made: setattr(made["指标"], "sheet_state", "hidden"), ["指标"], "隐藏"),
    "dates as text": (
        [["名称", "数值", "时段"], ["甲", 1, "2023/9/5"], ["乙", 2, "2023.9.5"]],
        None,
        ["指标!C2", "指标!C3"],
        "存成了文字",
    ),
    "a time of day": (
        [*LIST],
        put("指标", "A2", datetime(2023, 9, 5, 10, 30), "yyyy-mm-dd hh:mm"),
        ["指标!A2"],
        "时刻",
    ),
    "a power of ten": (LIST, put("指标", "B2", 12000, "0.0E+0"), ["指标!B2"], "数字格式"),
    "a number too long to be kept": (LIST, put("指标", "A2", 110101199003078515), ["指标!A2"], "15 位"),
    "a cell outside": (LIST, put("指标", "E3", "外"), ["指标!E3"], "表外"),
    "a remark below": ([*LIST, ["注：初步数"]], None, ["指标!A5"], "表外"),
    "a row after a gap": (LIST, put("指标", "A9", "丁"), ["指标!A9"], "表外"),
    "a title above": ([["主要指标完成情况表"], *LIST], None, ["指标!A1"], "表头不在第一行"),
    "a merged title above": (
        [["主要指标完成情况表"], *LIST],
        lambda made: made["指标"].merge_cells("A1:B1"),
        ["指标!A1"],
        "表头不在第一行",
    ),
    "an empty head": ([["名称", None, "数值"], ["甲", "？", 1]], None, ["指标!B1"], "表头空着"),
    "a head twice": ([["名称", "数值", "名称"], ["甲", 1, "乙"]], None, ["指标!C1"], "重复"),
    "a head in two languages": ([["名称", "数值", "name"], ["甲", 1, "乙"]], None, ["指标!C1"], "重复"),
    "an unknown head": ([["名称", "数值", "评介"], ["甲", 1, "好"]], None, ["指标!C1"], "是不是“评价”"),
    "a column short": ([["名称"], ["甲"], ["乙"]], None, ["指标"], "缺少“数值”这一列"),
    "a list for a head": ([["名称", "数值", "明细"], ["甲", 1, "子"]], None, ["指标!C1"], "另用一张表"),
    "a choice that is none": ([["名称", "数值", "评价"], ["甲", 1, "中"]], None, ["指标!C2"], "好、差"),
    "an empty cell": ([*LIST, ["丁", None]], None, ["指标!B5"], "缺少"),
    "numbers of rows twice": ([["序号", "名称", "数值"], [1, "甲", 1], [1, "乙", 1]], None, ["指标!A3"], "重复"),
    "a control character": ([["名称", "数值"], ["甲_x0007_", 1]], None, ["指标!A2"], "U+0007"),
}


@pytest.mark.parametrize("name", DIRTY)
def test_a_dirty_sheet_is_refused_by_its_cells(name, book):
    rows, after, places, words = DIRTY[name]
    found = refused(book({"指标": rows}, after))
    assert [place for place, _ in found] == places
    assert all(words in text for _, text in found)


def test_a_row_of_no_height_is_hidden(book):
    path = book({"指标": LIST})
    patched(path, b'<row r="3">', b'<row r="3" ht="0" customHeight="1">')
    assert ("指标!3:3", True) in [(place, "隐藏的行" in text) for place, text in refused(path)]


def test_one_thing_under_two_names_is_refused_in_the_first_sheet_too(book):
    rows = [["键", "值", "备注", "note"], ["标题", "甲", "一", "二"]]
    assert refused(book({"基本信息": rows}))[0][0] == "基本信息!D1"


def test_different_things_may_be_counted_in_one_column(book):
    assert facts(book({"指标": [["名称", "数值"], ["储备项目", "32个"], ["总投资", "186.50亿元"], ["占比", "7.8%"]]}))


def test_every_fault_of_every_sheet_is_told_at_once_in_the_order_of_the_cells(book):
    path = book(
        {
            "基本信息": [["键", "值"], ["标题", None], ["增速", "很快"], ["标提", "乙"], ["增速", "5%"], [None, "丙"]],
            "指标": [["名称", "数值"], ["甲", "12"], ["小计", 3], ["乙", None], ["丙", "=B2"]],
            "会议": [["名称", "日期"], ["专题会", "2023.9.5"]],
            "会义": [["名称"], ["专题会"]],
        }
    )
    assert [place for place, _ in refused(path)] == [
        "基本信息!B2",
        "基本信息!B3",
        "基本信息!A4",
        "基本信息!A5",
        "基本信息!A6",
        "指标!B2",
        "指标!A3",
        "指标!B4",
        "指标!B5",
        "会议!B2",
        "会义",
    ]


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ([["项目", "数"], ["子", 5]], "明细", "缺少“所属”"),
        ([["所属", "项目", "数"], ["丁", "子", 5]], "明细!A2", "没有“丁”这一行"),
        ([["所属", "项目", "数"], [None, "子", 5]], "明细!A2", "没有写所属"),
    ],
)
def test_a_row_of_an_inner_list_that_belongs_nowhere_is_told(rows, place, words, book):
    ((where, text),) = refused(book({"指标": LIST, "明细": rows}))
    assert where == place
    assert words in text


def test_sheets_for_people_and_empty_sheets_are_left_alone(book):
    assert facts(book({"指标": LIST, "说明（怎么填）": [["随便写"]], "Sheet3": []}))


def test_a_formula_is_its_last_value_without_the_noise_of_binary_fractions(book):
    path = book({"指标": [["名称", "数值"], ["甲", "=1.1+2.2"]]})
    patched(path, b"<f>1.1+2.2</f><v></v>", b"<f>1.1+2.2</f><v>3.3000000000000003</v>")
    assert facts(path)["指标[0].数值"].shown == "3.3"


def test_a_far_away_cell_costs_no_time_and_is_told(book):
    assert refused(book({"指标": LIST}, put("指标", "XFD1048576", "外")))[0][0] == "指标!XFD1048576"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "不是能读的 Excel 工作簿"),
        (b"", "不是能读的 Excel 工作簿"),
        (b"PK\x05\x06" + bytes(18), "不是能读的 Excel 工作簿"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"Workbook", "旧格式"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)
@pytest.mark.parametrize("ending", [".xlsx", ".xls"])
def test_what_is_no_workbook_is_told_in_a_line(content, words, ending, tmp_path):
    path = tmp_path / f"台账{ending}"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as error:
        Report.open(path)
    assert error.value.faults[0].file == str(path)


def test_a_workbook_without_its_first_sheet_says_so(tmp_path):
    made, packed = Workbook(), io.BytesIO()
    made.save(packed)
    (tmp_path / "台账.xlsx").write_bytes(packed.getvalue())
    with pytest.raises(InputError, match="没有“基本信息”这张表"):
        Report.open(tmp_path / "台账.xlsx")


@pytest.fixture
def yaml(tmp_path, book):
    """Reads a YAML text beside the workbook 台账.xlsx; returns (facts by path, faults)."""
    book(
        {"指标": [["名称", "数值", "数值.来源"], ["甲", 7.8, "快报"], ["乙", 7, None]]},
        put("指标", "B2", 7.8, "0.00"),
    )

    def read(text):
        path = tmp_path / "data.yaml"
        path.write_text(text, "utf-8")
        found, faults = check(references.resolved(datafile.read(path), str(path)), SHAPE, str(path))
        return {fact.origin.path: fact for fact in every_fact(found)}, faults

    return read


def test_yaml_takes_a_value_from_a_cell_with_its_origin(yaml, tmp_path):
    found, faults = yaml(
        "标题: !excel 台账.xlsx#指标!A2\n增速: {值: !excel 台账.xlsx#指标!$B$2, 单位: '%', 密: true}\n"
    )
    assert not faults
    value = found["增速"]
    assert (value.value, value.shown, value.secret) == (Decimal("7.80"), "7.80%", True)
    assert str(value.origin) == f"{tmp_path / '台账.xlsx'}#指标!B2 增速"
    assert found["标题"].value == "甲"


@pytest.mark.parametrize(
    "reference", ["台账.xlsx#指标", "台账.xlsx#指标!A1:C3", "台账.xlsx#'指标'!C3:A1", "./台账.xlsx#指标!$A$1:$C$3"]
)
def test_yaml_takes_a_list_from_a_table(reference, yaml):
    found, faults = yaml(f'标题: 甲\n指标: !excel "{reference}"\n')
    assert not faults
    assert [found[f"指标[{at}].数值"].shown for at in (0, 1)] == ["7.80", "7"]
    assert found["指标[0].数值"]["来源"].value == "快报"


def test_what_a_cell_holds_wrongly_is_told_by_its_cell(yaml, tmp_path):
    _, (fault,) = yaml("标题: 甲\n日期: !excel 台账.xlsx#指标!A2\n")
    assert fault.where() == f"{tmp_path / '台账.xlsx'}#指标!A2 日期"


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("无.xlsx#指标!A2", "没有这个文件"),
        ("台账.xlsx#指际!A2", "没有“指际”这张表"),
        ("台账.xlsx#指标!A9", "A9：这一格是空的"),
        ("台账.xlsx#指标!A", "不是工作簿里的位置"),
        ("台账.xlsx", "不是工作簿里的位置"),
        ("[台账.xlsx]", "后面要写一个位置"),
    ],
)
def test_a_reference_to_nothing_is_told(reference, words, yaml):
    with pytest.raises(InputError, match=words):
        yaml(f"标题: !excel {reference}\n")


def test_every_reference_to_nothing_is_told_at_once(yaml):
    with pytest.raises(InputError) as error:
        yaml("标题: !excel 台账.xlsx#指标!A8\n日期: !excel 台账.xlsx#指标!A9\n增速: !excel 台账.xlsx\n")
    assert [fault.line for fault in error.value.faults] == [None, None, 3]


def test_the_command_line_lists_a_dirty_workbook_and_writes_nothing(book, tmp_path, capsys, monkeypatch):
    path = book({"基本信息": [["键", "值"], ["模板", "briefing"]], "破局.成效": [["动词", "动词"], ["出台", "x"]]})
    monkeypatch.setattr(sys, "argv", ["reportkit", "build", str(path), "-o", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    lines = capsys.readouterr().err.splitlines()
    assert stop.value.code == 1
    assert any("#破局.成效!B1：" in line for line in lines)
    assert any("#基本信息 会议：" in line for line in lines)
    assert not (tmp_path / "out").exists()


def test_a_build_from_yaml_does_not_load_the_workbook_reader(tmp_path):
    import subprocess

    example = Path(__file__).resolve().parents[2] / "examples/jingxin/data.yaml"
    code = "import sys; from reportkit import Report; Report.open(sys.argv[1]).words; print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(example)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("投资（单位：亿元）", "412.6亿元"),
        ("投资(亿元)", "412.6亿元"),
        ("投资（含税）", "412.6"),
        ("投资（预计数）", "412.6"),
        ("投资", "412.6"),
    ],
)
def test_a_single_cell_has_the_unit_that_the_head_of_its_column_says(head, shown, tmp_path):
    made = Workbook()
    made.active.title = "指标"
    for row in (["全县情况"], ["名称", head], ["甲", 5], ["乙", "未报"], ["丙", 412.6]):
        made.active.append(row)
    made.save(tmp_path / "台账.xlsx")
    (tmp_path / "data.yaml").write_text("标题: 甲\n增速: !excel 台账.xlsx#指标!B3\n", "utf-8")
    node = references.resolved(datafile.read(tmp_path / "data.yaml"), str(tmp_path / "data.yaml"))
    facts = {fact.origin.path: fact for fact in every_fact(check(node, SHAPE, "", required=False)[0])}
    assert facts["增速"].shown == shown.replace("412.6", "5")


@pytest.mark.parametrize(("head", "shown"), [("数值（单位：亿元）", "3亿元"), ("数值（%）", "3%")])
def test_a_head_may_say_that_it_says_the_unit(head, shown, book):
    assert facts(book({"指标": [["名称", head], ["甲", 3]]}))["指标[0].数值"].shown == shown


def test_what_a_head_says_of_how_a_column_is_reckoned_is_no_unit(book):
    found = refused(book({"指标": [["名称", "数值（含税）"], ["甲", 3]]}))
    assert any(place == "指标!B1" and "是不是“数值”" in said for place, said in found)
