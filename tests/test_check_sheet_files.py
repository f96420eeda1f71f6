"""The check sheet as a workbook, a Word file and a web page, and the options that ask for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx.oxml.ns import qn
from lxml import html
from openpyxl.worksheet.worksheet import Worksheet

from generator.checks.run import Report
from generator.cli.main import cli
from generator.core.findings import Finding
from generator.core.workbook.names import sheet_names
from generator.reports.sheet.content import Scope
from generator.reports.sheet.timeliness import PublicationDates
from generator.reports.sheet.write import write_sheets
from tests.browser import CHROMIUM, Browser, Page
from tests.conftest import OFFICE
from tests.sheets import finding, page, report

HOSTILE = '=HYPERLINK("http://x","y")\x00\x0b\x1b[31m\ud800</script><b>_x0041_'


def _written(suffix: str, *reports: Report) -> bytes:
    publications = [PublicationDates()] * len(reports)
    return write_sheets(reports, publications, Scope(), Path(f"检查情况表{suffix}"))


def _book(*reports: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(_written(".xlsx", *reports)))


def _values(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [tuple(v for v in row if v is not None) for row in sheet.iter_rows(values_only=True)]


def _wrong(count: int) -> list[Finding]:
    return [finding("E723", "表一", f"第 {n} 行不等", place=page(n)) for n in range(1, count + 1)]


# Workbook


def test_the_workbook_holds_the_sheet() -> None:
    book = _book(report(*_wrong(3)))
    assert book.sheetnames == ["某局2026年度部门预算公开"]
    sheet = book.worksheets[0]
    values = _values(sheet)
    assert values[:6] == [
        ("预算公开情况检查表",),
        ("名称：某局2026年度部门预算公开",),
        ("文件：公开稿.pdf",),
        ("序号", "内容", "符合要求", "存在问题"),
        (
            "1",
            "及时性",
            "未核对",
            "没有给出批复日期和公开日期，是否在批复后20日内公开须人工核对。",
        ),
        ("2", "封面", "是"),
    ]
    at = values.index(("4", "表一 收支总表", "否", "1. 第1页：第 1 行不等。[E723]"))
    assert values[at + 1 : at + 3] == [
        ("2. 第2页：第 2 行不等。[E723]",),
        ("3. 第3页：第 3 行不等。[E723]",),
    ]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {f"{column}{at + 1}:{column}{at + 3}" for column in "ABC"} <= merged
    assert "检查人：" in str(values[-1][0])


def test_the_workbook_can_be_printed() -> None:
    sheet = _book(report(*_wrong(3))).worksheets[0]
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes, one wide
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["D5"].alignment.wrap_text
    assert sheet["D5"].border.left.style == "thin"
    assert sheet.column_dimensions["D"].width > sheet.column_dimensions["B"].width


def test_a_text_longer_than_a_row_can_be_is_cut_into_rows() -> None:
    long = "甲" * 5000
    sheet = _book(report(finding("E705", "表一", long))).worksheets[0]
    texts = [str(row[3].value or "") for row in sheet.iter_rows(min_row=5)]
    assert "".join(text for text in texts if "甲" in text) == f"{long}。[E705]"
    heights = [sheet.row_dimensions[n].height or 0 for n in range(1, sheet.max_row + 1)]
    assert max(heights) <= 409


def test_texts_are_never_formulas_nor_what_excel_refuses() -> None:
    wrong = finding("E705", "表一", HOSTILE, excerpt="+1+1")
    sheet = _book(report(wrong, title="=1+1")).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    texts = [str(cell.value) for cell in cells]
    (text,) = (text for text in texts if "HYPERLINK" in text)
    assert text.startswith("=HYPERLINK")
    assert "_x0041_" in text
    assert not {"\x00", "\x0b", "\x1b", "\ud800"} & set("".join(texts))
    with zipfile.ZipFile(io.BytesIO(_written(".xlsx", report(wrong)))) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_several_documents_make_a_summary_and_a_sheet_each() -> None:
    first, second = report(title="甲局/预算"), report(*_wrong(2), title="甲局:预算")
    book = _book(first, second)
    assert book.sheetnames == ["汇总", "甲局 预算", "甲局 预算 2"]
    values = _values(book["汇总"])
    assert (2, "甲局:预算", "否", 2, 0, 1, "公开稿.pdf") in values
    assert ("E723", "文字与报表金额不一致", "错误", 2, 1, "2") in values
    link = book["汇总"]["B4"].hyperlink
    assert link is not None
    assert link.location == "'甲局 预算 2'!A1"
    assert book["汇总"].page_setup.orientation == "landscape"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["甲", "甲", "甲"], ["甲", "甲 2", "甲 3"]),
        (["A", "a"], ["A", "a 2"]),
        (["[甲]:*?/\\", "'"], ["甲", "表"]),
        (["History", "汇总"], ["History 2", "汇总 2"]),
        (["乙" * 40, "乙" * 41], ["乙" * 31, f"{'乙' * 29} 2"]),
        (["𠮷" * 20], ["𠮷" * 15]),
    ],
)
def test_names_of_sheets_are_what_excel_takes(wanted: Sequence[str], names: list[str]) -> None:
    assert sheet_names(wanted, taken=["汇总"]) == names


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_the_same_report_gives_the_same_bytes(suffix: str) -> None:
    first, again = (_written(suffix, report(*_wrong(2)), report()) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# Word file


def test_the_word_file_holds_the_sheet() -> None:
    document = docx.Document(io.BytesIO(_written(".docx", report(*_wrong(2)))))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[:3] == [
        "预算公开情况检查表",
        "名称：某局2026年度部门预算公开",
        "文件：公开稿.pdf",
    ]
    assert lines[-1].split() == ["检查人：", "复核人：", "日期："]
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "内容", "符合要求", "存在问题"]
    assert rows[4] == [
        "4",
        "表一 收支总表",
        "否",
        "1. 第1页：第 1 行不等。[E723]\n2. 第2页：第 2 行不等。[E723]",
    ]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_the_word_file_takes_any_text() -> None:
    written = _written(".docx", report(finding("E705", "表一", HOSTILE)), report())
    document = docx.Document(io.BytesIO(written))
    assert document.paragraphs[0].text == "预算公开情况检查表汇总"
    assert len(document.tables) == 4


# Web page


def test_the_page_holds_the_sheets_and_nothing_that_runs() -> None:
    written = _written(".html", report(finding("E705", "表一", HOSTILE)), report())
    tree: Any = html.document_fromstring(written.decode())
    assert not tree.xpath("//script | //img | //link | //b | //*[@style]")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "script-src 'none'" in policy
    assert [h.text for h in tree.xpath("//h1")] == [
        "预算公开情况检查表汇总",
        "预算公开情况检查表",
        "预算公开情况检查表",
    ]
    assert tree.xpath("//section[@id='s1']//td[@class='short no']/text()") == ["否"]
    assert tree.xpath("//a/@href") == ["#s1", "#s2"]


@pytest.mark.skipif(CHROMIUM is None, reason="没有 Chromium")
def test_the_page_fits_desk_and_phone(tmp_path: Path) -> None:
    file = tmp_path / "检查情况表.html"
    file.write_bytes(_written(".html", report(*_wrong(5)), report()))
    browser = Browser(tmp_path / "profile")
    try:
        for width in (1280, 360):
            shown = Page(browser, width)
            shown.open(file)
            assert shown.run("document.documentElement.scrollWidth") <= width
            assert shown.complaints() == []
    finally:
        browser.close()


# The command


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


def test_the_command_writes_the_sheet_of_data(tmp_path: Path) -> None:
    file = tmp_path / "检查情况表.xlsx"
    dates = ("--approved", "2026-02-01", "--published", "2026年2月10日")
    done = _run(OFFICE, "--format", "sheet", "-o", file, "--url", "https://example.org", *dates)
    assert done.exit_code == 0
    assert str(file) in done.output
    values = _values(openpyxl.load_workbook(file).worksheets[0])
    assert ("公开网址：https://example.org",) in values
    assert values[4][2:] == (
        "是",
        "批复日期为2026年2月1日，公开日期为2026年2月10日，在批复后第 9 日公开。",
    )
    contents = [row[1] for row in values if len(row) > 2]
    assert contents[:6] == ["内容", "及时性", "封面", "目录", "主要职能", "机构设置"]
    assert any(str(each).startswith("表九") for each in contents)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--format", "sheet"), "检查情况表要写到 .xlsx、.docx 或 .html 文件"),
        (("--format", "sheet", "-o", "表.pdf"), "检查情况表要写到 .xlsx、.docx 或 .html 文件"),
        (("--format", "sheet", "-o", "表.xlsx", "--published", "明天"), "“明天”不是日期"),
        (("--format", "sheet", "-o", "表.xlsx", "--approved", "2026-02-30"), "不是日期"),
        (("--format", "sheet", "-o", "表.xlsx", "--only", "E7"), "去掉 --only"),
        (("--format", "sheet", "-o", "表.xlsx", "--url", "a", "--url", "b"), "网址有 2 个"),
        (("--published", "2026-02-01"), "只用于检查情况表"),
        (("--url", "https://example.org", "--format", "html", "-o", "表.html"), "只用于检查情况表"),
    ],
)
def test_what_does_not_go_together_is_said(arguments: Sequence[str], says: str) -> None:
    done = _run(OFFICE, *arguments)
    assert done.exit_code == 2
    assert says in done.output


def test_the_sheet_says_which_rules_were_left_out(tmp_path: Path) -> None:
    file = tmp_path / "表.html"
    done = _run(
        OFFICE,
        "--format",
        "sheet",
        "-o",
        file,
        "--skip",
        "W745",
        "--skip",
        "E73",
        "--tier",
        "error",
    )
    assert done.exit_code == 0
    tree: Any = html.document_fromstring(file.read_text(encoding="utf-8"))
    remarks = tree.xpath("string(//div[@class='remarks'])")
    assert "没有用这些规则：W745 标点、字词或段落重复，括号引号不成对、E73。" in remarks
    assert "只列错误" in remarks


def test_nothing_is_written_for_input_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    done = _run(OFFICE, tmp_path / "没有.docx", "--format", "sheet", "-o", file)
    assert done.exit_code == 2
    assert not file.exists()
