"""Files put in their places: all of them or none, and none over what somebody else wrote or edited."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from reportkit import disk
from reportkit.errors import N_, Fault, InputError, unwritable
from reportkit.writers import mark

# digests of the files in its folder that cannot carry a mark, a line each and no name: a name may be a secret
RECORD = ".reportkit"
ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
Identity = tuple[int, int, int]


@dataclass(frozen=True)
class _There:
    """What is at a place: its bytes, and the file's status just before they were read; nothing where there is none."""

    data: bytes | None = None
    status: os.stat_result | None = None

    @property
    def identity(self) -> Identity | None:
        """Which file it is, as of which change."""
        return self.status and _identity(self.status)


def put(files: Mapping[Path, bytes], force: bool = False, sources: Iterable[Path] = ()) -> list[Path]:
    """Write each of `files`, whole, and return their paths; if one cannot be written, every place is as it was.

    A link is followed. A file that is there and is not as reportkit wrote it, is read-only or has other names (hard
    links) is only written over with `force`, one of `sources` never.
    """
    targets = _targets(files, sources)
    contents = {place: files[target] for place, target in targets.items()}
    with _told(targets), disk.locked({place.parent: None for place in targets}) as made:
        before = {place: _there(place) for place in targets}
        if not force:
            _refuse(targets, contents, before)

        def check(place: Path) -> None:
            if place in targets and not force and _identity_now(place) != before[place].identity:
                _refuse(targets, contents, {place: _there(place)})

        disk.put({**contents, **_records(contents, before)}, check, made)
    return list(files)


def add(target: Path, data: bytes) -> None:
    """Write a file where there is none yet. Raises InputError where there is anything, a link too."""

    def check(_: Path) -> None:
        if os.path.lexists(target):
            raise InputError(Fault(N_("已经有这个文件"), {}, N_("换一个文件名，免得盖掉填好的"), str(target)))

    check(target)
    targets = _targets([target], ())
    with _told(targets), disk.locked(place.parent for place in targets) as made:
        disk.put(dict.fromkeys(targets, data), check, made)


def _targets(files: Iterable[Path], sources: Iterable[Path]) -> dict[Path, Path]:
    """Return each target by the place it really is at. Raises InputError where no file may be put, or two would be."""
    targets: dict[Path, Path] = {}
    faults = []
    known = list(sources)
    for target in files:
        try:
            place = Path(os.path.realpath(target))
            fault = _no_place(place)
        except (OSError, ValueError) as error:
            raise unwritable(target, error) from None
        if place in targets:
            fields = {"other": str(targets[place])}
            fault = Fault(N_("与 {other} 是同一个文件"), fields, N_("其中一个是链接：删掉链接，或分开放"))
        elif any(_same(source, place) for source in known):
            fault = Fault(N_("会盖掉草稿、数据或模板自己"), {}, N_("用 -o 换一个文件夹"))
        targets[place] = target
        if fault:
            faults.append(replace(fault, file=str(target)))
    if faults:
        raise InputError(faults)
    return targets


def _no_place(place: Path) -> Fault | None:
    """Return why no file can be put at a place: it is a folder, a device or a pipe; None if one can."""
    try:
        mode = os.stat(place).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        return Fault(N_("这里是设备或管道，不是文件"), {}, N_("写成文件；脚本里可以 save 到文件对象"))
    return None


@contextmanager
def _told(targets: Mapping[Path, Path]) -> Iterator[None]:
    """Tell what the system refuses by the names its user knows."""
    try:
        yield
    except OSError as error:
        folders = {str(place.parent): target.parent for place, target in targets.items()}
        places = {str(place): target for place, target in targets.items()}
        named = str(error.filename or "")
        told = unwritable((folders | places).get(named, Path(named)), error)
        if isinstance(error, disk.TornError):
            raise InputError([*told.faults, *_torn(targets, error)]) from None
        raise told from None


def _torn(targets: Mapping[Path, Path], error: disk.TornError) -> Iterator[Fault]:
    """Yield a fault for each file that is new though the others are not."""
    for place, old in error.kept.items():
        fields = {"old": str(old)}
        hint = N_("旧的在 {old}，改名就能换回去") if old else N_("原来没有这个文件，可以删掉")
        yield Fault(N_("已经换成新的，退不回去"), fields, hint, str(targets.get(place, place)))


def _there(place: Path) -> _There:
    try:
        status = os.stat(place)
        return _There(place.read_bytes(), status)
    except FileNotFoundError:
        return _There()
    except OSError as error:
        error.filename = str(place)
        raise


def _identity(status: os.stat_result) -> Identity:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _identity_now(place: Path) -> Identity | None:
    try:
        return _identity(os.stat(place))
    except FileNotFoundError:
        return None


def _refuse(targets: Mapping[Path, Path], new: Mapping[Path, bytes], there: Mapping[Path, _There]) -> None:
    """Raise InputError with every file that may not be written over unasked."""
    faults = []
    for place, old in there.items():
        if old.status is None or old.data is None:
            continue
        told = str(targets[place])
        if not old.status.st_mode & ANYBODY_WRITES or not os.access(place, os.W_OK):
            hint = N_("要换新，先让它能写，或加 --force")
            faults.append(Fault(N_("这个文件是只读的"), {}, hint, told))
        elif _has_other_names(place, old.status):
            hint = N_("换个名字；就要换这一处的，加 --force")
            faults.append(Fault(N_("这个文件还有别的名字（硬链接），换新以后那边还是旧的"), {}, hint, told))
        elif old.data != new[place] and not _ours(place.parent, old.data):
            hint = N_("要留着，就换个名字或文件夹；不要了，加 --force")
            faults.append(Fault(N_("这个文件不是原样生成的：有人改过，或来自别处"), {}, hint, told))
    if faults:
        raise InputError(faults)


def _has_other_names(place: Path, status: os.stat_result) -> bool:
    """Return whether a file has other names than those that a run which was killed left."""
    if status.st_nlink < 2:  # a system that does not count says 0 or 1
        return False
    with os.scandir(place.parent) as entries:
        ours = [one for one in entries if one.name.startswith(disk.SCRATCH) and one.name.endswith(disk.OLD)]
        return status.st_nlink - sum(one.inode() == status.st_ino for one in ours) > 1


def _ours(folder: Path, data: bytes) -> bool:
    return mark.untouched(data) or _plain_digest(data) in _recorded(folder)


def _records(files: Mapping[Path, bytes], before: Mapping[Path, _There]) -> dict[Path, bytes]:
    """Return the record of each folder that gets a file without a mark: the digest of the new for that of the old."""
    bare = {place: data for place, data in files.items() if not mark.untouched(data)}
    records: dict[Path, bytes] = {}
    for folder in {place.parent for place in bare}:
        here = [place for place in bare if place.parent == folder]
        gone = {_plain_digest(old) for place in here if (old := before[place].data) and not _is_elsewhere(old, here)}
        digests = (_recorded(folder) - gone) | {_plain_digest(bare[place]) for place in here}
        records[folder / RECORD] = "".join(f"{digest}\n" for digest in sorted(digests)).encode()
    return records


def _is_elsewhere(data: bytes, here: Collection[Path]) -> bool:
    """Return whether another file than those `here`, in their folder, holds the same: its digest is still needed."""
    with suppress(OSError), os.scandir(next(iter(here)).parent) as entries:
        others = [Path(one) for one in entries if one.is_file() and one.stat().st_size == len(data)]
        return any(other.read_bytes() == data for other in others if other not in here)
    return False


def _recorded(folder: Path) -> set[str]:
    return set((_there(folder / RECORD).data or b"").decode("ascii", "replace").split())


def _plain_digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _same(source: Path, place: Path) -> bool:
    """Return whether both are one file, by whatever name."""
    try:
        return source.samefile(place)
    except (OSError, ValueError):
        return os.path.realpath(source) == os.path.realpath(place)
