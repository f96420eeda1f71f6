"""How amounts are rounded and written. Binary floats never touch money.

Source: docs/data-format.md (数字怎样印), measured on published disclosures: every printed
amount is the exact sum of its leaves (元), rounded half-up to 0.01 万元, on
its own; shares and rates are half-up to two decimals on printed amounts.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

YUAN_PER_WAN = Decimal(10000)
CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


def half_up(value: Decimal, step: Decimal = CENT) -> Decimal:
    """Rounds half-up to a step."""
    return value.quantize(step, rounding=ROUND_HALF_UP)


def to_wan(yuan: Decimal) -> Decimal:
    """Converts 元 to 万元 as printed: rounded half-up to 0.01."""
    return half_up(yuan / YUAN_PER_WAN)


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """Returns 100·part/whole, half-up to two decimals; zero if the whole is zero."""
    return half_up(_HUNDRED * part / whole) if whole else Decimal(0)


def plain_number(value: Decimal) -> str:
    """Writes a number as it is, two decimals at least: 1.32, 0.0875."""
    exact = value.normalize()
    return f"{exact if int(exact.as_tuple().exponent) < -2 else value.quantize(CENT):f}"  # noqa: PLR2004


def with_separators(value: Decimal) -> str:
    """Writes a number with thousands separators, keeping its decimals: 56,728.82."""
    return f"{value:,f}"


def yuan_text(value: Decimal) -> str:
    """Writes 元 as project forms do: thousands separators, decimals only for 角 and 分."""
    return with_separators(
        value.to_integral_value() if value == value.to_integral_value() else half_up(value)
    )
