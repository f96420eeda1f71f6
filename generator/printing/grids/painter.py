"""The painter: lays grids out and hands their pages to WeasyPrint's writer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from generator.document.tree import Document, Element
from generator.printing.grids.grid import read_grids
from generator.printing.grids.known_css import UnknownStyleError
from generator.printing.grids.pages import GridPage, PageMaker
from generator.printing.grids.rows import lay_out
from generator.printing.grids.shaping import Shaper
from generator.printing.grids.specimen import kinds_of
from generator.printing.grids.tags import PaintedGrid, add_structure


class GridPainter:
    """Paints the grids of one document.

    Attributes:
        shaper: what shapes their texts, with the fonts used.
    """

    def __init__(self, document: Document, css: str, render: Callable[[Element], Any]) -> None:
        """Finds the grids and reads their sheets.

        Args:
            document: the document.
            css: the stylesheet it is printed with.
            render: lays a document out with that stylesheet, by WeasyPrint.
        """
        grids = read_grids(document.body)
        self.shaper = Shaper()
        self._grids = {grid.section: grid for grid in grids}
        self._kinds = kinds_of(document, grids, css, render)
        self._maker = PageMaker(self.shaper)
        self._painted: dict[Element, PaintedGrid] = {}
        self._sections = {section for section, kind in self._kinds.items() if kind.sheet}

    @property
    def sections(self) -> Collection[Element]:
        """The sections that it can paint."""
        return self._sections

    def paint(
        self, section: Element, start: int, page_numbers: Mapping[str, int]
    ) -> list[GridPage] | None:
        """The pages of a section, or nothing where it is not for painting after all.

        Args:
            section: one of :attr:`sections`.
            start: the number of its first page.
            page_numbers: what cells that refer to pages say.
        """
        grid, kind = self._grids[section], self._kinds[section]
        if kind.sheet is None:
            return None
        try:
            cells = lay_out(grid, kind.sheet, self.shaper, page_numbers)
        except UnknownStyleError:
            return None
        pages = self._maker.pages(kind.sheet, cells, start, kind.names_by_slot(grid))
        rows = len(grid.head) + len(grid.body)
        self._painted[section] = PaintedGrid(pages, len(grid.head), rows)
        return pages

    def add_structure(self, pdf: Any, pages: Sequence[Any]) -> None:
        """Adds the structure of the painted tables to a PDF of these pages."""
        add_structure(pdf, pages, list(self._painted.values()))
