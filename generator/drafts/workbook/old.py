"""Reads a workbook of Excel 97 to 2003 (.xls).

Its format lets a few bytes ask for much memory and time, so it is read in a process of its own
that has bounds; that answers in JSON.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.drafts.draft import FileFacts, Trace
from generator.drafts.safety.apart import answer_about
from generator.drafts.workbook.sheet import At, CellCount, CellRange, Sheet, SheetCell, Workbook

_PROCESS = "generator.drafts.workbook.old_process"
_BROKEN = "不是完整的 .xls 文件"
_SIMPLIFY = "用 Excel 或 WPS 打开，另存为 .xlsx 再读"


def open_xls(path: Path) -> Workbook:
    """A workbook with all its sheets.

    Raises:
        UnusableInputError: E602 to E604.
        TooMuchError: if it holds more than a draft may.
    """
    said = answer_about(path, _PROCESS, str(path.absolute()), broken=_BROKEN, way_out=_SIMPLIFY)
    count = CellCount()
    sheets = tuple(_sheet(n, each, count) for n, each in enumerate(said["sheets"]))
    traces = tuple(Trace(kind, number) for kind, number in said["traces"].items() if number)
    return Workbook(sheets, FileFacts(traces))


def _sheet(number: int, said: Any, count: CellCount) -> Sheet:
    sheet = Sheet(said["name"], number, hidden=said["hidden"])
    for row, column, text, written, fault, day in said["cells"]:
        count.take(text)
        exact = Decimal(written) if written else None
        shown_day = date.fromisoformat(day) if day else None
        sheet.cells[At(row, column)] = SheetCell(text, exact, fault, shown_day)
    sheet.merged = [CellRange(*each) for each in said["merged"]]
    sheet.hidden_rows = set(said["hidden_rows"])
    sheet.hidden_columns = set(said["hidden_columns"])
    sheet.ruled = set(said["ruled"])
    return sheet
