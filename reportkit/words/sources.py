"""Sources: the name a template gives of another in, its text out, from the genre's folders and the shipped one only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import dropwhile
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path

from reportkit import assets, regular
from reportkit.errors import N_, reason
from reportkit.shelf import source
from reportkit.words.refused import Refused

SUFFIX = ".jinja"
SHIPPED, GENRES, MACROS = "reportkit", "genres", "phrases"
# the shipped templates are a tenth of it
LONGEST = 60_000


class Sources(jinja2.BaseLoader):
    """Finds templates in `layers` (a genre's folder, then those it builds on), then in the shipped folder.

    `genres/NAME/…` is a file of a genre built on or of one beneath it, `reportkit/…` always the shipped file. Files
    of macros, under phrases/, are laid one over another: a macro written again replaces the one beneath for all that
    call it.
    """

    def __init__(self, layers: tuple[Path, ...]) -> None:
        self.layers = layers
        self._joined: dict[str, list[tuple[Path, int]]] = {}

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of `template`, its file, and whether that is still as it was read."""
        files = self._files(template)
        if not files:
            raise jinja2.TemplateNotFound(template)
        read = list(map(source, files))
        texts = [_text(file) for file in files]
        top = str(files[-1])
        self._joined[top] = [(file, text.count("\n") + 1) for file, text in zip(files, texts, strict=True)]
        return "\n".join(texts), top, lambda: read == list(map(source, self._files(template)))

    def text(self, template: str) -> str:
        """Return the text of `template`, "" if there is none."""
        try:
            return "\n".join(map(_text, self._files(template)))
        except jinja2.TemplateNotFound:  # a name that leads out of the folders
            return ""

    def place(self, file: str, line: int | None) -> tuple[str, int | None]:
        """Return where line `line` of the text read as `file` was typed: files laid one over another count on."""
        for part, length in self._joined.get(file, ()):
            if line is None or line <= length:
                return str(part), line
            line -= length
        return file, line

    def _files(self, name: str) -> list[Path]:
        """Return the files that `name` stands for, the one beneath first; none where it may not look."""
        parts = split_template_path(name)
        shipped = assets.folder("templates")
        places = [(folder, parts) for folder in (*self.layers, shipped)]
        if parts[0] == SHIPPED:
            places = [(shipped, parts[1:])]
        elif parts[0] == GENRES and len(parts) > 1:
            beneath = dropwhile(lambda folder: folder.name != parts[1], self.layers[1:])
            places = [*((folder, parts[2:]) for folder in beneath), (shipped, parts)]
        found = [file for folder, inner in places if (file := _inside(folder, inner))]
        return found[::-1] if parts[0] == MACROS else found[:1]


def _inside(folder: Path, parts: list[str]) -> Path | None:
    """Return the template file at `parts` in `folder`, unless a link leads out of it."""
    file = folder.joinpath(*parts)
    try:
        inside = file.suffix == SUFFIX and file.is_file() and file.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):  # no name of a file
        return None
    return file if inside else None


def _text(file: Path) -> str:
    try:
        text = regular.read(file).decode("utf-8-sig").replace("\r\n", "\n")
    except (UnicodeDecodeError, OSError) as error:
        problem = N_("不是 UTF-8 编码") if isinstance(error, UnicodeDecodeError) else reason(error)
        raise Refused(
            N_("读不了模板文件 {name}：{problem}"), {"name": str(file), "problem": problem}, place=(str(file), None)
        ) from None
    if len(text) > LONGEST:
        raise Refused(
            N_("模板文件 {name} 太长"), {"name": str(file)}, N_("一个模板不超过 6 万字"), place=(str(file), None)
        )
    return text
