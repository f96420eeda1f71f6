"""Check sheets as a Word file: the summary, then a sheet after the other, each on a new page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from generator.core.clock import publication_time
from generator.core.files.archive import save
from generator.core.workbook.xml_text import xml_text
from generator.reports.sheet.content import HEADS, CheckSheet, Verdict
from generator.reports.sheet.summary import DOCUMENT_HEADS, FAULT_HEADS, Summary

_WIDTHS: Final = (12, 36, 24, 98)
_DOCUMENT_WIDTHS: Final = (12, 52, 24, 14, 16, 20, 32)
_FAULT_WIDTHS: Final = (16, 64, 18, 14, 16, 42)
"""Widths of columns in millimetres; 170 in all."""
_BODY, _HEAD = "仿宋", "黑体"
_CENTRED = WD_ALIGN_PARAGRAPH.CENTER


def docx_sheets(sheets: Sequence[CheckSheet], summary: Summary | None) -> bytes:
    """The Word file."""
    document = docx.Document()
    _set_up(document, sheets[0].title)
    if summary is not None:
        _Writer(document).summary(sheets[0].title, summary)
    for number, sheet in enumerate(sheets):
        _Writer(document).sheet(sheet, on_new_page=bool(number or summary))
    return save(document)


def _set_up(document: Document, title: str) -> None:
    """A4, fonts for Chinese, page numbers, and properties that are the same every time."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _BODY)
    footer = section.footer.paragraphs[0]
    footer.alignment = _CENTRED
    _add_field(footer, "PAGE")
    stamp = publication_time()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = xml_text(title), "", ""
    properties.language = "zh-CN"
    for element in list(properties._element):
        if element.tag.endswith(("}created", "}modified")):
            properties._element.remove(element)
    if stamp is not None:
        properties.created = properties.modified = stamp.replace(tzinfo=None)


class _Writer:
    """Adds to a document at its end."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def sheet(self, sheet: CheckSheet, *, on_new_page: bool) -> None:
        """One check sheet."""
        self._title(sheet.title).paragraph_format.page_break_before = on_new_page
        for label, text in sheet.heads:
            self._line(f"{label}：{text}")
        table = self._table(HEADS, _WIDTHS)
        for row in sheet.rows:
            cells = _new_cells(table)
            _fill(cells[0].paragraphs[0], str(row.number), centred=True)
            _fill(cells[1].paragraphs[0], row.content)
            strong = row.verdict is Verdict.NO
            _fill(cells[2].paragraphs[0], str(row.verdict), centred=True, strong=strong)
            if len(row.items) <= 1:
                _keep_whole(table.rows[-1])
            for number, text in enumerate(row.texts):
                _fill(cells[3].add_paragraph() if number else cells[3].paragraphs[0], text)
        for number, remark in enumerate(sheet.remarks):
            self._line(f"{'' if number else '说明：'}{remark}", size=9)
        signed = "\u3000\u3000\u3000\u3000\u3000\u3000".join(
            f"{name}：" for name in sheet.signatures
        )
        self._line(signed).paragraph_format.space_before = Pt(24)

    def summary(self, title: str, summary: Summary) -> None:
        """Documents by fault, faults by kind."""
        self._title(f"{title}汇总")
        self._line(f"文本 {len(summary.documents)} 份，问题多的在前", font=_HEAD)
        self._lines(
            DOCUMENT_HEADS, _DOCUMENT_WIDTHS, [document.cells for document in summary.documents]
        )
        self._line("问题按种类", font=_HEAD).paragraph_format.space_before = Pt(12)
        if summary.faults:
            self._lines(FAULT_HEADS, _FAULT_WIDTHS, [fault.cells for fault in summary.faults])
        else:
            self._line("没有发现问题。")

    def _lines(
        self, heads: Sequence[str], widths: Sequence[int], lines: Sequence[Sequence[str | int]]
    ) -> None:
        table = self._table(heads, widths)
        for line in lines:
            for cell, value in zip(_new_cells(table), line, strict=True):
                short = isinstance(value, int) or value in set(Verdict)
                _fill(cell.paragraphs[0], str(value), centred=short, strong=value == Verdict.NO)

    def _table(self, heads: Sequence[str], widths: Sequence[int]) -> Table:
        """A table with its head, which is printed again on every page."""
        table: Table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for cell, head, width in zip(table.rows[0].cells, heads, widths, strict=True):
            cell.width = Mm(width)
            _fill(cell.paragraphs[0], head, centred=True, font=_HEAD)
        _repeat(table.rows[0])
        return table

    def _title(self, text: str) -> Paragraph:
        paragraph = self._line(text, size=18, font=_HEAD)
        paragraph.alignment = _CENTRED
        paragraph.paragraph_format.space_after = Pt(10)
        return paragraph

    def _line(self, text: str, *, size: float = 11, font: str = _BODY) -> Paragraph:
        paragraph = self._document.add_paragraph()
        _fill(paragraph, text, size=size, font=font)
        return paragraph


def _fill(
    paragraph: Paragraph,
    text: str,
    *,
    centred: bool = False,
    strong: bool = False,
    size: float = 11,
    font: str = _BODY,
) -> None:
    run = paragraph.add_run(xml_text(text))
    run.bold, run.font.size = strong or None, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    if centred:
        paragraph.alignment = _CENTRED


def _new_cells(table: Table) -> tuple[_Cell, ...]:
    """The cells of a row that is added to a table."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row.cells


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
