"""The one reading rule of every door: which text is blank, a date or no value, and what a binary number meant."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

# the significant digits that a binary fraction, and Excel, keep: what is beyond them is noise
PRECISION = 15
# the places after the point of the longest number that a program gives and a document prints
MOST_PLACES = 9
# the digits of the longest figure: ten times a hundred billion billions, with its places
MOST_DIGITS = 30
# what YAML, JSON, Python and tables write for a number that is none
NO_NUMBER = re.compile(r"[-+]?\.?(?:nan|inf|infinity)|nat|<na>", re.IGNORECASE)
# 1e5: no document writes a number so, and 1e999999999 cannot be reckoned with
POWER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)[eE][-+]?\d+")
# a number whose point stands alone, .5 or 5.
HALF_POINT = re.compile(r"[-+]?(?:\d+\.|\.\d+)")
# what prints nothing: spaces of every width, and marks without width
BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff]*")
DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
# full width in half: the digits, letters and signs of a number and its unit
NARROW = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def is_blank(text: str) -> bool:
    """Return whether a text would print nothing: then it is as good as none."""
    return BLANK.fullmatch(text) is not None


def narrow(text: str) -> str:
    """Return what stands in a number or a unit in half width: １２．５％ → 12.5%."""
    return text if text.isascii() else text.translate(NARROW)


def day(text: str) -> date | None:
    """Return the date that a text is, 2023-09-05 or 2023年9月5日, None if it is none."""
    found = DAY.fullmatch(narrow(text.strip()))
    try:
        return date(*(int(part) for part in found.groups() if part is not None)) if found else None
    except ValueError:
        return None


def meant(value: float) -> Decimal:
    """Return a binary number as the decimal it was meant for: 0.30000000000000004 → 0.3, 3.0 → 3."""
    return Decimal(f"{value + 0.0:.{PRECISION}g}")  # no -0


def number(text: str) -> Decimal:
    """Return the number that was typed, 1e5 too; Infinity where its power of ten is more than Decimal reckons with."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def is_long(number: str) -> bool:
    """Return whether a number has more digits than a figure may."""
    return sum(map(str.isdigit, number)) > MOST_DIGITS


def is_noise(number: str) -> bool:
    """Return whether the digits of a number are more than anybody measures: a fraction beyond fifteen of them."""
    whole, point, places = number.lstrip("-−+").partition(".")
    return bool(point) and len((whole + places).lstrip("0")) > PRECISION and len(places.rstrip("0")) > 0
