"""Measures printed pages: lines that end short, pages of air, crossed rules, header cells.

``python scripts/page_rates.py 文件.pdf …`` prints a row for each file, as in ``docs/pages.md``.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from ctypes import byref, c_double, c_float
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

BODY = 15.9  # points: body text is 三号, 16 points
LEFT, RIGHT = 28 * 72 / 25.4, (210 - 26) * 72 / 25.4
LINES_APART, AT_MARGIN, INDENT = 32, 4, 36
FEW = 8  # dots of a leader, or characters of a line
THIN, SHORT = 2, 4  # points: of a rule
NEAR = 1.0  # points: what an end of line may be off the margin
FOOT = 30 * 72 / 25.4  # the page number stands below that
LEAST_USED = 0.3  # of the height between the margins
CROSSED = 1.0  # points that a glyph reaches over a rule


class Char(NamedTuple):
    """A character with its advance box and the baseline of its line, in points."""

    text: str
    size: float
    left: float
    right: float
    baseline: float
    ink: tuple[float, float, float, float]


class Rates(NamedTuple):
    """What is counted in a file."""

    pages: int
    lines: int
    short: int
    worst_gap: float
    airy: int
    crossed: int
    th: int
    td: int


def chars_of(page: pypdfium2.PdfPage) -> list[Char]:
    """The characters of a page that are seen."""
    text = page.get_textpage()
    found = []
    box, loose = [c_double() for _ in range(4)], pdfium.FS_RECTF()
    x, y = c_double(), c_double()
    for at in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if not character.strip() or pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        pdfium.FPDFText_GetCharBox(text, at, *map(byref, box))
        pdfium.FPDFText_GetLooseCharBox(text, at, byref(loose))
        pdfium.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
        left, right, bottom, top = (each.value for each in box)
        size = pdfium.FPDFText_GetFontSize(text, at)
        ink = (left, bottom, right, top)
        found.append(Char(character, size, x.value, loose.right, y.value, ink))
    return found


def body_lines(chars: list[Char]) -> list[list[Char]]:
    """The lines of body text, from the top."""
    lines: dict[float, list[Char]] = defaultdict(list)
    for char in chars:
        lines[round(char.baseline)].append(char)
    return [
        sorted(line, key=lambda char: char.left)
        for _, line in sorted(lines.items(), reverse=True)
        if min(char.size for char in line) * 1.34 >= BODY or min(c.size for c in line) >= BODY
    ]


def full_lines(lines: list[list[Char]]) -> Iterator[list[Char]]:
    """Lines after which a paragraph goes on: the next one begins at the margin."""
    for line, following in pairwise(lines):
        near = abs(line[0].baseline - following[0].baseline) < LINES_APART
        begins = abs(following[0].left - LEFT) < AT_MARGIN
        entry = sum(char.text == "." for char in line) > FEW or len(line) < FEW
        if near and begins and not entry and line[0].left < LEFT + INDENT:
            yield line


def end_of(line: list[Char]) -> float:
    """Where a line ends: the advance of a full-width mark counts, though its ink is to the left."""
    last = line[-1]
    return max(last.right, last.left + BODY if not last.text.isascii() else 0)


def widest_gap(line: list[Char]) -> float:
    """The widest space between two characters of a line, in points."""
    return max((b.left - a.right for a, b in pairwise(line)), default=0)


def rules_of(page: pypdfium2.PdfPage) -> list[tuple[float, float, float]]:
    """The upright rules of a page: where, from, to."""
    found = []
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = (c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(thing, *map(byref, (left, bottom, right, top)))
        if right.value - left.value < THIN and top.value - bottom.value > SHORT:
            found.append(((left.value + right.value) / 2, bottom.value, top.value))
    return found


def crossed(chars: list[Char], rules: list[tuple[float, float, float]]) -> int:
    """How many glyphs reach over an upright rule."""
    return sum(
        left + CROSSED < at < right - CROSSED and begin < (bottom + top) / 2 < end
        for at, begin, end in rules
        for left, bottom, right, top in (char.ink for char in chars)
    )


def cells_of(content: bytes) -> tuple[int, int]:
    """How many header cells and other cells the structure of a file has."""
    heads = others = 0
    for stream in re.finditer(rb"/ObjStm.*?stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        text = zlib.decompressobj().decompress(stream[1])
        heads += len(re.findall(rb"/S ?/TH\b", text))
        others += len(re.findall(rb"/S ?/TD\b", text))
    return heads, others


def measured(content: bytes) -> Rates:
    """The rates of a PDF."""
    document = pypdfium2.PdfDocument(content)
    lines = short = airy = crossings = 0
    gap = 0.0
    for page in document:
        chars, rules = chars_of(page), rules_of(page)
        full = list(full_lines(body_lines(chars)))
        lines += len(full)
        short += sum(end_of(line) < RIGHT - NEAR for line in full)
        gap = max([gap, *map(widest_gap, full)])
        above = [char.ink[1] for char in chars if char.baseline > FOOT]
        above += [begin for _, begin, _ in rules]
        height = page.get_height() - 2 * FOOT
        used = (page.get_height() - FOOT - min(above, default=page.get_height())) / height
        airy += used < LEAST_USED
        crossings += crossed(chars, rules)
    return Rates(len(document), lines, short, gap, airy, crossings, *cells_of(content))


def main() -> None:
    """Prints the rates of the files named."""
    print("文件 | 页 | 满行 | 短行 | 最宽字隙(磅) | 空页 | 压线 | TH | TD")
    for name in sys.argv[1:]:
        rates = measured(Path(name).read_bytes())
        shown = [f"{each:.2f}" if isinstance(each, float) else str(each) for each in rates]
        print(" | ".join([Path(name).stem, *shown]))


if __name__ == "__main__":
    main()
