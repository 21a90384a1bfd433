"""领导讲话, 工作报告 and 述职报告: what their facts decide of numbers, headings, turns and closings."""

from __future__ import annotations

import copy
import re

import prose_faults
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_report_genres import TREES, _varied, say

from reportkit import InputError, Report
from reportkit.document.roles import Role
from reportkit.words import genre


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
    assert "\n各位代表：\n" in say("work-report", 称谓=None)
    others = say("speech", 称谓={"其他": ["各位委员", "同志们"]}, 号召={**TREES["speech"]["号召"], "谢": "不说"})
    assert "\n各位委员，同志们：\n" in others
    assert others.rstrip().split("\n")[-1].startswith("同志们，")


def turns(tree):
    """Return the role and beginning of every paragraph that addresses the listeners, and of the one after it."""
    blocks = Report.of(tree).document.blocks
    found = [at for at, block in enumerate(blocks) if block.role is Role.RESALUTATION]
    return [(blocks[at].text, blocks[at + 1].text[:6]) for at in found]


def test_the_deputies_are_addressed_again_before_each_turn():
    assert turns(TREES["work-report"]) == [("各位代表！", "2023年取"), ("各位代表！", "蓝图催人奋进")]
    plain = changed("work-report", "回顾.致谢", None)
    del plain["号召"]["形势"]
    assert turns(plain) == [("各位代表！", "在看到成绩的"), ("各位代表！", "让我们在市委")]
    assert turns({**plain, "称谓": {"其他": ["各位委员"]}})[0][0] == "各位委员！"


def test_thanks_name_every_one_of_those_thanked():
    assert "向全市人民，向各位人大代表和政协委员，向关心支持泊宁发展的各界人士，表示衷心的感谢！" in say("work-report")
    alone = text(changed("work-report", "回顾.致谢", {"奋斗": "全市人民", "感谢": ["全市人民"]}))
    assert "坚强领导的结果，是全市人民团结奋斗的结果。在此，我代表市人民政府，向全市人民，表示衷心的感谢！" in alone


def test_one_difficulty_is_not_counted():
    assert "存在不少困难和问题：一是" in say("work-report")
    assert "存在困难和问题，主要是财力不足。我们将" in text(changed("work-report", "回顾.问题", ["财力不足"]))
    assert "自己还存在不足，主要是调研不够。" in text(changed("duty", "问题", ["调研不够"]))


def test_a_court_reports_its_own_work():
    tree = changed("work-report", "大会.内容", "法院工作")
    tree["单位"] = {"全称": "泊宁市中级人民法院", "简称": "市中级人民法院"}
    report = text(tree)
    assert report.startswith("泊宁市中级人民法院工作报告\n")
    assert "向大会报告法院工作，请予审议" in report
    assert "政府工作" not in report


def terms(tree, edition="final"):
    return re.findall(r"^\d+\.((?:【[^】]*】|[^：])*)：", text(tree, edition).split("\n名词解释\n")[1], re.MULTILINE)


def test_terms_are_explained_in_the_order_of_the_text_whatever_that_of_the_data():
    glossary = TREES["work-report"]["名词解释"]
    assert [entry["名词"] for entry in glossary] == ["“1+3”产业集群", "专精特新企业"]
    assert terms(TREES["work-report"]) == ["专精特新企业", "“1+3”产业集群"]
    assert terms(changed("work-report", "名词解释", glossary[::-1])) == ["专精特新企业", "“1+3”产业集群"]


def test_a_term_the_text_lacks_is_refused_by_name_and_shown_in_a_draft():
    tree = copy.deepcopy(TREES["work-report"])
    tree["名词解释"].insert(0, {"名词": "数字孪生", "解释": "指虚实对应的数字模型"})
    with pytest.raises(InputError) as refused:
        text(tree)
    assert [fault.path for fault in refused.value.faults] == ["正文里的“数字孪生”"]
    gap = "【待补：正文里的“数字孪生”】"
    assert terms(tree, "draft") == ["专精特新企业", "“1+3”产业集群", gap]


def test_a_term_in_the_call_alone_is_in_the_text():
    tree = changed("work-report", "名词解释", [{"名词": "双碳目标", "解释": "指碳达峰、碳中和目标"}])
    tree["号召"]["目标"] = "实现双碳目标"
    assert terms(tree) == ["双碳目标"]


def test_a_draft_with_an_empty_glossary_entry_shows_both_its_parts():
    tree = changed("work-report", "名词解释", [None, TREES["work-report"]["名词解释"][0]])
    assert terms(tree, "draft") == ["“1+3”产业集群", "【待补：名词解释[0].名词】"]


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("述职报告", "履职"),
        ("述职述廉报告", "履职和廉洁"),
        ("述职述德述廉报告", "履职、品德和廉洁"),
    ],
)
def test_the_title_and_the_opening_of_a_duty_report_name_the_same_matters(name, about):
    tree = changed("duty", "名称", name)
    tree["品德"] = {"事项": ["坚持公道正派", "主动团结同志"]}
    report = text(tree)
    assert report.startswith(f"2023年度{name}\n泊宁市水利局党组成员、副局长　某某某\n")
    assert f"现就{about}情况报告如下，请予评议。" in report
    assert "三、锤炼党性修养，保持优良品德\n本人坚持公道正派，主动团结同志。\n四、" in report


def test_a_report_on_character_that_says_nothing_of_it_is_refused_and_a_draft_shows_the_gap():
    tree = changed("duty", "名称", "述职述德述廉报告")
    with pytest.raises(InputError) as refused:
        text(tree)
    assert [fault.path for fault in refused.value.faults] == ["品德"]
    assert "本人【待补：品德】。" in text(tree, "draft")


def test_a_duty_report_without_character_goes_from_work_to_integrity():
    heads = re.findall("^[一二三四五]、(.*)", text(TREES["duty"]), re.MULTILINE)
    assert len(heads) == 4
    assert {len(head) for head in heads} == {13}  # six and six beside a comma


def test_a_duty_report_ends_with_its_request_its_name_and_its_day():
    assert text(TREES["duty"]).endswith("\n以上报告，请予评议。\n某某某\n2024年1月12日\n")


def test_who_reports_on_duty_is_nowhere_in_the_redacted_copy():
    tree = changed("duty", "述职人.姓名", {"值": "石临川", "密": True})
    tree["落款"]["署名"] = "石临川"
    tree["开头"]["总评"] = "石临川同志与班子成员密切配合"
    assert "石临川" in text(tree)
    assert "石临川" not in text(tree, "redacted")


WORK = {
    "标题": "抓基层基础工作",
    "事项": ["健全网格", "下沉力量"],
    "文件": ["基层治理办法", "网格管理办法"],
    "指标": [{"时段": "全年", "名称": "化解纠纷", "数值": "12件"}],
    "事例": [{"主体": "河东镇", "做法": "试行领办制", "成效": "办结率居全县前列"}],
    "成效": ["矛盾少了", "满意度高了"],
}
FULL = {
    "speech": {**TREES["speech"], "小标题": "放在段首"},
    "work-report": {
        **TREES["work-report"],
        "回顾": {**TREES["work-report"]["回顾"], "工作": [{**WORK, "标题": "梯度培育专精特新企业"}]},
        "任务": [{**WORK, "标题": "壮大“1+3”产业集群"}],
    },
    "duty": {
        **TREES["duty"],
        "履职": [WORK],
        "品德": {"标题": "坚守做人本分，保持优良作风", "事项": ["坚持公道正派"]},
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", FULL)
@settings(max_examples=80, deadline=None)
@given(drawn=st.data())
def test_with_everything_a_genre_may_say_any_part_may_be_left_out(kind, drawn):
    tree = {**_varied(drawn.draw, FULL[kind], genre.find(kind).shape, []), "模板": kind}
    assert not prose_faults.found(text(tree))
    assert not prose_faults.found(text(tree, "redacted"))
