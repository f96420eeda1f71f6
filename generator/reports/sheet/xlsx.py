"""Check sheets as a workbook (.xlsx): a sheet each, a summary first if there are several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from generator.core.workbook.names import sheet_names
from generator.core.workbook.xml_text import xml_text
from generator.reports.sheet.content import HEADS, CheckSheet, CheckSheetRow, Verdict
from generator.reports.sheet.summary import DOCUMENT_HEADS, FAULT_HEADS, Summary
from generator.reports.workbook.page import ListFormats, ListSheet, cut_pieces, height, workbook

_WIDTHS: Final = (6, 22, 15, 58)
_SUMMARY_WIDTHS: Final = (8, 36, 14, 8, 8, 12, 34)
_SUMMARY = "汇总"


def xlsx_sheets(sheets: Sequence[CheckSheet], summary: Summary | None) -> bytes:
    """The workbook."""

    def fill(book: Workbook, looks: ListFormats) -> None:
        titles = [sheet.name for sheet in sheets]
        names = sheet_names(titles, taken=[_SUMMARY] if summary else [])
        if summary is not None:
            _SummaryWriter(book.add_worksheet(_SUMMARY), looks).write(sheets[0], summary, names)
        for sheet, name in zip(sheets, names, strict=True):
            _SheetWriter(book.add_worksheet(name), looks).write(sheet)

    return workbook(sheets[0].title, fill)


def _verdict_look(looks: ListFormats, verdict: str) -> Format:
    """What is not met is bold, so that it is seen in black and white."""
    return looks.strong if verdict == Verdict.NO else looks.centred


class _SheetWriter(ListSheet):
    """Writes one check sheet."""

    def __init__(self, sheet: Worksheet, looks: ListFormats) -> None:
        super().__init__(sheet, looks, _WIDTHS)

    def write(self, content: CheckSheet) -> None:
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

    def _row(self, row: CheckSheetRow) -> None:
        """A row for each problem: Excel shows no more of a cell than a row is high."""
        texts = [piece for text in row.texts for piece in cut_pieces(text, _WIDTHS[3])] or [""]
        first, last = self.at, self.at + len(texts) - 1
        content_height = height(row.content, _WIDTHS[1]), height(row.verdict, _WIDTHS[2])
        for number, text in enumerate(texts):
            least = max(content_height) if len(texts) == 1 else 0
            self.sheet.set_row(self.at + number, max(height(text, _WIDTHS[3]), least))
            self.put(number, 3, text, self.looks.text)
        cells = (
            (str(row.number), self.looks.centred),
            (row.content, self.looks.text),
            (str(row.verdict), _verdict_look(self.looks, row.verdict)),
        )
        for column, (text, look) in enumerate(cells):
            if last > first:
                self.sheet.merge_range(first, column, last, column, "", look)
            self.put(0, column, text, look)
        self.at = last + 1


class _SummaryWriter(ListSheet):
    """Writes the summary of several documents."""

    def __init__(self, sheet: Worksheet, looks: ListFormats) -> None:
        super().__init__(sheet, looks, _SUMMARY_WIDTHS)
        sheet.set_landscape()

    def write(self, first: CheckSheet, summary: Summary, names: Sequence[str]) -> None:
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
        heights = (height(str(c), w) for c, w in zip(cells, widths, strict=True))
        self.sheet.set_row(self.at, max(heights))
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(self.at, column, cell, self.looks.centred)
            else:
                look = _verdict_look(self.looks, cell) if cell in set(Verdict) else self.looks.text
                self.put(0, column, cell, look)
        self.at += 1
