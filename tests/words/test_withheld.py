"""Templates and values that a redacted edition does not have: there to be asked for and printed, and nothing more."""

import pickle

import pytest

from reportkit import InputError, Report

SCHEMA = """\
_: note：短文
名: text? name：名
数: figure? number：数
日: date? day：日
各行:
  - _: rows?：行
    名: text who：名
    数: figure much：数
"""
DATA = {
    "名": {"值": "明川", "密": True},
    "数": {"值": "731次", "上年同期": "650次", "密": True},
    "日": {"值": "2024-07-20", "密": True},
    "各行": [{"名": "甲县", "数": {"值": "3个", "密": True}}, {"名": "乙县", "数": "5个"}],
}


def report(tmp_path, template, data=DATA, **options):
    (tmp_path / "schema.yaml").write_text(SCHEMA, "utf-8")
    (tmp_path / "words.jinja").write_text("# 题\n\n" + template + "\n", "utf-8")
    return Report.of(data, template=str(tmp_path), **options)


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{% if 数 == 731 %}多{% else %}少{% endif %}", "数"),
        ("{% if 731 == 数 %}多{% else %}少{% endif %}", "数"),
        ("{% if 数 != 数.上年同期 %}变{% endif %}文", "数"),
        ("{% if 数 in [1, 2] %}多{% endif %}文", "数"),
        ("{% if 数.value > 700 %}多{% endif %}文", "数"),
        ("{% if 数.value %}有{% endif %}文", "数"),
        ("{{ 数.value }}", "数"),
        ("{{ 数.value + 1 }}", "数"),
        ("{{ 1 - 数.value }}", "数"),
        ("{{ -数.value }}", "数"),
        ("{{ 数|int }}", "数"),
        ("{{ 数|float }}", "数"),
        ("{{ 数.value|int }}", "数"),
        ("{{ 数.value|string }}", "数"),
        ("{{ 数.value|同比 }}", "数"),
        ("{{ 日.value.year }}", "日"),
        ("{{ 日.value.month == 7 }}", "日"),
        ('{% if 名 == "明川" %}甲{% endif %}文', "名"),
        ('{{ {"明川": "甲"}[名] }}', "名"),
        ('{{ {"明川": "甲"}.get(名, "乙") }}', "名"),
        ("{{ 名.value[0] }}", "名"),
        ("{{ 名.value|length }}", "名"),
        ('{% for 行 in 各行|sort(attribute="数.value") %}{{ 行.名 }}{% endfor %}', "各行[0].数"),
        ('{{ 各行|map(attribute="数.value")|max }}', "各行[0].数"),
        ('{{ 各行|map(attribute="数")|unique|list|length }}', "各行[0].数"),
        ('{% for 几 in 各行|groupby("数") %}{{ loop.index }}{% endfor %}', ""),
        ('{{ 各行|selectattr("数", "equalto", 3)|list|length }}', "各行[0].数"),
        ('{{ (各行|前几位("数", 1))[0].名 }}', "各行[0].数"),
    ],
)
def test_what_depends_on_a_withheld_value_is_refused(tmp_path, template, path):
    with pytest.raises(InputError) as caught:
        report(tmp_path, template).redact()
    told = str(caught.value)
    assert "words.jinja:3" in told
    # what only Python would have of a value is refused whether it is withheld or not
    if path and ".value" not in template and "int" not in template and "float" not in template:
        assert told.startswith(f"{path}：脱敏稿里这个值隐去了")
    assert not [word for word in ("731", "明川", "2024", "07-20") if word in told.replace("words.jinja", "")]


@pytest.mark.parametrize(
    ("template", "right"),
    [
        ("{{ 数 if 数 }}文", "***次文"),
        ("{% if 数 and 数.上年同期 %}{{ 数|同比 }}{% endif %}文", "同比**文"),
        ("{{ 名 or '某地' }}", "**"),
        ("{{ 各行|length }}行", "2行"),
        ('{{ 各行|map(attribute="名")|顿 }}', "甲县、乙县"),
        ('{{ 各行|selectattr("数")|map(attribute="数")|顿 }}', "*个、5个"),
        ("{% if 数|隐去 %}若干次{% elif 数 == 731 %}多{% endif %}", "若干次"),
        ("{{ 数|计量 }}", "次"),
        ("{{ 各行[1].数 == 5 }}".replace("==", "|汉字 if 各行[1].数 =="), "五个"),
    ],
)
def test_that_a_value_is_there_is_no_secret(tmp_path, template, right):
    text = report(tmp_path, template).redact().render("txt").decode()
    assert text.split("\n", 2)[2].strip() == right


def test_a_redacted_edition_holds_nothing_of_the_data(tmp_path):
    template = "{{ 名 }}{{ 数 }}{{ 数|同比 }}{{ 日|年月日 }}"
    for made in (report(tmp_path, template).redact(), report(tmp_path, template, edition="redacted")):
        assert made.render("txt").decode().endswith("*****次同比****年**月**日\n")
        held = pickle.dumps(made)
        assert not [word for word in ("731", "650", "12.5", "明川", "2024") if word.encode() in held]


@pytest.mark.parametrize("mask", ["shape", "fixed"])
def test_a_secret_day_prints_the_same_whatever_day_it_is(tmp_path, mask):
    days = [{"日": {"值": day, "密": True}} for day in ("2024-07-20", "2031-11-28", "2031-01-02")]
    made = [report(tmp_path, "{{ 日 }}到", day).redact(mask=mask).render("docx") for day in days]
    assert made[0] == made[1] == made[2]
    assert "**年**月**日到" in report(tmp_path, "{{ 日 }}到", days[0]).redact(mask=mask).render("txt").decode()


def test_masks_of_one_width_are_a_choice(tmp_path):
    made = report(tmp_path, "{{ 名 }}地{{ 数 }}")
    assert made.redact(mask="fixed").render("txt") == made.redact().render("txt").replace(b"***", b"**")
    opened = report(tmp_path, "{{ 名 }}地{{ 数 }}", edition="redacted", mask="fixed")
    assert "**地**次" in opened.render("txt").decode()
    with pytest.raises(InputError, match="mask"):
        made.redact(mask="long")
