"""Long drafts of official prose, made of the sentences in sentences.txt: a seed in, words in template markup out.

`python tests/agreement/generate.py FOLDER` writes the dozen drafts that the agreement is measured on.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

SENTENCES = Path(__file__).resolve().parent / "sentences.txt"
# a draft a length in characters
LENGTHS = (5000, 5500, 6500, 8000, 9500, 12000, 14000, 17000, 20000, 24000, 30000)
SLOT = re.compile(r"\{(.)\}")


def draft(seed: int, length: int, sentences: Path = SENTENCES) -> str:
    """Return a draft of `length` characters or a little more; the same for the same seed."""
    dice = random.Random(seed)
    lines = [line for line in sentences.read_text("utf-8").split("\n")[1:] if line]
    bodies, heads, leads = ([line for line in lines if is_kind(line)] for is_kind in (_is_body, _is_head, _is_lead))
    words = [f"# 关于明川市{2020 + seed % 6}年经济社会发展和重点工作推进情况的报告", "", "@称谓 各位代表：", ""]
    count = sum(map(len, words))
    while count < length:
        block = _section(dice, bodies, heads, leads)
        words += block
        count += sum(map(len, block))
    return "\n".join(
        [*words, "", "@落款 明川市人民政府", f"@日期 {2020 + seed % 6}年{1 + seed % 12}月{1 + seed % 28}日", ""]
    )


def _is_body(line: str) -> bool:
    return line[0] not in "#@"


def _is_head(line: str) -> bool:
    return line.startswith("## ")


def _is_lead(line: str) -> bool:
    return line.startswith("@")


def _section(dice: random.Random, bodies: list[str], heads: list[str], leads: list[str]) -> list[str]:
    """Return a heading of any level, standing or run-in, and a few paragraphs of few or many sentences."""
    depth = dice.choice((1, 2, 2, 2, 3, 3, 4))
    head = "#" * depth + dice.choice(heads)[1:]
    paragraphs = [
        "".join(_filled(dice, line) for line in dice.sample(bodies, dice.choice((1, 2, 3, 4, 6, 9))))
        for _ in range(dice.randint(1, 3))
    ]
    if dice.random() < 0.3:
        paragraphs[-1] = dice.choice(leads)[1:] + paragraphs[-1]
    run_in = dice.random() < 0.5
    return [head + "。" if run_in else head, *([] if run_in else [""]), *paragraphs, ""]


def _filled(dice: random.Random, line: str) -> str:
    """Return a sentence with a figure in every slot."""
    return SLOT.sub(lambda slot: FIGURES[slot[1]](dice), line)


def _count(dice: random.Random) -> str:
    return dice.choice((str(dice.randint(2, 99)), str(dice.randint(100, 9999)), f"{dice.randint(1000, 99999):,}"))


def _share(dice: random.Random) -> str:
    return dice.choice((f"{_decimal(dice)}%", f"{dice.randint(5, 95)}%", f"近{dice.randint(2, 9)}0%"))


def _decimal(dice: random.Random) -> str:
    return f"{dice.randint(0, 99)}.{dice.randint(1, 9)}"


FIGURES = {
    "数": _count,
    "点": _decimal,
    "率": _share,
    "年": lambda dice: f"{dice.randint(2021, 2030)}",
    "月": lambda dice: f"{dice.randint(2, 12)}",
    "日": lambda dice: f"{dice.randint(1, 28)}",
    "号": lambda dice: f"〔{dice.randint(2019, 2025)}〕{dice.randint(1, 120)}号",
    "元": lambda dice: f"{dice.randint(1, 3000)}.{dice.randint(1, 99)}{dice.choice(('亿元', '亿元', '万元'))}",
}


def main() -> None:
    """Write the drafts into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for seed, length in enumerate(LENGTHS, start=1):
        (folder / f"{seed:02}-{length}.txt").write_text(draft(seed, length), "utf-8")


if __name__ == "__main__":
    main()
