"""Printed cells of the statements, each with the leaves it sums: what the leaf amounts obey."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.drafts.draft import Spot
from generator.drafts.wording import squeezed
from generator.ledger.entries import Condition
from generator.rounding import to_wan

_AMOUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
_NOTHING = frozenset({"", "-", "—", "——", "0"})
_STEPS_PER_WAN = 100


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf amount to be found: its dimensions, as in the ledger."""

    dimensions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as printed. ``steps`` counts 0.01 万元; ``None`` is an empty cell: exactly nothing."""

    statement: str
    row: str
    column: str
    text: str
    steps: int | None
    conditions: tuple[Condition, ...]
    spot: Spot | None

    @property
    def name(self) -> str:
        """The cell in words."""
        column = f"“{self.column}”栏" if self.column else ""
        return f"{self.statement}“{self.row}”行{column}"


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
            for each in conditions
            for dimension, values in each.items()
        ]
        if not sets:
            return tuple(range(len(self.leaves)))
        smallest = min(sets, key=len)
        return tuple(sorted(smallest.intersection(*sets)))


def steps_of(text: str) -> int | None:
    """Reads an amount of 万元 as steps of 0.01; ``None`` for an empty cell.

    Raises:
        ValueError: where the text is no amount with at most two decimals.
    """
    plain = squeezed(text)
    if plain in _NOTHING:
        return None
    if _AMOUNT.fullmatch(plain) is None:
        raise ValueError(text)
    return int(Decimal(plain.replace(",", "")) * _STEPS_PER_WAN)


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount that is not nothing."""
    try:
        return steps_of(text) is not None
    except ValueError:
        return False


def wan_text(yuan: Decimal) -> str:
    """An amount as a statement prints it; empty for nothing."""
    return f"{to_wan(yuan):f}" if yuan else ""
