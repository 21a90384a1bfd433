"""What went wrong: one Fault a place, raised together as one error; a user's input is wrong: InputError.

A message is an entry of the catalogue: a Chinese template with named fields, translated when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark for the catalogue"
    """Mark a catalogue entry where it is written; return it unchanged."""
    return message


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
        return said + (translate("，模板 {via}").format(via=self.via) if self.via else "")

    def _said(self, translate: Translate) -> dict[str, object]:
        return {
            key: translate(value) if isinstance(value, str) and value else value for key, value in self.fields.items()
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
