"""Lays one specimen of each kind of grid out with WeasyPrint, to read its sheet off it.

What the pack's CSS says about a grid is not guessed: WeasyPrint lays out the
headings, a table that holds one cell of each kind, and an empty page to go on
with. Sizes, positions and styles are read from its boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import deepcopy
from functools import partial
from itertools import groupby
from typing import Any

from lxml import etree

from generator.compose.document.tree import Element, text_of_element
from generator.core.records import replace
from generator.printing.fragments.faces import Faces
from generator.printing.grids.grid import Grid, PaintedCellKind
from generator.printing.grids.grid_kind import GridKind, skeleton_of
from generator.printing.grids.known_css import (
    UnknownStyleError,
    expect,
    goes_by_elements_and_classes,
)
from generator.printing.grids.letterhead import read_letterhead
from generator.printing.grids.own_lines import has_sample, says_nothing_else
from generator.printing.grids.shaping import Shaper
from generator.printing.grids.sheet import GridPage, read_sheet, read_sheet_like, section_on
from generator.printing.kept_specimens import KeptSpecimen, KeptSpecimens


class Specimens:
    """The kinds of grids met so far, with their sheets where the painter knows the CSS."""

    def __init__(
        self,
        css: str,
        render: Callable[[Element], Any],
        faces: Faces,
        shaper: Shaper,
        kept: KeptSpecimens,
    ) -> None:
        """Specimens for one stylesheet.

        Args:
            css: the stylesheet.
            render: lays a tree out with it.
            faces: the fonts to share.
            shaper: what shapes page numbers.
            kept: what specimens showed before.
        """
        self._kept = kept
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
        new = [kind for kind in self._kinds.values() if not self._knows(kind)]
        if new and self._known_css:
            self._read_sheets(new, shell())
            for kind in new:
                self._keep(kind)
        return kinds

    def _knows(self, kind: GridKind) -> bool:
        """Whether all cells of a kind were on a specimen, in this process or before it."""
        if kind.tried.issuperset(kind.cells):
            return True
        kept = self._kept.find(kind.looks) if kind.looks else None
        if kept is None or not kept.tried.issuperset(kind.cells):
            return False
        kind.sheet, kind.tried, kind.slots = kept
        return True

    def _keep(self, kind: GridKind) -> None:
        """Keeps what the specimen of a kind showed, with what others showed of other cells."""
        if kind.sheet is None or not kind.looks:
            return
        sheet, tried, slots = KeptSpecimen(kind.sheet, kind.tried, kind.slots)
        before = self._kept.find(kind.looks)
        if before is not None and before.sheet.rule == sheet.rule:
            sheet = replace(sheet, styles={**before.sheet.styles, **sheet.styles})
            tried |= before.tried
        self._kept.add(kind.looks, KeptSpecimen(sheet, tried, slots))

    def _kind(self, grid: Grid, *, shared: bool) -> GridKind:
        shared &= not any(has_sample(text_of_element(each)) for each in grid.headings)
        skeleton = skeleton_of(grid, 0, shared=shared)
        alike = shared, etree.tostring(skeleton)
        kind = self._kinds.get(alike)
        if kind is None:
            number = len(self._kinds)
            kind = GridKind(number, shared, skeleton_of(grid, number, shared=shared))
            self._kinds[alike] = kind
            if shared:
                if says_nothing_else(list(kind.skeleton)[:-1]):
                    kind.looks = etree.tostring(skeleton)
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
        for position, (kind, model) in enumerate(zip(kinds, models, strict=True)):
            kind.tried = frozenset(kind.cells)
            kind.sheet = None
            with suppress(UnknownStyleError):
                expect(len(specimens) == len(kinds), "specimens without pages")
                kind.sheet = self._sheet(kind, layout, specimens[position], model)

    def _sheet(
        self, kind: GridKind, layout: Any, pages: Sequence[Any], model: GridPage | None
    ) -> GridPage:
        """The sheet that the pages of a specimen show.

        Raises:
            UnknownStyleError: if only WeasyPrint can lay such grids out.
        """
        expect(len(pages) == (1 if model else 2), "a specimen of more pages")
        kind.slots = kind.like.slots if kind.like and model else kind.number
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
