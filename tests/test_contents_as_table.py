"""Contents that are set as a table are contents: with leaders, with or without page numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.checks.rule import Passed, Unchecked
from generator.checks.rules.structure import CHECKS
from generator.compose.compose import compose
from generator.core.findings import Finding
from generator.drafts.draft import Line, Paragraph, Row, Spot
from generator.drafts.parts.contents import contents_range
from generator.drafts.parts.draft_format import format_of
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue, open_catalogue
from generator.pack.pack import Pack, load_pack
from generator.reading.document import ReadDocument
from tests.test_every_pack import OWN, OWN_DATA


@pytest.fixture(scope="module")
def small() -> Pack:
    return load_pack(OWN / "最小")


@pytest.fixture(scope="module")
def page(small: Pack, catalogue: Catalogue) -> str:
    return compose(OWN_DATA["最小"], small, catalogue).document.html()


def _entries(page: str) -> list[str]:
    """The headings that the contents list."""
    contents = re.search(r"<nav.*?</nav>", page, re.DOTALL)
    assert contents is not None
    lines = re.findall(r"<p[^>]*>(.*?)</p>", contents[0], re.DOTALL)
    found = [re.sub(r"<[^>]+>|\s", "", line) for line in lines]
    return [words for words in found if words != "目录"]


def _read(page: str, rows: list[tuple[str, ...]], pack: Pack, folder: Path) -> ReadDocument:
    """The document with its contents set as a table of these rows."""
    cells = "".join(f"<tr>{''.join(f'<td>{each}</td>' for each in row)}</tr>" for row in rows)
    table = f"<table><tr><td>目 录</td></tr>{cells}</table>"
    file = folder / "公开.html"
    file.write_text(re.sub(r"<nav.*?</nav>", table, page, flags=re.DOTALL), "utf-8")
    return presented_draft(file, pack, open_catalogue())


LOOKS: dict[str, tuple[str, ...]] = {
    "leaders": ("{words}………………………………",),
    "points and a page": ("{words}......{page}",),
    "a column for pages": ("{words}", "{page}"),
    "nothing": ("{words}",),
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_entry_is_compared_with_the_headings(
    page: str, small: Pack, tmp_path: Path, look: str
) -> None:
    entries = _entries(page)
    assert len(entries) > 5
    rows = [
        tuple(cell.format(words=words, page=page) for cell in LOOKS[look])
        for page, words in enumerate(entries, 1)
    ]
    document = _read(page, rows, small, tmp_path)
    told = [each for check in CHECKS for each in check(document, small)]
    assert [each for each in told if isinstance(each, Finding)] == []
    assert "目录" not in {each.group for each in told if isinstance(each, Unchecked)}
    assert any(isinstance(each, Passed) and each.code == "E741" for each in told)
    why = {each.why for each in told if isinstance(each, Unchecked) and each.group == "目录页码"}
    pages = look in {"points and a page", "a column for pages"}
    assert why == {"页码只有排好版的 PDF 才能核对" if pages else "目录没有写页码"}


def test_a_heading_that_such_contents_call_otherwise_is_found(
    page: str, small: Pack, tmp_path: Path
) -> None:
    entries = _entries(page)
    wrong = entries[-1][:-2] + "其他" + entries[-1][-2:]
    rows: list[tuple[str, ...]] = [(f"{words}………………",) for words in [*entries[:-1], wrong]]
    document = _read(page, rows, small, tmp_path)
    found = [each for check in CHECKS for each in check(document, small)]
    messages = [each.message for each in found if isinstance(each, Finding)]
    assert any(wrong in message for message in messages), messages


def _lines(*texts: str) -> list[Line]:
    return [Paragraph(text, Spot("段", number)) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize("table", ["表", "附表"])
def test_labels_above_tables_are_no_contents(small: Pack, table: str) -> None:
    """A label ends with a number as an entry of contents does, but has no words before it."""
    labels = [f"{table}1-{number}" for number in range(1, 6)]
    titled = [text for label in labels for text in (label, "部门收支总表")]
    assert not contents_range(_lines("示例局职责。", *titled), format_of(small))
    entries = [f"{label} 部门收支总表 {page}" for page, label in enumerate(labels, 1)]
    after = _lines("目录", *entries, *titled)
    assert contents_range(after, format_of(small)) == range(len(entries) + 1)


def test_labels_above_tables_do_not_go_on_with_contents_without_pages(small: Pack) -> None:
    entries = ["表1-1 部门收支总表", "表1-2 部门收入总表", "表1-3 部门支出总表"]
    lines = _lines("目录", *entries, "表1-1", "附表1-2", "表12")
    assert contents_range(lines, format_of(small)) == range(len(entries) + 1)


def test_marked_contents_end_where_their_marks_end(small: Pack) -> None:
    """The first heading below may say it otherwise than the contents, and be numbered too."""
    spot = Spot("段", 1)
    marked = [Paragraph(text, spot, "目录") for text in ("目录", "一、部门职责", "二、收支总表")]
    lines: list[Line] = [Paragraph("示例局", spot), *marked]
    lines += _lines("第一章 示例局的职责", "1.拟订计划。", "2.管理设施。", "第二章 机构")
    assert contents_range(lines, format_of(small)) == range(1, 4)


WHOLE = [
    ("一、财政拨款收入", "1,970", "一、一般公共服务支出", "12"),
    ("二、事业收入", "420", "二、教育支出", "49"),
    ("三、其他收入", "60", "三、卫生健康支出", "178"),
]
"""Rows of a table in whole numbers: each ends as an entry of contents does."""


@pytest.mark.parametrize("contents", [[], ["目录", "一、部门职责", "二、收支总表", "三、收入总表"]])
def test_rows_in_whole_numbers_are_no_contents(small: Pack, contents: list[str]) -> None:
    text = ["一、部门职责", "拟订计划，管理示例设施，承担市政府交办的其他任务。", "二、收支总表"]
    rows: list[Line] = [Row(cells, Spot("段", 9)) for cells in WHOLE]
    lines = [*_lines(*contents, *text), *rows]
    assert contents_range(lines, format_of(small)) == range(len(contents))
