"""The command line: verbs, thin. The only file that prints, reads the clock or the environment."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from reportkit.errors import Fault, InputError, N_, Translate
from reportkit.facts import seal
from reportkit.facts.fact import Fact, Item, Record
from reportkit.messages import catalogue
from reportkit.report import Report, put

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


class Format(StrEnum):
    """What to write."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"


class Edition(StrEnum):
    """Which copy to make."""

    FINAL = "final"
    DRAFT = "draft"
    REDACTED = "redacted"


class Lines(StrEnum):
    """How Word is to keep the lines."""

    HELD = "held"
    FREE = "free"


class Stage(StrEnum):
    """A stage of a report."""

    FACTS = "facts"
    WORDS = "words"
    DOCUMENT = "document"
    PAGES = "pages"


class Language(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


class _Voice:
    """Where messages go: results to stdout, progress and faults to stderr, in one language."""

    def __init__(self) -> None:
        self.translate: Translate = str
        self.begun = time.perf_counter()

    def say(self, message: str, **fields: object) -> None:
        """Print a message of the catalogue to stderr, dimmed on a terminal."""
        text = self.translate(message).format(**fields)
        if sys.stderr.isatty():
            from rich.console import Console

            Console(stderr=True, highlight=False).print(text, style="dim", markup=False)
        else:
            print(text, file=sys.stderr)

    def report(self, faults: Iterable[Fault], heading: str) -> None:
        """Print a line a fault to stderr."""
        for fault in faults:
            line = self.translate(heading) + fault.say(self.translate)
            print(line.encode(sys.stderr.encoding or "utf-8", "backslashreplace").decode(sys.stderr.encoding or "utf-8"), file=sys.stderr)

    def elapsed(self) -> float:
        """Return the seconds since the command began."""
        return time.perf_counter() - self.begun


voice = _Voice()
Data = Annotated[Path, typer.Argument(help="数据文件（.yaml 或 .json）", show_default=False)]
Template = Annotated[str | None, typer.Option("--template", help="模板名或模板文件夹", show_default=False)]
ProfileName = Annotated[str | None, typer.Option("--profile", help="版式名或 .toml 文件", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="结果写成 JSON，给程序读")]


@app.callback()
def start(
    lang: Annotated[Language, typer.Option(envvar="REPORTKIT_LANG", help="提示用的语言")] = Language.ZH,
) -> None:
    """把结构化工作数据写成规范的汇报材料：Word 与 PDF 同行同页。"""
    voice.translate = catalogue(lang.value)
    voice.begun = time.perf_counter()


@app.command()
def build(
    data: Data,
    template: Template = None,
    profile: ProfileName = None,
    edition: Annotated[Edition, typer.Option(help="final 定稿，draft 讨论稿，redacted 脱敏稿")] = Edition.FINAL,
    to: Annotated[list[Format] | None, typer.Option("--to", help="输出格式，可写多次", show_default="docx pdf")] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="输出文件夹")] = Path("."),
    lines: Annotated[Lines | None, typer.Option(help="Word 里的行：held 与 PDF 一致，free 自由排", show_default=False)] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有提醒也算错")] = False,
    as_json: AsJson = False,
) -> None:
    """由数据生成文件。"""
    kinds = [kind.value for kind in dict.fromkeys(to or (Format.DOCX, Format.PDF))]
    report = Report.open(
        data, template=template, profile=profile, edition=edition.value, lines=lines.value if lines else None
    )
    made = _rendered(report, kinds)
    warnings = report.warnings
    if strict and warnings:
        raise InputError(warnings)
    voice.report(warnings, N_("提醒："))
    stem = data.stem + (".redacted" if edition is Edition.REDACTED else "")
    files = [put(out / f"{stem}.{kind}", content) for kind, content in made.items()]
    if as_json:
        print(json.dumps(_summary(report, files, warnings), ensure_ascii=False, indent=2))
    else:
        for file in files:
            print(file)
    voice.say(
        N_("完成：{pages} 页，{figures} 个数字，{count} 个文件，用时 {seconds:.2f} 秒"),
        pages=len(report.pages.pages), figures=len(report.figures), count=len(files), seconds=voice.elapsed(),
    )  # fmt: skip


def _rendered(report: Report, kinds: list[str]) -> dict[str, bytes]:
    """Return the bytes of each kind, with progress shown on a terminal."""
    if not sys.stderr.isatty():
        return {kind: report.render(kind) for kind in kinds}
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    made = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(voice.translate(N_("取数成文")), total=None)
        _ = report.document
        progress.update(task, description=voice.translate(N_("排版")))
        _ = report.pages
        for kind in kinds:
            progress.update(task, description=voice.translate(N_("写 {kind}")).format(kind=kind))
            made[kind] = report.render(kind)
    return made


def _summary(report: Report, files: list[Path], warnings: list[Fault]) -> dict[str, Any]:
    return {
        "files": [str(file) for file in files],
        "pages": len(report.pages.pages),
        "figures": [
            {"shown": one.shown, "value": str(one.value), "unit": one.unit, "origin": str(one.origin), "page": one.page}
            for one in report.figures
        ],
        "warnings": [fault.say(voice.translate) for fault in warnings],
        "seconds": round(voice.elapsed(), 3),
    }


@app.command()
def show(stage: Stage, data: Data, template: Template = None, profile: ProfileName = None, as_json: AsJson = False) -> None:
    """看一步的结果：facts 数据，words 词句，document 结构，pages 行与页。"""
    report = Report.open(data, template=template, profile=profile)
    rows = {
        Stage.FACTS: _facts_rows, Stage.WORDS: _words_rows, Stage.DOCUMENT: _document_rows, Stage.PAGES: _pages_rows,
    }[stage](report)  # fmt: skip
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print("  ".join(str(cell) for cell in row.values()))


def _facts_rows(report: Report) -> list[dict[str, object]]:
    return [
        {"path": fact.origin.path, "shown": fact.shown, "unit": fact.unit, "secret": "*" if fact.secret or fact.hidden else ""}
        for fact in _leaves(report.facts)
    ]


def _leaves(item: Item) -> Iterable[Fact]:
    if isinstance(item, Fact):
        yield item
        return
    for inner in item.fields.values() if isinstance(item, Record) else item:
        yield from _leaves(inner)


def _words_rows(report: Report) -> list[dict[str, object]]:
    return [{"line": seal.opened(line)} for line in report.words.split("\n")]


def _document_rows(report: Report) -> list[dict[str, object]]:
    return [
        {"role": str(block.role), "level": block.level or "", "spans": "|".join(span.text for span in block.spans)}
        for block in report.document.blocks
    ]


def _pages_rows(report: Report) -> list[dict[str, object]]:
    return [
        {"page": page.number, "line": number, "pin": "¶" if line.hold.pin else " ", "text": line.text}
        for page in report.pages.pages
        for number, line in enumerate(page.lines, start=1)
    ]


@app.command()
def templates() -> None:
    """列出现有的模板。"""
    from reportkit.words import genre

    for name in genre.shipped():
        print(f"{name}\t{genre.find(name).say}")


@app.command()
def profiles() -> None:
    """列出现有的版式。"""
    from reportkit.pages import profile

    for name in profile.shipped():
        print(f"{name}\t{profile.find(name).title}")


@app.command()
def fonts() -> None:
    """列出随附的字体：字体名、字数、文件。"""
    from reportkit import assets
    from reportkit.pages.face import opened

    for path in sorted(assets.folder("fonts").glob("*.ttf")):
        face = opened(path)
        print(f"{face.name}\t{len(face.cmap)}\t{path}")


def main() -> None:
    """Run the command line: exit 0 done, 1 the input is wrong, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and "utf" not in (stream.encoding or "").lower() and os.name != "nt":
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except InputError as error:
        voice.report(error.faults, N_("错误："))
        sys.exit(1)
