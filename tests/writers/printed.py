"""A PDF measured from outside: its rows by pdfplumber, their edges and text by poppler, its ink by pixels."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import engines
import pdfplumber
from PIL import Image

LINE = re.compile(r'<line xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">')


@dataclass(frozen=True)
class Row:
    """One line of a page: its text, its baseline from the top of the sheet, each character's face and size."""

    text: str
    baseline: float
    left: float
    faces: tuple[str, ...]
    sizes: tuple[float, ...]


@dataclass(frozen=True)
class Sheet:
    """A page: its size in points, its rows from the top, the folio below them."""

    width: float
    height: float
    rows: tuple[Row, ...]
    folio: Row


@cache
def sheets(pdf: bytes) -> tuple[Sheet, ...]:
    """Return the pages of a PDF as pdfplumber sees them, rows told apart by their baselines."""
    found = []
    with pdfplumber.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            rows = defaultdict(list)
            for character in page.chars:
                rows[round(character["matrix"][5], 1)].append(character)
            lines = [_row(rows[y], float(page.height) - y) for y in sorted(rows, reverse=True)]
            found.append(Sheet(float(page.width), float(page.height), tuple(lines[:-1]), lines[-1]))
    return tuple(found)


def _row(characters: list[dict], baseline: float) -> Row:
    characters = sorted(characters, key=lambda one: one["matrix"][4])
    return Row(
        "".join(one["text"] for one in characters),
        baseline,
        characters[0]["matrix"][4],
        tuple(one["fontname"].partition("+")[2].removesuffix("-Regular") for one in characters),
        tuple(round(one["size"], 2) for one in characters),
    )


def run(*command: str, pdf: bytes) -> str:
    """Return what a program says of a PDF; `{}` in the command is the file's path. Skips where it is missing."""
    engines.require(command[0])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(pdf)
        told = [part.replace("{}", str(path)) for part in command]
        return subprocess.run(told, check=True, capture_output=True, text=True).stdout


@cache
def edges(pdf: bytes) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the left and right edge of every line of every page, folio last, in points, by poppler.

    pdfminer, under pdfplumber, leaves out the character spacing wherever the face changes, so it is no ruler here.
    """
    text = run("pdftotext", "-bbox-layout", "{}", "-", pdf=pdf)
    pages = []
    for page in text.split("<page ")[1:]:
        rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for line in LINE.finditer(page):
            words = [(float(word[1]), float(word[2])) for word in WORD.finditer(line[4])]
            rows[round(float(line[3]))] += words
        pages.append(tuple((min(a for a, _ in row), max(b for _, b in row)) for _, row in sorted(rows.items())))
    return tuple(pages)


def picture(pdf: bytes, page: int, dpi: int) -> Image.Image:
    """Return a page in grey, drawn by poppler."""
    engines.require("pdftoppm")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(pdf)
        number = str(page)
        command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", number, "-l", number, "-singlefile", str(path)]
        subprocess.run([*command, str(path.with_suffix(""))], check=True, capture_output=True)
        with Image.open(path.with_suffix(".pgm")) as image:
            image.load()
            return image
