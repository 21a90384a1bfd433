"""The corpus: small files, each a class of input that once hurt or may; changed ones of them; what becomes of each."""

from __future__ import annotations

import random
from pathlib import Path

HERE = Path(__file__).resolve().parent / "corpus"
ROOT = HERE.parents[2]
DATA, DRAFTS, PROFILES, ROLES = (".yaml", ".json", ".xlsx"), (".txt", ".md"), (".toml",), (".roles",)
TEMPLATES = (".jinja", ".schema")
# what is put into a file: signs that mean something somewhere, and signs that should mean nothing
PIECES = [
    *"\0\x07\x1b\x7f\x85\u2028\u202e\ufeff\ufdd0\ufdd5\uffff \t\r\n\\\"'`#@|*-_=+%/:;,.!?&<>(){}[]~^$",
    *"，。：；、“”‘’（）《》〈〉【】〔〕—…·％￥！？｜　０９Ａ〇零一十百万亿𠮷😀\u0301\u200b\u200d",
    "!secret ", "!excel ", "!!", "&a ", "*a", "<<: ", "---\n", "...\n", "{{", "}}", "{%", "%}", "{#", "# ", "## ",
    "| ", "@标题 ", "**", "\\\\", "null", "true", "NaN", "Infinity", "1e999", "-0", "0x1", "1_000", "1,286个", "20余次",
    "1/3", "12.5亿元", "2023-02-30", "2023年9月5日", "第5条", "附件：", "密: ", "值: ", "单位: ", "基于: ", "模板: ",
    "版式: ", "9" * 400, "甲" * 400, "(" * 200, "[" * 200, "{" * 200, "- " * 60,
]  # fmt: skip


def files(*suffixes: str) -> list[Path]:
    """Return the files of the corpus with one of these endings, all of them if none is given."""
    return sorted(file for file in HERE.iterdir() if not suffixes or file.suffix in suffixes)


def changed(raw: bytes, draw: random.Random, others: list[bytes]) -> bytes:
    """Return `raw` changed in a few places, as `draw` has it: pieces put in, taken out, doubled, bytes turned."""
    data = bytearray(raw)
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        at, size = draw.randint(0, len(data)), draw.choice((1, 2, 5, 20, 100))
        kind = draw.randrange(7)
        if kind == 0:
            data[at:at] = draw.choice(PIECES).encode("utf-8", "surrogatepass")
        elif kind == 1:
            del data[at : at + size]
        elif kind == 2:
            data[at:at] = data[at : at + size] * draw.choice((1, 2, 30))
        elif kind == 3 and at < len(data):
            data[at] = draw.randrange(256)
        elif kind == 4:
            data[at : at + size] = draw.choice(PIECES).encode("utf-8", "surrogatepass")
        elif kind == 5:
            other = draw.choice(others)
            start = draw.randint(0, len(other))
            data[at:at] = other[start : start + draw.choice((10, 100, 1000))]
        else:
            data = bytearray(_recoded(bytes(data), draw))
    return bytes(data)


def _recoded(data: bytes, draw: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(draw.choice(("utf-16", "utf-16-le", "gb18030", "utf-8-sig", "utf-32")), "replace")
