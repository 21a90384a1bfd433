"""The arguments of the command line: the parser of every verb, and what a verb is given."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, get_args

from reportkit import __version__, streams, visible
from reportkit.editions import EDITIONS
from reportkit.errors import N_, Fault, InputError, Translate
from reportkit.facts.conceal import MASKS
from reportkit.facts.masking import RECKONED
from reportkit.messages import LANGUAGES
from reportkit.report import Lines
from reportkit.stages import STAGES
from reportkit.writers import FORMATS

Verb = Callable[[str, str], argparse.ArgumentParser]
BUILT = ("docx", "pdf")  # what is written unless --to says otherwise
SKELETONS = ("xlsx", "yaml")
SHELLS = ("bash", "zsh", "fish")
# what looks like the ending of a file and not like the name of a folder: 稿.odt, but not 2023.9
ENDING = re.compile(r"\.([A-Za-z]\w{1,4})")


def parsed(words: Sequence[str], translate: Translate) -> argparse.Namespace:
    """Return what `words` ask for. Ends the process with 2 on wrong usage, told in the language of `translate`."""
    asked = parser(translate).parse_args(words)
    if "force" in asked:
        _settle(asked, translate)
    return asked


def _settle(asked: argparse.Namespace, translate: Translate) -> None:
    """Settle what -o means: `file`, the one file to write, or `folder`; and `kinds`, the formats to write."""
    place, folder, ending = _place(asked.out)
    given = tuple(dict.fromkeys(asked.to or ()))
    asked.file, asked.folder, asked.kinds = None, place, given or BUILT
    if ending in FORMATS:
        if len(getattr(asked, "data", ())) > 1:
            asked.parser.error(translate(N_("-o {file} 只放得下一份，数据却有几份：写文件夹")).format(file=asked.out))
        if given not in ((), (ending,)):
            told = translate(N_("-o {file} 只写一种格式，--to 却是 {kinds}：写文件夹，或去掉 --to"))
            asked.parser.error(told.format(file=asked.out, kinds=" ".join(given)))
        asked.file, asked.kinds = place, (ending,)
    elif not folder and ENDING.fullmatch(place.suffix):
        told = translate(N_("-o {file}：不会写 .{ending}，会写的有 {known}；是文件夹的，后面加 /"))
        asked.parser.error(told.format(file=asked.out, ending=ending, known=" ".join(FORMATS)))


def _place(out: str) -> tuple[Path, bool, str]:
    """Return where -o points, whether that is a folder, and what a file there would end in."""
    place = Path(out)
    folder = out.endswith(("/", os.sep)) or os.path.isdir(place)
    return place, folder, "" if folder else place.suffix.lower().removeprefix(".")


def settle_skeleton(asked: argparse.Namespace) -> None:
    """Settle what -o of a skeleton means, `file` or `folder`, and in which format it is written: `to`."""
    place, folder, ending = _place(asked.out)
    known = [asked.to] if asked.to else SKELETONS
    asked.file, asked.folder, asked.to = None, place, known[0]
    if ending in known:
        asked.file, asked.to = place, ending
    elif ending in SKELETONS or (not folder and ENDING.fullmatch(place.suffix)):
        fields = {"ending": ending, "known": "、".join(known)}
        raise InputError(Fault(N_("不会写成 .{ending}，写成 {known}"), fields, N_("是文件夹的，后面加 /"), asked.out))


class _Parser(argparse.ArgumentParser):
    """A parser that does not overlook that what it prints cannot be written; a terminal only shows what was typed."""

    def _print_message(self, message: str, file: IO[str] | None = None) -> None:  # type: ignore[override]
        if file is None or file is sys.stderr:
            for line in (message or "").removesuffix("\n").split("\n"):
                streams.tell(line)
        else:
            file.write(visible.lines(message))


def parser(translate: Translate) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, its help in one language."""
    top = _Parser("reportkit", description=translate(N_("把结构化工作数据写成规范的汇报材料：Word 与 PDF 同行同页")))
    top.add_argument("--version", action="version", version=__version__)
    _add_language(top, translate, None)
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, say: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=translate(say), description=translate(say))
        added.set_defaults(parser=added)
        # the verb's own is only heard where it is given: it would undo the one before the verb
        _add_language(added, translate, argparse.SUPPRESS)
        return added

    _add_reports(verb, translate)
    _add_templates(verb, translate)
    verb("profiles", N_("列出现有的版式"))
    verb("fonts", N_("列出随附的字体：字体名、字数、文件"))
    completes = verb("completion", N_("打印命令行补全的脚本"))
    completes.add_argument("shell", choices=SHELLS)
    return top


def _add_mask(of: argparse.ArgumentParser, translate: Translate) -> None:
    mask = translate(N_("脱敏稿里隐去的：shape 一个字符一个 *（默认），fixed 一律 **"))
    of.add_argument("--mask", choices=tuple(MASKS), default="shape", help=mask)


def _add_reckoned(of: argparse.ArgumentParser, translate: Translate) -> None:
    reckoned = translate(N_("涉密的数由别的数推算得出时：hide 再隐去几个（默认），refuse 报错"))
    of.add_argument("--reckoned", choices=RECKONED, default="hide", help=reckoned)
    allowed = translate(N_("这个涉密的数可以由别的数推算得出（可写几次）"))
    of.add_argument("--allow", action="append", default=[], metavar="PATH", help=allowed)


def _add_reports(verb: Verb, translate: Translate) -> None:
    """Add the verbs that make a report: build, typeset, show."""

    def looks(of: argparse.ArgumentParser) -> None:
        of.add_argument("--profile", metavar="NAME|FILE", help=translate(N_("版式名或 .toml 文件")))
        of.add_argument("--json", action="store_true", help=translate(N_("结果写成 JSON，给程序读")))

    def template(of: argparse.ArgumentParser) -> None:
        of.add_argument("--template", metavar="NAME|DIR", help=translate(N_("模板名或模板文件夹")))

    def elsewhere(of: argparse.ArgumentParser) -> None:
        say = translate(N_("数据里的 !excel 还可以取这个文件夹里的工作簿，默认只取数据文件旁边的"))
        of.add_argument("--files-from", type=Path, metavar="DIR", help=say)

    def outputs(of: argparse.ArgumentParser) -> None:
        to = translate(N_("输出格式，可写多次，默认 docx 和 pdf"))
        of.add_argument("--to", action="append", choices=tuple(FORMATS), help=to)
        out = translate(N_("输出文件夹，默认当前文件夹；或一个文件，格式看扩展名"))
        of.add_argument("-o", "--out", default="", metavar="DIR|FILE", help=out)
        lines = translate(N_("Word 里的行：held 与 PDF 一致，free 自由排，all 每行钉住"))
        of.add_argument("--lines", choices=get_args(Lines), help=lines)
        of.add_argument("--strict", action="store_true", help=translate(N_("有提醒也算错")))
        of.add_argument("--force", action="store_true", help=translate(N_("有人改过的文件也盖掉")))

    source = translate(N_("数据文件（.yaml、.json 或 .xlsx）"))
    builds = verb("build", N_("由数据生成文件"))
    builds.add_argument("data", type=Path, nargs="+", metavar="DATA", help=source)
    template(builds)
    elsewhere(builds)
    looks(builds)
    edition = translate(N_("final 定稿，draft 讨论稿，redacted 脱敏稿"))
    builds.add_argument("--edition", choices=tuple(EDITIONS), default="final", help=edition)
    _add_mask(builds, translate)
    _add_reckoned(builds, translate)
    outputs(builds)
    sets = verb("typeset", N_("排一份写好的草稿"))
    sets.add_argument("draft", type=Path, metavar="DRAFT", help=translate(N_("草稿文件（.txt 或 .md）")))
    sets.add_argument("--roles", type=Path, metavar="FILE", help=translate(N_("改正认错的行：一行一条，如 12: 正文")))
    normal = translate(N_("从 PDF 复制来的部首字符（⼀⽣）换成汉字"))
    sets.add_argument("--normalise", action="store_true", help=normal)
    policy = translate(N_("脱敏：隐去什么写在这个 .toml 文件里"))
    sets.add_argument("--redact", type=Path, metavar="POLICY", help=policy)
    _add_mask(sets, translate)
    sets.add_argument("-v", "--verbose", action="store_true", help=translate(N_("说出每一行被认作什么、为什么")))
    looks(sets)
    outputs(sets)
    shows = verb("show", N_("看一步的结果：facts 数据，natures 指标的性质，words 词句，document 结构，pages 行与页"))
    shows.add_argument("stage", choices=tuple(STAGES))
    shows.add_argument("data", type=Path, metavar="DATA", help=source)
    template(shows)
    elsewhere(shows)
    looks(shows)


def _add_templates(verb: Verb, translate: Translate) -> None:
    """Add the verbs that are about templates: templates, new, schema, skeleton."""
    which = translate(N_("模板名或模板文件夹"))
    verb("templates", N_("列出现有的模板"))
    news = verb("new", N_("起一个自己的模板：在随附的上面改"))
    news.add_argument("template", metavar="NAME", help=translate(N_("以哪个模板为底")))
    news.add_argument("folder", type=Path, metavar="DIR", help=translate(N_("新文件夹")))
    schemas = verb("schema", N_("打印一个模板的数据的 JSON Schema"))
    schemas.add_argument("template", metavar="NAME|DIR", help=which)
    skeletons = verb("skeleton", N_("写一个空的数据文件，发下去填"))
    skeletons.add_argument("template", metavar="NAME|DIR", help=which)
    skeletons.add_argument("--to", choices=SKELETONS, help=translate(N_("xlsx（默认）或 yaml")))
    place = translate(N_("写成的文件，或放它的文件夹，默认当前文件夹"))
    skeletons.add_argument("-o", "--out", default="", metavar="FILE|DIR", help=place)


def _add_language(to: argparse.ArgumentParser, translate: Translate, default: str | None) -> None:
    to.add_argument("--lang", choices=LANGUAGES, default=default, help=translate(N_("提示用的语言")))
