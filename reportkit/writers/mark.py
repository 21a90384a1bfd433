"""The mark a Word or PDF file carries of the rest of itself: by it a file tells whether it is still as it was written.

A digest, in the Word file's property dc:identifier, in the PDF a comment before its last lines. It shows nothing on a
page, moves and is renamed with the file, and depends on nothing but the content: the same content, the same mark.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256

CORE = "docProps/core.xml"
WORD_MARK = re.compile(rb"<dc:identifier>reportkit-sha256:([0-9a-f]{64})</dc:identifier>")
PDF_MARK = re.compile(rb"% reportkit-sha256:([0-9a-f]{64})\n(?=startxref\n\d+\n%%EOF\s*\Z)")
ZIP, PDF, PDF_END = b"PK\x03\x04", b"%PDF-", b"startxref\n"
# the end of a zip that has no comment, nor anything behind it (APPNOTE 4.3.16)
ZIP_END, ZIP_END_LENGTH = b"PK\x05\x06", 22
TAIL = 256  # bytes of a PDF that its mark and what follows it stand in
# what reading a zip of any making may end in
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, RuntimeError)


def marked_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a Word file with the mark of them all among its properties."""
    mark = f"<dc:identifier>reportkit-sha256:{_digest(parts)}</dc:identifier>".encode()
    head, end, tail = parts[CORE].rpartition(b"</cp:coreProperties>")
    return {**parts, CORE: head + mark + end + tail}


def marked_pdf(data: bytes) -> bytes:
    """Return a PDF with its mark in it, behind everything that a cross-reference points to."""
    head, end, tail = data.rpartition(PDF_END)
    return head + f"% reportkit-sha256:{sha256(data).hexdigest()}\n".encode() + end + tail


def untouched(data: bytes) -> bool:
    """Return whether `data` carries a mark and is as it was when it was marked."""
    if data.startswith(ZIP):
        return data[-ZIP_END_LENGTH:].startswith(ZIP_END) and _untouched_parts(data)
    found = PDF_MARK.search(data, max(0, len(data) - TAIL)) if data.startswith(PDF) else None
    if found is None:
        return False
    bare = data[: found.start()] + data[found.end() :]
    return sha256(bare).hexdigest().encode() == found[1]


def _untouched_parts(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            core = archive.read(CORE)
            found = WORD_MARK.search(core)
            if found is None:
                return False
            parts = {name: archive.read(name) for name in archive.namelist()}
    except UNREADABLE:
        return False
    return _digest({**parts, CORE: core[: found.start()] + core[found.end() :]}).encode() == found[1]


def _digest(parts: Mapping[str, bytes]) -> str:
    made = sha256()
    for name in sorted(parts):
        made.update(f"{name}\0{len(parts[name])}\0".encode() + parts[name])
    return made.hexdigest()
