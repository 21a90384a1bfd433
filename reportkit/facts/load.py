"""Data files and dicts as trees of Nodes: every scalar as it was typed, with its line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from reportkit.errors import N_, Fault, InputError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SECRET_TAG = "!secret"
# YAML 1.2 core schema, §10.3.2
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NUMBERS = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a data file: a scalar with its typed form, a list, or a mapping as (key, value) pairs."""

    value: str | Decimal | bool | date | tuple[Node, ...] | tuple[tuple[Node, Node], ...] | None
    kind: str  # text, number, flag, date, none, list, map
    typed: str = ""
    line: int = 0
    column: int = 0
    secret: bool = False

    @property
    def pairs(self) -> tuple[tuple[Node, Node], ...]:
        """The (key, value) pairs of a mapping, in their order."""
        return self.value if self.kind == "map" else ()  # type: ignore[return-value]

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a list, in their order."""
        return self.value if self.kind == "list" else ()  # type: ignore[return-value]


def read(path: Path) -> Node:
    """Return the tree of a .yaml, .yml or .json file. Raises InputError with file, line and column."""
    name = str(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Fault(N_("没有这个文件"), file=name, hint=N_("核对路径和文件名"))) from None
    except (IsADirectoryError, PermissionError, OSError) as error:
        raise InputError(
            Fault(N_("读不了这个文件：{reason}"), {"reason": error.strerror or str(error)}, file=name)
        ) from None
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise InputError(
            Fault(
                N_("不认识的数据格式 {suffix}"),
                {"suffix": path.suffix or N_("（无扩展名）")},
                file=name,
                hint=N_("数据文件用 .yaml、.yml 或 .json"),
            )
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(Fault(N_("不是 UTF-8 编码"), file=name, line=line, hint=N_("另存为 UTF-8 再试"))) from None
    if path.suffix.lower() == ".json":
        return _read_json(text, name)
    return _tree(_compose(text, name), name)


def of(data: object) -> Node:
    """Return the tree of a Python value made of dicts, lists, strings, numbers, Decimals, dates and None."""
    if data is None:
        return Node(None, "none")
    if isinstance(data, bool):
        return Node(data, "flag", str(data))
    if isinstance(data, str):
        return Node(data, "text", data)
    if isinstance(data, int | Decimal):
        return Node(Decimal(data), "number", str(data))
    if isinstance(data, float):
        return Node(Decimal(repr(data)), "number", repr(data))
    if isinstance(data, date):
        return Node(data, "date", data.isoformat())
    if isinstance(data, Mapping):
        return Node(tuple((of(str(key)), of(value)) for key, value in data.items()), "map")
    if isinstance(data, Sequence):
        return Node(tuple(of(item) for item in data), "list")
    raise InputError(
        Fault(
            N_("数据里有不认识的类型 {kind}"),
            {"kind": type(data).__name__},
            hint=N_("用字典、列表、文字、数"),
        )
    )


def _compose(text: str, name: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        code = error.character if isinstance(error.character, int) else ord(error.character[:1])
        raise InputError(
            Fault(
                N_("有控制字符 U+{code:04X}"),
                {"code": code},
                file=name,
                line=before.count("\n") + 1,
                column=len(before) - before.rfind("\n"),
                hint=N_("删去这个看不见的字符"),
            )
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(
            Fault(
                N_("不是正确的 YAML：{problem}"),
                {"problem": error.problem or error.context},
                file=name,
                line=mark.line + 1 if mark else None,
                column=mark.column + 1 if mark else None,
                hint=N_("看这一行和上一行的缩进、冒号、引号、括号"),
            )
        ) from None
    if node is None:
        raise InputError(Fault(N_("文件是空的"), file=name, hint=N_("照 examples/ 里的样子填写")))
    return node


def _tree(node: yaml.Node, name: str) -> Node:
    """Turn a composed YAML node into a Node, resolving plain scalars by the 1.2 core schema."""
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    secret = node.tag == SECRET_TAG
    if not secret and node.tag.startswith("!"):
        raise InputError(
            Fault(
                N_("不认识的标签 {tag}"),
                {"tag": node.tag},
                file=name,
                line=line,
                column=column,
                hint=N_("涉密的值用 !secret"),
            )
        )
    if isinstance(node, yaml.ScalarNode):
        value, kind = _scalar(node.value, plain=node.style is None)
        return Node(value, kind, node.value, line, column, secret)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_tree(item, name) for item in node.value)
        return Node(items, "list", "", line, column, secret)
    pairs = tuple((_tree(key, name), _tree(value, name)) for key, value in node.value)
    return Node(pairs, "map", "", line, column, secret)


def _scalar(text: str, plain: bool) -> tuple[str | Decimal | bool | None, str]:
    if plain and text in NULLS:
        return None, "none"
    if plain and text in FLAGS:
        return FLAGS[text], "flag"
    if plain and NUMBERS.fullmatch(text):
        return Decimal(text), "number"
    return text, "text"


class _Typed(str):
    """A JSON number, kept as the characters it was typed with."""


def _read_json(text: str, name: str) -> Node:
    try:
        data = json.loads(
            text,
            parse_float=_Typed,
            parse_int=_Typed,
            object_pairs_hook=lambda pairs: tuple((key, value) for key, value in pairs),
        )
    except json.JSONDecodeError as error:
        raise InputError(
            Fault(
                N_("不是正确的 JSON：{problem}"),
                {"problem": error.msg},
                file=name,
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    try:
        marks: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError:
        marks = None
    return _marked(data, marks)


def _marked(data: object, marks: yaml.Node | None) -> Node:
    """Join JSON values with the lines of the same text read as YAML, of which JSON is a subset."""
    line = marks.start_mark.line + 1 if marks else 0
    column = marks.start_mark.column + 1 if marks else 0
    inner = marks.value if marks and not isinstance(marks, yaml.ScalarNode) else ()
    if isinstance(data, _Typed):
        return Node(Decimal(data), "number", str(data), line, column)
    if isinstance(data, tuple):
        keys = list(inner) + [(None, None)] * (len(data) - len(inner))
        pairs = tuple(
            (_marked(key, mark), _marked(value, value_mark))
            for (key, value), (mark, value_mark) in zip(data, keys, strict=True)
        )
        return Node(pairs, "map", "", line, column)
    if isinstance(data, list):
        seats = list(inner) + [None] * (len(data) - len(inner))
        items = tuple(_marked(item, mark) for item, mark in zip(data, seats, strict=True))
        return Node(items, "list", "", line, column)
    node = of(data)
    return Node(node.value, node.kind, node.typed, line, column)
