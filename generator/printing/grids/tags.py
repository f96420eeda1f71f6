"""The structure of painted tables, for readers that cannot see (PDF/UA-1).

WeasyPrint writes the structure of what it paints, with an empty table for each
grid. Here the table gets its rows and cells: one table however many pages it
stands on, each cell pointing to its page and to its headers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from generator.printing.grids.pages import GridPage
from generator.printing.grids.rows import Placed


@dataclass(frozen=True, slots=True)
class PaintedGrid:
    """A grid on its pages.

    Attributes:
        heads: how many of its rows are its head.
        rows: how many rows it has.
    """

    pages: Sequence[GridPage]
    heads: int
    rows: int


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object of the PDF whose content is known as bytes."""

    def __init__(self, content: bytes = b"") -> None:
        super().__init__()
        self.content = content

    @property
    def data(self) -> bytes:
        return self.content


def add_structure(pdf: Any, pages: Sequence[Any], grids: Sequence[PaintedGrid]) -> None:
    """Fills the tables of the painted grids in.

    Args:
        pdf: the PDF as WeasyPrint made it, before it is written.
        pages: all its pages.
        grids: the grids on them.
    """
    references = pdf.page_references
    places = {id(page): number for number, page in enumerate(pages)}
    tables = _empty_tables(pdf)
    parents = _ParentTree(pdf)
    for grid in grids:
        numbers = [places[id(page)] for page in grid.pages]
        element = tables[references[numbers[0]]]
        table = _Table(pdf, element, grid, [references[number] for number in numbers])
        table.fill()
        for number, owners in zip(numbers, table.owners, strict=True):
            parents.add_marks(number, owners)
        parents.add_links(table.link_owners)


def _empty_tables(pdf: Any) -> dict[bytes, Any]:
    """The tables without rows that WeasyPrint left, by their page."""
    return {
        each["Pg"]: each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("S") == "/Table" and not each["K"]
    }


class _Table:
    """The structure of one table.

    Attributes:
        owners: for each page, the element that owns each marked content.
        link_owners: the annotations of links with the elements that own them.
    """

    def __init__(self, pdf: Any, element: Any, grid: PaintedGrid, pages: Sequence[bytes]) -> None:
        self._pdf = pdf
        self._element = element
        self._grid = grid
        self._pages = pages
        self._headers: dict[int, list[bytes]] = {}
        self.owners: list[dict[int, bytes]] = [{} for _ in pages]
        self.link_owners: list[tuple[Any, bytes]] = []

    def fill(self) -> None:
        """Adds the parts, rows and cells of the table."""
        rows: list[list[tuple[int, int, Placed]]] = [[] for _ in range(self._grid.rows)]
        for number, page in enumerate(self._grid.pages):
            for position, placed in enumerate(page.cells):
                if not placed.repeated:
                    rows[placed.row].append((number, position, placed))
        heads = self._grid.heads
        for tag, part in ((b"THead", rows[:heads]), (b"TBody", rows[heads:])):
            if part:
                self._element["K"].append(self._part(tag, part))

    def _part(self, tag: bytes, rows: Sequence[list[tuple[int, int, Placed]]]) -> bytes:
        part = self._new()
        lines = [self._row(part.reference, row) for row in rows]
        page = self._pages[rows[0][0][0]] if rows[0] else self._pages[0]
        part.content = _element(tag, self._element.reference, page, b" ".join(lines))
        return bytes(part.reference)

    def _row(self, parent: bytes, cells: list[tuple[int, int, Placed]]) -> bytes:
        row = self._new()
        cells.sort(key=lambda each: each[2].cell.column)
        kids = b" ".join(self._cell(row.reference, *cell) for cell in cells)
        page = self._pages[cells[0][0]] if cells else self._pages[0]
        row.content = _element(b"TR", parent, page, kids)
        return bytes(row.reference)

    def _cell(self, parent: bytes, number: int, position: int, placed: Placed) -> bytes:
        element = owner = self._new()
        page = self._pages[number]
        kids = b"" if placed.mark is None else b"%d" % placed.mark
        link = self._grid.pages[number].cell_links.get(position)
        if link is not None:
            owner = self._link(element.reference, page, kids, link.link_annotation)
            kids = owner.reference
        if placed.mark is not None:
            self.owners[number][placed.mark] = owner.reference
        tag = placed.cell.kind.tag.upper().encode()
        element.content = _element(tag, parent, page, kids, self._attributes(placed))
        return bytes(element.reference)

    def _attributes(self, placed: Placed) -> bytes:
        """Spans and headers; a header cell has a name that the cells below it say."""
        span = b""
        if placed.cell.across > 1:
            span += b"/ColSpan %d" % placed.cell.across
        if placed.end - placed.row > 1:
            span += b"/RowSpan %d" % (placed.end - placed.row)
        columns = range(placed.cell.column, placed.cell.column + placed.cell.across)
        if placed.cell.kind.tag == "th":
            name = b"(%d-%d-%d)" % (self._element.number, placed.row, placed.cell.column)
            for column in columns:
                self._headers.setdefault(column, []).append(name)
            return b"/ID %s/A <</O /Table/Scope /Column%s>>" % (name, span)
        headers = dict.fromkeys(name for at in columns for name in self._headers.get(at, ()))
        if headers:
            span += b"/Headers [%s]" % b" ".join(headers)
        return b"/A <</O /Table%s>>" % span if span else b""

    def _link(self, parent: bytes, page: bytes, kids: bytes, annotation: Any) -> _Written:
        reference = self._new(
            b"<</Type /OBJR/Obj %s/Pg %s>>" % (annotation.reference, page)
        ).reference
        link = self._new(_element(b"Link", parent, page, kids + b" " + reference))
        self.link_owners.append((annotation, link.reference))
        return link

    def _new(self, content: bytes = b"") -> _Written:
        new = _Written(content)
        self._pdf.add_object(new)
        return new


def _element(tag: bytes, parent: bytes, page: bytes, kids: bytes, more: bytes = b"") -> bytes:
    return b"<</Type /StructElem/S /%s/P %s/Pg %s%s/K [%s]>>" % (tag, parent, page, more, kids)


class _ParentTree:
    """The way back from marked contents and annotations to the structure."""

    def __init__(self, pdf: Any) -> None:
        by_reference = {each.reference: each for each in pdf.objects}
        root = by_reference[pdf.catalog["StructTreeRoot"]]
        self._numbers = by_reference[root["ParentTree"]]["Nums"]
        self._next = max(self._numbers[::2]) + 1

    def add_marks(self, page: int, owners: Mapping[int, bytes]) -> None:
        """Adds what a page marks after what WeasyPrint marked on it."""
        self._numbers[2 * page + 1].extend(owners[mark] for mark in sorted(owners))

    def add_links(self, owners: Sequence[tuple[Any, bytes]]) -> None:
        """Adds the annotations of links."""
        for annotation, owner in owners:
            annotation["StructParent"] = self._next
            self._numbers.extend((self._next, owner))
            self._next += 1
