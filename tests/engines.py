"""The real programs the tests open our files with: LibreOffice, poppler, qpdf. A test without one is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from reportkit import assets
from reportkit.pages.profile import Profile

CONVERSION_SECONDS = 180


def require(program: str) -> str:
    """Return the path of `program`, or skip the test, by name."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"needs {program}, which is not installed")
    return path


def libreoffice_pdf(docx: bytes, profile: Profile) -> bytes:
    """Return `docx` as LibreOffice sets it, with our faces standing under their usual Word names."""
    return libreoffice_pdfs([docx], profile)[0]


def libreoffice_pdfs(files: Sequence[bytes], profile: Profile) -> list[bytes]:
    """Return Word files as one process of LibreOffice sets them, one after the other."""
    soffice = require("soffice")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        paths = [here / f"{number}.docx" for number in range(len(files))]
        for path, docx in zip(paths, files, strict=True):
            path.write_bytes(docx)
        (here / "fonts.conf").write_text(_fontconfig(profile, here), "utf-8")
        command = [
            soffice, f"-env:UserInstallation={(here / 'user').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(here), *map(str, paths),
        ]  # fmt: skip
        environment = {**os.environ, "FONTCONFIG_FILE": str(here / "fonts.conf"), "HOME": folder}
        seconds = CONVERSION_SECONDS * len(files)
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=seconds)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


def _fontconfig(profile: Profile, here: Path) -> str:
    """Return a private fontconfig file: only our fonts, each also under the name Word files give it."""
    families = {}
    for face in profile.faces.values():
        query = ["fc-scan", "--format", "%{family[0]}", str(face.files[0].path)]
        families[face.word] = subprocess.run(query, check=True, capture_output=True, text=True).stdout
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{word}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{family}</string></edit></match>'
        for word, family in families.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{assets.folder('fonts')}</dir><cachedir>{here / 'cache'}</cachedir>{aliases}</fontconfig>"
    )


def lines(pdf: bytes) -> list[list[str]]:
    """Return the text of every page, line by line from the top, as the PDF's own characters give it."""
    pages = []
    with pdfplumber.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            rows: dict[int, list[dict[str, object]]] = defaultdict(list)
            for character in page.chars:
                rows[round(character["matrix"][5])].append(character)
            pages.append([
                "".join(str(c["text"]) for c in sorted(rows[y], key=lambda c: c["matrix"][4]))  # type: ignore[index]
                for y in sorted(rows, reverse=True)
            ])  # fmt: skip
    return pages
