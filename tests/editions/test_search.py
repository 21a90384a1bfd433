"""What is secret is found in whatever dress, and nothing else is."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.editions.search import Search, Sought
from reportkit.editions.variants import variants
from reportkit.facts.fact import Origin
from reportkit.facts.secret import Secret

HERE = Origin("名称")


def words(*texts):
    return Search(tuple(Secret(text, HERE) for text in texts))


def figure(value, unit):
    return Search((Secret("", HERE, Decimal(value), unit),))


@pytest.mark.parametrize(
    ("secret", "text", "shown"),
    [
        ("岳鸣", "岳　鸣、岳 鸣，岳\u200b鸣；岳\u2060鸣。", "*　*、* *，***；***。"),
        ("长峰集团", "長峯集團与长峰集团", "****与****"),
        ("云台Ａ组", "云台a组，雲臺Ａ組", "****，****"),
        ("《砚溪规划》", "印发〈砚溪规划〉和“砚溪规划”", "印发〈****〉和“****”"),
        ("阿依·古丽", "阿依•古丽、阿依・古丽、阿依古丽", "*****、*****、****"),
        ("KX-7", "kx7、KX—7、ＫＸ－７", "***、****、****"),
        ("café", "CAFE\u0301 和 Cafe", "***** 和 ****"),
        ("阿依·古丽", "阿依．古丽、阿依.古丽", "*****、*****"),
        ("长峰", "\u2ed3峰、\u2fa7峰、长\U000e0100峰、长\u20dd峰", "**、**、***、***"),
        ("岳鸣", "岳、鸣；鸣岳", "岳、鸣；鸣岳"),
        ("12号院", "2012号院，12号院", "2012号院，****"),
        ("砚溪", "砚溪县砚溪", "**县**"),
    ],
)
def test_a_word_is_found_however_it_is_written(secret, text, shown):
    assert words(secret).masked(text) == shown


def test_overlapping_words_are_all_masked():
    assert words("砚溪县", "溪县人民", "人民医院").masked("砚溪县人民医院。") == "*******。"
    assert words("砚溪", "砚溪县").masked("砚溪县和砚溪市") == "***和**市"


@pytest.mark.parametrize(
    ("value", "unit", "text", "shown"),
    [
        ("731", "次", "731次、731 次、７３１次、7 31次、7\u200b31次", "***次、*** 次、***次、* **次、****次"),
        ("731", "次", "七百三十一次、七三一次、柒佰叁拾壹次", "*****次、***次、*****次"),
        ("731", "次", "0.0731万次，近731次，731余次", "******万次，近***次，***余次"),
        ("731", "次", "731个，编号731", "***个，编号***"),
        ("731", "次", "1731次，7310次，731.5次，A731", "1731次，7310次，731.5次，A731"),
        ("1234.5", "亿元", "1,234.5亿元，12345000万元，１２３４．５億元", "*******亿元，********万元，******億元"),
        ("23000", "人", "2.3万人、2万3千人、两万三千人、贰万叁仟人", "***万人、****人、****人、****人"),
        ("1234.5", "亿元", "1234亿5000万元、1.2345千亿元", "**********元、******千亿元"),
        ("1234.5", "亿元", "1234亿5千万元，2亿3百万元", "********元，2亿3百万元"),
        ("12", "个", "12个、十二个", "**个、**个"),
        ("12", "个", "12次、12月、2012年", "12次、12月、2012年"),
        (
            "7.3",
            "%",
            "7.3%、７．３％、百分之七点三、7.3个百分点",
            "***%、***％、百分之***、7.3个百分点",
        ),
        ("3", "次", "召开3次会议，第3次会议，三次全会", "召开*次会议，第3次会议，三次全会"),
        ("100", "次", "100次，100个", "***次，100个"),
        ("-5", "%", "下降5%", "下降*%"),
        ("3", "第", "位居第3位、第三位、第3名，3位同志", "位居第*位、第*位、第*名，3位同志"),
    ],
)
def test_a_figure_is_found_by_what_it_is_worth(value, unit, text, shown):
    assert figure(value, unit).masked(text) == shown


def test_the_same_short_number_without_a_unit_is_not_masked_but_met():
    (met,) = figure("12", "个").found("共计12。")
    assert not met.sure
    assert figure("12", "个").masked("共计12。") == "共计12。"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2031年9月5日、2031-09-05、2031.9.5、2031/9/5", "*********、**********、********、********"),
        ("9月5日，９月５日，九月五日，二〇三一年九月五日，20310905", "****，****，****，*********，********"),
        ("2030年9月5日，9月15日，19月5日，2031年9月", "2030年9月5日，9月15日，19月5日，2031年9月"),
    ],
)
def test_a_day_is_found_in_any_form(text, shown):
    assert Search((Secret("", HERE, day=date(2031, 9, 5)),)).masked(text) == shown


def test_what_is_kept_stands_though_a_word_in_it_is_hidden():
    search = Search((Secret("砚溪", HERE),), kept=("砚溪路",))
    assert search.masked("砚溪县在砚溪路1号") == "**县在砚溪路1号"


def test_no_character_stands_for_two():
    table = variants()
    assert len(table) > 3000
    assert not set(table) & set(table.values())


DRESS = st.sampled_from(["", " ", "\u3000", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "·", "-", "\ufe0f", "\t"])
TRADITIONAL = {}
for variant, plain in variants().items():
    TRADITIONAL.setdefault(plain, []).append(variant)


@st.composite
def dressed(draw, word):
    letters = []
    for letter in word:
        letters.append(draw(st.sampled_from([letter, *TRADITIONAL.get(letter, [])])))
        letters.append(draw(DRESS))
    return "".join(letters[:-1])


NAMES = st.text(st.sampled_from("龙风长云国华岳鸣砚溪县局ABxy"), min_size=2, max_size=6)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data(), NAMES)
def test_no_dress_hides_a_word(data, word):
    text = data.draw(dressed(word))
    masked = words(word).masked(f"经{text}研究")
    assert masked.startswith("经*")
    assert masked.endswith("*研究")
    assert not set(masked[1:-2]) & set(text.replace("-", "").replace("·", "").strip("* ")) - set(" \u3000\t")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.decimals(100, 10**7, places=2).filter(lambda one: len(f"{one.normalize():f}".replace(".", "").strip("0")) > 2)
)
def test_no_form_hides_a_figure(value):
    value = value.normalize()
    search = figure(value, "万元")
    for text in (
        f"{value:f}万元",
        f"{value:,f} 万元",
        f"{value * 10000:f}元",
        f"{value / 10000:f}亿元",
        f"（{value:f}）",
    ):
        assert not any(letter.isdigit() for letter in search.masked(text)), text


def test_thousands_of_secrets_are_sought_in_one_reading():
    many = words(*(f"砚溪县第{number}局办公室" for number in range(5000)))
    text = "砚溪县第4999局办公室与砚溪县第七局。" * 2000
    begun = time.process_time()
    assert many.masked(text).count("*") == 2000 * 12
    assert time.process_time() - begun < 5


def test_a_sought_pattern_is_masked_where_it_fits():
    search = Search((), (Sought(lambda text: [(text.index("甲"), text.index("甲") + 2)], HERE),))
    assert search.masked("见甲乙") == "见**"
