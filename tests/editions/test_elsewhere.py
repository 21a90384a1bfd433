"""The same secret where nobody marked it: in titles, names, properties, warnings and errors of a redacted report."""

import io
import json
import pickle
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path
from re import DOTALL, findall

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit import InputError, Report
from reportkit.document.nodes import Document

SCHEMA = """
_: note：试件
标题: text title：标题
日期: date? date：日期
作者: text? author：作者
名称: text? name：名称
次数: figure? count：次数
另数: figure? other：另一个数
开始: date? begun：开始的日子
正文: texts body：正文
"""
WORDS = """# {{ 标题 }}
{% if 作者 %}
@作者 {{ 作者 }}
{% endif %}

{% for 一 in 正文 %}
{{ 一 }}

{% endfor %}
{% if 名称 %}
名称是{{ 名称 }}。

{% endif %}
{% if 次数 %}
次数是{{ 次数 }}。

{% endif %}
{% if 另数 %}
另数是{{ 另数 }}。

{% endif %}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "试件").mkdir()
    (tmp_path / "试件/schema.yaml").write_text(SCHEMA, "utf-8")
    (tmp_path / "试件/words.jinja").write_text(WORDS, "utf-8")
    return tmp_path


def opened(folder, data, edition="redacted", name="data.yaml", **options):
    (folder / name).write_text(f"模板: 试件\n{data}", "utf-8")
    return Report.open(folder / name, edition=edition, **options)


def run(folder, *words):
    command = [sys.executable, "-m", "reportkit", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")


def bodies(report):
    """Yield every part of every file of a report as text."""
    yield report.render("txt").decode()
    with zipfile.ZipFile(io.BytesIO(report.render("docx"))) as package:
        for name in package.namelist():
            yield package.read(name).decode("utf-8", "replace")
    pdf = report.render("pdf")
    yield pdf.decode("utf-16-be", "replace")
    yield pdf.decode("utf-8", "replace")
    for stream in findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, DOTALL):
        try:
            stream = zlib.decompress(stream)
        except zlib.error:
            continue
        yield stream.decode("utf-8", "replace")


def held(report):
    """Yield everything a redacted report holds and says of itself."""
    yield from bodies(report)
    yield report.name
    yield repr(report)
    yield repr(report.source)
    yield pickle.dumps(report).decode("utf-8", "replace")
    yield json.dumps(report.result().as_dict(), ensure_ascii=False)
    yield from (fault.say() for fault in report.warnings)


def test_a_name_typed_elsewhere_is_nowhere_in_the_report(folder):
    report = opened(
        folder,
        "标题: 关于硯 溪集團的报告\n作者: 砚\u200b溪集团办公室\n名称: !secret 砚溪集团\n"
        "正文: [硯溪集團、砚　溪集团和“砚溪”集团。, 无关的一段。]\n",
        name="砚溪集团台账.yaml",
    )
    for text in held(report):
        assert not any(word in text for word in ("砚溪", "硯溪", "硯 溪", "砚\u200b溪", "集團", "砚　溪"))
    assert report.name == "关于＊ ＊＊＊的报告（脱敏）"
    assert report.file.endswith("/****台账.yaml")
    assert "**集团" not in report.render("txt").decode()


DRESS = st.sampled_from(["", " ", "\u3000", "\u200b", "·", "-", "\u00ad"])
FORMS = {"龙": "龙龍竜", "风": "风風", "溪": "溪", "峰": "峰峯", "县": "县縣"}


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data(), st.text(st.sampled_from("".join(FORMS)), min_size=2, max_size=5))
def test_no_dress_leads_past_the_search_in_any_part(data, secret):
    def dressed():
        letters = [data.draw(st.sampled_from(FORMS[letter])) + data.draw(DRESS) for letter in secret]
        return "".join(letters).rstrip(" \u3000\u200b·-\u00ad")

    places = [dressed() for _ in range(4)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "试件").mkdir()
        (folder / "试件/schema.yaml").write_text(SCHEMA, "utf-8")
        (folder / "试件/words.jinja").write_text(WORDS, "utf-8")
        facts = {
            "标题": f"关于{places[0]}", "作者": f"{places[1]}办", "正文": [f"见{places[2]}。", f"“{places[3]}”"],
            "名称": {"值": secret, "密": True},
        }  # fmt: skip
        report = Report.of(facts, template=str(folder / "试件"), edition="redacted")
        for text in held(report):
            assert not any(place in text for place in (secret, *places))


def test_every_place_where_nobody_marked_it_is_told_without_it(folder):
    report = opened(
        folder, "标题: 砚溪的报告\n作者: 砚溪办\n名称: !secret 砚溪\n正文: [无关。, 砚溪与硯溪。, 无关。, 砚溪。]\n"
    )
    said = [fault.say() for fault in report.warnings]
    assert [line.partition("：")[2][:6] for line in said] == ["标题里也有它", "第 2、4 ", "作者里也有它"]
    assert all("名称" in line and "砚溪" not in line for line in said)
    assert [(hit.place, hit.number, hit.count) for hit in report.hits] == [
        ("标题", 0, 1), ("正文", 2, 2), ("正文", 4, 1), ("作者", 0, 1),
    ]  # fmt: skip


def test_where_it_is_marked_nothing_is_told(folder):
    report = opened(folder, "标题: 报告\n名称: !secret 砚溪\n次数: !secret 731次\n正文: [无关。]\n")
    assert (report.warnings, report.hits) == ([], ())


def test_a_figure_typed_in_the_title_is_nowhere_in_the_report(folder):
    report = opened(folder, "标题: 召开731次会议\n次数: !secret 731次\n正文: [共七百三十一次，计731 次。]\n")
    assert report.name == "召开＊＊＊次会议（脱敏）"
    for text in bodies(report):
        assert "731次" not in text
        assert "三十一" not in text


def test_a_figure_the_data_says_is_public_stays_though_it_is_as_much(folder):
    text = opened(folder, "标题: 报告\n次数: !secret 731次\n另数: 731次\n正文: [计731次。]\n").render("txt").decode()
    assert "次数是***次。" in text
    assert "另数是731次。" in text
    assert "计***次。" in text


def test_a_secret_day_is_in_no_property_of_a_file(folder):
    report = opened(folder, "标题: 报告\n日期: !secret 2031-09-05\n正文: [九月五日报，2031年9月5日印。]\n")
    assert report.document.written is None
    for text in bodies(report):
        assert not any(form in text for form in ("2031-09-05", "20310905", "9月5日", "九月五日"))
    assert opened(folder, "标题: 报告\n日期: 2031-09-05\n正文: [甲]\n").document.written is not None


def test_a_secret_of_one_character_is_told_to_be_hidden_where_it_is_marked_only(folder):
    report = opened(folder, "标题: 甲的报告\n名称: !secret 甲\n正文: [无关。]\n")
    (fault,) = report.warnings
    assert "一个字" in fault.say()
    assert "甲的报告" in report.render("txt").decode()
    assert "名称是*。" in report.render("txt").decode()


@pytest.mark.parametrize(
    ("data", "never"),
    [
        ("标题: 报告\n次数: !secret 绝密七千\n正文: [甲]\n", "绝密七千"),
        ("标题: 报告\n次数: !secret 约731次左右\n正文: [甲]\n", "731"),
        ("标题: 报告\n次数: {值: 砚溪的数, 密: true}\n正文: [甲]\n", "砚溪"),
        ("标题: 报告\n次数: {值: 砚溪的数, 密: 是}\n正文: [甲]\n", "砚溪"),
        ("标题: 报告\n次数: {值: 砚溪的数, 密: 溪县}\n正文: [甲]\n", "砚溪"),
        ("标题: 报告\n次数: ！secret 砚溪\n正文: [甲]\n", "砚溪"),
        ("标题: 报告\n名称: !secret 砚溪\n砚溪: 1\n正文: [甲]\n", "砚溪"),
        ("标题: 报告\n正文: !secret 砚溪、云溪\n", "砚溪"),
        ("标题: 报告\n次数: {值: !secret 1286次, 上年同期: 1000次, 同比: 7.7%}\n正文: [甲]\n", "1286"),
        ("模板名: !secret 砚溪\n", "砚溪"),
    ],
)
def test_what_is_told_of_wrong_data_tells_no_secret(folder, data, never):
    with pytest.raises(InputError) as caught:
        opened(folder, data)
    assert never not in str(caught.value)
    assert caught.value.__context__ is None
    out = run(folder, "build", "data.yaml", "--edition", "redacted", "--to", "txt", "-o", "out", "--json")
    assert out.returncode == 1
    assert never not in out.stdout + out.stderr


@pytest.mark.parametrize(
    "data",
    [
        "标题: 甲\n正文: [乙]\n名称: !secret岳鸣\n",
        "标题: 甲\n正文: [乙]\n名称: !secret：岳鸣\n",
        "标题: 甲\n正文: [乙]\n名称: !secret[岳鸣]\n",
        "标题: 甲\n正文: [乙]\n!secret 岳鸣：7\n",
        "标题: 甲\n正文: [乙]\n次数: {值: !secret 731次, 上年同期: 岳鸣}\n",
        "标题: 甲\n正文: [乙]\n次数: {值: !secret 731次, 性质: 岳鸣}\n",
    ],
)
def test_what_is_told_of_a_mark_written_wrongly_or_beside_a_secret_does_not_repeat_it(folder, data):
    with pytest.raises(InputError) as caught:
        opened(folder, data)
    assert "岳鸣" not in f"{caught.value!r} {caught.value}"
    with pytest.raises(InputError, match="岳鸣"):
        opened(folder, data, "final").render("txt")


def test_what_is_told_of_a_workbook_that_cannot_be_read_tells_nothing_of_its_cells(folder):
    book = openpyxl.Workbook()
    book.active.title = "基本信息"
    for row in (
        ("键", "值", "密"),
        ("模板", "试件", None),
        ("标题", "报告", None),
        ("正闻", "砚溪", "是"),
        ("正文", "甲", None),
    ):
        book.active.append(row)
    book.save(folder / "data.xlsx")
    with pytest.raises(InputError, match="正闻"):
        Report.open(folder / "data.xlsx")
    with pytest.raises(InputError, match="基本信息") as caught:
        Report.open(folder / "data.xlsx", edition="redacted")
    assert not any(word in str(caught.value) for word in ("正闻", "砚溪"))


def test_overlapping_secrets_are_masked_as_one_where_masks_are_of_one_width(folder):
    data = "标题: 甲乙丙丁\n名称: !secret 甲乙丙\n作者: !secret 丙丁戊\n正文: [在甲乙丙丁戊处, 在甲乙丙处]\n"
    text = opened(folder, data, mask="fixed").render("txt").decode()
    assert "在**处\n在**处\n" in text


def test_what_is_reckoned_from_a_secret_is_not_told_either(folder):
    data = "标题: 报告\n次数: {值: !secret 1286次, 上年同期: 1000次, 同比: 7.7%}\n正文: [甲]\n"
    with pytest.raises(InputError) as caught:
        opened(folder, data)
    assert not any(word in str(caught.value) for word in ("28.6", "1000", "7.7"))
    with pytest.raises(InputError, match=r"28\.6"):
        opened(folder, data, "final").document  # noqa: B018


def test_a_path_that_holds_a_secret_stays_the_users_and_is_told(folder):
    (folder / "data.yaml").write_text("模板: 试件\n标题: 报告\n名称: !secret 砚溪\n正文: [甲]\n", "utf-8")
    out = run(folder, "build", "data.yaml", "--edition", "redacted", "-o", "砚溪/稿.txt")
    assert (folder / "砚溪/稿.txt").exists()
    assert "-o" in out.stderr
    assert "砚溪" not in out.stderr
    out = run(folder, "build", "data.yaml", "--edition", "redacted", "-o", "夹/稿.txt")
    assert "-o" not in out.stderr


def test_two_redacted_reports_of_one_name_are_told_by_masked_names(folder):
    for name in ("砚溪.yaml", "云.yaml"):
        text = "模板: 试件\n标题: 报告\n名称: !secret 砚溪\n正文: [甲]\n"
        (folder / name).write_text(text, "utf-8")
    out = run(folder, "build", "砚溪.yaml", "云.yaml", "--edition", "redacted", "--to", "txt", "-o", "out")
    assert out.returncode == 1
    assert "重名" in out.stderr
    assert "砚溪" not in out.stderr


def test_a_document_without_secrets_is_let_alone(folder):
    report = opened(folder, "标题: 报告\n次数: 731次\n正文: [计731次。]\n")
    final = opened(folder, "标题: 报告\n次数: 731次\n正文: [计731次。]\n", "final")
    assert report.render("txt") == final.render("txt")
    assert isinstance(report.document, Document)
