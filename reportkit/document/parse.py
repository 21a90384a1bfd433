r"""Words in, Document out: a line a block, its role from the mark at its start.

    #  title (\\ cuts its lines)     ##  ###  ####  #####  headings 一、 （一） 1. （1）, numbered here
    @称谓 @副标题 @署名 @结束语 @落款 @日期   the rest; a line without a mark is body text
    @再称谓 @注 @附件   addressed again, a note, what is attached: 附件：, numbered here if several
    | 县区 | 产值 |   a row of a table, the first its header; @表题 @表单位 above it, @表注 below
    @作者  whose document it is: a property of the file, printed nowhere

A heading directly followed by a line of body text runs on into it; followed by a blank line it stands alone.
A mark is read only where the template wrote it: sealed text, which is every value, is never markup. One there is not
is refused; \\ before it makes it text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter

from reportkit.document.nodes import ATTACHED, NO_MARKS, Block, Document, Mark, Span, Table
from reportkit.document.roles import MARKS, Role
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import marks, numerals, seal, secret
from reportkit.facts.fact import Fact, unsealed
from reportkit.facts.secret import Secret

CUT = r"\\"
BAR = "|"
# a bar parts cells where the template wrote it: not in a value, which is sealed, nor as \|, which is the letter
BARS = re.compile(rf"{seal.SEALED.pattern}|\\\||(?P<bar>\|)")
DASHES = re.compile(r":?-{3,}:?")  # |---|---| under a header, as Markdown has it, says nothing here
PIECE = re.compile(
    f"{seal.OPEN}(?P<payload>[^{seal.OPEN}{seal.MIDDLE}{seal.CLOSE}]*+){seal.MIDDLE}"
    f"(?P<sealed>[^{seal.OPEN}{seal.MIDDLE}{seal.CLOSE}]*+){seal.CLOSE}"
    f"|(?P<turn>[{seal.LEAD}{seal.END}])|(?P<plain>[^{seal.OPEN}{seal.LEAD}{seal.END}]+)"
)


def parse(words: str, written: date | None = None, facts: Iterable[Fact] = ()) -> Document:
    """Return the Document that `words` spell. `facts` add the secrets of values that were not printed."""
    counts = [0, 0, 0, 0]
    blocks: list[Block | Table] = []
    author = Block(Role.AUTHOR, ())
    running = False  # the line before was a heading
    rows: list[str] = []  # of the table being read
    for line in words.split("\n"):
        line = line.strip(" \t\r")
        if line.startswith(BAR):
            rows.append(line)
            running = False
            continue
        if rows:
            blocks.append(_table(rows))
            rows = []
        if not line:
            running = False
            continue
        block = _block(line)
        if block.role is Role.AUTHOR:
            author = block
            continue
        if block.role is Role.HEADING:
            block = _numbered(block, counts)
        if running and block.role is Role.BODY:
            head = tuple(replace(span, marks=span.marks | {Mark.HEAD}) for span in blocks[-1].spans)
            blocks[-1] = Block(Role.BODY, head + block.spans, blocks[-1].level)
        else:
            blocks.append(block)
        running = block.role is Role.HEADING
    if rows:
        blocks.append(_table(rows))
    blocks = _attached(blocks)
    return Document(tuple(blocks), _secrets([*blocks, author], facts), author, written)


def _table(lines: Sequence[str]) -> Table:
    """Return the table whose rows `lines` spell. Raises InputError for rows of another number of cells."""
    rows = [(line, _cells(line)) for line in lines]
    asked = len(rows[0][1])
    ragged = [
        Fault(
            N_("表格这一行有 {found} 格，表头有 {asked} 格：{text}"),
            {"found": len(cells), "asked": asked, "text": seal.opened(line)},
            N_("每一行的 | 要和表头一样多；一行写在一行里，空的格也要留"),
        )
        for line, cells in rows
        if len(cells) != asked
    ]
    if ragged:
        raise InputError(ragged)
    head, *rest = (cells for _, cells in rows)
    kept = [cells for cells in rest if not all(DASHES.fullmatch(cell) for cell in cells)]
    roles = (Role.HEAD_CELL, *[Role.CELL] * len(kept))
    parted = zip(roles, (head, *kept), strict=True)
    return Table(tuple(tuple(_cell(role, cell) for cell in cells) for role, cells in parted))


def _cell(role: Role, text: str) -> Block:
    r"""Return a cell. It has no lead phrases; \| is a bar."""
    return Block(role, tuple(replace(span, marks=span.marks - {Mark.LEAD}) for span in _spans(text, r"\|")))


def _cells(line: str) -> list[str]:
    """Return what stands between a row's bars; the last bar may be left out."""
    bars = [found.start() for found in BARS.finditer(line) if found["bar"]]
    cells = [line[start + 1 : end].strip(" \t") for start, end in pairwise((*bars, len(line)))]
    return cells if cells[-1] or len(cells) == 1 else cells[:-1]


def _attached(blocks: list[Block | Table]) -> list[Block | Table]:
    """Put 附件： before the names of what is attached, and numbers if several stand in a row (GB/T 9704 §7.3.4)."""
    result: list[Block | Table] = []
    for role, group in groupby(blocks, attrgetter("role")):
        names = list(group)
        if role is Role.ATTACHMENT:
            several = len(names) > 1
            labels = [f"{number}." if several else "" for number in range(1, len(names) + 1)]
            labels[0] = ATTACHED + labels[0]
            names = [
                Block(role, (Span(label), *name.spans), number if several else 0)
                for number, (label, name) in enumerate(zip(labels, names, strict=True), start=1)
            ]
        result += names
    return result


def _numbered(block: Block, counts: list[int]) -> Block:
    """Number a heading by GB/T 9704 §7.3.3: 一、 （一） 1. （1）."""
    level = block.level
    counts[level - 1] += 1
    counts[level:] = [0] * (4 - level)
    number = counts[level - 1]
    numeral = numerals.counted(number) if level <= 2 else str(number)
    prefix = (f"{numeral}、", f"（{numeral}）", f"{numeral}.", f"（{numeral}）")[level - 1]
    return replace(block, spans=(Span(prefix), *block.spans))


def _block(line: str) -> Block:
    if fault := marks.unknown(line, MARKS):
        raise InputError(fault)
    if found := marks.HEADING.match(line):
        depth, rest = len(found[1]), line[found.end() :]
        if depth == 1:
            return _title(rest)
        return Block(Role.HEADING, _spans(rest), depth - 1)
    if found := marks.ROLE.match(line):
        rest = line[found.end() :]
        if not rest:
            raise InputError(Fault(N_("“@{mark}”后面没有字"), {"mark": found[1]}, N_("写上字，或用 if 把整行略去")))
        role = MARKS[found[1]]
        return _title(rest) if role is Role.TITLE else Block(role, _spans(rest))
    return Block(Role.BODY, _spans(line.removeprefix("\\")))


def _title(text: str) -> Block:
    spans: list[Span] = []
    cuts: list[int] = []
    length = 0
    for span in _spans(text):
        lines = span.text.split(CUT) if span.fact is None else [span.text]
        for at, part in enumerate(lines):
            if at:
                cuts.append(length)
            if part:
                spans.append(replace(span, text=part))
                length += len(part)
    return Block(Role.TITLE, tuple(spans), cuts=tuple(cut for cut in cuts if 0 < cut < length))


def _spans(text: str, escaped: str = "") -> tuple[Span, ...]:
    """Return the spans of `text`; in what the template wrote, `escaped` stands for its second character."""
    if "\t" in text:
        hint = N_("换成空格，或分成表格的几格")
        raise InputError(Fault(N_("这一行里有制表符：{text}"), {"text": seal.opened(text)[:30]}, hint))
    spans: list[Span] = []
    marks = NO_MARKS
    at = 0
    for found in PIECE.finditer(text):
        if found.start() != at:
            break
        at = found.end()
        if found["turn"]:
            marks = frozenset((Mark.LEAD,)) if found["turn"] == seal.LEAD else NO_MARKS
        elif found["plain"]:
            plain = found["plain"].replace(escaped, escaped[1:]) if escaped else found["plain"]
            spans.append(Span(plain, None, marks))
        elif found["payload"].startswith(seal.GAP):
            spans.append(Span(found["sealed"], None, marks | {Mark.GAP}, found["payload"].removeprefix(seal.GAP)))
        else:
            try:
                spans.append(Span(found["sealed"], unsealed(found["payload"]), marks))
            except (ValueError, TypeError, ArithmeticError):
                raise _cut_short(text) from None
    if at != len(text):
        raise _cut_short(text)
    return tuple(_merged(spans))


def _cut_short(text: str) -> InputError:
    hint = N_("不要对值用 truncate、replace 一类的过滤器")
    return InputError(Fault(N_("模板把一个值截断了：{text}"), {"text": seal.opened(text)[:30]}, hint))


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Join neighbours that print no fact, stand for no lack and have the same marks."""
    held: Span | None = None
    for span in spans:
        plain = span.fact is None and not span.lacking
        if plain and held and held.fact is None and not held.lacking and held.marks == span.marks:
            held = replace(held, text=held.text + span.text)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _secrets(blocks: Iterable[Block | Table], facts: Iterable[Fact]) -> tuple[Secret, ...]:
    """Return the secrets of `facts` and of what is printed."""
    return secret.of_facts((*facts, *(span.fact for block in blocks for span in block.spans if span.fact)))
