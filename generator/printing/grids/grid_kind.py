"""Kinds of grids: grids whose pages look alike before the table stands there.

A kind is the classes and tags of a section, its headings and its table. What headings say, the
widths of columns, anchors and bookmarks are left out: each grid has its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from generator.compose.document.tree import HEADINGS, Element, spoken_name
from generator.printing.grids.column_edges import (
    edges,
    expect_edges,
    percents,
    sample_columns,
)
from generator.printing.grids.grid import Grid, PaintedCellKind
from generator.printing.grids.known_css import UnknownStyleError
from generator.printing.grids.own_lines import SLOT, filled, own_words, put_samples
from generator.printing.grids.shaping import Shaper
from generator.printing.grids.sheet import GridPage


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
        looks: by what its specimen is found again; nothing if that says anything but samples.
    """

    number: int
    shared: bool
    skeleton: Element
    cells: dict[PaintedCellKind, None] = field(default_factory=dict)
    sheet: GridPage | None = None
    tried: frozenset[PaintedCellKind] = frozenset()
    like: GridKind | None = None
    slots: int = 0
    looks: bytes = b""

    def names_by_slot(self, grid: Grid) -> dict[str, str]:
        """The anchors and bookmarks of a grid by the slots that stand for them on the sheet."""
        return {
            _slot(self.slots, position): element.get(attribute, "")
            for position, (element, attribute) in enumerate(_own_names_of(grid))
        }

    def heard_by_slot(self, grid: Grid) -> dict[str, str]:
        """What its headings are called by those who hear them, by the slots of their bookmarks."""
        return {
            _slot(self.slots, position): spoken_name(element)
            for position, (element, attribute) in enumerate(_own_names_of(grid))
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


def skeleton_of(grid: Grid, kind: int, *, shared: bool) -> Element:
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
    for position, (element, attribute) in enumerate(_own_names(section, list(section)[:-1])):
        element.set(attribute, _slot(kind, position))
    return section


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _slot(kind: int, position: int) -> str:
    return f"{SLOT}{kind}-{position}"


_NAMED = ("h1", "h2", "h3", "h4", "p", "span")


def _own_names_of(grid: Grid) -> list[tuple[Element, str]]:
    return _own_names(grid.section, grid.headings)


def _own_names(section: Element, headings: Iterable[Element]) -> list[tuple[Element, str]]:
    """The attributes in which grids of one kind differ: anchors and bookmarks."""
    return [
        (element, attribute)
        for element in (section, *(each for heading in headings for each in heading.iter(*_NAMED)))
        for attribute in ("id", "data-bookmark", "data-toc-text")
        if element.get(attribute) is not None
    ]
