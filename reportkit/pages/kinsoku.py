"""Line-start and line-end prohibitions: text in, the unbreakable units it is made of out.

Sources: GB/T 15834 §5.1 (marks), GB/T 15835 §5.1.7.2 (numerals), W3C clreq level GB.
"""

from __future__ import annotations

import re

OPENING = "“‘（《〈〔【「『〖［｛([{"
CLOSING = "”’）》〉〕】」』〗］｝)]}"
STOPS = "。，、；：．？！‼⁇,.;:!?"
LINKS = "–～·-"  # a link or a middle dot never begins a line
SLASHES = "／/"  # nor does a slash, and it ends none
AFTER_NUMBER = "%‰℃°％"
BEFORE_NUMBER = "￥$№§＃¥£€"
NO_START = CLOSING + STOPS + LINKS + SLASHES + AFTER_NUMBER
NO_END = OPENING + BEFORE_NUMBER + SLASHES
MARKS = frozenset(CLOSING + STOPS)

# measure words that belong to the numeral before them
UNITS = (
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|微米|公顷|公斤|千克|毫克|微克|毫升|小时|分钟|"
    "[年月日时分秒号元亩吨米克升个家人次项条件位名户栋辆台套座处场期批类种倍成岁级届天周轮章篇份组支对点]"
)
PER = "[%‰℃°％]"
SIGN = "[-−+±≥≤＞＜≈]"
NUMERAL = rf"(?:{SIGN}?[0-9]+(?:[.,:∶×][0-9]+)*|\*+)"
MEASURE = rf"(?:[多余]?[万亿]{{1,2}}[多余]?(?:{UNITS}|{PER})?|[多余]?(?:{UNITS}|{PER})|[多余])"
# a numeral that runs on into letters or signs is no quantity but a code: 5G, 1+8, 2023-09-05
QUANTITY = rf"{NUMERAL}(?:{MEASURE}|(?![A-Za-z0-9+*=^]|[.,:∶×-][0-9]))"
NUMBERED = r"〔(?:[0-9]{4}|\*+)〕(?:[0-9]+|\*+)号"
WORD = r"A-Za-z0-9\u00c0-\u024f"
CORE = "|".join((
    rf"[\u4e00-\u9fff]?{NUMBERED}",  # 国办发〔2023〕5号
    rf"[近约超逾]?{QUANTITY}(?:[～—–\-]{QUANTITY})?",  # 近70%, 15%～30%, 2021—2025年
    "百分点",
    r"[A-Z]+/[A-Z] [0-9][0-9.\-]*",  # GB/T 9704-2012
    # words, codes: 5G, 1+8, PM2.5, AT&T, 1,200+N
    rf"[{WORD}](?:[{WORD}+\-_.@&#'*\\=~^|<>]|(?<=[0-9]),(?=[0-9]{{3}}(?![0-9])))*",
    "—{2,}|⸺|…{2,}",
    f"[^{re.escape(SLASHES)}]",
))  # fmt: skip
# what hangs on to the character before it: marks that begin no line, a single dash, combining marks; a minus does not
TAIL_MARKS = re.escape((CLOSING + STOPS + LINKS + AFTER_NUMBER).replace("-", ""))
TAIL = rf"(?:[{TAIL_MARKS}]|-(?![0-9])|—(?!—)|[\ufe00-\ufe0f\u200d\u0300-\u036f])*"
HEAD = rf"(?:(?!{NUMBERED})[{re.escape(OPENING + BEFORE_NUMBER)}])*"
SLASHED = rf"(?:[{re.escape(SLASHES)}]+{HEAD}(?:{CORE})?{TAIL})*"  # a slash neither begins a line nor ends one
UNIT = re.compile(rf"{HEAD}(?:{CORE})?{TAIL}{SLASHED}[ ]*", re.DOTALL)


def units(text: str) -> list[str]:
    """Return `text` as its unbreakable units, in order: a line may end after any of them, and nowhere else."""
    return [unit for unit in UNIT.findall(text) if unit]
