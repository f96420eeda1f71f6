"""The dots of the contents are drawn at once, and stand where WeasyPrint puts each."""

from __future__ import annotations

import ctypes
from collections import Counter
from contextlib import nullcontext
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import weasyprint.draw

from generator.compose.document.parse import parse_document
from generator.compose.document.render import render_stylesheet
from generator.pack.pack import Pack
from generator.printing.pdf import print_pdf
from generator.printing.pieces import layout
from tests.test_kept_pieces import html

Place = tuple[float, float]
HEADINGS = "".join(f'<h2 data-toc="2">第{n}节{"很长的标题" * n}</h2>' for n in range(1, 6))


def print_contents(pack: Pack, css: str = "") -> bytes:
    """A document with entries of many lengths in its contents."""
    text = html(1, 2).replace("<p>共", f"{HEADINGS}<p>共")
    stylesheet = render_stylesheet(pack) + css
    return print_pdf(parse_document(text, pack.folder), stylesheet, pack.folder).content


def characters(pdf: bytes) -> list[tuple[str, Place]]:
    """The characters of the contents and where they stand, in points."""
    page = pypdfium2.PdfDocument(pdf)[1].get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[tuple[str, Place]] = []
    for number in range(page.count_chars()):
        pdfium.FPDFText_GetCharOrigin(page.raw, number, x, y)
        character = chr(pdfium.FPDFText_GetUnicode(page.raw, number))
        if character > " ":
            found.append((character, (x.value, y.value)))
    return sorted(found, key=lambda each: (-each[1][1], each[1][0]))


@pytest.mark.parametrize("dots", ["", 'nav.toc a::after { content: leader("·") attr(data-page) }'])
def test_dots_drawn_at_once_stand_where_they_stood(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, dots: str
) -> None:
    drawn: Counter[str] = Counter()
    draw = weasyprint.draw.draw_text

    def counted(stream: Any, box: Any, *arguments: Any) -> None:
        drawn[box.text[:1]] += 1
        draw(stream, box, *arguments)

    monkeypatch.setattr(weasyprint.draw, "draw_text", counted)
    dot = "·" if dots else "."
    ours = characters(print_contents(pack, dots))
    assert drawn.pop(dot) == 6  # the entries
    drawn.clear()
    monkeypatch.setattr(layout, "leaders_at_once", nullcontext)
    theirs = characters(print_contents(pack, dots))
    assert drawn[dot] > 100
    assert [character for character, _ in ours] == [character for character, _ in theirs]
    for (_, our), (_, their) in zip(ours, theirs, strict=True):
        assert our == pytest.approx(their, abs=0.01)


def test_leaders_of_several_characters_are_left_as_they_are(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    css = 'nav.toc a::after { content: leader(". ") attr(data-page) }'
    ours = print_contents(pack, css)
    monkeypatch.setattr(layout, "leaders_at_once", nullcontext)
    assert ours == print_contents(pack, css)
