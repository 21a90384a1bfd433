"""Paragraphs in, what each was taken for out: by shape and by place, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from reportkit.document.draft import shapes
from reportkit.document.draft.kinds import RUNNING, STANDING, Kind, Taken
from reportkit.document.draft.paragraphs import Paragraph
from reportkit.document.draft.shapes import Marker
from reportkit.errors import N_

# lengths in characters: secretarial practice, and the page's 28 characters a line
LONGEST_TITLE = 80
LONGEST_TITLE_LINE = 60
LONGEST_BYLINE = 60
LONGEST_SALUTATION = 200
LONGEST_STANDING = 50
LONGEST_SENTENCE = (50, 50, 45, 40)  # of a run-in heading of level 1, 2, 3, 4
LONGEST_SIGNATURE = 30
LONGEST_CLOSING = 60
TITLE_LINES, SIGNATURE_LINES, MOST_NOTES = 4, 6, 8
LIST = 3  # so many headings with nothing between them are a list
NO_TITLE_END = "，；：。、,;:"
SENTENCE_MARKS = "。！？；!?;."
SOFT_ENDS = "；;，,、"


class Guess(NamedTuple):
    """What a paragraph was taken for, and why."""

    kind: Kind
    why: str
    sure: bool = True


Guesses = dict[int, Guess]


def recognised(paragraphs: Sequence[Paragraph], said: Mapping[int, Kind]) -> list[Taken]:
    """Return what each paragraph is. `said` tells the kind of some, by index, and is not questioned.

    A line 附件, 附件1 begins a part with a title of its own (GB/T 9704 §7.3.7).
    """
    inner = range(1, len(paragraphs))
    starts = [0, *(at for at in inner if shapes.PART.fullmatch(paragraphs[at].text) and at not in said)]
    taken: list[Taken] = []
    for start, end in pairwise((*starts, len(paragraphs))):
        spoken = {at - start: kind for at, kind in said.items() if start <= at < end}
        taken += _part(paragraphs[start:end], spoken)
    return taken


def _part(paragraphs: Sequence[Paragraph], said: Mapping[int, Kind]) -> list[Taken]:
    texts = [paragraph.text for paragraph in paragraphs]
    guesses: Guesses = {at: Guess(kind, N_("由你指定")) for at, kind in said.items()}
    begin = _opening(paragraphs, guesses)
    end = _ending(paragraphs, begin, guesses)
    _middle(texts, begin, end, guesses)
    for at in range(len(texts)):
        guesses.setdefault(at, Guess(Kind.BODY, N_("没有别的样子")))
    return [
        Taken(one.first, one.last, guesses[at].kind, guesses[at].why, guesses[at].sure, one.text)
        for at, one in enumerate(paragraphs)
    ]


def _opening(paragraphs: Sequence[Paragraph], guesses: Guesses) -> int:
    """Guess the title and what stands about it down to the salutation; return where the text begins."""
    texts = [paragraph.text for paragraph in paragraphs]
    at = 0
    while at < len(texts) and _free(guesses, at) and (kind := _label(texts, at)):
        guesses[at] = Guess(kind, N_("标题之上的标注"))
        at += 1
    if at < len(texts) and _can_open_title(texts[at]) and _free(guesses, at, Kind.TITLE):
        for line in range(at, _title_end(paragraphs, at, guesses)):
            guesses.setdefault(line, Guess(Kind.TITLE, N_("在开头，短，句末没有标点")))
            at = line + 1
    titled = at > 0 or guesses.get(0, Guess(Kind.BODY, "")).kind is Kind.TITLE
    while at < len(texts) and titled:
        guess = guesses.get(at) or _below_title(texts, at)
        if guess is None or guess.kind not in (Kind.TITLE, Kind.SUBTITLE, Kind.BYLINE):
            break
        guesses[at] = guess
        at += 1
    while at < len(texts):
        guess = guesses.get(at) or _salutation(texts, at)
        if guess is None or guess.kind is not Kind.SALUTATION:
            break
        guesses[at] = guess
        at += 1
    return at


def _label(texts: Sequence[str], at: int) -> Kind | None:
    """Return what a line above the title is, None if it is none."""
    text = texts[at]
    if shapes.LABEL.fullmatch(text):
        return Kind.ATTACHMENT if shapes.PART.match(text) else Kind.NOTE
    headed = shapes.LETTERHEAD.fullmatch(text) and shapes.NUMBERED.fullmatch(" ".join(texts[at + 1 : at + 2]))
    return Kind.BYLINE if headed or shapes.NUMBERED.fullmatch(text) else None


def _free(guesses: Guesses, at: int, kind: Kind | None = None) -> bool:
    """True if nothing, or only `kind`, has been said of a paragraph."""
    return at not in guesses or guesses[at].kind is kind


def _can_open_title(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE_LINE
        and "。" not in text
        and text[-1] not in NO_TITLE_END
        and not shapes.begins_anew(text)
        and not shapes.ADDRESS.fullmatch(text)
        and not shapes.DATE.fullmatch(text)
    )


def _title_end(paragraphs: Sequence[Paragraph], at: int, guesses: Guesses) -> int:
    """Return the end of the title that begins at `at`: its last line names a genre, or it has one line."""
    end, length = at + 1, len(paragraphs[at].text)
    finished = _names_genre(paragraphs[at].text)
    adjoining, usual = end, min((one.gap for one in paragraphs[at + 1 :]), default=0)
    for line in range(at + 1, min(at + TITLE_LINES, len(paragraphs))):
        text = paragraphs[line].text
        length += len(text)
        if length > LONGEST_TITLE or not _free(guesses, line, Kind.TITLE) or not _can_go_on_title(text):
            break
        if _names_genre(text) and not (finished and paragraphs[line].gap > usual):
            end, finished = line + 1, True
        if adjoining == line and paragraphs[line].gap <= usual and not shapes.ORGAN.fullmatch(text):
            adjoining = line + 1
    return end if finished else adjoining


def _names_genre(text: str) -> bool:
    """True if a title could end here, spaced out or not: 工　作　报　告."""
    return bool(shapes.GENRE.search(re.sub(shapes.SPACE, "", text)))


def _can_go_on_title(text: str) -> bool:
    if not _can_open_title(text) or text[-1] in SENTENCE_MARKS or shapes.SUBTITLE.match(text):
        return False
    if _names_genre(text) and not shapes.BRACKETED.fullmatch(text):
        return not shapes.LABELLED.fullmatch(text)
    shaped = (shapes.SPEAKER, shapes.OFFICE, shapes.LABELLED, shapes.BRACKETED, shapes.OCCASION, shapes.NUMBERED)
    return not any(shape.fullmatch(text) for shape in shaped)


def _below_title(texts: Sequence[str], at: int) -> Guess | None:
    """Return what a line between title and salutation is, None if it is neither subtitle nor byline."""
    text = texts[at]
    if len(text) > LONGEST_BYLINE or shapes.begins_anew(text):
        return None
    if shapes.SUBTITLE.match(text):
        return Guess(Kind.SUBTITLE, N_("在标题下，破折号开头"))
    if "。" in text or text[-1] in NO_TITLE_END:
        return None
    if any(shape.fullmatch(text) for shape in (shapes.DATE, shapes.BRACKETED, shapes.LABEL)):
        return Guess(Kind.BYLINE, N_("在标题下，是日期、稿次或括号里的话"))
    named = (shapes.SPEAKER, shapes.OFFICE, shapes.LABELLED, shapes.NUMBERED, shapes.OCCASION, shapes.DATED)
    if any(shape.fullmatch(text) for shape in named) and not shapes.NO_NAME.fullmatch(text):
        return Guess(Kind.BYLINE, N_("在标题下，是人、会或文号"))
    if shapes.ORGAN.fullmatch(text) and len(text) <= LONGEST_SIGNATURE:
        return Guess(Kind.BYLINE, N_("在标题下，是单位"))
    greeted = any(_salutation(texts, after) for after in range(at + 1, min(at + TITLE_LINES, len(texts))))
    if greeted and len(text) <= LONGEST_SIGNATURE and text[-1] not in SENTENCE_MARKS:
        return Guess(Kind.BYLINE, N_("在标题和称谓之间"), sure=False)
    return None


def _salutation(texts: Sequence[str], at: int) -> Guess | None:
    text = texts[at]
    if len(text) > LONGEST_SALUTATION or "。" in text or shapes.begins_anew(text):
        return None
    if shapes.ADDRESS.fullmatch(text) and (text[-1] in "：:！!" or len(texts) > at + 1):
        return Guess(Kind.SALUTATION, N_("在开头，称呼听的人"))
    if shapes.RECEIVER.fullmatch(text) and not shapes.LEADS_ON.fullmatch(text):
        return Guess(Kind.SALUTATION, N_("在开头，称呼收文的人或单位，冒号收尾"))
    return None


def _ending(paragraphs: Sequence[Paragraph], begin: int, guesses: Guesses) -> int:
    """Guess signature, date and what follows them, and the closing above; return where the text ends."""
    texts = [paragraph.text for paragraph in paragraphs]
    end = _text_end(texts, begin, guesses)
    for at in range(end, len(texts)):
        guesses.setdefault(at, Guess(Kind.NOTE, N_("在日期之后")))
    after = end
    if end > begin and shapes.DATE.fullmatch(texts[end - 1]) and _free(guesses, end - 1, Kind.DATE):
        guesses.setdefault(end - 1, Guess(Kind.DATE, N_("在末尾，是日期")))
        end -= 1
    dated = end < after
    while end > begin and after - end < SIGNATURE_LINES and _signs(texts, end - 1, dated, guesses):
        guesses.setdefault(end - 1, Guess(Kind.SIGNATURE, N_("在末尾，短，没有标点"), sure=dated))
        end -= 1
    listed = _attachments(texts, begin, end, guesses)
    if listed > begin and len(texts[listed - 1]) <= LONGEST_CLOSING and shapes.CLOSING.match(texts[listed - 1]):
        guesses.setdefault(listed - 1, Guess(Kind.CLOSING, N_("全文最后一句，是结束的话")))
    return listed


def _text_end(texts: Sequence[str], begin: int, guesses: Guesses) -> int:
    """Return the index after signature and date: the end, or where only notes or attachments follow."""
    for at in range(len(texts) - 1, begin - 1, -1):
        if guesses.get(at, Guess(Kind.BODY, "")).kind is Kind.DATE:
            return at + 1
        if len(texts) - at > MOST_NOTES:
            break
        last = at + 1 == len(texts) or shapes.AFTER_DATE.fullmatch(texts[at + 1])
        if last and at > begin and shapes.DATE.fullmatch(texts[at]):
            return at + 1
    return len(texts)


def _signs(texts: Sequence[str], at: int, dated: bool, guesses: Guesses) -> bool:
    """True if a line at the end can be a signature: short, unpunctuated; without a date, an office or a name."""
    if at in guesses:
        return guesses[at].kind is Kind.SIGNATURE
    text = texts[at]
    if len(text) > LONGEST_SIGNATURE or text[-1] in SENTENCE_MARKS + NO_TITLE_END or shapes.begins_anew(text):
        return False
    if any(mark in text for mark in "。；，") or shapes.BRACKETED.fullmatch(text):
        return False
    if shapes.LABELLED.fullmatch(text) or shapes.ORGAN.fullmatch(text):
        return True
    return dated or bool(shapes.DATED.fullmatch(text)) or bool(at + 1 == len(texts) and shapes.OFFICE.fullmatch(text))


def _attachments(texts: Sequence[str], begin: int, end: int, guesses: Guesses) -> int:
    """Guess the lines of 附件：… above the signature; return where they begin, or `end`."""
    at = end
    while at > begin and _free(guesses, at - 1, Kind.ATTACHMENT) and len(texts[at - 1]) <= LONGEST_BYLINE:
        at -= 1
        if shapes.ATTACHMENT.match(texts[at]):
            for line in range(at, end):
                guesses.setdefault(line, Guess(Kind.ATTACHMENT, N_("附件说明")))
            return at
        if not shapes.LEVELS[2].match(texts[at]):
            break
    return end


def _middle(texts: Sequence[str], begin: int, end: int, guesses: Guesses) -> None:
    """Guess chapters, articles, headings and salutations in the running text."""
    contents = _contents(texts, begin, end)
    for at in contents:
        guesses.setdefault(at, Guess(Kind.BODY, N_("目录里的一行")))
    markers = [None if at in contents else shapes.marker(text) for at, text in enumerate(texts)]
    chapters = [None if at in contents else _chapter(text) for at, text in enumerate(texts)]
    articles = sum(bool(shapes.ARTICLE.match(text)) for text in texts[begin:end]) > 1
    count = 0
    for at in range(begin, end):
        if at in guesses:
            continue
        text, marker = texts[at], markers[at]
        article = shapes.ARTICLE.match(text)
        if article and articles and (article["space"] or shapes.value(article["number"]) == count + 1):
            count = shapes.value(article["number"])
            guesses[at] = Guess(Kind.ARTICLE, N_("第×条"))
        elif guess := chapters[at]:
            guesses[at] = guess if _together(chapters, at, end) <= LIST else Guess(Kind.BODY, N_("一串并列的项"))
        elif len(text) <= LONGEST_STANDING and text[-1] in "：:！!" and shapes.ADDRESS.fullmatch(text):
            guesses[at] = Guess(Kind.RESALUTATION, N_("在文中，独占一段，称呼听的人"))
        elif marker and articles and count and marker.level > 1:
            guesses[at] = Guess(Kind.BODY, N_("条下面的项"))
        elif marker:
            guesses[at] = _numbered(texts, markers, at, end, guesses, marker)


def _chapter(text: str) -> Guess | None:
    if len(text) > LONGEST_STANDING or text[-1] in SENTENCE_MARKS + NO_TITLE_END or "。" in text:
        return None
    if shapes.CHAPTER.match(text):
        return Guess(Kind.CHAPTER, N_("第×章，独占一段"))
    if shapes.SECTION.match(text):
        return Guess(Kind.SECTION, N_("第×节，独占一段"))
    return None


def _contents(texts: Sequence[str], begin: int, end: int) -> set[int]:
    """Return the lines of a table of contents: in a row, each has leaders or stands once more below."""
    last = {text: at for at, text in enumerate(texts[:end])}

    def listed(one: int) -> bool:
        if not begin <= one < end or len(texts[one]) > LONGEST_STANDING:
            return False
        return last[texts[one]] > one or bool(shapes.LEADERS.fullmatch(texts[one]))

    return {at for at in range(begin, end) if listed(at) and 1 + _run(at, 1, listed) + _run(at, -1, listed) >= LIST}


def _together(chapters: Sequence[Guess | None], at: int, end: int) -> int:
    """Return how many chapters and sections stand together: a part, its chapter and its section may, not more."""

    def beside(one: int) -> bool:
        return 0 <= one < end and chapters[one] is not None

    return 1 + _run(at, 1, beside) + _run(at, -1, beside)


def _numbered(
    texts: Sequence[str],
    markers: Sequence[Marker | None],
    at: int,
    end: int,
    guesses: Guesses,
    marker: Marker,
) -> Guess:
    """Return what a paragraph that begins with 一、 （一） 1. or （1） is."""
    text, level = texts[at], marker.level
    words = text[marker.end :]
    if not words:
        return Guess(Kind.BODY, N_("只有序号"), sure=False)
    if _is_item(texts, markers, at, guesses):
        return Guess(Kind.BODY, N_("一串并列的项"))
    sentence = shapes.SENTENCE.match(words)
    length = marker.end + (sentence.end() if sentence else len(words))
    if sentence and length < len(text):
        if length > LONGEST_SENTENCE[level - 1] or shapes.STATED.search(words, 0, length - marker.end):
            return Guess(Kind.BODY, N_("有序号，首句太长或有数据，不像标题"), sure=False)
        return Guess(RUNNING[level - 1], N_("有序号，首句短，后面接着写"))
    if length > LONGEST_STANDING or "；" in words:
        return Guess(Kind.BODY, N_("有序号，但长，不像标题"), sure=False)
    adjoining = _adjoining(texts, markers, at, end)
    if adjoining >= (LIST if level <= 2 else 2):
        return Guess(Kind.BODY, N_("一串并列的项"))
    followed = at + 1 < end and not _beside(markers, at, at + 1)
    if (sentence or words[-1] in "：:") and not (followed and level <= 2):
        return Guess(Kind.BODY, N_("有序号的一句话"), sure=False)
    if not followed and level > 2:
        return Guess(Kind.BODY, N_("有序号，下面没有内容"), sure=False)
    return Guess(STANDING[level - 1], N_("有序号，独占一段"), sure=followed and not sentence)


def _is_item(texts: Sequence[str], markers: Sequence[Marker | None], at: int, guesses: Guesses) -> bool:
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


def _beside(markers: Sequence[Marker | None], at: int, other: int) -> bool:
    """True if two paragraphs begin with numbers of one level."""
    here, there = markers[at], markers[other]
    return here is not None and there is not None and here.level == there.level


def _adjoining(texts: Sequence[str], markers: Sequence[Marker | None], at: int, end: int) -> int:
    """Return how many short paragraphs of the same level stand together with `at` in the middle."""

    def listed(one: int) -> bool:
        return 0 <= one < end and _beside(markers, at, one) and len(texts[one]) <= LONGEST_STANDING

    return 1 + _run(at, 1, listed) + _run(at, -1, listed)


def _run(at: int, step: int, holds: Callable[[int], bool]) -> int:
    """Return for how many steps from `at` something holds, looking no farther than a list takes."""
    return next((count for count in range(LIST) if not holds(at + step * (count + 1))), LIST)
