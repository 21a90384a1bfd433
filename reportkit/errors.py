"""What went wrong: one Fault a place, raised together as one error; a user's input is wrong: InputError.

A message is an entry of the catalogue: a Chinese template with named fields, translated when it is shown.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from reportkit import visible

Translate = Callable[[str], str]
# characters of a field that a message shows; the longest list of names to choose from is half of it
LONGEST = 1000
# faults that are told at a time: more are of one making, and nobody reads them
MOST_FAULTS = 500


class Entry(str):
    """An entry of the catalogue: what is translated when it is shown, as a word of the data that reads alike is not."""

    __slots__ = ()


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark for the catalogue"
    """Mark a catalogue entry where it is written; return it, marked."""
    return Entry(message)


# what the system says, in its own language and words, in ours
REASONS = {
    errno.ENOENT: N_("没有这个文件或文件夹"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("那里只能读"),
    errno.EISDIR: N_("它是文件夹"),
    errno.ENODEV: N_("它不是普通文件"),
    errno.ENOTDIR: N_("路径里有一段不是文件夹"),
    errno.EEXIST: N_("那里有同名的，不是文件夹"),
    errno.ENOTEMPTY: N_("文件夹不是空的"),
    errno.ENOSPC: N_("磁盘满了"),
    errno.EDQUOT: N_("磁盘的配额用完了"),
    errno.EFBIG: N_("文件太大"),
    errno.ENAMETOOLONG: N_("名字太长"),
    errno.ELOOP: N_("链接绕回了自己"),
    errno.EBUSY: N_("正被占用"),
    errno.EMFILE: N_("打开的文件太多"),
}
# what helps where nothing can be written, if not another folder
ROOM, SHORTER = N_("腾出地方，或换一个文件夹"), N_("换一个短些的名字")
MENDS = {errno.ENOSPC: ROOM, errno.EDQUOT: ROOM, errno.EFBIG: ROOM, errno.ENAMETOOLONG: SHORTER}


def reason(error: OSError) -> str:
    """Return why the system refused, as an entry of the catalogue."""
    return REASONS.get(error.errno or 0, N_("读写出错"))


def _short(value: str) -> str:
    """Return a field as it can stand in a line: on one line, and not beyond all measure."""
    line = " ".join(value.splitlines())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


@dataclass(frozen=True, repr=False)
class Fault:
    """One thing wrong: where it is, what it is, and how to mend it; `via`, the template's line that met with it."""

    message: str
    fields: Mapping[str, object] = field(default_factory=dict)
    hint: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""
    via: str = ""

    def where(self) -> str:
        """Return `file:line:column path`, leaving out what is not known."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part not in ("", None))
        return " ".join(part for part in (place, self.path) if part)

    def text(self, translate: Translate = str) -> str:
        """Return what is wrong, in the language of `translate`."""
        return translate(self.message).format(**self._said(translate))

    def mend(self, translate: Translate = str) -> str:
        """Return how to mend it, "" if there is nothing to say."""
        return translate(self.hint).format(**self._said(translate)) if self.hint else ""

    def say(self, translate: Translate = str) -> str:
        """Return the fault as one line in the language of `translate`."""
        said = translate("：").join(part for part in (self.where(), self.text(translate)) if part)
        if hint := self.mend(translate):
            said += translate("（{hint}）").format(hint=hint)
        return visible.line(said + (translate("，模板 {via}").format(via=self.via) if self.via else ""))

    def _said(self, translate: Translate) -> dict[str, object]:
        return {
            key: _short(translate(value) if isinstance(value, Entry) else value) if isinstance(value, str) else value
            for key, value in self.fields.items()
        }

    def __repr__(self) -> str:
        # the fields hold words of the data: they are told, but no log shows them by the way
        return f"Fault({self.where()!r}, {self.message!r})"


class ReportkitError(Exception):
    """Whatever reportkit raises: `faults` says where, what is wrong and how to mend it."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(fault.say() for fault in self.faults))

    def __reduce__(self) -> tuple[type[ReportkitError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class InputError(ReportkitError, ValueError):
    """The input is wrong."""


class ProofError(ReportkitError, RuntimeError):
    """A file read back does not hold the pages it was made of: a fault of reportkit's own, and nothing is written."""


def unwritable(path: object, error: OSError | ValueError) -> InputError:
    """Return what is told of a path that cannot be written to, for `error`."""
    number = error.errno or 0 if isinstance(error, OSError) else 0
    hint = MENDS.get(number, N_("换一个能写的文件夹，或关掉正打开着的文件"))
    why = reason(error) if isinstance(error, OSError) else N_("没有这样的文件名")
    return InputError(Fault(N_("写不了：{reason}"), {"reason": why}, hint, str(path)))


def unreadable(name: str, error: OSError) -> InputError:
    """Return what is told of a file called `name` that cannot be read, for `error`."""
    if isinstance(error, FileNotFoundError):
        return InputError(Fault(N_("没有这个文件"), {}, N_("核对路径和文件名"), name))
    return InputError(Fault(N_("读不了这个文件：{reason}"), {"reason": reason(error)}, file=name))


def enough(faults: Collection[Fault]) -> None:
    """Raise InputError once there are as many faults as anybody reads; the rest is looked at when they are mended."""
    if len(faults) >= MOST_FAULTS:
        raise InputError([*faults, Fault(N_("错处太多，后面的没有再看"), {}, N_("先改好这些"))])
