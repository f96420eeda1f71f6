"""Lists of findings, differences and tasks as workbooks."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.checks.rule import Unchecked
from generator.checks.run import Accepted
from generator.cli.main import cli
from generator.reports.check_xlsx import check_xlsx
from generator.reports.workbook.lists import ListTable, WorkbookColumn, list_workbook
from tests.conftest import OFFICE
from tests.sheets import finding, page, report


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def _rows(content: bytes | Path, sheet: int = 0) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content) if isinstance(content, bytes) else content)
    return list(book.worksheets[sheet].iter_rows(values_only=True))


def test_every_finding_is_a_row() -> None:
    wrong = finding(
        "E723", "表一", "相差 0.10 万元", place=page(7), also=(page(9),), excerpt="=1+1"
    )
    found = report(
        wrong,
        accepted=(Accepted(finding("W745", "封面", "句号重复"), "批复如此"),),
        unchecked=(Unchecked("E739", "情况说明", "没有上年数"),),
        noise=(finding("W745", "封面", "空格"),),
    )
    rows = [row for row in _rows(check_xlsx([found])) if isinstance(row[0], int)]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        (1, "错误", "E723"),
        (2, "已接受", "W745"),
        (3, "噪声", "W745"),
        (4, "无法核对", "E739"),
    ]
    assert rows[0][5:10] == ("表一", "第7页\n第9页", "相差 0.10 万元", "=1+1", "改正")
    assert rows[1][9] == "批复如此"
    assert rows[3][7] == "没有上年数"


def test_a_list_can_be_filtered_and_printed() -> None:
    columns = (WorkbookColumn("序号", 8), WorkbookColumn("内容", 30))
    table = ListTable("清单", ("说明。",), columns, [(1, "甲"), (2, "=乙")])
    content = list_workbook("某清单", [table])
    assert content == list_workbook("某清单", [table])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.auto_filter.ref == "A3:B5"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert [(cell.value, cell.data_type) for cell in sheet[5]] == [(2, "n"), ("=乙", "s")]


def test_an_empty_list_is_a_head() -> None:
    table = ListTable("清单", (), (WorkbookColumn("序号", 8), WorkbookColumn("内容", 30)), [])
    assert _rows(list_workbook("某清单", [table]))[1] == ("序号", "内容")


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    table = ListTable(
        "清单", (), (WorkbookColumn("序号", 8), WorkbookColumn("内容", 30)), [(1, "甲" * 40_000)]
    )
    _, text = _rows(list_workbook("某清单", [table]))[2]
    assert str(text).endswith("甲…")
    assert len(str(text)) == 32_001


def test_check_writes_the_list(tmp_path: Path) -> None:
    file = tmp_path / "问题清单.xlsx"
    done = _run("check", OFFICE, "--format", "xlsx", "-o", file)
    assert done.exit_code == 0
    assert _rows(file)[0][0] == "预算公开检查：问题清单"


@pytest.mark.parametrize("arguments", [("check", OFFICE), ("diff", OFFICE, OFFICE)])
def test_a_list_is_written_to_a_file(arguments: tuple[str | Path, ...]) -> None:
    done = _run(*arguments, "--format", "xlsx")
    assert done.exit_code == 2
    assert "清单.xlsx" in done.output


def test_diff_writes_the_differences(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("名词解释\n基本支出：为保障机构运转。\n", encoding="utf-8")
    (tmp_path / "乙.txt").write_text("名词解释\n基本支出：为保障机构发展。\n", encoding="utf-8")
    file = tmp_path / "差异清单.xlsx"
    done = _run("diff", tmp_path / "甲.txt", tmp_path / "乙.txt", "--format", "xlsx", "-o", file)
    assert done.exit_code == 1
    (row,) = [row for row in _rows(file) if isinstance(row[0], int)]
    assert row[1:3] == ("文字", "警告")
    assert row[5:7] == ("运转", "发展")


def test_differences_that_are_not_listed_are_counted(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("某某局2026年度部门预算公开\n收入1，200.00元。\n", "utf-8")
    (tmp_path / "乙.txt").write_text("某某局2026年度部门预算公开\n收入1,200.00元。\n", "utf-8")
    file = tmp_path / "差异清单.xlsx"
    command = ("diff", tmp_path / "甲.txt", tmp_path / "乙.txt", "--format", "xlsx", "-o", file)
    _run(*command)
    told = [str(row[0]) for row in _rows(file)]
    assert any(line.startswith("没有列的：格式 1 处") for line in told), told
    _run(*command, "--all")
    assert not any(str(row[0]).startswith("没有列的") for row in _rows(file))


def test_new_year_writes_the_tasks(tmp_path: Path) -> None:
    target = tmp_path / "示例区示例办公室-2027"
    done = _run("new-year", OFFICE, "-o", target, "--format", "xlsx")
    assert done.exit_code == 0
    rows = _rows(target / "待填清单.xlsx")
    assert "2027年度" in str(rows[0][0])
    tasks = [row for row in rows if isinstance(row[0], int)]
    listed = (target / "待填清单.md").read_text("utf-8")
    assert tasks
    assert all(f"| {row[3]} | {row[4]} |" in listed for row in tasks)
    checked = _run("check", target)  # the workbook is no data that was left unread
    assert "W226" not in checked.output
