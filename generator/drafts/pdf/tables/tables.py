"""Puts the pieces of a table, one on each page, on one grid of columns again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Row, Spot, Table
from generator.drafts.pdf.page.page import PageTable, PageTableCell
from generator.drafts.words.text import rejoined

_NEAR = 3.0
_SENTENCE_END = late_pattern(r"[。；！？;.!?]$")
_AMOUNT = late_pattern(r"[-\d.,%]+")
_ITEM = late_pattern(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|[①-⑳]")
_LONG = 4
"""Characters; a text that is broken over two pages has at least so many before the break."""

Cells = list[PageTableCell | None]


def table_goes_on(before: PageTable, grid: PageTable) -> bool:
    """Whether a piece can be the rest of the table on the page before."""
    return (
        grid.page == before.page + 1
        and abs(grid.x0 - before.x0) < _NEAR
        and abs(grid.x1 - before.x1) < _NEAR
    )


def joined_pieces(pieces: Sequence[PageTable]) -> list[Table]:
    """The pieces as tables of one width; what a page break cut is whole again.

    Merged cells that a page break cuts hold their text once, and a row that is
    evidently the rest of the last row above is part of it. Repeated heads stay.
    """
    edges = _edges(cell.x0 for piece in pieces for row in piece.rows for cell in row)
    grids = [[_on_grid(row, edges) for row in piece.rows] for piece in pieces]
    last = grids[0][-1]
    for number in range(1, len(grids)):
        rows = grids[number]
        body = _repeated(grids[0], rows)
        if body < len(rows):
            rows[body] = _without_cut_cells(grids[number - 1], rows[body])
            if pieces[number - 1].cut or _is_rest(last, rows[body]):
                _append(last, rows.pop(body))
        last = rows[-1] if body < len(rows) else last
    return [
        table
        for piece, rows in zip(pieces, grids, strict=True)
        if (table := _table(piece.page, rows)).rows
    ]


def _table(page: int, rows: Iterable[Cells]) -> Table:
    texts = (tuple(text.strip() for text in _texts(row)) for row in rows)
    return Table([Row(cells, Spot("页", page)) for cells in texts if any(cells)])


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _on_grid(row: Sequence[PageTableCell], edges: Sequence[float]) -> Cells:
    cells: Cells = [None] * len(edges)
    for cell in row:
        column = min(range(len(edges)), key=lambda n: abs(edges[n] - cell.x0))
        cells[column] = _with(cells[column], cell)
    return cells


def _texts(row: Cells) -> list[str]:
    return [cell.text if cell else "" for cell in row]


def _repeated(first: Sequence[Cells], rows: Sequence[Cells]) -> int:
    """How many rows at the top of a piece repeat the top of the first piece."""
    count = 0
    for ours, theirs in zip(first, rows, strict=False):
        if _texts(ours) != _texts(theirs):
            break
        count += 1
    return count


def _without_cut_cells(above: Sequence[Cells], row: Cells) -> Cells:
    """A row without the texts printed again of merged cells that reach over the page break."""
    kept: Cells = []
    for column, cell in enumerate(row):
        reaching = _reaching_down(above, column)
        alike = cell and reaching and cell.text == reaching.text
        cut = alike and any(part.rows > 1 for part in (cell, reaching) if part)
        kept.append(replace(cell, text="") if cell and cut else cell)
    return kept


def _reaching_down(rows: Sequence[Cells], column: int) -> PageTableCell | None:
    """The cell of a column that touches the bottom of a piece."""
    for distance, row in enumerate(reversed(rows), 1):
        cell = row[column]
        if cell:
            return cell if cell.rows >= distance else None
    return None


def _is_rest(last: Cells, row: Cells) -> bool:
    """Whether a row is the rest of the last row above: one text that runs on, and nothing else."""
    filled = [(column, cell.text) for column, cell in enumerate(row) if cell and cell.text]
    if len(filled) != 1 or not last:
        return False
    column, text = filled[0]
    cell = last[column]
    above = cell.text if cell else ""
    return (
        column > 0
        and len(above) >= _LONG
        and not _SENTENCE_END.search(above)
        and not _ITEM.match(text)
        and not _AMOUNT.fullmatch(text)
        and not _AMOUNT.fullmatch(above)
    )


def _append(last: Cells, row: Cells) -> None:
    """Adds the rest of a row, cell by cell."""
    last[:] = [_with(cell, more) for cell, more in zip(last, row, strict=True)]


def _with(cell: PageTableCell | None, more: PageTableCell | None) -> PageTableCell | None:
    if cell is None or more is None:
        return cell or more
    return replace(cell, text=rejoined([cell.text, more.text]))
