"""Sums of 三公 in rows below their total: 合计, then the items, 公务用车 and its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.general.tables.equations.equation import SumEquation, SummedCell, of_column
from generator.checks.general.tables.equations.labelled import row_kind
from generator.checks.general.tables.equations.row_names import is_total_row
from generator.checks.general.tables.understood.kinds import (
    OFFICIAL,
    VEHICLES,
    ColumnKind,
    plain_title,
)
from generator.checks.general.tables.understood.table import TableSide, UnderstoodRow


def down_officials(side: TableSide) -> Iterator[SumEquation]:
    """The sums of 三公, if the first row is the total and the others are its items, each once."""
    lines = [line for line in side.lines if line.name]
    if side.coded or not lines or not is_total_row(lines[0]):
        return
    total, *rest = lines
    items = {row_kind(line.name): line for line in rest}
    kinds = set(items)
    if len(items) < len(rest) or not kinds <= OFFICIAL | VEHICLES:
        return
    if kinds >= VEHICLES and ColumnKind.VEHICLES in kinds:
        own = [line for kind, line in items.items() if kind in VEHICLES]
        yield from _sums(side, items[ColumnKind.VEHICLES], own)
    flat = OFFICIAL - {ColumnKind.VEHICLES} | VEHICLES
    whole = OFFICIAL if ColumnKind.VEHICLES in kinds else flat
    if kinds >= whole:
        yield from _sums(side, total, [line for kind, line in items.items() if kind in whole])


def _sums(
    side: TableSide, whole: UnderstoodRow, parts: Sequence[UnderstoodRow]
) -> Iterator[SumEquation]:
    words = f"{whole.name}＝{'＋'.join(plain_title(part.name) for part in parts)}"
    for column in side.amounts:
        cells = tuple(SummedCell(line, column) for line in parts)
        own, sure = of_column(f"officials {whole.at}", column)
        yield SumEquation(own, SummedCell(whole, column), cells, words, sure, down=True)
