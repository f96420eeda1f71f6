"""The DOCX opens in LibreOffice, where that is installed, and its pages look like the PDF's."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2

from tests.conftest import Sample
from tests.soffice import converted, needs_soffice

_LEADER = re.compile(r"[.…·]{12}")
"""Dots of a line of the contents: more than any text has."""


def _pages(pdf: bytes) -> list[tuple[bool, str]]:
    """For each page whether it is wide, and its text without white space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            (
                page.get_width() > page.get_height(),
                "".join(page.get_textpage().get_text_range().split()),
            )
            for page in document
        ]
    finally:
        document.close()


def _contents(pages: list[tuple[bool, str]]) -> list[str]:
    """The text of the pages with lines of the contents: a title, dots, the page."""
    return [text for _, text in pages if _LEADER.search(text)]


@needs_soffice
def test_word_processors_show_the_same_pages(sample: Sample, tmp_path: Path) -> None:
    document = tmp_path / "文本.docx"
    document.write_bytes(sample.file("docx"))
    shown = converted(document, "pdf", tmp_path)
    printed, opened = _pages(sample.file("pdf")), _pages(shown.read_bytes())
    assert all(text for _, text in opened), "a blank page"
    # office fonts are not free: others stand in here, so a line may break elsewhere
    assert abs(len(opened) - len(printed)) <= 1
    for statement in sample.composed.statements.values():
        title = "".join(statement.title.split())
        # only the PDF repeats a title above the rest of its table
        wide_in_pdf = [
            wide for wide, text in printed[2:] if title in text.replace(f"{title}（续）", "")
        ]
        wide_in_docx = [wide for wide, text in opened[2:] if title in text]
        assert wide_in_pdf == wide_in_docx
    # contents that the PDF tightened to save a page save it here as well
    lines = ["".join(entry.text.split()) for entry in sample.composed.document.toc]
    in_pdf, in_docx = _contents(printed), _contents(opened)
    assert len(in_docx) == len(in_pdf) > 0
    assert all(line in "".join(in_docx) for line in lines)
