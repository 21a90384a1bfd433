"""Build the ReportKit faces from pinned registry packages.

    python fonts/build.py [--sources DIR] [--ofl-only] [OUT]

The source packages are fetched by name with the ordinary clients (apt-get, npm), checked against the
digests below, unpacked, and turned into eight small TrueType faces with the same em box: 1000 units,
ascent 880, descent 120, the ink of hanzi centred 380 above the baseline. Equal inputs give equal bytes;
the committed files were made with fontTools 4.68.0 (another version may order or encode tables differently).
"""

import argparse
import bz2
import hashlib
import logging
import math
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.timeTools import epoch_diff
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent

# --- Where the outlines come from --------------------------------------------------------------------


@dataclass(frozen=True)
class Package:
    """One package of a public registry, pinned by version and by the digest of its archive."""

    registry: Literal["debian", "npm"]
    name: str
    version: str
    sha256: str

    @property
    def archive(self) -> str:
        """The file name under which the registry's own client saves the package."""
        if self.registry == "debian":
            return f"{self.name}_{self.version}_all.deb"
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


@dataclass(frozen=True)
class SourceFont:
    """One font file inside a package."""

    package: Package
    path: str


TEXLIVE = Package(
    "debian",
    "texlive-lang-chinese",
    "2022.20230122-1",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)
WENKAI = Package(
    "debian",
    "fonts-lxgw-wenkai",
    "1.250+repack-1",
    "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
)
LIBERATION = Package(
    "debian",
    "fonts-liberation2",
    "2.1.5-1",
    "35ffaa54f117e633e89a5da89af235a073b34dbe582726fbf6989568f7fd9bda",
)
UNICODE_DATA = Package(
    "debian",
    "unicode-data",
    "15.0.0-1",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)
NOTO_SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
NOTO_SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
PACKAGES = (TEXLIVE, WENKAI, LIBERATION, UNICODE_DATA, NOTO_SANS, NOTO_SERIF)

FANDOL_FOLDER = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_FANG = SourceFont(TEXLIVE, f"{FANDOL_FOLDER}/FandolFang-Regular.otf")
FANDOL_KAI = SourceFont(TEXLIVE, f"{FANDOL_FOLDER}/FandolKai-Regular.otf")
WENKAI_LIGHT = SourceFont(WENKAI, "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf")
WENKAI_REGULAR = SourceFont(WENKAI, "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
SANS_MEDIUM = SourceFont(NOTO_SANS, "package/500Medium/NotoSansSC_500Medium.ttf")
SERIF_LIGHT = SourceFont(NOTO_SERIF, "package/300Light/NotoSerifSC_300Light.ttf")
SERIF_REGULAR = SourceFont(NOTO_SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf")
SERIF_BOLD = SourceFont(NOTO_SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf")
LIBERATION_FOLDER = "usr/share/fonts/truetype/liberation2"
TIMES_REGULAR = SourceFont(LIBERATION, f"{LIBERATION_FOLDER}/LiberationSerif-Regular.ttf")
TIMES_BOLD = SourceFont(LIBERATION, f"{LIBERATION_FOLDER}/LiberationSerif-Bold.ttf")
UNIHAN_MAPPINGS = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

# --- Measures, in thousandths of the em --------------------------------------------------------------

EM = 1000
ASCENT, DESCENT = 880, 120
# The deepest and highest ink of all faces is −281 (| of the black face) and 1000 (Å of the title face).
CLIP_TOP, CLIP_BOTTOM = 1000, 290
# Median ink centre of hanzi: Noto 380, LXGW WenKai 357, Fandol 305. Unshifted, a mixed line jumps by 1.1 pt
# at size 三号; so everything is brought to Noto's centre.
INK_CENTRE = 380
FANDOL_LIFT = 75
WENKAI_LIFT = 23
# WenKai beside Fandol: narrower and taller, so that its hanzi fill the same box
# (ink centre 357 · 1.04 + 8 = 379).
WENKAI_AS_FANGSONG = (0.94, 1.04)
WENKAI_AS_FANGSONG_LIFT = 8
# Cubic to quadratic: at 2 units the rasters differ in 0.3–0.4 % of the ink, at worst 0.6 % (invisible);
# 1 unit costs 6 % more bytes, 4 units save 5 %.
CURVE_ERROR = 2.0
# Noto's own — is 900–928 wide and ⸺ 1687–1767: neither joins its neighbour. Both are drawn as bars instead.
DASH_LENGTHS = {"—": EM, "―": EM, "⸺": 2 * EM}

MADE_ON = datetime(2026, 11, 23, tzinfo=UTC)  # stands in head.created, head.modified and the notice of change
VERSION = "1.000"

# --- Characters --------------------------------------------------------------------------------------


def characters_between(first: int, last: int) -> frozenset[str]:
    """All characters from one code point to another, both included."""
    return frozenset(map(chr, range(first, last + 1)))


def gb2312_rows(first: int, last: int) -> frozenset[str]:
    """The assigned characters of GB 2312 whose lead byte lies between the two given."""
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0xA1, 0xFF))
    return frozenset(character for pair in pairs if (character := pair.decode("gb2312", "ignore")))


GB2312_HANZI = gb2312_rows(0xB0, 0xF7)
GB2312_SYMBOLS = gb2312_rows(0xA1, 0xA9)
# Marks of GB/T 15834; Python's gb2312 codec gives ― and ・ where Unicode text has — and ·.
PUNCTUATION = frozenset("，。、；：？！“”‘’（）〔〕［］【】《》〈〉「」『』—…·～－／⸺")
FULL_WIDTH_FORMS = characters_between(0xFF01, 0xFF5E) | frozenset("　￥")
CIRCLED = characters_between(0x2460, 0x2473)
PARENTHESISED = characters_between(0x3220, 0x3229) | characters_between(0x2474, 0x2487)
ROMAN = characters_between(0x2160, 0x216B) | characters_between(0x2170, 0x2179)
UNITS = frozenset("℃℉‰％№㎡㎎㎏㎜㎝㎞㏄")
STAMPED = frozenset("㊀㊁㊂㊣㈱")
GREEK = (characters_between(0x391, 0x3A9) | characters_between(0x3B1, 0x3C9)) - frozenset("\u03a2ς")
PINYIN = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹɑɡ")
SIGNS = frozenset("×±÷≥≤≠≈∞∽∵∴∶∷√→←↑↓■□●○★☆▲△◆◇※✓§′″°¥€£$〃々〇‖‥￣Å")
ASCII = characters_between(0x20, 0x7E)
LATIN = ASCII | characters_between(0xA0, 0x17F) | PINYIN | GREEK | frozenset("–—‘’“”•…‰′″€№™−≤≥≠≈∞√")
SYMBOLS = (
    GB2312_SYMBOLS | PUNCTUATION | FULL_WIDTH_FORMS | CIRCLED | PARENTHESISED | ROMAN | UNITS | STAMPED
    | GREEK | PINYIN | SIGNS
)  # fmt: skip

# One em wide whatever the source says: hanzi, and the symbols Chinese text sets on the same grid. LXGW has
# “” and · at 350, Noto Serif · at 335, Fandol ↑ ‖ ※ at 440–690 and → at 1055, Noto № at 1030–1137.
GRID_SYMBOLS = frozenset(c for c in GB2312_SYMBOLS if c > "\u2000") | PUNCTUATION | FULL_WIDTH_FORMS
OPENING_QUOTES, CLOSING_QUOTES = frozenset("“‘"), frozenset("”’")

# Not taken from Fandol, so that the fallback face supplies them. Wrong shapes: ￥ is drawn as a dollar sign,
# ￣ as a hyphen, ～ as a raised tilde, － as a short hyphen, 〓 (Kai) beside its box. Far heavier than its
# hanzi: the rest.
FANDOL_WRONG = frozenset("￥￣～－〓")
FANDOL_WITHHELD = FANDOL_WRONG | CIRCLED | PARENTHESISED | ROMAN | UNITS | STAMPED
# In the fallback these come from a light serif, which goes with digits in Times; WenKai's are handwritten.
SERIF_SYMBOLS = FANDOL_WRONG | ROMAN | UNITS
# FandolFang's own marks are bold; FandolKai, by the same team under the same licence, has the right weight.
MARKS_FROM_KAI = PUNCTUATION - frozenset("—⸺")


def table_of_general_standard_hanzi(unihan_mappings: Path) -> frozenset[str]:
    """The 8105 characters of 通用规范汉字表, from the field kTGH of Unihan."""
    with bz2.open(unihan_mappings, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines if "\tkTGH\t" in line)
        return frozenset(chr(int(code_point.removeprefix("U+"), 16)) for code_point, *_ in fields)


# --- The faces ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Donor:
    """A font that gives outlines to a face: which characters it gives, and how they are fitted."""

    font: SourceFont
    only: frozenset[str] | None = None
    scale: tuple[float, float] = (1.0, 1.0)
    lift: int = 0


@dataclass(frozen=True)
class Strokes:
    """Stroke weights of the glyphs that are drawn here instead of taken from a donor; 0 draws none."""

    dash: int = 0
    bracket: int = 0
    ring: int = 0


@dataclass(frozen=True)
class Licence:
    """A licence as it stands in the name table; the file, if any, adds its text."""

    expression: str
    file: str | None = None

    def text(self) -> str:
        if self.file is None:
            return self.expression
        wording = (HERE / "LICENSES" / self.file).read_text(encoding="utf-8")
        return f"{self.expression}\n\n{wording.strip()}"


@dataclass(frozen=True)
class Face:
    """One file of the set. Of its donors the first that has a character gives it."""

    file: str
    family: str
    weight: int
    donors: tuple[Donor, ...]
    licence: Licence
    change: str
    strokes: Strokes = Strokes()
    without: frozenset[str] = frozenset()
    latin_only: bool = False
    fallback_for: SourceFont | None = None
    bold_style: bool = False

    @property
    def style(self) -> str:
        return "Bold" if self.bold_style else "Regular"


OFL = Licence("This Font Software is licensed under the SIL Open Font License, Version 1.1.")
GPL_WITH_EXCEPTION = Licence("GPL-3.0-only WITH Font-exception-2.0", "Font-exception-2.0.txt")

SUBSET = "reduced to the characters of Chinese official documents, full-width marks and dashes normalised"
FANGSONG_ANEW = (
    "outlines converted to TrueType, raised 75/1000 em, some symbols replaced or dropped, "
    "punctuation taken from FandolKai, hinting and layout tables removed"
)
KAI_ANEW = (
    "outlines converted to TrueType, raised 75/1000 em, some symbols replaced or dropped, "
    "hinting and layout tables removed"
)

FANGSONG = Face(
    "RKFang.ttf",
    "ReportKit FangSong",
    400,
    (Donor(FANDOL_KAI, only=MARKS_FROM_KAI, lift=FANDOL_LIFT), Donor(FANDOL_FANG, lift=FANDOL_LIFT)),
    GPL_WITH_EXCEPTION,
    FANGSONG_ANEW,
    Strokes(dash=38, bracket=36, ring=42),
    without=FANDOL_WITHHELD,
)
KAI = Face(
    "RKKai.ttf",
    "ReportKit Kai",
    400,
    (Donor(FANDOL_KAI, lift=FANDOL_LIFT),),
    GPL_WITH_EXCEPTION,
    KAI_ANEW,
    Strokes(dash=38, bracket=38, ring=46),
    without=FANDOL_WITHHELD,
)
FANGSONG_OFL = Face(
    "RKFang.ttf",
    "ReportKit FangSong",
    300,
    (Donor(WENKAI_LIGHT, lift=WENKAI_LIFT),),
    OFL,
    SUBSET,
    Strokes(dash=38),
)
KAI_OFL = Face(
    "RKKai.ttf",
    "ReportKit Kai",
    400,
    (Donor(WENKAI_REGULAR, lift=WENKAI_LIFT),),
    OFL,
    SUBSET,
    Strokes(dash=44),
)
OTHER_FACES = (
    Face(
        "RKFangExt.ttf",
        "ReportKit FangSong Ext",
        300,
        (
            Donor(SERIF_LIGHT, only=SERIF_SYMBOLS),
            Donor(WENKAI_LIGHT, scale=WENKAI_AS_FANGSONG, lift=WENKAI_AS_FANGSONG_LIFT),
        ),
        OFL,
        f"{SUBSET}; only what ReportKit FangSong lacks",
        fallback_for=FANDOL_FANG,
    ),
    Face("RKHei.ttf", "ReportKit Hei", 500, (Donor(SANS_MEDIUM),), OFL, SUBSET, Strokes(dash=70)),
    Face("RKTitle.ttf", "ReportKit BiaoSong", 700, (Donor(SERIF_BOLD),), OFL, SUBSET, Strokes(dash=44)),
    Face("RKSong.ttf", "ReportKit Song", 400, (Donor(SERIF_REGULAR),), OFL, SUBSET, Strokes(dash=40)),
    Face(
        "RKTimes-Regular.ttf",
        "ReportKit Times",
        400,
        (Donor(TIMES_REGULAR),),
        OFL,
        "reduced to Latin and Greek, scaled to 1000 units",
        latin_only=True,
    ),
    Face(
        "RKTimes-Bold.ttf",
        "ReportKit Times",
        700,
        (Donor(TIMES_BOLD),),
        OFL,
        "reduced to Latin and Greek, scaled to 1000 units",
        latin_only=True,
        bold_style=True,
    ),
)
FACES = (FANGSONG, KAI, *OTHER_FACES)
FACES_OFL_ONLY = (FANGSONG_OFL, KAI_OFL, *OTHER_FACES)

# --- Fetching ----------------------------------------------------------------------------------------


def fetch(package: Package, archives: Path) -> Path:
    """Return the archive of a package, downloading it unless it is there; refuse one with another digest."""
    archive = archives / package.archive
    if not archive.exists():
        command = {
            "debian": ["apt-get", "download", f"{package.name}={package.version}"],
            "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        }[package.registry]
        subprocess.run(command, cwd=archives, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{package.archive}: sha256 is {found}, expected {package.sha256}")
    return archive


def unpack(package: Package, archive: Path, folder: Path) -> Path:
    """Unpack one archive into a folder of its own."""
    target = folder / archive.stem
    target.mkdir()
    if package.registry == "debian":
        subprocess.run(["dpkg", "-x", archive, target], check=True)
    else:
        with tarfile.open(archive) as members:
            members.extractall(target, filter="data")
    return target


# --- Reading outlines --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outlines:
    """An opened source font."""

    names: dict[int, str]
    glyphs: Any
    advances: Any
    units_per_em: int
    cubic: bool
    copyright: str

    def has(self, character: str) -> bool:
        return ord(character) in self.names

    def advance(self, character: str) -> float:
        return float(self.advances[self.names[ord(character)]][0]) * EM / self.units_per_em


@cache
def opened(path: Path) -> Outlines:
    font = TTFont(path, lazy=True)
    return Outlines(
        names=font.getBestCmap(),
        glyphs=font.getGlyphSet(),
        advances=font["hmtx"],
        units_per_em=font["head"].unitsPerEm,
        cubic="CFF " in font,
        copyright=font["name"].getDebugName(0),
    )


@dataclass(frozen=True)
class Drawing:
    """A finished TrueType glyph and its advance width."""

    glyph: Any
    advance: int


def is_hanzi(character: str) -> bool:
    return "\u3400" <= character < "\ua000" or character >= "\U00020000"


def fitted(donor: Donor, outlines: Outlines, character: str, grid: bool) -> Drawing:
    """Take one glyph from a donor: scaled, lifted and, in a Chinese face, placed in the full-width box."""
    wide, high = donor.scale
    natural = outlines.advance(character)
    advance, shift = natural * wide, 0.0
    if grid and (is_hanzi(character) or character in GRID_SYMBOLS or abs(natural - EM) <= 1):
        if advance > EM:
            wide *= EM / advance
            advance = EM
        slack = EM - advance
        if character in OPENING_QUOTES:
            shift = slack
        elif character not in CLOSING_QUOTES:
            shift = round(slack / 2)
        advance = EM
    unit = EM / outlines.units_per_em
    recording = DecomposingRecordingPen(outlines.glyphs)
    outlines.glyphs[outlines.names[ord(character)]].draw(recording)
    pen = TTGlyphPen(None)
    target = Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True) if outlines.cubic else pen
    recording.replay(TransformPen(target, (wide * unit, 0, 0, high * unit, shift, donor.lift)))
    return Drawing(pen.glyph(), round(advance))


# --- Drawing what the donors lack --------------------------------------------------------------------

Point = tuple[float, float]


def closed(contours: Iterable[Sequence[Point]]) -> Any:
    """A glyph of straight-sided contours, given clockwise."""
    pen = TTGlyphPen(None)
    for first, *rest in contours:
        pen.moveTo(first)
        for point in rest:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def box(left: float, bottom: float, right: float, top: float) -> list[Point]:
    return [(left, bottom), (left, top), (right, top), (right, bottom)]


def stroked(points: Sequence[Point], weight: float) -> list[Point]:
    """The clockwise outline of a polyline of the given weight, with mitred corners and square ends."""
    normals = []
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        normals.append(((y0 - y1) / length, (x1 - x0) / length))
    left, right = [], []
    for (x, y), (ax, ay), (bx, by) in zip(points, [normals[0], *normals], [*normals, normals[-1]], strict=True):
        mitre = weight / 2 / (1 + ax * bx + ay * by)
        dx, dy = (ax + bx) * mitre, (ay + by) * mitre
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    return left + right[::-1]


def brackets(weight: float) -> dict[str, Any]:
    """〈〉《》〔〕 as plain strokes, 860 high about the ink centre."""
    top, middle, bottom = INK_CENTRE + 430, INK_CENTRE, INK_CENTRE - 430
    opening: dict[str, list[list[Point]]] = {
        "〈": [[(900, top), (690, middle), (900, bottom)]],
        "《": [
            [(790, top), (590, middle), (790, bottom)],
            [(950, top), (750, middle), (950, bottom)],
        ],
        "〔": [[(930, top + 10), (760, top - 110), (760, bottom + 110), (930, bottom - 10)]],
    }
    drawn = {}
    for (mark, lines), counterpart in zip(opening.items(), "〉》〕", strict=True):
        mirrored = [[(EM - x, y) for x, y in line] for line in lines]
        drawn[mark] = closed(stroked(line, weight) for line in lines)
        drawn[counterpart] = closed(stroked(line, weight) for line in mirrored)
    return drawn


def ring(weight: float) -> Any:
    """The numeral 〇: an ellipse 690 wide and 730 high, each side made of eight quadratic arcs."""
    arcs = 8
    reach = 1 / math.cos(math.pi / arcs)  # control points stand on the tangents, outside the ellipse
    pen = TTGlyphPen(None)
    for width, height, turn in ((345, 365, -1), (345 - weight, 365 - weight, 1)):
        angles = [turn * 2 * math.pi * (arc + 0.5) / arcs for arc in range(arcs)]
        controls = [(EM / 2 + width * reach * math.cos(a), INK_CENTRE + height * reach * math.sin(a)) for a in angles]
        pen.qCurveTo(*controls, None)
        pen.closePath()
    return pen.glyph()


def drawn_glyphs(strokes: Strokes) -> dict[str, Drawing]:
    """The glyphs of a face that no donor supplies."""
    drawn = {}
    if strokes.dash:
        bottom = INK_CENTRE - strokes.dash / 2
        for dash, length in DASH_LENGTHS.items():
            drawn[dash] = Drawing(closed([box(0, bottom, length, bottom + strokes.dash)]), length)
    if strokes.bracket:
        drawn |= {mark: Drawing(glyph, EM) for mark, glyph in brackets(strokes.bracket).items()}
    if strokes.ring:
        drawn["〇"] = Drawing(ring(strokes.ring), EM)
    return drawn


# --- Assembling a face -------------------------------------------------------------------------------


def wanted(face: Face, hanzi: frozenset[str], folders: dict[Package, Path]) -> list[str]:
    """The characters to look for, in code point order."""
    if face.latin_only:
        return sorted(LATIN)
    if face.fallback_for is None:
        return sorted((hanzi | SYMBOLS | LATIN) - face.without)
    main = opened(folders[face.fallback_for.package] / face.fallback_for.path)
    lacking = {c for c in hanzi | SYMBOLS if c in FANDOL_WITHHELD or not main.has(c)}
    return sorted(lacking - DASH_LENGTHS.keys())


def collected(face: Face, hanzi: frozenset[str], folders: dict[Package, Path]) -> dict[str, Drawing]:
    """Every glyph of the face by character; what no donor has is left out."""
    own = drawn_glyphs(face.strokes)
    donors = [(donor, opened(folders[donor.font.package] / donor.font.path)) for donor in face.donors]
    glyphs = {}
    for character in wanted(face, hanzi, folders):
        if character in own:
            glyphs[character] = own[character]
            continue
        for donor, outlines in donors:
            if (donor.only is None or character in donor.only) and outlines.has(character):
                glyphs[character] = fitted(donor, outlines, character, grid=not face.latin_only)
                break
    return glyphs


def glyph_name(character: str) -> str:
    return f"uni{ord(character):04X}" if character <= "\uffff" else f"u{ord(character):05X}"


def assembled(face: Face, glyphs: dict[str, Drawing], copyrights: Iterable[str]) -> TTFont:
    """Put the glyphs into a font with the common em box and the tables a PDF or Word file needs, no more."""
    blank = Drawing(closed([box(80, -60, 920, 820), box(120, -20, 880, 780)[::-1]]), EM)  # a hollow box
    named = {".notdef": blank} | {glyph_name(c): drawing for c, drawing in glyphs.items()}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(named))
    builder.setupCharacterMap({ord(c): glyph_name(c) for c in glyphs})
    builder.setupGlyf({name: drawing.glyph for name, drawing in named.items()})
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {name: (drawing.advance, getattr(table[name], "xMin", 0)) for name, drawing in named.items()}
    )
    builder.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT)
    full_name = f"{face.family} Bold" if face.bold_style else face.family
    postscript_name = f"{face.family.replace(' ', '')}-{face.style}"
    builder.setupNameTable(
        {
            "copyright": "\n".join(copyrights),
            "familyName": face.family,
            "styleName": face.style,
            "uniqueFontIdentifier": f"{VERSION};{postscript_name}",
            "fullName": full_name,
            "version": f"Version {VERSION}",
            "psName": postscript_name,
            "description": f"Modified by the reportkit project on {MADE_ON:%Y-%m-%d}: {face.change}.",
            "licenseDescription": face.licence.text(),
        },
        mac=False,
    )
    latin1, simplified_chinese = 1 << 0, 1 << 18
    regular, bold, typographic_line = 1 << 6, 1 << 5, 1 << 7
    builder.setupOS2(
        version=4,
        fsType=0,
        fsSelection=(bold if face.bold_style else regular) | typographic_line,
        usWeightClass=face.weight,
        sTypoAscender=ASCENT,
        sTypoDescender=-DESCENT,
        sTypoLineGap=0,
        usWinAscent=CLIP_TOP,
        usWinDescent=CLIP_BOTTOM,
        sxHeight=500,
        sCapHeight=700,
        achVendID="RPKT",
        ulCodePageRange1=latin1 if face.latin_only else latin1 | simplified_chinese,
    )
    builder.setupPost(keepGlyphNames=False)
    head = builder.font["head"]
    head.created = head.modified = int(MADE_ON.timestamp()) - epoch_diff
    head.fontRevision = float(VERSION)
    head.macStyle = int(face.bold_style)
    builder.font.recalcTimestamp = False
    return builder.font


def build(face: Face, hanzi: frozenset[str], folders: dict[Package, Path], out: Path) -> None:
    """Write one face and say what became of it."""
    glyphs = collected(face, hanzi, folders)
    sources = (opened(folders[donor.font.package] / donor.font.path) for donor in face.donors)
    copyrights = dict.fromkeys(source.copyright for source in sources)
    target = out / face.file
    assembled(face, glyphs, copyrights).save(target)
    print(f"{face.file:20} {len(glyphs):5} characters {target.stat().st_size:9,} bytes", flush=True)


def write_checksums(faces: Iterable[Face], out: Path) -> None:
    lines = (
        f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(face.file for face in faces)
    )
    (out / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the ReportKit faces from pinned registry packages.")
    parser.add_argument("out", nargs="?", type=Path, default=HERE, help="folder for the faces (fonts/)")
    parser.add_argument("--sources", type=Path, help="folder to keep the downloaded packages in")
    parser.add_argument("--ofl-only", action="store_true", help="body and kai from LXGW WenKai, nothing under the GPL")
    arguments = parser.parse_args()
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    faces = FACES_OFL_ONLY if arguments.ofl_only else FACES
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        archives = arguments.sources or Path(scratch) / "archives"
        archives.mkdir(parents=True, exist_ok=True)
        folders = {package: unpack(package, fetch(package, archives), Path(scratch)) for package in PACKAGES}
        general = table_of_general_standard_hanzi(folders[UNICODE_DATA] / UNIHAN_MAPPINGS)
        for face in faces:
            build(face, general | GB2312_HANZI, folders, arguments.out)
    write_checksums(faces, arguments.out)


if __name__ == "__main__":
    main()
