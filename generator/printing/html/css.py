"""The addresses in CSS: whatever a browser would load, wherever and however it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import tinycss2

_URLS = frozenset({"url", "src"})
_PICTURES = frozenset({"image", "image-set", "-webkit-image-set", "cross-fade"})
"""Functions in which a string is an address too."""


def may_load(css: str) -> bool:
    """Whether some declarations could hold an address at all; most do not."""
    return "(" in css or "\\" in css


def checked_css(css: str, load: Callable[[str], str | None]) -> str:
    """CSS with every address as ``load`` gives it; the same text where none changes.

    Args:
        css: a stylesheet or declarations.
        load: is told each address that would be loaded, ``@import`` for a rule that imports;
            returns what stands for it, or nothing if it stays.
    """
    tokens = tinycss2.parse_component_value_list(css)
    changed = False
    for token in _addresses(tokens):
        if token.type == "at-keyword":
            load("@import")
            continue
        instead = load(token.value)
        if instead is not None:
            changed = True
            token.representation = f'url("{instead}")' if token.type == "url" else f'"{instead}"'
    return tinycss2.serialize(tokens) if changed else css


def _addresses(tokens: Iterable[Any], *, strings: bool = False) -> Iterator[Any]:
    """The tokens that are addresses, or import; ``strings`` says that strings are addresses."""
    for token in tokens:
        if (
            token.type == "url"
            or (token.type == "string" and strings)
            or (token.type == "at-keyword" and token.lower_value == "import")
        ):
            yield token
        elif token.type == "function":
            name = token.lower_name
            yield from _addresses(token.arguments, strings=name in _URLS | _PICTURES)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _addresses(token.content)
