"""The part of a chart in the DOCX: DrawingML that looks like the drawing of the pack."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal
from xml.sax.saxutils import escape

from generator.pack.theme import Font
from generator.printing.docx.charts.chart_data import ChartData, ChartKind, Paint
from generator.printing.docx.charts.columns import (
    FIRST_ROW,
    ChartColumn,
    ChartColumns,
    chart_columns,
)
from generator.printing.docx.charts.workbook import SHEET
from generator.printing.docx.markup import quoted_attribute

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_C15 = 'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
_LABELS_EXTENSION = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_RANGE_EXTENSION = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
"""Of Office 2013: labels whose words stand in cells."""
_CATEGORIES, _VALUES = 10001, 10002
_EMU_PER_POINT = 12700
_NOTHING = Paint("", "", 0)
_RISE, _FALL = "8FA9C4", "FFFFFF"
"""How rises and falls are filled if none is drawn yet: they differ in print as well."""


def chart_xml(data: ChartData, font: Font, workbook: str) -> str:
    """The content of a chart's part.

    Args:
        data: what it shows.
        font: of the words in it.
        workbook: the relation to its workbook.
    """
    columns = chart_columns(data)
    bars = data.kind is ChartKind.BARS
    stacked = "" if bars else '<c:overlap val="100"/>'
    gap = round((data.height / len(data.bars) / data.thickness - 1) * 100)
    return (
        f'<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:lang val="zh-CN"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{_place_of_bars(data)}"
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{"clustered" if bars else "stacked"}"/>'
        f'<c:varyColors val="0"/>{_series(data, columns)}'
        f'<c:gapWidth val="{max(0, min(gap, 500))}"/>{stacked}'
        f'<c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>'
        f"{_axes(data)}{_painted(_NOTHING)}</c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{_painted(_NOTHING)}{_letters(data, font)}"
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _place_of_bars(data: ChartData) -> str:
    """Where bars are drawn: what stands before and after them has its room."""
    x, width = data.before / data.width, data.longest / data.width
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/>'
        '<c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.5f}"/><c:y val="0"/><c:w val="{width:.5f}"/><c:h val="1"/>'
        "</c:manualLayout></c:layout>"
    )


def _series(data: ChartData, columns: ChartColumns) -> str:
    labels = columns.labels
    if data.kind is ChartKind.BARS:
        paint = data.bars[0].paint
        return _one_series(0, columns.amounts, labels, paint, _words(columns.words, "outEnd"))
    free, total, rise, fall, words = columns.drawn
    total_paint, changes = data.bars[0].paint, data.bars[1:-1]
    outline, width = total_paint.outline, total_paint.width
    rises = [bar.paint for bar in changes if bar.amount > 0]
    falls = [bar.paint for bar in changes if bar.amount < 0]
    paints = (
        (free, _NOTHING),
        (total, total_paint),
        (rise, next(iter(rises), Paint(_RISE, outline, width))),
        (fall, next(iter(falls), Paint(_FALL, outline, width))),
    )
    drawn = [_one_series(i, column, labels, paint) for i, (column, paint) in enumerate(paints)]
    told = _words(columns.words, "inBase")
    return "".join(drawn) + _one_series(len(drawn), words, labels, _NOTHING, told)


def _one_series(
    index: int,
    values: ChartColumn,
    labels: ChartColumn,
    paint: Paint,
    words: tuple[str, str] = ("", ""),
) -> str:
    told, extension = words
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx><c:strRef><c:f>{SHEET}!${values.letter}$1</c:f>"
        f"<c:strCache>{_points([values.head])}</c:strCache></c:strRef></c:tx>"
        f'{_painted(paint)}<c:invertIfNegative val="0"/>{told}'
        f"<c:cat><c:strRef><c:f>{_cells(labels)}</c:f>"
        f"<c:strCache>{_points(labels.values)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{_cells(values)}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{_points(values.values)}</c:numCache></c:numRef></c:val>"
        f"{extension}</c:ser>"
    )


def _cells(column: ChartColumn) -> str:
    letter, last = column.letter, FIRST_ROW + len(column.values) - 1
    return f"{SHEET}!${letter}${FIRST_ROW}:${letter}${last}"


def _points(values: Iterable[Decimal | str]) -> str:
    texts = [f"{each:f}" if isinstance(each, Decimal) else escape(each) for each in values]
    points = "".join(f'<c:pt idx="{i}"><c:v>{text}</c:v></c:pt>' for i, text in enumerate(texts))
    return f'<c:ptCount val="{len(texts)}"/>{points}'


def _words(column: ChartColumn, place: str) -> tuple[str, str]:
    """Labels of bars whose words stand in cells, and the extension of the series that says where.

    Programs that do not know such labels show the words that are written here.
    """
    ending = _ending_of_label(place)
    labels = "".join(
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p>'
        f'<a:fld id="{_field_id(column, index)}" type="CELLRANGE"><a:rPr lang="zh-CN"/>'
        f"<a:t>{escape(str(text))}</a:t></a:fld></a:p></c:rich></c:tx>{ending}</c:dLbl>"
        for index, text in enumerate(column.values)
    )
    unbroken = '<c:txPr><a:bodyPr wrap="none"/><a:p><a:pPr><a:defRPr/></a:pPr></a:p></c:txPr>'
    return f"<c:dLbls>{labels}{unbroken}{ending}</c:dLbls>", (
        f'<c:extLst><c:ext uri="{_RANGE_EXTENSION}" {_C15}><c15:datalabelsRange>'
        f"<c15:f>{_cells(column)}</c15:f>"
        f"<c15:dlblRangeCache>{_points(column.values)}</c15:dlblRangeCache>"
        "</c15:datalabelsRange></c:ext></c:extLst>"
    )


def _ending_of_label(place: str) -> str:
    """Where labels stand, and that they show cells and nothing of the values."""
    shown = "".join(
        f'<c:show{name} val="0"/>'
        for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    )
    return (
        f'<c:dLblPos val="{place}"/>{shown}<c:extLst><c:ext uri="{_LABELS_EXTENSION}" {_C15}>'
        '<c15:showDataLabelsRange val="1"/></c:ext></c:extLst>'
    )


def _field_id(column: ChartColumn, index: int) -> str:
    """A number for a field that is the same every time."""
    name = f"{column.letter}{FIRST_ROW + index} {column.values[index]}"
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_OID, name)).upper()}}}"


def _axes(data: ChartData) -> str:
    """The line that bars start from, with their names; their amounts stand beside them."""
    ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES}"/>'
        '<c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/>{ticks}<c:tickLblPos val="low"/>{_painted(data.axis)}'
        f'<c:crossAx val="{_VALUES}"/><c:crosses val="min"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:min val="{data.start:f}"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{ticks}<c:tickLblPos val="none"/>'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


def _painted(paint: Paint) -> str:
    line = _filled(paint.outline)
    width = f' w="{round(paint.width * _EMU_PER_POINT)}"' if paint.outline else ""
    return f"<c:spPr>{_filled(paint.fill)}<a:ln{width}>{line}</a:ln></c:spPr>"


def _filled(colour: str) -> str:
    if not colour:
        return "<a:noFill/>"
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _letters(data: ChartData, font: Font) -> str:
    latin, asian = quoted_attribute(font.latin or font.docx), quoted_attribute(font.docx)
    black = _filled("000000")
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{round(data.letters * 100)}">{black}'
        f"<a:latin typeface={latin}/><a:ea typeface={asian}/></a:defRPr></a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
