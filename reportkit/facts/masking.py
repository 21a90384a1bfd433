"""What a redacted edition is made of: a record in, the same without its secrets and what gives them back out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportkit.errors import N_, Fault, InputError
from reportkit.facts import conceal, reckoning
from reportkit.facts.conceal import MaskName
from reportkit.facts.fact import Fact, Record, every_fact
from reportkit.facts.reckoning import Betrayal
from reportkit.facts.shape import Shape

# what the rest gives back: hide some of the rest too; refuse, and say what gives what back
ReckonedName = Literal["hide", "refuse"]
RECKONED: tuple[ReckonedName, ...] = ("hide", "refuse")
# figures of a reckoning that are named
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Masking:
    """How secrets are hidden: what is printed for one, what becomes of one that the rest gives back.

    `allowed` are the paths of secret figures that may be reckoned from the rest.
    """

    mask: MaskName = "shape"
    reckoned: ReckonedName = "hide"
    allowed: tuple[str, ...] = ()


def masked(record: Record, shape: Shape, masking: Masking) -> tuple[Record, list[Fault]]:
    """Return `record`, whose shape is `shape`, without what is secret, and a Fault for each figure hidden beside it.

    Raises InputError where the rest gives a secret back and that is refused, and for an allowed path of no secret.
    """
    if faults := list(_unknown(record, masking.allowed)):
        raise InputError(faults)
    guarded, betrayals = reckoning.guarded(record, shape, masking.allowed)
    if betrayals and masking.reckoned == "refuse":
        raise InputError(map(_refused, betrayals))
    return conceal.concealed(guarded, masking.mask), list(map(_told, betrayals))


def _unknown(record: Record, allowed: tuple[str, ...]) -> Iterator[Fault]:
    secret = [fact.origin.path for fact in every_fact(record) if fact.is_figure and fact.is_secret]
    for path in allowed:
        if path not in secret:
            near = difflib.get_close_matches(path, secret, n=1, cutoff=0.5)
            hint = N_("是不是“{near}”") if near else N_("写成 show facts 印出来的样子，如 工业.产值.目标")
            yield Fault(N_("没有“{path}”这个涉密的数"), {"path": path, "near": "".join(near)}, hint)


def _told(one: Betrayal) -> Fault:
    hint = N_("要它看得见：换一个标密，或用 --allow {secret} 放行")
    return _fault(N_("由 {by} 能推算出涉密的 {secret}，所以 {also} 也隐去了"), hint, one, one.also)


def _refused(one: Betrayal) -> Fault:
    hint = N_("把 {also} 也标密；或用 --reckoned hide 替你隐去，用 --allow {secret} 放行")
    return _fault(N_("由 {by} 能推算出涉密的 {secret}"), hint, one, one.secret)


def _fault(message: str, hint: str, one: Betrayal, at: Fact) -> Fault:
    names = [fact.origin.path for fact in one.by]
    more = "……" if len(names) > MOST_NAMED else ""
    fields = {
        "by": "、".join(names[:MOST_NAMED]) + more, "secret": one.secret.origin.path, "also": one.also.origin.path,
    }  # fmt: skip
    return Fault(message, fields, hint, at.origin.file, at.origin.line or None, path=at.origin.path)
