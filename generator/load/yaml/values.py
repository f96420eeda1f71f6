"""Other texts at some places of one YAML file; all else stays as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.core.files.plain import read_plain
from generator.load.yaml.changes import Path_, SetValue
from generator.load.yaml.errors import LOADER
from generator.load.yaml.patch import BOM, PatchError, patched, plain
from generator.load.yaml.tree import LARGEST_FILE


def placed_texts(file: Path) -> Iterator[tuple[tuple[int, int], Path_, str]]:
    """Every text of a file: the line and column where it begins, from 1, its path, and itself.

    Raises:
        OSError: if the file cannot be read.
        yaml.YAMLError, UnicodeError: if it is no YAML.
    """
    root = yaml.compose(_text(read_plain(file, LARGEST_FILE)), Loader=LOADER)
    if root is not None:
        yield from _below(root, ())


def with_values(file: Path, values: Mapping[Path_, str]) -> bytes:
    """The content of a file with other texts at the paths of texts that are there.

    Raises:
        OSError: if it cannot be read.
        PatchError: if the edited file would say anything else than is wanted.
    """
    content = read_plain(file, LARGEST_FILE)
    text = _text(content)
    new = patched(text, [SetValue(path, value) for path, value in values.items()]) or ""
    wanted = plain(text)
    for path, value in values.items():
        _set(wanted, path, value)
    if plain(new) != wanted:
        raise PatchError(file)
    if b"\r\n" in content:
        new = new.replace("\n", "\r\n")
    return BOM * content.startswith(BOM) + new.encode()


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _set(data: Any, path: Path_, value: str) -> None:
    *steps, last = path
    for step in steps:
        data = data[step]
    data[last] = value


def _below(node: yaml.Node, path: Path_) -> Iterator[tuple[tuple[int, int], Path_, str]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _below(item, (*path, number))
    else:
        mark = node.start_mark
        yield (mark.line + 1, mark.column + 1), path, str(node.value)
