"""The rooms of the house: imports go one way, and a dependency has one door."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "reportkit"
# seen by all; they see nothing of ours but how text is shown
FREE = {"assets", "disk", "errors", "regular", "shelf", "streams", "visible"}
ROOMS = ["data", "facts", "tables", "words", "document", "pages", "writers"]
MAY_SEE = {
    "data": {"data"},
    "facts": {"data", "facts", "toml"},
    "tables": {"data", "facts", "tables"},
    "words": {"data", "facts", "toml", "words"},
    "toml": set(),
    "document": {"data", "facts", "document"},
    "pages": {"document", "pages", "toml"},
    "writers": {"document", "pages", "writers"},
    "messages": set(),
    "editions": {"document", "facts", "messages", "toml", "editions"},
    "source": {"data", "facts", "words", "document", "editions"},
    "redaction": {"data", "facts", "document", "editions", "pages", "source"},
    "filename": set(),
    "files": {"writers"},
    "result": {"facts", "document", "editions"},
    "report": {*ROOMS, "editions", "source", "redaction", "filename", "files", "result"},
    "stages": {"facts", "report", "result"},
    "completion": set(),
    "ending": {"messages"},
    "arguments": {"editions", "writers", "messages", "report", "stages"},
    "cli": {
        "facts",
        "tables",
        "words",
        "pages",
        "writers",
        "messages",
        "files",
        "report",
        "result",
        "stages",
        "arguments",
        "completion",
        "ending",
    },
    "__init__": {"facts", "document", "report", "result"},
    "__main__": {"cli", "ending"},
}
DOORS = {
    "jinja2": "words/",
    "babel": ("words/say/dates.py", "messages.py"),
    "docx": "writers/docx/",
    "lxml": "writers/docx/",
    "reportlab": "writers/pdf/",
    "yaml": "data/yaml.py",
    "budoux": "pages/title.py",
    "openpyxl": "tables/",
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
    assert ours <= ({"visible"} if room(path) in FREE else MAY_SEE.get(room(path), set()) | FREE)


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


def module(path):
    """Return a file's module name, that of a folder for its __init__."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_file_imports_itself_through_others():
    known = {module(path): path for path in FILES}
    # a folder that was named to take a file from it is only passed through
    sees = {
        name: {one if one in known else one.rpartition(".")[0] for one in imported(path)} & known.keys() - {name}
        for name, path in known.items()
    }
    settled = set()
    while free := {name for name, seen in sees.items() if name not in settled and seen <= settled}:
        settled |= free
    assert sees.keys() - settled == set()
