"""Opens a PDF with PDFium and takes from each page what is drawn on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from generator.drafts.pdf.page.chars import (
    MOST_CHARS,
    Frames,
    PlacedCharacter,
    covered,
    frames,
    placed_chars,
    unseen,
)
from generator.drafts.pdf.page.drawn import ASLANT, UPRIGHT, Box, Drawn
from generator.drafts.pdf.page.objects import (
    Ground,
    PageObjects,
    Rectangle,
    TooFullPageError,
    objects_of,
)
from generator.drafts.pdf.page.remarks import count_remarks
from generator.drafts.safety.limits import check_pages, damaged, encrypted, refuse

_SCAN = 0.6
"""The part of a page that the pictures of a scan cover."""
_FEW = 0.1
_OUTLINES = 500
"""Curved outlines; a page of characters drawn as pictures has thousands, a chart some dozens."""
_SIMPLIFY = "内容多得不合常理"
_DIVIDE = "从原来的文件重新导出 PDF，或分成几个文件"

pdfium.FPDF_InitLibrary()


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A document of PDFium.

    Raises:
        UnusableInputError: E603 or E604.
    """
    content = path.read_bytes()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        reasons = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        encrypted(path) if pdfium.FPDF_GetLastError() in reasons else damaged(path)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def page_count(path: Path, document: Any) -> int:
    """How many pages a document has.

    Raises:
        UnusableInputError: E602 or E603: none, or too many.
    """
    count: int = pdfium.FPDF_GetPageCount(document)
    check_pages(path, count)
    return count


def drawn_pages(path: Path, document: Any, numbers: Iterable[int]) -> Iterator[Drawn]:
    """What is drawn on pages, counted from 1.

    Raises:
        UnusableInputError: E602 or E603.
    """
    for number in numbers:
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            damaged(path, f"第{number}页打不开")
        try:
            yield _drawn(page, number)
        except TooFullPageError:
            refuse("E602", f"第{number}页的{_SIMPLIFY}", _DIVIDE, path)
        finally:
            pdfium.FPDF_ClosePage(page)


def _drawn(page: Any, number: int) -> Drawn:
    box = _visible_box(page)
    to_sheets = frames(box, pdfium.FPDFPage_GetRotation(page))
    objects = objects_of(page, box)
    placed = _placed(page, objects, to_sheets)
    hidden = unseen(placed, objects)
    recognised = _layer_over_scan(placed, hidden, objects, box)
    hidden -= recognised | _partly_shown(placed, hidden)
    shown = to_sheets.to_sheet[UPRIGHT]
    page_area = shown.area(((box.x0, box.y0), (box.x1, box.y1)))
    return Drawn(
        number,
        page_area.x1,
        page_area.y1,
        tuple(each.char for n, each in enumerate(placed) if n not in hidden),
        tuple(each.char for n, each in enumerate(placed) if n in hidden),
        _boxes(objects.edges, to_sheets),
        _boxes(objects.shapes, to_sheets),
        _boxes((ground.area for ground in objects.pictures), to_sheets),
        bool(recognised),
        objects.curves >= _OUTLINES,
        count_remarks(page),
    )


def _partly_shown(placed: Sequence[PlacedCharacter], hidden: set[int]) -> set[int]:
    """The characters of a watermark that lie below something else, others of it do not."""
    if not hidden:
        return hidden
    seen = {id(each.style) for n, each in enumerate(placed) if n not in hidden}
    return {n for n in hidden if placed[n].style.turn == ASLANT and id(placed[n].style) in seen}


def _placed(page: Any, objects: PageObjects, to_sheets: Frames) -> list[PlacedCharacter]:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        if pdfium.FPDFText_CountChars(text_page) > MOST_CHARS:
            raise TooFullPageError
        return placed_chars(text_page, objects, to_sheets)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _visible_box(page: Any) -> Rectangle:
    """The part of the page's own coordinates that is shown."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Rectangle(box.left, box.bottom, box.right, box.top)


def _boxes(areas: Iterable[Rectangle], to_sheets: Frames) -> tuple[Box, ...]:
    matrix = to_sheets.to_sheet[UPRIGHT]
    return tuple(Box(*matrix.area(((x0, y0), (x1, y1)))) for x0, y0, x1, y1 in areas)


def _layer_over_scan(
    placed: Sequence[PlacedCharacter], hidden: set[int], objects: PageObjects, page: Rectangle
) -> set[int]:
    """The characters that were recognised in a scan: unseen over it, or covered by it."""
    pictures = [ground._replace(opaque=True) for ground in objects.pictures]
    if sum(_size(ground.area) for ground in pictures) < _SCAN * _size(page):
        return set()
    layer = {
        number
        for number in hidden | covered(placed, pictures)
        if _on_any(placed[number], pictures) and placed[number].style.size > 0
    }
    others = len(placed) - len(layer)
    return layer if others <= _FEW * len(placed) else set()


def _size(area: Rectangle) -> float:
    return (area.x1 - area.x0) * (area.y1 - area.y0)


def _on_any(placed: PlacedCharacter, pictures: Iterable[Ground]) -> bool:
    return any(ground.area.holds(placed.x, placed.y) for ground in pictures)
