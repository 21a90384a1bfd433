"""The bytes of an .xlsx in, openpyxl's workbook out: its texts as they are stored, its dates as numbers."""

from __future__ import annotations

from typing import Any, BinaryIO

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

STRING = f"{{{SHEET_MAIN_NS}}}si"


class Struck(str):
    """A text of which a part is struck out."""

    __slots__ = ()


def opened(packed: BinaryIO, values: bool) -> Any:
    """Return the workbook that a file holds, with what its formulas last gave or with the formulas themselves."""
    reader = _Reader(packed, data_only=values, keep_links=False)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    """openpyxl's reader, which would take x005F_ out of texts and make dates of what a format only looks like one."""

    package: Any
    wb: Any

    def read_strings(self) -> None:
        """Read the table of texts: escapes as they stand, what is struck out marked."""
        if (part := self.package.find(SHARED_STRINGS)) is None:
            return
        strings = []
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == STRING:
                    strings.append(_text(Text.from_tree(node)))
                    node.clear()
        self.shared_strings = strings

    def read_worksheets(self) -> None:
        """Read the sheets with no format for one of dates."""
        self.wb._date_formats = self.wb._timedelta_formats = frozenset()
        super().read_worksheets()


def _text(text: Any) -> str:
    content = str(text.content)
    struck = any(run.rPr is not None and run.rPr.strike and (run.t or "").strip() for run in text.r)
    return Struck(content) if struck else content
