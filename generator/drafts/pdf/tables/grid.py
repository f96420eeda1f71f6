"""Finds ruled tables: where level and upright lines cross, they are the corners of cells.

Lines that nearly lie on each other are one, so are pieces that nearly touch; a cell is the
smallest rectangle whose corners are joined by lines, and cells with a common corner are a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from generator.drafts.pdf.page.drawn import Box

_NEAR = 3.0
"""Points: lines nearer than this are one, ends nearer than this touch."""
_SHORTEST = 3.0
_SHORTEST_PIECE = 1.0
_FEWEST = 2
"""One cell is a frame around text, not a table."""
_MOST_CORNERS = 20_000
"""A page of five hundred rows and forty columns; more corners are a drawing."""
_MOST_CROSSINGS = 2_000_000

Point = tuple[float, float]
Line = tuple[float, float, float]
"""Where it lies (height or distance from the left), and its two ends."""


class Ruled(Struct, frozen=True):
    """A ruled table: its cells, and the rectangle around them."""

    cells: tuple[Box, ...]
    box: Box


def is_level(edge: Box) -> bool:
    """Whether a line is level; the others are upright."""
    return edge.bottom - edge.top < edge.x1 - edge.x0


def ruled_tables(edges: Iterable[Box]) -> list[Ruled]:
    """The ruled tables among level and upright lines, from the top down."""
    level: list[Line] = []
    upright: list[Line] = []
    for edge in edges:
        if is_level(edge):
            level.append((edge.top, edge.x0, edge.x1))
        else:
            upright.append((edge.x0, edge.top, edge.bottom))
    levels, uprights = _merged(level), _merged(upright)
    if len(levels) * len(uprights) > _MOST_CROSSINGS:
        return []
    corners = _corners(levels, uprights)
    if len(corners) > _MOST_CORNERS:
        return []
    tables = [_ruled(cells) for cells in _joined(_cells(corners)) if len(cells) >= _FEWEST]
    return sorted(tables, key=lambda table: min((cell.top, cell.x0) for cell in table.cells))


def _ruled(cells: Sequence[Box]) -> Ruled:
    return Ruled(
        tuple(cells),
        Box(
            min(cell.x0 for cell in cells),
            min(cell.top for cell in cells),
            max(cell.x1 for cell in cells),
            max(cell.bottom for cell in cells),
        ),
    )


# Lines


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Lines of one direction, those that nearly lie on each other made one."""
    merged: list[Line] = []
    cluster: list[Line] = []
    for line in sorted(line for line in lines if line[2] - line[1] >= _SHORTEST_PIECE):
        if cluster and line[0] - cluster[-1][0] > _NEAR:
            merged += _on_one(cluster)
            cluster = []
        cluster.append(line)
    merged += _on_one(cluster)
    return [line for line in merged if line[2] - line[1] >= _SHORTEST]


def _on_one(cluster: Sequence[Line]) -> Iterator[Line]:
    """Joins lines of about one place where they touch."""
    if not cluster:
        return
    place = sum(line[0] for line in cluster) / len(cluster)
    start, end = None, 0.0
    for _, begins, ends in sorted(cluster, key=lambda line: line[1]):
        if start is not None and begins <= end + _NEAR:
            end = max(end, ends)
            continue
        if start is not None:
            yield place, start, end
        start, end = begins, ends
    if start is not None:
        yield place, start, end


# Corners and cells


class _Corner(Struct, frozen=True):
    """The numbers of the lines that cross at a point."""

    level: set[int]
    upright: set[int]


def _corners(level: Sequence[Line], upright: Sequence[Line]) -> dict[Point, _Corner]:
    corners: dict[Point, _Corner] = {}
    for number, (x, top, bottom) in enumerate(upright):
        for other, (y, x0, x1) in enumerate(level):
            if top <= y + _NEAR and bottom >= y - _NEAR and x0 - _NEAR <= x <= x1 + _NEAR:
                corner = corners.setdefault((x, y), _Corner(set(), set()))
                corner.level.add(other)
                corner.upright.add(number)
    return corners


def _cells(corners: dict[Point, _Corner]) -> Iterator[Box]:
    below: dict[float, list[float]] = defaultdict(list)
    right: dict[float, list[float]] = defaultdict(list)
    for x, y in sorted(corners):
        below[x].append(y)
        right[y].append(x)
    for x, y in sorted(corners):
        corner = corners[x, y]
        xs = [other for other in right[y] if other > x and corners[other, y].level & corner.level]
        ys = (
            other for other in below[x] if other > y and corners[x, other].upright & corner.upright
        )
        cell = next((box for bottom in ys for box in _closed(corners, (x, y), xs, bottom)), None)
        if cell:
            yield cell


def _closed(
    corners: dict[Point, _Corner], start: Point, xs: Sequence[float], bottom: float
) -> Iterator[Box]:
    """The rectangles from a corner down to a height whose other two sides are drawn."""
    x, y = start
    for right in xs:
        opposite = corners.get((right, bottom))
        if (
            opposite
            and opposite.upright & corners[right, y].upright
            and opposite.level & corners[x, bottom].level
        ):
            yield Box(x, y, right, bottom)


def _joined(cells: Iterable[Box]) -> list[list[Box]]:
    """Cells in groups that share corners, directly or through others."""
    group_at: dict[Point, list[Box]] = {}
    groups: dict[int, list[Box]] = {}
    for cell in cells:
        points = [(x, y) for x in (cell.x0, cell.x1) for y in (cell.top, cell.bottom)]
        near = {id(group): group for point in points if (group := group_at.get(point))}
        largest = max(near.values(), key=len, default=[])
        for group in near.values():
            if group is not largest:
                largest += group
                del groups[id(group)]
                group_at |= {point: largest for box in group for point in _points(box)}
        largest.append(cell)
        groups[id(largest)] = largest
        group_at |= dict.fromkeys(points, largest)
    return list(groups.values())


def _points(cell: Box) -> list[Point]:
    return [(x, y) for x in (cell.x0, cell.x1) for y in (cell.top, cell.bottom)]
