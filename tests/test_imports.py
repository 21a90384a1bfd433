"""The rooms of the house: imports go one way, and a dependency has one door."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "reportkit"
FREE = {"assets", "errors", "shelf"}  # see nothing of ours, seen by all
ROOMS = ["facts", "words", "document", "pages", "writers"]
MAY_SEE = {
    "facts": {"facts"},
    "toml": set(),
    "words": {"facts", "toml", "words"},
    "document": {"facts", "document"},
    "pages": {"document", "pages", "toml"},
    "writers": {"document", "pages", "writers"},
    "messages": set(),
    "report": {*ROOMS},
    "cli": {"facts", "words", "pages", "messages", "report"},
    "__init__": {"report"},
}
DOORS = {
    "jinja2": "words/",
    "babel": ("facts/formats.py", "messages.py"),
    "docx": "writers/docx/",
    "reportlab": "writers/pdf/",
    "yaml": "facts/load.py",
    "budoux": "pages/title.py",
    "openpyxl": "facts/excel/",
    "rich": "cli.py",
}
FILES = sorted(PACKAGE.rglob("*.py"))


def imported(path):
    """Yield every module a file imports, wherever in the file; of ours, with the name taken from it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path):
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("reportkit.")} - {"__version__"}
    assert ours <= ((MAY_SEE.get(room(path), set()) | FREE) if room(path) not in FREE else set())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_dependency_has_one_door(path):
    place = path.relative_to(PACKAGE).as_posix()
    for name in imported(path):
        door = DOORS.get(name.split(".")[0])
        assert door is None or place.startswith(door), f"{place} imports {name}"


@pytest.mark.parametrize("dependency", DOORS)
def test_every_dependency_is_used_behind_its_door(dependency):
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        for name in imported(path)
        if name.split(".")[0] == dependency
    }
    assert users
