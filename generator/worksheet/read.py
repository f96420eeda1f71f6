"""Reads a worksheet back: cells by what the hidden first column says of their rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from generator.core.findings import Finding, Place, UnusableInputError
from generator.load.yaml.changes import Number, Path_
from generator.worksheet.layout import END, LIST_SHEET, MARK, MARK_SHEET, VERSION, Key, Kind
from generator.worksheet.tables import Typed

_LARGEST = 64 * 1024 * 1024
"""Bytes of a worksheet; 223 forms take less than one million."""
_DUST = Decimal("0.000001")
_DECIMALS = 2
_LONGEST_CODE = 15


@dataclass(frozen=True, slots=True)
class Done:
    """A mark of work left, of a value or on a line of its own, that may have been ticked off."""

    path: Path_ | None
    file: str
    words: str


@dataclass(slots=True)
class Worksheet:
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
    if file.suffix.lower() != ".xlsx" or not file.is_file() or file.stat().st_size > _LARGEST:
        return False
    try:
        book = CalamineWorkbook.from_path(str(file))
        if MARK_SHEET not in book.sheet_names:
            return False
        rows = book.get_sheet_by_name(MARK_SHEET).to_python()
    except (CalamineError, OSError, ValueError):
        return False
    return bool(rows and rows[0] and rows[0][0] == MARK)


def read_worksheet(file: Path) -> Worksheet:
    """Reads a worksheet.

    Raises:
        UnusableInputError: E651 if it was written by another version, or is damaged.
    """
    try:
        book = CalamineWorkbook.from_path(str(file))
        marks = [str(row[0]) for row in book.get_sheet_by_name(MARK_SHEET).to_python() if row]
    except (CalamineError, OSError, ValueError) as error:
        raise _unusable(file, "打不开，或隐藏的表被删去了") from error
    if marks[1:2] not in ([VERSION], [f"{VERSION}.0"]):
        raise _unusable(file, "不是这个版本的程序写出的填报表")
    try:
        base = json.loads("".join(marks[3:]))
    except ValueError as error:
        raise _unusable(file, "打不开，或隐藏的表被删去了、改动了") from error
    worksheet = Worksheet(marks[2], base)
    for name in book.sheet_names:
        if name in (MARK_SHEET, LIST_SHEET):
            continue
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        _Reader(name, worksheet).read(rows)
    return worksheet


def _unusable(file: Path, cause: str) -> UnusableInputError:
    remedy = "用 disclosure worksheet 重新写出一份，把填的内容贴过去"
    return UnusableInputError([Finding("E651", f"填报表{cause}", remedy, Place(file))])


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, name: str, worksheet: Worksheet) -> None:
        self._name = name
        self._typed = worksheet.typed
        self._worksheet = worksheet
        self._block = ""
        self._columns: Sequence[tuple[Kind, Key] | None] = ()

    def read(self, rows: Sequence[Sequence[Any]]) -> None:
        """Takes in every row by its tag; rows without one belong to the table above."""
        for number, row in enumerate(rows, 1):
            tag = row[0] if row and isinstance(row[0], str) else ""
            if tag.startswith("{"):
                self._tagged(json.loads(tag), row, number)
            elif tag == END:
                self._block = ""
            elif not tag and self._block:
                self._table_row(row, number)

    def _tagged(self, tag: Mapping[str, Any], row: Sequence[Any], number: int) -> None:
        if "表" in tag:
            self._block, self._columns = tag["表"], [_key(each) for each in tag["列"]]
        elif "格" in tag:
            for at, (spec, value) in enumerate(zip(map(_key, tag["格"]), row[1:], strict=False)):
                text = _text(value, spec[0]) if spec is not None else ""
                if spec is not None and text:
                    self._typed.fields[spec[1]] = text
                    self._typed.places[spec[1]] = (self._name, number, at + 2)
        elif "办" in tag:
            path = tuple(tag["办"]) if tag["办"] is not None else None
            ticked = any(str(value).strip() for value in row[5:6])
            marks = self._worksheet.done if ticked else self._worksheet.left
            marks.append(Done(path, tag["文件"][0], tag["话"][0]))

    def _table_row(self, row: Sequence[Any], number: int) -> None:
        cells = dict(self._cells(row))
        if cells:
            rows = self._typed.tables.setdefault(self._block, [])
            self._typed.places[self._block, len(rows)] = (self._name, number, 2)
            rows.append(cells)

    def _cells(self, row: Sequence[Any]) -> Iterator[tuple[Key, str]]:
        for spec, value in zip(self._columns, row[1:], strict=False):
            text = _text(value, spec[0]) if spec is not None else ""
            if spec is not None and text:
                yield spec[1], text


def _key(spec: Sequence[str] | None) -> tuple[Kind, Key] | None:
    return None if spec is None else (Kind(spec[0]), tuple(spec[1:]))


def _text(value: Any, kind: Kind) -> str:
    """What a cell says, as the data format writes it; empty of a blank cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, kind)
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    text = str(value)
    if not text.strip():
        return ""
    if kind is Kind.CODE:
        return _code(text.strip())
    return Number(text.strip()) if kind.is_number else text


def _number(value: float, kind: Kind) -> str:
    """A number without the dust of binary arithmetic: 688.0700000000001 is 688.07."""
    exact = Decimal(repr(value))
    rounded = round(exact, _DECIMALS)
    if abs(exact - rounded) <= _DUST * max(Decimal(1), abs(rounded)):
        exact = rounded
    text = f"{exact.normalize():f}"
    if not kind.is_number:
        return text
    whole = exact == exact.to_integral_value()
    return Number(
        text if whole else f"{exact.quantize(Decimal('0.01')):f}" if _cents(exact) else text
    )


def _cents(value: Decimal) -> bool:
    return value == round(value, _DECIMALS)


def _code(text: str) -> str:
    """The code of a subject that stands with its name: 2010501 行政运行, 2010501-行政运行."""
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    rest = text[len(digits) :]
    if digits and len(digits) <= _LONGEST_CODE and rest[:1] in (" ", "-", "　", "－", "—", "\t"):
        return digits
    return text
