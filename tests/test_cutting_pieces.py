"""How a document is cut into pieces."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.pack.pack import Pack
from generator.printing.pdf import print_pdf
from generator.printing.pieces.piece import Piece, cut, tells_pages_apart

PARAGRAPHS = "<p>话</p>" * 200


def of_sections(*sections: str) -> str:
    """A document."""
    head = '<html lang="zh-CN"><head><title>表</title></head>'
    return f"{head}<body>{''.join(sections)}</body></html>"


def pieces(*sections: str, whole_texts: bool = False) -> list[Piece]:
    """The pieces of a document of sections."""
    document = parse_document(of_sections(*sections), Path())
    return list(cut(document, whole_texts=whole_texts))


def text(name: str, words: str, classes: str = "part") -> str:
    """A section of text that begins with a name."""
    return f'<section class="{classes}"><p id="{name}">{name}</p>{words}</section>'


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ([text("甲", "<p>短</p>"), text("乙", "<p>短</p>")], ["甲乙"]),
        ([text(name, PARAGRAPHS) for name in "甲乙丙"], ["甲乙", "丙"]),
        (
            [text("甲", PARAGRAPHS * 2), text("乙", PARAGRAPHS, "part continued"), text("丙", "")],
            ["甲乙", "丙"],
        ),
    ],
    ids=["short ones together", "long ones apart", "not where one goes on"],
)
def test_text_is_cut_where_there_is_enough_for_a_layout(
    sections: list[str], expected: list[str]
) -> None:
    names = [
        "".join(each.get("id", "") for section in piece.sections for each in section)
        for piece in pieces('<section class="part start"><h1>一</h1></section>', *sections)
    ]
    assert names == expected


@pytest.mark.parametrize(
    ("css", "apart"),
    [
        ("@page text { @bottom-center { content: counter(page) } }", False),
        ("td { text-align: right; break-before: page }", False),
        ("@page :left { margin-left: 3cm }", True),
        ("@page text:first { @top-center { content: '密' } }", True),
        ("section.part { break-before: recto }", True),
        ("h1 { page-break-after:right }", True),
    ],
)
def test_what_looks_otherwise_for_its_place_in_a_text_is_told(css: str, apart: bool) -> None:
    assert tells_pages_apart(css) is apart


def test_sides_alternate_through_a_long_text(pack: Pack) -> None:
    """It is laid out at once then, however long; else the second piece began with a right page."""
    css = """
    @page text:left { @bottom-center { content: none } @bottom-left { content: counter(page) } }
    @page text:right { @bottom-center { content: none } @bottom-right { content: counter(page) } }
    """
    lines = "<p>话</p>" * 40  # so that the first three hundred elements take an odd number of pages
    start = f'<section class="part start"><h1 data-toc="1">一</h1>{lines}</section>'
    sections = [text(name, "<p>话</p>" * 100) for name in "甲乙丙丁"]
    html = of_sections('<nav class="toc"></nav>', start, *sections)
    document = parse_document(html, pack.folder)
    printed = print_pdf(document, render_stylesheet(pack) + css, pack.folder)
    sides = [number_on_the_left(page) for page in pypdfium2.PdfDocument(printed.content)][1:]
    assert len(sides) > 8
    assert all(side is not following for side, following in pairwise(sides))


def number_on_the_left(page: pypdfium2.PdfPage) -> bool:
    """On which side of the page its lowest line begins."""
    width, _ = page.get_size()
    words = page.get_textpage()
    boxes = [words.get_charbox(at) for at in range(words.count_chars())]
    left, *_ = min(boxes, key=lambda box: box[1])
    return bool(left < width / 2)
