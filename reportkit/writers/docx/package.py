"""Word's package: the parts that every file of a profile begins with, and parts packed into a file.

It begins as python-docx's own, emptied of its look and made ours; python-docx keeps its relationships and types.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import docx
from docx.enum.section import WD_ORIENTATION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Twips
from lxml import etree

from reportkit.pages.folio import DASH_PERMILLE
from reportkit.pages.place import BASELINE_PERMILLE
from reportkit.pages.profile import Profile
from reportkit.writers.docx import styles

DOCUMENT, CORE, CONTENT_TYPES = "word/document.xml", "docProps/core.xml", "[Content_Types].xml"
ZIP_LEVEL = 6
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can state; the document's date stands in core.xml
# parts of python-docx's template that are its author's and not ours
LEFT_OVER = ("customXml", "stylesWithEffects", "numbering", "webSettings", "thumbnail", "extended-properties")


@dataclass(frozen=True)
class Package:
    """The unchanging parts by name, and the section properties that end every body."""

    parts: dict[str, bytes]
    section: str


@lru_cache(maxsize=16)
def empty(profile: Profile) -> Package:
    """Return the package of an empty document of `profile`, made once a process."""
    document = docx.Document()
    package = document.part.package
    for owner in (document.part, package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in LEFT_OVER:
                del owner.rels[key]
    document.part._styles_part._element = parse_xml(styles.styles_xml(profile))
    document.part._settings_part._element = parse_xml(styles.settings_xml(profile))
    font_table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    font_table._blob = styles.font_table_xml(profile)
    section = document.sections[0]
    _page(section, profile)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        footer._element[:] = [parse_xml(_folio(profile, side))]
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name not in (DOCUMENT, CORE)}
    return Package(parts, _section(section))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as a zip whose bytes depend on nothing but them; content types first, as readers expect."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=ZIP_LEVEL) as archive:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, not name.startswith("_rels"), name)):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return saved.getvalue()


def _section(section: Section) -> str:
    """Return a section's properties as they stand in a body, which declares what they name."""
    properties = deepcopy(section._sectPr)
    etree.cleanup_namespaces(properties)
    xml: str = etree.tostring(properties, encoding="unicode")
    return re.sub(' xmlns:[a-z]+="[^"]*"', "", xml)


def _page(section: Section, profile: Profile) -> None:
    section.orientation = WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Twips(profile.width_tw), Twips(profile.height_tw)
    section.top_margin, section.bottom_margin = Twips(profile.top_tw), Twips(profile.bottom_tw)
    section.left_margin, section.right_margin = Twips(profile.left_tw), Twips(profile.right_tw)
    section.gutter = Twips(0)
    section.header_distance = Twips(min(851, profile.top_tw // 2))
    style = profile.styles[profile.folio.style]
    # the folio's line is as high as its type: its foot stands a fifth of that under the baseline
    dash_tw = style.size_tw * DASH_PERMILLE // 1000
    foot_tw = style.size_tw - style.size_tw * BASELINE_PERMILLE // 1000
    section.footer_distance = Twips(profile.bottom_tw - profile.folio.below_tw - dash_tw - foot_tw)
    # the lines are set exactly: no document grid that an engine could snap them to
    for grid in section._sectPr.xpath("w:docGrid"):
        section._sectPr.remove(grid)


def _folio(profile: Profile, side: str) -> str:
    """Return the footer paragraph: the folio's text about a PAGE field."""
    ident = styles.identifier(profile.folio.style) + side.capitalize()
    before, after = map(escape, profile.folio.text.split("{number}"))
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return (
        f'<w:p xmlns:w="{styles.NAMESPACE}"><w:pPr><w:pStyle w:val="{ident}"/></w:pPr>'
        f'<w:r>{hint}<w:t xml:space="preserve">{before}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r>{hint}<w:t xml:space="preserve">{after}</w:t></w:r></w:p>'
    )
