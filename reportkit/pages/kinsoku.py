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
NO_END = OPENING + SLASHES + BEFORE_NUMBER
MARKS = frozenset(CLOSING + STOPS)

# measure words that belong to the numeral before them
UNITS = (
    "个百分点|平方公里|平方千米|平方米|立方米|公里|千米|公顷|公斤|千克|小时|分钟|年|月|日|时|分|秒|号|"
    "[元亩吨米克个家人次项条件位名户栋辆台套座处场期批类种倍成岁级届天周轮章篇份组支对点万亿]"
)
NUMERAL = r"(?:[0-9]+(?:[.,:][0-9]+)*|\*+)"
QUANTITY = rf"{NUMERAL}(?:[多余]?[万亿]{{0,2}}[多余]?(?:{UNITS}|[%‰℃°％])?)"
CORE = "|".join((
    r"[\u4e00-\u9fff]?〔(?:[0-9]{4}|\*+)〕(?:[0-9]+|\*+)号",  # 国办发〔2023〕5号
    rf"[近约超逾]?{QUANTITY}(?:[～—–\-]{QUANTITY})?(?![A-Za-z0-9])",  # 近70%, 15%～30%, 2021—2025年
    r"[A-Z]+/[A-Z] [0-9][0-9.\-]*",  # GB/T 9704-2012
    r"[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f+\-_.@&#'*/\\=~^|<>]*",  # words and codes: 5G, PM2.5, AT&T
    "—{2,}|⸺|…{2,}",
    ".",
))  # fmt: skip
UNIT = re.compile(
    rf"[{re.escape(NO_END)}]*(?:{CORE})?(?:[{re.escape(NO_START)}]|—(?!—)|[\ufe00-\ufe0f\u200d\u0300-\u036f])*"
    r"[ ]*",
    re.DOTALL,
)


def units(text: str) -> list[str]:
    """Return `text` as its unbreakable units, in order: a line may end after any of them, and nowhere else."""
    return [unit for unit in UNIT.findall(text) if unit]
