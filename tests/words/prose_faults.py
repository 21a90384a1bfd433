"""What no sentence of a finished text may hold, each with its name."""

from __future__ import annotations

import re

FAULTS = {
    "两个标点连用": r"[、，；：。][、，；：。]",
    "引号、书名号里是空的，或标点在引号边上": r"“”|《》|[“《][、，；。]|[、，；：][”》]",
    "顿号在“和”“等”前": r"、(?:和(?!平|谐|美)|等)",
    "约数的词用了两个": r"(?:近|约|超)[\d.]+[^，。；]{0,4}(?:左右|上下|余|多(?![项个种]))",
    "增减的词后面是负数": r"(?:增长|下降|提高|降低|增加|减少|高于|低于|快于|慢于|前移|后移)-",
    "减少几倍": r"(?:下降|减少|降低)[\d.]+倍",
    "只有一条却编了号": r"(?<!第)一是(?![^。]*二是)|一要(?![\s\S]*二要)|第一，要(?![\s\S]*第二，要)",
    "印出了程序里的东西": r"None|True|False|Undefined|[{}\[\]]",
    "空一格": r" ",
}
# a heading under which there is nothing: the next line is a heading of the same or a higher level, or the end
LEVELS = (re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"（[一二三四五六七八九十]+）"))


def found(text: str) -> list[str]:
    """Return each fault of a text with what stands about it."""
    told = []
    for name, wrong in FAULTS.items():
        told += [f"{name}：…{text[max(0, at.start() - 12) : at.end() + 12]}…" for at in re.finditer(wrong, text)]
    lines = [line for line in text.split("\n") if line]
    levels = [next((number for number, shape in enumerate(LEVELS) if shape.match(line)), None) for line in lines]
    for line, own, after in zip(lines, levels, [*levels[1:], 0], strict=True):
        alone = own is not None and "。" not in line  # else it runs on into its text
        if alone and after is not None and after <= own:
            told.append(f"标题下面没有文字：{line}")
    return told
