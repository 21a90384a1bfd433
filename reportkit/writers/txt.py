"""Document in, plain text out: a line a block, UTF-8, no markup."""

from __future__ import annotations

from reportkit.document.nodes import Document, Role


def write(document: Document) -> bytes:
    """Return the text, an empty line after the title block, nothing added or left out."""
    lines: list[str] = []
    opening = True
    for block in document.blocks:
        if opening and lines and block.role not in (Role.TITLE, Role.SUBTITLE):
            lines.append("")
            opening = False
        lines.append(block.text)
    return ("\n".join(lines) + "\n").encode()
