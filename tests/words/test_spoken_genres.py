"""领导讲话, 工作报告 and 述职报告: what their facts decide of numbers, headings, turns and closings."""

from __future__ import annotations

import copy
import re

import pytest
from test_report_genres import TREES, say

from reportkit import Report


def changed(kind, path, value):
    """Return a genre's example with the value at a key path replaced, or left out if None."""
    tree = copy.deepcopy(TREES[kind])
    *above, last = path.split(".")
    owner = tree
    for key in above:
        owner = owner[int(key) if key.isdigit() else key]
    if value is None:
        del owner[last]
    else:
        owner[int(last) if last.isdigit() else last] = value
    return tree


def text(tree, edition="final"):
    return Report.of(tree, edition=edition).render("txt").decode("utf-8")


def points(*demands):
    """Return as many points as `demands` says, each with that many demands."""
    return [
        {"标题": f"抓好第{at}件事", "要求": [{"做到": f"做成{at}之{one}"} for one in range(count)]}
        for at, count in enumerate(demands)
    ]


@pytest.mark.parametrize(("many", "said"), [(1, "一点"), (2, "两点"), (3, "三点"), (10, "十点"), (12, "十二点")])
def test_a_speech_announces_as_many_points_as_it_makes(many, said):
    spoken = say("speech", 意见=points(*[1] * many))
    assert f"下面，我强调{said}意见。" in spoken
    assert len(re.findall(r"^[一二三四五六七八九十]+、", spoken, re.MULTILINE)) == (many if many > 1 else 0)


@pytest.mark.parametrize(
    ("demands", "numbers"),
    [
        ((1, 1), "要 要"),
        ((2, 1), "一要 二要 要"),
        ((5, 1), "一要 二要 三要 四要 五要 要"),
        ((6, 1), "第一，要 第二，要 第三，要 第四，要 第五，要 第六，要 要"),
        ((2,), "第一，要 第二，要"),
        ((1,), "要"),
    ],
)
def test_demands_are_numbered_by_how_many_they_and_the_points_are(demands, numbers):
    spoken = say("speech", 意见=points(*demands))
    assert " ".join(re.findall("(?:第?[一二三四五六]，?)?要(?=做成)", spoken)) == numbers


def test_many_demands_stand_a_paragraph_each_and_few_in_one():
    assert [line for line in say("speech", 意见=points(2, 1)).split("\n") if "要做成" in line] == [
        "一要做成0之0。二要做成0之1。",
        "要做成1之0。",
    ]
    assert [line for line in say("speech", 意见=points(3)).split("\n") if "要做成" in line] == [
        "第一，要做成0之0。",
        "第二，要做成0之1。",
        "第三，要做成0之2。",
    ]


@pytest.mark.parametrize("demands", [1, 3, 6])
def test_headings_of_a_speech_stand_alone_or_run_into_their_text(demands):
    standing = say("speech", 意见=points(demands, 1))
    running = say("speech", 意见=points(demands, 1), 小标题="放在段首")
    assert "\n一、抓好第0件事\n" in standing
    assert re.search(r"\n一、抓好第0件事。(一|第一，)?要做成0之0。", running)
    assert "\n二、抓好第1件事。要做成1之0。\n" in running


def test_the_turn_to_the_points_follows_whatever_came_before():
    opening = TREES["speech"]["开头"]
    bare = {"任务": opening["任务"]}
    assert re.search(
        r"同志们：\n这次会议的主要任务是，[^\n]*攻坚任务。下面，我强调", say("speech", 开头=bare, 成绩=None)
    )
    assert re.search(r"攻坚任务。\n今年以来，[^\n]*。下面，我强调", say("speech", 开头=bare))


def test_a_speech_with_no_salutation_is_to_comrades_and_calls_them_so():
    spoken = text({key: value for key, value in TREES["speech"].items() if key != "称谓"})
    assert "\n同志们：\n" in spoken
    others = say("speech", 称谓={"其他": ["各位委员", "同志们"]}, 号召={**TREES["speech"]["号召"], "谢": "不说"})
    assert "\n各位委员，同志们：\n" in others
    assert others.rstrip().split("\n")[-1].startswith("同志们，")
