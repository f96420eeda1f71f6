"""Prints a composed document in the formats asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from generator.compose.compose import Composed, definitions_of
from generator.compose.document.render import render_stylesheet
from generator.compose.document.section import Section
from generator.compose.document.tree import HtmlDocument
from generator.pack.pack import Attached, Pack
from generator.printing.bounds import bounded_printing
from generator.printing.figures_file import figures_json
from generator.printing.fragments.attached import AttachedFile
from generator.printing.kept import KeptPieces
from generator.printing.pieces.making import Tightening
from generator.printing.pieces.piece import anchors, tighten
from generator.printing.prepared import Prepared, prepare
from generator.printing.set_mark import marked_figures, marked_html, marked_pdf, set_mark

if TYPE_CHECKING:
    from generator.printing.pdf import PrintedPdf
    from generator.printing.pieces.second_printer import SecondPrinter

Progress = Callable[[str], None]
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Format(StrEnum):
    """A kind of output file; the value is its extension."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class FinishedFiles:
    """Finished files by name, and how many pages the PDF has where one was laid out."""

    files: dict[str, bytes]
    pages: int | None


def print_formats(
    composed: Composed,
    pack: Pack,
    formats: Iterable[Format],
    progress: Progress,
    kept: KeptPieces | None = None,
) -> FinishedFiles:
    """Prints the formats asked for and the figures file.

    Args:
        composed: the disclosure.
        pack: the pack it was composed with.
        formats: the formats.
        progress: is told what is being done.
        kept: pieces of PDFs and pictures made before; what is made now is added.

    Raises:
        UnusableInputError: if the document cannot be printed.
    """
    return Printing(composed, pack, formats, kept or KeptPieces()).finish(progress)


def _tightened(document: HtmlDocument, steps: Mapping[str, int]) -> HtmlDocument:
    """The document with the tables tightened that the PDF tightened to save a page."""
    if not steps:
        return document
    return document.with_sections(
        _tightened_section(section, steps) for section in document.sections
    )


def _tightened_section(section: Section, steps: Mapping[str, int]) -> Section:
    step = next((steps[name] for name in anchors(section.element) if name in steps), 0)
    return section.changed(lambda body: tighten(body[0], step)) if step else section


class Printing:
    """A disclosure that is printed in two steps, with something else between them."""

    def __init__(
        self, composed: Composed, pack: Pack, formats: Iterable[Format], kept: KeptPieces
    ) -> None:
        """Nothing is done yet; see :func:`print_formats`."""
        self._composed = composed
        self._pack = pack
        self._wanted = set(formats)
        self._kept = kept
        # the DOCX takes its page numbers from the PDF
        self._with_pages = bool(self._wanted & {Format.PDF, Format.DOCX})
        self._preparing: SecondPrinter | None = None

    def begin(self) -> None:
        """Lets a second process prepare the document; without one nothing is done.

        What goes wrong goes wrong again, and is told, when the printing is finished.
        """
        second = self._kept.second
        if self._with_pages and second is not None and second.free:
            second.prepare(self._composed.document, self._pack)
            self._preparing = second

    def finish(self, progress: Progress) -> FinishedFiles:
        """Prints everything; see :func:`print_formats`."""
        with self._bounded():
            return self._printed(progress)

    def _bounded(self) -> AbstractContextManager[None]:
        return bounded_printing(self._composed.document.size, self._pack.folder)

    @cached_property
    def _stylesheet(self) -> str:
        return render_stylesheet(self._pack)

    @cached_property
    def _prepared(self) -> Prepared:
        there = self._preparing.prepared() if self._preparing is not None else None
        return there or prepare(self._composed.document, self._pack, self._kept)

    def _pdf(self, progress: Progress, attached: Sequence[AttachedFile]) -> PrintedPdf:
        from generator.printing.pdf import print_pdf

        theme = self._pack.theme
        return print_pdf(
            self._prepared.for_pdf,
            self._stylesheet,
            self._pack.folder,
            locate=self._composed.loaded.source.find,
            progress=progress,
            kept=self._kept,
            tightening=Tightening(len(theme.table.tighter), len(theme.tighter_contents)),
            attached=attached,
        )

    def _printed(self, progress: Progress) -> FinishedFiles:
        composed, pack, wanted, kept = self._composed, self._pack, self._wanted, self._kept
        document = self._prepared.shown
        figures = figures_json(
            composed.disclosure.entity,
            composed.ledger,
            composed.figures,
            composed.loaded.source.file,
            composed.explanations.values(),
        )
        mark = set_mark(composed.written, self._stylesheet.encode(), figures)
        files: dict[str, bytes] = {}
        numbers = marked_figures(figures, mark)

        carried = pack.settings.attached if Format.PDF in wanted else ()
        workbook = b""
        if Format.XLSX in wanted or Attached.STATEMENTS in carried:
            progress("写 XLSX")
            workbook = _workbook(composed, pack, document, mark)
        content = {Attached.STATEMENTS: workbook, Attached.FIGURES: numbers}
        attached = tuple(_as_attached(kind, composed.stem, content[kind]) for kind in carried)
        pages = None
        if self._with_pages:
            progress("排版 PDF")
            pdf = self._pdf(progress, attached)
            pages = pdf.pages
            if Format.PDF in wanted:
                files[f"{composed.stem}.pdf"] = marked_pdf(pdf.content, mark)
            if Format.DOCX in wanted:
                from generator.printing.docx.writer import write_docx

                progress("写 DOCX")
                alike = _tightened(document, pdf.tightened)
                docx = write_docx(alike, pack, pdf.page_numbers, kept, mark=mark)
                files[f"{composed.stem}.docx"] = docx
        if Format.HTML in wanted:
            from generator.printing.html.trace import PageTrace
            from generator.printing.html.writer import write_html

            progress("写 HTML")
            names, entity = composed.loaded.names, composed.disclosure.entity.name
            trace = PageTrace(document, composed.ledger, composed.figures, names, entity)
            html = write_html(document, self._stylesheet, pack.folder, composed.figures, trace)
            files[f"{composed.stem}.html"] = marked_html(html, mark)
        if Format.XLSX in wanted:
            files[f"{composed.stem}.xlsx"] = workbook
        files[f"{composed.stem}.figures.json"] = numbers
        return FinishedFiles(files, pages)


def _workbook(composed: Composed, pack: Pack, document: HtmlDocument, mark: str) -> bytes:
    """The workbook of the statements."""
    from generator.printing.xlsx.writer import StatementSource, write_xlsx

    kind = composed.disclosure.entity.kind
    definitions = [each.of(kind) for each in definitions_of(composed.loaded, pack)]
    source = StatementSource(composed.statements, definitions, composed.figures)
    return write_xlsx(document, pack.theme, source, mark=mark)


def _as_attached(kind: Attached, stem: str, content: bytes) -> AttachedFile:
    """A file of the same build as the PDF carries it."""
    if kind is Attached.STATEMENTS:
        return AttachedFile(f"{stem}.xlsx", content, _XLSX_TYPE, "Data", "报表（电子表格）")
    name = f"{stem}.figures.json"
    return AttachedFile(name, content, "application/json", "Source", "数字、明细和来历")
