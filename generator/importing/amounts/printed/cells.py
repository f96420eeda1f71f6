"""Printed cells of the statements, each with the leaves it sums: what the leaf amounts obey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil

from msgspec import Struct

from generator.compute.ledger.entries import Condition
from generator.core.numbers.rounding import half_up
from generator.drafts.draft import Spot
from generator.drafts.words.amounts import Notation, PrintedAmount, fault_in, read_amount
from generator.drafts.words.units import Scale, Unit

_FEN_PER_YUAN = 100
_YUAN_PER_STEP = 100
_DUE = Scale()


class Leaf(Struct, frozen=True):
    """A leaf amount to be found: its dimensions, as in the ledger."""

    dimensions: Mapping[str, str]


class UnclearAmountError(ValueError):
    """A cell states no amount that can be counted on."""

    def __init__(self, amount: PrintedAmount, unit: Unit) -> None:
        super().__init__(amount.text)
        self.amount = amount
        self.fault = fault_in(amount, unit)


class CellAmount(Struct, frozen=True):
    """An amount as printed, in 元, and how far the exact one may be from it."""

    yuan: Decimal
    half_step: Decimal

    @property
    def steps(self) -> int:
        """The amount in steps of 0.01 万元."""
        return int(half_up(self.yuan / _YUAN_PER_STEP, Decimal(1)))

    @property
    def fen(self) -> tuple[int, int]:
        """The lowest and the highest whole 分 that print so, rounded half-up."""
        middle, half = self.yuan * _FEN_PER_YUAN, self.half_step * _FEN_PER_YUAN
        low, high = ceil(middle - half), ceil(middle + half) - 1
        return low, max(low, high)


class PrintedCell(Struct, frozen=True):
    """A cell as printed; ``amount`` is ``None`` for an empty cell: exactly nothing."""

    statement: str
    row: str
    column: str
    text: str
    amount: CellAmount | None
    conditions: tuple[Condition, ...]
    spot: Spot | None

    @property
    def name(self) -> str:
        """The cell in words."""
        row = f"“{self.row}”行" if self.row else ""  # the only row of its table has no name
        column = f"“{self.column}”栏" if self.column else ""
        return f"{self.statement}{row}{column}"


class LeafIndex:
    """The leaves of a book, found by what they must meet."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.leaves = tuple(leaves)
        self._by_value: dict[tuple[str, str], set[int]] = {}
        for index, leaf in enumerate(self.leaves):
            for pair in leaf.dimensions.items():
                self._by_value.setdefault(pair, set()).add(index)

    def meeting(self, conditions: Iterable[Condition]) -> tuple[int, ...]:
        """The leaves that meet all of the conditions, in order."""
        sets = [
            set[int]().union(*(self._by_value.get((dimension, value), ()) for value in values))
            for condition in conditions
            for dimension, values in condition.items()
        ]
        if not sets:
            return tuple(range(len(self.leaves)))
        smallest = min(sets, key=len)
        return tuple(sorted(smallest.intersection(*sets)))


def cell_amount(text: str, scale: Scale = _DUE) -> CellAmount | None:
    """What a cell of a column says of the sum of its leaves; ``None`` if empty.

    Raises:
        UnclearAmountError: if it is no amount that can be counted on.
    """
    amount = read_amount(text)
    if amount.notation is Notation.NOTHING or (amount.usable and _is_bare_zero(amount)):
        return None
    yuan = amount.in_yuan(scale.unit)
    if yuan is None or not amount.usable:
        raise UnclearAmountError(amount, scale.unit)
    step = max(scale.grain, amount.step_in_yuan() if amount.unit else Decimal(0))
    return CellAmount(yuan, step / 2)


def _is_bare_zero(amount: PrintedAmount) -> bool:
    """``0`` is how some leave a cell empty; ``0.00`` is an amount that rounds to it."""
    return not amount.value and amount.step == 1


def holds_amount(text: str) -> bool:
    """Whether a cell holds an amount that is not nothing."""
    try:
        return cell_amount(text) is not None
    except UnclearAmountError:
        return False
