"""The package every Word file of a profile begins as: python-docx's own, emptied of its look and made ours."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import docx
from docx.enum.section import WD_ORIENTATION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Twips

from reportkit.pages.folio import DASH_PERMILLE
from reportkit.pages.profile import Profile
from reportkit.writers.docx import styles

DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
# parts of python-docx's template that are its author's and not ours
LEFT_OVER = ("customXml", "stylesWithEffects", "numbering", "webSettings", "thumbnail", "extended-properties")
BASELINE_PERMILLE = 800


@dataclass(frozen=True)
class Base:
    """The unchanging parts by name, and the section properties that end every body."""

    parts: dict[str, bytes]
    section: str


@lru_cache(maxsize=16)
def base(profile: Profile) -> Base:
    """Return the parts of an empty document of `profile`, made once a process."""
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
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["[Content_Types].xml"] = parts.pop("[Content_Types].xml")
    xml = parts.pop(DOCUMENT).decode()
    parts.pop(CORE)
    return Base(parts, xml[xml.index("<w:sectPr") : xml.index("</w:sectPr>")] + "</w:sectPr>")


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
