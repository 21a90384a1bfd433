"""What is told of a report: its figures, and the Result of a run, the same to a script and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.errors import Fault, Translate
from reportkit.facts import quantity
from reportkit.facts.fact import Origin, Value

if TYPE_CHECKING:
    from reportkit.document.draft import Taken
    from reportkit.editions.redact import Hit

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A printed figure: as `shown`, its `value` and `unit`, the `origin` it was typed at, the `page` it is on.

    `secret`: a redacted copy hides it, and there it has no value.
    """

    shown: str
    value: Value
    unit: str
    origin: Origin
    page: int
    secret: bool = False

    def __repr__(self) -> str:
        shown = quantity.mask(self.shown) if self.secret else self.shown
        return f"Figure({shown!r}, page={self.page}, origin={str(self.origin)!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """What came of a run: what was written, what is in it, and what is to be said of it.

    `pages` counts those of every report built; a figure's page is that of its own. `taken` is what the lines of a
    typed draft were taken for, `hits` what was found in redacting, `rows` what a stage shows.
    """

    files: tuple[Path, ...] = ()
    pages: int = 0
    figures: tuple[Figure, ...] = ()
    warnings: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()
    taken: tuple[Taken, ...] = ()
    hits: tuple[Hit, ...] = ()
    rows: tuple[Row, ...] = ()
    seconds: float = 0.0

    @classmethod
    def joined(cls, results: Iterable[Result]) -> Result:
        """Return one result of many."""
        each = list(results)
        return cls(
            tuple(one for result in each for one in result.files),
            sum(result.pages for result in each),
            tuple(one for result in each for one in result.figures),
            tuple(one for result in each for one in result.warnings),
            tuple(one for result in each for one in result.faults),
            tuple(one for result in each for one in result.taken),
            tuple(one for result in each for one in result.hits),
            tuple(one for result in each for one in result.rows),
            sum(result.seconds for result in each),
        )

    def as_dict(self, translate: Translate = str) -> dict[str, object]:
        """Return the result as JSON holds it, its messages in the language of `translate`."""
        return {
            "files": [str(file) for file in self.files],
            "pages": self.pages,
            "figures": [_figure(one) for one in self.figures],
            "warnings": [_fault(one, translate) for one in self.warnings],
            "faults": [_fault(one, translate) for one in self.faults],
            "taken": [_taken(one, translate) for one in self.taken],
            "hits": [_hit(one, translate) for one in self.hits],
            "rows": list(self.rows),
            "seconds": round(self.seconds, 3),
        }

    def __repr__(self) -> str:
        written = f"files={list(map(str, self.files))}, pages={self.pages}, figures={len(self.figures)}"
        return f"Result({written}, warnings={len(self.warnings)}, faults={len(self.faults)})"


def _figure(one: Figure) -> dict[str, object]:
    return {
        "shown": one.shown,
        "value": None if one.value is None else str(one.value),
        "unit": one.unit,
        "origin": str(one.origin),
        "page": one.page,
        "secret": one.secret,
    }


def _fault(one: Fault, translate: Translate) -> dict[str, object]:
    return {
        "file": one.file,
        "line": one.line,
        "column": one.column,
        "path": one.path,
        "message": one.text(translate),
        "hint": one.mend(translate),
        "via": one.via,
    }


def _taken(one: Taken, translate: Translate) -> dict[str, object]:
    return {
        "first": one.first,
        "last": one.last,
        "kind": str(one.kind),
        "sure": one.sure,
        "why": translate(one.why),
        "text": one.text,
    }


def _hit(one: Hit, translate: Translate) -> dict[str, object]:
    return {
        "rule": one.rule,
        "place": translate(one.place),
        "number": one.number,
        "line": one.line,
        "count": one.count,
        "masked": one.sure,
    }
