"""The real programs the tests open our files with: LibreOffice, ONLYOFFICE, poppler, qpdf.

A test without one is skipped. LibreOffice is the widest engine known; ONLYOFFICE sets lines much as Word is told to.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from reportkit import assets
from reportkit.pages.profile import Profile

CONVERSION_SECONDS = 180
# on a machine under load the converter now and then leaves a file out, and says nothing [measured]
TRIES = 4
CONVERTER = Path(__file__).resolve().parent / "onlyoffice.py"
# name records that say what a face is called: family, full name, and the newer family
WINDOWS, UNICODE, ENGLISH, CHINESE = 3, 1, 0x409, 0x804
FAMILY, STYLE, IDENTITY, FULL, POSTSCRIPT, NEW_FAMILY, NEW_STYLE = 1, 2, 3, 4, 6, 16, 17
# baselines of one row, in a table of cells set apart, differ by less: ONLYOFFICE sets digits 2 pt higher
SAME_LINE_PT = 3.0


class Placed(NamedTuple):
    """A line as an engine set it: where its first and last characters that have ink stand, in points, and its text."""

    left: float
    text: str
    last: float = 0.0

    @property
    def middle(self) -> float:
        """The middle between its first and its last character."""
        return (self.left + self.last) / 2


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


def onlyoffice_pdfs(files: Sequence[bytes], profile: Profile) -> list[bytes]:
    """Return Word files as one process of ONLYOFFICE's converter sets them, one after the other."""
    if find_spec("docbuilder") is None:
        pytest.skip("needs docbuilder, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        paths = [here / f"{number}.docx" for number in range(len(files))]
        for path, docx in zip(paths, files, strict=True):
            path.write_bytes(docx)
        _renamed(profile, here / "faces")
        command = [sys.executable, str(CONVERTER), str(here / "faces")]
        seconds = CONVERSION_SECONDS * len(files)
        for _ in range(TRIES):
            left = [str(path) for path in paths if not _is_set(path.with_suffix(".pdf"))]
            if left:
                environment = {**os.environ, "HOME": folder}
                subprocess.run([*command, *left], env=environment, check=True, capture_output=True, timeout=seconds)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


def _is_set(path: Path) -> bool:
    """True if a PDF holds text: under load the converter now and then leaves a file out, or empty."""
    try:
        return pdfium.PdfDocument(path.read_bytes())[0].get_textpage().count_chars() > 0
    except (OSError, IndexError, pdfium.PdfiumError):
        return False


def _renamed(profile: Profile, into: Path) -> None:
    """Write our faces into a folder, the first of each role under the name Word files give it."""
    from fontTools.ttLib import TTFont

    into.mkdir()
    for face in profile.faces.values():
        for number, file in enumerate(face.files):
            if (into / file.path.name).exists():
                continue
            font = TTFont(file.path)
            if number == 0:
                names = font["name"]
                for kind in (FAMILY, IDENTITY, FULL, POSTSCRIPT, NEW_FAMILY, NEW_STYLE):
                    names.removeNames(nameID=kind)
                for language in (ENGLISH, CHINESE):
                    for kind in (FAMILY, FULL):
                        names.setName(face.word, kind, WINDOWS, UNICODE, language)
                names.setName("Regular", STYLE, WINDOWS, UNICODE, ENGLISH)
                for kind in (IDENTITY, POSTSCRIPT):
                    names.setName(file.path.stem, kind, WINDOWS, UNICODE, ENGLISH)
            font.save(into / file.path.name)


ENGINES: dict[str, Callable[[Sequence[bytes], Profile], list[bytes]]] = {
    "libreoffice": libreoffice_pdfs,
    "onlyoffice": onlyoffice_pdfs,
}


def placed(pdf: bytes) -> list[list[Placed]]:
    """Return the lines of every page from the top, as the PDF's own characters give them.

    Without white space, which ONLYOFFICE does not write.
    """
    return [[_placed(sorted(row)) for row in _rows(page)] for page in _characters(pdf)]


def _characters(pdf: bytes) -> Iterator[list[tuple[float, float, str]]]:
    """Yield (x, y, character) of what every page draws, in points; pdfium reads 20 times as fast as pdfplumber."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for page in pdfium.PdfDocument(pdf):
        text, found = page.get_textpage(), []
        for index in range(raw.FPDFText_CountChars(text)):
            character = chr(raw.FPDFText_GetUnicode(text, index))
            if raw.FPDFText_IsGenerated(text, index) == 1 or character.isspace():
                continue
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            found.append((x.value, y.value, character))
        yield found


def _rows(characters: list[tuple[float, float, str]]) -> list[list[tuple[float, str]]]:
    """Return the characters of a page as lines from the top, each character with its left edge."""
    rows: list[list[tuple[float, str]]] = []
    above = 0.0
    for x, y, character in sorted(characters, key=lambda one: -one[1]):
        if not rows or above - y > SAME_LINE_PT:
            rows.append([])
        rows[-1].append((x, character))
        above = y
    return rows


def _placed(row: list[tuple[float, str]]) -> Placed:
    # pdfium gives a character beyond U+FFFF as two
    text = "".join([text for _, text in row]).encode("utf-16", "surrogatepass").decode("utf-16")
    return Placed(row[0][0], text, row[-1][0])


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
