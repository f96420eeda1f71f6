"""Lists as they come: heads over several rows, marks before codes, rates and days for amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli.main import cli
from generator.core.resources import PACKS
from generator.drafts.draft import Draft
from generator.drafts.workbook.sheet import (
    NOT_COMPUTED,
    UNCOMPUTED,
    At,
    CellRange,
    Sheet,
    SheetCell,
)
from generator.importing.flat_list.ledger import ReadList
from generator.importing.flat_list.listing import flat_list
from generator.importing.flat_list.propose import proposed
from generator.importing.flat_list.run import Lists, import_lists
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.test_flat_list import sheet_of

TITLE = [["示例中心2026年预算明细"], ["单位：元"]]
HEAD = [
    "项目类别",
    "项目名称",
    "支出功能分类",
    "部门预算经济分类",
    "预算金额",
    "公共预算拨款",
    "事业收入",
]
WAGES: list[Any] = ["人员类", "工资", "2010550-事业运行", "30101-基本工资", 900000, 900000, None]
OFFICE: list[Any] = ["公用经费", "公用", "2010550", "30201-办公费", 200000, 200000, None]
SURVEY: list[Any] = ["特定目标类", "普查", "2010507", "30227", 300000, 250000, 50000]
ROWS = [WAGES, OFFICE, SURVEY]


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


def _read(pack: Pack, catalogue: Catalogue, *sheets: Sheet) -> tuple[ImportResult, ReadList]:
    lists = Lists()
    for sheet in sheets:
        listing = flat_list(sheet)
        assert listing is not None
        lists.found.append((Path("明细.xlsx"), listing))
    columns = proposed(lists.lists, pack.vocabulary)
    assert columns.open == []
    reading = ImportResult(Draft(Path("明细.xlsx"), ()))
    return reading, import_lists(reading, lists, columns, pack, catalogue)


def _doubts(reading: ImportResult) -> list[str]:
    return [each.message for each in reading.doubts if each.path == ("清单",)]


def test_a_head_of_three_rows_is_one(national: Pack, catalogue: Catalogue) -> None:
    """预算金额 over 合计 and 其中, and that over the sources; all else is merged down."""
    first: list[Any] = [*HEAD[:4], "预算金额", None, None]
    second: list[Any] = [*[None] * 4, "合计", "其中", None]
    third: list[Any] = [*[None] * 5, *HEAD[5:]]
    sheet = sheet_of([*TITLE, first, second, third, *ROWS])
    sheet.merged = [
        *(CellRange(2, column, 4, column) for column in range(4)),
        CellRange(2, 4, 2, 6),
    ]
    sheet.merged += [CellRange(3, 4, 4, 4), CellRange(3, 5, 3, 6)]
    reading, read = _read(national, catalogue, sheet)
    assert (read.rows, read.read, _doubts(reading)) == (3, Decimal(1400000), [])


def test_a_head_that_comes_again_on_each_page_is_no_row(
    national: Pack, catalogue: Catalogue
) -> None:
    reading, read = _read(national, catalogue, sheet_of([*TITLE, HEAD, WAGES, HEAD, SURVEY]))
    assert (read.rows, read.read, _doubts(reading)) == (2, Decimal(1200000), [])


def test_a_mark_before_a_code_is_none_of_it(national: Pack, catalogue: Catalogue) -> None:
    marked: list[Any] = [*OFFICE[:2], "'2010550", "‘30201", *OFFICE[4:]]
    reading, read = _read(national, catalogue, sheet_of([*TITLE, HEAD, WAGES, marked]))
    assert (read.read, _doubts(reading)) == (Decimal(1100000), [])
    assert [line["部门经济科目"] for line in reading.sections["基本支出经济科目"]] == [
        "30101",
        "30201",
    ]


def test_an_economic_subject_that_is_no_code_is_told(national: Pack, catalogue: Catalogue) -> None:
    odd: list[Any] = [*OFFICE[:3], "办公费", *OFFICE[4:]]
    reading, _ = _read(national, catalogue, sheet_of([*TITLE, HEAD, WAGES, odd]))
    assert _doubts(reading) == ["部门经济科目“办公费”不是编码，没有读"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (SheetCell("2026-01-20", Decimal(46042), day=date(2026, 1, 20)), "2026-01-20"),
        (SheetCell("2026/1/20", Decimal(46042)), "2026/1/20"),
        (SheetCell("90000000.00%", Decimal(900000)), "90000000.00%"),
        (SheetCell(NOT_COMPUTED, fault=UNCOMPUTED), "保存一次，再读入"),
        (SheetCell("#REF!", fault="错误值"), "#REF!"),
    ],
)
def test_what_is_no_amount_is_not_taken_for_one(
    cell: SheetCell, shown: str, national: Pack, catalogue: Catalogue
) -> None:
    sheet = sheet_of([*TITLE, HEAD, *ROWS])
    sheet.cells[At(3, 5)] = cell
    reading, read = _read(national, catalogue, sheet)
    (doubt,) = _doubts(reading)
    assert "“公共预算拨款”栏" in doubt
    assert shown in doubt
    assert read.read == Decimal(500000)


def test_a_copy_of_a_sheet_counts_once(national: Pack, catalogue: Catalogue) -> None:
    one, other = (sheet_of([*TITLE, HEAD, *ROWS]) for _ in range(2))
    other.name = "清单(2)"
    reading, read = _read(national, catalogue, one, other)
    assert read.read == Decimal(1400000)
    assert [each.split("：")[0] for each in _doubts(reading)] == [
        "“明细.xlsx”的工作表“清单(2)”与“明细.xlsx”的“清单”逐行相同，没有重复读"
    ]


def test_hidden_rows_are_read_and_counted(national: Pack, catalogue: Catalogue) -> None:
    sheet = sheet_of([*TITLE, HEAD, *ROWS])
    sheet.hidden_rows = {4}
    _, read = _read(national, catalogue, sheet)
    assert (read.read, read.hidden) == (Decimal(1400000), 1)


def test_a_web_page_that_is_called_a_workbook_is_to_be_saved_as_one(tmp_path: Path) -> None:
    file = tmp_path / "导出.xls"
    file.write_text("<html><table><tr><td>科目</td></tr></table></html>", "utf-8")
    result = CliRunner().invoke(cli, ["import", str(file), "-o", str(tmp_path / "读入")])
    assert result.exit_code == 2
    assert "用 Excel 打开，另存为 .xlsx 再读" in result.output


def test_columns_in_other_words_are_proposed_for_what_they_are(national: Pack) -> None:
    """小计 that sums the sources in every row, a source without 拨款, 是否采购."""
    head = [*HEAD[:4], "小计", "公共预算拨款", "政府性基金", "是否采购"]
    rows: list[Any] = [[*WAGES[:6], None, "否"], [*SURVEY[:5], 250000, 50000, "是"]]
    listing = flat_list(sheet_of([*TITLE, head, *rows]))
    assert listing is not None
    columns = proposed([listing], national.vocabulary)
    uses = {each.name: (each.meaning.value, each.source) for each in columns.columns[4:]}
    assert uses == {
        "小计": ("金额合计", ""),
        "公共预算拨款": ("金额", "一般公共预算拨款"),
        "政府性基金": ("金额", "政府性基金预算拨款"),
        "是否采购": ("政府采购", ""),
    }


def test_a_sum_of_some_sources_is_asked_about(national: Pack) -> None:
    head = [*HEAD[:4], "小计", *HEAD[5:]]
    listing = flat_list(sheet_of([*TITLE, head, WAGES, [*SURVEY[:4], 250000, 250000, 50000]]))
    assert listing is not None
    assert [each.name for each in proposed([listing], national.vocabulary).open] == ["小计"]


def test_an_amount_of_a_section_is_told_how_to_be_given(
    national: Pack, catalogue: Catalogue
) -> None:
    upper: list[Any] = [*SURVEY[:2], "20105-统计信息事务", *SURVEY[3:]]
    reading, _ = _read(national, catalogue, sheet_of([*TITLE, HEAD, WAGES, upper]))
    assert any("科目20105只到款，300,000.00 元当作合计" in each for each in _doubts(reading))
