"""What cells of workbooks show: by their number formats, in all four kinds of files."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from generator.core.findings import UnusableInputError
from generator.drafts.draft import Paragraph, Table
from generator.drafts.read import read_draft
from generator.drafts.safety import limits
from generator.drafts.workbook.cell_numbers import number_written, shown_number
from generator.drafts.workbook.read import open_workbook
from generator.drafts.workbook.separated import separator_of
from generator.drafts.workbook.sheet import At, cell_name
from tests.workbooks import with_part, write

FORMATS = [
    ("688.0700000000001", "General", "688.07"),
    ("0.30000000000000004", "General", "0.3"),
    ("2010101.0", "General", "2010101"),
    ("123456789.13", "General", "123456789.13"),
    ("1547.6299999999974", "0.00", "1547.63"),
    ("12345678.985", "#,##0.00_ ", "12,345,678.99"),
    ("-3.5", "0.00_);(0.00)", "(3.50)"),
    ("-3.5", "#,##0.00;[Red]-#,##0.00", "-3.50"),
    ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    ("0", "0.00;-0.00;", ""),
    ("0.5432", "0.00%", "54.32%"),
    ("5", "00", "05"),
    ("1234567", "#,##0,", "1,235"),
    ("0.5", "[<1]0.00;0", "0.50"),
    ("1500", '[$￥-804]#,##0.00"元"', "￥1,500.00元"),
    ("-0.001", "0.00", "0.00"),
    ("46022", "yyyy/m/d", "2025/12/31"),
    ("46022", 'yyyy"年"m"月"d"日"', "2025年12月31日"),
    ("46022.5", "yyyy-mm-dd hh:mm", "2025-12-31 12:00"),
    ("3.25", "# ?/?", "3.25"),
]


@pytest.mark.parametrize(("written", "form", "shown"), FORMATS)
def test_a_number_is_shown_as_excel_shows_it(written: str, form: str, shown: str) -> None:
    number = number_written(written)
    assert number is not None
    assert shown_number(number, form) == shown


CENTS = st.integers(min_value=-(10**12), max_value=10**12)


@given(CENTS)
def test_no_cent_is_lost_between_binary_fractions_and_text(cents: int) -> None:
    exact = Decimal(cents).scaleb(-2)
    assert number_written(repr(float(exact))) == exact
    assert shown_number(number_written(repr(float(exact))) or Decimal(0), "0.00") == f"{exact:.2f}"


@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=2, max_size=40))
def test_a_sum_of_binary_fractions_is_the_sum_of_the_amounts(cents: list[int]) -> None:
    dusty = 0.0
    for each in cents:
        dusty += each / 100
    assert number_written(repr(dusty)) == Decimal(sum(cents)).scaleb(-2)


@pytest.mark.parametrize("written", ["", "甲", "1e400", "NaN", "Infinity", "1_0x"])
def test_what_is_no_number(written: str) -> None:
    assert number_written(written) is None


# Each kind of file


def xlsx(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("收入")
    sheet.merge_range(0, 0, 0, 1, "收入预算")
    sheet.write_row(1, 0, ["科目", "金额"])
    sheet.write(2, 0, 2010101)
    sheet.write(2, 1, 688.0700000000001)
    sheet.write(3, 0, "05")
    sheet.write(3, 1, 0.5432, book.add_format({"num_format": "0.00%"}))
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    book.add_worksheet("辅助").write(0, 0, "选项")
    book.worksheets()[1].hide()
    book.close()
    return path


def xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("收入")
    sheet.write_merge(0, 0, 0, 1, "收入预算")
    for column, text in enumerate(("科目", "金额")):
        sheet.write(1, column, text)
    sheet.write(2, 0, 2010101)
    sheet.write(2, 1, 688.0700000000001)
    sheet.write(3, 0, "05")
    sheet.write(3, 1, 0.5432, xlwt.easyxf(num_format_str="0.00%"))
    sheet.row(3).hidden = True
    sheet.col(1).hidden = True
    book.add_sheet("辅助").write(0, 0, "选项")
    book.get_sheet(1).visibility = 1
    book.save(str(path))
    return path


def ods(path: Path, content: str = "") -> Path:
    cell = (
        '<table:table-cell office:value-type="float" office:value="{}">'
        "<text:p>{}</text:p></table:table-cell>"
    )
    text = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    merged = text.replace("-cell>", '-cell table:number-columns-spanned="2">', 1)
    rows = (
        f"<table:table-row>{merged.format('收入预算')}<table:covered-table-cell/></table:table-row>"
        f"<table:table-row>{text.format('科目')}{text.format('金额')}</table:table-row>"
        f"<table:table-row>{cell.format('2010101', '2010101')}"
        f"{cell.format('688.0700000000001', '688.07')}</table:table-row>"
        f'<table:table-row table:visibility="collapse">{text.format("05")}'
        f"{cell.format('0.5432', '54.32%')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>"
    )
    content = content or (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">'
        '<office:automatic-styles><style:style style:name="ta2"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles>'
        '<office:body><office:spreadsheet><table:table table:name="收入"><table:table-column/>'
        f'<table:table-column table:visibility="collapse"/>{rows}</table:table>'
        '<table:table table:name="辅助" table:style-name="ta2"><table:table-row>'
        f"{text.format('选项')}</table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return path


@pytest.mark.parametrize(("make", "name"), [(xlsx, "a.xlsx"), (xls, "a.xls"), (ods, "a.ods")])
def test_every_kind_of_file_gives_the_same_cells(make: Any, name: str, tmp_path: Path) -> None:
    first, second = open_workbook(make(tmp_path / name)).sheets
    texts = {cell_name(at): cell.text for at, cell in first.filled()}
    assert texts == {
        "A1": "收入预算", "A2": "科目", "B2": "金额", "A3": "2010101", "B3": "688.07",
        "A4": "05", "B4": "54.32%",
    }  # fmt: skip
    assert first.cells[At(2, 1)].number == Decimal("688.07")
    assert [tuple(area) for area in first.merged] == [(0, 0, 0, 1)]
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {1})
    assert (first.hidden, second.hidden) == (False, True)


def dated_xlsx(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write(0, 0, 46042, book.add_format({"num_format": "m.dd"}))
    book.close()
    return path


def dated_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, 46042, xlwt.easyxf(num_format_str="M.DD"))
    book.save(str(path))
    return path


def dated_ods(path: Path) -> Path:
    return ods(
        path,
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>'
        '<office:spreadsheet><table:table table:name="一"><table:table-row><table:table-cell '
        'office:value-type="date" office:date-value="2026-01-20"><text:p>1.20</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet>"
        "</office:body></office:document-content>",
    )


@pytest.mark.parametrize(
    ("make", "name"), [(dated_xlsx, "a.xlsx"), (dated_xls, "a.xls"), (dated_ods, "a.ods")]
)
def test_a_day_is_a_day_in_every_kind_of_file(make: Any, name: str, tmp_path: Path) -> None:
    """What looks like an amount, 1.20, or holds a number, 46042, is none."""
    (sheet,) = open_workbook(make(tmp_path / name)).sheets
    cell = sheet.cells[At(0, 0)]
    assert (cell.text, cell.day) == ("1.20", date(2026, 1, 20))


@pytest.mark.parametrize(("make", "name"), [(xlsx, "a.xlsx"), (xls, "a.xls"), (ods, "a.ods")])
def test_what_is_hidden_is_told_and_not_read(make: Any, name: str, tmp_path: Path) -> None:
    draft = read_draft(make(tmp_path / name))
    said = [line.text if isinstance(line, Paragraph) else line.cells for line in draft.lines()]
    assert said == ["收入预算", "科目", "2010101"]
    found = {trace.kind: (trace.count, str(trace.spot)) for trace in draft.facts.traces}
    assert found == {
        "隐藏的工作表": (1, "工作表“辅助”A1"),
        "隐藏的行": (1, "工作表“收入”第4行"),
        "隐藏的列": (1, "工作表“收入”B列"),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_as_text(encoding: str, separator: str, tmp_path: Path) -> None:
    rows = [
        ("科目编码", "名称", "金额"),
        ('="010"', '"甲，乙"', "688.0700000000001"),
        ("2010101.0", "行政运行经费", "12.50"),
    ]
    text = "\r\n".join(separator.join(row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (block,) = read_draft(tmp_path / "a.csv").blocks
    assert isinstance(block, Table)
    assert [row.cells for row in block.rows] == [
        ("科目编码", "名称", "金额"),
        ("010", "甲，乙", "688.07"),
        ("2010101", "行政运行经费", "12.50"),
    ]
    assert str(block.rows[1].spot) == "第2行"


def test_commas_within_amounts_do_not_separate_cells() -> None:
    assert separator_of("名称\t金额\n甲\t1,234.00\n乙\t5,678,901.00\n") == "\t"


# Formulas


def formulas(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("表")
    sheet.write_row(0, 0, ["项目", "金额", "比例"])
    sheet.write_row(1, 0, ["甲", 5.5])
    sheet.write_formula(2, 1, "=B2*2", None, 11)
    sheet.write_formula(3, 1, "=B2/0", None, "#DIV/0!")
    sheet.write(2, 0, "乙")
    sheet.write(3, 0, "丙")
    book.close()
    return path


def test_a_formula_shows_its_value_and_an_error_is_told(tmp_path: Path) -> None:
    draft = read_draft(formulas(tmp_path / "a.xlsx"))
    table = next(block for block in draft.blocks if isinstance(block, Table))
    assert [row.cells[1] for row in table.rows] == ["金额", "5.5", "11", "#DIV/0!"]
    (unread,) = [line for line in draft.lines() if isinstance(line, Paragraph) and line.aside]
    assert (unread.aside, str(unread.spot)) == ("未读", "工作表“表”B4")
    assert "#DIV/0!" in unread.text


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("<v>11</v>", "").replace("<v>#DIV/0!</v>", ""),
        lambda text: (
            text.replace("<v>11</v>", "<v>0</v>")
            .replace(' t="e"', "")
            .replace("<v>#DIV/0!</v>", "<v>0</v>")
        ),
    ],
    ids=["no value", "nought that a program wrote without computing"],
)
def test_a_formula_without_a_value_is_no_nought(change: Any, tmp_path: Path) -> None:
    path = with_part(formulas(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml", change)
    draft = read_draft(path)
    table = next(block for block in draft.blocks if isinstance(block, Table))
    assert [row.cells[1] for row in table.rows][2:] == ["（公式没有结果）"] * 2
    (unread,) = [line for line in draft.lines() if isinstance(line, Paragraph) and line.aside]
    assert "B3、B4" in unread.text
    assert "用 Excel 打开，保存一次再读" in unread.text


def test_an_error_in_a_file_of_libreoffice_is_told(tmp_path: Path) -> None:
    content = (
        '<d xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:calcext="c"><spreadsheet>'
        '<table:table table:name="表"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>#备注</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell></table:table-row></table:table></spreadsheet></d>"
    )
    draft = read_draft(ods(tmp_path / "a.ods", content))
    (unread,) = [line for line in draft.lines() if isinstance(line, Paragraph) and line.aside]
    assert (unread.aside, str(unread.spot)) == ("未读", "工作表“表”B1")
    assert "#DIV/0!" in unread.text


def with_note(path: Path) -> Path:
    """An old workbook with a remark, which its writer cannot write: its records one by one."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "机构设置")
    text, author = "批注", "某人"
    number = 1
    records = [
        (0x5D, struct.pack("<HHHHH12xHH", 0x15, 18, 0x19, number, 0, 0, 0)),
        (0x1B6, struct.pack("<HH6sHHHI", 0, 0, b"", len(text), 0, 0, 0)),
        (0x3C, b"\1" + text.encode("utf-16-le")),
        (
            0x1C,
            struct.pack("<4HHB", 0, 0, 0, number, len(author), 1) + author.encode("utf-16-le"),
        ),
        (0x0A, b""),
    ]
    written = sheet.get_biff_data()
    end = struct.pack("<HH", 0x0A, 0)
    assert written.endswith(end)
    more = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    sheet.get_biff_data = lambda: written[: -len(end)] + more
    book.save(str(path))
    return path


def test_a_remark_in_an_old_workbook_is_told(tmp_path: Path) -> None:
    draft = read_draft(with_note(tmp_path / "a.xls"))
    assert [(trace.kind, trace.count) for trace in draft.facts.traces] == [("批注", 1)]


def test_macros_in_an_old_workbook_are_told(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls")
    with path.open("ab") as file:
        file.write("_VBA_PROJECT_CUR".encode("utf-16-le") + bytes(96))
    assert "宏" in [trace.kind for trace in read_draft(path).facts.traces]


def test_what_stands_over_and_around_the_cells(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("说明")
    sheet.write(0, 0, "机构设置")
    sheet.insert_textbox(2, 1, "框里的话")
    sheet.set_header('&L&"宋体"2025年送审稿&R第 &P 页')
    sheet.write_comment(0, 0, "批注的话", {"author": "某人"})
    book.close()
    draft = read_draft(tmp_path / "a.xlsx")
    said = [(line.aside, line.text) for line in draft.lines() if isinstance(line, Paragraph)]
    assert said[:2] == [("", "机构设置"), ("", "框里的话")]
    assert said[2][0] == "页眉"
    assert "2025年送审稿" in said[2][1]
    (remark,) = draft.facts.traces
    assert (remark.kind, remark.count) == ("批注", 1)


# Files that are broken, or made to do harm


def sheet_xml(path: Path, change: Any) -> Path:
    return with_part(
        write(path, ("表", [["甲", "乙"], [1, 2]])), "xl/worksheets/sheet1.xml", change
    )


HARM = [
    (lambda text: '<!DOCTYPE a [<!ENTITY e "x">]>' + text.split("?>", 1)[1], "E606"),
    (lambda text: text.replace("</row>", ""), "E603"),
    (lambda text: text + "<a>" * 100, "E603"),
    (lambda text: text + " " * 2**16, "E602"),
]


@pytest.mark.parametrize(("change", "code"), HARM)
def test_a_harmful_sheet_is_refused(
    change: Any, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_XML_BYTES", 2**16)
    with pytest.raises(UnusableInputError) as refused:
        read_draft(sheet_xml(tmp_path / "a.xlsx", change))
    assert [finding.code for finding in refused.value.findings] == [code]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="A1"', 'r="ZZZ99999999"'),
        ('r="A1"', ""),
        ('r="1"', 'r="' + "9" * 5000 + '"'),
        ("<v>0</v>", "<v>99999999999999999999</v>"),
        ("<v>1</v>", "<v>1e999999999</v>"),
        ("<v>1</v>", "<v>" + "9" * 100_000 + "</v>"),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ("<sheetData>", '<cols><col min="1" max="99999999" hidden="1"/></cols><sheetData>'),
        ('<c r="A1"', '<c s="999999999" r="A1"'),
    ],
)
def test_absurd_values_do_no_harm(old: str, new: str, tmp_path: Path) -> None:
    path = sheet_xml(tmp_path / "a.xlsx", lambda text: text.replace(old, new, 1))
    try:
        read_draft(path)
    except UnusableInputError as refused:
        assert refused.findings


@pytest.mark.parametrize("times", ["rows-repeated", "columns-repeated"])
def test_cells_that_come_again_a_million_times_are_refused(times: str, tmp_path: Path) -> None:
    content = (
        '<d xmlns:table="t" xmlns:text="x"><spreadsheet><table:table table:name="a">'
        "<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row>"
        "</table:table></spreadsheet></d>"
    )
    kind = "table:table-row>" if "rows" in times else "table:table-cell>"
    content = content.replace(f"<{kind}", f'<{kind[:-1]} table:number-{times}="16000">', 1)
    with pytest.raises(UnusableInputError) as refused:
        read_draft(ods(tmp_path / "a.ods", content))
    assert refused.value.findings[0].code == "E602"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    made = {".xlsx": xlsx, ".ods": ods}
    return {end: make(folder / f"a{end}").read_bytes() for end, make in made.items()}


@given(end=st.sampled_from([".xlsx", ".ods"]), data=st.data())
def test_a_damaged_file_is_read_or_refused(
    end: str, data: st.DataObject, whole: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(whole[end])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    path = tmp_path_factory.getbasetemp() / f"damaged{end}"
    path.write_bytes(bytes(content[:cut]))
    try:
        read_draft(path)
    except UnusableInputError as refused:
        assert refused.findings


@pytest.mark.parametrize("at", [600, 1024, 2100, 3000])
def test_a_damaged_old_workbook_is_read_or_refused(at: int, tmp_path: Path) -> None:
    content = bytearray(xls(tmp_path / "a.xls").read_bytes())
    content[at : at + 40] = b"\xff" * 40
    (tmp_path / "b.xls").write_bytes(bytes(content))
    try:
        read_draft(tmp_path / "b.xls")
    except UnusableInputError as refused:
        assert refused.findings[0].code in {"E601", "E602", "E603"}


def test_an_old_workbook_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 2000)
    with pytest.raises(UnusableInputError) as refused:
        read_draft(tmp_path / "a.xls")
    assert refused.value.findings[0].code == "E603"
