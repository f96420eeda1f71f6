"""Tables, titles and notes in a sheet; documents as workbooks in all packs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner

from generator.cli.main import cli
from generator.compose.compose import Composed, compose
from generator.core.resources import PACKS
from generator.drafts.draft import Paragraph, Table
from generator.drafts.html.read import html_blocks
from generator.drafts.read import read_draft
from generator.importing.run import import_document
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.conftest import ROOT
from tests.workbooks import document, write

Said = list[str | list[tuple[str, ...]]]


def blocks(path: Path) -> Said:
    return [
        block.text if isinstance(block, Paragraph) else [row.cells for row in block.rows]
        for block in read_draft(path).blocks
    ]


def of_sheet(path: Path, *rows: Any, name: str = "Sheet1") -> Said:
    return blocks(write(path, (name, list(rows))))


def test_title_unit_and_note_stand_around_a_table(tmp_path: Path) -> None:
    found = of_sheet(
        tmp_path / "a.xlsx",
        ["2026年部门收入总表"],
        [],
        ["编制部门：甲局", None, "单位：元"],
        ["科目", None, "金额"],
        [201, None, 1234.5],
        ["合计", None, 1234.5],
        ["注：以上为预算数。"],
    )
    assert found == [
        "2026年部门收入总表",
        "编制部门：甲局",
        "单位：元",
        [("科目", "金额"), ("201", "1234.5"), ("合计", "1234.5")],
        "注：以上为预算数。",
    ]


SUMMED = [("科目编码", "名称", "合计"), ("", "合计", "550"), ("208", "社会保障", "550")]


def test_what_stands_beside_a_table_behind_a_blank_column_is_none_of_its_columns(
    tmp_path: Path,
) -> None:
    found = of_sheet(
        tmp_path / "a.xlsx",
        ["科目编码", "名称", "合计"],
        [None, "合计", 550, None, "校验", 550],
        ["208", "社会保障", 550, None, "差额", 0],
    )
    assert found[-3:] == [SUMMED, "校验 550", "差额 0"]


@pytest.mark.parametrize(
    ("head", "column"),
    [(["科目编码", "名称", "合计", None, "备注"], 4), (["科目编码", "名称", "合计"], 3)],
    ids=["a head of its own", "no blank column"],
)
def test_a_column_that_is_named_or_follows_at_once_is_of_the_table(
    tmp_path: Path, head: list[str], column: int
) -> None:
    row = ["208", "社会保障", 550, None, None]
    row[column] = "550.00"
    *_, table = of_sheet(tmp_path / "a.xlsx", head, row)
    assert [cells[-1] for cells in table] == ["备注" if column > 3 else "", "550.00"]


def test_a_blank_row_ends_a_table_and_a_title_begins_the_next(tmp_path: Path) -> None:
    found = of_sheet(
        tmp_path / "a.xlsx",
        ["表甲"],
        ["项目", "金额"],
        ["一", 1.5],
        [],
        ["表乙"],
        ["项目", "金额"],
        ["二", 2.5],
        ["丙收支表"],
        ["项目", "金额"],
        ["三", 3.5],
    )
    head = ("项目", "金额")
    assert found == [
        "表甲",
        [head, ("一", "1.5")],
        "表乙",
        [head, ("二", "2.5")],
        "丙收支表",
        [head, ("三", "3.5")],
    ]


def test_a_total_below_blank_rows_belongs_to_its_table(tmp_path: Path) -> None:
    rows = [["项目", "金额"], ["一", 1.5], [], [], ["合计", 1.5]]
    *_, table = of_sheet(tmp_path / "a.xlsx", ["表甲"], *rows)
    assert table == [("项目", "金额"), ("一", "1.5"), ("合计", "1.5")]


def test_a_merged_cell_holds_its_text_once(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.merge_range("A1:B1", "科目")
    sheet.merge_range("C1:C2", "金额")
    sheet.write_row("A2", ["编码", "名称"])
    sheet.write_row("A3", ["201", "一般公共服务支出", 5.25])
    book.close()
    assert blocks(tmp_path / "a.xlsx") == [
        [("科目", "", "金额"), ("编码", "名称", ""), ("201", "一般公共服务支出", "5.25")]
    ]


def test_what_a_merged_cell_covers_is_told_unless_it_says_the_same(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("表")
    for at, below in ((0, "标题"), (2, "旧的话")):
        sheet.merge_range(at, 0, at, 2, "标题")
        sheet.write(at, 1, below)
    book.close()
    draft = read_draft(tmp_path / "a.xlsx")
    assert [line.text for line in draft.lines() if isinstance(line, Paragraph)] == ["标题"] * 2
    (trace,) = draft.facts.traces
    assert (trace.kind, trace.count, str(trace.spot)) == (
        "合并单元格盖住的内容",
        1,
        "工作表“表”B3",
    )


def test_a_long_cell_is_paragraphs_and_a_head_is_one_line(tmp_path: Path) -> None:
    found = of_sheet(
        tmp_path / "a.xlsx",
        ["机构设置"],
        ["    一、甲科。\n    二、乙科。"],
        [],
        ["事业单位\n经营收入", "合计"],
        [1.5, 1.5],
    )
    assert found == [
        "机构设置", "一、甲科。", "二、乙科。", [("事业单位经营收入", "合计"), ("1.5", "1.5")],
    ]  # fmt: skip


def test_a_table_without_a_title_has_the_name_of_its_sheet(tmp_path: Path) -> None:
    rows = [["项目", "金额"], ["一", 1.5]]
    assert of_sheet(tmp_path / "a.xlsx", *rows, name="收支总表")[0] == "收支总表"
    assert isinstance(of_sheet(tmp_path / "b.xlsx", *rows, name="Sheet1")[0], list)


def test_places_name_sheet_and_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ("收支总表", [["表"], ["项目", "金额"], ["一", 1.5]]))
    title, table = read_draft(path).blocks
    assert isinstance(title, Paragraph)
    assert isinstance(table, Table)
    assert str(title.spot) == "工作表“收支总表”A1"
    assert str(table.rows[1].spot) == "工作表“收支总表”第3行"
    assert str(table.rows[1].spot_of(1)) == "工作表“收支总表”B3"


# Whole documents

EXAMPLES = {
    "shanghai-district": "示例/示例区示例办公室-2026",
    "national": "示例/示例市示例局-2026",
    "yangquan": "阳泉市退役军人服务中心-2024",
}


@pytest.fixture(scope="module", params=EXAMPLES)
def place(
    request: pytest.FixtureRequest, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Pack, Composed, Path]:
    """A pack, a document of it, and that document as a workbook."""
    pack = load_pack(PACKS / request.param)
    composed = compose(ROOT / "data" / EXAMPLES[request.param], pack, catalogue)
    file = tmp_path_factory.mktemp("workbook") / f"{request.param}.xlsx"
    return pack, composed, document(composed, file)


def test_a_workbook_gives_the_data_that_the_document_gives(
    place: tuple[Pack, Composed, Path], catalogue: Catalogue, tmp_path: Path
) -> None:
    pack, composed, file = place
    (tmp_path / "a.html").write_text(composed.document.html(), encoding="utf-8")
    imported = import_document(read_draft(file), pack, catalogue)
    assert imported.recognition.known
    assert not imported.reading.unread()
    expected = import_document(tmp_path / "a.html", pack, catalogue).reading
    assert imported.reading.sections == expected.sections


def test_every_cell_of_a_workbook_is_read_back(place: tuple[Pack, Composed, Path]) -> None:
    _, composed, file = place
    written = [block for block, _ in html_blocks(composed.document.body)]
    rows = [row.cells for block in written if isinstance(block, Table) for row in block.rows]
    read = [row.cells for block in read_draft(file).blocks if isinstance(block, Table)
            for row in block.rows]  # fmt: skip
    assert [_filled(cells) for cells in rows] == [_filled(cells) for cells in read]


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell]


def test_a_workbook_is_checked_and_compared(
    place: tuple[Pack, Composed, Path], tmp_path: Path
) -> None:
    pack, composed, file = place
    page = tmp_path / "公开.html"
    page.write_text(composed.document.html(), encoding="utf-8")
    name = pack.folder.name
    compared = CliRunner().invoke(cli, ["diff", str(file), str(page), "--pack", name])
    assert compared.exit_code == 0, compared.output
    checked = CliRunner().invoke(cli, ["check", str(file), "--pack", name])
    expected = CliRunner().invoke(cli, ["check", str(page), "--pack", name])
    errors = re.compile("错误 (E[0-9]+)")
    assert errors.findall(checked.output) == errors.findall(expected.output)
    assert "有 1 处隐藏的工作表" in checked.output
