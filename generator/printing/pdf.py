"""Prints the document as a tagged PDF (PDF/UA-1) with WeasyPrint."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML, LOGGER
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from generator.complaints import in_chinese
from generator.document.tree import Document
from generator.findings import Finding, Place, UnusableInputError
from generator.printing.page_breaks import mark_rows, split_cut_cells

_VARIANT = "pdf/ua-1"
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
    locate: Callable[[str], Place | None] = lambda _: None,
) -> PrintedPdf:
    """Lays the document out and writes the PDF.

    Args:
        document: the document; it is not changed.
        stylesheet: the pack's CSS.
        pack_folder: the only folder that files are read from.
        locate: tells where in the data a character stands that no font has.

    Raises:
        UnusableInputError: E402 for a glyph no font has, E403 for a foreign
            resource, E404 where the layout fails or complains.
    """
    document = Document(deepcopy(document.root), document.toc)
    mark_rows(document)
    fetcher = _PackFetcher(pack_folder)
    with _Complaints() as complaints:
        try:
            laid_out = _lay_out(document, stylesheet, fetcher)
            if split_cut_cells(document, _pages(laid_out)):
                del laid_out  # a long document fills memory; two would not fit
                laid_out = _lay_out(document, stylesheet, fetcher)
            content = laid_out.write_pdf(pdf_variant=_VARIANT, pdf_identifier=b"")
        except FatalURLFetchingError as error:
            raise UnusableInputError(fetcher.findings()) from error
        if fetcher.refused:  # inside an SVG a refusal does not end the layout
            raise UnusableInputError(fetcher.findings())
        findings = complaints.findings(pack_folder) + _missing_glyphs(laid_out.fonts, locate)
    if findings:
        raise UnusableInputError(findings)
    return PrintedPdf(content, _page_numbers(_pages(laid_out), document), len(laid_out.pages))


def _lay_out(document: Document, stylesheet: str, fetcher: _PackFetcher) -> Any:
    html = HTML(
        string=document.html(stylesheet),
        base_url=f"{fetcher.folder.resolve().as_uri()}/",
        url_fetcher=fetcher,
    )
    return html.render(pdf_variant=_VARIANT, pdf_tags=True)


def _pages(laid_out: Any) -> dict[str, int]:
    """The page, counted from the cover, that each anchor landed on."""
    return {
        anchor: number for number, page in enumerate(laid_out.pages, 1) for anchor in page.anchors
    }


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


def _page_numbers(pages: Mapping[str, int], document: Document) -> dict[str, int]:
    """The printed number of each anchor's page: pages are counted from part one on."""
    first = pages.get(document.toc[0].anchor, 1) if document.toc else 1
    return {anchor: page - first + 1 for anchor, page in pages.items()}
