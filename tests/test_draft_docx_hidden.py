"""Text of a Word file that nobody sees is no text of it, and is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from generator.drafts.draft import FileFacts, Row
from generator.drafts.read import read_draft

WHITE, NAVY = RGBColor(255, 255, 255), RGBColor(0, 0, 80)
Make = Callable[[Document, Run], None]


def shading(fill: str) -> BaseOxmlElement:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>')


def white(_: Document, run: Run) -> None:
    run.font.color.rgb = WHITE


def nearly_white(_: Document, run: Run) -> None:
    run.font.color.rgb = RGBColor(254, 254, 252)


def white_by_a_style(document: Document, run: Run) -> None:
    base = document.styles.add_style("浅", WD_STYLE_TYPE.CHARACTER)
    base.font.color.rgb = WHITE
    style = document.styles.add_style("更浅", WD_STYLE_TYPE.CHARACTER)
    style.base_style = base
    run.style = style


def hidden_by_a_style_of_characters(document: Document, run: Run) -> None:
    style = document.styles.add_style("藏", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    run.style = style


def hidden_by_a_style_of_paragraphs(document: Document, run: Run) -> None:
    style = document.styles.add_style("藏段", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    cast("Paragraph", run._parent).style = style


def tiny(_: Document, run: Run) -> None:
    run.font.size = Pt(1)


def of_the_colour_of_its_ground(_: Document, run: Run) -> None:
    run.font.color.rgb = NAVY
    cast("Paragraph", run._parent)._p.get_or_add_pPr().append(shading("000050"))


HIDING: list[Make] = [
    white,
    nearly_white,
    white_by_a_style,
    hidden_by_a_style_of_characters,
    hidden_by_a_style_of_paragraphs,
    tiny,
    of_the_colour_of_its_ground,
]


def shown_though_its_style_hides(document: Document, run: Run) -> None:
    hidden_by_a_style_of_characters(document, run)
    run.font.hidden = False


def white_on_a_dark_run(document: Document, run: Run) -> None:
    white(document, run)
    run._r.get_or_add_rPr().append(shading("1F3864"))


def white_on_a_highlight(document: Document, run: Run) -> None:
    white(document, run)
    run.font.highlight_color = WD_COLOR_INDEX.BLUE


def white_on_a_dark_paragraph(document: Document, run: Run) -> None:
    white(document, run)
    cast("Paragraph", run._parent)._p.get_or_add_pPr().append(shading("1F3864"))


def white_on_a_coloured_page(document: Document, run: Run) -> None:
    white(document, run)
    ground = parse_xml(f'<w:background {nsdecls("w")} w:color="000080"/>')
    document.element.insert(0, ground)


def small(_: Document, run: Run) -> None:
    run.font.size = Pt(5)


def black(_: Document, run: Run) -> None:
    run.font.color.rgb = RGBColor(0, 0, 0)


SHOWING: list[Make] = [
    shown_though_its_style_hides,
    white_on_a_dark_run,
    white_on_a_highlight,
    white_on_a_dark_paragraph,
    white_on_a_coloured_page,
    small,
    black,
]


def read(make: Make, folder: Path) -> tuple[list[str], FileFacts]:
    document = docx.Document()
    document.add_paragraph("可见。")
    make(document, document.add_paragraph().add_run("口径"))
    document.save(str(folder / "稿.docx"))
    draft = read_draft(folder / "稿.docx")
    return [line.text for line in draft.lines() if not isinstance(line, Row)], draft.facts


@pytest.mark.parametrize("make", HIDING)
def test_what_nobody_sees_is_no_text(make: Make, tmp_path: Path) -> None:
    lines, facts = read(make, tmp_path)
    assert [line for line in lines if line] == ["可见。"]
    (trace,) = facts.traces
    assert (trace.kind, trace.count, trace.excerpt) == ("隐藏文字", 1, "口径")


@pytest.mark.parametrize("make", SHOWING)
def test_what_is_seen_is_text(make: Make, tmp_path: Path) -> None:
    lines, facts = read(make, tmp_path)
    assert lines == ["可见。", "口径"]
    assert not facts.traces


def test_text_hidden_by_the_defaults(tmp_path: Path) -> None:
    def everything(document: Document, run: Run) -> None:
        defaults = document.styles.element.find(qn("w:docDefaults"))
        defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}").append(OxmlElement("w:vanish"))
        run.font.hidden = False

    lines, facts = read(everything, tmp_path)
    assert lines == ["口径"]
    assert [trace.excerpt for trace in facts.traces] == ["可见。"]


@pytest.mark.parametrize(("fill", "seen"), [("1F3864", True), ("FFFFFF", False), ("", False)])
def test_white_cells_are_seen_on_a_dark_ground(fill: str, seen: bool, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "项目"
    run = table.cell(0, 1).paragraphs[0].add_run("金额")
    run.font.color.rgb = WHITE
    if fill:
        table.cell(0, 1)._tc.get_or_add_tcPr().append(shading(fill))
    document.save(str(tmp_path / "稿.docx"))
    rows = [line.cells for line in read_draft(tmp_path / "稿.docx").lines()]  # type: ignore[union-attr]
    assert rows == [("项目", "金额" if seen else "")]


def test_a_styled_table_may_have_any_ground(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 1)
    table.style = "Colorful Grid Accent 1"
    table.cell(0, 0).paragraphs[0].add_run("金额").font.color.rgb = WHITE
    document.save(str(tmp_path / "稿.docx"))
    assert not read_draft(tmp_path / "稿.docx").facts.traces
