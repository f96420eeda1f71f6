"""Lays one specimen of each kind of grid out with WeasyPrint, to read its sheet off it.

What the pack's CSS says about a grid is not guessed: WeasyPrint lays out the
headings, a table that holds one cell of each kind, and an empty page to go on
with. Sizes, positions and styles are read from its boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lxml import etree

from generator.compose.document.tree import HEADINGS, Element, spoken_name
from generator.printing.fragments.faces import Faces
from generator.printing.grids.grid import Grid, PaintedCellKind
from generator.printing.grids.known_css import UnknownStyleError, goes_by_elements_and_classes
from generator.printing.grids.letterhead import read_letterhead
from generator.printing.grids.shaping import Shaper
from generator.printing.grids.sheet import GridPage, read_sheet


@dataclass(slots=True)
class GridKind:
    """Grids that share headings and columns.

    Attributes:
        number: its number among the kinds.
        skeleton: their section, without rows.
        columns: how many columns they have.
        cells: the kinds of cells in its grids.
        sheet: what its pages look like; nothing if WeasyPrint has to print them.
        tried: the kinds of cells that were on the specimen.
    """

    number: int
    skeleton: Element
    columns: int
    cells: dict[PaintedCellKind, None] = field(default_factory=dict)
    sheet: GridPage | None = None
    tried: frozenset[PaintedCellKind] = frozenset()

    def names_by_slot(self, grid: Grid) -> dict[str, str]:
        """The anchors and bookmarks of a grid by the slots that stand for them on the sheet."""
        return {
            _slot(self.number, position): element.get(attribute, "")
            for position, (element, attribute) in enumerate(_own_names(grid.section))
        }

    def heard_by_slot(self, grid: Grid) -> dict[str, str]:
        """What its headings are called by those who hear them, by the slots of their bookmarks."""
        return {
            _slot(self.number, position): spoken_name(element)
            for position, (element, attribute) in enumerate(_own_names(grid.section))
            if attribute == "data-bookmark" and element.tag in HEADINGS
        }

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
        self._kinds: dict[bytes, GridKind] = {}

    def learn(self, grids: Sequence[Grid], shell: Callable[[], Element]) -> list[GridKind]:
        """The kinds of grids; only what is new about them is laid out.

        Args:
            grids: the grids.
            shell: makes a document without sections.
        """
        kinds = [self._kind(grid) for grid in grids]
        for grid, kind in zip(grids, kinds, strict=True):
            kind.cells |= dict.fromkeys(cell.kind for row in grid.head + grid.body for cell in row)
        new = [kind for kind in self._kinds.values() if not kind.tried.issuperset(kind.cells)]
        if new and self._known_css:
            self._read_sheets(new, self._render(_specimens(shell(), new)))
        return kinds

    def _kind(self, grid: Grid) -> GridKind:
        alike = etree.tostring(_skeleton(grid, 0))
        kind = self._kinds.get(alike)
        if kind is None:
            number = len(self._kinds)
            kind = self._kinds[alike] = GridKind(number, _skeleton(grid, number), grid.columns)
        return kind

    def _read_sheets(self, kinds: Sequence[GridKind], layout: Any) -> None:
        pages = layout.pages
        fits = len(pages) == 2 * len(kinds)  # each specimen on its page, and an empty one
        for position, kind in enumerate(kinds):
            kind.tried = frozenset(kind.cells)
            kind.sheet = None
            if fits:
                first, going_on = pages[2 * position : 2 * position + 2]
                pair, slots = [first, going_on], kind.heading_slots
                write = partial(read_letterhead, layout, pair, self._faces, slots)
                with suppress(UnknownStyleError):
                    kind.sheet = read_sheet(
                        first, going_on, kind.ordered_cells, write, self._shaper
                    )


def _specimens(root: Element, kinds: Iterable[GridKind]) -> Element:
    """A document of specimens: for each kind a page with a cell of each kind, and an empty one."""
    for kind in kinds:
        section = deepcopy(kind.skeleton)
        head, body = etree.Element("thead"), etree.Element("tbody")
        for cell in kind.ordered_cells:
            (head if cell.in_head else body).append(_row(cell, kind.columns))
        section[-1].extend(part for part in (head, body) if len(part))
        etree.SubElement(section, "div", style="break-before: page")
        root[-1].append(section)
    return root


def _skeleton(grid: Grid, kind: int) -> Element:
    """The section without rows; the names that are its own replaced by slots."""
    section = etree.Element("section", _attributes(grid.section))
    section.extend(deepcopy(heading) for heading in grid.headings)
    table = etree.SubElement(section, "table", _attributes(grid.table))
    table.append(deepcopy(grid.table[0]))
    for position, (element, attribute) in enumerate(_own_names(section)):
        element.set(attribute, _slot(kind, position))
    return section


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _slot(kind: int, position: int) -> str:
    return f"slot-{kind}-{position}"


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
