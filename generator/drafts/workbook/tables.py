"""Divides a sheet into tables and the lines around them, as somebody sees it who looks at it.

A table is a run of rows with cells side by side. A title, a line with the unit, a note are
single cells above and below it; a blank row ends it, unless it lies within the ruled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Block, Paragraph, Row, Table
from generator.drafts.lines import kept_lines
from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.text import folded, rejoined, trimmed
from generator.drafts.words.units import table_line
from generator.drafts.workbook.sheet import At, CellRange, Sheet, SheetCell

_LABEL = late_pattern(
    r"(?:[^:,。;]{0,12}(?:单位|部门|日期|表号|名称|年度|币种)[^:,。;]{0,6}:.{0,40}"
    r"|(?:预算|部门|单位|附)?(?:公开)?表[一二三四五六七八九十\d]{1,3}:?|\(?\d{4}\)?年度?\)?"
    r"|\d{4}年\d{1,2}月(?:\d{1,2}日)?)"
)
"""A cell of a line between the title of a table and its head, over folded text."""
_TITLE = late_pattern(r".{2,60}(?:表|一览|清单|目录)(?:\(.{1,12}\))?")
_NOTE = late_pattern(r"(?:注|备注|说明|附注)\d?[:.、].*|.*[。;]")
_TOTAL = late_pattern(r"(?:合计|总计|小计|收入总计|支出总计|总支出|总收入)")
_UNNAMED = late_pattern(r"\s*(?:sheet|工作表|表格?)?\s*\d*\s*", re.IGNORECASE)
_PAIR = 2
_MOST_LABELS = 6
"""A line above a table has no more cells."""
_DIGIT = late_pattern(r"\d")


@dataclass(frozen=True)
class _Line:
    """A row of a sheet with the cells that show something."""

    row: int
    cells: tuple[tuple[At, SheetCell], ...]
    ruled: bool

    @property
    def is_blank(self) -> bool:
        return not self.cells

    @property
    def is_single(self) -> bool:
        return len(self.cells) == 1

    @cached_property
    def texts(self) -> list[str]:
        return [folded(cell.text) for _, cell in self.cells]

    @cached_property
    def has_numbers(self) -> bool:
        """Whether it holds amounts; years and the numbers of columns are none."""
        return any(_is_large(cell) for _, cell in self.cells)

    @cached_property
    def is_label(self) -> bool:
        """Whether it says who, when, or in what unit, as lines above a table do."""
        if self.is_blank or len(self.cells) > _MOST_LABELS:
            return False
        texts = self.texts
        labelled = len(texts) == _PAIR and texts[0].endswith(":")
        if not labelled and not all(
            _LABEL.fullmatch(text) or table_line(text).known for text in texts
        ):
            return False
        return bool(not labelled or _LABEL.fullmatch(texts[0])) and not self.has_numbers

    @property
    def is_title(self) -> bool:
        """Whether it is a single cell that can be the title of a table."""
        return self.is_single and bool(_TITLE.fullmatch(self.texts[0]))

    @property
    def is_note(self) -> bool:
        """Whether it is a single cell that says something about the table above."""
        return self.is_single and bool(_NOTE.fullmatch(self.texts[0]))

    @property
    def is_total(self) -> bool:
        """Whether it can only be the end of a table."""
        return not self.is_blank and bool(_TOTAL.fullmatch(self.texts[0]))


def sheet_blocks(sheet: Sheet) -> Iterator[Block]:
    """The blocks of what a sheet shows, in order."""
    blocks = [block for run in _runs(_lines(sheet)) for block in _blocks(sheet, run)]
    titled = not blocks or isinstance(blocks[0], Paragraph)
    if not (titled or sheet.plain or _UNNAMED.fullmatch(sheet.name)):
        yield Paragraph(sheet.name, sheet.row_spot(0))
    yield from blocks


def _lines(sheet: Sheet) -> list[_Line]:
    """The rows from the first to the last that shows something, without those hidden."""
    shown: dict[int, list[tuple[At, SheetCell]]] = {}
    moved = _uncovered_firsts(sheet)
    for at, cell in sheet.filled():
        place = moved.get(at, at)
        hidden = place.row in sheet.hidden_rows or place.column in sheet.hidden_columns
        if not hidden and cell.text.strip():
            shown.setdefault(place.row, []).append((place, cell))
    ruled = sheet.ruled - sheet.hidden_rows
    rows = sorted({*shown, *ruled})
    if not shown:
        return []
    lines = []
    before = rows[0] - 1
    for row in rows:
        if any(gap not in sheet.hidden_rows for gap in range(before + 1, row)):
            lines.append(_Line(row - 1, (), ruled=False))
        cells = tuple(sorted(shown.get(row, ())))
        lines.append(_Line(row, cells, row in ruled))
        before = row
    return lines


def _uncovered_firsts(sheet: Sheet) -> dict[At, At]:
    """Where the text of a merged cell shows whose first row or column is hidden."""
    moved = {}
    for area in sheet.merged:
        first = At(area.top, area.left)
        if first in sheet.cells and (place := _first_shown(sheet, area)) not in (None, first):
            moved[first] = place
    return {first: place for first, place in moved.items() if place is not None}


def _first_shown(sheet: Sheet, area: CellRange) -> At | None:
    rows = (r for r in range(area.top, area.bottom + 1) if r not in sheet.hidden_rows)
    columns = (c for c in range(area.left, area.right + 1) if c not in sheet.hidden_columns)
    row, column = next(rows, None), next(columns, None)
    return None if row is None or column is None else At(row, column)


def _runs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines between blank rows; what only goes on after one is put together again."""
    run: list[_Line] = []
    gap = False
    for line in lines:
        if line.is_blank:
            gap = gap or not line.ruled
            continue
        if gap and run and not _goes_on(run, line):
            yield run
            run = []
        gap = False
        run.append(line)
    if run:
        yield run


def _goes_on(run: Sequence[_Line], line: _Line) -> bool:
    """Whether a row after a blank one belongs to the table before: an amount, or its total."""
    in_table = any(not each.is_single and not each.is_label for each in run)
    is_row = not line.is_single and not line.is_label and line.has_numbers
    return in_table and (is_row or line.is_total)


def _blocks(sheet: Sheet, run: Sequence[_Line]) -> Iterator[Block]:
    """The blocks of a run: a table may begin again within it, with a title of its own."""
    grid = [at for at, line in enumerate(run) if not line.is_single and not line.is_label]
    if not grid:
        for line in run:
            yield from _paragraphs(sheet, line)
        return
    rows: list[_Line] = []
    for number, line in enumerate(run):
        inside = grid[0] <= number <= grid[-1]
        if _is_beside(line, inside=inside, first=not rows, after=bool(rows)):
            yield from _table(sheet, rows)
            rows = []
            yield from _paragraphs(sheet, line)
        else:
            rows.append(line)
    yield from _table(sheet, rows)


def _is_beside(line: _Line, *, inside: bool, first: bool, after: bool) -> bool:
    """Whether a line of a run stands above, between or below its tables."""
    if line.is_label:
        return True
    if not line.is_single:
        return False
    if first:
        return True
    if inside:
        return not line.ruled and line.is_title
    return after and (line.is_note or line.is_title or (not line.ruled and not line.is_total))


def _paragraphs(sheet: Sheet, line: _Line) -> Iterator[Paragraph]:
    """The cells of a line as paragraphs; a label and what it labels are one."""
    if len(line.cells) == _PAIR and _is_bare_label(line.texts[0]) and line.is_label:
        (at, label), (_, value) = line.cells
        if not table_line(folded(value.text)).unit:
            yield Paragraph(trimmed(label.text) + trimmed(value.text), sheet.spot(at))
            return
    for at, cell in line.cells:
        for text in kept_lines(cell.text):
            yield Paragraph(text, sheet.spot(at))


def _is_bare_label(text: str) -> bool:
    return text.endswith(":")


def _table(sheet: Sheet, lines: Sequence[_Line]) -> Iterator[Block]:
    """A table of the columns in which anything stands, then what stands beside it."""
    if not lines:
        return
    columns = sorted({at.column for line in lines for at, _ in line.cells})
    end = _end_of_columns(sheet, lines[0], columns)
    index = {column: number for number, column in enumerate(columns) if column < end}
    rows = []
    for line in lines:
        texts, spots = [""] * len(index), []
        for at, cell in line.cells:
            if at.column < end:
                texts[index[at.column]] = _cell_text(cell)
        if not sheet.plain:
            spots = [sheet.spot(At(line.row, column)) for column in index]
        rows.append(Row(tuple(texts), sheet.row_spot(line.row), tuple(spots)))
    yield Table(rows)
    for line in lines:
        beside = [(at, _cell_text(cell)) for at, cell in line.cells if at.column >= end]
        if beside:
            yield Paragraph(" ".join(text for _, text in beside), sheet.spot(beside[0][0]))


def _end_of_columns(sheet: Sheet, head: _Line, columns: Sequence[int]) -> int:
    """The column before which a table ends; what its head and a blank column part is beside it."""
    named = {at.column for at, _ in head.cells}
    for area in sheet.merged:
        if area.top <= head.row <= area.bottom and area.left in named:
            named.update(range(area.left, area.right + 1))
    last, end = max(named), columns[-1] + 1
    first = next((column for column in columns if column > last), end)
    blank = any(column not in sheet.hidden_columns for column in range(last + 1, first))
    whole = all(column in named for column in columns if column <= last)
    return first if blank and whole and len(head.cells) > _PAIR else end


def _cell_text(cell: SheetCell) -> str:
    if "\n" not in cell.text and "\r" not in cell.text:
        return trimmed(cell.text)
    pieces = (trimmed(piece) for piece in re.split(r"[\r\n]+", cell.text))
    return rejoined([piece for piece in pieces if piece])


def _is_large(cell: SheetCell) -> bool:
    """Whether a cell holds an amount: with decimals, or larger than a year is."""
    if cell.number is not None:
        return abs(cell.number) > _LARGEST_YEAR or bool(cell.number % 1)
    if not _DIGIT.search(cell.text):
        return False
    amount = read_amount(cell.text)
    if amount.notation is not Notation.PLAIN or amount.value is None:
        return False
    return amount.value > _LARGEST_YEAR or amount.step < 1


_LARGEST_YEAR = 2100
