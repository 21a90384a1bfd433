"""The filters of official prose: right and wrong forms, one table each."""

from datetime import date

import pytest

from reportkit.errors import InputError
from reportkit.facts import seal
from reportkit.facts.fact import Fact, Origin
from reportkit.words.say import dates, lists

ORIGIN = Origin("甲.乙", "data.yaml", 3)


def facts(*texts):
    return [Fact(text, text, ORIGIN) for text in texts]


@pytest.mark.parametrize(
    ("form", "texts", "right"),
    [
        (lists.listed, "甲乙丙", "甲、乙、丙"),
        (lists.paused, "甲乙", "甲，乙"),
        (lists.joined, "甲乙丙", "甲、乙和丙"),
        (lists.joined, "甲乙", "甲和乙"),
        (lists.joined, "甲", "甲"),
        (lists.joined, "", ""),
        (lists.sampled, "甲乙", "甲、乙等"),
        (lists.sampled, "甲", "甲"),
        (lists.quoted, "甲乙", "“甲”“乙”"),
        (lists.titled, "甲乙", "《甲》《乙》"),
        (lists.stacked, "甲乙", r"甲\\乙"),
    ],
)
def test_lists_take_the_marks_of_official_prose(form, texts, right):
    assert seal.opened(form(facts(*texts))) == right


def test_inner_marks_change_their_shape():
    assert seal.opened(lists.titled(facts("关于印发《办法》的通知"))) == "《关于印发〈办法〉的通知》"
    assert seal.opened(lists.quoted(facts("打造“四好”农村路"))) == "“打造‘四好’农村路”"


def test_a_date_has_a_full_year_and_no_leading_zero():
    day = Fact(date(2023, 9, 5), "2023-09-05", ORIGIN)
    assert seal.opened(dates.dated(day)) == "2023年9月5日"


@pytest.mark.parametrize("pattern", ["EEEE", "y年MMM", "QQQ", "yyyy'x'"])
def test_a_date_is_refused_where_babel_would_choose_the_words(pattern):
    with pytest.raises(InputError, match=pattern):
        dates.dated(Fact(date(2023, 9, 5), "2023-09-05", ORIGIN), pattern)


def test_a_span_of_time_is_refused_in_a_pattern_it_does_not_know():
    day = Fact(date(2023, 9, 5), "2023-09-05", ORIGIN)
    with pytest.raises(InputError, match="yQQQ"):
        dates.spanned([day, day], "yQQQ")


def test_lines_of_a_template_become_one_and_values_keep_their_spaces():
    (value,) = facts(" 甲  乙 ")
    assert seal.opened(lists.paragraph(f"\n  前  {value}\n  后  \n")) == "前 甲  乙 后"


def test_a_fact_keeps_its_origin_through_joining_and_adding():
    text = "共" + lists.listed(facts("甲", "乙")) + "两项"
    assert text.count("data.yaml") == 2


@pytest.mark.parametrize(
    ("first", "last", "pattern", "right"),
    [
        (date(2023, 9, 5), date(2023, 9, 7), "yMMMd", "2023年9月5日至7日"),
        (date(2022, 12, 5), date(2023, 1, 7), "yMMMd", "2022年12月5日至2023年1月7日"),
        (date(2023, 9, 5), date(2023, 10, 5), "yMMMd", "2023年9月5日至10月5日"),
        (date(2022, 9, 5), date(2023, 9, 5), "yMMMd", "2022年9月5日至2023年9月5日"),
        (date(2023, 9, 5), date(2023, 9, 5), "yMMMd", "2023年9月5日"),
        (date(2023, 9, 1), date(2023, 9, 30), "yMMM", "2023年9月"),
        (date(2022, 1, 1), date(2023, 1, 31), "yMMM", "2022年1月至2023年1月"),
        (date(2023, 1, 1), date(2023, 9, 30), "yMMM", "2023年1月至9月"),
    ],
)
def test_a_span_of_time_says_no_year_or_month_twice(first, last, pattern, right):
    days = [Fact(day, day.isoformat(), ORIGIN) for day in (first, last)]
    assert seal.opened(dates.spanned(days, pattern)) == right


def test_dates_are_said_in_chinese_numerals_digit_by_digit():
    assert seal.opened(dates.dated_in_chinese(Fact(date(2023, 10, 5), "", ORIGIN))) == "二〇二三年十月五日"


def test_a_list_cut_short_says_how_many_there_are():
    assert seal.opened(lists.sampled(facts(*"甲乙丙丁"), 数=2, 量="个")) == "甲、乙等4个"
    assert seal.opened(lists.sampled(facts(*"甲乙"), 数=2)) == "甲、乙"
