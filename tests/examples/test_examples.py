"""The examples say exactly their expected text, and a change of one fact changes just its own words.

Mutations are made on the data as a dict, by key path, and built through `Report.of`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
import yaml

from reportkit import Report
from reportkit.facts.shape import Shape
from reportkit.words import genre

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/data.yaml"))
EDITIONS = {"final": "expected.txt", "redacted": "expected.redacted.txt"}
BRIEFINGS = ("jiaotong", "jingxin")
# parts of which one cannot be changed without the other: tested by themselves
TIED = ("排名", "模板")
# no sentence of ours is empty, ends twice, lists nothing, or says 等 of nothing
WRONG = re.compile(r"[、，；：。][、，；：。等]|[、，；：][”》]|[“《][”》、，]|、和|和[、，。]|[、，]的| |None")
TOKEN = re.compile(r"[\d,.]*\d|.", re.DOTALL)
FIGURES = ("近70%", "20余次", "12.50亿元", "3.2个百分点", "1次")

Key = tuple[str | int, ...]


class _Loader(yaml.BaseLoader):
    """Every scalar as typed; !secret in its long form, as a dict writes it."""


_Loader.add_constructor("!secret", lambda _, node: {"值": node.value, "密": True})


@cache
def _loaded(name: str) -> dict:
    return _flagged(yaml.load((EXAMPLES / name / "data.yaml").read_text("utf-8"), _Loader))


def _flagged(tree: object) -> object:
    """Return a tree of texts with `密: true` as the flag it is."""
    if isinstance(tree, dict):
        return {key: True if (key, value) == ("密", "true") else _flagged(value) for key, value in tree.items()}
    return [_flagged(item) for item in tree] if isinstance(tree, list) else tree


def data(name: str) -> dict:
    """Return the data of an example, to be changed at will."""
    return copy.deepcopy(_loaded(name))


def at(tree: dict, path: str) -> list | dict:
    """Return the list or mapping at a key path, as 大局.方法.0.调研.会议."""
    for key in path.split("."):
        tree = tree[int(key) if key.isdigit() else key]
    return tree


def say(tree: dict, edition: str = "final") -> str:
    """Return the text the data builds to."""
    return Report.of(tree, edition=edition).render("txt").decode("utf-8")


@cache
def said(name: str) -> str:
    """Return the text of an example as it stands."""
    return say(data(name))


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return each (taken out, put in) between two texts; a number is one piece, so 12 → 19 is one change."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    found = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            found.append(("".join(old[i:j]), "".join(new[k:m])))
        elif tag == "insert":
            found.append(("", _whole(new, k, m)))
        elif tag == "delete":
            found.append((_whole(old, i, j), ""))
    return found


def _whole(tokens: list[str], start: int, end: int) -> str:
    """Return what was put in or taken out at [start:end].

    Where its ends repeat what stands beside it, it may be said to stand at several places (会、甲 before 会, or
    、甲会 after it): take the one that begins with a mark.
    """
    while start and tokens[start - 1] == tokens[end - 1]:
        start, end = start - 1, end - 1
    spans = [(start, end)]
    while end < len(tokens) and tokens[start] == tokens[end]:
        start, end = start + 1, end + 1
        spans.append((start, end))
    first, last = next((span for span in spans if tokens[span[0]] in "、《"), spans[0])
    return "".join(tokens[first:last])


def everything(name: str) -> Iterator[tuple[Key, object, Shape]]:
    """Yield (path, value, shape) of everything in an example's data, outer before inner, but what is tied."""
    found = places(data(name), genre.find(_loaded(name)["模板"]).shape)
    return ((path, value, shape) for path, value, shape in found if path[0] not in TIED)


def places(tree: object, shape: Shape, path: Key = ()) -> Iterator[tuple[Key, object, Shape]]:
    """Yield (path, value, shape) of everything in the data, outer before inner."""
    if path:
        yield path, tree, shape
    if shape.kind == "list" and shape.item:
        for number, item in enumerate(tree):
            yield from places(item, shape.item, (*path, number))
    elif shape.kind == "map":
        for key, inner in shape.fields.items():
            if key in tree:
                yield from places(tree[key], inner, (*path, key))


def changed(name: str, path: Key, value: object) -> dict:
    """Return an example's data with one value replaced, or left out if None."""
    tree = data(name)
    owner = tree
    for key in path[:-1]:
        owner = owner[key]
    if value is None:
        del owner[path[-1]]
    else:
        owner[path[-1]] = value
    return tree


def typed(value: object) -> str:
    """Return a leaf as it is printed, whether written short or long."""
    return value["值"] if isinstance(value, dict) else str(value)


def faults(text: str) -> list[str]:
    """Return the places where the text has a mark or word that no sentence may have."""
    return [text[max(0, found.start() - 12) : found.end() + 12] for found in WRONG.finditer(text)]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_exactly_its_expected_text(name: str, edition: str) -> None:
    report = Report.open(EXAMPLES / name / "data.yaml", edition=edition)
    assert report.render("txt").decode("utf-8") == (EXAMPLES / name / EDITIONS[edition]).read_text("utf-8")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_the_same_facts_as_a_dict_say_the_same(name: str, edition: str) -> None:
    assert say(data(name), edition) == (EXAMPLES / name / EDITIONS[edition]).read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_word_stands_in_the_redacted_text(name: str) -> None:
    text = say(data(name), "redacted")
    for _, value, shape in everything(name):
        if isinstance(value, dict) and "密" in value and shape.kind == "text":
            words = [value["值"]] if value["密"] is True else value["密"]
            assert not [word for word in words if word in text]


@pytest.mark.parametrize("name", BRIEFINGS)
def test_the_four_parts_are_numbered_in_order(name: str) -> None:
    heads = re.findall(r"^([一二三四五六])、.+?(事关全局|着眼大局|聚焦困局|重在破局)，", said(name), re.MULTILINE)
    assert heads == [("一", "事关全局"), ("二", "着眼大局"), ("三", "聚焦困局"), ("四", "重在破局")]


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_printed_in_the_order_of_the_data(name: str) -> None:
    for path, items, shape in everything(name):
        if shape.kind == "list" and shape.item and shape.item.kind == "text":
            between = ".{0,3}?".join(re.escape(typed(item)) for item in items)
            assert re.search(between, said(name)), path


@pytest.mark.parametrize("name", NAMES)
def test_changing_one_number_changes_that_number_only(name: str) -> None:
    seen = 0
    for path, value, shape in everything(name):
        if shape.kind == "figure" and not isinstance(value, dict) and value.lstrip("近") in said(name):
            old = TOKEN.search(typed(value).lstrip("近"))[0]
            new = typed(value).replace(old, "97.25")
            assert changes(said(name), say(changed(name, path, new))) == [(old, "97.25")], path
            seen += 1
    assert seen


def _add(path: str, item: object) -> Callable[[dict], None]:
    return lambda tree: at(tree, path).append(item)


def _drop(path: str, number: int) -> Callable[[dict], None]:
    return lambda tree: at(tree, path).pop(number)


def _put(path: str, value: object) -> Callable[[dict], None]:
    owner, key = path.rsplit(".", 1)
    return lambda tree: at(tree, owner).update({key: value})


def _cut(path: str) -> Callable[[dict], None]:
    owner, key = path.rsplit(".", 1)
    return lambda tree: at(tree, owner).pop(key)


MUTATIONS = {
    "a kind of meeting more": (
        "jingxin",
        _add("大局.方法.0.调研.会议", {"次数": "3次", "名称": "现场办公会"}),
        [("", "、3次现场办公会")],
    ),
    "a kind of meeting beside the only one": (
        "jiaotong",
        _add("大局.方法.0.调研.会议", {"次数": "10余次", "名称": "座谈会"}),
        [("", "、10余次座谈会")],
    ),
    "a kind of meeting less": (
        "jingxin",
        _drop("困局.会议", 1),
        [("、院士专家座谈会6次", "")],
    ),
    "the only kind of meeting, held once": (
        "jiaotong",
        _put("大局.方法.0.调研.会议.0.次数", "1次"),
        [("先后", ""), ("5", "1")],
    ),
    "a policy document less": (
        "jingxin",
        _drop("破局.成效.1.文件", 2),
        [("《关于促进专精特新中小企业高质量发展若干措施》", "")],
    ),
    "a policy document beside the only one": (
        "jiaotong",
        _add("破局.成效.0.文件", "泊宁市农村物流补助办法"),
        [("", "《泊宁市农村物流补助办法》等政策文件")],
    ),
    "a title inside a title": (
        "jiaotong",
        _put("破局.成效.0.文件", ["关于落实《农村物流办法》的意见"]),
        [("泊宁市推进多式联运高质量发展若干措施", "关于落实〈农村物流办法〉的意见")],
    ),
    "a place beside the only one": (
        "jiaotong",
        _add("大局.方法.1.考察.去处", "西屿市"),
        [("", "分别"), ("", "、西屿市等地")],
    ),
    "an industry more": (
        "jingxin",
        _add("困局.方向.3.布局", "低空经济"),
        [("", "、低空经济")],
    ),
    "an item beside the only one, with no generic name": (
        "jiaotong",
        _add("困局.方向.4.布局", "自动驾驶"),
        [("", "、自动驾驶")],
    ),
    "an item that carries the generic name itself": (
        "jingxin",
        _put("困局.方向.3.布局", ["低空产业"]),
        [("量子信息、元宇宙、6G与未来网络等", "低空")],
    ),
    "the last small subject of several": (
        "jingxin",
        _put("大局.方法.0.选题.切口", ["5G全连接工厂提档"]),
        [("县域块状经济突破、规上企业研发机构扩面、新材料及动力电池产业发力、", ""), ("等", "这一")],
    ),
    "nobody honoured": ("jingxin", _cut("称谓.尊敬"), [("尊敬的某某市长，", "")]),
    "somebody honoured": (
        "jiaotong",
        _put("称谓.尊敬", {"姓名": "某某", "职务": "市长"}),
        [("", "尊敬的某某市长，")],
    ),
    "no subtitle": ("jiaotong", lambda tree: tree.pop("副标题"), [("\n（2024年7月18日）", "")]),
    "no signature": (
        "jiaotong",
        lambda tree: tree.pop("落款"),
        [("\n泊宁市交通运输局\n2024年7月16日", "")],
    ),
    "another day": ("jiaotong", _put("落款.日期", "2024-08-01"), [("7", "8"), ("16", "1")]),
    "a county": ("jiaotong", _put("城市.全域", "全县"), [("市", "县")]),
    "a party committee": ("jiaotong", _put("单位.党组", "党委"), [("组", "委")]),
}


@pytest.mark.parametrize("what", MUTATIONS)
def test_a_change_of_one_fact_changes_its_own_words_only(what: str) -> None:
    name, mutate, expected = MUTATIONS[what]
    tree = data(name)
    mutate(tree)
    text = say(tree)
    assert changes(said(name), text) == expected
    assert not faults(text)


def test_a_spoken_report_closes_with_thanks_and_a_written_one_without() -> None:
    spoken = say(changed("jiaotong", ("结尾", "形式"), "口头汇报"))
    written, thanks = "以上汇报，如有不妥，敬请批评指正。", "汇报完毕，不当之处，请各位领导批评指正，谢谢。"
    assert spoken == said("jiaotong").replace(written, thanks)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_has_a_doubled_or_a_dangling_mark(name: str) -> None:
    assert not faults(said(name))


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 2, 6])
@pytest.mark.parametrize("name", NAMES)
def test_a_list_of_any_length_reads_without_a_doubled_mark(name: str, size: int) -> None:
    for path, items, shape in everything(name):
        if shape.kind == "list":
            assert not faults(say(changed(name, path, (items * size)[:size]))), path


@pytest.mark.parametrize("name", NAMES)
def test_a_list_of_one_item_never_says_and_others(name: str) -> None:
    for path, items, shape in everything(name):
        if shape.kind == "list" and shape.item and shape.item.kind == "text":
            text = say(changed(name, path, items[:1]))
            assert not re.search(re.escape(typed(items[0])) + "[”》]?等", text), path


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_optional_fact_can_be_left_out(name: str) -> None:
    for path, _, shape in everything(name):
        if shape.optional and "制度" not in path:  # of a system, its name or its brand must stand
            assert not faults(say(changed(name, path, None))), path


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_optional_list_reads_like_one_left_out(name: str) -> None:
    for path, _, shape in everything(name):
        if shape.optional and shape.kind == "list":
            assert say(changed(name, path, [])) == say(changed(name, path, None)), path


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_printed_as_typed(name: str, figure: str) -> None:
    for path, _, shape in everything(name):
        if shape.kind == "figure":
            text = say(changed(name, path, figure))
            assert figure in text, path
            assert not faults(text), path


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_draft_names_every_required_fact_it_lacks(name: str) -> None:
    for path, _, shape in everything(name):
        if not shape.optional and isinstance(path[-1], str):
            draft = Report.of(changed(name, path, None), edition="draft")
            assert any(path[-1] in fault.path for fault in draft.warnings), path
