"""Rows of a list that are told of: said twice, without an amount, with a cell that is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.cli.importing.given import told_of_lists
from generator.core.resources import PACKS
from generator.drafts.workbook.sheet import ERROR, At, SheetCell
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.test_flat_list import HEAD, ROWS, TITLE, TOTAL, UNIT, doubts, imported, sheet_of
from tests.test_flat_list_strange import _read

SURVEY = ROWS[3]


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


def test_a_row_that_stands_twice_is_counted_and_told(national: Pack, catalogue: Catalogue) -> None:
    reading = imported([*ROWS, list(SURVEY)], national, catalogue)
    (message,) = doubts(reading)
    assert message == "第8行同第7行逐格相同，都计入了：重复导出的，删去一行，再读入"
    survey = reading.sections["项目"][0]["项目"][1]
    assert survey["当年预算"] == {national.vocabulary.general: "5720000"}  # both of them


def test_rows_that_differ_in_any_cell_are_no_copies(national: Pack, catalogue: Catalogue) -> None:
    other = [*SURVEY[:-1], "第二批"]
    assert doubts(imported([*ROWS, other], national, catalogue)) == []


def test_an_item_without_an_amount_is_told(national: Pack, catalogue: Catalogue) -> None:
    bare = [UNIT, "特定目标类", "示例修缮", "2010507", "31006", None, None, None, None, None]
    (message,) = doubts(imported([*ROWS, bare], national, catalogue))
    assert message == "第8行没有金额，没有读：有金额的，填上再读入"


def test_a_note_below_is_neither_an_item_nor_a_total(national: Pack, catalogue: Catalogue) -> None:
    notes: list[list[Any]] = [["注：本表由系统导出。"], ["制表人：某某"]]
    reading, lists = _read(national, catalogue, sheet_of([*TITLE, HEAD, *ROWS, TOTAL, *notes]))
    assert doubts(reading) == []
    assert (lists.sums, lists.bare) == (1, 2)
    assert told_of_lists(lists).startswith(
        "明细清单 4 行（另有 1 行合计，没有重复计入；2 行没有金额），合计 3,673,722.07 元"
    )


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        (SheetCell("#REF!", fault=ERROR), "改好公式，保存，再读入"),
        (SheetCell("2026-01-05", Decimal(46027), day=date(2026, 1, 5)), "格子的格式是日期"),
        (SheetCell("688.07元"), "格子里只写数（单位写在列名里）"),
    ],
)
def test_a_cell_that_is_no_amount_says_what_to_do(
    cell: SheetCell, remedy: str, national: Pack, catalogue: Catalogue
) -> None:
    sheet = sheet_of([*TITLE, HEAD, *ROWS])
    sheet.cells[At(3, 6)] = cell
    reading, lists = _read(national, catalogue, sheet)
    (message,) = doubts(reading)
    assert f"“{cell.text}”不是金额，这一行没有读：{remedy}" in message
    assert "其中 1 行的金额没有读" in told_of_lists(lists)


def test_a_list_without_rows_says_so(national: Pack, catalogue: Catalogue) -> None:
    reading, _ = _read(national, catalogue, sheet_of([*TITLE, HEAD]))
    assert "清单只有表头，没有数据：换成有数据的，再读入" in doubts(reading)
