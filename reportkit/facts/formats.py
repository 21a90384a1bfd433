"""Official-prose forms of Facts and of lists of them: what templates use as filters.

Every function takes Facts, or text a macro made of Facts, and returns text in which they stay sealed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from reportkit.facts import seal
from reportkit.facts.fact import Fact

INNER_TITLES, INNER_QUOTES = str.maketrans("《》", "〈〉"), str.maketrans("“”", "‘’")
# a sealed value, kept; or the white space a template's own layout leaves
LAYOUT = re.compile(f"({seal.OPEN}[^{seal.CLOSE}]*{seal.CLOSE})|[ \t]*\n\\s*|[ \t]{{2,}}")


def listed(items: Iterable[object]) -> str:
    """Return A、B、C. Wrong: A、B、和C (GB/T 15834 §4.5)."""
    return "、".join(map(str, items))


def paused(items: Iterable[object]) -> str:
    """Return A，B，C: clauses, or the layers of a salutation."""
    return "，".join(map(str, items))


def joined(items: Iterable[object]) -> str:
    """Return A、B和C, A和B, or A. Wrong: A、B、和C."""
    texts = [str(item) for item in items]
    return "和".join(part for part in ("、".join(texts[:-1]), texts[-1] if texts else "") if part)


def sampled(items: Iterable[object]) -> str:
    """Return A、B、C等; a list of one is itself, with no 等. Wrong: A、B、等; A等."""
    texts = [str(item) for item in items]
    return "、".join(texts) + ("等" if len(texts) > 1 else "")


def quoted(items: Iterable[object]) -> str:
    """Return “A”“B”, with no 、 between; “” inside becomes ‘’ (GB/T 15834 §4.5.3.5, §4.8.3.3)."""
    return "".join(f"“{_inner(item, INNER_QUOTES)}”" for item in _several(items))


def titled(items: Iterable[object]) -> str:
    """Return 《A》《B》, with no 、 between; 《》 inside a title becomes 〈〉 (GB/T 15834 §4.5.3.5, §4.15.3.5)."""
    return "".join(f"《{_inner(item, INNER_TITLES)}》" for item in _several(items))


def dated(fact: Fact) -> str:
    """Return 2023年9月5日: full year, no leading zero (GB/T 9704 §7.3.5.4)."""
    from babel.dates import format_date

    if not isinstance(fact.value, date):
        return str(fact)
    return fact.sealed(format_date(fact.value, "y年M月d日", locale="zh_CN"))


def lead(text: object) -> str:
    """Return `text` as a lead phrase, set apart from the passage it opens."""
    return seal.lead(str(text))


def paragraph(text: str) -> str:
    """Return lines of a template as one line: line ends, indents and runs of spaces dropped, values kept."""
    return LAYOUT.sub(lambda found: found[1] or "", text.strip())


def stacked(items: Iterable[object]) -> str:
    r"""Return the lines of a title, each cut as given: A\\B."""
    return r"\\".join(map(str, _several(items)))


def _several(items: Iterable[object]) -> Iterable[object]:
    """Return what to take one by one: a text, a Fact, or what stands for a missing one, is one thing."""
    return (items,) if isinstance(items, str) or hasattr(items, "__html__") else items


def _inner(item: object, marks: dict[int, int]) -> str:
    if isinstance(item, Fact):
        return item.sealed(item.shown.translate(marks))
    return str(item).translate(marks)


FILTERS: dict[str, Callable[..., str]] = {
    "顿": listed,
    "逗": paused,
    "和": joined,
    "等": sampled,
    "引号": quoted,
    "书名号": titled,
    "年月日": dated,
    "导语": lead,
    "lead": lead,
    "成段": paragraph,
    "分行": stacked,
}
