"""Pages of a workbook: their looks, print set-up and rows as high as their texts need."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.core.workbook.book import PageSetup, new_workbook, set_up_page
from generator.core.workbook.xml_text import xml_text

_LINE, _PADDING, _HIGHEST = 15.0, 5.0, 400.0
"""Heights in points: of a line, around the text of a cell, and of the highest row of Excel."""
_PAGE = PageSetup((0.6, 0.6, 0.7, 0.7), "&C第 &P 页，共 &N 页", centred=True)
_EVERYWHERE = "A1:XFD1048576"
_LONGEST = 32_000
"""Characters of a cell; Excel takes 767 more."""


def workbook(title: str, fill: Callable[[Workbook, ListFormats], None]) -> bytes:
    """A workbook; texts are text, whatever they begin with, and nothing is a formula."""
    buffer = io.BytesIO()
    with new_workbook(buffer, title=xml_text(title)) as book:
        fill(book, ListFormats(book))
    return buffer.getvalue()


class ListFormats:
    """The formats of cells."""

    def __init__(self, book: Workbook) -> None:
        song = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True}
        boxed = {**song, "border": 1}
        centred = {**boxed, "align": "center"}

        def add(properties: dict[str, object]) -> Format:
            return book.add_format(properties)

        self.title = add(
            {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"}
        )
        self.plain = add(song)
        self.small = add({**song, "font_size": 9})
        self.head = add(
            {**centred, "font_name": "黑体", "valign": "vcenter", "bg_color": "#EDEDED"}
        )
        self.text = add(boxed)
        self.centred = add(centred)
        self.strong = add({**centred, "bold": True})
        self.link = add({**boxed, "underline": 1, "font_color": "#1D5580"})
        self.section = add({**song, "font_name": "黑体", "font_size": 12})


class ListSheet:
    """A sheet that is being written from above; rows count from 0."""

    def __init__(self, sheet: Worksheet, looks: ListFormats, widths: Sequence[int]) -> None:
        self.sheet, self.looks, self.widths = sheet, looks, widths
        self.at = 0
        set_up_page(sheet, _PAGE)
        sheet.ignore_errors({"number_stored_as_text": _EVERYWHERE})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def across(self, text: str, look: Format, least: float = 0) -> None:
        """A row of one cell over all columns."""
        high = least or height(text, sum(self.widths))
        self.sheet.set_row(self.at, high)
        self.sheet.merge_range(self.at, 0, self.at, len(self.widths) - 1, "", look)
        self.put(0, 0, text, look)
        self.at += 1

    def put(self, below: int, column: int, text: str, look: Format) -> None:
        """A text in a row so far below the present one, whatever it begins with."""
        text = xml_text(text)
        text = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
        if text:
            self.sheet.write_string(self.at + below, column, text, look)
        else:
            self.sheet.write_blank(self.at + below, column, None, look)

    def heads(self, heads: Sequence[str]) -> None:
        """The head of a table."""
        self.sheet.set_row(self.at, 24)
        for column, head in enumerate(heads):
            self.put(0, column, head, self.looks.head)
        self.at += 1


def _width(text: str) -> int:
    """How wide a text is, in the units of columns: a Chinese character counts twice."""
    return sum(1 if unicodedata.east_asian_width(each) in "NaH" else 2 for each in text)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a little is left for other fonts."""
    usable = width - 3
    return sum(max(1, math.ceil(_width(line) / usable)) for line in text.split("\n"))


def height(text: str, width: int) -> float:
    """How high a row must be for a text in a column of a width, in points."""
    return min(_HIGHEST, _lines(text, width) * _LINE + _PADDING)


def cut_pieces(text: str, width: int) -> Iterator[str]:
    """A text cut so that each piece fits into the highest row."""
    most = int((_HIGHEST - _PADDING) / _LINE) - 1
    while _lines(text, width) > most:
        end = len(text)
        while _lines(text[:end], width) > most:
            end = end * 9 // 10
        yield text[:end]
        text = text[end:]
    yield text
