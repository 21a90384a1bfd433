"""What becomes of secret figures that the readable ones give back: hidden with some of those, refused, or allowed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from reportkit import InputError, Report
from reportkit.messages import catalogue

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/tongbao/data.yaml"
SECRET, TOTAL = "排名.各地[2].数[0]", "总体.指标[0].数值"


@pytest.fixture
def data():
    """The ranking of the example, one figure of one county secret; the whole city's is said above it."""
    data = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    data["排名"]["各地"][2]["数"][0] = {"值": data["排名"]["各地"][2]["数"][0], "密": True}
    return data


def redacted(data, **asked):
    return Report.of(data, template="circular", edition="redacted", **asked)


def test_the_total_is_hidden_with_the_one_row_that_is_secret(data):
    assert "完成投资412.6亿元" in Report.of(data, template="circular").render("txt").decode()
    report = redacted(data)
    assert "完成投资*****亿元，同比**" in report.render("txt").decode()
    (told,) = [fault for fault in report.warnings if fault.path == TOTAL]
    assert SECRET in told.text(str)
    assert "--allow" in told.mend(str)
    assert "76.4" not in told.say(str)
    assert "412.6" not in told.say(str)


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt"])
def test_what_is_hidden_beside_a_secret_stands_in_no_part_of_a_file(data, kind, tmp_path):
    report = redacted(data)
    path = report.save(tmp_path / f"通报.{kind}")
    parts = [path.read_bytes()]
    if kind == "docx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    assert not any("412.6".encode(code) in part for part in parts for code in ("utf-8", "utf-16-be"))
    assert "412.6" not in "".join(figure.shown for figure in report.figures)


def test_it_can_be_refused_instead(data):
    with pytest.raises(InputError) as error:
        redacted(data, reckoned="refuse")
    (fault,) = error.value.faults
    assert fault.path == SECRET
    assert TOTAL in fault.text(str)
    assert "--reckoned hide" in fault.mend(str)
    assert "give back" in fault.text(catalogue("en"))


def test_it_can_be_allowed_by_name(data):
    report = redacted(data, reckoned="refuse", allow=[SECRET])
    assert "完成投资412.6亿元" in report.render("txt").decode()


def test_a_name_of_no_secret_figure_is_told_with_the_near_one(data):
    with pytest.raises(InputError, match=r"没有“排名\.各地\[2\]\.数”这个涉密的数（是不是“排名\.各地\[2\]\.数\[0\]”）"):
        redacted(data, allow=["排名.各地[2].数"])
    with pytest.raises(InputError, match="allow 不能是 str"):
        redacted(data, allow=SECRET)
    with pytest.raises(InputError, match="reckoned 没有“先遮”这一种"):
        redacted(data, reckoned="先遮")


def test_redact_takes_the_same_choices(data):
    report = Report.of(data, template="circular")
    assert report.redact().render("txt") == redacted(data).render("txt")
    assert report.redact(allow=[SECRET]).render("txt") == redacted(data, allow=[SECRET]).render("txt")
    with pytest.raises(InputError, match="能推算出"):
        report.redact(reckoned="refuse")


def test_two_secret_rows_leave_the_total_readable(data):
    data["排名"]["各地"][3]["数"][0] = {"值": data["排名"]["各地"][3]["数"][0], "密": True}
    report = redacted(data, reckoned="refuse")
    assert "完成投资412.6亿元" in report.render("txt").decode()
    assert not report.warnings


def test_the_command_line_takes_them(tmp_path):
    text = EXAMPLE.read_text("utf-8")
    (tmp_path / "data.yaml").write_text(text.replace("76.4亿元", "!secret 76.4亿元", 1), "utf-8")

    def build(*more):
        words = [sys.executable, "-m", "reportkit", "build", "data.yaml", "--edition", "redacted", "--to", "txt", *more]
        return subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    refused = build("--reckoned", "refuse")
    assert refused.returncode == 1
    assert not list(tmp_path.rglob("*.txt"))
    assert "也隐去了" in build().stderr
    assert "隐去了" not in build("--allow", SECRET, "--force").stderr
