"""Redaction of a report: its source and what is to be hidden in, a source that holds nothing of it out.

What leaves is masked by one search: the document, the names, and every Fault, be it of data that cannot be read on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from os import PathLike, fspath
from typing import TYPE_CHECKING, TypeVar

from reportkit.data.node import Node
from reportkit.document.nodes import Document
from reportkit.document.roles import Role
from reportkit.editions import told
from reportkit.editions.redact import PARAGRAPH, TITLE, Hit, redact
from reportkit.editions.search import Search
from reportkit.errors import N_, Fault, ReportkitError
from reportkit.facts import secret
from reportkit.facts.masking import Masking
from reportkit.facts.withheld import MASK
from reportkit.pages.profile import Profile
from reportkit.source import Data, Made, Source, Typed, file_number

if TYPE_CHECKING:
    from reportkit.document.draft import Taken

Outcome = TypeVar("Outcome")


def marked(node: Node, file: str) -> Search:
    """Return the search for whatever a tree of data marks as secret, right or not."""
    return Search(secret.of_node(node, file))


def known(source: Source, rules: Search | None) -> Search:
    """Return the search for what a source marks as secret, and for what `rules` say."""
    own = marked(source.node, source.file) if isinstance(source, Data) else Search()
    return own.joined(rules or Search())


def covering(search: Search | None, run: Callable[[], Outcome]) -> Outcome:
    """Return what `run` returns; the Faults it raises tell nothing that is secret, or nothing of the data if nobody
    knows yet what is.
    """
    try:
        return run()
    except ReportkitError as error:
        failed = type(error)(told.veiled(error.faults) if search is None else told.covered(error.faults, search))
    # raised out here: the error that told it would hang on this one as its context
    raise failed


def redacted(
    source: Source, profile: Profile, how: Masking, rules: Search | None, out: str | PathLike[str] | None
) -> tuple[Made, Profile]:
    """Return the source of a redacted copy of what `source` gives, and its profile by a name that tells nothing.

    `rules` are those of a policy, sought beside the secrets of the document; `out` is where the copy is to be written.
    """
    document, hidden = source.masked(how) if isinstance(source, Data) else (source.document, [])
    width = len(MASK) if how.mask == "fixed" else None
    search = Search(document.secrets, width=width).joined(rules or Search())
    copy = redact(document, search)
    warnings = [*source.warnings, *hidden, *copy.warnings]
    if rules:
        warnings += _unmet(rules, document)
    if out is not None and search.holds(fspath(out)):
        hint = N_("文件名和文件夹名也会让人看见，换一个")
        warnings.append(Fault(N_("-o 写的路径里有要隐去的字"), {}, hint))
    taken = source.draft.taken if isinstance(source, Typed) else source.taken if isinstance(source, Made) else ()
    lines = search.masked_lines([one.text for one in taken])
    before = source.hits if isinstance(source, Made) else ()
    made = Made(
        copy.document,
        search.masked(source.file),
        # the name of a data file is nobody's title; a draft's is the one its writer gave it
        copy.document.title if isinstance(source, Data) else search.masked(source.called),
        told.covered(warnings, search),
        tuple(replace(one, text=text) for one, text in zip(taken, lines, strict=True)),
        (*before, *_lined(copy.hits, taken)),
        source.number if isinstance(source, Made) else file_number(source.file) if source.file else None,
    )
    names = (search.masked(profile.id), search.masked(profile.title))
    if names != (profile.id, profile.title):
        profile = replace(profile, id=names[0], title=names[1])
    return made, profile


def _unmet(rules: Search, document: Document) -> Iterator[Fault]:
    """Yield a Fault for each rule of a policy that nothing in the document falls under."""
    texts = [block.text for block in (*document.passages(), document.author)]
    pairs = list(pairwise(texts))
    hint = N_("核对写法：错一个字，就什么也遮不住")
    words = (Search((word,)) for word in rules.secrets)
    for one in (*words, *(Search((), (sought,)) for sought in rules.sought)):
        if not any(map(one.holds, texts)) and not any(one.across(*pair) for pair in pairs):
            (origin,) = one.rules
            yield Fault(N_("文中没有它，一处也没有遮"), {}, hint, origin.file, origin.line or None, path=origin.path)


def _lined(hits: Iterable[Hit], taken: Sequence[Taken]) -> Iterator[Hit]:
    """Yield the hits with the line of a .txt draft on which their paragraph begins, if its lines were `taken`."""
    if not taken:
        yield from hits
        return
    from reportkit.document.draft import joined

    titles: list[int] = []
    others: list[int] = []
    for one in joined(taken):
        (titles if one.kind.role is Role.TITLE else others).append(one.first)
    for hit in hits:
        lines = titles if hit.place == TITLE else others[hit.number - 1 :] if hit.place == PARAGRAPH else ()
        yield replace(hit, line=lines[0]) if lines else hit
