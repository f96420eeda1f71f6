"""Reads an HTML document: headings, paragraphs and tables as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lxml import etree

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Block, Paragraph, Row, Spot, Table
from generator.drafts.html.lists import ListNumbers
from generator.drafts.html.source import html_tree
from generator.drafts.html.svg import drawn_lines, is_drawing
from generator.drafts.lines import kept_lines
from generator.drafts.safety.limits import CellBudget, bounded_number
from generator.drafts.words.text import rejoined, trimmed

Element = etree._Element
_BLOCKS = frozenset(
    {"body", "main", "article", "section", "header", "footer", "aside", "div", "center", "form"}
    | {"nav"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "address", "fieldset"}
    | {"ol", "ul", "li", "dl", "dt", "dd", "figure", "figcaption", "details", "summary"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
"""What begins a paragraph of its own; other elements are part of one."""
_HIDDEN = frozenset({"script", "style", "template", "head", "noscript"})
"""What is no text of the document."""
_ENTRIES = ("p", "a", "li", "h1", "h2", "h3", "h4")
"""What holds one line of a ``nav``, unless it holds others."""
_NOT_SHOWN = late_pattern(r"(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAK = "\v"
"""A line break, in a text whose other line feeds are but spaces."""
_SPACE = late_pattern(r"[\t\r\n\f]+")
_CELLS = frozenset({"td", "th"})
_MOST_SPANNED = 100
_MOST_COLUMNS = 1_000

GridCells = tuple[Element | None, ...]


def read_html(path: Path) -> Iterator[Block]:
    """The blocks of an HTML document.

    Raises:
        UnusableInputError: E102, E602, E603, E605 or E606.
        TooMuchError: if merged cells swell tables.
    """
    return (block for block, _ in html_blocks(html_tree(path)))


def html_blocks(
    root: Element,
    most_rows: int | None = None,
    cells: dict[int, GridCells] | None = None,
    before: int = 0,
) -> Iterator[tuple[Block, Element]]:
    """The blocks of a tree, each with its element; spots count paragraphs and rows.

    Args:
        root: the tree.
        most_rows: read no more than the first so many rows of a table.
        cells: takes the cells of each row that is read, by its serial.
        before: how many paragraphs and rows there are before it.

    Raises:
        TooMuchError: if merged cells swell tables.
    """
    count = before
    budget = CellBudget()
    for element, content in _pieces(root):
        if isinstance(content, str) and _is_in_nav(element):
            yield Paragraph(content, Spot("段", count + 1), "目录"), element
            continue
        if isinstance(content, str):
            count += 1
            yield Paragraph(content, Spot("段", count), _aside(element)), element
            continue
        rows = []
        for row in islice(content, most_rows):
            count += 1
            budget.take(len(row))
            read = _row(row, count)
            rows.append(read)
            if cells is not None:
                cells[read.serial] = row
        if rows:
            yield Table(rows), element


def html_table(table: Element) -> Table:
    """All rows of one table, whose spots count them."""
    return Table([_row(cells, count) for count, cells in enumerate(html_grid(table), 1)])


def _pieces(
    element: Element, before: str = ""
) -> Iterator[tuple[Element, str | Iterator[GridCells]]]:
    """The paragraphs and tables below an element, in reading order; ``before`` is a number."""
    loose = [before, element.text or ""]
    numbers = ListNumbers(element)
    for child in element:
        if _is_block(child):
            if not "".join(loose[1:]).strip():  # the number is that of the first paragraph
                number = loose[0] + numbers.of(child)
            else:
                number = numbers.of(child)
                yield from _paragraph(element, loose)
            yield from _block(child, number)
            loose = [""]
        else:
            loose.append(_text(child, itself=True))
        loose.append(child.tail or "")
    yield from _paragraph(element, loose)


def _paragraph(element: Element, texts: list[str]) -> Iterator[tuple[Element, str]]:
    text = "".join(texts)
    if _name(element) == "pre":
        text = text.replace("\n", _BREAK)
    if _BREAK not in text:
        lines = [trimmed(text)]
    else:
        text = _SPACE.sub(" ", text).replace(_BREAK, "\n")
        lines = kept_lines(text, joined=_name(element) in _HEADINGS)
    for line in filter(None, lines):
        yield element, line


def _block(
    element: Element, number: str = ""
) -> Iterator[tuple[Element, str | Iterator[GridCells]]]:
    name = _name(element)
    if is_drawing(element):
        yield from ((element, line) for line in drawn_lines(element))
    elif name == "table":
        yield from _table(element)
    elif name == "nav":
        yield from _nav(element)
    elif _is_watermark(element) or not any(map(_is_block, element.iterdescendants())):
        yield from _paragraph(element, [number, _text(element)])
    else:
        yield from _pieces(element, number)


def _nav(nav: Element) -> Iterator[tuple[Element, str]]:
    """The lines of a table of contents; where it has no entries, all of it."""
    entries = [
        iterdescendant
        for iterdescendant in nav.iterdescendants(*_ENTRIES)
        if next(iterdescendant.iterdescendants(*_ENTRIES), None) is None
    ]
    for each in entries or [nav]:
        yield from _paragraph(each, [_text(each)])


def _is_in_nav(element: Element) -> bool:
    return _name(element) == "nav" or next(element.iterancestors("nav"), None) is not None


def _table(table: Element) -> Iterator[tuple[Element, str | Iterator[GridCells]]]:
    for caption in table.iterchildren("caption"):
        yield from _block(caption)
    yield from _astray(table)
    frame = _frame(table)
    if frame is None:
        yield table, html_grid(table)
    else:
        yield from _pieces(frame)


def _astray(element: Element) -> Iterator[tuple[Element, str | Iterator[GridCells]]]:
    """What stands in a table outside its cells, which browsers show above it."""
    if (text := element.text) and not text.isspace():
        yield from _paragraph(element, [text])
    for child in element:
        # what a cell says is not astray; there are too many to ask each whether it is shown
        name = "" if child.tag in _CELLS else _shown_name(child)
        if name == "tr" or (name and name not in _CELLS and _wraps(child, "tr", "td", "th")):
            yield from _astray(child)
        elif name and name not in _CELLS and name != "caption":
            yield from _block(child)
        if (text := child.tail) and not text.isspace():
            yield from _paragraph(element, [text])


def _wraps(element: Element, *parts: str) -> bool:
    """Whether an element in a table, a group of rows or a form say, stands around such parts."""
    name = _shown_name(element)
    if not name or name in _CELLS or name in {"tr", "table", "caption"}:
        return False
    return next(element.iterdescendants(*parts), None) is not None


def _frame(table: Element) -> Element | None:
    """The only cell of a table that is but a frame around other tables."""
    cells = list(islice((cell for row in _rows(table) for cell in _cells(row)), 2))
    inner = len(cells) == 1 and next(cells[0].iterdescendants("table"), None) is not None
    return cells[0] if inner else None


def _is_block(element: Element) -> bool:
    name = _shown_name(element)
    if name == "svg":  # one without words, a sign say, does not part a paragraph
        return bool(drawn_lines(element))
    return bool(name) and (name in _BLOCKS or _is_watermark(element))


def _is_shown(element: Element) -> bool:
    return bool(_shown_name(element))


def _shown_name(element: Element) -> str:
    """The name of an element that is shown, ``""`` of one that is not."""
    name, style = _name(element), element.get("style")
    hidden = (
        name in _HIDDEN
        or element.get("hidden") is not None
        or (style is not None and _NOT_SHOWN.search(style))
    )
    return "" if hidden else name


def _aside(element: Element) -> str:
    """What a paragraph of an element is, if it is no running text."""
    return "图" if is_drawing(element) else "水印" if _is_watermark(element) else ""


def _is_watermark(element: Element) -> bool:
    names = element.get("class")
    return names is not None and "watermark" in names.split()


def _name(element: Element) -> str:
    """The name of an element without its namespace; that of a comment is that of a script."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "script"


def _text(element: Element, *, itself: bool = False) -> str:
    """The text in an element; nothing if ``itself`` is to be looked at and is not shown."""
    name = _name(element)
    if itself and (name == "br" or not _is_shown(element)):
        return _BREAK if name == "br" else ""
    if name == "svg":
        return _BREAK.join(drawn_lines(element))
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child, itself=True), child.tail or ""]
    return "".join(parts) + " " * (itself and name in ("td", "th"))


def _row(cells: GridCells, count: int) -> Row:
    return Row(tuple(map(_cell_text, cells)), Spot("段", count))


def _cell_text(cell: Element | None) -> str:
    if cell is None:
        return ""
    pieces = [trimmed(piece) for piece in _text(cell).split(_BREAK)]
    return rejoined(pieces) if len(pieces) > 1 else pieces[0]


# Grids


def html_grid(table: Element) -> Iterator[GridCells]:
    """The rows of a table as grid rows: what a merged cell covers is ``None``."""
    reaching: dict[int, int] = {}
    """For each column, how many more rows a cell from above covers."""
    for row in _rows(table):
        cells: list[Element | None] = []
        for cell in _cells(row):
            _skip_covered(cells, reaching)
            room = max(_MOST_COLUMNS - len(cells), 1)
            span, down = min(_span(cell, "colspan"), room), _span(cell, "rowspan")
            if down > 1:
                reaching.update(dict.fromkeys(range(len(cells), len(cells) + span), down - 1))
            cells += [cell, *[None] * (span - 1)]
        _skip_covered(cells, reaching)
        yield tuple(cells)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table that are shown, without those of tables inside it.

    What holds cells without a row around them is a row itself.
    """
    if any(_shown_name(child) in _CELLS for child in table):
        yield table
    for child in table:
        if _shown_name(child) == "tr":
            yield child
        elif _wraps(child, "tr", "td", "th"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if _shown_name(child) in _CELLS:
            yield child
        elif _name(row) == "tr" and _wraps(child, "td", "th"):
            yield from _cells(child)


def _skip_covered(cells: list[Element | None], reaching: dict[int, int]) -> None:
    while reaching.get(len(cells), 0):
        reaching[len(cells)] -= 1
        cells.append(None)


def _span(cell: Element, name: str) -> int:
    return max(1, bounded_number(cell.get(name), 1, _MOST_SPANNED))
