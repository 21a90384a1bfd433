"""The end of a command that is stopped from outside: a signal in, one line and an exit code out.

It imports next to nothing until it is needed: what is stopped before this is heard shows a traceback.
"""

from __future__ import annotations

import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

# Ctrl-C, Ctrl-Break, kill, a terminal that is closed
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGBREAK", "SIGTERM", "SIGHUP") if hasattr(signal, name))
UNHEARD = (signal.SIG_DFL, signal.default_int_handler)
# what a shell says of a command that a signal ended is this and the signal
ENDED = 128

_received: list[int] = []


def listen() -> None:
    """Let what would end the process raise KeyboardInterrupt instead, with the signal; what is ignored stays so."""
    sys.unraisablehook = _unraisable
    for one in SIGNALS:
        if signal.getsignal(one) in UNHEARD:
            signal.signal(one, _stop)


def heed() -> None:
    """Raise KeyboardInterrupt if one was raised already and a library has swallowed it."""
    if _received:
        raise KeyboardInterrupt(_received[0])


def deaf() -> None:
    """Ignore what `listen` heard: everything is done, or being tidied away."""
    for one in SIGNALS:
        if signal.getsignal(one) is _stop:
            signal.signal(one, signal.SIG_IGN)


def told(stop: KeyboardInterrupt) -> int:
    """Say in one line that the command was stopped; return its exit code."""
    deaf()
    import os
    from contextlib import suppress

    from reportkit import streams
    from reportkit.errors import N_
    from reportkit.messages import LANGUAGE_VARIABLE, catalogue, language

    streams.ready()
    # a reader that does not read would keep what is still to be printed waiting for ever
    streams.hush(sys.stdout)
    with suppress(OSError):
        translate = catalogue(language(sys.argv[1:], os.environ.get(LANGUAGE_VARIABLE, "")))
        streams.tell(translate(N_("已中断：没有写到一半的文件")))
    return ENDED + (stop.args[0] if stop.args else signal.SIGINT)


def _stop(number: int, _: FrameType | None) -> None:
    _received.append(number)
    raise KeyboardInterrupt(number)


def _unraisable(one: sys.UnraisableHookArgs) -> None:
    """Keep quiet of a stop that was raised where nothing can be: it is heeded later."""
    if not issubclass(one.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(one)
