"""One reading rule at every door: what a number, a blank and what is neither are taken for, and never a traceback."""

import dataclasses
import enum
import math
import os
import sqlite3
from collections import ChainMap, OrderedDict, UserDict, UserList, deque, namedtuple
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportkit import InputError, Report
from reportkit.data import json, python, yaml
from reportkit.facts import quantity
from reportkit.facts.check import check
from reportkit.facts.fact import every_fact
from reportkit.facts.shape import shape_of

SHAPE = shape_of(
    yaml.read(
        """
_: note：便函
标题: text title：标题
数: figure? count：一个数
日: date? day：日期
几段: texts? parts：几段
几数: figures? counts：几个数
明细:
  - _: rows?：各行
    名: text? name：名
    数: figure? count：数
总数: figure? total = 明细.数：总数
""",
        "schema.yaml",
    )
)
# how many hostile values a run tries
TRIES = int(os.environ.get("REPORTKIT_TRIES", "200"))


def facts(node):
    """Return the facts of a tree, by key path."""
    found, faults = check(node, SHAPE, "data")
    if faults:
        raise InputError(faults)
    total = {"总数": found.fields["总数"]} if "总数" in found else {}
    return {fact.origin.path: fact for fact in every_fact(found)} | total


def of(**values):
    return facts(python.of({"标题": "便函", **values}))


def doors(value):
    """Return the facts of a figure as YAML, JSON and Python give it, typed in quotes and not."""
    return [
        facts(yaml.read(f"标题: 便函\n数: {value}\n", "a.yaml")),
        facts(yaml.read(f"标题: 便函\n数: '{value}'\n", "a.yaml")),
        facts(json.read(f'{{"标题": "便函", "数": "{value}"}}', "a.json")),
        of(数=value),
        of(数={"值": value}),
    ]


@pytest.mark.parametrize(
    ("typed", "value", "unit", "shown"),
    [
        ("３４．２％", "34.2", "%", "34.2%"),
        ("－５．０％", "-5.0", "%", "-5.0%"),
        ("１２ｋｍ", "12", "km", "12km"),
        ("3 次", "3", "次", "3次"),
        ("3　次", "3", "次", "3次"),
        ("近 70 %", "70", "%", "近70%"),
        ("16.1\u2009%", "16.1", "%", "16.1%"),
        ("1,234人", "1234", "人", "1234人"),
        ("1,234,567.50 元", "1234567.50", "元", "1234567.50元"),
        (" 7.80亿元 ", "7.80", "亿元", "7.80亿元"),
        ("20 余次", "20", "次", "20余次"),
        ("60平方米以上", "60", "平方米", "60平方米以上"),
        ("12345678901234567个", "12345678901234567", "个", "12345678901234567个"),
    ],
)
def test_a_figure_is_one_and_the_same_at_every_door(typed, value, unit, shown):
    for found in doors(typed):
        fact = found["数"]
        assert (str(fact.value), fact.unit, fact.shown) == (value, unit, shown)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1e16", "十的几次方"), ("1E+3", "十的几次方"), ("-2.5e-3", "十的几次方"), (".nan", "不是数"),
        ("1e99999999999999999999", "十的几次方"), ("1E-99999999999999999999", "十的几次方"),
        ("-.inf", "不是数"), ("NaN", "不是数"), ("Infinity", "不是数"), ("0.30000000000000004", "如 0.30"),
        ("14.799999999999999", "如 14.80"), ("9" * 31, "30 位"), (".5", "小数点"), ("5.", "小数点"),
        ("3  次", "写成 3次"), ("七次", "一个数"), ("٣个", "一个数"), ("①个", "一个数"), ("1,23人", "一个数"),
        ("12 34", "一个数"),
    ],
)  # fmt: skip
def test_what_nobody_writes_for_a_number_is_refused_with_its_path(typed, words):
    with pytest.raises(InputError, match=f"数：.*{words}"):
        facts(yaml.read(f"标题: 便函\n数: {typed}\n", "a.yaml"))


@pytest.mark.parametrize("word", ["NaN", "nan", "Infinity", "-Infinity", "-inf", "NaT", "<NA>"])
def test_what_a_program_writes_for_nothing_is_printed_nowhere(word):
    for node in (python.of({"标题": word}), yaml.read(f"标题: '{word}'", "a"), json.read(f'{{"标题": "{word}"}}', "a")):
        with pytest.raises(InputError, match=f"标题：“{word}”不是数"):
            facts(node)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_json_has_no_number_for_is_refused_with_line_and_path(word):
    with pytest.raises(InputError, match=f"data:2:.* 数：“{word}”不是数"):
        facts(json.read(f'{{"标题": "便函",\n"数": {word}}}', "a.json"))


@pytest.mark.parametrize("typed", ["1e99999999999999999999", "-1E-99999999999999999999"])
def test_a_power_of_ten_beyond_all_reckoning_is_refused_in_json_too(typed):
    with pytest.raises(InputError, match=r"data:2:.* 数：“.*”写成了十的几次方"):
        facts(json.read(f'{{"标题": "便函",\n"数": {typed}}}', "a.json"))


@pytest.mark.parametrize("blank", ["", " ", "\u3000\u3000", "\u200b", "\t", "\u00a0\ufeff", "\u2060\u200d"])
def test_a_blank_text_is_as_good_as_none(blank):
    for node in (python.of({"标题": blank}), json.read(f'{{"标题": "{blank.replace(chr(9), chr(92) + "t")}"}}', "a")):
        with pytest.raises(InputError, match="标题：缺少这一项"):
            facts(node)
    with pytest.raises(InputError, match=r"几段\[1\]：值是空的"):
        of(几段=["甲", blank])
    assert "数" not in of(数=blank)


def test_a_text_keeps_the_blanks_it_begins_and_ends_with():
    assert of(几段=["　　甲 ", " 乙"])["几段[0]"].shown == "　　甲 "


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.1 + 0.2, "0.3"), (3.0, "3"), (98.2, "98.2"), (1.1 + 2.2, "3.3"), (-0.0, "0"),
        (123456789.125, "123456789.125"),
        (0.00001, "0.00001"), (7, "7"), (Decimal("7.80"), "7.80"), (10**29, "1" + "0" * 29), (-5, "-5"),
    ],
)  # fmt: skip
def test_a_number_of_python_is_what_was_meant(value, shown):
    assert of(数=value)["数"].shown == shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1e16, "十的几次方"), (Decimal("1E+3"), "十的几次方"), (math.inf, "不是数"), (-math.inf, "不是数"),
        (Decimal("-Infinity"), "不是数"), (1 / 3, "小数位太多"), (2 / 3 * 100, "小数位太多"), (True, "是或否"),
        (Decimal(1) / Decimal(3), "零头"), (10**4000, "太长"), (Fraction(1, 3), "Fraction"), (1j, "complex"),
        (b"12", "字节"), ({1, 2}, "集合"), ((one for one in [1]), "list"), (object(), "object"), (Path("a"), "类型"),
        (datetime(2023, 9, 5, 8), "时刻"), (time(8), "time"), (timedelta(1), "timedelta"), ({1.5: 2}, "键"),
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_document_is_refused_in_words(value, words):
    with pytest.raises(InputError, match=f"数.*：.*{words}"):
        of(数=value)


@pytest.mark.parametrize("value", [float("nan"), Decimal("NaN"), Decimal("sNaN"), None])
def test_a_number_missing_from_a_table_is_absent(value):
    assert "数" not in of(数=value)
    with pytest.raises(InputError, match=r"几数\[1\]：值是空的"):
        of(几数=[1, value])


def test_a_moment_at_midnight_is_a_date():
    moment = datetime(2023, 9, 5, tzinfo=timezone(timedelta(hours=8)))
    for day in (date(2023, 9, 5), datetime(2023, 9, 5), moment, "２０２３-０９-０５", "2023年9月5日", " 2023-9-5 "):
        assert of(日=day)["日"].value == date(2023, 9, 5)


def test_rows_and_sequences_of_every_kind_are_read():
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    row = base.execute("select '甲' as 名, 3 as 数").fetchone()
    base.close()
    pair = namedtuple("pair", "名 数")("乙", 4)
    rows = deque([row, pair, OrderedDict(名="丙", 数=5), UserDict(名="丁", 数=6), ChainMap({"名": "戊"}, {"数": 7})])
    found = of(明细=rows, 几段=UserList(["甲", "乙"]), 几数=range(3))
    assert [found[f"明细[{at}].名"].shown for at in range(5)] == list("甲乙丙丁戊")
    assert found["总数"].value == 25
    assert [found[f"几数[{at}]"].value for at in range(3)] == [0, 1, 2]


class Table:
    """A table as pandas gives one: columns, and its rows as mappings."""

    columns, iloc = ("名", "数"), None

    def to_dict(self, kind):
        assert kind == "records"
        return [{"名": "甲", "数": 3.0}, {"名": "乙", "数": float("nan")}]


class Frame:
    """A table as polars gives one."""

    columns = ("名", "数")

    def to_dicts(self):
        return [{"名": "甲", "数": 3}, {"名": "乙", "数": None}]


class NaTType:
    """A date that is none, as pandas has it."""


@pytest.mark.parametrize("table", [Table(), Frame()])
def test_a_table_is_a_list_of_its_rows(table):
    found = of(明细=table, 日=NaTType())
    assert (found["明细[0].数"].shown, "明细[1].数" in found, "日" in found) == ("3", False, False)


class Kind(enum.StrEnum):
    ONE = "甲"


class Text(str):
    def __str__(self):
        raise ValueError("no")

    __repr__ = __len__ = __str__


class Whole(int):
    def __repr__(self):
        return "Whole(3)"

    __str__ = __repr__


def test_a_kind_built_on_one_of_ours_is_read_as_that_one():
    assert of(标题=Text("甲"), 数=Whole(3), 几段=[Kind.ONE])["数"].shown == "3"


def test_what_holds_itself_or_nests_without_end_is_told_with_its_path():
    loop = {"名": "甲"}
    loop["数"] = [loop, loop]
    deep = {}
    for _ in range(10_000):
        deep = {"数": deep}
    for data, words in ((loop, r"明细\[0\].数\[0\]：这一项装着它自己"), (deep, "嵌套太深")):
        with pytest.raises(InputError, match=words):
            of(明细=[data])
    with pytest.raises(InputError, match="嵌套太深"):
        json.read('{"数":' * 900 + "1" + "}" * 900, "a.json")


def test_sums_are_exact_whatever_precision_a_script_has_set():
    getcontext_before = getcontext().prec
    with localcontext() as context:
        context.prec = 3
        rows = [{"数": "12345678901234567"}, {"数": "0.123456789012345"}, {"数": "1亿"}, {"数": "0.00000000000001"}]
        assert of(明细=rows[:2])["总数"].shown == "12345678901234567.123456789012345"
        assert of(明细=[{"数": 10**29}, {"数": 1}])["总数"].shown == "1" + "0" * 28 + "1"
    assert getcontext().prec == getcontext_before


@pytest.mark.parametrize("rank", ["9" * 5000, "第" + "9" * 5000 + "位", "0", "第零位", "３.５"])
def test_a_place_in_a_ranking_is_a_place_or_is_told(rank):
    with pytest.raises(InputError, match=r"数\.位次：这里要一个位次"):
        of(数={"值": "5个", "位次": rank})
    assert of(数={"值": "5个", "位次": "全省 第３ 位"})["数"]["位次"].value == 3


@pytest.mark.parametrize(
    ("unit", "words"), [("10万元", "不是单位"), ("元，", "不是单位"), ("a\nb", "换行"), (["元"], "一个值")]
)
def test_a_unit_that_is_none_is_told(unit, words):
    with pytest.raises(InputError, match=f"数.单位：.*{words}"):
        of(数={"值": 5, "单位": unit})


def test_a_unit_stands_behind_the_number_and_before_the_word_for_about():
    assert of(数={"值": "60以上", "单位": "％"})["数"].shown == "60%以上"
    assert of(数={"值": "20余", "单位": "次"})["数"].shown == "20余次"
    assert (of(数={"值": 105.3, "单位": "无"})["数"].shown, of(数={"值": 5, "单位": ""})["数"].unit) == ("105.3", "")


# values that no document asks for, each at its worst


class Hostile:
    """An object of which everything raises."""

    def _no(self, *_):
        raise RuntimeError("\x1b[31m\ud800")

    __repr__ = __str__ = __len__ = __iter__ = __getitem__ = __eq__ = __bool__ = __float__ = __int__ = __index__ = _no
    __hash__ = object.__hash__
    keys = items = values = to_dict = to_dicts = dtype = columns = property(_no)


class Silent(dict):
    def __iter__(self):
        raise KeyError("a")

    items = keys = __iter__


class Endless(list):
    def __iter__(self):
        return iter(lambda: [self], None)


class Odd(float):
    def __repr__(self):
        raise OverflowError

    __str__ = __float__ = __repr__


class Liar(list):
    def __len__(self):
        return 10**18

    def __getitem__(self, at):
        raise MemoryError


@dataclasses.dataclass
class Plain:
    名: str = "甲"


def _loop():
    inner = []
    inner.append(inner)
    return inner


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-(10**60), 10**60), st.floats(), st.complex_numbers(),
    st.decimals(), st.fractions(), st.text(), st.binary(), st.dates(), st.datetimes(), st.times(), st.timedeltas(),
    st.text(st.characters(codec=None), max_size=5),
    st.sampled_from(["\ud800", "\0", "1e999999999", "٣", "9" * 5000, "-", ",", "{", "!secret", "\u202e甲", "nan"]),
    st.sampled_from([Kind.ONE, Plain(), Plain, Path("a"), ..., NotImplemented, print]),
    st.builds(Text, st.just("甲")), st.builds(Whole, st.just(3)),
    st.builds(Hostile), st.builds(Odd, st.floats()), st.builds(Liar), st.builds(Silent, st.just({"a": 1})),
    st.builds(_loop), st.builds(lambda: 10**5000), st.builds(lambda: Decimal("1E-999999")), st.builds(Endless),
)  # fmt: skip
KEYS = st.one_of(st.text(max_size=3), st.sampled_from(["值", "单位", "密", "目标", "位次", "名", "数", "备注"]), LEAVES)


def _keyed(inner):
    pairs = st.lists(st.tuples(KEYS, inner), max_size=4)

    def made(found):
        kept = {}
        for key, value in found:
            try:
                kept[key] = value
            except TypeError:
                continue
        return kept

    return pairs.map(made)


VALUES = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=4), st.tuples(inner, inner), _keyed(inner)), max_leaves=12
)


@settings(max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["标题", "数", "日", "几段", "几数", "明细", "总数"]), VALUES)
def test_any_value_is_taken_or_refused_and_never_ends_in_a_traceback(key, value):
    found = {}
    with suppress(InputError):
        found = of(**{key: value})
        assert all(fact.shown.strip() for fact in found.values())
        assert "nan" not in [fact.shown.lower() for fact in found.values()]


@settings(max_examples=TRIES, deadline=None)
@given(st.text(max_size=12) | st.from_regex(quantity.TYPED, fullmatch=True).filter(lambda text: len(text) < 40))
def test_what_is_read_as_a_figure_reads_as_the_same_when_printed(typed):
    found = quantity.parse(typed)
    if found:
        shown = found.shown(found.unit)
        again = quantity.parse(shown)
        assert again is not None
        assert (again.value, again.shown(again.unit)) == (found.value, shown)


def test_a_report_of_odd_kinds_is_that_of_plain_ones(tmp_path):
    (tmp_path / "schema.yaml").write_text("_: note：便函\n标题: text title：标题\n数: figure count：数\n", "utf-8")
    (tmp_path / "words.jinja").write_text("# {{ 标题 }}\n\n开会{{ 数 }}。\n", "utf-8")
    made = [Report.of({"标题": "便函", "数": one}, template=str(tmp_path)) for one in ("１,２３４ 次", "1234次")]
    assert len({report.render("txt") for report in made}) == 1
