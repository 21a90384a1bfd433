"""Values are never markup, come out as they went in, and a secret one does not come out at all."""

import copy
import io
import pickle
import re
import zipfile
import zlib
from decimal import Decimal

import docx
import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_bad_input import data

from reportkit import Report
from reportkit.facts import quantity
from reportkit.facts.numerals import counted

# every leaf of the example that is printed: the path to it, and whether it is a figure
LITERAL = [
    "AT&T<局>", "{{ x }}", "{% raw %}", "**", "*加粗*", "#", "# 标题", "## 一、", "|", "@称谓", r"\\", " 前导空格",
    "　全角空格", "表情😀", "a  b", "&amp;", "]]>", "%s{0}", "【待补：甲】", "䶮𬱖",
]  # fmt: skip


def leaves(tree, path=()):
    """Yield the path of every scalar of a tree that the briefing prints."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in pairs:
        if isinstance(value, dict | list) and "值" not in value:
            yield from leaves(value, (*path, key))
        elif path and key not in ("形式",):
            yield (*path, key)


def put(tree, path, value):
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] = value


def is_figure(path):
    return path[-1] in ("数量", "次数", "数值")


TEXTS = [path for path in leaves(data()) if not is_figure(path)]
FIGURES = [path for path in leaves(data()) if is_figure(path)]


def word_text(file):
    return "\n".join(part.text.replace("\n", "") for part in docx.Document(io.BytesIO(file)).paragraphs)


def pdf_text(file):
    """Return the characters of a PDF in the order they are drawn, page numbers left out."""
    with pdfplumber.open(io.BytesIO(file)) as pdf:
        return "".join(re.sub(r"— \d+ —$", "", "".join(c["text"] for c in page.chars)) for page in pdf.pages)


def bodies(file):
    """Return every part of a zip, or every stream and the rest of a PDF, as text."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    found = [file]
    for stream in re.findall(rb"stream\n(.*?)endstream", file, re.DOTALL):
        found.append(zlib.decompressobj().decompress(stream))
    return [part.decode(code, "replace") for part in found for code in ("utf-8", "utf-16-be", "latin-1")]


@pytest.mark.parametrize("value", LITERAL)
def test_a_value_is_kept_as_it_is_in_every_file(value):
    facts = data()
    for path in (("单位", "简称"), ("单位", "全称"), ("称谓", "其他", 0), ("破局", "支撑", "效果"), ("破局", "坚持")):
        put(facts, path, value)
    report = Report.of(facts)
    for text in (report.render("txt").decode(), word_text(report.render("docx")), pdf_text(report.render("pdf"))):
        assert text.count(value) >= 5


@pytest.mark.slow
def test_a_paragraph_of_100_000_characters_is_kept():
    facts, value = data(), "推动高质量发展，" * 12_500
    put(facts, ("破局", "支撑", "效果"), value)
    report = Report.of(facts)
    assert value in report.render("txt").decode()
    assert value in word_text(report.render("docx"))
    assert value in pdf_text(report.render("pdf"))


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
MARKS = st.sampled_from("，。；：、！？“”（）《》〔〕—…·～*#|@\\{}%&<>+-/=_ 0123456789abcXYZ")
WORDS = st.text(HAN | MARKS, min_size=1, max_size=60)
NUMBERS = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(TEXTS), WORDS)
def test_any_text_in_any_place_comes_out_in_all_three_files(path, value):
    facts = data()
    put(facts, path, value)
    report = Report.of(facts)
    for text in (report.render("txt").decode(), word_text(report.proved("docx")), pdf_text(report.proved("pdf"))):
        assert value in text


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.sampled_from(FIGURES),
    NUMBERS,
    st.sampled_from(["", "近", "约", "超"]),
    st.sampled_from(["个", "%", "亿元", "公里"]),
)
def test_any_figure_in_any_place_is_printed_and_traced(path, number, about, unit):
    facts, shown = data(), f"{about}{number}{unit}"
    put(facts, path, shown)
    report = Report.of(facts)
    assert shown in report.render("txt").decode()
    assert shown in word_text(report.proved("docx"))
    assert shown in pdf_text(report.proved("pdf"))
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    figure = next(one for one in report.figures if one.origin.path == place)
    assert (figure.shown, figure.value, figure.unit) == (shown, number, unit)
    assert 1 <= figure.page <= len(report.pages.pages)


SECRETS = st.text(st.sampled_from("鑫淼焱垚犇骉羴猋"), min_size=2, max_size=6)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.sampled_from(TEXTS), SECRETS, st.sampled_from(TEXTS))
def test_a_secret_is_in_no_part_of_a_redacted_file(path, secret, other):
    facts = data()
    put(facts, path, {"值": secret, "密": True})
    if other != path:
        put(facts, other, f"前{secret}后")
    report = Report.of(facts).redact()
    for kind in ("txt", "docx", "pdf"):
        file = report.proved(kind)
        assert all(secret not in body for body in ([file.decode()] if kind == "txt" else bodies(file)))
    assert secret not in pdf_text(report.render("pdf"))
    assert secret.encode() not in pickle.dumps(report)
    assert "*" * len(secret) in report.render("txt").decode()


def test_a_secret_that_reaches_across_two_values_is_masked():
    facts = data()
    facts["破局"]["支撑"]["成立"] = [{"值": "江淮链", "密": ["江淮"]}]
    facts["城市"]["名称"], facts["困局"]["着眼"] = "江", "淮转型突围"
    report = Report.of(facts)
    assert "着眼于江淮转型突围" in report.render("txt").decode()
    assert "着眼于**转型突围" in report.redact().render("txt").decode()


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("69.3%", "69.3", "%"), ("1234.5亿元", "1234.5", "亿元"), ("12个", "12", "个"), ("近70%", "70", "%"),
        ("20余次", "20", "次"), ("-3.2%", "-3.2", "%"), ("1,234人", "1234", "人"), ("7.80", "7.80", ""),
        ("60%以上", "60", "%"), ("3.2个百分点", "3.2", "个百分点"),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_typed(typed, value, unit):
    assert quantity.parse(typed)[:2] == (Decimal(value), unit)
    assert str(quantity.parse(typed).value) == value


@pytest.mark.parametrize("typed", ["许多", "", "七次", "1.2.3", "12 34", "1,23人", "个12"])
def test_what_is_no_figure_is_not_read_as_one(typed):
    assert quantity.parse(typed) is None


@pytest.mark.parametrize(
    ("shown", "masked"), [("12次", "**次"), ("近70%", "近**%"), ("7.80亿元", "****亿元"), ("-3.2%", "****%")]
)
def test_the_digits_of_a_secret_figure_are_masked_one_by_one(shown, masked):
    assert quantity.mask(shown) == masked


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_headings_are_numbered_in_counted(number, words):
    assert counted(number) == words


def test_english_keys_say_the_same_as_chinese_ones():
    facts = data()
    facts["unit"] = {
        "short": "经信局",
        "name": "市经信局",
        "party_group": "党组",
        "all": "全局上下",
        "duty": "主抓产业",
    }
    del facts["单位"]
    assert Report.of(facts).render("txt") == Report.of(data()).render("txt")


def test_the_data_is_not_changed_by_being_read():
    facts = data()
    before = copy.deepcopy(facts)
    Report.of(facts).render("pdf")
    assert facts == before
