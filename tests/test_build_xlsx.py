"""``build --format xlsx``: the statements as sheets that a spreadsheet recomputes."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.cli.inputs import pack_of_folder
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.compose.compose import Composed, compose
from generator.core.numbers.rounding import half_up
from generator.drafts.read import open_book
from generator.importing.flat_list.run import Lists
from generator.load.catalogue import Catalogue
from generator.printing.formats import Format, print_formats
from generator.printing.kept import KeptPieces
from generator.printing.share_pages import share_pages
from generator.printing.xlsx.grid import PrintedTable, printed_tables
from tests.conftest import ROOT, Sample
from tests.soffice import needs_soffice
from tests.spreadsheets import recomputed

EXAMPLES = ("示例市示例局-2026", "示例区示例办公室-2026")


def _opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _example(name: str, catalogue: Catalogue) -> tuple[Composed, bytes]:
    folder = ROOT / "data/示例" / name
    pack = pack_of_folder(folder, None)
    composed = compose(folder, pack, catalogue)
    files = print_formats(composed, pack, [Format.XLSX], lambda _: None).files
    return composed, files[f"{composed.stem}.xlsx"]


def _pairs(composed: Composed, book: Workbook) -> list[tuple[PrintedTable, Worksheet]]:
    tables = list(printed_tables(composed.document.body))
    assert len(tables) == len(book.worksheets)
    return list(zip(tables, book.worksheets, strict=True))


def test_every_table_has_a_sheet_with_its_texts_and_exact_amounts(sample: Sample) -> None:
    for table, sheet in _pairs(sample.composed, _opened(sample.file("xlsx"))):
        first = len(table.above) + 1
        for cell in table.cells:
            written = sheet.cell(first + cell.row, cell.column + 1)
            if cell.figure:
                assert written.data_type in ("n", "f")
            else:
                assert (written.value or "") == cell.text


def test_no_statement_is_taken_for_a_list_of_items(sample: Sample, tmp_path: Path) -> None:
    file = tmp_path / "公开.xlsx"
    file.write_bytes(sample.file("xlsx"))
    lists = Lists()
    lists.take(file, open_book(file))
    assert (lists.found, lists.assets) == ([], [])


def test_a_sum_is_a_formula_and_a_leaf_is_a_number(sample: Sample) -> None:
    book = _opened(sample.file("xlsx"))
    sheet = next(each for each in book.worksheets if each.title.startswith("表二"))
    total = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    leaf = next(row for row in sheet.iter_rows() if len(str(row[0].value or "")) == 7)
    assert str(total[2].value).startswith("=")
    assert not any(str(cell.value).startswith("=") for cell in leaf[3:] if cell.value is not None)


def test_a_row_is_as_high_as_the_text_that_is_broken_in_it(catalogue: Catalogue) -> None:
    composed, content = _example(EXAMPLES[0], catalogue)
    name = "机关事业单位基本养老保险缴费支出"
    heights = {
        sheet.row_dimensions[cell.row].height
        for table, sheet in _pairs(composed, _opened(content))
        for cell in (row[1] for row in sheet.iter_rows())
        if cell.value == name and table.widths[1] < 20
    }
    assert heights
    assert all(height and height > 20 for height in heights)


def test_a_sheet_is_set_up_for_print(sample: Sample) -> None:
    """As the pages of the document are: a table that fits an upright page is on one."""
    printed = share_pages(sample.composed.document, sample.pack.theme, KeptPieces())
    wide = {table.title for table in printed_tables(printed.body) if table.landscape}
    for table, sheet in _pairs(sample.composed, _opened(sample.file("xlsx"))):
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.orientation == "landscape") == (table.title in wide)
        assert sheet.print_area
        if table.widths:
            assert sheet.print_title_rows == f"$1:${len(table.above) + table.head_rows}"
            assert sheet.freeze_panes == f"A{len(table.above) + table.head_rows + 1}"


def test_the_same_input_gives_the_same_bytes(catalogue: Catalogue) -> None:
    assert _example(EXAMPLES[0], catalogue)[1] == _example(EXAMPLES[0], catalogue)[1]


def test_properties_name_the_document_and_its_author(sample: Sample) -> None:
    properties = _opened(sample.file("xlsx")).properties
    assert properties.title == sample.composed.document.title
    assert properties.creator == sample.composed.disclosure.entity.name


def test_a_text_that_begins_with_an_equals_sign_is_no_formula(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = tmp_path / "示例-2026"
    folder.mkdir()
    for file in (ROOT / "data/示例" / EXAMPLES[0]).iterdir():
        text = file.read_text("utf-8").replace("示例专项普查", "'=HYPERLINK(\"http://x\")'")
        (folder / file.name).write_text(text, "utf-8")
    pack = pack_of_folder(folder, None)
    composed = compose(folder, pack, catalogue)
    content = next(
        data
        for name, data in print_formats(composed, pack, [Format.XLSX], print).files.items()
        if name.endswith("xlsx")
    )
    cells = [cell for sheet in _opened(content) for row in sheet.iter_rows() for cell in row]
    (named,) = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert named.data_type == "s"


def test_the_workbook_of_a_document_is_compared_by_its_statements(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    """Its texts and forms are no differences: it has none, which is said once."""
    composed, content = _example(EXAMPLES[0], catalogue)
    pack = pack_of_folder(ROOT / "data/示例" / EXAMPLES[0], None)
    file = tmp_path / "公开.xlsx"
    file.write_bytes(content)
    book, data = side_of_draft(file, pack), side_of_data(composed, pack)
    for found in (compare_sides(book, data, pack), compare_sides(data, book, pack)):
        assert found.differences() == []
        assert found.unread == ("公开.xlsx 是工作簿，只有报表：文字和绩效目标表没有比较",)


@needs_soffice
@pytest.mark.parametrize("name", EXAMPLES)
def test_libreoffice_recomputes_the_printed_cents(
    name: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    composed, content = _example(name, catalogue)
    book = openpyxl.load_workbook(recomputed(content, tmp_path, "xlsx"), data_only=True)
    formulas: Counter[str] = Counter()
    for (table, sheet), (_, written) in zip(
        _pairs(composed, book), _pairs(composed, _opened(content)), strict=True
    ):
        first = len(table.above) + 1
        for cell in table.cells:
            if cell.figure:
                place = first + cell.row, cell.column + 1
                value = half_up(Decimal(repr(sheet.cell(*place).value)))
                assert value == Decimal(cell.text.replace(",", "")), cell.figure
                formulas[table.title] += str(written.cell(*place).value).startswith("=")
    assert sum(formulas.values()) > 60
    assert all(count for title, count in formulas.items() if "收入总表" in title)
