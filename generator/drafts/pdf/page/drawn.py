"""What is drawn on a page of a PDF, in points from the top left of the page as it is shown.

Text may run along the page, down it, back or up it. A :class:`DirectedPage` is the page turned so
that one of these directions runs from left to right; a character keeps its place on the sheet
of its own direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

UPRIGHT, DOWN, UPSIDE_DOWN, UP = range(4)
"""Quarter turns clockwise that text has made, named by the way it runs on the page."""
ASLANT = -1
"""The turn of text that stands aslant: only watermarks do."""


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def common(self, other: Box) -> Box | None:
        """What two boxes share, if they do; a rule is a box without width or height."""
        x0, top = max(self.x0, other.x0), max(self.top, other.top)
        x1, bottom = min(self.x1, other.x1), min(self.bottom, other.bottom)
        return Box(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None

    @property
    def area(self) -> float:
        """Its area in square points."""
        return (self.x1 - self.x0) * (self.bottom - self.top)


class DrawnCharacter(NamedTuple):
    """A character on the sheet of its own direction; ``baseline`` grows from the bottom up."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    baseline: float
    turn: int = UPRIGHT

    @property
    def box(self) -> Box:
        """The rectangle that the character stands in."""
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def level(self) -> float:
        """Its middle from top to bottom."""
        return (self.top + self.bottom) / 2


class Drawn(Struct, frozen=True):
    """What is drawn on one page.

    ``hidden`` are characters that nobody sees: clipped away, outside the page, in the colour of
    their ground, covered, transparent or without size. ``edges`` are level and upright lines,
    the sides of rectangles among them; ``shapes`` rectangles and curves; ``recognised`` says
    that the text is a layer of recognised characters over a scan. ``remarks`` is how many remarks
    of reviewers stand on the page.
    """

    number: int
    width: float
    height: float
    chars: tuple[DrawnCharacter, ...]
    hidden: tuple[DrawnCharacter, ...] = ()
    edges: tuple[Box, ...] = ()
    shapes: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    recognised: bool = False
    outlined: bool = False
    remarks: int = 0

    def sheet(self, turn: int) -> DirectedPage:
        """The page as seen by text of a direction."""
        upright = turn % 2 == 0
        width, height = (self.width, self.height) if upright else (self.height, self.width)
        return DirectedPage(
            self.number,
            turn,
            width,
            height,
            [char for char in self.chars if char.turn == turn],
            self._turned(self.edges, turn),
            self._turned(self.shapes, turn),
        )

    def _turned(self, boxes: Iterable[Box], turn: int) -> list[Box]:
        return [self.seen_from(box, turn) for box in boxes]

    def seen_from(self, box: Box, turn: int) -> Box:
        """A rectangle of the upright page, on the sheet of a direction."""
        x0, top, x1, bottom = box
        if turn == DOWN:
            return Box(top, self.width - x1, bottom, self.width - x0)
        if turn == UPSIDE_DOWN:
            return Box(self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        if turn == UP:
            return Box(self.height - bottom, x0, self.height - top, x1)
        return box

    def shown(self, box: Box, turn: int) -> Box:
        """A rectangle on the sheet of a direction, on the upright page."""
        x0, top, x1, bottom = box
        if turn == DOWN:
            return Box(self.width - bottom, x0, self.width - top, x1)
        if turn == UPSIDE_DOWN:
            return Box(self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        if turn == UP:
            return Box(top, self.height - x1, bottom, self.height - x0)
        return box


class DirectedPage(Struct):
    """A page seen by text of one direction, with the characters of that direction."""

    number: int
    turn: int
    width: float
    height: float
    chars: list[DrawnCharacter]
    edges: Sequence[Box]
    shapes: Sequence[Box]
