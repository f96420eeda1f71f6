"""Rows of a list that are told of although nothing in them is wrong by itself, and faulty cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Spot
from generator.drafts.workbook.sheet import ERROR, UNCOMPUTED
from generator.importing.flat_list.fields import ListFields
from generator.importing.flat_list.listing import ListRow, is_signed_line
from generator.importing.flat_list.meanings import Meaning

_AMOUNTS = (Meaning.AMOUNT, Meaning.TOTAL, Meaning.PROCUREMENT_AMOUNT)
_ITEMS = (Meaning.FUNCTION, Meaning.PROJECT, Meaning.DEPARTMENT, Meaning.GOVERNMENT)
_COUNTED = ("序号", "行号")
"""Columns that tell two rows apart which say the same."""
_NOT_A_SUM = late_pattern(r"\d{4}\s*[-/年]\s*\d{1,2}(?:\D.*)?|\D*")
"""A day, or words without any digit."""
_NAMED = 3
"""Rows that a message names."""


def has_amount(row: ListRow, fields: ListFields) -> bool:
    """Whether anything stands in a column of amounts; headings and notes have no amount there."""
    columns = (column for meaning in _AMOUNTS for column in fields.several(meaning))
    return any(row.text(column.name) for column in columns) and not is_signature(row, fields)


def is_signature(row: ListRow, fields: ListFields) -> bool:
    """Whether a row names no item and has at most words or a day for an amount: a signature."""
    if is_signed_line(row):
        return True
    if names_item(row, fields):
        return False
    columns = [column.name for meaning in _AMOUNTS for column in fields.several(meaning)]
    cells = [row.cells[name] for name in columns if row.text(name)]
    return all(
        cell.number is None and not cell.fault and bool(_NOT_A_SUM.fullmatch(cell.text.strip()))
        for cell in cells
    )


def names_item(row: ListRow, fields: ListFields) -> bool:
    """Whether a row names what money is for: a subject or a project."""
    return any(fields.text(row, meaning) for meaning in _ITEMS)


def how_to_mend(row: ListRow, name: str) -> str:
    """What is to be done about a cell that should be an amount and is none."""
    cell = row.cells[name]
    if cell.fault == UNCOMPUTED:
        return "用 Excel 打开，保存一次，再读入"
    if cell.fault == ERROR:
        return "改好公式，保存，再读入"
    if cell.day is not None:
        return "格子的格式是日期，改成数值，再读入"
    return "格子里只写数（单位写在列名里），再读入"


def told_of_rows(rows: Sequence[ListRow], fields: ListFields) -> Iterator[tuple[str, Spot]]:
    """What is said of rows without an amount, and of rows that say what another says.

    Args:
        rows: the rows of a list that are no sums.
        fields: what their cells mean.
    """
    items = (row for row in rows if names_item(row, fields) and not is_signed_line(row))
    without = [row for row in items if not has_amount(row, fields)]
    if without:
        numbers = _numbers(without)
        yield f"{numbers}没有金额，没有读：有金额的，填上再读入", without[0].spot
    first: dict[tuple[str, ...], ListRow] = {}
    again: list[tuple[ListRow, ListRow]] = []
    names = [name for name in (rows[0].columns if rows else ()) if name not in _COUNTED]
    for row in rows:
        if not has_amount(row, fields):
            continue
        other = first.setdefault(tuple(row.text(name) for name in names), row)
        if other is not row:
            again.append((row, other))
    if again:
        pairs = "、".join(
            f"第{row.row + 1}行同第{other.row + 1}行" for row, other in again[:_NAMED]
        )
        more = f"等 {len(again)} 行" if len(again) > _NAMED else ""
        message = f"{pairs}{more}逐格相同，都计入了：重复导出的，删去一行，再读入"
        yield message, again[0][0].spot


def _numbers(rows: Sequence[ListRow]) -> str:
    named = "、".join(f"第{row.row + 1}行" for row in rows[:_NAMED])
    return f"{named}等 {len(rows)} 行" if len(rows) > _NAMED else named
