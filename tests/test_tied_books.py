"""Two books of the same money, each printed in 万元: their amounts in 元 add up to one sum."""

from __future__ import annotations

from decimal import Decimal

from generator.compute.ledger.entries import Book
from generator.importing.amounts.printed.cells import Leaf, PrintedCell, cell_amount
from generator.importing.amounts.solving.solved import solved
from generator.importing.amounts.tied import basic_total, shared, tied, tied_total

SUBJECTS = [Leaf({"部门经济科目": code}) for code in ("30101", "30102", "30201")]


def _cell(text: str, code: str = "") -> PrintedCell:
    conditions = ({"部门经济科目": frozenset({code})},) if code else ()
    return PrintedCell("表六", code or "合计", "", text, cell_amount(text), conditions, None)


CELLS = [_cell("1.00", "30101"), _cell("2.00", "30102"), _cell("3.00", "30201"), _cell("6.01")]


def test_amounts_follow_a_total_that_prints_alike() -> None:
    free = solved(SUBJECTS, CELLS)
    assert tied_total(free, ()) == Decimal(60050)
    bound = tied(free, SUBJECTS, CELLS, (), Decimal(60101))
    assert tied_total(bound, ()) == Decimal(60101)
    assert bound.contradictions == ()


def test_a_total_that_a_cell_forbids_changes_nothing() -> None:
    """60,150 元 would be printed as 6.02."""
    free = solved(SUBJECTS, CELLS)
    assert tied(free, SUBJECTS, CELLS, (), Decimal(60150)) is free


def test_a_total_that_is_another_one_changes_nothing() -> None:
    free = solved(SUBJECTS, CELLS)
    assert tied(free, SUBJECTS, CELLS, (), Decimal(90000)) is free
    assert tied(free, SUBJECTS, CELLS, (), Decimal(0)) is free


def test_the_money_that_both_hold_is_basic_and_of_this_year() -> None:
    lines = [
        {
            "科目": "2010501",
            "当年预算": {
                "人员经费": {"拨款": "5"},
                "项目支出": {"拨款": "7"},
                "公用经费": {"自筹": "1"},
            },
            "上年结转": {"基本支出": {"拨款": "9"}},
        }
    ]
    assert basic_total(lines, "拨款") == Decimal(5)
    assert shared(Book.ECONOMIC, "拨款") == ()
    (condition,) = shared(Book.BUDGET, "拨款")
    assert condition["支出类别"] == {"基本支出"}
