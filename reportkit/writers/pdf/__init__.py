"""Pages in, PDF bytes out."""

from reportkit.writers.pdf.write import write

__all__ = ["write"]
