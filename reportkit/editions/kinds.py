"""Kinds of things a policy can ask for by name: a level text in, the stretches that are such things out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.editions.figures import CHINESE_DAY, NUMERALS

APART = "[ -]?"
AMOUNT = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{NUMERALS}点角分]{{1,40}})"
TIMES = "(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
SEVERAL = "[余多几来]"
YEAR = r"(?:\d{4}|[零〇○一二三四五六七八九]{4})"
PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
CURRENCY = "(?:美元|欧元|港元|日元|英镑|元|块钱)"
RATE = rf"(?:\d+(?:\.\d+)?|[{NUMERALS}]{{1,20}}(?:点[{NUMERALS}]{{1,20}})?)"
SMALL = rf"(?:\d{{1,2}}|{CHINESE_DAY})"

# each in the plain form that disguise.level gives; none of them can be read in two ways, so none takes long
KINDS: dict[str, re.Pattern[str]] = {
    "手机号": re.compile(rf"(?<![\dA-Za-z])(?:\+?86[ -]?)?1[3-9]\d{APART}\d{{4}}{APART}\d{{4}}(?!\d)"),
    "电话": re.compile(r"(?<![\dA-Za-z])(?:\(0\d{2,3}\) ?|0\d{2,3}[ -])\d{7,8}(?!\d)|(?<![\d.,])\d{3,4}-\d{7,8}(?!\d)"),
    "身份证号": re.compile(rf"(?<![\dA-Za-z])\d{{6}}{APART}\d{{8}}{APART}\d{{3}}[\dXx](?![\dA-Za-z])"),
    "银行卡号": re.compile(rf"(?<![\dA-Za-z])\d{{4}}(?:{APART}\d{{4}}){{2,3}}(?:{APART}\d{{1,4}})?(?![\dA-Za-z])"),
    "信用代码": re.compile(r"(?<![\dA-Za-z])[159Y][1-9]\d{6}[0-9A-HJ-NP-RTUW-Y]{10}(?![\dA-Za-z])"),
    "车牌号": re.compile(rf"[{PLATES}][A-Z][ ·•]?[A-Z0-9]{{5,6}}(?![A-Za-z0-9])"),
    "邮箱": re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"),
    "金额": re.compile(
        rf"(?:[¥￥$€] ?)?(?<![\dA-Za-z.]){AMOUNT} ?{SEVERAL}?{TIMES}?{SEVERAL}? ?{CURRENCY}整?"
        rf"|[¥￥$€] ?\d+(?:,\d{{3}})*(?:\.\d+)? ?{TIMES}?"
    ),
    "百分数": re.compile(rf"(?<![\d.])-?\d+(?:\.\d+)? ?(?:[%‰]|个百分点)|[百千]分之{RATE}"),
    "日期": re.compile(
        rf"(?<!\d){YEAR} ?[年./-] ?{SMALL} ?[月./-] ?{SMALL}(?!\d) ?[日号]?|(?<!\d){YEAR} ?年 ?{SMALL} ?月(?!\d)"
        rf"|(?<!\d){SMALL} ?月 ?{SMALL} ?[日号]|(?<!\d){SMALL} ?月份?(?=[上中下]旬)"
    ),
}  # fmt: skip
ENGLISH = {
    "mobile": "手机号", "phone": "电话", "id-card": "身份证号", "bank-card": "银行卡号", "credit-code": "信用代码",
    "plate": "车牌号", "email": "邮箱", "money": "金额", "percent": "百分数", "date": "日期",
}  # fmt: skip


def found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield each stretch of a level text that `pattern` fits."""
    for one in pattern.finditer(text):
        yield one.start(), one.end()
