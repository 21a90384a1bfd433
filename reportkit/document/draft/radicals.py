"""Radicals in the place of characters, as text copied from a PDF has them: text in, the same in characters out.

⼀⽣⽔ look like 一生水 and are other characters (Unicode: Kangxi Radicals, CJK Radicals Supplement).
"""

from __future__ import annotations

import re
import unicodedata

FIRST, LAST = 0x2F00, 0x2FD5  # Kangxi Radicals, each compatible with a character
# of the supplement those that are a whole character: what each stands for
SUPPLEMENT = dict(
    zip(
        *(
            "⺁⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
            "厂母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        ),
        strict=True,
    )
)
CHARACTERS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(FIRST, LAST + 1)}
CHARACTERS |= {ord(radical): character for radical, character in SUPPLEMENT.items()}
RADICAL = re.compile(f"[{''.join(map(chr, CHARACTERS))}]")


def radicals(text: str) -> str:
    """Return the radicals in `text` that stand for characters, each once."""
    return "".join(dict.fromkeys(RADICAL.findall(text)))


def normalised(text: str) -> str:
    """Return `text` with characters in the place of radicals."""
    return text.translate(CHARACTERS)
