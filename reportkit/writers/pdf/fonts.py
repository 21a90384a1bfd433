"""Faces in a PDF: one Type0 font a face, with only the glyphs used and a ToUnicode map right beyond the BMP.

Every glyph's outline is deflated once a process and kept: a font stream is those pieces put end to end, which
a deflate stream allows at a full flush (RFC 1951 §3.2.4). A document then costs a join instead of a deflate.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from functools import lru_cache
from itertools import zip_longest

from reportlab.pdfbase import pdfdoc

from reportkit.pages.face import EM, Face

LEVEL = 6
ZLIB_HEADER, LAST_BLOCK = b"\x78\x9c", b"\x03\x00"
# ISO 32000-1 §9.8.2: 4 = symbolic
FLAGS_SYMBOLIC = 4
STEM_V = 80
CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
# ISO 32000-1 §9.10.3 through Adobe's CMap rules: at most 100 entries a block
CMAP_BLOCK = 100
# what a glyph's instructions refer to; our own faces have none (ISO 32000-1 §9.9)
HINTING = ("cvt ", "fpgm", "prep")


class Font:
    """One face in one document: characters get codes as they come; code and glyph in the subset are one."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self.glyphs = [0]
        self.characters = [""]
        self.widths = [EM]

    def code(self, character: str, glyph: int, width: int) -> str:
        """Give `character` the next code; return it as four hexadecimal digits."""
        self.glyphs.append(glyph)
        self.characters.append(character)
        self.widths.append(width)
        return f"{len(self.glyphs) - 1:04X}"

    def reference(self, document: pdfdoc.PDFDocument) -> pdfdoc.PDFObjectReference:
        """Add the font's objects to the document and return the reference to its dictionary."""
        face, base = self.face, f"{self._tag()}+{self.face.name}"

        def added(kind: str, thing: pdfdoc.PDFObject) -> str:
            """Add `thing`; return the reference to it as written."""
            written: bytes = document.Reference(thing, f"{self.name}.{kind}").format(document)
            return written.decode()

        file = added("file", _stream(*self._file()))
        unicode = added("unicode", _stream(zlib.compress(self._to_unicode()), {}))
        descriptor = added("descriptor", _Written(
            f"/Type /FontDescriptor /FontName /{base} /Flags {FLAGS_SYMBOLIC} "
            f"/FontBBox [ {' '.join(map(str, face.bbox))} ] /ItalicAngle 0 /Ascent {face.ascent} "
            f"/Descent {face.descent} /CapHeight {face.ascent} /StemV {STEM_V} /FontFile2 {file}"
        ))  # fmt: skip
        wide = " ".join(f"{code} [ {width} ]" for code, width in enumerate(self.widths) if width != EM)
        cid = added("cid", _Written(
            f"/Type /Font /Subtype /CIDFontType2 /BaseFont /{base} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} /DW {EM} /W [ {wide} ] /CIDToGIDMap /Identity"
        ))  # fmt: skip
        return document.Reference(
            _Written(
                f"/Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
                f"/DescendantFonts [ {cid} ] /ToUnicode {unicode}"
            ),
            self.name,
        )

    def _tag(self) -> str:
        """Return the six letters that name a subset (ISO 32000-1 §9.6.4), made from its characters."""
        sum_ = zlib.crc32("".join(self.characters).encode())
        return "".join(chr(65 + (sum_ >> 5 * place) % 26) for place in range(6))

    def _to_unicode(self) -> bytes:
        pairs = [f"<{code:04X}> <{_utf_16(character)}>" for code, character in enumerate(self.characters) if character]
        blocks = [pairs[at : at + CMAP_BLOCK] for at in range(0, len(pairs), CMAP_BLOCK)]
        body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
        return (CMAP_HEAD + body + CMAP_TAIL).encode()

    def _file(self) -> tuple[bytes, dict[str, int]]:
        """Return the subset as a deflated TrueType file, and the dictionary entries its stream needs."""
        face = self.face
        offsets, metrics = array("I", [0]), array("H")
        outlines, packed, end = [], [], 0
        glyphs = self._with_parts()
        for glyph, width in zip_longest(glyphs, self.widths, fillvalue=0):
            outline, deflated, left, parts = _outline(face, glyph)
            if parts:
                outline, deflated = _renumbered(outline, [(at, glyphs.index(part)) for at, part in parts])
            outlines.append(outline)
            packed.append(deflated)
            end += len(outline)
            offsets.append(end)
            metrics.extend((width * face.units // EM, left))
        offsets.byteswap()
        metrics.byteswap()
        count = len(glyphs)
        head, hhea, maxp = (bytearray(face.table(tag)) for tag in ("head", "hhea", "maxp"))
        struct.pack_into(">L", head, 8, 0)  # checkSumAdjustment
        struct.pack_into(">H", head, 50, 1)  # indexToLocFormat: long
        struct.pack_into(">H", hhea, 34, count)
        struct.pack_into(">H", maxp, 4, count)
        small = {
            "head": head,
            "hhea": hhea,
            "hmtx": metrics.tobytes(),
            "loca": offsets.tobytes(),
            "maxp": maxp,
            **{tag: face.table(tag) for tag in HINTING if tag in face.tables},
        }
        tables = {tag: bytes(data) + b"\0" * (-len(data) % 4) for tag, data in small.items()}
        # glyf stands last, so that what is before it is one piece and each glyph one more
        at = 12 + 16 * (len(tables) + 1)
        directory = []
        for tag, data in tables.items():
            directory.append((tag, at, len(small[tag])))
            at += len(data)
        directory.append(("glyf", at, end))
        power = len(directory).bit_length() - 1
        search = 16 << power
        header = struct.pack(
            ">LHHHH", 0x00010000, len(directory), search, power, len(directory) * 16 - search
        ) + b"".join(
            struct.pack(">4sLLL", tag.encode(), 0, offset, length) for tag, offset, length in sorted(directory)
        )
        front = header + b"".join(tables.values())
        check = zlib.adler32(b"".join(outlines), zlib.adler32(front))
        data = b"".join((ZLIB_HEADER, _deflated(front), *packed, LAST_BLOCK, check.to_bytes(4, "big")))
        return data, {"Length1": len(front) + end}

    def _with_parts(self) -> list[int]:
        """Return the glyphs of the subset by code, and after them those that composite ones are put together of."""
        glyphs = list(self.glyphs)
        held = set(glyphs)
        for glyph in glyphs:  # which grows
            for _, part in _outline(self.face, glyph)[3]:
                if part not in held:
                    held.add(part)
                    glyphs.append(part)
        return glyphs


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]
    """A dictionary object whose entries are written already: reportlab only numbers and places it."""

    __RefOnly__ = 1

    def __init__(self, entries: str) -> None:
        self._entries = entries

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return the dictionary as it stands in the file."""
        return f"<< {self._entries} >>".encode()


def _utf_16(character: str) -> str:
    if character <= "\uffff":
        return f"{ord(character):04X}"
    return character.encode("utf-16-be").hex().upper()


@lru_cache(maxsize=65536)
def _outline(face: Face, glyph: int) -> tuple[bytes, bytes, int, tuple[tuple[int, int], ...]]:
    """Return a glyph's outline padded to four bytes, the same deflated, its left side bearing as 16 bits, its parts."""
    data = face.glyph(glyph)
    left: int = struct.unpack_from(">H", data, 2)[0] if data else 0
    data += b"\0" * (-len(data) % 4)
    return data, _deflated(data) if data else b"", left, tuple(face.parts(glyph))


def _renumbered(outline: bytes, parts: list[tuple[int, int]]) -> tuple[bytes, bytes]:
    """Return a composite glyph's outline with `parts` (offset, number) as the subset has them, and that deflated."""
    changed = bytearray(outline)
    for at, number in parts:
        struct.pack_into(">H", changed, at, number)
    return bytes(changed), _deflated(bytes(changed))


def _deflated(data: bytes) -> bytes:
    """Return `data` as deflate blocks that end on a byte and refer to nothing before them."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def _stream(data: bytes, entries: dict[str, int]) -> pdfdoc.PDFStream:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({**entries, "Filter": pdfdoc.PDFName("FlateDecode")}), data)
