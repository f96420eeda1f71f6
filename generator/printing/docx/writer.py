"""Writes a document as DOCX: the package, and the body section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from lxml import etree

from generator.compose.document.section import Section
from generator.compose.document.tree import Element, HtmlDocument, text_of_element
from generator.core.files.archive import pack_archive
from generator.core.memo import Memory
from generator.pack.pack import Pack
from generator.printing.docx.body import SVG, SectionWriter, Surroundings, WrittenSection, anchor_of
from generator.printing.docx.cells import CellLook, cell_looks
from generator.printing.docx.charts.chart_data import ChartData, chart_data
from generator.printing.docx.charts.write import chart_paragraph, written_chart
from generator.printing.docx.headings import Headings
from generator.printing.docx.package import DOCUMENT, DocxParticulars, package
from generator.printing.docx.pictures import draw, picture_xml
from generator.printing.docx.sections import SectionLayout
from generator.printing.docx.tables import TableWriter
from generator.printing.kept import KeptPieces
from generator.printing.set_mark import marked_properties

PROPERTIES = "docProps/core.xml"
_SECTIONS = Memory[tuple[str, Surroundings, bytes], WrittenSection](
    __name__, most=15_000_000
)  # bytes


def write_docx(
    document: HtmlDocument,
    pack: Pack,
    page_numbers: Mapping[str, int],
    kept: KeptPieces | None = None,
    *,
    mark: str = "",
) -> bytes:
    """Returns the DOCX of a document.

    Sections that the last document of this process had as well, with the same page
    numbers and bookmarks, are not written again; the result is the same as if they were.

    Args:
        document: the tree that the PDF is printed from as well.
        pack: the template pack, for its theme.
        page_numbers: printed page of each heading, shown in the table of contents
            until the reader updates it.
        kept: pictures of charts drawn before; new ones are added.
        mark: the mark of the set that the file belongs to, for its properties.
    """
    return _Writer(document, pack, page_numbers, kept or KeptPieces()).write(mark)


class _Writer:
    """Writes the sections in order; sections of the DOCX end where the page layout changes."""

    def __init__(
        self, document: HtmlDocument, pack: Pack, page_numbers: Mapping[str, int], kept: KeptPieces
    ) -> None:
        self._sections = [
            each for each in document.sections if each.element.tag in ("section", "nav")
        ]
        elements = [section.element for section in self._sections]
        self._theme = pack.theme
        self._theme_text = pack.theme.model_dump_json()
        self._page_numbers = page_numbers
        self._headings = Headings.of(elements, pack.theme)
        drawings = [each for element in elements for each in _drawings(element)]
        charts = {each: chart_data(each) for each in drawings}
        looks = frozenset(cell_looks(pack.theme, self._sections))
        particulars = self._particulars(document, list(charts.values()), looks)
        self._package = package(pack.theme, particulars)
        self._parts = dict(self._package.parts)
        self._drawings = self._drawn(charts, kept)
        self._tables = TableWriter(pack.theme)
        self._layout = SectionLayout(
            pack.theme, self._package.header, self._package.footer, page_numbers
        )

    def _drawn(
        self, charts: Mapping[Element, ChartData | None], kept: KeptPieces
    ) -> dict[Element, str]:
        """Adds the parts of all drawings; returns the paragraph of each."""
        font = self._theme.fonts[self._theme.style("td").font]
        pictures = draw([each for each, data in charts.items() if data is None], kept)
        drawn = zip(pictures, self._package.pictures, strict=True)
        places = iter(self._package.charts)
        paragraphs = {}
        for number, (drawing, data) in enumerate(charts.items(), 1):
            if data is None:
                picture, (name, relation) = next(drawn)
                self._parts[name] = picture.png
                paragraphs[drawing] = picture_xml(picture, relation, number)
                continue
            chart = written_chart(data, font)
            name, relation, workbook = next(places)
            self._parts[name], self._parts[workbook] = chart.xml, chart.workbook
            paragraphs[drawing] = chart_paragraph(data, relation, number)
        return paragraphs

    def write(self, mark: str) -> bytes:
        """Writes the whole body and returns the file, its properties marked."""
        if mark:
            self._parts[PROPERTIES] = marked_properties(self._parts[PROPERTIES], mark)
        return pack_archive({**self._parts, DOCUMENT: self._blocks()})

    def _blocks(self) -> Iterator[bytes]:
        yield self._package.opening
        break_before, bookmarks = False, 0
        for section in self._sections:
            element = section.element
            start = self._layout.start(element)
            surroundings = Surroundings(
                self._layout.page,
                start.ending,
                start.breaks_page or (break_before and not start.ending),
                bookmarks,
                self._pages_referred_to(section),
                tuple(self._drawings[each] for each in _drawings(element)),
                self._headings.looks(element),
                self._headings.instruction if element.tag == "nav" else "",
            )
            written = self._written(section, surroundings)
            yield written.xml
            break_before, bookmarks = written.break_before, written.bookmarks
        yield self._layout.last().encode() + self._package.closing

    def _written(self, section: Section, surroundings: Surroundings) -> WrittenSection:
        element = section.element
        source = section.recall("source", (), partial(_source, element))
        return _SECTIONS.recall(
            (self._theme_text, surroundings, source),
            lambda: SectionWriter(self._theme, self._tables, surroundings).write(element),
            lambda written: len(source) + len(written.xml),
        )

    def _particulars(
        self,
        document: HtmlDocument,
        charts: Sequence[ChartData | None],
        looks: frozenset[CellLook],
    ) -> DocxParticulars:
        author = document.frame.find("head/meta[@name='author']")
        marks = (each.body.find("div[@class='watermark']") for each in document.sections)
        watermark = next((mark for mark in marks if mark is not None), None)
        return DocxParticulars(
            document.title,
            author.get("content", "") if author is not None else "",
            text_of_element(watermark) if watermark is not None else None,
            charts.count(None),
            len(charts) - charts.count(None),
            looks,
            self._headings.variants,
        )

    def _pages_referred_to(self, section: Section) -> tuple[tuple[str, int], ...]:
        anchors = section.recall(
            "targets", (), lambda: tuple(anchor_of(link) for link in section.element.iter("a"))
        )
        return tuple(
            (anchor, self._page_numbers[anchor])
            for anchor in anchors
            if anchor in self._page_numbers
        )


def _source(section: Element) -> bytes:
    return etree.tostring(section, encoding="utf-8", with_tail=False)


def _drawings(section: Element) -> Iterator[Element]:
    for figure in section.iterchildren("figure"):
        yield from figure.iter(SVG)
