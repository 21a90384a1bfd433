"""Document in, plain text out: a line a block or a row of a table, its cells parted by tabs; UTF-8, no markup."""

from __future__ import annotations

from itertools import pairwise

from reportkit.document.nodes import Document, Table
from reportkit.document.parts import begun
from reportkit.document.roles import OPENING


def write(document: Document) -> bytes:
    """Return the text, an empty line above each part and after its title; a title that was cut stands in its lines."""
    lines: list[str] = []
    opening, begins = True, begun(document.blocks)
    for at, block in enumerate(document.blocks):
        if at in begins:
            lines.append("")
            opening = True
        elif opening and lines and block.role not in OPENING:
            lines.append("")
            opening = False
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row) for row in block.rows]
        else:
            lines += [block.text[start:end] for start, end in pairwise((0, *block.cuts, len(block.text)))]
    return ("\n".join(lines) + "\n").encode()
