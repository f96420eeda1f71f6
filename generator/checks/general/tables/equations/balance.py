"""收入总计 = 支出总计, and 本年收入合计 + 上年结转 on either side of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.general.tables.equations.equation import SumEquation, SummedCell
from generator.checks.general.tables.understood.kinds import WHOLE, plain_title
from generator.checks.general.tables.understood.table import (
    TableSide,
    UnderstoodColumn,
    UnderstoodTable,
)
from generator.core.text.patterns import late_pattern

_INCOME, _EXPENDITURE = (late_pattern(rf".{{0,6}}{word}(总计|总额)") for word in ("收入", "支出"))


def balance(table: UnderstoodTable) -> Iterator[SumEquation]:
    """The equation of both totals, if a table states each of them once."""
    income = grand_totals(table, _INCOME)
    expenditure = grand_totals(table, _EXPENDITURE)
    if len(income) == len(expenditure) == 1 and income[0].amount and expenditure[0].amount:
        yield SumEquation("balance", income[0], (expenditure[0],), "收入总计＝支出总计")


def grand_totals(table: UnderstoodTable, name: re.Pattern[str]) -> list[SummedCell]:
    """The cells of the totals with a name, each in the column of its side that is the whole."""
    return [
        SummedCell(line, column)
        for side in table.sides
        if (column := whole_column(side))
        for line in side.lines
        if name.fullmatch(plain_title(line.name))
    ]


def whole_column(side: TableSide) -> UnderstoodColumn | None:
    """The column of a side that holds the whole of a row: 合计, or its only amount."""
    wholes = [column for column in side.amounts if column.kind in WHOLE]
    if wholes:
        return wholes[0]
    return side.amounts[0] if len(side.amounts) == 1 else None
