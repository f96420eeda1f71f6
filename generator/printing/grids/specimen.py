"""Lays one specimen of each kind of grid out with WeasyPrint, to read its sheet off it.

What the pack's CSS says about a grid is not guessed: WeasyPrint lays out the
headings, a table that holds one cell of each kind, and an empty page to go on
with. Sizes, positions and styles are read from its boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

from lxml import etree

from generator.compose.document.tree import HEADINGS, Element, spoken_name, text_of_element
from generator.printing.fragments.faces import Faces
from generator.printing.grids.column_edges import (
    edges,
    expect_edges,
    percents,
    sample_columns,
)
from generator.printing.grids.grid import Grid, PaintedCellKind
from generator.printing.grids.known_css import (
    UnknownStyleError,
    expect,
    goes_by_elements_and_classes,
)
from generator.printing.grids.letterhead import read_letterhead
from generator.printing.grids.own_lines import SLOT, filled, has_sample, own_words, put_samples
from generator.printing.grids.shaping import Shaper
from generator.printing.grids.sheet import GridPage, read_sheet_like, read_sheet, section_on


@dataclass(slots=True)
class GridKind:
    """Grids that look alike.

    Attributes:
        number: its number among the kinds.
        shared: whether they differ in what their headings say and in their columns.
        skeleton: their section, without rows; samples stand for what is their own.
        cells: the kinds of cells in its grids.
        sheet: what its pages look like; nothing if WeasyPrint has to print them.
        tried: the kinds of cells that were on the specimen.
        like: the kind met first that differs in the class of the table alone.
        slots: the number of the kind whose slots stand on the sheet.
    """

    number: int
    shared: bool
    skeleton: Element
    cells: dict[PaintedCellKind, None] = field(default_factory=dict)
    sheet: GridPage | None = None
    tried: frozenset[PaintedCellKind] = frozenset()
    like: GridKind | None = None
    slots: int = 0

    def names_by_slot(self, grid: Grid) -> dict[str, str]:
        """The anchors and bookmarks of a grid by the slots that stand for them on the sheet."""
        return {
            _slot(self.slots, position): element.get(attribute, "")
            for position, (element, attribute) in enumerate(_own_names(grid.section))
        }

    def heard_by_slot(self, grid: Grid) -> dict[str, str]:
        """What its headings are called by those who hear them, by the slots of their bookmarks."""
        return {
            _slot(self.slots, position): spoken_name(element)
            for position, (element, attribute) in enumerate(_own_names(grid.section))
            if attribute == "data-bookmark" and element.tag in HEADINGS
        }

    def words(self, grid: Grid) -> tuple[str, ...]:
        """What the headings of a grid say where a sample stands on the sheet."""
        return own_words(grid.headings) if self.shared else ()

    def said(self, text: str, grid: Grid) -> str:
        """A text of the specimen in the words of a grid."""
        return filled(text, self.words(grid)) if self.shared else text

    def column_edges(self, grid: Grid, sheet: GridPage) -> tuple[float, ...]:
        """The left edge of each column of a grid, and the right edge of the last."""
        columns = percents(grid.table[0]) if self.shared else None
        return sheet.columns if columns is None else edges(columns, sheet.left, sheet.width)

    def expect_columns(self, sheet: GridPage) -> None:
        """The columns of the specimen must be where they are expected to be.

        Raises:
            UnknownStyleError: if they are not.
        """
        columns = percents(self.skeleton[-1][0]) if self.shared else None
        if columns is not None:
            expect_edges(columns, sheet.left, sheet.width, sheet.columns)

    def fits(self, grid: Grid, shaper: Shaper) -> bool:
        """Whether a grid looks like its specimen; a kind of grids of their own looks as it does."""
        if not self.shared:
            return True
        if self.sheet is None:
            return False
        try:
            self.sheet.letterhead.own_lines(self.words(grid), shaper)
        except UnknownStyleError:
            return False
        return True

    @property
    def heading_slots(self) -> list[str]:
        """The slot of the bookmark of each heading, ``""`` if it has none."""
        return [each.get("data-bookmark", "") for each in self.skeleton.iter(*HEADINGS)]

    @property
    def ordered_cells(self) -> list[PaintedCellKind]:
        """The kinds of cells as they stand in the specimen: the head comes first."""
        return sorted(self.cells, key=lambda cell: not cell.in_head)


class Specimens:
    """The kinds of grids met so far, with their sheets where the painter knows the CSS."""

    def __init__(
        self, css: str, render: Callable[[Element], Any], faces: Faces, shaper: Shaper
    ) -> None:
        """Specimens for one stylesheet.

        Args:
            css: the stylesheet.
            render: lays a tree out with it.
            faces: the fonts to share.
            shaper: what shapes page numbers.
        """
        self._render = render
        self._faces = faces
        self._shaper = shaper
        self._known_css = goes_by_elements_and_classes(css)
        self._kinds: dict[tuple[bool, bytes], GridKind] = {}
        self._first: dict[bytes, GridKind] = {}

    def learn(self, grids: Sequence[Grid], shell: Callable[[], Element]) -> list[GridKind]:
        """The kinds of grids; only what is new about them is laid out.

        Args:
            grids: the grids.
            shell: makes a document without sections.
        """
        kinds = self._learn_kinds(grids, shell, shared=True)
        apart = {
            position: grid
            for position, (grid, kind) in enumerate(zip(grids, kinds, strict=True))
            if not kind.fits(grid, self._shaper)
        }
        own_kinds = self._learn_kinds(list(apart.values()), shell, shared=False)
        for position, kind in zip(apart, own_kinds, strict=True):
            kinds[position] = kind
        return kinds

    def _learn_kinds(
        self, grids: Sequence[Grid], shell: Callable[[], Element], *, shared: bool
    ) -> list[GridKind]:
        kinds = [self._kind(grid, shared=shared) for grid in grids]
        for grid, kind in zip(grids, kinds, strict=True):
            kind.cells |= dict.fromkeys(cell.kind for row in grid.head + grid.body for cell in row)
        new = [kind for kind in self._kinds.values() if not kind.tried.issuperset(kind.cells)]
        if new and self._known_css:
            self._read_sheets(new, shell())
        return kinds

    def _kind(self, grid: Grid, *, shared: bool) -> GridKind:
        shared &= not any(has_sample(text_of_element(each)) for each in grid.headings)
        skeleton = _skeleton(grid, 0, shared=shared)
        alike = shared, etree.tostring(skeleton)
        kind = self._kinds.get(alike)
        if kind is None:
            number = len(self._kinds)
            kind = GridKind(number, shared, _skeleton(grid, number, shared=shared))
            self._kinds[alike] = kind
            if shared:
                skeleton[-1].attrib.pop("class", "")
                kind.like = self._first.setdefault(etree.tostring(skeleton), kind)
        return kind

    def _read_sheets(self, kinds: Sequence[GridKind], root: Element) -> None:
        """Reads the sheets of kinds; of those that are like another only the cells.

        Args:
            kinds: the kinds.
            root: a document without sections.
        """
        models = [kind.like.sheet if kind.like else None for kind in kinds]
        for kind, model in zip(kinds, models, strict=True):
            root[-1].append(_specimen(kind, going_on=model is None))
        layout = self._render(root)
        specimens = [list(pages) for _, pages in groupby(layout.pages, section_on)]
        for kind, model, pages in zip(kinds, models, specimens, strict=True):
            kind.tried = frozenset(kind.cells)
            kind.sheet = None
            with suppress(UnknownStyleError):
                kind.sheet = self._sheet(kind, layout, pages, model)

    def _sheet(
        self, kind: GridKind, layout: Any, pages: Sequence[Any], model: GridPage | None
    ) -> GridPage:
        """The sheet that the pages of a specimen show.

        Raises:
            UnknownStyleError: if only WeasyPrint can lay such grids out.
        """
        expect(len(pages) == (1 if model else 2), "a specimen of more pages")
        kind.slots = kind.like.number if kind.like and model else kind.number
        if model is not None:
            return read_sheet_like(pages[0], kind.ordered_cells, model)
        write = partial(read_letterhead, layout, pages, self._faces, kind.heading_slots)
        number = kind.number if kind.shared else None
        first, going_on = pages
        sheet = read_sheet(first, going_on, number, kind.ordered_cells, write, self._shaper)
        kind.expect_columns(sheet)
        return sheet


def _specimen(kind: GridKind, *, going_on: bool) -> Element:
    """A page with a cell of each kind, and an empty one after it to go on with, if wanted."""
    section = deepcopy(kind.skeleton)
    head, body = etree.Element("thead"), etree.Element("tbody")
    for cell in kind.ordered_cells:
        (head if cell.in_head else body).append(_row(cell, len(section[-1][0])))
    section[-1].extend(part for part in (head, body) if len(part))
    if going_on:
        etree.SubElement(section, "div", style="break-before: page")
    return section


def _skeleton(grid: Grid, kind: int, *, shared: bool) -> Element:
    """The section without rows; the names that are its own replaced by slots.

    If it is shared, so are its own words and columns, by samples.
    """
    section = etree.Element("section", _attributes(grid.section))
    section.extend(deepcopy(heading) for heading in grid.headings)
    table = etree.SubElement(section, "table", _attributes(grid.table))
    of_parts = shared and percents(grid.table[0]) is not None
    table.append(sample_columns() if of_parts else deepcopy(grid.table[0]))
    if shared:
        put_samples(section.iterchildren(), kind)
    for position, (element, attribute) in enumerate(_own_names(section)):
        element.set(attribute, _slot(kind, position))
    return section


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _slot(kind: int, position: int) -> str:
    return f"{SLOT}{kind}-{position}"


def _own_names(section: Element) -> list[tuple[Element, str]]:
    """The attributes in which grids of one kind differ: anchors and bookmarks."""
    return [
        (element, attribute)
        for element in section.iter("section", "h1", "h2", "h3", "h4", "p", "span")
        for attribute in ("id", "data-bookmark", "data-toc-text")
        if element.get(attribute) is not None
    ]


def _row(kind: PaintedCellKind, columns: int) -> Element:
    """A row of one cell of a kind."""
    row = etree.Element("tr")
    cell = etree.SubElement(row, kind.tag, colspan=str(columns))
    for element, name in ((row, kind.row_class), (cell, kind.cell_class)):
        if name is not None:
            element.set("class", name)
    for part in kind.content:
        if part == "page":
            etree.SubElement(cell, "a", {"class": "page", "href": "#", "data-page": "1"})
        elif part == "data":
            etree.SubElement(cell, "data").text = "0"
        elif len(cell):
            cell[-1].tail = "0"
        else:
            cell.text = "0"
    return row
