"""Document in, plain text out: a line a block or a row of a table, its cells parted by tabs; UTF-8, no markup."""

from __future__ import annotations

from reportkit.document.nodes import Document, Role, Table


def write(document: Document) -> bytes:
    """Return the text, an empty line after the title block, nothing added or left out."""
    lines: list[str] = []
    opening = True
    for block in document.blocks:
        if opening and lines and block.role not in (Role.TITLE, Role.SUBTITLE):
            lines.append("")
            opening = False
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row) for row in block.rows]
        else:
            lines.append(block.text)
    return ("\n".join(lines) + "\n").encode()
