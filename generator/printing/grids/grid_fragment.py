"""Writes the laid out pages of one grid as a fragment of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pydyf import String

from generator.printing.fragments.accessible import PRINTED
from generator.printing.fragments.fragment import (
    Face,
    Fragment,
    FragmentPage,
    Glyphs,
    parents_leaf,
)
from generator.printing.fragments.harvest import POINTS
from generator.printing.fragments.objects import ObjectCollector
from generator.printing.grids.grid import Grid
from generator.printing.grids.grid_kind import GridKind
from generator.printing.grids.letterhead import LetterPage
from generator.printing.grids.own_lines import OwnLines, PlacedOwnLine
from generator.printing.grids.pages import lines_in_place, operators, own_text
from generator.printing.grids.rows import PlacedCell
from generator.printing.grids.shaping import Chunk, add_glyphs
from generator.printing.grids.sheet import GridPage
from generator.printing.grids.tags import TableStructure

_SLOT = re.compile(rb"/Alt \((slot-\d+-\d+)\)")
"""The name of a heading on the specimen."""
Cells = Sequence[Sequence[PlacedCell]]
"""The cells on each page."""


class GridFragment:
    """Writes the pages of one grid: letterhead, table, structure."""

    def __init__(
        self, grid: Grid, kind: GridKind, sheet: GridPage, cells: Cells, lines: OwnLines
    ) -> None:
        """Begins the fragment of a grid.

        Args:
            grid: the grid.
            kind: its kind.
            sheet: what the pages of that kind look like.
            cells: the cells, laid out.
            lines: what it says in its own words.
        """
        self._grid = grid
        self._kind = kind
        self._sheet = sheet
        self._letterhead = letterhead = sheet.letterhead
        self._cells = cells
        self._lines = [
            lines.going_on if position else lines.first for position in range(len(cells))
        ]
        self._heard = kind.heard_by_slot(grid)
        self._objects = ObjectCollector()
        self._shared = {each.number: self._objects.reserve() for each in letterhead.objects}
        self._objects.take(letterhead.objects, self._shared.__getitem__, fixed=letterhead.fixed)
        self._letter_pages = [
            letterhead.going_on if position else letterhead.first for position in range(len(cells))
        ]

    def fragment(self) -> Fragment:
        """The fragment."""
        letterhead, objects = self._letterhead, self._objects
        pages = [objects.reserve() for _ in self._cells]
        table, parent = letterhead.table
        numbers = [
            self._elements(letter_page, page)
            for letter_page, page in zip(self._letter_pages, pages, strict=True)
        ]
        structure = TableStructure(objects, numbers[0][table], pages)
        fragment_pages = [self._page(position, page) for position, page in enumerate(pages)]
        links = {cell: at for _, annotations in fragment_pages for cell, at in annotations.items()}
        heads, rows = len(self._grid.head), len(self._grid.head) + len(self._grid.body)
        structure.put(numbers[0][parent], self._cells, heads, rows, links)
        parents = objects.add(*parents_leaf(self._owners(pages, numbers, structure)))
        faces, glyphs, missing = self._fonts()
        return Fragment(
            objects.block(),
            tuple(page for page, _ in fragment_pages),
            tuple(
                numbers[position][top]
                for position, letter_page in enumerate(self._letter_pages)
                for top in letter_page.top
            ),
            parents,
            tuple(dict.fromkeys(self._targets())),
            faces,
            glyphs,
            (self._sheet.stamp,) if self._sheet.stamp else (),
            missing,
            self._tail,
        )

    @property
    def _tail(self) -> float:
        """How much of the last page the table takes."""
        top = self._sheet.top_going_on if len(self._cells) > 1 else self._sheet.top
        lowest = max((placed.bottom for placed in self._cells[-1]), default=top)
        return (lowest - top) / (self._sheet.bottom - top)

    def _owners(
        self, pages: Sequence[int], numbers: Sequence[Mapping[int, int]], structure: TableStructure
    ) -> dict[int, list[int] | int]:
        """The owners of what the pages mark, headings first, and of their links."""
        owners: dict[int, list[int] | int] = dict(structure.link_owners)
        for page, own, letter_page, marked in zip(
            pages, numbers, self._letter_pages, structure.owners, strict=True
        ):
            of_headings = [own[at] for at in letter_page.owners]
            owners[page] = of_headings + [marked[mark] for mark in sorted(marked)]
        return owners

    def _elements(self, letter_page: LetterPage, page: int) -> dict[int, int]:
        """Puts the structure of a page's headings; returns the numbers by those of the specimen."""
        table, _ = self._letterhead.table
        numbers = self._shared | {letter_page.number: page}
        if letter_page is self._letterhead.first:
            numbers[table] = self._objects.reserve()
        for element in letter_page.elements:
            numbers[element.number] = self._objects.reserve()
        for element in letter_page.elements:
            references = [numbers[at] for at in element.loose.references]
            template = _SLOT.sub(self._alternative, element.loose.template)
            self._objects.put(numbers[element.number], template, references)
        return numbers

    def _alternative(self, slot: re.Match[bytes]) -> bytes:
        """What a heading is called instead of the slot; nothing if its text says it."""
        name = self._heard.get(slot[1].decode(), "")
        return b"/Alt " + bytes(String(name).data).replace(b"%", b"%%") if name else b""

    def _page(self, position: int, page: int) -> tuple[FragmentPage, dict[PlacedCell, int]]:
        """Puts a page; returns it, and the annotations of the cells that are links."""
        objects, letter_page = self._objects, self._letter_pages[position]
        cells = self._cells[position]
        painted = operators(cells, self._sheet.rule, len(letter_page.owners), POINTS)
        content = objects.reserve()
        letter = _letter(letter_page.operators, self._lines[position])
        objects.put_content(content, letter + b"\n" + painted)
        stamp = objects.reserve() if self._sheet.stamp else 0
        annotations = dict(self._annotations(cells, letter_page.height))
        contents = [content, stamp] if stamp else [content]
        template = b"<</Type /Page/Parent 1 0 R/Contents [%s]/Resources %%d 0 R%s%s%s>>" % (
            b" %d 0 R" * len(contents),
            b"/Tabs /S/StructParents %d",
            letter_page.boxes,
            b"/Annots [%s]" % (b" %d 0 R" * len(annotations)) if annotations else b"",
        )
        resources = self._shared[self._letterhead.resources]
        objects.put(page, template, (*contents, resources, page, *annotations.values()))
        names = self._kind.names_by_slot(self._grid)
        places = letter_page.places
        anchors = tuple((names.get(name, name), x, y) for name, x, y in places.anchors)
        bookmarks = tuple(
            (level, names.get(title, self._kind.said(title, self._grid)), x, y, state)
            for level, title, x, y, state in places.bookmarks
        )
        return FragmentPage(page, anchors, bookmarks, stamp), annotations

    def _annotations(
        self, cells: Sequence[PlacedCell], height: float
    ) -> Iterator[tuple[PlacedCell, int]]:
        """Puts the links on a page; yields each cell and its annotation."""
        for placed in cells:
            if placed.cell.page_of is None or not placed.lines:
                continue
            for line, x, y in lines_in_place(placed):
                top = y - line.baseline
                box = (x, top, x + line.width, top + line.height)
                left, upper, right, lower = (each * POINTS for each in box)
                place = b"%.3f %.3f %.3f %.3f" % (left, height - upper, right, height - lower)
                target = bytes(String(placed.cell.page_of).data).replace(b"%", b"%%")
                says = bytes(String(placed.cell.says).data).replace(b"%", b"%%")
                number = self._objects.reserve()
                template = b"<</Type /Annot/Subtype /Link/F %d/Rect [%s]/BS <</W 0>>%s%s%s>>" % (
                    PRINTED,
                    place,
                    b"/Contents " + says,
                    b"/Dest " + target,
                    b"/StructParent %d",
                )
                self._objects.put(number, template, [number])
                yield placed, number

    def _targets(self) -> Iterator[str]:
        for placed in (each for cells in self._cells for each in cells):
            if placed.cell.page_of is not None:
                yield placed.cell.page_of

    def _chunks(self) -> Iterator[Chunk]:
        """The glyphs shown, those that are the same only once."""
        lines = {
            id(line): line for cells in self._cells for placed in cells for line in placed.lines
        }
        lines |= {id(own.line): own.line for on_page in self._lines for own in on_page}
        for line in lines.values():
            yield from line.chunks
        yield from self._sheet.stamp_chunks

    def _fonts(self) -> tuple[dict[str, Face], dict[str, Glyphs], tuple[str, ...]]:
        """The faces, the glyphs of each, and the characters that no font has."""
        faces = dict(self._letterhead.faces)
        glyphs = {name: dict(each) for name, each in self._letterhead.glyphs.items()}
        missing = add_glyphs(self._chunks(), faces, glyphs)
        return faces, glyphs, tuple(missing)


def _letter(operators: Sequence[bytes], lines: Sequence[PlacedOwnLine]) -> bytes:
    """What is painted on a page before its table, with the lines where it is cut for them."""
    parts = [operators[0]]
    for line, following in zip(lines, operators[1:], strict=True):
        parts += [own_text(line), following]
    return b"\n".join(parts)
