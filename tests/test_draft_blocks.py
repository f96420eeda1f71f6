"""A draft as its reader sees it: tables that page breaks cut are whole, captions are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.drafts.continued import with_continued
from generator.drafts.draft import Block, Draft, Paragraph, Row, Spot, Table
from generator.drafts.read import read_draft
from generator.reading.blocks import TableBlock
from generator.reading.draft_blocks import blocks_of_draft
from generator.reading.locations import place_at

FILE = Path("某某局.pdf")
HEAD = "科目编码|科目名称|合计"
FIRST, SECOND = "205|教育支出|3.00", "208|社会保障和就业支出|2.00"


def piece(page: int, *lines: str) -> Table:
    return Table([Row(tuple(line.split("|")), Spot("页", page)) for line in lines])


def line(page: int, text: str, aside: str = "") -> Paragraph:
    return Paragraph(text, Spot("页", page), aside)


def tables(*blocks: Block) -> list[TableBlock]:
    found = blocks_of_draft(Draft(FILE, blocks), lambda each: place_at(FILE, each.spot))
    return [block for block in found if isinstance(block, TableBlock)]


TITLE, UNIT = line(1, "支出预算总表"), line(1, "编制部门：某某局 单位：万元")
NUMBER = line(1, "— 1 —", "页码")


@pytest.mark.parametrize(
    "rest",
    [
        [piece(2, SECOND)],
        [piece(2, HEAD, SECOND)],
        [NUMBER, piece(2, HEAD, SECOND)],
        [line(2, "支出预算总表（续）"), piece(2, HEAD, SECOND)],
        [line(2, "支出预算总表"), line(2, "编制部门：某某局 单位：万元"), piece(2, HEAD, SECOND)],
    ],
    ids=["no head", "head again", "page number between", "continued", "title again"],
)
def test_the_pieces_of_a_table_are_one(rest: list[Block]) -> None:
    (table,) = tables(TITLE, UNIT, piece(1, HEAD, FIRST), *rest)
    assert ["|".join(row.cells) for row in table.rows] == [HEAD, FIRST, SECOND]
    assert [row.place.spot for row in table.rows] == ["第1页", "第1页", "第2页"]
    assert [caption.text for caption in table.captions] == [TITLE.text, UNIT.text]


def test_what_a_table_repeats_is_no_caption_of_the_next_one() -> None:
    again = [line(2, "支出预算总表（续）"), line(2, "编制部门：某某局 单位：万元")]
    other = "科目编码|科目名称|合计|基本支出", "205|教育支出|30000.00|30000.00"
    first, second = tables(
        TITLE, UNIT, piece(1, HEAD, FIRST), *again, piece(2, HEAD, SECOND), piece(2, *other)
    )
    assert [caption.text for caption in first.captions] == [TITLE.text, UNIT.text]
    assert not second.captions


def test_a_table_of_whole_numbers_is_one_too() -> None:
    first, second = "205|教育支出|30000", "208|社会保障和就业支出|20000"
    title = line(2, "支出预算总表（续）")
    (table,) = tables(TITLE, UNIT, piece(1, HEAD, first), title, piece(2, HEAD, second))
    assert ["|".join(row.cells) for row in table.rows] == [HEAD, first, second]


def test_a_head_may_be_of_bare_years() -> None:
    head = "项目|功能分类|2025|2026"
    first, second = "学前教育|教育支出|3.00|4.00", "养老保险|社会保障和就业支出|2.00|1.00"
    title = line(2, "支出预算总表（续）")
    (table,) = tables(TITLE, UNIT, piece(1, head, first), title, piece(2, head, second))
    assert ["|".join(row.cells) for row in table.rows] == [head, first, second]


@pytest.mark.parametrize(
    "rest",
    [
        [line(2, "收入预算总表"), piece(2, HEAD, SECOND)],
        [piece(2, "科目编码|科目名称|合计|基本支出", f"{SECOND}|2.00")],
        [piece(2, "收入预算总表||", HEAD, SECOND)],
        [piece(2, "收入编码|科目名称|合计", SECOND)],
        [line(2, "注：本表无数据。"), piece(2, HEAD, SECOND)],
    ],
    ids=["another title", "another width", "title in the table", "another head", "a note"],
)
def test_another_table_stays_one_of_its_own(rest: list[Block]) -> None:
    assert len(tables(TITLE, UNIT, piece(1, HEAD, FIRST), *rest)) == 2


def test_forms_with_one_title_stay_apart() -> None:
    title = line(1, "项目支出绩效目标表")
    forms = [piece(n, f"项目名称|项目{n}|", "资金总额|1.00|") for n in (1, 2)]
    assert len(tables(title, forms[0], title, forms[1])) == 2


def test_forms_of_one_office_stay_apart() -> None:
    title = line(1, "项目支出绩效目标表")
    forms = [piece(n, "单位编码|140001|", f"项目名称|项目{n}|") for n in (1, 2)]
    assert len(tables(title, forms[0], title, forms[1])) == 2


CONTINUED = [
    "续表",
    "（续）",
    "续表5",
    "续上表",
    "续附表3",
    "（接上页）",
    "表三续",
    "附表1-2（续表）",
]


@pytest.mark.parametrize("caption", CONTINUED)
@pytest.mark.parametrize("rest", [[SECOND], [HEAD, SECOND]], ids=["no head", "head again"])
@pytest.mark.parametrize("unit", [[], [line(2, "单位：万元")]], ids=["", "unit"])
def test_a_caption_of_continuation_joins_a_table_to_the_one_before(
    caption: str, rest: list[str], unit: list[Paragraph]
) -> None:
    first: list[Block] = [TITLE, UNIT, piece(1, HEAD, FIRST)]
    (table,) = tables(*with_continued([*first, line(2, caption), *unit, piece(2, *rest)]))
    assert ["|".join(row.cells) for row in table.rows] == [HEAD, FIRST, SECOND]
    assert [each.text for each in table.captions] == [TITLE.text, UNIT.text]


@pytest.mark.parametrize(
    "rest",
    [
        [line(2, "续表"), piece(2, "单位编码|单位名称|合计", SECOND)],
        [line(2, "续表"), piece(2, "205|教育支出|3.00|1.00")],
        [line(2, "续表"), line(2, "单位：元"), piece(2, HEAD, SECOND)],
        [line(2, "续表"), line(2, "基本支出表"), piece(2, HEAD, SECOND)],
        [line(2, "续表见下页"), piece(2, HEAD, SECOND)],
    ],
    ids=["other head", "other columns", "other unit", "another title", "other words"],
)
def test_what_does_not_go_on_stays_a_table_of_its_own(rest: list[Block]) -> None:
    blocks: list[Block] = [TITLE, UNIT, piece(1, HEAD, FIRST), *rest]
    assert list(with_continued(blocks)) == blocks
    assert len(tables(*blocks)) == 2


def test_a_third_piece_goes_on_with_the_columns_of_the_first(tmp_path: Path) -> None:
    def html(*rows: str) -> str:
        cells = ("<td>".join(["", *row.split("|")]) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    file = tmp_path / "某某局.html"
    again = "<p>续表</p>"
    third = html(HEAD, "210|卫生健康支出|1.00")
    texts = ["<p>支出预算总表</p>", html(HEAD, FIRST), again, html(SECOND), again, third]
    file.write_text("".join(texts), encoding="utf-8")
    (table,) = tables(*read_draft(file).blocks)
    assert [row.cells[0] for row in table.rows] == ["科目编码", "205", "208", "210"]
