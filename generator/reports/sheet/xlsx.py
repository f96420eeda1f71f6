"""Check sheets as a workbook (.xlsx): a sheet each, a summary first if there are several."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.clock import publication_time
from generator.reports.sheet.content import HEADS, Row, Sheet, Verdict
from generator.reports.sheet.names import sheet_names
from generator.reports.sheet.summary import DOCUMENT_HEADS, FAULT_HEADS, Summary
from generator.reports.sheet.xml_text import xml_text

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""What stands for the date of a file that has none: the same bytes every time."""
_WIDTHS: Final = (6, 22, 15, 58)
_SUMMARY_WIDTHS: Final = (8, 36, 14, 8, 8, 12, 34)
_LINE, _PADDING, _HIGHEST = 15.0, 5.0, 400.0
"""Heights in points: of a line, around the text of a cell, and of the highest row of Excel."""
_SUMMARY = "汇总"
_PORTRAIT_A4 = 9


def xlsx_sheets(sheets: Sequence[Sheet], summary: Summary | None) -> bytes:
    """The workbook; texts are text, whatever they begin with, and nothing is a formula."""
    buffer = io.BytesIO()
    stamp = (publication_time() or _NO_DATE).replace(tzinfo=None)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as book:
        book.set_properties({"title": sheets[0].title, "created": stamp})
        looks = _Looks(book)
        titles = [sheet.name for sheet in sheets]
        names = sheet_names(titles, taken=[_SUMMARY] if summary else [])
        if summary is not None:
            _SummaryWriter(book.add_worksheet(_SUMMARY), looks).write(sheets[0], summary, names)
        for sheet, name in zip(sheets, names, strict=True):
            _SheetWriter(book.add_worksheet(name), looks).write(sheet)
    return buffer.getvalue()


class _Looks:
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

    def verdict(self, verdict: str) -> Format:
        """What is not met is bold, so that it is seen in black and white."""
        return self.strong if verdict == Verdict.NO else self.centred


class _Page:
    """A sheet that is being written from above; rows count from 0."""

    def __init__(self, sheet: Worksheet, looks: _Looks, widths: Sequence[int]) -> None:
        self.sheet, self.looks, self.widths = sheet, looks, widths
        self.at = 0
        sheet.set_paper(_PORTRAIT_A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def across(self, text: str, look: Format, height: float = 0) -> None:
        """A row of one cell over all columns."""
        high = height or _height(text, sum(self.widths))
        self.sheet.set_row(self.at, high)
        self.sheet.merge_range(self.at, 0, self.at, len(self.widths) - 1, "", look)
        self.put(0, 0, text, look)
        self.at += 1

    def put(self, below: int, column: int, text: str, look: Format) -> None:
        """A text in a row so far below the present one, whatever it begins with."""
        if text := xml_text(text):
            self.sheet.write_string(self.at + below, column, text, look)
        else:
            self.sheet.write_blank(self.at + below, column, None, look)

    def heads(self, heads: Sequence[str]) -> None:
        """The head of a table."""
        self.sheet.set_row(self.at, 24)
        for column, head in enumerate(heads):
            self.put(0, column, head, self.looks.head)
        self.at += 1


class _SheetWriter(_Page):
    """Writes one check sheet."""

    def __init__(self, sheet: Worksheet, looks: _Looks) -> None:
        super().__init__(sheet, looks, _WIDTHS)

    def write(self, content: Sheet) -> None:
        """Title, heads, rows, remarks and what is signed."""
        self.across(content.title, self.looks.title, 36)
        for label, text in content.heads:
            self.across(f"{label}：{text}", self.looks.plain)
        self.heads(HEADS)
        self.sheet.repeat_rows(self.at - 1)
        self.sheet.freeze_panes(self.at, 0)
        for row in content.rows:
            self._row(row)
        for number, remark in enumerate(content.remarks):
            self.across(f"{'　　' if number else '说明：'}{remark}", self.looks.small)
        self.at += 1
        signed = "".join(f"{name}：{'　' * 8}" for name in content.signatures)
        self.across(signed.rstrip(), self.looks.plain, 28)

    def _row(self, row: Row) -> None:
        """A row for each problem: Excel shows no more of a cell than a row is high."""
        texts = [piece for text in row.texts for piece in _pieces(text, _WIDTHS[3])] or [""]
        first, last = self.at, self.at + len(texts) - 1
        content_height = _height(row.content, _WIDTHS[1]), _height(row.verdict, _WIDTHS[2])
        for number, text in enumerate(texts):
            least = max(content_height) if len(texts) == 1 else 0
            self.sheet.set_row(self.at + number, max(_height(text, _WIDTHS[3]), least))
            self.put(number, 3, text, self.looks.text)
        cells = (
            (str(row.number), self.looks.centred),
            (row.content, self.looks.text),
            (str(row.verdict), self.looks.verdict(row.verdict)),
        )
        for column, (text, look) in enumerate(cells):
            if last > first:
                self.sheet.merge_range(first, column, last, column, "", look)
            self.put(0, column, text, look)
        self.at = last + 1


class _SummaryWriter(_Page):
    """Writes the summary of several documents."""

    def __init__(self, sheet: Worksheet, looks: _Looks) -> None:
        super().__init__(sheet, looks, _SUMMARY_WIDTHS)
        sheet.set_landscape()

    def write(self, first: Sheet, summary: Summary, names: Sequence[str]) -> None:
        """Documents by fault, each with a link to its sheet, and faults by kind."""
        self.across(f"{first.title}汇总", self.looks.title, 36)
        self.across(f"文本 {len(summary.documents)} 份，问题多的在前", self.looks.section)
        self.heads(DOCUMENT_HEADS)
        for line in summary.documents:
            self._line(line.cells, self.widths)
            target = names[line.number - 1].replace("'", "''")
            self.sheet.write_url(
                self.at - 1, 1, f"internal:'{target}'!A1", self.looks.link, xml_text(line.name)
            )
        self.at += 1
        self.across("问题按种类", self.looks.section)
        if not summary.faults:
            self.across("没有发现问题。", self.looks.plain)
            return
        self.heads(FAULT_HEADS)
        last = len(self.widths) - 1
        self.sheet.merge_range(self.at - 1, last - 1, self.at - 1, last, "", self.looks.head)
        self.put(-1, last - 1, FAULT_HEADS[-1], self.looks.head)
        for fault in summary.faults:
            widths = (*self.widths[: last - 1], self.widths[last - 1] + self.widths[last])
            self._line(fault.cells, widths)
            self.sheet.merge_range(self.at - 1, last - 1, self.at - 1, last, "", self.looks.text)
            self.put(-1, last - 1, str(fault.cells[-1]), self.looks.text)

    def _line(self, cells: Sequence[str | int], widths: Sequence[int]) -> None:
        heights = (_height(str(c), w) for c, w in zip(cells, widths, strict=True))
        self.sheet.set_row(self.at, max(heights))
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(self.at, column, cell, self.looks.centred)
            else:
                look = self.looks.verdict(cell) if cell in set(Verdict) else self.looks.text
                self.put(0, column, cell, look)
        self.at += 1


def _width(text: str) -> int:
    """How wide a text is, in the units of columns: a Chinese character counts twice."""
    return sum(1 if unicodedata.east_asian_width(each) in "NaH" else 2 for each in text)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a little is left for other fonts."""
    usable = width - 3
    return sum(max(1, math.ceil(_width(line) / usable)) for line in text.split("\n"))


def _height(text: str, width: int) -> float:
    return min(_HIGHEST, _lines(text, width) * _LINE + _PADDING)


def _pieces(text: str, width: int) -> Iterator[str]:
    """A text cut so that each piece fits into the highest row."""
    most = int((_HIGHEST - _PADDING) / _LINE) - 1
    while _lines(text, width) > most:
        end = len(text)
        while _lines(text[:end], width) > most:
            end = end * 9 // 10
        yield text[:end]
        text = text[end:]
    yield text
