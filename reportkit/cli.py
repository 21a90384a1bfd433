"""The command line: verbs, thin. The only file that prints, reads the clock or the environment."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportkit import __version__
from reportkit.errors import N_, Fault, InputError, ProofError, Translate
from reportkit.facts import seal
from reportkit.facts.fact import every_fact
from reportkit.messages import LANGUAGES, catalogue
from reportkit.pages.profile import LINES
from reportkit.report import EDITIONS, FORMATS, Report, put

LANGUAGE_VARIABLE = "REPORTKIT_LANG"
SKELETONS = ("xlsx", "yaml")
# the folder of one's own templates; without it, that of the XDG base directories
TEMPLATES_VARIABLE, CONFIG_VARIABLE = "REPORTKIT_TEMPLATES", "XDG_CONFIG_HOME"
TOLD = 24  # characters of a line that -v prints
Rows = list[dict[str, object]]


class _Voice:
    """Where messages go: results to stdout, progress and faults to stderr, in one language."""

    def __init__(self) -> None:
        self.translate: Translate = str
        self.begun = time.perf_counter()

    def begin(self, translate: Translate) -> None:
        """Speak in the language of `translate`, and count the time from now."""
        self.translate, self.begun = translate, time.perf_counter()

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
            print(line, file=sys.stderr)

    def elapsed(self) -> float:
        """Return the seconds since the command began."""
        return time.perf_counter() - self.begun


voice = _Voice()


def build(asked: argparse.Namespace) -> None:
    """Build the files of a data file: all of them, or none."""
    data: Path = asked.data
    kinds = list(dict.fromkeys(asked.to or ("docx", "pdf")))
    report = Report.open(
        data,
        template=asked.template,
        profile=asked.profile,
        edition=asked.edition,
        lines=asked.lines,
        templates=_own_templates(),
    )
    stem = data.stem + (".redacted" if asked.edition == "redacted" else "")
    _write(report, {kind: asked.out / f"{stem}.{kind}" for kind in kinds}, asked)


def typeset(asked: argparse.Namespace) -> None:
    """Typeset a finished draft: all of its files, or none."""
    source: Path = asked.draft
    report = Report.typeset(source, profile=asked.profile, lines=asked.lines, roles=asked.roles)
    kinds = list(dict.fromkeys(asked.to or ("docx", "pdf")))
    targets = {kind: asked.out / f"{source.stem}.{kind}" for kind in kinds}
    if source.resolve() in {target.resolve() for target in targets.values()}:
        raise InputError(Fault(N_("会盖掉草稿自己"), {}, N_("用 -o 换一个文件夹"), str(source)))
    if asked.verbose:
        _tell_taken(report)
    _write(report, targets, asked)


def _tell_taken(report: Report) -> None:
    """Print to stderr what each line of a draft was taken for; a ? where that is not sure."""
    for one in report.taken:
        lines = str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
        kind = voice.translate(one.kind) + ("" if one.sure else "?")
        print(f"{lines}\t{kind}\t{voice.translate(one.why)}\t{one.text[:TOLD]}", file=sys.stderr)


def _write(report: Report, targets: dict[str, Path], asked: argparse.Namespace) -> None:
    """Write a report to the file of each kind, and tell what was written."""
    made = _rendered(report, list(targets))
    warnings = report.warnings
    if asked.strict and warnings:
        raise InputError(warnings)
    voice.report(warnings, N_("提醒："))
    files = [put(targets[kind], content) for kind, content in made.items()]
    if asked.json:
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
        return {kind: report.proved(kind) for kind in kinds}
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
            made[kind] = report.proved(kind)
    return made


def _summary(report: Report, files: list[Path], warnings: list[Fault]) -> dict[str, Any]:
    return {
        "files": [str(file) for file in files],
        "pages": len(report.pages.pages),
        "figures": [
            {
                "shown": one.shown,
                "value": None if one.value is None else str(one.value),
                "unit": one.unit,
                "origin": str(one.origin),
                "page": one.page,
            }
            for one in report.figures
        ],
        "warnings": [fault.say(voice.translate) for fault in warnings],
        **({"taken": _taken_rows(report)} if report.taken else {}),
        "seconds": round(voice.elapsed(), 3),
    }


def show(asked: argparse.Namespace) -> None:
    """Print a stage of a data file's report."""
    report = Report.open(asked.data, template=asked.template, profile=asked.profile, templates=_own_templates())
    rows = STAGES[asked.stage](report)
    if asked.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print("  ".join(str(cell) for cell in row.values()))


def _taken_rows(report: Report) -> Rows:
    return [
        {
            "first": one.first,
            "last": one.last,
            "kind": str(one.kind),
            "sure": one.sure,
            "why": voice.translate(one.why),
            "text": one.text,
        }
        for one in report.taken
    ]


def _facts_rows(report: Report) -> Rows:
    return [
        {
            "path": fact.origin.path,
            "shown": fact.shown,
            "unit": fact.unit,
            "secret": "*" if fact.secret or fact.hidden else "",
        }
        for fact in every_fact(report.facts)
    ]


def _words_rows(report: Report) -> Rows:
    return [{"line": seal.opened(line)} for line in report.words.split("\n")]


def _document_rows(report: Report) -> Rows:
    return [
        {
            "role": str(block.role),
            "level": block.level or "",
            "spans": "|".join(span.text for span in block.spans),
        }
        for block in report.document.passages()
    ]


def _pages_rows(report: Report) -> Rows:
    return [
        {"page": page.number, "line": number, "pin": "¶" if line.hold.pin else " ", "text": line.text}
        for page in report.pages.pages
        for number, line in enumerate(page.lines, start=1)
    ]


STAGES: dict[str, Callable[[Report], Rows]] = {
    "facts": _facts_rows,
    "words": _words_rows,
    "document": _document_rows,
    "pages": _pages_rows,
}


def templates(_: argparse.Namespace) -> None:
    """Print the user's own genres and the shipped ones: name, what it is for, where it is."""
    from reportkit.words import genre

    own = _own_templates()
    faults: list[Fault] = []
    for folder in [*genre.within(own).values(), *genre.shipped().values()]:
        try:
            print(f"{folder.name}\t{genre.find(str(folder), own=own).say}\t{folder}")
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)


def new(asked: argparse.Namespace) -> None:
    """Make a folder for a template of one's own."""
    from reportkit.words import genre, starter

    for file in starter.start(genre.find(asked.genre, own=_own_templates(), typed=False), asked.folder):
        print(file)


def schema(asked: argparse.Namespace) -> None:
    """Print the JSON Schema of a genre's data."""
    from reportkit.facts.schema import json_schema
    from reportkit.words import genre

    shape = genre.find(asked.genre, own=_own_templates()).shape
    print(json.dumps(json_schema(shape), ensure_ascii=False, indent=2))


def _own_templates() -> Path:
    """Return the folder of the user's own templates, whether or not there is one."""
    given = os.environ.get(TEMPLATES_VARIABLE, "")
    config = os.environ.get(CONFIG_VARIABLE, "")
    return Path(given) if given else (Path(config) if config else Path.home() / ".config") / "reportkit" / "templates"


def profiles(_: argparse.Namespace) -> None:
    """Print the shipped profiles."""
    from reportkit.pages import profile

    for name in profile.shipped():
        print(f"{name}\t{profile.find(name).title}")


def fonts(_: argparse.Namespace) -> None:
    """Print the shipped faces: name, number of characters, file."""
    from reportkit import assets
    from reportkit.pages.face import opened

    for path in sorted(assets.folder("fonts").glob("*.ttf")):
        face = opened(path)
        print(f"{face.name}\t{len(face.cmap)}\t{path}")


def skeleton(asked: argparse.Namespace) -> None:
    """Write an empty data file of a genre, to be filled in; never over one that is there."""
    from reportkit.words import genre

    kind = genre.find(asked.template, own=_own_templates())
    if asked.to == "xlsx":
        from reportkit.facts.excel import form

        content = form.workbook(kind.shape, kind.name, voice.translate)
    else:
        from reportkit.facts.skeleton import skeleton_yaml

        content = skeleton_yaml(kind.shape, kind.name).encode("utf-8")
    target: Path = asked.out if asked.out.suffix else asked.out / f"{kind.name}.{asked.to}"
    if target.exists():
        raise InputError(Fault(N_("已经有这个文件"), {}, N_("换一个文件名，免得盖掉填好的"), str(target)))
    print(put(target, content))


def _parser(translate: Translate) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, its help in one language."""
    parser = argparse.ArgumentParser(
        "reportkit", description=translate(N_("把结构化工作数据写成规范的汇报材料：Word 与 PDF 同行同页"))
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--lang", choices=LANGUAGES, help=translate(N_("提示用的语言")))
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run: Callable[[argparse.Namespace], None], say: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=translate(say), description=translate(say))
        added.set_defaults(run=run)
        return added

    def sources(of: argparse.ArgumentParser) -> None:
        of.add_argument("data", type=Path, metavar="DATA", help=translate(N_("数据文件（.yaml、.json 或 .xlsx）")))
        of.add_argument("--template", metavar="NAME|DIR", help=translate(N_("模板名或模板文件夹")))
        looks(of)

    def looks(of: argparse.ArgumentParser) -> None:
        of.add_argument("--profile", metavar="NAME|FILE", help=translate(N_("版式名或 .toml 文件")))
        of.add_argument("--json", action="store_true", help=translate(N_("结果写成 JSON，给程序读")))

    def outputs(of: argparse.ArgumentParser) -> None:
        of.add_argument(
            "--to", action="append", choices=FORMATS, help=translate(N_("输出格式，可写多次，默认 docx 和 pdf"))
        )
        of.add_argument(
            "-o",
            "--out",
            type=Path,
            default=Path(),
            metavar="DIR",
            help=translate(N_("输出文件夹，默认当前文件夹")),
        )
        of.add_argument(
            "--lines", choices=LINES, help=translate(N_("Word 里的行：held 与 PDF 一致，free 自由排，all 每行钉住"))
        )
        of.add_argument("--strict", action="store_true", help=translate(N_("有提醒也算错")))

    builds = verb("build", build, N_("由数据生成文件"))
    sources(builds)
    builds.add_argument(
        "--edition",
        choices=EDITIONS,
        default="final",
        help=translate(N_("final 定稿，draft 讨论稿，redacted 脱敏稿")),
    )
    outputs(builds)
    sets = verb("typeset", typeset, N_("排一份写好的草稿"))
    sets.add_argument("draft", type=Path, metavar="DRAFT", help=translate(N_("草稿文件（.txt 或 .md）")))
    sets.add_argument("--roles", type=Path, metavar="FILE", help=translate(N_("改正认错的行：一行一条，如 12: 正文")))
    sets.add_argument("-v", "--verbose", action="store_true", help=translate(N_("说出每一行被认作什么、为什么")))
    looks(sets)
    outputs(sets)
    shows = verb("show", show, N_("看一步的结果：facts 数据，words 词句，document 结构，pages 行与页"))
    shows.add_argument("stage", choices=STAGES)
    sources(shows)
    verb("templates", templates, N_("列出现有的模板"))
    verb("profiles", profiles, N_("列出现有的版式"))
    verb("fonts", fonts, N_("列出随附的字体：字体名、字数、文件"))
    news = verb("new", new, N_("起一个自己的模板：在随附的上面改"))
    news.add_argument("genre", metavar="NAME", help=translate(N_("以哪个模板为底")))
    news.add_argument("folder", type=Path, metavar="DIR", help=translate(N_("新文件夹")))
    schemas = verb("schema", schema, N_("打印一个模板的数据的 JSON Schema"))
    schemas.add_argument("genre", metavar="NAME|DIR", help=translate(N_("模板名或模板文件夹")))
    skeletons = verb("skeleton", skeleton, N_("写一个空的数据文件，发下去填"))
    skeletons.add_argument("template", metavar="NAME|DIR", help=translate(N_("模板名或模板文件夹")))
    skeletons.add_argument("--to", choices=SKELETONS, default=SKELETONS[0], help=translate(N_("xlsx（默认）或 yaml")))
    skeletons.add_argument(
        "-o",
        "--out",
        type=Path,
        default=Path(),
        metavar="FILE|DIR",
        help=translate(N_("写成的文件，或放它的文件夹，默认当前文件夹")),
    )
    return parser


def _language(words: list[str]) -> str:
    """Return the language asked for, before anything is parsed: errors of parsing are told in it too."""
    after = (word for flag, word in pairwise(words) if flag == "--lang")
    asked = next(after, os.environ.get(LANGUAGE_VARIABLE, ""))
    return asked if asked in LANGUAGES else LANGUAGES[0]


def main() -> None:
    """Run the command line: exit 0 done, 1 the input is wrong, 2 wrong usage."""
    # one short command: nothing it allocates is worth collecting (measured: 5 % of its time)
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and "utf" not in (stream.encoding or "").lower():
            # a file name of another encoding goes out as the bytes it came in as
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    voice.begin(catalogue(_language(sys.argv[1:])))
    try:
        asked = _parser(voice.translate).parse_args()
        asked.run(asked)
    except InputError as error:
        voice.report(error.faults, N_("错误："))
        sys.exit(1)
    except ProofError as error:
        voice.report([error.fault], N_("错误："))
        sys.exit(1)
