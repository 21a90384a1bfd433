"""The document model: roles only, no face, no size, no place. Spans from data still carry their Fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportkit.facts.fact import Fact


class Role(StrEnum):
    """What a block is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"  # who speaks or writes, and when: below the title
    SALUTATION = "salutation"
    RESALUTATION = "resalutation"  # the listeners addressed again, where the matter turns
    CHAPTER = "chapter"
    SECTION = "section"  # of a chapter
    HEADING = "heading"
    BODY = "body"
    CLOSING = "closing"
    SIGNATURE = "signature"
    DATE = "date"
    AUTHOR = "author"  # a property of the file, on no page


class Mark(StrEnum):
    """What a span is within its block."""

    TEXT = "text"
    HEAD = "head"  # the heading a paragraph runs on from
    LEAD = "lead"  # a lead phrase
    GAP = "gap"  # stands for a value the data lacks
    ARTICLE = "article"  # the number of a regulation's article, 第一条


HEADINGS = frozenset((Role.HEADING, Role.CHAPTER, Role.SECTION))
OPENING = frozenset((Role.TITLE, Role.SUBTITLE, Role.BYLINE))  # the title and what belongs to it


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one mark, with the Fact it prints, if it prints one."""

    text: str
    fact: Fact | None = None
    mark: Mark = Mark.TEXT


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `level` (1–4) is set on headings, chapters and on paragraphs that run on from a heading.

    `cuts` are offsets into a title's text where its writer has cut the lines.
    """

    role: Role
    spans: tuple[Span, ...]
    level: int = 0
    cuts: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The block's text, marks and numbering included."""
        return "".join(span.text for span in self.spans)

    @property
    def head(self) -> str:
        """The heading's text, whether it stands alone or the paragraph runs on from it; "" if none."""
        if self.role in HEADINGS:
            return self.text
        return "".join(span.text for span in self.spans if span.mark is Mark.HEAD)


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in reading order. `secrets` are the words a redacted copy must not hold, in any place.

    `author` and `written` are properties of the file and stand on no page.
    """

    blocks: tuple[Block, ...]
    secrets: tuple[str, ...] = ()
    author: Block = Block(Role.AUTHOR, ())
    written: date | None = None

    @property
    def title(self) -> str:
        """The title as one line."""
        return next((block.text for block in self.blocks if block.role is Role.TITLE), "")

    def printed(self) -> Iterator[tuple[int, int, Span]]:
        """Yield (block index, offset in the block, span) of every span that prints a Fact."""
        for index, block in enumerate(self.blocks):
            offset = 0
            for span in block.spans:
                if span.fact is not None:
                    yield index, offset, span
                offset += len(span.text)
