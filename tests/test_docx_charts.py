"""Charts in the DOCX: what Word shows, what it edits, and that both are the pack's drawing."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from generator.compose.document.tree import HtmlDocument
from generator.compose.narrative.charts import Chart, Waterfall, bar_chart
from generator.core.numbers.format import MoneyFormat, MoneyUnit
from generator.drafts.docx.read import open_docx
from generator.drafts.draft import Paragraph
from generator.pack.pack import Pack
from generator.printing.docx.body import SVG
from generator.printing.docx.charts.chart_data import ChartData, chart_data
from generator.printing.docx.charts.columns import chart_columns
from generator.printing.docx.writer import write_docx
from tests.drawn_charts import PARTS, bars, document_with, steps
from tests.soffice import converted, needs_soffice

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
BOTH = pytest.mark.parametrize("chart", [bars(), steps()], ids=["bars", "steps"])


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _printed(chart: Chart | Waterfall, pack: Pack) -> dict[str, bytes]:
    return _parts(write_docx(document_with(chart), pack, {}))


def _data(document: HtmlDocument) -> ChartData:
    found = chart_data(next(document.root.iter(SVG)))
    assert found is not None
    return found


def _chart(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/charts/chart1.xml"])


def _cached(chart: etree._Element) -> list[list[str]]:
    return [
        [each.text or "" for each in series.iterfind(f"{C}val//{C}v")]
        for series in chart.iter(f"{C}ser")
    ]


@BOTH
def test_a_chart_is_as_the_schema_of_office_wants_it(
    chart: Chart | Waterfall, pack: Pack, tmp_path: Path
) -> None:
    file = tmp_path / "图.docx"
    file.write_bytes(write_docx(document_with(chart), pack, {}))
    assert [each.description for each in OpenXmlValidator().validate(file).errors] == []


def test_bars_are_the_printed_amounts_with_the_words_beside_them(pack: Pack) -> None:
    parts = _printed(bars(), pack)
    chart = _chart(parts)
    assert _cached(chart) == [["308.70", "8.70", "0.01"]]
    assert [each.text for each in chart.iterfind(f".//{C}cat//{C}v")] == [
        name for name, *_ in PARTS
    ]
    assert [each.text for each in chart.iter(f"{A}t")] == [bar.text for bar in bars().bars]
    assert "word/media/image1.png" not in parts
    assert f'descr="{bars().alternative}"' in parts["word/document.xml"].decode()


def test_letters_and_colours_are_those_of_the_drawing(pack: Pack) -> None:
    chart = _printed(bars(), pack)["word/charts/chart1.xml"].decode()
    assert '<a:srgbClr val="3B5C7E"/>' in chart  # the fill of a bar
    assert 'sz="1100"' in chart
    assert '<a:ea typeface="宋体"/>' in chart  # as text of tables
    assert '<c:gapWidth val="62"/>' in chart  # 26 points from bar to bar, 16 of them bar


def test_steps_are_stacked_on_what_stays_free(pack: Pack) -> None:
    chart = _chart(_printed(steps(), pack))
    free, total, rise, fall, room = _cached(chart)
    assert free == ["0", "1000.00", "996.40", "0"]
    assert total == ["1000.00", "0", "0", "996.40"]
    assert rise == ["0", "8.70", "0", "0"]
    assert fall == ["0", "0", "12.30", "0"]
    assert set(room) == {"0"}
    assert [each.get("val") for each in chart.iter(f"{C}min")] == [f"{steps().start}"]


def test_a_drawing_that_is_no_chart_is_a_picture(pack: Pack) -> None:
    document = document_with(bars())
    del next(document.root.iter(SVG)).attrib["data-chart"]
    parts = _parts(write_docx(document, pack, {}))
    assert parts["word/media/image1.png"].startswith(b"\x89PNG")
    assert "word/charts/chart1.xml" not in parts


@pytest.mark.parametrize(
    ("element", "attribute", "value"),
    [
        ("rect", "data-amount", "许多"),
        ("rect", "data-amount", "NaN"),
        ("rect", "height", "一"),
        ("text", "font-size", "大"),
    ],
)
def test_a_chart_that_a_pack_draws_in_its_own_way_is_a_picture(
    element: str, attribute: str, value: str
) -> None:
    svg = next(document_with(bars()).root.iter(SVG))
    next(svg.iter(f"{{*}}{element}")).set(attribute, value)
    assert chart_data(svg) is None


@BOTH
def test_the_workbook_holds_what_the_chart_shows(chart: Chart | Waterfall, pack: Pack) -> None:
    parts = _printed(chart, pack)
    book = openpyxl.load_workbook(io.BytesIO(parts["word/embeddings/chart1.xlsx"]), data_only=True)
    sheet = book["Sheet1"]
    columns = chart_columns(_data(document_with(chart)))
    for number, column in enumerate(columns, 1):
        cells = [sheet.cell(2 + index, number).value for index in range(len(column.values))]
        assert cells == [
            pytest.approx(float(each)) if isinstance(each, Decimal) else each
            for each in column.values
        ]


@BOTH
def test_the_same_chart_gives_the_same_bytes(
    chart: Chart | Waterfall, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _printed(chart, pack)
    monkeypatch.setattr(
        "generator.printing.docx.charts.write._CHARTS.recall", lambda _, make: make()
    )
    assert _printed(chart, pack) == first


@needs_soffice
@BOTH
def test_words_are_computed_anew_as_they_were_printed(
    chart: Chart | Waterfall, pack: Pack, tmp_path: Path
) -> None:
    """A spreadsheet computes the words and the parts of steps just as they are in the file."""
    content = _printed(chart, pack)["word/embeddings/chart1.xlsx"]
    stale = openpyxl.load_workbook(io.BytesIO(content))  # formulas without their values
    file = tmp_path / "图.xlsx"
    stale.save(file)
    computed = openpyxl.load_workbook(converted(file, "xlsx", tmp_path), data_only=True)
    told = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for found, wanted in zip(computed.worksheets[0].values, told.worksheets[0].values, strict=True):
        assert found == tuple(
            pytest.approx(each) if isinstance(each, int | float) else each for each in wanted
        )


@pytest.mark.parametrize("pattern", ["0.##", "#,##0.######"])
def test_words_that_no_spreadsheet_writes_stay_text(pattern: str) -> None:
    chart = bar_chart(
        "图", [("甲", Decimal(3), "3"), ("乙", Decimal(1), "1")], MoneyFormat(MoneyUnit.YI, pattern)
    )
    columns = chart_columns(_data(document_with(chart)))
    assert columns.words.formulas == ()
    assert columns.words.values == ("3亿元（75.00%）", "1亿元（25.00%）")


@BOTH
def test_our_reader_reads_the_words_and_finds_nothing_hidden(
    chart: Chart | Waterfall, pack: Pack, tmp_path: Path
) -> None:
    file = tmp_path / "图.docx"
    file.write_bytes(write_docx(document_with(chart), pack, {}))
    draft = open_docx(file)
    drawn = chart.bars if isinstance(chart, Chart) else chart.steps
    lines = [e.text for e in draft.blocks if isinstance(e, Paragraph) and e.aside == "图"]
    assert lines == [f"{bar.label} {bar.text}" for bar in drawn]
    assert draft.facts.traces == ()
