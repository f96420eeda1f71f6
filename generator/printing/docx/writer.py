"""Walks the document tree and writes the body of the DOCX."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from docx.oxml import parse_xml
from lxml import etree

from generator.document.tree import Document, Element, text_of
from generator.pack.pack import Pack
from generator.printing.docx.markup import (
    FIELD_END,
    NAMESPACES,
    field,
    field_begin,
    text_run,
    toc_mark,
)
from generator.printing.docx.package import new_package, save
from generator.printing.docx.pictures import EMU_PER_POINT, Picture, draw
from generator.printing.docx.sections import add_footer, add_watermark, section_xml, text_width
from generator.printing.docx.styles import style_id
from generator.printing.docx.tables import table_xml

_SVG = "{http://www.w3.org/2000/svg}svg"
_TOC_FIELD = r"TOC \f \h \z"
_TINY = '<w:pPr>{}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{}</w:pPr>'


def write_docx(document: Document, pack: Pack, page_numbers: Mapping[str, int]) -> bytes:
    """Returns the DOCX of a document.

    Args:
        document: the tree that the PDF is printed from as well.
        pack: the template pack, for its theme.
        page_numbers: printed page of each heading, shown in the table of contents
            until the reader updates it.
    """
    return _Writer(document, pack, page_numbers).write()


def _emphasis(element: Element) -> str:
    """Run properties: bold, or the dotted line under what a machine has written."""
    if element.get("class") == "automatic":
        return '<w:u w:val="dotted"/>'
    return "<w:b/>" if element.tag == "b" else ""


class _Writer:
    """Collects the blocks of the body; sections end where the page layout changes."""

    def __init__(self, document: Document, pack: Pack, page_numbers: Mapping[str, int]) -> None:
        self._document = document
        self._theme = pack.theme
        self._page_numbers = page_numbers
        author = document.root.find("head/meta[@name='author']")
        name = author.get("content", "") if author is not None else ""
        self._package = new_package(pack.theme, document.title, name)
        charts = list(document.root.iter(_SVG))
        self._pictures = dict(zip(charts, draw(charts), strict=True))
        self._page = pack.theme.pages[0]
        self._blocks: list[str] = []
        self._break_before = False
        self._bookmarks = 0

    def write(self) -> bytes:
        """Writes the whole body and returns the file."""
        watermark = self._document.body.find("div[@class='watermark']")
        header = ""
        if watermark is not None:
            header = add_watermark(self._package, self._theme, text_of(watermark))
        footer = add_footer(self._package, self._theme)
        front, numbered = True, None
        for section in self._document.body.iterchildren("section", "nav"):
            classes = section.get("class")
            page = self._theme.page(classes)
            names = (classes or "").split()
            if "start" in names:  # cover and contents end here, numbering begins
                self._end_section(header=header)
                front, numbered = False, 1
                first_footer = footer
            elif page is not self._page:
                self._end_section(start=numbered, footer=first_footer)
                numbered, first_footer = None, ""
            elif self._blocks and "continued" not in names:
                self._break_before = True
            self._page = page
            self._section(section)
        if front:
            numbered, first_footer = None, footer
        last = section_xml(self._page, start=numbered, footer=first_footer)
        body = "".join(self._blocks)
        parsed = parse_xml(f"<w:body {NAMESPACES}>{body}{last}</w:body>")
        self._package.element.replace(self._package.element.body, parsed)
        return save(self._package)

    def _end_section(self, *, start: int | None = None, footer: str = "", header: str = "") -> None:
        """Closes the section written so far with a paragraph too small to see."""
        properties = section_xml(self._page, start=start, footer=footer, header=header)
        self._blocks.append(f"<w:p>{_TINY.format('', properties)}</w:p>")
        self._break_before = False

    def _section(self, section: Element) -> None:
        if section.tag == "nav":
            self._contents(section)
            return
        for block in section:
            if block.tag == "table":
                self._blocks.append(
                    table_xml(block, self._theme, text_width(self._page), self._inline)
                )
            elif block.tag == "figure":
                self._figure(block)
            elif isinstance(block.tag, str):
                self._blocks.append(self._paragraph(block))

    def _paragraph(self, element: Element, runs: str | None = None, more: str = "") -> str:
        style = self._theme.style(str(element.tag), element.get("class"))
        page_break = "<w:pageBreakBefore/>" if self._break_before else ""
        self._break_before = False
        tabs = ""
        if element.find("span[@class='right']") is not None:
            position = text_width(self._page)
            tabs = f'<w:tabs><w:tab w:val="right" w:pos="{position}"/></w:tabs>'
        content = self._inline(element, "") if runs is None else runs
        anchor = element.get("id")
        if anchor is not None:
            content = self._bookmarked(anchor, content)
            level = int(element.get("data-toc", "0"))
            content += toc_mark(element.get("data-bookmark", ""), level) if level else ""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{page_break}{tabs}{more}</w:pPr>'
            f"{content}</w:p>"
        )

    def _bookmarked(self, anchor: str, content: str) -> str:
        self._bookmarks += 1
        number = self._bookmarks
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{anchor}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def _inline(self, element: Element, properties: str) -> str:
        return "".join(self._runs(element, properties))

    def _runs(self, element: Element, properties: str) -> Iterator[str]:
        yield text_run(element.text or "", properties)
        for child in element:
            if child.tag == "span" and child.get("class") == "right":
                yield "<w:r><w:tab/></w:r>"
            if child.tag == "a" and child.get("class") == "page":
                yield self._page_reference(child, properties)
                continue
            yield from self._runs(child, properties + _emphasis(child))
            yield text_run(child.tail or "", properties)

    def _page_reference(self, link: Element, properties: str = "") -> str:
        """A field with the page number of what a link leads to."""
        anchor = (link.get("href") or "").removeprefix("#")
        page = str(self._page_numbers.get(anchor, ""))
        return field(rf"PAGEREF {anchor} \h", page, properties)

    def _contents(self, nav: Element) -> None:
        """The table of contents: a field whose lines already show the right pages."""
        lines = list(nav)
        links = [line for line in lines if line.find("a") is not None]
        for line in lines:
            link = line.find("a")
            if link is None:
                self._break_before = True
                self._blocks.append(self._paragraph(line))
                continue
            anchor = (link.get("href") or "").removeprefix("#")
            runs = (
                f'<w:hyperlink w:anchor="{anchor}" w:history="1">{text_run(text_of(link))}'
                f"<w:r><w:tab/></w:r>{self._page_reference(link)}</w:hyperlink>"
            )
            runs = field_begin(_TOC_FIELD) + runs if line is links[0] else runs
            runs = runs + FIELD_END if line is links[-1] else runs
            position = text_width(self._page)
            tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{position}"/></w:tabs>'
            self._blocks.append(self._paragraph(line, runs, tabs))

    def _figure(self, figure: Element) -> None:
        for chart in figure.iter(_SVG):
            self._blocks.append(self._picture(self._pictures[chart]))
        for caption in figure.iterchildren("figcaption"):
            self._blocks.append(self._paragraph(caption))

    def _picture(self, picture: Picture) -> str:
        shape = self._package.part.new_pic_inline(
            io.BytesIO(picture.png),
            width=round(picture.width * EMU_PER_POINT),
            height=round(picture.height * EMU_PER_POINT),
        )
        shape.docPr.set("descr", picture.alternative)
        drawing = etree.tostring(shape, encoding="unicode")
        return (
            '<w:p><w:pPr><w:keepNext/><w:spacing w:before="200" w:line="240" w:lineRule="auto"/>'
            '<w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
            f"<w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"
        )
