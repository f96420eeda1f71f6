"""The body of the DOCX, section by section: paragraphs, tables, drawings, the contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.compose.document.tree import Element, text_of_element
from generator.pack.theme import PageLayout, Theme
from generator.printing.docx.headings import HeadingLook, is_heading_block
from generator.printing.docx.markup import (
    FIELD_END,
    field,
    field_begin,
    quoted_attribute,
    text_run,
    toc_mark,
    twips,
)
from generator.printing.docx.sections import text_width
from generator.printing.docx.style_names import SECTION_END, style_id
from generator.printing.docx.tables import TableWriter

SVG = "{http://www.w3.org/2000/svg}svg"
"""The element of a drawing."""
_DISTANCE = f'<w:spacing w:before="{twips(20)}"/>'
"""From a table to the next one on its page: 20 points, the same as in the pack's CSS."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that the XML of a section depends on besides its own content and the theme.

    Attributes:
        page: its page layout.
        opening: XML that stands before it.
        break_before: whether its first paragraph starts a page.
        bookmarks: how many there are before it; they are numbered through.
        page_numbers: printed page of each anchor that it refers to.
        drawings: the paragraph of each of its drawings.
        headings: the look of each of its headings.
        contents: the instruction of the field of the contents.
    """

    page: PageLayout
    opening: str
    break_before: bool
    bookmarks: int
    page_numbers: tuple[tuple[str, int], ...]
    drawings: tuple[str, ...]
    headings: tuple[HeadingLook, ...]
    contents: str


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section as XML, and where that leaves the next one."""

    xml: bytes
    break_before: bool
    bookmarks: int


def anchor_of(link: Element) -> str:
    """The anchor that a link leads to."""
    return (link.get("href") or "").removeprefix("#")


class SectionWriter:
    """Writes one section."""

    def __init__(self, theme: Theme, tables: TableWriter, surroundings: Surroundings) -> None:
        self._theme = theme
        self._tables = tables
        self._text_width = text_width(surroundings.page)
        self._break_before = surroundings.break_before
        self._bookmarks = surroundings.bookmarks
        self._page_numbers = dict(surroundings.page_numbers)
        self._drawings = iter(surroundings.drawings)
        self._headings = iter(surroundings.headings)
        self._contents_field = surroundings.contents
        self._opening = surroundings.opening
        self._line = 0.0
        """The height of a line of tightened contents, in the size of its letters."""
        self._apart = False
        """Whether the next paragraph keeps its distance from the table above it."""
        self._mark = ""
        self._title = ""
        """The last heading: what a table is called for those who do not see it."""

    def write(self, section: Element) -> WrittenSection:
        """Writes a ``section`` or the ``nav`` of the contents."""
        self._mark = self._own_mark(section)
        shares_page = "together" in (section.get("class") or "").split()
        self._apart = shares_page and not (self._break_before or self._opening)
        blocks = self._contents(section) if section.tag == "nav" else self._blocks(section)
        xml = self._opening + "".join(blocks)
        return WrittenSection(xml.encode(), self._break_before, self._bookmarks)

    def _blocks(self, section: Element) -> Iterator[str]:
        first = next(section.iterchildren(etree.Element), None)
        if self._mark and (first is None or first.tag in ("table", "figure")):
            yield f"{self._paragraph_opening(SECTION_END)}{self._taken_mark()}</w:p>"
        for block in section:
            if block.tag == "table":
                yield self._tables.table_xml(block, self._text_width, self._title, self._inline)
            elif block.tag == "figure":
                yield from self._figure(block)
            elif isinstance(block.tag, str):
                yield self._paragraph(block)

    def _paragraph(self, element: Element, runs: str | None = None) -> str:
        mark = self._taken_mark()
        style = self._theme.style(str(element.tag), element.get("class"))
        look = HeadingLook(style_id(style))
        if is_heading_block(element, style):
            look = next(self._headings)
            self._title = element.get("data-bookmark") or text_of_element(element)
        tabs = ""
        spacing = ""
        if runs is not None and self._line:
            points = twips(self._line * style.size)
            spacing = f'<w:spacing w:line="{points}" w:lineRule="exact"/>'
        if element.find("span[@class='right']") is not None:
            tabs = f'<w:tabs><w:tab w:val="right" w:pos="{self._text_width}"/></w:tabs>'
        content = self._inline(element, "") if runs is None else runs
        anchor = element.get("id")
        if anchor is not None:
            content = self._bookmarked(anchor, content)
            content += toc_mark(look.words, look.level) if look.level else ""
        return f"{self._paragraph_opening(look.style_id, tabs + spacing)}{mark}{content}</w:p>"

    def _paragraph_opening(self, style: str, tabs: str = "") -> str:
        """What stands before the content of a paragraph."""
        page_break = "<w:pageBreakBefore/>" if self._break_before else ""
        distance = _DISTANCE if self._apart else ""
        self._break_before = self._apart = False
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page_break}{tabs}{distance}</w:pPr>'

    def _own_mark(self, section: Element) -> str:
        """The bookmark and the line of the contents of a section that is listed itself."""
        anchor = section.get("id")
        if anchor is None:
            return ""
        level = int(section.get("data-toc", "0"))
        listed = toc_mark(section.get("data-bookmark", ""), level) if level else ""
        return self._bookmarked(anchor, "") + listed

    def _taken_mark(self) -> str:
        """That mark, for the first paragraph of the section."""
        mark, self._mark = self._mark, ""
        return mark

    def _bookmarked(self, anchor: str, content: str) -> str:
        self._bookmarks += 1
        number = self._bookmarks
        return (
            f'<w:bookmarkStart w:id="{number}" w:name={quoted_attribute(anchor)}/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _inline(self, element: Element, properties: str) -> str:
        if not len(element):  # most are cells of plain text
            return text_run(element.text or "", properties)
        return "".join(self._runs(element, properties))

    def _runs(self, element: Element, properties: str) -> Iterator[str]:
        yield text_run(element.text or "", properties)
        for child in element:
            if child.tag == "span" and child.get("class") == "right":
                yield "<w:r><w:tab/></w:r>"
            if child.tag == "a" and child.get("class") == "page":
                yield self._page_reference(child, properties)
                continue
            yield from self._runs(child, _emphasized(child, properties))
            yield text_run(child.tail or "", properties)

    def _page_reference(self, link: Element, properties: str = "") -> str:
        """A field with the page number of what a link leads to."""
        anchor = anchor_of(link)
        page = str(self._page_numbers.get(anchor, ""))
        return field(rf"PAGEREF {anchor} \h", page, properties)

    def _contents(self, nav: Element) -> Iterator[str]:
        """The table of contents: a field whose lines already show the right pages."""
        lines = list(nav)
        links = [line for line in lines if line.find("a") is not None]
        self._line = _line_of_contents(nav, self._theme)
        for line in lines:
            link = line.find("a")
            if link is None:
                self._break_before = True
                yield self._paragraph(line)
                continue
            runs = (
                f'<w:hyperlink w:anchor={quoted_attribute(anchor_of(link))} w:history="1">'
                f"{text_run(text_of_element(link))}"
                f"<w:r><w:tab/></w:r>{self._page_reference(link)}</w:hyperlink>"
            )
            runs = field_begin(self._contents_field) + runs if line is links[0] else runs
            runs = runs + FIELD_END if line is links[-1] else runs
            yield self._paragraph(line, runs)

    def _figure(self, figure: Element) -> Iterator[str]:
        for _ in figure.iter(SVG):
            yield next(self._drawings)
        for caption in figure.iterchildren("figcaption"):
            yield self._paragraph(caption)


def _line_of_contents(nav: Element, theme: Theme) -> float:
    """What the lines of the contents are tightened to, in the size of their letters; 0 if not."""
    for step, line in enumerate(theme.tighter_contents, 1):
        if f"tight-{step}" in (nav.get("class") or "").split():
            return line
    return 0.0


def _emphasized(element: Element, properties: str) -> str:
    """Run properties, in Word's order: bold, a size, the dotted line under a machine's words."""
    if element.get("class") == "automatic":
        return f'{properties}<w:u w:val="dotted"/>'
    return f"<w:b/>{properties}" if element.tag == "b" else properties
