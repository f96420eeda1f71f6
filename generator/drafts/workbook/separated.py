"""Reads a table as text (.csv): cells between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import FileFacts
from generator.drafts.safety.limits import TooMuchError
from generator.drafts.text.source import decoded
from generator.drafts.workbook.cell_numbers import number_written, without_dust
from generator.drafts.workbook.sheet import MAX_COLUMNS, At, CellCount, Sheet, SheetCell, Workbook

_SEPARATORS = ",\t;|"
_LOOKED_AT = 50
_NUMBER = late_pattern(r"-?(?:[1-9]\d*|0)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_AS_TEXT = late_pattern(r'="(.*)"')
"""How some programs write a code so that Excel keeps its noughts."""


def open_csv(path: Path) -> Workbook:
    """A text file as a workbook of one sheet; the spots of its cells are lines.

    Raises:
        UnusableInputError: E102, E103, E602, E603 or E605.
        TooMuchError: if it holds more than a draft may.
    """
    text, encoding = decoded(path)
    sheet = Sheet(path.stem, plain=True)
    count = CellCount()
    limit = csv.field_size_limit(1 << 20)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
        line = 0
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise TooMuchError(f"有一行超过 {MAX_COLUMNS} 格")
            for column, written in enumerate(row):
                if cell := _cell(written):
                    count.take(cell.text)
                    sheet.cells[At(line, column)] = cell
            line = reader.line_num
    finally:
        csv.field_size_limit(limit)
    return Workbook((sheet,), FileFacts(encoding=encoding))


def separator_of(text: str) -> str:
    """The character that stands between cells: one that many lines have equally often."""
    lines = [line for line in text.split("\n") if line.strip()][:_LOOKED_AT]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        times, lines_alike = max(counts.items(), key=lambda each: each[1], default=(0, 0))
        return lines_alike, times

    return max(_SEPARATORS, key=evenness)


def _cell(written: str) -> SheetCell | None:
    match = _AS_TEXT.fullmatch(written.strip())
    if match:
        written = match[1]
    bare = written.strip()
    if not bare:
        return None
    number = number_written(bare) if not match and _NUMBER.fullmatch(bare) else None
    if number is None:
        return SheetCell(written)
    if bare.endswith(".0"):  # a whole number that passed through a program
        return SheetCell(f"{number:f}", number)
    is_plain = "e" not in bare.lower() and without_dust(number) == number and len(bare) < 16  # noqa: PLR2004
    return SheetCell(bare if is_plain else f"{number:f}", number)
