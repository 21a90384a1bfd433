"""Options and marks of the whole suite: `--accept`, and what the quick set leaves out."""

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples in every run: what fails by chance alone fails where nobody has seen it. make fuzz draws others
settings.register_profile("drawn once", derandomize=True, deadline=None)
settings.register_profile("drawn anew", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("drawn anew" if os.environ.get("REPORTKIT_FUZZ") else "drawn once")

# whoever runs the suite in the background, or under nohup, ignores these: so would every command it starts
for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM), signal.SIGTERM):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

AGREEMENT = Path(__file__).resolve().parent / "agreement"


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="write the golden files anew instead of comparing with them")


def pytest_itemcollected(item):
    """Mark as `real` what opens our files with whole office suites: it is not in the quick set.

    The tests of a file go to one worker, which keeps what they share; those of each engine to one of their own.
    """
    if item.path.is_relative_to(AGREEMENT):
        item.add_marker(pytest.mark.real)
    params = item.callspec.params if hasattr(item, "callspec") else {}
    engine = next((params[name] for name in ("set_by", "engine") if name in params), "")
    item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {engine}"))


@pytest.fixture(scope="session")
def accept(request):
    """True if golden files are to be written anew."""
    return request.config.getoption("--accept")


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command line; return its exit code, stdout and stderr."""
    from reportkit import cli

    def ran(*words):
        monkeypatch.setattr(sys, "argv", ["reportkit", *map(str, words)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return ran
