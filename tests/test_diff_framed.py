"""A table that frames its title, publisher and unit says the same as one below such lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compare.compare import compare_sides
from generator.compare.difference import Difference, DifferenceKind
from generator.compare.side import Side, side_of_draft
from generator.pack.pack import Pack, load_pack
from tests.invented import Content, as_html
from tests.test_every_pack import OWN

TITLE = "表一 收支总表"
WHO, UNIT = "单位名称：云台市钟表馆", "单位：万元"
BODY = [
    ["收入", "", "支出", ""],
    ["项目", "预算数", "项目", "预算数"],
    ["财政拨款", "12.00", "文化旅游体育与传媒支出", "12.00"],
    ["总计", "12.00", "总计", "12.00"],
]


@pytest.fixture(scope="module")
def small() -> Pack:
    return load_pack(OWN / "最小")


def _side(content: Content, folder: Path, pack: Pack) -> Side:
    folder.mkdir()
    file = folder / "表.html"
    file.write_text(as_html(content), "utf-8")
    return side_of_draft(file, pack)


def _differences(framed: list[list[str]], folder: Path, pack: Pack) -> list[Difference]:
    plain: Content = ["二、预算表", TITLE, f"{WHO}  {UNIT}", BODY]
    other: Content = ["二、预算表", [*framed, *BODY]]
    sides = _side(plain, folder / "甲", pack), _side(other, folder / "乙", pack)
    assert all(side.sheets["表一"].rows for side in sides)
    return list(compare_sides(*sides, pack).differences())


FRAMES = {
    "in one row": [[TITLE, "", "", ""], [WHO, "", "", UNIT]],
    "in a row each": [[TITLE, "", "", ""], [WHO, "", "", ""], ["", "", "", UNIT]],
}


@pytest.mark.parametrize("frame", FRAMES)
def test_framed_lines_are_the_lines_above(frame: str, tmp_path: Path, small: Pack) -> None:
    assert _differences(FRAMES[frame], tmp_path, small) == []


def test_another_name_in_a_frame_is_told_of_that_line_alone(tmp_path: Path, small: Pack) -> None:
    framed = [[TITLE, "", "", ""], ["单位名称：云台市钟楼馆", "", "", UNIT]]
    found = _differences(framed, tmp_path, small)
    assert [(each.kind, each.ours, each.theirs) for each in found] == [
        (DifferenceKind.TEXT, "表", "楼")
    ]


def test_another_head_is_told_of_that_cell_alone(tmp_path: Path, small: Pack) -> None:
    plain: Content = ["二、预算表", TITLE, f"{WHO}  {UNIT}", BODY]
    head = ["项目", "预算金额", "项目", "预算数"]
    framed = [[TITLE, "", "", ""], [WHO, "", "", UNIT], BODY[0], head, *BODY[2:]]
    sides = (
        _side(plain, tmp_path / "甲", small),
        _side(["二、预算表", framed], tmp_path / "乙", small),
    )
    (found,) = compare_sides(*sides, small).differences()
    assert (found.kind, found.ours, found.theirs) == (DifferenceKind.NAME, "预算数", "预算金额")
