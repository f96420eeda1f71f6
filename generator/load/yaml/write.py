"""Writes YAML in the style of ``data/``: short things on one line, comments behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.core.text.patterns import late_pattern
from generator.load.yaml.marks import COMMENT
from generator.load.yaml.slips import slip_in_key
from generator.load.yaml.tree import Path_

_FLOW_WIDTH = 60
_DIGITS = late_pattern(r"\d+(\.\d+)?")
_LINE_SEPARATORS = late_pattern("[\x85\u2028\u2029]")
Comments = Mapping[Path_, str]
"""What stands behind a value, by the path to it."""


def yaml_text(data: Mapping[str, Any], comments: Comments) -> str:
    """The YAML of some sections; a comment stands at the end of the line of its path."""
    return "".join(f"{line}\n" for line in _mapping(data, (), "", comments))


def _mapping(
    data: Mapping[str, Any], path: Path_, indent: str, comments: Comments
) -> Iterator[str]:
    for key, value in data.items():
        here = (*path, key)
        head = f"{indent}{_scalar(key)}:"
        flow = _flow(value, here, comments)
        if flow is not None:
            yield f"{head} {flow}{_comment(here, comments)}"
        else:
            yield f"{head}{_comment(here, comments)}"
            yield from _nested(value, here, indent + "  ", comments)


def _nested(value: Any, path: Path_, indent: str, comments: Comments) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _mapping(value, path, indent, comments)
        return
    for index, item in enumerate(value):
        here = (*path, index)
        flow = _flow(item, here, comments)
        if flow is not None:
            yield f"{indent}- {flow}{_comment(here, comments)}"
            continue
        if here in comments:
            yield f"{indent}#{_comment(here, comments).partition('#')[2]}"
        lines = list(_nested(item, here, indent + "  ", comments))
        yield f"{indent}- {lines[0].strip()}"
        yield from lines[1:]


def _flow(value: Any, path: Path_, comments: Comments) -> str | None:
    """A value on one line: a scalar, or something short without comments inside."""
    if isinstance(value, str):
        return _scalar(value)
    if not value:
        return "[]" if isinstance(value, list | tuple) else "{}"
    if isinstance(value, Mapping):
        parts = [(key, value[key]) for key in value]
        if any(not isinstance(item, str) for _, item in parts):
            return None
        pairs = [f"{_scalar(key, flow=True)}: {_scalar(item, flow=True)}" for key, item in parts]
        text = "{" + ", ".join(pairs) + "}"
        inside = any((*path, key) in comments for key, _ in parts)
        return text if len(text) <= _FLOW_WIDTH and not inside else None
    return None


def _scalar(text: str, *, flow: bool = False) -> str:
    """A text as it must be written to read back the same; digits stay plain."""
    if _DIGITS.fullmatch(text):
        return text
    doubtful = _LINE_SEPARATORS.search(text) or slip_in_key(text, lone=False)
    written = yaml.safe_dump(
        [text] if flow else text,
        allow_unicode=True,
        default_style='"' if doubtful else None,
        width=float("inf"),
        default_flow_style=flow,
    )
    written = written.removesuffix("\n").removesuffix("\n...")
    return written[1:-1] if flow else written


def _comment(path: Path_, comments: Comments) -> str:
    return f"{COMMENT}{comments[path]}" if path in comments else ""


def key_lines(key: str, value: Any, indent: int = 0) -> list[str]:
    """A key with its value as lines of block style, in the style of ``data/``."""
    return list(_mapping({key: value}, (), " " * indent, {}))


def item_lines(value: Any, indent: int) -> list[str]:
    """An item of a list as lines of block style, its dash at the indent."""
    return list(_nested([value], (), " " * indent, {}))


def flow_text(value: Any) -> str:
    """A value of any depth on one line."""
    if isinstance(value, str):
        return _scalar(value, flow=True)
    if isinstance(value, Mapping):
        pairs = (f"{_scalar(key, flow=True)}: {flow_text(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(map(flow_text, value))}]"


def scalar_text(text: str) -> str:
    """A text as it is written in a block."""
    return _scalar(text)
