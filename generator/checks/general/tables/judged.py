"""Every sum that a table states, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.general.tables.blame import Judged, judge
from generator.checks.general.tables.equations.across import across
from generator.checks.general.tables.equations.balance import balance
from generator.checks.general.tables.equations.coded import down_by_codes
from generator.checks.general.tables.equations.equation import SumEquation
from generator.checks.general.tables.equations.labelled import down_by_names
from generator.checks.general.tables.equations.lists import down_lists
from generator.checks.general.tables.equations.officials import down_officials
from generator.checks.general.tables.understood.table import UnderstoodTable
from generator.core.memo import memo

_TABLES = 64
"""Two rules ask for the same tables, one after the other."""


def equations_of(table: UnderstoodTable) -> Iterator[SumEquation]:
    """Every sum that a table states."""
    for side in table.sides:
        yield from across(table, side)
        yield from down_by_codes(side)
        yield from down_by_names(side)
        officials = list(down_officials(side))
        yield from officials or down_lists(side)
    yield from balance(table)


@memo(_TABLES)
def judged_table(table: UnderstoodTable) -> Judged:
    """What became of the sums of a table."""
    return judge(equations_of(table))
