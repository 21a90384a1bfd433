"""Editions of a report: one row each, what it asks of the data and what it makes of the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reportkit.document.nodes import Document

EditionName = Literal["final", "draft", "redacted"]


@dataclass(frozen=True, slots=True)
class Edition:
    """`whole`: every required value must be there. `lines`: how Word keeps its lines, "" as the profile says.

    `suffix` follows the title in the names of its files. `change` makes its document of the one the source gives;
    what it leaves out is in no part of the report. `redacted`: what is secret is in no part of it.
    """

    whole: bool = True
    lines: str = ""
    suffix: str = ""
    change: Callable[[Document], Document] | None = None
    redacted: bool = False


EDITIONS: dict[EditionName, Edition] = {
    "final": Edition(),
    "draft": Edition(whole=False, lines="free", suffix="（讨论稿）"),
    "redacted": Edition(suffix="（脱敏）", redacted=True),
}
