"""Where the shipped templates and fonts are: a folder name in, a real path out."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the shipped folder `name` ("templates" or "fonts").

    A wheel carries it inside the package; a checkout and an editable install have it beside the package.
    """
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name
