"""Mends what a page break would cut: merged cells, and the line that a table goes on.

A cell that spans rows and is cut by a page break loses its text and its rule
on the next page. Where the layout breaks inside such a cell, the cell is
ended at the break and stands again, with its text, on the next page.

The page on which a table goes on says its title again above it, unless another
table begins there: then that one begins a page of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from itertools import pairwise

from generator.compose.document.tree import Element

_ROW = "row-"
_TOGETHER = "together"


def mark_rows(root: Element) -> None:
    """Gives rows an anchor, to find their page by: of merged cells, of tables that share a page."""
    shared = {
        table for pair in _sharing(root) for section in pair for table in section.iter("table")
    }
    number = 0
    for table in root.iter("table"):
        if table not in shared and table.find("tbody/tr/td[@rowspan]") is None:
            continue
        for row in table.iterfind("tbody/tr"):
            number += 1
            row.set("id", f"{_ROW}{number}")


def is_row(anchor: str) -> bool:
    """Whether an anchor is one that :func:`mark_rows` gave."""
    return anchor.startswith(_ROW)


def part_from_rests(root: Element, pages: Mapping[str, int]) -> bool:
    """Gives tables that begin below the rest of another one pages of their own.

    Args:
        root: the tree, its rows marked by :func:`mark_rows`; it is changed.
        pages: the page each anchor landed on.

    Returns:
        Whether there were any.
    """
    parted = False
    for before, section in _sharing(root):
        rows = _row_pages(before, pages)
        if rows and rows[0] < rows[-1] and rows[-1] in _row_pages(section, pages):
            names = (section.get("class") or "").split()
            section.set("class", " ".join(name for name in names if name != _TOGETHER))
            parted = True
    return parted


def _sharing(root: Element) -> list[tuple[Element, Element]]:
    """The sections that go on the page of the one before, with that one."""
    sections = list(root.iter("section"))
    return [
        (before, section)
        for before, section in pairwise(sections)
        if _TOGETHER in (section.get("class") or "").split()
    ]


def _row_pages(section: Element, pages: Mapping[str, int]) -> list[int]:
    """The pages of its rows, in their order."""
    return [pages[row.get("id", "")] for row in section.iter("tr") if row.get("id") in pages]


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
