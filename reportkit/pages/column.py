"""The type area as it fills, page after page, and what has been put on each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reportkit.pages.frame import Box, Line, Rule
from reportkit.pages.profile import Profile


@dataclass
class Sheet:
    """What one page holds so far."""

    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


class Column:
    """The type area as it fills: how far down it is taken, on which page, and every page's sheet."""

    def __init__(self, profile: Profile) -> None:
        self._top_tw = self._y_tw = profile.top_tw
        self._bottom_tw = profile.top_tw + profile.depth_tw
        self.sheets = [Sheet()]

    @property
    def page(self) -> int:
        """The number of the page being filled, from 1."""
        return len(self.sheets)

    def take(self, depth_tw: int, together_tw: int = 0) -> int:
        """Take `depth_tw`, on a new page if that much, or `together_tw` if more, does not fit; return its top."""
        needed_tw = max(depth_tw, together_tw)
        if needed_tw > self._bottom_tw - self._top_tw:  # no page holds it all together
            needed_tw = depth_tw
        if self._y_tw + needed_tw > self._bottom_tw and self._y_tw > self._top_tw:
            self.turn()
        top_tw = self._y_tw
        self._y_tw += depth_tw
        return top_tw

    def turn(self) -> None:
        """Begin a new page."""
        self._y_tw = self._top_tw
        self.sheets.append(Sheet())

    def fits(self, depth_tw: int) -> bool:
        """True if `depth_tw` more would go on the page."""
        return self._y_tw + depth_tw <= self._bottom_tw

    def put(self, line: Line) -> None:
        """Put a line on the page."""
        self.sheets[-1].lines.append(line)

    def back(self, boxes: Iterable[Box]) -> None:
        """Put boxes on the page, behind its lines."""
        self.sheets[-1].boxes += boxes

    def rule(self, rules: Iterable[Rule]) -> None:
        """Put rules on the page."""
        self.sheets[-1].rules += rules
