"""Mends merged cells that a page break would cut.

A cell that spans rows and is cut by a page break loses its text and its rule
on the next page. Where the layout breaks inside such a cell, the cell is
ended at the break and stands again, with its text, on the next page.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from generator.compose.document.tree import Element

_ROW = "row-"


def mark_rows(root: Element) -> None:
    """Gives every row of a table with merged body cells an anchor, to find its page by."""
    number = 0
    for table in root.iter("table"):
        if table.find("tbody/tr/td[@rowspan]") is None:
            continue
        for row in table.iterfind("tbody/tr"):
            number += 1
            row.set("id", f"{_ROW}{number}")


def is_row(anchor: str) -> bool:
    """Whether an anchor is one that :func:`mark_rows` gave."""
    return anchor.startswith(_ROW)


def split_cut_cells(root: Element, pages: Mapping[str, int]) -> bool:
    """Splits the cells that a page break cuts; returns whether there were any.

    Args:
        root: the tree, its rows marked by :func:`mark_rows`; it is changed.
        pages: the page each anchor landed on.
    """
    cut = False
    for body in root.iter("tbody"):
        rows = [row for row in body if row.get("id") in pages]
        for position, row in enumerate(rows[1:], 1):
            if pages[row.get("id", "")] != pages[rows[position - 1].get("id", "")]:
                cut |= _split_at(rows, position)
    return cut


def _split_at(rows: list[Element], position: int) -> bool:
    """Ends every cell reaching over the row at ``position`` there and starts it anew."""
    grid = _columns(rows)
    reaching = [
        (column, cell, start)
        for start in range(position)
        for column, cell in grid[start]
        if start + int(cell.get("rowspan", 1)) > position
    ]
    for column, cell, start in sorted(reaching, key=lambda each: each[0]):
        rest = start + int(cell.get("rowspan", 1)) - position
        again = deepcopy(cell)
        again.tail = None
        _span(cell, position - start)
        _span(again, rest)
        before = sum(1 for at, _ in _columns(rows)[position] if at < column)
        rows[position].insert(before, again)
    return bool(reaching)


def _span(cell: Element, rows: int) -> None:
    if rows > 1:
        cell.set("rowspan", str(rows))
    elif "rowspan" in cell.attrib:
        del cell.attrib["rowspan"]


def _columns(rows: list[Element]) -> list[list[tuple[int, Element]]]:
    """For each row its cells with the column each starts in."""
    taken: dict[int, int] = {}
    grid: list[list[tuple[int, Element]]] = []
    for row in rows:
        column = 0
        line: list[tuple[int, Element]] = []
        covered = {at for at, left in taken.items() if left}
        for cell in row:
            while column in covered:
                column += 1
            line.append((column, cell))
            span = int(cell.get("colspan", 1))
            for at in range(column, column + span):
                taken[at] = int(cell.get("rowspan", 1))
            column += span
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        grid.append(line)
    return grid
