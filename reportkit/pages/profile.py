"""The Profile: a page format, what its faces and styles are, in twips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from reportkit.pages.profile_keys import FOLIO
from reportkit.shelf import Source

# type is set tighter by this share of its size at most, so that a line holds the grid's number of characters
TIGHTEST = 20
# the face of Latin letters and digits, unless a style names another
LATIN = "西文"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face by its role: its name in Word, the names to try instead, the files a PDF embeds."""

    word: str
    instead: tuple[str, ...]
    files: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a role looks. `indent` and `right` are in characters, `before` and `blank` in body lines.

    `before` is space above; `blank` counts empty lines above, which stay whole wherever a page ends.
    `face` sets Chinese, `latin` Latin letters and digits.
    """

    name: str
    face: str
    size_tw: int
    line_tw: int
    align: str = "both"
    indent: int = 0
    right: int = 0
    before: int = 0
    blank: int = 0
    bold: bool = False
    latin: str = LATIN


@dataclass(frozen=True, slots=True)
class Folio:
    """The page number: its dash stands `below_tw` under the type area, `indent` characters from the side."""

    below_tw: int
    indent: int
    text: str
    style: ClassVar[str] = FOLIO


@dataclass(frozen=True, slots=True)
class Ruling:
    """How tables look: `rules` "all" or "three", their thickness, text's distance from a cell's left and right.

    `side_small_tw` is that distance in a table set smaller.
    """

    rules: str
    rule_tw: int
    edge_tw: int
    side_tw: int
    side_small_tw: int


@dataclass(frozen=True)
class Profile:
    """A page format in twips (1/20 pt). Source: the clauses noted in the profile's own file."""

    id: str
    title: str
    lines: str
    width_tw: int
    height_tw: int
    top_tw: int
    bottom_tw: int
    left_tw: int
    right_tw: int
    rows: int
    characters: int
    line_tw: int
    rounding: str
    folio: Folio
    table: Ruling
    faces: Mapping[str, Typeface]
    styles: Mapping[str, Style]

    def __hash__(self) -> int:
        return hash((self.id, self.title, self.lines, self.line_tw))

    @property
    def measure_tw(self) -> int:
        """Width of the type area (版心)."""
        return self.width_tw - self.left_tw - self.right_tw

    @property
    def depth_tw(self) -> int:
        """Height of the type area (版心)."""
        return self.height_tw - self.top_tw - self.bottom_tw

    def base_tw(self, style: Style) -> int:
        """Return the spacing after a character of `style` that sets the grid's number of them in the measure.

        Larger type has none, nor has a centred line: they are not to hold as many.
        """
        if style.align == "center":
            return 0
        spacing_tw = self.measure_tw // self.characters - style.size_tw
        return spacing_tw if -style.size_tw < spacing_tw * TIGHTEST < 0 else 0
