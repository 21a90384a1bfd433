"""A form handed out and filled with an example's data builds to the example's text; empty, it says what it lacks."""

import io
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from reportkit import Report
from reportkit.facts import form
from reportkit.facts.workbook import lists
from reportkit.words import genre

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SHAPE = genre.find("briefing").shape


class _Loader(yaml.BaseLoader):
    """Every scalar as typed; !secret in its long form, as a dict writes it."""


_Loader.add_constructor("!secret", lambda _, node: {"值": node.value, "密": True})


def example(name):
    return yaml.load((EXAMPLES / name / "data.yaml").read_text("utf-8"), _Loader)


def parted(value):
    """Return (text for the cell, text for 密) of a value or of a list of values."""
    items = value if isinstance(value, list) else [value]
    texts = [item["值"] if isinstance(item, dict) else item for item in items]
    hidden = [item["密"] if isinstance(item, dict) else False for item in items]
    if all(secret is True for secret in hidden):
        return "\n".join(texts), "是"
    parts = [[text] if secret is True else secret for text, secret in zip(texts, hidden, strict=True) if secret]
    return "\n".join(texts), "、".join(part for several in parts for part in several)


class _Clerk:
    """Fills a form with data, as a person would: a cell a value, a row an item."""

    def __init__(self, shape):
        self.book = load_workbook(io.BytesIO(form.workbook(shape, "briefing")))
        self.basic = {row[0].value: row for row in self.book["基本信息"].iter_rows(min_row=2)}
        self.rows = {path for path, _ in lists(shape)}
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
                text, secret = parted(value)
                cells = self.basic[".".join(here)]
                cells[1].value, cells[3].value = text, secret or None
            else:
                self.put(above, row, ".".join(here[len(above) :]), value)

    def item(self, item, path, owner):
        row, self.next[path] = self.next[path], self.next[path] + 1
        for name, value in (("序号", row - 1), ("所属", owner and owner - 1)):
            if value and name in self.heads(path):
                self.book[".".join(path)].cell(row, self.heads(path)[name], value)
        self.fill(item, path, row, path)

    def heads(self, path):
        return {cell.value: cell.column for cell in self.book[".".join(path)][1]}

    def put(self, path, row, head, value):
        text, secret = parted(value)
        sheet, heads = self.book[".".join(path)], self.heads(path)
        sheet.cell(row, heads[head], text)
        if secret:
            column = heads.get(f"{head}.密") or (heads.get("密") if "数" in head else None)
            if column is None:
                column = len(heads) + 1
                sheet.cell(1, column, f"{head}.密")
            sheet.cell(row, column, secret)


@pytest.fixture
def filled(tmp_path):
    def fill(name):
        clerk = _Clerk(SHAPE)
        clerk.fill(example(name))
        path = tmp_path / f"{name}.xlsx"
        clerk.book.save(path)
        return path

    return fill


@pytest.mark.parametrize("name", ["jiaotong", "jingxin"])
@pytest.mark.parametrize(("edition", "expected"), [("final", "expected.txt"), ("redacted", "expected.redacted.txt")])
def test_a_filled_form_says_what_the_yaml_of_the_same_data_says(name, edition, expected, filled):
    text = Report.open(filled(name), edition=edition).render("txt").decode("utf-8")
    assert text == (EXAMPLES / name / expected).read_text("utf-8")
