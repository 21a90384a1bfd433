"""Figures printed without a unit are told where something is counted, and never run into the next number in a final."""

import pytest

from reportkit import InputError, Report

SCHEMA = """
_: note：便函
标题: text title：标题
数: figure? count：一个数
另数: figure? other：另一个数
名: text? name：名称
量词: text? measure：量词
几项:
  - _: rows?：各项
    名: text name：名称
    数: figure count：数
总数: figure? total = 几项.数：总数
"""


@pytest.fixture
def told(tmp_path):
    """Return what a report of the words, over data, tells of units: (path, what is quoted)."""

    def build(words, edition="final", **data):
        (tmp_path / "schema.yaml").write_text(SCHEMA, "utf-8")
        (tmp_path / "words.jinja").write_text(f"# {{{{ 标题 }}}}\n\n{words}\n", "utf-8")
        report = Report.of({"标题": "便函", **data}, template=str(tmp_path), edition=edition)
        return [(fault.path, fault.fields["shown"]) for fault in report.warnings if "没有单位" in fault.message]

    return build


@pytest.mark.parametrize(
    "words",
    [
        "新建桥梁{{ 数 }}，通车。",
        "桥梁{{ 数 }}、涵洞三处。",
        "共有{{ 数 }}",
        "桥梁{{ 数 }}（含在建）。",
        "桥梁{{ 数 }} 通车。",
    ],
)
@pytest.mark.parametrize("value", [12, "12", "12.5", "近70", "20余", {"值": "12", "时段": "上半年"}])
def test_a_number_of_nothing_is_told_with_its_path(words, value, told):
    ((path, shown),) = told(words, 数=value)
    assert path == "数"
    assert shown[-1] in "0257余"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("新建桥梁{{ 数 }}，通车。", "12座"),
        ("新建桥梁{{ 数 }}座，通车。", 12),
        ("占{{ 数 }}%。", 12),
        ("居第{{ 数 }}，进步明显。", 3),
        ("景气指数为{{ 数 }}，处于扩张区间。", "52.3"),
        ("得分{{ 数 }}，居全县前列。", "98.5"),
        ("列车为{{ 数 }}次。", 15),
        ("（{{ 数 }}）桥梁", 3),
        ("{{ 数 }}．桥梁", 3),
        ("会期{{ 数 }}—{{ 另数 }}天。", 3),
        ("新建桥梁{{ 数|汉字 }}座。", 3),
        ("基尼系数{{ 数 }}。", "0.41"),
        ("综合水平{{ 数 }}。", {"值": "103.5", "单位": "无"}),
        ("桥梁{{ 数 }}{{ 量词 }}。", 12),
    ],
)
def test_a_number_that_has_its_unit_or_needs_none_is_not_told(words, value, told):
    assert told(words, 数=value, 另数="5", 量词="座") == []


def test_each_number_is_told_once_and_so_is_a_sum(told):
    rows = [{"名": "桥", "数": 1}, {"名": "路", "数": 2}]
    assert told("{{ 几项[0].名 }}{{ 几项[0].数 }}，再说一遍{{ 几项[0].数 }}。", 几项=rows) == [("几项[0].数", "1")]
    found = told("共{{ 总数 }}。", 几项=rows)
    assert found == [("几项[0].数 + 几项[1].数", "3")]


def test_a_table_says_its_units_in_its_heads(told):
    assert told("| 名称 | 座 |\n| 桥 | {{ 数 }} |", 数=12) == []


def test_a_number_that_runs_into_the_next_is_no_number_of_a_final(told):
    words = "现有{{ 数 }}{{ 名 }}。"
    with pytest.raises(InputError, match=r"数：“现有12\.8660岁以上居民。”里的 12\.86 和后面的数连成了一个"):
        told(words, 数="12.86", 名="60岁以上居民")
    assert told(words, 数="12.86万人", 名="60岁以上居民") == []
    assert told(words, "draft", 数="12.86", 名="60岁以上居民") == [("数", "12.86")]


def test_a_name_that_ends_in_a_digit_runs_into_no_number_either(told):
    with pytest.raises(InputError, match="名：“省道S3012次。”里的 省道S30 和后面的数连成了一个"):
        told("{{ 名 }}{{ 数 }}。", 数="12次", 名="省道S30")
