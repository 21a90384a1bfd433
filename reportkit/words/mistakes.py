"""Mistakes in templates: what jinja2 or Python raised in, a Fault in our words out, with the template's file and line.

The library's words are in English and change with its version: they are only looked at for what kind of mistake it is.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2

from reportkit.errors import N_, Fault, InputError
from reportkit.words.refused import MISUSED, Refused

PACKAGE = str(Path(__file__).resolve().parents[1])
FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    NameError,
    SyntaxError,
    RecursionError,
    MemoryError,
)
TAGS = ("block", "call", "else", "elif", "extends", "filter", "for", "from", "if", "import", "include", "macro", "raw",
        "set", "with", "endblock", "endcall", "endfilter", "endfor", "endif", "endmacro", "endraw", "endset", "endwith",
        )  # fmt: skip
# how jinja2 calls what it looks for
TOKENS = {
    "begin of print statement": "{{",
    "end of print statement": "}}",
    "begin of statement block": "{%",
    "end of statement block": "%}",
    "end of template": N_("模板的末尾"),
    "template data / text": N_("标签外的文字"),
    "name": N_("名字"),
    "string": N_("文字"),
    "integer": N_("一个数"),
    "float": N_("一个数"),
}
CLOSE, PAIRS = N_("补上 {{% end{tag} %}}"), N_("看括号和引号是不是成对，标点是不是半角")
KINDS = tuple(
    (re.compile(pattern, re.DOTALL), message, hint)
    for pattern, message, hint in (
        (r"Unexpected end of template.*closed is '(?P<tag>\w+)'", N_("“{tag}”没有合上"), CLOSE),
        (r"Encountered unknown tag '(?P<name>\w+)'.*(?:nesting mistake|tags: '(?P=name)').*closed is '(?P<tag>\w+)'",
         N_("“{name}”写早了，里面的“{tag}”没有合上"), CLOSE),
        (r"Encountered unknown tag '(?P<name>end\w+)'.*closed is '(?P<tag>\w+)'",
         N_("“{name}”合不上“{tag}”"), N_("改成 {{% end{tag} %}}")),
        (r"Encountered unknown tag 'end(?P<tag>\w+)'", N_("“end{tag}”前面没有“{tag}”"), N_("删去它，或补上开头")),
        (r"Encountered unknown tag '(?P<name>[^']+)'", N_("没有“{name}”这种标签"), N_("可以写：{known}")),
        (r"Missing end of (?:comment|raw)", N_("注释或 raw 没有合上"), N_("注释写作 {{# … #}}")),
        (r"[Uu]nexpected end of template", N_("模板没有写完"), PAIRS),
        (r"expected token '(?P<wanted>.+?)', got '(?P<found>.+?)'", N_("这里是“{found}”，该是“{wanted}”"), PAIRS),
        (r"unexpected char '(?P<found>.+?)' at", N_("标签里不能写“{found}”"), PAIRS),
        (r"unexpected '(?P<found>.+?)'", N_("“{found}”的位置不对"), PAIRS),
        (r"Expected an expression", N_("这里少写了东西"), PAIRS),
        (r"[Bb]lock '(?P<name>[^']+)' defined twice", N_("“{name}”这一块写了两次"), N_("留一个，或改一个名字")),
        (r"Block names", N_("块名只能用文字、数字和下划线"), N_("把横线换成下划线")),
        (r"tag name expected", N_("标签里没有写标签名"), N_("可以写：{known}")),
        (r"can't assign to|cannot assign", N_("这里不能赋值"), N_("等号左边只写一个名字")),
        (r"default argument", N_("宏的参数里，有默认值的要写在后面"), N_("换一下次序")),
        (r"extended multiple times", N_("写了两个 extends"), N_("留一个")),
        (r"No test named '(?P<name>[^']+)'", N_("没有“{name}”这种判断"), N_("如 is defined、is none")),
    )
)  # fmt: skip


def is_ours(error: BaseException) -> bool:
    """True for what was raised inside reportkit and is no refusal: a fault of its own, to be told as one."""
    if isinstance(error, (InputError, jinja2.TemplateError, RecursionError, MemoryError)):
        return False
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step is not None and step.tb_frame.f_code.co_filename.startswith(PACKAGE) and not _is_template(step)


def faults(error: BaseException, template: Path, sources: Any) -> Fault | list[Fault]:
    """Return what is wrong with a template, or with the data a filter refused, where that is.

    `template` is the file that was asked for; `sources` tells where a line of joined files was typed.
    """
    file, line = _typed_at(error, _place(error, template), sources)
    if isinstance(error, InputError):
        here, via = {"file": file, "line": line}, {"via": f"{file}:{line}"}
        return [replace(one, **(via if one.file or one.path else here)) for one in error.faults]
    if isinstance(error, Refused):
        return Fault(error.entry, error.fields, error.hint, file, line, path=error.path)
    if isinstance(error, jinja2.TemplateNotFound):
        hint = N_("只找得到模板文件夹里和随附的 .jinja 文件")
        return Fault(N_("找不到模板文件 {name}"), {"name": str(error.name)}, hint, file, line)
    if isinstance(error, jinja2.TemplateError):
        return _said(error.message or "", file, line)
    if isinstance(error, MemoryError):
        hint = N_("看看循环、宏的互相调用和文字的重复有没有尽头")
        return Fault(N_("模板用的内存或时间太多，没有做完就停下了"), {}, hint, file, line)
    if isinstance(error, RecursionError | SyntaxError):
        return Fault(N_("模板里互相调用或嵌套太深"), {}, N_("看看宏、include、extends 有没有绕回自己"), file, line)
    if isinstance(error, ZeroDivisionError):
        return Fault(N_("除以零了"), {}, N_("先用 if 问除数是不是零"), file, line)
    message, hint = MISUSED
    return Fault(message, {}, hint, file, line)


def _said(words: str, file: str, line: int | None) -> Fault:
    """Return the fault that the library's words tell of."""
    for pattern, message, hint in KINDS:
        if found := pattern.search(words):
            fields = {key: TOKENS.get(value or "", value) for key, value in found.groupdict().items()}
            near = difflib.get_close_matches(fields.get("name") or "", TAGS, n=1, cutoff=0.6)
            known = "、".join(near or TAGS[:15])
            return Fault(message, {**fields, "known": known}, hint, file, line)
    return Fault(N_("模板写法有误"), {}, N_("看这一行的标签、括号和引号"), file, line)


def _typed_at(error: BaseException, place: tuple[str, int | None], sources: Any) -> tuple[str, int | None]:
    """Return the template file and line an error is about: its own if it knows one, else `place`."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = (error.filename or place[0], error.lineno)
    if isinstance(error, Refused) and error.place:
        place = error.place
    typed: tuple[str, int | None] = sources.place(*place)
    return typed


def _place(error: BaseException, template: Path) -> tuple[str, int | None]:
    """Return the file and line of the innermost template frame in the error's traceback."""
    place: tuple[str, int | None] = (str(template), None)
    step = error.__traceback__
    while step is not None:
        if _is_template(step):
            place = (step.tb_frame.f_code.co_filename, step.tb_lineno)
        step = step.tb_next
    return place


def _is_template(step: Any) -> bool:
    file: str = step.tb_frame.f_code.co_filename
    return file.endswith(".jinja")
