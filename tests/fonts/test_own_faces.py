"""A face of one's own: measured in thousandths of an em whatever its units, drawn whole, or refused by name."""

import io
import os
import shutil
import time

import pdfplumber
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables.ttProgram import Program
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdftypes import resolve1

from reportkit import InputError, Report, assets
from reportkit.pages import face, own_face, profiles

FONTS = assets.folder("fonts")
LATIN = FONTS / "RKTimes-Regular.ttf"
TEXT = "关于 Abc 与 hij 的通知\n\n各县：\n\n　　检查 1286 个 Office。\n"


def made(path, change, source=LATIN):
    """Save a shipped face, changed, at `path`."""
    font = TTFont(source)
    change(font)
    font.save(path)
    return path


def composite(font):
    """Make the letter A a composite of a glyph that no character names, moved to the right and back by another."""
    cmap, glyf = font.getBestCmap(), font["glyf"]
    name = cmap[ord("A")]
    glyf["part"] = glyf[name]
    font["hmtx"]["part"] = font["hmtx"][name]
    for outer, inner in (("middle", "part"), (name, "middle")):
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent(inner, (1, 0, 0, 1, 0, 0))
        glyf[outer] = pen.glyph()
        font["hmtx"].metrics.setdefault(outer, font["hmtx"][name])


def hinted(font):
    """Give the face instructions."""
    for tag in ("fpgm", "prep"):
        font[tag] = newTable(tag)
        font[tag].program = Program()
        font[tag].program.fromBytecode(b"\x2d\x2d")


def without(character):
    """Return a change that empties the glyph of a character."""

    def change(font):
        font["glyf"][font.getBestCmap()[ord(character)]] = TTGlyphPen(None).glyph()

    return change


def to_missing(font):
    """Let a Latin letter stand for glyph 0."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord("k")] = font.getGlyphOrder()[0]


def set_in(folder, files, text=TEXT, role="西文"):
    """Return the report of a draft set in a profile of `folder` with these files."""
    named = ", ".join(f'"{file}"' for file in files)
    (folder / "mine.toml").write_text(
        f'title = "本局"\nextends = "gbt9704"\n[faces."{role}"]\nfiles = [{named}]\n', "utf-8"
    )
    (folder / "draft.txt").write_text(text, "utf-8")
    return Report.typeset(folder / "draft.txt", profile=str(folder / "mine.toml"))


def embedded(report, name):
    """Yield the font files of a report's PDF whose PostScript name has `name`, with its widths."""
    with pdfplumber.open(io.BytesIO(report.render("pdf"))) as document:
        fonts = {key: one for page in document.pages for key, one in resolve1(page.page_obj.resources["Font"]).items()}
        for font in map(resolve1, fonts.values()):
            inner = resolve1(resolve1(font["DescendantFonts"])[0])
            if name in str(inner["BaseFont"]):
                data = resolve1(resolve1(inner["FontDescriptor"])["FontFile2"]).get_data()
                yield TTFont(io.BytesIO(data)), resolve1(inner["W"])


def outline(font, name):
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return [(kind, [point for point in points if point is not None]) for kind, points in pen.value]


@pytest.mark.parametrize("units", [16, 512, 2048, 16384])
def test_a_face_of_other_units_is_measured_in_thousandths(units, tmp_path):
    own = own_face.read(made(tmp_path / "own.ttf", lambda font: scale_upem(font, units)))
    shipped = face.opened(LATIN)
    for name in ("ascent", "descent"):
        assert getattr(own, name) == pytest.approx(getattr(shipped, name), abs=500 / units + 1)
    for character in "AbgM128%":
        widths = [one.advance(one.cmap[ord(character)]) for one in (own, shipped)]
        assert widths[0] == pytest.approx(widths[1], abs=500 / units + 1)


def test_a_line_of_a_face_of_other_units_is_as_wide_as_in_its_own(tmp_path):
    own = set_in(tmp_path, [made(tmp_path / "own.ttf", lambda font: scale_upem(font, 2000)).name]).pages
    shipped = Report.typeset(tmp_path / "draft.txt").pages
    assert [(line.text, line.width_tw) for page in own.pages for line in page.lines] == [
        (line.text, line.width_tw) for page in shipped.pages for line in page.lines
    ]


def test_what_is_embedded_keeps_its_units_and_its_widths(tmp_path):
    report = set_in(tmp_path, [made(tmp_path / "own.ttf", lambda font: scale_upem(font, 2000)).name])
    ((font, widths),) = embedded(report, "Times")
    assert font["head"].unitsPerEm == 2000
    told = {code: width for code, (width,) in zip(widths[::2], widths[1::2], strict=True)}
    for code, name in enumerate(font.getGlyphOrder()):
        assert font["hmtx"][name][0] == told.get(code, 1000) * 2


def test_a_composite_glyph_is_drawn_with_all_its_parts(tmp_path):
    path = made(tmp_path / "own.ttf", composite)
    ((font, _),) = embedded(set_in(tmp_path, [path.name]), "Times")
    whole = TTFont(path)
    drawn = [outline(font, name) for name in font.getGlyphOrder()]
    assert outline(whole, whole.getBestCmap()[ord("A")]) in drawn
    assert font["maxp"].numGlyphs == len(drawn)


def test_what_a_glyphs_instructions_need_is_embedded(tmp_path):
    ((font, _),) = embedded(set_in(tmp_path, [made(tmp_path / "own.ttf", hinted).name]), "Times")
    assert {"fpgm", "prep"} <= set(font.keys())
    assert font["fpgm"].program.getBytecode() == b"\x2d\x2d"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: b"", "不是字体文件"),
        (lambda data: b"ttcf" + data[4:], r"字体集（\.ttc）"),
        (lambda data: b"OTTO" + data[4:], "OpenType（CFF）"),
        (lambda data: b"wOF2" + data[4:], "网页字体"),
        (lambda data: "字体".encode() * 99, "不是字体文件"),
        (lambda data: data[:4], "文件不全"),
        (lambda data: data[: len(data) // 2], "文件不全"),
        (lambda data: data.replace(b"cmap", b"cmaq", 1), "缺少要用的表 cmap"),
        (lambda data: data.replace(b"name", b"nam_", 1), "缺少要用的表 name"),
        (lambda data: data.replace(b"glyf", b"CFF ", 1), "缺少要用的表 glyf"),
        (lambda data: data.replace(b"OS/2", b"OS/3", 1), "缺少要用的表 OS/2"),
        (lambda data: data[:300] + bytes(len(data) - 300), "文件坏了"),
    ],
)
def test_what_is_no_sound_truetype_face_is_refused_by_name(change, said, tmp_path):
    (tmp_path / "own.ttf").write_bytes(change(LATIN.read_bytes()))
    with pytest.raises(InputError, match=rf"mine\.toml:4 faces\.西文\.files：字体文件 own\.ttf 用不了：.*{said}"):
        set_in(tmp_path, ["own.ttf"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("k"), "没有这些西文：k"),
        (to_missing, "没有这些西文：k"),
        (lambda font: font["hmtx"].metrics.update({font.getBestCmap()[ord("7")]: (0, 0)}), "没有这些西文：7"),
    ],
)
def test_a_latin_face_that_would_print_a_blank_or_a_box_is_refused(change, said, tmp_path):
    made(tmp_path / "own.ttf", change)
    with pytest.raises(InputError, match=said):
        set_in(tmp_path, ["own.ttf"])


def test_a_blank_for_a_rarer_character_is_left_to_the_next_face_or_told(tmp_path):
    made(tmp_path / "own.ttf", without("甲"), FONTS / "RKFang.ttf")
    report = set_in(tmp_path, ["own.ttf", "RKSong.ttf"], "关于甲的通知\n\n　　甲乙。\n", "仿宋")
    chain = face.chain(report.profile, report.profile.styles["body"])
    assert (chain["甲"][0].path.name, chain["乙"][0].path.name) == ("RKSong.ttf", "own.ttf")
    report = set_in(tmp_path, ["own.ttf"], "关于检查的通知\n\n　　甲乙。\n", "仿宋")
    assert ["甲" in fault.say() for fault in report.warnings] == [True]


def test_a_character_no_face_has_is_marked_even_where_none_has_the_mark(tmp_path):
    def bare(font):
        for table in font["cmap"].tables:
            table.cmap.pop(ord("〓"), None)

    made(tmp_path / "own.ttf", bare, FONTS / "RKFang.ttf")
    report = set_in(tmp_path, ["own.ttf"], "关于检查的通知\n\n　　甲\U0001f600\u200b乙。\n", "仿宋")
    assert report.proved("pdf")
    assert any("U+1F600" in fault.say() for fault in report.warnings)


def test_a_file_is_looked_for_beside_the_profile_then_among_the_shipped(tmp_path, monkeypatch):
    (tmp_path / "faces").mkdir()
    shutil.copy(FONTS / "RKTimes-Bold.ttf", tmp_path / "faces/own.ttf")
    shutil.copy(FONTS / "RKTimes-Bold.ttf", tmp_path / "RKTimes-Regular.ttf")
    for name, path in {
        "faces/own.ttf": tmp_path / "faces/own.ttf",
        "RKTimes-Regular.ttf": tmp_path / "RKTimes-Regular.ttf",
        "RKTimes-Bold.ttf": FONTS / "RKTimes-Bold.ttf",
        str(FONTS / "RKSong.ttf"): FONTS / "RKSong.ttf",
    }.items():
        assert set_in(tmp_path, [name]).profile.faces["西文"].files[0].path == path
    with pytest.raises(InputError, match=r"没有字体文件 other\.ttf（找过 .*RKTimes-Bold\.ttf"):
        set_in(tmp_path, ["other.ttf"])


def test_a_base_names_its_faces_from_its_own_folder(tmp_path):
    (tmp_path / "base").mkdir()
    shutil.copy(LATIN, tmp_path / "base/own.ttf")
    set_in(tmp_path / "base", ["own.ttf"])
    (tmp_path / "mine.toml").write_text('title = "科室"\nextends = "base/mine.toml"\n', "utf-8")
    found = profiles.find(str(tmp_path / "mine.toml"))
    assert found.faces["西文"].files[0].path == tmp_path / "base/own.ttf"


def test_a_face_that_is_changed_is_measured_anew(tmp_path):
    path = tmp_path / "own.ttf"
    shutil.copy(LATIN, path)
    before = set_in(tmp_path, ["own.ttf"]).pages
    made(path, lambda font: font["hmtx"].metrics.update({font.getBestCmap()[ord("1")]: (900, 0)}))
    os.utime(path, ns=(time.time_ns(), time.time_ns()))
    after = set_in(tmp_path, ["own.ttf"]).pages
    widths = [[line.width_tw for line in pages.pages[0].lines if "1286" in line.text] for pages in (before, after)]
    assert widths[1][0] > widths[0][0]
    path.unlink()
    with pytest.raises(InputError, match=r"没有字体文件 own\.ttf"):
        set_in(tmp_path, ["own.ttf"])


@pytest.mark.parametrize("tag", ["OS/2", "cmap", "head", "hhea", "hmtx", "loca", "maxp", "name"])
def test_a_table_cut_short_in_the_directory_is_told(tmp_path, tag):
    data = bytearray(LATIN.read_bytes())
    entry = data.index(tag.encode(), 12)
    data[entry + 12 : entry + 16] = bytes(4)
    (tmp_path / "own.ttf").write_bytes(data)
    with pytest.raises(InputError, match=f"缺少要用的表 {tag}"):
        set_in(tmp_path, ["own.ttf"])


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), max_size=4), st.data())
def test_a_damaged_face_is_refused_or_drawn(tmp_path_factory, changes, drawn):
    data = bytearray(LATIN.read_bytes())
    for place, value in changes:
        # most of a face is outlines: half of the changes fall where its tables begin
        at = int(place * (len(data) if drawn.draw(st.booleans()) else 600))
        data[at : at + len(value)] = value
    folder = tmp_path_factory.mktemp("face")
    (folder / "own.ttf").write_bytes(data)
    try:
        report = set_in(folder, ["own.ttf"])
    except InputError:
        return
    assert report.render("pdf")
