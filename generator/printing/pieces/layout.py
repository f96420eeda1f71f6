"""Lays pieces out with WeasyPrint and the painter, and writes them as fragments."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

import pydyf
from weasyprint import CSS, HTML, __version__
from weasyprint.document import DocumentMetadata
from weasyprint.html import get_html_metadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from generator.compose.document.tree import HEADINGS, Element, html_text, spoken_name
from generator.core.findings import Finding, UnusableInputError
from generator.core.records import replace
from generator.pack.templates.source_lines import place_in_pack
from generator.printing.fragments.accessible import HeardHeading, HeardNames
from generator.printing.fragments.archive import colour_profile, describe_schemas
from generator.printing.fragments.faces import Faces
from generator.printing.fragments.fragment import EmbeddedFont, Face, Fragment, Glyphs
from generator.printing.fragments.harvest import VARIANT, weasyprint_fragment
from generator.printing.fragments.joining import PdfParticulars
from generator.printing.fragments.objects import ObjectCollector, loosened
from generator.printing.grids.known_css import UnknownStyleError
from generator.printing.grids.page_number import counts_pages_in_margins_alone, take_numbers
from generator.printing.grids.painter import GridPainter
from generator.printing.grids.shaping import add_glyphs
from generator.printing.heads import LEVEL
from generator.printing.kept_specimens import KeptSpecimens
from generator.printing.pieces.complaints import Complaints
from generator.printing.pieces.justify import justify
from generator.printing.pieces.leaders import leaders_at_once
from generator.printing.pieces.page_breaks import (
    is_row,
    mark_rows,
    part_from_rests,
    split_cut_cells,
)
from generator.printing.pieces.piece import Piece, link_texts, shell

_SETTLED_AT_ONCE = 30  # pages of WeasyPrint's, a megabyte of garbage each


class LayoutEngine:
    """Lays out pieces of documents of one look: one stylesheet, one folder of resources."""

    def __init__(self, stylesheet: str, folder: Path, look: str = "") -> None:
        """Reads the stylesheet.

        Args:
            stylesheet: the pack's CSS.
            folder: the only folder that files are read from.
            look: see :class:`KeptSpecimens`.
        """
        self._fetcher = _PackFetcher(folder)
        self._fonts = FontConfiguration()
        with self._fetcher.in_bounds():
            self._css = CSS(string=stylesheet, font_config=self._fonts, url_fetcher=self._fetcher)
        self._faces = Faces(self._fonts)
        self._specimens = KeptSpecimens(look)
        self._painter = GridPainter(stylesheet, self._render, self._faces, self._specimens)
        self._numbers_in_margins = counts_pages_in_margins_alone(stylesheet)
        self._unsettled = 0

    def prepare(self, pieces: Sequence[Piece]) -> None:
        """Learns the pieces that are to be painted next (see :meth:`GridPainter.prepare`)."""
        with self._learning():
            self._painter.prepare(
                [piece.sections[0] for piece in pieces], lambda: shell(pieces[0].document)
            )

    @contextmanager
    def _learning(self) -> Iterator[None]:
        """Keeps specimens that were laid out meanwhile, if nothing was wrong with them."""
        try:
            with Complaints() as complaints, self._fetcher.in_bounds():
                yield
            if not complaints.heard:
                self._specimens.save()
        finally:
            self._specimens.forget()

    def anywhere(self, piece: Piece, numbers: Mapping[str, int]) -> Fragment | None:
        """A piece that is the same wherever it stands: a grid is painted, all else laid out.

        Args:
            piece: the piece.
            numbers: the page numbers that it shows of others.

        Returns:
            Nothing if its place decides on more than the numbers in its margins.
        """
        painted = self._painted(piece, numbers) if piece.may_be_grid else None
        return painted or self._laid_out_anywhere(piece, numbers)

    def _painted(self, piece: Piece, numbers: Mapping[str, int]) -> Fragment | None:
        """A piece that the painter prints; nothing if it cannot."""
        (section,) = piece.sections
        with self._learning():
            return self._painter.paint(section, numbers, lambda: shell(piece.document))

    def in_place(self, piece: Piece, start: int, numbers: Mapping[str, int]) -> Fragment:
        """A piece laid out in its place.

        Args:
            piece: the piece.
            start: the number of its first page.
            numbers: the page numbers that it shows of others.
        """
        return self._written(piece, *self._broken_well(piece, start, numbers))

    def _laid_out_anywhere(self, piece: Piece, numbers: Mapping[str, int]) -> Fragment | None:
        """A piece that WeasyPrint prints, to be numbered when its place is known."""
        if not self._numbers_in_margins:
            return None
        tree, layout = self._broken_well(piece, 1, numbers)
        try:
            stamps = take_numbers(layout.pages, self._painter.shaper)
        except UnknownStyleError:
            return None
        fragment = self._written(piece, tree, layout, stamps.stamped)
        faces, glyphs = dict(fragment.faces), dict(fragment.glyphs)
        add_glyphs(stamps.chunks, faces, glyphs)
        return replace(fragment, stamps=stamps.stamps, faces=faces, glyphs=glyphs)

    def _broken_well(
        self, piece: Piece, start: int, numbers: Mapping[str, int]
    ) -> tuple[Element, Any]:
        """The tree of a piece and its layout, once more where a page break cut what it must not."""
        tree = piece.tree(numbers)
        mark_rows(tree)
        with self._fetcher.in_bounds():
            layout = self._render(tree, start)
            if part_from_rests(tree, _pages(layout.pages)):
                layout = self._render(tree, start)
            if split_cut_cells(tree, _pages(layout.pages)):
                layout = self._render(tree, start)
        return tree, layout

    def _written(
        self,
        piece: Piece,
        tree: Element,
        layout: Any,
        stamped: Mapping[int, int] = MappingProxyType({}),
    ) -> Fragment:
        """A layout as a fragment, numbers taken off the pages stamped; not for use afterwards."""
        pages = list(layout.pages)
        with self._fetcher.in_bounds():
            for page in pages:
                justify(page._page_box)
                page.anchors = {name: at for name, at in page.anchors.items() if not is_row(name)}
            fragment = weasyprint_fragment(
                layout,
                pages,
                self._faces,
                _heard_names(tree),
                tail=_contents_tail(pages) if piece.holds_contents else 1.0,
                stamped=stamped,
            )
        self._settle(len(pages))
        return fragment

    def embed(self, name: str, face: Face, glyphs: Glyphs) -> EmbeddedFont:
        """Embeds what is needed of a face (see :meth:`Faces.embed`)."""
        return self._faces.embed(name, face, glyphs)

    def particulars(self, head: Element) -> PdfParticulars:
        """What the file says about a document.

        Args:
            head: a document without sections.
        """
        metadata = DocumentMetadata(**get_html_metadata(self._html(head)))
        pdf = pydyf.PDF()
        metadata.include_in_pdf(pdf, "ua", 1, conformance=None, compress=False)
        describe_schemas(pdf.objects[-1])
        pdf.info.update(_info(metadata))
        pdf.add_object(pdf.info)
        pdf.add_object(colour_profile())
        objects = ObjectCollector()
        own = pdf.objects[-3:]
        numbers = {each.number: objects.reserve() for each in own}
        objects.take(loosened(own, {}), numbers.__getitem__)
        return PdfParticulars(
            objects.block(), info=2, metadata=1, profile=3, language=metadata.lang or "zh-CN"
        )

    def _settle(self, pages: int) -> None:
        """Frees the garbage of many pages at once."""
        self._unsettled += pages
        if self._unsettled >= _SETTLED_AT_ONCE:
            self._unsettled = 0
            gc.collect()

    def _html(self, tree: Element) -> HTML:
        base = f"{self._fetcher.folder.resolve().as_uri()}/"
        return HTML(string=html_text(tree), base_url=base, url_fetcher=self._fetcher)

    def _render(self, tree: Element, start: int = 1) -> Any:
        first = CSS(string=f"@page :first {{ counter-reset: page {start} }}")
        with leaders_at_once():
            return self._html(tree).render(
                stylesheets=[self._css, first],
                font_config=self._fonts,
                pdf_variant=VARIANT,
                pdf_tags=True,
            )


def _contents_tail(pages: Sequence[Any]) -> float:
    """How much of their last page the contents take, as a part of its height; 1 of a single one."""
    boxes = [
        (box, page._page_box)
        for page in pages
        for box in page._page_box.descendants()
        if box.element_tag == "nav"
    ]
    if len(boxes) < 2:  # noqa: PLR2004 - they go on from page to page
        return 1.0
    box, page_box = boxes[-1]
    return float(box.height / page_box.height)


def _heard_names(tree: Element) -> HeardNames:
    """What links and headings are called by those who hear them."""
    headings = [HeardHeading(spoken_name(each), each.get(LEVEL)) for each in tree.iter(*HEADINGS)]
    return HeardNames(link_texts(tree), headings)


def _info(metadata: DocumentMetadata) -> dict[str, pydyf.String]:
    said = {
        "Producer": f"WeasyPrint {__version__}",
        "Title": metadata.title,
        "Author": ", ".join(metadata.authors),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": metadata.generator,
    }
    return {name: pydyf.String(text) for name, text in said.items() if text}


def _pages(pages: Sequence[Any]) -> dict[str, int]:
    """The page within a piece, counted from 0, that each anchor landed on."""
    return {anchor: number for number, page in enumerate(pages) for anchor in page.anchors}


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

    @contextmanager
    def in_bounds(self) -> Iterator[None]:
        """Raises UnusableInputError with E403 where something was refused meanwhile."""
        try:
            yield
        except FatalURLFetchingError as error:
            raise UnusableInputError(self._findings()) from error
        if self.refused:  # inside an SVG a refusal does not end the layout
            raise UnusableInputError(self._findings())

    def _findings(self) -> list[Finding]:
        remedy = "把文件放进模板包，用相对路径引用"
        return [
            Finding(
                "E403",
                f"模板引用了模板包以外的资源：{url}",
                remedy,
                place_in_pack(url, self.folder),
            )
            for url in self.refused
        ]
