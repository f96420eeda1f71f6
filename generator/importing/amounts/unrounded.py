"""Amounts in 元 that print as a draft prints them, one by one and in their sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import product

from generator.core.numbers.rounding import YUAN_PER_WAN

_SHIFTS = (0, 25, -25, 49, -50)
"""元 that may be added to an amount printed in steps of 100 元 without changing its print."""

_HALF_STEP = 50
"""元: an amount prints as the step of 100 元 that lies nearest, half-up."""

Sum = tuple[tuple[str, ...], Decimal]
"""The names of some amounts and what their sum is printed as, in 万元."""


def unrounded(printed: Mapping[str, Decimal], sums: Iterable[Sum]) -> dict[str, int] | None:
    """Amounts in 元, as near to the printed ones as the printed sums allow.

    Every printed figure is rounded on its own, so the sum of printed amounts may be
    0.01 万元 off the printed sum. What is printed as zero stays zero.

    Returns:
        ``None`` where no amounts give these sums.
    """
    exact = {name: int(amount * YUAN_PER_WAN) for name, amount in printed.items()}
    wanted = [(names, int(total * YUAN_PER_WAN)) for names, total in sums]
    movable = [name for name, amount in exact.items() if amount]
    for shifts in sorted(
        product(_SHIFTS, repeat=len(movable)), key=lambda each: sum(map(abs, each))
    ):
        amounts = exact | {
            name: exact[name] + shift for name, shift in zip(movable, shifts, strict=True)
        }
        if all(_prints(sum(amounts[n] for n in names), total) for names, total in wanted):
            return amounts
    return None


def _prints(amount: int, printed: int) -> bool:
    return -_HALF_STEP <= amount - printed < _HALF_STEP
