"""Reads an HTML document: headings, paragraphs and tables as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.limits import MAX_TEXT_BYTES, check_size, damaged
from generator.drafts.wording import trimmed

Element = etree._Element
_TEXTS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "figcaption"})
_HIDDEN = frozenset({"script", "style", "svg", "template", "head", "nav"})
"""What is no text of the document; a ``nav`` only repeats its headings."""
_MOST_SPANNED = 100


def read_html(path: Path) -> Iterator[Block]:
    """The blocks of an HTML document.

    Raises:
        UnusableInputError: E102, E602 or E603.
    """
    check_size(path, MAX_TEXT_BYTES)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = html.fromstring(path.read_bytes(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        damaged(path, "不是完整的 HTML 文件")
    for block, _ in html_blocks(root):
        yield block


def html_blocks(root: Element) -> Iterator[tuple[Block, Element]]:
    """The blocks of a tree, each with its element; spots count paragraphs and rows."""
    count = 0
    for element in _elements(root):
        if element.tag == "table":
            rows = []
            for cells in html_grid(element):
                count += 1
                texts = tuple("" if cell is None else trimmed(_text(cell)) for cell in cells)
                rows.append(Row(texts, Spot("段", count)))
            yield Table(rows), element
        elif text := trimmed(_text(element)):
            count += 1
            aside = "水印" if _is_watermark(element) else ""
            yield Paragraph(text, Spot("段", count), aside), element


def _elements(element: Element) -> Iterator[Element]:
    """The tables and the innermost elements of text, in reading order."""
    for child in element:
        name = _name(child)
        if name in _HIDDEN:
            continue
        if name in _TEXTS or name == "table" or _is_watermark(child):
            yield child
        else:
            yield from _elements(child)


def _is_watermark(element: Element) -> bool:
    return "watermark" in element.get("class", "").split()


def _name(element: Element) -> str:
    """The name of an element without its namespace; that of a comment is empty."""
    return etree.QName(element).localname if isinstance(element.tag, str) else "script"


def _text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if _name(child) not in _HIDDEN:
            parts.append("\n" if _name(child) == "br" else _text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def html_grid(table: Element) -> Iterator[tuple[Element | None, ...]]:
    """The rows of a table as grid rows: what a merged cell covers is ``None``."""
    reaching: dict[int, int] = {}
    """For each column, how many more rows a cell from above covers."""
    for row in table.iter("tr"):
        cells: list[Element | None] = []
        for cell in row:
            if _name(cell) not in ("td", "th"):
                continue
            _skip_covered(cells, reaching)
            span, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + span):
                if down > 1:
                    reaching[column] = down - 1
            cells += [cell, *[None] * (span - 1)]
        _skip_covered(cells, reaching)
        yield tuple(cells)


def _skip_covered(cells: list[Element | None], reaching: dict[int, int]) -> None:
    while reaching.get(len(cells), 0):
        reaching[len(cells)] -= 1
        cells.append(None)


def _span(cell: Element, name: str) -> int:
    written = cell.get(name, "1")
    return max(1, min(int(written), _MOST_SPANNED)) if written.isdigit() else 1
