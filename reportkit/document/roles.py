"""Roles: what a block can be, one row a role, for all that parse, recognise, lay out, style and document blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

LEVELS = 4  # of numbered headings: 一、 （一） 1. （1） (GB/T 9704 §7.3.3)


class Role(StrEnum):
    """What a block is; the value begins the key of its style in a profile."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    SALUTATION = "salutation"
    RESALUTATION = "resalutation"
    CHAPTER = "chapter"
    SECTION = "section"
    HEADING = "heading"
    BODY = "body"
    NOTE = "note"
    TABLE = "table"
    HEAD_CELL = "table-head"
    CELL = "table-cell"
    TABLE_TITLE = "table-title"
    TABLE_UNIT = "table-unit"
    TABLE_NOTE = "table-note"
    CLOSING = "closing"
    ATTACHMENT = "attachment"
    ANNEX = "annex"
    SIGNATURE = "signature"
    DATE = "date"
    AUTHOR = "author"


class Place(StrEnum):
    """Where on a document the blocks of a role belong together."""

    TEXT = "text"
    OPENING = "opening"  # the title and what belongs to it
    SIGNED = "signed"  # the signature and its date


@dataclass(frozen=True, slots=True)
class Traits:
    """What holds of a role whatever it looks like.

    `say` is what it is, for the manual; `mark` the word after @ that begins its lines in words, "" if none does.
    `kept` says that it never ends a page without a line of what follows; `begins`, that it begins one; `outline` is
    its level among the headings of a chaptered text; `following` the role of the paragraph one types after it.
    """

    say: str
    mark: str = ""
    kept: bool = False
    outline: int = 0
    following: Role = Role.BODY
    place: Place = Place.TEXT
    begins: bool = False


TRAITS: Mapping[Role, Traits] = {
    Role.TITLE: Traits("标题", "标题", kept=True, following=Role.SALUTATION, place=Place.OPENING),
    Role.SUBTITLE: Traits("副标题，在标题下", "副标题", following=Role.SALUTATION, place=Place.OPENING),
    Role.BYLINE: Traits("署名：谁、何时，在标题下", "署名", following=Role.SALUTATION, place=Place.OPENING),
    Role.SALUTATION: Traits("称谓", "称谓"),
    Role.RESALUTATION: Traits("文中再次称呼听的人", "再称谓"),
    Role.CHAPTER: Traits("章", kept=True, outline=1),
    Role.SECTION: Traits("节", kept=True, outline=2),
    Role.HEADING: Traits("标题一、（一）1.（1）", kept=True),
    Role.BODY: Traits("正文", "正文"),
    Role.NOTE: Traits("注：解释一个词，在正文之后", "注"),
    Role.TABLE: Traits("表"),
    Role.HEAD_CELL: Traits("表头的格", kept=True),
    Role.CELL: Traits("表中的格"),
    Role.TABLE_TITLE: Traits("表题，在表上", "表题", kept=True),
    Role.TABLE_UNIT: Traits("表的单位，在表上", "表单位", kept=True),
    Role.TABLE_NOTE: Traits("表注，在表下", "表注"),
    Role.CLOSING: Traits("结束语", "结束语", following=Role.SIGNATURE),
    Role.ATTACHMENT: Traits("附件说明", "附件"),
    Role.ANNEX: Traits(
        "附件二字和序号：另起一页，下面是附件的标题", "附件序号", kept=True, following=Role.TITLE, begins=True
    ),
    Role.SIGNATURE: Traits("落款", "落款", kept=True, place=Place.SIGNED),
    Role.DATE: Traits("成文日期", "日期", place=Place.SIGNED),
    Role.AUTHOR: Traits("作者：文件的属性，不印出来", "作者"),
}
MARKS: Mapping[str, Role] = {traits.mark: role for role, traits in TRAITS.items() if traits.mark}
# headings that stand alone: numbered ones, chapters and sections
HEADINGS = frozenset((Role.HEADING, Role.CHAPTER, Role.SECTION))
BEGINNING = frozenset(role for role, traits in TRAITS.items() if traits.begins)
KEPT = frozenset(role for role, traits in TRAITS.items() if traits.kept)
OPENING = frozenset(role for role, traits in TRAITS.items() if traits.place is Place.OPENING)
SIGNED = frozenset(role for role, traits in TRAITS.items() if traits.place is Place.SIGNED)


def style_key(role: Role, level: int = 0) -> str:
    """Return the key of the style that blocks of a role are set in: body; of headings a level, heading1."""
    return f"{role}{level}" if role is Role.HEADING else str(role)


def styled() -> Iterator[tuple[str, Role, int]]:
    """Yield (style key, role, outline level) of every style a block can be set in; level 0 is body text."""
    for role, traits in TRAITS.items():
        if role is Role.HEADING:
            yield from ((style_key(role, level), role, level) for level in range(1, LEVELS + 1))
        else:
            yield style_key(role), role, traits.outline
