"""What stands in a column of amounts and is none, in tables that no pack knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.checks.general.tables.checks import CHECKS as TABLES
from generator.checks.rules.amounts import ANYWHERE
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from tests.plain_drafts import present, told

UNIT = "编制部门：某某局 单位：万元"
Telling = Callable[[str], list[str]]
TAKEN_PLACE = ["TRUE", "2026-04-29", "!语法错误", "########", "#DIV/0!", "见附件", "待定", "约20"]
TAKEN_PLACE += ["20*", "20左右", "20.00（含上年）", "=20", "错误!未找到引用源。"]


@pytest.fixture
def tell(pack: Pack, catalogue: Catalogue) -> Telling:
    """The findings about amounts and codes in a table with one cell that may be anything."""

    def findings(cell: str, code: str = "2050202") -> list[str]:
        rows = [
            "科目编码|科目名称|合计|基本支出",
            "205|教育支出|50.00|50.00",
            "20502|普通教育|50.00|50.00",
            "2050201|学前教育|30.00|30.00",
            f"{code}|小学教育|{cell}|20.00",
        ]
        document = present(pack, catalogue, "支出预算总表", UNIT, rows)
        return told(document, pack, (*ANYWHERE, *TABLES))

    return findings


@pytest.mark.parametrize("cell", TAKEN_PLACE)
def test_what_took_the_place_of_an_amount_is_told(tell: Telling, cell: str) -> None:
    (finding,) = tell(cell)
    assert finding.startswith("E765")
    assert f"“合计”栏印作“{cell}”，不是数字" in finding


@pytest.mark.parametrize("cell", ["20.00", "", "—", "小计", "基本支出", "3人"])
def test_amounts_blanks_and_heads_are_none_of_these(tell: Telling, cell: str) -> None:
    assert not [each for each in tell(cell) if "E765" in each]


def test_an_amount_with_too_many_decimals_does_not_look_like_itself(tell: Telling) -> None:
    (finding,) = [each for each in tell("20.005") if "E765" in each]
    assert finding.endswith("最多 2 位")
