"""The workbook in a chart of the DOCX, which Word opens to edit its data."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from generator.core.workbook.book import new_workbook
from generator.printing.docx.charts.columns import FIRST_ROW, ChartColumn, ChartColumns

SHEET = "Sheet1"
"""What Word calls the sheet of a chart."""
_NARROW, _WIDE = 14, 28
"""Widths of columns, in characters."""


def chart_workbook(columns: ChartColumns, pattern: str) -> bytes:
    """The content of the workbook.

    Args:
        columns: what it holds.
        pattern: how amounts are shown.
    """
    target = io.BytesIO()
    book = new_workbook(target)
    sheet = book.add_worksheet(SHEET)
    number = book.add_format({"num_format": pattern})
    for index, column in enumerate(columns):
        words = column in (columns.labels, columns.words)
        sheet.set_column(index, index, _WIDE if words else _NARROW)
        if column.head:
            sheet.write_string(0, index, column.head)
        _write(sheet, index, column, number)
    book.close()
    return target.getvalue()


def _write(sheet: Any, index: int, column: ChartColumn, number: Any) -> None:
    for offset, value in enumerate(column.values):
        row = FIRST_ROW - 1 + offset
        form = number if isinstance(value, Decimal) else None
        shown = _number(value) if isinstance(value, Decimal) else value
        if column.formulas:
            sheet.write_formula(row, index, f"={column.formulas[offset]}", form, shown)
        elif isinstance(value, Decimal):
            sheet.write_number(row, index, shown, form)
        else:
            sheet.write_string(row, index, value)


def _number(amount: Decimal) -> float:
    """An amount as a spreadsheet writes it: a whole one without a point."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
