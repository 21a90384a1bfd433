"""Marks at the start of a line, which say what the line is: a line in, what is wrong with its mark out.

They are read only where a template or a draft wrote them: a value is sealed, and what it begins with is text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

from reportkit.errors import N_, Fault

HEADING = re.compile(r"(#{1,5})[ \t]+")
ROLE = re.compile(r"@(\w+)[ \t]*")
# what looks like a mark, in full width too
LIKE = re.compile(r"[@＠](\w*)|[#＃]+")


def unknown(line: str, names: Collection[str]) -> Fault | None:
    r"""Return what is wrong with the mark a line begins with, None if nothing is; \ before it makes it text.

    `names` are what may stand after @.
    """
    like = LIKE.match(line)
    role = ROLE.match(line)
    if not like or HEADING.match(line) or (role and role[1] in names):
        return None
    if line[0] in "#＃":
        hint = N_("标题写作 # 和一个空格，一至四级标题 ## 至 #####；要印它，前面加 \\")
        return Fault(N_("行首的“{mark}”不是标记"), {"mark": like[0]}, hint)
    name = like[1] or ""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5) or [one for one in names if name.startswith(one)]
    fields = {"mark": like[0], "near": "".join(near[:1]), "known": "、".join(names)}
    hint = N_("是不是“@{near}”，后面空一格；要印它，前面加 \\") if near else N_("可以写：{known}；要印它，前面加 \\")
    return Fault(N_("行首的“{mark}”不是标记"), fields, hint)
