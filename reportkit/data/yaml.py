"""YAML text as a tree of Nodes: every scalar as it was typed, with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

from reportkit.data import reading
from reportkit.data.node import Node
from reportkit.errors import N_, Fault, InputError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SECRET_TAG, EXCEL_TAG = "!secret", "!excel"
# YAML's own tags, as !!str: values are read as typed whatever they say. ! says nothing
OWN = "tag:yaml.org,2002:"
IDLE_TAGS = frozenset(("", "!", *(OWN + name for name in ("str", "int", "float", "bool", "null", "seq", "map"))))
# a tag that a blank has parted: ! secret
PARTED = re.compile(r"(secret|excel)\b", re.IGNORECASE)
# YAML 1.2 core schema, §10.3.2
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# no data of an office nests deeper; libyaml's own composer would overflow the stack
DEEPEST = 50
# values that aliases may add to a file: a few lines of aliases of aliases would stand for millions
MOST_COPIED = 100_000
# values of a file, keys among them
MOST_VALUES = 400_000
NOT_YAML = N_("看这一行和上一行的缩进、冒号、引号、括号")
# a key and a full-width colon where YAML asks for ": "
WIDE_COLON = re.compile(r"[ \t]*(?:-[ \t]+)?([^\s#\"':：-][^:：]*)：")
# a tag and what it marks in one, and one in Chinese
GLUED = re.compile(r"!(?:secret[^\s,\]}]+|[密涉]\S*)", re.IGNORECASE)
TAB = re.compile(r" *\t")
NUMBERS = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
# .nan, -.inf
NO_NUMBERS = re.compile(r"\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF)")


def read(text: str, name: str) -> Node:
    """Return the tree of a YAML text, built from its events: however deep it nests, nothing recurses."""
    tree = _Tree(name)
    for event in _events(text, name):
        if isinstance(event, yaml.CollectionStartEvent):
            tree.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            tree.close()
        elif isinstance(event, yaml.ScalarEvent):
            tree.scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            tree.alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and tree.root is not None:
            raise tree.fault(event, N_("一个文件只能有一份数据"), N_("删去多出来的 ---"))
    if tree.root is None:
        raise InputError(Fault(N_("文件是空的"), file=name, hint=N_("照 examples/ 里的样子填写")))
    return tree.root


class _Tree:
    """A tree of Nodes as it grows: the collections not yet closed, the anchors met, the root once there is one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self._open: list[tuple[Any, list[Node]]] = []
        self._anchors: dict[str, Node] = {}
        self._copied = self._count = 0

    def open(self, event: Any) -> None:
        """Begin a list or a mapping."""
        if len(self._open) >= DEEPEST:
            raise self.fault(event, N_("嵌套太深"), N_("数据不需要这么多层"))
        self._open.append((event, []))

    def close(self) -> None:
        """End the innermost list or mapping."""
        start, inner = self._open.pop()
        if isinstance(start, yaml.MappingStartEvent):
            for key in inner[::2]:
                if key.secret:
                    hint = N_("!secret 写在冒号后面、值的前面")
                    raise InputError(Fault(N_("键不能标密"), {}, hint, self.name, key.line, key.column))
            self._add(start, tuple(zip(inner[::2], inner[1::2], strict=True)), "map")
        else:
            self._add(start, tuple(inner), "list")

    def scalar(self, event: Any) -> None:
        """Add a scalar, or a reference to what a workbook holds."""
        if event.tag == EXCEL_TAG:
            mark = event.start_mark
            self._name(event, Node(event.value, "reference", event.value, mark.line + 1, mark.column + 1))
            return
        is_null = event.value in NULLS and not event.style
        value, kind = _scalar(event.value, plain=not event.style and (event.tag != SECRET_TAG or is_null))
        self._add(event, value, kind, event.value)

    def alias(self, event: Any) -> None:
        """Add once more what an anchor names; an anchor not yet closed names nothing."""
        if event.anchor not in self._anchors:
            raise self.fault(event, N_("没有 &{anchor} 这个锚点"), N_("先定义，再引用"), anchor=event.anchor)
        node = self._anchors[event.anchor]
        self._copied += node.size
        if self._copied > MOST_COPIED:
            raise self.fault(event, N_("引用展开后太大"), N_("数据不需要这么多重复"))
        self._put(node)

    def fault(self, event: Any, message: str, hint: str, **fields: object) -> InputError:
        """Return the error of a fault at an event."""
        mark = event.start_mark
        return InputError(Fault(message, fields, hint, self.name, mark.line + 1, mark.column + 1))

    def _add(self, event: Any, value: Any, kind: str, typed: str = "") -> None:
        tag = event.tag or ""
        if tag == EXCEL_TAG:
            raise self.fault(event, N_("!excel 后面要写一个位置"), N_("如 !excel 台账.xlsx#指标!B3"))
        parted = PARTED.match(typed) if tag == "!" else None
        if parted or (tag not in IDLE_TAGS and tag != SECRET_TAG):
            written = f"! {parted[0]}" if parted else tag if tag.startswith("!") else f"!<{tag}>"
            written = f"!!{tag.removeprefix(OWN)}" if tag.startswith(OWN) else written
            hint = N_("涉密的值用 !secret，取表格里的值用 !excel")
            raise self.fault(event, N_("不认识的标签 {tag}"), hint, tag=written)
        mark = event.start_mark
        self._name(event, Node(value, kind, typed, mark.line + 1, mark.column + 1, tag == SECRET_TAG))

    def _name(self, event: Any, node: Node) -> None:
        """Add a node, under the anchor of its event if it has one."""
        if event.anchor:
            self._anchors[event.anchor] = node
        self._put(node)

    def _put(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_VALUES:
            fields = {"most": MOST_VALUES}
            raise InputError(Fault(N_("数据太大"), fields, N_("最多 {most} 个值"), self.name, node.line or None))
        if self._open:
            self._open[-1][1].append(node)
        else:
            self.root = node


def _events(text: str, name: str) -> Iterator[yaml.Event]:
    """Yield the events of a YAML text. Raises InputError where it is none."""
    try:
        yield from yaml.parse(text, Loader=Loader)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        code = error.character if isinstance(error.character, int) else ord(error.character[:1])
        raise InputError(
            Fault(
                N_("有控制字符 U+{code:04X}"),
                {"code": code},
                N_("删去这个看不见的字符"),
                name,
                before.count("\n") + 1,
                len(before) - before.rfind("\n"),
            )
        ) from None
    except yaml.MarkedYAMLError as error:
        raise InputError(_unreadable(text, error.problem_mark or error.context_mark, name)) from None


def _unreadable(text: str, mark: yaml.Mark | None, name: str) -> Fault:
    """Return the fault of a text that is no YAML: what is wrong in our words, where it most likely is.

    The reader's own words are in English and change with its version; its mark may stand a line too low.
    """
    if mark is None:
        return Fault(N_("不是正确的 YAML"), {}, NOT_YAML, name)
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1)
    before = "\n".join((*lines[:number], lines[number][: mark.column]))
    if sum(map(before.count, "[{")) - sum(map(before.count, "]}")) > DEEPEST:
        return Fault(N_("嵌套太深"), {}, N_("数据不需要这么多层"), name, number + 1, mark.column + 1)
    for at in (number, number - 1):
        if at >= 0 and (found := WIDE_COLON.match(lines[at])):
            hint = N_("改成半角的冒号加一个空格，如 {key}: …")
            return Fault(
                N_("不是正确的 YAML：键后面用了全角的冒号“：”"), {"key": found[1]}, hint, name, at + 1, found.end(1) + 1
            )
    if (found := GLUED.search(lines[number])) is not None:
        message, hint = N_("不是正确的 YAML：标签 {tag} 写法不对"), N_("写 !secret，空一格，再写值")
        return Fault(message, {"tag": found[0]}, hint, name, number + 1, found.start() + 1)
    if (found := TAB.match(lines[number])) is not None:
        return Fault(N_("不是正确的 YAML：行首有制表符"), {}, N_("缩进只用空格"), name, number + 1, found.end())
    return Fault(N_("不是正确的 YAML"), {}, NOT_YAML, name, mark.line + 1, mark.column + 1)


def _scalar(text: str, plain: bool) -> tuple[str | Decimal | bool | None, str]:
    if plain and text in NULLS:
        return None, "none"
    if plain and text in FLAGS:
        return FLAGS[text], "flag"
    if plain and NUMBERS.fullmatch(text):
        return reading.number(text), "number"
    if plain and NO_NUMBERS.fullmatch(text):
        return Decimal("NaN" if "n" in text.lower()[:2] else "Infinity"), "number"
    return (None, "none") if reading.is_blank(text) else (text, "text")
