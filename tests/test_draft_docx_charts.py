"""Charts in Word drafts: their words are read, and what their workbooks hold besides is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from generator.drafts.docx.charts import chart_lines
from generator.drafts.docx.read import WordDraft, open_docx
from generator.drafts.draft import Paragraph
from generator.pack.pack import Pack
from generator.printing.docx.writer import write_docx
from tests.drawn_charts import bars, document_with

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
WORKBOOK, CHART = "word/embeddings/chart1.xlsx", "word/charts/chart1.xml"
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
Parts = dict[str, bytes]


def _parts(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _packed(parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def opened(pack: Pack, tmp_path: Path) -> Callable[[Callable[[Parts], None]], WordDraft]:
    """A document with a chart, after a change to its parts."""

    def open_changed(change: Callable[[Parts], None]) -> WordDraft:
        parts = _parts(write_docx(document_with(bars()), pack, {}))
        change(parts)
        file = tmp_path / "图.docx"
        file.write_bytes(_packed(parts))
        return open_docx(file)

    return open_changed


def _traces(draft: WordDraft) -> list[tuple[str, int]]:
    return [(trace.kind, trace.count) for trace in draft.facts.traces]


def _row(cells: str) -> tuple[str, str, str]:
    return SHEET, "</sheetData>", f'<row r="9">{cells}</row></sheetData>'


MORE = {
    "a number": _row('<c r="A9"><v>20000</v></c>'),
    "words": _row('<c r="A9" t="inlineStr"><is><t>张某某 奖金</t></is></c>'),
    "a number as words": _row('<c r="A9" t="str"><v>20000</v></c>'),
    "another workbook": _row('<c r="A9"><f>[1]工资!A1</f><v>308.7</v></c>'),
    "what is no number": _row('<c r="A9"><v>二万</v></c>'),
    "a string that no cell has": (STRINGS, "</sst>", "<si><t>张某某</t></si></sst>"),
    "a long head": (
        SHEET,
        '<c r="B1"',
        f'<c r="A1" t="inlineStr"><is><t>{"甲" * 21}</t></is></c><c r="B1"',
    ),
    "a running head": (
        SHEET,
        "<pageMargins",
        "<headerFooter><oddHeader>甲</oddHeader></headerFooter><pageMargins",
    ),
    "a name": (
        "xl/workbook.xml",
        "</sheets>",
        "</sheets><definedNames><definedName name='甲'>1</definedName></definedNames>",
    ),
    "who made it": (
        "docProps/core.xml",
        "<dc:creator></dc:creator>",
        "<dc:creator>张某某</dc:creator>",
    ),
}


@pytest.mark.parametrize("more", MORE)
def test_a_workbook_with_more_than_its_chart_is_told(
    more: str, opened: Callable[[Callable[[Parts], None]], WordDraft]
) -> None:
    name, old, new = MORE[more]

    def change(parts: Parts) -> None:
        workbook = _parts(parts[WORKBOOK])
        text = workbook[name].decode()
        assert old in text
        workbook[name] = text.replace(old, new, 1).encode()
        parts[WORKBOOK] = _packed(workbook)

    assert _traces(opened(change)) == [("嵌入文件", 1)]


@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet2.xml", "xl/comments1.xml", "xl/media/image1.png"]
)
def test_another_part_in_it_is_told(
    name: str, opened: Callable[[Callable[[Parts], None]], WordDraft]
) -> None:
    def change(parts: Parts) -> None:
        parts[WORKBOOK] = _packed(_parts(parts[WORKBOOK]) | {name: b"<a/>"})

    assert _traces(opened(change)) == [("嵌入文件", 1)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_that_cannot_be_opened_is_told(
    content: bytes, opened: Callable[[Callable[[Parts], None]], WordDraft]
) -> None:
    def change(parts: Parts) -> None:
        parts[WORKBOOK] = content

    assert _traces(opened(change)) == [("嵌入文件", 1)]


def test_a_workbook_of_no_chart_is_told(
    opened: Callable[[Callable[[Parts], None]], WordDraft],
) -> None:
    def change(parts: Parts) -> None:
        parts["word/embeddings/工资表.xlsx"] = parts[WORKBOOK]

    assert _traces(opened(change)) == [("嵌入文件", 1)]


def test_a_large_workbook_is_not_unpacked(
    opened: Callable[[Callable[[Parts], None]], WordDraft],
) -> None:
    def change(parts: Parts) -> None:
        workbook = _parts(parts[WORKBOOK])
        workbook["xl/theme/theme1.xml"] = b" " * (5 * 2**20)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in workbook.items():
                file.writestr(name, content)
        parts[WORKBOOK] = target.getvalue()

    assert _traces(opened(change)) == [("嵌入文件", 1)]


def test_a_damaged_chart_is_unread(
    opened: Callable[[Callable[[Parts], None]], WordDraft],
) -> None:
    def change(parts: Parts) -> None:
        parts[CHART] = b"<c:chartSpace"

    draft = opened(change)
    unread = [e.text for e in draft.blocks if isinstance(e, Paragraph) and e.aside == "未读"]
    assert unread == ["这里嵌入了打不开的图，其中的文字没有读"]
    assert _traces(draft) == [("嵌入文件", 1)]


def _series(name: str, values: str, labels: str, names: str = "") -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values.split()))
    called = "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(names.split()))
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache>"
        f"</c:strRef></c:tx><c:dLbls>{labels}</c:dLbls>"
        f"<c:cat><c:strRef><c:strCache>{called}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{points}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _lines(*series: str, more: str = "") -> list[str]:
    plot = f"<c:plotArea><c:barChart>{''.join(series)}</c:barChart></c:plotArea>"
    root = etree.fromstring(f"<c:chartSpace {C} {A}><c:chart>{more}{plot}</c:chart></c:chartSpace>")
    return list(chart_lines(root))


def test_charts_of_others_are_read_by_name_and_value() -> None:
    runs = "<a:r><a:t>收入</a:t></a:r><a:r><a:t>结构图</a:t></a:r>"
    title = f"<c:title><c:tx><c:rich><a:p>{runs}</a:p></c:rich></c:tx></c:title>"
    values = '<c:numFmt formatCode="#,##0.00" sourceLinked="0"/><c:showVal val="1"/>'
    found = _lines(
        _series("上年", "1000 20.5", values, "财政拨款 其他收入"),
        _series("本年", "1100.004 7", '<c:showVal val="1"/>', "财政拨款 其他收入"),
        more=f"{title}<c:legend/>",
    )
    assert found == [
        "收入结构图",
        "上年 本年",
        "财政拨款 1,000.00 1100.004",
        "其他收入 20.50 7",
    ]


def test_labels_that_are_off_say_nothing() -> None:
    off = '<c:dLbl><c:idx val="1"/><c:delete val="1"/></c:dLbl><c:showVal val="1"/>'
    assert _lines(_series("甲", "1 2", off, "一 二")) == ["一 1", "二"]
    assert _lines(_series("甲", "1 2", '<c:showVal val="0"/>', "一 二")) == ["一", "二"]


@pytest.mark.parametrize("index", ["一", "-1", "9" * 30, "99999"])
def test_points_may_have_any_number(index: str) -> None:
    label = f'<c:dLbl><c:idx val="{index}"/><c:delete val="1"/></c:dLbl><c:showVal val="1"/>'
    assert _lines(_series("甲", "1", label, "一"))[0] == "一 1"
