"""Writes a document as Typst source that prints the same: for the benchmark only.

Same texts, tables, fonts, sizes, margins, page numbers, contents, bookmarks and
charts, taken from the same tree and the same theme.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from lxml import etree

from generator.compose.document.tree import Element, HtmlDocument, text_of_element
from generator.pack.theme import Align, PageLayout, Style, Theme

_SVG = "{http://www.w3.org/2000/svg}svg"
_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center", Align.JUSTIFY: "left"}
_ABOVE_MIDDLE = 0.36  # em from the baseline to the middle of Chinese characters
_SPECIAL = re.compile(r'([\\"])')
_MARKUP = re.compile(r"""([\\*_#$<>@~`"'\[\]=+/.-])""")


def typst_source(document: HtmlDocument, theme: Theme) -> str:
    """The whole document as Typst source."""
    return "\n".join(_Source(document, theme).lines())


class _Source:
    """Walks the tree and writes it line by line, as somebody who knows Typst would.

    What holds for many places is set once: the look of a kind of paragraph is a function, that of a
    kind of table a show rule, the alignment of a column an argument of its table; a cell is written
    out only if it spans others or is set otherwise than its column.
    """

    def __init__(self, document: HtmlDocument, theme: Theme) -> None:
        self._document = document
        self._theme = theme
        self._reached = 0
        self._names: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        body = list(self._body())
        yield f"#set document(title: {_quoted(self._document.title)})"
        yield '#set text(lang: "zh", region: "cn")'
        yield "#set par(leading: 0pt)"
        yield f"#set table(stroke: {self._theme.table.rule}pt, inset: {self._inset()})"
        yield "#set table.cell(breakable: false)"
        size = self._theme.page_number.size
        yield f"#let number = context text(size: {size}pt)[— #counter(page).display() —]"
        for look, name in self._names.items():
            yield f"#let {name}(it) = {look}"
        yield from body

    def _body(self) -> Iterator[str]:
        started, page = False, ""
        for section in self._document.body:
            if section.tag == "div":
                continue
            started_here = "start" in (section.get("class") or "").split()
            started = started or started_here
            wanted = self._page(section, numbered=started)
            yield "#pagebreak(weak: true)" if wanted == page else wanted
            page = wanted
            if started_here:
                yield "#counter(page).update(1)"
            yield from self._section(section)

    def _inset(self) -> str:
        padding = self._theme.table.padding
        return f"(x: {padding.horizontal}pt, y: {padding.vertical}pt)"

    def _page(self, section: Element, *, numbered: bool) -> str:
        """A section starts a page of its layout."""
        page: PageLayout = self._theme.page(section.get("class"))
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
        content = f"#{self._named(self._look(style))}[{self._inline(element)}]"
        if element.tag in ("h1", "h2", "h3", "h4"):
            outlined = str(element.get("data-toc") is not None).lower()
            level = self._level(element)
            return f"#heading(level: {level}, outlined: {outlined})[{content}]{anchor}"
        return content

    def _level(self, heading: Element) -> int:
        """Headings of a tagged PDF may not skip a level."""
        wanted = int(heading.get("data-toc") or ("3" if heading.get("class") else heading.tag[1]))
        self._reached = min(wanted, self._reached + 1)
        return self._reached

    def _inline(self, element: Element) -> str:
        """The content of a paragraph; what floats right is set right."""
        right = element.find("span[@class='right']")
        if right is None:
            return _text(text_of_element(element))
        left = "".join(text_of_element(span) for span in element if span is not right)
        return f"{_text(left)} #h(1fr) {_text(text_of_element(right))}"

    def _named(self, look: str) -> str:
        """The name of the function that gives text a look; it is written once, at the top."""
        return self._names.setdefault(look, f"look{len(self._names) + 1}")

    def _look(self, style: Style) -> str:
        indent = f"first-line-indent: (amount: {style.first_line}em, all: true)"
        justify = str(style.align is Align.JUSTIFY).lower()
        return (
            f"block(above: {style.before}pt, below: {style.after}pt, width: 100%, "
            f"{{ set par({indent}, justify: {justify}); "
            f"set align({_ALIGN[style.align]}); set text({self._letters(style)}); it }})"
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
        letters = self._letters(self._theme.style("td", None, kind))
        widths = ", ".join(
            (column.get("style") or "").removeprefix("width:").strip()
            for column in table.iterfind("colgroup/col")
        )
        placed = list(_placed(table))
        usual = _usual(self._align(cell, kind) for _, cell in placed)
        columns = defaultdict[int, list[str]](list)
        for column, cell in placed:
            columns[column].append(self._align(cell, kind))
        aligned = [_usual(columns.get(at, [usual])) for at in range(widths.count(",") + 1)]
        head, body = list[str](), list[str]()
        for column, cell in placed:
            in_head = cell.getparent().getparent().tag == "thead"  # type: ignore[union-attr]
            (head if in_head else body).append(self._cell(cell, kind, aligned[column]))
        look = self._named(f"{{ set par(justify: false); set text({letters}); it }}")
        heads = f"table.header({', '.join(head)}), " if head else ""
        aligns = ", ".join(f"{align} + horizon" for align in aligned)
        return f"#{look}(table(columns: ({widths}), align: ({aligns},), {heads}{', '.join(body)}))"

    def _cell(self, cell: Element, kind: str | None, align_of_column: str) -> str:
        content = _text(text_of_element(cell))
        link = cell.find("a[@class='page']")
        if link is not None:
            target = (link.get("href") or "").removeprefix("#")
            content = f"#link(<{target}>, context counter(page).at(<{target}>).first())"
        letters = self._letters(self._theme.style(str(cell.tag), None, kind))
        if letters != self._letters(self._theme.style("td", None, kind)):
            content = f"#{self._named(f'text({letters}, it)')}[{content}]"
        if "total" in (cell.getparent().get("class") or ""):  # type: ignore[union-attr]
            content = f"*{content}*" if content else ""
        said = [
            f"{name}: {cell.get(name)}" for name in ("colspan", "rowspan") if _spans(cell, name)
        ]
        if (align := self._align(cell, kind)) != align_of_column:
            said.append(f"align: {align} + horizon")
        return f"table.cell({', '.join(said)})[{content}]" if said else f"[{content}]"

    def _align(self, cell: Element, kind: str | None) -> str:
        names = (cell.get("class") or "").split()
        if {"field", "center"} & set(names):
            return "center"
        if "amount" in names:
            return "right"
        return _ALIGN[self._theme.style(str(cell.tag), None, kind).align]


def _placed(table: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a table, each with the column it begins in."""
    for part in table.iterfind("*"):
        covered: dict[int, int] = {}
        for row in part.iterfind("tr"):
            column, next_row = 0, {at: left - 1 for at, left in covered.items() if left > 1}
            for cell in row:
                while covered.get(column):
                    column += 1
                yield column, cell
                across = _spans(cell, "colspan") or 1
                down = _spans(cell, "rowspan") or 1
                next_row.update(dict.fromkeys(range(column, column + across), down - 1))
                column += across
            covered = next_row


def _spans(cell: Element, name: str) -> int:
    """How many columns or rows a cell spans; 0 if it is but one."""
    count = int(cell.get(name) or 1)
    return count if count > 1 else 0


def _usual(values: Iterable[str]) -> str:
    """What is said most often."""
    return Counter(values).most_common(1)[0][0]


def _text(text: str) -> str:
    """Text as markup that shows it literally."""
    return _MARKUP.sub(r"\\\1", text)


def _quoted(text: str) -> str:
    return '"' + _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n") + '"'
