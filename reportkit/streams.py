"""The streams a command speaks on, as it was given them: closed, of another encoding, non-blocking, full."""

from __future__ import annotations

import io
import os
import selectors
import sys
from contextlib import suppress
from typing import Any, TextIO

from reportkit import visible


def ready() -> None:
    """Make stdout and stderr such that anything can be printed to them."""
    sys.stdout, sys.stderr = _ready(sys.stdout), _ready(sys.stderr)


def put(line: str) -> None:
    """Print a line of results to stdout, as a terminal only shows it."""
    print(visible.line(line))


def tell(line: str) -> None:
    """Print a line to stderr, as a terminal only shows it. Where it cannot be written it is lost: what was done is done
    all the same.
    """
    try:
        # the bytes of a file's name that are no text are shown too
        shown = visible.line(line).encode(errors="surrogateescape").decode(errors="backslashreplace")
        print(shown, file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError:
        hush(sys.stderr)


def hush(*streams: TextIO) -> None:
    """Let what is still to be printed go nowhere: nobody reads it, and the interpreter would tell of it at its end."""
    with suppress(OSError):  # a stream that is no file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in streams:
            os.dup2(nowhere, stream.fileno())


def _ready(stream: TextIO | None) -> TextIO:
    if stream is None:  # closed by who called: what is said goes nowhere
        return open(os.devnull, "w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if not _waits(stream):
        patient = io.BufferedWriter(_Patient(stream.fileno()))
        stream = io.TextIOWrapper(patient, stream.encoding, stream.errors, line_buffering=stream.line_buffering)
    utf = "utf" in stream.encoding.lower()
    # a file name of another encoding goes out as the bytes it came in as
    stream.reconfigure(encoding=stream.encoding if utf else "utf-8", errors="surrogateescape")
    return stream


def _waits(stream: TextIO) -> bool:
    """Return whether writing to a stream waits until there is room."""
    if sys.platform == "win32":
        return True
    try:
        return os.get_blocking(stream.fileno())
    except OSError:
        return True


class _Patient(io.RawIOBase):
    """A non-blocking file, written to as one that blocks."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def fileno(self) -> int:
        """Return the file's handle."""
        return self._handle

    def write(self, data: Any) -> int:
        """Write `data` or the head of it; return how much. Waits until there is room."""
        while True:
            try:
                return os.write(self._handle, data)
            except BlockingIOError:
                with selectors.DefaultSelector() as ready:
                    ready.register(self._handle, selectors.EVENT_WRITE)
                    ready.select()
