r"""A pattern of a policy: text in, the stretches it fits out, in a time the text's length decides.

A regular expression without what makes some take for ever: . \d \w \s [甲-乙] ( ) | ? * + {2,4} and plain characters.
It is read into states, and the sets of states are met one character at a time, so nothing is tried twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportkit.errors import N_

# states of one pattern, characters of one stretch, and sets of states kept: beyond all use
MOST_STATES, LONGEST, MOST_SETS = 500, 200, 4000
MOST_REPEATS = 200
MEANING = {"d": str.isdigit, "w": lambda one: one.isalnum() or one == "_", "s": str.isspace}
COUNT = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}")

Test = Callable[[str], bool]


class PatternError(ValueError):
    """The pattern is none: `args` are the entry of the catalogue that says why, and the column."""


@dataclass(frozen=True)
class _State:
    """One state: the test its character must pass and the state then reached, or the states reached with none."""

    test: Test | None
    to: tuple[int, ...]


class _Machine:
    """States, the last of them accepting, and the sets of them that texts have led to."""

    def __init__(self, tree: _Tree, backwards: bool) -> None:
        builder = _Builder(backwards)
        self._last = builder.add(None, ())
        first = builder.built(tree, self._last)
        self._states = tuple(builder.states)
        self._steps: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        self._joined: dict[frozenset[int], frozenset[int]] = {}
        self.begun = self._reached((first,))

    def joined(self, now: frozenset[int]) -> frozenset[int]:
        """Return these states and those that the pattern begins in."""
        found = self._joined.get(now)
        if found is None:
            found = self._joined[now] = now | self.begun
        return found

    def accepts(self, now: frozenset[int]) -> bool:
        """Return whether the pattern is through."""
        return self._last in now

    def step(self, now: frozenset[int], letter: str) -> frozenset[int]:
        """Return the states reached over one character."""
        key = (now, letter)
        reached = self._steps.get(key)
        if reached is None:
            if len(self._steps) >= MOST_SETS:
                self._steps.clear()
                self._joined.clear()
            passed = [state.to[0] for one in now if (state := self._states[one]).test and state.test(letter)]
            reached = self._steps[key] = self._reached(passed)
        return reached

    def _reached(self, heap: Iterable[int]) -> frozenset[int]:
        """Return every state that can be reached from these without a character."""
        left = list(heap)
        found = set(left)
        while left:
            state = self._states[left.pop()]
            if state.test is None:
                new = set(state.to) - found
                found |= new
                left += new
        return frozenset(found)


class Pattern:
    """A pattern, read: both ways, so that only those places are tried where a stretch begins."""

    def __init__(self, tree: _Tree) -> None:
        self._onwards, self._back = _Machine(tree, False), _Machine(tree, True)
        if self._onwards.accepts(self._onwards.begun):
            raise PatternError(N_("什么也没有也算对上"), 1)

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the longest stretch at each place where one begins, none within another."""
        at = 0
        for start in self._starts(text):
            if start >= at and (end := self._end(text, start)) > start:
                yield start, end
                at = end

    def _starts(self, text: str) -> list[int]:
        """Return where stretches begin, in their order: read from its end, the text is read once."""
        back = self._back
        now, found = back.begun, []
        for at in range(len(text) - 1, -1, -1):
            reached = back.step(now, text[at])
            if back.accepts(reached):
                found.append(at)
            now = back.joined(reached)
        return found[::-1]

    def _end(self, text: str, start: int) -> int:
        """Return where the longest stretch that begins at `start` ends; `start` if it is beyond all measure."""
        onwards, end = self._onwards, start
        now = onwards.begun
        for at in range(start, min(len(text), start + LONGEST)):
            now = onwards.step(now, text[at])
            if not now:
                break
            if onwards.accepts(now):
                end = at + 1
        return end


def read(text: str) -> Pattern:
    """Return the pattern that `text` writes. Raises PatternError."""
    reader = _Reader(text)
    tree = reader.choice()
    if reader.at < len(text):
        raise PatternError(N_("这里的 ) 没有开头"), reader.at + 1)
    return Pattern(tree)


@dataclass(frozen=True)
class _Letter:
    test: Test


@dataclass(frozen=True)
class _Repeat:
    inner: _Tree
    least: int
    most: int | None


@dataclass(frozen=True)
class _All:
    parts: tuple[_Tree, ...]


@dataclass(frozen=True)
class _One:
    parts: tuple[_Tree, ...]


_Tree = _Letter | _Repeat | _All | _One


class _Builder:
    """States as they are added: each part is built before what follows it is known by its number."""

    def __init__(self, backwards: bool) -> None:
        self.states: list[_State] = []
        self.backwards = backwards

    def add(self, test: Test | None, to: tuple[int, ...]) -> int:
        if len(self.states) >= MOST_STATES:
            raise PatternError(N_("太长，或重复的次数太多"), 1)
        self.states.append(_State(test, to))
        return len(self.states) - 1

    def built(self, tree: _Tree, after: int) -> int:
        """Return the first state of `tree`, which goes on to the state `after`."""
        if isinstance(tree, _Letter):
            return self.add(tree.test, (after,))
        if isinstance(tree, _All):
            for part in tree.parts if self.backwards else reversed(tree.parts):
                after = self.built(part, after)
            return after
        if isinstance(tree, _One):
            return self.add(None, tuple(self.built(part, after) for part in tree.parts))
        if tree.most is None:
            loop = self.add(None, ())
            self.states[loop] = _State(None, (self.built(tree.inner, loop), after))
            after = loop
        for _ in range((tree.most or tree.least) - tree.least):
            after = self.add(None, (self.built(tree.inner, after), after))
        for _ in range(tree.least):
            after = self.built(tree.inner, after)
        return after


class _Reader:
    """A pattern's text as it is read, and where."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0

    def choice(self) -> _Tree:
        parts = [self.sequence()]
        while self.text[self.at : self.at + 1] == "|":
            self.at += 1
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else _One(tuple(parts))

    def sequence(self) -> _Tree:
        parts: list[_Tree] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self.repeated(self.single()))
        return _All(tuple(parts))

    def repeated(self, tree: _Tree) -> _Tree:
        """Return `tree` as often as the text says after it."""
        mark = self.text[self.at : self.at + 1]
        if mark in ("?", "*", "+") and mark:
            self.at += 1
            tree = _Repeat(tree, int(mark == "+"), 1 if mark == "?" else None)
        elif mark == "{":
            found = COUNT.match(self.text, self.at)
            if not found:
                raise PatternError(N_("大括号里要写次数，如 2 或 2,4"), self.at + 1)
            least = int(found[1])
            most = (int(found[3]) if found[3] else None) if found[2] else least
            if max(least, most or 0) > MOST_REPEATS or (most is not None and most < max(least, 1)):
                raise PatternError(N_("次数不对，最多 200 次"), self.at + 1)
            self.at = found.end()
            tree = _Repeat(tree, least, most)
        else:
            return tree
        if self.text[self.at : self.at + 1] in ("?", "*", "+", "{") and self.at < len(self.text):
            raise PatternError(N_("重复的记号写了两个"), self.at + 1)
        return tree

    def single(self) -> _Tree:
        mark = self.text[self.at]
        self.at += 1
        if mark == "(":
            return self.group()
        if mark == "[":
            return _Letter(self.among())
        if mark == ".":
            return _Letter(lambda _: True)
        if mark == "\\":
            return _Letter(self.escaped())
        if mark in "?*+{":
            raise PatternError(N_("重复的记号前面没有字"), self.at)
        if mark in "^$":
            raise PatternError(N_("不能用 ^ 和 $；要找这个字，前面加 \\"), self.at)
        return _Letter(mark.__eq__)

    def group(self) -> _Tree:
        begun = self.at
        if self.text.startswith("?:", self.at):
            self.at += 2
        elif self.text.startswith("?", self.at):
            raise PatternError(N_("不能用 (? 开头的写法"), self.at)
        self.depth += 1
        if self.depth > MOST_REPEATS:
            raise PatternError(N_("括号套得太深"), self.at)
        tree = self.choice()
        self.depth -= 1
        if self.text[self.at : self.at + 1] != ")":
            raise PatternError(N_("这里的 ( 没有收尾"), begun)
        self.at += 1
        return tree

    def escaped(self) -> Test:
        letter = self.text[self.at : self.at + 1]
        self.at += 1
        if letter.lower() in MEANING and letter:
            test: Test = MEANING[letter.lower()]
            return test if letter.islower() else lambda one: not test(one)
        if not letter or letter.isalnum():
            raise PatternError(N_("反斜杠后面只能是 d、w、s、D、W、S 或标点"), self.at - 1)
        return letter.__eq__

    def among(self) -> Test:
        """Return the test of a character class; its [ is read."""
        begun = self.at
        other = self.text.startswith("^", self.at)
        self.at += other
        tests: list[Test] = []
        while self.text[self.at : self.at + 1] not in ("]", ""):
            low = self.text[self.at]
            self.at += 1
            if low == "\\":
                tests.append(self.escaped())
                continue
            high = self.text[self.at + 1 : self.at + 2] if self.text.startswith("-", self.at) else ""
            if high not in ("", "]", "\\"):
                if high < low:
                    raise PatternError(N_("[ ] 里的范围倒了"), self.at)
                self.at += 2
                tests.append(_between(low, high))
            else:
                tests.append(low.__eq__)
        if not self.text[self.at : self.at + 1] or not tests:
            raise PatternError(N_("这里的 [ 没有收尾，或里面是空的"), begun)
        self.at += 1
        return lambda letter: any(test(letter) for test in tests) is not other


def _between(low: str, high: str) -> Test:
    return lambda letter: low <= letter <= high
