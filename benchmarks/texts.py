"""The two texts every tool sets: the speech of examples/jingxin, and a report of 20,000 characters beside it.

Both are data files of reportkit, so that every printed value is known: docxtpl gets it as a tag. No two
documents of a run are alike, or a tool that remembers its last document would be measured for remembering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path

import yaml

from reportkit import Report
from reportkit.document.nodes import Block, Document

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SPEECH = ROOT / "examples/jingxin/data.yaml"
SENTENCES = (ROOT / "examples/jingxin/expected.txt", ROOT / "examples/jiaotong/expected.txt")
LONG_GENRE = HERE / "long"
# the value of the speech's data that differs from round to round
SPEECH_COUNT = "!secret 7次"

CHAPTERS, SECTIONS, SENTENCES_EACH, NAMES_EACH = 8, 5, 5, 5
SUBJECTS = (
    "规模以上工业增加值", "固定资产投资", "社会消费品零售总额", "高新技术企业数", "铁水联运量", "新增就业人数",
    "一般公共预算收入", "技术合同成交额", "农村公路养护里程", "数字经济核心产业产值", "专精特新企业数",
)  # fmt: skip
# the 3755 commonest hanzi of GB 2312, from 16-1 (rows of 94) on: names made of them vary the glyphs as real ones do
COMMON_ROWS, COMMON_HANZI, ROW, FIRST = 0xB0, 3755, 94, 0xA1
UNITS = ("亿元", "万人", "家", "公里", "万吨")
THEMES = (
    "突出规划引领", "强化项目支撑", "深化改革攻坚", "优化营商环境", "补齐民生短板", "守牢安全底线", "建强基层队伍",
    "推动数字转型", "做优县域经济", "畅通物流通道", "健全长效机制",
)  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A text in its data: `made` gives the data file's contents for a number that differs every round."""

    name: str
    folder: Path
    template: str | None
    document: Document = field(repr=False)

    def file(self, number: int) -> Path:
        """Write the data file with `number` as one of its values; return its path."""
        path = self.folder / f"{self.name}-{number}.yaml"
        path.write_text(long_data(number) if self.template else speech_data(number), "utf-8")
        return path

    def report(self, number: int) -> Report:
        """Return the report of the data with `number` in it, no stage of it computed yet."""
        return Report.open(self.file(number), template=self.template)

    @property
    def characters(self) -> int:
        """How many characters the text has, marks and numbering included."""
        return sum(len(block.text) for block in self.document.blocks)


def texts(folder: Path) -> tuple[Text, Text]:
    """Return the speech and the long report; `folder` takes their data files."""
    return _text("speech", folder, None), _text("long", folder, str(LONG_GENRE))


def _text(name: str, folder: Path, template: str | None) -> Text:
    text = Text(name, folder, template, Document(()))
    return replace(text, document=text.report(7).document)


def changed(document: Document, number: int, everywhere: bool) -> Document:
    """Return `document` with `number` after the first value of one paragraph, or of every paragraph."""
    blocks = list(document.blocks)
    bearing = [at for at, block in enumerate(blocks) if any(span.fact for span in block.spans)]
    for at in bearing if everywhere else bearing[len(bearing) // 2 :][:1]:
        blocks[at] = _numbered(blocks[at], number)
    return replace(document, blocks=tuple(blocks))


def _numbered(block: Block, number: int) -> Block:
    at = next(at for at, span in enumerate(block.spans) if span.fact)
    spans = list(block.spans)
    spans[at] = replace(spans[at], text=f"{spans[at].text}{number}")
    return replace(block, spans=tuple(spans))


def speech_data(number: int) -> str:
    """Return the speech's data file with `number` for one of its counts."""
    data = SPEECH.read_text("utf-8")
    if data.count(SPEECH_COUNT) != 1:
        raise SystemExit(f"{SPEECH.name} has changed: {SPEECH_COUNT} is not in it once")
    return data.replace(SPEECH_COUNT, f"!secret {number}次")


def long_data(number: int) -> str:
    """Return the long report's data file: sentences of both examples in ever new order, and figures."""
    sentences = _sentences()
    chapters = []
    for chapter in range(CHAPTERS):
        sections = [_section(chapter * SECTIONS + section, sentences, number) for section in range(SECTIONS)]
        chapters.append({"名称": f"{THEMES[chapter % len(THEMES)]}，推动工作见行见效", "节": sections})
    data = {
        "标题": "全市现代化产业体系和交通运输体系建设情况的报告",
        "称谓": "各位领导：",
        "章": chapters,
        "结束语": "以上报告，请审议。",
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _section(index: int, sentences: list[str], number: int) -> dict[str, object]:
    """Return the data of section `index`; a step that shares no factor with the pool varies the order."""
    step = 7 + 2 * (index % 3)
    chosen = [sentences[(index * 5 + step * at) % len(sentences)] for at in range(SENTENCES_EACH)]
    indicators = [
        {
            "名称": SUBJECTS[(index + at) % len(SUBJECTS)],
            "数值": f"{number + index * 3 + at}.{at + 1}{UNITS[(index + at) % len(UNITS)]}",
            "增幅": f"{(index * 7 + at * 3) % 20 + 1}.{index % 10}%",
        }
        for at in range(3)
    ]
    return {
        "名称": f"{THEMES[(index * 4 + 3) % len(THEMES)]}抓落实",
        "话": chosen,
        "时段": f"今年1—{index % 11 + 2}月",
        "地方": f"{_name(index * 7, 2)}县",
        "企业": [f"{_name(index * 31 + at, 3)}公司" for at in range(NAMES_EACH)],
        "指标": indicators,
    }


def _name(seed: int, length: int) -> str:
    """Return `length` common hanzi, ever others for ever other seeds."""
    places = [(seed * 89 + at * 1201) % COMMON_HANZI for at in range(length)]
    return "".join(bytes((COMMON_ROWS + place // ROW, FIRST + place % ROW)).decode("gb2312") for place in places)


def _sentences() -> list[str]:
    """Return the sentences of both examples, without their numbering, a short one joined to the next."""
    found: list[str] = []
    for path in SENTENCES:
        lines = [line for line in path.read_text("utf-8").split("\n") if len(line) > 100]
        for line in lines:
            found += re.findall(r"[^。]+。", re.sub("^[一二三四]、", "", line))
    pairs = zip(found, islice(cycle(found), 1, None), strict=False)
    return [one if len(one) >= 25 else one + after for one, after in pairs]
