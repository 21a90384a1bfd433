"""What a report's files are called: its title, cleaned of what a file system refuses, and its edition."""

from __future__ import annotations

import os
import re
import unicodedata

UNTITLED = "无标题"
# what no name may hold on Windows, each by its full-width double: a redacted title keeps its asterisks, as ＊
REFUSED = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in '\\/:*?"<>|'})
# control and format characters show nothing, and some turn a name about
UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cn")
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|(COM|LPT)[0-9¹²³])(\.|$)", re.IGNORECASE)
LONGEST = 200  # bytes of UTF-8; file systems stop at 255, and an ending and a scratch name come on top


def filename(title: str, suffix: str = "") -> str:
    """Return the name, without an ending, of a file that is called `title` and is of the edition `suffix`."""
    seen = "".join(letter for letter in title if unicodedata.category(letter) not in UNSEEN)
    room = LONGEST - len(suffix.encode())
    short = seen.translate(REFUSED).strip().encode()[:room].decode(errors="ignore").rstrip(". ")
    # a leading dot would hide the file
    name = (re.sub(r"^\.", "．", short) or UNTITLED) + suffix
    if RESERVED.match(name):
        name = f"_{name}"
    # where the locale is ASCII, names go out as the bytes of UTF-8 all the same
    return os.fsdecode(name.encode())
