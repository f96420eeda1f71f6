"""Functional items of imported projects: proposed if the amounts allow only one."""

from __future__ import annotations

from typing import Any

from generator.importing.amounts.project_subjects import propose_subjects
from generator.importing.reading import ImportResult, Path_

NAMES = {"2010502": "一般行政管理事务", "2010507": "专项普查活动"}


def _reading(subjects: dict[str, int], projects: dict[str, int]) -> ImportResult:
    lines = [
        {"科目": code, "当年预算": {"项目支出": {"一般公共预算拨款": str(amount)}}}
        for code, amount in subjects.items()
    ]
    named = [
        {"名称": name, "当年预算": {"一般公共预算拨款": str(amount)}}
        for name, amount in projects.items()
    ]
    return ImportResult.of({"收支": lines, "项目": [{"单位": "某某局", "项目": named}]})


def _doubted(reading: ImportResult) -> dict[Path_, str]:
    propose_subjects(reading, NAMES)
    return {doubt.path: doubt.message for doubt in reading.doubts}


def _path(number: int) -> Path_:
    return ("项目", 0, "项目", number)


def test_amounts_that_fit_into_one_item_propose_it() -> None:
    """The survey fits into 2010507 alone; what that leaves rules it out for the repair."""
    doubts = _doubted(
        _reading({"2010502": 680000, "2010507": 2860000}, {"普查": 2860000, "维修": 680000})
    )
    assert "只有 2010507 专项普查活动：是的，写上“科目: 2010507”" in doubts[_path(0)]
    assert "只有 2010502 一般行政管理事务" in doubts[_path(1)]
    assert set(doubts) == {_path(0), _path(1)}


def test_amounts_that_fit_into_two_items_propose_none() -> None:
    doubts = _doubted(
        _reading({"2010502": 500000, "2010507": 500000}, {"普查": 500000, "维修": 500000})
    )
    (message,) = doubts.values()
    assert message.startswith("2 个项目（普查、维修）没有“科目”，看不出是哪一个")


def test_projects_that_are_not_all_of_it_propose_none() -> None:
    """Somebody's project may be missing: what fits may be that one's."""
    doubts = _doubted(_reading({"2010502": 680000, "2010507": 2860000}, {"普查": 2860000}))
    assert list(doubts) == [("项目",)]


def test_projects_with_items_are_left_alone() -> None:
    projects: list[Any] = [{"名称": "普查", "科目": "2010507", "当年预算": {"单位资金": "1"}}]
    reading = ImportResult.of({"收支": [], "项目": [{"单位": "某某局", "项目": projects}]})
    assert _doubted(reading) == {}
