"""The parts of an .xlsx: its bytes in, the elements of a part out, one after another, and never more than fit a table.

What a package says of its own sizes is not believed: what is unpacked is counted as it comes, and nothing is kept.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol
from xml.parsers import expat

from reportkit.errors import N_, Fault, InputError

MB = 1_000_000
# of the file, and of what is read of it, unpacked
MOST_BYTES, MOST_UNPACKED = 30 * MB, 60 * MB
MOST_PARTS, MOST_SHEETS = 5_000, 500
# what a workbook may hold of each kind of element, and how that is called; of all others together MOST_ELEMENTS
MOST = {
    "c": (300_000, N_("单元格")),
    "row": (300_000, N_("行")),
    "si": (300_000, N_("共享字符串")),
    "mergeCell": (20_000, N_("合并的单元格")),
    "xf": (100_000, N_("单元格样式")),
    "sheet": (MOST_SHEETS, N_("工作表")),
}
MOST_ELEMENTS = 2_000_000
PIECE = 1 << 16
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
# what reading a package of any making may end in
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, LookupError, ValueError, RuntimeError,
    OverflowError,
)  # fmt: skip


class Reader(Protocol):
    """What takes the elements of a part, by their names without prefixes."""

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Take the beginning of an element and its attributes."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take text, or the next piece of it."""


class Parts:
    """The package of a workbook called `name`. Raises InputError for what is none, or holds too much."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self._unpacked = 0
        self._counts: Counter[str] = Counter()
        if len(raw) > MOST_BYTES:
            raise self._too_large(N_("文件的兆数"), len(raw) // MB, MOST_BYTES // MB)
        with self.understood():
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        entries = self._archive.infolist()
        if len(entries) > MOST_PARTS:
            raise self._too_large(N_("部件"), len(entries), MOST_PARTS)
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise InputError(Fault(N_("工作簿有打开密码"), {}, N_("去掉密码，另存一份"), name))

    def holds(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part in self._archive.namelist()

    def read(self, part: str, reader: Reader) -> None:
        """Give the elements of a part to `reader`."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        names: dict[str, str] = {}

        def start(name: str, said: dict[str, str]) -> None:
            local = names.get(name) or names.setdefault(name, name.rpartition(":")[2])
            self._counts[local] += 1
            reader.start(local, said)

        def declared(*_: object) -> None:
            raise ValueError("no office declares a type or an entity")

        parser.StartElementHandler, parser.CharacterDataHandler = start, reader.text
        parser.EndElementHandler = lambda name: reader.end(names[name])
        parser.StartDoctypeDeclHandler = declared
        with self.understood(), self._archive.open(self._entry(part)) as source:
            while piece := source.read(PIECE):
                self._unpacked += len(piece)
                parser.Parse(piece, False)
                self._check()
            parser.Parse(b"", True)

    def _entry(self, part: str) -> zipfile.ZipInfo:
        entry = self._archive.getinfo(part)
        if entry.compress_type not in PACKED:
            raise ValueError("no office packs so")
        return entry

    def _check(self) -> None:
        if self._unpacked > MOST_UNPACKED:
            raise self._too_large(N_("解压后的兆数"), self._unpacked // MB, MOST_UNPACKED // MB)
        for element, (most, what) in MOST.items():
            if self._counts[element] > most:
                raise self._too_large(what, self._counts[element], most)
        if (count := self._counts.total()) > MOST_ELEMENTS:
            raise self._too_large(N_("标记"), count, MOST_ELEMENTS)

    @contextmanager
    def understood(self) -> Iterator[None]:
        """Tell of whatever a package that is no workbook ends in, that it is none."""
        try:
            yield
        except InputError:
            raise
        except UNREADABLE:
            hint = N_("用 Excel 或 WPS 另存为 .xlsx")
            raise InputError(Fault(N_("不是能读的 Excel 工作簿"), {}, hint, self.name)) from None

    def _too_large(self, what: str, count: int, most: int) -> InputError:
        fields = {"what": what, "count": count, "most": most}
        hint = N_("只留要用的表和行，没有用的格式和合并取消，另存一份")
        return InputError(Fault(N_("工作簿太大：{what} {count}，最多 {most}"), fields, hint, self.name))
