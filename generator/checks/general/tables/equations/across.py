"""Sums across a row: 合计 = 基本支出 + 项目支出, the funds, the sources, 三公 and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from generator.checks.general.tables.equations.equation import SumEquation, SummedCell
from generator.checks.general.tables.understood.head import Node
from generator.checks.general.tables.understood.kinds import (
    BY_NATURE,
    FUNDS,
    OFFICIAL,
    SOURCES,
    VEHICLES,
    ColumnKind,
    is_never_summed,
    kind_of_words,
)
from generator.checks.general.tables.understood.table import (
    TableSide,
    UnderstoodColumn,
    UnderstoodTable,
)
from generator.core.records import replace

_FAMILIES = (BY_NATURE, SOURCES, OFFICIAL, VEHICLES)
_FLAT = OFFICIAL - {ColumnKind.VEHICLES} | VEHICLES
"""The parts of 三公 where 公务用车 has no sum of its own."""
_ENOUGH_SOURCES = 3


class _Part(Struct, frozen=True):
    """A part of a sum: the columns that make it, and what it is."""

    kind: ColumnKind
    columns: tuple[UnderstoodColumn, ...]
    is_leaf: bool


class RowSum(Struct, frozen=True):
    """A sum that every row of a side states: one column, and those it is the sum of.

    ``lacking`` if a column beside them may be a part as well: then the whole may be larger.
    """

    whole: UnderstoodColumn
    parts: tuple[UnderstoodColumn, ...]
    sure: bool
    lacking: bool = False

    @property
    def words(self) -> str:
        """The sum in the words of the head."""
        return f"{self.whole.title}＝{'＋'.join(column.title for column in self.parts)}"


def across(table: UnderstoodTable, side: TableSide) -> Iterator[SumEquation]:
    """The sums of every row of a side."""
    for row_sum in row_sums(table.root, side):
        for equation in _equations(row_sum, side):
            if not (row_sum.lacking and equation.gap > equation.bound):
                yield equation


def _equations(row_sum: RowSum, side: TableSide) -> Iterator[SumEquation]:
    family = f"across {row_sum.whole.at} {[part.at for part in row_sum.parts]}"
    for line in side.lines:
        parts = tuple(SummedCell(line, column) for column in row_sum.parts)
        if any(part.amount for part in parts) or any(not part.clear for part in parts):
            yield SumEquation(
                family,
                SummedCell(line, row_sum.whole),
                parts,
                row_sum.words,
                row_sum.sure,
                down=False,
            )


def row_sums(root: Node, side: TableSide) -> Iterator[RowSum]:
    """What the head says of a side's columns."""
    by_place = {column.at: column for column in side.columns}
    yield from _sums_below(root, by_place, side)


def _sums_below(
    node: Node, columns: dict[int, UnderstoodColumn], side: TableSide
) -> Iterator[RowSum]:
    for child in node.children:
        yield from _sums_below(child, columns, side)
    inside = [child for child in node.children if child.first in columns]
    totals = [child for child in inside if _is_total(child, columns)]
    if len(totals) != 1:
        return
    whole = columns[totals[0].first]
    parts = [part for child in inside if child is not totals[0] and (part := _part(child, columns))]
    strange = any(_may_be_money(child, columns) for child in inside)
    by_name = list(_by_name(whole, parts, side, strange=strange))
    if any(part.kind in (ColumnKind.UNNAMED, ColumnKind.OTHER) for part in parts):
        every = _sum(whole, parts, sure=False)
        of_whole = [each for each in by_name if each.whole is whole]
        by_design = [each for each in (every, *of_whole) if _holds_mostly(each, side)]
        yield from by_design[:1] or [replace(each, lacking=True) for each in of_whole]
        by_name = [each for each in by_name if each.whole is not whole]
    yield from by_name


def _by_name(
    whole: UnderstoodColumn, parts: Sequence[_Part], side: TableSide, *, strange: bool
) -> Iterator[RowSum]:
    """The sums of parts that are known by their names."""
    for family in (BY_NATURE, SOURCES):
        own = [part for part in parts if part.kind in family]
        if family is SOURCES:
            yield from _of_sources(whole, own, side, strange=strange)
        elif len(own) > 1:
            yield _sum(whole, own, sure=_is_whole(family, own))
    yield from _of_official_expenses(whole, parts)


def _of_official_expenses(whole: UnderstoodColumn, parts: Sequence[_Part]) -> Iterator[RowSum]:
    """三公 and its parts, 公务用车 and its own, on one level of the head or on two."""
    vehicles = [part for part in parts if part.kind in VEHICLES]
    upper = [part for part in parts if part.kind is ColumnKind.VEHICLES]
    others = [part for part in parts if part.kind in OFFICIAL and part not in upper]
    if len(upper) == 1 and upper[0].is_leaf and len(vehicles) > 1:
        yield _sum(upper[0].columns[0], vehicles, sure=True)
    if others:
        own = [*others, *(upper or vehicles)]
        if len(own) > 1:
            yield _sum(whole, own, sure=_is_whole(OFFICIAL if upper else _FLAT, own))
    elif not upper and len(vehicles) > 1:
        yield _sum(whole, vehicles, sure=_is_whole(VEHICLES, vehicles))


def _is_total(node: Node, columns: dict[int, UnderstoodColumn]) -> bool:
    return not node.children and columns[node.first].kind is ColumnKind.TOTAL


def _may_be_money(node: Node, columns: dict[int, UnderstoodColumn]) -> bool:
    """Whether a column is called what nobody else calls one, and nothing that is never summed."""
    kind = columns[node.first].kind
    return not node.children and kind is ColumnKind.OTHER and not is_never_summed(node.text)


def _part(node: Node, columns: dict[int, UnderstoodColumn]) -> _Part | None:
    """What a child of the head adds: its own total if it has one, else all that is below it."""
    own = [child for child in node.children if _is_total(child, columns)]
    leaves = own if len(own) == 1 else list(node.leaves())
    found = tuple(columns[leaf.first] for leaf in leaves if leaf.first in columns)
    if not found or not all(column.holds_amounts for column in found):
        return None
    kind = found[0].kind if not node.children else kind_of_words(node.text)
    if kind is ColumnKind.OTHER or kind is ColumnKind.AMOUNT:
        kinds = {columns[leaf.first].kind for leaf in node.leaves() if leaf.first in columns}
        kind = next((k for k in kinds if any(k in family for family in _FAMILIES)), kind)
    return _Part(kind, found, is_leaf=not node.children)


def _sum(whole: UnderstoodColumn, parts: Iterable[_Part], *, sure: bool) -> RowSum:
    return RowSum(whole, tuple(column for part in parts for column in part.columns), sure)


def _is_whole(family: frozenset[ColumnKind], parts: Sequence[_Part]) -> bool:
    """Whether the parts of a family are all that there can be."""
    kinds = {part.kind for part in parts}
    if family is BY_NATURE:
        return kinds >= {ColumnKind.BASIC, ColumnKind.PROJECT} or kinds == {
            ColumnKind.PERSONNEL,
            ColumnKind.PUBLIC,
        }
    return kinds == family


def _of_sources(
    whole: UnderstoodColumn, parts: Sequence[_Part], side: TableSide, *, strange: bool
) -> Iterator[RowSum]:
    """The sums of sources, of which some may be subtotals of others beside them.

    A place may call a source what nobody else does: beside such a ``strange`` column, a whole that
    is larger than the parts that are understood is no fault.
    """
    upper = [part for part in parts if part.kind is ColumnKind.APPROPRIATION and part.is_leaf]
    funds = [part for part in parts if part.kind in FUNDS and part.is_leaf]
    if upper and funds:
        parts = [part for part in parts if part not in funds]
        yield _sum(upper[0].columns[0], funds, sure=False)
    this_year = [part for part in parts if part.kind is ColumnKind.THIS_YEAR and part.is_leaf]
    beside = [part for part in parts if part.kind is ColumnKind.CARRY_OVER]
    rest = [part for part in parts if part not in this_year and part not in beside]
    if this_year and rest:
        yield _sum(this_year[0].columns[0], rest, sure=False)
        parts = [*this_year, *beside]
    if len(parts) < 2:  # noqa: PLR2004
        return
    kinds = {part.kind for part in parts}
    sure = kinds >= FUNDS or len(parts) >= _ENOUGH_SOURCES or ColumnKind.THIS_YEAR in kinds
    choices = [_sum(whole, parts, sure=sure)]
    if beside and len(parts) > len(beside) + 1:
        choices.append(_sum(whole, [p for p in parts if p not in beside], sure=sure))
    best = min(choices, key=lambda choice: _broken(choice, side))
    yield replace(best, lacking=strange)


def _holds_mostly(row_sum: RowSum, side: TableSide) -> bool:
    """Whether columns make up a total in nearly every row; one that is the total tells nothing."""
    every = [equation for equation in _equations(row_sum, side) if equation.usable]
    broken = sum(not each.holds for each in every)
    held = sum(each.holds and sum(part.value > 0 for part in each.parts) > 1 for each in every)
    return held > 1 and broken <= max(1, held // 3)


def _broken(row_sum: RowSum, side: TableSide) -> int:
    """In how many rows a sum does not hold: 合计 may be without 上年结转 beside it."""
    return sum(equation.usable and not equation.holds for equation in _equations(row_sum, side))
