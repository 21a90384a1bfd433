"""The patterns of a policy: what they fit, what is refused, and that none takes long."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.editions import pattern


def fits(text, within):
    return [within[start:end] for start, end in pattern.read(text).found(within)]


@pytest.mark.parametrize(
    ("text", "within", "found"),
    [
        (r"KX-\d{4}", "见KX-1234、KX-12", ["KX-1234"]),
        ("第[一二三]{1,2}号|[A-F]+", "第一二号与ABCG", ["第一二号", "ABC"]),
        (r"(甲|乙)+丙?", "甲乙丙甲", ["甲乙丙", "甲"]),
        (r"[^，。]{2,}县", "在砚溪县，云县", ["在砚溪县"]),
        (r"\[\d+\]", "见[12]", ["[12]"]),
        (r"(?:ab){2}", "ababab", ["abab"]),
        (r"\w+@\w+", "a_b@c，", ["a_b@c"]),
    ],
)
def test_a_pattern_fits_what_it_says(text, within, found):
    assert fits(text, within) == found


@pytest.mark.parametrize(
    "text", ["(", ")", "[", "[]", "a**", "*a", "a{}", "a{3,1}", "a{1,999}", "^a", "(?=a)", r"\1", "\\", "a*", "[甲-乙]",
             "(a{200}){200}", "(" * 300 + "a" + ")" * 300, "a?", "|"],
)  # fmt: skip
def test_what_is_no_pattern_is_refused_with_its_place(text):
    with pytest.raises(pattern.PatternError) as caught:
        pattern.read(text)
    why, column = caught.value.args
    assert why
    assert column >= 1


@pytest.mark.parametrize("text", ["(a*)*b", "(a|aa)+b", "(a|b)*a(a|b){12}c", ".*.*.*x", "(.+)+(.+)+y"])
def test_no_pattern_takes_long(text):
    begun = time.process_time()
    list(pattern.read(text).found("ab" * 50_000))
    assert time.process_time() - begun < 5


LETTERS = st.sampled_from("ab")
TREES = st.recursive(
    LETTERS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from("?*+")).map(lambda two: f"({two[0]}){two[1]}"),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TREES, st.text(LETTERS, max_size=8))
def test_a_pattern_begins_where_the_standard_library_says_and_is_the_longest(text, within):
    try:
        read = pattern.read(text)
    except pattern.PatternError:
        assert re.fullmatch(text, "")
        return
    at = 0
    expected = []
    while at < len(within):
        ends = [end for end in range(at + 1, len(within) + 1) if re.fullmatch(text, within[at:end])]
        expected += [(at, max(ends))] if ends else []
        at = max(ends, default=at + 1)
    assert list(read.found(within)) == expected
