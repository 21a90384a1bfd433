"""Compile the English catalogue: reportkit.po in, reportkit.mo out, beside it. Run by `make messages`."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# what babel would else take from the clock
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
CATALOGUE = Path(__file__).resolve().parent / "en" / "LC_MESSAGES" / "reportkit.po"


def compiled(source: bytes) -> bytes:
    """Return the .mo file of a .po file."""
    catalogue, packed = read_po(io.BytesIO(source), locale="en"), io.BytesIO()
    catalogue.creation_date = catalogue.revision_date = UNDATED
    write_mo(packed, catalogue)
    return packed.getvalue()


if __name__ == "__main__":
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(CATALOGUE.read_bytes()))
