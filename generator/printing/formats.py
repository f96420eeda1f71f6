"""Prints a composed document in the formats asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.compose.compose import Composed, definitions_of
from generator.compose.document.render import render_stylesheet
from generator.pack.pack import Pack
from generator.printing.bounds import bounded
from generator.printing.columns.fit import fit_amounts
from generator.printing.figures_file import figures_json
from generator.printing.kept import KeptPieces
from generator.printing.set_mark import marked_figures, marked_html, marked_pdf, set_mark

Progress = Callable[[str], None]


class Format(StrEnum):
    """A kind of output file; the value is its extension."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Printed:
    """Finished files by name, and how many pages the PDF has where one was laid out."""

    files: dict[str, bytes]
    pages: int | None


def print_formats(
    composed: Composed,
    pack: Pack,
    formats: Iterable[Format],
    progress: Progress,
    kept: KeptPieces | None = None,
) -> Printed:
    """Prints the formats asked for and the figures file.

    Args:
        composed: the disclosure.
        pack: the pack it was composed with.
        formats: the formats.
        progress: is told what is being done.
        kept: pieces of PDFs and pictures made before; what is made now is added.

    Raises:
        UnusableInputError: where the document cannot be printed.
    """
    with bounded(composed.document, pack.folder):
        return _printed(composed, pack, set(formats), progress, kept or KeptPieces())


def _printed(
    composed: Composed,
    pack: Pack,
    wanted: set[Format],
    progress: Progress,
    kept: KeptPieces,
) -> Printed:
    stylesheet = render_stylesheet(pack)
    document = fit_amounts(composed.document, pack, kept)
    figures = figures_json(
        composed.disclosure.entity,
        composed.ledger,
        composed.figures,
        composed.loaded.source.file,
        composed.explanations.values(),
    )
    mark = set_mark(composed.written, stylesheet.encode(), figures)
    files: dict[str, bytes] = {}
    pages = None
    if wanted & {Format.PDF, Format.DOCX}:  # the DOCX takes its page numbers from the PDF
        from generator.printing.pdf import print_pdf

        progress("排版 PDF")
        pdf = print_pdf(
            document,
            stylesheet,
            pack.folder,
            locate=composed.loaded.source.find,
            progress=progress,
            kept=kept,
        )
        pages = pdf.pages
        if Format.PDF in wanted:
            files[f"{composed.stem}.pdf"] = marked_pdf(pdf.content, mark)
        if Format.DOCX in wanted:
            from generator.printing.docx.writer import write_docx

            progress("写 DOCX")
            docx = write_docx(document, pack, pdf.page_numbers, kept, mark=mark)
            files[f"{composed.stem}.docx"] = docx
    if Format.HTML in wanted:
        from generator.printing.html.trace import Trace
        from generator.printing.html.writer import write_html

        progress("写 HTML")
        names, entity = composed.loaded.names, composed.disclosure.entity.name
        trace = Trace(document, composed.ledger, composed.figures, names, entity)
        html = write_html(document, stylesheet, pack.folder, composed.figures, trace)
        files[f"{composed.stem}.html"] = marked_html(html, mark)
    if Format.XLSX in wanted:
        from generator.printing.xlsx.writer import Source, write_xlsx

        progress("写 XLSX")
        kind = composed.disclosure.entity.kind
        definitions = [each.of(kind) for each in definitions_of(composed.loaded, pack)]
        source = Source(composed.statements, definitions, composed.figures)
        files[f"{composed.stem}.xlsx"] = write_xlsx(document, pack.theme, source, mark=mark)
    files[f"{composed.stem}.figures.json"] = marked_figures(figures, mark)
    return Printed(files, pages)
