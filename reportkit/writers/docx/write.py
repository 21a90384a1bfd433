"""Pages as a Word file: paragraphs of named styles that Word breaks into the decided lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise, zip_longest

from reportkit.document.nodes import Document
from reportkit.pages.frame import Line, Pages, Paragraph, Run
from reportkit.pages.profile import Profile
from reportkit.pages.profile_keys import INLINE
from reportkit.writers import mark
from reportkit.writers.docx import styles, table
from reportkit.writers.docx.package import CORE, DOCUMENT, Package, empty, packed

CREATOR = "reportkit"
UNDATED = date(2000, 1, 1)
# an empty line, as offices leave one above a signature, in the style of what follows, and kept with it as that is
BLANK = '<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write(pages: Pages, document: Document) -> bytes:
    """Return the .docx file. With `lines = "held"` each line is a run fitted to hold, with "free" none is.

    With "all" every line end is pinned besides, and every page begun by a break: a file to be kept, not edited.
    """
    frame = empty(pages.profile)
    parts = {**frame.parts, DOCUMENT: _body(pages, frame), CORE: _core(document)}
    return packed(mark.marked_parts(parts))


def _body(pages: Pages, frame: Package) -> bytes:
    profile = pages.profile
    place = 1  # the page that the text has reached
    pieces = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{styles.NAMESPACE}" xmlns:r="{RELATIONS}"><w:body>'
    ]
    cells: list[str] = []  # of the table being written
    for paragraph in pages.paragraphs:
        blank = "body" if paragraph.block in pages.grids else paragraph.style
        pieces.append(BLANK.format(style=styles.identifier(blank)) * paragraph.blanks)
        written = _paragraph(paragraph, None if cells else place, profile)
        place = paragraph.lines[-1].page if paragraph.lines else place
        grid = pages.grids.get(paragraph.block)
        if grid is None:
            pieces.append(written)
            continue
        cells.append(written)
        if len(cells) == len(grid.rows) * len(grid.widths_tw):
            pieces += table.table(grid, cells)
            cells = []
    if pages.paragraphs and pages.paragraphs[-1].block in pages.grids:
        pieces.append(table.AFTER)
    pieces += [frame.section, "</w:body></w:document>"]
    return "".join(pieces).encode()


def _paragraph(paragraph: Paragraph, place: int | None, profile: Profile) -> str:
    """Return w:p; `place` is the page that the text before it has reached, None within a table."""
    opens = paragraph.begins or (place is not None and _opens_page(paragraph.lines[:1], place, profile))
    return "".join((
        f'<w:p><w:pPr><w:pStyle w:val="{styles.identifier(paragraph.style)}"/>',
        "<w:pageBreakBefore/>" if opens else "",
        _placement(paragraph, profile),
        "</w:pPr>",
        *(_free(paragraph) if profile.lines == "free" else _held(paragraph, profile)),
        "</w:p>",
    ))  # fmt: skip


def _placement(paragraph: Paragraph, profile: Profile) -> str:
    """Return what the paragraph's place adds to its style: nothing, for nearly all."""
    style = profile.styles[paragraph.style]
    xml = ""
    if paragraph.hanging_tw:
        return styles.hanging(paragraph.left_tw, paragraph.hanging_tw)
    if paragraph.before_tw != style.before * profile.line_tw:
        xml += f'<w:spacing w:before="{paragraph.before_tw}"/>'
    if paragraph.left_tw or paragraph.right_tw != style.right * style.size_tw:
        xml += styles.indent(style, paragraph.left_tw, paragraph.right_tw)
    return xml + (f'<w:jc w:val="{paragraph.align}"/>' if paragraph.align else "")


def _opens_page(lines: Sequence[Line], place: int, profile: Profile) -> bool:
    """True if Word has to be told to begin a page with the first of `lines`; `place` is the page before it."""
    if not lines or lines[0].page == place:
        return False
    return profile.lines == "all" or (profile.lines == "held" and lines[0].forced)


def _held(paragraph: Paragraph, profile: Profile) -> Iterator[str]:
    """Yield a run, or a run a style, for each line; a break only where the line has to be pinned."""
    every = profile.lines == "all"
    for line, following in zip_longest(paragraph.lines, paragraph.lines[1:]):
        spacing = line.hold.spacing_tw
        for run in line.runs:
            yield _run(run, paragraph.style, spacing)
        if following is None:
            return
        if _opens_page((following,), line.page, profile):
            yield '<w:r><w:br w:type="page"/></w:r>'
        elif line.hold.pin or every:
            yield "<w:r><w:br/></w:r>"


def _free(paragraph: Paragraph) -> Iterator[str]:
    """Yield a run a stretch of equal style; only a title's cuts break lines."""
    runs: list[Run] = []
    for line, following in pairwise((*paragraph.lines, None)):
        assert line is not None
        runs += line.runs
        if following and paragraph.style == "title" and line.hold.pin:
            yield from (_run(run, paragraph.style) for run in _merged(runs))
            yield "<w:r><w:br/></w:r>"
            runs = []
    yield from (_run(run, paragraph.style) for run in _merged(runs))


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        if held and (held.style, held.gap) == (run.style, run.gap):
            held = Run(held.text + run.text, run.style, run.gap)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _run(run: Run, paragraph_style: str, spacing_tw: int | None = None) -> str:
    """Return w:r. The hint draws “ ” —— …… in the Chinese face; a style of its own only where it differs."""
    own = "" if run.style == paragraph_style else f'<w:rStyle w:val="{_character_style(run.style)}"/>'
    spacing = "" if spacing_tw is None else f'<w:spacing w:val="{spacing_tw}"/>'
    mark = '<w:highlight w:val="yellow"/>' if run.gap else ""
    text = escape(run.text, quote=False)
    keep = ' xml:space="preserve"' if text != text.strip() or "  " in text else ""
    return f'<w:r><w:rPr>{own}<w:rFonts w:hint="eastAsia"/>{spacing}{mark}</w:rPr><w:t{keep}>{text}</w:t></w:r>'


def _character_style(key: str) -> str:
    ident = styles.identifier(key)
    return ident if key in INLINE else f"{ident}Char"


def _core(document: Document) -> bytes:
    """Return docProps/core.xml: title, author, language and the document's own date."""
    stamp = (document.written or UNDATED).isoformat() + "T00:00:00Z"
    author, title = escape(document.author.text, quote=False), escape(document.title, quote=False)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>{styles.LANGUAGE}</dc:language>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()
