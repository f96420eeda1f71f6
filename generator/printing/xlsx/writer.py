"""Writes the statements of a document as a workbook, a sheet each.

Amounts are exact, in the unit of their table, and shown with its decimals; sums are formulas over
the cells beside them, so that a spreadsheet recomputes them to the printed cents. Every text is
written as a text: one that begins with = is no formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from generator.compose.document.tree import HtmlDocument, text_of_element
from generator.compute.statements.definition import StatementDefinition
from generator.compute.statements.table import Statement
from generator.core.figures import FigureBook
from generator.core.numbers.format import MoneyFormat
from generator.core.text.patterns import late_pattern
from generator.core.workbook.book import PageSetup, new_workbook, set_up_page
from generator.core.workbook.names import sheet_names
from generator.pack.theme import PageLayout, Theme
from generator.printing.xlsx.grid import Caption, PrintedTable, XlsxCell, printed_tables
from generator.printing.xlsx.looks import StatementFormats, indent_steps, line_height
from generator.printing.xlsx.sums import Position, sums

_NO_TABLE = 6
"""Columns of a sheet that has a title and a note only."""
_MOST_OPERANDS = 250
_MM = 25.4
_PIXELS = 96
_CHARACTER = 7
_PADDING = 5
"""Pixels that a column is wider than its characters."""
_STEP = 7
"""Points that a step of indentation takes of the width of a column, about."""
_WIDE = late_pattern("[^\0-\xff]")


@dataclass(frozen=True, slots=True)
class StatementSource:
    """What the sheets are made of besides the document: statements and what declares them."""

    statements: Mapping[str, Statement]
    definitions: Sequence[StatementDefinition]
    figures: FigureBook


def write_xlsx(
    document: HtmlDocument, theme: Theme, source: StatementSource, *, mark: str = ""
) -> bytes:
    """Returns the workbook of a document's statements.

    Args:
        document: the tree that the other files are printed from as well.
        theme: fonts, sizes, margins.
        source: the statements, evaluated and declared, and every figure.
        mark: the mark of the set that the file belongs to, for its properties.
    """
    target = io.BytesIO()
    book = _begun(target, document, mark)
    looks = StatementFormats(book, theme)
    watermark = document.body.find("div[@class='watermark']")
    stamp = text_of_element(watermark) if watermark is not None else ""
    tables = list(printed_tables(document.body))
    numbers = [_number_of(table, source.statements) for table in tables]
    names = sheet_names(map(_wanted_name, numbers, tables))
    for table, number, name in zip(tables, numbers, names, strict=True):
        _Sheet(book.add_worksheet(name), looks, table, number, source).write(stamp)
    if not tables:
        book.add_worksheet("报表")
    book.close()
    return target.getvalue()


def _begun(target: io.BytesIO, document: HtmlDocument, mark: str) -> Workbook:
    author = document.root.find("head/meta[@name='author']")
    book = new_workbook(
        target,
        title=document.title,
        subject="预算报表",
        author=author.get("content", "") if author is not None else "",
    )
    if mark:
        book.set_custom_property("disclosure-set", mark)
    return book


def _number_of(table: PrintedTable, statements: Mapping[str, Statement]) -> str | None:
    """The statement that a table is of: its figures say so, else its title."""
    for cell in table.cells:
        number = cell.figure.partition("/")[0]
        if number in statements:
            return number
    return next((key for key, each in statements.items() if each.title == table.title), None)


def _wanted_name(number: str | None, table: PrintedTable) -> str:
    """Number and title, without the year and what stands in brackets behind it.

    A title may begin with the number already.
    """
    title = table.title.strip().removeprefix(number or "").lstrip("：: 　")
    short = re.sub(r"^\d{4}年|（[^（）]*）$", "", title)
    return f"{number or ''} {short}".strip()


class _Sheet:
    """One statement on its sheet."""

    def __init__(
        self,
        sheet: Any,
        looks: StatementFormats,
        table: PrintedTable,
        number: str | None,
        source: StatementSource,
    ) -> None:
        self._sheet = sheet
        self._looks = looks
        self._table = table
        self._figures = source.figures
        self._first = len(table.above)
        definition = next((each for each in source.definitions if each.number == number), None)
        self._money = definition.money if definition is not None else MoneyFormat()
        self._sums: dict[Position, list[Position]] = {}
        if number is not None and definition is not None and table.widths:
            self._sums = self._moved(sums(source.statements[number], definition))

    def write(self, stamp: str) -> None:
        """Writes captions, head, body and notes, and sets up the page."""
        table = self._table
        columns = len(table.widths) or _NO_TABLE
        page = self._page()
        self._set_columns(page, columns)
        for row, caption in enumerate(table.above):
            self._caption(row, caption, columns)
        for cell in table.cells:
            self._cell(cell)
        for table_row, height in self._heights():
            self._sheet.set_row(self._first + table_row, height)
        rows = max((cell.row + cell.rows for cell in table.cells), default=0)
        last = self._first + rows
        for row, caption in enumerate(table.below):
            self._caption(last + row, caption, columns)
        self._set_page(page, stamp, last + len(table.below), columns)

    def _moved(self, found: dict[Position, list[Position]]) -> dict[Position, list[Position]]:
        """The sums by the place of their cells on the sheet."""
        down = self._first + self._table.head_rows
        return {
            (row + down, column): [(each + down, at) for each, at in parts]
            for (row, column), parts in found.items()
        }

    def _page(self) -> PageLayout:
        classes = "statement landscape" if self._table.landscape else "statement"
        return self._looks.theme.page(classes)

    def _set_columns(self, page: PageLayout, columns: int) -> None:
        widths = self._table.widths or (100 / _NO_TABLE,) * columns
        whole = sum(widths) or 1
        for column, width in enumerate(widths):
            pixels = page.text_width * width / whole / _MM * _PIXELS
            self._sheet.set_column(column, column, max(1, (pixels - _PADDING) / _CHARACTER))

    def _caption(self, row: int, caption: Caption, columns: int) -> None:
        looks, sheet = self._looks, self._sheet
        style = looks.theme.style(caption.tag, caption.classes)
        sheet.set_row(row, line_height(style) + style.before / 4 + style.after)
        split = columns - max(1, columns // 3) if caption.right else columns
        if caption.right:
            self._merge(row, split, columns, caption.right, looks.caption(caption, "right"))
        self._merge(row, 0, split, caption.text, looks.caption(caption))

    def _merge(self, row: int, start: int, end: int, text: str, look: Any) -> None:
        if end - start > 1:
            self._sheet.merge_range(row, start, row, end - 1, "", look)
        self._sheet.write_string(row, start, text, look)

    def _cell(self, cell: XlsxCell) -> None:
        row, column = self._first + cell.row, cell.column
        look = self._looks.cell(cell, self._money)
        if cell.rows > 1 or cell.columns > 1:
            last = row + cell.rows - 1, column + cell.columns - 1
            self._sheet.merge_range(row, column, *last, "", look)
        if cell.figure and cell.figure in self._figures:
            self._number(row, column, cell.figure, look)
        elif cell.text:
            self._sheet.write_string(row, column, cell.text, look)
        else:
            self._sheet.write_blank(row, column, None, look)

    def _number(self, row: int, column: int, address: str, look: Any) -> None:
        figure = self._figures[address]
        if not figure.known:
            self._sheet.write_string(row, column, figure.text, look)
            return
        value = float(figure.value / self._money.unit.yuan)
        parts = self._sums.get((row, column))
        if parts:
            rounded = f"ROUND({_sum(parts)},{self._decimals()})"
            formula = rounded if len(parts) > 1 else xl_rowcol_to_cell(*parts[0])
            self._sheet.write_formula(row, column, f"={formula}", look, value)
        else:
            self._sheet.write_number(row, column, value, look)

    def _decimals(self) -> int:
        """Decimals of an exact amount in the unit: binary dust of a sum lies beyond them."""
        exact = Decimal("0.01") / self._money.unit.yuan
        return -int(exact.normalize().as_tuple().exponent)

    def _heights(self) -> Iterator[tuple[int, float]]:
        """The heights of the rows of the head, and of others with a text of several lines.

        Merged cells do not find theirs by themselves, nor do indented ones everywhere.
        """
        table = self._table
        if not table.widths:
            return
        style = self._looks.theme.style("th", None, "statement")
        lines: dict[int, float] = dict.fromkeys(range(table.head_rows), 1.0)
        for cell in table.cells:
            needed = self._lines(cell) / cell.rows
            for row in range(cell.row, cell.row + cell.rows):
                if needed > lines.get(row, 1.0):
                    lines[row] = needed
        for row, count in sorted(lines.items()):
            yield row, count * line_height(style) + 6

    def _lines(self, cell: XlsxCell) -> float:
        """How many lines the text of a cell takes; numbers are never broken."""
        if cell.figure:
            return 1
        classes = " ".join(sorted(cell.classes))
        size = self._looks.theme.style(cell.tag, classes, "statement").size
        widths = self._table.widths
        whole = self._page().text_width / _MM * 72 / (sum(widths) or 1)
        room = sum(widths[cell.column : cell.column + cell.columns]) * whole - 6
        room -= _STEP * indent_steps(cell)
        return -(-_ems(cell.text) * size // max(room, size))

    def _set_page(self, page: PageLayout, stamp: str, rows: int, columns: int) -> None:
        sheet, table = self._sheet, self._table
        left, right, top, bottom = (
            side / _MM for side in (page.left, page.right, page.top, page.bottom)
        )
        margins = (left, right, top, bottom)
        set_up_page(sheet, PageSetup(margins, "&C&P", landscape=table.landscape, centred=True))
        sheet.print_area(0, 0, max(rows, 1) - 1, columns - 1)
        if table.head_rows:
            last = self._first + table.head_rows
            sheet.repeat_rows(0, last - 1)
            sheet.freeze_panes(last, 0)
        sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, rows + 1, columns)})
        if stamp:
            sheet.set_header(f"&R{stamp.replace('&', '&&')}")


def _sum(parts: Sequence[Position]) -> str:
    """A sum of cells, those side by side or one below the other as ranges."""
    runs = _runs(sorted(parts))
    groups = [runs[at : at + _MOST_OPERANDS] for at in range(0, len(runs), _MOST_OPERANDS)]
    sums_ = [f"SUM({','.join(group)})" for group in groups]
    return "+".join(sums_)


def _runs(parts: Sequence[Position]) -> list[str]:
    runs: list[list[Position]] = []
    for part in parts:
        if runs and _follows(runs[-1], part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [
        xl_range(*run[0], *run[-1]) if len(run) > 1 else xl_rowcol_to_cell(*run[0]) for run in runs
    ]


def _follows(run: Sequence[Position], cell: Position) -> bool:
    row, column = run[-1]
    down = cell == (row + 1, column) and run[0][1] == column
    right = cell == (row, column + 1) and run[0][0] == row
    return down or right


def _ems(text: str) -> float:
    """How many widths of a Han character a text takes."""
    return sum(1.0 if _WIDE.match(character) else 0.55 for character in text)
