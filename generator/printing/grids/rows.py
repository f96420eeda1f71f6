"""Puts the rows of a grid on pages: heights, repeated heads, merged cells split at breaks.

Rows are kept whole. A merged cell that a page break would cut ends at the break
and stands again, with its text, on the next page: cut, it would lose both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.printing.grids.colour import UnknownStyleError
from generator.printing.grids.grid import Cell, Grid
from generator.printing.grids.shaping import Line, Shaper
from generator.printing.grids.specimen import CellStyle, Sheet

_TOLERANCE = 1e-6  # pixels: what adding up many heights may be off


@dataclass(slots=True)
class Placed:
    """A cell, or the part of a merged cell on one page, in its place; CSS pixels from the top left.

    Attributes:
        row: the row of the grid in which it begins, heads counted first.
        rows: how many rows it spans.
        repeated: whether it is the head said again on a following page.
        mark: its number among the marked contents of its page, once painted.
    """

    cell: Cell
    style: CellStyle
    lines: tuple[Line, ...]
    row: int
    rows: int
    repeated: bool = False
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0
    mark: int | None = None

    @property
    def needed(self) -> float:
        """The height that its text needs, with rules and padding."""
        return self.style.above + sum(line.height for line in self.lines) + self.style.below

    @property
    def end(self) -> int:
        """The row after its last."""
        return self.row + self.rows

    def part(self, begin: int, end: int) -> Placed:
        """The part between two rows, in its columns."""
        return Placed(
            *(self.cell, self.style, self.lines, begin, end - begin, self.repeated),
            *(self.left, self.right),
        )


def lay_out(
    grid: Grid, sheet: Sheet, shaper: Shaper, page_numbers: Mapping[str, int]
) -> list[list[Placed]]:
    """The cells on each page of a grid.

    Raises:
        UnknownStyleError: where a row is higher than a page or a text is not for painting.
    """
    cells = [
        _shaped(cell, row, sheet, shaper, page_numbers)
        for row, each in enumerate(grid.head + grid.body)
        for cell in each
    ]
    heads = len(grid.head)
    head = [each for each in cells if each.row < heads]
    body = [each for each in cells if each.row >= heads]
    rows = heads + len(grid.body)
    pages: list[list[Placed]] = []
    begin, top = heads, sheet.top
    while begin < rows:
        repeated = [_again(each) for each in head] if pages else head
        below_head = _place(repeated, 0, heads, top)
        end = _break(body, begin, rows, sheet.bottom - below_head)
        parts = list(_parts(body, begin, end))
        _place(parts, begin, end, below_head)
        pages.append(repeated + parts)
        begin, top = end, sheet.top_going_on
    return pages


def _shaped(
    cell: Cell, row: int, sheet: Sheet, shaper: Shaper, page_numbers: Mapping[str, int]
) -> Placed:
    style = sheet.styles[cell.kind]
    left, right = sheet.columns[cell.column], sheet.columns[cell.column + cell.across]
    text = cell.text
    if cell.page_of is not None:
        text = str(page_numbers.get(cell.page_of, ""))
    width = right - left - style.left - style.right
    lines = shaper.lines(style.text, text, width if style.wraps else None) if text else ()
    return Placed(cell, style, lines, row, cell.down, left=left, right=right)


def _again(placed: Placed) -> Placed:
    again = placed.part(placed.row, placed.end)
    again.repeated = True
    return again


def _parts(cells: Sequence[Placed], begin: int, end: int) -> Iterator[Placed]:
    """What stands between two rows; cells that reach over either are split there."""
    for cell in cells:
        if cell.row < end and cell.end > begin:
            if cell.row >= begin and cell.end <= end:
                yield cell
            else:
                yield cell.part(max(cell.row, begin), min(cell.end, end))


def _break(cells: Sequence[Placed], begin: int, rows: int, room: float) -> int:
    """The row before which the page ends: as many rows as fit, split cells counted."""
    ending: dict[int, list[Placed]] = {}
    for cell in cells:
        if cell.end > begin:
            ending.setdefault(cell.end, []).append(cell)
    merged = [each for each in cells if each.rows > 1 and each.end > begin]
    tops = {begin: 0.0}
    best = begin
    for end in range(begin + 1, rows + 1):
        last = tops[end - 1]
        tops[end] = last + max(
            (each.needed - last + tops[max(each.row, begin)] for each in ending.get(end, ())),
            default=0.0,
        )
        tops[end] = max(tops[end], last)
        if tops[end] > room + _TOLERANCE:
            break
        split = (each for each in merged if each.row < end < each.end)
        needed = max((tops[max(each.row, begin)] + each.needed for each in split), default=0.0)
        if needed <= room + _TOLERANCE:
            best = end
    if best == begin:
        raise UnknownStyleError
    return best


def _place(parts: Sequence[Placed], begin: int, end: int, top: float) -> float:
    """Gives cells their heights; returns where the last row ends."""
    ending: dict[int, list[Placed]] = {}
    for part in parts:
        ending.setdefault(part.end, []).append(part)
    tops = {begin: top}
    for row in range(begin, end):
        height = max(
            (part.needed - (tops[row] - tops[part.row]) for part in ending.get(row + 1, ())),
            default=0.0,
        )
        tops[row + 1] = tops[row] + max(height, 0.0)
    for part in parts:
        part.top, part.bottom = tops[part.row], tops[part.end]
    return tops[end]
