"""Pages of painted grids, which WeasyPrint writes into the PDF as if they were its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

from generator.printing.grids.rows import Placed
from generator.printing.grids.shaping import Line, Shaper, TextStyle
from generator.printing.grids.sheet import PageNumber, Rule, Sheet

Box = Any
Anchors = dict[str, tuple[float, float, float, float]]
Bookmarks = list[tuple[int, str, tuple[float, float], str]]


class Background:
    """What WeasyPrint paints on a page before the table; painted once, then said again."""

    def __init__(self, page: Box) -> None:
        self.page = page
        self._painted: tuple[bytes, dict[Box, dict[str, Any]]] | None = None

    def paint(self, stream: Any, scale: float) -> None:
        """Paints the page into a stream that holds nothing else yet."""
        if self._painted is None:
            before = len(stream.stream)
            self.page.paint(stream, scale)
            painted = b"\n".join(pydyf._to_bytes(each) for each in stream.stream[before:])
            self._painted = painted, {box: dict(mark) for box, mark in stream._tags.items()}
        else:
            painted, marks = self._painted
            stream.stream.append(painted)
            stream._tags.update({box: dict(mark) for box, mark in marks.items()})


@dataclass(slots=True)
class Link:
    """The place of a link, in the role of the box that WeasyPrint gives its annotation to."""

    link_annotation: Any = None


@dataclass(eq=False)
class GridPage:
    """A page of a painted grid, with the attributes of a page of WeasyPrint.

    Attributes:
        links: target and place of the links on it.
        cells: the cells on it.
        cell_links: for the cells that are links, what holds their annotation.
    """

    background: Background
    cells: Sequence[Placed]
    rule: Rule
    number: tuple[PageNumber, tuple[Line, ...]] | None
    anchors: Anchors = field(default_factory=dict)
    bookmarks: Bookmarks = field(default_factory=list)
    links: list[tuple[str, str, tuple[float, ...], Link]] = field(default_factory=list)
    cell_links: dict[int, Link] = field(default_factory=dict)

    def __post_init__(self) -> None:
        page = self.background.page
        self.width, self.height, self.bleed = page.width, page.height, page.bleed
        self.forms: dict[None, list[Any]] = {None: []}
        self._page_box = page._page_box

    def paint(self, stream: Any, scale: float) -> None:
        """Paints the page into its stream of the PDF and counts what it marks."""
        self.background.paint(stream, scale)
        stream.stream.append(f"q {scale} 0 0 {scale} 0 0 cm".encode())
        operators = [*self._page_number(), *self._rules(), "BT"]
        operators += _texts(self.cells, len(stream._tags))
        stream.stream.append("\n".join([*operators, "ET", "Q"]).encode())

    def _page_number(self) -> Iterator[str]:
        if self.number is not None:
            number, (line,) = self.number
            yield "/Artifact <</Type /Pagination>> BDC BT"
            yield _colour(number.style)
            yield _position(number.middle - line.width / 2, number.baseline)
            yield from (f"/{each.font} {each.size} Tf [{each.glyphs}] TJ" for each in line.chunks)
            yield "ET EMC"

    def _rules(self) -> Iterator[str]:
        """The rules as long strokes, each a path of its own; ends reach over the crossing rule."""
        yield "/Artifact BMC q"
        yield f"{_numbers(self.rule.colour)} RG {self.rule.width:.4f} w 2 J"
        across: dict[float, list[tuple[float, float]]] = {}
        down: dict[float, list[tuple[float, float]]] = {}
        for cell in self.cells:
            for y in (cell.top, cell.bottom):
                across.setdefault(round(y, 3), []).append((cell.left, cell.right))
            for x in (cell.left, cell.right):
                down.setdefault(round(x, 3), []).append((cell.top, cell.bottom))
        for y, parts in across.items():
            yield from (f"{a:.3f} {y:.3f} m {b:.3f} {y:.3f} l S" for a, b in _joined(parts))
        for x, parts in down.items():
            yield from (f"{x:.3f} {a:.3f} m {x:.3f} {b:.3f} l S" for a, b in _joined(parts))
        yield "Q EMC"


_TOUCHING = 0.01


def _joined(parts: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Strokes that touch or lie on each other, made one."""
    parts.sort()
    begin, end = parts[0]
    for next_begin, next_end in parts[1:]:
        if next_begin > end + _TOUCHING:
            yield begin, end
            begin, end = next_begin, next_end
        elif next_end > end:
            end = next_end
    yield begin, end


def _texts(cells: Iterable[Placed], marks: int) -> Iterator[str]:
    """The texts of cells, each marked as the content of its cell, repeated heads as artifacts."""
    style: TextStyle | None = None
    font: tuple[str, float] | None = None
    for placed in cells:
        if not placed.lines:
            continue
        if placed.repeated:
            yield "/Artifact BMC"
        else:
            placed.mark = marks
            yield f"/{placed.cell.kind.tag.upper()} <</MCID {marks}>> BDC"
            marks += 1
        if placed.style.text != style:
            style = placed.style.text
            yield _colour(style)
        for line, x, y in lines_in_place(placed):
            yield _position(x, y)
            for chunk in line.chunks:
                if font != (chunk.font, chunk.size):
                    font = chunk.font, chunk.size
                    yield f"/{chunk.font} {chunk.size} Tf"
                yield f"[{chunk.glyphs}] TJ"
        yield "EMC"


def lines_in_place(placed: Placed) -> Iterator[tuple[Line, float, float]]:
    """The lines of a cell, each with where its baseline begins; set in the middle of its height."""
    style = placed.style
    left = placed.left + style.left
    room = placed.right - style.right - left
    top = placed.top + style.above + (placed.bottom - placed.top - placed.needed) / 2
    for line in placed.lines:
        spare = max(room - line.width, 0)
        x = left + {"left": 0, "center": spare / 2, "right": spare}[style.align]
        yield line, x, top + line.baseline
        top += line.height


def _position(x: float, y: float) -> str:
    return f"1 0 0 -1 {x:.3f} {y:.3f} Tm"


def _colour(style: TextStyle) -> str:
    return f"{_numbers(style.colour)} rg"


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(f"{each:g}" for each in numbers)


class PageMaker:
    """Makes pages; what WeasyPrint paints on them is shared by the grids of one kind."""

    def __init__(self, shaper: Shaper) -> None:
        self._shaper = shaper
        self._backgrounds: dict[int, Background] = {}

    def pages(
        self,
        sheet: Sheet,
        cells: Sequence[Sequence[Placed]],
        start: int,
        names_by_slot: Mapping[str, str],
    ) -> list[GridPage]:
        """The pages of a grid.

        Args:
            sheet: what they look like before.
            cells: the cells on each.
            start: the number of the first.
            names_by_slot: the grid's own anchors and bookmarks by the slots of the sheet.
        """
        pages = []
        for position, on_page in enumerate(cells):
            background = self._background(sheet.going_on if position else sheet.first)
            number = self._number(sheet.number, start + position)
            page = GridPage(background, on_page, sheet.rule, number)
            _add_links(page)
            pages.append(page)
        pages[0].anchors, pages[0].bookmarks = _named(sheet.first, names_by_slot)
        return pages

    def _background(self, page: Box) -> Background:
        return self._backgrounds.setdefault(id(page), Background(page))

    def _number(
        self, number: PageNumber | None, page: int
    ) -> tuple[PageNumber, tuple[Line, ...]] | None:
        if number is None:
            return None
        return number, self._shaper.lines(number.style, number.text(page), None)


def _add_links(page: GridPage) -> None:
    for position, placed in enumerate(page.cells):
        if placed.cell.page_of is not None and placed.lines:
            link = page.cell_links[position] = Link()
            for line, x, y in lines_in_place(placed):
                top = y - line.baseline
                place = (x, top, x + line.width, top + line.height)
                page.links.append(("internal", placed.cell.page_of, place, link))


def _named(page: Box, names: Mapping[str, str]) -> tuple[Anchors, Bookmarks]:
    """The anchors and bookmarks of a page, with a grid's own names for them."""
    anchors = {names.get(anchor, anchor): place for anchor, place in page.anchors.items()}
    bookmarks = [
        (level, names.get(label, label), place, state)
        for level, label, place, state in page.bookmarks
    ]
    return anchors, bookmarks
