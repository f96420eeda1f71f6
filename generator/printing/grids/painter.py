"""The painter: lays grids out and writes their pages as fragments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.compose.document.tree import Element
from generator.printing.fragments.faces import Faces
from generator.printing.fragments.fragment import Fragment
from generator.printing.grids.grid import Grid, read_grid
from generator.printing.grids.grid_fragment import GridFragment
from generator.printing.grids.grid_kind import GridKind
from generator.printing.grids.known_css import UnknownStyleError
from generator.printing.grids.rows import lay_out_rows
from generator.printing.grids.shaping import Shaper
from generator.printing.grids.specimen import Specimens
from generator.printing.kept_specimens import KeptSpecimens


class GridPainter:
    """Paints grids; what it learned of their kinds and texts serves every document of one look.

    Attributes:
        shaper: what shapes their texts.
    """

    def __init__(
        self, css: str, render: Callable[[Element], Any], faces: Faces, kept: KeptSpecimens
    ) -> None:
        """A painter for documents of one look.

        Args:
            css: the stylesheet they are printed with.
            render: lays a tree out with that stylesheet, by WeasyPrint.
            faces: the fonts to share.
            kept: what specimens showed before.
        """
        self.shaper = Shaper(faces)
        self._specimens = Specimens(css, render, faces, self.shaper, kept)
        self._prepared: dict[Element, tuple[Grid, GridKind] | None] = {}

    def prepare(self, sections: Iterable[Element], shell: Callable[[], Element]) -> None:
        """Learns the kinds of sections that are to be painted, all at once: that saves layouts.

        Args:
            sections: the sections.
            shell: makes a document without sections.
        """
        self._prepared.clear()
        self.shaper.tidy()
        self._learn(sections, shell)

    def _learn(self, sections: Iterable[Element], shell: Callable[[], Element]) -> None:
        read = {section: read_grid(section) for section in sections}
        grids = [grid for grid in read.values() if grid is not None]
        kinds = self._specimens.learn(grids, shell)
        self._prepared |= dict.fromkeys(read)
        for grid, kind in zip(grids, kinds, strict=True):
            self._prepared[grid.section] = grid, kind

    def paint(
        self, section: Element, page_numbers: Mapping[str, int], shell: Callable[[], Element]
    ) -> Fragment | None:
        """The pages of a section, or nothing if it is not for painting.

        Args:
            section: the section.
            page_numbers: what cells that refer to pages say.
            shell: makes a document without sections.
        """
        if section not in self._prepared:
            self._learn([section], shell)
        prepared = self._prepared[section]
        if prepared is None:
            return None
        grid, kind = prepared
        if kind.sheet is None:
            return None
        try:
            lines = kind.sheet.letterhead.own_lines(kind.words(grid), self.shaper)
            columns = kind.column_edges(grid, kind.sheet)
            cells = lay_out_rows(grid, kind.sheet, columns, self.shaper, page_numbers)
        except UnknownStyleError:
            return None
        return GridFragment(grid, kind, kind.sheet, cells, lines).fragment()
