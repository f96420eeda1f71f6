"""Reads the cells of a sheet of Excel 2007 and later, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO

from msgspec import Struct, field

from generator.core.text.patterns import late_pattern
from generator.drafts.safety.limits import bounded_number
from generator.drafts.workbook.cell_numbers import number_by_format, number_written
from generator.drafts.workbook.dates import day_of_number
from generator.drafts.workbook.sheet import (
    ERROR,
    MAX_COLUMNS,
    MAX_ROWS,
    NOT_COMPUTED,
    UNCOMPUTED,
    At,
    CellCount,
    CellRange,
    Sheet,
    SheetCell,
)
from generator.drafts.workbook.xlsx.markup import Element, is_true, local, streamed, text_of_string
from generator.drafts.workbook.xlsx.styles import PLAIN, CellFormat

_REFERENCE = late_pattern(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = late_pattern(r"_x([0-9A-Fa-f]{4})_")
_CODES = late_pattern(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|[A-Za-z&])')
_MOST_MERGED = 200_000
_RULED = 2


class Context(Struct):
    """What the cells of all sheets of a workbook refer to."""

    strings: Sequence[str]
    styles: Sequence[CellFormat]
    base_1904: bool
    count: CellCount


class Extras(Struct):
    """What a sheet has besides its cells: its formulas, running heads, and drawings."""

    formulas: dict[At, bool] = field(default_factory=dict)
    """For each formula whether its value is other than nought."""
    margins: list[tuple[str, str]] = field(default_factory=list)


def read_cells(file: IO[bytes], sheet: Sheet, context: Context) -> Extras:
    """Fills a sheet with what its part holds.

    Raises:
        TooMuchError: if it holds more than a draft may.
        etree.XMLSyntaxError: if it is damaged.
    """
    rows = _Rows(sheet, context)
    for element in streamed(file, "c", "row", "col", "mergeCell", "headerFooter"):
        match local(element):
            case "c":
                rows.take(element)
            case "row":
                rows.end(element)
            case "col":
                _column(element, sheet)
            case "mergeCell":
                _merge(element, sheet)
            case "headerFooter":
                rows.extras.margins += _margins(element)
    return rows.extras


class _Rows:
    """Takes the cells of a sheet one by one; rows and cells may leave out where they are."""

    def __init__(self, sheet: Sheet, context: Context) -> None:
        self.extras = Extras()
        self._sheet = sheet
        self._context = context
        self._element: Element | None = None
        self._row = self._column = -1
        self._ruled = 0

    def take(self, element: Element) -> None:
        """Takes a cell."""
        self._begin(element.getparent())
        at = _place(element.get("r", "")) or At(self._row, min(self._column + 1, MAX_COLUMNS - 1))
        self._column = at.column
        number = bounded_number(element.get("s"), 0, len(self._context.styles))
        style = self._context.styles[number] if number < len(self._context.styles) else PLAIN
        self._ruled += style.ruled
        self._context.count.look()
        cell = _cell(element, at, style, self._context, self.extras)
        if cell is not None:
            self._context.count.take(cell.text)
            self._sheet.cells[at] = cell

    def end(self, element: Element) -> None:
        """Ends a row, which may be hidden."""
        self._begin(element)
        self._context.count.look()
        if is_true(element, "hidden") or _is_nothing(element.get("ht")):
            self._sheet.hidden_rows.add(self._row)
        if self._ruled >= _RULED:
            self._sheet.ruled.add(self._row)

    def _begin(self, row: Element | None) -> None:
        if row is None or row is self._element:
            return
        self._element = row
        self._row = bounded_number(row.get("r"), self._row + 2, MAX_ROWS) - 1
        self._column, self._ruled = -1, 0


def _merge(element: Element, sheet: Sheet) -> None:
    area = area_of(element.get("ref", ""))
    if area is not None and len(sheet.merged) < _MOST_MERGED:
        sheet.merged.append(area)


def area_of(reference: str) -> CellRange | None:
    """The area of a reference such as ``A1:C3``; ``None`` if it is none."""
    first, _, last = reference.partition(":")
    ends = [_place(first), _place(last or first)]
    if None in ends:
        return None
    (top, left), (bottom, right) = (end or At(0, 0) for end in ends)
    return CellRange(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _place(reference: str) -> At | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return At(row - 1, column - 1) if 0 < row <= MAX_ROWS and column <= MAX_COLUMNS else None


def _cell(
    element: Element, at: At, style: CellFormat, context: Context, extras: Extras
) -> SheetCell | None:
    value = formula = inline = None
    for child in element:
        match local(child):
            case "v":
                value = child.text or ""
            case "f":
                formula = child
            case "is":
                inline = text_of_string(child)
    kind = element.get("t", "n")
    if formula is not None:
        number = number_written(value or "")
        extras.formulas[at] = bool(value) and (number is None or bool(number))
        if value is None or (kind == "n" and not value):
            return SheetCell(NOT_COMPUTED, fault=UNCOMPUTED)
    if kind == "inlineStr":
        return _of_text(inline or "")
    if not value:
        return None
    return _of_value(kind, value, style, context)


def _of_value(kind: str, value: str, style: CellFormat, context: Context) -> SheetCell | None:
    match kind:
        case "s":
            index = bounded_number(value, len(context.strings), len(context.strings))
            return _of_text(context.strings[index]) if index < len(context.strings) else None
        case "e":
            return SheetCell(value, fault=ERROR)
        case "b":
            return SheetCell("TRUE" if value.strip() == "1" else "FALSE")
        case "str" | "d":
            return _of_text(value)
    number = number_written(value)
    if number is None:
        return _of_text(value)
    shown = number_by_format(number, style.format, context.base_1904)
    day = day_of_number(number, style.format, context.base_1904)
    text = f"{number:f}" if shown is None else shown
    return SheetCell(text, number, day=day, unshown=shown is None)


def _of_text(text: str) -> SheetCell | None:
    text = _ESCAPED.sub(_escaped, text)
    return SheetCell(text) if text.strip() else None


def _escaped(match: re.Match[str]) -> str:
    """A character that XML cannot hold is written as ``_x000D_``."""
    code = int(match[1], 16)
    return "\n" if code in (0x0A, 0x0D) else "" if code < 0x20 else match[0]  # noqa: PLR2004


def _column(element: Element, sheet: Sheet) -> None:
    if not is_true(element, "hidden") and not _is_nothing(element.get("width")):
        return
    first = bounded_number(element.get("min"), 1, MAX_COLUMNS)
    last = bounded_number(element.get("max"), first, MAX_COLUMNS)
    sheet.hidden_columns.update(range(first - 1, last))


def _is_nothing(written: str | None) -> bool:
    """Whether a height or width is given, and is nought."""
    return written is not None and number_written(written) == 0


def _margins(element: Element) -> list[tuple[str, str]]:
    """The words of running heads and feet, without the codes of page numbers and fonts."""
    found = []
    for child in element:
        kind = "页眉" if local(child).endswith("Header") else "页脚"
        text = " ".join(_CODES.sub(" ", child.text or "").split())
        if re.search(r"\w", text):
            found.append((kind, text))
    return found
