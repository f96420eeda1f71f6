"""What a cell states: amounts in every notation that people use, and nothing that is none."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.compare.difference import DifferenceKind
from generator.compare.text.differences import Units, Wording
from generator.drafts.words.amounts import PLAIN, Notation, closed_up, fault_in, read_amount
from generator.drafts.words.units import Unit
from generator.importing.amounts.printed.cells import UnclearAmountError, cell_amount

WAN_YUAN: Units = (Unit.WAN, Unit.YUAN)
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2)
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "——", "－", "–", "/"])
def test_nothing_is_no_amount(text: str) -> None:
    found = read_amount(text)
    assert (found.notation, found.value, found.usable) == (Notation.NOTHING, Decimal(0), True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.32", "1.32"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("1,234.50", "1234.50"),
        ("１，２３４．５０", "1234.50"),
        ("56728.8\n2", "56728.82"),
        ("1,234,5\n67", "1234567"),
    ],
)
def test_plain_amounts(text: str, value: str) -> None:
    found = read_amount(text)
    assert (found.notation, found.value, found.fault) == (Notation.PLAIN, Decimal(value), "")


@pytest.mark.parametrize(
    ("text", "value", "usable"),
    [
        ("-1.32", "-1.32", False),
        ("−1.32", "-1.32", False),
        ("（1.32）", "-1.32", False),
        ("-1 234.50", "-1234.50", False),
        ("△1.32", "-1.32", False),
        ("▲1,234", "-1234", False),
        ("负1.32", "-1.32", False),
        ("6.8807E+2", "688.07", True),
        ("4.2e-1", "0.42", True),
        ("6.88E+2", "688", False),
        ("6.8807E+002", "688.07", True),
        ("6.8807×10^2", "688.07", True),
        ("1E15", "1000000000000000", False),
        ("1.32万元", "1.32", True),
        ("人民币1.32万元", "1.32", True),
        ("13200元整", "13200", True),
        ("-3.5万元", "-3.5", False),
        ("¥1.32", "1.32", True),
        ("+1.32", "1.32", True),
        (".32", "0.32", True),
        (".33", "0.33", True),
        ("5.", "5", True),
        ("无", "0", True),
    ],
)
def test_amounts_that_are_not_plain(text: str, value: str, usable: bool) -> None:
    found = read_amount(text)
    assert (found.notation, found.value) == (Notation.ODD, Decimal(value))
    assert found.usable == usable
    assert fault_in(found)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("l.32", "1.32"),
        ("23.OO", "23.00"),
        ("I2", "12"),
        ("S7.4", "57.4"),
        ("1Z", "12"),
        ("1B", "18"),
        ("1，32", "1.32"),
        ("12,34", "12.34"),
        ("1.234.5", "1234.5"),
        ("1。32", "1.32"),
        ("1.234.567,89", "1234567.89"),
        ("1,2345", "12345"),
        ("1.32,", "1.32"),
        ("007", "7"),
        ("012,345", "12,345"),
        ("1.23.4", ""),
        ("1.23.456.7", ""),
        ("l.32万元", "1.32万元"),
        ("1.3 2.5", ""),
        ("1.3 2", "1.32"),
        ("45 678.90", "45678.90"),
        ("1,234 ,567", "1234567"),
        ("1\u3000234.56", "1234.56"),
        ("12 34", ""),
        ("12 34元", ""),
        ("1 234.50元", "1234.50元"),
        ("¥1 234.50", "¥1234.50"),
        ("12.5%", ""),
        ("3①", "31"),
    ],
)
def test_what_is_only_guessed_has_no_value(text: str, guess: str) -> None:
    found = read_amount(text)
    assert (found.notation, found.value, found.guess) == (Notation.ODD, None, guess)
    assert fault_in(found)


@pytest.mark.parametrize(
    "text",
    ["教育支出", "500元/人", "2025年", "50万元以上", "1E16", "1E999", "6.88E", "1/2", "其中0.5"],
)
def test_words_are_no_amounts(text: str) -> None:
    assert read_amount(text).notation is Notation.WORDS


def test_no_amount_is_longer_than_forty_signs() -> None:
    assert read_amount("9" * 40).notation is Notation.PLAIN
    assert read_amount("9" * 41).notation is Notation.WORDS


def test_zeros_in_front_are_told() -> None:
    assert "多出 0" in read_amount("007").fault


@pytest.mark.parametrize(
    ("text", "amount"),
    [("共123,456.70万元", "123,456.70"), ("1234567元", "1234567"), ("，,456", "456")],
)
def test_a_plain_amount_is_found_whole_in_a_text(text: str, amount: str) -> None:
    found = re.search(PLAIN, text)
    assert found is not None and found[0] == amount


@pytest.mark.parametrize(
    ("text", "negative"), [("-0.01", True), ("0", False), ("0.5", False), ("l.32", False)]
)
def test_only_less_than_nothing_is_negative(text: str, negative: bool) -> None:
    assert read_amount(text).negative == negative


@pytest.mark.parametrize(
    ("text", "yuan"), [("1.32", 100), ("1.32元", Decimal("0.01")), ("无", 10_000)]
)
def test_how_finely_an_amount_is_stated(text: str, yuan: Decimal) -> None:
    assert read_amount(text).step_in_yuan() == yuan


@pytest.mark.parametrize(
    ("unit", "most"),
    [(Unit.YUAN, 2), (Unit.THOUSAND, 2), (Unit.WAN, 2), (Unit.MILLION, 4), (Unit.YI, 6)],
)
def test_so_many_decimals_a_unit_may_have(unit: Unit, most: int) -> None:
    assert not fault_in(read_amount(f"1.{'5' * most}"), unit)
    assert f"最多 {most} 位" in fault_in(read_amount(f"1.{'5' * (most + 1)}"), unit)
    assert not fault_in(read_amount(f"1.{'5' * (most + 1)}"), unit, printed=most + 1)


def test_decimals_depend_on_the_unit() -> None:
    assert "10 位小数" in fault_in(read_amount("1.3200000000"))
    assert not fault_in(read_amount("0.0594"), Unit.YI)


WRITTEN = {
    "plain": lambda v: f"{v}",
    "grouped": lambda v: f"{v:,}",
    "full-width": lambda v: f"{v:,}".translate(FULL_WIDTH),
    "scientific": lambda v: f"{v:E}",
    "with its unit": lambda v: f"{v}万元",
    "in 元": lambda v: f"{v * 10_000:.0f}元",
    "in 亿元": lambda v: f"{v / 10_000:f}亿元",
    "signed": lambda v: f"+{v}",
    "with a currency": lambda v: f"￥{v}",
}


@pytest.mark.parametrize("way", WRITTEN)
@given(value=AMOUNTS)
def test_an_amount_is_itself_in_every_notation(way: str, value: Decimal) -> None:
    assume(value or way != "scientific")
    text = WRITTEN[way](value)
    found = read_amount(text)
    assert found.in_yuan() == value * 10_000
    assert (found.notation is Notation.PLAIN) == (way in ("plain", "grouped", "full-width"))
    assert Wording().cell_kind(f"{value}", text) in (None, DifferenceKind.FORMAT)


@given(st.text("0123456789.,，-−△()（）EeOlI %元万 １２．", min_size=1, max_size=9))
def test_nothing_else_is_plain(text: str) -> None:
    """What is taken for plain reads the same to a strict reader of numbers."""
    found = read_amount(text)
    if found.notation is Notation.PLAIN:
        digits = "".join(text.split()).translate({v: k for k, v in FULL_WIDTH.items()})
        assert found.value == Decimal(digits.replace(",", ""))
        assert digits in (f"{found.value}", f"{found.value:,}")
    else:
        assert found.notation is Notation.NOTHING or found.fault


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("1.32", "1.32", None),
        ("1.32", "1.32万元", DifferenceKind.FORMAT),
        ("1.32", "13200元", DifferenceKind.FORMAT),
        ("1.32", "1.3200000000", DifferenceKind.FORMAT),
        ("1234.00", "１，２３４．００", DifferenceKind.FORMAT),
        ("688.07", "6.8807E+2", DifferenceKind.FORMAT),
        ("-1.32", "△1.32", DifferenceKind.FORMAT),
        ("1.32", "-1.32", DifferenceKind.AMOUNT),
        ("1.32", "1.33万元", DifferenceKind.AMOUNT),
        ("1.32", "1.32元", DifferenceKind.AMOUNT),
        ("1.32", "l.32", DifferenceKind.AMOUNT),
        ("1.32", "1，32", DifferenceKind.AMOUNT),
        ("教育支出", "教育 支出", DifferenceKind.FORMAT),
        ("教育支出", "科技支出", DifferenceKind.TEXT),
    ],
)
def test_cells_are_compared_by_what_they_state(
    ours: str, theirs: str, kind: DifferenceKind | None
) -> None:
    assert Wording().cell_kind(ours, theirs) is kind


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("594.27", "5,942,700.00", DifferenceKind.FORMAT),
        ("594.27", "5,942,712.34", DifferenceKind.FORMAT),
        ("594.27", "5,942,800.00", DifferenceKind.AMOUNT),
        ("594.27", "594.27", DifferenceKind.AMOUNT),
        ("", "", None),
        ("合计", "合 计", DifferenceKind.FORMAT),
    ],
)
def test_cells_in_two_units(ours: str, theirs: str, kind: DifferenceKind | None) -> None:
    assert Wording().cell_kind(ours, theirs, WAN_YUAN) is kind


@pytest.mark.parametrize(
    ("ours", "theirs", "kinds"),
    [
        ("支出704.97万元，其中", "支出7049700元，其中", [DifferenceKind.FORMAT]),
        ("支出704.97万元，其中", "支出704.97元，其中", [DifferenceKind.AMOUNT]),
        ("支出704.97万元，其中", "支出0.07亿元，其中", [DifferenceKind.AMOUNT]),
        ("支出85万元，其中", "支出85.00万元，其中", [DifferenceKind.FORMAT]),
    ],
)
def test_texts_are_compared_across_units(
    ours: str, theirs: str, kinds: list[DifferenceKind]
) -> None:
    wording = Wording()
    found = [wording.piece_kind(piece) for piece in wording.pieces(ours, theirs)]
    assert [kind for kind in found if kind] == kinds


@pytest.mark.parametrize("text", ["-1.32", "l.32", "1.3 2.5", "6.88E+2", "12%", "八"])
def test_import_counts_on_no_amount_that_is_not_sure(text: str) -> None:
    with pytest.raises(UnclearAmountError):
        cell_amount(text)


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("45 678.90", "45678.90"),
        ("1.3 2", "1.32"),
        ("1, 234. 56", "1,234.56"),
        ("12 34", "12 34"),
        ("228.21 228.21", "228.21 228.21"),
        ("2025 年 1 月", "2025 年 1 月"),
    ],
)
def test_blanks_that_an_extraction_leaves_in_a_number(text: str, closed: str) -> None:
    assert closed_up(text) == closed
