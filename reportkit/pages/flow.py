"""Document and Profile in, Pages out: every line decided, in integer twips from the page's top left."""

from __future__ import annotations

from collections.abc import Iterator

from reportkit.document.nodes import Document, Table
from reportkit.document.roles import LEVELS, Role, style_key
from reportkit.errors import N_, Fault, InputError
from reportkit.pages import face, setting, stack
from reportkit.pages.frame import Pages
from reportkit.pages.profile import Profile

# paragraphs and cells that a document may have: more than two thousand pages
MOST_PASSAGES = 30_000


def lay(document: Document, profile: Profile) -> Pages:
    """Return the pages of `document`. Each character is on exactly one line; none is added.

    Raises InputError if the profile sets a heading in another size than what runs on from it, for a title that no one
    could set, and for more than anybody could want laid out.
    """
    _check_size(document)
    _check_run_in(document, profile)
    settings = setting.settings(document, profile)
    paragraphs, pages = stack.stacked(settings, document, profile)
    grids = {one.index: one.grid for one in settings if one.grid}
    return Pages(profile, paragraphs, pages, tuple(_warnings(document, profile)), grids)


def _check_size(document: Document) -> None:
    count = sum(len(block.cells) if isinstance(block, Table) else 1 for block in document.blocks)
    if count > MOST_PASSAGES:
        fields = {"count": count, "most": MOST_PASSAGES}
        raise InputError(Fault(N_("一共 {count} 段（表格一格算一段），最多排 {most} 段"), fields, N_("分成几份")))


def _check_run_in(document: Document, profile: Profile) -> None:
    """Refuse a heading of another size than the text that runs on from it: a line is measured in one size."""
    body = profile.styles[str(Role.BODY)]
    headings = {level: profile.styles[style_key(Role.HEADING, level)] for level in range(1, LEVELS + 1)}
    other = {level: style for level, style in headings.items() if style.size_tw != body.size_tw}
    if not other:  # as in every shipped profile
        return
    for block in document.passages():
        style = other.get(block.level)
        if style and block.role is Role.BODY and block.head:
            fields = {"profile": profile.id, "head": block.head, "style": style.name, "body": body.name}
            hint = N_("标题独占一行，或在版式里写成一样大")
            raise InputError(
                Fault(N_("版式 {profile} 的“{style}”和“{body}”字号不同，不能排在一行：{head}"), fields, hint)
            )


def _warnings(document: Document, profile: Profile) -> Iterator[Fault]:
    """Yield a fault for each character that no face has, with the first place it stands in."""
    told: set[str] = set()
    for block in document.passages():
        chain = face.chain(profile, profile.styles[style_key(block.role, block.level)])
        if not chain.missing:
            continue
        for at, character in enumerate(block.text):
            if character in chain.missing and character not in told:
                told.add(character)
                around = block.text[max(0, at - 6) : at + 7]
                yield Fault(
                    N_("字库里没有这个字：{character}，在“{around}”里"),
                    {"character": face.described((character,)), "around": around},
                    N_("PDF 里印作〓；请换用通用规范汉字，或在 Word 里指定有它的字体"),
                )
