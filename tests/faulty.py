"""A system that fails: the calls reportkit makes of it counted, and one of them, or all from it on, made to fail."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from reportkit import disk, files

CALLS = (
    "open", "write", "fsync", "close", "link", "replace", "unlink", "mkdir", "rmdir", "stat", "fstat", "fchmod",
    "fchown", "listxattr", "getxattr", "setxattr", "utime", "scandir", "access", "read_bytes", "flock",
)  # fmt: skip


class Killed(BaseException):
    """The process is gone: nothing after it happens."""


def fails(number):
    return lambda name: OSError(number, os.strerror(number))


def interrupted(name):
    return KeyboardInterrupt()


def killed(name):
    return Killed(name)


FAULTS = {
    "full": fails(errno.ENOSPC),
    "broken": fails(errno.EIO),
    "forbidden": fails(errno.EACCES),
    "interrupted": interrupted,
    "killed": killed,
}


class System:
    """The module os as reportkit sees it: the call `at` raises `fault`, before it is done or `after`.

    `lasting`: so does every later one. Syncing is left out: it takes time, and nobody here pulls a plug.
    """

    def __init__(self, at=None, fault=None, after=False, lasting=False):
        self.at, self.fault, self.after, self.lasting = at, fault, after, lasting
        self.count, self.failed = 0, None

    def __getattr__(self, name):
        real = (lambda handle: None) if name == "fsync" else getattr(os, name)
        return self.called(name, real) if name in CALLS else real

    def called(self, name, real):
        def call(*words, **options):
            number = self.count
            self.count += 1
            due = number == self.at or (self.lasting and self.at is not None and number > self.at)
            if isinstance(self.failed, Killed):
                raise self.failed
            if not due:
                return real(*words, **options)
            error = self.fault(name)
            if name == "write":  # the head of it is on the disk by then
                real(words[0], words[1][: len(words[1]) // 2])
            elif name == "close" or (self.after and not (name == "mkdir" and isinstance(error, OSError))):
                with suppress(OSError):
                    done = real(*words, **options)
                    if name == "open":  # a handle nobody has heard of
                        os.close(done)
                    elif name == "scandir":
                        done.close()
            self.failed = error
            self.name = name
            raise error

        return call

    def install(self, monkeypatch):
        """Put this system under reportkit."""
        monkeypatch.setattr(disk, "os", self)
        monkeypatch.setattr(files, "os", self)
        monkeypatch.setattr(disk.fcntl, "flock", self.called("flock", disk.fcntl.flock))
        monkeypatch.setattr(Path, "read_bytes", self.called("read_bytes", Path.read_bytes))
        return self
