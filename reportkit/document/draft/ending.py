"""What stands at the foot of a part: the closing, what is attached, the signature and its date, notes."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.document.draft import shapes
from reportkit.document.draft.guess import (
    LONGEST_BYLINE,
    LONGEST_CLOSING,
    LONGEST_SIGNATURE,
    NO_TITLE_END,
    SENTENCE_MARKS,
    SIGNATURE_LINES,
    Guess,
    Guesses,
    free,
)
from reportkit.document.draft.kinds import Kind
from reportkit.errors import N_

MOST_NOTES = 8
ATTACHED_WHY = N_("附件说明")


def ending(texts: Sequence[str], begin: int, guesses: Guesses) -> int:
    """Guess signature, date and what follows them, and the closing above; return where the text ends.

    An attachment is signed only where it is dated: else its last line is one of a list.
    """
    annexed = guesses.get(0, Guess(Kind.BODY, "")).kind is Kind.ANNEX
    foot = len(texts)
    while foot > begin and free(guesses, foot - 1) and shapes.IMPRINT.fullmatch(texts[foot - 1]):
        foot -= 1
        guesses[foot] = Guess(Kind.NOTE, N_("在末尾，抄送或印发"))
    texts = texts[:foot]
    end = _text_end(texts, begin, guesses)
    _below(texts, end, guesses)
    after = end
    if end > begin and shapes.DATE.fullmatch(texts[end - 1]) and free(guesses, end - 1, Kind.DATE):
        guesses.setdefault(end - 1, Guess(Kind.DATE, N_("在末尾，是日期")))
        end -= 1
    dated = end < after
    day = after if dated else 0
    while end > begin and after - end < SIGNATURE_LINES and _signs(texts, end - 1, day, guesses):
        if annexed and not dated and free(guesses, end - 1):
            break
        guesses.setdefault(end - 1, Guess(Kind.SIGNATURE, N_("在末尾，短，没有标点"), sure=dated))
        end -= 1
    while end > begin and free(guesses, end - 1) and shapes.CONTACT.fullmatch(texts[end - 1]):
        guesses[end - 1] = Guess(Kind.BODY, N_("联系的人和办法"))
        end -= 1
    listed = _attachments(texts, begin, end, guesses)
    while listed > begin and free(guesses, listed - 1) and shapes.CONTACT.fullmatch(texts[listed - 1]):
        guesses[listed - 1] = Guess(Kind.BODY, N_("联系的人和办法"))
        listed -= 1
    if listed > begin and len(texts[listed - 1]) <= LONGEST_CLOSING and shapes.CLOSING.match(texts[listed - 1]):
        guesses.setdefault(listed - 1, Guess(Kind.CLOSING, N_("全文最后一句，是结束的话")))
    return listed


def _below(texts: Sequence[str], end: int, guesses: Guesses) -> None:
    """Guess what stands below the date: notes, and what is attached where it was put there."""
    listing = False
    for at in range(end, len(texts)):
        listing = bool(shapes.ATTACHMENT.match(texts[at]) or (listing and shapes.LEVELS[2].match(texts[at])))
        kind = Guess(Kind.ATTACHMENT, ATTACHED_WHY) if listing else Guess(Kind.NOTE, N_("在日期之后"))
        guesses.setdefault(at, kind)


def _text_end(texts: Sequence[str], begin: int, guesses: Guesses) -> int:
    """Return the index after signature and date: the end, or where only notes or attachments follow."""
    for at in range(len(texts) - 1, begin - 1, -1):
        if guesses.get(at, Guess(Kind.BODY, "")).kind is Kind.DATE:
            return at + 1
        if len(texts) - at > MOST_NOTES:
            break
        last = (
            at + 1 == len(texts) or shapes.AFTER_DATE.fullmatch(texts[at + 1]) or shapes.ATTACHMENT.match(texts[at + 1])
        )
        if last and at > begin and shapes.DATE.fullmatch(texts[at]):
            return at + 1
    return len(texts)


def _signs(texts: Sequence[str], at: int, day: int, guesses: Guesses) -> bool:
    """True if a line at the end can be a signature; `day` is the index after its date, 0 if it has none."""
    if at in guesses:
        return guesses[at].kind is Kind.SIGNATURE
    text = texts[at]
    if not _short(text) or shapes.BRACKETED.fullmatch(text) or shapes.CONTACT.fullmatch(text):
        return False
    if day:
        return at + 2 == day or signs(text)
    named = shapes.LABELLED.fullmatch(text) or shapes.DATED.fullmatch(text)
    alone = at + 1 == len(texts) and shapes.OFFICE.fullmatch(text)
    return bool(named or alone) or all(shapes.ORGAN.fullmatch(one) for one in _side_by_side(text))


def signs(text: str) -> bool:
    """True if a line is the name of an office, or of a person, or some side by side: what is signed with."""
    if not _short(text):
        return False
    if shapes.LABELLED.fullmatch(text) or shapes.OFFICE.fullmatch(text) or shapes.DATED.fullmatch(text):
        return not shapes.CONTACT.fullmatch(text)
    return all(shapes.ORGAN.fullmatch(one) or shapes.PERSON.fullmatch(one) for one in _side_by_side(text))


def _side_by_side(text: str) -> list[str]:
    """Return the names in a line that wide space parts; the space within a short name parts nothing."""
    return [text] if shapes.PERSON.fullmatch(text) else [one for one in shapes.GAP.split(text) if one]


def _short(text: str) -> bool:
    if len(text) > LONGEST_SIGNATURE or text[-1] in SENTENCE_MARKS + NO_TITLE_END or shapes.begins_anew(text):
        return False
    return not any(mark in text for mark in "。；，")


def _attachments(texts: Sequence[str], begin: int, end: int, guesses: Guesses) -> int:
    """Guess the lines of 附件：… above the signature; return where they begin, or `end`."""
    at = found = end
    while at > begin and free(guesses, at - 1, Kind.ATTACHMENT) and len(texts[at - 1]) <= LONGEST_BYLINE:
        at -= 1
        if shapes.ATTACHMENT.match(texts[at]):
            found = at
        elif found < end or not shapes.LEVELS[2].match(texts[at]):
            break
    for line in range(found, end):
        guesses.setdefault(line, Guess(Kind.ATTACHMENT, ATTACHED_WHY))
    return found


def listed_below(texts: Sequence[str], at: int) -> bool:
    """True if below 附件： at `at` stand the numbered names of what is attached, and then a signature or the end."""
    if texts[at][-1] not in "：:" or any(mark.isdigit() for mark in texts[at]):
        return False
    after, number = at + 1, 0
    while after < len(texts) and len(texts[after]) <= LONGEST_BYLINE and texts[after][-1] not in SENTENCE_MARKS:
        marker = shapes.marker(texts[after])
        if marker is None or marker.level != len(shapes.LEVELS) - 1 or marker.number != number + 1:
            break
        number, after = marker.number, after + 1
    if not number:
        return False
    rest = texts[after : after + SIGNATURE_LINES]
    return not rest or any(shapes.DATE.fullmatch(text) for text in rest) or signs(rest[0])
