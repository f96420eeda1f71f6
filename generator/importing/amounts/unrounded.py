"""Amounts in 元 that print as a draft prints them, one by one and in their sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import product

from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat
from generator.core.numbers.rounding import CENT, half_up

_SHIFTS = tuple(map(Decimal, ("0", "0.25", "-0.25", "0.49", "-0.5")))
"""Parts of a printed step that may be added to an amount without changing its print."""

Sum = tuple[tuple[str, ...], Decimal]
"""The names of some amounts and what their sum is printed as, in the unit of the text."""


def unrounded(
    printed: Mapping[str, Decimal], sums: Iterable[Sum], money: MoneyFormat = TEN_THOUSANDS
) -> dict[str, Decimal] | None:
    """Amounts in 元, as near to the printed ones as the printed sums allow.

    Every printed figure is rounded on its own, so the sum of printed amounts may be
    a step (0.01 万元) off the printed sum. What is printed as zero stays zero.

    Args:
        printed: the amounts as printed, in the unit of the text.
        sums: what sums of them are printed as.
        money: the unit of the text, and how finely it prints.

    Returns:
        ``None`` if no amounts give these sums.
    """
    step = money.grain
    exact = {name: amount * money.unit.yuan for name, amount in printed.items()}
    wanted = [(names, total * money.unit.yuan) for names, total in sums]
    movable = [name for name, amount in exact.items() if amount]
    # what is printed to the last 分 is exact: there is nothing to add
    shifts = [step * part for part in _SHIFTS] if step > CENT else [Decimal(0)]
    for chosen in sorted(
        product(shifts, repeat=len(movable)), key=lambda each: sum(map(abs, each))
    ):
        amounts = exact | {
            name: exact[name] + shift for name, shift in zip(movable, chosen, strict=True)
        }
        if all(_prints(sum(amounts[n] for n in names), total, step) for names, total in wanted):
            return amounts
    return None


def _prints(amount: Decimal | int, printed: Decimal, step: Decimal) -> bool:
    return -step / 2 <= amount - printed < step / 2


def yuan_exact(amount: Decimal) -> str:
    """An amount in 元 for the data: 角 and 分 only if there are some."""
    whole = amount == amount.to_integral_value()
    return f"{amount.to_integral_value() if whole else half_up(amount):f}"
