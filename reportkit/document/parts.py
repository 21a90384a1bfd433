"""Blocks in, those out that begin a part on a page of its own: an attachment, a text handed out beneath another."""

from __future__ import annotations

from collections.abc import Sequence

from reportkit.document.nodes import Block, Table
from reportkit.document.roles import BEGINNING, OPENING, Role


def begun(blocks: Sequence[Block | Table]) -> frozenset[int]:
    """Return the indices of the blocks that begin a page, the first block aside (GB/T 9704 §7.3.7).

    They are those whose role says so, and where a second title stands the first of what opens its part, unless 附件
    stands above it.
    """
    found: set[int] = set()
    titled = False  # a title stood in an opening that has ended
    opened = opens = -1  # the index at which the opening began that is being read, and whether it has a title
    for at, block in enumerate(blocks):
        if block.role in BEGINNING and at:
            found.add(at)
        if block.role not in OPENING:
            titled = titled or opens >= 0
            opened = opens = -1
            continue
        opened = at if opened < 0 else opened
        if block.role is Role.TITLE and opens < 0:
            opens = at
            if titled and blocks[opened - 1].role not in BEGINNING:
                found.add(opened)
    return frozenset(found)
