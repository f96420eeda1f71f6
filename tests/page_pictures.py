"""Small grey pictures of printed pages, and where two of them differ."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

_DOTS = 50 / 72
"""Dots a point: characters are told apart, and a page takes some ten kilobytes."""
_GREYS = 16
NOISE = 48
"""What a dot may be darker or lighter, of 255: other versions smooth edges a little otherwise."""
MOST = 4
"""Dots of a page that may be off by more: another digit in a table is about seven."""


class Pages:
    """The pages of a PDF, by number or by what is printed on them."""

    def __init__(self, content: bytes) -> None:
        self._pdf = pypdfium2.PdfDocument(content)
        self._texts = [
            re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in self._pdf
        ]

    def picture(self, which: int | str) -> Image.Image:
        """A page in sixteen greys.

        Args:
            which: its number, from 0 on, or words; of the pages that have them, spaces aside, the
                last, as the contents have them earlier.
        """
        if isinstance(which, int):
            return picture(self._pdf[which])
        found = [number for number, text in enumerate(self._texts) if which in text]
        assert found, f"没有一页印着“{which}”"
        return picture(self._pdf[found[-1]])


def picture(page: pypdfium2.PdfPage) -> Image.Image:
    """A page in sixteen greys."""
    drawn: Image.Image = page.render(scale=_DOTS, grayscale=True).to_pil()
    step = 255 // (_GREYS - 1)
    return drawn.convert("L").point([round(grey / step) * step for grey in range(256)])


def save(drawn: Image.Image, file: Path) -> None:
    """Writes it with four bits a dot."""
    step = 255 // (_GREYS - 1)
    indexed = drawn.point([grey // step for grey in range(256)])
    indexed.putpalette([grey * step for grey in range(_GREYS) for _ in range(3)])
    indexed.save(file, optimize=True, bits=4)


def differing(before: Image.Image, after: Image.Image) -> Image.Image | None:
    """Black where two pictures differ, white elsewhere; ``None`` if they are alike."""
    size = (max(before.width, after.width), max(before.height, after.height))
    difference = ImageChops.difference(_on(size, before), _on(size, after))
    dots = difference.point([0 if grey > NOISE else 255 for grey in range(256)])
    if before.size == after.size and dots.histogram()[0] <= MOST:
        return None
    return dots


def report(before: Image.Image, after: Image.Image, dots: Image.Image) -> Image.Image:
    """Before, after, and the page before with what differs in red, side by side."""
    marked = _on(dots.size, before).point([128 + grey // 2 for grey in range(256)]).convert("RGB")
    marked.paste("#d00000", mask=ImageChops.invert(dots))
    sheet = Image.new("RGB", (dots.width * 3 + 20, dots.height), "#8090a0")
    for number, shown in enumerate((before, after, marked)):
        sheet.paste(shown.convert("RGB"), (number * (dots.width + 10), 0))
    return sheet


def _on(size: tuple[int, int], drawn: Image.Image) -> Image.Image:
    paper = Image.new("L", size, 255)
    paper.paste(drawn, (0, 0))
    return paper
