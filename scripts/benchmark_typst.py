"""Writes a document as Typst source that prints the same: for the benchmark only.

Same texts, tables, fonts, sizes, margins, page numbers, contents, bookmarks and
charts, taken from the same tree and the same theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.compose.document.tree import Document, Element, text_of
from generator.pack.theme import Align, Page, Style, Theme

_SVG = "{http://www.w3.org/2000/svg}svg"
_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center", Align.JUSTIFY: "left"}
_ABOVE_MIDDLE = 0.36  # em from the baseline to the middle of Chinese characters
_SPECIAL = re.compile(r'([\\"])')


def typst_source(document: Document, theme: Theme) -> str:
    """The whole document as Typst source."""
    return "\n".join(_Source(document, theme).lines())


class _Source:
    """Walks the tree and writes it line by line."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self._document = document
        self._theme = theme
        self._reached = 0

    def lines(self) -> Iterator[str]:
        number = self._theme.page_number
        yield f"#set document(title: {_quoted(self._document.title)})"
        yield '#set text(lang: "zh", region: "cn")'
        yield f"#set table(stroke: {self._theme.table.rule}pt, inset: {self._inset()})"
        yield "#show table.cell: set par(justify: false)"
        yield f"#let number = context text(size: {number.size}pt)[— #counter(page).display() —]"
        started = False
        for section in self._document.body:
            if section.tag == "div":
                continue
            started_here = "start" in (section.get("class") or "").split()
            started = started or started_here
            yield self._page(section, numbered=started)
            if started_here:
                yield "#counter(page).update(1)"
            yield from self._section(section)

    def _inset(self) -> str:
        padding = self._theme.table.padding
        return f"(x: {padding.horizontal}pt, y: {padding.vertical}pt)"

    def _page(self, section: Element, *, numbered: bool) -> str:
        """A section starts a page of its layout."""
        page: Page = self._theme.page(section.get("class"))
        margin = (
            f"top: {page.top}mm, bottom: {page.bottom}mm, "
            f"left: {page.left}mm, right: {page.right}mm"
        )
        footer = "align(center, number)" if numbered else "none"
        return (
            f'#set page(paper: "a4", flipped: {str(page.landscape).lower()}, '
            f"margin: ({margin}), footer: {footer})"
        )

    def _section(self, section: Element) -> Iterator[str]:
        for element in section:
            if element.tag == "table":
                yield self._table(element)
            elif element.tag == "figure":
                yield self._figure(element)
            else:
                yield self._paragraph(element)
        if section.tag == "nav":
            yield "#outline(title: none, depth: 2)"

    def _paragraph(self, element: Element) -> str:
        if "toc-1" in (element.get("class") or "") or "toc-2" in (element.get("class") or ""):
            return ""  # the contents are an outline
        style = self._theme.style(str(element.tag), element.get("class"))
        anchor = f" <{element.get('id')}>" if element.get("id") else ""
        content = self._set(style, self._inline(element))
        if element.tag in ("h1", "h2", "h3", "h4"):
            outlined = str(element.get("data-toc") is not None).lower()
            level = self._level(element)
            return f"#heading(level: {level}, outlined: {outlined})[#{content}]{anchor}"
        return f"#{content}"

    def _level(self, heading: Element) -> int:
        """Headings of a tagged PDF may not skip a level."""
        wanted = int(heading.get("data-toc") or ("3" if heading.get("class") else heading.tag[1]))
        self._reached = min(wanted, self._reached + 1)
        return self._reached

    def _inline(self, element: Element) -> str:
        """The content of a paragraph; what floats right is set right."""
        right = element.find("span[@class='right']")
        if right is None:
            return _text(text_of(element))
        left = "".join(text_of(span) for span in element if span is not right)
        return f"[{_text(left)} #h(1fr) {_text(text_of(right))}]"

    def _set(self, style: Style, content: str) -> str:
        indent = f"first-line-indent: (amount: {style.first_line}em, all: true)"
        justify = str(style.align is Align.JUSTIFY).lower()
        return (
            f"block(above: {style.before}pt, below: {style.after}pt, width: 100%, "
            f"{{ set par(leading: 0pt, {indent}, justify: {justify}); "
            f"set align({_ALIGN[style.align]}); "
            f"text({self._letters(style)}, "
            f"{content if content.startswith('[') else f'[{content}]'}) }})"
        )

    def _letters(self, style: Style) -> str:
        """Font and size; the edges of a line of text lie as far apart as the lines shall."""
        line = style.line or style.size * 1.3
        top = line / 2 + _ABOVE_MIDDLE * style.size
        weight = _quoted("bold" if style.bold else "regular")
        return (
            f"font: {self._font(style)}, size: {style.size}pt, weight: {weight}, "
            f"top-edge: {top:.2f}pt, bottom-edge: {top - line:.2f}pt"
        )

    def _font(self, style: Style) -> str:
        return _quoted(self._theme.fonts[style.font].pdf)

    def _figure(self, element: Element) -> str:
        drawing = next(element.iterchildren(_SVG))
        svg = etree.tostring(drawing, encoding="unicode", with_tail=False)
        caption = element.findtext("figcaption", "")
        alternative = drawing.get("aria-label", "")
        image = f'image(bytes({_quoted(svg)}), format: "svg", alt: {_quoted(alternative)})'
        return f"#align(center)[#{image} {_text(caption)}]"

    def _table(self, table: Element) -> str:
        kind = table.get("class")
        style = self._theme.style("td", None, kind)
        columns = ", ".join(
            (column.get("style") or "").removeprefix("width:").strip()
            for column in table.iterfind("colgroup/col")
        )
        head = [cell for row in table.iterfind("thead/tr") for cell in row]
        body = [cell for row in table.iterfind("tbody/tr") for cell in row]
        heads = ", ".join(self._cell(cell, kind) for cell in head)
        parts = [f"table.header({heads})"] if head else []
        parts += [self._cell(cell, kind) for cell in body]
        return (
            f"#{{ set par(leading: 0pt); set text({self._letters(style)}); "
            f"table(columns: ({columns}), {', '.join(parts)}) }}"
        )

    def _cell(self, cell: Element, kind: str | None) -> str:
        names = (cell.get("class") or "").split()
        style = self._theme.style(str(cell.tag), None, kind)
        align = "right" if "amount" in names else _ALIGN[style.align]
        if {"field", "center"} & set(names):
            align = "center"
        spans = "".join(
            f", {name}: {cell.get(name)}" for name in ("colspan", "rowspan") if cell.get(name)
        )
        content = _text(text_of(cell))
        link = cell.find("a[@class='page']")
        if link is not None:
            target = (link.get("href") or "").removeprefix("#")
            content = f"#link(<{target}>, context counter(page).at(<{target}>).first())"
        if cell.tag == "th":
            content = f"#text({self._letters(style)})[{content}]"
        if "total" in (cell.getparent().get("class") or ""):  # type: ignore[union-attr]
            content = f"*{content}*" if content else ""
        return f"table.cell(align: {align} + horizon, breakable: false{spans})[{content}]"


def _text(text: str) -> str:
    """Text as markup that shows it literally."""
    return f"#{_quoted(text)};" if text else ""


def _quoted(text: str) -> str:
    return '"' + _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n") + '"'
