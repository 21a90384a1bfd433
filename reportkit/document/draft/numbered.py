"""The running text of a part: chapters, articles, headings and who is addressed in it, by number and by shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportkit.document.draft import shapes
from reportkit.document.draft.guess import (
    LONGEST_STANDING,
    NO_TITLE_END,
    SENTENCE_MARKS,
    Guess,
    Guesses,
)
from reportkit.document.draft.kinds import RUNNING, STANDING, Kind
from reportkit.document.draft.shapes import Marker
from reportkit.errors import N_

LONGEST_SENTENCE = (50, 50, 45, 40)  # of a run-in heading of level 1, 2, 3, 4
LONGEST_LABEL = 30  # of what stands before a colon, its number in it
LABELLED_LEVELS = 2
LIST = 3  # so many headings with nothing between them are a list
SOFT_ENDS = "；;，,、"
ITEM_WHY = N_("一串并列的项")
SERIES_WHY = N_("和同一串的其他项一样")
Markers = Sequence[Marker | None]


def middle(texts: Sequence[str], begin: int, end: int, guesses: Guesses) -> None:
    """Guess chapters, articles, headings and salutations in the running text."""
    contents = _contents(texts, begin, end)
    for at in contents:
        guesses.setdefault(at, Guess(Kind.BODY, N_("目录里的一行")))
    markers = [None if at in contents else shapes.marker(text) for at, text in enumerate(texts)]
    chapters = [None if at in contents else _chapter(text) for at, text in enumerate(texts)]
    articles = sum(bool(shapes.ARTICLE.match(text)) for text in texts[begin:end]) > 1
    count = 0
    open_ones: set[int] = set()
    for at in range(begin, end):
        if at in guesses:
            continue
        text, marker = texts[at], markers[at]
        article = shapes.ARTICLE.match(text)
        if article and articles and (article["space"] or shapes.value(article["number"]) == count + 1):
            count = shapes.value(article["number"])
            guesses[at] = Guess(Kind.ARTICLE, N_("第×条"))
        elif guess := chapters[at]:
            guesses[at] = guess if _together(chapters, at, end) <= LIST else Guess(Kind.BODY, ITEM_WHY)
        elif len(text) <= LONGEST_STANDING and text[-1] in "：:！!" and shapes.ADDRESS.fullmatch(text):
            guesses[at] = Guess(Kind.RESALUTATION, N_("在文中，独占一段，称呼听的人"))
        elif marker and articles and count and marker.level > 1:
            guesses[at] = Guess(Kind.BODY, N_("条下面的项"))
        elif marker:
            guesses[at] = _numbered(texts, markers, at, end, guesses, marker)
            open_ones.add(at)
    for members in _series(markers, guesses, begin, end):
        _agree(texts, markers, [at for at in members if at in open_ones], guesses)


def _chapter(text: str) -> Guess | None:
    if len(text) > LONGEST_STANDING or text[-1] in SENTENCE_MARKS + NO_TITLE_END or "。" in text:
        return None
    if shapes.CHAPTER.match(text):
        return Guess(Kind.CHAPTER, N_("第×章，独占一段"))
    if shapes.SECTION.match(text):
        return Guess(Kind.SECTION, N_("第×节，独占一段"))
    return None


def _contents(texts: Sequence[str], begin: int, end: int) -> set[int]:
    """Return the lines of a table of contents: in a row, each has leaders or stands once more below, its page apart."""
    last = {shapes.bare(text): at for at, text in enumerate(texts[:end])}

    def again(at: int, text: str) -> bool:
        return last.get(shapes.bare(text), 0) > at

    def listed(one: int) -> bool:
        text = texts[one] if begin <= one < end else ""
        if not text or len(text) > LONGEST_STANDING:
            return False
        paged = shapes.LISTED.fullmatch(text)
        return again(one, text) or bool(shapes.LEADERS.fullmatch(text)) or bool(paged and again(one, paged["words"]))

    found = {at for at in range(begin, end) if listed(at) and 1 + _run(at, 1, listed) + _run(at, -1, listed) >= LIST}
    titles = {at for at in range(begin, end) if at + 1 in found and shapes.CONTENTS.fullmatch(texts[at])}
    return found | titles


def _together(chapters: Sequence[Guess | None], at: int, end: int) -> int:
    """Return how many chapters and sections stand together: a part, its chapter and its section may, not more."""

    def beside(one: int) -> bool:
        return 0 <= one < end and chapters[one] is not None

    return 1 + _run(at, 1, beside) + _run(at, -1, beside)


def _numbered(texts: Sequence[str], markers: Markers, at: int, end: int, guesses: Guesses, marker: Marker) -> Guess:
    """Return what a paragraph that begins with 一、 （一） 1. or （1） is by itself."""
    text, level = texts[at], marker.level
    words = text[marker.end :]
    if not words:
        return Guess(Kind.BODY, N_("只有序号"), sure=False)
    if _is_item(texts, markers, at, guesses):
        return Guess(Kind.BODY, ITEM_WHY)
    sentence = shapes.SENTENCE.match(words)
    length = marker.end + (sentence.end() if sentence else len(words))
    if sentence and length < len(text):
        if length > LONGEST_SENTENCE[level - 1] or shapes.STATED.search(words, 0, length - marker.end):
            return Guess(Kind.BODY, N_("有序号，首句太长或有数据，不像标题"), sure=False)
        return Guess(RUNNING[level - 1], N_("有序号，首句短，后面接着写"), head=length)
    if length > LONGEST_STANDING or "；" in words:
        return Guess(Kind.BODY, N_("有序号，但长，不像标题"), sure=False)
    adjoining = _adjoining(texts, markers, at, end)
    if adjoining >= (LIST if level <= 2 else 2):
        return Guess(Kind.BODY, ITEM_WHY)
    followed = at + 1 < end and not _beside(markers, at, at + 1)
    if (sentence or words[-1] in "：:") and not (followed and level <= 2):
        return Guess(Kind.BODY, N_("有序号的一句话"), sure=False)
    if not followed and level > 2:
        return Guess(Kind.BODY, N_("有序号，下面没有内容"), sure=False)
    return Guess(STANDING[level - 1], N_("有序号，独占一段"), sure=followed and not sentence)


def _series(markers: Markers, guesses: Guesses, begin: int, end: int) -> Iterator[list[int]]:
    """Yield the paragraphs of each series: numbers of one level that count on, under one heading."""
    running: dict[int, list[int]] = {}
    for at in range(begin, end):
        if at in guesses and guesses[at].kind in (Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE):
            yield from running.values()
            running = {}
        marker = markers[at]
        if marker is None:
            continue
        for level in [one for one in running if one > marker.level]:
            yield running.pop(level)
        before = running.get(marker.level)
        last = markers[before[-1]] if before else None
        if before is not None and last is not None and last.number <= marker.number <= last.number + 2:
            before.append(at)
            continue
        if before is not None:
            yield before
        running[marker.level] = [at]
    yield from running.values()


def _agree(texts: Sequence[str], markers: Markers, members: Sequence[int], guesses: Guesses) -> None:
    """Make the members of a series one kind: headings, where most are or could be, else body text."""
    headed = [at for at in members if guesses[at].kind is not Kind.BODY]
    labelled = {at: head for at in members if (head := _label_end(texts[at], markers[at]))}
    plain = [at for at in members if guesses[at].kind is Kind.BODY]
    if not plain or len(members) < 2 or any(texts[at][-1] in SOFT_ENDS for at in members[:-1]):
        for at in headed if plain else ():
            guesses[at] = Guess(Kind.BODY, ITEM_WHY)
        return
    marker = markers[members[0]]
    assert marker is not None
    level = marker.level
    # below the second level headings look like text, and items are most often no more than items
    told = labelled.keys() >= set(plain) and 2 * len(labelled) >= len(members)
    if told and (headed or level <= LABELLED_LEVELS):
        # what one says after a colon the others do too: 一、元旦：……
        for at in members:
            if guesses[at].kind in STANDING and at not in labelled:
                continue
            head = labelled.get(at) or guesses[at].head
            guesses[at] = Guess(RUNNING[level - 1], N_("有序号，冒号或句号之前短，后面接着写"), head=head)
    elif 2 * len(headed) > len(members) or any(guesses[at].kind in STANDING and guesses[at].sure for at in headed):
        for at in plain:
            sentence = shapes.SENTENCE.match(texts[at], _begin(markers[at]))
            whole = not sentence or sentence.end() == len(texts[at])
            kind = STANDING[level - 1] if whole else RUNNING[level - 1]
            guesses[at] = Guess(kind, SERIES_WHY, sure=False, head=0 if whole or not sentence else sentence.end())
    else:
        for at in headed:
            guesses[at] = Guess(Kind.BODY, SERIES_WHY, sure=False)


def _begin(marker: Marker | None) -> int:
    return marker.end if marker else 0


def _label_end(text: str, marker: Marker | None) -> int:
    """Return where the label ends that a numbered paragraph begins with: （一）抓项目：……; 0 if it has none."""
    found = shapes.LABEL_HEAD.match(text, _begin(marker))
    short = found and found.end() <= LONGEST_LABEL and found.end() < len(text) and text[-1] in SENTENCE_MARKS
    return found.end() if found and short else 0


def _is_item(texts: Sequence[str], markers: Markers, at: int, guesses: Guesses) -> bool:
    """True for an item of a list: it ends as items do, or the one before it at this level did."""
    if texts[at][-1] in SOFT_ENDS:
        return True
    marker, before = markers[at], markers[at - 1] if at else None
    return bool(
        marker
        and before
        and before.level == marker.level
        and before.number + 1 == marker.number
        and texts[at - 1][-1] in SOFT_ENDS
        and guesses[at - 1].kind is Kind.BODY
    )


def _beside(markers: Markers, at: int, other: int) -> bool:
    """True if two paragraphs begin with numbers of one level."""
    here, there = markers[at], markers[other]
    return here is not None and there is not None and here.level == there.level


def _adjoining(texts: Sequence[str], markers: Markers, at: int, end: int) -> int:
    """Return how many short paragraphs of the same level stand together with `at` in the middle."""

    def listed(one: int) -> bool:
        return 0 <= one < end and _beside(markers, at, one) and len(texts[one]) <= LONGEST_STANDING

    return 1 + _run(at, 1, listed) + _run(at, -1, listed)


def _run(at: int, step: int, holds: Callable[[int], bool]) -> int:
    """Return for how many steps from `at` something holds, looking no farther than a list takes."""
    return next((count for count in range(LIST) if not holds(at + step * (count + 1))), LIST)
