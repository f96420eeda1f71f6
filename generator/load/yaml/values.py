"""Other texts at some places of one YAML file; all else stays as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.core.files.plain import read_plain
from generator.load.yaml.changes import Path_, SetValue
from generator.load.yaml.content import decoded_text, plain_content, written_like
from generator.load.yaml.patch import PatchError, patched
from generator.load.yaml.tree import LARGEST_FILE


def with_values(file: Path, values: Mapping[Path_, str]) -> bytes:
    """The content of a file with other texts at the paths of texts that are there.

    Raises:
        OSError: if it cannot be read.
        PatchError: if the edited file would say anything else than is wanted.
    """
    content = read_plain(file, LARGEST_FILE)
    text = decoded_text(content)
    new = patched(text, [SetValue(path, value) for path, value in values.items()]) or ""
    wanted = plain_content(text)
    for path, value in values.items():
        _set(wanted, path, value)
    if plain_content(new) != wanted:
        raise PatchError(file)
    return written_like(content, new)


def _set(data: Any, path: Path_, value: str) -> None:
    *steps, last = path
    for step in steps:
        data = data[step]
    data[last] = value
