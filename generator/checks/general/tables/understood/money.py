"""A printed amount as the interval of the exact ones that it may stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from decimal import Decimal

from msgspec import Struct

from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.units import Unit

_MOST_STEPS = Decimal("0.000001")
_CENT_OF_WAN = Decimal(100)
"""0.01 万元 in 元: how finely amounts in 万元 are printed."""
_FEWEST = 6
"""So many different amounts, at least, show how a table was made."""
_ROUND = 3
"""Of amounts that were rounded one in ten is rounder by chance, and not one in so many."""


class Money(Struct, frozen=True):
    """An amount in 元, the text that prints it, and how far the exact one may be from it."""

    value: Decimal
    half_step: Decimal
    text: str
    unit: Unit

    @property
    def words(self) -> str:
        """The amount as printed, with its unit."""
        return f"{self.text}{self.unit.words}"

    def may_equal(self, other: Money) -> bool:
        """Whether both can be one exact amount; printed alike they must read alike."""
        gap = abs(self.value - other.value)
        if self.half_step == other.half_step:
            return gap == 0
        return gap <= self.half_step + other.half_step


def amount_shown(value: Decimal, unit: Unit, like: str = "") -> str:
    """A number of 元 in a unit, as a finding tells it; with separators as ``like`` has them."""
    number = (value / unit.yuan).quantize(_MOST_STEPS).normalize()
    text = f"{number:,f}" if "," in like or "，" in like else f"{number:f}"
    whole, _, part = text.partition(".")
    return f"{whole}.{part:0<2}" if part or unit is not Unit.YUAN else whole


class Grain(Struct, frozen=True):
    """How finely the amounts of a table are printed: ``step`` in the unit of the cell.

    Trailing zeros are often left out (839 beside 28.50), so that a shorter number is no less
    exact than the others. ``converted`` is the step of the amounts that a table was converted
    from, nothing if it was not.
    """

    step: Decimal
    converted: Decimal = Decimal(0)

    def half_step(self, step: Decimal) -> Decimal:
        """How far an amount printed with a step may be from the exact one."""
        return max(min(step, self.step), self.converted) / 2


def grain_of(texts: Iterable[str], unit: Unit) -> Grain:
    """How finely a table prints its amounts: the step that most of those with decimals have.

    A table in 元 may have been converted from one in 万元: then all of its amounts are whole
    hundreds, and they are no more exact than those were.
    """
    amounts = [read_amount(text) for text in texts]
    plain = [amount for amount in amounts if amount.notation is Notation.PLAIN and amount.value]
    steps = Counter(each.step for each in plain if each.step < 1)
    step = max(steps, key=lambda step: (steps[step], -step), default=Decimal(1))
    values = {abs(amount.value) for amount in plain if amount.value}
    return Grain(step, _converted(values, _CENT_OF_WAN / unit.yuan))


def _converted(values: Set[Decimal], step: Decimal) -> Decimal:
    """The step, if amounts are multiples of it and not merely round: few are of ten times it."""
    if step <= 1 or len(values) < _FEWEST or any(value % step for value in values):
        return Decimal(0)
    rounder = sum(not value % (10 * step) for value in values)
    return step if rounder * _ROUND < len(values) else Decimal(0)


def amount_of_cell(text: str, unit: Unit, grain: Grain) -> Money | None:
    """A cell as an amount; ``None`` if it states none that can be counted on."""
    amount = read_amount(text)
    if amount.notation is Notation.WORDS or not amount.usable or amount.value is None:
        return None
    if amount.unit is not None and amount.unit is not unit:
        return None
    half = grain.half_step(amount.step)
    return Money(amount.value * unit.yuan, half * unit.yuan, text.strip(), unit)
