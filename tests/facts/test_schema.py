"""The JSON Schema of a genre: real data of every example is of it, data the builder refuses is not."""

import copy
import hashlib
import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from reportkit import InputError, Report
from reportkit.facts.schema import json_schema
from reportkit.facts.shape import fields_of
from reportkit.facts.skeleton import skeleton_yaml
from reportkit.words import genre

ROOT = Path(__file__).resolve().parents[2]
SHAPE = genre.find("briefing").shape
VALIDATOR = Draft202012Validator(json_schema(SHAPE))


class _Loader(yaml.SafeLoader):
    """Plain data; a secret in its long form, a date as typed."""


_Loader.add_constructor("!secret", lambda loader, node: {"值": loader.construct_scalar(node), "密": True})
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


def example(name="jingxin"):
    return yaml.load((ROOT / f"examples/{name}/data.yaml").read_text("utf-8"), _Loader)


def english(data, shape):
    """Return data with the English key of every field."""
    if isinstance(data, list):
        return [english(item, shape.item) for item in data]
    if isinstance(data, dict) and shape.fields:
        return {shape.fields[key].english: english(value, shape.fields[key]) for key, value in data.items()}
    return data


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.name for path in sorted((ROOT / "examples").iterdir())])
def test_an_example_is_of_its_schema_in_either_language(name):
    data = example(name)
    schema = json_schema(genre.find(data["模板"]).shape)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(json.loads(json.dumps(schema)))
    assert list(validator.iter_errors(data)) == []
    assert list(validator.iter_errors(english(data, genre.find(data["模板"]).shape))) == []


def _set(path, value):
    def spoil(data):
        *outer, last = path
        for key in outer:
            data = data[key]
        if value is None:
            del data[last]
        else:
            data[last] = value

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        _set(["会议"], None),
        _set(["会议", "名称"], None),
        _set(["会议", "name"], "又一个名称"),
        _set(["会议", "名稱"], "甲"),
        _set(["会议", "名称"], "甲\n乙"),
        _set(["会议", "名称"], {"单位": "次"}),
        _set(["会议", "名称"], {"值": "甲", "value": "甲"}),
        _set(["日期"], "去年"),
        _set(["称谓", "其他"], "同志们"),
        _set(["称谓", "其他"], []),
        _set(["结尾", "形式"], "唱歌"),
        _set(["困局", "会议", 0, "次数"], "许多"),
        _set(["困局", "会议", 0], "专题会"),
    ],
)
def test_what_the_builder_refuses_is_not_of_the_schema(spoil):
    data = copy.deepcopy(example())
    spoil(data)
    with pytest.raises(InputError):
        Report.of(data).render("txt")
    assert list(VALIDATOR.iter_errors(data))


@pytest.mark.parametrize(
    "value",
    [
        "7次",
        "近70%",
        "20余次",
        "1,234.50亿元",
        "-3.2个百分点",
        7,
        69.3,
        {"值": 7, "单位": "次"},
        {"值": "7次", "上年同期": {"值": "5次"}},
    ],
)
def test_a_figure_is_a_text_a_number_or_an_object(value):
    data = copy.deepcopy(example())
    data["困局"]["会议"][0]["次数"] = value
    Report.of(data).render("txt")
    assert list(VALIDATOR.iter_errors(data)) == []


def test_every_field_is_described_once():
    places = json_schema(SHAPE)["$defs"]
    assert len(places) == len(list(fields_of(SHAPE))) + 1  # and figures, which all are alike
    assert places["meeting.name"]["description"] == SHAPE.fields["会议"].fields["名称"].say


# of the JSON Schema and the skeleton of each genre: to be changed where the data a genre asks for is
ASKED = {
    "briefing": "8b772c2b99a4d161",
    "bulletin": "3a68c8b06a3aa596",
    "circular": "f4c09f4db840f8a7",
    "duty": "5d77ba7b5fcbc99c",
    "research": "5c24f97ea2e05b3e",
    "speech": "ce157f5a4612b205",
    "summary": "93a76ed735ba2bc8",
    "work-report": "557f276df5445b9d",
}


def test_what_each_genre_asks_for_is_as_it_was():
    shapes = {name: genre.find(name).shape for name in genre.shipped()}
    texts = {
        name: json.dumps(json_schema(shape), ensure_ascii=False) + skeleton_yaml(shape, name)
        for name, shape in shapes.items()
    }
    assert {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in texts.items()} == ASKED


def test_a_shared_group_is_named_and_what_stands_beside_it_is_laid_over_it(tmp_path):
    (tmp_path / "schema.yaml").write_text(
        "_: note：短文\n指标:\n  - 同: 指标\n    _: targets：目标\n    名称: text? name：叫什么\n", "utf-8"
    )
    shape = genre.find(str(tmp_path)).shape.fields["指标"]
    assert (shape.english, shape.optional) == ("targets", False)
    assert list(shape.item.fields) == ["时段", "名称", "谓语", "数值"]
    assert (shape.item.fields["名称"].say, shape.item.fields["名称"].optional) == ("叫什么", True)


def test_a_shared_group_there_is_not_is_told_with_the_near_one(tmp_path):
    (tmp_path / "schema.yaml").write_text("_: note：短文\n数字:\n  - 同: 指标项\n", "utf-8")
    with pytest.raises(InputError, match=r"schema\.yaml:3：没有“指标项”这个共用的组（是不是 指标）"):
        genre.find(str(tmp_path))
