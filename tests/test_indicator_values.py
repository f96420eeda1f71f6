"""Values of indicators: what they say, and how they go wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.checks.forms.indicator_values import Direction, Quantity, flaw, parsed, unit_fits

AT_LEAST, AT_MOST, EXACT = Direction.AT_LEAST, Direction.AT_MOST, Direction.EXACT


@pytest.mark.parametrize(
    ("text", "direction", "low", "high", "unit"),
    [
        ("≥90%", AT_LEAST, "90", "90", "%"),
        (">95％", AT_LEAST, "95", "95", "%"),
        ("≤1.6元/本", AT_MOST, "1.6", "1.6", "元/本"),
        ("<10月", AT_MOST, "10", "10", "月"),
        ("=100%", EXACT, "100", "100", "%"),
        ("73人/年", EXACT, "73", "73", "人/年"),
        ("2,757人", EXACT, "2757", "2757", "人"),
        ("不少于20次", AT_LEAST, "20", "20", "次"),
        ("不超过2万元/次", AT_MOST, "2", "2", "万元/次"),
        ("1500人以上", AT_LEAST, "1500", "1500", "人"),
        ("3天以内", AT_MOST, "3", "3", "天"),
        ("10-12人", EXACT, "10", "12", "人"),
        ("95%-98%", EXACT, "95", "98", "%"),
        ("60m²", EXACT, "60", "60", "平方米"),
        ("14.47万平米", EXACT, "14.47", "14.47", "万平方米"),
        ("≥90百分比", AT_LEAST, "90", "90", "%"),
    ],
)
def test_numbers(text: str, direction: Direction, low: str, high: str, unit: str) -> None:
    assert parsed(text) == Quantity(direction, Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize("text", ["约66人", "66人左右"])
def test_about(text: str) -> None:
    assert parsed(text) == Quantity(EXACT, Decimal(66), Decimal(66), "人", about=True)


@pytest.mark.parametrize(
    "text", ["有效提升", "2025年底前", "2025全年", "3月到11月", "学费收入的75%", "春季、秋季各一次"]
)
def test_words(text: str) -> None:
    assert parsed(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("100100%按月发放", "百分号、比较号或数字重复"),
        ("100%10%", "百分号、比较号或数字重复"),
        ("100保障", "数字后面缺单位"),
        ("提高100提高", "数字后面缺单位"),
        ("≥95", "数字后面缺单位"),
        ("4000人/元/年", "单位写反，应是“元/人”一类"),
        ("14万", "只写“万”“亿”，缺单位"),
        ("≥433平方米、公里等", "单位照抄了模板的可选样式"),
        ("100百分比", "“百分比”应写作“%”"),
    ],
)
def test_flaws(text: str, words: str) -> None:
    found = flaw(text)
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    "text",
    [
        "100%按月发放",
        "98%推进",
        "提高10%",
        "≥90%",
        "2025年",
        "100元/人/天（场）",
        "12.5元/人",
        "1年",
    ],
)
def test_no_flaws(text: str) -> None:
    assert flaw(text) is None


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("培训天数", "90人/年", False),
        ("培训天数", "90天", True),
        ("返还科次", "≥8000人", False),
        ("参训人数", "≥12个", True),
        ("物业管理面积", "14.47万平米", True),
        ("智慧黑板", "6台", True),
    ],
)
def test_units(name: str, value: str, fits: bool) -> None:
    quantity = parsed(value)
    assert quantity is not None
    assert unit_fits(name, quantity) is fits
