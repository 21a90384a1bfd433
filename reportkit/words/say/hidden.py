"""What a filter says of a value that a redacted edition does not have: what is true of every value it may be."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Any

from reportkit.facts.fact import Fact, Rows
from reportkit.facts.quantity import RATES, multiplied
from reportkit.facts.withheld import MASK, HiddenError, Withheld
from reportkit.words.say.ranking import value_of

# verbs that turn with the sign of their figure, and what is said where nobody may know it
EITHER_WAY = {"增长": "增减", "增加": "增减", "提高": "升降", "上升": "升降"}
# what stands for the value, in a phrase
MASKED = re.compile(r"\[(.*?)\]")
Fields = dict[str, Any]
Phrase = str | Callable[[Fact, Fields], str]


def hiding(say: Callable[..., str], phrase: Phrase) -> Callable[..., str]:
    """Return `say` as a filter that has `phrase` for what depends on a value withheld.

    {} in a phrase holds the filter's own settings by their names, or the fact's unit; [] what stands for the value.
    """
    settings = inspect.signature(say)

    @wraps(say)
    def said(first: Any, *given: object, **named: object) -> str:
        try:
            return say(first, *given, **named)
        except HiddenError:
            bound = settings.bind(first, *given, **named)
            bound.apply_defaults()
            fact = next(one for one in ([first] if isinstance(first, Fact) else first) if isinstance(one, Fact))
            return _said(fact, phrase, bound.arguments)

    return said


def is_hidden(value: object, 名: str = "") -> bool:
    """Return whether a value, or one in a list of values, is withheld: then a template says something else.

    With 名, of a list of groups: whether that withholds what they would be ordered by, the figure in their field 名.
    """
    if 名 and isinstance(value, Rows):
        return any(isinstance(value_of(row, 名), Withheld) for row in value)
    if isinstance(value, Fact):
        return value.concealed
    if hasattr(value, "__html__"):
        # what the data lacks is asked for: a name there is not is refused
        return bool(value) and False
    return isinstance(value, Iterable) and not isinstance(value, str) and any(map(is_hidden, value))


def _said(fact: Fact, phrase: Phrase, settings: Fields) -> str:
    fields = {"unit": fact.unit, "base": multiplied(fact.unit)[1], **settings}
    if not isinstance(phrase, str):
        phrase = phrase(fact, fields)
    # the value is not this fact's alone: nothing but its place goes on
    bare = replace(fact, unit="", note=(), beside=())
    parts = MASKED.split(phrase)
    texts = [part.format(**fields) for part in parts]
    return "".join(bare.withheld(text).sealed(text) if at % 2 else text for at, text in enumerate(texts))


def _named(fact: Fact, beside: str, otherwise: object) -> object:
    """Return what the data calls the figure that stands `beside` another, else `otherwise`."""
    other = fact.get(beside)
    return other["名称"] if other and "名称" in other else otherwise


def share(fact: Fact, fields: Fields) -> str:
    """Return the phrase of a share: of what, if the data names it."""
    fields["总体"] = _named(fact, "总体", "")
    return "占{总体}的[**%]" if fields["总体"] else "占比[**%]"


def completion(fact: Fact, fields: Fields) -> str:
    """Return the phrase of a completion: a percentage is beside its target, anything else a part of it."""
    fields["目标"] = _named(fact, "目标", fields["目标"])
    return "与{目标}相比[**]" if fact.unit in RATES and "完成率" not in fact else "完成{目标}的[**%]"


def rank(fact: Fact, fields: Fields) -> str:
    """Return the phrase of a rank as typed, beside the one before."""
    now = fact["位次"]
    fields["位次"] = now.sealed(dict(now.note).get("范围", "") + now.shown)
    return "{居}{位次}，较上期[**]"


def stated(fact: Fact, fields: Fields) -> str:
    """Return the phrase of a figure after its verb, which says no direction where the figure's sign gives it."""
    verb = fields["谓语"]
    rise = next((rise for rise in EITHER_WAY if verb.shown.endswith(rise)), "")
    if rise and not verb.concealed:
        fields["谓语"] = verb.sealed(verb.shown.removesuffix(rise) + EITHER_WAY[rise])
    fields["数"] = str(fact)
    return "{谓语}{数}"


def total(_: Fact, fields: Fields) -> str:
    """Return the phrase of a sum."""
    return "[**]" if fields["光数"] else "[**{unit}]"


def day(_: Fact, fields: Fields) -> str:
    """Return the phrase of a date in a pattern: **年**月**日."""
    fields["日"] = re.sub("[A-Za-z]+", MASK, fields["pattern"])
    return "[{日}]"
