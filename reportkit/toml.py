"""TOML files: a path in, its tables and the line of each key out. tomllib keeps no lines, and speaks English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportkit import regular
from reportkit.errors import N_, Fault, InputError, reason

Key = tuple[str, ...]
BASIC, LITERAL = r'"(?:[^"\\\n]|\\.)*"', r"'[^'\n]*'"
PART = rf"(?:{BASIC}|{LITERAL}|[A-Za-z0-9_-]+)"
DOTTED = rf"{PART}(?:[ \t]*\.[ \t]*{PART})*"
HEAD = re.compile(rf"[ \t]*(?P<open>\[\[?)[ \t]*(?P<key>{DOTTED})[ \t]*\]")
PAIR = re.compile(rf"[ \t]*(?P<key>{DOTTED})[ \t]*=")
# what a value is made of, as far as its end is to be found
TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+|' + r"'''.*?'''+|" + rf"{BASIC}|{LITERAL}|#[^\n]*|[\[{{]|[\]}}]|\n|[^\s\"'#\[\]{{}}]+|.",
    re.DOTALL,
)
# what an office types where TOML asks for something else
WIDE_SIGN = re.compile(r"[ \t]*[^=#]*?([＝：:])")
BARE_CHINESE = re.compile(r"[ \t]*(?:\[\[?)?[^\"'=#\]]*[^\x00-\x7f][^=#\]]*[\]=]")
WIDE_QUOTES = re.compile(r"[^=#\"']*=[^\"'#]*[“”‘’＂＇]")
# of a dotted key: beyond, it takes the reader's time and memory
MOST_PARTS = 100
LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True)
class Toml:
    """A TOML file: its tables, and the line of each key path that is written in it."""

    file: str
    tables: Mapping[str, Any]
    lines: Mapping[Key, int] = field(repr=False)

    def line(self, path: Key) -> int | None:
        """Return the line on which `path` is written, or what is above it; None if neither is."""
        return next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), None)


def read(path: Path) -> Toml:
    """Return the TOML file at `path`. Raises InputError with file and line, in our words."""
    name = str(path)
    try:
        text = regular.read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(Fault(N_("不是 UTF-8 编码"), {}, N_("另存为 UTF-8 再试"), name)) from None
    except OSError as error:
        raise InputError(
            Fault(N_("读不了：{reason}"), {"reason": reason(error)}, N_("核对路径和文件名"), name)
        ) from None
    text = text.replace("\r\n", "\n")
    if any(part.count(".") > MOST_PARTS for part in re.split("[=\n]", text)):
        raise InputError(Fault(N_("嵌套太深"), {}, N_("用不着这么多层"), name))
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise InputError(Fault(N_("嵌套太深"), {}, N_("用不着这么多层"), name)) from None
    except ValueError as error:
        raise InputError(_unreadable(text, str(error), name)) from None
    return Toml(name, tables, dict(_lines(text)))


def _unreadable(text: str, said: str, name: str) -> Fault:
    """Return the fault of a text that is no TOML: the reader's words tell the line, the line what is wrong."""
    lines = text.split("\n")
    found = LINE.search(said)
    number = min(int(found[1]), len(lines)) if found else len(lines)
    line = lines[number - 1]
    if said.startswith(("Cannot", "Duplicate")):
        return Fault(N_("这一项前面已经写过"), {}, N_("一项只写一次，一个表名也只写一次"), name, number)
    if WIDE_QUOTES.match(line):
        return Fault(N_("不是正确的 TOML：用了中文的引号"), {}, N_('文字用半角的引号 "'), name, number)
    if "=" not in line and (wide := WIDE_SIGN.match(line)):
        hint, fields = N_("写成 键 = 值"), {"sign": wide[1]}
        return Fault(N_("不是正确的 TOML：键后面用了“{sign}”"), fields, hint, name, number)
    if BARE_CHINESE.match(line):
        hint = N_("中文的键和文字都加引号")
        return Fault(N_("不是正确的 TOML：中文没有加引号"), {}, hint, name, number)
    hint = N_("看这一行的引号、括号和等号：一行一项，写成 键 = 值，文字加引号")
    return Fault(N_("不是正确的 TOML"), {}, hint, name, number)


def _lines(text: str) -> Iterator[tuple[Key, int]]:
    """Yield each key path of a right TOML text with the line it is written on; of an inline table, its own."""
    at, line = 0, 1
    above: Key = ()
    told: set[Key] = set()
    while at < len(text):
        start = at
        if head := HEAD.match(text, at):
            path = above = _parts(head["key"])
            at = _line_end(text, head.end())
        elif pair := PAIR.match(text, at):
            path = (*above, *_parts(pair["key"]))
            at = _value_end(text, pair.end())
        else:
            path = ()
            at = _line_end(text, at)
        for end in range(1, len(path) + 1):
            if path[:end] not in told:
                told.add(path[:end])
                yield path[:end], line
        line += text.count("\n", start, at)


def _parts(key: str) -> Key:
    """Return the parts of a dotted key, unquoted."""
    return tuple(_unquoted(part) for part in re.findall(PART, key))


def _unquoted(part: str) -> str:
    return next(iter(tomllib.loads(f"{part} = 0"))) if "\\" in part else part.strip("\"'")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _value_end(text: str, at: int) -> int:
    """Return where the line ends on which the value at `at` does."""
    depth = 0
    for token in TOKEN.finditer(text, at):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            return token.end()
    return len(text)
