"""Two secrets of the same shape make the same redacted copy: nothing of it depends on what is secret."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from reportkit import Report
from reportkit.data import datafile
from reportkit.data.node import Node
from reportkit.document import parse
from reportkit.document.roles import MARKS
from reportkit.facts import check, conceal
from reportkit.facts.fact import Fact, every_fact
from reportkit.facts.secrecy import SETTINGS
from reportkit.facts.shape import NOTES
from reportkit.report import DEFAULT_TEMPLATE
from reportkit.words import genre, render

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = [path.name for path in sorted((ROOT / "examples").iterdir())]
# what stands beside a value and is no value of its own
BESIDE = {*NOTES, "单位", "密", "period", "source", "note", "basis", "name", "unit", "secret"}
SAMPLE = 15


@cache
def data(name):
    return datafile.read(ROOT / f"examples/{name}/data.yaml")


@cache
def kind(name):
    named = next((value.typed for key, value in data(name).pairs if key.typed == "模板"), DEFAULT_TEMPLATE)
    return genre.find(named)


def scalars(node, path=(), long=False):
    """Yield the path, in keys and places, of every value that may be secret."""
    if node.kind == "map":
        is_long = any(key.typed in ("值", "value") for key, _ in node.pairs)
        for at, (key, value) in enumerate(node.pairs):
            if not (path == () and key.typed in SETTINGS) and not (is_long and key.typed in BESIDE):
                yield from scalars(value, (*path, at))
    elif node.kind == "list":
        for at, item in enumerate(node.items):
            yield from scalars(item, (*path, at))
    elif node.kind in ("text", "number") and node.typed:
        yield path


def put(node, path, typed):
    """Return the tree with a secret of those characters at `path`."""
    if not path:
        return Node(typed, "text", typed, node.line, node.column, secret=True)
    at, *rest = path
    if node.kind == "map":
        pairs = list(node.pairs)
        pairs[at] = (pairs[at][0], put(pairs[at][1], rest, typed))
        return replace(node, value=tuple(pairs))
    items = list(node.items)
    items[at] = put(items[at], rest, typed)
    return replace(node, value=tuple(items))


def at(node, path):
    for place in path:
        node = node.pairs[place][1] if node.kind == "map" else node.items[place]
    return node


def variants(typed, mask):
    """Return values to hold against each other; of masks that are all one width, one is longer than the others."""
    made = alike(typed)
    longer = made[0] * 2 if len(made) == 2 else re.sub(r"\d", "12", made[0], count=1)
    return made if mask == "shape" else [*made, longer]


def alike(typed):
    """Return values of the same shape: digits for digits, other magnitude, other sign, other characters."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", typed):
        return [f"{int(found[1]) - 7}-11-28", f"{int(found[1]) + 3}-02-01"]
    digits = re.search(r"\d[\d,.]*", typed)
    if digits and len(typed) - len(digits[0]) < 8:
        one = re.sub(r"\d", "9", digits[0])
        other = re.sub(r"\d", "1", digits[0])
        signed = "-" + other[1:] if re.fullmatch(r"\d.*\d.*", other) and re.match(r"\d[\d.]", digits[0]) else other
        head, tail = typed[: digits.start()], typed[digits.end() :]
        return [f"{head}{made}{tail}" for made in (one, other, signed)]
    letters = ("鬯鬲彝卣觥罍斝", "簋簠豆笾俎爵觯")
    return ["".join(have[at % 7] for at in range(len(typed))) for have in letters]


def concealed(name, path, typed, mask="shape"):
    """Return the redacted document of an example with that secret; None where it can hold none such."""
    shape = kind(name).shape
    node = put(data(name), path, typed)
    facts, _ = check.check(node, shape, "data.yaml")  # that the secret contradicts other figures is no matter here
    if len(list(every_fact(facts))) != count(name):
        return None
    hidden = conceal.concealed(facts, mask)
    words = render.render(hidden, kind(name), tuple(MARKS))
    written = hidden.fields.get("日期")
    day = written.value if isinstance(written, Fact) and isinstance(written.value, date) else None
    return replace(parse.parse(words, day), secrets=())


@cache
def count(name):
    return len(list(every_fact(check.check(data(name), kind(name).shape)[0])))


def plain(value):
    """Return all that a document holds, as it can be compared: a Fact's own equality is that of its value."""
    if is_dataclass(value):
        return type(value).__name__, [plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return value if isinstance(value, str | int | Decimal | date | None) else repr(value)


def differing(name, paths, mask="shape"):
    """Return where an example's copies tell two secrets apart, and how many were held against each other."""
    told, compared = [], 0
    for path in paths:
        own = at(data(name), path).typed
        made = [plain(one) for typed in variants(own, mask) if (one := concealed(name, path, typed, mask))]
        compared += len(made) > 1
        if any(one != made[0] for one in made[1:]):
            told.append((path, own))
    return told, compared


@pytest.mark.parametrize("name", EXAMPLES)
def test_two_secrets_of_a_shape_make_the_same_copy(name):
    paths = list(scalars(data(name)))[::SAMPLE]
    told, compared = differing(name, paths)
    assert told == []
    assert compared >= len(paths) - 1  # a choice has few values


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_any_two_secrets_of_a_shape_make_the_same_copy(name):
    paths = list(scalars(data(name)))
    told, compared = differing(name, paths)
    assert told == []
    assert compared >= len(paths) - 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_masks_of_one_width_do_not_tell_how_long_a_secret_is(name):
    assert differing(name, list(scalars(data(name)))[7::SAMPLE], "fixed")[0] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_builds_where_all_of_it_is_secret(name, tmp_path):
    path = tmp_path / "data.yaml"
    path.write_text("!secret\n" + (ROOT / f"examples/{name}/data.yaml").read_text("utf-8"), "utf-8")
    text = Report.open(path, edition="redacted").render("txt").decode()
    facts = Report.open(path).facts
    told = [fact.shown for fact in every_fact(facts) if fact.origin.path not in SETTINGS and len(fact.shown) > 3]
    assert told
    assert not [shown for shown in told if shown in text]


@pytest.mark.parametrize(
    ("name", "own", "secrets"),
    [
        ("tongbao", "98.2亿元, 14个", ("!secret 83.7亿元, 14个", "!secret 12.9亿元, 14个")),
        ("tongbao", "东屿县, 数", ("!secret 鬯鬲县, 数", "!secret 罍斝觥, 数")),
        ("baogao", "目标: 3.5万人", ("目标: !secret 3.1万人", "目标: !secret 9.9万人")),
        ("jianghua", "目标: 780亿元", ("目标: !secret 412.6亿元", "目标: !secret 999.9亿元")),
    ],
)
@pytest.mark.parametrize("kind_of_file", ["docx", "pdf", "txt"])
def test_the_files_of_two_secrets_are_the_same_bytes(name, own, secrets, kind_of_file, tmp_path):
    text = (ROOT / f"examples/{name}/data.yaml").read_text("utf-8")
    assert own in text
    path = tmp_path / "data.yaml"
    files = []
    for secret in secrets:
        path.write_text(text.replace(own, secret, 1), "utf-8")
        files.append(Report.open(path, edition="redacted").render(kind_of_file))
    assert files[0] == files[1]
