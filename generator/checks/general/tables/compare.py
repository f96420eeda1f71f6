"""Compares what the tables of a document state of one fact."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from generator.checks.general.tables.equations.equation import SummedCell
from generator.checks.general.tables.series import (
    TOTAL,
    Series,
    carried_over,
    series_of,
    subjects_carried_over,
)
from generator.checks.general.tables.understood.kinds import ColumnKind
from generator.checks.general.tables.understood.read import ReadTables, read_tables
from generator.checks.general.tables.understood.table import UnderstoodTable
from generator.core.memo import memo
from generator.drafts.words.text import folded
from generator.reading.document import ReadDocument

_CLASS = 3
_ENOUGH_AGREED = 3
"""So many subjects must agree where two totals do not."""
_APPROPRIATED = frozenset({ColumnKind.GENERAL, ColumnKind.APPROPRIATION})
_MOST_DIFFERING = 0.3
"""If more of the amounts that two columns share differ, or none agrees, they are no one fact."""


class DifferentAmounts(Struct, frozen=True, eq=False):
    """A subject with two amounts, each in its table."""

    key: str
    one: tuple[Series, SummedCell]
    other: tuple[Series, SummedCell]

    @property
    def gap(self) -> Decimal:
        """By how much they differ, in 元."""
        return abs(self.one[1].value - self.other[1].value)

    def is_in(self, table: UnderstoodTable) -> bool:
        """Whether one of them is in a table."""
        return table in (self.one[0].table, self.other[0].table)

    def cell_in(self, table: UnderstoodTable) -> SummedCell:
        """The cell that is in a table."""
        return self.one[1] if self.one[0].table is table else self.other[1]

    def across(self, table: UnderstoodTable) -> tuple[Series, SummedCell]:
        """The one that is in the other table."""
        return self.other if self.one[0].table is table else self.one


class Carried(Struct, frozen=True):
    """Whether money was carried over from the year before, and of which subjects.

    ``subjects`` are their codes and those above them; ``None`` if no table tells.
    """

    any: bool
    subjects: Set[str] | None


class ComparedAmounts(Struct, frozen=True):
    """How many amounts agree, those that do not, and those that only the units part."""

    agreed: int
    differences: tuple[DifferentAmounts, ...]
    other_units: tuple[tuple[DifferentAmounts, ...], ...] = ()
    """For each two tables with the same numbers in different units, the amounts of both."""


def differences_of(document: ReadDocument) -> tuple[DifferentAmounts, ...]:
    """The subjects that two tables of a document state otherwise."""
    return compared(document).differences


def compared(document: ReadDocument) -> ComparedAmounts:
    """What became of the comparison of all tables."""
    names = document.catalogue.functional.names if document.catalogue else {}
    classes = ((folded(name), code) for code, name in names.items() if len(code) == _CLASS)
    return _compared(read_tables(document), tuple(classes))


@memo(1)
def _compared(tables: ReadTables, classes: tuple[tuple[str, str], ...]) -> ComparedAmounts:
    series = list(series_of(tables.understood, dict(classes)))
    carried = Carried(carried_over(tables.understood), subjects_carried_over(tables.understood))
    agreed = 0
    differences: list[DifferentAmounts] = []
    other_units: dict[tuple[int, int], tuple[DifferentAmounts, ...]] = {}
    for one, other in combinations(series, 2):
        if one.table is not other.table and (one.fact == other.fact or _is_all(one, other)):
            if numbers := _alike_but_for_units(one, other):
                other_units.setdefault((id(one.table), id(other.table)), numbers)
                continue
            alike, found = _of_pair(one, other, carried)
            agreed += alike
            differences += found
    return ComparedAmounts(agreed, tuple(differences), tuple(other_units.values()))


def _alike_but_for_units(one: Series, other: Series) -> tuple[DifferentAmounts, ...]:
    """The amounts of two columns, if every number is the same and the units named are not."""
    if not (one.table.names_unit and other.table.names_unit):
        return ()
    shared = [(key, one.cells[key], other.cells[key]) for key in one.cells if key in other.cells]
    stated = [
        (key, mine, theirs)
        for key, mine, theirs in shared
        if mine.clear and theirs.clear and (mine.value or theirs.value)
    ]
    numbers = {mine.value / mine.column.unit.yuan for _, mine, _ in stated}
    alike = all(
        mine.column.unit is not theirs.column.unit
        and mine.value / mine.column.unit.yuan == theirs.value / theirs.column.unit.yuan
        for _, mine, theirs in stated
    )
    if not alike or len(numbers) < _ENOUGH_AGREED:
        return ()
    return tuple(
        DifferentAmounts(key, (one, mine), (other, theirs)) for key, mine, theirs in stated
    )


def _is_all(one: Series, other: Series) -> bool:
    """Whether one column is of all money, the other of one kind that makes up all of it.

    部门支出总表 and 一般公共预算支出表 with one total: then no subject has other money.
    """
    scopes = {one.fact.scope, other.fact.scope}
    functional = all(any(key.startswith("2") for key in each.cells) for each in (one, other))
    same_total = len(one.totals) == len(other.totals) == 1 and one.totals[0].may_equal(
        other.totals[0]
    )
    return (
        one.fact.nature == other.fact.nature
        and len(scopes) > 1
        and ColumnKind.TOTAL in scopes
        and bool(scopes & _APPROPRIATED)
        and functional
        and same_total
    )


def _of_pair(one: Series, other: Series, carried: Carried) -> tuple[int, list[DifferentAmounts]]:
    """How many amounts of two columns agree, and those that do not, if both state one fact.

    Where money was carried over and the totals differ, one of the columns may be without it: then
    only subjects are compared of which nothing was.
    """
    shared = [key for key in one.cells if key in other.cells]
    same_total = any(a.may_equal(b) for a in one.totals for b in other.totals)
    least = 1
    if carried.any and not same_total and not (one.without_carried and other.without_carried):
        if carried.subjects is None or one.fact.scope is ColumnKind.TOTAL:
            return 0, []
        shared = [key for key in shared if key != TOTAL and key not in carried.subjects]
        least = _ENOUGH_AGREED
    agreed, differing = 0, []
    for key in shared:
        mine, theirs = one.cells[key], other.cells[key]
        if not (mine.clear and theirs.clear) or not (mine.amount or theirs.amount):
            continue
        if _agree(mine, theirs):
            agreed += 1
        else:
            differing.append(DifferentAmounts(key, (one, mine), (other, theirs)))
    only_total = shared == [TOTAL]
    causes = len({each.gap for each in differing})
    most = max(1, int(_MOST_DIFFERING * (agreed + causes)))
    if not only_total and (causes > most or agreed < least):
        return 0, []
    return agreed, differing


def _agree(mine: SummedCell, theirs: SummedCell) -> bool:
    if mine.amount and theirs.amount:
        return mine.amount.may_equal(theirs.amount)
    amount = mine.amount or theirs.amount
    return amount is None or amount.value <= amount.half_step
