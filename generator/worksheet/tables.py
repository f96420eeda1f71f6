"""Data as rows of cells and back: lists of items, mappings, single fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from generator.drafts.workbook.sheet import At, cell_name
from generator.load.yaml.changes import value_at
from generator.worksheet.layout import Key, SheetColumn, SheetTable, WorksheetRow

Cells = Mapping[Key, str]
"""The values of a row by the key of their column; blank cells are left out."""


class NamedCode(Struct, frozen=True):
    """A code that was typed with a name, of a column of a block, and its cell in words."""

    spot: str
    block: str
    column: str
    code: str
    name: str


def spot_of(sheet: str, row: int, column: int) -> str:
    """A cell in words; rows and columns count from 1."""
    return f"工作表“{sheet}”{cell_name(At(row - 1, column - 1))}"


class Typed(Struct):
    """What was read from a worksheet: rows of tables by block, fields by their path.

    ``places`` tell where each row and field stands: sheet, row and first column; ``columns`` the
    column of each key of a block; ``faults`` what was typed that cannot be used; ``uncomputed``
    the formulas without a value; ``named`` the codes beside which a name was typed.
    """

    tables: dict[str, list[Cells]] = field(default_factory=dict)
    fields: dict[Key, str] = field(default_factory=dict)
    places: dict[tuple[str, int] | Key, tuple[str, int, int]] = field(default_factory=dict)
    columns: dict[str, Mapping[Key, int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    named: list[NamedCode] = field(default_factory=list)

    def spot(self, block: str, row: int, key: Key = ()) -> str:
        """A cell of a row of a block in words; the first cell, if the block has no such column."""
        sheet, number, first = self.places[block, row]
        return spot_of(sheet, number, self.columns[block].get(key, first))

    def spot_of_field(self, key: Key) -> str:
        """The cell of a field in words."""
        return spot_of(*self.places[key])

    def rows(self, block: str) -> list[Cells]:
        """The rows of a block that have anything in them."""
        return self.tables.get(block, [])


def cell_text(value: Any) -> str | None:
    """A value of the data as it goes into a cell; ``None`` of what is no text."""
    return value if isinstance(value, str) else None


def list_block(
    name: str,
    title: str,
    columns: Sequence[SheetColumn],
    items: Any,
    *,
    spare: int = 10,
) -> SheetTable:
    """A list of items, a row each; an item without keys is the value of the only column."""
    rows = [
        WorksheetRow(tuple(_cell(item, column) for column in columns))
        for item in (items if isinstance(items, list) else [])
    ]
    return SheetTable(name, title, tuple(columns), rows, spare)


def _cell(item: Any, column: SheetColumn) -> str | None:
    return cell_text(value_at(item, column.key)) if column.key is not None else None


def items_of(rows: Iterable[Cells]) -> list[Any]:
    """The items of a list by their rows."""
    return [cells[()] if () in cells else nested(cells) for cells in rows]


def nested(cells: Cells) -> dict[str, Any]:
    """Values by their paths as mappings within mappings."""
    result: dict[str, Any] = {}
    for key, value in cells.items():
        put(result, key, value)
    return result


def put(data: dict[str, Any], path: Sequence[str], value: Any) -> bool:
    """Sets a value at a path; ``False`` if something else (无) stands above it."""
    *above, last = path
    for step in above:
        below = data.setdefault(step, {})
        if not isinstance(below, dict):
            return False
        data = below
    if isinstance(data.get(last), dict) and data[last] and not isinstance(value, dict):
        return False
    data[last] = value
    return True


def field_row(
    data: Mapping[str, Any],
    columns: Sequence[SheetColumn],
    label: str,
    paths: Sequence[Key | None],
    aside: Sequence[str] = (),
) -> WorksheetRow:
    """A row of fields: its label, then the value at each path.

    Args:
        data: all sections.
        columns: of the block.
        label: what stands in the first column.
        paths: of the columns after it; ``None`` for one that is not read.
        aside: what stands in the columns after those.
    """
    keys: list[Key | None] = [None, *paths]
    values: list[str | None] = [label]
    values += [cell_text(value_at(data, path)) if path is not None else None for path in paths]
    values += aside
    keys += [None] * (len(columns) - len(keys))
    values += [None] * (len(columns) - len(values))
    return WorksheetRow(tuple(values), tuple(keys))
