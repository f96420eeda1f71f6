"""Lays one specimen of each kind of grid out with WeasyPrint and reads the geometry off it.

What the pack's CSS says about a grid is not guessed: WeasyPrint lays out the
headings, an empty page to go on with, and a table that holds one cell of each
kind. Sizes, positions and styles are read from its boxes. Whatever a rule says
about them that is not known here makes the kind unfit for painting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import tinycss2
from lxml import etree

from generator.document.tree import Document, Element
from generator.printing.grids.colour import UnknownStyleError, rgb
from generator.printing.grids.grid import CellKind, Grid
from generator.printing.grids.shaping import TextStyle
from generator.printing.pieces import shell

Box = Any
"""A box or page of WeasyPrint's, which ships no types."""

_PLACED = {
    *("display", "margin_top", "margin_right", "margin_bottom", "margin_left", "page", "lang"),
    *("break_before", "break_after", "bookmark_level", "bookmark_label", "anchor", "color_scheme"),
}
_TEXT = {
    *("font_family", "font_size", "font_weight", "font_style", "font_stretch", "line_height"),
    *("font_variant_caps", "color", "text_align_all", "text_align_last", "white_space"),
    *(
        "overflow_wrap",
        "text_indent",
        "text_decoration_line",
        "text_decoration_color",
        "text_decoration_style",
        "text_decoration_thickness",
        "link",
        "anchor",
        "lang",
    ),
}
_BORDER = {
    f"border_{side}_{what}"
    for side in ("top", "right", "bottom", "left")
    for what in ("color", "style", "width")
}
_TABLE = {"display", "border_spacing", "border_collapse", "box_sizing", "width", "table_layout"}
_UNDERSTOOD: Mapping[str, set[str]] = {
    "html": _PLACED | _TEXT,
    "body": _PLACED | _TEXT,
    "section": _PLACED | _TEXT,
    "table": _TABLE | _BORDER | _TEXT,
    "thead": {"display", "vertical_align"} | _BORDER | _TEXT,
    "tbody": {"display", "vertical_align"} | _BORDER | _TEXT,
    "tr": {"display", "vertical_align", "break_inside"} | _BORDER | _TEXT,
    "td": {"display", "vertical_align", "padding_top", "padding_right", "padding_bottom"}
    | {f"margin_{side}" for side in ("top", "right", "bottom", "left")}  # none on cells
    | {"padding_left"}
    | _BORDER
    | _TEXT,
    "data": _TEXT,
    "a": _TEXT | {"content"},
}
_UNDERSTOOD_ELEMENTS = {**_UNDERSTOOD, "th": _UNDERSTOOD["td"]}
_SELECTORS_BY_POSITION = re.compile(r"[+~]|:(?!:?(before|after)\b)|\[")
_SPECIMEN, _GOING_ON = "data-specimen", "data-going-on"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells of one kind look; lengths in CSS pixels, as WeasyPrint counts.

    Attributes:
        text: font, colour and line height.
        align: ``left``, ``center`` or ``right``.
        wraps: whether long texts break into lines.
        above, right, below, left: from the edge of the cell to its content.
    """

    text: TextStyle
    align: str
    wraps: bool
    above: float
    right: float
    below: float
    left: float


@dataclass(frozen=True, slots=True)
class PageNumber:
    """How the number of a page is printed: words around it, centred at a place."""

    before: str
    after: str
    style: TextStyle
    middle: float
    baseline: float

    def text(self, number: int) -> str:
        """What is printed on the page of that number."""
        return f"{self.before}{number}{self.after}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the pages of one kind of grid look like before the table is put on them.

    Attributes:
        kind: the number of the kind.
        first: WeasyPrint's page with the headings and an empty table.
        going_on: WeasyPrint's page without anything but what stands on each page.
        columns: the left edge of each column, and the right edge of the last.
        top: where the table begins on the first page.
        top_going_on: where it begins on the following pages.
        bottom: how far down rows may reach.
        rule: the width of the rules.
        colour: their colour, as red, green and blue.
        styles: how cells look.
        number: the page number, where there is one.
    """

    kind: int
    first: Box
    going_on: Box
    columns: tuple[float, ...]
    top: float
    top_going_on: float
    bottom: float
    rule: float
    colour: tuple[float, ...]
    styles: Mapping[CellKind, CellStyle]
    number: PageNumber | None


@dataclass(slots=True)
class _Kind:
    """Grids that share headings and columns, and the kinds of cells in them."""

    specimen: Grid
    cells: dict[CellKind, None]


def sheets(
    document: Document, grids: Sequence[Grid], css: str, render: Callable[[Element], Any]
) -> dict[Element, Sheet]:
    """The sheet of every grid that can be painted, by its section.

    Args:
        document: the document the grids stand in.
        grids: its grids.
        css: the stylesheet it is printed with.
        render: lays a document out with that stylesheet.
    """
    if not grids or _depends_on_position(css):
        return {}
    keys: dict[Element, str] = {}
    kinds: dict[str, _Kind] = {}
    for grid in grids:
        key = keys[grid.section] = _kind_of(grid)
        kind = kinds.setdefault(key, _Kind(grid, {}))
        kind.cells |= dict.fromkeys(cell.kind for row in grid.head + grid.body for cell in row)
    pages = render(_specimens(document, list(kinds.values()))).pages
    by_kind = {
        key: sheet
        for number, (key, kind) in enumerate(kinds.items())
        if (sheet := _sheet(pages, number, kind)) is not None
    }
    return {section: by_kind[key] for section, key in keys.items() if key in by_kind}


def _depends_on_position(css: str) -> bool:
    """Whether any rule for print depends on more than elements and classes.

    A specimen stands elsewhere than the cells it stands for, and its pages are
    not the pages they go to.
    """
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        selector = tinycss2.serialize(getattr(rule, "prelude", []) or [])
        if rule.type == "qualified-rule" and _SELECTORS_BY_POSITION.search(selector):
            return True
        if rule.type == "at-rule":
            if rule.lower_at_keyword == "page" and ":" in selector:
                return True
            if rule.lower_at_keyword not in ("page", "font-face", "charset") and (
                rule.lower_at_keyword != "media" or selector.strip() != "screen"
            ):
                return True
    return False


def _kind_of(grid: Grid) -> str:
    """What grids have in common that can share a sheet."""
    return etree.tostring(_skeleton(grid, 0), encoding="unicode")


def _skeleton(grid: Grid, kind: int) -> Element:
    """The section without rows; the names that are its own replaced by slots."""
    section = etree.Element("section", _attributes(grid.section))
    section.extend(deepcopy(each) for each in grid.headings)
    table = etree.SubElement(section, "table", _attributes(grid.table))
    table.append(deepcopy(grid.table[0]))
    for position, (element, attribute) in enumerate(_own_names(section)):
        element.set(attribute, _slot(kind, position))
    return section


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _slot(kind: int, position: int) -> str:
    return f"slot-{kind}-{position}"


def _own_names(section: Element) -> list[tuple[Element, str]]:
    """The attributes in which grids of one kind differ: anchors and bookmarks."""
    return [
        (element, attribute)
        for element in section.iter("section", "h1", "h2", "h3", "h4", "p", "span")
        for attribute in ("id", "data-bookmark", "data-toc-text")
        if element.get(attribute) is not None
    ]


def names_by_slot(grid: Grid, sheet: Sheet) -> dict[str, str]:
    """The anchors and bookmarks of a grid by the slots that stand for them on its sheet."""
    return {
        _slot(sheet.kind, position): element.get(attribute, "")
        for position, (element, attribute) in enumerate(_own_names(grid.section))
    }


def _specimens(document: Document, kinds: Sequence[_Kind]) -> Element:
    """A document of specimens: for each kind a page with a cell of each kind, and an empty one."""
    root = shell(document)
    body = root[-1]
    for number, kind in enumerate(kinds):
        section = _skeleton(kind.specimen, number)
        table = section[-1]
        table.set(_SPECIMEN, str(number))
        head = etree.SubElement(table, "thead")
        rows = etree.SubElement(table, "tbody")
        for cell in kind.cells:
            _add_cell(head if cell.in_head else rows, cell, kind.specimen.columns)
        if not len(head):
            table.remove(head)
        going_on = {_GOING_ON: str(number), "style": "break-before: page"}
        etree.SubElement(section, "div", going_on)
        body.append(section)
    return root


def _add_cell(part: Element, kind: CellKind, columns: int) -> None:
    row = etree.SubElement(part, "tr")
    cell = etree.SubElement(row, kind.tag, colspan=str(columns))
    for element, name in ((row, kind.row_class), (cell, kind.cell_class)):
        if name is not None:
            element.set("class", name)
    for part_of_cell in kind.content:
        if part_of_cell == "page":
            etree.SubElement(cell, "a", {"class": "page", "href": "#", "data-page": "1"})
        elif part_of_cell == "data":
            etree.SubElement(cell, "data").text = "0"
        elif len(cell):
            cell[-1].tail = "0"
        else:
            cell.text = "0"


def _sheet(pages: Sequence[Box], number: int, kind: _Kind) -> Sheet | None:
    try:
        return _read_sheet(pages, number, kind)
    except UnknownStyleError:
        return None


def _read_sheet(pages: Sequence[Box], number: int, kind: _Kind) -> Sheet:
    first, table_path = _page_with(pages, _SPECIMEN, number)
    going_on, going_on_path = _page_with(pages, _GOING_ON, number)
    table = table_path[-1].get_wrapped_table()
    for box in table_path[:-1]:
        _expect_understood(box)
    _expect_understood(table)
    page_number = _page_number(first._page_box)
    if page_number != _page_number(going_on._page_box):
        raise UnknownStyleError
    styles, rule, colour = _cell_styles(table, kind)
    columns = (*table.column_positions, table.column_positions[-1] + table.column_widths[-1])
    sheet = Sheet(
        number,
        first,
        going_on,
        columns,
        table.content_box_y(),
        going_on._page_box.content_box_y() + rule / 2,
        first._page_box.content_box_y() + first._page_box.height - rule / 2,
        rule,
        colour,
        styles,
        page_number,
    )
    _clear(first._page_box, table)
    _remove(going_on._page_box, next(box for box in going_on_path if box.element_tag == "section"))
    for page in (first, going_on):
        _remove_margin_texts(page._page_box)
    return sheet


def _page_with(pages: Sequence[Box], attribute: str, number: int) -> tuple[Box, list[Box]]:
    """The page on which the marked element stands, with the boxes that lead to it."""
    found = [
        (page, path)
        for page in pages
        if (path := _path(page._page_box, attribute, str(number))) is not None
    ]
    if len(found) != 1:
        raise UnknownStyleError
    return found[0]


def _path(box: Box, attribute: str, value: str) -> list[Box] | None:
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element.get(attribute) == value:
            return [child]
        if (path := _path(child, attribute, value)) is not None:
            return [child, *path]
    return None


def _expect_understood(box: Box) -> None:
    """No rule may say anything about a box that is not known here."""
    understood = _UNDERSTOOD_ELEMENTS.get(box.element_tag.split(":")[0], set())
    if unknown := set(getattr(box.style, "cascaded", {})) - understood:
        raise UnknownStyleError(f"{box.element_tag}: {', '.join(sorted(unknown))}")


def _cell_styles(
    table: Box, kind: _Kind
) -> tuple[dict[CellKind, CellStyle], float, tuple[float, ...]]:
    """The style of each kind of cell, and the width and colour of their rules."""
    if table.style["border_collapse"] != "collapse" or table.style["table_layout"] != "fixed":
        raise UnknownStyleError
    rows = [row for group in table.children for row in group.children]
    ordered = sorted(kind.cells, key=lambda cell: not cell.in_head)
    if len(rows) != len(ordered):
        raise UnknownStyleError
    styles = {}
    rules = set()
    for cell_kind, row in zip(ordered, rows, strict=True):
        (cell,) = row.children
        for box in (row, cell):
            _expect_understood(box)
        if row.style["break_inside"] != "avoid" or cell.style["vertical_align"] != "middle":
            raise UnknownStyleError
        styles[cell_kind] = _cell_style(cell)
        rules |= {
            (cell.style[f"border_{side}_style"], cell.style[f"border_{side}_color"])
            for side in ("top", "right", "bottom", "left")
        }
        rules |= {("width", width) for width in _half_rules(cell)}
    widths = [value for what, value in rules if what == "width"]
    colours = [value for what, value in rules if what == "solid"]
    if len(rules) != len(widths) + len(colours) or len(widths) != 1 or len(colours) != 1:
        raise UnknownStyleError
    return styles, 2 * widths[0], rgb(colours[0])


def _half_rules(cell: Box) -> tuple[float, ...]:
    """A collapsed rule belongs to the cells on both its sides, half to each."""
    return (
        cell.border_top_width,
        cell.border_right_width,
        cell.border_bottom_width,
        cell.border_left_width,
    )


def _cell_style(cell: Box) -> CellStyle:
    texts = list(_texts(cell))
    style = texts[0].style if texts else cell.style
    styles = {TextStyle(text.style) for text in texts} or {TextStyle(style)}
    if len(styles) != 1 or style["text_decoration_line"] != "none":
        raise UnknownStyleError
    align = {"start": "left", "end": "right"}.get(
        cell.style["text_align_all"], cell.style["text_align_all"]
    )
    indented = cell.style["text_indent"].value
    wraps = {"normal": True, "nowrap": False}.get(cell.style["white_space"])
    if align not in ("left", "center", "right") or indented or wraps is None:
        raise UnknownStyleError
    if wraps and cell.style["overflow_wrap"] != "anywhere":
        raise UnknownStyleError
    return CellStyle(
        styles.pop(),
        align,
        wraps,
        cell.border_top_width + cell.padding_top,
        cell.border_right_width + cell.padding_right,
        cell.border_bottom_width + cell.padding_bottom,
        cell.border_left_width + cell.padding_left,
    )


def _texts(box: Box) -> Iterator[Box]:
    """The boxes of text in a cell, which holds nothing else."""
    for child in box.children:
        if type(child).__name__ == "TextBox":
            yield child
        elif type(child).__name__ in ("LineBox", "InlineBox"):
            if type(child).__name__ == "InlineBox":
                _expect_understood(child)
            yield from _texts(child)
        else:
            raise UnknownStyleError


def _page_number(page_box: Box) -> PageNumber | None:
    """The one text in the margins: the page number, centred."""
    filled = [box for box in page_box.children if _is_margin(box) and box.children]
    if not filled:
        return None
    box = filled[0]
    texts = [text for line in box.children for text in getattr(line, "children", ())]
    if len(filled) > 1 or len(texts) != 1 or box.at_keyword not in _CENTRED:
        raise UnknownStyleError
    words = [_words(part) for part in box.style["content"]]
    if words.count(None) != 1:
        raise UnknownStyleError
    at = words.index(None)
    text = texts[0]
    return PageNumber(
        "".join(word or "" for word in words[:at]),
        "".join(word or "" for word in words[at:]),
        TextStyle(text.style),
        text.position_x + text.width / 2,
        text.position_y + text.baseline,
    )


_CENTRED = ("@bottom-center", "@top-center")


def _words(part: Any) -> str | None:
    """A part of what a margin says: words, or nothing for the page number."""
    if part == ("counter()", ("page", "decimal")):
        return None
    if part[0] != "string":
        raise UnknownStyleError
    return str(part[1])


def _is_margin(box: Box) -> bool:
    return type(box).__name__ == "MarginBox"


def _remove_margin_texts(page_box: Box) -> None:
    page_box.children = [box for box in page_box.children if not _is_margin(box)]


def _clear(page_box: Box, table: Box) -> None:
    """Takes the rows of a specimen away: the table is painted in their place."""
    table.children = []
    table.height = page_box.content_box_y() + page_box.height - table.content_box_y()


def _remove(box: Box, gone: Box) -> None:
    """Takes a box off its page."""
    children = getattr(box, "children", None)
    if not children:
        return
    if any(child is gone for child in children):
        box.children = [child for child in children if child is not gone]
        return
    for child in children:
        _remove(child, gone)
