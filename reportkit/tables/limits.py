"""A workbook's bytes in, refused where they hold more than anybody filled in: before a reader takes them at their word.

What a package says of its own sizes is not believed: every part is unpacked, in pieces, and counted.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from reportkit.errors import N_, Fault, InputError
from reportkit.tables.area import area_of

MB = 1_000_000
# of the file, and of all its parts unpacked
MOST_BYTES, MOST_UNPACKED = 30 * MB, 60 * MB
MOST_PARTS = 2_000
PIECE = 1 << 18
# elements of one name in all parts together, and how they are called
MOST_ELEMENTS = {
    "sheet": (200, N_("工作表")),
    "row": (100_000, N_("行")),
    "c": (200_000, N_("单元格")),
    "si": (100_000, N_("共享字符串")),
    "mergeCell": (10_000, N_("合并的单元格")),
    "xf": (50_000, N_("单元格样式")),
    "cellStyle": (20_000, N_("样式名")),
    "definedName": (10_000, N_("名称")),
}
# elements of any other name, and cells that merged ones cover
MOST_OTHERS, MOST_COVERED = 200_000, 200_000
# inner elements of a cell, of which there are as many as cells
CELL_PARTS = frozenset((b"v", b"f", b"is", b"t"))
# characters of shared formulas, which are written anew for each cell that shares one
MOST_FORMULA = 2 * MB
ELEMENT = re.compile(rb"<(?:[^\s<>/:!?=]+:)?([^\s<>/:!?=]+)")
MERGED = re.compile(rb"<(?:[^\s<>/:!?=]+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)")
SHARED = re.compile(rb"""<(?:[^\s<>/:!?=]+:)?f\s[^>]*?t\s*=\s*["']shared["'][^>]*>([^<]*)""")
# the only sets of characters a workbook's parts are written in; others could hide what is looked for here
ENCODED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
ENCODINGS = frozenset((b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"))
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
# what reading a zip of any making may end in
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


def check(raw: bytes, name: str) -> None:
    """Raise InputError for a workbook, called `name`, that is none or is too large to be read."""
    if len(raw) > MOST_BYTES:
        raise _too_many(name, N_("文件的兆数"), len(raw) // MB, MOST_BYTES // MB)
    counts: Counter[bytes] = Counter()
    covered = formula = 0
    try:
        for part in _parts(raw, name):
            _check_markup(part, name)
            counts.update(ELEMENT.findall(part))
            covered += sum(map(_cells, MERGED.findall(part)))
            shared = SHARED.findall(part)
            formula += len(shared) * max(map(len, shared), default=0)
            _check_counts(counts, covered, formula, name)
    except UNREADABLE:
        raise unreadable(name) from None


def unreadable(name: str) -> InputError:
    """Return the error that a file called `name` is no workbook."""
    return InputError(Fault(N_("不是能读的 Excel 工作簿"), {}, N_("用 Excel 或 WPS 另存为 .xlsx"), name))


def _parts(raw: bytes, name: str) -> Iterator[bytes]:
    """Yield each part unpacked, as UTF-8 where it is UTF-16."""
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS:
            raise _too_many(name, N_("部件"), len(entries), MOST_PARTS)
        for entry in entries:
            if entry.flag_bits & ENCRYPTED:
                raise InputError(Fault(N_("工作簿有打开密码"), {}, N_("去掉密码，另存一份"), name))
            if entry.compress_type not in PACKED:
                raise unreadable(name)
            pieces = []
            with archive.open(entry) as part:
                while piece := part.read(PIECE):
                    unpacked += len(piece)
                    if unpacked > MOST_UNPACKED:
                        raise _too_many(name, N_("解压后的兆数"), unpacked // MB, MOST_UNPACKED // MB)
                    pieces.append(piece)
            data = b"".join(pieces)
            wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            yield data.decode("utf-16").encode() if wide else data


def _check_markup(part: bytes, name: str) -> None:
    """Refuse declarations of one's own, which no office writes, and characters of a set they could hide in."""
    said = ENCODED.search(part[:200])
    if DECLARED.search(part) or (said and said[1].lower() not in ENCODINGS):
        raise unreadable(name)


def _check_counts(counts: Counter[bytes], covered: int, formula: int, name: str) -> None:
    for element, (most, what) in MOST_ELEMENTS.items():
        if counts[element.encode()] > most:
            raise _too_many(name, what, counts[element.encode()], most)
    known = sum(counts[element.encode()] for element in MOST_ELEMENTS)
    inner = sum(counts[element] for element in CELL_PARTS)
    others = counts.total() - known - inner
    if others > MOST_OTHERS or inner > 2 * (MOST_ELEMENTS["c"][0] + MOST_ELEMENTS["si"][0]):
        raise _too_many(name, N_("别的标记"), max(others, inner), MOST_OTHERS)
    if covered > MOST_COVERED:
        raise _too_many(name, N_("合并覆盖的格子"), covered, MOST_COVERED)
    if formula > MOST_FORMULA:
        raise _too_many(name, N_("共享公式的字数"), formula, MOST_FORMULA)


def _cells(reference: bytes) -> int:
    """Return how many cells a merged range covers."""
    area = area_of(reference.decode("ascii", "replace"))
    return (area.bottom - area.top + 1) * (area.right - area.left + 1) if area else 0


def _too_many(name: str, what: str, count: int, most: int) -> InputError:
    fields = {"what": what, "count": count, "most": most}
    hint = N_("只留要用的表和行，取消大片的合并；没有用的格式、图片删去，另存一份")
    return InputError(Fault(N_("工作簿太大：{what}有 {count}，最多 {most}"), fields, hint, name))
