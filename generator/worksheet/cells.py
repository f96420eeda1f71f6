"""What the sheets of a worksheet share: values in cells, rules for typing, pages, heights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from generator.core.text.patterns import late_pattern
from generator.core.workbook.book import A3, A4, PageSetup, set_up_page
from generator.worksheet.layout import SheetColumn, SheetTable, WorksheetRow

_ROW_SUM = late_pattern(r"=SUM\(\{(\w+)\}\{row\}:\{(\w+)\}\{row\}\)")
FIRST = 1
"""The first column that is shown; the one before it says what the rows are."""
PROTECTION = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_MARGINS, _FOOTER = (0.5, 0.5, 0.6, 0.6), "&L&A&R第 &P 页，共 &N 页"
UNKNOWN = ""
"""Beside a formula: LibreOffice computes it when it opens the file, and takes a 0 for its value."""
WIDE = 200
"""Characters of a row that would be too small to read on A4."""
LINE, _HIGHEST = 13.0, 400.0
_LATIN = 0xFF
_MOST_DIGITS = 15
"""Of a number that a spreadsheet shows, and keeps when it is typed anew."""

LIST_RULE: Mapping[str, Any] = {
    "validate": "list",
    "error_type": "information",
    "error_title": "不在列表里",
    "error_message": "列表里没有这一项，确实要这样写的，按“确定”。",
}
NUMBER_RULE: Mapping[str, Any] = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "error_title": "不是数",
    "error_message": "这里只写数字（金额以元为单位），不能为负，不写单位。",
}


def write(
    sheet: Any, at: tuple[int, int], column: SheetColumn, value: str | None, look: Any
) -> None:
    """Writes a value of the data: a number as a number if a spreadsheet can hold it exactly."""
    if value is None or value == "":
        sheet.write_blank(*at, None, look)
    elif column.kind.is_number and (number := exact_number(value)) is not None:
        sheet.write_number(*at, number, look)
    else:
        sheet.write_string(*at, value, look)


def exact_number(text: str) -> float | None:
    """A number as a spreadsheet holds it; ``None`` if it would not be the same one."""
    if not re.fullmatch(r"[0-9]{1,17}(\.[0-9]{1,2})?", text.strip()):
        return None
    number, digits = float(text), text.strip().replace(".", "").strip("0")
    same = len(digits) <= _MOST_DIGITS and Decimal(repr(number)) == Decimal(text.strip())
    return number if same else None


def amount_in(row: WorksheetRow, block: SheetTable, at: int) -> Decimal:
    """The amount in a column of a row, typed or computed; 0 if there is none."""
    value, column = row.values[at], block.columns[at]
    if column.formula:
        return Decimal(repr(row_value(column, block, row)))
    number = exact_number(value) if value else None
    return Decimal(repr(number)) if number is not None else Decimal(0)


def row_value(column: SheetColumn, block: SheetTable, row: WorksheetRow) -> float:
    """What the sum of a row is, for programs that show what is written instead of computing."""
    match = _ROW_SUM.fullmatch(column.formula)
    if match is None:
        return 0
    names = [each.name for each in block.columns]
    first, last = names.index(match[1]), names.index(match[2])
    return float(sum((amount_in(row, block, at) for at in range(first, last + 1)), Decimal(0)))


def shown_value(column: SheetColumn, block: SheetTable, row: WorksheetRow) -> float | str:
    """What stands beside a formula until it is computed; :data:`UNKNOWN` but for sums of a row."""
    known = _ROW_SUM.fullmatch(column.formula)
    return row_value(column, block, row) if known else UNKNOWN


def height_of(block: SheetTable, row: WorksheetRow) -> float:
    """Points of a row that takes more than one line; programs do not all find it themselves."""
    lines = max(
        (
            lines_in_column(value, column.width)
            for column, value in zip(block.columns, row.values, strict=True)
            if value and not column.kind.is_number
        ),
        default=1,
    )
    return min(lines * LINE + 3, _HIGHEST) if lines > 1 else 0


def lines_in_column(text: str, width: float) -> int:
    """The lines that a text takes in a column of so many characters."""
    taken = (sum(2 if ord(c) > _LATIN else 1 for c in line) for line in text.split("\n"))
    return sum(max(1, -(-each // max(int(width) - 1, 1))) for each in taken)


def set_page(sheet: Any, *, landscape: bool, wide: bool = False) -> None:
    """Sets a sheet up for print: A4, or A3 if it is wide, all columns on a page."""
    paper = A3 if wide else A4
    set_up_page(sheet, PageSetup(_MARGINS, _FOOTER, paper, landscape))
