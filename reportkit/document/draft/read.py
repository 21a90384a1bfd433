"""A draft file in, its Document out, with what every line was taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby
from pathlib import Path

from reportkit.document.draft import markdown, said, shapes, source
from reportkit.document.draft.guess import LONGEST_TITLE
from reportkit.document.draft.kinds import RUNNING, Kind, Taken
from reportkit.document.draft.paragraphs import paragraphs
from reportkit.document.draft.recognise import recognised
from reportkit.document.nodes import Block, Document, Mark, Span
from reportkit.document.roles import Role
from reportkit.errors import N_, Fault, InputError

MARKDOWN = ".md"


@dataclass(frozen=True)
class Draft:
    """A draft read: its Document, what each line was taken for, the profile it names, its encoding, warnings."""

    document: Document
    taken: tuple[Taken, ...]
    profile: str
    encoding: str
    warnings: tuple[Fault, ...] = ()


def read(path: str | Path, roles: str | Path | None = None, normalise: bool = False) -> Draft:
    """Return the draft of a .txt or .md file. Raises InputError with every fault found.

    `normalise` puts characters in the place of radicals, which text copied from a PDF has.
    A .txt has no markup: its parts are known by shape and place, or as its front matter or the file `roles` says.
    A .md has the marks of `reportkit.document.parse`, and **…** for a lead phrase; what else of Markdown is told.
    """
    file = Path(path)
    text = source.read(file, normalise)
    front = said.front(text.front, str(path))
    entries = (*front.entries, *(said.entries(Path(roles)) if roles else ()))
    taken: tuple[Taken, ...] = ()
    told: list[Fault] = []
    if file.suffix.lower() == MARKDOWN:
        if entries:
            hint = N_("在 .md 里用行首的标记说明角色")
            raise InputError(Fault(N_(".md 草稿不用角色文件"), {}, hint, entries[0].file, entries[0].line))
        document, told = markdown.document(text.rows, str(path))
    else:
        taken = _taken(text.rows, entries)
        document = Document(tuple(_blocks(taken)), written=_written(taken))
    blocks = tuple(block for block in document.blocks if block.text)  # a mark alone says nothing
    _check(tuple(document.passages()), str(path))
    author = Block(Role.AUTHOR, (Span(front.author),)) if front.author else document.author
    whole = Document(blocks, author=author, written=front.written or document.written)
    told += text.changed
    return Draft(whole, taken, front.profile, text.encoding, tuple(sorted(told, key=lambda one: one.line or 0)))


def _taken(rows: Sequence[source.DraftLine], entries: Iterable[said.Entry]) -> tuple[Taken, ...]:
    kinds = said.kinds(entries, rows)
    found = paragraphs(rows, {number: kind is Kind.JOINED for number, kind in kinds.items()})
    spoken = {at: kinds[one.first] for at, one in enumerate(found) if kinds.get(one.first) not in (None, Kind.JOINED)}
    return tuple(recognised(found, spoken))


def _blocks(taken: Iterable[Taken]) -> Iterable[Block]:
    """Yield the blocks; the lines of a title are one block, cut where its writer cut it."""
    for title, group in groupby(joined(taken), key=lambda one: one.kind is Kind.TITLE):
        if title:
            lines = [one.text for one in group]
            cuts = tuple(accumulate(map(len, lines)))[:-1]
            yield Block(Role.TITLE, (Span("".join(lines)),), cuts=cuts)
        else:
            yield from map(_block, group)


def joined(taken: Iterable[Taken]) -> Iterator[Taken]:
    """Yield the lines, 附件： that stands alone with the name typed below it (GB/T 9704 §7.3.4)."""
    alone: Taken | None = None
    for one in taken:
        if alone and one.kind is Kind.ATTACHMENT:
            one = replace(one, first=alone.first, text=alone.text + one.text)
        elif alone:
            yield alone
        alone = one if one.kind is Kind.ATTACHMENT and shapes.PART.fullmatch(one.text) else None
        if not alone:
            yield one
    if alone:
        yield alone


def _block(taken: Taken) -> Block:
    text, head, mark = taken.text, 0, Mark.HEAD
    label = shapes.ATTACHED.match(text) if taken.kind is Kind.ATTACHMENT else None
    if label and label.end() and (label["word"] or int(label["number"]) > 1):
        spans = (Span(label[0]), Span(text[label.end() :]))
        return Block(Role.ATTACHMENT, spans, int(label["number"] or 0))
    if taken.kind in RUNNING:
        head = taken.head or _sentence_end(text)
    elif taken.kind is Kind.ARTICLE and (article := shapes.ARTICLE.match(text)):
        head, mark = article.end(), Mark.ARTICLE
    spans = (Span(text[:head], marks=frozenset((mark,))), Span(text[head:]))
    return Block(taken.kind.role, tuple(span for span in spans if span.text), taken.kind.level)


def _sentence_end(text: str) -> int:
    """Return where the first sentence of a numbered paragraph ends: with the text, if it has but one."""
    marker = shapes.marker(text)
    sentence = shapes.SENTENCE.match(text, marker.end if marker else 0)
    return sentence.end() if sentence else len(text)


def _written(taken: Sequence[Taken]) -> date | None:
    """Return the day the draft states below its title or at its end; the last, if there are two."""
    for one in reversed(taken):
        if one.kind in (Kind.DATE, Kind.BYLINE) and (found := shapes.CALENDAR.search(one.text)):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                continue
    return None


def _check(blocks: Sequence[Block], file: str) -> None:
    """Raise InputError for a draft that says nothing, and for a title that no one could set in four lines."""
    if not blocks:
        raise InputError(Fault(N_("草稿是空的"), file=file, hint=N_("核对路径和文件名")))
    for block in blocks:
        if block.role is Role.TITLE and len(block.text) > LONGEST_TITLE:
            fields = {"count": len(block.text), "most": LONGEST_TITLE}
            hint = N_("标题不超过 {most} 个字；若不是标题，请指定它的角色")
            raise InputError(Fault(N_("标题有 {count} 个字，四行排不下"), fields, hint, file))
