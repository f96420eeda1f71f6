"""Figures of sentences as intervals: what was printed, and how far the exact value may be off."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce

from msgspec import Struct

from generator.core.records import replace
from generator.drafts.words.units import Unit, unit_of

_HALF = Decimal("0.5")
PERCENT = "%"


class Interval(Struct, frozen=True):
    """The exact values that a printed figure may stand for."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    @property
    def middle(self) -> Decimal:
        """The value in its middle."""
        return (self.low + self.high) / 2

    def holds(self, value: Decimal) -> bool:
        """Whether a value is in it."""
        return self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        """Whether some exact value is in both."""
        return self.low <= other.high and other.low <= self.high

    def not_below(self, least: Decimal = Decimal(0)) -> Interval:
        """The part of it that is not below a value: no amount is negative."""
        return Interval(max(self.low, least), max(self.high, least))


class SentenceFigure(Struct, frozen=True):
    """A figure of a sentence.

    Attributes:
        text: as printed, with its unit: ``1,234.56万元``, ``8.57%``, ``2辆``.
        value: its number, in 元 for money.
        decimals: how many digits stand after its point.
        unit: the words of its unit.
        scale: how much one of its unit is: 10000 for 万元, else 1.
        start, end: where it stands in its text.
    """

    text: str
    value: Decimal
    decimals: int
    unit: str
    scale: Decimal
    start: int
    end: int

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit.endswith("元")

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == PERCENT

    @property
    def half_step(self) -> Decimal:
        """How far the exact value may be from the printed one; counts are exact.

        A plain 0 says that there is nothing, it is no rounded whole number.
        """
        if not (self.is_money or self.is_percent):
            return Decimal(0)
        decimals = self.decimals if self.value else max(self.decimals, 2)
        return _HALF.scaleb(-decimals) * self.scale

    @property
    def interval(self) -> Interval:
        """The exact values that it may stand for."""
        return Interval(self.value - self.half_step, self.value + self.half_step)

    @property
    def number(self) -> Decimal:
        """Its number in its own unit."""
        return self.value / self.scale

    def agrees(self, other: SentenceFigure) -> bool:
        """Whether both may stand for the same value; nothing is only the same as nothing."""
        return self.interval.meets(other.interval)

    def same_kind(self, other: SentenceFigure) -> bool:
        """Whether both count the same: money of any unit, or things of one."""
        return self.unit == other.unit or (self.is_money and other.is_money)

    def written(self, value: Decimal) -> str:
        """A value in the unit of this figure, with as many decimals as it has or two."""
        number = value / self.scale
        places = max(self.decimals, 2) if self.is_money or self.is_percent else 0
        unit = self.unit if self.is_percent else f" {self.unit}"
        return f"{number.quantize(Decimal(1).scaleb(-places)):,f}{unit}"


def figure(number: str, unit: str, start: int, end: int, text: str) -> SentenceFigure:
    """A figure of a printed number and the words of its unit (``元`` words are money)."""
    plain = Decimal(number.replace(",", "").replace("，", ""))
    decimals = max(0, -int(plain.as_tuple().exponent))
    scale = unit_of(unit).yuan if unit.endswith("元") else Unit.YUAN.yuan
    return SentenceFigure(text, plain * scale, decimals, unit, scale, start, end)


def with_shared_decimals(figures: Iterable[SentenceFigure]) -> dict[int, SentenceFigure]:
    """The figures of one text by their starts, trimmed noughts given back to money.

    Whoever prints 28.50 万元 and 839 万元 in one passage left out ``.00``: he did not round.
    """
    found = list(figures)
    most: dict[str, int] = {}
    for each in found:
        if each.is_money:
            most[each.unit] = max(most.get(each.unit, 0), each.decimals)
    return {
        each.start: replace(each, decimals=most[each.unit]) if each.is_money else each
        for each in found
    }


def total_interval(figures: Iterable[SentenceFigure]) -> Interval:
    """The interval of the sum of figures."""
    nothing = Interval(Decimal(0), Decimal(0))
    return reduce(lambda whole, part: whole + part.interval, figures, nothing)
