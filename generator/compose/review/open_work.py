"""What is still to be filled in (待填): nothing is said yet of what it would give."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load.yaml.changes import value_at
from generator.load.yaml.marks import FILL
from generator.load.yaml.tree import Path_, SourceTree


def is_to_be_filled(source: SourceTree, path: Path_) -> bool:
    """Whether 待填 stands beside a value, or beside one within it.

    Of a value that is not written, the one around it counts: a key of a section.
    """
    while len(path) > 1 and not source.knows(path):
        path = path[:-1]
    if not source.knows(path):
        return False
    lines = {
        (mark.place.file, mark.place.line) for mark in source.marks if mark.words.startswith(FILL)
    }
    return bool(lines) and any(_line(source, each) in lines for each in _within(source, path))


def _line(source: SourceTree, path: Path_) -> tuple[object, int]:
    place = source.place(path, key=isinstance(path[-1], str))
    return place.file, place.line


def _within(source: SourceTree, path: Path_) -> Iterator[Path_]:
    """A path and all those below it."""
    yield path
    value = value_at(source.data, path)
    if isinstance(value, dict):
        for key in value:
            yield from _within(source, (*path, key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from _within(source, (*path, index))
