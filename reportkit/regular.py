"""Regular files: a path in, the bytes of the file there out; a device, a pipe or a folder is told, never waited for."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# a pipe without a writer must not keep us
AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read(path: Path) -> bytes:
    """Return the bytes of the regular file at `path`. Raises OSError for what cannot be read, or is no such file."""
    try:
        found = os.stat(path)
        if stat.S_ISREG(found.st_mode):
            handle = os.open(path, AT_ONCE)
    except ValueError:  # no name a file can have
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
    if not stat.S_ISREG(found.st_mode):
        raise _irregular(path, found)
    with os.fdopen(handle, "rb") as file:
        opened = os.fstat(handle)
        if not stat.S_ISREG(opened.st_mode):  # it was changed for another in between
            raise _irregular(path, opened)
        return file.read()


def _irregular(path: Path, found: os.stat_result) -> OSError:
    code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.ENODEV
    return OSError(code, os.strerror(code), str(path))
