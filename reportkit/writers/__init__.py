"""Pages in, bytes out. A writer decides nothing: what it would measure or choose is decided in `pages`.

`FORMATS` has a row for each format. A row imports its writer when it is used: a command pays for what it writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

from reportkit.document.nodes import Document
from reportkit.pages.frame import Pages

FormatName = Literal["docx", "pdf", "txt"]


class Laid(Protocol):
    """What is written: a document, and its pages, laid out when they are asked for."""

    @property
    def document(self) -> Document:
        """What it says."""

    @property
    def pages(self) -> Pages:
        """Where that stands."""


class Format(NamedTuple):
    """`write` gives a file's bytes; `read_back` the first place where bytes differ from what was laid, "" if none."""

    write: Callable[[Laid], bytes]
    read_back: Callable[[bytes, Laid], str]


def _docx(laid: Laid) -> bytes:
    from reportkit.writers import docx

    return docx.write(laid.pages, laid.document)


def _docx_read_back(data: bytes, laid: Laid) -> str:
    from reportkit.writers import proof

    return proof.docx_difference(data, laid.pages)


def _pdf(laid: Laid) -> bytes:
    from reportkit.writers import pdf

    return pdf.write(laid.pages, laid.document)


def _pdf_read_back(data: bytes, laid: Laid) -> str:
    from reportkit.writers import proof

    return proof.pdf_difference(data, laid.pages)


def _txt(laid: Laid) -> bytes:
    from reportkit.writers import txt

    return txt.write(laid.document)


def _txt_read_back(data: bytes, laid: Laid) -> str:
    """Find nothing: the text is the document's own, nothing was laid out for it."""
    return ""


FORMATS: dict[FormatName, Format] = {
    "docx": Format(_docx, _docx_read_back),
    "pdf": Format(_pdf, _pdf_read_back),
    "txt": Format(_txt, _txt_read_back),
}
