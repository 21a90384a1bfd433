"""The places of a Shape: its values and its lists by path, and which list is in the rows of which."""

from __future__ import annotations

from collections.abc import Container, Iterator

from reportkit.facts.shape import Shape

Keys = tuple[str, ...]


def lists(shape: Shape, above: tuple[Shape, ...] = (), path: Keys = ()) -> Iterator[tuple[Keys, tuple[Shape, ...]]]:
    """Yield the path of every list of groups, with the shapes along it, the last that of its rows."""
    for name, inner in shape.fields.items():
        here, shapes = (*path, name), (*above, inner)
        if inner.item is not None and inner.item.kind == "map":
            yield here, (*shapes, inner.item)
            yield from lists(inner.item, shapes, here)
        elif inner.kind == "map":
            yield from lists(inner, shapes, here)


def leaves(shape: Shape, path: Keys = ()) -> Iterator[tuple[Keys, Shape]]:
    """Yield the path of every value, or list of values, of a group and the groups in it."""
    for name, inner in shape.fields.items():
        if inner.kind == "map":
            yield from leaves(inner, (*path, name))
        elif inner.item is None or inner.item.kind != "map":
            yield (*path, name), inner


def is_asked(shape: Shape, path: Keys) -> bool:
    """Return whether the value at `path` must be there: it and every group on its way."""
    for name in path:
        shape = shape.fields[name]
        if shape.optional:
            return False
    return True


def outer(path: Keys, of: Container[Keys]) -> Keys | None:
    """Return the path of the list, one of `of`, in whose rows the list at `path` is; None if it is in none."""
    return next((path[:end] for end in range(len(path) - 1, 0, -1) if path[:end] in of), None)
