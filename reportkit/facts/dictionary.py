"""Dictionaries of indicators: natures.toml files in, a Dictionary that knows an indicator by its name or its unit out.

The shipped file says what each table of one holds. An office's own are laid over it: the nearer word counts.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from reportkit import assets, toml
from reportkit.errors import N_, Fault, InputError
from reportkit.facts.shape import BETTER, NATURES
from reportkit.shelf import Seen, Shelf
from reportkit.toml import Key, Toml

FILE = "natures.toml"
# the tables beside those named for a nature
UNITS, TAILS, VERBS, WORDS = "单位", "后缀", "动词", "词"
# a nature or a direction that nobody knows, said of what is only half known
UNKNOWN = "不明"
# which way what ends so is good: as what stands before it, or the other way round
SAME, OPPOSITE = "同", "反"
DIRECTIONS, TURNED = (*BETTER, UNKNOWN), (*BETTER, UNKNOWN, SAME, OPPOSITE)
# lists of words: what may follow a name and changes nothing, or only counts it, and what joins it to 增速; what turns
# the meaning of a name it stands before, anywhere or next to it; what lessens it, deals with it, or is bad itself; and
# what is no such word though it looks like one
ENDINGS, COUNTS, LINKS = "词尾", "计数词尾", "连词"
TURNS, NEXT_TURNS, LESSENS, DEALS, BADS, NO_TURNS = "转折", "紧接的转折", "减少", "处置", "不好的", "不算转折"
LISTS = (ENDINGS, COUNTS, LINKS, TURNS, NEXT_TURNS, LESSENS, DEALS, BADS, NO_TURNS)
RATES = ("比率", "得分")
ENTRY = ("向好", "升", "降")
# no name is longer: what is, is a sentence
LONGEST_NAME = 100
# endings taken off a name, one after another
MOST_ENDINGS = 3
BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
DRESS = re.compile(r"[\s“”\"'‘’「」*#·★☆]|^[一二三四五六七八九十\d]+[、.)]")
# 税收占一般公共预算收入的比重 is 税收占比
SHARE = re.compile(r"(.+?)占.+?的?(?:比重|比例|份额|比)")
TRAILING = "%‰±+-—:,、;。."


Reader = Callable[[Mapping[str, Any], Key], None]


class Verbs(NamedTuple):
    """How a rise and a fall are said."""

    rise: str
    fall: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a dictionary: a name, a unit or an ending; its nature, which way it is good, verbs of its own."""

    name: str
    kind: str
    better: str
    file: str
    line: int
    verbs: Verbs | None = None


class Match(NamedTuple):
    """Where an entry stands in a name, and the word before it, if any, that turns its meaning."""

    entry: Entry
    start: int
    end: int
    turn: str


@dataclass(frozen=True)
class Dictionary:
    """What is known of indicators: entries by name, by unit and by what a name ends in; verbs; lists of words."""

    names: Mapping[str, Entry]
    units: Mapping[str, Entry]
    tails: Mapping[str, Entry]
    verbs: Mapping[tuple[str, str], Verbs]
    words: Mapping[str, tuple[str, ...]] = field(repr=False)

    @cached_property
    def longest(self) -> int:
        """The length of the longest name."""
        return max(map(len, self.names))

    @cached_property
    def longest_tail(self) -> int:
        """The length of the longest ending that makes another indicator."""
        return max(map(len, self.tails))

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What may follow a name and changes nothing."""
        return (*self.words[ENDINGS], *self.words[COUNTS])

    def find(self, name: str) -> Match | None:
        """Return the entry that says most of a plain name: it ends in it, but for endings that change nothing."""
        found: Match | None = None
        for end in self._ends(name):
            starts = range(max(0, end - self.longest), end)
            start = next((at for at in starts if name[at:end] in self.names), None)
            if start is not None and (found is None or start < found.start):
                entry = self.names[name[start:end]]
                found = Match(entry, start, end, self._turn(name[:start], entry))
        return found

    def tail(self, name: str) -> tuple[str, Entry] | None:
        """Return what stands before the longest ending that makes another indicator of a name (增速, 占比), and it."""
        best: tuple[str, Entry] | None = None
        for end in self._ends(name):
            starts = range(max(0, end - self.longest_tail), end)
            start = next((at for at in starts if name[at:end] in self.tails), None)
            if start is not None and (best is None or end - start > len(best[1].name)):
                best = (self._unlinked(name[:start]), self.tails[name[start:end]])
        return best

    def counts(self, name: str) -> bool:
        """True for a name that ends in a word that counts heads or cases: 贷款户数."""
        return name.endswith(self.words[COUNTS])

    def has_bad(self, text: str) -> bool:
        """True for a text that names, anywhere, what is good to be low."""
        return any(entry.better == "低" and name in text for name, entry in self.names.items())

    def said(self, kind: str, better: str) -> Verbs:
        """Return the verbs of a nature; those of its direction, where it has other ones."""
        return self.verbs.get((kind, better)) or self.verbs[kind, ""]

    def _ends(self, name: str) -> Iterator[int]:
        """Yield where a name may end: as it does, or before endings that change nothing."""
        ends = [len(name)]
        for _ in range(MOST_ENDINGS + 1):
            yield from ends
            longer = [end for end in ends if name.endswith(self.endings, 0, end)]
            shorter = {end - len(one) for end in longer for one in self.endings if name.endswith(one, 0, end)}
            ends = sorted(shorter, reverse=True)

    def _unlinked(self, name: str) -> str:
        """Return a name without the words that join it to 增速 and the like: 同比, 比上年."""
        while link := next((one for one in self.words[LINKS] if name.endswith(one)), ""):
            name = name.removesuffix(link)
        return name

    def _turn(self, before: str, entry: Entry) -> str:
        """Return the word in what stands before an entry that turns its meaning, "" if none does."""
        lists = [TURNS]
        if entry.kind not in RATES:
            lists += [LESSENS, DEALS if entry.better == "低" else BADS]
        elif entry.better != "高":
            lists += [LESSENS]
        turn = self._turning(before, lists)
        if turn:
            for innocent in self.words[NO_TURNS]:
                before = before.replace(innocent, "　")
            turn = self._turning(before, lists)
        return turn

    def _turning(self, before: str, lists: Sequence[str]) -> str:
        anywhere = (word for name in lists for word in self.words[name] if word in before)
        adjacent = (word for word in self.words[NEXT_TURNS] if before.endswith(word))
        return next(anywhere, "") or next(adjacent, "")


def plain(name: str) -> str:
    """Return a name as dictionaries have it: half-width, without blanks, brackets, numbering and 其中：."""
    text = unicodedata.normalize("NFKC", name).upper()
    text = BRACKETED.sub("", text)
    text = DRESS.sub("", text).strip(TRAILING)
    text = text.rpartition(":")[2]
    share = SHARE.fullmatch(text) if len(text) <= LONGEST_NAME else None
    return f"{share[1]}占比" if share else text


_dictionaries: Shelf[Dictionary] = Shelf(8)


def dictionary(folders: tuple[Path, ...] = ()) -> Dictionary:
    """Return the shipped dictionary with those that `folders` hold laid over it, each over the one before.

    Raises InputError with a fault for each line that is wrong.
    """
    return _dictionaries.get(folders, lambda seen: _read(folders, seen))


def shipped() -> Path:
    """Return the file of the dictionary that comes with reportkit."""
    return assets.folder("templates") / "phrases" / FILE


def _read(folders: tuple[Path, ...], seen: Seen) -> Dictionary:
    ours = shipped()
    layers = [_Layer(toml.read(seen(ours).path), ours.relative_to(assets.folder("templates").parent).as_posix())]
    own = (seen(folder / FILE) for folder in folders)
    layers += [_Layer(toml.read(file.path), str(file.path)) for file in own if file.changed_ns is not None]
    if faults := [fault for layer in layers for fault in layer.faults]:
        raise InputError(faults)
    names = {name: entry for layer in layers for name, entry in layer.names.items()}
    words = {name: tuple(dict.fromkeys(one for layer in layers for one in layer.words[name])) for name in LISTS}
    return Dictionary(
        names,
        {name: entry for layer in layers for name, entry in layer.units.items()},
        {name: entry for layer in layers for name, entry in layer.tails.items()},
        {key: verbs for layer in layers for key, verbs in layer.verbs.items()},
        words,
    )


class _Layer:
    """A file of a dictionary, read, its entries told to be of the file `called`; what is wrong is in `faults`."""

    def __init__(self, file: Toml, called: str) -> None:
        self.file, self.called = file, called
        self.faults: list[Fault] = []
        self.names: dict[str, Entry] = {}
        self.units: dict[str, Entry] = {}
        self.tails: dict[str, Entry] = {}
        self.verbs: dict[tuple[str, str], Verbs] = {}
        self.words: dict[str, list[str]] = {name: [] for name in LISTS}
        readers: dict[str, Reader] = {
            UNITS: partial(self._by_nature, self.units),
            TAILS: partial(self._by_nature, self.tails),
        }
        readers |= {VERBS: self._verbs, WORDS: self._lists}
        for table, inner in file.tables.items():
            if self._is_table(inner, (table,)) and self._is_known(table, (*NATURES, *readers), (table,)):
                if table in NATURES:
                    self._entries(self.names, table, inner, (table,))
                else:
                    readers[table](inner, (table,))

    def fault(self, path: Key, message: str, hint: str, **fields: object) -> None:
        self.faults.append(Fault(message, fields, hint, self.file.file, self.file.line(path), path=".".join(path)))

    def _is_known(self, key: str, known: tuple[str, ...], path: Key) -> bool:
        if key in known:
            return True
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
        hint = N_("是不是“{near}”") if near else N_("这里可以写：{known}")
        self.fault(path, N_("没有“{key}”这一项"), hint, key=key, near="".join(near), known="、".join(known))
        return False

    def _is_table(self, value: object, path: Key) -> bool:
        if not isinstance(value, Mapping):
            self.fault(path, N_("这里要{want}"), N_('写在表里：先写一行 ["比率"]，再一行一项'), want=N_("一组键和值"))
        return isinstance(value, Mapping)

    def _by_nature(self, into: dict[str, Entry], tables: Mapping[str, Any], above: Key) -> None:
        for kind, inner in tables.items():
            path = (*above, kind)
            if self._is_table(inner, path) and self._is_known(kind, tuple(NATURES), path):
                self._entries(into, kind, inner, path)

    def _entries(self, into: dict[str, Entry], kind: str, table: Mapping[str, Any], above: Key) -> None:
        """Read the entries of a nature: 名称 = 方向, or 名称 = {向好 = 方向, 升 = …, 降 = …}."""
        directions = TURNED if into is self.tails else DIRECTIONS
        for name, value in table.items():
            path = (*above, name)
            given = value if isinstance(value, Mapping) else {"向好": value}
            key = name if into is self.units else plain(name)
            better = given.get("向好")
            if not all(self._is_known(one, ENTRY, (*path, one)) for one in given):
                continue
            if better not in directions:
                self.fault(
                    path, N_("向好写的是“{given}”"), N_("可以写：{meant}"), given=better, meant="、".join(directions)
                )
            elif not key:
                self.fault(path, N_("名称是空的"), N_("写上指标的名称，不带括号"))
            elif key in into:
                other = f"{into[key].kind}，{into[key].line}"
                self.fault(path, N_("“{name}”前面已经写过（{other}）"), N_("只留一个"), name=name, other=other)
            elif verbs := self._pair([given.get("升"), given.get("降")], path, len(given) > 1):
                line = self.file.line(path) or 0
                into[key] = Entry(key, kind, better, self.called, line, verbs if verbs.rise else None)

    def _pair(self, given: object, path: Key, wanted: bool = True) -> Verbs | None:
        """Return the verbs of a rise and a fall, empty if none are `wanted`; None after noting that they are none."""
        if not wanted:
            return Verbs("", "")
        words = given if isinstance(given, list) else []
        if len(words) == 2 and all(isinstance(word, str) and word.strip() for word in words):
            return Verbs(*words)
        self.fault(path, N_("升和降的动词要各写一个"), N_('如 ["提高", "下降"]'))
        return None

    def _verbs(self, table: Mapping[str, Any], above: Key) -> None:
        """Read the verbs: 性质 = [升, 降], and in a table of a direction those it says otherwise."""
        for key, value in table.items():
            path = (*above, key)
            if not isinstance(value, Mapping):
                if self._is_known(key, (*NATURES, UNKNOWN, *BETTER), path) and (pair := self._pair(value, path)):
                    self.verbs[key, ""] = pair
            elif self._is_known(key, tuple(BETTER), path):
                for kind, inner in value.items():
                    known = self._is_known(kind, tuple(NATURES), (*path, kind))
                    if known and (pair := self._pair(inner, (*path, kind))):
                        self.verbs[kind, key] = pair

    def _lists(self, table: Mapping[str, Any], above: Key) -> None:
        for name, value in table.items():
            path = (*above, name)
            if not self._is_known(name, LISTS, path):
                continue
            if isinstance(value, list) and all(isinstance(word, str) and word for word in value):
                self.words[name] += value
            else:
                self.fault(path, N_("这里要{want}"), N_('如 ["数", "总量"]'), want=N_("一列文字"))
