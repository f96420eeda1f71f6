"""What a worksheet is made of: sheets of blocks, blocks of rows, and which cells hold data.

The first column of a sheet is hidden. It says of each row what it is (:class:`Tag`), so that rows
may be added and sheets be looked at in any order: nothing is found by its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

Key = tuple[str, ...]
"""The steps to a value within an item, or within all the data."""
VERSION = "2"
"""Counts up if worksheets are written otherwise, so that old ones cannot be read as new."""
MARK_SHEET = "_填报"
LIST_SHEET = "_清单"
MARK = "disclosure-worksheet"


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "文"
    CODE = "码"
    AMOUNT = "额"
    COUNT = "数"

    @property
    def is_number(self) -> bool:
        """Whether it is written as a number."""
        return self in (CellKind.AMOUNT, CellKind.COUNT)


class SheetColumn(Struct, frozen=True):
    """A column of a block.

    Attributes:
        key: where its values go; ``None`` if nothing is read from it.
        choices: the name of the list that its cells offer.
        formula: of each row, with {row} for its number and {name} for columns by ``name``;
            the column is then locked.
        name: what formulas call it by.
        total: whether the row of totals sums it up.
    """

    title: str
    key: Key | None = None
    kind: CellKind = CellKind.TEXT
    width: float = 12
    choices: str = ""
    formula: str = ""
    name: str = ""
    total: bool = False
    hint: str = ""


class WorksheetRow(Struct, frozen=True):
    """A row: a value for each column; ``keys`` if it is a row of fields, each with its own path."""

    values: tuple[str | None, ...]
    keys: tuple[Key | None, ...] | None = None


class SheetTable(Struct):
    """A table on a sheet.

    Attributes:
        name: what reads its rows; empty for rows of fields.
        spare: empty rows to type into.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: list[WorksheetRow] = field(default_factory=list)
    spare: int = 0
    height: float = 0
    """Points of a row of data; 0 if it finds its height by its text."""

    @property
    def has_total(self) -> bool:
        """Whether a row of totals stands above the rows."""
        return any(column.total for column in self.columns)


class SheetPlan(Struct):
    """A sheet with its blocks, one below the other."""

    name: str
    note: str
    blocks: list[SheetTable]
    landscape: bool = True


class Check(Struct, frozen=True):
    """A reconciliation: two amounts that must agree, as formulas with {block.column} in them.

    Attributes:
        least: whether the first need only be as large as the second.
    """

    name: str
    one: str
    other: str
    least: bool = False
    remedy: str = ""


END = "止"
TOTAL = "计"
ASIDE = "注"


def table_tag(block: SheetTable) -> str:
    """What stands beside the head of a block: whose rows follow, and what its columns hold."""
    return json.dumps({"表": block.name, "列": [_column(c) for c in block.columns]}, **_JSON)


def field_tag(columns: Sequence[SheetColumn], keys: Sequence[Key | None]) -> str:
    """What stands beside a row of fields: the path of each of its values."""
    pairs = zip(columns, keys, strict=True)
    return json.dumps({"格": [[c.kind, *k] if k is not None else None for c, k in pairs]}, **_JSON)


_JSON: Mapping[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


def _column(column: SheetColumn) -> list[str] | None:
    return None if column.key is None else [column.kind, *column.key]
