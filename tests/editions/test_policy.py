"""A finished draft redacted by a policy: what it hides, keeps, tells and refuses."""

import json
import pickle
import subprocess
import sys

import pytest

from reportkit import InputError, Report

DRAFT = """关于砚溪项目的报告

2031年9月5日

各位领导：

　　砚溪县投入3,200万元，联系人岳　鸣，手机138 0013 8000。

　　岳鸣同志的身份证号为11010119900307123X，合同KX-2031-07，百分之七点三。

　　砚溪路不在其内。
"""
POLICY = """words = ["砚溪"]
names = ["岳鸣"]
patterns = ['KX-\\d{4}-\\d{2}']
kinds = ["手机号", "id-card", "金额", "日期"]
keep = ["砚溪路"]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "砚溪稿.txt").write_text(DRAFT, "utf-8")
    (tmp_path / "隐去.toml").write_text(POLICY, "utf-8")
    return tmp_path


def redacted(folder, policy=None, draft="砚溪稿.txt"):
    if policy is not None:
        (folder / "隐去.toml").write_text(policy, "utf-8")
    return Report.typeset(folder / draft, redact=folder / "隐去.toml")


def test_a_draft_is_masked_as_its_policy_says(folder):
    report = redacted(folder)
    assert report.render("txt").decode().splitlines() == [
        "关于**项目的报告",
        "*********",
        "",
        "各位领导：",
        "**县投入*******，联系人*\u3000*，手机*** **** ****。",
        "**同志的身份证号为******************，合同**********，百分之七点三。",
        "砚溪路不在其内。",
    ]
    assert (report.edition, report.name) == ("redacted", "＊＊稿（脱敏）")
    assert report.document.written is None


def test_nothing_of_the_true_text_is_in_the_report(folder):
    report = redacted(folder)
    shown = [repr(report), report.file, pickle.dumps(report).decode("utf-8", "replace")]
    shown += [json.dumps(report.result().as_dict(), ensure_ascii=False), *(one.text for one in report.taken)]
    for kind in ("docx", "pdf", "txt"):
        assert report.proved(kind)
    for text in shown:
        assert not any(
            secret in text for secret in ("岳鸣", "岳　鸣", "8000", "3,200", "KX-", "砚溪项目", "砚溪县", "9月5日")
        )


def test_a_report_of_data_takes_a_policy_beside_its_own_secrets(folder):
    data = {"标题": "甲", "日期": "2031-09-05"}
    with pytest.raises(InputError):
        Report.of(data).redact(folder / "没有.toml")
    again = Report.typeset(folder / "砚溪稿.txt").redact(folder / "隐去.toml")
    assert again.render("pdf") == redacted(folder).render("pdf")
    assert again.redact(folder / "隐去.toml").render("txt") == again.render("txt")


def test_a_draft_is_never_written_over_though_its_name_is_masked(folder):
    report = redacted(folder)
    assert "砚溪" not in report.file
    with pytest.raises(InputError, match="自己"):
        report.save(folder / "砚溪稿.txt", force=True)
    assert (folder / "砚溪稿.txt").read_text("utf-8") == DRAFT


def test_every_hit_is_told_with_line_and_rule_and_never_with_the_word(folder):
    out = subprocess.run(
        [sys.executable, "-m", "reportkit", "typeset", "砚溪稿.txt", "--redact", "隐去.toml", "-v", "-o", "out"],
        cwd=folder, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert out.returncode == 0, out.stderr
    assert "1\t标题\twords 1\t1\t已遮" in out.stderr
    assert "7\t正文 3\tnames 1\t1\t已遮" in out.stderr
    assert not any(word in out.stderr + out.stdout for word in ("岳", "砚溪县", "8000"))
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["＊＊稿（脱敏）.docx", "＊＊稿（脱敏）.pdf"]


def test_a_rule_that_nothing_falls_under_is_told(folder):
    report = redacted(folder, 'words = ["砚溪", "砚溪项", "硯溪"]\nnames = ["岳呜"]\nkinds = ["邮箱"]\n')
    said = [fault.say() for fault in report.warnings]
    assert [line.split("：")[0].split()[-2:] for line in said] == [["names", "1"], ["kinds", "1"]]
    assert "岳呜" not in "".join(said)


def test_a_word_over_a_wrapped_line_is_found(folder):
    joined = "　　会议强调，要提高站位，把项目建设摆在突出位置，推进砚\n溪县各项工作落到实处，确保如期完成。\n"
    lost = "讲话\n\n各位领导：\n\n推进砚\n溪县各项工作落到实处。\n"
    for draft in (f"讲话\n\n各位领导：\n\n{joined}", lost):
        (folder / "折行.txt").write_text(draft, "utf-8")
        report = redacted(folder, 'words = ["砚溪县"]\n', "折行.txt")
        text = report.render("txt").decode()
        assert "推进***各项" in text.replace("\n", "")
        assert report.warnings == []


def test_a_word_over_a_wrapped_line_is_not_in_what_the_lines_were_taken_for(folder):
    draft = "关于云帆\n计划的报告\n\n各位领导：\n\n推进砚\n溪县各项工作落到实处。\n会议由石临\n川主持。\n"
    (folder / "折行.txt").write_text(draft, "utf-8")
    report = redacted(folder, 'words = ["云帆计划", "砚溪县", "石临川"]\n', "折行.txt")
    said = ["关于**", "**的报告", "各位领导：", "推进*", "**各项工作落到实处。", "会议由**", "*主持。"]
    assert [one.text for one in report.taken] == said
    assert json.dumps(report.result().as_dict(), ensure_ascii=False).count("云帆") == 0


def test_masks_of_one_width_are_so_in_what_the_lines_were_taken_for_too(folder):
    (folder / "稿.txt").write_text("关于云帆计划的报告\n\n各位领导：\n\n石临川主持，推进砚溪。\n", "utf-8")
    (folder / "隐去.toml").write_text('words = ["云帆计划", "砚溪", "石临川"]\n', "utf-8")
    report = Report.typeset(folder / "稿.txt", redact=folder / "隐去.toml", mask="fixed")
    assert [one.text for one in report.taken] == ["关于**的报告", "各位领导：", "**主持，推进**。"]


def test_what_a_pattern_or_a_kind_finds_over_a_wrapped_line_is_masked(folder):
    draft = "讲话\n\n各位领导：\n\n电话1381234\n5678，合同KX-20\n31-07，完成2031年9\n月5日的，计731.\n5亿元。\n"
    (folder / "折行.txt").write_text(draft, "utf-8")
    policy = "words = ['731.5亿元']\npatterns = ['KX-\\d{4}-\\d{2}']\nkinds = ['手机号', '日期']\n"
    report = redacted(folder, policy, "折行.txt")
    text = report.render("txt").decode().split("各位领导：")[1]
    assert not set("0123456789") & set(text)
    assert report.warnings == []


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ('word = ["砚溪"]\n', "是不是“words”"),
        ('"词话" = ["砚溪"]\n', "是不是“词语”"),
        ('words = ["砚溪"]\n"词语" = ["云溪"]\n', "重复"),
        ('words = "砚溪"\n', "列表"),
        ("words = [3]\n", "文字"),
        ('words = ["砚"]\n', "一个字"),
        ('kinds = ["手机"]\n', "是不是“手机号”"),
        ("patterns = ['(a']\n", "第 1 个字"),
        ('keep = ["砚溪路"]\n', "没有写要隐去什么"),
        ("", "没有写要隐去什么"),
        ("词语 = []\n", "加引号"),
    ],
)
def test_a_policy_that_is_wrong_is_refused_with_its_line(folder, policy, told):
    with pytest.raises(InputError, match=told) as caught:
        redacted(folder, policy)
    assert all(fault.file.endswith("隐去.toml") for fault in caught.value.faults)


def test_a_chinese_policy_means_the_same(folder):
    text = redacted(folder).render("txt")
    chinese = POLICY
    for ours, theirs in (
        ("words", "词语"),
        ("names", "姓名"),
        ("patterns", "模式"),
        ("kinds", "种类"),
        ("keep", "保留"),
    ):
        chinese = chinese.replace(f"{ours} =", f'"{theirs}" =')
    assert redacted(folder, chinese).render("txt") == text


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("手机号", "13800138000、138-0013-8000、1380013800", "***********、*************、1380013800"),
        ("电话", "0571-87654321、(010)12345678、2031-09", "*************、*************、2031-09"),
        ("身份证号", "110101199003071234，11010119900307123", "******************，11010119900307123"),
        ("银行卡号", "6222 0212 3456 7890 123", "**** **** **** **** ***"),
        ("邮箱", "请寄a.b@example.com。", "请寄***************。"),
        ("金额", "3,200万元、三千二百万元、叁仟元整、￥12.5、3亿多元", "*******、******、****、*****、****"),
        ("百分数", "7.3%、百分之七点三、提高2个百分点", "****、******、提高*****"),
        ("日期", "2031年9月5日、9月5日、2031年9月、二〇三一年九月五日", "*********、****、*******、*********"),
        ("车牌号", "豫A12345、豫AD12345号", "*******、********号"),
        ("信用代码", "91410100MA44ABCD1X", "******************"),
    ],
)
def test_a_kind_is_known_by_its_form(folder, kind, text, shown):
    (folder / "稿.md").write_text(f"# 题\n\n见{text}\n", "utf-8")
    assert f"见{shown}" in redacted(folder, f'kinds = ["{kind}"]\n', "稿.md").render("txt").decode()
