"""Pages and tables of a PDF that are pictures are named; what may be on them is not missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from weasyprint import HTML

from generator.checks.rule import Passed, Unchecked
from generator.checks.rules import structure
from generator.checks.rules.files import unread_pages
from generator.compare.compare import compare_sides
from generator.compare.side import side_of_data, side_of_draft
from generator.core.findings import Finding
from generator.core.records import replace
from generator.drafts.draft import Paragraph
from generator.drafts.read import read_draft
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument
from tests.conftest import UNIT, Sample
from tests.pdf_pages import as_pictures

DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
STYLE = "@page {size: 300pt 400pt; margin: 20pt} body {font: 10pt sans-serif}"


def asides(body: str, folder: Path) -> list[tuple[str, str]]:
    path = folder / "a.pdf"
    HTML(string=f"<style>{STYLE}</style>{body}").write_pdf(path)
    lines = read_draft(path).lines()
    return [(line.aside, line.text) for line in lines if isinstance(line, Paragraph) and line.aside]


def picture(width: int, height: int, more: str = "") -> str:
    return f"<img src='{DOT}' style='width: {width}pt; height: {height}pt; display: block; {more}'>"


def test_a_picture_that_may_be_a_table(tmp_path: Path) -> None:
    body = f"<p>收入预算表</p>{picture(260, 200)}<p>注：单位万元。</p>"
    assert asides(body, tmp_path) == [("图中表", "第1页的图里可能有表，没有读")]


@pytest.mark.parametrize(
    "body",
    [
        f"<p>正文。</p>{picture(60, 60)}",
        f"<p>正文。</p>{picture(260, 200)}<p>图1</p><p>支出结构图</p>",
        f"<p>正文。</p><div style='position: relative'>{picture(260, 200)}"
        "<p style='position: absolute; top: 20pt'>写在图上的文字</p></div>",
        "<p>正文。</p><svg width=260 height=200><rect width=200 height=100 fill=navy /></svg>",
        "<p>正文。</p><p style='break-before: page'></p>",
    ],
    ids=["小图", "结构图", "底图", "矢量图", "空白页"],
)
def test_other_pictures_and_empty_pages_are_not_named(body: str, tmp_path: Path) -> None:
    assert [each for each in asides(body, tmp_path) if each[0] in ("图中表", "图片页")] == []


def test_a_picture_page_with_a_page_number_and_a_mark(tmp_path: Path) -> None:
    foot = "<style>@page {@bottom-center {content: counter(page)}}</style>"
    body = f"{foot}<p>正文。</p><p style='break-before: page'>仅供内部审核</p>{picture(260, 250)}"
    found = asides(body, tmp_path)
    assert ("图片页", "第2页没有文字，只有图片") in found


ON_PICTURES = ["表五", "表六", "表七", "表八", "表九", "表十", "表十一"]


@pytest.fixture(scope="module")
def scanned(printed: Callable[[str], Sample], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample, pages 7 and 8 pictures: 表五 to 表十一."""
    path = tmp_path_factory.mktemp("scanned") / "a.pdf"
    path.write_bytes(as_pictures(printed(UNIT).file("pdf"), range(7, 9)))
    return path


@pytest.fixture(scope="module")
def document(scanned: Path, pack: Pack, catalogue: Catalogue) -> ReadDocument:
    return presented_draft(scanned, pack, catalogue)


def test_a_run_of_pages_is_one_finding(document: ReadDocument, pack: Pack) -> None:
    outcomes = [each for check in unread_pages.CHECKS for each in check(document, pack)]
    (finding,) = [each for each in outcomes if isinstance(each, Finding)]
    assert (finding.code, finding.message) == ("E780", "第7–8页没有文字（多半是图片）")
    assert finding.place
    assert finding.place.spot == "第7页"
    assert [each.code for each in outcomes if isinstance(each, Passed)] == ["W781", "N782"]


def test_what_may_be_on_picture_pages_is_not_missing(document: ReadDocument, pack: Pack) -> None:
    outcomes = [each for check in structure.CHECKS for each in check(document, pack)]
    assert [each.message for each in outcomes if isinstance(each, Finding)] == []
    why = "没有读到，可能就在读不出来的第7–8页"
    unchecked = [each.group for each in outcomes if isinstance(each, Unchecked) if each.why == why]
    assert unchecked == ON_PICTURES


def test_what_cannot_be_on_picture_pages_is_missing(document: ReadDocument, pack: Pack) -> None:
    gone = [each for each in document.passages if each.section != "名词解释"]
    gone = [each for each in gone if "名词解释" not in each.text or each.section == "目录"]
    less = replace(document, passages=tuple(gone))
    outcomes = [each for check in structure.CHECKS for each in check(less, pack)]
    messages = [each.message for each in outcomes if isinstance(each, Finding)]
    assert "缺少第四部分 名词解释" in messages


def test_diff_names_what_it_did_not_compare(
    scanned: Path, printed: Callable[[str], Sample], pack: Pack
) -> None:
    comparison = compare_sides(
        side_of_data(printed(UNIT).composed, pack), side_of_draft(scanned, pack), pack
    )
    assert comparison.differences() == []
    assert comparison.unread[0] == "a.pdf：第7–8页没有文字（多半是图片）"
    assert [each.split()[0] for each in comparison.unread[1:]] == ON_PICTURES
