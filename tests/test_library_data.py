"""Nothing printed is a dependency's data or words: with babel's Chinese poisoned, every example says what it said."""

from datetime import date

import pytest
import samples
from babel import dates, localedata

from reportkit import Report
from reportkit.facts import seal
from reportkit.facts.fact import Fact, Origin
from reportkit.pages import title
from reportkit.words.say import dates as spans
from reportkit.words.say import filters

POISON = "☠"
DAYS = [Fact(day, day.isoformat(), Origin("起止", "", 0)) for day in (date(2023, 9, 5), date(2024, 10, 7))]
DATES = ("年月日", "年月", "月日", "汉字日期")
# titles and where budoux's model, as it is in every version admitted, parts their words
PARTED = {
    words.replace("|", ""): words
    for words in (
        "关于|进一步|加强|安全|生产|工作|的|通知",
        "经信局|在|全市|重点|产业|体系|建设|工作|推进|会|上|的|汇报|发言",
        "明川市|人民|政府|工作|报告",
        "关于|推进|农村|公路|提质|扩面|行动|情况|的|专报",
    )
}


def poisoned(tree):
    if isinstance(tree, dict):
        return {key: poisoned(value) for key, value in tree.items()}
    return POISON if isinstance(tree, str) else tree


@pytest.fixture
def no_chinese_of_babel(monkeypatch):
    """babel without a word of Chinese: each is ☠."""
    load = localedata.load
    monkeypatch.setattr(localedata, "load", lambda *asked, **options: poisoned(load(*asked, **options)))


def test_the_poison_reaches_what_babel_says(no_chinese_of_babel):
    assert POISON in dates.format_date(date(2023, 9, 5), "MMMM", locale="zh_CN")
    assert POISON in dates.format_date(date(2023, 9, 5), "EEEE", locale="zh_CN")


@pytest.mark.parametrize("example", samples.ALL)
def test_an_example_says_the_same_without_babels_chinese(example, no_chinese_of_babel):
    assert Report.open(samples.ALL[example]).render("txt") == samples.file(example, "txt")


@pytest.mark.parametrize("name", DATES)
def test_a_date_is_said_without_babels_chinese(name, no_chinese_of_babel):
    said = seal.opened(filters.filters()[name](DAYS[0]))
    assert said
    assert POISON not in said
    assert said.isascii() is False


@pytest.mark.parametrize("pattern", spans.SPANS)
def test_a_span_of_time_is_said_without_babels_chinese(pattern, no_chinese_of_babel):
    assert POISON not in seal.opened(spans.spanned(DAYS, pattern))


@pytest.mark.parametrize("text", PARTED)
def test_the_words_of_a_title_are_parted_as_they_were(text):
    assert "|".join(title._words(text)) == PARTED[text]
