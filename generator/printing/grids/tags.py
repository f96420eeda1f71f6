"""The structure of painted tables, for readers that cannot see (PDF/UA-1).

One table however many pages it stands on, each cell pointing to its page and
to its headers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.printing.fragments.objects import ObjectCollector
from generator.printing.fragments.table_heads import CellSpan, TableHeads, head_name
from generator.printing.grids.rows import PlacedCell

_TAGS = {"td": b"TD", "th": b"TH"}


class TableStructure:
    """Writes the structure of one table.

    Attributes:
        owners: for each page, the element that owns each marked content of the table.
        link_owners: the element that owns the annotation of each link.
    """

    def __init__(self, objects: ObjectCollector, element: int, pages: Sequence[int]) -> None:
        """Begins the structure of a table.

        Args:
            objects: where its objects go.
            element: the element of the table.
            pages: its pages.
        """
        self._objects = objects
        self._element = element
        self._pages = pages
        self._heads = TableHeads()
        self._said_of_heads: dict[tuple[CellSpan, ...], bytes] = {}
        self.owners: list[dict[int, int]] = [{} for _ in pages]
        self.link_owners: dict[int, int] = {}

    def put(
        self,
        parent: int,
        cells: Sequence[Sequence[PlacedCell]],
        heads: int,
        rows: int,
        links: Mapping[PlacedCell, int],
    ) -> None:
        """Puts the table with its parts, rows and cells.

        Args:
            parent: the element that the table stands in.
            cells: the cells on each page.
            heads: how many rows are the head.
            rows: how many rows there are, heads counted.
            links: the annotations of the cells that are links, by cell.
        """
        by_row: list[list[tuple[int, PlacedCell]]] = [[] for _ in range(rows)]
        for number, on_page in enumerate(cells):
            for placed in on_page:
                if not placed.repeated:
                    by_row[placed.row].append((number, placed))
        parts = [
            self._part(tag, part, links)
            for tag, part in ((b"THead", by_row[:heads]), (b"TBody", by_row[heads:]))
            if part
        ]
        self._put(self._element, b"Table", parent, self._pages[0], parts)

    def _part(
        self,
        tag: bytes,
        rows: Sequence[list[tuple[int, PlacedCell]]],
        links: Mapping[PlacedCell, int],
    ) -> int:
        part = self._objects.reserve()
        lines = [self._row(part, row, links) for row in rows]
        page = self._pages[rows[0][0][0]] if rows[0] else self._pages[0]
        return self._put(part, tag, self._element, page, lines)

    def _row(
        self, parent: int, cells: list[tuple[int, PlacedCell]], links: Mapping[PlacedCell, int]
    ) -> int:
        row = self._objects.reserve()
        cells.sort(key=_column)
        kids = [self._cell(row, number, placed, links) for number, placed in cells]
        page = self._pages[cells[0][0]] if cells else self._pages[0]
        return self._put(row, b"TR", parent, page, kids)

    def _cell(
        self, parent: int, number: int, placed: PlacedCell, links: Mapping[PlacedCell, int]
    ) -> int:
        element = owner = self._objects.reserve()
        page = self._pages[number]
        marks = b"" if placed.mark is None else b"%d" % placed.mark
        kids: list[int] = []
        annotation = links.get(placed)
        if annotation is not None:
            owner = self._link(element, page, marks, annotation)
            marks, kids = b"", [owner]
        if placed.mark is not None:
            self.owners[number][placed.mark] = owner
        tag = _TAGS[placed.cell.kind.tag]
        about, references = self._attributes(placed)
        return self._put(element, tag, parent, page, kids, marks, about, references)

    def _attributes(self, placed: PlacedCell) -> tuple[bytes, list[int]]:
        """Spans and headers; a header cell has a name that the cells below it say."""
        span, cell = b"", placed.cell
        if cell.across > 1:
            span += b"/ColSpan %d" % cell.across
        if placed.end - placed.row > 1:
            span += b"/RowSpan %d" % (placed.end - placed.row)
        spot = CellSpan(placed.row, placed.end, cell.column, cell.column + cell.across)
        if cell.kind.tag == "th":
            self._heads.add(spot, heads_row=cell.heads_row)
            scope = b"Row" if cell.heads_row else b"Column"
            name = head_name(spot)
            about = b"/ID (%%d-%d)/A <</O /Table/Scope /%s%s>>" % (name, scope, span)
            return about, [self._element]
        heads = self._heads.of(spot)
        if heads:
            span += self._headers(tuple(heads))
        return (b"/A <</O /Table%s>>" % span if span else b""), [self._element] * len(heads)

    def _headers(self, heads: tuple[CellSpan, ...]) -> bytes:
        """What a cell says of its heads; cells below each other say the same."""
        said = self._said_of_heads.get(heads)
        if said is None:
            names = [b"(%%d-%d)" % head_name(head) for head in heads]
            said = self._said_of_heads[heads] = b"/Headers [%s]" % b" ".join(names)
        return said

    def _link(self, parent: int, page: int, marks: bytes, annotation: int) -> int:
        reference = self._objects.add(b"<</Type /OBJR/Obj %d 0 R/Pg %d 0 R>>", (annotation, page))
        link = self._objects.reserve()
        self._put(link, b"Link", parent, page, [reference], marks)
        self.link_owners[annotation] = link
        return link

    def _put(  # noqa: PLR0913, PLR0917 - the parts of an element
        self,
        number: int,
        tag: bytes,
        parent: int,
        page: int,
        kids: Sequence[int],
        marks: bytes = b"",
        about: bytes = b"",
        references: Sequence[int] = (),
    ) -> int:
        """Puts an element; ``about`` says more, with references of its own."""
        template = b"<</Type /StructElem/S /%s/P %%d 0 R/Pg %%d 0 R%s/K [%s%s]>>" % (
            tag,
            about,
            marks,
            b" %d 0 R" * len(kids),
        )
        self._objects.put(number, template, (parent, page, *references, *kids))
        return number


def _column(cell: tuple[int, PlacedCell]) -> int:
    return cell[1].cell.column
