"""Numbers in Chinese numerals: counted (三千零五十二), spelt out by digits (二〇二三), as on a cheque (叁仟元整)."""

from __future__ import annotations

from decimal import Decimal

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿", "万亿")
LARGEST = 10**16
CAPITAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
COINS = ("角", "分")


def counted(number: int) -> str:
    """Return 0 to 10¹⁶ − 1 as a quantity: 十二, 一百零五, 二十万零三百 (零, not 〇: GB/T 15835 §5.2.5)."""
    if number >= 10:
        said = _counted(number)
        return said[1:] if said.startswith("一十") else said
    return DIGITS[number]


def measured(number: int) -> str:
    """Return a number as it stands before a measure word: 两 for 2, else as counted."""
    return "两" if number == 2 else counted(number)


def spelt(number: str) -> str:
    """Return digits read out one by one: 2023 → 二〇二三 (〇, not 零: GB/T 15835 §5.2.5). Other characters stay."""
    return "".join("〇" if digit == "0" else DIGITS[int(digit)] if digit in "123456789" else digit for digit in number)


def money(yuan: Decimal) -> str:
    """Return a sum in yuan as on a cheque: 39000 → 叁万玖仟元整, 0.5 → 伍角, 1005.06 → 壹仟零伍元零陆分.

    Not below zero, not finer than a 分.
    """
    whole, cents = divmod(int(yuan * 100), 100)
    coins = [(DIGITS[digit] + name) if digit else "" for digit, name in zip(divmod(cents, 10), COINS, strict=True)]
    said = _counted(whole) + "元" if whole or not cents else ""
    if not cents:
        return (said if whole else "零元").translate(CAPITAL) + "整"
    gap = "零" if whole and not coins[0] else ""
    return (said + gap + "".join(coins)).translate(CAPITAL) + ("" if coins[1] else "整")


def _counted(number: int) -> str:
    """Return a number above zero with every 一 said: 一十二; 零 once for each run of empty places inside it."""
    said, gap = "", False
    for at in range(3, -1, -1):
        group = number // 10000**at % 10000
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += "零"
        said += _four(group) + GROUPS[at].removesuffix("亿" if at == 3 and number // 10**8 % 10000 else "")
        gap = False
    return said


def _four(number: int) -> str:
    """Return 1 to 9999: 五, 五十, 五百零五."""
    said, gap = "", False
    for at in range(3, -1, -1):
        digit = number // 10**at % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[at]
        gap = not digit
    return said
