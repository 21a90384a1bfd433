"""Report: one document on its way from data to files, a cached property a stage."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.data import files, python
from reportkit.data.node import Node
from reportkit.document import parse
from reportkit.document.doubled import doubled
from reportkit.document.nodes import Document
from reportkit.document.redact import redact
from reportkit.errors import N_, Fault, InputError, ProofError
from reportkit.facts import check, shape
from reportkit.facts.fact import Fact, Origin, Record, Value
from reportkit.facts.shape import Shape
from reportkit.pages import flow
from reportkit.pages import profile as profiles
from reportkit.pages.frame import Pages
from reportkit.pages.profile import LINES, Profile
from reportkit.words import genre, render
from reportkit.words.genre import Genre

if TYPE_CHECKING:
    from reportkit.document.draft import Draft, Taken

FORMATS = ("docx", "pdf", "txt")
EDITIONS = ("final", "draft", "redacted")
DEFAULT_GENRE, DEFAULT_PROFILE = "briefing", "gbt9704"


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: as `shown`, its `value` and `unit`, the `origin` it was typed at, the `page` it is on."""

    shown: str
    value: Value
    unit: str
    origin: Origin
    page: int


@dataclass(frozen=True)
class Report:
    """A report and its stages: `facts` → `words` → `document` → `pages` → the bytes of its files.

    Make one with `Report.open` or `Report.of`. Stages are computed once, when first asked for, and each may
    raise InputError with every fault it found.
    """

    profile: Profile
    edition: str = "final"
    file: str = ""
    _genre: Genre | None = field(default=None, repr=False)
    _node: Node | None = field(default=None, repr=False)
    _document: Document | None = field(default=None, repr=False)
    _draft: Draft | None = field(default=None, repr=False)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        template: str | None = None,
        profile: str | None = None,
        edition: str = "final",
        lines: str | None = None,
        templates: str | Path | None = None,
    ) -> Report:
        """Return the report of a data file (.yaml, .json, .xlsx). The data names its 模板 and 版式 unless given here.

        `edition`: "final" refuses missing data, "draft" prints 【待补：…】, "redacted" hides what is secret.
        A template is looked for beside the data, as a path, in `templates` (a folder of one's own), among the shipped.
        `lines`: "held" (Word breaks the PDF's lines), "free" or "all" (every line end pinned, for a file signed off);
        the profile's, and free for a draft, if None.
        """
        file = Path(path)
        if files.is_workbook(file):
            node = _workbook(file, template, templates, required=edition != "draft")
        else:
            node = _data(file)
        return cls._made(node, str(path), file.parent, template, profile, edition, lines, templates)

    @classmethod
    def of(
        cls,
        data: Mapping[str, object],
        *,
        genre: str | None = None,
        profile: str | None = None,
        edition: str = "final",
        lines: str | None = None,
        templates: str | Path | None = None,
    ) -> Report:
        """Return the report of a mapping of text, numbers, dates, lists and mappings; see `Report.open`."""
        return cls._made(python.of(data), "", None, genre, profile, edition, lines, templates)

    @classmethod
    def typeset(
        cls,
        path: str | Path,
        *,
        profile: str | None = None,
        lines: str | None = None,
        roles: str | Path | None = None,
    ) -> Report:
        """Return the report of a finished draft (.txt, .md): no template, its text and numbering as typed.

        A .txt has no markup; `roles` is a file that corrects what its lines were taken for, and `taken` tells it.
        The front matter of a draft may name its 版式; `profile` and `lines` as for `Report.open`.
        """
        from reportkit.document import draft

        read = draft.read(path, roles)
        page = profiles.find(profile or read.profile or DEFAULT_PROFILE)
        _among(lines or page.lines, LINES, "lines")
        return cls(replace(page, lines=lines or page.lines), file=str(path), _draft=read)

    @classmethod
    def _made(
        cls,
        node: Node,
        file: str,
        beside: Path | None,
        template: str | None,
        profile_name: str | None,
        edition: str,
        lines: str | None,
        templates: str | Path | None,
    ) -> Report:
        _among(edition, EDITIONS, "edition")
        if node.kind != "map":
            hint = N_("照 examples/ 里的样子填写")
            raise InputError(Fault(N_("数据要是一组键和值"), {}, hint, file, node.line or None))
        with _told_at(node, file, "模板", "template"):
            kind = _genre(_named(node, "模板", "template"), template, beside, templates)
        with _told_at(node, file, "版式", "profile"):
            page = profiles.find(profile_name or _named(node, "版式", "profile") or DEFAULT_PROFILE)
        asked = lines or ("free" if edition == "draft" else page.lines)
        _among(asked, LINES, "lines")
        report = cls(replace(page, lines=asked), "draft" if edition == "draft" else "final", file, kind, node)
        return report.redact() if edition == "redacted" else report

    @cached_property
    def facts(self) -> Record:
        """The data, checked against the shape its genre asks for."""
        node, kind = self._node, self._genre
        if node is None or kind is None:
            raise ValueError("a redacted or typeset report holds no facts")
        facts, faults = check.check(node, kind.shape, self.file, required=self.edition != "draft")
        if faults:
            raise InputError(faults)
        return facts

    @cached_property
    def words(self) -> str:
        """What the genre's template says of the facts, each printed fact sealed with its origin."""
        if self._genre is None:
            raise ValueError("a redacted or typeset report holds no words")
        return render.render(self.facts, self._genre, self.edition == "draft", self.profile.rounding)

    @cached_property
    def document(self) -> Document:
        """The words as blocks and spans."""
        if self._document is not None:
            return self._document
        if self._draft is not None:
            return self._draft.document
        written = self.facts.fields.get("日期")
        day = written.value if isinstance(written, Fact) and isinstance(written.value, date) else None
        document = parse.parse(self.words, day, self.facts)
        if self.edition != "draft" and document.gaps:
            hint = N_("补上，或先出讨论稿 --edition draft")
            raise InputError([Fault(N_("缺少这一项"), {}, hint, self.file, path=path) for path in document.gaps])
        return document

    @cached_property
    def pages(self) -> Pages:
        """The document laid out: every line decided."""
        return flow.lay(self.document, self.profile)

    @property
    def figures(self) -> list[Figure]:
        """Every printed figure with its value, origin and page, in reading order.

        Figures are known where they come from data: the numbers of a typeset draft are its text, and it has none.
        """
        return [
            Figure(span.text, span.fact.value, span.fact.unit, span.fact.origin, line.page)
            for paragraph in self.pages.paragraphs
            for line in paragraph.lines
            for run in line.runs
            for span in run.printed
            if span.fact is not None and (span.fact.is_figure or span.fact.value is None)
        ]

    @property
    def taken(self) -> tuple[Taken, ...]:
        """What each paragraph of a typeset .txt was taken for, with its lines in the file and the reason."""
        return self._draft.taken if self._draft else ()

    @property
    def warnings(self) -> list[Fault]:
        """What a reader should know before the files go out: gaps of a draft, doubled marks, characters no face has."""
        guesses = list(self._draft.warnings) if self._draft else []
        faces = [replace(fault, file=self.file) for fault in self.pages.warnings]
        return guesses + self._gaps + list(doubled(self.document)) + faces

    @property
    def _gaps(self) -> list[Fault]:
        """What a draft still lacks: the required values its data leaves out, and whatever else its text asks for."""
        if self._genre is None or self.edition != "draft":
            return []
        kind = self._genre.shape
        lacking = list(check.gaps(self.facts, kind))
        known = {fault.path for fault in lacking}
        asked = [path for path in self.document.gaps if path not in known]
        return lacking + [check.gap(path, shape.at(kind, path), self.file) for path in asked]

    def redact(self) -> Report:
        """Return a report that holds no secret: masked text, and neither the data nor the words it came from.

        Raises InputError for a typeset draft: it does not say what is secret.
        """
        if self._draft is not None:
            hint = N_("脱敏要由数据生成：在数据里标密，再用 build")
            raise InputError(Fault(N_("草稿没有说哪些涉密，不能脱敏"), {}, hint, self.file))
        return Report(self.profile, "redacted", self.file, _document=redact(self.document))

    def render(self, kind: str) -> bytes:
        """Return the bytes of the report as "docx", "pdf" or "txt"; the same report, the same bytes."""
        if kind == "docx":
            from reportkit.writers import docx

            return docx.write(self.pages, self.document)
        if kind == "pdf":
            from reportkit.writers import pdf

            return pdf.write(self.pages, self.document)
        from reportkit.writers import txt

        _among(kind, FORMATS, "to")
        return txt.write(self.document)

    def proved(self, kind: str) -> bytes:
        """Return `render(kind)`, read back and found to hold the words and line ends of `pages`.

        Raises ProofError otherwise: then the fault is reportkit's own.
        """
        from reportkit.writers import proof

        data, read = self.render(kind), {"docx": proof.docx_difference, "pdf": proof.pdf_difference}.get(kind)
        if read and (line := read(data, self.pages)):
            hint = N_("这是 reportkit 自己的错，请连同数据报告；文件没有写")
            raise ProofError(Fault(N_("写成的 {kind} 与排定的版面不符：{line}"), {"kind": kind, "line": line}, hint))
        return data

    def save(self, path: str | Path) -> Path:
        """Write the report to `path`, as its ending says, proved, whole or not at all; return the path."""
        target = Path(path)
        kind = target.suffix.lower().removeprefix(".")
        _among(kind, FORMATS, "to", str(target))
        return put(target, self.proved(kind))


def _genre(named: str, template: str | None, beside: Path | None, templates: str | Path | None) -> Genre:
    """Return the genre that is asked for, else the one the data names, else the default."""
    own = Path(templates) if templates else None
    return genre.find(template or named or DEFAULT_GENRE, beside, own, typed=bool(template))


def _workbook(file: Path, template: str | None, templates: str | Path | None, required: bool) -> Node:
    """Return the tree of a workbook's data: only the shape its genre asks for tells what its sheets are."""
    from reportkit.tables import workbook

    def shape_asked(named: str) -> Shape:
        return _genre(named, template, file.parent, templates).shape

    return workbook.read(file, shape_asked, required)


def _data(file: Path) -> Node:
    """Return the tree of a YAML or JSON file, with what it refers to in workbooks."""
    node = files.read(file)
    if not node.refers:
        return node
    from reportkit.tables import references

    return references.resolved(node, str(file))


def put(target: Path, data: bytes) -> Path:
    """Write `data` to `target` through a temporary file beside it; on any failure `target` is as it was."""
    scratch: str | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(scratch, 0o666 & ~_umask())
        os.replace(scratch, target)
    except OSError as error:
        if scratch and os.path.exists(scratch):
            os.unlink(scratch)
        reason = error.strerror or str(error)
        hint = N_("换一个能写的文件夹，或关掉正打开着的文件")
        raise InputError(Fault(N_("写不了：{reason}"), {"reason": reason}, hint, str(target))) from None
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _named(node: Node, *keys: str) -> str:
    """Return the text of the first of `keys` at the top of the data, "" if there is none."""
    return next((value.typed for key, value in node.pairs if key.typed in keys and value.kind == "text"), "")


@contextmanager
def _told_at(node: Node, file: str, *keys: str) -> Iterator[None]:
    """Tell of a name that nothing has where the data names it, if the data does."""
    try:
        yield
    except InputError as error:
        place = next((value for key, value in node.pairs if key.typed in keys), None)
        if place is None:
            raise
        told, line = place.place or file, place.line or None
        raise InputError(one if one.file else replace(one, file=told, line=line) for one in error.faults) from None


def _among(value: str, known: tuple[str, ...], option: str, file: str = "") -> None:
    if value not in known:
        fields = {"option": option, "value": value or N_("（无扩展名）"), "known": "、".join(known)}
        raise InputError(Fault(N_("{option} 没有“{value}”这一种"), fields, N_("可用：{known}"), file))
