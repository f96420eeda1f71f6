"""Reads printed pages for characters that a rule of a table crosses."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_THIN = 1.5  # points: a path no wider is a rule, whatever its length
_LONG = 5.0
_CLEAR = 0.1  # points: ink may come as near to a rule


class Crossed(NamedTuple):
    """A character on a vertical rule; points from the bottom left."""

    page: int
    character: str
    x: float
    y: float


def crossed(pdf: bytes) -> list[Crossed]:
    """The characters of a PDF whose ink lies on a vertical rule."""
    found: list[Crossed] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            rules = _vertical_rules(page)
            for character, left, right, middle in _characters(page):
                if any(
                    left - _CLEAR < x < right + _CLEAR and bottom < middle < top
                    for x, bottom, top in rules
                ):
                    found.append(Crossed(number, character, left, middle))
    return found


def vertical_rules(pdf: bytes) -> int:
    """How many vertical rules the pages of a PDF have."""
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(len(_vertical_rules(page)) for page in document)


def _vertical_rules(page: Any) -> list[tuple[float, float, float]]:
    """The rules of a page: where each stands, its lower and its upper end."""
    rules = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = path.get_bounds()
        if right - left < _THIN and top - bottom > _LONG:
            rules.append(((left + right) / 2, bottom, top))
    return rules


def _characters(page: Any) -> list[tuple[str, float, float, float]]:
    """The visible characters: left and right edge of the ink, and its middle height."""
    text_page = page.get_textpage()
    text = text_page.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    characters = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        middle = (bottom.value + top.value) / 2
        characters.append((character, left.value, right.value, middle))
    return characters
