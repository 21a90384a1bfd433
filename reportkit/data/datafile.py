"""A data file by its ending: its path in, the tree of its Nodes out."""

from __future__ import annotations

from pathlib import Path

from reportkit import regular
from reportkit.data import json, yaml
from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError, unreadable

# .xls and .et are known only to be told apart from what can be read
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et")
# bytes of a data file
LARGEST = 10_000_000


def read(path: Path) -> Node:
    """Return the tree of a .yaml, .yml or .json file. Raises InputError with file, line and column."""
    name = str(path)
    try:
        raw = regular.read(path, LARGEST)
    except OSError as error:
        raise unreadable(name, error) from None
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise InputError(
            Fault(
                N_("不认识的数据格式 {suffix}"),
                {"suffix": path.suffix or N_("（无扩展名）")},
                file=name,
                hint=N_("数据文件用 .yaml、.yml、.json 或 .xlsx"),
            )
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(Fault(N_("不是 UTF-8 编码"), file=name, line=line, hint=N_("另存为 UTF-8 再试"))) from None
    return json.read(text, name) if path.suffix.lower() == ".json" else yaml.read(text, name)


def is_workbook(path: Path) -> bool:
    """Return whether `path` is named as a workbook."""
    return path.suffix.lower() in WORKBOOKS
