"""Which leaf amounts the printed cells leave open: another amount would print the same cells.

A whole document tells every leaf, but for roundings. A table alone often does not: that of
expenditure says nothing of the sources. What the solver then chooses is no reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from generator.importing.amounts.solving.program import Program
from generator.importing.amounts.solving.solver import YUAN, Sum, bounds_of

_ROUNDING = Decimal(1000)
"""元 that an amount may be off because sums are printed rounded; small ones, half of theirs."""
_ZERO = 1e-9


def undetermined(amounts: Sequence[Decimal], sums: Sequence[Sum]) -> frozenset[int]:
    """The leaves with an amount that could be another one, and all sums print as they do.

    Args:
        amounts: in 元, an amount of each leaf; together they print all sums.
        sums: the printed sums.
    """
    bounds = bounds_of(sums, YUAN)
    exact = {leaves: limits for leaves, limits in bounds.items() if leaves}
    filled = [leaf for leaf in _movable(exact) if amounts[leaf]]
    return frozenset(
        leaf
        for leaf in filled
        if any(_could_be_other(leaf, amounts[leaf], exact, cost) for cost in (1, -1))
    )


def _movable(bounds: Mapping[tuple[int, ...], object]) -> list[int]:
    """The leaves that could change without any sum changing, if amounts could be negative."""
    sums = {frozenset(each) for each in bounds}
    while fixed := frozenset().union(*(each for each in sums if len(each) == 1)):
        sums = {each - fixed for each in sums}  # the rest of each sum is as fixed as the sum
    leaves = sorted(frozenset().union(*sums))
    if not leaves:
        return []
    at = {leaf: column for column, leaf in enumerate(leaves)}
    matrix = np.zeros((len(sums), len(leaves)))
    for row, each in enumerate(sorted(sums, key=sorted)):
        matrix[row, [at[leaf] for leaf in each]] = 1
    _, sizes, basis = np.linalg.svd(matrix)
    rank = int((sizes > _ZERO * max(matrix.shape)).sum())
    freedom = np.abs(basis[rank:]).max(axis=0, initial=0)
    return [leaf for leaf in leaves if freedom[at[leaf]] > _ZERO * len(leaves)]


def _could_be_other(
    leaf: int, amount: Decimal, bounds: Mapping[tuple[int, ...], tuple[int, int]], cost: int
) -> bool:
    """Whether a leaf could be off its amount by more than what roundings explain.

    Args:
        leaf: the leaf.
        amount: its amount in 元.
        bounds: for sets of leaves the least and the greatest sum in 元.
        cost: 1 to look for less, -1 for more.
    """
    program = Program()
    every = sorted({other for leaves in bounds for other in leaves})
    columns = {each: program.column(cost=cost if each == leaf else 0) for each in every}
    for leaves, (low, high) in bounds.items():
        program.row(low, max(low, high), {columns[leave]: 1.0 for leave in leaves})
    values = program.solve()
    other = Decimal(values[columns[leaf]]) if values else amount
    return abs(other - amount) > min(_ROUNDING, amount / 2)
