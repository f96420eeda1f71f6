"""Lists as workbooks: a table each on a sheet of its own, with filters, ready to be printed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.core.workbook.names import sheet_names
from generator.reports.workbook.page import ListFormats, ListSheet, height, workbook

Cell = str | int


class WorkbookColumn(Struct, frozen=True):
    """A column of a list; ``width`` in characters, a Chinese one counting twice."""

    head: str
    width: int


class ListTable(Struct, frozen=True):
    """A list: the name of its sheet, what stands above it, columns and rows."""

    name: str
    lines: tuple[str, ...]
    columns: tuple[WorkbookColumn, ...]
    rows: Sequence[tuple[Cell, ...]]


def list_workbook(title: str, tables: Sequence[ListTable]) -> bytes:
    """A workbook of lists; numbers are numbers, all else is text."""

    def fill(book: Workbook, looks: ListFormats) -> None:
        names = sheet_names(table.name for table in tables)
        for table, name in zip(tables, names, strict=True):
            _ListWriter(book.add_worksheet(name), looks, table).write(title, table)

    return workbook(title, fill)


class _ListWriter(ListSheet):
    """Writes one list."""

    def __init__(self, sheet: Worksheet, looks: ListFormats, table: ListTable) -> None:
        super().__init__(sheet, looks, [column.width for column in table.columns])
        sheet.set_landscape()

    def write(self, title: str, table: ListTable) -> None:
        """Title, lines, head and rows; the head stays in sight and is printed on every page."""
        self.across(title, self.looks.title, 36)
        for line in table.lines:
            self.across(line, self.looks.plain)
        head = self.at
        self.heads([column.head for column in table.columns])
        self.sheet.repeat_rows(head)
        self.sheet.freeze_panes(self.at, 0)
        for row in table.rows:
            self._row(row)
        self.sheet.autofilter(head, 0, max(head, self.at - 1), len(table.columns) - 1)

    def _row(self, cells: Sequence[Cell]) -> None:
        heights = (height(str(c), w) for c, w in zip(cells, self.widths, strict=True))
        self.sheet.set_row(self.at, max(heights))
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(self.at, column, cell, self.looks.centred)
            else:
                self.put(0, column, cell, self.looks.text)
        self.at += 1
