"""The command line: verbs, thin. The only file that prints, reads the clock or the environment."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportkit import arguments, ending, files, streams, visible
from reportkit.errors import N_, Fault, InputError, ReportkitError, Translate, reason
from reportkit.messages import LANGUAGE_VARIABLE, catalogue, language
from reportkit.report import Report
from reportkit.result import Result
from reportkit.stages import STAGES
from reportkit.writers import FormatName

# the folder of one's own templates; without it, that of the XDG base directories
TEMPLATES_VARIABLE, CONFIG_VARIABLE = "REPORTKIT_TEMPLATES", "XDG_CONFIG_HOME"
TOLD = 24  # characters of a line that -v prints
# what a shell says of a command that its reader left: 128 and the signal
LEFT = ending.ENDED + 13


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
        text = visible.line(self.translate(message).format(**fields))
        if sys.stderr.isatty():
            from rich.console import Console

            Console(stderr=True, highlight=False).print(text, style="dim", markup=False)
        else:
            streams.tell(text)

    def report(self, faults: Iterable[Fault], heading: str) -> None:
        """Print a line a fault to stderr."""
        for fault in faults:
            streams.tell(self.translate(heading) + fault.say(self.translate))

    def result(self, result: Result) -> None:
        """Print a result to stdout as one JSON object."""
        done = replace(result, seconds=self.elapsed())
        self.data(done.as_dict(self.translate))

    def data(self, value: object) -> None:
        """Print data to stdout as JSON."""
        print(visible.json(json.dumps(value, ensure_ascii=False, indent=2)))

    def elapsed(self) -> float:
        """Return the seconds since the command began."""
        return time.perf_counter() - self.begun


voice = _Voice()


def build(asked: argparse.Namespace) -> None:
    """Build the files of data files: all of them, or none."""

    def opened(data: Path) -> Report:
        return Report.open(
            data,
            template=asked.template,
            profile=asked.profile,
            edition=asked.edition,
            mask=asked.mask,
            reckoned=asked.reckoned,
            allow=asked.allow,
            lines=asked.lines,
            templates=_own_templates(),
            out=asked.out,
            files_from=asked.files_from,
            apart=True,
        )

    _write(asked, asked.data, opened)


def typeset(asked: argparse.Namespace) -> None:
    """Typeset a finished draft: all of its files, or none."""

    def opened(draft: Path) -> Report:
        return Report.typeset(
            draft,
            profile=asked.profile,
            lines=asked.lines,
            roles=asked.roles,
            normalise=asked.normalise,
            redact=asked.redact,
            mask=asked.mask,
            out=asked.out,
        )

    _write(asked, [asked.draft], opened)


def _typed_sources(asked: argparse.Namespace) -> Iterator[Path]:
    """Yield the files that the command line names beside the data: a template's, a profile, corrections."""
    for named in (asked.profile, getattr(asked, "roles", None), getattr(asked, "template", None)):
        path = Path(named or "")
        if named and path.is_dir():
            yield from (file for file in path.rglob("*") if file.is_file())
        elif named and path.is_file():
            yield path


def _tell_taken(result: Result) -> None:
    """Print to stderr what each line of a draft was taken for; a ? where that is not sure."""
    for one in result.taken:
        lines = str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
        kind = voice.translate(one.kind) + ("" if one.sure else "?")
        streams.tell(f"{lines}\t{kind}\t{voice.translate(one.why)}\t{one.text[:TOLD]}")


def _tell_hits(result: Result) -> None:
    """Print to stderr where each rule of a redaction was met with, and how often; never with what."""
    for one in result.hits:
        line = "" if one.line is None else str(one.line)
        place = voice.translate(one.place) + (f" {one.number}" if one.number else "")
        said = voice.translate(N_("已遮") if one.sure else N_("没有遮"))
        streams.tell(f"{line}\t{place}\t{one.rule}\t{one.count}\t{said}")


def _write(asked: argparse.Namespace, sources: Sequence[Path], opened: Callable[[Path], Report]) -> None:
    """Write the files of the report that `opened` makes of each source, and tell what was written."""
    made: dict[Path, bytes] = {}
    owners: dict[str, str] = {}
    faults: list[Fault] = []
    results = []
    for source in sources:
        try:
            report = opened(source)
            written = _rendered(report, asked)
            result = report.result(*written)
        except InputError as error:
            faults += error.faults
            continue
        faults += _clashes(report.file, written, owners) + (list(result.warnings) if asked.strict else [])
        made.update(written)
        results.append(result)
    if faults:
        raise InputError(faults)
    ending.heed()
    files.put(made, asked.force, [*sources, *_typed_sources(asked)])
    result = Result.joined(results)
    if getattr(asked, "verbose", False):
        _tell_taken(result)
        _tell_hits(result)
    voice.report(result.warnings, N_("提醒："))
    if asked.json:
        voice.result(result)
    else:
        for file in result.files:
            streams.put(str(file))
    voice.say(
        N_("完成：{pages} 页，{figures} 个数字，{count} 个文件，用时 {seconds:.2f} 秒"),
        pages=result.pages, figures=len(result.figures), count=len(result.files), seconds=voice.elapsed(),
    )  # fmt: skip


def _clashes(source: str, written: Iterable[Path], owners: dict[str, str]) -> list[Fault]:
    """Return a fault for each file that another source already is to be written to; note those of `source`."""
    faults = []
    for target in written:
        # names that some file systems take for one
        key = unicodedata.normalize("NFC", str(target)).casefold()
        if key in owners:
            fields = {"other": owners[key], "file": str(target)}
            hint = N_("改一份的标题，或用 -o 分开放")
            faults.append(Fault(N_("要写的 {file} 与 {other} 的重名"), fields, hint, source))
        owners[key] = source
    return faults


def _rendered(report: Report, asked: argparse.Namespace) -> dict[Path, bytes]:
    """Return the bytes of each file of a report, with progress shown on a terminal."""

    def placed(kind: FormatName, data: bytes) -> tuple[Path, bytes]:
        return asked.file or asked.folder / f"{report.name}.{kind}", data

    if not sys.stderr.isatty():
        return dict(placed(kind, report.proved(kind)) for kind in asked.kinds)
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    made = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(voice.translate(N_("取数成文")), total=None)
        _ = report.document
        progress.update(task, description=voice.translate(N_("排版")))
        _ = report.pages
        for kind in asked.kinds:
            progress.update(task, description=voice.translate(N_("写 {kind}")).format(kind=kind))
            made.append(placed(kind, report.proved(kind)))
    return dict(made)


def show(asked: argparse.Namespace) -> None:
    """Print a stage of a data file's report."""
    report = Report.open(
        asked.data,
        template=asked.template,
        profile=asked.profile,
        templates=_own_templates(),
        files_from=asked.files_from,
        apart=True,
    )
    rows = STAGES[asked.stage](report, voice.translate)
    if asked.json:
        voice.result(Result(rows=tuple(rows)))
    else:
        for row in rows:
            streams.put("  ".join(str(cell) for cell in row.values()))


def templates(_: argparse.Namespace) -> None:
    """Print the user's own genres and the shipped ones: name, what it is for, where it is."""
    from reportkit.words import genre

    own = _own_templates()
    faults: list[Fault] = []
    for folder in [*genre.within(own).values(), *genre.shipped().values()]:
        try:
            streams.put(f"{folder.name}\t{genre.find(str(folder), own=own).say}\t{folder}")
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)


def new(asked: argparse.Namespace) -> None:
    """Make a folder for a template of one's own."""
    from reportkit.words import genre, starter

    for file in starter.start(genre.find(asked.template, own=_own_templates(), typed=False), asked.folder):
        streams.put(str(file))


def schema(asked: argparse.Namespace) -> None:
    """Print the JSON Schema of a genre's data."""
    from reportkit.facts.schema import json_schema
    from reportkit.words import genre

    shape = genre.find(asked.template, own=_own_templates()).shape
    voice.data(json_schema(shape))


def _own_templates() -> Path:
    """Return the folder of the user's own templates, whether or not there is one."""
    given = os.environ.get(TEMPLATES_VARIABLE, "")
    config = os.environ.get(CONFIG_VARIABLE, "")
    return Path(given) if given else (Path(config) if config else Path.home() / ".config") / "reportkit" / "templates"


def profiles(_: argparse.Namespace) -> None:
    """Print the shipped profiles."""
    from reportkit.pages import profiles

    for name in profiles.shipped():
        streams.put(f"{name}\t{profiles.find(name).title}")


def fonts(_: argparse.Namespace) -> None:
    """Print the shipped faces: name, number of characters, file."""
    from reportkit import assets
    from reportkit.pages.face import opened

    for path in sorted(assets.folder("fonts").glob("*.ttf")):
        face = opened(path)
        streams.put(f"{face.name}\t{len(face.cmap)}\t{path}")


def skeleton(asked: argparse.Namespace) -> None:
    """Write an empty data file of a genre, to be filled in; never over one that is there."""
    from reportkit.words import genre

    arguments.settle_skeleton(asked)
    kind = genre.find(asked.template, own=_own_templates())
    if asked.to == "xlsx":
        from reportkit.tables import form

        content = form.workbook(kind.shape, kind.name, voice.translate)
    else:
        from reportkit.facts.skeleton import skeleton_yaml

        content = skeleton_yaml(kind.shape, kind.name).encode("utf-8")
    target: Path = asked.file or asked.folder / f"{kind.name}.{asked.to}"
    files.add(target, content)
    streams.put(str(target))


def complete(asked: argparse.Namespace) -> None:
    """Print a shell's script that completes the command line."""
    from reportkit import completion

    print(completion.SHELLS[asked.shell](arguments.parser(voice.translate)), end="")


VERBS: dict[str, Callable[[argparse.Namespace], object]] = {
    "build": build,
    "typeset": typeset,
    "show": show,
    "templates": templates,
    "profiles": profiles,
    "fonts": fonts,
    "new": new,
    "schema": schema,
    "skeleton": skeleton,
    "completion": complete,
}


def _run(words: Sequence[str]) -> int:
    """Run a command line; return its exit code: 0 done, 1 the input is wrong."""
    asked = arguments.parsed(words, voice.translate)
    try:
        VERBS[asked.verb](asked)
    except ReportkitError as error:
        voice.report(error.faults, N_("错误："))
        if getattr(asked, "json", False):
            voice.result(Result(faults=error.faults))
        return 1
    return 0


def main() -> None:
    """Run the command line; exit with 0 done, 1 the input is wrong, 2 wrong usage."""
    streams.ready()
    # one short command: nothing it allocates is worth collecting (measured: 5 % of its time)
    gc.disable()
    words = sys.argv[1:]
    voice.begin(catalogue(language(words, os.environ.get(LANGUAGE_VARIABLE, ""))))
    try:
        try:
            code: str | int | None = _run(words)
        except SystemExit as end:  # argparse has said what there is to say
            code = end.code
        # while a reader that has left, or a full disk, can still be met with here
        sys.stdout.flush()
        sys.stderr.flush()
        ending.heed()
    except BrokenPipeError:
        streams.hush(sys.stdout, sys.stderr)
        code = LEFT
    except OSError as error:  # files are told of where they are read and written: this is the output itself
        streams.hush(sys.stdout)
        streams.tell(voice.translate(N_("错误：输出写不了：{reason}")).format(reason=voice.translate(reason(error))))
        code = 1
    except MemoryError:
        streams.tell(voice.translate(N_("错误：内存不够")))
        code = 1
    except KeyboardInterrupt as stop:
        code = ending.told(stop)
    if code:
        sys.exit(code)
