"""Charts of a document as parts of its package, and the paragraphs that show them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.core.memo import Memory
from generator.pack.theme import Font
from generator.printing.docx.charts.chart_data import ChartData
from generator.printing.docx.charts.columns import chart_columns
from generator.printing.docx.charts.markup import chart_xml
from generator.printing.docx.charts.workbook import chart_workbook
from generator.printing.docx.markup import drawing_paragraph, xml_part

WORKBOOK_RELATION = "rId1"
"""The relation of a chart to its workbook, the only one it has."""
_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@dataclass(frozen=True, slots=True)
class WrittenChart:
    """The content of a chart's part and of the workbook in it."""

    xml: bytes
    workbook: bytes


_CHARTS = Memory[tuple[ChartData, Font], WrittenChart](__name__, most=200)


def written_chart(data: ChartData, font: Font) -> WrittenChart:
    """A chart with its workbook; one that was written before is not written again."""
    return _CHARTS.recall((data, font), lambda: _written(data, font))


def _written(data: ChartData, font: Font) -> WrittenChart:
    workbook = chart_workbook(chart_columns(data), data.pattern)
    return WrittenChart(xml_part(chart_xml(data, font, WORKBOOK_RELATION)), workbook)


def chart_paragraph(data: ChartData, relation: str, number: int) -> str:
    """The paragraph of a chart.

    Args:
        data: what it shows.
        relation: its relation in the package.
        number: its own among the drawings of the document, from 1.
    """
    graphic = (
        f'<a:graphicData uri="{_URI}"><c:chart xmlns:c="{_URI}" r:id="{relation}"/></a:graphicData>'
    )
    return drawing_paragraph(graphic, (data.width, data.height), number, data.alternative)
