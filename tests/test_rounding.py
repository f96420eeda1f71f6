"""How amounts are rounded and written (rules in docs/data-format.md)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from generator.core.numbers.rounding import half_up, percentage, to_wan, with_separators, yuan_text

YUAN = st.decimals(min_value=0, max_value=10**13, places=2)


@pytest.mark.parametrize(
    ("yuan", "wan"),
    [("0", "0.00"), ("49.99", "0.00"), ("50", "0.01"), ("400", "0.04"), ("24321649", "2432.16")],
)
def test_yuan_become_wan_half_up(yuan: str, wan: str) -> None:
    assert to_wan(Decimal(yuan)) == Decimal(wan)


def test_a_parent_is_not_the_sum_of_its_printed_children() -> None:
    """Printed 21.83 and 1525.79 stand under 1547.63, as in 教育局 2025."""
    children = [Decimal(218303), Decimal(15257949)]
    assert [to_wan(child) for child in children] == [Decimal("21.83"), Decimal("1525.79")]
    assert to_wan(sum(children, Decimal(0))) == Decimal("1547.63")


@given(YUAN)
def test_rounding_agrees_with_integer_arithmetic(yuan: Decimal) -> None:
    fen = int(yuan * 100)
    assert to_wan(yuan) * 100 == (fen + 5000) // 10000


@given(YUAN, YUAN)
def test_a_sum_of_rounded_amounts_stays_within_the_tolerance(a: Decimal, b: Decimal) -> None:
    assert abs(to_wan(a) + to_wan(b) - to_wan(a + b)) <= Decimal("0.015")


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_thousands_separators_keep_the_number(value: Decimal) -> None:
    assert Decimal(with_separators(value).replace(",", "")) == value
    assert all(len(part) <= 3 for part in with_separators(value).partition(".")[0].split(","))


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_thousands_are_separated_as_in_china(value: Decimal) -> None:
    assert with_separators(value) == format_decimal(value, format="#,##0.00", locale="zh_CN")


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [("0.24", "774.48", "0.03"), ("31.33", "46124.51", "0.07"), ("1", "0", "0"), ("5", "5", "100")],
)
def test_shares_are_of_printed_amounts(part: str, whole: str, share: str) -> None:
    assert percentage(Decimal(part), Decimal(whole)) == Decimal(share)


@given(st.lists(st.decimals(min_value="0.01", max_value=10**7, places=2), min_size=1, max_size=12))
def test_shares_of_a_whole_sum_to_a_hundred_within_rounding(parts: list[Decimal]) -> None:
    whole = sum(parts, Decimal(0))
    total = sum((percentage(part, whole) for part in parts), Decimal(0))
    assert abs(total - 100) <= Decimal("0.005") * len(parts)


@pytest.mark.parametrize(
    ("yuan", "text"), [("0", "0"), ("774000", "774,000"), ("1.50", "1.50"), ("12.05", "12.05")]
)
def test_project_forms_write_yuan(yuan: str, text: str) -> None:
    assert yuan_text(Decimal(yuan)) == text


def test_half_up_never_rounds_half_down() -> None:
    assert half_up(Decimal("0.125")) == Decimal("0.13")
    assert half_up(Decimal("0.135")) == Decimal("0.14")
