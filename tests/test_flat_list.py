"""Flat lists: rows that are the ledger, columns that are mapped once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.main import cli
from generator.core.resources import PACKS
from generator.drafts.draft import Draft
from generator.drafts.workbook.sheet import At, Sheet, SheetCell
from generator.importing.flat_list.columns import ColumnMap, columns_text, read_columns
from generator.importing.flat_list.listing import FlatList, flat_list
from generator.importing.flat_list.meanings import Meaning
from generator.importing.flat_list.propose import proposed
from generator.importing.flat_list.run import Lists, import_lists
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.load.yaml.files import COLUMNS_FILE
from generator.pack.pack import Pack, load_pack
from tests.workbooks import write

HEAD = [
    "预算单位", "支出项目类别", "项目名称", "支出功能分类", "部门预算经济分类", "预算金额",
    "公共预算拨款", "事业收入", "上年结转", "备注",
]  # fmt: skip
UNIT = "001001-示例局"
ROWS: list[list[Any]] = [
    [UNIT, "人员类项目", "工资", "2010501-行政运行", "30101-基本工资", 688.0700000000001,
     688.0700000000001, None, None, None],
    [UNIT, "公用经费项目", "公用", "2010501 行政运行", "30217 公务接待费", 42000, 42000, None, None,
     "从严"],
    [UNIT, "其他运转类", "系统运维", 2010550.0, "30213", 456034, 456000, 34, None, None],
    [UNIT, "特定目标类", "示例普查", "2010507", "30226", 3175000, 2860000, None, 315000, None],
]  # fmt: skip
TOTAL = ["合计", None, None, None, None, 3673722.07, 3358688.07, 34, 315000, None]
TITLE = [["示例局2026年部门预算明细表"], ["单位：元"]]


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


def sheet_of(rows: Sequence[Sequence[Any]]) -> Sheet:
    """A sheet in memory; numbers are exact decimals."""
    sheet = Sheet("清单")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value is None:
                continue
            number = None if isinstance(value, str) else Decimal(str(value))
            sheet.cells[At(row, column)] = SheetCell(str(value), number)
    return sheet


def listed(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> FlatList:
    found = flat_list(sheet_of([*TITLE, head, *rows]))
    assert found is not None
    return found


def imported(
    rows: Sequence[Sequence[Any]],
    pack: Pack,
    catalogue: Catalogue,
    head: Sequence[str] = HEAD,
    columns: ColumnMap | None = None,
) -> ImportResult:
    listing = listed(rows, head)
    reading = ImportResult(Draft(Path("清单.xlsx"), ()))
    columns = columns or proposed([listing], pack.vocabulary)
    import_lists(reading, Lists([(Path("清单.xlsx"), listing)]), columns, pack, catalogue)
    return reading


def doubts(reading: ImportResult) -> list[str]:
    usual = ("清单里有", "按清单", "按部门经济科目")
    return [each.message for each in reading.doubts if not each.message.startswith(usual)]


def test_everything_follows_from_the_rows(national: Pack, catalogue: Catalogue) -> None:
    reading = imported([*ROWS, TOTAL], national, catalogue)
    assert doubts(reading) == []
    general = "一般公共预算拨款"
    assert reading.sections["收支"] == [
        {"科目": "2010501", "当年预算": {"基本支出": {general: "42688.07"}}}
    ]
    assert reading.sections["基本支出经济科目"] == [
        {"部门经济科目": "30101", "金额": "688.07"},
        {"部门经济科目": "30217", "金额": "42000"},
    ]
    assert reading.sections["项目"] == [
        {
            "单位": "示例局",
            "项目": [
                {
                    "名称": "系统运维",
                    "类别": "其他运转类",
                    "科目": "2010550",
                    "当年预算": {general: "456000", "事业收入": "34"},
                },
                {
                    "名称": "示例普查",
                    "科目": "2010507",
                    "当年预算": {general: "2860000"},
                    "上年结转": {general: "315000"},
                },
            ],
        }
    ]
    assert reading.sections["三公经费"] == {"公务接待费": {general: "42000"}}
    assert reading.sections["单位信息"] == {"名称": "示例局", "类型": "单位", "年度": "2026"}


def test_rows_of_two_years_are_told_of(national: Pack, catalogue: Catalogue) -> None:
    years = ["2026", "2026", "2026", "2025"]
    rows = [[year, *row] for year, row in zip(years, ROWS, strict=True)]
    head = ["年度", *HEAD]
    reading = imported(rows, national, catalogue, head)
    assert reading.sections["单位信息"]["年度"] == "待填"
    (told,) = [each.message for each in reading.doubts if "预算年度" in each.message]
    assert "2025 年（工作表“清单”A7）；2026 年（工作表“清单”A4、" in told
    reading = imported(rows[:3], national, catalogue, head)
    assert reading.sections["单位信息"]["年度"] == "2026"
    assert not [each for each in reading.doubts if "预算年度" in each.message]


def test_a_place_that_tells_personnel_from_public_has_them_apart(
    catalogue: Catalogue,
) -> None:
    shanghai = load_pack(PACKS / "shanghai-district")
    reading = imported(ROWS[:2], shanghai, catalogue)
    (line,) = reading.sections["收支"]
    assert set(line["当年预算"]) == {"人员经费", "公用经费"}


WRONG: list[tuple[int, int, Any, str]] = [
    (0, 3, None, "没有支出功能分类科目"),
    (0, 3, "20105", "与它合计的各行之和不同"),
    (0, 3, "行政运行", "不是到项的编码"),
    (0, 1, "别的", "看不出是基本支出还是项目支出"),
    (0, 5, 700, "多 11.93 元，差额没有读"),
    (0, 6, "六百", "不是金额，这一行没有读"),
    (0, 6, -688.07, "是负数，没有读"),
]


@pytest.mark.parametrize(("row", "column", "value", "says"), WRONG)
def test_what_cannot_be_read_of_a_row_is_told(
    row: int, column: int, value: Any, says: str, national: Pack, catalogue: Catalogue
) -> None:
    rows = [list(each) for each in ROWS]
    rows[row][column] = value
    reading = imported(rows, national, catalogue)
    (first, *_) = [each for each in reading.doubts if says in each.message]
    assert str(first.spot).startswith("工作表“清单”")
    assert "第4行" in str(first.spot) or str(first.spot).endswith("4")


def test_a_total_that_is_not_the_sum_is_told(national: Pack, catalogue: Catalogue) -> None:
    wrong = [*TOTAL[:5], 3673723, *TOTAL[6:]]
    (message,) = doubts(imported([*ROWS, wrong], national, catalogue))
    assert message == (
        "这一行是3,673,723.00 元的合计，与它合计的各行之和不同（3,673,722.07 元，差 0.93 元）"
    )


def test_subtotals_by_unit_and_subject_are_not_counted_twice(
    national: Pack, catalogue: Catalogue
) -> None:
    subtotal = [UNIT, None, None, None, None, 3673722.07, None, None, None, None]
    subject = [UNIT, None, None, "205-教育支出", None, 0, None, None, None, None]
    section = [UNIT, None, None, "20105-统计信息事务", None, 3673722.07, None, None, None, None]
    reading = imported([subtotal, subject, section, *ROWS], national, catalogue)
    assert doubts(reading) == []
    assert reading.sections["收支"][0]["当年预算"] == {"基本支出": {"一般公共预算拨款": "42688.07"}}


# Columns


def test_every_column_has_a_use_or_is_asked_about(national: Pack) -> None:
    head = [*HEAD, "绩效说明", "专项资金项目"]
    rows = [[*row, "文字", 1 if number else None] for number, row in enumerate(ROWS)]
    columns = proposed([listed(rows, head)], national.vocabulary)
    uses = {column.name: column.meaning for column in columns.columns}
    assert uses == {
        "预算单位": Meaning.UNIT,
        "支出项目类别": Meaning.KIND,
        "项目名称": Meaning.PROJECT,
        "支出功能分类": Meaning.FUNCTION,
        "部门预算经济分类": Meaning.DEPARTMENT,
        "预算金额": Meaning.TOTAL,
        "公共预算拨款": Meaning.AMOUNT,
        "事业收入": Meaning.AMOUNT,
        "上年结转": Meaning.AMOUNT,
        "备注": Meaning.UNUSED,
        "绩效说明": Meaning.OPEN,
        "专项资金项目": Meaning.AMOUNT,
    }
    assert [column.name for column in columns.open] == ["绩效说明", "专项资金项目"]


def test_what_is_written_reads_back(national: Pack, tmp_path: Path) -> None:
    columns = proposed([listed(ROWS)], national.vocabulary)
    columns.confirmed = True
    file = tmp_path / COLUMNS_FILE
    file.write_text(columns_text(columns, national.vocabulary), encoding="utf-8")
    again = read_columns(file)
    assert (again.confirmed, again.unit) == (True, "元")
    told = [(each.name, each.meaning, each.source, each.values) for each in again.columns]
    assert told == [(each.name, each.meaning, each.source, each.values) for each in columns.columns]


def test_one_source_in_a_column_of_its_own(national: Pack, catalogue: Catalogue) -> None:
    head = [*HEAD[:5], "资金性质", "金额（万元）"]
    rows = [
        [*ROWS[0][:5], "一般公共预算", 12.3456],
        [*ROWS[2][:5], "事业收入", 3.4],
        [*ROWS[3][:5], "财政专户管理资金", 1.00000049],
    ]
    listing = flat_list(sheet_of([["示例局2026年明细"], head, *rows]))
    assert listing is not None
    columns = proposed([listing], national.vocabulary)
    assert columns.unit == "万元"
    reading = ImportResult(Draft(Path("a.xlsx"), ()))
    import_lists(reading, Lists([(Path("a.xlsx"), listing)]), columns, national, catalogue)
    assert reading.sections["收支"][0]["当年预算"]["基本支出"] == {"一般公共预算拨款": "123456"}
    assert reading.sections["项目"][0]["项目"][0]["当年预算"] == {"事业收入": "34000"}
    assert any("不到分" in message for message in doubts(reading))


def test_a_printed_statement_is_no_list() -> None:
    rows: list[list[Any]] = [
        ["功能科目编码", "功能科目名称", "合计", "基本支出", "项目支出"],
        ["201", "甲", 1, 1, 0],
    ]
    assert flat_list(sheet_of(rows)) is None


@given(st.lists(st.integers(min_value=1, max_value=10**11), min_size=1, max_size=20))
def test_no_cent_is_lost(cents: list[int]) -> None:
    national = load_pack(PACKS / "national")
    rows = [
        [UNIT, "人员类项目", "工资", "2010501", "30101", None, each / 100, None, None, None]
        for each in cents
    ]
    reading = imported(rows, national, _catalogue())
    written = reading.sections["收支"][0]["当年预算"]["基本支出"]["一般公共预算拨款"]
    assert Decimal(written) == Decimal(sum(cents)).scaleb(-2)


def _catalogue() -> Catalogue:
    from generator.load.catalogue import open_catalogue

    return open_catalogue()


# The command


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments), "--pack", "national"])


def test_a_list_is_imported_once_its_columns_are_confirmed(tmp_path: Path) -> None:
    file = write(tmp_path / "导出.xlsx", ("明细", [*TITLE, HEAD, *ROWS, TOTAL]))
    output = tmp_path / "示例局-2026"
    asked = run(file, "-o", output)
    assert asked.exit_code == 2
    assert "E609" in asked.output
    assert [path.name for path in output.iterdir()] == [COLUMNS_FILE]
    columns = output / COLUMNS_FILE
    columns.write_text(columns.read_text("utf-8").replace("确认: 否", "确认: 是"), "utf-8")
    done = run(file, "-o", output)
    assert done.exit_code == 1, done.output
    assert "明细清单 4 行（另有 1 行合计，没有重复计入）" in done.output
    assert done.output.count("3,673,722.07 元") == 2
    assert "把握" not in columns.read_text("utf-8")
    data = yaml.safe_load((output / "收支.yaml").read_text("utf-8"))
    assert [str(line["科目"]) for line in data["收支"]] == ["2010501"]
    taken = run(file, "-o", output)
    assert "E503" in taken.output


def test_the_columns_of_last_time_serve_again(tmp_path: Path) -> None:
    first = write(tmp_path / "一.xlsx", ("明细", [*TITLE, HEAD, *ROWS]))
    run(first, "-o", tmp_path / "甲")
    columns = tmp_path / "甲" / COLUMNS_FILE
    columns.write_text(columns.read_text("utf-8").replace("确认: 否", "确认: 是"), "utf-8")
    done = run(first, "-o", tmp_path / "乙", "--columns", columns)
    assert done.exit_code == 1, done.output
    more = [*TITLE, [*HEAD, "新的一列"], *([*row, "字"] for row in ROWS)]
    second = write(tmp_path / "二.xlsx", ("明细", more))
    asked = run(second, "-o", tmp_path / "丙", "--columns", columns)
    assert "E609" in asked.output
    assert "其中1处待定" in re.sub(r"\s", "", asked.output)


@pytest.mark.parametrize("written", ["确认: 是\n列: 甲\n", "确认: 对\n列: []\n", "[1]\n"])
def test_columns_that_are_not_written_so_are_told(written: str, tmp_path: Path) -> None:
    file = write(tmp_path / "一.xlsx", ("明细", [*TITLE, HEAD, *ROWS]))
    (tmp_path / COLUMNS_FILE).write_text(written, encoding="utf-8")
    refused = run(file, "-o", tmp_path / "甲", "--columns", tmp_path / COLUMNS_FILE)
    assert refused.exit_code == 2
    assert "E608" in refused.output
