"""A draft file in, its Document out, with what every line was taken for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby
from pathlib import Path

from reportkit.document.draft import said, shapes, source
from reportkit.document.draft.kinds import RUNNING, Kind, Taken
from reportkit.document.draft.paragraphs import paragraphs
from reportkit.document.draft.recognise import LONGEST_TITLE, recognised
from reportkit.document.nodes import Block, Document, Mark, Span
from reportkit.document.parse import parse
from reportkit.document.roles import MARKS, Role
from reportkit.errors import N_, Fault, InputError, enough
from reportkit.facts import marks, seal

MARKDOWN = ".md"
# **bold**, which closes wherever its marks stand, after 。 too; a run of other than two asterisks is letters
ASTERISK = r"\*"
BOLD = re.compile(r"\\\*|(?<!\*)\*\*(?![*\s])(.{1,400}?)(?<![*\s])\*\*(?!\*)")


@dataclass(frozen=True)
class Draft:
    """A draft read: its Document, what each line was taken for, the profile it names, its encoding, warnings."""

    document: Document
    taken: tuple[Taken, ...]
    profile: str
    encoding: str
    warnings: tuple[Fault, ...] = ()


def read(path: str | Path, roles: str | Path | None = None) -> Draft:
    """Return the draft of a .txt or .md file. Raises InputError with every fault found.

    A .txt has no markup: its parts are known by shape and place, or as its front matter or the file `roles` says.
    A .md has the marks of `reportkit.document.parse`, and **…** for a lead phrase.
    """
    file = Path(path)
    text = source.read(file)
    front = said.front(text.front, str(path))
    entries = (*front.entries, *(said.entries(Path(roles)) if roles else ()))
    taken: tuple[Taken, ...] = ()
    if file.suffix.lower() == MARKDOWN:
        if entries:
            hint = N_("在 .md 里用行首的标记说明角色")
            raise InputError(Fault(N_(".md 草稿不用角色文件"), {}, hint, entries[0].file, entries[0].line))
        document = _marked(text.rows, str(path))
    else:
        taken = _taken(text.rows, entries)
        document = Document(tuple(_blocks(taken)), written=_written(taken))
    blocks = tuple(block for block in document.blocks if block.text)  # a mark alone says nothing
    _check(tuple(document.passages()), str(path))
    author = Block(Role.AUTHOR, (Span(front.author),)) if front.author else document.author
    whole = Document(blocks, author=author, written=front.written or document.written)
    tabs = (Fault(N_("制表符按一个全角空格排"), {}, "", str(path), line) for line in text.tabs)
    return Draft(whole, taken, front.profile, text.encoding, tuple(tabs))


def _taken(rows: Sequence[source.DraftLine], entries: Iterable[said.Entry]) -> tuple[Taken, ...]:
    kinds = said.kinds(entries, rows)
    found = paragraphs(rows, {number: kind is Kind.JOINED for number, kind in kinds.items()})
    spoken = {at: kinds[one.first] for at, one in enumerate(found) if kinds.get(one.first) not in (None, Kind.JOINED)}
    return tuple(recognised(found, spoken))


def _blocks(taken: Iterable[Taken]) -> Iterable[Block]:
    """Yield the blocks; the lines of a title are one block, cut where its writer cut it."""
    for title, group in groupby(taken, key=lambda one: one.kind is Kind.TITLE):
        if title:
            lines = [one.text for one in group]
            cuts = tuple(accumulate(map(len, lines)))[:-1]
            yield Block(Role.TITLE, (Span("".join(lines)),), cuts=cuts)
        else:
            yield from map(_block, group)


def _block(taken: Taken) -> Block:
    text, head, mark = taken.text, 0, Mark.HEAD
    label = shapes.ATTACHED.match(text) if taken.kind is Kind.ATTACHMENT else None
    if label and label.end() and (label["word"] or int(label["number"]) > 1):
        spans = (Span(label[0]), Span(text[label.end() :]))
        return Block(Role.ATTACHMENT, spans, int(label["number"] or 0))
    if taken.kind in RUNNING:
        marker = shapes.marker(text)
        start = marker.end if marker else 0
        sentence = shapes.SENTENCE.match(text, start)
        head = sentence.end() if sentence else len(text)
    elif taken.kind is Kind.ARTICLE and (article := shapes.ARTICLE.match(text)):
        head, mark = article.end(), Mark.ARTICLE
    spans = (Span(text[:head], marks=frozenset((mark,))), Span(text[head:]))
    return Block(taken.kind.role, tuple(span for span in spans if span.text), taken.kind.level)


def _written(taken: Sequence[Taken]) -> date | None:
    """Return the day the draft states below its title or at its end; the last, if there are two."""
    for one in reversed(taken):
        if one.kind in (Kind.DATE, Kind.BYLINE) and (found := shapes.CALENDAR.search(one.text)):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                continue
    return None


def _marked(rows: Sequence[source.DraftLine], file: str) -> Document:
    """Return the Document of the template markup, bold told by asterisks."""
    faults: list[Fault] = []
    for row in rows:
        if fault := marks.unknown(row.text, MARKS):
            faults.append(replace(fault, file=file, line=row.number))
            enough(faults)
    if faults:
        raise InputError(faults)
    return parse("\n".join(BOLD.sub(_bold, row.text) for row in rows))


def _bold(found: re.Match[str]) -> str:
    """Return a lead phrase for **…**, an asterisk for an escaped one."""
    return seal.lead(found[1].replace(ASTERISK, "*")) if found[1] else "*"


def _check(blocks: Sequence[Block], file: str) -> None:
    """Raise InputError for a draft that says nothing, and for a title that no one could set in four lines."""
    if not blocks:
        raise InputError(Fault(N_("草稿是空的"), file=file, hint=N_("核对路径和文件名")))
    for block in blocks:
        if block.role is Role.TITLE and len(block.text) > LONGEST_TITLE:
            fields = {"count": len(block.text), "most": LONGEST_TITLE}
            hint = N_("标题不超过 {most} 个字；若不是标题，请指定它的角色")
            raise InputError(Fault(N_("标题有 {count} 个字，四行排不下"), fields, hint, file))
