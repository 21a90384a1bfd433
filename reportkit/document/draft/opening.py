"""What stands at the top of a part: what is above its title, the title, what is below, whom it speaks to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportkit.document.draft import shapes
from reportkit.document.draft.guess import (
    LONGEST_BYLINE,
    LONGEST_SALUTATION,
    LONGEST_SIGNATURE,
    LONGEST_TITLE,
    LONGEST_TITLE_LINE,
    NO_TITLE_END,
    SENTENCE_MARKS,
    TITLE_LINES,
    Guess,
    Guesses,
    free,
)
from reportkit.document.draft.kinds import Kind
from reportkit.errors import N_

# the lines above a title: several offices issuing together, secrecy, urgency, number
HEAD_LINES = 12
LONGEST_HEAD_LINE = 40
LONGEST_NAME = 30  # of one among those written to
PARTED = re.compile(r"[，,、；]|和(?=各)")
IN_BRACKETS = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]")
LABEL_WHY, HEAD_WHY = N_("标题之上的标注"), N_("标题之上的机关名称、文号")


def opening(texts: Sequence[str], gaps: Sequence[int], guesses: Guesses) -> int:
    """Guess the title and what stands about it down to the salutation; return where the text begins.

    `gaps` are the blank lines above each. A part that begins with 附件 has a title, and seldom more.
    """
    at = 0
    annexed = bool(texts) and (not free(guesses, 0) or bool(shapes.PART.fullmatch(texts[0])))
    if annexed and free(guesses, 0, Kind.ANNEX):
        guesses.setdefault(0, Guess(Kind.ANNEX, N_("附件二字独占一行，另起一页")))
        at = 1
    at = _above(texts, at, guesses)
    if at < len(texts) and _can_open_title(texts[at]) and free(guesses, at, Kind.TITLE):
        end = _annex_title_end(texts, at, guesses) if annexed else _title_end(texts, gaps, at, guesses)
        for line in range(at, end):
            guesses.setdefault(line, Guess(Kind.TITLE, N_("在开头，短，句末没有标点")))
            at = line + 1
    titled = at > 0 or guesses.get(0, Guess(Kind.BODY, "")).kind is Kind.TITLE
    while at < len(texts) and titled:
        guess = guesses.get(at) or _below_title(texts, at, annexed)
        if guess is None or guess.kind not in (Kind.TITLE, Kind.SUBTITLE, Kind.BYLINE):
            break
        guesses[at] = guess
        at += 1
    first = at
    while at < len(texts):
        guess = guesses.get(at) or salutation(texts, at, first)
        if guess is None or guess.kind is not Kind.SALUTATION:
            break
        guesses[at] = guess
        at += 1
    return at


def _above(texts: Sequence[str], at: int, guesses: Guesses) -> int:
    """Guess what stands above the title from `at` on: secrecy, who issues, under what number; return the title's."""
    end = _letterhead_end(texts, at)
    while at < len(texts) and free(guesses, at):
        if shapes.LABEL.fullmatch(texts[at]):
            guesses[at] = Guess(Kind.NOTE, LABEL_WHY)
        elif at < end or _is_number(texts, at):
            guesses[at] = Guess(Kind.BYLINE, HEAD_WHY)
        else:
            break
        at += 1
    return at


def _is_number(texts: Sequence[str], at: int) -> bool:
    """True for the number of a document where no title stands above it."""
    return bool(shapes.NUMBER_LINE.fullmatch(texts[at])) and at + 1 < len(texts)


def _letterhead_end(texts: Sequence[str], at: int) -> int:
    """Return where the lines of a letterhead that begins at `at` end: with the number, or with 文件; `at` if none does.

    What they end above is a title of its own.
    """
    end = number = 0
    for line in range(at, min(at + HEAD_LINES, len(texts))):
        text = texts[line]
        if shapes.NUMBER_LINE.fullmatch(text):
            end = number = line + 1
        elif shapes.LETTERHEAD.fullmatch(text):
            end = line + 1
        elif number and not shapes.LABEL.fullmatch(text) and not shapes.DATED.fullmatch(text):
            break
        elif len(text) > LONGEST_HEAD_LINE or any(mark in text for mark in "。；，：") or "关于" in text:
            if not shapes.LABEL.fullmatch(text):
                break
        elif number:
            end = line + 1
    return end if end and _titled(texts, end) else at


def _titled(texts: Sequence[str], at: int) -> bool:
    """True if a title stands at `at`: what names a genre, in a few lines."""
    for text in texts[at : at + TITLE_LINES]:
        if not _can_open_title(text) or shapes.SUBTITLE.match(text):
            return False
        if shapes.names_genre(text):
            return True
    return False


def can_title(texts: Sequence[str], at: int, end: int) -> bool:
    """True if a title can begin at `at`, below a text that has ended: a title with text below it, and no other note."""
    text = texts[at]
    sided = any(mark in text for mark in "：:") or shapes.DATE.fullmatch(text) or shapes.AFTER_DATE.fullmatch(text)
    if sided or not _can_open_title(text) or text[-1] in SENTENCE_MARKS or at + 1 == end:
        return False
    return not (shapes.ORGAN.fullmatch(text) and shapes.DATE.fullmatch(texts[at + 1]))


def _can_open_title(text: str) -> bool:
    longest = LONGEST_TITLE if "关于" in text and shapes.names_genre(text) else LONGEST_TITLE_LINE
    return (
        len(text) <= longest
        and "。" not in text
        and text[-1] not in NO_TITLE_END
        and not shapes.begins_anew(text)
        and not shapes.ADDRESS.fullmatch(text)
        and not shapes.DATE.fullmatch(text)
    )


def _title_end(texts: Sequence[str], gaps: Sequence[int], at: int, guesses: Guesses) -> int:
    """Return the end of the title that begins at `at`: its last line names a genre, or it has one line."""
    end, length = at + 1, len(texts[at])
    finished = shapes.names_genre(texts[at])
    adjoining, usual = end, min(gaps[at + 1 :], default=0)
    for line in range(at + 1, min(at + TITLE_LINES, len(texts))):
        text = texts[line]
        length += len(text)
        if length > LONGEST_TITLE or not free(guesses, line, Kind.TITLE) or not _can_go_on_title(text):
            break
        if shapes.names_genre(text) and not (finished and gaps[line] > usual):
            end, finished = line + 1, True
        if finished and line == end and shapes.PERIOD.fullmatch(text):
            end = line + 1
        if adjoining == line and gaps[line] <= usual and not shapes.ORGAN.fullmatch(text):
            adjoining = line + 1
    return end if finished else adjoining


def _annex_title_end(texts: Sequence[str], at: int, guesses: Guesses) -> int:
    """Return the end of an attachment's title: what is under it is as short, so it goes on only where it must."""
    end = at + 1
    while end < min(at + TITLE_LINES, len(texts)) and free(guesses, end, Kind.TITLE):
        before, text = texts[end - 1], texts[end]
        unfinished = shapes.UNFINISHED.search(before) or (
            not shapes.names_genre(before, annexed=True) and shapes.names_genre(text, annexed=True)
        )
        if not unfinished or not _can_go_on_title(text) or _gapped(text) or any(mark in text for mark in "：:"):
            break
        end += 1
    return end


def _gapped(text: str) -> bool:
    """True if wide space parts words in a line, and does not space out its letters: 工　作　报　告."""
    return bool(shapes.GAP.search(text)) and any(len(part) > 1 for part in shapes.GAP.split(text))


def _can_go_on_title(text: str) -> bool:
    if not _can_open_title(text) or text[-1] in SENTENCE_MARKS or shapes.SUBTITLE.match(text):
        return False
    if shapes.PERIOD.fullmatch(text):
        return True
    if shapes.names_genre(text) and not shapes.BRACKETED.fullmatch(text):
        return not shapes.LABELLED.fullmatch(text)
    shaped = (shapes.SPEAKER, shapes.OFFICE, shapes.LABELLED, shapes.BRACKETED, shapes.OCCASION, shapes.NUMBER_LINE)
    return not any(shape.fullmatch(text) for shape in shaped)


def _below_title(texts: Sequence[str], at: int, annexed: bool) -> Guess | None:
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
    if annexed and not (shapes.ORGAN.fullmatch(text) and "。" in "".join(texts[at + 1 : at + 2])):
        return None  # under an attachment's title there are names and the heads of tables
    named = (shapes.SPEAKER, shapes.OFFICE, shapes.LABELLED, shapes.NUMBER_LINE, shapes.OCCASION, shapes.DATED)
    if any(shape.fullmatch(text) for shape in named) and not shapes.NO_NAME.fullmatch(text):
        return Guess(Kind.BYLINE, N_("在标题下，是人、会或文号"))
    if shapes.ORGAN.fullmatch(text) and len(text) <= LONGEST_SIGNATURE:
        return Guess(Kind.BYLINE, N_("在标题下，是单位"))
    greeted = any(salutation(texts, after, after) for after in range(at + 1, min(at + TITLE_LINES, len(texts))))
    if greeted and len(text) <= LONGEST_SIGNATURE and text[-1] not in SENTENCE_MARKS:
        return Guess(Kind.BYLINE, N_("在标题和称谓之间"), sure=False)
    return None


def salutation(texts: Sequence[str], at: int, first: int) -> Guess | None:
    """Return the guess that a line addresses people or offices; the first that does stands at `first`, None if none."""
    text = texts[at].strip()
    if len(text) > LONGEST_SALUTATION or "。" in text or shapes.begins_anew(text):
        return None
    if shapes.ADDRESS.fullmatch(text) and (text[-1] in "：:！!" or len(texts) > at + 1):
        return Guess(Kind.SALUTATION, N_("在开头，称呼听的人"))
    if text[-1] not in "：:" and not (text[-1] in "，、" and at == first and _goes_on_addressing(texts, at)):
        return None
    if shapes.LEADS_ON.fullmatch(text) or at > first + (texts[at - 1][-1] in "，、"):
        return None
    names = [name for name in PARTED.split(IN_BRACKETS.sub("", text[:-1])) if name.strip()]
    if not names or len(texts) == at + 1 or any(len(name) > LONGEST_NAME for name in names):
        return None
    last = names[-1].strip()
    if not shapes.GENERAL.match(names[0]) and (shapes.FIELD.fullmatch(last) or not shapes.RECEIVER.search(last)):
        return None
    return Guess(Kind.SALUTATION, N_("在开头，称呼收文的人或单位，冒号收尾"))


def _goes_on_addressing(texts: Sequence[str], at: int) -> bool:
    """True if the line below goes on with names and ends them with a colon."""
    return at + 1 < len(texts) and texts[at + 1][-1] in "：:" and salutation(texts, at + 1, at + 1) is not None
