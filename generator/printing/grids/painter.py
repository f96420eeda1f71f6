"""The painter: lays grids out and hands their pages to WeasyPrint's writer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from generator.document.tree import Document, Element
from generator.printing.grids.colour import UnknownStyleError
from generator.printing.grids.grid import Grid, read_grids
from generator.printing.grids.pages import GridPage, Sheets
from generator.printing.grids.rows import lay_out
from generator.printing.grids.shaping import Shaper
from generator.printing.grids.specimen import sheets
from generator.printing.grids.tags import PaintedGrid, add_structure


class GridPainter:
    """Paints the grids of one document.

    Attributes:
        shaper: what shapes their texts, with the fonts used.
    """

    def __init__(self, document: Document, css: str, render: Callable[[Element], Any]) -> None:
        grids = read_grids(document.body)
        self.shaper = Shaper()
        self._grids = {grid.section: grid for grid in grids}
        self._sheets = sheets(document, grids, css, render)
        self._pages = Sheets(self.shaper)
        self._painted: dict[Element, PaintedGrid] = {}

    @property
    def sections(self) -> Collection[Element]:
        """The sections that it can paint."""
        return self._sheets.keys()

    def paint(
        self, section: Element, start: int, page_numbers: Mapping[str, int]
    ) -> list[GridPage] | None:
        """The pages of a section, or nothing where it is not for painting after all.

        Args:
            section: one of :attr:`sections`.
            start: the number of its first page.
            page_numbers: what cells that refer to pages say.
        """
        grid, sheet = self._grids[section], self._sheets[section]
        try:
            cells = lay_out(grid, sheet, self.shaper, page_numbers)
        except UnknownStyleError:
            return None
        pages = self._pages.pages(grid, sheet, cells, start)
        self._painted[section] = PaintedGrid(pages, len(grid.head), _rows(grid))
        return pages

    def add_structure(self, pdf: Any, pages: Sequence[Any]) -> None:
        """Adds the structure of the painted tables to a PDF of these pages."""
        add_structure(pdf, pages, list(self._painted.values()))


def _rows(grid: Grid) -> int:
    return len(grid.head) + len(grid.body)
