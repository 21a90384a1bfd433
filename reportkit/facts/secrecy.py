"""What the data says of secrecy beside a value or a group: the Node of its 密 in, what that hides out."""

from __future__ import annotations

import re
from dataclasses import replace

from reportkit.data.node import Node
from reportkit.facts.shape import VALUE, Shape

KEYS = ("密", VALUE["密"])
VALUE_KEYS, UNIT_KEYS = ("值", VALUE["值"]), ("单位", VALUE["单位"])
YES = ("是", "密", "涉密", "保密", "秘密", "机密", "绝密", "√", "true", "yes")
NO = ("否", "不密", "不涉密", "公开", "×", "false", "no")
# what only says how the document is made, and is printed nowhere
SETTINGS = ("模板", "版式")
# a tag of YAML that has become text: in quotes, with a full-width mark, in JSON
TAG = r"[!！]\s*[<＜]?\s*(?:secret|ｓｅｃｒｅｔ)"
WRITTEN = re.compile(rf"(?:^|\s)[!！]*{TAG}(?![A-Za-z])", re.IGNORECASE)


def flag(asked: Node) -> bool | None:
    """Return whether the whole is secret, None if `asked` does not say yes or no."""
    if asked.kind == "flag":
        return bool(asked.value)
    word = asked.typed.strip().lower() if asked.kind == "text" else ""
    return True if word in YES else False if word in NO else None


def parts(asked: Node) -> tuple[str, ...]:
    """Return the words to hide that `asked` names; none where it names none, or anything else."""
    if asked.kind == "text":
        return (asked.typed,) if asked.typed.strip() else ()
    words = tuple(one.typed for one in asked.items if one.kind in ("text", "number", "date") and one.typed.strip())
    return words if len(words) == len(asked.items) else ()


def parted(node: Node, shape: Shape) -> tuple[Node, Node | None]:
    """Return a group, or a list in its long form, without its 密, and that; the shape's own field of that name is none.

    A list of groups has a long form as a value has: {值: [...], 密: true}.
    """
    if shape.kind == "map":
        asked = next((value for key, value in node.pairs if key.typed in KEYS and not shape.canonical(key.typed)), None)
        kept = tuple((key, value) for key, value in node.pairs if value is not asked)
        return (replace(node, value=kept), asked) if asked else (node, None)
    own = next((value for key, value in node.pairs if key.typed in VALUE_KEYS), None)
    asked = next((value for key, value in node.pairs if key.typed in KEYS), None)
    if own is None or own.kind != "list" or any(key.typed not in (*VALUE_KEYS, *KEYS) for key, _ in node.pairs):
        return node, None
    return replace(own, secret=own.secret or node.secret), asked
