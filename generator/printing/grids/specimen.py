"""Lays one specimen of each kind of grid out with WeasyPrint, to read its sheet off it.

What the pack's CSS says about a grid is not guessed: WeasyPrint lays out the
headings, a table that holds one cell of each kind, and an empty page to go on
with. Sizes, positions and styles are read from its boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from generator.document.tree import Document, Element
from generator.printing.grids.grid import CellKind, Grid
from generator.printing.grids.known_css import UnknownStyleError, goes_by_elements_and_classes
from generator.printing.grids.sheet import Sheet, read_sheet
from generator.printing.pieces import shell


@dataclass(slots=True)
class Kind:
    """Grids that share headings and columns.

    Attributes:
        number: its number among the kinds of the document.
        specimen: the grid it was met in first.
        cells: the kinds of cells in its grids.
        sheet: what its pages look like; nothing where WeasyPrint has to print them.
    """

    number: int
    specimen: Grid
    cells: dict[CellKind, None] = field(default_factory=dict)
    sheet: Sheet | None = None

    def names_by_slot(self, grid: Grid) -> dict[str, str]:
        """The anchors and bookmarks of a grid by the slots that stand for them on the sheet."""
        return {
            _slot(self.number, position): element.get(attribute, "")
            for position, (element, attribute) in enumerate(_own_names(grid.section))
        }

    @property
    def ordered_cells(self) -> list[CellKind]:
        """The kinds of cells as they stand in the specimen: the head comes first."""
        return sorted(self.cells, key=lambda cell: not cell.in_head)


def kinds_of(
    document: Document, grids: Sequence[Grid], css: str, render: Callable[[Element], Any]
) -> Mapping[Element, Kind]:
    """The kind of every grid by its section, sheets read where the painter knows the CSS.

    Args:
        document: the document the grids stand in.
        grids: its grids.
        css: the stylesheet it is printed with.
        render: lays a document out with that stylesheet.
    """
    kinds: dict[str, Kind] = {}
    by_section: dict[Element, Kind] = {}
    for grid in grids:
        alike = etree.tostring(_skeleton(grid, 0), encoding="unicode")
        kind = by_section[grid.section] = kinds.setdefault(alike, Kind(len(kinds), grid))
        kind.cells |= dict.fromkeys(cell.kind for row in grid.head + grid.body for cell in row)
    if kinds and goes_by_elements_and_classes(css):
        _read_sheets(list(kinds.values()), render(_specimens(document, kinds.values())).pages)
    return by_section


def _read_sheets(kinds: Sequence[Kind], pages: Sequence[Any]) -> None:
    if len(pages) != 2 * len(kinds):  # a specimen does not fit on its page
        return
    for kind, first, going_on in zip(kinds, pages[::2], pages[1::2], strict=True):
        try:
            kind.sheet = read_sheet(first, going_on, kind.ordered_cells)
        except UnknownStyleError:
            continue


def _specimens(document: Document, kinds: Iterable[Kind]) -> Element:
    """A document of specimens: for each kind a page with a cell of each kind, and an empty one."""
    root = shell(document)
    for kind in kinds:
        section = _skeleton(kind.specimen, kind.number)
        head, body = etree.Element("thead"), etree.Element("tbody")
        for cell in kind.ordered_cells:
            (head if cell.in_head else body).append(_row(cell, kind.specimen.columns))
        section[-1].extend(part for part in (head, body) if len(part))
        etree.SubElement(section, "div", style="break-before: page")
        root[-1].append(section)
    return root


def _skeleton(grid: Grid, kind: int) -> Element:
    """The section without rows; the names that are its own replaced by slots."""
    section = etree.Element("section", _attributes(grid.section))
    section.extend(deepcopy(each) for each in grid.headings)
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


def _row(kind: CellKind, columns: int) -> Element:
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
