"""Sections that an import has not found are those that the data will be asked for."""

from __future__ import annotations

from typing import Any

import pytest

from generator.compose.review.unsaid import asked
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.importing.absent import absent_sections
from generator.model.vocabulary import SaidSection
from generator.pack.pack import Pack, load_pack


def _line(kind: str) -> dict[str, Any]:
    return {"科目": "2010501", "当年预算": {kind: {"一般公共预算拨款": "100"}}}


@pytest.fixture(scope="module")
def national() -> Pack:
    return load_pack(PACKS / "national")


@pytest.mark.parametrize("name", ["national", "yangquan", "shanghai-district"])
def test_what_a_place_asks_for_is_told_and_nothing_else(name: str) -> None:
    pack = load_pack(PACKS / name)
    told = absent_sections({}, pack)
    always = {"概况", "收支", "三公经费"}
    prior = {"上年预算数"} if pack.vocabulary.prior_amounts else set()
    assert set(told) == {*always, *prior, *map("/".join, asked(pack.vocabulary))}


def test_assets_are_not_told_where_no_sentence_speaks_of_them(national: Pack) -> None:
    words = national.vocabulary.model_copy(update={"to_be_said": (SaidSection.PROCUREMENT,)})
    told = absent_sections({}, replace(national, vocabulary=words))
    assert "国有资产" not in told
    assert "政府采购" in told


def test_other_notes_alone_do_not_speak_of_services(national: Pack) -> None:
    services = "其他说明/政府购买服务指导性目录"
    assert services in absent_sections({"其他说明": {"其他": "另外说明。"}}, national)
    said = {"其他说明": {"政府购买服务指导性目录": "无"}}
    assert services not in absent_sections(said, national)


@pytest.mark.parametrize(("kind", "is_told"), [("基本支出", True), ("项目支出", False)])
def test_economic_subjects_are_told_where_there_is_basic_expenditure(
    kind: str, is_told: bool, national: Pack
) -> None:
    told = absent_sections({"收支": [_line(kind)]}, national)
    assert ("基本支出经济科目" in told) is is_told
