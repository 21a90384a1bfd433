"""Paragraphs in, what each was taken for out: by shape and by place, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from reportkit.document.draft import parts, source
from reportkit.document.draft.ending import ending
from reportkit.document.draft.guess import Guess, Guesses
from reportkit.document.draft.kinds import Kind, Taken
from reportkit.document.draft.numbered import middle
from reportkit.document.draft.opening import opening
from reportkit.document.draft.paragraphs import Paragraph
from reportkit.errors import N_


def recognised(paragraphs: Sequence[Paragraph], said: Mapping[int, Kind]) -> list[Taken]:
    """Return what each paragraph is. `said` tells the kind of some, by index, and is not questioned."""
    texts = [source.seen(paragraph.text) for paragraph in paragraphs]
    taken: list[Taken] = []
    for start, end in pairwise((*parts.starts(texts, said), len(paragraphs))):
        spoken = {at - start: kind for at, kind in said.items() if start <= at < end}
        taken += _part(paragraphs[start:end], texts[start:end], spoken)
    return taken


def _part(paragraphs: Sequence[Paragraph], texts: Sequence[str], said: Mapping[int, Kind]) -> list[Taken]:
    guesses: Guesses = {at: Guess(kind, N_("由你指定")) for at, kind in said.items()}
    begin = opening(texts, [paragraph.gap for paragraph in paragraphs], guesses)
    end = ending(texts, begin, guesses)
    middle(texts, begin, end, guesses)
    for at in range(len(texts)):
        guesses.setdefault(at, Guess(Kind.BODY, N_("没有别的样子")))
    return [_taken(one, guesses[at]) for at, one in enumerate(paragraphs)]


def _taken(one: Paragraph, guess: Guess) -> Taken:
    head = source.reach(one.text, guess.head)
    return Taken(one.first, one.last, guess.kind, guess.why, guess.sure, one.text, head)
