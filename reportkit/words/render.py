"""Facts and a genre in, words out: jinja2, sandboxed and strict, where no value is ever a blank."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportkit import assets
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import seal
from reportkit.facts.arithmetic import ROUNDINGS
from reportkit.facts.fact import Fact, Record
from reportkit.facts.formats import filters
from reportkit.facts.shape import COMPARED, VALUE
from reportkit.words.genre import TEMPLATE, Genre

# part of a compiled template's file name: to be raised when the environment's options change
COMPILED = "1"


class _Lack:
    """The place, in a draft, of a group or list the data lacks."""

    def __init__(self, path: str) -> None:
        self.path = path


class Gap(jinja2.Undefined):
    """What a template finds where the data has nothing.

    An optional field is false and empty, and an error if printed. A required one (in a draft only) prints
    【待补：path】. Anything else is a name the schema does not have: an error at once.
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
        owner = self._undefined_obj
        return isinstance(owner, _Lack) or (isinstance(owner, Record) and self._undefined_name in owner.lacking)

    def _refuse(self) -> NoReturn:
        if self._is_optional():
            raise jinja2.UndefinedError(f"{self._place()}：数据里没有")
        raise jinja2.UndefinedError(f"{self._place()}：schema.yaml 里没有")

    def __str__(self) -> str:
        if not self._is_lacking():
            self._refuse()
        return seal.gap(self._place())

    def __bool__(self) -> bool:
        if self._is_lacking():
            return True
        return False if self._is_optional() else self._refuse()

    def __iter__(self) -> Iterator[Any]:
        if self._is_lacking():
            yield Gap(obj=_Lack(f"{self._place()}[0]"), name="")
        elif not self._is_optional():
            self._refuse()

    def __len__(self) -> int:
        if self._is_lacking():
            return 1
        return 0 if self._is_optional() else self._refuse()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if self._is_lacking():
            return Gap(obj=_Lack(self._place()), name=name)
        return self._refuse()

    def __getitem__(self, name: Any) -> Any:
        return self.__getattr__(str(name))

    __html__ = __str__
    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__


def _path(owner: Any) -> str:
    if isinstance(owner, Fact):
        return owner.origin.path
    return owner.path if isinstance(owner, Record | _Lack) else ""


def render(facts: Record, genre: Genre, rounding: str = "half-up") -> str:
    """Return the words of `genre` for `facts`: a line a block, every printed fact sealed.

    What is reckoned is rounded "half-up" or "half-even" (arithmetic.ROUNDINGS).

    Raises InputError with template file and line for a fault in the template, or a value it needs.
    """
    environment = _environment(genre.folder, rounding)
    names = {name: Gap(obj=facts, name=name) for name in genre.shape.fields if name not in facts}
    try:
        return environment.get_template(TEMPLATE).render({**facts.fields, **names})
    except jinja2.TemplateNotFound as error:
        raise InputError(
            Fault(N_("找不到模板文件 {name}"), {"name": str(error.name)}, file=str(genre.folder / TEMPLATE))
        ) from None
    except jinja2.TemplateSyntaxError as error:
        raise InputError(
            Fault(
                N_("模板写法有误：{problem}"),
                {"problem": error.message or ""},
                file=error.filename or str(genre.folder / TEMPLATE),
                line=error.lineno,
            )
        ) from None
    except (
        jinja2.TemplateError,
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
    ) as error:
        file, line = _place_in_template(error, genre.folder / TEMPLATE)
        raise InputError(
            Fault(
                N_("模板在这一行出错：{problem}"),
                {"problem": str(error) or type(error).__name__},
                file=file,
                line=line,
            )
        ) from None


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
def _environment(folder: Path, rounding: str) -> jinja2.Environment:
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader([folder, assets.folder("templates")]),
        bytecode_cache=_Compiled(),
        undefined=Gap,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters(ROUNDINGS[rounding]))
    return environment


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
