"""Prints the document as a tagged PDF (PDF/UA-1) with WeasyPrint."""

from __future__ import annotations

import gc
import logging
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, LOGGER
from weasyprint.pdf import generate_pdf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from generator.complaints import in_chinese
from generator.document.tree import Document, Element, html_text
from generator.findings import Finding, Place, UnusableInputError
from generator.printing.grids.painter import GridPainter
from generator.printing.grids.shaping import share_font_files
from generator.printing.page_breaks import is_row, mark_rows, split_cut_cells
from generator.printing.pdf_file import pdf_file
from generator.printing.pieces import Piece, count_forms, cut, fill_references

Progress = Callable[[str], None]

_VARIANT = "pdf/ua-1"
_SETTLED_AT_ONCE = 30  # pages of WeasyPrint's, a megabyte of garbage each
_REPORTED = ("HarfBuzz-Subset", ".notdef glyph")


@dataclass(frozen=True, slots=True)
class PrintedPdf:
    """A finished PDF and where its headings landed (anchor → printed page number)."""

    content: bytes
    page_numbers: Mapping[str, int]
    pages: int


def print_pdf(
    document: Document,
    stylesheet: str,
    pack_folder: Path,
    *,
    locate: Callable[[str], Place | None] = lambda _: None,
    progress: Progress = lambda _: None,
) -> PrintedPdf:
    """Lays the document out and writes the PDF.

    Args:
        document: the document; it is not changed.
        stylesheet: the pack's CSS.
        pack_folder: the only folder that files are read from.
        locate: tells where in the data a character stands that no font has.
        progress: is told how many performance forms are done.

    Raises:
        UnusableInputError: E402 for a glyph no font has, E403 for a foreign
            resource, E404 where the layout fails or complains.
    """
    fetcher = _PackFetcher(pack_folder)
    with _Complaints() as complaints, _sparing_garbage_collection():
        try:
            layout = _Layout(document, stylesheet, fetcher)
            total = count_forms(document)
            numbers = layout.run(lambda forms: progress(f"排版 PDF：绩效目标表 {forms}/{total}"))
            progress("写 PDF")
            pages = layout.pages
            content, fonts = layout.write()
            del layout  # so that its pages are freed at the end of this block
        except FatalURLFetchingError as error:
            raise UnusableInputError(fetcher.findings()) from error
        if fetcher.refused:  # inside an SVG a refusal does not end the layout
            raise UnusableInputError(fetcher.findings())
        findings = complaints.findings(pack_folder) + _missing_glyphs(fonts, locate)
    if findings:
        raise UnusableInputError(findings)
    return PrintedPdf(content, numbers, pages)


@contextmanager
def _sparing_garbage_collection() -> Iterator[None]:
    """Layout makes millions of objects: without the collector it takes half the time.

    What WeasyPrint leaves behind is collected now and then, by :meth:`_Layout._settle`.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


class _Layout:
    """The pieces of one document, laid out with shared fonts and running page numbers."""

    def __init__(self, document: Document, stylesheet: str, fetcher: _PackFetcher) -> None:
        self._document = document
        self._fetcher = fetcher
        self._fonts = FontConfiguration()
        self._css = CSS(string=stylesheet, font_config=self._fonts, url_fetcher=fetcher)
        self._laid_out: Any = None
        self._unsettled = 0
        self._done: list[list[Any]] = []
        self._painter = GridPainter(document, stylesheet, self._render)

    @property
    def pages(self) -> int:
        """How many pages are laid out."""
        return sum(len(pages) for pages in self._done)

    def run(self, done: Callable[[int], None]) -> dict[str, int]:
        """Lays every piece out; returns the printed page number of each anchor.

        Pieces that show page numbers of others are done again at the end, when
        those are known. ``done`` is told how many forms are laid out.
        """
        numbers: dict[str, int] = {}
        again: list[tuple[int, Piece, int]] = []
        following, forms = 1, 0
        for position, piece in enumerate(cut(self._document, self._painter.sections)):
            if piece.refers_to_pages:
                again.append((position, piece, following))
            # what is not numbered and not referred to changes nothing: it can wait
            waits = piece.refers_to_pages and not piece.numbered and not piece.names_places
            pages = [] if waits else self._lay_out(piece, following, numbers)
            self._done.append(pages)
            numbers |= _numbers(pages, following)
            following += len(pages) if piece.numbered else 0
            forms += piece.forms
            done(forms)
        for position, piece, start in again:
            self._done[position] = self._lay_out(piece, start, numbers)
        return numbers

    def write(self) -> tuple[bytes, Mapping[Any, Any]]:
        """Writes all pages into one PDF; returns it and the fonts used."""
        gc.freeze()
        gc.enable()  # what is laid out is frozen; writing does leave garbage
        pages = [page for pages in self._done for page in pages]
        whole = self._laid_out.copy(pages)
        whole.fonts = fonts = self._painter.shaper.fonts
        for page in pages:
            page.paint = partial(_paint_compactly, page.paint, fonts)
        self._done.clear()
        options = DEFAULT_OPTIONS | {"pdf_variant": _VARIANT}
        pdf = generate_pdf(whole, None, 1, **options)
        self._painter.add_structure(pdf, pages)
        return pdf_file(pdf), whole.fonts

    def _lay_out(self, piece: Piece, start: int, numbers: Mapping[str, int]) -> list[Any]:
        """Lays a piece out: a grid is painted, all else is WeasyPrint's."""
        if piece.numbered and len(piece.sections) == 1:
            (section,) = piece.sections
            if section in self._painter.sections:
                painted = self._painter.paint(section, start, numbers)
                if painted is not None:
                    return list(painted)
        tree = piece.tree()
        mark_rows(tree)
        fill_references(tree, numbers)
        return self._lay_out_with_weasyprint(tree, start)

    def _lay_out_with_weasyprint(self, tree: Element, start: int) -> list[Any]:
        """Lays a tree out; a second time where a page break cut merged cells."""
        laid_out = self._render(tree, start)
        if split_cut_cells(tree, _pages(laid_out.pages)):
            laid_out = self._render(tree, start)
        pages = list(laid_out.pages)
        self._settle(len(pages))
        return pages

    def _settle(self, pages: int) -> None:
        """Frees the garbage of many pages at once and keeps the rest out of later collections."""
        self._unsettled += pages
        if self._unsettled >= _SETTLED_AT_ONCE:
            self._unsettled = 0
            gc.collect()
            gc.freeze()

    def _render(self, tree: Element, start: int = 1) -> Any:
        first = CSS(string=f"@page :first {{ counter-reset: page {start} }}")
        html = HTML(
            string=html_text(tree),
            base_url=f"{self._fetcher.folder.resolve().as_uri()}/",
            url_fetcher=self._fetcher,
        )
        self._laid_out = html.render(
            stylesheets=[self._css, first],
            font_config=self._fonts,
            pdf_variant=_VARIANT,
            pdf_tags=True,
        )
        return self._laid_out


def _paint_compactly(
    paint: Callable[..., None], fonts: Mapping[Any, Any], stream: pydyf.Stream, scale: float
) -> None:
    """Paints a page and compresses it at once: as a list of operators it takes much memory."""
    known = len(fonts)
    paint(stream, scale)
    if len(fonts) > known:
        share_font_files(fonts.values())
    operators = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
    stream.stream[:] = [zlib.compress(operators)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _pages(pages: Sequence[Any]) -> dict[str, int]:
    """The page within a piece, counted from 0, that each anchor landed on."""
    return {anchor: number for number, page in enumerate(pages) for anchor in page.anchors}


def _numbers(pages: Sequence[Any], start: int) -> dict[str, int]:
    """The printed page number of each anchor of a piece, rows left out."""
    return {anchor: page + start for anchor, page in _pages(pages).items() if not is_row(anchor)}


class _PackFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the files of the pack and nothing else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False)
        self.folder = folder
        self.refused: dict[str, None] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Fetches a file below the pack's folder; anything else ends the printing."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not path.is_relative_to(self.folder.resolve()):
            self.refused[unquote(url)] = None
            raise FatalURLFetchingError(url)
        return super().fetch(url, headers)

    def findings(self) -> list[Finding]:
        """E403 for everything that was refused."""
        remedy = "把文件放进模板包，用相对路径引用"
        return [
            Finding("E403", f"模板引用了模板包以外的资源：{url}", remedy, Place(self.folder))
            for url in self.refused
        ]


class _Complaints(logging.Handler):
    """Collects what WeasyPrint only logs, for the time of one print."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the message of a record."""
        self._messages.append(record.getMessage())

    def __enter__(self) -> _Complaints:
        LOGGER.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        LOGGER.removeHandler(self)

    def findings(self, folder: Path) -> list[Finding]:
        """Every complaint as a finding, except those reported otherwise (W405, E402)."""
        return [
            Finding(
                "E404",
                f"排版时出现问题：{in_chinese(message)}",
                "检查模板包的 CSS 和 HTML",
                Place(folder),
            )
            for message in dict.fromkeys(self._messages)
            if not any(known in message for known in _REPORTED)
        ]


def _missing_glyphs(
    fonts: Mapping[Any, Any], locate: Callable[[str], Place | None]
) -> list[Finding]:
    characters = sorted({chr(point) for font in fonts.values() for point in font.missing})
    remedy = "改用常用字，或在 theme.yaml 换用收字更全的字体"
    return [
        Finding(
            "E402",
            f"字体里没有“{character}”（U+{ord(character):04X}）",
            remedy,
            locate(character),
        )
        for character in characters
    ]
