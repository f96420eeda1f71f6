"""Ties two books that hold the same money: what is rounded twice stays one sum.

The statement by function and the one by economic subject print the basic expenditure of the
general public budget each in its own way. Their amounts in 元 are found one by one, and may differ
by some 元 though both print alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.compute.ledger.entries import Book, Condition
from generator.importing.amounts.printed.cells import CellAmount, Leaf, LeafIndex, PrintedCell
from generator.importing.amounts.solving.solved import Solved, solved
from generator.model.budget import BudgetYear, Expenditure
from generator.model.vocabulary import BasicKind

_CLOSE = 100
"""元: sums of two tables that print alike are at most a step of 0.01 万元 apart."""
_BASIC = (Expenditure.BASIC.value, *(kind.value for kind in BasicKind))
_HALF_FEN = Decimal("0.005")


def shared(book: Book, general: str) -> tuple[Condition, ...]:
    """Which leaves of 收支 or of 基本支出经济科目 are the money that both hold."""
    if book is Book.ECONOMIC:
        return ()
    return (
        {
            "支出类别": frozenset({Expenditure.BASIC.value}),
            "资金来源": frozenset({general}),
            "预算年度": frozenset({BudgetYear.CURRENT.value}),
        },
    )


def tied_total(answer: Solved, conditions: Sequence[Condition]) -> Decimal:
    """What the leaves add up to that meet conditions, in 元."""
    leaves = LeafIndex(answer.leaves).meeting(conditions)
    return sum((answer.amounts[leaf] for leaf in leaves), Decimal(0))


def basic_total(lines: Sequence[Mapping[str, Any]], source: str) -> Decimal:
    """This year's basic expenditure of a source in the section 收支, in 元."""
    amounts = (
        Decimal(line.get(BudgetYear.CURRENT.value, {}).get(kind, {}).get(source, "0"))
        for line in lines
        for kind in _BASIC
    )
    return sum(amounts, Decimal(0))


def tied(
    answer: Solved,
    leaves: Sequence[Leaf],
    cells: Sequence[PrintedCell],
    conditions: tuple[Condition, ...],
    to: Decimal,
) -> Solved:
    """Amounts of which some add up to a total, if they print every cell as well.

    Args:
        answer: the leaves with amounts that are free to be rounded.
        leaves: what they are.
        cells: the cells that they print.
        conditions: which of them add up.
        to: the total in 元. One that is further off is another: the document says so itself.
    """
    off = abs(tied_total(answer, conditions) - to)
    if not to or not 0 < off <= _CLOSE:
        return answer
    sum_of_both = PrintedCell("", "", "", "", CellAmount(to, _HALF_FEN), conditions, None)
    other = solved(leaves, [*cells, sum_of_both])
    return other if len(other.contradictions) <= len(answer.contradictions) else answer
