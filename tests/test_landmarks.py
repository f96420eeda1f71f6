"""Places in Word files and web pages as somebody finds them who has the file open."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.landmarks import with_words
from generator.drafts.parts.other import is_chapter
from generator.drafts.words.text import folded
from generator.reading.locations import place_at


def blocks(*contents: str | list[str]) -> list[Block]:
    """Paragraphs, and tables given as lists of one-cell rows, with the numbers of a reader."""
    found: list[Block] = []
    number = 0
    for content in contents:
        if isinstance(content, str):
            number += 1
            found.append(Paragraph(content, Spot("段", number)))
            continue
        rows = []
        for text in content:
            number += 1
            rows.append(Row((text, "1"), Spot("段", number)))
        found.append(Table(rows))
    return found


def words(*contents: str | list[str]) -> list[str]:
    lines = []
    for block in with_words(blocks(*contents)):
        lines += [str(row.spot) for row in block.rows] if isinstance(block, Table) else []
        lines += [str(block.spot)] if isinstance(block, Paragraph) else []
    return lines


def test_paragraphs_are_counted_below_their_heading() -> None:
    assert words(
        "某某局", "第三部分　情况说明", "二、收入预算情况说明", "收入为甲。", "其中：乙。"
    ) == [
        "开头第1段",
        "标题“第三部分 情况说明”",
        "标题“二、收入预算情况说明”",
        "“二、收入预算情况说明”下第1段",
        "“二、收入预算情况说明”下第2段",
    ]


@pytest.mark.parametrize("number", ["第三部分", "第三章", "第3篇"])
def test_a_part_is_a_heading_whatever_a_place_calls_it(number: str) -> None:
    assert words(f"{number} 家底", "车三辆。") == [
        f"标题“{number} 家底”",
        f"“{number} 家底”下第1段",
    ]
    assert is_chapter(folded(f"{number} 家底"))


def test_rows_are_counted_in_their_table() -> None:
    told = words(
        "预算公开表1", "2026年收支总表", "单位：万元", ["项目", "收入"], "注：本表无数据",
        "预算公开表2", "2026年收入总表", ["项目"], ["支出"],
    )  # fmt: skip
    assert told == [
        "“2026年收支总表”表的上方",
        "“2026年收支总表”表的上方",
        "“2026年收支总表”表的上方",
        "“2026年收支总表”第1行",
        "“2026年收支总表”第2行",
        "“2026年收支总表”表的下方第1段",
        "“2026年收入总表”表的上方",
        "“2026年收入总表”表的上方",
        "“2026年收入总表”第1行",
        "“2026年收入总表”第2行",  # the table goes on
    ]


def test_tables_of_one_title_are_counted() -> None:
    told = words("绩效目标表", ["甲"], "绩效目标表", ["乙"], "一、说明", "见下表。", ["丙"])
    assert told[1] == "“绩效目标表”第1行"
    assert told[3] == "“绩效目标表”（第2张）第1行"
    assert told[-1] == "“一、说明”下的表第1行"


def test_pages_and_lines_stay_as_they_are() -> None:
    line, page = Paragraph("甲", Spot("行", 3)), Paragraph("乙", Spot("页", 2))
    assert [
        str(block.spot) for block in with_words([line, page]) if isinstance(block, Paragraph)
    ] == [
        "第3行",
        "第2页",
    ]


def test_a_place_has_words_for_people_and_a_number_for_programs() -> None:
    (paragraph,) = with_words(blocks("收入为甲。"))
    assert isinstance(paragraph, Paragraph)
    place = place_at(Path("a.docx"), paragraph.spot)
    assert (place.spot, place.paragraph) == ("开头第1段", 1)
    cell = place_at(Path("a.docx"), paragraph.spot, "表一“合计”行“金额”栏")
    assert (cell.spot, cell.paragraph) == ("表一“合计”行“金额”栏", 1)
    assert place_at(Path("a.pdf"), Spot("页", 2), "表一").spot == "第2页 表一"
