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
        return (
            self.before | self.new | {place.parent: None for place in self.new if place.parent != self.root} | records
        )

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
    # three kinds of builds, three of places, five faults before and after they are done: some 2,000 in all
    step = 1 if size < 6 else 5
    run(BUILDS[size], kind, fault, after, step, tmp_path, monkeypatch)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_call_that_fails_leaves_all_files_new_or_all_as_they_were(fault, tmp_path, monkeypatch):
    run(BUILDS[2], "mixed", fault, False, 3, tmp_path, monkeypatch)


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_if_nothing_works_any_more_each_file_is_whole_and_it_is_told_which_are_new(step, tmp_path, monkeypatch):
    names = BUILDS[2]
    torn = 0
    for number in range(0, calls(names, "existing", tmp_path, monkeypatch), step):
        folder = Folder(tmp_path / str(number), names, "existing")
        with monkeypatch.context() as patch:
            System(number, FAULTS["broken"], lasting=True).install(patch)
            error = put(folder)
        held = folder.held()
        new = [place for place in folder.new if held[place] == folder.new[place]]
        assert all(held[place] == folder.before[place] for place in folder.new if place not in new)
        if error is None:  # all are in their places, and only scratch files could not be deleted
            assert len(new) == len(folder.new)
        elif new:
            torn += 1
            told = {Path(fault.file): fault for fault in error.faults[1:]}
            # one of which nothing can be learnt any more is told too
            assert set(new) <= set(told)
            for place in set(told) & set(folder.new):
                assert Path(told[place].fields["old"]).read_bytes() == folder.before[place]
                assert "旧的在" in told[place].say()
    assert torn or step > 1


def test_an_interrupt_while_a_failure_is_put_right_leaves_nothing_behind(tmp_path, monkeypatch):
    names = BUILDS[2]
    count = calls(names, "existing", tmp_path, monkeypatch)

    class Twice(System):
        def called(self, name, real):
            call = super().called(name, real)

            def interrupted(*words, **options):
                if self.failed and self.count - self.at == self.later:
                    self.count += 1
                    raise KeyboardInterrupt
                return call(*words, **options)

            return interrupted

    for later in (1, 2, 3, 5):
        for number in range(0, count, 2):
            folder = Folder(tmp_path / f"{later}-{number}", names, "existing")
            with monkeypatch.context() as patch:
                system = Twice(number, FAULTS["full"]).install(patch)
                system.later = later
                error = put(folder)
            assert not folder.scratch()
            assert folder.held() in (folder.before, folder.after())
            assert not isinstance(error, InputError) or folder.held() == folder.before


def child(code, *words, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)], cwd=ROOT, stderr=subprocess.PIPE, text=True, **options
    )


ENDLESS = """
import sys
from pathlib import Path
from reportkit import files
root = Path(sys.argv[1])
for turn in range(10**6):
    files.put({root / f"{name}.pdf": b"%d" % turn * 50000 for name in "abc"}, force=True)
    turn or print("ready", flush=True)
"""


@pytest.mark.parametrize("times", [2, pytest.param(25, marks=pytest.mark.slow)])
def test_a_run_that_is_killed_at_any_moment_leaves_each_file_whole_and_the_next_one_works(times, tmp_path):
    draw = random.Random(7)
    for _ in range(times):
        with child(ENDLESS, tmp_path, stdout=subprocess.PIPE) as made:
            made.stdout.readline()
            time.sleep(draw.uniform(0.05, 0.15))
            made.kill()
        held = [(tmp_path / f"{name}.pdf").read_bytes() for name in "abc"]
        turns = [int(data[: len(data) // 50000]) for data in held]
        assert all(data == b"%d" % turn * 50000 for data, turn in zip(held, turns, strict=True))
        assert max(turns) - min(turns) <= 1
    # what it left is no other name of the file, and no reason to refuse
    files.put({tmp_path / "a.pdf": held[0]})


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_stopped_while_it_writes_leaves_all_files_of_one_run(number, tmp_path):
    guarded = "import reportkit.ending as e; e.listen()\n" + ENDLESS
    with child(guarded, tmp_path, stdout=subprocess.PIPE) as made:
        made.stdout.readline()
        time.sleep(0.1)
        made.send_signal(number)
        try:
            made.communicate(timeout=30)
        finally:
            made.kill()
    assert len({(tmp_path / f"{name}.pdf").read_bytes() for name in "abc"}) == 1
    assert not list(tmp_path.glob(f"{disk.SCRATCH}*"))


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from reportkit.__main__ import main
main()
"""


@pytest.mark.parametrize("limit", [1000, 10000])
def test_a_disk_that_takes_one_file_and_not_the_next_keeps_the_old_of_both(limit, tmp_path):
    words = ["build", EXAMPLE, "-o", tmp_path / "out", "--to", "txt", "--to", "docx"]
    made = child(LIMITED, limit, *words, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    told = made.communicate(timeout=60)[1]
    assert (made.returncode, told.count("\n"), "写不了：文件太大" in told) == (1, 1, True)
    assert not (tmp_path / "out").exists()


def test_threads_that_write_to_one_folder_leave_the_files_of_one_of_them(tmp_path):
    names = ("a.txt", "b.txt", "c.pdf")
    errors = []

    def work(own):
        for turn in range(4):
            try:
                files.put({tmp_path / name: b"%d %d" % (own, turn) for name in names}, force=True)
                files.put({tmp_path / f"own {own}.txt": b"%d" % turn})
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=work, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len({(tmp_path / name).read_bytes() for name in names}) == 1
    assert not list(tmp_path.glob(f"{disk.SCRATCH}*"))
    # no record was lost: each may be written over unasked
    for own in range(4):
        files.put({tmp_path / f"own {own}.txt": b"at last"})


def test_commands_that_write_to_one_folder_leave_the_files_of_one_of_them(tmp_path):
    words = [sys.executable, "-m", "reportkit", "build", EXAMPLE, "-o", tmp_path, "--to", "txt", "--to", "docx"]
    running = [subprocess.Popen([*words, "--lines", lines], stdout=subprocess.DEVNULL) for lines in ("held", "free")]
    assert [one.wait(timeout=60) for one in running] == [0, 0]
    (word,) = tmp_path.glob("*.docx")
    assert mark.untouched(word.read_bytes())
    assert sorted(path.suffix for path in tmp_path.iterdir()) == ["", ".docx", ".txt"]


def test_a_folder_that_another_run_does_not_leave_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "TRIES", 2)
    monkeypatch.setattr(disk, "PAUSE_S", 0.01)
    with disk.locked([tmp_path]), pytest.raises(InputError, match="正被占用"):
        files.put({tmp_path / "a.txt": b"1"})
    files.put({tmp_path / "a.txt": b"1"})


def test_a_file_system_without_links_and_locks_does_as_well(tmp_path, monkeypatch):
    def lacking(*words, **options):
        raise OSError(errno.ENOTSUP, "")

    for at, fault in enumerate((FAULTS["full"], FAULTS["interrupted"])):
        for number in range(0, 40, 3):
            folder = Folder(tmp_path / f"{at}-{number}", BUILDS[2], "existing")
            with monkeypatch.context() as patch:
                system = System(number, fault).install(patch)
                system.link = lacking
                patch.setattr(disk.fcntl, "flock", lacking)
                error = put(folder)
            assert not folder.scratch()
            assert folder.held() == (folder.after() if error is None else folder.before)


def test_a_command_tells_a_failing_disk_in_one_line_and_a_stop_with_130(tmp_path, monkeypatch, capsys):
    data = tmp_path / "data.yaml"
    data.write_text(TEXT, "utf-8")
    words = ["reportkit", "build", data, "-o", tmp_path / "out", "--to", "txt"]
    monkeypatch.setattr(sys, "argv", list(map(str, words)))
    Report.open(data).render("txt")
    for fault, code, line in (("full", 1, "写不了：磁盘满了"), ("interrupted", 130, "已中断")):
        for number in (6, 9, 12):
            with monkeypatch.context() as patch:
                System(number, FAULTS[fault]).install(patch)
                with pytest.raises(SystemExit) as end:
                    cli.main()
            told = capsys.readouterr().err
            assert (end.value.code, told.count("\n"), line in told) == (code, 1, True)
            assert not (tmp_path / "out").exists()
