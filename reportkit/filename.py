"""What a report's files are called: its title, cleaned of what a file system refuses, and its edition."""

from __future__ import annotations

import os
import re
import unicodedata
from itertools import accumulate

UNTITLED = "无标题"
# what no name may hold on Windows, each by its full-width double: a redacted title keeps its asterisks, as ＊
REFUSED = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in '\\/:*?"<>|'})
# half a character; those that stand for a byte of a file's name, which need not be text, are kept
HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")
# control and format characters show nothing, and some turn a name about
UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cn")
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|(COM|LPT)[0-9¹²³])(\.|$)", re.IGNORECASE)
LONGEST = 200  # bytes of UTF-8; file systems stop at 255, and an ending comes on top


def filename(title: str, suffix: str = "") -> str:
    """Return the name, without an ending, of a file that is called `title` and is of the edition `suffix`."""
    seen = "".join(letter for letter in HALF.sub("", title) if unicodedata.category(letter) not in UNSEEN)
    short = _cut(seen.translate(REFUSED).strip(), LONGEST - len(_encoded(suffix))).rstrip(". ")
    # a leading dot would hide the file
    name = (re.sub(r"^\.", "．", short) or UNTITLED) + suffix
    if RESERVED.match(name):
        name = f"_{name}"
    # where the locale is ASCII, names go out as the bytes of UTF-8 all the same
    return os.fsdecode(_encoded(name))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _cut(text: str, room: int) -> str:
    """Return as much of the head of `text` as `room` bytes hold."""
    ends = accumulate(len(_encoded(letter)) for letter in text[: room + 1])
    return text[: sum(end <= room for end in ends)]
