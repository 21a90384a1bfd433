"""Lists of Facts, and texts, as official prose has them: 、 和 等, quotation marks, titles in 《》.

Every function takes Facts, or text a macro made of Facts, and returns text in which they stay sealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reportkit.errors import N_, Fault, InputError
from reportkit.facts import arithmetic, numerals, seal
from reportkit.facts.fact import Fact, Record, holds_withheld

INNER_TITLES, INNER_QUOTES = str.maketrans("《》", "〈〉"), str.maketrans("“”", "‘’")
# a sealed value, kept; and the white space a template's own layout leaves
KEPT = re.compile(f"({seal.OPEN}[^{seal.OPEN}{seal.CLOSE}]*+{seal.CLOSE})")
LAYOUT = re.compile(r"[ \t]*\n\s*|[ \t]{2,}")


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


def sampled(items: Iterable[object], 数: int | None = None, 量: str = "项") -> str:
    """Return A、B、C等; a list of one is itself. With 数=2, cut and counted: A、B等3项. Wrong: A、B、等; A等."""
    texts = [str(item) for item in items]
    if 数 is not None and len(texts) > 数:
        return f"{'、'.join(texts[:数])}等{len(texts)}{量}"
    return "、".join(texts) + ("等" if len(texts) > 1 and 数 is None else "")


def quoted(items: Iterable[object]) -> str:
    """Return “A”“B”, with no 、 between; “” inside becomes ‘’ (GB/T 15834 §4.5.3.5, §4.8.3.3)."""
    return "".join(f"“{_inner(item, INNER_QUOTES)}”" for item in _several(items))


def titled(items: Iterable[object]) -> str:
    """Return 《A》《B》, with no 、 between; 《》 inside a title becomes 〈〉 (GB/T 15834 §4.5.3.5, §4.15.3.5)."""
    return "".join(f"《{_inner(item, INNER_TITLES)}》" for item in _several(items))


def how_many(items: Sequence[object]) -> str:
    """Return how many there are, before a measure word: 两 for a list of two, 十二 for twelve. Wrong: 二点意见."""
    return numerals.measured(len(items))


def place_in_order(number: int) -> str:
    """Return 一, 二, 十二: the place of a point among its like, as in 一是、二要. Wrong: 两是."""
    return numerals.counted(number)


def in_columns(figures: Sequence[Fact], heads: Sequence[object], first: Sequence[Fact]) -> Sequence[Fact]:
    """Return a row's figures if they are as many as `heads` and each in the unit of `first`, the row at the top.

    Raises InputError otherwise: a column says its unit once, in its head. What stands for a missing list goes on.
    """
    if any(hasattr(given, "__html__") for given in (figures, heads)):
        return figures
    if len(figures) != len(heads):
        message = N_("这一行有 {found} 个数，表有 {asked} 列")
        hint = N_("一列一个数，次序与列名一样")
        fields = {"found": len(figures), "asked": len(heads)}
        for given in (*figures, *heads):
            if isinstance(given, Fact):
                raise arithmetic.refused(given, message, hint, **fields)
        raise InputError(Fault(message, fields, hint))
    for figure, top in zip(figures, first, strict=False):
        if isinstance(top, Fact) and isinstance(figure, Fact) and figure.unit != top.unit:
            message = N_("{now} 与同一列的 {then} 单位不同")
            raise arithmetic.refused(figure, message, N_("一列用一个单位"), now=figure, then=top)
    return figures


def in_text_order(entries: Iterable[object], 文: str, 名: str) -> list[object]:
    """Return groups of the data as the terms their field 名 names come up in a text, those it lacks last.

    名词解释|先后(文, "名词"): explanations in the order in which a reader meets what they explain. Where a term is
    withheld all stay as the data has them.
    """
    entries = list(entries)
    terms = [entry.fields.get(名) for entry in entries if isinstance(entry, Record)]
    if any(isinstance(term, Fact) and term.concealed for term in terms):
        return entries
    text = seal.opened(文)

    def place(entry: object) -> int:
        term = entry.fields.get(名) if isinstance(entry, Record) else None
        at = text.find(term.shown) if isinstance(term, Fact) else -1
        return at if at >= 0 else len(text)

    return sorted(entries, key=place)


def found_in(fact: object, 文: str) -> str:
    """Return a term that stands in a text; if it does not, 【待补：正文里的“数字孪生”】, which no final may hold."""
    # where values are withheld the term may stand in one of them
    if not isinstance(fact, Fact) or fact.concealed or fact.shown in seal.opened(文) or holds_withheld(文):
        return str(fact)
    return seal.gap(f"正文里的“{fact.shown}”")


def lead(text: object) -> str:
    """Return `text` as a lead phrase, set apart from the passage it opens."""
    return seal.lead(str(text))


def paragraph(text: str) -> str:
    """Return lines of a template as one line: line ends, indents and runs of spaces dropped, values kept."""
    parts = KEPT.split(text.strip())
    return "".join(part if at % 2 else LAYOUT.sub("", part) for at, part in enumerate(parts))


def stacked(items: Iterable[object]) -> str:
    r"""Return the lines of a title, each cut as given: A\\B."""
    return r"\\".join(map(str, _several(items)))


def _several(items: Iterable[object]) -> Iterable[object]:
    """Return what to take one by one: a text, a Fact, or what stands for a missing one, is one thing."""
    return (items,) if isinstance(items, str) or hasattr(items, "__html__") else items


def _inner(item: object, marks: dict[int, int]) -> str:
    if isinstance(item, Fact):
        return item.sealed(item.shown.translate(marks))
    return seal.translated(str(item), marks)
