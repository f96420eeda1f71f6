"""国有资产 from a list of assets: what counts is counted, what does not or may not is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from generator.drafts.draft import Draft
from generator.importing.flat_list.assets import asset_list, fill_assets
from generator.importing.flat_list.planned_assets import fill_planned, planned_list
from generator.importing.inputs import read_inputs
from generator.importing.reading import ImportResult, not_told
from generator.importing.whole import import_inputs
from generator.load.catalogue import Catalogue
from generator.model.vocabulary import Vocabulary
from generator.pack.pack import Pack
from tests.test_flat_list import sheet_of
from tests.workbooks import write

HEAD = ["资产类别", "资产名称", "计量单位", "数量", "建筑面积（平方米）", "账面原值（万元）"]
HOUSES: list[list[Any]] = [
    ["房屋和构筑物", "办公用房", "平方米", 1, Decimal("1850.5"), 320],
    ["房屋和构筑物", "业务用房", "平方米", 1, Decimal("649.5"), 120],
]
CARS: list[list[Any]] = [
    ["车辆", "机要通信用车", "辆", 1, None, 18],
    ["车辆", "应急保障用车", "辆", 2, None, 140],
]
THINGS: list[list[Any]] = [
    ["通用设备", "扫描系统", "套", 2, None, 120],
    ["通用设备", "机房设备", "套", 1, None, 100],
    ["通用设备", "计算机", "台", 42, None, 90],
    ["专用设备", "检测仪", "台", 1, None, 300],
]
TOTAL = ["合计", None, None, 50, 2500, 1208]


def read(
    rows: Sequence[Sequence[Any]],
    pack: Pack,
    head: Sequence[str] = HEAD,
    told: dict[str, Any] | None = None,
) -> tuple[dict[str, Any], list[str]]:
    """国有资产 of a list, and what is told of it."""
    listing = asset_list(sheet_of([["资产情况表"], head, *rows]))
    assert listing is not None
    reading = ImportResult(Draft(Path("资产.xlsx"), ()))
    if told:
        reading.sections["国有资产"] = told
    fill_assets(reading, [listing], pack.vocabulary)
    return reading.sections.get("国有资产", {}), [doubt.message for doubt in reading.doubts]


def test_a_list_fills_what_it_tells(pack: Pack) -> None:
    found, told = read([*HOUSES, *CARS, *THINGS, TOTAL], pack)
    assert found == {
        "实有车辆": {"机要通信用车": "1", "应急保障用车": "2"},
        "50万元以上通用设备": "3",  # 60 each, and 100; cars of 70 are no equipment
        "100万元以上通用设备": "1",
        "办公用房建筑面积": "1850.5",
    }
    assert told == [
        "按资产清单 8 行汇总（另有 1 行合计，没有核对）；没有计入的是第4行业务用房、第9行计算机、"
        "第10行检测仪；清单里没有的、截止日期，照实补上"
    ]


@pytest.mark.parametrize("kind", ["车辆", "通用设备"])
def test_a_car_of_no_known_kind_leaves_the_cars_to_people(kind: str, pack: Pack) -> None:
    found, told = read([*CARS, [kind, "轿车", "辆", 3, None, 60]], pack)
    assert "实有车辆" not in found
    assert any("“实有车辆”没有写：看不出第5行轿车是哪一种、有几辆" in each for each in told)


def test_costly_equipment_of_no_known_kind_is_left_to_people(pack: Pack) -> None:
    found, told = read([["设备", "密集架", "套", 1, None, 60]], pack)
    assert found == {"100万元以上通用设备": "0"}
    assert any("“50万元以上通用设备”没有写：看不出第3行密集架算不算" in each for each in told)


def test_a_list_without_a_kind_of_equipment_says_nothing_of_it(pack: Pack) -> None:
    found, told = read([["专用设备", "检测仪", "台", 1, None, 300]], pack)
    assert found == {}
    assert "没有计入的是第3行检测仪" in told[0]


def test_values_without_a_unit_are_no_prices(pack: Pack) -> None:
    head = [*HEAD[:-1], "账面原值"]
    found, told = read([THINGS[0]], pack, head)
    assert found == {}
    assert sum("没有写" in each for each in told) == 2


def test_floor_space_may_stand_as_the_number(pack: Pack) -> None:
    row = ["房屋", "办公用房", "平方米", Decimal("1850.5"), 320]
    head = [*HEAD[:4], "账面原值（万元）"]
    assert read([row], pack, head)[0] == {"办公用房建筑面积": "1850.5"}


def test_headings_and_notes_count_for_nothing(pack: Pack) -> None:
    rows = [["车辆", None, None, None, None, None], *CARS, ["车辆均在用", *[None] * 5]]
    found, told = read(rows, pack)
    assert found["实有车辆"] == {"机要通信用车": "1", "应急保障用车": "2"}
    assert "没有计入的是第3行车辆、第6行车辆均在用" in told[-1]


def test_a_number_that_is_none_is_told(pack: Pack) -> None:
    found, told = read([["车辆", "机要通信用车", "辆", "若干", None, 18]], pack)
    assert found == {}
    assert "资产清单“数量”栏“若干”不是数，这一行没有读" in told


def test_what_the_text_says_stays(pack: Pack) -> None:
    found, told = read(HOUSES, pack, told={"办公用房建筑面积": "1800"})
    assert found == {"办公用房建筑面积": "1800"}
    assert "“办公用房建筑面积”文字里与资产清单里的不同（1850.5），用的是文字的" in told


def test_what_a_list_tells_is_not_missing_in_the_text(pack: Pack) -> None:
    listing = asset_list(sheet_of([HEAD, *HOUSES]))
    assert listing is not None
    reading = ImportResult(Draft(Path("资产.xlsx"), ()))
    for item in ("办公用房建筑面积", "实有车辆"):
        reading.doubt(("国有资产",), not_told("国有资产", item))
    fill_assets(reading, [listing], pack.vocabulary)
    missing = [doubt.message for doubt in reading.doubts if doubt.message.startswith("没有读到")]
    assert missing == ["没有读到国有资产的实有车辆"]


def test_assets_that_are_planned_are_none_that_are_held() -> None:
    sheet = sheet_of([["2026年新增资产配置表"], HEAD, *CARS])
    assert asset_list(sheet) is None
    assert planned_list(sheet) is not None


@pytest.mark.parametrize("title", ["资产情况表", "2026年资产处置计划表", "上年新增资产表"])
def test_other_lists_of_assets_are_not_planned_ones(title: str) -> None:
    assert planned_list(sheet_of([[title], HEAD, *CARS])) is None


def planned(
    rows: Sequence[Sequence[Any]], words: Vocabulary, told: dict[str, Any] | None = None
) -> tuple[dict[str, Any], list[str]]:
    """补充数字 of a list of assets to be bought, and what is told of it."""
    listing = planned_list(sheet_of([["新增资产配置清单"], HEAD, *rows]))
    assert listing is not None
    reading = ImportResult(Draft(Path("资产.xlsx"), ()))
    if told:
        reading.sections["补充数字"] = told
    fill_planned(reading, [listing], words)
    return reading.sections.get("补充数字", {}), [doubt.message for doubt in reading.doubts]


def buying(pack: Pack) -> Vocabulary:
    """The words of a place that prints how many cars, and pieces of equipment, are to be bought."""
    words = pack.vocabulary.model_dump(by_alias=True)
    words["补充数字"] = [
        {"名称": "新购车辆", "单位": "辆", "购置": "车辆"},
        {"名称": "新购应急车", "单位": "辆", "购置": "应急保障用车"},
        {"名称": "新购执法车", "单位": "辆", "购置": "执法执勤用车"},
        {"名称": "新购设备", "单位": "台", "购置": "100万元以上通用设备"},
    ]
    return Vocabulary.model_validate(words)


def test_planned_assets_fill_the_numbers_that_the_pack_prints(pack: Pack) -> None:
    found, told = planned([*CARS, *THINGS], buying(pack))
    assert found == {"新购车辆": "3", "新购应急车": "2", "新购执法车": "0", "新购设备": "1"}
    assert told == [
        "按新增资产的清单 6 行汇总，清单里没有的写 0；没有计入的是第7行计算机、第8行检测仪；"
        "本地不印、没有写的是50万元以上通用设备"
    ]


def test_of_two_counts_the_one_that_is_to_be_bought_is_read(pack: Pack) -> None:
    head = ["资产类别", "资产名称", "实有数量", "拟购置数量", "预算金额（万元）"]
    listing = planned_list(
        sheet_of(
            [
                ["新增资产配置预算表"],
                head,
                ["通用设备", "扫描系统", 5, 1, 120],
                ["审核：", "日期："],
            ]
        )
    )
    assert listing is not None
    reading = ImportResult(Draft(Path("资产.xlsx"), ()))
    fill_planned(reading, [listing], buying(pack))
    assert reading.sections["补充数字"]["新购设备"] == "1"
    assert not any("不是数" in doubt.message for doubt in reading.doubts)


def test_a_planned_car_of_no_known_kind_leaves_the_cars_to_people(pack: Pack) -> None:
    found, told = planned([*CARS, ["车辆", "轿车", "辆", 1, None, 20]], buying(pack))
    assert found == {"新购设备": "0"}
    assert "“新购车辆”没有写：看不出第5行轿车算不算，由人填写" in told


def test_what_the_text_says_of_planned_assets_stays(pack: Pack) -> None:
    found, told = planned(CARS, buying(pack), {"新购车辆": "4"})
    assert found["新购车辆"] == "4"
    assert "“新购车辆”文字里与新增资产的清单里的不同（3），用的是文字的" in told


def test_a_place_that_prints_no_planned_assets_says_that_they_are_not_read(pack: Pack) -> None:
    found, told = planned(CARS, pack.vocabulary)
    assert found == {}
    assert told == ["新增资产的清单 2 行没有写：本地的文本没有印它的地方，要公开的写进文字"]


def test_a_pack_buys_what_it_has(pack: Pack) -> None:
    words = pack.vocabulary.model_dump(by_alias=True)
    words["补充数字"] = [{"名称": "新购船", "单位": "艘", "购置": "船"}]
    with pytest.raises(ValidationError, match="“新购船”的“购置”是“船”"):
        Vocabulary.model_validate(words)


def test_a_list_of_assets_alone_is_read(tmp_path: Path, pack: Pack, catalogue: Catalogue) -> None:
    file = tmp_path / "资产.xlsx"
    write(file, ("资产", [HEAD, *CARS]))
    inputs = read_inputs([file])
    whole = import_inputs(inputs.drafts[0], pack, catalogue, assets=inputs.lists.assets)
    assert whole.reading.sections["国有资产"]["实有车辆"] == {
        "机要通信用车": "1",
        "应急保障用车": "2",
    }
    assert whole.reading.unread() == []
