"""Reads off a laid out specimen what the pages and cells of a kind of grid look like."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from generator.core.records import replace
from generator.printing.fragments.stamp import Stamp
from generator.printing.grids.grid import PaintedCellKind
from generator.printing.grids.known_css import (
    SIDES,
    Box,
    UnknownStyleError,
    expect,
    expect_known,
    expect_no_border,
    rgb,
    text_align,
)
from generator.printing.grids.letterhead import Letterhead
from generator.printing.grids.own_lines import OwnLine, read_own_lines
from generator.printing.grids.page_number import (
    page_number,
    remove,
    remove_number,
    saying_margins,
    stamp_of,
)
from generator.printing.grids.shaping import Chunk, SettingStyle, Shaper

_HARMLESS_BREAKS = ("auto", "page", "avoid", "avoid-page")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells of one kind look; lengths in CSS pixels, as WeasyPrint counts.

    Attributes:
        text: font, colour and line height.
        align: ``left``, ``center`` or ``right``.
        wraps: whether long texts break into lines.
        above, right, below, left: from the edge of the cell to its content.
    """

    text: SettingStyle
    align: str
    wraps: bool
    above: float
    right: float
    below: float
    left: float


@dataclass(frozen=True, slots=True)
class RuleStyle:
    """How rules are drawn: their width, and their colour as red, green and blue."""

    width: float
    colour: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GridPage:
    """What the pages of one kind of grid look like before the table is put on them.

    Attributes:
        letterhead: what WeasyPrint writes on them.
        left: where the table begins.
        width: how wide it is.
        columns: the left edge of each column, and the right edge of the last, of the specimen.
        top: where the table begins on the first page.
        top_going_on: where it begins on the following pages.
        bottom: how far down rows may reach.
        rule: how rules are drawn.
        styles: how cells look; only WeasyPrint can print a grid with others.
        stamp: how the page number is printed, where there is one.
        stamp_chunks: the glyphs that takes.
    """

    letterhead: Letterhead
    left: float
    width: float
    columns: tuple[float, ...]
    top: float
    top_going_on: float
    bottom: float
    rule: RuleStyle
    styles: Mapping[PaintedCellKind, CellStyle]
    stamp: Stamp | None
    stamp_chunks: tuple[Chunk, ...]


def read_sheet(
    first: Box,
    going_on: Box,
    kind: int | None,
    cells: Sequence[PaintedCellKind],
    write: Callable[[Sequence[Sequence[OwnLine]]], Letterhead],
    shaper: Shaper,
) -> GridPage:
    """The sheet that two pages of a specimen show; they keep only what stays on every page.

    Args:
        first: the page with the headings and the table, a cell of each kind in each row.
        going_on: the page after it, empty.
        kind: the number of the kind of grid; nothing if no words are its grids' own.
        cells: the kinds of the cells, those in the head first.
        write: writes the two pages once they are bare, with the lines taken off each.
        shaper: what shapes page numbers.

    Raises:
        UnknownStyleError: if only WeasyPrint can lay such grids out.
    """
    table = _table(first)
    section = _path_to(going_on._page_box, "section")[-1]
    for page in (first, going_on):
        _expect_titles_alone(page._page_box)
    number = page_number(first._page_box)
    expect(number == page_number(going_on._page_box), "page number")
    styles, rule = _read_table(table, cells)
    page_box = first._page_box
    stamp, chunks = (None, ()) if number is None else stamp_of(number, shaper)
    geometry = (
        *_frame(table),
        going_on._page_box.content_box_y() + rule.width / 2,
        page_box.content_box_y() + page_box.height - rule.width / 2,
        rule,
        styles,
        stamp,
        chunks,
    )
    table.children = []  # the table is painted in its place
    remove(going_on._page_box, section)
    own_lines = [read_own_lines(page._page_box, kind, shaper) for page in (first, going_on)]
    for page in (first, going_on):
        remove_number(page._page_box)
    return GridPage(write(own_lines), *geometry)


def section_on(page: Box) -> Any:
    """The section of the document that a page shows, if any."""
    path = next(_paths_to(page._page_box, "section"), None)
    return path[-1].element if path else None


def read_sheet_like(page: Box, cells: Sequence[PaintedCellKind], model: GridPage) -> GridPage:
    """The sheet of a page that is like that of another kind, or an earlier one, but for its cells.

    Args:
        page: a page with the headings and the table, a cell of each kind in each row.
        cells: the kinds of the cells, those in the head first.
        model: the other sheet.

    Raises:
        UnknownStyleError: if more is different, or only WeasyPrint can lay such grids out.
    """
    table = _table(page)
    styles, rule = _read_table(table, cells)
    frame = (model.left, model.width, model.columns, model.top, model.rule)
    expect((*_frame(table), rule) == frame, "another table")
    return replace(model, styles=styles)


def _table(page: Box) -> Box:
    """The table on a page, if all that it stands in is known."""
    path = _path_to(page._page_box, "table")
    for box in path[:-1]:
        expect_known(box)
        expect(type(box).__name__ == "BlockBox", "a block of an unknown kind")
        breaks = (box.style["break_before"], box.style["break_after"])
        expect(set(breaks) <= set(_HARMLESS_BREAKS), "break")
    expect(not any(box.is_floated() for box in path[-2].children), "a heading that floats")
    return path[-1].get_wrapped_table()


def _frame(table: Box) -> tuple[float, float, tuple[float, ...], float]:
    """Where a table begins, how wide it is, the edges of its columns, and its top."""
    columns = (*table.column_positions, table.column_positions[-1] + table.column_widths[-1])
    return table.content_box_x(), table.width, columns, table.content_box_y()


def _path_to(box: Box, tag: str) -> list[Box]:
    """The boxes from the root element to the first box of an element."""
    path = next(_paths_to(box, tag), None)
    expect(path is not None, f"no {tag} on the page")
    return path or []


def _paths_to(box: Box, tag: str) -> Iterator[list[Box]]:
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element_tag == tag:
            yield [child]
        yield from ([child, *path] for path in _paths_to(child, tag))


def _read_table(
    table: Box, kinds: Sequence[PaintedCellKind]
) -> tuple[dict[PaintedCellKind, CellStyle], RuleStyle]:
    """The style of each kind of cell that is known, and how the rules of all of them are drawn."""
    for box in (table, *table.children):
        expect_known(box)
        expect_no_border(box)
    expect(table.style["border_collapse"] == "collapse", "border-collapse")
    expect(table.style["table_layout"] == "fixed", "table-layout")
    rows = [(row, group.is_header) for group in table.children for row in group.children]
    expect([in_head for _, in_head in rows] == [kind.in_head for kind in kinds], "head")
    styles: dict[PaintedCellKind, CellStyle] = {}
    rules: set[RuleStyle] = set()
    for kind, (row, _) in zip(kinds, rows, strict=True):
        (cell,) = row.children
        rules |= set(_rules(cell))
        with suppress(UnknownStyleError):
            expect_known(row)
            expect_no_border(row)
            expect(row.style["break_inside"] == "avoid", "break-inside")
            styles[kind] = _cell_style(cell)
    expect(len(rules) == 1, "rules of several kinds")
    return styles, rules.pop()


def _rules(cell: Box) -> Iterator[RuleStyle]:
    """The rules of a cell; half of a collapsed rule belongs to the cell on its other side."""
    for side in SIDES:
        expect(cell.style[f"border_{side}_style"] == "solid", "border-style")
        colour = rgb(cell.style[f"border_{side}_color"])
        yield RuleStyle(2 * getattr(cell, f"border_{side}_width"), colour)


def _cell_style(cell: Box) -> CellStyle:
    expect_known(cell)
    style = cell.style
    texts = [text.style for text in _texts(cell)] or [style]
    text_styles = {SettingStyle(each) for each in texts}
    expect(len(text_styles) == 1, "texts of several kinds")
    expect(all(each["text_decoration_line"] == "none" for each in texts), "text-decoration")
    expect(style["vertical_align"] == "middle", "vertical-align")
    expect(not style["text_indent"].value, "text-indent")
    expect(style["white_space"] in ("normal", "nowrap"), "white-space")
    wraps = style["white_space"] == "normal"
    expect(not wraps or style["overflow_wrap"] == "anywhere", "overflow-wrap")
    return CellStyle(
        text_styles.pop(),
        text_align(style),
        wraps,
        cell.border_top_width + cell.padding_top,
        cell.border_right_width + cell.padding_right,
        cell.border_bottom_width + cell.padding_bottom,
        cell.border_left_width + cell.padding_left,
    )


def _texts(box: Box) -> Iterator[Box]:
    """The boxes of text in a cell, which holds nothing else."""
    for child in box.children:
        kind = type(child).__name__
        expect(kind in ("TextBox", "LineBox", "InlineBox"), kind)
        if kind == "TextBox":
            yield child
            continue
        if kind == "InlineBox":
            expect_known(child)
        yield from _texts(child)


def _expect_titles_alone(page_box: Box) -> None:
    """Besides the page number margins may only say a title again."""
    said = (part for box in saying_margins(page_box) for part in box.style["content"])
    expect(all(part[0] == "string()" for part in said), "margins")
