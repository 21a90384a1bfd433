"""What went wrong with a user's input: one Fault a place, raised together as one InputError.

A message is an entry of the catalogue: a Chinese template with named fields, translated when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark for the catalogue"
    """Mark a catalogue entry where it is written; return it unchanged."""
    return message


@dataclass(frozen=True)
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

    def say(self, translate: Translate = str) -> str:
        """Return the fault as one line in the language of `translate`."""
        fields = {
            key: translate(value) if isinstance(value, str) and value else value for key, value in self.fields.items()
        }
        text = translate(self.message).format(**fields)
        hint = translate(self.hint).format(**fields) if self.hint else ""
        said = translate("：").join(part for part in (self.where(), text) if part)
        said += translate("（{hint}）").format(hint=hint) if hint else ""
        return said + (translate("，模板 {via}").format(via=self.via) if self.via else "")


class InputError(ValueError):
    """The input is wrong; `faults` says where and how to mend it."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(fault.say() for fault in self.faults))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        return InputError, (self.faults,)


class ProofError(RuntimeError):
    """A file read back does not hold the pages it was made of: a fault of reportkit's own, and nothing is written."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.say())

    def __reduce__(self) -> tuple[type[ProofError], tuple[Fault]]:
        return ProofError, (self.fault,)
