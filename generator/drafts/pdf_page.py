"""What stands on a page of a PDF: lines of text, tables, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table as FoundTable

from generator.drafts.pdf_rules import open_ends, rules_across
from generator.drafts.pdf_words import PlacedText, Word, words_of
from generator.drafts.wording import rejoined

Char = dict[str, Any]
Box = tuple[float, float, float, float]

_FOOTER = re.compile(
    r"[-—–―－~·\s]*\d{1,4}[-—–―－~·\s]*|第\s*\d+\s*页(\s*[，,/]?\s*共\s*\d+\s*页)?"
)
_EDGE = 0.12
"""The part of the page's height, above and below, where page numbers stand."""
_GAP = 1.0
"""A gap of this many characters sets words apart (单位名称：……    单位：万元)."""
_UNBROKEN = re.compile(r"[0-9A-Za-z.,%/+\-]+[，。；：、！？）】》”]*|.")
_HAN = r"[㐀-鿿，。；：、（）《》“”]"
_SPACED_OUT = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_SMALL = 5.0
_UNREADABLE = "图片页"
_GARBLED = "没有编码，读出来是乱码"
_NO_CHARACTER = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
_FEW = 2


@dataclass(frozen=True, slots=True)
class TextLine(PlacedText):
    """A line of text, or of a cell, with its place; ``lead`` is its first unbreakable run."""

    size: float
    lead: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table on one page; ``rows`` is how many rows it covers."""

    text: str
    x0: float
    rows: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The table, or the piece of one, on one page; ``cut`` if its last row is open below."""

    page: int
    x0: float
    x1: float
    top: float
    rows: tuple[tuple[GridCell, ...], ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page, taken apart; ``asides`` are (what it is, text), ``rules`` heights of lines across."""

    number: int
    width: float
    flow: tuple[TextLine | Grid, ...]
    asides: tuple[tuple[str, str], ...]
    rules: tuple[float, ...] = ()


def read_page(page: Page) -> PageContent:
    """Takes a page apart."""
    if _is_garbled(page.chars):
        unreadable = (_UNREADABLE, f"第{page.page_number}页的文字{_GARBLED}")
        return PageContent(page.page_number, float(page.width), (), (unreadable,))
    upright, oblique = _by_direction(page.chars)
    ends = open_ends(page)
    ruled = page.find_tables({"explicit_horizontal_lines": ends})
    tables = [table for table in ruled if len(table.cells) > 1]  # one cell is a frame around text
    inside, outside = _by_table(upright, [table.bbox for table in tables])
    grids = [
        replace(
            _grid(page.page_number, table, chars),
            cut=any(abs(end - table.bbox[3]) < _SMALL for end in ends),
        )
        for table, chars in zip(tables, inside, strict=True)
    ]
    lines, asides = _without_asides(page, list(text_lines(outside)), ruled)
    if oblique:
        asides.append(("水印", "".join(char["text"] for char in oblique)))
    if not page.chars and page.images:
        asides.append((_UNREADABLE, f"第{page.page_number}页没有文字，只有图片"))
    flow: list[TextLine | Grid] = [*lines, *grids]
    flow.sort(key=lambda item: item.top)
    rules = tuple(rules_across(page))
    return PageContent(page.page_number, float(page.width), tuple(flow), tuple(asides), rules)


def garbled(page: PageContent) -> bool:
    """Whether the characters of a page cannot be told: its fonts do not say what they draw."""
    return any(text.endswith(_GARBLED) for _, text in page.asides)


def _is_garbled(chars: Sequence[Char]) -> bool:
    unknown = sum(bool(_NO_CHARACTER.fullmatch(char["text"])) for char in chars)
    return unknown * _FEW > len(chars)


def _by_direction(chars: Iterable[Char]) -> tuple[list[Char], list[Char]]:
    """Level characters, and those that stand aslant: only watermarks do."""
    level: list[Char] = []
    oblique: list[Char] = []
    for char in chars:
        across, slope = sorted(map(abs, char["matrix"][:2]), reverse=True)
        (oblique if slope > across * 0.05 else level).append(char)
    return level, oblique


def _by_table(chars: Iterable[Char], boxes: Sequence[Box]) -> tuple[list[list[Char]], list[Char]]:
    inside: list[list[Char]] = [[] for _ in boxes]
    outside: list[Char] = []
    for char in chars:
        x, y = _middle(char)
        place = next((n for n, box in enumerate(boxes) if _holds(box, x, y)), None)
        (outside if place is None else inside[place]).append(char)
    return inside, outside


def _middle(char: Char) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


# Lines


def text_lines(chars: Iterable[Char]) -> Iterator[TextLine]:
    """Groups characters into lines, from the top down."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (_middle(char)[1], char["x0"])):
        if rows and abs(_middle(rows[-1][-1])[1] - _middle(char)[1]) < char["size"] / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        shown = _once(sorted(row, key=lambda char: char["x0"]))
        if any(char["text"].strip() for char in shown):
            yield _line(shown)


def _once(chars: list[Char]) -> list[Char]:
    """Characters without those printed twice, a little aside, to look bold."""
    return chars[:1] + [
        char
        for before, char in pairwise(chars)
        if char["text"] != before["text"]
        or char["x0"] - before["x0"] > (char["x1"] - char["x0"]) / 2
    ]


def _line(chars: list[Char]) -> TextLine:
    while not chars[0]["text"].strip():
        chars = chars[1:]
    while not chars[-1]["text"].strip():
        chars = chars[:-1]
    text = chars[0]["text"]
    for before, char in pairwise(chars):
        apart = char["x0"] - before["x1"] > _GAP * char["size"]
        text += " " * (apart and not text.endswith(" ")) + char["text"]
    lead = _UNBROKEN.match(text)
    last = chars[min(lead.end() if lead else 1, len(chars)) - 1]
    return TextLine(
        text,
        chars[0]["x0"],
        chars[-1]["x1"],
        min(char["top"] for char in chars),
        max(char["bottom"] for char in chars),
        max(char["size"] for char in chars),
        last["x1"] - chars[0]["x0"],
        words_of(chars),
    )


def spaced_out(texts: Sequence[str]) -> bool:
    """Whether a text layer sets spaces between Han characters throughout; then they say nothing."""
    whole = "\n".join(texts)
    return len(_SPACED_OUT.findall(whole)) * 5 > len(re.findall(_HAN, whole)) > 0


def without_spaces(text: str) -> str:
    """Text without the spaces between Han characters."""
    return _SPACED_OUT.sub("", text)


# Page numbers and charts


def _without_asides(
    page: Page, lines: list[TextLine], ruled: Sequence[FoundTable]
) -> tuple[list[TextLine], list[tuple[str, str]]]:
    """Parts the lines of the text from page numbers and the words in charts."""
    kept, asides = [], []
    drawn = _drawings(page, [table.bbox for table in ruled])
    edge = page.height * _EDGE
    for line in lines:
        at_edge = line.top < edge or line.bottom > page.height - edge
        if at_edge and _FOOTER.fullmatch(line.text):
            asides.append(("页码", line.text))
        elif any(_beside(line, drawing) for drawing in drawn):
            asides.append(("图", line.text))
        else:
            kept.append(line)
    return kept, asides


def _drawings(page: Page, tables: Sequence[Box]) -> list[Box]:
    """Bars and sectors of charts; not rules, frames of pages, or the grounds of cells."""
    boxes = []
    for shape in [*page.rects, *page.curves]:
        box = (shape["x0"], shape["top"], shape["x1"], shape["bottom"])
        bar_like = _SMALL < box[3] - box[1] < page.height / 2
        in_table = any(
            _holds(table, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for table in tables
        )
        if bar_like and not in_table:
            boxes.append(box)
    return boxes


def _beside(line: TextLine, box: Box) -> bool:
    """Whether a line stands at the height of a shape, but not on it as on coloured ground."""
    level = box[1] <= (line.top + line.bottom) / 2 <= box[3]
    return level and not (box[0] <= line.x0 and line.x1 <= box[2])


# Tables


def _grid(page: int, table: FoundTable, chars: list[Char]) -> Grid:
    boxes: list[Box] = sorted(table.cells, key=lambda box: (box[1], box[0]))
    tops = _distinct(box[1] for box in boxes)
    inside, _ = _by_table(chars, boxes)
    rows: list[list[GridCell]] = [[] for _ in tops]
    for box, held in zip(boxes, inside, strict=True):
        covered = [n for n, top in enumerate(tops) if box[1] - 1 < top < box[3] - 1]
        text = rejoined([line.text for line in text_lines(held)])
        rows[covered[0]].append(GridCell(text, box[0], len(covered)))
    x0, top, x1, _ = table.bbox
    return Grid(page, x0, x1, top, tuple(tuple(row) for row in rows))


def _distinct(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > 1:
            found.append(edge)
    return found
