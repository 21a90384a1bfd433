"""Facts and a genre in, words out: jinja2, sandboxed and strict, where no value is ever a blank."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import jinja2
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError

from reportkit import assets
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import seal
from reportkit.facts.arithmetic import ROUNDINGS
from reportkit.facts.fact import Fact, Record, every_fact
from reportkit.facts.formats import filters
from reportkit.facts.shape import COMPARED, VALUE
from reportkit.words import outline
from reportkit.words.genre import TEMPLATE, Genre
from reportkit.words.refused import Refused
from reportkit.words.sandbox import Sandbox, counted
from reportkit.words.sources import Sources

# sixteen hundred pages
LONGEST = 1_000_000
# part of a compiled template's file name: to be raised when the environment's options change
COMPILED = "2"


class Gap(jinja2.Undefined):
    """What a template finds where the data has nothing.

    An optional field is false and empty, and an error if printed. Anything else is a name the schema does not have:
    an error at once.
    """

    __slots__ = ()

    def _place(self) -> str:
        return ".".join(part for part in (_path(self._undefined_obj), self._undefined_name) if part)

    def _is_optional(self) -> bool:
        owner = self._undefined_obj
        if isinstance(owner, Fact):
            return self._undefined_name in COMPARED or self._undefined_name in VALUE
        return isinstance(owner, Record) and self._undefined_name in owner.absent

    def _is_lacking(self) -> bool:
        return False

    def _refuse(self) -> NoReturn:
        if self._undefined_exception is SecurityError:
            raise Refused(N_("模板里不许用“{name}”"), {"name": self._undefined_name}, N_("模板碰不到 Python 内部"))
        if self._is_optional():
            hint = N_("先用 if 问有没有，再印")
            raise Refused(N_("要印的这一项数据里没有"), {}, hint, self._place())
        fields = {"name": self._place()}
        raise Refused(N_("没有“{name}”这个名字"), fields, N_("数据里有哪些项，看 schema.yaml"), self._place())

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
        self._refuse()

    def __str__(self) -> str:
        self._refuse()

    def __bool__(self) -> bool:
        return False if self._is_optional() else self._refuse()

    def __iter__(self) -> Iterator[Any]:
        if not self._is_optional():
            self._refuse()
        yield from ()

    def __len__(self) -> int:
        return 0 if self._is_optional() else self._refuse()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._refuse()

    def __getitem__(self, name: Any) -> Any:
        self._refuse()

    def __html__(self) -> str:
        return str(self)

    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__
    __call__ = __neg__ = __pos__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = (
        _fail_with_undefined_error
    )
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = (
        _fail_with_undefined_error
    )
    __lt__ = __le__ = __gt__ = __ge__ = _fail_with_undefined_error


class DraftGap(Gap):
    """What a template finds, in a draft, where the data has nothing.

    What a field the schema has would print is 【待补：path】 and goes on as that through lists, parts and sums; a
    required one is there for every question a template asks of it.
    """

    __slots__ = ()

    def _is_lacking(self) -> bool:
        owner = self._undefined_obj
        return isinstance(owner, Record) and self._undefined_name in owner.lacking

    def _is_known(self) -> bool:
        return self._is_lacking() or self._is_optional()

    def __str__(self) -> str:
        if not self._is_known():
            self._refuse()
        return seal.gap(self._place())

    def __bool__(self) -> bool:
        return self._is_lacking() or super().__bool__()

    def __iter__(self) -> Iterator[Any]:
        if self._is_lacking():
            yield self
        else:
            yield from super().__iter__()

    def __len__(self) -> int:
        return 1 if self._is_lacking() else super().__len__()

    def __getattr__(self, name: str) -> Any:
        return self if self._is_known() and not name.startswith("_") else super().__getattr__(name)

    def __getitem__(self, name: Any) -> Any:
        return self if self._is_known() else super().__getitem__(name)

    def _and_on(self, *_: Any, **__: Any) -> Any:
        return self if self._is_known() else self._refuse()

    def _holds(self, _: Any) -> bool:
        return self._is_lacking() or self._refuse()

    __call__ = __neg__ = __pos__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _and_on
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _and_on
    __lt__ = __le__ = __gt__ = __ge__ = _holds


def _path(owner: Any) -> str:
    if isinstance(owner, Fact):
        return owner.origin.path
    return owner.path if isinstance(owner, Record) else ""


def render(facts: Record, genre: Genre, draft: bool = False, rounding: str = "half-up") -> str:
    """Return the words of `genre` for `facts`: a line a block, every printed fact sealed.

    What is reckoned is rounded "half-up" or "half-even" (arithmetic.ROUNDINGS). What the data lacks is an error, in a
    draft a sealed 【待补：path】. Raises InputError with template file and line for a fault in the template, or a value
    it needs.
    """
    gap = DraftGap if draft else Gap
    environment = _environment(genre.layers, gap, rounding)
    environment.globals["语"] = genre.phrases
    names = {name: gap(obj=facts, name=name) for name in genre.shape.fields if name not in facts}
    try:
        with counted(sum(1 for _ in every_fact(facts))):
            template = environment.get_template(TEMPLATE)
            _check_blocks(environment, template)
            words = template.render({**facts.fields, **names})
            if len(words) > LONGEST and len(seal.opened(words)) > LONGEST:
                raise Refused(N_("模板写出来的文字太长"), {}, N_("最多 100 万字"))
            return words
    except _FAILURES as error:
        place = _place_in_template(error, genre.folder / TEMPLATE)
        raise InputError(_faults(error, *_typed_at(error, place, environment.loader))) from None


def _check_blocks(environment: Sandbox, template: jinja2.Template) -> None:
    """Refuse what a template, or one it extends, would print nowhere; nothing if they go round or are not there."""
    chain: dict[str, jinja2.Template] = {TEMPLATE: template}
    loader: Any = environment.loader
    while beneath := outline.extended(loader.text(list(chain)[-1])):
        if beneath in chain or not loader.text(beneath):
            return
        chain[beneath] = environment.get_template(beneath)
    names = list(chain)
    for at, name in enumerate(names[:-1]):
        if own := environment.outlines.get(name):
            outline.check(own, (block for under in names[at + 1 :] for block in chain[under].blocks))


_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    SyntaxError,
    RecursionError,
    MemoryError,
)


def _typed_at(error: BaseException, place: tuple[str, int | None], sources: Any) -> tuple[str, int | None]:
    """Return the template file and line an error is about: its own if it knows one, else `place`."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = (error.filename or place[0], error.lineno)
    if isinstance(error, Refused) and error.place:
        place = error.place
    typed: tuple[str, int | None] = sources.place(*place)
    return typed


def _faults(error: BaseException, file: str, line: int | None) -> Fault | list[Fault]:
    """Return what is wrong with a template, at `file` and `line`, or with the data a filter refused, where that is."""
    if isinstance(error, InputError):
        here, via = {"file": file, "line": line}, {"via": f"{file}:{line}"}
        return [replace(one, **(via if one.file or one.path else here)) for one in error.faults]
    if isinstance(error, Refused):
        return Fault(error.entry, error.fields, error.hint, file, line, path=error.path)
    if isinstance(error, jinja2.TemplateNotFound):
        hint = N_("只找得到模板文件夹里和随附的 .jinja 文件")
        return Fault(N_("找不到模板文件 {name}"), {"name": str(error.name)}, hint, file, line)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Fault(N_("模板写法有误：{problem}"), {"problem": error.message or ""}, "", file, line)
    if isinstance(error, RecursionError | MemoryError | SyntaxError):
        return Fault(N_("模板里互相调用或嵌套太深"), {}, N_("看看宏、include、extends 有没有绕回自己"), file, line)
    problem = str(error) or type(error).__name__
    return Fault(N_("模板在这一行出错：{problem}"), {"problem": problem}, "", file, line)


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates beside their sources, in __pycache__, as Python keeps its own: saves 40 ms a command.

    For the shipped templates only: a folder of somebody else's could bring compiled code that its text hides.
    Where the folder cannot be written nothing is kept.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if its template was compiled before from the same text."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            if bucket.key:
                bucket.bytecode_from_string(Path(bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code, whole or not at all."""
        with suppress(OSError):
            if bucket.key:
                file = Path(bucket.key)
                file.parent.mkdir(exist_ok=True)
                scratch = file.with_suffix(f".{os.getpid()}")
                scratch.write_bytes(bucket.bytecode_to_string())
                scratch.replace(file)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return where a template's code is kept; "" if nowhere."""
        source = Path(filename or "")
        if not source.is_relative_to(assets.folder("templates")):
            return ""
        return str(source.parent / "__pycache__" / f"{source.name}.{sys.implementation.cache_tag}-{COMPILED}")


@lru_cache(maxsize=16)
def _environment(layers: tuple[Path, ...], undefined: type[Gap], rounding: str) -> Sandbox:
    return Sandbox(
        filters(ROUNDINGS[rounding]),
        loader=Sources(layers),
        bytecode_cache=_Compiled(),
        undefined=undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        keep_trailing_newline=True,
    )


def _place_in_template(error: BaseException, template: Path) -> tuple[str, int | None]:
    """Return the file and line of the innermost template frame in the error's traceback."""
    place: tuple[str, int | None] = (str(template), None)
    step = error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if file.endswith(".jinja"):
            place = (file, step.tb_lineno)
        step = step.tb_next
    return place
