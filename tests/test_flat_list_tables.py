"""Lists of different tables: two on a sheet, with names, units and kinds of their own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli.main import cli
from generator.core.resources import PACKS
from generator.drafts.draft import Draft
from generator.drafts.workbook.sheet import CellRange
from generator.importing.flat_list.listing import flat_list, flat_lists
from generator.importing.flat_list.propose import proposed
from generator.importing.flat_list.run import Lists, import_lists, tell_above
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.test_flat_list import HEAD, ROWS, TITLE, UNIT, sheet_of
from tests.workbooks import write

BASIC: list[list[Any]] = [
    ["表1 基本支出明细"],
    ["单位：元"],
    ["项目名称", "功能分类科目编码", "经济分类科目", "合计", "一般公共预算", "事业收入"],
    ["工资", 2050201, "30101 基本工资", "1,000,000.00", "1,000,000.00", None],
    ["办公", 2050201, "30201 办公费", 200000, 150000, 50000],
    ["小计", None, None, 1200000, 1150000, 50000],
]
PROJECTS: list[list[Any]] = [
    ["表2 项目支出明细"],
    ["单位：万元"],
    ["项目名称", "功能科目", "部门经济分类", "金额", "资金来源"],
    ["园舍修缮", "2050201 学前教育", "30213 维修（护）费", 30, "一般公共预算"],
    ["玩教具", "2050201 学前教育", "31003 专用设备购置", 5, "事业收入"],
    ["合计", None, None, 35, None],
]


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


@pytest.mark.parametrize("between", [[], [[]]])
def test_two_tables_on_a_sheet_are_two_lists(between: list[list[Any]]) -> None:
    first, second = flat_lists(sheet_of([*BASIC, *between, *PROJECTS]))
    assert (len(first.rows), first.unit, first.above) == (3, "元", ("表1 基本支出明细", "单位：元"))
    assert (len(second.rows), second.unit) == (3, "万元")
    assert second.above == ("表2 项目支出明细", "单位：万元")


def test_a_list_may_name_its_amounts_by_their_sources_alone() -> None:
    head = ["单位", "功能科目", "部门经济科目", "一般公共预算", "上年结转"]
    assert flat_list(sheet_of([head, [UNIT, "2010501", "30101", 100, None]])) is not None


def test_numbers_above_a_list_are_told() -> None:
    above: list[list[Any]] = [["某表"], ["项目", "数"], ["甲", 5], ["乙", "1,200"], []]
    listing = flat_list(sheet_of([*above, *TITLE, HEAD, *ROWS]))
    assert listing is not None
    reading = ImportResult(Draft(Path("清单.xlsx"), ()))
    tell_above(reading, [listing])
    (doubt,) = reading.doubts
    assert "第3行到第4行在清单的上方，有 2 行写着数，没有读" in doubt.message


def test_a_printed_statement_is_no_list() -> None:
    """项目 is over the subjects of the income beside which the expenditure stands."""
    sheet = sheet_of(
        [
            ["2026年国有资本经营预算收支预算表"],
            ["项目", None, "收入预算", "科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["收入科目编码", "科目名称"],
            ["合计", None, 12, None, "合计", 12, None, 12],
        ]
    )
    sheet.merged = [CellRange(1, 0, 1, 1), *(CellRange(1, each, 2, each) for each in range(2, 8))]
    assert flat_lists(sheet) == []


def test_a_project_over_its_code_and_name_is_a_column_of_projects() -> None:
    sheet = sheet_of(
        [
            ["项目", None, "支出功能分类", None, "金额"],
            ["编码", "名称", "编码", "名称"],
            ["P1", "示例修缮", 2050201, "学前教育", 300000],
        ]
    )
    sheet.merged = [CellRange(0, 0, 0, 1), CellRange(0, 2, 0, 3), CellRange(0, 4, 1, 4)]
    (listing,) = flat_lists(sheet)
    assert listing.names == (
        "项目编码", "项目名称", "支出功能分类编码", "支出功能分类名称", "金额"
    )  # fmt: skip


def test_the_same_head_under_another_unit_begins_another_list() -> None:
    again = [*BASIC[:1], ["单位：万元"], *BASIC[2:]]
    assert [each.unit for each in flat_lists(sheet_of([*BASIC, *again]))] == ["元", "万元"]
    (one,) = flat_lists(sheet_of([*BASIC, *BASIC]))  # printed page by page
    assert one.unit == "元"


def test_columns_of_different_lists_do_not_stand_in_each_others_way(national: Pack) -> None:
    columns = proposed(flat_lists(sheet_of([*BASIC, *PROJECTS])), national.vocabulary)
    assert columns.open == []
    assert {each.name: each.meaning.value for each in columns.columns} == {
        "项目名称": "项目名称",
        "功能分类科目编码": "功能科目",
        "经济分类科目": "部门经济科目",
        "合计": "金额合计",
        "一般公共预算": "金额",
        "事业收入": "金额",
        "功能科目": "功能科目",
        "部门经济分类": "部门经济科目",
        "金额": "金额合计",
        "资金来源": "资金来源",
    }


def test_what_a_table_is_called_tells_its_rows(tmp_path: Path) -> None:
    """There is no column of kinds: the titles say it, and the unit that publishes is known."""
    file = write(tmp_path / "明细.xlsx", ("明细", [*BASIC, [], *PROJECTS]))
    folder = tmp_path / "某某园"
    done = CliRunner().invoke(
        cli,
        ["init", "某某园", "2026", "--kind", "单位", "--pack", "national", "--accept-columns",
         "-o", str(folder), "--from", str(file)],
    )  # fmt: skip
    assert done.exit_code == 1, done.output
    assert "2 行按标题或工作表的名称当作基本支出" in done.output
    assert "2 行按标题或工作表的名称当作项目支出" in done.output
    money = yaml.safe_load((folder / "收支.yaml").read_text(encoding="utf-8"))["收支"]
    assert money == [
        {
            "科目": 2050201,
            "当年预算": {"基本支出": {"一般公共预算拨款": 1150000, "事业收入": 50000}},
        }
    ]
    (unit,) = yaml.safe_load((folder / "项目.yaml").read_text(encoding="utf-8"))["项目"]
    assert unit["单位"] == "某某园"
    amounts = [sum(each["当年预算"].values()) for each in unit["项目"]]
    assert amounts == [Decimal(300000), Decimal(50000)]


def test_hidden_columns_that_were_read_are_told(national: Pack, catalogue: Catalogue) -> None:
    sheet = sheet_of(BASIC)
    sheet.hidden_columns = {5}
    lists = Lists([(Path("明细.xlsx"), each) for each in flat_lists(sheet)])
    reading = ImportResult(Draft(Path("明细.xlsx"), ()))
    columns = proposed(lists.lists, national.vocabulary)
    import_lists(reading, lists, columns, national, catalogue)
    assert "隐藏的列也读了：事业收入；不该读的，在“列对照”里写 不用" in [
        doubt.message for doubt in reading.doubts
    ]


def test_a_workbook_that_is_no_list_is_told_what_one_has(tmp_path: Path) -> None:
    file = write(tmp_path / "别的.xlsx", ("别的", [["代码", "事项", "数"], ["1", "工资", "12.34"]]))
    done = CliRunner().invoke(cli, ["import", str(file), "-o", str(tmp_path / "出")])
    assert done.exit_code == 2
    assert "E764" in done.stderr
    assert "表头要有功能科目、项目或经济科目、金额" in done.stderr
