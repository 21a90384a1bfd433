"""Sources: what a report is made of. Each gives a document, what is to be said of it, and what to call it.

`Data` is data and the genre that says it, `Typed` a finished draft, `Made` a document already made: that of an edition
which must not hold what it was made from.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from reportkit.data.node import Node
from reportkit.document import parse, unitless
from reportkit.document.nodes import Document
from reportkit.document.roles import MARKS
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import check, masking, shape
from reportkit.facts.fact import Fact, Record, every_fact
from reportkit.facts.masking import Masking
from reportkit.words import apart, render
from reportkit.words.genre import TEMPLATE, Genre

if TYPE_CHECKING:
    from reportkit.document.draft import Draft, Taken
    from reportkit.editions.redact import Hit
    from reportkit.facts.indicator import Indicator


class Source(Protocol):
    """What a report is made of; `tells_secrets`: whether it says what is secret."""

    tells_secrets: ClassVar[bool]

    @property
    def file(self) -> str:
        """The file it was read from, "" if none."""

    @property
    def document(self) -> Document:
        """What the report says, as blocks and spans."""

    @property
    def warnings(self) -> Sequence[Fault]:
        """What a reader should know of it."""

    @property
    def called(self) -> str:
        """What the report is called, "" if nothing says."""


@dataclass(frozen=True)
class Data:
    """Data and the genre that says it; `whole`: what is required must be there; `apart`: in a process of its own.

    `dictionaries` are the folders that may hold dictionaries of indicators, the nearest last.
    """

    tells_secrets: ClassVar[bool] = True

    node: Node = field(repr=False)
    genre: Genre = field(repr=False)
    file: str
    whole: bool
    rounding: str
    apart: bool = False
    dictionaries: tuple[Path, ...] = ()

    @cached_property
    def facts(self) -> Record:
        """The data, checked against the shape its genre asks for."""
        facts, faults = check.check(self.node, self.genre.shape, self.file, required=self.whole)
        if faults:
            raise InputError(faults)
        return facts

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every figure of the data with its name and nature."""
        # few ask for it: the others do not wait for what it imports
        from reportkit.facts import indicator
        from reportkit.facts.dictionary import dictionary

        return tuple(indicator.indicators(self.facts, dictionary(self.dictionaries)))

    @cached_property
    def words(self) -> str:
        """What the genre's template says of the facts, each printed fact sealed with its origin."""
        return self._words(self.facts)

    @cached_property
    def document(self) -> Document:
        """The words as blocks and spans."""
        return self._document(self.facts, self.words)

    def masked(self, how: Masking) -> tuple[Document, list[Fault]]:
        """Return what the genre's template says of the facts without what is secret, which it never sees, and what was
        hidden beside that.
        """
        facts, hidden = masking.masked(self.facts, self.genre.shape, how)
        return self._document(facts, self._words(facts), self._known(facts)), hidden

    def _words(self, facts: Record) -> str:
        def said() -> str:
            return render.render(facts, self.genre, tuple(MARKS), not self.whole, self.rounding)

        return apart.apart(said, str(self.genre.folder / TEMPLATE)) if self.apart else said()

    def _known(self, facts: Record) -> Iterator[Fact]:
        """Yield every fact as the data has it; what `facts` conceal is secret, for whatever reason they do."""
        for fact, said in zip(every_fact(self.facts), every_fact(facts), strict=True):
            yield replace(fact, secret=True) if said.concealed and not fact.hidden else fact

    def _document(self, facts: Record, words: str, known: Iterable[Fact] = ()) -> Document:
        """Return the document of words said of `facts`; it is to hold no secret of those that are `known`."""
        written = facts.fields.get("日期")
        day = written.value if isinstance(written, Fact) and isinstance(written.value, date) else None
        template = str(self.genre.folder / TEMPLATE)
        try:
            document = parse.parse(words, day, known)
        except InputError as error:  # what the template made of its lines: none of them is known by now
            raise InputError(one if one.file else replace(one, file=template) for one in error.faults) from None
        if not document.blocks:
            raise InputError(Fault(N_("模板什么也没有写出来"), {}, N_("看它的块和 if：要印的都没有印"), template))
        if self.whole and (joined := list(unitless.run_together(document))):
            raise InputError(joined)
        if self.whole and document.gaps:
            hint = N_("补上，或先出讨论稿 --edition draft")
            raise InputError([Fault(N_("缺少这一项"), {}, hint, self.file, path=path) for path in document.gaps])
        return document

    @property
    def warnings(self) -> list[Fault]:
        """What a draft still lacks: the required values its data leaves out, and whatever else its text asks for."""
        if self.whole:
            return []
        kind = self.genre.shape
        lacking = list(check.gaps(self.facts, kind))
        known = {fault.path for fault in lacking}
        asked = [path for path in self.document.gaps if path not in known]
        return lacking + [check.gap(path, shape.at(kind, path), self.file) for path in asked]

    @property
    def called(self) -> str:
        """The title, else the name of the data file."""
        return self.document.title or Path(self.file).stem


@dataclass(frozen=True)
class Typed:
    """A finished draft as it was read."""

    tells_secrets: ClassVar[bool] = False

    draft: Draft = field(repr=False)
    file: str

    @property
    def document(self) -> Document:
        """The draft's text."""
        return self.draft.document

    @property
    def warnings(self) -> list[Fault]:
        """What was changed in reading it."""
        return list(self.draft.warnings)

    @property
    def called(self) -> str:
        """The name of the draft: its writer gave it, the title is only taken for one."""
        return Path(self.file).stem


@dataclass(frozen=True)
class Made:
    """A document and nothing of what it was made from: `file` is its name, as far as it may be told.

    `hits` are what was found in the making, and where; `number` is what the system knows the file by.
    """

    tells_secrets: ClassVar[bool] = True

    document: Document = field(repr=False)
    file: str
    called: str = field(repr=False)
    warnings: tuple[Fault, ...] = field(default=(), repr=False)
    taken: tuple[Taken, ...] = field(default=(), repr=False)
    hits: tuple[Hit, ...] = field(default=(), repr=False)
    number: tuple[int, int] | None = field(default=None, repr=False)

    def is_made_from(self, path: Path) -> bool:
        """Return whether `path` is the file it was made from, by whatever name."""
        return self.number is not None and self.number == file_number(path)


def file_number(path: str | Path) -> tuple[int, int] | None:
    """Return what the system knows a file by, None if there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino
