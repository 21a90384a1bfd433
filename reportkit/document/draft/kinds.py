"""What a line of a draft can be taken for, by the names a user reads and writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportkit.document.nodes import Role
from reportkit.errors import N_


class Kind(StrEnum):
    """What a paragraph of a draft is; the value is its name in Chinese."""

    TITLE = N_("标题")
    SUBTITLE = N_("副标题")
    BYLINE = N_("署名")
    SALUTATION = N_("称谓")
    RESALUTATION = N_("再称谓")
    CHAPTER = N_("章")
    SECTION = N_("节")
    ARTICLE = N_("条")
    HEADING_1 = N_("一级标题")
    HEADING_2 = N_("二级标题")
    HEADING_3 = N_("三级标题")
    HEADING_4 = N_("四级标题")
    RUN_IN_1 = N_("一级段首标题")
    RUN_IN_2 = N_("二级段首标题")
    RUN_IN_3 = N_("三级段首标题")
    RUN_IN_4 = N_("四级段首标题")
    BODY = N_("正文")
    ATTACHMENT = N_("附件")
    NOTE = N_("附注")
    CLOSING = N_("结束语")
    SIGNATURE = N_("落款")
    DATE = N_("日期")
    JOINED = N_("接上行")


STANDING = (Kind.HEADING_1, Kind.HEADING_2, Kind.HEADING_3, Kind.HEADING_4)
RUNNING = (Kind.RUN_IN_1, Kind.RUN_IN_2, Kind.RUN_IN_3, Kind.RUN_IN_4)

# the role and level a kind becomes; a note, and an attachment line that names nothing, are set as body text
ROLES: dict[Kind, tuple[Role, int]] = {
    Kind.TITLE: (Role.TITLE, 0),
    Kind.SUBTITLE: (Role.SUBTITLE, 0),
    Kind.BYLINE: (Role.BYLINE, 0),
    Kind.SALUTATION: (Role.SALUTATION, 0),
    Kind.RESALUTATION: (Role.RESALUTATION, 0),
    Kind.CHAPTER: (Role.CHAPTER, 1),
    Kind.SECTION: (Role.SECTION, 2),
    Kind.ARTICLE: (Role.BODY, 0),
    **{kind: (Role.HEADING, level) for level, kind in enumerate(STANDING, start=1)},
    **{kind: (Role.BODY, level) for level, kind in enumerate(RUNNING, start=1)},
    Kind.BODY: (Role.BODY, 0),
    Kind.ATTACHMENT: (Role.BODY, 0),
    Kind.NOTE: (Role.BODY, 0),
    Kind.CLOSING: (Role.CLOSING, 0),
    Kind.SIGNATURE: (Role.SIGNATURE, 0),
    Kind.DATE: (Role.DATE, 0),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A paragraph and what it was taken for: its lines in the file, kind, why, and whether that is sure."""

    first: int
    last: int
    kind: Kind
    why: str
    sure: bool
    text: str = field(repr=False)
