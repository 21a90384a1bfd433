"""Files on a disk: names and their bytes in, all of them in their places or none.

A file is written whole under a scratch name beside its place, synced, and renamed: a place holds the old file or the
new one at every moment, whatever happens. Between the first rename and the last there is nothing but renames; if one
fails, or anything is raised, those before it are taken back. Only what ends the process at once (kill -9, no power) can
part them, and leave scratch files behind.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

# a scratch file's name says nothing of its place: that name may be as long as a name can be
SCRATCH, NEW, OLD = ".reportkit-", ".new", ".old"
FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
PERMISSIONS = stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO
READ_WRITE, OWNERS = 0o666, 0o600
# what a file system says that has no syncing, or no locks, of this kind of thing
NO_SYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
NO_LOCKS = (*NO_SYNC, errno.EBADF, errno.EACCES, errno.EPERM, errno.ENOLCK)
# how long another process may be at work in the same folder, in tries and seconds between them
TRIES, PAUSE_S = 600, 0.1
# how often what tidies up is tried
AGAIN = 3
# what ends a command, held back while files change places
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGTSTP") if hasattr(signal, name))


class TornError(OSError):
    """Neither all places are new nor all are as they were: `kept` is where the old file of each new place is."""

    def __init__(self, cause: OSError, kept: Mapping[Path, Path | None]) -> None:
        super().__init__(cause.errno, cause.strerror, cause.filename)
        self.kept = dict(kept)


@dataclass(frozen=True)
class _Written:
    """A scratch file: where it is, and which file it is, by whatever name."""

    scratch: Path
    identity: tuple[int, int]


@contextmanager
def locked(folders: Iterable[Path]) -> Iterator[list[Path]]:
    """Make `folders` where there are none and keep other reportkits out of them; give what was made.

    It is taken away again if anything is raised. A file system that has no locks keeps nobody out.
    """
    made: list[Path] = []
    handles: list[int] = []
    try:
        for folder in folders:
            with _named(folder):
                _make(folder, made)
                _open(folder, handles)
        _lock(handles)
        yield made
    except BaseException:
        for folder in reversed(made):
            _insist(os.rmdir, folder)
        raise
    finally:
        for handle in handles:
            with suppress(OSError):
                os.close(handle)


def put(
    files: Mapping[Path, bytes], check: Callable[[Path], None] = lambda place: None, made: Iterable[Path] = ()
) -> None:
    """Put each of `files` in its place, over whatever is there; if anything is raised, every place is as it was.

    The folders are there, some only just `made`. `check` is called with each place right before it is changed: what it
    raises stops it all.
    An OSError names the place it happened at; TornError, where what was changed could not be taken back either.
    """
    scratch: list[Path] = []
    changed: dict[Path, tuple[_Written, Path | None]] = {}
    with _undisturbed():
        try:
            written = {}
            for place, data in files.items():
                with _named(place):
                    written[place] = _written(place, data, scratch)
            olds = {}
            for place in files:
                with _named(place):
                    check(place)
                    olds[place] = _kept(place, scratch)
            for place, new in written.items():
                changed[place] = new, olds[place]
                with _named(place):
                    os.replace(new.scratch, place)
            for folder in dict.fromkeys(one.parent for one in (*files, *made)):
                with _named(folder):
                    _sync_folder(folder)
        except BaseException as error:
            _take_back(changed, scratch, error)
            raise
        finally:
            _clear(scratch)


@contextmanager
def _named(place: Path) -> Iterator[None]:
    """Let an OSError name the place it is about, and no scratch file."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(place), None
        raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C and its like, as far as the system can: they come when the files are in their places."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those it is in; note those that were not there."""
    for one in reversed((folder, *folder.parents)):
        if os.path.isdir(one):
            continue
        made.append(one)
        try:
            os.mkdir(one)
        except OSError as error:
            made.remove(one)
            if error.errno != errno.EEXIST or not os.path.isdir(one):  # another may have made it just now
                raise


def _open(folder: Path, handles: list[int]) -> None:
    """Add a handle of a folder; none where that cannot be, or where there is one already."""
    if sys.platform == "win32":
        return
    with suppress(PermissionError):  # it may be one to be written to and not read
        handles.append(os.open(folder, os.O_RDONLY | os.O_CLOEXEC))
        if any(os.path.sameopenfile(handles[-1], other) for other in handles[:-1]):
            os.close(handles.pop())


def _lock(handles: list[int]) -> None:
    """Lock folders against others that lock them; they are free again when their handles are closed."""
    if sys.platform == "win32":
        return
    # in one order everywhere: no two wait for each other
    for handle in sorted(handles, key=lambda one: (os.fstat(one).st_dev, os.fstat(one).st_ino)):
        for _ in range(TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(PAUSE_S)
            except OSError as error:
                if error.errno not in NO_LOCKS:
                    raise
                break
            else:
                break
        else:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _written(place: Path, data: bytes, scratch: list[Path]) -> _Written:
    """Write `data`, whole, to a scratch file beside `place`, with the mode and the owner of what is there."""
    try:
        there = os.stat(place)
    except FileNotFoundError:
        there = None
    name = _scratch_name(place.parent, NEW)
    scratch.append(name)
    # the system applies the umask; nobody else may read a file before it has the mode of the old one
    handle = os.open(name, FRESH, READ_WRITE if there is None else OWNERS)
    try:
        if there is not None:
            _dress(handle, place, there)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        _sync(handle)
        status = os.fstat(handle)
    finally:
        os.close(handle)
    return _Written(name, (status.st_dev, status.st_ino))


def _scratch_name(folder: Path, ending: str) -> Path:
    return folder / f"{SCRATCH}{os.urandom(8).hex()}{ending}"


def _dress(handle: int, place: Path, there: os.stat_result) -> None:
    """Give a new file the mode, and as far as the system lets us the owner and the attributes, of the old one."""
    if sys.platform == "win32":
        return
    mode, own = there.st_mode & PERMISSIONS, os.fstat(handle)
    if (there.st_uid, there.st_gid) != (own.st_uid, own.st_gid):
        try:
            os.fchown(handle, there.st_uid, there.st_gid)
        except OSError:
            # another group: what the old one's might do is for those only who may do it anyway
            mode &= ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(place):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(place, name))
    if mode != os.fstat(handle).st_mode & PERMISSIONS:
        os.fchmod(handle, mode)


def _kept(place: Path, scratch: list[Path]) -> Path | None:
    """Return a second name of the file at `place`, or a copy where there can be none; None if there is no file."""
    name = _scratch_name(place.parent, OLD)
    scratch.append(name)
    try:
        os.link(place, name)
    except FileNotFoundError:
        return None
    except OSError:
        copied = _written(place, place.read_bytes(), scratch).scratch
        there = os.stat(place)
        os.utime(copied, ns=(there.st_atime_ns, there.st_mtime_ns))
        return copied
    return name


def _take_back(changed: Mapping[Path, tuple[_Written, Path | None]], scratch: list[Path], error: BaseException) -> None:
    """Put back what was at each changed place. Raises TornError if that fails: the old files are kept then."""

    def put_back(place: Path, new: _Written, old: Path | None) -> None:
        if not _is(place, new):  # it was not changed after all, or somebody else has changed it since
            return
        if old is None:
            os.unlink(place)
        else:
            os.replace(old, place)

    torn: dict[Path, Path | None] = {}
    failed: OSError | None = None
    for place, (new, old) in reversed(list(changed.items())):
        one = _insist(put_back, place, new, old)
        if isinstance(one, OSError):
            failed, torn[place] = one, old
    if failed is not None:
        scratch[:] = [name for name in scratch if name not in torn.values()]
        raise TornError(error if isinstance(error, OSError) else failed, torn) from error


def _clear(scratch: Iterable[Path]) -> None:
    """Delete scratch files; raise what interrupts that when they are gone."""
    interrupts = [one for name in scratch if (one := _insist(os.unlink, name)) and not isinstance(one, OSError)]
    if interrupts:
        raise interrupts[0]


def _insist(act: Callable[..., object], *on: object) -> BaseException | None:
    """Call `act`, and again if it fails: a virus scanner may hold what was just written, a second Ctrl-C come.

    Return what it failed with at last, or what interrupted it.
    """
    interrupt: BaseException | None = None
    failure: BaseException | None = None
    for _ in range(AGAIN):
        try:
            act(*on)
        except FileNotFoundError:
            return interrupt
        except OSError as error:
            failure = error
        except BaseException as error:
            failure = interrupt = error
        else:
            return interrupt
    return failure


def _is(place: Path, new: _Written) -> bool:
    try:
        status = os.stat(place)
    except FileNotFoundError:
        return False
    return (status.st_dev, status.st_ino) == new.identity


def _sync(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise


def _sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a loss of power, where the system can."""
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:
        return
    try:
        _sync(handle)
    finally:
        os.close(handle)
