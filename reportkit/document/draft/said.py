"""What the user says of a draft: front matter and a file of roles in, kinds by line out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reportkit.data import reading, yaml
from reportkit.data.node import Node
from reportkit.document.draft import shapes
from reportkit.document.draft.kinds import Kind
from reportkit.document.draft.source import DraftLine, decoded
from reportkit.errors import N_, Fault, InputError, reason

KEYS = {"版式": "profile", "日期": "date", "作者": "author", "角色": "roles"}
LINE_NUMBER = rf"([0-9]{{1,{shapes.MOST_DIGITS}}})"
NUMBERS = re.compile(rf"{LINE_NUMBER}(?:\s*[-–—~～至]\s*{LINE_NUMBER})?")
ENTRY = re.compile(r"\s*(?P<where>.+?)\s*[:：]\s*(?P<kind>[^:：]+?)\s*")
QUOTES = "\"'“”"


@dataclass(frozen=True, slots=True)
class Entry:
    """One saying: where (line numbers, or how a line begins), the kind named, and where it was said."""

    where: str
    kind: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Front:
    """What front matter says: the profile's name, the document's date and author, and kinds."""

    profile: str = ""
    written: date | None = None
    author: str = ""
    entries: tuple[Entry, ...] = field(default=())


def front(text: str, file: str) -> Front:
    """Return what YAML front matter says; its line numbers are the file's."""
    if not text.strip():
        return Front()
    node = yaml.read(text, file)
    faults: list[Fault] = []
    found: dict[str, Node] = {}
    for key, value in node.pairs:
        name = KEYS.get(key.typed, key.typed)
        if name not in KEYS.values():
            fields = {"key": key.typed, "known": "、".join(KEYS)}
            faults.append(Fault(N_("草稿开头没有“{key}”这一项"), fields, N_("可用：{known}"), file, key.line))
        found[name] = value
    if node.kind != "map":
        faults.append(Fault(N_("草稿开头的 --- 之间要是一组键和值"), {}, N_("如 版式: gbt9704"), file, 1))
    day = found.get("date")
    written = reading.day(day.typed) if day and day.kind != "none" else None
    if day and day.kind != "none" and written is None:
        faults.append(Fault(N_("“{text}”不是日期"), {"text": day.typed}, N_("写成 2023-09-05"), file, day.line))
    if faults:
        raise InputError(faults)
    roles = found.get("roles")
    entries = tuple(Entry(key.typed, value.typed, file, key.line) for key, value in roles.pairs) if roles else ()
    given = (name for name in ("profile", "author") if name in found and found[name].kind != "none")
    names = {name: found[name].typed for name in given}
    return Front(written=written, entries=entries, **names)


def entries(path: Path) -> tuple[Entry, ...]:
    """Return the sayings of a file of roles: lines like `12: 正文`, `3-5: 标题`, `本文件自: 正文`; # is a remark."""
    file = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        fields = {"reason": reason(error)}
        raise InputError(Fault(N_("读不了这个文件：{reason}"), fields, file=file)) from None
    found, faults = [], []
    for number, line in enumerate(decoded(raw, file)[0].splitlines(), start=1):
        entry = ENTRY.fullmatch(line)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if entry:
            found.append(Entry(entry["where"].strip(QUOTES), entry["kind"], file, number))
        else:
            faults.append(Fault(N_("看不懂这一行"), {}, N_("写成 行号: 角色，如 12: 正文"), file, number))
    if faults:
        raise InputError(faults)
    return tuple(found)


def kinds(said: Iterable[Entry], rows: Sequence[DraftLine]) -> dict[int, Kind]:
    """Return the kind said of each line, by its number in the draft. Raises InputError for what fits no line."""
    faults: list[Fault] = []
    found: dict[int, Kind] = {}
    for entry in said:
        numbers, kind = list(_lines(entry.where, rows)), _kind(entry.kind)
        if kind is None:
            fields = {"kind": entry.kind, "known": "、".join(Kind)}
            faults.append(Fault(N_("没有“{kind}”这种角色"), fields, N_("可用：{known}"), entry.file, entry.line))
        elif not numbers:
            hint = N_("行号照编辑器里的数；也可写那一行开头的字")
            faults.append(Fault(N_("草稿里没有这一行：{where}"), {"where": entry.where}, hint, entry.file, entry.line))
        else:
            found |= dict.fromkeys(numbers, kind)
    if faults:
        raise InputError(faults)
    return found


def _kind(name: str) -> Kind | None:
    """Return the kind of a Chinese name, or of an English one: 一级标题, heading 1."""
    english = re.sub("[ -]", "_", name).upper()
    return Kind(name) if name in set(Kind) else Kind.__members__.get(english)


def _lines(where: str, rows: Sequence[DraftLine]) -> Iterator[int]:
    """Yield the numbers of the lines with text that `where` names."""
    span = NUMBERS.fullmatch(where)
    low, high = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
    for row in rows:
        if row.text and (low <= row.number <= high if span else row.text.startswith(where)):
            yield row.number
