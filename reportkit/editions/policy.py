"""A policy file: TOML in, what it wants hidden out, as a Search.

words = ["明川市"]            names = ["石临川"]          hidden in whatever dress
patterns = ['GX-\\d{4}']      kinds = ["手机号", "金额"]   what a pattern fits, what is such a thing
keep = ["2023年"]             let stand
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from reportkit import toml
from reportkit.editions import kinds, pattern
from reportkit.editions.kinds import ENGLISH, KINDS
from reportkit.editions.search import Search, Sought
from reportkit.editions.words import says_enough
from reportkit.errors import N_, Fault, InputError
from reportkit.facts import secret
from reportkit.facts.fact import Origin
from reportkit.facts.secret import Secret
from reportkit.toml import Toml

# the keys of a policy, by either name
KEYS = {"词语": "words", "姓名": "names", "模式": "patterns", "种类": "kinds", "保留": "keep"}
Made = Callable[[str, str, Origin, str], Sought | None]


def read(path: str | Path) -> Search:
    """Return what the policy at `path` looks for. Raises InputError with every fault found in it."""
    return _Policy(toml.read(Path(path))).search()


class _Policy:
    """A policy as it is read, and what is wrong with it."""

    def __init__(self, file: Toml) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def search(self) -> Search:
        """Return what the policy looks for."""
        lists = dict(self._lists())
        secrets = [one for key in ("words", "names") for one in self._words(*lists.get(key, (key, ())))]
        sought = [
            *self._each(*lists.get("patterns", ("", ())), self._pattern),
            *self._each(*lists.get("kinds", ("", ())), self._kind),
        ]
        kept = [word for _, _, word in self._entries(*lists.get("keep", ("", ())))]
        if not self.faults and not secrets and not sought:
            hint = N_('写上要隐去的，如 words = ["明川市"] 或 kinds = ["手机号"]')
            self.faults.append(Fault(N_("没有写要隐去什么"), {}, hint, self.file.file))
        if self.faults:
            raise InputError(self.faults)
        return Search(tuple(secrets), tuple(sought), tuple(kept))

    def _lists(self) -> Iterator[tuple[str, tuple[str, Sequence[object]]]]:
        """Yield the list under each key: its English name, and the name it is written under."""
        seen: dict[str, str] = {}
        for key, value in self.file.tables.items():
            name = KEYS.get(key, key)
            if name not in KEYS.values():
                self._unknown(key)
            elif name in seen:
                self._fault(key, N_("与前面的“{other}”重复"), N_("只留一个"), other=seen[name])
            elif not isinstance(value, list):
                self._fault(key, N_("这里要一个列表"), N_('写成 ["…", "…"]'))
            else:
                seen[name] = key
                yield name, (key, value)

    def _unknown(self, key: str) -> None:
        known = (*KEYS, *KEYS.values())
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        fields = {"key": key, "near": "".join(near), "known": "、".join(KEYS)}
        hint = N_("是不是“{near}”") if near else N_("这里可以写：{known}")
        self._fault(key, N_("没有“{key}”这一项"), hint, **fields)

    def _entries(self, key: str, values: Sequence[object]) -> Iterator[tuple[str, Origin, str]]:
        """Yield each text of a list, with its path and place."""
        for at, value in enumerate(values, start=1):
            path = f"{key} {at}"
            if isinstance(value, str) and value.strip():
                yield path, Origin(path, self.file.file, self.file.line((key,)) or 0), value.strip()
            else:
                self._fault(key, N_("这里要一段文字"), N_("文字加引号"), path=path)

    def _words(self, key: str, values: Sequence[object]) -> Iterator[Secret]:
        for path, origin, word in self._entries(key, values):
            found = list(secret.said(word, origin, everywhere=True))
            if not says_enough(word) and found[0].value is None:
                self._fault(key, N_("只有一个字，遮起来文章就没法看了"), N_("连同前后的字一起写"), path=path)
            yield from found

    def _each(self, key: str, values: Sequence[object], made: Made) -> Iterator[Sought]:
        for path, origin, text in self._entries(key, values):
            if one := made(key, path, origin, text):
                yield one

    def _pattern(self, key: str, path: str, origin: Origin, text: str) -> Sought | None:
        try:
            return Sought(pattern.read(text).found, origin)
        except pattern.PatternError as error:
            why, column = error.args
            self._fault(
                key, N_("这个模式用不了，第 {column} 个字：{why}"), N_("写法见手册"), path=path, column=column, why=why
            )
            return None

    def _kind(self, key: str, path: str, origin: Origin, text: str) -> Sought | None:
        name = ENGLISH.get(text, text)
        if name not in KINDS:
            near = difflib.get_close_matches(text, (*KINDS, *ENGLISH), n=1, cutoff=0.5)
            fields = {"kind": text, "near": "".join(near), "known": "、".join(KINDS)}
            hint = N_("是不是“{near}”") if near else N_("可用：{known}")
            self._fault(key, N_("没有“{kind}”这一种"), hint, path=path, **fields)
            return None
        return Sought(partial(kinds.found, KINDS[name]), origin)

    def _fault(self, key: str, message: str, hint: str, /, path: str = "", **fields: object) -> None:
        self.faults.append(Fault(message, fields, hint, self.file.file, self.file.line((key,)), path=path or key))
