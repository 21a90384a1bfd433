"""A form handed out and filled with an example's data builds to the example's text; empty, it says what it lacks."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reportkit import InputError, Report, cli
from reportkit.data import python
from reportkit.facts.check import check
from reportkit.facts.fact import every_fact
from reportkit.facts.shape import shape_of
from reportkit.tables import form, workbook
from reportkit.tables.places import leaves, lists
from reportkit.words import genre

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/data.yaml"))
SHAPE = genre.find("briefing").shape


class _Loader(yaml.BaseLoader):
    """Every scalar as typed; !secret in its long form, as a dict writes it."""


_Loader.add_constructor("!secret", lambda _, node: {"值": node.value, "密": True})


def example(name):
    return yaml.load((EXAMPLES / name / "data.yaml").read_text("utf-8"), _Loader)


def spread(value):
    """Return what a clerk writes of a value, or of a list of values, by the word of the long form."""
    items = value if isinstance(value, list) else [value]
    long = [item if isinstance(item, dict) else {"值": item} for item in items]
    words = {}
    for item in long:
        for word in sorted(item.keys() - {"值", "密"}):
            assert len(long) == 1
            inner = spread(item[word])
            words |= {word if name == "值" else f"{word}.{name}": text for name, text in inner.items()}
    written = {"值": "\n".join(item["值"] for item in long), **words}
    hidden = [True if item.get("密") == "true" else item.get("密", []) for item in long]
    if all(secret is True for secret in hidden):
        return {**written, "密": "是"}
    parts = [
        part for item, secret in zip(long, hidden, strict=True) for part in ([item["值"]] if secret is True else secret)
    ]
    return {**written, "密": "、".join(parts)} if parts else written


def write(cell, text):
    """Type a text into a cell: a number becomes one, as in Excel, with the decimals it was typed with."""
    number = re.fullmatch(r"-?(?:0|[1-9]\d*)(\.\d+)?", text)
    cell.value = float(text) if number else text
    cell.number_format = ("0." + "0" * len(number[1][1:]) if number[1] else "0") if number else "@"


class _Clerk:
    """Fills a form with data, as a person would: a cell a value, a row an item, a column more where there is none."""

    def __init__(self, shape):
        self.book = load_workbook(io.BytesIO(form.workbook(shape, "briefing")))
        self.keys = {row[0].value: row[0].row for row in self.book["基本信息"].iter_rows(min_row=2)}
        self.rows = {path: dict(leaves(shapes[-1])) for path, shapes in lists(shape)}
        self.next = dict.fromkeys(self.rows, 2)

    def fill(self, data, path=(), row=None, above=()):
        for key, value in data.items():
            here = (*path, key)
            if here in self.rows:
                for item in value:
                    self.item(item, here, row)
            elif isinstance(value, dict) and "值" not in value:
                self.fill(value, here, row, above)
            elif row is None:
                for word, text in spread(value).items():
                    self.put("基本信息", self.keys[".".join(here)], word, text)
            else:
                head = ".".join(here[len(above) :])
                for word, text in spread(value).items():
                    name = {"值": head, "密": self.secret(above, here[len(above) :])}.get(word, f"{head}.{word}")
                    self.put(".".join(above), row, name, text)

    def secret(self, path, field):
        """Return the column of what is secret of a field: the form has one for the only figure of a row."""
        own = self.rows[path][field].kind == "figure" and "密" in [cell.value for cell in self.book[".".join(path)][1]]
        return "密" if own else f"{'.'.join(field)}.密"

    def item(self, item, path, owner):
        row, self.next[path] = self.next[path], self.next[path] + 1
        heads = [cell.value for cell in self.book[".".join(path)][1]]
        for name, value in (("序号", row - 1), ("所属", owner and owner - 1)):
            if value and name in heads:
                self.put(".".join(path), row, name, str(value))
        self.fill(item, path, row, path)

    def put(self, title, row, head, text):
        sheet = self.book[title]
        heads = {cell.value: cell.column for cell in sheet[1]}
        column = heads.get(head, len(heads) + 1)
        sheet.cell(1, column, head)
        write(sheet.cell(row, column), text)


@pytest.fixture
def filled(tmp_path):
    def fill(name):
        data = example(name)
        clerk = _Clerk(genre.find(data["模板"]).shape)
        clerk.fill(data)
        path = tmp_path / f"{name}.xlsx"
        clerk.book.save(path)
        return path

    return fill


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("edition", "expected"), [("final", "expected.txt"), ("redacted", "expected.redacted.txt")])
def test_a_filled_form_says_what_the_yaml_of_the_same_data_says(name, edition, expected, filled):
    text = Report.open(filled(name), edition=edition).render("txt").decode("utf-8")
    assert text == (EXAMPLES / name / expected).read_text("utf-8")


SMALL = shape_of(
    python.of(
        {
            "模板": "text? template：哪个模板",
            "名称": "text name：叫什么",
            "单位": {"_": "unit?：谁", "简称": "text short：叫什么", "地方": "texts? places：哪里"},
            "方法": [
                {
                    "_": "methods?：方法",
                    "坚持": "text insist：什么",
                    "调研": {
                        "_": "study?：调研",
                        "主体": "text who：谁",
                        "会": [{"_": "meetings?：会", "次数": "figure count：几"}],
                    },
                    "要点": "texts? points：什么",
                }
            ],
        }
    )
)
WORDS = st.text("甲乙丙丁*#|{<&”、，AZ", min_size=1, max_size=6)
TYPED = st.one_of(
    WORDS, WORDS.map(lambda word: {"值": word, "密": True}), WORDS.map(lambda word: {"值": word, "密": [word[0]]})
)
PLACES = st.lists(WORDS, min_size=1, max_size=3)
COUNTS = st.builds(lambda number, unit: f"{number}{unit}", st.decimals(0, 999, places=2), st.just("次"))
MEETINGS = st.lists(st.fixed_dictionaries({"次数": COUNTS}), min_size=1, max_size=3)
METHOD = st.fixed_dictionaries(
    {"坚持": TYPED},
    optional={"调研": st.fixed_dictionaries({"主体": WORDS}, optional={"会": MEETINGS}), "要点": PLACES},
)
DATA = st.fixed_dictionaries(
    {"名称": TYPED},
    optional={
        "单位": st.fixed_dictionaries({"简称": TYPED}, optional={"地方": PLACES}),
        "方法": st.lists(METHOD, min_size=1, max_size=3),
    },
)


def told(node):
    """Return all that the facts of a tree say but where they stand."""
    facts, faults = check(node, SMALL)
    assert not faults
    found = {fact.origin.path: (fact.shown, fact.value, fact.unit, fact.secret) for fact in every_fact(facts)}
    return {path: fact for path, fact in found.items() if path != "模板"}


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=DATA)
def test_a_form_filled_with_any_data_says_what_a_mapping_of_it_says(data, tmp_path):
    clerk = _Clerk(SMALL)
    clerk.fill(data)
    clerk.book.save(tmp_path / "form.xlsx")
    assert told(workbook.read(tmp_path / "form.xlsx", lambda _: SMALL)) == told(python.of(data))


@pytest.mark.parametrize("name", sorted(genre.shipped()))
def test_the_forms_of_all_genres_can_be_read_and_lack_just_what_is_required(name, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form.workbook(genre.find(name).shape, name))
    with pytest.raises(InputError) as error:
        _ = Report.open(path).facts
    assert {fault.message for fault in error.value.faults} == {"缺少这一项（{say}）"}
    places = [fault.file.partition("#")[2] for fault in error.value.faults]
    assert all(re.fullmatch(r"[^!]+![A-Z]+\d+", place) for place in places)
    assert len(set(places)) == len(places)


def test_an_empty_form_names_the_cell_of_each_missing_value(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form.workbook(SHAPE, "briefing"))
    keys = {row[0].value: row[1].coordinate for row in load_workbook(path)["基本信息"].iter_rows(min_row=2)}
    with pytest.raises(InputError) as error:
        _ = Report.open(path).facts
    told = {fault.path: fault.file.partition("#")[2] for fault in error.value.faults}
    assert told["会议.名称"] == f"基本信息!{keys['会议.名称']}"
    assert told["大局.方法"] == "大局.方法!A2"
    assert "落款.署名" not in told


def test_a_draft_of_an_empty_form_lists_its_gaps_by_cell(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form.workbook(SHAPE, "briefing"))
    gaps = {fault.path: fault.file.partition("#")[2] for fault in Report.open(path, edition="draft").warnings}
    assert gaps["会议.名称"].startswith("基本信息!B")


def test_an_empty_cell_of_a_filled_form_is_named(filled):
    path = filled("jiaotong")
    book = load_workbook(path)
    cell = next(cell for cell in book["大局.方法"]["B"] if cell.value == "内外结合")
    cell.value = None
    book.save(path)
    with pytest.raises(InputError) as error:
        _ = Report.open(path).facts
    (fault,) = error.value.faults
    assert (fault.where(), fault.path) == (f"{path}#大局.方法!{cell.coordinate} 大局.方法[1].坚持", "大局.方法[1].坚持")


def rules(sheet, cell):
    """Return the rules on a cell, as (type, formula, whether another value is refused)."""
    found = sheet.data_validations.dataValidation
    return [(one.type, one.formula1, one.showErrorMessage) for one in found if cell in one.sqref]


def test_places_are_checked_as_they_are_filled_and_say_what_belongs_there(tmp_path):
    shape = shape_of(
        python.of(
            {
                "形式": "choice(口头|书面) form：怎么讲",
                "日期": "date date：哪天",
                "增速": "figure? growth：增速",
                "方法": [
                    {
                        "_": "methods：方法",
                        "名称": "text name：叫什么",
                        "日期": "date? date：哪天",
                        "会议": [
                            {"_": "meetings?：会", "次数": "figure count：几次", "级别": "choice(省|市) level：哪级"}
                        ],
                    }
                ],
            }
        )
    )
    book = load_workbook(io.BytesIO(form.workbook(shape, "own")))
    assert book.sheetnames == ["基本信息", "方法", "方法.会议"]
    basic, methods, meetings = book
    assert [cell.value for cell in basic["A"]] == ["键", "形式", "日期", "增速"]
    assert rules(basic, "B2") == [("list", '"口头,书面"', True)]
    assert rules(basic, "B3") == [("date", "1", True)]
    assert rules(basic, "B4")[0][0] == "custom"
    assert rules(basic, "D2") == [("list", '"是,否"', False)]
    assert [cell.value for cell in methods[1]] == ["序号", "名称", "日期"]
    assert [cell.value for cell in meetings[1]] == ["所属", "次数", "级别", "密"]
    assert rules(meetings, "A2") == [("list", "'方法'!$A$2:$A$501", True)]
    assert rules(meetings, "C300") == [("list", '"省,市"', True)]
    assert methods["B1"].comment.text == "叫什么；必填"
    assert basic["F2"].value == "怎么讲；必填"


def test_the_same_form_has_the_same_bytes_in_another_process_and_time_zone():
    code = "import sys; from reportkit.tables import form; from reportkit.words import genre;"
    code += "sys.stdout.buffer.write(form.workbook(genre.find('briefing').shape, 'briefing'))"
    there = {**os.environ, "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=there).stdout
    assert made == form.workbook(SHAPE, "briefing")


def run(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["reportkit", *map(str, words)])
    cli.main()


def test_the_command_line_writes_a_form_and_never_over_a_file(tmp_path, monkeypatch, capsys):
    run(monkeypatch, "skeleton", "briefing", "-o", tmp_path)
    path = tmp_path / "briefing.xlsx"
    assert capsys.readouterr().out.strip() == str(path)
    path.write_bytes(b"filled in")
    with pytest.raises(SystemExit):
        run(monkeypatch, "skeleton", "briefing", "-o", path)
    assert "已经有这个文件" in capsys.readouterr().err
    assert path.read_bytes() == b"filled in"


def test_the_command_line_writes_a_yaml_that_names_its_template_and_says_by_line_what_it_lacks(tmp_path, monkeypatch):
    path = tmp_path / "稿.yaml"
    run(monkeypatch, "skeleton", "briefing", "--to", "yaml", "-o", path)
    assert path.read_text("utf-8").startswith('模板: "briefing"\n')
    with pytest.raises(InputError) as error:
        _ = Report.open(path).facts
    assert all(fault.line for fault in error.value.faults)


def test_a_form_builds_all_files_on_the_command_line(filled, tmp_path, monkeypatch, capsys):
    run(monkeypatch, "build", filled("jiaotong"), "-o", tmp_path / "out", "--json")
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".docx", ".pdf"}
    assert re.search(r"jiaotong\.xlsx#全局\.认识\.市情\.指标!E2 全局\.认识\[0\]", capsys.readouterr().out)
