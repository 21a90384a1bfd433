"""Facts and a genre in, words out: jinja2, sandboxed and strict, where no value is ever a blank."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import jinja2
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from reportkit import assets, disk
from reportkit.errors import N_, InputError
from reportkit.facts import seal
from reportkit.facts.arithmetic import ROUNDINGS, exactly
from reportkit.facts.fact import Fact, Lack, Record, Rows, every_fact
from reportkit.facts.shape import FIGURE
from reportkit.words import mistakes, outline
from reportkit.words.budget import counted
from reportkit.words.genre import TEMPLATE, Genre
from reportkit.words.refused import Refused
from reportkit.words.sandbox import Sandbox
from reportkit.words.say.filters import FIGURES, ROUNDED, filters
from reportkit.words.sources import Sources

# sixteen hundred pages
LONGEST = 1_000_000
# part of a compiled template's file name: to be raised when the environment's options change
COMPILED = "4"
# the names at the top of the data that is being told of
_known: ContextVar[tuple[str, ...]] = ContextVar("_known", default=())


class Gap(jinja2.Undefined):
    """What a template finds where the data has nothing.

    An optional field is false and empty, and an error if printed. Anything else is a name the schema does not have:
    an error at once.
    """

    __slots__ = ()

    def _place(self) -> str:
        parts = (_path(self._undefined_obj), self._undefined_name)
        return ".".join(str(part) for part in parts if part not in ("", None))

    def _is_optional(self) -> bool:
        owner = self._undefined_obj
        if isinstance(owner, Fact):
            return self._undefined_name in FIGURE
        return isinstance(owner, Record) and self._undefined_name in owner.absent

    def _is_lacking(self) -> bool:
        return False

    def _refuse(self) -> NoReturn:
        owner, name = self._undefined_obj, self._undefined_name
        if self._undefined_exception is SecurityError:
            hint = (
                N_("值只能印：单位写 数.单位，比较写 数.目标")
                if isinstance(owner, Fact)
                else N_("模板碰不到 Python 内部")
            )
            raise Refused(N_("模板里不许用“{name}”"), {"name": name}, hint)
        if self._is_optional():
            hint = N_("先用 if 问有没有，再印")
            raise Refused(N_("要印的这一项数据里没有"), {}, hint, self._place())
        known: Collection[str] = ()
        if isinstance(owner, TemplateModule) or "export" in (self._undefined_hint or ""):
            known = [one for one in vars(owner) if not one.startswith("_")] if owner is not missing else ()
            hint, fields = _near(str(name), known, N_("看那个文件里有哪些宏"))
            raise Refused(N_("没有“{name}”这个宏"), fields, hint)
        if self._undefined_hint:
            raise Refused(N_("调用宏时少给了“{name}”"), {"name": name}, N_("看宏是怎样写的"))
        known = [*owner.fields, *owner.absent, *owner.lacking] if isinstance(owner, Record) else _known.get()
        hint, fields = _near(str(name), known, N_("数据里有哪些项，看 schema.yaml"))
        raise Refused(N_("没有“{name}”这个名字"), {**fields, "name": self._place()}, hint, self._place())

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
        return isinstance(owner, Lack) or (isinstance(owner, Record) and self._undefined_name in owner.lacking)

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


def _near(name: str, known: Collection[str], otherwise: str) -> tuple[str, dict[str, object]]:
    """Return the hint to the one of `known` that is near a name, or `otherwise`, and the fields of either."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    fields: dict[str, object] = {"name": name, "near": "".join(near), "known": "、".join(known)}
    return N_("是不是“{near}”") if near else otherwise, fields


def _path(owner: Any) -> str:
    if isinstance(owner, Fact | Lack):
        return owner.origin.path
    return owner.path if isinstance(owner, Record) else ""


@exactly
def render(facts: Record, genre: Genre, marks: tuple[str, ...], draft: bool = False, rounding: str = "half-up") -> str:
    """Return the words of `genre` for `facts`: a line a block, every printed fact sealed.

    `marks` are the words that may stand after the @ at the start of a line. What is reckoned is rounded "half-up" or
    "half-even" (arithmetic.ROUNDINGS). What the data lacks is an error, in a draft a sealed 【待补：path】. Raises
    InputError with template file and line for a fault in the template, or a value it needs.
    """
    gap = DraftGap if draft else Gap
    environment = _environment(genre.layers, gap, marks, rounding)
    environment.globals["语"] = genre.phrases
    names = {name: gap(obj=facts, name=name) for name in genre.shape.fields if name not in facts}
    values = _gapped(facts, gap) if draft else facts
    token = _known.set((*facts.fields, *names))
    try:
        with counted(sum(1 for _ in every_fact(facts))):
            template = environment.get_template(TEMPLATE)
            _check_blocks(environment, template)
            words = template.render({**values.fields, **names})
            if len(words) > LONGEST and len(seal.opened(words)) > LONGEST:
                raise Refused(N_("模板写出来的文字太长"), {}, N_("最多 100 万字"))
            return words
    except mistakes.FAILURES as error:
        if mistakes.is_ours(error):
            raise
        raise InputError(mistakes.faults(error, genre.folder / TEMPLATE, environment.loader)) from None
    finally:
        _known.reset(token)


def _gapped(item: Any, gap: type[Gap]) -> Any:
    """Return an item of a draft's data with a gap for each value of a list that is still to come."""
    if isinstance(item, Record):
        return replace(item, fields={name: _gapped(inner, gap) for name, inner in item.fields.items()})
    if isinstance(item, Rows):
        return Rows(_gapped(inner, gap) for inner in item)
    return gap(obj=item) if isinstance(item, Lack) else item


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


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates beside their sources, in __pycache__, as Python keeps its own: a seventh of a command.

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
                disk.put({file: bucket.bytecode_to_string()})

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return where a template's code is kept; "" if nowhere."""
        source = Path(filename or "")
        if not source.is_relative_to(assets.folder("templates")):
            return ""
        return str(source.parent / "__pycache__" / f"{source.name}.{sys.implementation.cache_tag}-{COMPILED}")


@lru_cache(maxsize=16)
def _environment(layers: tuple[Path, ...], undefined: type[Gap], marks: tuple[str, ...], rounding: str) -> Sandbox:
    return Sandbox(
        filters(ROUNDINGS[rounding]),
        (*FIGURES, *ROUNDED),
        marks,
        loader=Sources(layers),
        bytecode_cache=_Compiled(),
        undefined=undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        keep_trailing_newline=True,
    )
