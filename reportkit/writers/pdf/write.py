"""Pages drawn as PDF: every line where `pages` put it, headings as bookmarks, the same bytes each time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date
from hashlib import md5
from itertools import groupby
from operator import itemgetter

from reportlab.pdfbase import pdfdoc

from reportkit.document.nodes import Document
from reportkit.pages import face
from reportkit.pages.frame import BLACK, Line, Page, Pages, Rule
from reportkit.pages.profile import Profile
from reportkit.pages.profile_keys import TW_PER_PT
from reportkit.writers import mark
from reportkit.writers.pdf.fonts import Font

VERSION = (1, 7)
CREATOR = "reportkit"
LANGUAGE = "zh-CN"
LEVEL = 6
# a document that states no date bears this one, so that its bytes stay the same
UNDATED = date(2000, 1, 1)
# no bold 仿宋 exists: bold is drawn as Word synthesises it, with an outline of this width in points
BOLD_PT = 0.3
SQUARE_ENDS = "2 J"  # rules that meet in a corner fill it


def write(pages: Pages, document: Document) -> bytes:
    """Return the PDF file. Fonts are embedded as subsets; nothing is read from the system or the clock."""
    pdf = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=VERSION, lang=LANGUAGE)
    _dated(pdf, document.written or UNDATED)
    fonts = _Fonts(pages.profile)
    resources = pdfdoc.PDFResourceDictionary()
    drawn = [_drawn(page, pages.profile, fonts) for page in pages.pages]
    resources.Font = pdfdoc.PDFDictionary({font.name: font.reference(pdf) for font in fonts.used()})
    pdf.Reference(resources, "resources")
    references = []
    for content in drawn:
        page = pdfdoc.PDFPage()
        page.Resources = pdfdoc.PDFObjectReference("resources")
        page.pagewidth = pages.profile.width_tw / TW_PER_PT
        page.pageheight = pages.profile.height_tw / TW_PER_PT
        page.Contents = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), zlib.compress(content, LEVEL)
        )
        references.append(pdf.thisPageRef())
        pdf.addPage(page)
        pdf.updateSignature(content)
    _bookmarked(pdf, pages, document, references)
    info = pdf.info
    info.title, info.author, info.creator = document.title, document.author.text, CREATOR
    info.producer, info.subject = CREATOR, ""
    pdf.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    data: bytes = pdf.GetPDFData(_Bookmarks(pdf))
    return mark.marked_pdf(data)


class _Fonts:
    """The fonts of one document, and for each style the code of each character in them."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._fonts: dict[face.Face, Font] = {}
        self._codes: dict[tuple[Font, str], str] = {}
        self._tables: dict[str, _Codes] = {}

    def table(self, style: str) -> _Codes:
        """Return the table of characters of a style."""
        if style not in self._tables:
            self._tables[style] = _Codes(self, face.chain(self.profile, self.profile.styles[style]))
        return self._tables[style]

    def place(self, chain: face.Chain, character: str) -> tuple[str, str]:
        """Return (font name, code) of a character set in a chain of faces."""
        own, glyph, width = chain[character]
        font = self._fonts.get(own)
        if font is None:
            font = self._fonts[own] = Font(own, f"F{len(self._fonts) + 1}")
        code = self._codes.get((font, character))
        if code is None:
            code = self._codes[font, character] = font.code(character, glyph, width)
        return font.name, code

    def used(self) -> Iterator[Font]:
        """Yield the fonts that draw something."""
        yield from self._fonts.values()


class _Codes(dict[str, tuple[str, str]]):
    """Characters of one style: (font name, code), found once a document."""

    def __init__(self, fonts: _Fonts, chain: face.Chain) -> None:
        super().__init__()
        self._fonts, self._chain = fonts, chain

    def __missing__(self, character: str) -> tuple[str, str]:
        self[character] = place = self._fonts.place(self._chain, character)
        return place


def _drawn(page: Page, profile: Profile, fonts: _Fonts) -> bytes:
    """Return a page's content stream."""
    code: list[str] = []
    for box in page.boxes:
        low = profile.height_tw - box.y_tw - box.height_tw
        where = f"{_pt(box.x_tw)} {_pt(low)} {_pt(box.width_tw)} {_pt(box.height_tw)}"
        code.append(f"{_rgb(box.colour)} rg {where} re f")
    if page.boxes:
        code.append(f"{_rgb(BLACK)} rg")
    if page.rules:
        code.append(SQUARE_ENDS)
        code.extend(_rule(rule, profile) for rule in page.rules)
    code.append("BT")
    for line in (*page.lines, page.folio):
        code.extend(_line(line, profile, fonts))
    code.append("ET\n")
    return "\n".join(code).encode()


def _rule(rule: Rule, profile: Profile) -> str:
    low = profile.height_tw - rule.y_tw
    ends = f"{_pt(rule.x_tw)} {_pt(low)} m {_pt(rule.x_tw + rule.width_tw)} {_pt(low - rule.height_tw)} l"
    colour = "" if rule.colour == BLACK else f"{_rgb(rule.colour)} RG "  # black is what a page begins with
    return f"{colour}{_pt(rule.thick_tw)} w {ends} S"


def _line(line: Line, profile: Profile, fonts: _Fonts) -> Iterator[str]:
    spread = _number(line.adjust_tw / line.gaps / TW_PER_PT) if line.gaps else "0"
    y = _pt(profile.height_tw - line.baseline_tw)
    yield f"1 0 0 1 {_pt(line.x_tw)} {y} Tm {spread} Tc"
    for run in line.runs:
        style = profile.styles[run.style]
        table = fonts.table(run.style)
        if style.bold:
            yield f"2 Tr {BOLD_PT} w"
        size = _pt(style.size_tw)
        for name, places in groupby([table[character] for character in run.text], itemgetter(0)):
            yield f"/{name} {size} Tf <{''.join([place[1] for place in places])}> Tj"
        if style.bold:
            yield "0 Tr"


class _Bookmarks:
    """What reportlab's outline asks of a canvas: the destination that a name stands for."""

    def __init__(self, pdf: pdfdoc.PDFDocument) -> None:
        self._pdf = pdf

    def _bookmarkReference(self, name: str) -> pdfdoc.PDFObjectReference:  # noqa: N802
        return pdfdoc.PDFObjectReference(f"bookmark.{name}")


def _bookmarked(
    pdf: pdfdoc.PDFDocument, pages: Pages, document: Document, references: list[pdfdoc.PDFObjectReference]
) -> None:
    """Give every heading a bookmark, nested by level, at the top of its line."""
    depth = -1
    for paragraph in pages.paragraphs:
        block = document.blocks[paragraph.block]
        if not block.head or not paragraph.lines:
            continue
        # reportlab refuses to skip a level
        depth = min(block.level - 1, depth + 1)
        line = paragraph.lines[0]
        top = (pages.profile.height_tw - line.baseline_tw + pages.profile.line_tw) / TW_PER_PT
        key = f"h{paragraph.block}"
        place = pdfdoc.PDFArray([references[line.page - 1], pdfdoc.PDFName("XYZ"), 0, top, 0])
        pdf.Reference(place, f"bookmark.{key}")
        pdf.outline.addOutlineEntry(key, depth, block.head.rstrip("。"))
    if depth >= 0:
        pdf.Catalog.PageMode = pdfdoc.PDFName("UseOutlines")


def _dated(pdf: pdfdoc.PDFDocument, day: date) -> None:
    """State the document's own date, whatever the environment says, and begin the file's ID anew."""
    stamp = pdf._timeStamp
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0
    pdf.signature = md5(CREATOR.encode(), usedforsecurity=False)


def _rgb(colour: str) -> str:
    """Return a colour RRGGBB as the operands of rg and RG."""
    return " ".join(_number(part / 255) for part in bytes.fromhex(colour))


def _pt(length_tw: int) -> str:
    return _number(length_tw / TW_PER_PT)


def _number(value: float) -> str:
    """Return a number as PDF writes it: no exponent, no trailing zeros."""
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
