"""Grids that look alike share a specimen, whatever their headings say, however wide columns are."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from weasyprint import HTML

from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.pack.pack import Pack
from generator.printing.grids.painter import GridPainter
from generator.printing.kept import KeptPieces
from generator.printing.pdf import PrintedPdf, print_pdf
from tests.conftest import ROOT
from tests.embedding import fonts_embedded_once
from tests.test_painted_grids import Glyph, _bookmarks, _glyphs, _marks, _moved, _structure
from tests.test_painted_grids import _marked as marked_texts

NARROW, WIDE = (60, 40), (20, 30, 30)
LONG = "很长的表名" * 12


@pytest.fixture(scope="module", autouse=True)
def _embedded_fonts() -> Iterator[None]:
    """Pages are compared, and all are printed twice: their fonts are embedded once."""
    with fonts_embedded_once({}):
        yield


def grid(
    name: str = "表",
    columns: Sequence[float] = NARROW,
    rows: int = 1,
    *,
    table: str = "form",
    cell: str = "amount",
) -> str:
    """A form with headings as packs write them."""
    widths = "".join(f'<col style="width: {each}%"/>' for each in columns)
    cells = "<td>甲</td>" * (len(columns) - 1) + f'<td class="{cell}"><data value="1">1</data></td>'
    plain = re.sub("<[^>]*>", "", name).strip()
    return (
        f'<section class="form"><h1 data-toc="1">附件：{name}</h1>'
        f'<h2 class="form" data-toc="2" data-toc-text="目录里的{plain}">{name}</h2>'
        f'<p class="form-year">（{name}，2025年度）</p>'
        f'<p class="meta"><span>部门</span><span class="right">单位：万元</span></p>'
        f'<table class="{table}"><colgroup>{widths}</colgroup>'
        f"<tbody>{f'<tr>{cells}</tr>' * rows}</tbody></table></section>"
    )


@dataclass(frozen=True)
class Copy:
    """A printed document.

    Attributes:
        glyphs: the visible characters of each page, with their places.
        bookmarks: the bookmarks.
        heard: the headings as they are told: tag, alternative, text.
        painted: how many sections were painted.
        laid_out: how many pages WeasyPrint laid out.
        content: the file.
    """

    glyphs: list[list[Glyph]]
    bookmarks: list[Any]
    heard: list[tuple[str, str | None, str]]
    painted: int
    laid_out: int
    content: bytes


@dataclass(frozen=True)
class Printer:
    """Prints HTML with a pack's stylesheet."""

    folder: Path
    css: str

    def print(
        self, *sections: str, css: str = "", alone: bool = False, kept: KeptPieces | None = None
    ) -> Copy:
        """Prints sections.

        Args:
            sections: the sections.
            css: further rules.
            alone: whether WeasyPrint prints everything.
            kept: what was made before.
        """
        head = '<html lang="zh-CN"><head><title>表</title></head>'
        body = f'<body><section class="part start"><h1>一</h1></section>{"".join(sections)}</body>'
        document = parse_document(f"{head}{body}</html>", self.folder)
        with pytest.MonkeyPatch.context() as patch:
            painted, pages = _count(patch, alone=alone)
            printed = print_pdf(document, f"{self.css}\n{css}", self.folder, kept=kept)
        with _opened(printed) as pdf:
            glyphs = [_glyphs(page) for page in pdf]
            texts: defaultdict[tuple[int, int], str] = defaultdict(str)
            for number, page in enumerate(pdf, 1):
                for mark, text in marked_texts(page):
                    texts[number, mark] += text
            return Copy(
                glyphs,
                _bookmarks(pdf),
                list(_heard(printed, texts)),
                len(set(painted)),
                sum(pages),
                printed.content,
            )


def _count(patch: pytest.MonkeyPatch, *, alone: bool) -> tuple[list[Any], list[int]]:
    """Collects the sections that are painted, and how many pages each layout has."""
    painted: list[Any] = []
    pages: list[int] = []
    paint, render = GridPainter.paint, HTML.render

    def painting(self: GridPainter, section: Any, *more: Any) -> Any:
        fragment = None if alone else paint(self, section, *more)
        painted.extend([section] if fragment is not None else [])
        return fragment

    def rendering(self: HTML, *arguments: Any, **options: Any) -> Any:
        layout = render(self, *arguments, **options)
        pages.append(len(layout.pages))
        return layout

    patch.setattr(GridPainter, "paint", painting)
    patch.setattr(HTML, "render", rendering)
    return painted, pages


@contextmanager
def _opened(printed: PrintedPdf) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(printed.content)
    yield document
    document.close()


def _heard(
    printed: PrintedPdf, texts: Mapping[tuple[int, int], str]
) -> Iterator[tuple[str, str | None, str]]:
    for tag in ("H1", "H2", "P"):
        for element in _structure(printed).find_all(tag):
            said = "".join(texts.get(at, "") for at in _marks(element))
            yield tag, element.alt_text, said


@pytest.fixture
def printer(pack: Pack, tmp_path: Path) -> Printer:
    folder = Path(shutil.copytree(ROOT / "templates" / "yangquan", tmp_path / "pack"))
    return Printer(folder, render_stylesheet(pack))


def same(ours: Copy, theirs: Copy) -> bool:
    """Whether two documents look alike, and are heard alike."""
    assert [_moved(*pages) for pages in zip(ours.glyphs, theirs.glyphs, strict=True)] == [
        [] for _ in ours.glyphs
    ]
    assert ours.bookmarks == theirs.bookmarks
    assert ours.heard == theirs.heard
    return True


SPECIMEN = 2
"""The pages of a specimen: one with headings and cells, and one after it."""


def test_grids_that_differ_in_words_and_widths_share_a_specimen(printer: Printer) -> None:
    sections = [grid("甲表", NARROW), grid("乙单位的表", WIDE), grid("丙", (33.3, 33.3, 33.4), 90)]
    ours, theirs = printer.print(*sections), printer.print(*sections, alone=True)
    assert ours.painted == 3
    assert ours.laid_out == 1 + SPECIMEN
    assert len(ours.glyphs) > 1 + 3  # the last goes on, and says its title again
    assert same(ours, theirs)


def test_layouts_do_not_grow_with_units_and_statements(printer: Printer) -> None:
    few, many = (
        [
            grid(f"第{number}单位的表", [100 / (2 + number % 7)] * (2 + number % 7))
            for number in units
        ]
        for units in (range(2), range(30))
    )
    assert printer.print(*many).laid_out == printer.print(*few).laid_out


@pytest.mark.parametrize(
    "name",
    [
        LONG,  # takes two lines
        "♞♞",  # another font, whose lines are less high
        " 前后 有空格 ",
        "Title of a form, 100%（A）",
        "表<b>粗</b>",
        "第<data value='1'>1</data>表",
    ],
)
def test_a_grid_that_does_not_stand_as_the_sample_has_a_specimen_of_its_own(
    printer: Printer, name: str
) -> None:
    sections = [grid("甲表"), grid(name), grid("乙表", WIDE)]
    ours = printer.print(*sections)
    assert ours.painted == 3
    assert same(ours, printer.print(*sections, alone=True))


def test_a_heading_without_room_takes_one_more_specimen(printer: Printer) -> None:
    sections = [grid("甲表"), grid(LONG), grid("乙表", WIDE)]
    assert printer.print(*sections).laid_out == 1 + 2 * SPECIMEN


def test_lines_of_two_parts_share_a_specimen_whatever_they_say(printer: Printer) -> None:
    other = grid("乙表").replace("部门", "编制单位：某市某局").replace("万元", "元，%")
    sections = [grid("甲表"), other]
    ours = printer.print(*sections)
    assert ours.painted == 2
    assert ours.laid_out == 1 + SPECIMEN
    assert same(ours, printer.print(*sections, alone=True))


@pytest.mark.parametrize(
    "line",
    [
        "<span>很长的单位名称很长的单位名称很长的单位名称很长的单位名称</span>"
        "<span class='right'>单位：万元，很长的计量单位说明</span>",
        "<span>一</span><span>二</span>",
        "<span class='right'>二</span><span>一</span>",
        "<span>一</span>，<span class='right'>二</span>",
        "<span class='right'>二</span>",
        "<span>一</span>",
    ],
)
def test_parts_that_do_not_stand_as_the_samples_are_set_as_weasyprint_sets_them(
    printer: Printer, line: str
) -> None:
    meta = '<span>部门</span><span class="right">单位：万元</span>'
    sections = [grid("甲表"), grid("乙表").replace(meta, line)]
    assert meta in sections[0]
    ours = printer.print(*sections)
    assert ours.painted == 2
    assert same(ours, printer.print(*sections, alone=True))


def test_words_that_are_those_of_a_sample_are_left_to_weasyprint(printer: Printer) -> None:
    sections = [grid("甲表"), grid("本表0第0处")]
    ours = printer.print(*sections)
    assert ours.painted == 1
    assert same(ours, printer.print(*sections, alone=True))


def test_a_title_without_room_in_the_margin_breaks_as_weasyprint_breaks_it(
    printer: Printer,
) -> None:
    sections = [grid("甲表", rows=60), grid("很长的表名" * 4, rows=60)]
    css = "@page sheet { margin-top: 70mm; @top-center { font-size: 40pt } }"
    ours = printer.print(*sections, css=css)
    assert ours.painted == 2
    assert ours.laid_out == 1 + 2 * SPECIMEN
    assert same(ours, printer.print(*sections, css=css, alone=True))


@pytest.mark.parametrize(
    "columns",
    [(70, 60), (10, 10), (100,), (0, 50, 50), (12.345, 67.89, 1)],
)
def test_columns_are_as_wide_as_weasyprint_makes_them(
    printer: Printer, columns: Sequence[float]
) -> None:
    sections = [grid("甲表"), grid("乙表", columns)]
    ours = printer.print(*sections)
    assert ours.painted == 2
    assert ours.laid_out == 1 + SPECIMEN
    assert same(ours, printer.print(*sections, alone=True))


@pytest.mark.parametrize(
    "css",
    [
        "table { width: 80% }",
        "table.form { width: 120mm }",
        "col { width: 30mm !important }",
        "table { border-collapse: collapse; margin-left: 10mm }",
        "section.form { margin: 0 10mm 0 20mm }",
        "td { border: 3pt solid black }",
        "section.form { display: none }",
    ],
)
def test_widths_that_a_pack_sets_are_followed(printer: Printer, css: str) -> None:
    sections = [grid("甲表"), grid("乙单位的表", WIDE)]
    assert same(printer.print(*sections, css=css), printer.print(*sections, css=css, alone=True))


@pytest.mark.parametrize("column", ['style="width: 30mm"', 'class="wide"', 'style="width:20%"', ""])
def test_columns_that_are_said_otherwise_are_followed(printer: Printer, column: str) -> None:
    css = "col.wide { width: 55% }"
    other = grid("乙表").replace('style="width: 60%"', column)
    sections = [grid("甲表"), other, grid("丙表", WIDE)]
    ours = printer.print(*sections, css=css)
    assert ours.painted == 3
    assert same(ours, printer.print(*sections, css=css, alone=True))


@pytest.mark.parametrize(
    "css",
    [
        "h2.form { text-align: right; letter-spacing: 3pt }",
        "h2.form { text-align: justify }",
        "h2.form { text-indent: 2em }",
        "h2.form { color: #808080; font-weight: bold }",
        "h2.form { text-transform: uppercase }",
        "h2.form { text-decoration: underline }",
        "h2.form { padding: 5pt 60mm; border: 1pt solid black }",
        "h2.form::before { content: '◎' }",
        "h2.form { float: left }",
        "h2.form { position: relative; left: 5mm }",
        "h2.form { display: none }",
        "p.meta { float: right } p.meta .right { float: none }",
        "p.meta .right { float: left }",
        "p.meta .right { font-size: 30pt }",
        "p.meta span { letter-spacing: 2pt; margin-left: 5mm }",
        "p.meta { text-align: right }",
        "p.form-year { white-space: pre }",
        "p.form-year { line-height: normal; font-size: 30pt }",
        "h2.form { bookmark-label: '表：' content() }",
        "h2.form { bookmark-label: content(first-letter) }",
        "h2.form { string-set: table-title content(first-letter) }",
        "h2.form { string-set: table-title attr(data-bookmark) }",
        "h1 { string-set: table-title '续：' content() '。' } h2.form { string-set: none }",
        "h2.form { string-set: none }",
        "@page sheet { @top-center { content: none } @top-left { content: string(table-title) } }",
        "@page sheet { @top-right { content: string(table-title); padding-right: 9mm } }",
        "@page sheet { @top-center { width: 50mm; text-align: left } }",
    ],
)
def test_headings_are_set_as_a_pack_says(printer: Printer, css: str) -> None:
    """Painted or left to WeasyPrint: whatever is not known must not be painted otherwise."""
    sections = [grid("甲表abc", rows=60), grid("乙单位的表", WIDE, rows=60)]
    assert same(printer.print(*sections, css=css), printer.print(*sections, css=css, alone=True))


def test_a_cell_that_only_weasyprint_can_print_leaves_other_grids_alone(printer: Printer) -> None:
    css = "td.odd { text-decoration: underline }"
    sections = [grid("甲表"), grid("乙表", cell="odd"), grid("丙表")]
    ours = printer.print(*sections, css=css)
    assert ours.painted == 2
    assert same(ours, printer.print(*sections, css=css, alone=True))


def test_a_table_of_another_class_takes_one_page_more(printer: Printer) -> None:
    """What stands above it is known: tables that are tightened differ in nothing else."""
    kept = KeptPieces()
    first, others = [grid("甲表")], [grid("乙表", table="form tight-1"), grid("丙表")]
    assert printer.print(*first, kept=kept).laid_out == 1 + SPECIMEN
    ours = printer.print(*others, kept=kept)
    assert ours.painted == 2
    assert ours.laid_out == 1
    assert same(ours, printer.print(*others, alone=True))


def test_a_table_of_another_class_may_stand_elsewhere(printer: Printer) -> None:
    kept = KeptPieces()
    css = "table.narrow { width: 90mm }"
    printer.print(grid("甲表"), css=css, kept=kept)
    other = grid("乙表", table="form narrow", rows=60)
    ours = printer.print(other, css=css, kept=kept)
    assert ours.painted == 1
    assert same(ours, printer.print(other, css=css, alone=True))


def test_what_was_printed_before_changes_no_byte(printer: Printer) -> None:
    """Nothing of the words of another document is in a file, no glyph of theirs in its fonts."""
    kept = KeptPieces()
    printer.print(grid("别的单位", rows=60), grid(LONG), kept=kept)
    again = printer.print(grid("甲表", rows=60), grid("乙表", WIDE), kept=kept)
    assert again.content == printer.print(grid("甲表", rows=60), grid("乙表", WIDE)).content
