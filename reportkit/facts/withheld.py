"""What stands for the value of a Fact in a redacted edition: it is there, and whatever asks what it is is refused."""

from __future__ import annotations

from typing import Any, Literal, NoReturn

from reportkit.errors import N_, Fault, InputError

Kind = Literal["figure", "text", "date"]
# what a computed or respelt value prints in a redacted edition: as long for every value there may be
MASK = "**"


class HiddenError(InputError):
    """Something depends on a value that a redacted edition does not have; `say.filters` has words for that."""


class Withheld:
    """The value of a concealed Fact: of which kind it was and where it stands, and nothing else of it.

    Asked anything (is it 3, is it more, what does it print) it raises HiddenError: an answer would tell the secret.
    """

    __slots__ = ("_file", "_line", "kind", "path")

    def __init__(self, kind: Kind, path: str, file: str = "", line: int = 0) -> None:
        self.kind, self.path, self._file, self._line = kind, path, file, line

    def __repr__(self) -> str:
        return f"Withheld({self.path!r})"

    def refuse(self, *_: Any, **__: Any) -> NoReturn:
        """Raise HiddenError, with the place of the value."""
        hint = N_("模板不能拿它判断、比较、排序、计算；先用“隐去”问，如 if 数|隐去，另写一句")
        message = N_("脱敏稿里这个值隐去了，模板却要按它来写，写出来就泄露了它")
        raise HiddenError(Fault(message, {}, hint, self._file, self._line or None, path=self.path))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self.refuse()

    @property
    def __html__(self) -> Any:
        self.refuse()

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = refuse
    __hash__ = __bool__ = __str__ = __format__ = refuse
    __int__ = __float__ = __index__ = __abs__ = __neg__ = __pos__ = __round__ = refuse
    __len__ = __iter__ = __contains__ = __getitem__ = refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = refuse
