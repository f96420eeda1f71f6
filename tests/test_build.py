"""What ``disclosure build`` writes: names, marks, structure, equal bytes."""

from __future__ import annotations

import ctypes
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import click
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from lxml import etree
from pypdfium2 import raw

from generator.cli.build import build
from generator.cli.main import cli
from generator.compose.document.tree import text_of_element
from tests.conftest import DEPARTMENT, ROOT, UNIT, Sample
from tests.ruled_pages import crossed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "仅供内部审核"
STEM = "阳泉市退役军人服务中心2024年度单位预算公开"


SAMPLE = ROOT / "data" / UNIT


def _run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(cli, [str(each) for each in arguments])


def _pdf_pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _docx_part(docx: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read(f"word/{name}.xml"))


def test_two_builds_give_the_same_bytes(tmp_path: Path, printed: Callable[[str], Sample]) -> None:
    """One in a process of its own, without anything kept, where sets have another order."""
    command = [sys.executable, "-m", "generator", "build", f"data/{UNIT}", "--no-cache"]
    done = subprocess.run(
        [*command, "-o", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kinds = ("pdf", "docx", "html", "figures.json")
    assert written.keys() == {f"{STEM}.{kind}" for kind in kinds}
    for kind in kinds:
        assert written[f"{STEM}.{kind}"] == printed(UNIT).file(kind), kind


def test_the_summary_shows_figures_and_files(tmp_path: Path) -> None:
    done = _run("build", SAMPLE, "-o", tmp_path, "--format", "html", COLUMNS="120")
    assert done.exit_code == 0
    assert "774.48" in done.stdout
    assert f"{STEM}.html" in done.stdout
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".json"]


def test_formats_may_stand_with_commas_between() -> None:
    kind = next(option.type for option in build.params if option.name == "formats")
    assert kind.convert("pdf, xlsx，html", None, None) == ["pdf", "xlsx", "html"]
    with pytest.raises(click.BadParameter, match="pd"):
        kind.convert("xlsx,pd", None, None)


@pytest.mark.usefixtures("warm_cache")
def test_a_draft_carries_the_mark_on_every_page(tmp_path: Path) -> None:
    formats = ("--format", "pdf", "--format", "docx")
    done = _run("build", SAMPLE, "-o", tmp_path, "--draft", *formats)
    assert done.exit_code == 0, done.stderr
    for page in _pdf_pages((tmp_path / f"{STEM}（送审稿）.pdf").read_bytes()):
        assert set(MARK) <= set(page)
    docx = (tmp_path / f"{STEM}（送审稿）.docx").read_bytes()
    header = _docx_part(docx, "header1")
    assert MARK in etree.tostring(header, encoding="unicode")
    sections = list(_docx_part(docx, "document").iter(f"{W}sectPr"))
    assert sections[0].find(f"{W}headerReference") is not None  # the others go on with it
    assert all(each.find(f"{W}headerReference") is None for each in sections[1:])


def test_a_public_file_carries_no_mark(sample: Sample) -> None:
    assert MARK not in "".join("".join(_pdf_pages(sample.file("pdf"))).split())
    with zipfile.ZipFile(io.BytesIO(sample.file("docx"))) as package:
        assert not any(MARK.encode() in package.read(name) for name in package.namelist())
    assert MARK not in sample.file("html").decode()


def test_contents_show_the_true_pages(sample: Sample) -> None:
    """The page printed beside a heading in 目录 is the page the heading is on."""
    pages = ["".join(text.split()) for text in _pdf_pages(sample.file("pdf"))]
    lines = _docx_contents(sample.file("docx"))
    assert [text for text, _ in lines] == [entry.text for entry in sample.composed.document.toc]
    first = next(i for i, page in enumerate(pages) if "—1—" in page)
    headings = {
        entry.anchor: "".join(text_of_element(heading).split())
        for entry in sample.composed.document.toc
        for heading in sample.composed.document.body.iterfind(f".//*[@id='{entry.anchor}']")
    }
    contents = "".join(pages[1:first])
    for entry, (_, number) in zip(sample.composed.document.toc, lines, strict=True):
        page = pages[first + int(number) - 1]
        assert headings[entry.anchor] in page, entry
        assert f"—{number}—" in page
        assert "".join(entry.text.split()) in contents


def _docx_contents(docx: bytes) -> list[tuple[str, str]]:
    """The lines of the table of contents in the DOCX: text and cached page number."""
    lines = []
    for link in _docx_part(docx, "document").iter(f"{W}hyperlink"):
        texts = [text.text or "" for text in link.iter(f"{W}t")]
        lines.append(("".join(texts[:-1]), texts[-1]))
    return lines


def test_no_rule_crosses_a_figure(sample: Sample) -> None:
    assert crossed(sample.file("pdf")) == []


def test_pdf_has_bookmarks_title_and_tags(sample: Sample) -> None:
    document = pypdfium2.PdfDocument(sample.file("pdf"))
    titles = [item.get_title() for item in document.get_toc()]
    assert [entry.text for entry in sample.composed.document.toc] == [
        title for title in titles if title in {e.text for e in sample.composed.document.toc}
    ]
    assert document.get_metadata_value("Title") == sample.composed.document.title
    assert document.is_tagged()
    document.close()


def test_contents_link_to_their_headings(sample: Sample) -> None:
    """Every line of 目录 leads to the page that it names."""
    document = pypdfium2.PdfDocument(sample.file("pdf"))
    targets = []
    for page in list(document)[:3]:
        start, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page.raw, start, link):
            target = raw.FPDFLink_GetDest(document.raw, link)
            targets.append(raw.FPDFDest_GetDestPageIndex(document.raw, target))
    document.close()
    numbers = [int(number) for _, number in _docx_contents(sample.file("docx"))]
    areas = len(targets) // len(numbers)  # text, leader and number of a line link on their own
    expected = [number for number in numbers for _ in range(areas)]
    assert [target - targets[0] + 1 for target in targets] == expected


def test_pdf_turns_no_statement_that_fits_upright(sample: Sample) -> None:
    """The widest one does, amounts and codes unbroken; test_pages has one that does not."""
    document = pypdfium2.PdfDocument(sample.file("pdf"))
    wide = [page.get_width() > page.get_height() for page in document]
    texts = _pdf_pages(sample.file("pdf"))
    for turned, text in zip(wide, texts, strict=True):
        if "预算收入总表" in text and "科目编码" in text:
            assert not turned
        if "情况说明" in text and "一、" in text:
            assert not turned
    document.close()


def test_docx_headings_are_real_headings(sample: Sample) -> None:
    styles = [
        style.get(f"{W}val")
        for style in _docx_part(sample.file("docx"), "document").iter(f"{W}pStyle")
    ]
    assert styles.count("Heading1") == 4
    assert {"Heading2", "Heading3", "TOC1", "TOC2", "TOC3"} <= set(styles)
    based = {
        style.get(f"{W}styleId"): style.find(f"{W}basedOn")
        for style in _docx_part(sample.file("docx"), "styles").iter(f"{W}style")
    }
    assert based["H2Statement"] is not None
    assert based["H2Statement"].get(f"{W}val") == "Heading2"


def test_docx_tables_repeat_their_heads_and_keep_rows_whole(sample: Sample) -> None:
    tables = list(_docx_part(sample.file("docx"), "document").iter(f"{W}tbl"))
    assert len(tables) >= 13
    for table in tables[:13]:
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        widths = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
        for row in rows:
            spans = [
                int(span.get(f"{W}val", "1")) if span is not None else 1
                for cell in row.iter(f"{W}tc")
                for span in [cell.find(f"{W}tcPr/{W}gridSpan")]
            ]
            assert sum(spans) == len(widths)


def test_docx_charts_have_words(printed: Callable[[str], Sample]) -> None:
    body = _docx_part(printed(DEPARTMENT).file("docx"), "document")
    wp = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
    words = [each.get("descr", "") for each in body.iter(f"{wp}docPr")]
    assert len(words) == 3
    assert words[1] == (
        "支出预算结构图：基本支出38,050.58万元（67.07%）；项目支出18,678.24万元（32.93%）。"
    )


def test_docx_names_fonts_for_east_asian_text(sample: Sample) -> None:
    for fonts in _docx_part(sample.file("docx"), "styles").iter(f"{W}rFonts"):
        assert fonts.get(f"{W}eastAsia") in {
            "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体",
        }  # fmt: skip


def test_figures_file_traces_numbers_to_leaves(printed: Callable[[str], Sample]) -> None:
    content = json.loads(printed(UNIT).file("figures.json"))
    figures = {each["地址"]: each for each in content["数字"]}
    leaves = {each["地址"]: each for each in content["明细"]}
    cell = figures["表二/20809/一般公共预算"]
    assert (cell["值"], cell["印出"]) == ("129600", "12.96")
    assert [leaves[source]["位置"] for source in cell["来源"]] == ["项目.yaml:20"]
    share = figures["表一/收入/一般公共预算/金额 ÷ 表一/收入/收入总计/金额"]
    assert (share["印出"], share["单位"]) == ("100.00", "%")


def test_html_needs_nothing_from_outside(sample: Sample) -> None:
    html = sample.file("html").decode()
    assert "<link" not in html
    assert not re.search(r"<script[^>]*\bsrc\b", html)  # its own script stands in it
    assert "url(http" not in html
    assert html.count("<svg") >= 3 or sample.name == UNIT


@pytest.mark.parametrize("name", [UNIT, DEPARTMENT])
def test_nothing_personal_is_in_the_data(name: str) -> None:
    for file in (ROOT / "data" / name).glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text), file
        assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", text), file
