"""A worksheet that comes back without some of its sheets, rows or tags: no data is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl.workbook import Workbook

from generator.cli.main import cli
from generator.core.findings import UnusableInputError
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from tests.conftest import ROOT
from tests.test_worksheet import EXAMPLE, Office

SHEETS = ["收支", "基本支出经济科目", "项目", "三公经费", "采购与资产", "上年数", "文字", "其他"]
FORMS = ["绩效目标", "绩效指标"]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> bytes:
    office = Office(ROOT / "data" / EXAMPLE, catalogue)
    office.file = tmp_path_factory.mktemp("exported") / "填报.xlsx"
    office.export()
    return office.file.read_bytes()


@pytest.fixture
def office(tmp_path: Path, catalogue: Catalogue, exported: bytes) -> Office:
    copied = shutil.copytree(ROOT / "data" / EXAMPLE, tmp_path / "示例市示例局-2026")
    made = Office(Path(copied), catalogue)
    made.file.write_bytes(exported)
    return made


def _without(*names: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for name in names:
            del book[name]

    return change


def _import(office: Office) -> Result:
    return CliRunner().invoke(cli, ["import", str(office.file), "--into", str(office.folder)])


def _files(office: Office) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in office.folder.rglob("*.yaml")}


@pytest.mark.parametrize("names", [*([name] for name in SHEETS), FORMS, [*SHEETS, *FORMS]])
def test_what_stood_on_a_sheet_that_was_taken_out_stays(names: list[str], office: Office) -> None:
    office.type_in(_without(*names))
    before = _files(office)
    done = _import(office)
    assert done.exit_code == 0, done.output
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("填报表里没有")]
    assert told.endswith("表：那些栏目没有动")
    assert all(f"“{name}”" in told for name in names)
    assert _files(office) == before


def test_one_who_hands_back_only_a_sheet_changes_what_stands_on_it(office: Office) -> None:
    def change(book: Workbook) -> None:
        for name in book.sheetnames:
            if name not in ("三公经费", "_填报"):
                del book[name]
        sheet = book["三公经费"]
        row = next(r for r in range(1, 40) if sheet.cell(r, 2).value == "公务接待费")
        sheet.cell(row, 3).value = 51000

    office.type_in(change)
    assert office.take_in().lines == ["改  三公经费/公务接待费/一般公共预算拨款：52000 → 51000"]


def test_a_new_folder_has_what_stood_on_the_sheets_that_were_taken_out(
    office: Office, tmp_path: Path, catalogue: Catalogue
) -> None:
    office.type_in(_without("收支", "上年数", "其他"))
    target = tmp_path / "另一个-2026"
    done = CliRunner().invoke(cli, ["import", str(office.file), "-o", str(target)])
    assert done.exit_code == 0, done.output
    assert "那些栏目照写出填报表时的内容" in done.stdout
    loaded, _ = load_entity(target, catalogue, office.pack.vocabulary)
    assert loaded is not None
    assert loaded.disclosure == office.loaded.disclosure


def test_marks_of_a_list_of_work_that_was_taken_out_are_left(
    office: Office, tmp_path: Path
) -> None:
    file = office.folder / "项目.yaml"
    file.write_text("# 待核（数）\n" + file.read_text("utf-8"), "utf-8")
    office = Office(office.folder, office.catalogue)
    office.export()
    office.type_in(_without("待办"))
    done = CliRunner().invoke(cli, ["import", str(office.file), "-o", str(tmp_path / "新-2026")])
    assert done.exit_code == 1, done.output
    assert "填报表里还没有处理（待核（数））" in done.stdout


def _without_first_column(name: str) -> Callable[[Workbook], None]:
    return lambda book: book[name].delete_cols(1)


def _without_row(name: str, label: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        sheet = book[name]
        sheet.delete_rows(next(r for r in range(1, 99) if sheet.cell(r, 2).value == label))

    return change


def _renamed_without_first_column(book: Workbook) -> None:
    """A tag is blank: what stands beside it would not be read."""
    sheet = book["上年数"]
    sheet.title = "上年"
    row = next(r for r in range(1, 99) if sheet.cell(r, 2).value == "收入总计")
    sheet.cell(row, 1).value = None


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (_without_first_column("收支"), "工作表“收支”隐藏的第一列或表头被删去、改动了"),
        (_without_row("收支", "科目（项）"), "工作表“收支”隐藏的第一列或表头被删去、改动了"),
        (_without_row("三公经费", "单位"), "工作表“三公经费”里“机关运行经费的表头”被删去了"),
        (_without_row("三公经费", "公务接待费"), "工作表“三公经费”里“三公经费/公务接待费/"),
        (_renamed_without_first_column, "工作表“上年数”里“上年预算数/收入总计”被删去了"),
        (_without("绩效指标"), "少了工作表“绩效指标”，同一栏目的“绩效目标”还在"),
        (_without("绩效目标"), "少了工作表“绩效目标”，同一栏目的“绩效指标”还在"),
    ],
)
def test_a_sheet_that_cannot_be_read_whole_is_refused(
    change: Callable[[Workbook], None], cause: str, office: Office
) -> None:
    office.type_in(change)
    before = _files(office)
    with pytest.raises(UnusableInputError) as refused:
        office.take_in()
    (finding,) = refused.value.findings
    assert finding.code == "E651"
    assert cause in finding.message
    assert "移动或复制" in finding.remedy
    done = _import(office)
    assert done.exit_code == 2
    assert _files(office) == before


def test_rows_that_were_cleared_are_deleted(office: Office) -> None:
    def change(book: Workbook) -> None:
        sheet = book["基本支出经济科目"]
        for row in sheet.iter_rows(min_row=5, max_row=sheet.max_row, min_col=2):
            for cell in row:
                cell.value = None

    office.type_in(change)
    (line,) = office.take_in().lines
    assert line.startswith("删  基本支出经济科目")
