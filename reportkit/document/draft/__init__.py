"""Finished drafts: bytes in, a Document out, every character kept, and what each line was taken for.

source (bytes → rows) → paragraphs (hard wraps undone) → recognise (shape and place → kind) → read (→ Document)
"""

from reportkit.document.draft.kinds import Kind, Taken
from reportkit.document.draft.read import Draft, joined, read

__all__ = ["Draft", "Kind", "Taken", "joined", "read"]
