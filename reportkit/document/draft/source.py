"""A draft's bytes in, its rows out: any encoding offices save in, front matter apart, odd characters refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportkit import regular
from reportkit.document.draft.radicals import normalised, radicals
from reportkit.errors import N_, Fault, InputError, unreadable

SUFFIXES = (".txt", ".md")
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# a file of another encoding read as UTF-8 goes wrong nearly everywhere; a damaged one in a few places
DAMAGED = 0.1
# Latin text in UTF-16 has a zero every other byte; UTF-8 that some slipped into has few
ZEROS = 0.4
UTF_16_ENDS = {"utf-16-le": (b"\n\0", b"\r\0"), "utf-16-be": (b"\0\n", b"\0\r")}
DOS_END = b"\x1a"  # what DOS editors ended a file with
LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
REFUSED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{NONCHARACTERS}]")
# as many faults as one wants to read at a time
MOST_FAULTS = 20
MOST_SHOWN = 10  # radicals
FENCE = "---"
KEY = re.compile(r"(?:\s|#|-\s|[^\s:：]+:(?:\s|$))")
TAB_COLUMNS = 8
# characters and lines of a draft: sixteen hundred pages
LONGEST, MOST_LINES = 1_000_000, 100_000
LARGEST = 4 * LONGEST + 4  # bytes: no encoding takes more a character, and a byte order mark
WIDE = "\u3000"
# marks that take no room and are no letters: pages copied from the web and from Word are strewn with them
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
VANISHED = str.maketrans("", "", UNSEEN)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of the file: its number, its text without the white space around it, its indent in columns.

    `spaced` tells that white space stood at its end.
    """

    number: int
    text: str
    indent: int = 0
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A draft as read: its rows, the YAML before them ("" if none), its encoding, what was changed in its lines."""

    rows: tuple[DraftLine, ...]
    front: str
    encoding: str
    changed: tuple[Fault, ...] = ()


def read(path: Path, normalise: bool = False) -> Source:
    """Return the rows of a .txt or .md file; `normalise` puts characters in the place of radicals.

    Raises InputError for a file that is none, or no text.
    """
    name = str(path)
    if path.suffix.lower() not in SUFFIXES:
        hint = N_("草稿用 .txt 或 .md；Word 文件请先另存为纯文本")
        fields = {"suffix": path.suffix or N_("（无扩展名）")}
        raise InputError(Fault(N_("不认识的草稿格式 {suffix}"), fields, hint, name))
    try:
        raw = regular.read(path, LARGEST)
    except OSError as error:
        raise unreadable(name, error) from None
    text, encoding = decoded(raw, name)
    if len(text) > LONGEST:
        raise _too_long(N_("草稿有 {count} 个字，最多 {most} 个"), len(text), LONGEST, name)
    lines = LINE_END.split(text)
    if len(lines) > MOST_LINES:
        raise _too_long(N_("草稿有 {count} 行，最多 {most} 行"), len(lines), MOST_LINES, name)
    faults = [
        *_refused(lines, name),
        *(() if normalise else _radicals(lines, name, N_("有部首字符 {radicals}，不是汉字"))),
    ]
    if faults:
        raise InputError(faults)
    front = _fenced(lines)
    changed = [*_tabs(lines[front:], front, name), *_unseen(lines[front:], front, name)]
    if normalise:
        changed += _radicals(lines, name, N_("部首字符 {radicals} 换成了汉字"))
        lines = [normalised(line) for line in lines]
    rows = tuple(_row(number, line) for number, line in enumerate(lines[front:], start=front + 1))
    # the opening fence becomes an empty line, so that YAML's own line numbers are the file's
    return Source(rows, "\n".join(["", *lines[1 : front - 1]]) if front else "", encoding, tuple(changed))


def _radicals(lines: Sequence[str], name: str, message: str) -> Iterator[Fault]:
    """Yield a fault, by its first line, for the radicals in a draft."""
    found = radicals("".join(lines))
    if found:
        line = next(number for number, line in enumerate(lines, start=1) if radicals(line))
        hint = N_("多半是从 PDF 复制来的；加 --normalise 换成汉字，或重新打字")
        yield Fault(message, {"radicals": found[:MOST_SHOWN]}, hint, name, line)


def _tabs(lines: Sequence[str], front: int, name: str) -> Iterator[Fault]:
    """Yield a fault for each line that a tab stands in."""
    for number, line in enumerate(lines, start=front + 1):
        if "\t" in line and "\t" in stripped(line):
            yield Fault(N_("制表符按一个全角空格排"), {}, "", name, number)


def _unseen(lines: Sequence[str], front: int, name: str) -> Iterator[Fault]:
    """Yield a fault, by the first, for lines at whose ends something stood that takes no room."""
    rows = [number for number, line in enumerate(lines, start=front + 1) if stripped(line) != line.strip()]
    if rows:
        hint = N_("它们不占位置，多半是从网页或聊天里复制来的")
        yield Fault(N_("有 {count} 行的头尾有看不见的零宽字符，没有印"), {"count": len(rows)}, hint, name, rows[0])


def _too_long(message: str, count: int, most: int, name: str) -> InputError:
    return InputError(Fault(message, {"count": count, "most": most}, N_("分成几份"), name))


def decoded(raw: bytes, name: str = "") -> tuple[str, str]:
    """Return the text of `raw` and its encoding: by its byte order mark, or UTF-8, or UTF-16, or GB 18030."""
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, name), encoding
    if b"\x00" in raw and (raw.count(0) > len(raw) * ZEROS or not _is_utf_8(raw)):
        # UTF-16 shows its order in its line ends: 00 0A or 0A 00; text that is none keeps its zeros and is refused
        units = [raw[at : at + 2] for at in range(0, len(raw), 2)]
        ends = {order: sum(unit in marks for unit in units) for order, marks in UTF_16_ENDS.items()}
        encoding = max(ends, key=lambda order: ends[order]) if any(ends.values()) else "utf-8"
        return _strictly(raw, encoding, name), encoding
    raw = raw.rstrip(DOS_END)
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        forgiven = raw.decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in forgiven)
    if forgiven.count("\ufffd") <= foreign * DAMAGED:
        return _strictly(raw, "utf-8", name), "utf-8"
    return _strictly(raw, "gb18030", name), "gb18030"


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        fields = {"encoding": encoding.upper(), "byte": f"0x{raw[error.start]:02X}"}
        hint = N_("另存为 UTF-8 再试")
        raise InputError(
            Fault(N_("按 {encoding} 读不下去：字节 {byte} 不成字"), fields, hint, name, line, column)
        ) from None


def _refused(lines: Sequence[str], name: str) -> Iterator[Fault]:
    """Yield a fault for each control character and noncharacter, the first few."""
    count = 0
    for number, line in enumerate(lines, start=1):
        for found in REFUSED.finditer(line):
            count += 1
            if count > MOST_FAULTS:
                return
            code = ord(found[0])
            control = unicodedata.category(found[0]) == "Cc"
            what = N_("有控制字符 U+{code:04X}") if control else N_("有非字符 U+{code:04X}")
            yield Fault(what, {"code": code}, N_("删去这个看不见的字符"), name, number, found.start() + 1)


def _fenced(lines: Sequence[str]) -> int:
    """Return how many lines front matter takes: `---`, lines that look like YAML, `---`; 0 if there is none."""
    if lines[0].rstrip() != FENCE:
        return 0
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return number + 1
        if line.strip() and not KEY.match(line):
            return 0
    return 0


def _row(number: int, line: str) -> DraftLine:
    """Return a row; a tab within a line aligns and is no letter: it is set as one ideographic space."""
    text = stripped(line)
    inset = line[: line.index(text)].expandtabs(TAB_COLUMNS) if text else ""
    return DraftLine(number, text.replace("\t", WIDE), columns(inset), line != line.rstrip())


def stripped(line: str) -> str:
    """Return a line without the white space, and what takes no room, at its ends."""
    while (text := line.strip().strip(UNSEEN)) != line:
        line = text
    return line


def seen(text: str) -> str:
    """Return what one sees of `text`: without the marks in it that take no room."""
    return text.translate(VANISHED)


def reach(text: str, count: int) -> int:
    """Return the offset in `text` up to which one sees `count` characters."""
    at = 0
    while count:
        count -= text[at] not in UNSEEN
        at += 1
    return at


def columns(text: str) -> int:
    """Return the width of `text` in columns of a terminal: two for a wide character, one for others."""
    if text.isascii():
        return len(text)
    return sum([2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text])
