"""Workbooks nobody filled in: each a class of them, by name, as bytes."""

import io
import zipfile

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{TYPES}"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**targets):
    inner = "".join(
        f'<Relationship Id="{at}" Type="{TYPES}/{at}" Target="{target}"/>' for at, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def text(cell, words):
    return f'<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>'


ROWS = f'<row r="1">{text("A1", "键")}{text("B1", "值")}</row><row r="2">{text("A2", "标题")}{text("B2", "某县")}</row>'
BOOK = f'<workbook {MAIN}><sheets><sheet name="基本信息" sheetId="1" r:id="worksheet"/></sheets></workbook>'
STYLES = f"<styleSheet {MAIN}><cellXfs><xf/></cellXfs></styleSheet>"
SHEET, STRINGS, STYLE, TOP = "xl/worksheets/a.xml", "xl/strings.xml", "xl/styles.xml", "xl/workbook.xml"


def sheet(rows=ROWS, before="", after=""):
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def merged(*areas):
    return sheet(after="<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>")


def packed(changed, method=zipfile.ZIP_DEFLATED):
    parts = {
        "_rels/.rels": relations(officeDocument=TOP),
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="worksheets/a.xml", sharedStrings="strings.xml", styles="styles.xml"
        ),
        TOP: BOOK,
        STRINGS: f"<sst {MAIN}><si><t>甲</t></si></sst>",
        STYLE: STYLES,
        SHEET: sheet(),
        **changed,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, part in parts.items():
            if part is not None:
                archive.writestr(name, part)
    return made.getvalue()


def lying(data):
    """Return a zip whose directory says of every part that it is of ten bytes."""
    changed, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def locked(data):
    """Return a zip whose parts are marked as encrypted."""
    changed = bytearray(data)
    for head, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(head)
        while at >= 0:
            changed[at + flags] |= 1
            at = data.find(head, at + 4)
    return bytes(changed)


LAUGHS = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
DECLARED = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>' + sheet(ROWS.replace("某县", "&j;"))
READ = "read"
# what becomes of each: a word of how it is refused, or READ
KINDS = {
    "nothing odd": (lambda: packed({}), READ),
    "one merged area of a whole sheet": (lambda: packed({SHEET: merged("A1:XFD1048576")}), "有合并的单元格"),
    "the same, spelt by numbers": (lambda: packed({SHEET: merged("A1:XF&#68;1048576")}), "有合并的单元格"),
    "the same, beside the table": (lambda: packed({SHEET: merged("C1:XFD1048576")}), READ),
    "merged areas by the thousand": (
        lambda: packed({SHEET: merged(*(f"D{at}:E{at}" for at in range(1, 25_000)))}),
        "工作簿太大",
    ),
    "merged columns side by side": (
        lambda: packed({SHEET: merged(*(f"D{at}:XFD{at}" for at in range(1, 2_000)))}),
        READ,
    ),
    "a merged area that is none": (lambda: packed({SHEET: merged("A:XFD")}), "不是能读的"),
    "a bomb of blanks": (lambda: packed({SHEET: sheet(after=" " * 65_000_000)}), "工作簿太大"),
    "a bomb that says it is small": (lambda: lying(packed({SHEET: sheet(after=" " * 9_000_000)})), "不是能读的"),
    "a bomb in a picture": (lambda: packed({"xl/media/a.png": b"\0" * 65_000_000}), READ),
    "entities of entities": (lambda: packed({SHEET: DECLARED}), "不是能读的"),
    "the same in UTF-16": (lambda: packed({SHEET: DECLARED.encode("utf-16")}), "不是能读的"),
    "an entity of another file": (
        lambda: packed({SHEET: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + sheet()}),
        "不是能读的",
    ),
    "cells by the hundred thousand": (
        lambda: packed({SHEET: sheet(ROWS + "<row>" + "<c/>" * 16_000 + "</row>" + "<row/>" * 310_000)}),
        "工作簿太大",
    ),
    "more cells": (lambda: packed({SHEET: sheet("<row>" + "<c/></row><row>" * 310_000 + "</row>")}), "工作簿太大"),
    "rows and columns of no sheet": (
        lambda: packed({SHEET: sheet(f'{ROWS}<row r="99999999">{text("A99999999", "甲")}</row>')}),
        "不是能读的",
    ),
    "a row of 5,000 digits": (lambda: packed({SHEET: sheet(f'<row r="{"9" * 5000}"/>')}), "不是能读的"),
    "a header from one end to the other": (
        lambda: packed({SHEET: sheet(f'<row r="1">{text("A1", "键")}{text("XFD1", "值")}</row>')}),
        "表头空着",
    ),
    "hidden columns without end": (
        lambda: packed({SHEET: sheet(before='<cols><col min="1" max="999999999" hidden="1"/></cols>')}),
        "有隐藏的列",
    ),
    "hidden columns one over another": (
        lambda: packed({
            SHEET: sheet(
                before="<cols>" + "".join(f'<col min="{at}" max="16384" hidden="1"/>' for at in range(3, 9_000)) + "</cols>"  # noqa: E501
            )
        }),
        READ,
    ),
    "shared strings by the hundred thousand": (
        lambda: packed({STRINGS: f"<sst {MAIN}>" + "<si/>" * 310_000 + "</sst>"}),
        "工作簿太大",
    ),
    "a string of thirty megabytes": (
        lambda: packed({STRINGS: f"<sst {MAIN}><si><t>{'甲' * 10_000_000}</t></si></sst>"}),
        READ,
    ),
    "a string there is not": (
        lambda: packed({SHEET: sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')}),
        "不是能读的",
    ),
    "styles by the hundred thousand": (
        lambda: packed({STYLE: STYLES.replace("<xf/>", "<xf/>" * 110_000)}),
        "工作簿太大",
    ),
    "a style there is not": (
        lambda: packed({SHEET: sheet('<row r="1"><c r="A1" s="7"><v>9</v></c></row>')}),
        "不是能读的",
    ),
    "a number format of a megabyte": (
        lambda: packed({
            STYLE: f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="200" formatCode="{"0" * 1_000_000}"/></numFmts>'
            '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>',
            SHEET: sheet(f'{ROWS}<row r="3">{text("A3", "数")}<c r="B3"><v>1.5</v></c></row>'),
        }),
        "数字格式",
    ),
    "sheets by the thousand": (
        lambda: packed({
            TOP: BOOK.replace("</sheets>", '<sheet name="a" r:id="worksheet"/>' * 600 + "</sheets>")
        }),
        "工作簿太大",
    ),
    "hyperlinks over a whole sheet": (
        lambda: packed({SHEET: sheet(after='<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>')}),
        READ,
    ),
    "a formula that many share": (
        lambda: packed({
            SHEET: sheet(
                '<row r="1"><c><f t="shared" si="0">' + "A1+" * 2_000 + "1</f></c>" + '<c><f t="shared" si="0"/></c>' * 900 + "</row>"  # noqa: E501
            )
        }),
        "公式没有算出的值",
    ),
    "elements in elements": (lambda: packed({SHEET: sheet(after="<a>" * 100_000 + "</a>" * 100_000)}), READ),
    "attributes by the thousand": (
        lambda: packed({SHEET: sheet(ROWS + "<row " + " ".join(f"a{at}='1'" for at in range(50_000)) + "/>")}),
        READ,
    ),
    "parts by the thousand": (lambda: packed({f"x/{at}": "" for at in range(6_000)}), "工作簿太大"),
    "parts under a password": (lambda: locked(packed({})), "有打开密码"),
    "parts packed in another way": (lambda: packed({}, zipfile.ZIP_BZIP2), "不是能读的"),
    "a zip in a zip": (lambda: packed({"a.zip": packed({})}), READ),
    "no zip": (lambda: b"<html>no zip</html>", "不是能读的"),
    "nothing": (lambda: b"", "不是能读的"),
    "an empty zip": (lambda: b"PK\x05\x06" + b"\0" * 18, "不是能读的"),
    "a zip cut short": (lambda: packed({})[:-40], "不是能读的"),
    "a sheet that is not there": (lambda: packed({SHEET: None}), "不是能读的"),
    "a sheet in another folder": (
        lambda: packed({"xl/_rels/workbook.xml.rels": relations(worksheet="../../../etc/hostname")}),
        "不是能读的",
    ),
    "a sheet that is the workbook": (
        lambda: packed({"xl/_rels/workbook.xml.rels": relations(worksheet="workbook.xml")}),
        "表头要有",
    ),
    "a number of a million digits": (
        lambda: packed({SHEET: sheet(f'<row r="1"><c r="A1"><v>{"1" * 1_000_000}</v></c></row>')}),
        "不是能读的",
    ),
    "a number without end": (
        lambda: packed({SHEET: sheet(f'{ROWS}<row r="3">{text("A3", "数")}<c r="B3"><v>1E999</v></c></row>')}),
        "数太长",
    ),
    "keys by the thousand": (
        lambda: packed({SHEET: sheet(ROWS + "".join(f"<row>{text(f'A{at}', f'键{at}')}</row>" for at in range(3, 3000)))}),  # noqa: E501
        "错处太多",
    ),
}  # fmt: skip
