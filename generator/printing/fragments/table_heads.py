"""Which heads a cell of a table stands under and beside, for readers that cannot see (PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pydyf


class CellSpan(NamedTuple):
    """Where a cell is: rows and columns, from 0; the ends are the first that it does not take."""

    row: int
    row_end: int
    column: int
    column_end: int


class TableHeads:
    """The heads of a table as its cells are read, row by row from the left."""

    def __init__(self) -> None:
        self._above: dict[int, list[CellSpan]] = {}
        self._last: dict[int, int] = {}
        self._beside: list[CellSpan] = []
        self._row = 0

    def add(self, head: CellSpan, *, heads_row: bool) -> None:
        """Takes a head: of what is to the right of it, or else of its columns.

        A head of columns counts instead of heads that are farther above.
        """
        if heads_row:
            self._beside.append(head)
            return
        for column in range(head.column, head.column_end):
            if self._last.get(column, head.row) < head.row:
                self._above[column] = []
            self._above.setdefault(column, []).append(head)
            self._last[column] = head.row_end

    def of(self, cell: CellSpan) -> list[CellSpan]:
        """The heads of a cell: those beside it from the left, then those above it."""
        beside = self._next_to(cell) if self._beside else []
        if cell.column_end - cell.column == 1:
            return [*beside, *self._above.get(cell.column, ())]
        columns = range(cell.column, cell.column_end)
        above = (head for at in columns for head in self._above.get(at, ()))
        return [*beside, *dict.fromkeys(above)]

    def _next_to(self, cell: CellSpan) -> list[CellSpan]:
        """The heads of a cell's row: those next to it on the left, side by side."""
        if cell.row != self._row:
            self._row = cell.row
            self._beside = [each for each in self._beside if each.row_end > cell.row]
        by_end = {
            each.column_end: each
            for each in self._beside
            if each.column_end <= cell.column and each.row <= cell.row
        }
        found: list[CellSpan] = []
        at = max(by_end, default=0)
        while at in by_end:
            found.insert(0, by_end[at])
            at = by_end[at].column
        return found


def head_name(head: CellSpan) -> int:
    """The name of a head within its table."""
    return head.row << 8 | head.column


def tell_heads(table: Any, objects: Mapping[int, Any]) -> None:
    """Says of a table that WeasyPrint wrote what its heads head, and of cells what heads they have.

    WeasyPrint gives a head no scope, gives a head that reaches over several rows to the first of
    them alone, and gives a cell the heads that are below it too.
    """
    heads = TableHeads()
    for cell, spot, in_head, alone in _cells(table, objects):
        about = cell["A"]
        if cell["S"] == "/TH":
            heads_row = not alone or ("RowSpan" in about and not in_head)
            heads.add(spot, heads_row=heads_row)
            about["Scope"] = "/Row" if heads_row else "/Column"
            cell["ID"] = _identifier(table, spot)
            continue
        about.pop("Headers", None)
        if own := heads.of(spot):
            about["Headers"] = pydyf.Array(_identifier(table, head) for head in own)


def _identifier(table: Any, head: CellSpan) -> bytes:
    """What names a head in the file, once the number of its table there is known."""
    return b"%d 0 I%d" % (table.number, head_name(head))


def _cells(table: Any, objects: Mapping[int, Any]) -> Iterator[tuple[Any, CellSpan, bool, bool]]:
    """The cells with their places, whether they are in the head and all of their row are heads."""
    group = None
    reaching: dict[int, int] = {}  # rows that a cell from above still takes, by column
    for number, (row, part) in enumerate(_rows(table, objects)):
        if part is not group:  # no cell reaches out of its part
            group, reaching = part, {}
        covered, column = reaching, 0
        reaching = {at: rows - 1 for at, rows in covered.items() if rows > 1}
        cells = [each for each in _below(row, objects) if each.get("S") in _CELLS]
        alone = all(each["S"] == "/TH" for each in cells)
        for cell in cells:
            while column in covered:
                column += 1
            across, down = (int(cell["A"].get(name, 1)) for name in ("ColSpan", "RowSpan"))
            spot = CellSpan(number, number + down, column, column + across)
            yield cell, spot, part.get("S") == "/THead", alone
            column = spot.column_end
            if down > 1:
                reaching |= dict.fromkeys(range(spot.column, column), down - 1)


_CELLS = ("/TH", "/TD")


def _rows(part: Any, objects: Mapping[int, Any]) -> Iterator[tuple[Any, Any]]:
    """The rows of a table, each with the part that it is in."""
    for kid in _below(part, objects):
        if kid.get("S") == "/TR":
            yield kid, part
        elif kid.get("S") != "/Caption":
            yield from _rows(kid, objects)


def _below(element: Any, objects: Mapping[int, Any]) -> list[Any]:
    return [objects[int(kid.split()[0])] for kid in element["K"] if isinstance(kid, bytes)]
