"""The Word file part by part: valid, our own look in named styles and in no run, nothing left of a template."""

import io
import re
import zipfile
from functools import cache
from itertools import pairwise, product

import docx
import pytest
import samples
from lxml import etree
from openxml_audit import OpenXmlValidator
from openxml_audit.errors import FileFormat

from reportkit.pages import kinsoku, profiles
from reportkit.writers.docx import write

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {
    "w": W,
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dcterms": "http://purl.org/dc/terms/",
}
EXAMPLE = pytest.mark.parametrize("example", samples.EXAMPLES)
LINES = pytest.mark.parametrize("lines", ["held", "free"])
EDITION = pytest.mark.parametrize("edition", ["final", "draft", "redacted"])
FORM = pytest.mark.parametrize("form", samples.PROFILES)
TITLE_BLOCK = ("Title", "Subtitle", "Signature", "Date")


@cache
def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(data, name="word/document.xml"):
    return etree.fromstring(parts(data)[name])


def find(node, path):
    return node.xpath(path, namespaces=NS)


def value(node, path, attribute="val"):
    (one,) = find(node, path)
    return one.get(f"{{{W}}}{attribute}")


def paragraphs(data):
    """The paragraphs that hold text; an empty one is a blank line."""
    return find(xml(data), "//w:body/w:p[w:r]")


def texts(data):
    """The text of every paragraph, a pinned line end left out."""
    return ["".join(find(paragraph, ".//w:t/text()")) for paragraph in paragraphs(data)]


@pytest.fixture(scope="module")
def validator():
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, security_validation=True)


@EXAMPLE
@EDITION
@LINES
def test_the_file_is_valid_office_open_xml(example, edition, lines, validator, tmp_path):
    path = tmp_path / "file.docx"
    path.write_bytes(samples.file(example, "docx", edition, lines))
    result = validator.validate(path)
    assert result.is_valid
    assert [str(error) for error in result.errors] == []


@FORM
def test_a_document_with_every_role_in_it_is_valid_in_every_version_of_word(form, tmp_path):
    roles = (
        "# 关于一件事\\\\的报告",
        "@副标题 （草案）",
        "@称谓 各位领导：",
        "## 甲",
        "### 乙",
        "#### 丙",
        "##### 丁。\n正文“1+8”。",
    )
    words = "\n\n".join((*roles, "正文。", "@结束语 特此报告。", "@落款 市经信局", "@日期 2023年9月5日", "@作者 某某"))
    document, pages = samples.typeset(words, form)
    path = tmp_path / "file.docx"
    path.write_bytes(write(pages, document))
    versions = [version for version in FileFormat if not version.value.startswith("odf")]
    assert len(versions) >= 6
    for version in versions:
        assert [str(error) for error in OpenXmlValidator(file_format=version).validate(path).errors] == []


@EXAMPLE
@EDITION
@LINES
def test_paragraphs_are_the_lines_of_the_txt_file(example, edition, lines):
    told = [line for line in samples.file(example, "txt", edition, lines).decode().split("\n") if line]
    assert texts(samples.file(example, "docx", edition, lines)) == told


@EXAMPLE
@EDITION
@LINES
def test_python_docx_reads_the_same_paragraphs_and_a_newline_only_where_a_line_is_pinned(example, edition, lines):
    data = samples.file(example, "docx", edition, lines)
    read = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs if paragraph.text]
    assert [text.replace("\n", "") for text in read] == texts(data)
    pages = samples.report(example, edition, lines).pages
    for text, paragraph in zip(read, pages.paragraphs, strict=True):
        pins = sum(line.hold.pin for line in paragraph.lines) if lines == "held" or paragraph.style == "title" else 0
        assert text.count("\n") == pins


@EXAMPLE
@LINES
def test_an_empty_paragraph_is_a_blank_line_above_a_signature_and_nowhere_else(example, lines):
    nodes = find(xml(samples.file(example, "docx", lines=lines)), "//w:body/w:p")
    for node, following in pairwise(nodes):
        if not find(node, "w:r"):
            assert value(node, "w:pPr/w:pStyle") == "Signature"
            assert value(following, "w:pPr/w:pStyle") == "Signature"
    blanks = sum(paragraph.blanks for paragraph in samples.report(example, lines=lines).pages.paragraphs)
    assert len(nodes) - len(texts(samples.file(example, "docx", lines=lines))) == blanks


@EXAMPLE
def test_held_gives_every_line_its_own_run_and_free_every_stretch_of_one_style(example):
    held = samples.report(example, lines="held")
    data = samples.file(example, "docx", lines="held")
    for node, paragraph in zip(paragraphs(data), held.pages.paragraphs, strict=True):
        runs = ["".join(find(run, "w:t/text()")) for run in find(node, "w:r[w:t]")]
        assert runs == [run.text for line in paragraph.lines for run in line.runs]
    data = samples.file(example, "docx", lines="free")
    for node in paragraphs(data):
        looks = [tuple(find(run, "w:rPr/w:rStyle/@w:val | w:br")) for run in find(node, "w:r")]
        assert all(a != b for a, b in pairwise(looks))
        assert not find(node, "w:r/w:rPr/w:spacing")


@EXAMPLE
@FORM
def test_styles_have_chinese_names_and_headings_outline_levels(example, form):
    styles = xml(samples.file(example, "docx", form=form), "word/styles.xml")
    own = find(styles, "w:style[@w:customStyle='1']")
    assert len(own) > 12
    for style in own:
        assert re.match(r"[\u4e00-\u9fff]", value(style, "w:name"))
    names = {style.get(f"{{{W}}}styleId"): value(style, "w:name") for style in own}
    assert [names[f"Heading{level}"] for level in (1, 2, 3, 4)] == ["一级标题", "二级标题", "三级标题", "四级标题"]
    levels = [value(styles, f"w:style[@w:styleId='Heading{n}']/w:pPr/w:outlineLvl") for n in (1, 2, 3, 4)]
    assert levels == ["0", "1", "2", "3"]
    chapters = [value(styles, f"w:style[@w:styleId='{name}']/w:pPr/w:outlineLvl") for name in ("Chapter", "Section")]
    assert chapters == ["0", "1"]
    assert len(find(styles, "//w:outlineLvl")) == len(levels + chapters)


@EXAMPLE
def test_every_paragraph_and_run_uses_a_style_that_exists_and_is_of_its_kind(example):
    data = samples.file(example, "docx")
    styles = xml(data, "word/styles.xml")
    for path, kind in (("//w:pStyle", "paragraph"), ("//w:rStyle", "character")):
        for name in {node.get(f"{{{W}}}val") for node in find(xml(data), path)}:
            assert find(styles, f"w:style[@w:styleId='{name}']/@w:type") == [kind]
    assert all(find(node, "w:pPr/w:pStyle") for node in find(xml(data), "//w:body/w:p"))
    for style in find(styles, "w:style"):
        for reference in find(style, "w:basedOn | w:next | w:link"):
            assert find(styles, f"w:style[@w:styleId='{reference.get(f'{{{W}}}val')}']")


@EXAMPLE
@LINES
def test_a_run_in_heading_is_the_linked_character_style_of_its_level(example, lines):
    data = samples.file(example, "docx", lines=lines)
    styles = xml(data, "word/styles.xml")
    heads = {}
    for node in find(xml(data), "//w:body/w:p"):
        for run in find(node, "w:r[w:rPr/w:rStyle[starts-with(@w:val,'Heading')]]"):
            key = node, value(run, "w:rPr/w:rStyle")
            heads[key] = heads.get(key, "") + "".join(find(run, "w:t/text()"))
    blocks = samples.report(example, lines=lines).document.blocks
    runs_in = [block for block in blocks if block.head and str(block.role) == "body"]
    assert [head for head in heads.values()] == [block.head for block in runs_in]
    assert [style for _, style in heads] == [f"Heading{block.level}Char" for block in runs_in]
    for level in (1, 2, 3, 4):
        assert value(styles, f"w:style[@w:styleId='Heading{level}']/w:link") == f"Heading{level}Char"
        assert value(styles, f"w:style[@w:styleId='Heading{level}Char']/w:link") == f"Heading{level}"
        twins = [find(styles, f"w:style[@w:styleId='Heading{level}{end}']/w:rPr") for end in ("", "Char")]
        assert etree.tostring(twins[0][0]) == etree.tostring(twins[1][0])


@EXAMPLE
@EDITION
@LINES
def test_no_look_stands_outside_the_styles(example, edition, lines):
    body = xml(samples.file(example, "docx", edition, lines))
    for properties in find(body, "//w:r/w:rPr"):
        names = [etree.QName(one).localname for one in properties]
        allowed = {"rStyle", "rFonts"} | ({"spacing"} if lines == "held" else set())
        allowed |= {"highlight"} if edition == "draft" else set()
        assert set(names) <= allowed
        (fonts,) = find(properties, "w:rFonts")
        assert dict(fonts.attrib) == {f"{{{W}}}hint": "eastAsia"}
    opening = True
    for paragraph in find(body, "//w:body/w:p"):
        names = {etree.QName(one).localname for one in find(paragraph, "w:pPr/*")}
        style = value(paragraph, "w:pPr/w:pStyle")
        blank = {"keepNext"} if not find(paragraph, "w:r") else set()
        placed = {"spacing", "ind"} if opening or style in TITLE_BLOCK else blank
        assert names <= {"pStyle"} | (placed | {"ind", "jc"} if style == "Date" else placed)
        opening = style in TITLE_BLOCK


@EXAMPLE
@EDITION
@LINES
def test_every_run_of_text_has_the_east_asian_hint(example, edition, lines):
    data = samples.file(example, "docx", edition, lines)
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        for run in find(xml(data, name), "//w:r[w:t[not(.='1')]]"):
            assert find(run, "w:rPr/w:rFonts/@w:hint") == ["eastAsia"]


@EXAMPLE
@FORM
def test_styles_name_faces_and_no_theme_decides_any(example, form):
    data = samples.file(example, "docx", form=form)
    for name, part in parts(data).items():
        if name.startswith("word/") and "theme" not in name:
            assert not re.search(rb"w:(ascii|hAnsi|eastAsia|cs)Theme=", part), name
    styles = xml(data, "word/styles.xml")
    for style, face in (
        ("Title", "方正小标宋简体"),
        ("Body", "仿宋_GB2312"),
        ("Heading1", "黑体"),
        ("Heading2", "楷体_GB2312"),
    ):
        fonts = f"w:style[@w:styleId='{style}']/w:rPr/w:rFonts"
        assert value(styles, fonts, "eastAsia") == face
        assert value(styles, fonts, "ascii") == value(styles, fonts, "hAnsi") == "Times New Roman"
    sizes = [value(styles, f"w:style[@w:styleId='{name}']/w:rPr/w:sz") for name in ("Title", "Body", "FolioLeft")]
    assert sizes == ["44", "32", "28"]


@EXAMPLE
def test_every_face_has_names_to_try_where_it_is_not_installed(example):
    data = samples.file(example, "docx")
    table, styles = xml(data, "word/fontTable.xml"), xml(data, "word/styles.xml")
    listed = {font.get(f"{{{W}}}name"): find(font, "w:altName/@w:val") for font in find(table, "w:font")}
    used = {name for name in find(styles, "//w:rFonts/@w:eastAsia | //w:rFonts/@w:ascii")}
    assert used <= listed.keys()
    for instead in listed.values():
        assert len(instead) == 1
        assert all(instead[0].split(","))


@EXAMPLE
@LINES
def test_settings_hold_the_line_start_and_line_end_sets_and_part_odd_from_even_pages(example, lines):
    settings = xml(samples.file(example, "docx", lines=lines), "word/settings.xml")
    before = value(settings, "w:noLineBreaksBefore")
    after = value(settings, "w:noLineBreaksAfter")
    assert set(kinsoku.NO_START) <= set(before)
    assert set(kinsoku.NO_END) <= set(after)
    assert set("，。、；：？！”’）》〉〕】～／/％") <= set(before)
    assert "—" not in before  # our lines may begin with ——
    assert set("“‘（《〈〔【￥") <= set(after)
    assert not set(before) & set("“‘（《")
    assert len(before) == len(set(before))
    for path in ("w:noLineBreaksBefore", "w:noLineBreaksAfter"):
        assert value(settings, path, "lang") == "zh-CN"
    assert len(find(settings, "w:evenAndOddHeaders")) == 1
    compatibility = "w:compat/w:compatSetting[@w:name='compatibilityMode']"
    assert value(settings, compatibility) == "15"


@EXAMPLE
@LINES
def test_the_ground_style_turns_off_what_would_move_lines(example, lines):
    styles = xml(samples.file(example, "docx", lines=lines), "word/styles.xml")
    normal = "w:style[@w:default='1'][@w:type='paragraph']/w:pPr/"
    for switch in ("autoSpaceDE", "autoSpaceDN", "widowControl", "snapToGrid", "adjustRightInd"):
        assert value(styles, normal + f"w:{switch}") == "0"
    assert value(styles, normal + "w:kinsoku") in (None, "1")
    assert not find(styles, "//w:style[not(@w:default='1')]//w:widowControl")
    assert not find(xml(samples.file(example, "docx", lines=lines)), "//w:docGrid")


@FORM
@EXAMPLE
def test_paper_and_margins_are_the_profiles_to_the_twip(example, form):
    page = profiles.find(form)
    (section,) = find(xml(samples.file(example, "docx", form=form)), "//w:body/w:sectPr")
    sheet, margins = find(section, "w:pgSz")[0].attrib, find(section, "w:pgMar")[0].attrib
    assert (sheet[f"{{{W}}}w"], sheet[f"{{{W}}}h"]) == ("11906", "16838")
    top, bottom = {"gbt9704": ("2098", "1984"), "gbt33476": ("1960", "1847")}[form]
    assert margins[f"{{{W}}}top"] == top == str(page.top_tw)
    assert margins[f"{{{W}}}bottom"] == bottom == str(page.bottom_tw)
    assert (margins[f"{{{W}}}left"], margins[f"{{{W}}}right"], margins[f"{{{W}}}gutter"]) == ("1587", "1474", "0")
    styles = xml(samples.file(example, "docx", form=form), "word/styles.xml")
    body = find(styles, "w:style[@w:styleId='Body']/w:pPr/w:spacing")[0].attrib
    assert body[f"{{{W}}}line"] == {"gbt9704": "579", "gbt33476": "589"}[form]
    assert body[f"{{{W}}}lineRule"] == "exact"
    indent = find(styles, "w:style[@w:styleId='Body']/w:pPr/w:ind")[0].attrib
    assert dict(indent) == {f"{{{W}}}firstLine": "640"}


@EXAMPLE
@LINES
def test_indents_are_in_twips_alone_and_a_paragraph_kept_with_the_next_is_kept_whole(example, lines):
    data = samples.file(example, "docx", lines=lines)
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        for indent in find(xml(data, name), "//w:ind"):
            assert not [key for key in indent.attrib if key.endswith("Chars")]
    for kept in find(xml(data, "word/styles.xml"), "//w:keepNext"):
        assert find(kept.getparent(), "w:keepLines")


@EXAMPLE
def test_odd_and_even_pages_have_footers_of_their_own_with_a_page_field_between_dashes(example):
    data = samples.file(example, "docx")
    opened = docx.Document(io.BytesIO(data))
    section = opened.sections[0]
    assert opened.settings.odd_and_even_pages_header_footer
    styles = xml(data, "word/styles.xml")
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        assert not footer.is_linked_to_previous
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert paragraph._p.xpath(".//w:instrText/text()") == [" PAGE "]
        assert paragraph._p.xpath(".//w:fldChar/@w:fldCharType") == ["begin", "separate", "end"]
        style = f"w:style[@w:styleId='{paragraph.style.style_id}']/w:pPr"
        assert value(styles, f"{style}/w:jc") == side
        assert value(styles, f"{style}/w:ind", side) == "280"
    assert not find(xml(data), "//w:titlePg")


@EXAMPLE
@EDITION
@LINES
def test_nothing_of_python_docx_and_no_thumbnail_is_left(example, edition, lines):
    for name, part in parts(samples.file(example, "docx", edition, lines)).items():
        assert "thumbnail" not in name.lower()
        assert not re.search(rb"python-docx|python_docx|thumbnail", part), name
        assert not name.startswith(("customXml", "docProps/app", "word/numbering", "word/webSettings"))


@EXAMPLE
@EDITION
def test_core_properties_are_the_documents_own(example, edition):
    report = samples.report(example, edition)
    core = docx.Document(io.BytesIO(samples.file(example, "docx", edition))).core_properties
    assert (core.title, core.language) == (report.document.title, "zh-CN")
    assert core.author == core.last_modified_by == report.document.author.text
    written = report.document.written
    for stamp in (core.created, core.modified):
        assert (stamp.year, stamp.month, stamp.day, stamp.hour) == (written.year, written.month, written.day, 0)


@EXAMPLE
def test_a_redacted_copy_names_no_secret_in_any_part(example):
    secrets = [one.word for one in samples.report(example).document.secrets if len(one.word) > 1]
    assert secrets
    for name, part in parts(samples.file(example, "docx", "redacted")).items():
        for secret, coding in product(secrets, ("utf-8", "utf-16-le")):
            assert secret.encode(coding) not in part, name


def test_the_gap_of_a_draft_is_highlighted_and_nothing_else_is():
    report = samples.gappy()
    (gap,) = samples.gaps(report.document)
    marked = find(xml(report.render("docx")), "//w:r[w:rPr/w:highlight[@w:val='yellow']]")
    assert "".join(text for run in marked for text in find(run, "w:t/text()")) == gap
    assert not find(xml(samples.file("jingxin", "docx")), "//w:highlight")


def test_space_at_the_edge_of_a_run_is_kept():
    words = "依据GB/T 9704-2012和ISO 9001  以及Windows 11等标准" * 6
    document, pages = samples.typeset(words)
    assert texts(write(pages, document)) == [words]
    for node in find(xml(write(pages, document)), "//w:t"):
        if node.text != node.text.strip():
            assert node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_line_held_at_no_spacing_says_so_lest_its_style_tighten_it():
    # the style of body text spaces by −6 twips; a run that said nothing would be set so too
    document, pages = samples.typeset("。".join("国" * 26 + "A" * latin + "国" * latin for latin in range(1, 80)))
    held = [line.hold.spacing_tw for paragraph in pages.paragraphs for line in paragraph.lines]
    assert 0 in held
    runs = find(xml(write(pages, document)), "//w:body//w:r[w:t]")
    assert [value(run, "w:rPr/w:spacing") for run in runs] == [str(spacing) for spacing in held]


def test_with_all_lines_pinned_every_line_and_every_page_ends_in_a_break():
    words = "# 关于一件事的报告\n\n" + "\n".join("全市上下聚焦目标，" * count for count in range(3, 24))
    document, pages = samples.typeset(words, lines="all")
    body = xml(write(pages, document))
    lines = sum(len(paragraph.lines) for paragraph in pages.paragraphs)
    starts = [page.lines[0] for page in pages.pages[1:]]
    within = sum(line not in {paragraph.lines[0] for paragraph in pages.paragraphs} for line in starts)
    assert within
    assert len(find(body, "//w:br[not(@w:type)]")) == lines - len(pages.paragraphs) - within
    assert len(find(body, "//w:br[@w:type='page']")) == within
    assert len(find(body, "//w:pageBreakBefore")) == len(starts) - within


def test_a_held_file_has_no_break_between_pages_but_above_text_brought_to_a_signature():
    for rows, breaks in ((17, 0), (20, 1)):
        words = "\n".join("国" * 20 for _ in range(rows)) + "\n\n@落款 市经信局\n@日期 2023年9月5日"
        document, pages = samples.typeset(words)
        body = xml(write(pages, document))
        assert len(find(body, "//w:pageBreakBefore | //w:br[@w:type='page']")) == breaks
