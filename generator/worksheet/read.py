"""Reads a worksheet back: cells by what the hidden first column says of their rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.text.patterns import late_pattern
from generator.drafts.read import open_book
from generator.drafts.safety.guard import guarded_reading
from generator.drafts.workbook.sheet import ERROR, At, Sheet, SheetCell
from generator.load.yaml.changes import NumberText, Path_
from generator.worksheet.layout import END, LIST_SHEET, MARK, MARK_SHEET, VERSION, CellKind, Key
from generator.worksheet.tables import Typed

_DECIMALS = 2
_LONGEST_CODE = 15
_GROUPED = late_pattern(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
"""A number as a text that was pasted from a printed table."""
_TRUTH = {"TRUE": "是", "FALSE": "否"}
_TODO, _TICK = object(), 5
"""The column of 待办 that is ticked off."""


class Done(Struct, frozen=True):
    """A mark of work left, of a value or on a line of its own, that may have been ticked off."""

    path: Path_ | None
    file: str
    words: str


class Worksheet(Struct):
    """What a worksheet holds.

    Attributes:
        pack: the pack, as the data that was exported named it.
        base: that data.
        typed: what stands in its cells now.
        done: the marks that were ticked off.
        left: those that were not.
    """

    pack: str
    base: dict[str, Any]
    typed: Typed = field(default_factory=Typed)
    done: list[Done] = field(default_factory=list)
    left: list[Done] = field(default_factory=list)


def is_worksheet(file: Path) -> bool:
    """Whether a file is a workbook that this program wrote to be typed into."""
    from generator.drafts.workbook.xlsx.read import read_sheet_names

    if file.suffix.lower() != ".xlsx" or not file.is_file():
        return False
    try:
        with guarded_reading(file):
            return MARK_SHEET in read_sheet_names(file)
    except UnusableInputError:  # whoever reads it will say so
        return False


def read_worksheet(file: Path) -> Worksheet:
    """Reads a worksheet.

    What its cells say that cannot be used is told in :attr:`Typed.faults`.

    Raises:
        UnusableInputError: E651 if it was written by another version, or is damaged; E602 to E606
            of what is no workbook that can be read.
    """
    sheets = open_book(file).sheets
    hidden = next((sheet for sheet in sheets if sheet.name == MARK_SHEET), None)
    marks = [cell.text for at, cell in hidden.filled() if not at.column] if hidden else []
    if marks[:1] != [MARK]:
        raise _unusable(file, "打不开，或隐藏的表被删去了")
    if marks[1:2] != [VERSION]:
        raise _unusable(file, "不是这个版本的程序写出的填报表")
    try:
        worksheet = _begun(hidden)
        places = _Places(worksheet.typed.faults)
        for sheet in sheets:
            if sheet.name not in (MARK_SHEET, LIST_SHEET):
                _Reader(sheet, worksheet, places).read()
    except (ValueError, KeyError, IndexError, TypeError) as error:  # whatever was typed over tags
        raise _unusable(file, "隐藏的第一列改动了，或隐藏的表被删去了、改动了") from error
    return worksheet


def _begun(hidden: Sheet | None) -> Worksheet:
    """What the hidden sheet says: the pack, and the data that was exported.

    Raises:
        ValueError: if it is not as it was written.
    """
    cells = hidden.cells if hidden is not None else {}
    last = max(cells, default=At(0, 0)).row
    texts = [cell.text if (cell := cells.get(At(row, 0))) else "" for row in range(last + 1)]
    base = json.loads("".join(texts[3:]))
    if not isinstance(base, dict):
        raise TypeError("no sections")
    return Worksheet(texts[2], base)


def _unusable(file: Path, cause: str) -> UnusableInputError:
    remedy = "用 disclosure worksheet 重新写出一份，把填的内容贴过去"
    return UnusableInputError([Finding("E651", f"填报表{cause}", remedy, Location(file))])


class _Places:
    """Where each field and table stands: copied sheets and rows hold the same once more."""

    def __init__(self, faults: list[str]) -> None:
        self._faults = faults
        self._found: dict[object, tuple[str, int]] = {}

    def take(self, what: object, sheet: str, number: int) -> None:
        """Notes where something stands, or tells that it stands there again."""
        first, at = self._found.setdefault(what, (sheet, number))
        if first != sheet:
            fault = f"工作表“{sheet}”和“{first}”里有同样的栏目，是复制的：只留一张"
        elif at != number:
            fault = f"工作表“{sheet}”第 {number + 1} 行和第 {at + 1} 行是同样的栏目：只留一处"
        else:
            return
        if fault not in self._faults:
            self._faults.append(fault)


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, worksheet: Worksheet, places: _Places) -> None:
        self._sheet = sheet
        self._places = places
        self._typed = worksheet.typed
        self._worksheet = worksheet
        self._block = ""
        self._columns: Sequence[tuple[CellKind, Key] | None] = ()

    def read(self) -> None:
        """Takes in every row by its tag; rows without one belong to the table above."""
        for number, filled in groupby(self._sheet.filled(), lambda each: each[0].row):
            row = {at.column: cell for at, cell in filled}
            tag = row[0].text if 0 in row else ""
            if tag.startswith("{"):
                self._tagged(json.loads(tag), row, number)
            elif tag == END:
                self._block = ""
            elif not tag and self._block:
                self._table_row(row, number)

    def _tagged(self, tag: Mapping[str, Any], row: _Cells, number: int) -> None:
        if "表" in tag:
            self._block, self._columns = tag["表"], [_key(each) for each in tag["列"]]
            self._places.take(self._block, self._sheet.name, number)
        elif "格" in tag:
            for column, spec in enumerate(map(_key, tag["格"]), 1):
                if spec is None:
                    continue
                self._places.take(spec[1], self._sheet.name, number)
                if text := self._text(row, number, column, spec[0]):
                    self._typed.fields[spec[1]] = text
                    self._typed.places[spec[1]] = (self._sheet.name, number + 1, column + 1)
        elif "办" in tag:
            self._places.take(_TODO, self._sheet.name, 0)
            path = tuple(tag["办"]) if tag["办"] is not None else None
            ticked = self._text(row, number, _TICK, CellKind.TEXT)
            marks = self._worksheet.done if ticked else self._worksheet.left
            marks.append(Done(path, tag["文件"][0], tag["话"][0]))

    def _table_row(self, row: _Cells, number: int) -> None:
        cells = {
            spec[1]: text
            for column, spec in enumerate(self._columns, 1)
            if spec is not None and (text := self._text(row, number, column, spec[0]))
        }
        if cells:
            rows = self._typed.tables.setdefault(self._block, [])
            self._typed.places[self._block, len(rows)] = (self._sheet.name, number + 1, 2)
            rows.append(cells)

    def _text(self, row: _Cells, number: int, column: int, kind: CellKind) -> str:
        """What a cell says; empty of a blank one, and of one that is wrong, which is told."""
        cell = row.get(column)
        if cell is None:
            return ""
        if cell.fault:
            spot = self._sheet.spot(At(number, column))
            cause = f"公式出错，显示 {cell.text}" if cell.fault == ERROR else "公式还没有算出结果"
            self._typed.faults.append(f"{spot}：{cause}")
            return ""
        return _text(cell, kind)


_Cells = Mapping[int, SheetCell]
"""The cells of a row by column, from 0."""


def _key(spec: Sequence[str] | None) -> tuple[CellKind, Key] | None:
    return None if spec is None else (CellKind(spec[0]), tuple(spec[1:]))


def _text(cell: SheetCell, kind: CellKind) -> str:
    """What a cell says, as the data format writes it; empty of a blank cell."""
    if cell.day is not None:
        return f"{cell.day.year}年{cell.day.month}月{cell.day.day}日"
    if cell.number is not None:
        return _number(cell.number, kind)
    text = _TRUTH.get(cell.text, cell.text)
    if not text.strip():
        return ""
    if kind is CellKind.CODE:
        return _code(text.strip())
    if not kind.is_number:
        return text
    bare = text.strip()
    return NumberText(bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare)


def _number(exact: Decimal, kind: CellKind) -> str:
    """A number with its cents, if it has any and no more: 688.1 is 688.10."""
    text = f"{exact.normalize():f}"
    if not kind.is_number:
        return text
    whole = exact == exact.to_integral_value()
    return NumberText(f"{exact:.2f}" if _cents(exact) and not whole else text)


def _cents(value: Decimal) -> bool:
    return value == round(value, _DECIMALS)


def _code(text: str) -> str:
    """The code of a subject that stands with its name: 2010501 行政运行, 2010501-行政运行."""
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    rest = text[len(digits) :]
    if digits and len(digits) <= _LONGEST_CODE and rest[:1] in (" ", "-", "　", "－", "—", "\t"):
        return digits
    return text
