"""The leaf amounts of one book: solved from its printed cells, with what contradicts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.importing.leaf_cells import Leaf, LeafIndex, PrintedCell
from generator.importing.leaf_solver import FEN, YUAN, Sum, contradicting, fitting


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A cell that the leaves cannot give, what they give, and the leaves it sums."""

    cell: PrintedCell
    given: Decimal
    leaves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """Leaves with their amounts in 元, and the cells that do not fit."""

    leaves: tuple[Leaf, ...]
    amounts: tuple[Decimal, ...]
    contradictions: tuple[Contradiction, ...] = ()


def solved(leaves: Sequence[Leaf], cells: Sequence[PrintedCell]) -> Solved:
    """Amounts from which every cell prints as it does; where none are, all but the fewest."""
    index = LeafIndex(leaves)
    sums = [_sum(index.meeting(cell.conditions), cell) for cell in cells]
    amounts = _amounts(len(leaves), sums)
    if amounts is not None:
        return Solved(index.leaves, amounts)
    left_out = set(contradicting(len(leaves), sums))
    kept = [each for number, each in enumerate(sums) if number not in left_out]
    amounts = _amounts(len(leaves), kept) or (Decimal(0),) * len(leaves)
    wrong = tuple(
        Contradiction(cells[number], given, each.leaves)
        for number, each in enumerate(sums)
        if not _prints(each, given := sum((amounts[leaf] for leaf in each.leaves), Decimal(0)))
    )
    return Solved(index.leaves, amounts, wrong)


def _sum(leaves: tuple[int, ...], cell: PrintedCell) -> Sum:
    amount = cell.amount
    return Sum(leaves, amount.steps, amount.fen) if amount else Sum(leaves, None)


def _amounts(count: int, sums: Sequence[Sum]) -> tuple[Decimal, ...] | None:
    """Whole 元 where they do, otherwise 分."""
    for fineness in (YUAN, FEN):
        units = fitting(count, sums, fineness)
        if units is not None:
            return tuple(Decimal(each * YUAN) / fineness for each in units)
    return None


def _prints(each: Sum, given: Decimal) -> bool:
    low, high = each.limits(FEN)
    return low <= given * FEN / YUAN <= high
