"""The manual is true: every command and every snippet in it is run, every public name is told as it is."""

import inspect
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import test_form

import reportkit
from reportkit.words import genre

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SIGNATURE = re.compile(r"^### `(\w+)(?:\.(\w+))?(\(.*\) -> .*)`$", re.MULTILINE)
SHELL = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("make")), reason="needs bash and make")
SPEECH = "在全市工作推进会上的讲话\n\n同志们：\n\n　　今天开会，就一件事。\n\n　　一、抓落实\n\n　　各县都要抓落实。\n"


def filled(name):
    """Return the form of an example's genre, filled with its data."""
    data = test_form.example(name)
    clerk = test_form._Clerk(genre.find(data["模板"]).shape)
    clerk.fill(data)
    return clerk.book


def own_profile(folder):
    (toml,) = (text for kind, text in blocks(ROOT / "docs/profiles.md") if kind == "toml" and "title = " in text)
    (folder / "本局.toml").write_text(toml, "utf-8")


def policy(folder):
    (toml,) = (text for kind, text in blocks(ROOT / "docs/typeset.md") if kind == "toml")
    (folder / "隐去.toml").write_text(toml, "utf-8")


# what a command of the manual is given before it is run, by a part of the command
GIVEN = {
    "讲话稿.txt": lambda folder: (folder / "讲话稿.txt").write_text(SPEECH, "utf-8"),
    "speech.txt": lambda folder: (folder / "speech.txt").write_text(SPEECH, "utf-8"),
    "改.txt": lambda folder: (folder / "改.txt").write_text("1: 标题\n", "utf-8"),
    "build data.yaml": lambda folder: shutil.copy(ROOT / "examples/jingxin/data.yaml", folder / "data.yaml"),
    "facts data.yaml": lambda folder: shutil.copy(ROOT / "examples/jingxin/data.yaml", folder / "data.yaml"),
    "build summary.xlsx": lambda folder: filled("zongjie").save(folder / "summary.xlsx"),
    "build briefing.xlsx": lambda folder: filled("jingxin").save(folder / "briefing.xlsx"),
    "本局.toml": own_profile,
    "隐去.toml": policy,
}


@cache
def blocks(page):
    return [(found[1], found[2]) for found in BLOCK.finditer(page.read_text("utf-8"))]


def commands(page):
    lines = [line for kind, text in blocks(page) if kind == "sh" for line in text.splitlines()]
    return [command for line in lines if (command := re.sub(r"(^|\s+)#.*", "", line))]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A scratch copy of the checkout's examples, with the commands of its .venv."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name, started in (("reportkit", f'"{sys.executable}" -m reportkit'), ("python", f'"{sys.executable}"')):
        shim = tmp_path / ".venv/bin" / name
        shim.write_text(f'#!/bin/sh\nexec {started} "$@"\n')
        shim.chmod(0o755)
    (tmp_path / "讲话稿.txt").write_text(SPEECH, "utf-8")
    policy(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command, folder):
    for part, given in GIVEN.items():
        if part in command:
            given(folder)
    # of what make would do, the suite does the one and is the other: here it says what that is
    command = re.sub("^make ", "make -n ", command)
    environment = {**os.environ, "HOME": str(folder / "home"), "PATH": f"{folder}/.venv/bin:{os.environ['PATH']}"}
    made = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert made.returncode == 0, f"{command}\n{made.stderr}"
    return made.stdout


@SHELL
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_every_command_of_the_manual_is_run(page, folder):
    for command in commands(page):
        run(command, folder)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(kind == "python" for kind, _ in blocks(page))], ids=lambda page: page.name
)
def test_every_snippet_of_the_manual_is_run(page, folder, capsys):
    names = {}
    for kind, text in blocks(page):
        if kind == "python":
            exec(compile(text, str(page), "exec"), names)


@SHELL
def test_the_demo_of_the_makefile_builds_and_prints_the_files_it_names(folder):
    printed = run("make demo", folder)
    files = [run(line, folder).split() for line in printed.splitlines() if "reportkit build" in line]
    assert [[Path(file).suffix for file in each] for each in files] == [[".docx", ".pdf"]] * 2
    assert all((folder / file).is_file() for each in files for file in each)


def plain(signature):
    """Return a signature without quotes, `self` or `cls`: names of types are as the manual writes them."""
    text = str(signature).replace("'", "").replace("<class str>", "str")
    return re.sub(r"^\((self|cls)(, )?", "(", text)


def told():
    return {(found[1], found[2]): found[3] for found in SIGNATURE.finditer((ROOT / "docs/api.md").read_text("utf-8"))}


def test_every_public_name_is_told_in_the_manual_and_no_other():
    assert {name for name, method in told() if method is None} | {"Report"} == set(reportkit.__all__)
    heads = re.findall(r"^## (\w+)$", (ROOT / "docs/api.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(heads) == sorted(reportkit.__all__)


@pytest.mark.parametrize(("name", "method"), told())
def test_a_signature_in_the_manual_is_that_of_the_code(name, method):
    made = getattr(reportkit, name)
    made = getattr(made, method) if method else made
    assert plain(inspect.signature(made)) == told()[name, method].replace("'", "")


def test_every_public_method_and_property_is_told():
    text = (ROOT / "docs/api.md").read_text("utf-8")
    for name in reportkit.__all__:
        own = vars(getattr(reportkit, name))
        for one in own:
            if not one.startswith("_"):
                assert (name, one) in told() or f"`{one}`" in text or f"{one}:" in text, f"{name}.{one}"
