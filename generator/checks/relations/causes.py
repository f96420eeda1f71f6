"""Which broken comparisons have the same cause: a table without data, or one wrong cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.relations.relations import Addend, ComparedSides
from generator.reading.document import DocumentTable


class Cause(Struct, frozen=True):
    """Broken comparisons of one cause; the first is the one to tell of.

    Attributes:
        empty_table: the table without data that they contradict, if it is one.
        suspect: the cell that all of them share and that others confirm least.
        whole_row: whether they share no one cell, but the row of ``suspect``.
    """

    broken: tuple[ComparedSides, ...]
    empty_table: str = ""
    suspect: Addend | None = None
    whole_row: bool = False


def causes_of_breaks(
    comparisons: Iterable[ComparedSides], tables: Mapping[str, DocumentTable]
) -> Iterator[Cause]:
    """The broken comparisons by cause, empty tables first, otherwise in the pack's order."""
    confirmed: Counter[str] = Counter()
    broken: list[ComparedSides] = []
    for comparison in comparisons:
        if not comparison.holds:
            broken.append(comparison)
        elif comparison.equation.relation == "=":
            confirmed.update(_cells(comparison))
    empty = {number for number, table in tables.items() if _is_empty(table)}
    by_table: dict[str, list[ComparedSides]] = defaultdict(list)
    for comparison in broken:
        known = all(confirmed[address] for address in _amounts(comparison))
        by_table[_contradicted(comparison, empty) if known else ""].append(comparison)
    others = by_table.pop("", [])
    for number, group in by_table.items():
        largest_first = sorted(group, key=lambda each: (-abs(each.difference), _rank(each)))
        yield Cause(tuple(largest_first), empty_table=number)
    for component in _components(others):
        ordered = tuple(sorted(component, key=_rank))
        cell = _suspect(ordered, confirmed)
        row = None if cell else _suspect_row(ordered)
        yield Cause(ordered, suspect=cell or row, whole_row=row is not None)


def _rank(comparison: ComparedSides) -> tuple[bool, int]:
    """Errors before warnings, then as the pack has them: the deepest level first."""
    return not comparison.relation.code.startswith("E"), comparison.relation.order


def _cells(comparison: ComparedSides) -> Iterator[str]:
    return (addend.cell.address for addend in comparison.addends if addend.cell is not None)


def _amounts(comparison: ComparedSides) -> Iterator[str]:
    """The cells that hold an amount: where none confirms it, it may be wrong, not the table."""
    cells = (addend.cell for addend in comparison.addends if addend.value)
    return (cell.address for cell in cells if cell is not None)


def _is_empty(table: DocumentTable) -> bool:
    return not any(
        cell.amount is None or cell.amount.value
        for row in table.rows
        for cell in row.cells.values()
    )


def _contradicted(comparison: ComparedSides, empty: Collection[str]) -> str:
    """The empty table whose missing amounts would mend a comparison; empty if there is none."""
    sides = ((comparison.equation.left, 1), (comparison.equation.right, -1))
    for terms, side in sides:
        for term in terms:
            lacks = comparison.difference * side * term.sign < 0
            if lacks and term.table in empty:
                return term.table
    return ""


# One wrong cell


def _components(broken: Sequence[ComparedSides]) -> Iterator[list[ComparedSides]]:
    """Comparisons that hang together: same difference and a common cell, or one relation and row.

    Only neighbours are joined: two mistakes of the same size elsewhere stay apart.
    """
    parents = list(range(len(broken)))

    def root(index: int) -> int:
        while parents[index] != index:
            index = parents[index]
        return index

    for one, other in _pairs(broken):
        parents[root(other)] = root(one)
    members: dict[int, list[ComparedSides]] = defaultdict(list)
    for index, comparison in enumerate(broken):
        members[root(index)].append(comparison)
    yield from members.values()


def _pairs(broken: Sequence[ComparedSides]) -> Iterator[tuple[int, int]]:
    """Indexes of broken comparisons that have the same cause."""
    by_cell: dict[str, list[int]] = defaultdict(list)
    by_row: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, comparison in enumerate(broken):
        for address in _cells(comparison):
            by_cell[address].append(index)
        by_row[comparison.equation.text, comparison.binding.key].append(index)
    for indexes in by_cell.values():
        for position, one in enumerate(indexes):
            for other in indexes[position + 1 :]:
                if _alike(broken[one], broken[other]):
                    yield one, other
    for indexes in by_row.values():
        if _add_up([broken[index] for index in indexes]):
            yield from ((indexes[0], other) for other in indexes[1:])


def _alike(one: ComparedSides, other: ComparedSides) -> bool:
    distance = abs(abs(one.difference) - abs(other.difference))
    return distance <= one.tolerance + other.tolerance


def _add_up(columns: Sequence[ComparedSides]) -> bool:
    """Whether a row lacks the same amount by column and in total, or has it in another column."""
    largest, *rest = sorted(columns, key=lambda each: -abs(each.difference))
    others = sum((each.difference for each in rest), Decimal(0))
    tolerance = sum(column.tolerance for column in columns)
    return any(abs(largest.difference - sign * others) <= tolerance for sign in (1, -1))


def _suspect(broken: Sequence[ComparedSides], confirmed: Mapping[str, int]) -> Addend | None:
    """The one cell in all of several broken comparisons that is least confirmed by others."""
    shared = set(_cells(broken[0]))
    for comparison in broken[1:]:
        shared &= set(_cells(comparison))
    ranked = sorted((confirmed.get(address, 0), address) for address in shared)
    if len(broken) == 1 or not ranked:
        return None
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return next(
        addend
        for addend in broken[0].addends
        if addend.cell is not None and addend.cell.address == ranked[0][1]
    )


def _suspect_row(broken: Sequence[ComparedSides]) -> Addend | None:
    """A cell of the only row that all of several broken comparisons share."""
    shared = set.intersection(*(set(_rows(each)) for each in broken))
    if len(broken) == 1 or len(shared) != 1:
        return None
    row = shared.pop()
    return next(addend for addend in broken[0].addends if _row(addend) == row)


def _rows(comparison: ComparedSides) -> Iterator[tuple[str, str, str]]:
    return (row for row in map(_row, comparison.addends) if row is not None)


def _row(addend: Addend) -> tuple[str, str, str] | None:
    row = addend.row
    return (addend.term.table, row.block, row.key) if row is not None else None
