"""Shelves: what was made of files, kept until one of them changes; a key in, the thing made of it out."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

Thing = TypeVar("Thing")
Seen = Callable[[Path], "Source"]


class Source(NamedTuple):
    """A file as it was when it was read: its path, time of change and size; no time where there was none."""

    path: Path
    changed_ns: int | None = None
    size: int = 0

    def is_current(self) -> bool:
        """True if the file is still as it was."""
        return source(self.path) == self


def source(path: Path) -> Source:
    """Return the file at `path` as it is now."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return Source(path)
    return Source(path, status.st_mtime_ns, status.st_size)


class Shelf(Generic[Thing]):
    """Keeps the `most` things last made. A key holds resolved paths: the working folder may change."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, tuple[tuple[Source, ...], Thing]] = {}

    def get(self, key: Hashable, make: Callable[[Seen], Thing]) -> Thing:
        """Return what is kept under `key`; made anew, by `make`, if a file it was made of is not as it was.

        `make` calls its argument with each path it reads, or looks for, before it does so. What it raises is raised.
        """
        sources, thing = self._kept.get(key, ((), None))
        if sources and thing is not None and all(one.is_current() for one in sources):
            return thing
        seen: list[Source] = []

        def note(path: Path) -> Source:
            seen.append(source(path))
            return seen[-1]

        thing = make(note)
        self._kept.pop(key, None)
        self._kept[key] = (tuple(seen), thing)
        for oldest in list(self._kept)[: -self._most]:
            self._kept.pop(oldest, None)
        return thing
