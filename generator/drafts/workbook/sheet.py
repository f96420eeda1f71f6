"""A workbook as its readers give it: sheets of cells, each with what it shows and holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, field

from generator.drafts.draft import NO_FACTS, FileFacts, Spot
from generator.drafts.safety.limits import MAX_CELLS, TooMuchError

CELL = "格"
"""The kind of spots in workbooks."""
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_SHEETS = 500
MAX_LOOKS = 6_000_000
"""Of all rows and cells, empty ones among them."""
MAX_CHARACTERS = 20_000_000
"""Of all cells of a workbook together."""
_LETTERS = 26
_DIVIDE = "分成几个文件，或删去多余的工作表"


class At(NamedTuple):
    """Where a cell is: row and column, counted from 0."""

    row: int
    column: int


class SheetCell(Struct, frozen=True):
    """A cell.

    Attributes:
        text: what it shows.
        number: the number that it holds, without the dust of binary fractions; ``None`` if none.
        fault: why it shows nothing that can be used: 错误值, or 公式 (without a value).
        day: the day that it shows, if its format or its type is one of days.
        unshown: whether its number format is none that is known, and the text is its number.
    """

    text: str
    number: Decimal | None = None
    fault: str = ""
    day: date | None = None
    unshown: bool = False


ERROR, UNCOMPUTED = "错误值", "公式"
NOT_COMPUTED = "（公式没有结果）"
"""What stands in place of a value that no program has computed: no amount, and not nothing."""


class CellRange(NamedTuple):
    """A rectangle of cells, its ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, at: At) -> bool:
        """Whether a cell is in it."""
        return self.top <= at.row <= self.bottom and self.left <= at.column <= self.right


class Sheet(Struct):
    """A sheet: its cells that hold something, and how they are laid out.

    Attributes:
        number: which sheet of the workbook it is, counted from 0.
        merged: the areas that are one cell each; only the first cell of one shows.
        ruled: the rows that have lines around at least two of their columns, filled or not.
        plain: whether it is a text file, which has lines instead of cells.
        margins: its running heads and feet: 页眉 or 页脚, and the words.
        boxes: the words in boxes over the cells, each with the cell below.
        pictured: whether there are pictures over the cells.
    """

    name: str
    number: int = 0
    cells: dict[At, SheetCell] = field(default_factory=dict)
    merged: list[CellRange] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    ruled: set[int] = field(default_factory=set)
    plain: bool = False
    margins: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[At, str]] = field(default_factory=list)
    pictured: bool = False

    def spot(self, at: At) -> Spot:
        """The place of a cell in words."""
        if self.plain:
            return Spot("行", at.row + 1)
        return Spot(CELL, self._count(at.row), f"工作表“{self.name}”{cell_name(at)}")

    def row_spot(self, row: int) -> Spot:
        """The place of a row in words."""
        if self.plain:
            return Spot("行", row + 1)
        return Spot(CELL, self._count(row), f"工作表“{self.name}”第{row + 1}行")

    def _count(self, row: int) -> int:
        return self.number * MAX_ROWS + row + 1

    def filled(self) -> Iterator[tuple[At, SheetCell]]:
        """The cells that hold something, row by row."""
        for at in sorted(self.cells):
            yield at, self.cells[at]


class Workbook(Struct, frozen=True):
    """A workbook: its sheets in order, hidden ones among them, and what is known of the file."""

    sheets: tuple[Sheet, ...]
    facts: FileFacts = NO_FACTS


class CellCount:
    """Counts the cells of a workbook and their characters while they are read."""

    def __init__(self) -> None:
        self._cells = self._characters = self._looks = 0

    def look(self) -> None:
        """Counts a row or a cell of the file that may be empty.

        Raises:
            TooMuchError: if there are too many.
        """
        self._looks += 1
        if self._looks > MAX_LOOKS:
            raise TooMuchError("里的空格子多得不合常理", "删去没有内容的行和列，再保存")

    def take(self, text: str) -> None:
        """Counts a cell with its text, which many cells may share in the file.

        Raises:
            TooMuchError: if there are too many.
        """
        self._cells += 1
        self._characters += len(text)
        if self._cells > MAX_CELLS:
            raise TooMuchError(f"超过 {MAX_CELLS // 10_000} 万格", _DIVIDE)
        if self._characters > MAX_CHARACTERS:
            raise TooMuchError(f"的文字超过 {MAX_CHARACTERS // 10_000} 万字", _DIVIDE)


def cell_name(at: At) -> str:
    """The name of a cell: B7."""
    return f"{column_name(at.column)}{at.row + 1}"


def column_name(column: int) -> str:
    """The letters of a column: AB."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + digit) + letters
    return letters


def uncovered(sheet: Sheet) -> Iterable[tuple[At, str]]:
    """Removes from a sheet what merged areas cover; yields what nobody sees because of that.

    A program that fills every cell of a merged area with the same text hides nothing.
    """
    found: list[tuple[At, str]] = []
    for area in sheet.merged:
        first = sheet.cells.get(At(area.top, area.left))
        for at in _inside(sheet, area):
            if at == (area.top, area.left):
                continue
            covered = sheet.cells.pop(at)
            if covered.text.strip() and (first is None or covered.text != first.text):
                found.append((at, covered.text))
    return found


def _inside(sheet: Sheet, area: CellRange) -> list[At]:
    """The filled cells in an area, whichever are fewer to look at."""
    size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    if size > len(sheet.cells):
        return [at for at in sheet.cells if area.holds(at)]
    every = (
        At(row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    )
    return [at for at in every if at in sheet.cells]
