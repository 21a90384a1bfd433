"""Figures printed without a unit where something is counted: Document in, a Fault for each out.

What is printed beside a figure says whether it lacks one: words of the template behind it (前{{ 数 }}位) are its unit;
a mark, the next value or the end of the line is none. An index, a score, a place or a number of something has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reportkit.document.nodes import Block, Document, Span, Table
from reportkit.errors import N_, Fault
from reportkit.facts import quantity
from reportkit.facts.check import NO_UNIT

# what has a number and no unit, where it is named before the number
NAMED = re.compile(
    r"指数|系数|得分|评分|总分|分值|分数|位次|名次|排名|排位|序号|编号|代码|代号|号码|电话|邮编|年份|比值|比例|比$|PMI|pH"
    r"|汇率|容积率|生育率|净值|景气|№|No\.?$|第$|[〔（(\[]$"
)
CLAUSE = re.compile(r"[，。；：！？,;:!?\s]")
# 3—5次: the unit stands behind the second of the two
RANGE = re.compile(r"[—–～~/:∶-]|至|到")
# a unit that is a value of its own: 个, 万元
OWN_UNIT = re.compile(r"(?:万亿|[万亿])?[^\W\d]{1,2}|[%‰℃°]")
SIGNS = "%‰℃°"
ENDS, BEGINS = re.compile(r"[0-9０-９]$"), re.compile(r"[0-9０-９]")
AROUND = 8


def unitless(document: Document) -> Iterator[Fault]:
    """Yield a Fault for each figure that is printed without a unit, once for each value of the data."""
    told: set[object] = set()
    for block in document.blocks:
        if isinstance(block, Table):  # its heads say what its columns count
            continue
        for at, span in enumerate(block.spans):
            if span.fact is not None and span.fact.origin not in told and _lacks_unit(block, at, span):
                told.add(span.fact.origin)
                hint = N_("补上单位，如 12个；本来没有单位的，另写“单位: 无”")
                yield _told(block, at, span, N_("“{around}”里的 {shown} 没有单位"), hint)


def run_together(document: Document) -> Iterator[Fault]:
    """Yield a Fault for each figure that with the value printed next to it reads as another number: 12.86, 60岁以上."""
    for block in document.passages():
        for at, (one, other) in enumerate(pairwise(block.spans)):
            if one.fact is None or other.fact is None or not (one.fact.is_figure or other.fact.is_figure):
                continue
            if ENDS.search(one.text) and BEGINS.match(other.text):
                hint = N_("补上单位，或在两个值之间加上字")
                yield _told(block, at, one, N_("“{around}”里的 {shown} 和后面的数连成了一个"), hint)


def _lacks_unit(block: Block, at: int, span: Span) -> bool:
    fact = span.fact
    if fact is None or fact.unit or not fact.is_figure or ("单位", NO_UNIT) in fact.note:
        return False
    found = quantity.parse(span.text)
    if found is None or found.unit:
        return False
    before = "".join(one.text for one in block.spans[:at])
    if not before or NAMED.search(CLAUSE.split(before)[-1]):
        return False
    if at + 1 == len(block.spans):
        return True
    behind = block.spans[at + 1]
    if behind.fact is not None:
        return behind.fact.is_figure or not OWN_UNIT.fullmatch(behind.text)
    first = behind.text[0]
    return not (first.isalpha() or first in SIGNS or RANGE.match(behind.text))


def _told(block: Block, at: int, span: Span, message: str, hint: str) -> Fault:
    start = sum(len(one.text) for one in block.spans[:at])
    around = block.text[max(0, start - AROUND) : start + len(span.text) + AROUND]
    assert span.fact is not None
    origin = span.fact.origin
    fields = {"around": around, "shown": span.text}
    return Fault(message, fields, hint, origin.file, origin.line or None, path=origin.path)
