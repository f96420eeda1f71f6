"""What PDFium finds on a page besides characters: lines, grounds, pictures, and what clips them.

Rectangles are in the page's own coordinates, from the bottom left, before the page is turned.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from msgspec import Struct, field

MOST_OBJECTS = 100_000
"""A page full of figures has some thousands."""
_DEEPEST = 12
"""Forms within forms; nobody nests more than three or four."""
_STRAIGHT = 0.1
"""Points: a line that strays less from level is level."""
_NO_WIDTH = 0.01
_CORNERS = 4

Colour = tuple[int, int, int]


class TooFullPageError(Exception):
    """A page holds more than any page that is meant to be read."""


class Rectangle(NamedTuple):
    """A rectangle in the page's own coordinates: left, bottom, right, top."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def common(self, other: Rectangle) -> Rectangle:
        """What two rectangles share; it may be less than nothing."""
        return Rectangle(
            max(self.x0, other.x0),
            max(self.y0, other.y0),
            min(self.x1, other.x1),
            min(self.y1, other.y1),
        )

    @property
    def empty(self) -> bool:
        """Whether it is less than nothing; a line is not."""
        return self.x0 > self.x1 or self.y0 > self.y1


class Matrix(NamedTuple):
    """A transformation as PDF writes it."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: Matrix) -> Matrix:
        """The transformation that does ``inner`` first and this one then."""
        e, f = self.point(inner.e, inner.f)
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )

    def area(self, points: Iterable[tuple[float, float]]) -> Rectangle:
        """The rectangle around points after the transformation."""
        moved = [self.point(x, y) for x, y in points]
        xs, ys = [x for x, _ in moved], [y for _, y in moved]
        return Rectangle(min(xs), min(ys), max(xs), max(ys))


class Ground(NamedTuple):
    """A filled area; ``order`` is its turn in drawing, ``colour`` is unknown for patterns."""

    area: Rectangle
    order: int
    colour: Colour | None
    opaque: bool


class Setting(NamedTuple):
    """Where a text object stands in the drawing of its page, and on the page."""

    order: int
    clip: Rectangle
    drawn: Any = None
    outer: Matrix = Matrix()

    @property
    def matrix(self) -> Matrix:
        """From the coordinates of the object to those of the page."""
        return self.outer.after(matrix_of(self.drawn))

    @property
    def is_blank(self) -> bool:
        """Whether the object has no width: it is white space, or no font has its characters."""
        left, bottom, right, top = bounds = [ctypes.c_float() for _ in range(4)]
        found = pdfium.FPDFPageObj_GetBounds(self.drawn, *bounds)
        return bool(found) and max(right.value - left.value, top.value - bottom.value) < _NO_WIDTH


class PageObjects(Struct):
    """The objects of a page; ``texts`` are the settings of text objects by their address."""

    edges: list[Rectangle] = field(default_factory=list)
    shapes: list[Rectangle] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    pictures: list[Ground] = field(default_factory=list)
    texts: dict[int, Setting] = field(default_factory=dict)
    curves: int = 0
    count: int = 0


def objects_of(page: Any, clip: Rectangle) -> PageObjects:
    """The objects of a page, those in forms included.

    Raises:
        TooMuchError: if there are too many.
    """
    found = PageObjects()
    _collect(found, _children(page), Matrix(), clip, 0)
    return found


def _children(page: Any) -> Iterator[Any]:
    for index in range(_counted(pdfium.FPDFPage_CountObjects(page))):
        yield pdfium.FPDFPage_GetObject(page, index)


def _children_of_form(form: Any) -> Iterator[Any]:
    for index in range(_counted(pdfium.FPDFFormObj_CountObjects(form))):
        yield pdfium.FPDFFormObj_GetObject(form, index)


def _counted(count: int) -> int:
    """How many objects there are; too many are not begun with."""
    if count > MOST_OBJECTS:
        raise TooFullPageError
    return count


def _collect(
    found: PageObjects, objects: Iterable[Any], outer: Matrix, clip: Rectangle, depth: int
) -> None:
    for drawn in objects:
        found.count += 1
        if found.count > MOST_OBJECTS or depth > _DEEPEST:
            raise TooFullPageError
        kind = pdfium.FPDFPageObj_GetType(drawn)
        within = _clipped(drawn, outer, clip)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.texts[address(drawn)] = Setting(found.count, within, drawn, outer)
        elif within.empty:
            continue
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(found, drawn, outer, within)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = outer.after(matrix_of(drawn))
            _collect(found, _children_of_form(drawn), inner, within, depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            square = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
            area = outer.after(matrix_of(drawn)).area(square).common(within)
            found.pictures.append(Ground(area, found.count, None, _is_opaque(drawn)))
        else:
            found.grounds.append(Ground(within, found.count, None, opaque=False))


def address(drawn: Any) -> int:
    """What tells an object of PDFium from others."""
    return ctypes.addressof(drawn.contents)


def quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium for plain numbers: what it is given first is an address.

    The usual one makes an object of each pointer, which takes longer than what it does.
    """
    prototype = ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


def matrix_of(drawn: Any) -> Matrix:
    """The matrix of an object."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _clipped(drawn: Any, outer: Matrix, clip: Rectangle) -> Rectangle:
    """What is left of a clip within the clip paths of an object."""
    path = pdfium.FPDFPageObj_GetClipPath(drawn)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    for index in range(count):
        segments = pdfium.FPDFClipPath_CountPathSegments(path, index)
        points = [
            _point(pdfium.FPDFClipPath_GetPathSegment(path, index, number))
            for number in range(segments)
        ]
        if points:
            clip = clip.common(outer.area(points))
    return clip


# Paths


class _Segment(NamedTuple):
    kind: int
    x: float
    y: float
    closes: bool


def _point(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _segments(path: Any, matrix: Matrix) -> Iterator[_Segment]:
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = matrix.point(*_point(segment))
        closes = bool(pdfium.FPDFPathSegment_GetClose(segment))
        yield _Segment(pdfium.FPDFPathSegment_GetType(segment), x, y, closes)


def _add_path(found: PageObjects, path: Any, outer: Matrix, clip: Rectangle) -> None:
    mode, stroked = ctypes.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroked)
    filled = mode.value != pdfium.FPDF_FILLMODE_NONE
    if not filled and not stroked.value:
        return
    for part in _parts(_segments(path, outer.after(matrix_of(path)))):
        _add_part(found, part, clip)
        if filled and len(part) >= _CORNERS:
            area = _around(part).common(clip)
            opaque = _is_rectangle(part) and _is_opaque(path)
            found.grounds.append(Ground(area, found.count, fill_colour(path)[0], opaque))


def _parts(segments: Iterable[_Segment]) -> Iterator[list[_Segment]]:
    """The pieces of a path, each from where the pen is set down."""
    part: list[_Segment] = []
    for segment in segments:
        if segment.kind == pdfium.FPDF_SEGMENT_MOVETO and part:
            yield part
            part = []
        part.append(segment)
    if part:
        yield part


def _add_part(found: PageObjects, part: Sequence[_Segment], clip: Rectangle) -> None:
    corners = [(segment.x, segment.y) for segment in part]
    if part[-1].closes and corners[-1] != corners[0]:
        corners.append(corners[0])
    curved = any(segment.kind == pdfium.FPDF_SEGMENT_BEZIERTO for segment in part)
    found.curves += curved
    if not curved:
        found.edges += _edges(corners, clip)
    if curved or len(corners) > _CORNERS - 1:
        shape = _around(part).common(clip)
        if not shape.empty:
            found.shapes.append(shape)


def _edges(corners: Sequence[tuple[float, float]], clip: Rectangle) -> Iterator[Rectangle]:
    """The level and upright lines between corners, as far as they are seen."""
    room = Rectangle(clip.x0 - 1, clip.y0 - 1, clip.x1 + 1, clip.y1 + 1)  # a line has a width
    for (x0, y0), (x1, y1) in pairwise(corners):
        edge = Rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if edge.x1 - edge.x0 <= _STRAIGHT or edge.y1 - edge.y0 <= _STRAIGHT:
            seen = edge.common(room)
            if not seen.empty:
                yield seen


def _around(part: Sequence[_Segment]) -> Rectangle:
    return Matrix().area((segment.x, segment.y) for segment in part)


def _is_rectangle(part: Sequence[_Segment]) -> bool:
    around = _around(part)
    return len(part) <= _CORNERS + 1 and all(
        segment.kind != pdfium.FPDF_SEGMENT_BEZIERTO
        and min(abs(segment.x - around.x0), abs(segment.x - around.x1)) < _STRAIGHT
        and min(abs(segment.y - around.y0), abs(segment.y - around.y1)) < _STRAIGHT
        for segment in part
    )


# Colours


def fill_colour(drawn: Any) -> tuple[Colour | None, bool]:
    """The colour that an object is filled with, ``None`` for patterns; whether it has no strength.

    What has none is drawn and not seen.
    """
    red, green, blue, alpha = colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(drawn, *colour):
        return None, False
    return (red.value, green.value, blue.value), alpha.value == 0


def _is_opaque(drawn: Any) -> bool:
    return not pdfium.FPDFPageObj_HasTransparency(drawn)
