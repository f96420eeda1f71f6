"""What a cell of a worksheet says is what it shows; what is not clear is refused with its place."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.workbook import Workbook

from generator.cli.main import cli
from generator.core.findings import Finding, UnusableInputError
from generator.load.catalogue import Catalogue
from generator.worksheet.read import read_worksheet
from generator.worksheet.take_in import data_of
from tests.conftest import ROOT
from tests.soffice import needs_soffice
from tests.spreadsheets import recomputed
from tests.test_worksheet import EXAMPLE, Office


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


def _type(office: Office, sheet: str, name: str, value: object, number_format: str = "") -> None:
    def change(book: Workbook) -> None:
        cell = book[sheet][name]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    office.type_in(change)


def _refused(office: Office) -> Finding:
    with pytest.raises(UnusableInputError) as refused:
        office.data()
    (finding,) = refused.value.findings
    return finding


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.99, "0%", "99%"),
        (0.985, "0.0%", "98.5%"),
        (0.985, "0.00%", "98.50%"),
        (12000, "#,##0", "12,000"),
        (3, "0.00", "3.00"),
        (12, '0"人"', "12人"),
        (95, '"≥"0"分"', "≥95分"),
        (360, "General", "360"),
        (datetime(2026, 12, 31), "yyyy/m/d", "2026年12月31日"),
        (datetime(2026, 12, 31), 'm"月"d"日"', "12月31日"),  # the year is that of the typing
        (datetime(2026, 6, 1), 'yyyy"年"m"月"', "2026年6月"),
        (datetime(2026, 1, 12, 10, 30), "yyyy-mm-dd h:mm", "2026-01-12 10:30"),
    ],
)
def test_a_text_is_read_as_it_is_shown(
    value: object, number_format: str, shown: str, office: Office
) -> None:
    _type(office, "绩效指标", "G5", value, number_format)
    first, *_ = office.data()["项目绩效目标表"]
    assert shown in str(first["绩效指标"])


@pytest.mark.parametrize(
    ("number_format", "cause"),
    [
        ("# ?/?", "里面是数 0.75，按格子的数字格式不知道显示成什么"),
        ("0.00E+00", "里面是数 0.75，按格子的数字格式不知道显示成什么"),
        (";;;", "里面是数 0.75，按格子的数字格式什么也不显示"),
    ],
)
def test_a_text_whose_look_is_not_known_is_refused(
    number_format: str, cause: str, office: Office
) -> None:
    _type(office, "绩效指标", "G5", 0.75, number_format)
    message = _refused(office).message
    assert message.startswith(f"工作表“绩效指标”G5：{cause}")
    assert "把格式改成“文本”" in message


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (1234567.89, "#,##0.00"),
        (1234567.89, "#,##0"),
        (1234567.89, "0"),
        (1234567.89, "¥#,##0.00"),
        (1234567.89, '#,##0.00"元"'),
        (1234567.89, '#,##0.00,"千元"'),
        (1234567.89, '0!.0,"万元"'),
    ],
)
def test_an_amount_is_the_number_however_it_is_shown(
    value: float, number_format: str, office: Office
) -> None:
    _type(office, "收支", "E5", value, number_format)
    assert "1234567.89" in str(office.data()["收支"][0])


@pytest.mark.parametrize(
    ("number_format", "shown"), [('0.00"万元"', "193.20万元"), ('0"亿"', "193亿"), (";;;", "")]
)
def test_an_amount_that_shows_another_one_is_refused(
    number_format: str, shown: str, office: Office
) -> None:
    _type(office, "收支", "E5", 193.2, number_format)
    message = _refused(office).message
    assert message.startswith("工作表“收支”E5：")
    assert (shown or "什么也不显示") in message


@pytest.mark.parametrize("number_format", ["General", "#,##0", "0.00", "0000000"])
def test_a_code_is_read_without_what_its_format_adds(number_format: str, office: Office) -> None:
    _type(office, "收支", "B5", 2010507, number_format)
    assert office.data()["收支"][0]["科目"] == "2010507"


def _row(office: Office, sheet: str, column: int, text: str) -> int:
    """The first row, from 1, that has a text in a column."""
    rows = openpyxl.load_workbook(office.file)[sheet].iter_rows(values_only=True)
    return next(number for number, row in enumerate(rows, 1) if text in str(row[column - 1]))


@pytest.mark.parametrize(
    ("code", "name", "cause"),
    [
        ("2080505", " 行政单位离退休", "编码 2080505 是“机关事业单位基本养老保险缴费支出”，"
         "名称“行政单位离退休”是 2080501 的"),
        ("2010501", "-事业运行", "编码 2010501 是“行政运行”，名称“事业运行”是 2010550 的"),
    ],
)  # fmt: skip
def test_a_code_and_the_name_of_another_one_contradict_each_other(
    code: str, name: str, cause: str, office: Office
) -> None:
    row = _row(office, "收支", 2, code)
    _type(office, "收支", f"B{row}", code + name)
    finding = _refused(office)
    assert (finding.code, finding.message) == ("E652", cause)
    assert str(finding.place).endswith(f"（工作表“收支”B{row}）")


def test_a_name_that_no_code_has_is_told_and_the_code_counts(office: Office) -> None:
    row = _row(office, "收支", 2, "2080505")
    _type(office, "收支", f"B{row}", "2080505　基本养老保险单位部分")
    done = CliRunner().invoke(cli, ["import", str(office.file), "--into", str(office.folder)])
    assert done.exit_code == 0, done.output
    assert "W210" in done.stderr
    assert f"（工作表“收支”B{row}）" in done.stderr.replace("\n", "")
    assert "科目 2080505 写作“基本养老保险单位部分”，目录为“机关事业单位" in done.stderr
    assert "没有改动" in done.stdout


def test_the_name_of_a_code_may_be_that_of_the_data_themselves(office: Office) -> None:
    typed = _row(office, "收支", 2, "2080505")

    def change(book: Workbook) -> None:
        book["收支"][f"B{typed}"].value = "2080505 本地名称"
        sheet = book["其他"]
        row = next(r for r in range(1, 99) if sheet.cell(r, 3).value == "编码") + 1
        for column, text in ((2, "功能分类"), (3, "2080505"), (4, "本地名称")):
            sheet.cell(row, column).value = text

    office.type_in(change)
    sheet = read_worksheet(office.file)
    data_of(sheet, office.file, office.catalogue, office.pack.vocabulary)
    assert sheet.remarks == []


@pytest.mark.parametrize(
    ("sheet", "cell", "typed", "cause"),
    [
        ("收支", "F5", "两万", "金额不写单位"),
        ("收支", "C5", "2026", "“预算年度”写的是“2026”，只能是当年预算、上年结转"),
        ("收支", "D5", "基本", "“支出类别”写的是“基本”，只能是基本支出、人员经费、"),
        ("收支", "B5", "行政运行", "科目编码“行政运行”不是"),
        ("项目", "F5", "三千", "金额"),
        ("基本支出经济科目", "C5", "约五万", "金额"),
        ("三公经费", "C11", "1万元", "金额"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_in_the_words_of_the_sheet(
    sheet: str, cell: str, typed: str, cause: str, office: Office
) -> None:
    _type(office, sheet, cell, typed)
    finding = _refused(office)
    assert f"工作表“{sheet}”{cell}" in f"{finding.message}{finding.place}"
    told = finding.message + finding.remedy
    assert cause in told
    assert "键" not in told


def test_a_word_that_is_none_of_those_known_is_not_called_a_key(office: Office) -> None:
    row = _row(office, "其他", 3, "编码") + 1

    def change(book: Workbook) -> None:
        for column, text in ((2, "收入分类"), (3, "2080599"), (4, "本地名称")):
            book["其他"].cell(row, column).value = text

    office.type_in(change)
    finding = _refused(office)
    assert finding.message == "不能写“收入分类”"
    assert "功能分类" in finding.remedy
    assert "键" not in finding.remedy
    assert str(finding.place).endswith(f"（工作表“其他”B{row}）")


def test_a_formula_without_a_value_is_computed_by_excel(office: Office) -> None:
    _type(office, "收支", "E5", "=1+1")
    finding = _refused(office)
    assert finding.message == "工作表“收支”E5：公式还没有算出结果"
    assert finding.remedy == "用 Excel 打开，保存一次再读入"


def test_a_file_that_is_there_is_called_a_file(office: Office) -> None:
    done = CliRunner().invoke(cli, ["worksheet", str(office.folder), "-o", str(office.file)])
    assert done.exit_code == 2
    assert "原因：文件已经存在\n" in done.stderr
    assert "换一个文件名" in done.stderr


def test_a_worksheet_saved_with_macros_is_one(office: Office) -> None:
    saved = office.file.rename(office.file.with_suffix(".xlsm"))
    done = CliRunner().invoke(cli, ["import", str(saved), "--into", str(office.folder)])
    assert done.exit_code == 0, done.output
    assert "没有改动" in done.stdout


@needs_soffice
def test_a_worksheet_saved_as_a_spreadsheet_of_libreoffice_is_one(
    office: Office, tmp_path: Path
) -> None:
    _type(office, "绩效指标", "G5", 0.985, "0.0%")
    saved = office.file.with_suffix(".ods")
    saved.write_bytes(recomputed(office.file.read_bytes(), tmp_path / "again", "ods").read_bytes())
    done = CliRunner().invoke(cli, ["import", str(saved), "--into", str(office.folder)])
    assert done.exit_code == 0, done.output
    assert "→ 98.5%" in done.stdout
