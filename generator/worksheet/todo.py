"""The marks of work left (待填, 待核) of a folder, each with the value that it stands beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.load.yaml.changes import path_text, value_at
from generator.load.yaml.tree import Path_, SourceTree

_LONGEST = 200


class Todo(Struct, frozen=True):
    """A mark: what it says, where it is written, and the path of the value beside it.

    ``path`` is ``None`` of a mark that stands on a line of its own.
    """

    words: str
    file: str
    line: int
    path: Path_ | None
    content: str

    @property
    def label(self) -> str:
        """The path as people read it."""
        if self.path is None:
            return "（单独一行）"
        return path_text(self.path)


def todos(source: SourceTree, folder: Path) -> list[Todo]:
    """The marks of a folder in their order."""
    places: dict[tuple[Path, int], Path_] = {}
    for path in _paths(source.data, ()):
        place = source.place(path, key=isinstance(path[-1], str))
        places.setdefault((place.file, place.line), path)
    return [
        Todo(
            mark.words,
            mark.place.file.relative_to(folder).as_posix(),
            mark.place.line,
            path,
            _shown(value_at(source.data, path)) if path is not None else "",
        )
        for mark in source.marks
        for path in [places.get((mark.place.file, mark.place.line))]
    ]


def _paths(data: Any, path: Path_) -> Iterator[Path_]:
    """Every path of data, the outer ones first."""
    children = data.items() if isinstance(data, Mapping) else enumerate(data or ())
    if isinstance(data, str):
        return
    for step, value in children:
        yield (*path, step)
        yield from _paths(value, (*path, step))


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "、".join(value)[:_LONGEST]
    if not value:
        return "（空）"
    if isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values()):
        return "、".join(f"{key} {each}" for key, each in value.items())[:_LONGEST]
    return f"（{len(value)} 项）"
