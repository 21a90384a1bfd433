"""What a template may not do: raised where it does it, told as a Fault where it is caught."""

from __future__ import annotations

from collections.abc import Mapping

import jinja2

from reportkit.errors import N_

MISUSED = N_("这一行里的东西不能这样用"), N_("文字、数、列表、一组各有各的用法：不能混着算、比、取")


class Refused(jinja2.TemplateRuntimeError):
    """What a template may not do or cannot have: an entry of the catalogue, and the data path it is about.

    `place` is a template's file and line where they are known before it runs.
    """

    def __init__(
        self,
        entry: str,
        fields: Mapping[str, object] | None = None,
        hint: str = "",
        path: str = "",
        place: tuple[str, int | None] | None = None,
    ) -> None:
        super().__init__(entry)
        self.entry, self.fields, self.hint, self.path, self.place = entry, fields or {}, hint, path, place


def misused() -> Refused:
    """Return the refusal of what cannot be done with the kind of thing it is done with."""
    message, hint = MISUSED
    return Refused(message, hint=hint)
