"""Marks of secrecy: what they hide, at every door, and that one which hides nothing is an error."""

import json

import pytest

from reportkit import InputError, Report
from reportkit.data import python, yaml
from reportkit.facts import check, secrecy, shape
from reportkit.facts.fact import every_fact

SHAPE = shape.shape_of(
    python.of(
        {
            "模板": "text? template：哪个模板",
            "名称": "text? name：叫什么",
            "数": "figure? number：多少",
            "日期": "date? date：哪一天",
            "名单": "texts? names：几个名字",
            "组": {"_": "group?：一组", "甲": "text? one：一项", "乙": "figure? two：一项"},
            "各行": [{"_": "rows?：几行", "名": "text name：名字", "数": "figure number：多少"}],
            "总数": "figure? total = 各行.数：一共",
        }
    )
)
# words that say nothing: the data must still hold something else
OTHER = "数: 5个\n"


def read(text):
    facts, faults = check.check(yaml.read(text, "data.yaml"), SHAPE, "data.yaml")
    return facts, [fault.say() for fault in faults]


def secret(text):
    """Return the paths of what is secret as a whole, and the parts of other values that are."""
    facts, faults = read(text)
    assert not faults
    return [fact.origin.path for fact in every_fact(facts) if fact.secret], [
        part for fact in every_fact(facts) for part in fact.hidden
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("名单: !secret [甲, 乙]", ["名单[0]", "名单[1]"]),
        ("名单: !secret\n- 甲\n- 乙", ["名单[0]", "名单[1]"]),
        ("组: !secret {甲: 明川, 乙: 3个}", ["组.甲", "组.乙"]),
        ("各行: !secret [{名: 甲, 数: 3个}]", ["各行[0].名", "各行[0].数", "各行[0].数"]),
        (
            "各行: [!secret {名: 甲, 数: 3个}, {名: 乙, 数: 4个}]",
            ["各行[0].名", "各行[0].数", "各行[0].数 + 各行[1].数"],
        ),
        ("!secret\n数: {值: 5个, 上年同期: 4个}\n模板: 通报", ["数", "数.上年同期"]),
        ("组: {密: true, 甲: 明川, 乙: 3个}", ["组.甲", "组.乙"]),
        ("组: {secret: 是, 乙: 3个}", ["组.乙"]),
        ("组: {密: 否, 乙: 3个}", []),
        ("密: true\n数: 5个", ["数"]),
        ("名单: {值: [甲, 乙], 密: true}", ["名单[0]", "名单[1]"]),
        ("名单: {值: !secret [甲, 乙]}", ["名单[0]", "名单[1]"]),
        ("各行: {值: [{名: 甲, 数: 3个}], 密: 涉密}", ["各行[0].名", "各行[0].数", "各行[0].数"]),
        ("数: {值: 5个, 密: 是}", ["数"]),
        ("数: {值: 5个, 密: 机密}", ["数"]),
        ("数: {值: 5个, 密: 'true'}", ["数"]),
        ("数: {值: 5个, 密: 否}", []),
        ("数: {值: 5个, 密: false}", []),
        ("名称: {值: 是非之地, 密: 是}", ["名称"]),
        ("日期: !secret 2024-07-20", ["日期"]),
        ("数: {值: 5个, 位次: !secret 3}", ["数.位次"]),
        ("甲: &a !secret 明川\n".replace("甲", "名称") + "名单: [*a, 乙]", ["名称", "名单[0]"]),
    ],
)
def test_a_mark_hides_every_value_beneath_it(text, paths):
    assert secret(text) == (paths, [])


def test_parts_may_be_named_for_a_list_as_for_a_value():
    assert secret("名称: {值: 云帆链, 密: [云帆]}") == ([], ["云帆"])
    assert secret("名称: {值: 云帆链, 密: 云帆}") == ([], ["云帆"])
    assert secret("名单: {值: [云帆链, 长风], 密: [云帆]}") == ([], ["云帆"])
    assert secret("数: {值: 731次, 密: [73]}") == ([], ["73"])


@pytest.mark.parametrize(
    "text",
    [
        "数: !secret",
        "数: !secret ~",
        "数: !secret null",
        "数: {值: , 密: true}",
        "名单: !secret []",
        "名单: [!secret , 乙]",
        "名单: {值: [], 密: true}",
        "组: !secret {}",
        "组: !secret {甲: , 乙: ~}",
        "组: {密: true}",
        "各行: {值: [], 密: true}",
        "!secret {模板: 通报}",
        "密: 是",
        "!secret 数: 5个",
        "? !secret 数\n: 5个",
        "模板: !secret 通报",
        "模板: {值: 通报, 密: true}",
        "数: {密: true}",
        "数: {值: 7312次, 密: 1}",
        "数: {值: 7312次, 密: []}",
        "数: {值: 7312次, 密: ''}",
        "数: {值: 7312次, 密: ' '}",
        "数: {值: 7312次, 密: }",
        "数: {值: 7312次, 密: ['']}",
        "数: {值: 7312次, 密: [~]}",
        "数: {值: 7312次, 密: [true]}",
        "数: {值: 7312次, 密: [[73]]}",
        "数: {值: 7312次, 密: {甲: 73}}",
        "数: {值: 7312次, 密: [99]}",
        "数: {值: 7312次, 密: !secret true}",
        "名称: {值: 明川, 来源: !secret 快报}",
        "名称: {值: 明川, 来源: {值: 快报, 密: true}}",
        "数: {值: 7312, 单位: !secret 次}",
        "组: {密: [明川], 甲: 明川}",
        "组: {密: 1, 甲: 明川}",
        "名单: {值: [明川], 密: []}",
        "名单: {值: [明川], 密: 1}",
        "名单: {值: [明川], 密: [长风]}",
    ],
)
def test_a_mark_that_hides_nothing_is_an_error(text):
    try:
        faults = read(text)[1]
    except InputError as error:
        faults = [fault.say() for fault in error.faults]
    assert faults
    assert all(fault.startswith("data.yaml:") for fault in faults)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("!!secret 明川", "!!secret"),
        ("!<secret> 明川", "!<secret>"),
        ("!Secret 明川", "!Secret"),
        ("!SECRET 明川", "!SECRET"),
        ("! secret 明川", "! secret"),
        ("!!python/object 明川", "!!python/object"),
    ],
)
def test_a_tag_that_is_not_ours_is_refused_by_name(typed, written):
    for text in (f"名称: {typed}", f"名单: [{typed}]"):
        with pytest.raises(InputError, match="不认识的标签") as caught:
            yaml.read(text, "data.yaml")
        assert f"标签 {written}" in str(caught.value)
        assert "涉密的值用 !secret" in str(caught.value)


@pytest.mark.parametrize("typed", ["!secret明川", "!密 明川", "!涉密 明川"])
def test_a_tag_that_is_none_is_told_with_how_it_is_written(typed):
    for text in (f"名称: {typed}", f"名单: [{typed}]", f"名单:\n- 甲\n- {typed}"):
        with pytest.raises(InputError, match="写 !secret，空一格，再写值"):
            yaml.read(text, "data.yaml")


def test_a_tag_that_a_directive_gives_another_name_is_refused():
    with pytest.raises(InputError, match="不认识的标签"):
        yaml.read("%TAG ! tag:example,2000:\n---\n名称: !secret 明川\n", "data.yaml")


def test_tags_of_yaml_itself_say_nothing():
    assert read("名称: !!str 明川\n数: ! 5个")[0]["名称"].shown == "明川"


@pytest.mark.parametrize(
    "typed",
    [
        "！secret 明川",
        "！ secret 明川",
        "！ｓｅｃｒｅｔ 明川",
        "'!secret 明川'",
        "明川 !secret",
        '"!!secret 明川"',
        "'! secret 明川'",
    ],
)
def test_a_mark_that_has_become_text_is_an_error_at_every_door(typed):
    assert "成了值里的文字" in read(f"名称: {typed}")[1][0]
    word = typed.strip("'\"")
    _, faults = check.check(python.of(json.loads(json.dumps({"名单": [word]}))), SHAPE)
    assert "成了值里的文字" in faults[0].say()


def test_text_that_only_looks_like_a_mark_is_text():
    for typed in ("Top secret", "secret", "加密!", "wow!secretary"):
        assert not read(f"名称: '{typed}'")[1]


def test_a_draft_may_mark_a_value_that_is_still_to_come():
    for text in ("数: !secret", "数: {值: , 密: true}"):
        assert check.check(yaml.read(text, "data.yaml"), SHAPE, required=False)[1] == []


def test_a_dict_marks_groups_and_lists_too(tmp_path):
    folder = tmp_path / "信"
    folder.mkdir()
    (folder / "schema.yaml").write_text("_: letter：信\n标题: text title：题\n各人: texts names：人\n", "utf-8")
    (folder / "words.jinja").write_text("# {{ 标题 }}\n\n{{ 各人|顿 }}\n", "utf-8")
    data = {"标题": "题", "各人": {"值": ["明川", "长风"], "密": True}}
    text = Report.of(data, template=str(folder)).redact().render("txt").decode()
    assert "**、**" in text
    assert "明川" not in text


def test_the_words_for_yes_and_no_do_not_overlap():
    assert not set(secrecy.YES) & set(secrecy.NO)
