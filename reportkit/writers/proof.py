"""A written file read back: its bytes and the Pages it was made of in, the first difference out.

Reads only what our own writers write, by other means than they wrote it with: the words of every paragraph, the
ends of its lines and the rows of tables from a Word file, every line of every page from a PDF by its ToUnicode maps.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from itertools import accumulate, pairwise, zip_longest

from reportkit.pages.frame import Pages

WORD_PARAGRAPH = re.compile(r"<w:p>(.*?)</w:p>", re.DOTALL)
WORD_ROW = re.compile(r"<w:tr>(.*?)</w:tr>", re.DOTALL)
WORD_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
PDF_OBJECT = re.compile(rb"(\d+) 0 obj\n")
PDF_CODES = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>")
PDF_SHOWN = re.compile(r"/(F\d+) [\d.]+ Tf <([0-9A-F]*)> Tj")
LINE_START = " Tm "


def docx_difference(data: bytes, pages: Pages) -> str:
    """Return the first paragraph of a .docx that differs from `pages`, "" if none does."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    written = [paragraph for paragraph in WORD_PARAGRAPH.findall(xml) if "<w:t" in paragraph]
    for found, paragraph in zip_longest(written, [paragraph for paragraph in pages.paragraphs if paragraph.lines]):
        if found is None or paragraph is None:
            return "¶"
        runs = [unescape(text) for text in WORD_TEXT.findall(found)]
        lines = [line.text for line in paragraph.lines]
        if "".join(runs) != "".join(lines):
            return "".join(lines)
        if pages.profile.lines != "free" and not {*accumulate(map(len, lines))} <= {*accumulate(map(len, runs))}:
            return "".join(lines)
    cells = [row.count("<w:tc>") for row in WORD_ROW.findall(xml)]
    return "" if cells == [len(row.cells) for grid in pages.grids.values() for row in grid.rows] else "|"


def pdf_difference(data: bytes, pages: Pages) -> str:
    """Return the first line of a .pdf that differs from `pages`, "" if none does."""
    objects = _objects(data)
    contents = [_stream(objects[int(at)]) for at in _all(objects, rb"/Contents (\d+) 0 R")]
    characters = _characters(objects)
    for content, page in zip_longest(contents, pages.pages):
        if content is None or page is None:
            return "¶"
        drawn: list[str] = []
        for row in content.decode().split("\n"):
            if LINE_START in row:
                drawn.append("")
            elif found := PDF_SHOWN.fullmatch(row):
                table, codes = characters[found[1]], found[2]
                drawn[-1] += "".join([table[codes[at : at + 4]] for at in range(0, len(codes), 4)])
        for ours, theirs in zip_longest((*page.lines, page.folio), drawn):
            if ours is None or ours.text != theirs:
                return ours.text if ours else str(theirs)
    return ""


def _objects(data: bytes) -> dict[int, bytes]:
    """Return the body of every object by number, found through the cross-reference table."""
    start = int(data[data.rindex(b"startxref") :].split()[1])
    offsets = [int(row[:10]) for row in data[start:].split(b"\n") if row.endswith(b" n ")]
    ends = sorted([*offsets, start])
    following = dict(pairwise(ends))
    found: dict[int, bytes] = {}
    for offset in offsets:
        head = PDF_OBJECT.match(data, offset)
        if head:
            found[int(head[1])] = data[head.end() : following[offset]]
    return found


def _all(objects: dict[int, bytes], pattern: bytes) -> list[bytes]:
    """Return what `pattern` finds in the dictionaries of the objects, in order of their numbers."""
    heads = (objects[number].partition(b"stream\n")[0] for number in sorted(objects))
    return [found[1] for head in heads for found in re.finditer(pattern, head)]


def _stream(body: bytes) -> bytes:
    return zlib.decompressobj().decompress(body.partition(b"stream\n")[2])


def _characters(objects: dict[int, bytes]) -> dict[str, dict[str, str]]:
    """Return what each code of each font stands for, as its ToUnicode map says."""
    tables: dict[str, dict[str, str]] = {}
    for found in _all(objects, rb"/(F\d+ \d+) 0 R"):
        name, number = found.decode().split()
        unicode = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        if unicode:
            pairs = PDF_CODES.findall(_stream(objects[int(unicode[1])]).decode())
            tables[name] = {code: bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}
    return tables
