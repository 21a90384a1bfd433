"""One input tried: a file of any kind in, what became of it out; a process of its own tries many, under limits."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

from reportkit import InputError, Report

SECONDS, MEMORY = 10, 1 << 30
TEMPLATE = """\
# 某县{{ 标题 if 标题 }}
{% for 段 in 正文 %}
{{ 段 }}
{% endfor %}
{{ 名单|顿 if 名单 }}共{{ 数 if 数 }}。{% for 行 in 明细 %}{{ 行.名 }}{{ 行.数 }}，{% endfor %}。
| 名 | 数 |
{% for 行 in 明细 %}
| {{ 行.名 }} | {{ 行.数 }} |
{% endfor %}
"""
SCHEMA = """\
_: leak：印出每一项
标题: text? title：标题
正文: texts? body：正文
数: figure? number：数
名单: texts? names：名单
明细:
  - _: rows?：各行
    名: text name：名
    数: figure number：数
"""
OK_DATA = "标题: 某县\n正文: [某事。]\n明细: [{名: 甲县, 数: 7个}, {名: 乙县, 数: 8个}]\n"
OK_DRAFT = "某县情况汇报\n\n各位领导：\n一、推进工作\n某事。\n附件：1.某表\n某局\n2023年9月5日\n"


class TooLong(BaseException):
    """It took longer than anything may."""


def tried(file: Path, edition: str = "final") -> str:
    """Return "built", or "refused"; whatever else an input ends in is raised."""
    folder = Path(tempfile.mkdtemp(prefix="reportkit-fuzz-"))
    try:
        for kind, text in {"schema.yaml": SCHEMA, "words.jinja": TEMPLATE}.items():
            (folder / "leak").mkdir(exist_ok=True)
            (folder / "leak" / kind).write_text(text, "utf-8")
        report = _opened(file, folder, edition)
        for kind in ("txt", "docx", "pdf"):
            report.proved(kind)
        _ = report.warnings, report.result().as_dict()
    except InputError as error:
        for fault in error.faults:
            fault.say()
        return "refused"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return "built"


def _opened(file: Path, folder: Path, edition: str) -> Report:
    """Return the report of a file: as data, a draft, or the profile, the roles or the template of another."""
    draft, data = folder / "draft.txt", folder / "data.yaml"
    draft.write_text(OK_DRAFT, "utf-8")
    data.write_text(OK_DATA, "utf-8")
    suffix, leak = file.suffix, str(folder / "leak")
    if suffix in (".yaml", ".json", ".xlsx"):
        return Report.open(file, template=leak, edition=edition)
    if suffix in (".txt", ".md"):
        return Report.typeset(file)
    if suffix == ".toml":
        return Report.typeset(draft, profile=str(file))
    if suffix == ".roles":
        return Report.typeset(draft, roles=file)
    target = "schema.yaml" if suffix == ".schema" else "words.jinja"
    (folder / "leak" / target).write_bytes(file.read_bytes())
    return Report.open(data, template=leak, edition=edition)


def repacked(raw: bytes) -> bytes:
    """Return the bytes of a workbook whose one changed sheet is `raw`."""
    import io

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tables"))
    import hostile

    made = hostile.packed({hostile.SHEET: raw})
    assert zipfile.is_zipfile(io.BytesIO(made))
    return made


def serve() -> None:
    """Read names of files from stdin and tell of each, in a line of JSON, what became of it."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def late(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, late)
    for line in sys.stdin:
        name, edition = json.loads(line)
        signal.alarm(SECONDS)
        try:
            outcome = tried(Path(name), edition)
        except BaseException:
            outcome = traceback.format_exc()
        signal.alarm(0)
        print(json.dumps(outcome), flush=True)


if __name__ == "__main__":
    serve()
