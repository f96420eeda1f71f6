"""A change in one row of a table is told of that row alone, headed or not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.compare.compare import compare_sides
from generator.compare.difference import Difference, DifferenceKind
from generator.compare.side import Side, side_of_draft
from generator.pack.pack import Pack
from tests.invented import Content, as_html

Rows = list[list[str]]
HEADLESS: Rows = [["差旅丙", "车辆己"], ["培训戊", "会议庚"], ["物业壬", "办公辛"]]
WITH_AMOUNTS: Rows = [["办公桌", "12.00"], ["椅子", "3.00"]]
HEADED: Rows = [["品目", "存放", "金额"], ["办公桌", "库房", "12.00"], ["椅子", "大厅", "3.00"]]


def side(rows: Sequence[Sequence[str]], folder: Path, pack: Pack) -> Side:
    file = folder / "表.html"
    content: Content = ["#某局信息", "说明一段。", "明细", [list(row) for row in rows]]
    file.write_text(as_html(content), encoding="utf-8")
    return side_of_draft(file, pack)


def swapped(row: Sequence[str]) -> list[str]:
    return [row[1], row[0], *row[2:]]


def differences(ours: Rows, theirs: Rows, folder: Path, pack: Pack) -> tuple[Difference, ...]:
    return tuple(
        compare_sides(side(ours, folder, pack), side(theirs, folder, pack), pack).differences()
    )


@pytest.mark.parametrize("rows", [HEADLESS, WITH_AMOUNTS, HEADED])
@pytest.mark.parametrize("at", [0, 1])
def test_cells_that_changed_places(rows: Rows, at: int, tmp_path: Path, pack: Pack) -> None:
    theirs = [swapped(row) if number == at else row for number, row in enumerate(rows)]
    found = differences(rows, theirs, tmp_path, pack)
    assert {each.kind for each in found} <= {DifferenceKind.NAME, DifferenceKind.AMOUNT}
    cells = {(each.ours, each.theirs) for each in found}
    assert cells == {(rows[at][0], rows[at][1]), (rows[at][1], rows[at][0])}


def test_columns_that_changed_places_are_one_difference(tmp_path: Path, pack: Pack) -> None:
    found = differences(HEADED, list(map(swapped, HEADED)), tmp_path, pack)
    assert [each.kind for each in found] == [DifferenceKind.MOVED]


def test_of_two_rows_of_one_name_the_one_gone_is_the_one_less_alike(
    tmp_path: Path, pack: Pack
) -> None:
    head = ["品目", "合计", "其中"]
    first, second = ["维修", "1,234.50", "1,234.50"], ["维修", "655.21", "655.21"]
    theirs = [head, ["维修", "655.31", "655.31"], ["椅子", "3.00", ""]]
    found = differences([head, first, second, ["椅子", "3.00", ""]], theirs, tmp_path, pack)
    assert {(each.kind, each.ours, each.theirs) for each in found} == {
        (DifferenceKind.MISSING, "维修 | 1,234.50 | 1,234.50", ""),
        (DifferenceKind.AMOUNT, "655.21", "655.31"),
    }
