"""The leaf amounts of one book: solved from its printed cells, with what contradicts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.core.memo import memo
from generator.core.records import replace
from generator.importing.amounts.printed.cells import Leaf, LeafIndex, PrintedCell
from generator.importing.amounts.solving.clarity import undetermined
from generator.importing.amounts.solving.solver import FEN, YUAN, Sum, contradicting, fitting_leaves


class Contradiction(Struct, frozen=True):
    """A cell that the leaves cannot give, what they give, and the leaves it sums."""

    cell: PrintedCell
    given: Decimal
    leaves: tuple[int, ...]


class Undivided(Struct, frozen=True):
    """A cell whose amount could be divided otherwise among the leaves it sums.

    Attributes:
        cell: the least cell that holds the amount.
        chosen: the leaves that have been given the amount, one of several ways.
        leaves: all that may have it.
    """

    cell: PrintedCell
    chosen: tuple[int, ...]
    leaves: tuple[int, ...]


class Solved(Struct, frozen=True):
    """Leaves with their amounts in 元, the cells that do not fit, and what is not unique."""

    leaves: tuple[Leaf, ...]
    amounts: tuple[Decimal, ...]
    contradictions: tuple[Contradiction, ...] = ()
    undivided: tuple[Undivided, ...] = ()

    def without_guesses(self) -> Solved:
        """The same with nothing if another amount would print the same cells."""
        guessed = {leaf for each in self.undivided for leaf in each.chosen}
        clear = (Decimal(0) if n in guessed else each for n, each in enumerate(self.amounts))
        return replace(self, amounts=tuple(clear))


def solved(leaves: Sequence[Leaf], cells: Sequence[PrintedCell]) -> Solved:
    """Amounts from which every cell prints as it does; where none are, all but the fewest."""
    index = LeafIndex(leaves)
    sums = [_sum(index.meeting(cell.conditions), cell) for cell in cells]
    kept = list(range(len(sums)))
    wrong: tuple[Contradiction, ...] = ()
    amounts = _amounts(len(leaves), tuple(sums))
    if amounts is None:
        left_out = set(contradicting(len(leaves), sums))
        kept = [number for number in kept if number not in left_out]
        amounts = _amounts(len(leaves), tuple(sums[number] for number in kept))
        amounts = amounts or (Decimal(0),) * len(leaves)
        wrong = tuple(
            Contradiction(cells[number], given, each.leaves)
            for number, each in enumerate(sums)
            if not _prints(each, given := sum((amounts[leaf] for leaf in each.leaves), Decimal(0)))
        )
    holding = [(sums[number], cells[number]) for number in kept]
    unclear = undetermined(amounts, [each for each, _ in holding])
    return Solved(index.leaves, amounts, wrong, tuple(_undivided(unclear, holding)))


def _undivided(
    unclear: Iterable[int], holding: Sequence[tuple[Sum, PrintedCell]]
) -> Iterator[Undivided]:
    """The least cells that hold unclear amounts, each with the leaves that may have them."""
    nothing = {leaf for each, _ in holding if each.steps is None for leaf in each.leaves}
    parts: dict[int, list[int]] = {}
    for leaf in sorted(unclear):
        numbers = (n for n, (each, _) in enumerate(holding) if leaf in each.leaves)
        least = min(numbers, key=lambda n: (len(holding[n][0].leaves), -n))
        parts.setdefault(least, []).append(leaf)
    for number, of_cell in parts.items():
        each, cell = holding[number]
        options = tuple(leaf for leaf in each.leaves if leaf not in nothing)
        yield Undivided(cell, tuple(of_cell), options)


def _sum(leaves: tuple[int, ...], cell: PrintedCell) -> Sum:
    amount = cell.amount
    return Sum(leaves, amount.steps, amount.fen) if amount else Sum(leaves, None)


@memo(64)  # amounts tied to each other are solved again and again
def _amounts(count: int, sums: tuple[Sum, ...]) -> tuple[Decimal, ...] | None:
    """Whole 元 where they do, otherwise 分."""
    for fineness in (YUAN, FEN):
        units = fitting_leaves(count, sums, fineness)
        if units is not None:
            return tuple(Decimal(unit * YUAN) / fineness for unit in units)
    return None


def _prints(each: Sum, given: Decimal) -> bool:
    low, high = each.limits(FEN)
    return low <= given * FEN / YUAN <= high
