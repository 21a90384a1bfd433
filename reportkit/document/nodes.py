"""The document model: roles only, no face, no size, no place. Spans from data still carry their Fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from reportkit.document.roles import HEADINGS, Role
from reportkit.facts.fact import Fact
from reportkit.facts.secret import Secret

# what stands before the names of what is attached (GB/T 9704 §7.3.4)
ATTACHED = "附件："


class Mark(StrEnum):
    """What a span is within its block, beside being text of it."""

    HEAD = "head"  # the heading a paragraph runs on from
    LEAD = "lead"  # a lead phrase
    GAP = "gap"  # stands for a value the data lacks
    ARTICLE = "article"  # the number of a regulation's article, 第一条


# marks set in an inline style of their own, which a profile has under the mark's name
INLINE = (Mark.LEAD, Mark.ARTICLE)
NO_MARKS: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of the same marks, with the Fact it prints, if it prints one.

    A gap has in `lacking` the path of the value it stands for.
    """

    text: str
    fact: Fact | None = None
    marks: frozenset[Mark] = NO_MARKS
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `level` (1–4) is set on headings, chapters and on paragraphs that run on from a heading.

    An attachment's `level` is its number, 0 if it is the only one; its first span is its label.
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
        return "".join(span.text for span in self.spans if Mark.HEAD in span.marks)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many in each; the first row is the header. A cell is a Block, of no text if empty."""

    role: ClassVar[Role] = Role.TABLE
    level: ClassVar[int] = 0
    cuts: ClassVar[tuple[int, ...]] = ()
    head: ClassVar[str] = ""

    rows: tuple[tuple[Block, ...], ...]

    @property
    def cells(self) -> tuple[Block, ...]:
        """Every cell, row by row."""
        return tuple(cell for row in self.rows for cell in row)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of every cell, row by row."""
        return tuple(span for row in self.rows for cell in row for span in cell.spans)

    @property
    def text(self) -> str:
        """The text of every cell, row by row, nothing between."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks and tables in reading order. `secrets` are what a redacted copy must not hold, in any place.

    `author` and `written` are properties of the file and stand on no page.
    """

    blocks: tuple[Block | Table, ...]
    secrets: tuple[Secret, ...] = ()
    author: Block = Block(Role.AUTHOR, ())
    written: date | None = None

    @property
    def title(self) -> str:
        """The title as one line."""
        return next((block.text for block in self.blocks if block.role is Role.TITLE), "")

    def passages(self) -> Iterator[Block]:
        """Yield every stretch of text that is set by itself: each block, and each cell of each table."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.cells
            else:
                yield block

    @property
    def gaps(self) -> list[str]:
        """The paths of the values that gaps stand for, each once: in reading order, the file's author last."""
        blocks = (*self.passages(), self.author)
        return list(dict.fromkeys(span.lacking for block in blocks for span in block.spans if span.lacking))
