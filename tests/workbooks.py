"""Writes workbooks for tests: single sheets, and a whole document with a sheet for each part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from generator.compose.compose import Composed
from generator.drafts.draft import Block, Paragraph, Row, Table
from generator.drafts.html.read import html_blocks

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d+|-?\d+\.\d+")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def write(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook of sheets with a name and rows; ``None`` leaves a cell out."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value)
    book.close()
    return path


def with_part(path: Path, name: str, change: Any) -> Path:
    """The workbook with a part changed by a function of its text, as another program writes it."""
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, content in parts.items():
            package.writestr(entry, content)
    return path


def document(composed: Composed, path: Path) -> Path:
    """A document as the workbook that offices fill: a sheet for each table and each part of text.

    Numbers are numbers, codes of two digits are texts, those of three are numbers; cells that
    follow an empty head are merged into it; a helper sheet is hidden.
    """
    book = xlsxwriter.Workbook(path)
    _Writer(book).write([block for block, _ in html_blocks(composed.document.body)])
    helper = book.add_worksheet("辅助")
    helper.write(0, 0, "下拉选项")
    helper.hide()
    book.close()
    return path


class _Writer:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._ruled = book.add_format({"border": 1})
        self._sheet: Any = None
        self._row = self._count = 0

    def write(self, blocks: Iterable[Block]) -> None:
        before: Block | None = None
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            elif block.aside not in ("页码", "图"):
                self._paragraph(block, after_table=isinstance(before, Table))
            before = block

    def _new_sheet(self, title: str) -> None:
        self._count += 1
        name = f"{self._count} {_FORBIDDEN.sub('', title)}"[:_LONGEST_NAME]
        self._sheet, self._row = self._book.add_worksheet(name), 0

    def _paragraph(self, block: Paragraph, *, after_table: bool) -> None:
        note = block.text.startswith("注")
        if self._sheet is None or (after_table and not note):
            self._new_sheet(block.text)
        self._sheet.write_string(self._row + note, 0, f"    {block.text}")
        self._row += 1 + note

    def _table(self, table: Table) -> None:
        if self._sheet is None:
            self._new_sheet("表")
        for row in table.rows:
            self._cells(row)
        self._row += 1

    def _cells(self, row: Row) -> None:
        for column, text in enumerate(row.cells):
            value: Any = text
            form: dict[str, Any] = {"border": 1}
            if _NUMBER.fullmatch(text):
                decimals = len(text.partition(".")[2])
                value = float(text.replace(",", ""))
                form["num_format"] = ("#,##0." if "," in text else "0.") + "0" * decimals
            elif re.fullmatch(r"[1-9]\d{2}|[1-9]\d{4}|[1-9]\d{6}", text):
                value = int(text)
            style = self._ruled if len(form) == 1 else self._book.add_format(form)
            if isinstance(value, str):
                self._sheet.write_string(self._row, column, value, style)
                if not value:
                    self._sheet.write_blank(self._row, column, None, style)
            else:
                self._sheet.write_number(self._row, column, value, style)
        self._row += 1
