"""The process that reads a workbook of Excel 97 to 2003: see :mod:`...workbook.old`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from generator.drafts.safety.watchdog import DAMAGED, OUT_OF_MEMORY, Watchdog, limit_memory
from generator.drafts.workbook.cell_numbers import GENERAL, number_written, shown_number
from generator.drafts.workbook.dates import day_of_number
from generator.drafts.workbook.sheet import ERROR, MAX_SHEETS
from generator.drafts.workbook.xlsx.styles import BUILT_IN

_RULED = 2
_ROWS_OF_A_PAGE = 1000
_MACROS = "_VBA_PROJECT_CUR\0".encode("utf-16-le")
"""The name of the part of the file that holds macros."""
_LOCKED = ("encrypted", "password")


def main() -> None:
    """Reads the file that the argument names and answers on standard output."""
    limit_memory()
    try:
        file = Path(sys.argv[1])
        dog = Watchdog(file.stat().st_size)
        answer = json.dumps(_answer(file, dog)).encode()
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except BaseException as error:
        os._exit(OUT_OF_MEMORY if isinstance(error, MemoryError) else DAMAGED)
    os._exit(0)


def _answer(file: Path, dog: Watchdog) -> dict[str, Any]:
    import xlrd

    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - a device
        try:
            book = xlrd.open_workbook(
                str(file), logfile=nowhere, formatting_info=True, ragged_rows=True, on_demand=True
            )
        except xlrd.XLRDError as error:
            if any(word in str(error).lower() for word in _LOCKED):
                return {"refused": ["E604", "文件设了打开密码", "取消打开密码后另存一份"]}
            raise
        if book.nsheets > MAX_SHEETS:
            message = f"有 {book.nsheets} 张工作表，超过 {MAX_SHEETS} 张"
            return {"refused": ["E602", message, "分成几个文件"]}
        sheets, remarks = [], 0
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            remarks += len(sheet.cell_note_map)
            sheets.append(_sheet(book, sheet, dog))
            book.unload_sheet(number)
    return {"sheets": sheets, "traces": {"批注": remarks, "宏": int(_MACROS in file.read_bytes())}}


def _sheet(book: Any, sheet: Any, dog: Watchdog) -> dict[str, Any]:
    cells, ruled = [], []
    for row in range(sheet.nrows):
        if row % _ROWS_OF_A_PAGE == 0:
            dog.page_done()
        lines = 0
        for column, cell in enumerate(sheet.row(row)):
            style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
            lines += style is not None and _has_line(style.border)
            if said := _cell(book, cell, style):
                cells.append([row, column, *said])
        if lines >= _RULED:
            ruled.append(row)
    return {
        "name": sheet.name,
        "hidden": bool(sheet.visibility),
        "cells": cells,
        "merged": [[r0, c0, r1 - 1, c1 - 1] for r0, r1, c0, c1 in sheet.merged_cells],
        "hidden_rows": [row for row, info in sheet.rowinfo_map.items() if info.hidden],
        "hidden_columns": [at for at, info in sheet.colinfo_map.items() if info.hidden],
        "ruled": ruled,
    }


def _has_line(border: Any) -> bool:
    sides = ("left", "right", "top", "bottom")
    return any(getattr(border, f"{side}_line_style") for side in sides)


def _cell(book: Any, cell: Any, style: Any) -> list[str] | None:
    """The text of a cell, its number, its fault and its day; ``None`` if it is empty."""
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return [cell.value, "", "", ""] if cell.value.strip() else None
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            number = number_written(repr(cell.value))
            if number is None:
                return None
            written, base_1904 = _format(book, style), bool(book.datemode)
            day = day_of_number(number, written, base_1904)
            text = shown_number(number, written, base_1904)
            return [text, str(number), "", day.isoformat() if day else ""]
        case xlrd.XL_CELL_BOOLEAN:
            return ["TRUE" if cell.value else "FALSE", "", "", ""]
        case xlrd.XL_CELL_ERROR:
            return [xlrd.error_text_from_code.get(cell.value, "#N/A"), "", ERROR, ""]
    return None


def _format(book: Any, style: Any) -> str:
    if style is None:
        return GENERAL
    key = style.format_key
    known = book.format_map.get(key)
    written = known.format_str if known is not None and known.format_str else GENERAL
    return BUILT_IN.get(key, str(written)) if key in BUILT_IN and key < 164 else str(written)  # noqa: PLR2004 - those of files begin here
