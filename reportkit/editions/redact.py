"""Document in, Document out: a copy that holds no secret, in whatever dress and place it stands, and what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise

from reportkit.document.nodes import Block, Document, Span, Table
from reportkit.document.roles import Role
from reportkit.editions.search import Search, Stretch, mask
from reportkit.errors import N_, Fault
from reportkit.facts import quantity
from reportkit.facts.fact import Fact, Origin

TITLE, PARAGRAPH, TABLE, AUTHOR = N_("标题"), N_("正文"), N_("表格"), N_("作者")


@dataclass(frozen=True, slots=True)
class Hit:
    """How often a rule was met with in one place: the `rule`'s path, the place, and which paragraph or table it is.

    What the data itself marks is not counted. `sure`: it was masked; else it may be meant. `line`: where the paragraph
    begins in the draft, if that is known.
    """

    rule: str
    place: str
    number: int
    count: int
    sure: bool = True
    line: int | None = None


@dataclass(frozen=True)
class Redacted:
    """A redacted copy of a document, where what was found in it, and what is to be told of it."""

    document: Document
    hits: tuple[Hit, ...] = ()
    warnings: tuple[Fault, ...] = ()


def redact(document: Document, search: Search) -> Redacted:
    """Return a copy of `document` with everything that `search` looks for masked."""
    tally = _Tally(search)
    parted = _parted(document.blocks, search)
    blocks = tuple(
        tally.block(block, *place, parted.get(at, [])) for at, (block, place) in enumerate(_placed(document))
    )
    author = tally.masked(document.author, AUTHOR, 0)
    days = {one.day for one in search.secrets if one.day}
    written = None if document.written is None or _hides(search, document.written, days) else document.written
    copy = replace(document, blocks=blocks, secrets=(), author=author, written=written)
    return Redacted(copy, tuple(tally.hits()), tuple(tally.warnings()))


def _hides(search: Search, written: date, days: set[date]) -> bool:
    return written in days or search.holds(f"{written.year}年{written.month}月{written.day}日")


def _parted(blocks: Sequence[Block | Table], search: Search) -> dict[int, list[Stretch]]:
    """Return the parts of what begins in one paragraph and ends in the next, as a draft's lost line break makes it."""
    found: defaultdict[int, list[Stretch]] = defaultdict(list)
    for at, (one, other) in enumerate(pairwise(blocks)):
        if not isinstance(one, Table) and not isinstance(other, Table):
            for before, after in search.across(one.text, other.text):
                found[at].append(before)
                found[at + 1].append(after)
    return found


def _placed(document: Document) -> Iterator[tuple[Block | Table, tuple[str, int]]]:
    """Yield each block with where it is: the title, the paragraph or table of that number."""
    paragraphs = tables = 0
    for block in document.blocks:
        if isinstance(block, Table):
            tables += 1
            yield block, (TABLE, tables)
        elif block.role is Role.TITLE:
            yield block, (TITLE, 0)
        else:
            paragraphs += 1
            yield block, (PARAGRAPH, paragraphs)


class _Tally:
    """A document as it is masked, and how often each rule was met with in each place."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.counts: defaultdict[tuple[int, str, int, bool], int] = defaultdict(int)

    def block(self, block: Block | Table, place: str, number: int, parted: Sequence[Stretch]) -> Block | Table:
        """Return a block or table with its secrets masked."""
        if isinstance(block, Table):
            return Table(tuple(tuple(self.masked(cell, place, number) for cell in row) for row in block.rows))
        return self.masked(block, place, number, parted)

    def masked(self, block: Block, place: str, number: int, parted: Sequence[Stretch] = ()) -> Block:
        """Return a block with its secrets masked over its whole text, for one may reach across spans, and `parted`."""
        text = block.text
        spans = block.spans
        ends = list(accumulate(len(span.text) for span in spans))
        own = [
            (end - len(span.text), end, span.fact)
            for span, end in zip(spans, ends, strict=True)
            if span.fact is not None
        ]
        letters = list(text)
        kept = []
        for one in (*self.search.found(text), *parted):
            if not self.search.everywhere(one.rule) and _is_public(one, own):
                continue
            kept.append(one)
            if not any(start <= one.start and one.end <= end and _is_marked(fact) for start, end, fact in own):
                self.counts[one.rule, place, number, one.sure] += 1
        for start, end, fact in own:
            kept += _own(fact, text, start, end)
        mask(letters, text, kept, self.search.width)
        made = tuple(
            self._span(span, "".join(letters[end - len(span.text) : end]))
            for span, end in zip(spans, ends, strict=True)
        )
        cuts = tuple(len("".join(letters[:cut])) for cut in block.cuts)
        length = sum(len(span.text) for span in made)
        return replace(block, spans=made, cuts=tuple(cut for cut in cuts if 0 < cut < length))

    def _span(self, span: Span, shown: str) -> Span:
        """Return a span that prints `shown`, its fact without anything that must not be read."""
        fact = span.fact
        if fact is None:
            return replace(span, text=shown, lacking=self.search.masked(span.lacking))
        origin = replace(
            fact.origin, path=self.search.masked(fact.origin.path), file=self.search.masked(fact.origin.file)
        )
        fact = replace(fact, origin=origin)
        if fact.value is None:
            return replace(span, text=shown, fact=replace(fact, shown=shown))
        if shown != span.text or _is_marked(fact):
            return Span(shown, fact.without_value(shown), span.marks)
        if isinstance(fact.value, str) and {fact.value, fact.shown} != {shown}:
            # a filter may have printed only a part of it
            value = self.search.masked(fact.value)
            fact = replace(fact, value=value, shown=self.search.masked(fact.shown))
        return replace(span, fact=replace(fact, note=(), beside=()))

    def hits(self) -> Iterator[Hit]:
        """Yield what was met with, in reading order."""
        for (rule, place, number, sure), count in self.counts.items():
            yield Hit(self.search.masked(self.search.rules[rule].path), place, number, count, sure)

    def warnings(self) -> Iterator[Fault]:
        """Yield what to tell of secrets the data marks where nobody marked them, or that nobody can look for."""
        met: defaultdict[tuple[int, str, bool], list[int]] = defaultdict(list)
        for rule, place, number, sure in self.counts:
            if not self.search.everywhere(rule):
                met[rule, place, sure].append(number)
        for (rule, place, sure), numbers in sorted(met.items(), key=lambda one: one[0][0]):
            yield self._told(self.search.rules[rule], place, sure, numbers)
        for one in self.search.too_short:
            hint = N_("要紧的，连同前后的字一起标")
            message = N_("只有一个字的密只在标了的地方隐去，别处的找不出来")
            yield self._at(one.origin, message, {}, hint)

    def _told(self, origin: Origin, place: str, sure: bool, numbers: Sequence[int]) -> Fault:
        where = "、".join(str(number) for number in dict.fromkeys(numbers))
        if sure:
            hint = N_("看一看遮得对不对")
            said = {
                TITLE: N_("标题里也有它，没有标密，已遮"),
                AUTHOR: N_("作者里也有它，没有标密，已遮"),
                TABLE: N_("第 {where} 个表格里也有它，没有标密，已遮"),
                PARAGRAPH: N_("第 {where} 段里也有它，没有标密，已遮"),
            }
        else:
            hint = N_("数字太短，不知是不是它；是的，连同单位一起写，或改写那一处")
            said = {
                TITLE: N_("标题里有一样的数字，没有单位，没有遮"),
                AUTHOR: N_("作者里有一样的数字，没有单位，没有遮"),
                TABLE: N_("第 {where} 个表格里有一样的数字，没有单位，没有遮"),
                PARAGRAPH: N_("第 {where} 段里有一样的数字，没有单位，没有遮"),
            }
        return self._at(origin, said[place], {"where": where}, hint)

    def _at(self, origin: Origin, message: str, fields: dict[str, object], hint: str) -> Fault:
        file, path = self.search.masked(origin.file), self.search.masked(origin.path)
        return Fault(message, fields, hint, file, origin.line or None, path=path)


def _is_marked(fact: Fact) -> bool:
    return fact.secret or bool(fact.hidden)


def _is_public(one: Stretch, own: Sequence[tuple[int, int, Fact]]) -> bool:
    """Return whether a stretch is a figure or a day that the data prints there itself, and says is no secret."""
    return one.worth and any(
        start < one.end
        and one.start < end
        and isinstance(fact.value, Decimal | date)
        and not (fact.secret or fact.hidden)
        for start, end, fact in own
    )


def _own(fact: Fact, text: str, start: int, end: int) -> Iterator[Stretch]:
    """Yield what a fact hides of its own printed text; nothing of one that was printed as its mask."""
    shown = text[start:end]
    if fact.secret and isinstance(fact.value, Decimal):
        found = list(quantity.DIGITS.finditer(shown))
        if not found:
            yield Stretch(start, end, 0)
        for one in found:
            yield Stretch(start + one.start(), start + one.end(), 0)
    elif fact.secret and isinstance(fact.value, str | date):
        yield Stretch(start, end, 0)
    for part in fact.hidden:
        at = shown.find(part)
        while at >= 0:
            yield Stretch(start + at, start + at + len(part), 0)
            at = shown.find(part, at + len(part))
