"""All files of a build or none: every call of the system made to fail in turn, and the places looked at after each."""

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from faulty import FAULTS, Killed, System
from test_bad_input import EXAMPLE, ROOT, TEXT

from reportkit import InputError, Report, cli, disk, files
from reportkit.facts import fact  # noqa: F401 - loaded before the system fails
from reportkit.writers import mark

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs the system calls of POSIX")
pytestmark = POSIX
OLD, NEW = b"old words, %d", b"new words of another length, %d"
# files a build puts: one, two in one folder, six in three folders of which one is still to be made
BUILDS = {
    1: ("a.txt",),
    2: ("a.docx", "a.pdf"),
    6: ("a.docx", "a.pdf", "甲/b.docx", "甲/b.txt", "new/c.docx", "new/c.txt"),
}
KINDS = ("new", "existing", "mixed")


class Folder:
    """A folder with old files in it, and the new ones that are to take their places."""

    def __init__(self, root, names, kind):
        self.root = root
        self.new = {root / name: NEW % at for at, name in enumerate(names)}
        (root / "甲").mkdir(parents=True)
        (root / "甲/别人的.txt").write_bytes(b"not ours")
        for at, place in enumerate(self.new):
            if kind == "existing" or (kind == "mixed" and at % 2):
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(OLD % at)
                place.chmod(0o640)
        self.before = self.held()

    def held(self):
        """Return what stands in every place, the folders too."""
        found = {path: None if path.is_dir() else path.read_bytes() for path in self.root.rglob("*")}
        return {path: data for path, data in found.items() if not path.name.startswith(disk.SCRATCH)}

    def after(self):
        """Return what stands in every place when the new files are in theirs."""
        records = {path: data for path, data in self.held().items() if path.name == files.RECORD}
        return self.before | self.new | {place.parent: None for place in self.new if place.parent != self.root} | records

    def scratch(self):
        return [path for path in self.root.rglob(f"{disk.SCRATCH}*")]


def put(folder):
    """Put the new files; return what was raised, if anything was."""
    try:
        files.put(folder.new, force=True)
    except (InputError, KeyboardInterrupt, Killed) as error:
        return error
    return None


def calls(names, kind, tmp_path, monkeypatch):
    """Return how many calls of the system it takes to put files."""
    folder = Folder(tmp_path / "counted", names, kind)
    with monkeypatch.context() as patch:
        system = System().install(patch)
        assert put(folder) is None
    return system.count


def judge(folder, system, error):
    """Hold what is in the places, and what was said, against the promise."""
    held = folder.held()
    if isinstance(error, Killed):
        for place, new in folder.new.items():
            assert held.get(place) in (folder.before.get(place), new), place
            assert place in held or place not in folder.before
        return
    assert system.name in ("unlink", "rmdir") or not folder.scratch()
    if error is None:
        assert held == folder.after()
    elif isinstance(error, InputError):
        assert held == folder.before
        assert len(error.faults) == 1
        assert "写不了" in str(error) or "不能" in str(error)
        assert disk.SCRATCH not in str(error)
    else:
        assert held in (folder.before, folder.after())


def run(names, kind, fault, after, step, tmp_path, monkeypatch):
    """Let every `step`-th call fail, each time over files as they were; return how many did."""
    count = calls(names, kind, tmp_path, monkeypatch)
    assert count > 10
    for number in range(0, count, step):
        folder = Folder(tmp_path / str(number), names, kind)
        with monkeypatch.context() as patch:
            system = System(number, FAULTS[fault], after).install(patch)
            error = put(folder)
        assert system.failed, number
        judge(folder, system, error)
    return len(range(0, count, step))


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", BUILDS)
def test_whichever_call_fails_all_files_are_new_or_all_are_as_they_were(
    size, kind, fault, after, tmp_path, monkeypatch
):
    run(BUILDS[size], kind, fault, after, 1, tmp_path, monkeypatch)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_call_that_fails_leaves_all_files_new_or_all_as_they_were(fault, tmp_path, monkeypatch):
    run(BUILDS[2], "mixed", fault, False, 3, tmp_path, monkeypatch)
