"""Statements printed without ruling lines read as those with them; nothing else is a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from weasyprint import HTML

from generator.drafts.draft import Paragraph, Row, Table
from generator.drafts.parts.draft_format import format_of
from generator.drafts.parts.split import outline
from generator.drafts.read import read_draft
from generator.pack.pack import Pack
from tests.conftest import DEPARTMENT, UNIT, Sample
from tests.test_drafts import lines, pdf

Rows = dict[str, list[tuple[str, ...]]]
ReadAgain = Callable[[str, str], Rows]

BARE = "section.statement th, section.statement td {border: none !important}"
ACROSS = BARE.replace("border:", "border-left: none !important; border-right:")
THREE_LINES = BARE + " section.statement table {border: solid; border-width: 1pt 0}"
THREE_LINES += " section.statement thead {border-bottom: .5pt solid}"
ONCE = "thead {display: table-row-group !important}"
TALL = "section.statement th, section.statement td {padding: 6pt 3pt !important}"
SMALL = "section.statement table {font-size: 7pt !important; line-height: 8.5pt !important}"


LONG = {2: 39, 6: 50, 12: 100}
"""Statements of the department that go over pages, with so many of their rows."""


@pytest.fixture(scope="module")
def read_again(
    printed: Callable[[str], Sample], pack: Pack, tmp_path_factory: pytest.TempPathFactory
) -> ReadAgain:
    """Prints the statements of a sample alone, in another style, and reads them."""
    path = tmp_path_factory.mktemp("unruled") / "a.pdf"

    @cache
    def get(name: str, style: str) -> Rows:
        page = printed(name).file("html").decode()
        head = page[: page.index("<body>")]
        HTML(string=f"{head}<style>{style}</style><body>{_statements(name, page)}").write_pdf(path)
        found = outline(read_draft(path), format_of(pack))
        assert not found.other
        return {number: [row.cells for row in s.rows] for number, s in found.statements.items()}

    return get


def _statements(name: str, page: str) -> str:
    found = re.findall(r'<section class="[^"]*\bstatement\b.*?</section>', page, re.DOTALL)
    assert len(found) == 13
    if name == UNIT:
        return "".join(found)
    cut = []
    for number, rows in LONG.items():
        first, *more = re.split("(?=<tr)", found[number - 1].removesuffix("</section>"))
        kept = "".join(more[:rows])
        end = "" if "</table>" in kept else "</tbody></table>"
        cut.append(f"{first}{kept}{end}</section>")
    return "".join(cut)


@pytest.mark.parametrize("style", [BARE, ACROSS, THREE_LINES], ids=["无框线", "横线", "三线"])
def test_every_cell_as_in_ruled_tables(style: str, read_again: ReadAgain) -> None:
    ruled = read_again(UNIT, "")
    assert len(ruled) == 13
    assert read_again(UNIT, style) == ruled


@pytest.mark.parametrize("style", [TALL, SMALL], ids=["行高", "小字"])
def test_other_settings(style: str, read_again: ReadAgain) -> None:
    assert read_again(UNIT, BARE + style) == read_again(UNIT, "")


def test_heads_need_not_be_repeated(read_again: ReadAgain) -> None:
    """On statements that go over pages: of others nobody sees it."""
    ruled = read_again(DEPARTMENT, "")
    assert [len(rows) for rows in ruled.values()] == list(LONG.values())
    assert read_again(DEPARTMENT, BARE + ONCE) == ruled


# Small statements


STYLE = "td {border: none; text-align: left} td + td {text-align: right} p {text-indent: 0}"


def blocks(folder: Path, body: str) -> list[Table | Paragraph]:
    return list(read_draft(pdf(folder, body, STYLE)).blocks)


def grid(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


UNIT_LINE = "<p style='text-align: right'>单位：万元</p>"
ROWS = ("项目|合计|基本支出", "合计|3.00|3.00", "教育|1.00|1.00", "卫生|2.00|2.00")


def test_a_statement_below_its_unit(tmp_path: Path) -> None:
    body = f"<p>收支总表</p>{UNIT_LINE}{grid(*ROWS)}<p>注：按现行口径。</p>"
    title, unit, table, note = blocks(tmp_path, body)
    assert isinstance(table, Table)
    assert ["|".join(row.cells) for row in table.rows] == list(ROWS)
    others = [each.text for each in (title, unit, note) if isinstance(each, Paragraph)]
    assert others == ["收支总表", "单位：万元", "注：按现行口径。"]


def test_columns_without_a_unit_above_stay_text(tmp_path: Path) -> None:
    assert all(isinstance(block, Paragraph) for block in blocks(tmp_path, grid(*ROWS)))


@pytest.mark.parametrize(
    "text",
    [
        "<p>本年收入合计 1.00 万元，比上年增加 2.00 万元。</p>" * 4,
        "<p>一、部门职责.............. 3</p><p>二、机构设置.............. 4</p>",
        "<p>负责人：张某          电话：另附</p><p>经办人：李某          日期：另附</p>",
    ],
    ids=["叙述", "目录", "签字"],
)
def test_text_below_a_unit_stays_text(tmp_path: Path, text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in blocks(tmp_path, UNIT_LINE + text))


def test_a_statement_goes_on_over_pages(tmp_path: Path) -> None:
    many = [f"科目{number:02}|{number}.00|{number}.50" for number in range(1, 25)]
    found = read_draft(pdf(tmp_path, UNIT_LINE + grid(ROWS[0], *many) + "<p>正文。</p>", STYLE))
    rows = [line for line in found.lines() if isinstance(line, Row)]
    assert ["|".join(row.cells) for row in rows] == [ROWS[0], *many]
    assert [row.spot.number for row in rows] == sorted(row.spot.number for row in rows)
    assert rows[-1].spot.number > 1
    assert lines(found)[-1] == "正文。"


def test_lines_of_one_cell_stay_together(tmp_path: Path) -> None:
    long = "机关事业单位基本养老保险缴费支出"
    body = UNIT_LINE + grid(*ROWS[:2], f"{long}|1.00|", "卫生|2.00|2.00").replace(
        "<td>", "<td style='padding: 4pt; vertical-align: middle'>"
    )
    rows = [
        row for table in blocks(tmp_path, body) if isinstance(table, Table) for row in table.rows
    ]
    assert [row.cells for row in rows][2:] == [(long, "1.00", ""), ("卫生", "2.00", "2.00")]
