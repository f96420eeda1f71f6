"""Puts the rows of a grid on pages: heights, repeated heads, merged cells split at breaks.

Rows are kept whole. A merged cell that a page break would cut ends at the break
and stands again, with its text, on the next page: cut, it would lose both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.printing.grids.grid import Grid, PaintedCell
from generator.printing.grids.known_css import expect
from generator.printing.grids.shaping import ShapedLine, Shaper
from generator.printing.grids.sheet import CellStyle, GridPage

_TOLERANCE = 1e-6  # pixels: what adding up many heights may be off


@dataclass(slots=True, eq=False)
class PlacedCell:
    """A cell, or the part of a merged cell on one page, in its place; CSS pixels from the top left.

    Equal only to itself: two cells that say the same stand in two places.

    Attributes:
        needed: the height that its text needs, with rules and padding.
        row: the row of the grid in which it begins, heads counted first.
        end: the row after its last.
        repeated: whether it is the head said again on a following page.
        mark: its number among the marked contents of its page, once painted.
    """

    cell: PaintedCell
    style: CellStyle
    lines: tuple[ShapedLine, ...]
    needed: float
    left: float
    right: float
    row: int
    end: int
    repeated: bool = False
    top: float = 0
    bottom: float = 0
    mark: int | None = None

    def part(self, begin: int, end: int, *, repeated: bool = False) -> PlacedCell:
        """The part between two rows, in its columns."""
        what = (self.cell, self.style, self.lines, self.needed, self.left, self.right)
        return PlacedCell(*what, max(self.row, begin), min(self.end, end), repeated)


def lay_out_rows(
    grid: Grid,
    sheet: GridPage,
    columns: Sequence[float],
    shaper: Shaper,
    page_numbers: Mapping[str, int],
) -> list[list[PlacedCell]]:
    """The cells on each page of a grid.

    Args:
        grid: the grid.
        sheet: what its pages look like.
        columns: the left edge of each of its columns, and the right edge of the last.
        shaper: what shapes its texts.
        page_numbers: what cells that refer to pages say.

    Raises:
        UnknownStyleError: if a row is higher than a page or a text is not for painting.
    """
    kinds = {cell.kind for row in grid.head + grid.body for cell in row}
    expect(kinds <= sheet.styles.keys(), "a cell of an unknown kind")
    looks = {kind: _Look(sheet.styles[kind], shaper) for kind in kinds}
    cells = [
        _shaped(cell, row, columns, looks[cell.kind], page_numbers)
        for row, each in enumerate(grid.head + grid.body)
        for cell in each
    ]
    heads, rows = len(grid.head), len(grid.head) + len(grid.body)
    expect(rows > heads, "a table without rows")
    head = [each for each in cells if each.row < heads]
    rest = [each for each in cells if each.row >= heads]
    pages: list[list[PlacedCell]] = []
    begin, top = heads, sheet.top
    while begin < rows:
        on_page = [each.part(0, heads, repeated=True) for each in head] if pages else head
        below_head = _place(on_page, 0, heads, top)
        end = _break(rest, begin, rows, sheet.bottom - below_head)
        parts = list(_parts(rest, begin, end))
        _place(parts, begin, end, below_head)
        pages.append(on_page + parts)
        rest = list(_parts(rest, end, rows))
        begin, top = end, sheet.top_going_on
    return pages


class _Look:
    """How cells of one kind look, and what gives the lines of their texts."""

    def __init__(self, style: CellStyle, shaper: Shaper) -> None:
        self.style = style
        self.lines = shaper.setting(style.text)


def _shaped(
    cell: PaintedCell,
    row: int,
    columns: Sequence[float],
    look: _Look,
    page_numbers: Mapping[str, int],
) -> PlacedCell:
    style = look.style
    left, right = columns[cell.column], columns[cell.column + cell.across]
    text = cell.text
    if cell.page_of is not None:
        text = str(page_numbers.get(cell.page_of, ""))
    width = right - left - style.left - style.right
    lines = look.lines(text, width if style.wraps else None) if text else ()
    needed = style.above + sum([line.height for line in lines]) + style.below
    return PlacedCell(cell, style, lines, needed, left, right, row, row + cell.down)


def _parts(cells: Sequence[PlacedCell], begin: int, end: int) -> Iterator[PlacedCell]:
    """What stands between two rows; cells that reach over either are split there."""
    for cell in cells:
        if begin <= cell.row and cell.end <= end:
            yield cell
        elif cell.row < end and cell.end > begin:
            yield cell.part(begin, end)


class _Tops:
    """Where rows begin: each is as high as the cells that end in it need."""

    def __init__(self, cells: Sequence[PlacedCell], row: int, top: float) -> None:
        self.at = {row: top}
        self._ending: defaultdict[int, list[PlacedCell]] = defaultdict(list)
        for cell in cells:
            self._ending[cell.end].append(cell)

    def add(self, row: int) -> float:
        """Adds a row; returns where it ends."""
        bottoms = [self.at[cell.row] + cell.needed for cell in self._ending[row + 1]]
        bottom = self.at[row + 1] = max([*bottoms, self.at[row]])
        return bottom


def _place(cells: Sequence[PlacedCell], begin: int, end: int, top: float) -> float:
    """Gives cells their heights; returns where the last row ends."""
    tops = _Tops(cells, begin, top)
    for row in range(begin, end):
        tops.add(row)
    for cell in cells:
        cell.top, cell.bottom = tops.at[cell.row], tops.at[cell.end]
    return tops.at[end]


def _break(cells: Sequence[PlacedCell], begin: int, rows: int, room: float) -> int:
    """The row before which the page ends: as many rows as fit, split cells counted."""
    merged = [cell for cell in cells if cell.end - cell.row > 1]
    tops = _Tops(cells, begin, 0)
    best = begin
    for row in range(begin, rows):
        if tops.add(row) > room + _TOLERANCE:
            break
        split = (cell for cell in merged if cell.row <= row < cell.end - 1)
        if all(tops.at[cell.row] + cell.needed <= room + _TOLERANCE for cell in split):
            best = row + 1
    expect(best > begin, "a row higher than the page")
    return best
