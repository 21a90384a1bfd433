"""A command that is stopped says so in one line, with the exit code shells know, whenever that happens."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from test_bad_input import EXAMPLE, ROOT

import reportkit
from reportkit import disk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")
TOLD = {"zh": "已中断：没有写到一半的文件\n", "en": "stopped: no file is half written\n"}
# the command from where it is its own: Python itself, before that, is stopped as it is stopped
BEGUN = """
import os, signal, sys
import reportkit.ending
reportkit.ending.listen()
from reportkit.__main__ import main
main()
"""


def begun(*words, code=BEGUN, **options):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        **options,
    )


def stopped_at(name, number, *words, **environment):
    """Stop a command as it imports a module; return its exit code and what it told."""
    code = f"""
import os, sys
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), {int(number)})
sys.meta_path.insert(0, Stop())
from reportkit.__main__ import main
main()
"""
    with begun(*words, code=code, env={**os.environ, **environment}) as made:
        _, told = made.communicate(timeout=60)
    return made.returncode, told.decode()


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("reportkit.cli", signal.SIGINT, 130),
        ("reportlab", signal.SIGTERM, 143),
        pytest.param("reportkit.errors", signal.SIGHUP, 129, marks=pytest.mark.slow),
        pytest.param("decimal", signal.SIGINT, 130, marks=pytest.mark.slow),
        pytest.param("reportkit.writers.docx", signal.SIGINT, 130, marks=pytest.mark.slow),
        pytest.param("reportlab", signal.SIGINT, 130, marks=pytest.mark.slow),
    ],
)
def test_a_stop_while_it_imports_is_told_in_one_line(name, number, code, tmp_path):
    assert stopped_at(name, number, "build", EXAMPLE, "-o", tmp_path / "out") == (code, TOLD["zh"])
    assert not (tmp_path / "out").exists()


def test_a_stop_is_told_in_the_language_asked_for(tmp_path):
    words = ["build", EXAMPLE, "-o", tmp_path / "out", "--lang", "en"]
    assert stopped_at("reportkit.writers.docx", signal.SIGINT, *words) == (130, TOLD["en"])
    assert stopped_at("reportkit.cli", signal.SIGINT, "fonts", REPORTKIT_LANG="en") == (130, TOLD["en"])


def test_a_stop_that_a_library_swallows_is_heeded_before_anything_is_written(tmp_path):
    code = BEGUN.replace("main()", "try: os.kill(os.getpid(), signal.SIGINT)\nexcept BaseException: pass\nmain()")
    with begun("build", EXAMPLE, "-o", tmp_path / "out", code=code) as made:
        assert made.communicate(timeout=60)[1].decode() == TOLD["zh"]
    assert (made.returncode, (tmp_path / "out").exists()) == (130, False)


def test_what_was_ignored_stays_ignored(tmp_path):
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + BEGUN.replace(
        "main()", "os.kill(os.getpid(), signal.SIGHUP)\nmain()"
    )
    with begun("build", EXAMPLE, "-o", tmp_path, "--to", "txt", code=code) as made:
        made.communicate(timeout=60)
    assert (made.returncode, len(list(tmp_path.glob("*.txt")))) == (0, 1)


def test_importing_the_package_touches_no_signal():
    code = (
        "import signal; before = [signal.getsignal(n) for n in signal.valid_signals()]; import reportkit; "
        "reportkit.Report; assert before == [signal.getsignal(n) for n in signal.valid_signals()]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=ROOT)
    assert {*reportkit.__all__} <= {*dir(reportkit)}


@pytest.mark.parametrize("times", [2, pytest.param(60, marks=pytest.mark.slow)])
@pytest.mark.parametrize("twice", [False, True])
def test_a_stop_at_any_moment_is_one_line_and_all_files_or_none(times, twice, tmp_path):
    draw = random.Random(11)
    for at in range(times):
        folder = tmp_path / str(at)
        code = BEGUN.replace("main()", 'print("begun", flush=True)\nmain()')
        with begun("build", EXAMPLE, "-o", folder, "--to", "txt", "--to", "docx", code=code) as made:
            made.stdout.readline()
            time.sleep(draw.uniform(0, 0.5))
            number, ending = draw.choice([(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
            made.send_signal(number)
            if twice:
                time.sleep(draw.uniform(0, 0.003))
                made.send_signal(number)
            told = made.communicate(timeout=60)[1].decode()
        names = [path.suffix for path in folder.iterdir()] if folder.exists() else []
        assert made.returncode in (0, ending)
        assert (told.count("\n"), "Traceback" in told, "ignored" in told) == (
            1 if made.returncode == 0 else told.count("\n"),
            False,
            False,
        )
        assert sorted(names) in ([], ["", ".docx", ".txt"])
        assert names or made.returncode
        assert not list(tmp_path.rglob(f"{disk.SCRATCH}*"))
