"""What a line of a draft can be taken for, by the names a user reads and writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportkit.document.roles import Role
from reportkit.errors import N_


class Kind(StrEnum):
    """What a paragraph of a draft is: its name in Chinese, with the role and level it becomes.

    A note, and a line of what is attached that names nothing, are set as body text.
    """

    def __new__(cls, name: str, role: Role = Role.BODY, level: int = 0) -> Kind:
        """Return the kind called `name`."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.role, kind.level = role, level
        return kind

    role: Role
    level: int

    TITLE = N_("标题"), Role.TITLE
    SUBTITLE = N_("副标题"), Role.SUBTITLE
    BYLINE = N_("署名"), Role.BYLINE
    SALUTATION = N_("称谓"), Role.SALUTATION
    RESALUTATION = N_("再称谓"), Role.RESALUTATION
    CHAPTER = N_("章"), Role.CHAPTER, 1
    SECTION = N_("节"), Role.SECTION, 2
    ARTICLE = N_("条")
    HEADING_1 = N_("一级标题"), Role.HEADING, 1
    HEADING_2 = N_("二级标题"), Role.HEADING, 2
    HEADING_3 = N_("三级标题"), Role.HEADING, 3
    HEADING_4 = N_("四级标题"), Role.HEADING, 4
    RUN_IN_1 = N_("一级段首标题"), Role.BODY, 1
    RUN_IN_2 = N_("二级段首标题"), Role.BODY, 2
    RUN_IN_3 = N_("三级段首标题"), Role.BODY, 3
    RUN_IN_4 = N_("四级段首标题"), Role.BODY, 4
    BODY = N_("正文")
    ATTACHMENT = N_("附件")
    ANNEX = N_("附件序号"), Role.ANNEX
    NOTE = N_("附注")
    CLOSING = N_("结束语"), Role.CLOSING
    SIGNATURE = N_("落款"), Role.SIGNATURE
    DATE = N_("日期"), Role.DATE
    JOINED = N_("接上行")


STANDING = (Kind.HEADING_1, Kind.HEADING_2, Kind.HEADING_3, Kind.HEADING_4)
RUNNING = (Kind.RUN_IN_1, Kind.RUN_IN_2, Kind.RUN_IN_3, Kind.RUN_IN_4)


@dataclass(frozen=True, slots=True)
class Taken:
    """A paragraph and what it was taken for: its lines in the file, kind, why, and whether that is sure.

    `head` is how many of its characters are the heading it begins with, 0 where its kind alone tells.
    """

    first: int
    last: int
    kind: Kind
    why: str
    sure: bool
    text: str = field(repr=False)
    head: int = field(default=0, repr=False)
