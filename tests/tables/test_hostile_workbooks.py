"""A workbook that nobody filled in is read or refused in one clear line, in little time and memory."""

import resource
import sys
import time

import hostile
import pytest

from reportkit import InputError, Report

SCHEMA = "标题: text title：标题\n数: figure? number：数\n"
WORDS = "# {{ 标题 }}\n正文。\n"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template")
    (folder / "schema.yaml").write_text(SCHEMA, "utf-8")
    (folder / "words.jinja").write_text(WORDS, "utf-8")
    return folder


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_a_hostile_workbook_ends_in_seconds_read_or_refused(kind, template, tmp_path):
    made, outcome = hostile.KINDS[kind]
    file = tmp_path / "a.xlsx"
    file.write_bytes(made())
    begun, most = time.process_time(), _most_kb()
    try:
        report = Report.open(file, template=str(template))
        told = hostile.READ if "某县" in report.render("txt").decode() else "nothing read"
    except InputError as error:
        told = " ".join(fault.say() for fault in error.faults if fault.file.startswith(str(file)) or not fault.file)
    assert time.process_time() - begun < 10
    assert _most_kb() - most < 500_000
    assert outcome in told


def _most_kb():
    """Return the most memory this process ever had, in kilobytes; 0 where the system counts in other units."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if sys.platform == "linux" else 0


def test_what_a_merged_area_covers_is_not_read(template, tmp_path):
    rows = hostile.ROWS + f'<row r="3">{hostile.text("A3", "数")}{hostile.text("C3", "7个")}</row>'
    sheet = hostile.sheet(rows, after='<mergeCells><mergeCell ref="B3:C3"/></mergeCells>')
    file = tmp_path / "a.xlsx"
    file.write_bytes(hostile.packed({hostile.SHEET: sheet}))
    data = tmp_path / "data.yaml"
    data.write_text("标题: 某县\n数: !excel a.xlsx#基本信息!C3\n", "utf-8")
    with pytest.raises(InputError, match="这一格是空的"):
        Report.open(data, template=str(template)).render("txt")
