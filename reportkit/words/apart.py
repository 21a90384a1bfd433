"""Apart: what renders a foreign template in, its words out, made in a process of its own with limits.

It stands behind the counting: what that failed to stop ends there, and takes nothing with it. Where a system cannot
part a process in two, or has no limits, the counting stands alone.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from reportkit.errors import N_, Entry, Fault, InputError

if sys.platform != "win32":
    import resource

# beside what the process has when it is parted; of the processor; and by the clock, where it does nothing at all
ROOM_BYTES, SECONDS, PATIENCE_S = 512 * 2**20, 20, 120
# where the system does not tell what a process has
ROOM_IN_ALL_BYTES = 4 * 2**30
HELD = "/proc/self/statm"
PART = 65536


def apart(make: Callable[[], str], template: str) -> str:
    """Return what `make` does, done in a process of its own. Raises InputError as it does, or for `template` if it was
    stopped.

    What comes back is read as text, not run: nothing that happens there reaches here.
    """
    if not hasattr(os, "fork"):
        return make()
    inward, outward = os.pipe()
    try:
        child = os.fork()
    except OSError:  # there are too many processes as it is
        os.close(inward)
        os.close(outward)
        return make()
    if not child:
        _answer(make, outward)
    os.close(outward)
    try:
        told = _told(inward)
    finally:
        os.close(inward)
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    try:
        answer = json.loads(told)
    except ValueError:
        hint = N_("看看循环、宏的互相调用和文字的重复有没有尽头")
        message = N_("模板用的内存或时间太多，没有做完就停下了")
        raise InputError(Fault(message, {}, hint, template)) from None
    if "faults" in answer:
        raise InputError(map(_read, answer["faults"]))
    if "failed" in answer:
        raise RuntimeError(answer["failed"])
    return str(answer["words"])


def _answer(make: Callable[[], str], outward: int) -> None:
    """Write what `make` does as JSON to a pipe, and end the process."""
    try:
        with suppress(ValueError):  # not in the first thread
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        _limit()
        answer: dict[str, Any]
        try:
            answer = {"words": make()}
        except InputError as error:
            answer = {"faults": list(map(_written, error.faults))}
        except MemoryError:
            return  # and say nothing: there may be no room for words
        except Exception:
            import traceback

            answer = {"failed": traceback.format_exc()}
        with os.fdopen(outward, "wb") as pipe:
            pipe.write(json.dumps(answer, default=str).encode())
    finally:
        os._exit(0)


def _written(fault: Fault) -> dict[str, Any]:
    """Return a fault as JSON holds it; `entries` names those of its fields that are of the catalogue."""
    entries = [key for key, value in fault.fields.items() if isinstance(value, Entry)]
    return {**vars(fault), "fields": dict(fault.fields), "entries": entries}


def _read(written: dict[str, Any]) -> Fault:
    """Return the fault that was written so."""
    entries = written.pop("entries")
    fields = {key: Entry(value) if key in entries else value for key, value in written.pop("fields").items()}
    return Fault(fields=fields, **written)


def _limit() -> None:
    """Bound this process's memory and time, as far as the system can."""
    room = ROOM_IN_ALL_BYTES
    with suppress(OSError, ValueError), open(HELD, "rb") as held:
        room = int(held.read().split()[0]) * resource.getpagesize() + ROOM_BYTES
    bounds = ((resource.RLIMIT_AS, room), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0))
    for kind, bound in bounds:
        with suppress(OSError, ValueError):
            now, most = resource.getrlimit(kind)
            resource.setrlimit(kind, (bound if now == resource.RLIM_INFINITY else min(bound, now), most))


def _told(inward: int) -> bytes:
    """Return all that comes through a pipe; what came so far if nothing does for too long."""
    parts: list[bytes] = []
    # not select.select, which knows no handle beyond 1023
    with selectors.DefaultSelector() as ready:
        ready.register(inward, selectors.EVENT_READ)
        while ready.select(PATIENCE_S) and (part := os.read(inward, PART)):
            parts.append(part)
    return b"".join(parts)
