"""Amounts and texts that a comma within a number has torn apart in braces or brackets.

``{金额: 905,300.00}`` is read as two keys, 金额 and 300.00; ``[经费1,000元]`` as two texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import yaml

from generator.core.findings import Finding, Location
from generator.core.text.patterns import late_pattern
from generator.load.yaml.slips import Slip

Item: TypeAlias = tuple[yaml.Node, yaml.Node]
"""Key and value."""

_FIRST = late_pattern(r"(?:.*\D)?\d{1,3}", re.DOTALL)
_REST = late_pattern(r"\d{3}(?:\.\d+)?(?!\d).*", re.DOTALL)
_NUMBER = late_pattern(r"[\d,.]+")


def untorn(items: Sequence[Item]) -> tuple[list[Item], list[tuple[yaml.Node, str]]]:
    """The items of a mapping in braces without those that only go on with an amount.

    Returns the items, and each torn value with the amount as it was written.
    """
    if all(value.value for _, value in items):  # as almost always: nothing is empty
        return [*items], []
    kept: list[Item] = []
    torn: dict[int, tuple[yaml.Node, str]] = {}
    for key, value in items:
        node, text = torn.get(len(kept), (kept[-1][1], kept[-1][1].value)) if kept else (key, "")
        if kept and is_empty(value) and _goes_on(node, text, key):
            torn[len(kept)] = node, f"{text},{key.value}"
        else:
            kept.append((key, value))
    return kept, list(torn.values())


def torn_texts(items: Sequence[yaml.Node]) -> Iterator[tuple[yaml.Node, Slip]]:
    """The texts of a list in brackets that go on in the next one; numbers alone may be a list."""
    for one, other in pairwise(items):
        text = f"{one.value},{other.value}" if _goes_on(one, one.value, other) else ""
        adjacent = one.end_mark.index + 1 == other.start_mark.index
        if text and adjacent and not _NUMBER.fullmatch(text):
            cause = f"数字里的千分位逗号把“{text}”拆成了两项"
            yield one, Slip(0, 0, "", cause, f'去掉千分位逗号，或给整段加引号："{text}"')


def torn_amount(place: Location, text: str) -> Finding:
    """E204: an amount with commas where they part the items of a mapping."""
    message = f"金额里的千分位逗号把“{text}”拆成了几项"
    plain = text.replace(",", "")
    remedy = f"去掉逗号，写成 {plain}"
    if not _NUMBER.fullmatch(text):
        remedy = f"金额写成 {re.sub(r'[^0-9.]', '', plain)}（以元为单位）；是文字的，整段加引号"
    return Finding("E204", message, remedy, place)


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing was written."""
    return isinstance(node, yaml.ScalarNode) and not node.style and not node.value


def _goes_on(one: yaml.Node, text: object, other: yaml.Node) -> bool:
    """Whether a text that stands at one node goes on at another."""
    return (
        isinstance(text, str)
        and isinstance(one, yaml.ScalarNode)
        and isinstance(other, yaml.ScalarNode)
        and not one.style
        and not other.style
        and bool(_FIRST.fullmatch(text))
        and bool(_REST.fullmatch(other.value))
    )
