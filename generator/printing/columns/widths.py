"""Shares a table's width out so that no amount is cut: columns of text give, they can wrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnNeeds:
    """A column and what it needs, in points.

    Attributes:
        width: what the pack gives it.
        amounts: what its amounts need; 0 if it holds none.
        words: what it keeps at least when others need its room.
    """

    width: float
    amounts: float
    words: float

    @property
    def least(self) -> float:
        """What is not taken from it."""
        return max(self.amounts, min(self.words, self.width))


def fitting_widths(columns: Sequence[ColumnNeeds]) -> list[float] | None:
    """Widths of the same sum that hold all amounts, or nothing if there are none.

    Columns of text give first, in proportion to what they can spare, then columns whose amounts
    need less than they have.
    """
    widths = [max(column.width, column.amounts) for column in columns]
    excess = sum(widths) - sum(column.width for column in columns)
    for of_text in (True, False):
        spare = [
            width - column.least if (column.amounts == 0) == of_text else 0.0
            for width, column in zip(widths, columns, strict=True)
        ]
        given = min(excess, sum(spare))
        if given > 0:
            share = given / sum(spare)
            widths = [width - each * share for width, each in zip(widths, spare, strict=True)]
            excess -= given
    return widths if excess < _NOTHING else None


_NOTHING = 1e-9  # points: what adding up may be off
