"""The committed faces: their digests, what they cover, how wide they are, and what they do not contain."""

import hashlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "fonts"
BODY = ("RKFang", "RKFangExt", "RKTimes-Regular")
KAI = ("RKKai", "RKFangExt", "RKTimes-Regular")
COMPLETE_ALONE = ("RKHei", "RKTitle", "RKSong")
CHINESE = ("RKFang", "RKKai", "RKFangExt", *COMPLETE_ALONE)
LATIN = ("RKTimes-Regular", "RKTimes-Bold")
ALL = (*CHINESE, *LATIN)
TABLES = {"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"}


def gb2312(first_lead: int, last_lead: int) -> set[str]:
    pairs = (bytes((lead, trail)) for lead in range(first_lead, last_lead + 1) for trail in range(0xA1, 0xFF))
    return {character for pair in pairs if (character := pair.decode("gb2312", "ignore"))}


GB2312_HANZI = gb2312(0xB0, 0xF7)
GB2312_SYMBOLS = gb2312(0xA1, 0xA9)
GENERAL_STANDARD_HANZI = set("".join(Path(__file__).with_name("tgh8105.txt").read_text(encoding="utf-8").split()))
GBT_15834_MARKS = set("，。、；：？！“”‘’（）〔〕［］【】《》〈〉「」『』—…·～－-／⸺")
OTHER_SIGNS = set("①⑩⑪⑳㈠㈩⑴⒇ⅠⅫ㎡℃‰№％㎏㎞￥〇□■✓āáǎàǖǘǚǜαβγΩ")


@pytest.fixture(scope="module")
def faces() -> Iterator[dict[str, TTFont]]:
    opened = {name: TTFont(FONTS / f"{name}.ttf", lazy=True) for name in ALL}
    yield opened
    for face in opened.values():
        face.close()


@pytest.fixture(scope="module")
def characters(faces: dict[str, TTFont]) -> dict[str, set[str]]:
    return {name: set(map(chr, face.getBestCmap())) for name, face in faces.items()}


def width(face: TTFont, character: str) -> int:
    return face["hmtx"][face.getBestCmap()[ord(character)]][0]


def missing(wanted: set[str], chain: tuple[str, ...], characters: dict[str, set[str]]) -> str:
    return "".join(sorted(wanted.difference(*(characters[name] for name in chain))))


def test_every_file_has_the_digest_that_sha256sums_states():
    stated = dict(reversed(line.split()) for line in (FONTS / "SHA256SUMS").read_text(encoding="ascii").splitlines())
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FONTS.glob("*.ttf")}
    assert found == stated
    assert found.keys() == {f"{name}.ttf" for name in ALL}


def test_the_reference_lists_have_their_known_sizes():
    assert len(GB2312_HANZI) == 6763
    assert len(GB2312_SYMBOLS) == 682
    assert len(GENERAL_STANDARD_HANZI) == 8105


@pytest.mark.parametrize("chain", [BODY[:2], KAI[:2], *((name,) for name in COMPLETE_ALONE)], ids="+".join)
def test_each_chinese_style_has_every_hanzi_of_gb2312_and_of_the_general_standard_table(chain, characters):
    assert missing(GB2312_HANZI | GENERAL_STANDARD_HANZI, chain, characters) == ""


@pytest.mark.parametrize("chain", [BODY, KAI, *((name,) for name in COMPLETE_ALONE)], ids="+".join)
def test_each_chinese_style_has_every_symbol_of_gb2312_and_every_mark_of_gbt_15834(chain, characters):
    assert missing(GB2312_SYMBOLS | GBT_15834_MARKS | OTHER_SIGNS, chain, characters) == ""


def test_body_and_kai_leave_the_same_characters_to_their_common_fallback(characters):
    assert characters["RKFang"] == characters["RKKai"]
    assert not characters["RKFang"] & characters["RKFangExt"]


def test_symbols_that_fandol_draws_wrongly_come_from_the_fallback(characters):
    assert not set("￥～－￣〓①℃‰％㎡№") & characters["RKFang"]


@pytest.mark.parametrize("name", CHINESE)
def test_hanzi_and_full_width_marks_are_one_em_wide(name, faces, characters):
    full_width = GB2312_HANZI | GENERAL_STANDARD_HANZI | GBT_15834_MARKS - set("-⸺")
    full_width |= {symbol for symbol in GB2312_SYMBOLS if symbol > "\u2000"}
    uneven = {c: width(faces[name], c) for c in full_width & characters[name] if width(faces[name], c) != 1000}
    assert uneven == {}


@pytest.mark.parametrize("name", ["RKFang", "RKKai", *COMPLETE_ALONE])
def test_dashes_fill_their_whole_width_so_that_two_of_them_join(name, faces):
    for dash, length in {"—": 1000, "⸺": 2000}.items():
        glyph = faces[name]["glyf"][faces[name].getBestCmap()[ord(dash)]]
        assert (glyph.xMin, glyph.xMax, width(faces[name], dash)) == (0, length, length)


@pytest.mark.parametrize("name", LATIN)
def test_digits_of_the_latin_face_are_half_an_em_wide(name, faces):
    assert {width(faces[name], digit) for digit in "0123456789"} == {500}


def test_the_latin_face_has_the_widths_of_times(faces):
    times = {" ": 250, "A": 722, "M": 889, "a": 444, "i": 278, "m": 778, "%": 833, ".": 250}
    assert {c: width(faces["RKTimes-Regular"], c) for c in times} == times


@pytest.mark.parametrize("name", ["RKFang", "RKKai", *COMPLETE_ALONE])
def test_the_ink_of_common_hanzi_is_centred_at_the_same_height(name, faces):
    sample = "国家工作发展报告情况全年经济安全生产人民政府会议落实完成"
    glyphs = [faces[name]["glyf"][faces[name].getBestCmap()[ord(c)]] for c in sample]
    centres = sorted((glyph.yMin + glyph.yMax) / 2 for glyph in glyphs)
    assert centres[len(centres) // 2] == pytest.approx(380, abs=15)


@pytest.mark.parametrize("name", ALL)
def test_no_face_has_composite_glyphs(name, faces):
    outlines, offsets = faces[name].reader["glyf"], faces[name]["loca"].locations
    # a glyph record starts with its number of contours, which is negative for a composite
    starts = [start for start, end in pairwise(offsets) if start != end]
    assert not [start for start in starts if outlines[start] & 0x80]


@pytest.mark.parametrize("name", ALL)
def test_every_face_has_only_the_tables_a_document_needs(name, faces):
    assert set(faces[name].reader.keys()) == TABLES
    assert faces[name]["post"].formatType == 3.0


@pytest.mark.parametrize("name", ALL)
def test_every_face_has_the_common_em_box_and_no_ink_outside_the_clipping_height(name, faces):
    head, hhea, os2 = (faces[name][tag] for tag in ("head", "hhea", "OS/2"))
    assert (head.unitsPerEm, hhea.ascent, hhea.descent, hhea.lineGap) == (1000, 880, -120, 0)
    assert (os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap) == (880, -120, 0)
    assert head.yMax <= os2.usWinAscent
    assert -head.yMin <= os2.usWinDescent


@pytest.mark.parametrize("name", ALL)
def test_every_face_may_be_embedded_without_restriction(name, faces):
    assert faces[name]["OS/2"].fsType == 0


@pytest.mark.parametrize("name", ALL)
def test_every_face_has_a_family_name_of_our_own(name, faces):
    names = faces[name]["name"]
    for identifier in (1, 4, 6):
        assert names.getDebugName(identifier).startswith("ReportKit")
    assert names.getDebugName(1).startswith("ReportKit ")
    reserved = ("Source", "LXGW", "霞鹜", "Liberation", "Fandol", "Noto")
    assert not any(word in names.getDebugName(identifier) for word in reserved for identifier in (1, 3, 4, 6))


@pytest.mark.parametrize("name", ALL)
def test_every_face_states_copyright_licence_and_what_was_changed(name, faces):
    names = faces[name]["name"]
    assert names.getDebugName(0)
    assert names.getDebugName(10).startswith("Modified by the reportkit project on ")
    if name in ("RKFang", "RKKai"):
        assert "Font-exception-2.0" in names.getDebugName(13)
        assert "embed this font" in names.getDebugName(13)
        assert "extends this exception" in names.getDebugName(13)
    else:
        assert "SIL Open Font License" in names.getDebugName(13)
