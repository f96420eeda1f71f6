"""What is taken for no money of the year: columns of other years, rates, signatures below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from generator.core.resources import PACKS
from generator.importing.flat_list.listing import flat_list
from generator.importing.flat_list.meanings import Meaning
from generator.importing.flat_list.propose import proposed
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack, load_pack
from tests.test_flat_list import TITLE, UNIT, doubts, imported, sheet_of

KEYS = ["预算单位", "支出项目类别", "项目名称", "支出功能分类", "部门预算经济分类", "资金性质"]
ITEMS: list[list[Any]] = [
    [UNIT, "人员类项目", "工资", "2010501", "30101", "一般公共预算"],
    [UNIT, "特定目标类", "示例普查", "2010507", "30226", "一般公共预算"],
]


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


def _meanings(pack: Pack, head: Sequence[str], *amounts: Sequence[Any], title: str) -> list[str]:
    rows = [[*item, *own] for item, own in zip(ITEMS, amounts, strict=True)]
    listing = flat_list(sheet_of([[title], ["单位：元"], [*KEYS, *head], *rows]))
    assert listing is not None
    return [each.meaning.value for each in proposed([listing], pack.vocabulary).columns][
        len(KEYS) :
    ]


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("2025年预算数", Meaning.UNUSED),
        ("2025年一般公共预算拨款", Meaning.UNUSED),
        ("上年预算数", Meaning.UNUSED),
        ("比上年增减额", Meaning.UNUSED),
        ("增长率", Meaning.UNUSED),
        ("2025年结转", Meaning.AMOUNT),
        ("2026年一般公共预算拨款", Meaning.AMOUNT),
    ],
)
def test_only_money_of_the_year_is_taken(head: str, meaning: Meaning, national: Pack) -> None:
    """Of what stands beside the budget of 2026: last year's money would be counted as well."""
    columns = ["2026年预算数", head]
    found = _meanings(national, columns, [100, 90], [300, 270], title="示例局2026年明细")
    assert found == [Meaning.TOTAL.value, meaning.value]


def test_years_are_asked_for_if_no_title_says_which_is_meant(national: Pack) -> None:
    columns = ["2025年预算数", "2026年预算数"]
    found = _meanings(national, columns, [90, 100], [270, 300], title="示例局明细")
    assert found == [Meaning.OPEN.value, Meaning.OPEN.value]


def test_a_column_of_percentages_is_no_money(national: Pack) -> None:
    columns = ["预算金额", "份额"]
    found = _meanings(national, columns, [100, "25%"], [300, "75.0%"], title="示例局2026年明细")
    assert found == [Meaning.TOTAL.value, Meaning.UNUSED.value]


def test_a_signature_below_is_no_item(national: Pack, catalogue: Catalogue) -> None:
    signed: list[list[Any]] = [
        ["审核：某某", None, None, None, None, "日期", "2026-01-15"],
        [None, None, None, None, None, "盖章", "（章）"],
    ]
    rows = [[*item, 100] for item in ITEMS]
    reading = imported([*rows, *signed], national, catalogue, [*KEYS, "预算金额"])
    assert doubts(reading) == []


@pytest.mark.parametrize(
    "line",
    [
        ["制表：某某", "审核：某某", None, None, "日期：", None, "2025-12-20"],
        ["单位负责人（签字）：", None, "审核人：某某", None, "联系电话：", "0353-1234567", None],
    ],
)
def test_who_signed_a_list_asks_nothing_and_is_no_item(
    line: list[Any], national: Pack, catalogue: Catalogue
) -> None:
    """Whatever columns it stands in: of kinds, of subjects, of amounts."""
    rows = [[*item, 100] for item in ITEMS]
    listing = flat_list(sheet_of([*TITLE, [*KEYS, "预算金额"], *rows, line]))
    assert listing is not None
    columns = proposed([listing], national.vocabulary)
    assert [column.name for column in columns.columns if column.is_open] == []
    assert not any("：" in text for column in columns.columns for text in column.examples)
    told = doubts(imported([*rows, line], national, catalogue, [*KEYS, "预算金额"]))
    assert told == []


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("示例局2026年一般公共预算项目明细", "一般公共预算拨款"),
        ("示例局2026年明细", ""),
        ("示例局2026年一般公共预算和政府性基金明细", ""),
    ],
)
def test_the_source_of_an_amount_that_nothing_says_is_asked(
    title: str, source: str, national: Pack
) -> None:
    rows = [[*item[:-1], 100] for item in ITEMS]
    listing = flat_list(sheet_of([[title], [*KEYS[:-1], "批复数"], *rows]))
    assert listing is not None
    amount = proposed([listing], national.vocabulary).columns[-1]
    assert (amount.meaning, amount.source) == (Meaning.AMOUNT, source)


def test_an_item_with_words_for_its_amount_is_told(national: Pack, catalogue: Catalogue) -> None:
    rows: list[list[Any]] = [[*ITEMS[0], 100], [*ITEMS[1], "另行下达"]]
    (message,) = doubts(imported(rows, national, catalogue, [*KEYS, "预算金额"]))
    assert "“预算金额”栏“另行下达”不是金额" in message


def test_two_units_are_told(national: Pack, catalogue: Catalogue) -> None:
    assert TITLE[1] == ["单位：元"]
    rows = [[*item, 5] for item in ITEMS]
    reading = imported(rows, national, catalogue, [*KEYS, "预算金额（万元）"])
    (message,) = doubts(reading)
    assert message.startswith("表上方写明金额单位是元，列名“预算金额（万元）”写的是另一种")
    assert reading.sections["项目"][0]["项目"][0]["当年预算"] == {"一般公共预算拨款": "50000"}


def test_a_subject_without_a_code_is_looked_up(national: Pack, catalogue: Catalogue) -> None:
    rows = [[*ITEMS[0], 100], [*ITEMS[1][:3], "专项普查活动", *ITEMS[1][4:], 300]]
    message, _ = doubts(imported(rows, national, catalogue, [*KEYS, "预算金额"]))
    assert "目录里叫这个名称的是 2010507：是的，写上编码" in message
