"""Reads a spreadsheet of OpenDocument (.ods): what its cells show stands in the file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from generator.drafts.draft import FileFacts, Trace
from generator.drafts.safety.guard import part
from generator.drafts.safety.limits import (
    SAVE_AGAIN,
    TooMuchError,
    bounded_number,
    check_package,
    damaged,
    encrypted,
)
from generator.drafts.workbook.cell_numbers import number_written
from generator.drafts.workbook.sheet import (
    ERROR,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    At,
    CellCount,
    CellRange,
    Sheet,
    SheetCell,
    Workbook,
)
from generator.drafts.workbook.xlsx.markup import Element, WorkbookPackage, attribute_of, local

_CONTENT = "content.xml"
_HIDDEN = ("collapse", "filter")
_MOST_REPEATED = 10_000
"""So many cells with content may say that they come again; of a document, hardly any do."""
_CELLS = ("table-cell", "covered-table-cell")


def open_ods(path: Path) -> Workbook:
    """A spreadsheet with all its sheets.

    Raises:
        UnusableInputError: E602 to E606.
        TooMuchError: if it holds more than a draft may.
    """
    check_package(path, in_trees=False)
    with zipfile.ZipFile(path) as archive:
        package = WorkbookPackage(archive)
        manifest = package.root("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
            encrypted(path)
        with part(_CONTENT):
            root = package.root(_CONTENT)
        if root is None:
            damaged(path, "不是完整的 OpenDocument 表格")
        return _workbook(root)


def _workbook(root: Element) -> Workbook:
    unseen = {
        attribute_of(style, "name")
        for style in root.iter("{*}style")
        if any(
            attribute_of(each, "display") == "false" for each in style if isinstance(each.tag, str)
        )
    }
    count = CellCount()
    sheets = []
    for number, table in enumerate(_outermost(root)):
        if number >= MAX_SHEETS:
            break
        sheet = Sheet(attribute_of(table, "name"), number)
        sheet.hidden = attribute_of(table, "style-name") in unseen
        with part(sheet.name):
            _Table(sheet, count).read(table)
        sheets.append(sheet)
    remarks = sum(1 for _ in root.iter("{*}annotation"))
    traces = (Trace("批注", remarks),) if remarks else ()
    return Workbook(tuple(sheets), FileFacts(traces))


def _outermost(root: Element) -> Iterator[Element]:
    for body in root.iter("{*}spreadsheet"):
        yield from (child for child in body if local(child) == "table")


class _Table:
    """Goes through the rows of a table; rows and cells say how often they come again."""

    def __init__(self, sheet: Sheet, count: CellCount) -> None:
        self._sheet = sheet
        self._count = count
        self._row = self._column = self._repeated = 0

    def read(self, element: Element) -> None:
        """Takes the rows and columns in an element, also those in groups and heads."""
        for child in element:
            match local(child):
                case "table-column":
                    self._take_column(child)
                case "table-row":
                    self._take_row(child)
                case (
                    "table-header-rows"
                    | "table-row-group"
                    | "table-rows"
                    | "table-columns"
                    | "table-column-group"
                    | "table-header-columns"
                ):
                    self.read(child)

    def _take_column(self, column: Element) -> None:
        times = _times(column, "number-columns-repeated", MAX_COLUMNS)
        last = min(self._column + times, MAX_COLUMNS)
        if attribute_of(column, "visibility") in _HIDDEN:
            self._sheet.hidden_columns.update(range(self._column, last))
        self._column = last

    def _take_row(self, row: Element) -> None:
        times = _times(row, "number-rows-repeated", MAX_ROWS)
        filled = list(self._cells(row))
        if filled or attribute_of(row, "visibility") in _HIDDEN:
            self._repeat((times - 1) * len(filled))
            for at in range(self._row, min(self._row + (times if filled else 1), MAX_ROWS)):
                self._fill(at, filled)
                if attribute_of(row, "visibility") in _HIDDEN:
                    self._sheet.hidden_rows.add(at)
        self._row += times

    def _repeat(self, cells: int) -> None:
        """Counts cells with content that stand once in the file, and come again."""
        self._repeated += cells
        if self._repeated > _MOST_REPEATED:
            raise TooMuchError("里重复的格子多得不合常理", SAVE_AGAIN)

    def _fill(self, row: int, filled: list[tuple[int, SheetCell, CellRange | None]]) -> None:
        for column, cell, area in filled:
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                continue
            self._count.take(cell.text)
            self._sheet.cells[At(row, column)] = cell
            if area is not None:
                down, right = area.bottom, area.right
                self._sheet.merged.append(CellRange(row, column, row + down, column + right))

    def _cells(self, row: Element) -> Iterator[tuple[int, SheetCell, CellRange | None]]:
        column = 0
        for each in row:
            if local(each) not in _CELLS:
                continue
            self._count.look()
            times = _times(each, "number-columns-repeated", MAX_COLUMNS)
            cell = _cell(each)
            if cell is not None:
                self._repeat(times - 1)
                for at in range(column, column + times):
                    yield at, cell, _span(each)
            column += times


def _span(cell: Element) -> CellRange | None:
    """How far a merged cell reaches to the right and down."""
    right = _times(cell, "number-columns-spanned", MAX_COLUMNS) - 1
    down = _times(cell, "number-rows-spanned", MAX_ROWS) - 1
    return CellRange(0, 0, down, right) if right or down else None


def _cell(element: Element) -> SheetCell | None:
    lines = [_text(each) for each in element if local(each) == "p"]
    text = "\n".join(lines)
    kind = attribute_of(element, "value-type")
    number, day = None, None
    if _is_error(element, text):
        return SheetCell(text, fault=ERROR)
    if kind in ("float", "currency", "percentage"):
        number = number_written(attribute_of(element, "value"))
        text = text or ("" if number is None else f"{number:f}")
        if text and number is not None and not _is_shortened(text):
            text = f"{number:f}" if _has_dust(text) else text
    elif kind == "date":
        written = attribute_of(element, "date-value")
        day = _day(written)
        text = text if text.strip("#") else written
    if "#" in text and text.strip("#") == "":
        text = "" if number is None else f"{number:f}"
    return SheetCell(text, number, day=day) if text.strip() else None


def _day(written: str) -> date | None:
    """The day of a value such as ``2026-01-20`` or ``2026-01-20T08:00:00``."""
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        return None


def _is_error(element: Element, text: str) -> bool:
    """Whether a formula has failed; LibreOffice says so in a second type beside that of a text."""
    types = [value for key, value in element.attrib.items() if _bare(key) == "value-type"]
    if not attribute_of(element, "formula") or not text:
        return False
    return "error" in types or (not types and text.startswith("#"))


def _bare(key: str | bytes) -> str:
    return str(key).rpartition("}")[2]


def _is_shortened(text: str) -> bool:
    return "," in text or "%" in text or not text.strip().lstrip("-").replace(".", "").isdigit()


def _has_dust(text: str) -> bool:
    return len(text.partition(".")[2]) > 8  # noqa: PLR2004 - no amount has as many decimals


def _text(paragraph: Element) -> str:
    """The text of a paragraph, blanks that are elements among it."""
    pieces = [paragraph.text or ""]
    for child in paragraph:
        match local(child):
            case "s":
                pieces.append(" " * _times(child, "c", 100))
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case "annotation" | "":
                pass
            case _:
                pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _times(element: Element, name: str, most: int) -> int:
    return max(1, bounded_number(attribute_of(element, name) or None, 1, most))
