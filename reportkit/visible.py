"""Text as it can be shown: what a terminal would obey, or would turn a line about, shown as its number."""

from __future__ import annotations

import re

# C0 but for the tab, C1, marks that turn the direction about, ends of lines and paragraphs, halves of pairs; the halves
# that bytes of a file's name become which are no text go out as those bytes
TURNING = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb"
OBEYED = re.compile(f"[\x00-\x08\x0a-\x1f\x7f-\x9f{TURNING}\ud800-\udc7f\udd00-\udfff]")
# the same in JSON, where ends of lines stand between its words and C0 is escaped within them
IN_JSON = re.compile(f"[\x7f-\x9f{TURNING}\ud800-\udfff]")
LAST_BYTE = 0xFF


def line(text: str) -> str:
    r"""Return `text` as one line that a terminal only shows: ESC as \x1b."""
    return OBEYED.sub(_numbered, text)


def lines(text: str) -> str:
    """Return `text` of several lines, each such that a terminal only shows it."""
    return "\n".join(map(line, text.split("\n")))


def json(text: str) -> str:
    """Return JSON as JSON of the same meaning that a terminal only shows."""
    return IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _numbered(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code <= LAST_BYTE else f"\\u{code:04x}"
