"""What a command says goes out, or is told not to, whatever its streams are; what it writes is written all the same."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest
from test_bad_input import EXAMPLE, ROOT

pytestmark = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the streams of Linux")
SLOW = pytest.mark.slow
FULL = "错误：输出写不了：磁盘满了\n"


def shell(line, **environment):
    """Run a line of the shell with the command in place of RK; return its exit code and what it told."""
    line = line.replace("RK", f'"{sys.executable}" -m reportkit').replace("DATA", f'"{EXAMPLE}"')
    env = {**os.environ, **environment}
    made = subprocess.run(["bash", "-c", line], capture_output=True, cwd=ROOT, timeout=60, env=env)
    return made.returncode, made.stdout, made.stderr.decode()


def test_results_that_cannot_be_written_are_told_and_the_files_are_there(tmp_path):
    code, _, told = shell(f'RK build DATA --to txt --json -o "{tmp_path}" > /dev/full')
    assert (code, told) == (1, FULL)
    assert len(list(tmp_path.glob("*.txt"))) == 1


def test_messages_that_cannot_be_written_change_nothing(tmp_path):
    code, out, _ = shell(f'RK build DATA --to txt --json -o "{tmp_path}" 2> /dev/full')
    assert (code, len(json.loads(out)["files"])) == (0, 1)
    assert shell("RK build none.yaml 2> /dev/full")[0] == 1
    assert shell("RK build 2> /dev/full")[0] == 2
    assert shell("RK templates > /dev/full 2>&1")[0] == 1


@pytest.mark.parametrize(
    "words", ["--help", *(pytest.param(one, marks=SLOW) for one in ("--version", "build --help", "schema briefing"))]
)
def test_help_that_cannot_be_written_is_told(words):
    assert shell(f"RK {words} > /dev/full")[::2] == (1, FULL)
    assert shell(f"RK {words} >&- 2>&- <&-")[0] == 0


def test_faults_are_told_even_where_their_json_cannot_be():
    code, _, told = shell("RK build none.yaml --json > /dev/full")
    assert (code, told.count("\n")) == (1, 2)
    assert told.startswith("错误：none.yaml")
    assert told.endswith(FULL)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_pipe_that_does_not_wait_gets_everything(stream):
    out, into = os.pipe()
    os.set_blocking(into, False)
    words = ["show", "pages", EXAMPLE, "--json"] if stream == "stdout" else ["build", *[f"{'x' * 90}.yaml"] * 900]
    with subprocess.Popen([sys.executable, "-m", "reportkit", *map(str, words)], cwd=ROOT, **{stream: into}) as made:
        os.close(into)
        time.sleep(1)
        got = b""
        while part := os.read(out, 5000):
            got += part
            time.sleep(0.002)
    os.close(out)
    assert made.returncode == (0 if stream == "stdout" else 1)
    if stream == "stdout":
        assert json.loads(got)["rows"]
    else:
        assert got.count("没有这个文件".encode()) == 900


@pytest.mark.parametrize(
    "environments",
    [
        [{"LC_ALL": "C.UTF-8"}],
        pytest.param([{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX"}], marks=SLOW),
    ],
)
def test_a_name_that_is_no_text_goes_out_as_it_came_in(environments, tmp_path):
    name = os.fsdecode(b"\xff\xfe")
    (tmp_path / f"{name}.txt").write_text("　　要点\n", "utf-8")
    for environment in environments:
        quoted = f"'{tmp_path}'/$'\\xff\\xfe'.txt"
        code, out, told = shell(f"RK typeset {quoted} --to docx -o '{tmp_path}/out'", **environment)
        assert (code, "Traceback" in told) == (0, False)
        assert out.endswith(b"/out/\xff\xfe.docx\n")
        code, out, told = shell(f"RK typeset {quoted} --to docx -o '{tmp_path}/out' --json", **environment)
        assert json.loads(out.decode("utf-8"))["files"] == [f"{tmp_path}/out/{name}.docx"]
        assert shell("RK build $'\\xff'.yaml", **environment)[::2] == (
            1,
            "错误：\\xff.yaml：没有这个文件（核对路径和文件名）\n",
        )


def test_a_stop_ends_a_command_whose_output_nobody_reads(tmp_path):
    made = subprocess.Popen(
        [sys.executable, "-m", "reportkit", "show", "pages", EXAMPLE, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        pipesize=4096,
    )
    threading.Timer(1.5, made.terminate).start()
    assert (made.wait(timeout=30), made.stderr.read().decode()) == (143, "已中断：没有写到一半的文件\n")
    made.stdout.close()
    made.stderr.close()
