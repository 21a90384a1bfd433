"""Report: a source and an edition of its document, then pages, then bytes; a cached property a stage."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, overload

from reportkit import files
from reportkit.data import datafile, python
from reportkit.data.node import Node
from reportkit.document.doubled import doubled
from reportkit.document.nodes import Document
from reportkit.document.unitless import unitless
from reportkit.editions import EDITIONS, EditionName
from reportkit.errors import N_, Fault, InputError, ProofError
from reportkit.facts.conceal import MASKS, MaskName
from reportkit.facts.fact import Record
from reportkit.facts.masking import RECKONED, Masking, ReckonedName
from reportkit.facts.shape import Shape
from reportkit.filename import filename
from reportkit.pages import flow, profiles
from reportkit.pages.frame import Pages
from reportkit.pages.profile import Profile
from reportkit.pages.profile_keys import LINES
from reportkit.result import Figure, Result
from reportkit.source import Data, Made, Source, Typed
from reportkit.words import genre
from reportkit.words.genre import Genre
from reportkit.writers import FORMATS, FormatName

if TYPE_CHECKING:
    from reportkit.document.draft import Taken
    from reportkit.editions.redact import Hit
    from reportkit.editions.search import Search
    from reportkit.facts.indicator import Indicator

Lines = Literal["held", "free", "all"]
DEFAULT_TEMPLATE, DEFAULT_PROFILE = "briefing", "gbt9704"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a report beside its data, see `Report.open`. Raises InputError for what cannot be asked."""

    template: str | None
    profile: str | None
    edition: EditionName
    lines: Lines | None
    templates: str | Path | None
    how: Masking
    out: str | Path | None = None
    files_from: str | Path | None = None
    apart: bool = False

    def __post_init__(self) -> None:
        _among(self.edition, EDITIONS, "edition")
        _texts(template=self.template, profile=self.profile, templates=self.templates)
        _texts(out=self.out, files_from=self.files_from)


@dataclass(frozen=True, repr=False)
class Report:
    """A report and its stages: `facts` → `words` → `document` → `pages` → the bytes of its files.

    Make one with `Report.open`, `Report.of` or `Report.typeset`. Stages are computed once, when first asked for, and
    each may raise InputError with every fault it found.
    """

    source: Source
    profile: Profile
    edition: EditionName = "final"

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        template: str | None = None,
        profile: str | None = None,
        edition: EditionName = "final",
        lines: Lines | None = None,
        templates: str | Path | None = None,
        mask: MaskName = "shape",
        reckoned: ReckonedName = "hide",
        allow: Sequence[str] = (),
        out: str | Path | None = None,
        files_from: str | Path | None = None,
        apart: bool = False,
    ) -> Report:
        """Return the report of a data file (.yaml, .json, .xlsx). The data names its 模板 and 版式 unless given here.

        `edition`: "final" refuses missing data, "draft" prints 【待补：…】, "redacted" hides what is secret.
        A template is looked for beside the data, as a path, in `templates` (a folder of one's own), among the shipped.
        `lines`: "held" (Word breaks the PDF's lines), "free" or "all" (every line end pinned, for a file signed off);
        the profile's, and free for a draft, if None. `mask`, `reckoned` and `allow` are for a redacted edition, see
        `redact`. `out` is where it is to be written: a redacted report warns if that holds what it hides.
        `files_from`: a folder that workbooks named in the data may be in, beside the data's own. `apart`: render the
        words of a template that is neither shipped nor in `templates` at once, in a process with limits of memory and
        time, made by fork: to be asked for before there are threads.
        """
        _texts(path=path)
        how = _masking(mask, reckoned, allow)
        asked = _Asked(template, profile, edition, lines, templates, how, out, files_from, apart)
        file = Path(path)
        node = _read(file, asked)
        return cls._made(node, str(path), file.parent, asked)

    @classmethod
    def of(
        cls,
        data: Mapping[str, object],
        *,
        template: str | None = None,
        profile: str | None = None,
        edition: EditionName = "final",
        lines: Lines | None = None,
        templates: str | Path | None = None,
        mask: MaskName = "shape",
        reckoned: ReckonedName = "hide",
        allow: Sequence[str] = (),
    ) -> Report:
        """Return the report of a mapping of text, numbers, dates, lists and mappings; see `Report.open`."""
        asked = _Asked(template, profile, edition, lines, templates, _masking(mask, reckoned, allow))
        return cls._made(python.of(data), "", None, asked)

    @classmethod
    def typeset(
        cls,
        path: str | Path,
        *,
        profile: str | None = None,
        lines: Lines | None = None,
        roles: str | Path | None = None,
        normalise: bool = False,
        redact: str | Path | None = None,
        mask: MaskName = "shape",
        out: str | Path | None = None,
    ) -> Report:
        """Return the report of a finished draft (.txt, .md): no template, its text and numbering as typed.

        A .txt has no markup; `roles` is a file that corrects what its lines were taken for, and `taken` tells it.
        `normalise` puts characters in the place of radicals, which text copied from a PDF has.
        The front matter of a draft may name its 版式; `profile`, `lines`, `mask` and `out` as for `Report.open`.
        `redact` is the policy of a redacted copy, see `redact`.
        """
        from reportkit.document import draft

        how = _masking(mask)
        _texts(path=path, profile=profile, roles=roles, redact=redact, out=out)
        profile = _name(profile)
        rules = None if redact is None else _policy(redact)

        def made() -> Report:
            read = draft.read(path, roles, normalise)
            return cls(Typed(read, str(path)), _page(profile or read.profile, lines))

        if rules is None:
            return made()
        from reportkit import redaction

        return redaction.covering(rules, lambda: made()._redacted(how, rules, out))

    @classmethod
    def _made(cls, node: Node, file: str, beside: Path | None, asked: _Asked) -> Report:
        edition = EDITIONS[asked.edition]
        if not edition.redacted:
            report = cls._of_node(node, file, beside, asked)
            if edition.change is None:
                return report
            document = edition.change(report.document)
            return cls(Made(document, file, document.title), report.profile, asked.edition)
        from reportkit import redaction

        def redacted() -> Report:
            return cls._of_node(node, file, beside, asked)._redacted(asked.how, None, asked.out)

        return redaction.covering(redaction.marked(node, file), redacted)

    @classmethod
    def _of_node(cls, node: Node, file: str, beside: Path | None, asked: _Asked) -> Report:
        """Return the report of a tree of data, in an edition that changes nothing of it."""
        node = _resolved(node, file, asked)
        if node.kind != "map":
            hint = N_("照 examples/ 里的样子填写")
            raise InputError(Fault(N_("数据要是一组键和值"), {}, hint, file, node.line or None))
        with _told_at(node, file, *(() if asked.template else ("模板", "template"))):
            kind = _genre(_named(node, "模板", "template"), beside, asked)
        edition = EDITIONS[asked.edition]
        with _told_at(node, file, *(() if asked.profile else ("版式", "profile"))):
            page = _page(_name(asked.profile) or _named(node, "版式", "profile"), asked.lines or edition.lines)
        apart = asked.apart and kind.is_foreign
        folders = tuple(Path(os.path.abspath(one)) for one in (asked.templates, beside) if one is not None)
        data = Data(node, kind, file, edition.whole, page.rounding, apart, folders)
        report = cls(data, page, asked.edition)
        if apart and not edition.redacted:
            _ = report.words
        return report

    def _redacted(self, how: Masking, rules: Search | None, out: str | Path | None) -> Report:
        """Return the report without what is secret; it holds nothing else of what it was made from."""
        from reportkit import redaction

        return Report(*redaction.redacted(self.source, self.profile, how, rules, out), "redacted")

    def redact(
        self,
        policy: str | Path | None = None,
        *,
        mask: MaskName = "shape",
        reckoned: ReckonedName = "hide",
        allow: Sequence[str] = (),
    ) -> Report:
        """Return a report that holds no secret: masked text, and neither the data nor the words it came from.

        `policy` is a file that says what else to hide: words, names, patterns. `mask`: "shape" prints a * for each
        character of a secret as typed, "fixed" ** for any of them. What the readable figures give back of secret ones:
        with `reckoned` "hide" some of them are hidden too, and `warnings` say which; with "refuse" it is an error;
        the secret figures whose paths `allow` lists may be reckoned.
        Raises InputError for a typeset draft without a policy: it does not say what is secret.
        """
        how = _masking(mask, reckoned, allow)
        _texts(policy=policy)
        rules = None if policy is None else _policy(policy)
        if rules is None and not self.source.tells_secrets:
            hint = N_("写一个隐去什么的文件，用 --redact 给出；或由数据生成，在数据里标密")
            raise InputError(Fault(N_("草稿没有说哪些涉密，不能脱敏"), {}, hint, self.file))
        from reportkit import redaction

        return redaction.covering(redaction.known(self.source, rules), lambda: self._redacted(how, rules, None))

    @property
    def file(self) -> str:
        """The file the report is made from, "" if it is made from none."""
        return self.source.file

    @property
    def name(self) -> str:
        """What the report's files are called, without an ending: its title and edition, 标题（讨论稿）."""
        return filename(self.source.called, EDITIONS[self.edition].suffix)

    @property
    def facts(self) -> Record:
        """The data, checked against the shape its genre asks for."""
        return self._data.facts

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every figure of the data with the name it goes by and its nature, and why it was taken for that."""
        return self._data.indicators

    @property
    def words(self) -> str:
        """What the genre's template says of the facts, each printed fact sealed with its origin."""
        return self._data.words

    @property
    def _data(self) -> Data:
        if not isinstance(self.source, Data):
            raise ValueError("a redacted or typeset report holds no data")
        return self.source

    @property
    def document(self) -> Document:
        """What the report says, as blocks and spans."""
        return self.source.document

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
            Figure(span.text, fact.value, fact.unit, fact.origin, line.page, fact.is_secret)
            for paragraph in self.pages.paragraphs
            for line in paragraph.lines
            for run in line.runs
            for span in run.printed
            if (fact := span.fact) is not None and (fact.is_figure or fact.value is None)
        ]

    @property
    def taken(self) -> tuple[Taken, ...]:
        """What each paragraph of a typeset .txt was taken for, with its lines in the file and the reason."""
        if isinstance(self.source, Typed):
            return self.source.draft.taken
        return self.source.taken if isinstance(self.source, Made) else ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What was found in redacting the report, and where; nothing if it is not redacted."""
        return self.source.hits if isinstance(self.source, Made) else ()

    @property
    def warnings(self) -> list[Fault]:
        """What a reader should know before the files go out.

        Gaps of a draft, doubled marks, figures without a unit, characters no face has.
        """
        faces = [replace(fault, file=self.file) for fault in self.pages.warnings]
        return [*self.source.warnings, *doubled(self.document), *unitless(self.document), *faces]

    def result(self, *written: Path) -> Result:
        """Return all that is to be told of the report, whose files are those `written`."""
        pages = len(self.pages.pages)
        return Result(written, pages, tuple(self.figures), tuple(self.warnings), taken=self.taken, hits=self.hits)

    def render(self, kind: FormatName) -> bytes:
        """Return the bytes of the report as "docx", "pdf" or "txt"; the same report, the same bytes."""
        _among(kind, FORMATS, "to")
        return FORMATS[kind].write(self)

    def proved(self, kind: FormatName) -> bytes:
        """Return `render(kind)`, read back and found to hold the words and line ends of `pages`.

        Raises ProofError otherwise: then the fault is reportkit's own.
        """
        data = self.render(kind)
        if line := FORMATS[kind].read_back(data, self):
            hint = N_("这是 reportkit 自己的错，请连同数据报告；文件没有写")
            raise ProofError(Fault(N_("写成的 {kind} 与排定的版面不符：{line}"), {"kind": kind, "line": line}, hint))
        return data

    @overload
    def save(self, target: str | os.PathLike[str], kind: FormatName | None = None, *, force: bool = False) -> Path: ...
    @overload
    def save(self, target: BinaryIO, kind: FormatName) -> None: ...
    def save(
        self, target: str | os.PathLike[str] | BinaryIO, kind: FormatName | None = None, *, force: bool = False
    ) -> Path | None:
        """Write the report, proved, to a path, as its ending or `kind` says, or as `kind` to a binary file object.

        A path is written whole or not at all, and returned. A file there that was not written by reportkit, or that
        somebody has edited since, is only written over with `force`; what the report is made from never.
        """
        if not isinstance(target, str | os.PathLike):
            if isinstance(target, io.TextIOBase) or not hasattr(target, "write"):
                raise InputError(Fault(N_("不能写到这里"), {}, N_("给一个路径，或一个二进制的文件对象")))
            _pour(self.proved(_ending("") if kind is None else kind), target)
            return None
        path = Path(target)
        data = self.proved(kind or _ending(path))
        # a masked name leads nowhere: what a redacted report is made from is known by its number
        own = isinstance(self.source, Made) and self.source.is_made_from(path)
        return files.put({path: data}, force, [path] if own else self._read)[0]

    @property
    def _read(self) -> list[Path]:
        """The files the report is made from: its data or draft, and its template's."""
        layers = self.source.genre.layers if isinstance(self.source, Data) else ()
        inner = [file for layer in layers for file in layer.rglob("*") if file.is_file()]
        return [*([Path(self.file)] if self.file else []), *inner]

    def __repr__(self) -> str:
        return f"Report({self.file!r}, edition={self.edition!r}, profile={self.profile.id!r})"


def _pour(data: bytes, target: BinaryIO) -> None:
    """Write all of `data` to a file object, one that takes a part at a time too."""
    while data:
        taken = target.write(data)
        # what does not say how much it took has taken all, but for a file that is not ready
        if taken is None and isinstance(target, io.RawIOBase):
            raise BlockingIOError(errno.EAGAIN, "the file object is non-blocking and not ready")
        data = data[taken:] if isinstance(taken, int) else b""


def _page(profile: str | None, lines: str | None) -> Profile:
    """Return the profile asked for, else the default, its Word lines as asked for, else its own."""
    page = profiles.find(profile or DEFAULT_PROFILE)
    _among(lines or page.lines, LINES, "lines")
    return replace(page, lines=lines or page.lines)


def _genre(named: str, beside: Path | None, asked: _Asked) -> Genre:
    """Return the genre that is asked for, else the one the data names, else the default."""
    own = Path(asked.templates) if asked.templates else None
    template = _name(asked.template)
    return genre.find(template or named or DEFAULT_TEMPLATE, beside, own, typed=bool(template))


def _read(file: Path, asked: _Asked) -> Node:
    """Return the tree of a data file; of one that cannot be read, a redacted edition repeats no word."""
    read = _workbook if datafile.is_workbook(file) else _text
    if not EDITIONS[asked.edition].redacted:
        return read(file, asked)
    from reportkit import redaction

    return redaction.covering(None, lambda: read(file, asked))


def _text(file: Path, _: _Asked) -> Node:
    """Return the tree of a YAML or JSON file."""
    return datafile.read(file)


def _workbook(file: Path, asked: _Asked) -> Node:
    """Return the tree of a workbook's data: only the shape its genre asks for tells what its sheets are."""
    from reportkit.tables import workbook

    def shape_asked(named: str) -> Shape:
        return _genre(named, file.parent, asked).shape

    return workbook.read(file, shape_asked, EDITIONS[asked.edition].whole)


def _resolved(node: Node, file: str, asked: _Asked) -> Node:
    """Return a tree of data with what it refers to in workbooks."""
    if not node.refers:
        return node
    from reportkit.tables import references

    return references.resolved(node, file, Path(asked.files_from) if asked.files_from else None)


def _masking(mask: MaskName, reckoned: ReckonedName = "hide", allow: Sequence[str] = ()) -> Masking:
    """Return how secrets are to be hidden. Raises InputError for what there is not."""
    _among(mask, MASKS, "mask")
    _among(reckoned, RECKONED, "reckoned")
    if isinstance(allow, str) or not all(isinstance(path, str) for path in allow):
        raise InputError(
            Fault(
                N_("{option} 不能是 {value}"),
                {"option": "allow", "value": type(allow).__name__},
                N_("写成列表，一项一个数的名字"),
            )
        )
    return Masking(mask, reckoned, tuple(allow))


def _policy(path: str | Path) -> Search:
    """Return what a policy file looks for."""
    from reportkit.editions import policy

    return policy.read(path)


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


def _texts(**options: object) -> None:
    """Refuse options that are no text and no path."""
    for option, value in options.items():
        if not isinstance(value, str | os.PathLike) and (option == "path" or value is not None):
            fields = {"option": option, "value": type(value).__name__}
            raise InputError(Fault(N_("{option} 不能是 {value}"), fields, N_("写成文字或路径")))


def _name(option: str | os.PathLike[str] | None) -> str | None:
    """Return the text of a name that may be given as a path."""
    return None if option is None else os.fspath(option)


def _ending(path: str | Path) -> FormatName:
    """Return the format that a path's ending names."""
    ending = Path(path).suffix.lower().removeprefix(".")
    _among(ending, FORMATS, "to", str(path))
    return next(kind for kind in FORMATS if kind == ending)


def _among(value: str, known: Iterable[str], option: str, file: str = "") -> None:
    if not isinstance(value, str) or value not in known:
        fields = {"option": option, "value": str(value) if value else N_("（无扩展名）"), "known": "、".join(known)}
        raise InputError(Fault(N_("{option} 没有“{value}”这一种"), fields, N_("可用：{known}"), file))
