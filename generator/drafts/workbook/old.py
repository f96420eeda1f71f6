"""Reads a workbook of Excel 97 to 2003 (.xls).

Its format lets a few bytes ask for much memory and time, so it is read in a process of its own
that has bounds; that answers in JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from generator.drafts.safety.limits import damaged, refuse
from generator.drafts.safety.watchdog import DAMAGED, TOO_SLOW
from generator.drafts.workbook.sheet import Area, At, CellCount, Sheet, SheetCell, Workbook

_MOST_SECONDS = 600
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv.pop(1))
from generator.drafts.workbook.old_process import main
main()
"""
_SIMPLIFY = "用 Excel 或 WPS 打开，另存为 .xlsx 再读"


def open_xls(path: Path) -> Workbook:
    """A workbook with all its sheets.

    Raises:
        UnusableInputError: E602 to E604.
        TooMuchError: if it holds more than a draft may.
    """
    command = [sys.executable, "-c", _START, json.dumps(sys.path), str(path.absolute())]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=silent, stdout=subprocess.PIPE, stderr=silent) as process:  # noqa: S603
        try:
            answer, _ = process.communicate(timeout=_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            _refuse(TOO_SLOW, path)
    if process.returncode:
        _refuse(process.returncode, path)
    said = json.loads(answer)
    if "refused" in said:
        code, message, remedy = said["refused"]
        refuse(code, message, remedy, path)
    count = CellCount()
    return Workbook(tuple(_sheet(n, each, count) for n, each in enumerate(said["sheets"])))


def _refuse(code: int, path: Path) -> NoReturn:
    """Says why the process came to its end."""
    if code == DAMAGED:
        damaged(path, "不是完整的 .xls 文件")
    what = "用时太长" if code == TOO_SLOW else "要的内存太多"
    refuse("E602", f"读这份文件{what}", _SIMPLIFY, path)


def _sheet(number: int, said: Any, count: CellCount) -> Sheet:
    sheet = Sheet(said["name"], number, hidden=said["hidden"])
    for row, column, text, written, fault in said["cells"]:
        count.take(text)
        exact = Decimal(written) if written else None
        sheet.cells[At(row, column)] = SheetCell(text, exact, fault)
    sheet.merged = [Area(*each) for each in said["merged"]]
    sheet.hidden_rows = set(said["hidden_rows"])
    sheet.hidden_columns = set(said["hidden_columns"])
    sheet.ruled = set(said["ruled"])
    return sheet
