"""What a cell shows: a number, or a text, and the code of the cell's number format in, what is seen in it out.

What a format makes of a number is what is read, or the number is refused: never something else. A thousands' comma is
left out, and a date is said in our own form, as far as it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, NamedTuple

from reportkit.data import reading
from reportkit.facts import numerals
from reportkit.tables.number_code import GENERAL, MOST_SECTIONS, Section, Token, sections

Seen = Literal["number", "date", "text", "hidden", "time"]
# what may stand between the parts of a date that is only a date
BETWEEN = re.compile(r"[-/.,，年月日号\s]*")
LONG_DATE = "F800"
CHINESE_LOCALES = re.compile(r"804|404|zh", re.IGNORECASE)
CURRENCY = re.compile(r"[$¥￥€£]")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
NONZERO = re.compile("[1-9]")
WEEKDAYS = "一二三四五六日"
# the days that Excel counts from; before 1 March 1900, day 61, it counts a day there was not
EPOCH, EPOCH_1904, RIGHT_FROM, LAST_DAY = date(1899, 12, 30), date(1904, 1, 1), 61, 2_958_465
# digits enough for any number in any format
WIDE = Context(prec=400)


class Shown(NamedTuple):
    """What a cell shows, and what that is; `day` is the date it is, if it is one."""

    text: str
    kind: Seen
    day: date | None = None


def number(value: float, code: str, since_1904: bool = False) -> Shown | None:
    """Return how a cell of number format `code` shows a number, None if that cannot be told."""
    exact = Decimal(value) if isinstance(value, int) else reading.meant(value)
    found = _of_numbers(sections(code) or ())
    section = _chosen(found, exact)
    if section is None:
        return None
    if section.has("date"):
        return _dated(section, exact, since_1904)
    text = _general(section, abs(exact)) if section.has("general") else _digits(section, abs(exact))
    if text is None or section.numerals or CURRENCY.search(text):
        return None
    if exact < 0 and NONZERO.search(text):
        if len(found) == 1:
            text = f"-{text}"
        elif text[0].isdigit():  # that it is below zero is told by colour, if at all
            return None
    return Shown(text, "hidden" if not text else "number" if NUMBER.fullmatch(text) else "text")


def text(value: str, code: str) -> str | None:
    """Return how a cell of number format `code` shows a text, "" if it hides it, None if that cannot be told."""
    if code == "@" or GENERAL.fullmatch(code):
        return value
    found = sections(code)
    if found is None:
        return None if "@" in code or code.count(";") >= MOST_SECTIONS - 1 else value
    last = found[-1]
    if len(found) < MOST_SECTIONS and not last.has("text"):
        return value
    return "".join(value if token.kind == "text" else token.text for token in last.tokens).strip()


def _of_numbers(found: Sequence[Section]) -> Sequence[Section]:
    """Return the sections of a code that show numbers; none if they cannot be told from the one that shows texts."""
    if len(found) == 1 and found[0].has("text"):
        return () if found[0].literal else (Section((Token("general", ""),)),)
    if found and (len(found) == MOST_SECTIONS or found[-1].has("text")):
        found = found[:-1]
    return () if any(section.has("text") for section in found) else found


def _chosen(found: Sequence[Section], value: Decimal) -> Section | None:
    """Return the section that shows a number, None if that cannot be told."""
    if not found:
        return None
    if any(section.condition for section in found):
        return _met(found, value)
    if value == 0 and len(found) > 2:
        return found[2]
    return found[1] if value < 0 and len(found) > 1 else found[0]


def _met(found: Sequence[Section], value: Decimal) -> Section | None:
    """Return the section whose condition a number meets, or the only one that has none; None if that is not sure."""
    if value < 0:  # whether its sign is shown differs between programs
        return None
    for section in found:
        if section.meets(value):
            return section
    rest = [section for section in found if section.condition is None]
    return rest[0] if len(rest) == 1 and rest[0] is found[-1] else None


def _general(section: Section, value: Decimal) -> str | None:
    """Return a number as a code with General in it shows it."""
    if section.has("digit", "point", "comma", "percent"):
        return None
    return "".join(f"{value:f}" if token.kind == "general" else token.text for token in section.tokens).strip()


def _digits(section: Section, value: Decimal) -> str | None:
    """Return a number as a section with places for its digits shows it; "" if nothing is seen."""
    places, points, tokens = section.at("digit"), section.at("point"), section.tokens
    if not places:
        return None if section.has("point", "comma", "percent") else section.literal.strip()
    point = points[0] if points else len(tokens)
    whole, parts = [at for at in places if at < point], [at for at in places if at > point]
    if len(points) > 1 or any(at < places[0] for at in section.at("comma")):
        return None
    # a comma behind the last place of the whole or of all takes a thousandth, one between places parts thousands
    thousandths = sum(at > places[-1] or (bool(whole) and whole[-1] < at < point) for at in section.at("comma"))
    hundredfold = len(section.at("percent"))
    last = Decimal(1).scaleb(-len(parts))
    scaled = value.scaleb(2 * hundredfold - 3 * thousandths, WIDE).quantize(last, ROUND_HALF_UP, WIDE)
    before, _, after = f"{scaled:f}".partition(".")
    said = {**dict(_whole(before.lstrip("0"), whole, tokens)), **dict(_parts(after, parts, tokens))}
    if points:
        said[point] = ("" if any(said[at] for at in whole) else "0") + ("." if any(said[at] for at in parts) else "")
    shown = (said.get(at, token.text) for at, token in enumerate(tokens) if token.kind != "comma")
    return "".join(shown).strip()


def _whole(digits: str, places: Sequence[int], tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield what each place before the point shows, from the right: a digit, 0 or nothing; the first shows the rest."""
    for at in reversed(places):
        shown = digits if at == places[0] else digits[-1:]
        digits = digits[:-1]
        yield at, shown or ("0" if tokens[at].text == "0" else "")


def _parts(digits: str, places: Sequence[int], tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield what each place after the point shows, from the right: a 0 at the end only where the code has one."""
    seen = False
    for at, digit in reversed(list(zip(places, digits, strict=True))):
        seen = seen or digit != "0" or tokens[at].text == "0"
        yield at, digit if seen else ""


def _dated(section: Section, value: Decimal, since_1904: bool) -> Shown | None:
    """Return a date as a section shows it: 2023年9月5日, 2023年9月, 星期二; of a time of day only that it is one."""
    if section.has("digit", "percent", "text", "general"):
        return None
    signs = [token.text.lower() for token in section.tokens if token.kind == "date"]
    if any(sign[0] in "hs上" or sign in ("am/pm", "a/p") for sign in signs):
        return Shown("", "time")
    days = int(value)
    if not (0 if since_1904 else RIGHT_FROM) <= days <= LAST_DAY:
        return None
    day = (EPOCH_1904 if since_1904 else EPOCH) + timedelta(days=days)
    pieces = (("y", f"{day.year}年"), ("m", f"{day.month}月"), ("d", f"{day.day}日"))
    told = {"y" if sign[0] == "e" else sign[0] for sign in signs}
    if section.locale.upper() == LONG_DATE or _is_plain(section, signs, told):
        told = told if section.locale.upper() != LONG_DATE else set("ymd")
        return Shown("".join(said for sign, said in pieces if sign in told), "date", day)
    said = [_part(token.text.lower(), day, section) if token.kind == "date" else token.text for token in section.tokens]
    return None if None in said else Shown("".join(map(str, said)).strip(), "text", day)


def _is_plain(section: Section, signs: Sequence[str], told: set[str]) -> bool:
    """Return whether a section shows a date and nothing else: a month, with its day or its year or both, each once."""
    if section.numerals or not told <= set("ymd") or "m" not in told or len(told) != len(signs) or len(told) < 2:
        return False
    between = "".join(token.text for token in section.tokens if token.kind != "date")
    return BETWEEN.fullmatch(between) is not None and not any(sign in ("ddd", "dddd") for sign in signs)


def _part(sign: str, day: date, section: Section) -> str | None:
    """Return one part of a date, None where it is a name that another machine says in another language."""
    weekday = WEEKDAYS[day.weekday()]
    if sign in ("aaa", "aaaa"):
        return weekday if sign == "aaa" else f"星期{weekday}"
    if sign == "dddd" and CHINESE_LOCALES.match(section.locale):
        return f"星期{weekday}"
    if sign in ("e", "yyy", "yyyy"):
        return _numbered(day.year, section, 0)
    if sign in ("m", "mm", "d", "dd"):
        return _numbered(day.month if sign[0] == "m" else day.day, section, len(sign))
    return None


def _numbered(value: int, section: Section, width: int) -> str | None:
    """Return a number of a date in the numerals of its section, None if those are not ours."""
    if not section.numerals:
        return f"{value:0{width}d}"
    if section.numerals != "dbnum1":
        return None
    return numerals.counted(value) if width else numerals.spelt(str(value))
