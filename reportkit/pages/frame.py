"""What pages are made of: lines, rules and boxes, each with the block it belongs to, in twips from the top left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportkit.document.nodes import Span
from reportkit.errors import Fault
from reportkit.pages.hold import Hold
from reportkit.pages.profile import Profile
from reportkit.pages.table import Grid

# the block of what belongs to no block: the folio
NO_BLOCK = -1
BLACK = "000000"
# behind text that stands for a lack
GAP_COLOUR = "FFED66"


class Run(NamedTuple):
    """Text of one style; `style` is a key of the profile's styles. `gap` marks text standing for a lack.

    `printed` are the spans that print a Fact and begin in it.
    """

    text: str
    style: str
    gap: bool = False
    printed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A coloured rectangle behind text, from its left and its top."""

    block: int
    x_tw: int
    y_tw: int
    width_tw: int
    height_tw: int
    colour: str = GAP_COLOUR


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, from its left or upper end; `thick_tw` is shared by both sides of it."""

    block: int
    x_tw: int
    y_tw: int
    width_tw: int
    height_tw: int
    thick_tw: int
    colour: str = BLACK


class Line(NamedTuple):
    """One decided line of a block. `adjust_tw` is shared out evenly over its `gaps` spaces between characters.

    `start` is the offset of its text in the block's, `hold` how Word is kept to it. `forced` marks the first line of
    a page that Word would not begin there by itself.
    """

    block: int
    runs: tuple[Run, ...]
    page: int
    x_tw: int
    baseline_tw: int
    width_tw: int
    adjust_tw: int
    gaps: int
    start: int
    hold: Hold
    forced: bool = False

    @property
    def text(self) -> str:
        """The line's text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block, or a cell of a table, laid out: its lines, and what its place adds to its style.

    `before_tw` is the whole space above it, `blanks` the empty lines above, `left_tw` and `right_tw` its indents;
    its first line begins `hanging_tw` before the others. `align` is its own where it is not its style's. `begins` says
    that it begins a page, however the lines above it fall.
    """

    block: int
    style: str
    lines: tuple[Line, ...]
    before_tw: int = 0
    blanks: int = 0
    left_tw: int = 0
    right_tw: int = 0
    hanging_tw: int = 0
    align: str = ""
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, its lines from the top, the folio below them, the rules of its tables, boxes behind text."""

    number: int
    lines: tuple[Line, ...]
    folio: Line
    rules: tuple[Rule, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole layout: the same lines as paragraphs, in reading order, and as pages.

    A table, by its block in `grids`, has a paragraph a cell, row by row; its header stands on each of its pages.
    """

    profile: Profile
    paragraphs: tuple[Paragraph, ...]
    pages: tuple[Page, ...]
    warnings: tuple[Fault, ...] = ()
    grids: Mapping[int, Grid] = field(default_factory=dict)
