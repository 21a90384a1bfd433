"""Line-start and line-end prohibitions: text in, the unbreakable units it is made of out.

Sources: GB/T 15834 §5.1 (marks), GB/T 15835 §5.1.7.2 (numerals), W3C clreq level GB.
"""

from __future__ import annotations

import re
from itertools import pairwise

OPENING = "“‘（《〈〔【「『〖［｛([{"
CLOSING = "”’）》〉〕】」』〗］｝)]}"
STOPS = "。，、；：．？！‼⁇,.;:!?"
LINKS = "–～·-"  # a link or a middle dot never begins a line
SLASHES = "／/"  # nor does a slash, and it ends none
AFTER_NUMBER = "%‰‱℃℉°％′″¢￠"
BEFORE_NUMBER = "￥$№§＃¥£€©"
NO_START = CLOSING + STOPS + LINKS + SLASHES + AFTER_NUMBER
NO_END = OPENING + BEFORE_NUMBER + SLASHES
MARKS = frozenset(CLOSING + STOPS)
# a lone last character has no more marks about it than make up to so many characters
LONGEST_LONE = 6

# measure words that belong to the numeral before them
UNITS = (
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|微米|公顷|公斤|千克|毫克|微克|毫升|小时|分钟|"
    "[年月日时分秒号元亩吨米克升个家人次项条件位名户栋辆台套座处场期批类种倍成岁级届天周轮章篇份组支对点]"
)
PER = "[%‰‱℃℉°％]"
SIGN = "[-−+±≥≤＞＜≈]"
NUMERAL = rf"(?:{SIGN}?[0-9]+(?:[.,:∶×·][0-9]+)*|\*+)"
MEASURE = rf"(?:[多余]?[万亿]{{1,2}}[多余]?(?:{UNITS}|{PER})?|[多余]?(?:{UNITS}|{PER})|[多余])"
# a numeral that runs on into letters or signs is no quantity but a code: 5G, 1+8, 2023-09-05, 5→6
SIGNS = r"′″\u2150-\u218f\u2190-\u22ff\u2460-\u249b²³¹½¼×÷"  # Ⅲ → ≥ ①
QUANTITY = rf"{NUMERAL}(?:{MEASURE}|(?![A-Za-z0-9+*=^{SIGNS}]|[.,:∶×·-][0-9]))"
NUMBERED = r"〔(?:[0-9]{4}|\*+)〕(?:[0-9]+|\*+)号"
WORD = r"A-Za-z0-9\u00c0-\u024f"
CORE = "|".join((
    NUMBERED,  # 〔2023〕5号
    rf"[近约超逾]?{QUANTITY}(?:[～—–\-]{QUANTITY})?",  # 近70%, 15%～30%, 2021—2025年
    r"[\u2160-\u217f](?:[～—–\-][\u2160-\u217f])+",  # Ⅰ—Ⅲ类
    "百分点",
    r"[A-Z]+/[A-Z] [0-9][0-9.\-]*",  # GB/T 9704-2012
    # words, codes: 5G, 1+8, PM2.5, AT&T, 1,200+N
    rf"[{WORD}+_@&#'*\\=~^|<>`](?:[{WORD}{SIGNS}+\-_.@&#'*\\=~^|<>`]|(?<=[0-9]),(?=[0-9]{{3}}(?![0-9])))*",
    "—{2,}|⸺|…{2,}",
    f"[^{re.escape(SLASHES)}]",
))  # fmt: skip
BLANK = r" \u2000-\u200a\u202f\u205f"
# what hangs on to the character before it, a stray blank between or not: marks that begin no line, a full-width space,
# a single dash, combining marks; a minus does not
TAIL_MARKS = re.escape((CLOSING + STOPS + LINKS + AFTER_NUMBER).replace("-", "") + "\u3000")
TAIL = rf"(?:[{BLANK}]*(?:[{TAIL_MARKS}]|-(?![0-9]))|—(?!—)|[\ufe00-\ufe0f\u200d\u0300-\u036f])*"
HEAD = rf"(?:(?!{NUMBERED})[{re.escape(OPENING + BEFORE_NUMBER)}][{BLANK}]*|[{SIGNS}](?=[{WORD}]))*"
# a slash neither begins a line nor ends one
SLASHED = rf"(?:[{BLANK}]*[{re.escape(SLASHES)}]+[{BLANK}]*{HEAD}(?:{CORE})?{TAIL})*"
# Chinese characters, each a unit but for 百, which may begin 百分点; the last with the marks that hang on to it.
# No other units than those below would make of them, only sooner found: most of a text is this
HAN = r"\u4e00-\u9fff"
PLAIN = rf"(?P<plain>[\u4e00-\u767d\u767f-\u9fff]+)[，。、；：”》）]*(?=[{HAN}])"
UNIT = re.compile(rf"{PLAIN}|{HEAD}(?:{CORE})?{TAIL}{SLASHED}[{BLANK}]*", re.DOTALL)

# what had better not be parted though it may be: at what cost, in 1/1000 em of looseness
COST_STEM, COST_TERM = 1500, 1500
TERM = re.compile(f"{NUMBERED}|“[^“”]{{2,4}}”|《[^《》]{{2,8}}》")  # 〔2023〕5号, “十五五”, 《宪法》


def ends(text: str) -> list[int]:
    """Return the offsets at which a line may end, ascending; the last is the end of `text`.

    By GB/T 15834 §5.1 no mark that closes begins a line and none that opens ends one; —— and …… stay whole;
    by GB/T 15835 §5.1.7.2 so do numerals, and with them their units.
    """
    found: list[int] = []
    for unit in UNIT.finditer(text):
        start, end = unit.span()
        if unit.lastgroup:
            found += range(start + 1, unit.end(1))
        if start < end:
            found.append(end)
    return found


def units(text: str) -> list[str]:
    """Return `text` as its unbreakable units, in order: a line may end after any of them, and nowhere else."""
    return [text[start:end] for start, end in pairwise((0, *ends(text)))]


def reluctant(text: str) -> dict[int, int]:
    """Return the offsets at which a line had better not end, each with its cost in 1/1000 em.

    A term in quotation marks or a short title stays whole where that costs little, and an agency's sign stays
    with its 〔year〕 unless the line would be torn.
    """
    costs: dict[int, int] = {}
    for term in TERM.finditer(text):
        start, end = term.span()
        if text[start] == "〔":
            costs[start] = COST_STEM
        else:
            costs |= dict.fromkeys(range(start + 1, end), COST_TERM)
    return costs


def lone(text: str) -> bool:
    """True if `text` is one character, with marks or without: too little for a last line (孤字不成行)."""
    return len(text) < LONGEST_LONE and sum(character not in MARKS and character != " " for character in text) <= 1
