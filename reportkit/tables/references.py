"""References of a data file to workbooks: its tree of Nodes in, the same with what those hold in their place out."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from reportkit.data.node import Node
from reportkit.data.yaml import MOST_COPIED
from reportkit.errors import N_, Fault, InputError
from reportkit.tables import area, ledger, sheet, workbook

# 台账.xlsx#指标!B3, 台账.xlsx#指标!A2:D20, 台账.xlsx#指标; a sheet's name may stand in quotes
REFERENCE = re.compile(r"(?P<file>[^#]+)#(?P<sheet>'[^']+'|[^!]+)(?:!(?P<cells>.+))?")


def resolved(node: Node, file: str, files_from: Path | None = None) -> Node:
    """Return the tree of the data file `file` with every `!excel` read: a single cell's value, or a table's rows.

    Workbooks are read from the data's own folder, and from `files_from`, a folder its user names.

    Raises InputError with every fault of what is referred to, those of the reference itself at its line.
    """
    reader = _Reader(file, files_from)
    whole = reader.read(node)
    if reader.faults:
        raise InputError(reader.faults)
    return whole


class _Reader:
    """Reads references, each once: the workbooks already open, and what is wrong with what they hold."""

    def __init__(self, file: str, files_from: Path | None) -> None:
        self.file = file
        self._places = [os.path.realpath(place) for place in (Path(file).parent, files_from) if place is not None]
        self.faults: list[Fault] = []
        self._books: dict[str, sheet.Book] = {}
        self._read: dict[str, Node] = {}
        self._copied = 0

    def read(self, node: Node) -> Node:
        """Return `node` with every reference in it read; `node` itself if it holds none."""
        if node.kind == "reference":
            return self._referred(node)
        if node.kind == "list":
            items = tuple(map(self.read, node.items))
            same = all(new is old for new, old in zip(items, node.items, strict=True))
            return node if same else replace(node, value=items)
        if node.kind == "map":
            pairs = tuple((key, self.read(value)) for key, value in node.pairs)
            same = all(new is old for (_, new), (_, old) in zip(pairs, node.pairs, strict=True))
            return node if same else replace(node, value=pairs)
        return node

    def _referred(self, node: Node) -> Node:
        """Return the value of a cell, or the rows of a table; an empty value where that is wrong, which is noted."""
        try:
            if node.typed in self._read:
                self._copied += self._read[node.typed].size
                if self._copied > MOST_COPIED:
                    raise InputError(Fault(N_("引用展开后太大"), {}, N_("数据不需要这么多重复"), self.file))
            else:
                self._read[node.typed] = self._at(node.typed)
            return self._read[node.typed]
        except InputError as error:
            told = (replace(one, line=node.line) if one.file == self.file else one for one in error.faults)
            self.faults += (fault for fault in told if fault not in self.faults)
            return Node(None, "none")

    def _at(self, text: str) -> Node:
        """Return what stands at a place as 台账.xlsx#指标!B3. Raises InputError if there is no such place."""
        found = REFERENCE.fullmatch(text.strip())
        cells = area.area_of(found["cells"]) if found and found["cells"] else None
        if found is None or (found["cells"] and cells is None):
            hint = N_("写法如 台账.xlsx#指标!B3、台账.xlsx#指标!A2:D20、台账.xlsx#指标")
            raise InputError(Fault(N_("“{text}”不是工作簿里的位置"), {"text": text}, hint, self.file))
        path = self._inside(found["file"])
        if str(path) not in self._books:
            self._books[str(path)] = sheet.Book(path, str(path))
        named = self._books[str(path)].sheet(found["sheet"].strip("'"))
        return ledger.single(named, cells) if cells and cells.is_single else workbook.rows(named, cells)

    def _inside(self, name: str) -> Path:
        """Return the path of a workbook. Raises InputError if it, or what it links to, is in none of the folders."""
        path = Path(self.file).parent / name
        try:
            real = Path(os.path.realpath(path))
        except ValueError:  # no name a file can have
            raise InputError(Fault(N_("没有这个文件"), {}, N_("核对路径和文件名"), str(path))) from None
        if not any(real.is_relative_to(place) for place in self._places):
            hint = N_("放到数据文件的文件夹里，或用 --files-from 说出它在哪个文件夹")
            raise InputError(Fault(N_("{file} 在数据文件的文件夹外面"), {"file": name}, hint, self.file))
        return path
