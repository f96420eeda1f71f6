"""Pages and texts of a PDF that are turned read as the upright ones do."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint import HTML

from generator.drafts.draft import Paragraph
from generator.drafts.read import read_draft
from tests.pdf_pages import page, turned

STYLE = """@page {size: 420pt 300pt; margin: 30pt}
@page {@bottom-center {content: "— " counter(page) " —"}}
body {font: 10pt/14pt sans-serif; margin: 0} table {border-collapse: collapse; width: 100%}
td {border: .5pt solid}"""
BODY = """<h3>二〇二五年收入预算表</h3><p>单位名称：青禾县水利局　　单位：万元</p>
<table><tr><td rowspan=2>项目<td colspan=2>本年收入<td rowspan=2>上年结转</tr>
<tr><td>合计<td>一般公共预算</tr><tr><td>213 农林水支出<td>12.50<td>10.00<td>2.00</tr>
<tr><td>21303 水利<td>7.25<td>7.25<td></tr></table>
<p>注：表中各数四舍五入。</p><p style="break-before: page">第二页的正文。</p>"""


def told(content: bytes, folder: Path) -> list[tuple[int, str, str]]:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return [
        (line.spot.number, line.aside, line.text)
        if isinstance(line, Paragraph)
        else (line.spot.number, "行", "|".join(line.cells))
        for line in read_draft(path).lines()
    ]


@pytest.fixture(scope="module")
def upright() -> bytes:
    content = HTML(string=f"<style>{STYLE}</style>{BODY}").write_pdf()
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("by_key", [True, False], ids=["按Rotate转回", "横着印"])
def test_turned_pages(turn: int, upright: bytes, tmp_path: Path, *, by_key: bool) -> None:
    expected = told(upright, tmp_path)
    assert (1, "行", "213 农林水支出|12.50|10.00|2.00") in expected
    assert (1, "页码", "— 1 —") in expected
    assert told(turned(upright, turn, 4 - turn if by_key else 0), tmp_path) == expected


SHEET = """0 0 m 120 0 l S 0 20 m 120 20 l S 0 40 m 120 40 l S
0 0 m 0 40 l S 80 0 m 80 40 l S 120 0 m 120 40 l S
BT /F 10 Tf 4 26 Td (Item one) Tj 82 0 Td (10.00) Tj -82 -20 Td (Item two) Tj
82 0 Td (7.00) Tj ET"""


@pytest.mark.parametrize("matrix", ["0 1 -1 0 150 40", "0 -1 1 0 150 170"], ids=["向上", "向下"])
def test_an_upright_heading_over_a_table_on_its_side(matrix: str, tmp_path: Path) -> None:
    contents = f"""BT /F 12 Tf 20 180 Td (Heading) Tj ET
        BT /F 12 Tf 20 20 Td (Footnote below) Tj ET q {matrix} cm {SHEET} Q"""
    assert [text for _, _, text in told(page(contents.encode()), tmp_path)] == [
        "Heading",
        "Item one|10.00",
        "Item two|7.00",
        "Footnote below",
    ]


def test_a_word_on_its_side_in_a_cell_of_an_upright_table(tmp_path: Path) -> None:
    contents = """0 0 m 120 0 l S 0 80 m 120 80 l S 0 0 m 0 80 l S 20 0 m 20 80 l S
        120 0 m 120 80 l S 20 40 m 120 40 l S
        BT /F 10 Tf 24 56 Td (Upper goal) Tj 0 -40 Td (Lower goal) Tj ET
        BT /F 10 Tf 0 1 -1 0 14 20 Tm (Effect) Tj ET"""
    rows = [text for _, kind, text in told(page(contents.encode()), tmp_path) if kind == "行"]
    assert rows == ["Effect|Upper goal", "|Lower goal"]


def test_what_stands_aslant_is_a_watermark(tmp_path: Path) -> None:
    contents = b"BT /F 10 Tf 20 150 Td (Text) Tj .7 .7 -.7 .7 50 50 Tm (DRAFT) Tj ET"
    assert told(page(contents), tmp_path) == [(1, "", "Text"), (1, "水印", "DRAFT")]
