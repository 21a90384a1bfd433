"""Units: what may stand at a line's start and end, and what no line end may part."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.pages import kinsoku

HAN = "国经信局产业推进完成同比增长人市年中上的和在"
CLOSING = "”’）》〉〕】」』。，、；：？！％℃"
OPENING = "“‘（《〈〔【「『￥"
WHOLE = (
    "12.5%", "近70%", "15%～30%", "3.4万元", "近500家", "1234.56亿元", "8,543人", "2023年", "9月", "5日", "41个",
    "2021—2025年", "Ⅰ—Ⅲ", "6·26", "——", "……", "PM2.5", "5G", "C919", "1+8", "3+N", "GB/T", "9704-2012", "AT&T", "km/h",
    "30多家", "1/47", "13:47", "**%", "**个", "120万亩", "37.5℃", "6000余家", "￥3.5万元", "Wi-Fi", "B2B2C",
)  # fmt: skip
ANY = st.text(st.sampled_from(HAN + CLOSING + OPENING + "—…·～-/0123456789.,%ABab+* "), max_size=60)
ATOMS = st.lists(
    st.one_of(
        st.sampled_from(WHOLE), st.text(st.sampled_from(HAN), min_size=1, max_size=8), st.sampled_from("，。、”）“（")
    ),
    max_size=20,
)
BOUNDED = settings(derandomize=True, max_examples=400, deadline=None, database=None)


@given(ANY)
@BOUNDED
def test_units_joined_are_the_text(text):
    assert "".join(kinsoku.units(text)) == text


@given(ANY)
@BOUNDED
def test_no_unit_but_the_first_begins_with_a_mark_that_begins_no_line(text):
    for unit in kinsoku.units(text)[1:]:
        minus = unit[0] == "-" and unit[1:2].isdigit()
        assert unit[0] not in kinsoku.NO_START or minus, kinsoku.units(text)


@given(ANY)
@BOUNDED
def test_no_unit_but_the_last_ends_with_a_mark_that_ends_no_line(text):
    for unit in kinsoku.units(text)[:-1]:
        assert not unit.rstrip(" ").endswith(tuple(kinsoku.NO_END)), kinsoku.units(text)


@given(ANY)
@BOUNDED
def test_dashes_and_ellipses_stay_together(text):
    units = kinsoku.units(text)
    for unit, following in pairwise(units):
        assert unit[-1] + following[0] not in ("——", "……")


@given(ATOMS)
@BOUNDED
def test_what_belongs_together_is_in_one_unit(atoms):
    # parted by a Han character, so that no two of them make a third
    text = "国".join(atoms)
    ends, at = set(), 0
    for unit in kinsoku.units(text):
        at += len(unit)
        ends.add(at)
    at = 0
    for atom in atoms:
        if atom in WHOLE:
            assert not ends & set(range(at + 1, at + len(atom))), (atom, kinsoku.units(text))
        at += len(atom) + 1


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("达到“1+8”调研", ["达", "到", "“1+8”", "调", "研"]),
        ("占比近70%。", ["占", "比", "近70%。"]),
        ("见明政发〔2023〕5号文", ["见", "明", "政", "发", "〔2023〕5号", "文"]),
        ("——这是……", ["——", "这", "是", "……"]),
        ("（一）抓落实", ["（一）", "抓", "落", "实"]),
        ("互联网+农业", ["互", "联", "网", "+", "农", "业"]),
        ("《方案》《措施》", ["《方", "案》", "《措", "施》"]),
        ("PM2.5浓度", ["PM2.5", "浓", "度"]),
        ("他说：“好！”", ["他", "说：", "“好！”"]),
        ("甲 ，乙（ 丙 ）丁", ["甲 ，", "乙", "（ 丙 ）", "丁"]),
        ("“1,953+58,123+N”项目", ["“1,953+58,123+N”", "项", "目"]),
        ("提高3.5个百分点。", ["提", "高", "3.5个", "百分点。"]),
    ],
)
def test_units_read_as_an_office_reads_them(text, units):
    assert kinsoku.units(text) == units


@pytest.mark.parametrize("number", ["-1.8℃", "-3.5%", "−3.5%"])
def test_a_minus_sign_stays_with_its_number(number):
    assert number in kinsoku.units(f"同比增长{number}的水平")


@pytest.mark.parametrize(
    "text",
    [
        "见明政发〔2023〕5号文",
        "《通知》〔2023〕5号",
    ],
)
def test_a_document_number_is_one_unit(text):
    assert any("〔2023〕5号" in unit for unit in kinsoku.units(text))


@pytest.mark.parametrize(("text", "piece"), [("新增4月17日的", "4月"), ("8点30分", "8点"), ("3个100亿", "3个")])
def test_a_number_stays_with_its_unit_before_another_number(text, piece):
    assert any(piece in unit for unit in kinsoku.units(text))


def test_what_had_better_stay_whole_costs_something_to_part():
    assert kinsoku.reluctant("“十五五”规划") == dict.fromkeys(range(1, 5), kinsoku.COST_TERM)
    assert kinsoku.reluctant("见《宪法》") == dict.fromkeys(range(2, 5), kinsoku.COST_TERM)
    assert kinsoku.reluctant("明政发〔2023〕5号") == {3: kinsoku.COST_STEM}
    assert kinsoku.reluctant("“这是一句较长的话。”《关于一件很长很长的事的通知》") == {}


@pytest.mark.parametrize(
    ("text", "lone"), [("展。", True), ("展”。", True), ("展", True), ("发展。", False), ("5%。", False)]
)
def test_one_character_with_or_without_marks_is_too_little_for_a_last_line(text, lone):
    assert kinsoku.lone(text) is lone


@given(ANY)
@BOUNDED
def test_a_unit_begun_anew_is_cut_no_further(text):
    for unit in kinsoku.units(text):
        assert len(kinsoku.units(unit)) <= 1 + unit.count("百") + unit.count("〔"), unit
