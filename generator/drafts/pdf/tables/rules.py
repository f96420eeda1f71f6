"""The rules of a page: those that end tables, and those that a page break leaves out.

A row that goes on over a page break has no rule there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.drafts.pdf.page.drawn import Box, DirectedPage
from generator.drafts.pdf.tables.grid import is_level

_NEAR = 3.0
_FEWEST = 2
"""One upright line is the axis of a chart; a table has two."""
_LEAST_HEIGHT = 5.0
_WIDE = 0.3
"""Of the page's width."""


def open_ends(sheet: DirectedPage) -> list[float]:
    """The heights at which several upright rules end without a rule across."""
    across = [edge for edge in sheet.edges if is_level(edge)]
    upright = [
        edge
        for edge in sheet.edges
        if not is_level(edge) and edge.bottom - edge.top > _LEAST_HEIGHT
    ]
    ends = [(height, edge) for edge in upright for height in (edge.top, edge.bottom)]
    return [height for height, edges in _by_height(ends) if _is_open(height, edges, across)]


def rules_across(sheet: DirectedPage) -> list[float]:
    """The heights of the level rules that reach over much of the page."""
    heights: list[float] = []
    level = sorted(filter(is_level, sheet.edges), key=_height)
    for height, group in groupby(level, key=_height):
        if sum(edge.x1 - edge.x0 for edge in group) > sheet.width * _WIDE:
            heights.append(height)
    return heights


def _height(edge: Box) -> float:
    return float(round(edge.top))


def _by_height(ends: list[tuple[float, Box]]) -> Iterator[tuple[float, list[Box]]]:
    ends.sort(key=lambda end: end[0])
    for _, group in groupby(ends, key=lambda end: round(end[0] / _NEAR)):
        members = list(group)
        yield members[0][0], [edge for _, edge in members]


def _is_open(height: float, edges: list[Box], across: list[Box]) -> bool:
    columns = {round(edge.x0 / _NEAR) for edge in edges}
    crossed = any(
        abs(rule.top - height) < _NEAR
        and any(rule.x0 - _NEAR < edge.x0 < rule.x1 + _NEAR for edge in edges)
        for rule in across
    )
    return len(columns) >= _FEWEST and not crossed
