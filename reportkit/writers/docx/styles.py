"""A profile's styles as Word's styles.xml, settings.xml and fontTable.xml.

Everything a paragraph looks like stands in a named style, in Chinese, so that people can go on editing.
"""

from __future__ import annotations

from html import escape

from reportkit.document.roles import TRAITS, Role, style_key, styled
from reportkit.pages import kinsoku
from reportkit.pages.profile import Profile, Style, Typeface
from reportkit.pages.profile_keys import FOLIO, INLINE
from reportkit.pages.table import SMALL, TINY
from reportkit.writers.docx import table

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HALF_POINT_TW = 10
LANGUAGE = "zh-CN"
COMPATIBILITY_MODE = 15
# uniform spacing in free lines: −5 sets 28 characters too, but LibreOffice then loses hanging marks [measured]
FREE_TIGHTER_TW = -1
# the name of a run-in heading's or lead phrase's character style: its paragraph style's name and this
CHARACTER = "字符"
GB2312_CHARSET = "86"
# what is known of the role that a style is of, by the style's key; small tables have styles of their own
ROLES = {key: (TRAITS[role], level) for key, role, level in styled()}
ROLES |= {key + size: known for key, known in ROLES.items() for size in (SMALL, TINY)}


def identifier(key: str) -> str:
    """Return the style id of a profile's style key: body → Body, table-head → TableHead."""
    return "".join([part[:1].upper() + part[1:] for part in key.split("-")])


def free_tw(profile: Profile, style: Style) -> int:
    """Return the spacing that a style itself has: what sets the grid's number of characters where lines are free."""
    spacing_tw = profile.base_tw(style)
    return spacing_tw + FREE_TIGHTER_TW if spacing_tw else 0


def styles_xml(profile: Profile) -> bytes:
    """Return styles.xml: defaults, then a style a role, linked character styles for what runs in."""
    body = profile.styles["body"]
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        + _fonts(profile, body)
        + f'<w:sz w:val="{_half(body)}"/><w:szCs w:val="{_half(body)}"/>'
        + f'<w:lang w:val="en-US" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
        + "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="{overflow}"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{profile.line_tw}" w:lineRule="exact"/><w:jc w:val="both"/>'
        '</w:pPr><w:rPr><w:snapToGrid w:val="0"/></w:rPr></w:style>'
    ).format(overflow=int(profile.lines == "free"))
    rest = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    own = "".join(_style(profile, key, style) for key, style in profile.styles.items()) + table.style(profile.table)
    xml = f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{normal}{rest}{own}</w:styles>'
    return _declared(xml)


def _style(profile: Profile, key: str, style: Style) -> str:
    traits, level = ROLES.get(key, (TRAITS[Role.BODY], 0))
    runs_in = key.startswith(Role.HEADING)
    ident, name = identifier(key), escape(style.name)
    look = f"<w:rPr>{_look(profile, style)}</w:rPr>"
    if key in INLINE:
        return (
            f'<w:style w:type="character" w:customStyle="1" w:styleId="{ident}"><w:name w:val="{name}"/>'
            f"<w:qFormat/>{look}</w:style>"
        )
    if key == FOLIO:
        return "".join(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ident}{side.capitalize()}">'
            f'<w:name w:val="{name}（{say}）"/><w:basedOn w:val="Normal"/><w:pPr>'
            f'<w:spacing w:before="0" w:after="0" w:line="{style.size_tw}" w:lineRule="exact"/>'
            f'<w:ind w:{side}="{profile.folio.indent * style.size_tw}"/>'
            f'<w:jc w:val="{side}"/></w:pPr>{look}</w:style>'
            for side, say in (("right", "单页"), ("left", "双页"))
        )
    paragraph = (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ident}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{identifier(style_key(traits.following))}"/>'
        + (f'<w:link w:val="{ident}Char"/>' if runs_in else "")
        + "<w:qFormat/><w:pPr>"
        + ("<w:keepNext/><w:keepLines/>" if traits.kept else "")
        + f'<w:spacing w:before="{style.before * profile.line_tw}" w:after="0" '
        f'w:line="{style.line_tw}" w:lineRule="exact"/>'
        + indent(style)
        + f'<w:jc w:val="{style.align}"/>'
        + (f'<w:outlineLvl w:val="{level - 1}"/>' if level else "")
        + f"</w:pPr>{look}</w:style>"
    )
    linked = (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{ident}Char"><w:name w:val="{name} {CHARACTER}"/>'
        f'<w:link w:val="{ident}"/>{look}</w:style>'
    )
    return paragraph + (linked if runs_in else "")


def indent(style: Style, left_tw: int = 0, right_tw: int | None = None) -> str:
    """Return w:ind for a style, or for a paragraph of it with indents of its own.

    In twips alone: Word prefers …Chars of a style to a paragraph's own twips, and some engines take them in
    characters as the first run spaces them (ISO 29500-1 §17.3.1.12).
    """
    usual_tw = style.right * style.size_tw
    right_tw = usual_tw if right_tw is None else right_tw
    own = f' w:left="{left_tw}"' if left_tw else ""
    own += f' w:right="{right_tw}"' if right_tw or usual_tw else ""
    own += f' w:firstLine="{style.indent * style.size_tw}"' if style.indent else ""
    return f"<w:ind{own}/>" if own else ""


def hanging(left_tw: int, hanging_tw: int) -> str:
    """Return w:ind for a paragraph whose first line begins before the others."""
    return f'<w:ind w:left="{left_tw}" w:hanging="{hanging_tw}"/>'


def _look(profile: Profile, style: Style) -> str:
    spacing = free_tw(profile, style)
    return (
        _fonts(profile, style)
        + ("<w:b/>" if style.bold else "")
        + (f'<w:spacing w:val="{spacing}"/>' if spacing else "")
        + f'<w:sz w:val="{_half(style)}"/><w:szCs w:val="{_half(style)}"/>'
    )


def _half(style: Style) -> int:
    return style.size_tw // HALF_POINT_TW


def _fonts(profile: Profile, style: Style) -> str:
    latin, chinese = (escape(profile.faces[face].word) for face in (style.latin, style.face))
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}" w:hint="eastAsia"/>'


def settings_xml(profile: Profile) -> bytes:
    """Return settings.xml: odd and even footers, line-start and line-end sets (linebreak by GB/T 15834 §5.1)."""
    # a held line is fitted to its marks' full width, so nothing may condense them
    control = "compressPunctuation" if profile.lines == "free" else "doNotCompress"
    before = "".join(dict.fromkeys(kinsoku.NO_START))
    after = "".join(dict.fromkeys(kinsoku.NO_END))
    return _declared(
        f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        f'<w:characterSpacingControl w:val="{control}"/>'
        f'<w:noLineBreaksAfter w:lang="{LANGUAGE}" w:val="{escape(after)}"/>'
        f'<w:noLineBreaksBefore w:lang="{LANGUAGE}" w:val="{escape(before)}"/>'
        "<w:compat><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{COMPATIBILITY_MODE}"/></w:compat>'
        f'<w:themeFontLang w:val="en-US" w:eastAsia="{LANGUAGE}"/></w:settings>'
    )


def font_table_xml(profile: Profile) -> bytes:
    """Return fontTable.xml, each face with the names to try where it is not installed (ISO 29500 §17.8.3.1)."""
    faces = "".join(_font(face, key == "西文") for key, face in profile.faces.items())
    return _declared(f'<w:fonts xmlns:w="{NAMESPACE}">{faces}</w:fonts>')


def _font(face: Typeface, latin: bool) -> str:
    charset = "00" if latin else GB2312_CHARSET
    return (
        f'<w:font w:name="{escape(face.word)}"><w:altName w:val="{escape(",".join(face.instead))}"/>'
        f'<w:charset w:val="{charset}"/><w:family w:val="{"roman" if latin else "auto"}"/>'
        f'<w:pitch w:val="{"variable" if latin else "default"}"/></w:font>'
    )


def _declared(xml: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()
