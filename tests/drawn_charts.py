"""Documents with a chart in them, drawn by the macros of a pack."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader

from generator.compose.document.parse import parse_document
from generator.compose.document.tree import HtmlDocument
from generator.compose.narrative.charts import Chart, Waterfall, bar_chart, waterfall_chart
from generator.core.resources import PACKS

PARTS = [  # 8.70 is none as a binary number
    ("教育支出", Decimal("308.70"), "308.70"),
    ("科学技术支出", Decimal("8.70"), "8.70"),
    ("其他支出", Decimal("0.01"), "0.01"),
]
CHANGES = [("教育支出", Decimal("8.70")), ("其他支出", Decimal("-12.30"))]


def bars() -> Chart:
    """A chart of three parts, the last one too small to be seen."""
    return bar_chart("支出结构图", PARTS)


def steps(before: str = "1000.00", after: str = "996.40") -> Waterfall:
    """A rise and a fall between two totals."""
    return waterfall_chart("支出变动图", Decimal(before), CHANGES, Decimal(after))


def document_with(chart: Chart | Waterfall) -> HtmlDocument:
    """A document with a chart, drawn as the pack draws it, for a test to change."""
    macro = "bars('支出结构图', [])" if isinstance(chart, Chart) else "steps('支出', 2026)"
    environment = Environment(
        loader=FileSystemLoader(PACKS / "yangquan"), autoescape=True, trim_blocks=True
    )
    asked = SimpleNamespace(chart=lambda *_: chart, waterfall=lambda *_: chart)
    figure = environment.from_string(
        f'{{% from "macros/chart.html.j2" import bars, steps with context %}}{{{{ {macro} }}}}'
    ).render(n=asked, font=lambda _: "serif")
    text = f"<html><head><title>甲</title></head><body><section>{figure}</section></body></html>"
    document = parse_document(text, Path())
    return HtmlDocument(document.root, document.toc)
