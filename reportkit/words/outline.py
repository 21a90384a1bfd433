"""Outlines: a template's tree in, its blocks out; and what of it would be printed nowhere, refused."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from jinja2 import nodes

from reportkit.errors import N_
from reportkit.facts import marks
from reportkit.words.refused import Refused

COMMENT, COMMENTED = "{#", "#}"
# tags and bars of tables typed in full width: letters, that would be printed
WIDE = re.compile(r"｛[｛{%％#＃]|\{[｛％＃]|^[ \t]*｜")
EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)""")
# what holds text without printing it where it stands
HOLDERS = (nodes.Block, nodes.Macro, nodes.AssignBlock)


class Outline(NamedTuple):
    """A template: its file, the blocks that stand in no other with their lines, the first line printed outside them."""

    file: str
    blocks: Mapping[str, int]
    stray: int | None


def outline(tree: nodes.Template, source: str, file: str, names: Collection[str]) -> Outline:
    """Return the outline of a template. Raises Refused for a line whose mark is none of `names`, or that
    has a tag in full width.
    """
    for number, line in enumerate(_without_comments(source).split("\n"), start=1):
        if fault := marks.unknown(line.strip(" \t\r"), names):
            raise Refused(fault.message, fault.fields, fault.hint, place=(file, number))
        if wide := WIDE.search(line):
            typed = wide[0].strip()
            fields = {"mark": typed, "half": unicodedata.normalize("NFKC", typed)}
            raise Refused(
                N_("“{mark}”是全角的，会当作文字印出来"), fields, N_("改成半角的 {half}"), place=(file, number)
            )
    blocks = {block.name: block.lineno for block in reversed(list(_outer(tree)))}
    return Outline(file, blocks, next(_printed(tree), None))


def extended(source: str) -> str | None:
    """Return the name of the template that the template with this text extends, None if it extends none."""
    found = EXTENDS.search(_without_comments(source))
    return found[1] if found else None


def check(own: Outline, beneath: Iterable[str]) -> None:
    """Raise Refused for what would be printed nowhere, of a template that extends others with the blocks `beneath`.

    It prints nothing but its blocks, where one of those has them.
    """
    if own.stray:
        hint = N_("写了 extends 的模板只印块（block）里的，放进一个块里")
        raise Refused(N_("这一行写在块外面，印不出来"), {}, hint, place=(own.file, own.stray))
    known = list(dict.fromkeys(beneath))
    for name, line in own.blocks.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = N_("是不是“{near}”") if near else N_("可以写：{known}")
            fields = {"name": name, "near": "".join(near), "known": "、".join(known)}
            raise Refused(N_("没有“{name}”这一块，写了印不出来"), fields, hint, place=(own.file, line))


def _without_comments(source: str) -> str:
    """Return a template's text with the lines of its comments, and nothing in them."""
    parts, at = [], 0
    while (begin := source.find(COMMENT, at)) >= 0 and (end := source.find(COMMENTED, begin + len(COMMENT))) >= 0:
        parts += [source[at:begin], "\n" * source.count("\n", begin, end)]
        at = end + len(COMMENTED)
    return "".join((*parts, source[at:]))


def _outer(node: nodes.Node) -> Iterator[nodes.Block]:
    for inner in node.iter_child_nodes():
        if isinstance(inner, nodes.Block):
            yield inner
        else:
            yield from _outer(inner)


def _printed(node: nodes.Node) -> Iterator[int]:
    """Yield the line of each thing that is printed outside of blocks and macros."""
    for inner in node.iter_child_nodes():
        if isinstance(inner, HOLDERS):
            continue
        if isinstance(inner, nodes.TemplateData):
            text = inner.data.lstrip()
            if text:
                yield inner.lineno + inner.data[: -len(text)].count("\n")
        elif isinstance(node, nodes.Output) or isinstance(inner, nodes.Include):
            yield inner.lineno
        else:
            yield from _printed(inner)
