"""Reads a workbook as a draft: its sheets one after the other, as their readers see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.core.records import replace
from generator.drafts.draft import Block, FileFacts, Paragraph, Spot, Trace
from generator.drafts.workbook.named import COVERED, HIDDEN_COLUMNS, HIDDEN_ROWS, HIDDEN_SHEETS
from generator.drafts.workbook.sheet import (
    CELL,
    ERROR,
    UNCOMPUTED,
    At,
    Sheet,
    Workbook,
    cell_name,
    column_name,
    uncovered,
)
from generator.drafts.workbook.tables import sheet_blocks

_SHOWN = 3
_EXCERPT = 40


def _xlsx(path: Path) -> Workbook:
    from generator.drafts.workbook.xlsx.read import open_xlsx

    return open_xlsx(path)


def _xls(path: Path) -> Workbook:
    from generator.drafts.workbook.old import open_xls

    return open_xls(path)


def _ods(path: Path) -> Workbook:
    from generator.drafts.workbook.ods import open_ods

    return open_ods(path)


def _csv(path: Path) -> Workbook:
    from generator.drafts.workbook.separated import open_csv

    return open_csv(path)


OPENERS: Mapping[str, Callable[[Path], Workbook]] = {
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".xls": _xls,
    ".ods": _ods,
    ".csv": _csv,
}
"""By suffix, what opens a workbook."""


def open_workbook(path: Path) -> Workbook:
    """A workbook with everything in it, hidden sheets, rows and columns among it.

    Raises:
        UnusableInputError: E102 or E602 to E606.
        TooMuchError: if it holds more than a draft may.
    """
    return OPENERS[path.suffix.lower()](path)


def read_workbook(path: Path) -> tuple[list[Block], FileFacts]:
    """The blocks of a workbook, and what is known of the file besides.

    Raises:
        UnusableInputError: E102 or E602 to E606.
        TooMuchError: if it holds more than a draft may.
    """
    return workbook_blocks(open_workbook(path))


def workbook_blocks(workbook: Workbook) -> tuple[list[Block], FileFacts]:
    """The blocks of what is shown of a workbook, and its facts with what is hidden."""
    traces = [*workbook.facts.traces, *_hidden(workbook)]
    blocks: list[Block] = []
    for sheet in workbook.sheets:
        if not sheet.hidden:
            blocks += sheet_blocks(sheet)
            blocks += _beside(sheet)
    return blocks, replace(workbook.facts, traces=tuple(traces))


def _hidden(workbook: Workbook) -> Iterator[Trace]:
    """What of a workbook nobody sees who looks at it, each kind once."""
    sheets = [sheet for sheet in workbook.sheets if sheet.hidden and sheet.cells]
    if sheets:
        first = sheets[0]
        at, cell = next(first.filled())
        names = "、".join(f"“{sheet.name}”" for sheet in sheets[:_SHOWN])
        excerpt = f"{names}：{cell.text.strip()[:_EXCERPT]}"
        yield Trace(HIDDEN_SHEETS, len(sheets), first.spot(at), excerpt)
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden]
    rows = [(s, at, c) for s in shown for at, c in s.filled() if at.row in s.hidden_rows]
    if rows:
        count = len({(sheet.number, at.row) for sheet, at, _ in rows})
        sheet, at, cell = rows[0]
        yield Trace(HIDDEN_ROWS, count, sheet.row_spot(at.row), cell.text.strip()[:_EXCERPT])
    columns = [(s, at, c) for s in shown for at, c in s.filled() if at.column in s.hidden_columns]
    if columns:
        count = len({(sheet.number, at.column) for sheet, at, _ in columns})
        sheet, at, cell = columns[0]
        words = f"工作表“{sheet.name}”{column_name(at.column)}列"
        yield Trace(
            HIDDEN_COLUMNS, count, Spot(CELL, at.row + 1, words), cell.text.strip()[:_EXCERPT]
        )
    covered = [(sheet, at, text) for sheet in shown for at, text in uncovered(sheet)]
    if covered:
        sheet, at, text = covered[0]
        yield Trace(COVERED, len(covered), sheet.spot(at), text.strip()[:_EXCERPT])


def _beside(sheet: Sheet) -> Iterator[Paragraph]:
    """What stands beside the cells of a sheet, and what of them could not be read."""
    for at, text in sheet.boxes:
        yield Paragraph(text, sheet.spot(at))
    for kind, text in dict.fromkeys(sheet.margins):
        yield Paragraph(
            text, Spot(CELL, sheet.spot(At(0, 0)).number, f"“{sheet.name}”{kind}"), kind
        )
    yield from _faults(sheet)
    if sheet.pictured and not sheet.cells:
        text = "这张工作表只有图片，没有读"
        yield Paragraph(text, sheet.spot(At(0, 0)), "未读")


def _faults(sheet: Sheet) -> Iterator[Paragraph]:
    seen = [
        (at, cell)
        for at, cell in sheet.filled()
        if cell.fault and at.row not in sheet.hidden_rows and at.column not in sheet.hidden_columns
    ]
    for fault in (UNCOMPUTED, ERROR):
        found = [(at, cell) for at, cell in seen if cell.fault == fault]
        if not found:
            continue
        names = "、".join(cell_name(at) for at, _ in found[:_SHOWN])
        more = f"等 {len(found)} 格" if len(found) > _SHOWN else ""
        if fault == UNCOMPUTED:
            text = f"公式还没有算出结果，没有读（{names}{more}）：用 Excel 打开，保存一次再读"
        else:
            text = f"公式出错，显示 {found[0][1].text}，没有读（{names}{more}）：改好公式再读"
        yield Paragraph(text, sheet.spot(found[0][0]), "未读")
