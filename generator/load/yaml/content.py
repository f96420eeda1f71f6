"""The text of a YAML file and what it says: every scalar as it is written, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from generator.load.yaml.changes import Path_
from generator.load.yaml.errors import LOADER

BOM = b"\xef\xbb\xbf"


def decoded_text(content: bytes) -> str:
    """The text of a file, its lines ended as YAML ends them."""
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def written_like(content: bytes, text: str) -> bytes:
    """A text as the content of a file, marked and its lines ended as in what stands there now."""
    if b"\r\n" in content:
        text = text.replace("\n", "\r\n")
    return BOM * content.startswith(BOM) + text.encode()


def plain_content(text: str) -> dict[str, Any]:
    """The content of a YAML text, every scalar as it is written."""
    root = yaml.compose(text, Loader=LOADER)
    content = _plain(root) if root is not None else {}
    return content if isinstance(content, dict) else {}


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return None if node.tag.endswith(":null") else str(node.value)


Placed = tuple[tuple[int, int], Path_, str | None]
"""The line and column where a value begins, from 1, its path, and its text if it is one."""


def placed_values(text: str) -> Iterator[Placed]:
    """Every value of a text, maps and lists too.

    Raises:
        yaml.YAMLError: if the text is no YAML.
    """
    root = yaml.compose(text, Loader=LOADER)
    if root is not None:
        yield from _below(root, ())


def _below(node: yaml.Node, path: Path_) -> Iterator[Placed]:
    is_text = isinstance(node, yaml.ScalarNode)
    mark = node.start_mark
    yield (mark.line + 1, mark.column + 1), path, str(node.value) if is_text else None
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _below(item, (*path, number))
