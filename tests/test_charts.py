"""Charts: what stands beside their bars stays on the page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.compose.narrative.charts import WIDTH, Bar, bar_chart
from generator.compose.narrative.context import Narrative
from generator.core.figures import Figure, FigureBook
from generator.core.numbers.format import TEN_THOUSANDS

_AXIS, _GAP, _SIZE = 170, 6, 11.0
_BRACKET = 5.6
"""Points of the ink of a closing bracket, in the face of the sample's charts."""
_WIDTHS = dict.fromkeys("023456789", 0.558) | {"1": 0.471, ".": 0.327, "%": 0.923}
"""Of that face, in ems; all others are one wide."""


def end(bar: Bar) -> float:
    """Where the ink of the words beside a bar ends."""
    ems = sum(_WIDTHS.get(sign, 1.0) for sign in bar.text)
    return _AXIS + bar.length + _GAP + ems * _SIZE - (_SIZE - _BRACKET)


@pytest.mark.parametrize("size", range(-2, 13))
def test_words_beside_the_longest_bar_stay_on_the_page(size: int) -> None:
    amounts = [Decimal(f"8.88e{size}"), Decimal("0.05"), Decimal(f"4.44e{size}")]
    chart = bar_chart("支出", [("教育支出", each, f"{each:.2f}") for each in amounts])
    assert max(map(end, chart.bars)) <= WIDTH + 0.5
    assert chart.bars[0].length == pytest.approx(2 * chart.bars[2].length, abs=0.02)


def test_bars_are_as_long_as_there_is_room() -> None:
    items = [("基本支出", Decimal("46124.51"), "46124.51"), ("项目支出", Decimal(9999), "9999.00")]
    assert bar_chart("支出", items).bars[0].length == 130


def test_a_share_is_of_the_total_as_the_text_prints_it() -> None:
    """The bars as they are printed sum up to 704.98, of which 371.63 is 52.71 %."""
    yuan = {"基本支出": Decimal(3716250), "项目支出": Decimal(3333450)}
    items = [
        (name, Figure(name, each, TEN_THOUSANDS.rounded(each), "元", TEN_THOUSANDS.text(each), ()))
        for name, each in yuan.items()
    ]
    chart = Narrative({}, FigureBook()).chart("支出", items)
    assert chart is not None
    assert [bar.text for bar in chart.bars] == ["371.63万元（52.72%）", "333.35万元（47.29%）"]
