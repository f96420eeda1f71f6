"""How numbers are written: units of money, and CLDR patterns such as ``#,##0.00`` (Babel)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from babel import Locale
from babel.numbers import parse_pattern
from msgspec import Struct

from generator.core.memo import memo
from generator.core.numbers.rounding import half_up
from generator.core.text.patterns import late_pattern

_LOCALE = Locale("zh", "Hans")
_PATTERN = late_pattern(r"(#,##)?0(\.(0|#){1,6})?")
"""Optional groups of three, then decimals; a CLDR pattern can say more than money needs."""


class MoneyUnit(StrEnum):
    """A unit that amounts of money are printed in."""

    YUAN = "元"
    THOUSAND = "千元"
    WAN = "万元"
    MILLION = "百万元"
    YI = "亿元"

    @property
    def yuan(self) -> Decimal:
        """How many 元 it is."""
        return _YUAN[self]


_YUAN = {
    MoneyUnit.YUAN: Decimal(1),
    MoneyUnit.THOUSAND: Decimal(1_000),
    MoneyUnit.WAN: Decimal(10_000),
    MoneyUnit.MILLION: Decimal(1_000_000),
    MoneyUnit.YI: Decimal(100_000_000),
}


def check_pattern(pattern: str) -> str:
    """A pattern that this module can write with.

    Raises:
        ValueError: if it is none.
    """
    if _PATTERN.fullmatch(pattern) is None:
        raise ValueError(pattern)
    return pattern


@memo(1 << 16)  # a long document prints the same numbers again and again
def formatted(value: Decimal, pattern: str) -> str:
    """Writes a number by a CLDR pattern, rounded half-up to its decimals."""
    parsed = parse_pattern(pattern)
    rounded = half_up(value, step_of(pattern))
    return str(parsed.apply(rounded, _LOCALE))


@memo(256)
def step_of(pattern: str) -> Decimal:
    """How finely a pattern prints: 0.01 for ``#,##0.00``."""
    return Decimal(1).scaleb(-parse_pattern(pattern).frac_prec[1])


class MoneyFormat(Struct, frozen=True):
    """How a table or a text prints amounts: the unit, the pattern, and what stands for zero."""

    unit: MoneyUnit = MoneyUnit.WAN
    pattern: str = "0.00"
    zero: str = ""

    @property
    def step(self) -> Decimal:
        """How finely it prints, in its own unit: 0.01 for two decimals."""
        return step_of(self.pattern)

    @property
    def grain(self) -> Decimal:
        """How finely it prints, in 元: 100 for two decimals of 万元."""
        return self.unit.yuan * self.step

    def rounded(self, yuan: Decimal) -> Decimal:
        """An amount of 元 in its unit, rounded half-up as it is printed."""
        return half_up(yuan / self.unit.yuan, self.step)

    def written(self, amount: Decimal) -> str:
        """An amount in its unit, as printed; zero too is a number: 0.00."""
        return formatted(amount, self.pattern)

    def signed(self, amount: Decimal) -> str:
        """An amount in its unit with its sign, but for zero: +1.20, 0.00."""
        return f"{'+' if amount > 0 else ''}{self.written(amount)}"

    def text(self, yuan: Decimal) -> str:
        """An amount of 元 as it is printed; ``zero`` only for nothing at all."""
        return formatted(yuan / self.unit.yuan, self.pattern) if yuan else self.zero


TEN_THOUSANDS = MoneyFormat()
"""万元 with two decimals: what a text prints if its pack says nothing else."""
