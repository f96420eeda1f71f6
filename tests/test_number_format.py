"""Numbers by CLDR patterns, and money in the unit of its table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.core.figures import Figure
from generator.core.numbers.format import (
    MoneyFormat,
    MoneyUnit,
    check_pattern,
    formatted,
    step_of,
)
from generator.pack.numbers import NumberSettings

YUAN = st.decimals(min_value=0, max_value=10**14, places=2)


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("1234567.5", "0.00", "1234567.50"),
        ("0.005", "0.00", "0.01"),  # half-up, where Babel alone rounds half-even
        ("0.015", "0.00", "0.02"),
        ("2.5", "0", "3"),
        ("1234", "#,##0.##", "1,234"),
    ],
)
def test_a_number_is_written_by_its_pattern(value: str, pattern: str, text: str) -> None:
    assert formatted(Decimal(value), pattern) == text


@pytest.mark.parametrize("pattern", ["", "abc", "0..0", "#.##0,00", "0.00 元"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        check_pattern(pattern)


@pytest.mark.parametrize(
    ("unit", "text"),
    [("元", "91,016,775.35"), ("千元", "91,016.78"), ("万元", "9,101.68"), ("亿元", "0.91")],
)
def test_a_table_prints_in_its_own_unit(unit: str, text: str) -> None:
    money = MoneyFormat(MoneyUnit(unit), "#,##0.00")
    assert money.text(Decimal("91016775.35")) == text


@pytest.mark.parametrize(("unit", "text"), [("百万元", "9,101,677.54"), ("亿元", "91,016.78")])
def test_large_amounts_are_divided_exactly(unit: str, text: str) -> None:
    money = MoneyFormat(MoneyUnit(unit), "#,##0.00")
    assert money.text(Decimal(9_101_677_535_000)) == text
    assert money.rounded(Decimal(9_101_677_535_000)) == Decimal(text.replace(",", ""))


@pytest.mark.parametrize(
    ("unit", "pattern", "step", "yuan"),
    [
        ("元", "#,##0.00", "0.01", "0.01"),
        ("万元", "0.00", "0.01", "100"),
        ("亿元", "0", "1", "1E8"),
    ],
)
def test_how_finely_a_table_prints(unit: str, pattern: str, step: str, yuan: str) -> None:
    assert step_of(pattern) == Decimal(step)
    assert MoneyFormat(MoneyUnit(unit), pattern).grain == Decimal(yuan)


@pytest.mark.parametrize(("amount", "text"), [("1.2", "+1.20"), ("0", "0.00"), ("-1.2", "-1.20")])
def test_a_change_has_its_sign(amount: str, text: str) -> None:
    assert MoneyFormat().signed(Decimal(amount)) == text


def test_nothing_is_printed_as_the_pack_says() -> None:
    assert MoneyFormat().text(Decimal(0)) == ""
    assert MoneyFormat(zero="0.00").text(Decimal(0)) == "0.00"
    assert MoneyFormat(zero="").text(Decimal("0.01")) == "0.00"  # little is not nothing


@given(YUAN, st.sampled_from(MoneyUnit), st.sampled_from(["0.00", "#,##0.00"]))
def test_a_printed_amount_is_within_half_a_cent_of_its_unit(
    yuan: Decimal, unit: MoneyUnit, pattern: str
) -> None:
    text = MoneyFormat(unit, pattern, "0").text(yuan)
    assert abs(Decimal(text.replace(",", "")) - yuan / unit.yuan) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("unit", "value"),
    [("元", "12345678"), ("千元", "12345.678"), ("万元", "1234.5678"), ("亿元", "0.12345678")],
)
def test_the_overall_form_is_in_ten_thousands_whatever_the_unit_of_a_figure(
    unit: str, value: str
) -> None:
    exact = Decimal(value)
    figure = Figure("表一/合计", exact, exact, unit, value, ())
    assert NumberSettings().in_overall_form(figure) == "1234.57"
