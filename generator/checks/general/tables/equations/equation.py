"""Sums that a table states by its heads and rows, and by how much printed amounts miss them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from generator.checks.general.tables.understood.kinds import ColumnKind
from generator.checks.general.tables.understood.money import Money
from generator.checks.general.tables.understood.table import UnderstoodColumn, UnderstoodRow

_ZERO = Decimal(0)


class SummedCell(Struct, frozen=True):
    """A cell of a table by its row and column; ``amount`` is ``None`` if nothing is printed."""

    line: UnderstoodRow
    column: UnderstoodColumn

    @property
    def at(self) -> tuple[int, int]:
        """Row and column."""
        return self.line.at, self.column.at

    @property
    def amount(self) -> Money | None:
        """What it prints."""
        return self.line.amounts.get(self.column.at)

    @property
    def clear(self) -> bool:
        """Whether it holds an amount or nothing, not words."""
        return self.column.at not in self.line.unclear

    @property
    def value(self) -> Decimal:
        """Its amount in 元; an empty cell is zero."""
        return self.amount.value if self.amount else _ZERO


def of_column(family: str, column: UnderstoodColumn) -> tuple[str, bool]:
    """The family of the sums down a column, and whether its head says that it can be summed.

    Whether one without a known name can be is for its own sums to show.
    """
    if column.kind is ColumnKind.UNNAMED:
        return f"{family} column {column.at}", False
    return family, True


@dataclass(frozen=True, eq=False)  # without slots, for what is worked out once
class SumEquation:
    """A cell that is the sum of others.

    Attributes:
        family: the same for all sums of a table that hold, or by design do not, together.
        words: what the sum says, in words.
        sure: whether the heads alone say that the parts are all there are.
        down: whether the parts are rows below or above, not columns beside.
    """

    family: str
    whole: SummedCell
    parts: tuple[SummedCell, ...]
    words: str
    sure: bool = True
    down: bool = False

    @cached_property
    def cells(self) -> tuple[SummedCell, ...]:
        """Every cell of it."""
        return (self.whole, *self.parts)

    @cached_property
    def gap(self) -> Decimal:
        """The whole without its parts, in 元."""
        return self.whole.value - sum((part.value for part in self.parts), _ZERO)

    @cached_property
    def bound(self) -> Decimal:
        """The largest gap that rounding explains: half a step for each printed amount.

        Two amounts that must be one are rounded alike: there is no such gap if both are printed
        with the same step.
        """
        printed = [cell.amount for cell in self.cells if cell.amount]
        halves = {amount.half_step for amount in printed if amount.value}
        if len(self.parts) == 1 and len(halves) == 1:
            return _ZERO
        return sum((amount.half_step for amount in printed), _ZERO)

    @property
    def holds(self) -> bool:
        """Whether the printed amounts can be rounded from exact ones that sum up."""
        return abs(self.gap) <= self.bound

    @property
    def usable(self) -> bool:
        """Whether all of its cells can be read, and any is printed."""
        return all(cell.clear for cell in self.cells) and any(cell.amount for cell in self.cells)
