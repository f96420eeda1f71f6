"""What a flat list says of procurement and services besides its amounts."""

from __future__ import annotations

from typing import Any

import pytest

from generator.core.resources import PACKS
from generator.importing.flat_list.procurement import procured_as
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.test_flat_list import imported

HEAD = ["项目类别", "项目名称", "支出功能分类", "预算金额", "公共预算拨款"]
SERVERS: list[Any] = ["项目支出", "机房服务器更新", "2010502", 300000, 300000]
ROOF: list[Any] = ["项目支出", "屋面修缮", "2010502", 120000.5, 120000.5]
SURVEY: list[Any] = ["项目支出", "示例普查", "2010507", 80000, 80000]


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


def _read(pack: Pack, catalogue: Catalogue, head: list[str], *more: list[Any]) -> ImportResult:
    rows = [[*row, *cells] for row, cells in zip((SERVERS, ROOF, SURVEY), more, strict=True)]
    return imported(rows, pack, catalogue, [*HEAD, *head])


def _said(reading: ImportResult, section: str) -> list[str]:
    return [each.message for each in reading.doubts if each.path[0] == section]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("是", "是"), ("否", "否"), ("Y", "是"), ("0", "否"), ("非政府采购", "否"),
        ("A02010105-台式计算机", "货物"), ("B07 修缮工程", "工程"), ("C", "服务"),
        ("货物类", "货物"), ("货物、服务", ""), ("待定", ""), ("301001 合同", ""),
        ("CT机", ""), ("B超设备", ""), ("A4复印纸", ""), ("服务器", ""), ("C类", "服务"),
        ("A货物", "货物"), ("BIM 咨询服务", "服务"), ("/", "否"), ("——", "否"),
    ],
)  # fmt: skip
def test_a_value_says_what_is_procured_or_nothing(value: str, kind: str) -> None:
    assert procured_as(value) == kind


def test_amounts_with_their_kinds_are_written(national: Pack, catalogue: Catalogue) -> None:
    reading = _read(
        national, catalogue, ["政府采购金额", "采购品目"],
        [280000, "A02010104 服务器"], [120000.5, "B07 修缮工程"], [None, None],
    )  # fmt: skip
    assert reading.sections["政府采购"] == {"货物": "280000", "工程": "120000.50", "服务": "0"}
    assert _said(reading, "政府采购") == []


def test_whole_rows_are_added_up_and_doubted(national: Pack, catalogue: Catalogue) -> None:
    reading = _read(national, catalogue, ["政府采购类型"], ["货物"], ["工程"], ["否"])
    assert reading.sections["政府采购"] == {"货物": "300000", "工程": "120000.50", "服务": "0"}
    (said,) = _said(reading, "政府采购")
    assert said.startswith("按标明政府采购的各行的全部金额汇总")


def test_what_has_no_kind_is_told_and_not_written(national: Pack, catalogue: Catalogue) -> None:
    reading = _read(national, catalogue, ["是否政府采购"], ["是"], ["是"], ["否"])
    assert "政府采购" not in reading.sections
    (said,) = _said(reading, "政府采购")
    assert "2 行（机房服务器更新、屋面修缮）合计 420,000.50 元" in said
    assert "没有分货物、工程、服务" in said


def test_a_list_that_marks_nothing_says_so(national: Pack, catalogue: Catalogue) -> None:
    reading = _read(national, catalogue, ["是否政府采购"], ["否"], ["否"], ["否"])
    assert reading.sections["政府采购"] == "无"
    assert _said(reading, "政府采购") == ["清单里没有标明政府采购的行"]


def test_a_procured_amount_that_is_none_is_told(national: Pack, catalogue: Catalogue) -> None:
    reading = _read(national, catalogue, ["政府采购金额"], ["二十八万"], [0], [0])
    assert any("“政府采购金额”栏“二十八万”不是金额" in each for each in _said(reading, "清单"))


def test_services_that_are_bought_are_to_be_put_into_words(
    national: Pack, catalogue: Catalogue
) -> None:
    reading = _read(national, catalogue, ["是否政府购买服务"], ["否"], ["否"], ["是"])
    (said,) = _said(reading, "其他说明")
    assert "1 行（示例普查）合计 80,000.00 元" in said


PROCURED_HEAD = ["项目名称", "支出功能分类", "预算金额", "政府采购金额", "采购品目"]
DESKS: list[Any] = ["办公家具", "2010502", None, 45000, "A05010201 办公桌"]


def test_rows_with_nothing_but_what_is_procured_are_read(
    national: Pack, catalogue: Catalogue
) -> None:
    reading = imported([DESKS], national, catalogue, PROCURED_HEAD)
    assert reading.sections["政府采购"] == {"货物": "45000", "工程": "0", "服务": "0"}
    assert _said(reading, "政府采购") == []


def test_a_row_that_cannot_be_placed_has_procured_all_the_same(
    national: Pack, catalogue: Catalogue
) -> None:
    unplaced = ["办公家具", None, 50000, 45000, "A05010201 办公桌"]
    reading = imported([unplaced], national, catalogue, PROCURED_HEAD)
    assert reading.sections["政府采购"] == {"货物": "45000", "工程": "0", "服务": "0"}


def test_what_may_be_procured_twice_is_not_added_up(national: Pack, catalogue: Catalogue) -> None:
    budget = ["办公家具", "2010502", 50000, 45000, "A05010201 办公桌"]
    reading = imported([budget, DESKS], national, catalogue, PROCURED_HEAD)
    assert "政府采购" not in reading.sections
    (said,) = _said(reading, "政府采购")
    assert "预算的行里标明政府采购的 1 行（办公家具）合计 45,000.00 元" in said
    assert "只有采购金额的 1 行（办公家具）合计 45,000.00 元" in said


def test_an_amount_that_cannot_be_read_is_not_taken_for_none(
    national: Pack, catalogue: Catalogue
) -> None:
    unread = [*DESKS[:3], "四万五", DESKS[4]]
    reading = imported([unread], national, catalogue, PROCURED_HEAD)
    assert "政府采购" not in reading.sections
    (said,) = _said(reading, "政府采购")
    assert "1 行（办公家具）有金额没有读，没有写" in said


def test_words_nobody_understands_are_not_taken_for_none(
    national: Pack, catalogue: Catalogue
) -> None:
    rows = [[*SERVERS, f"品目{number}"] for number in range(70)]
    reading = imported(rows, national, catalogue, [*HEAD, "采购品目"])
    assert "政府采购" not in reading.sections
    (said,) = _said(reading, "政府采购")
    assert "70 行（机房服务器更新）合计 21,000,000.00 元，没有分货物、工程、服务" in said


def test_services_in_words_nobody_understands_are_told(
    national: Pack, catalogue: Catalogue
) -> None:
    rows = [[*SURVEY, f"示例服务{number}"] for number in range(70)]
    reading = imported(rows, national, catalogue, [*HEAD, "政府购买服务"])
    (said,) = _said(reading, "其他说明")
    assert "70 行（示例普查）合计 5,600,000.00 元" in said


def test_what_another_column_denies_is_not_procured(national: Pack, catalogue: Catalogue) -> None:
    rows = [[*SURVEY, f"说明{number}", "否"] for number in range(70)]
    reading = imported(rows, national, catalogue, [*HEAD, "采购品目", "是否政府采购"])
    assert reading.sections["政府采购"] == "无"


def test_money_carried_over_is_told_by_many_words(national: Pack, catalogue: Catalogue) -> None:
    rows = [[*SURVEY, f"上年结转第{number}批"] for number in range(70)]
    reading = imported(rows, national, catalogue, [*HEAD, "指标类型"])
    (unit,) = reading.sections["项目"]
    assert all("当年预算" not in project for project in unit["项目"])
