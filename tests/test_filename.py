"""What a report's files are called: the title and the edition, and nothing a file system refuses."""

import pytest

from reportkit import Report
from reportkit.filename import LONGEST, filename

LONG = "关于进一步加强和改进" * 12


@pytest.mark.parametrize(
    ("title", "suffix", "name"),
    [
        ("市经信局工作总结", "", "市经信局工作总结"),
        ("市经信局工作总结", "（讨论稿）", "市经信局工作总结（讨论稿）"),
        ("**市的报告", "（脱敏）", "＊＊市的报告（脱敏）"),
        ('甲/乙\\丙:丁*戊?己"庚<辛>壬|癸', "", "甲／乙＼丙：丁＊戊？己＂庚＜辛＞壬｜癸"),
        ("甲\x00乙\x1f丙\u2028丁\u202e戊\u200b己", "", "甲乙丙丁戊己"),
        (" 甲 乙 . .", "", "甲 乙"),
        ("甲.", "（讨论稿）", "甲（讨论稿）"),
        ("..", "", "无标题"),
        (".甲", "", "．甲"),
        ("", "（脱敏）", "无标题（脱敏）"),
        ("con", "", "_con"),
        ("COM1.甲", "", "_COM1.甲"),
        ("con", "（讨论稿）", "con（讨论稿）"),
        ("Console", "", "Console"),
        ("䶮𬱖", "", "䶮𬱖"),
        ("甲\ud800乙\udfff", "", "甲乙"),
        ("甲\udcff乙\udc80", "（讨论稿）", "甲\udcff乙\udc80（讨论稿）"),
    ],
)
def test_a_name_is_the_title_cleaned_and_its_edition(title, suffix, name):
    assert filename(title, suffix) == name


def test_a_long_title_is_cut_between_characters_and_its_edition_kept():
    name = filename(LONG, "（讨论稿）")
    assert LONGEST - 3 < len(name.encode()) <= LONGEST
    assert name == LONG[: len(name) - 5] + "（讨论稿）"


def of(tmp_path, text, **asked):
    path = tmp_path / "台账.yaml"
    path.write_text(text, "utf-8")
    return Report.open(path, template=str(template(tmp_path)), **asked)


def template(tmp_path):
    folder = tmp_path / "plain"
    folder.mkdir(exist_ok=True)
    (folder / "schema.yaml").write_text("_: plain：平常\n题: text? heading：题\n事: text matter：事\n", "utf-8")
    (folder / "words.jinja").write_text("{% if 题 %}# {{ 题 }}\n{% endif %}\n{{ 事 }}。\n", "utf-8")
    return folder


def test_a_report_without_a_title_is_called_as_its_data_file(tmp_path):
    assert of(tmp_path, "事: 甲事\n").name == "台账"
    assert of(tmp_path, "事: 甲事\n", edition="draft").name == "台账（讨论稿）"


def test_a_redacted_report_is_called_by_its_redacted_title_and_never_as_its_data_file(tmp_path):
    assert (
        of(tmp_path, "题: {值: 云帆链的报告, 密: [云帆]}\n事: 甲\n", edition="redacted").name == "＊＊链的报告（脱敏）"
    )
    assert of(tmp_path, "事: !secret 台账\n", edition="redacted").name == "无标题（脱敏）"
    assert of(tmp_path, "事: !secret 台账\n").redact().name == "无标题（脱敏）"


def test_a_typeset_draft_keeps_the_name_its_writer_gave_it(tmp_path):
    path = tmp_path / "讲话 定稿.txt"
    path.write_text("关于一件事的报告\n\n　　正文。\n", "utf-8")
    assert Report.typeset(path).name == "讲话 定稿"
