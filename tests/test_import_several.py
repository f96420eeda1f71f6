"""Several files as one document: text in one, tables in others, lists of amounts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli.main import cli
from generator.compose.compose import Composed, compose
from generator.core.findings import UnusableInputError
from generator.core.resources import PACKS
from generator.drafts.draft import Paragraph, Row
from generator.drafts.parts.draft_format import format_of
from generator.drafts.read import read_draft
from generator.importing.inputs import combined, input_files, read_inputs
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.conftest import OFFICE
from tests.test_flat_list import HEAD, ROWS, TITLE
from tests.workbooks import document, write


@pytest.fixture(scope="module")
def shanghai() -> Pack:
    return load_pack(PACKS / "shanghai-district")


@pytest.fixture(scope="module")
def composed(shanghai: Pack, catalogue: Catalogue) -> Composed:
    return compose(OFFICE, shanghai, catalogue)


@pytest.fixture
def files(composed: Composed, tmp_path: Path) -> tuple[Path, Path]:
    """The text of a document, its tables among it, and the workbook of the same document."""
    page = tmp_path / "文字.html"
    page.write_text(composed.document.html(), encoding="utf-8")
    return page, document(composed, tmp_path / "报表.xlsx")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments)])


def test_a_folder_is_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("乙.xlsx", "甲.docx", "~$甲.docx", ".丙.xlsx", "丁.png"):
        (tmp_path / name).touch()
    assert [path.name for path in input_files([tmp_path])] == ["乙.xlsx", "甲.docx"]
    (tmp_path / "空").mkdir()
    with pytest.raises(UnusableInputError) as refused:
        input_files([tmp_path / "空"])
    assert refused.value.findings[0].code == "E601"


def test_a_statement_in_two_files_counts_once(files: tuple[Path, Path], shanghai: Pack) -> None:
    drafts = read_inputs(files).drafts
    draft, notes = combined(drafts, format_of(shanghai))
    tables, texts = notes
    assert tables.startswith("表一、表二、")
    assert tables.endswith("在“文字.html”和“报表.xlsx”里都有，用的是“报表.xlsx”里的")
    assert "、编制说明、" in texts
    assert texts.endswith("在“报表.xlsx”和“文字.html”里都有，用的是“文字.html”里的")
    rows = [line for line in draft.lines() if isinstance(line, Row)]
    alone = [line for line in read_draft(files[1]).lines() if isinstance(line, Row)]
    assert [row.cells for row in rows] == [row.cells for row in alone]
    assert str(rows[0].spot).startswith("“报表.xlsx”工作表“")


def test_no_line_of_several_files_is_lost(files: tuple[Path, Path], shanghai: Pack) -> None:
    drafts = read_inputs(files).drafts
    draft, _ = combined(drafts, format_of(shanghai))
    assert len(list(draft.lines())) == sum(len(list(each.lines())) for each in drafts)
    asides = [x for x in draft.lines() if isinstance(x, Paragraph) and "另一份" in x.aside]
    assert asides
    numbers = [line.spot.number for line in draft.lines()]
    assert numbers == sorted(set(numbers))


def test_text_and_tables_of_two_files_are_one_import(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    both = run(*files, "-o", tmp_path / "两份")
    assert both.exit_code == 1, both.output
    one = run(files[0], "-o", tmp_path / "一份")
    assert one.exit_code == 1
    for name in (
        "收支.yaml",
        "基本支出经济科目.yaml",
        "单位信息.yaml",
    ):
        text = (tmp_path / "两份" / name).read_text("utf-8")
        assert text == (tmp_path / "一份" / name).read_text("utf-8")


def test_a_list_and_a_text_are_one_import(files: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "导出"
    folder.mkdir()
    shutil.move(files[0], folder)
    rows = [[*row[:5], row[6], row[6], *row[7:]] for row in ROWS[:2]]
    write(folder / "明细.xlsx", ("明细", [*TITLE, HEAD, *rows]))
    done = run(folder, "-o", tmp_path / "数据", "--accept-columns")
    assert done.exit_code == 1, done.output
    data = yaml.safe_load((tmp_path / "数据" / "收支.yaml").read_text("utf-8"))
    assert [line["科目"] for line in data["收支"]] == [2010501]
    entity = yaml.safe_load((tmp_path / "数据" / "单位信息.yaml").read_text("utf-8"))
    assert entity["单位信息"]["名称"] == "示例区示例办公室"
    assert entity["概况"]["职责"]
    assert re.search(r"报表的支出合计 [\d,.]+ 元，清单 42,688.07 元，用的是清单", done.output)


def test_what_is_wrong_with_several_files_is_told_of_each(tmp_path: Path) -> None:
    for name in ("甲.xlsx", "乙.docx"):
        (tmp_path / name).write_bytes(b"PK\x03\x04")
    refused = run(tmp_path / "甲.xlsx", tmp_path / "乙.docx", "-o", tmp_path / "数据")
    assert refused.exit_code == 2
    assert refused.output.count("错误 E603") == 2


def test_files_in_a_folder_that_are_not_read_are_told(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "导出"
    folder.mkdir()
    shutil.move(files[0], folder)
    (folder / "明细.et").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    (folder / "说明.md").write_text("说明", encoding="utf-8")
    (folder / "~$文字.docx").touch()
    (folder / "下级").mkdir()
    done = run(folder, "-o", tmp_path / "数据", "--all")
    assert done.exit_code == 1
    said = re.sub(r"\s", "", done.output)
    assert "“导出”里的“明细.et”没有读：不能读.et文件：内容是WPS表格的文件" in said
    assert "“导出”里的“说明.md”没有读：不能读.md文件" in said
    assert "“导出”里的“下级”没有读" in said
    assert "~$文字" not in said


def test_a_workbook_with_nothing_to_be_read_does_not_vanish(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    empty = write(tmp_path / "空.xlsx", ("表", [[None]]))
    refused = run(files[0], empty, "-o", tmp_path / "数据")
    assert refused.exit_code == 2
    assert "错误 E605" in refused.output
    assert "空.xlsx" in refused.output


def test_what_is_hidden_in_a_workbook_is_told(files: tuple[Path, Path]) -> None:
    (told,) = read_inputs(files).notes
    assert told.startswith("“报表.xlsx”有隐藏的工作表 1 处，没有读（工作表“辅助”A1")


def test_a_subject_that_the_text_leaves_out_has_no_words_of_another(
    composed: Composed, tmp_path: Path
) -> None:
    """The words told of the subject before it hold an amount, too."""
    told = "主要用于示例普查。上年安排300.00万元，今年安排320.00万元，比上年增加6.67%"
    text = composed.document.html().replace("主要用于示例普查的登记和汇总", told)
    text, left_out = re.subn(r"<p>3\. (?:(?!</p>).)*主要用于事业单位的基本支出。</p>", "", text)
    assert left_out == 1
    page = tmp_path / "文字.html"
    page.write_text(text, encoding="utf-8")
    run(page, "-o", tmp_path / "数据")
    data = yaml.safe_load((tmp_path / "数据" / "收支.yaml").read_text("utf-8"))
    usages = {line["科目"]: line.get("用途") for line in data["收支"]}
    assert usages[2010507] == told
    assert usages[2010550] is None
