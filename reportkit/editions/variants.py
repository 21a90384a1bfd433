"""Characters that write the same word: nothing in, each variant with its common form out (長 → 长, 峯 → 峰)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("variants.txt")
REMARK = "#"


@cache
def variants() -> dict[str, str]:
    """Return the common form of each traditional, regional or Japanese character that has one."""
    rows = TABLE.read_text("utf-8").splitlines()
    return {letter: row[0] for row in rows if not row.startswith(REMARK) for letter in row[1:]}
