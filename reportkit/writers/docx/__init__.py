"""Pages in, Word bytes out."""

from reportkit.writers.docx.write import write

__all__ = ["write"]
