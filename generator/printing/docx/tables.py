"""HTML tables as Word tables: fixed grid, merged cells, head rows that repeat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.document.tree import Element
from generator.pack.theme import Theme
from generator.printing.docx.markup import twips
from generator.printing.docx.styles import style_id

_CENTERED = frozenset({"field", "center"})
_LEVEL = re.compile(r"level-(\d)")
_INDENT_PER_LEVEL = 5  # points; the same step as in the pack's CSS

Inline = Callable[[Element, str], str]
"""Writes the runs of an element with given run properties."""


@dataclass(slots=True)
class _Open:
    """A cell that reaches down into the rows below."""

    rows_left: int
    span: int


def table_xml(table: Element, theme: Theme, text_width: int, inline: Inline) -> str:
    """Returns the ``w:tbl`` of a table; ``text_width`` in twips."""
    grid = _grid(table, text_width)
    rule = f'w:val="single" w:sz="{round(theme.table.rule * 8)}" w:space="0" w:color="000000"'
    borders = "".join(
        f"<w:{side} {rule}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    vertical, horizontal = (
        twips(theme.table.padding.vertical),
        twips(theme.table.padding.horizontal),
    )
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (
            ("top", vertical),
            ("left", horizontal),
            ("bottom", vertical),
            ("right", horizontal),
        )
    )
    rows = "".join(_rows(table, theme, grid, inline))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _grid(table: Element, text_width: int) -> list[int]:
    """Column widths in twips from the percentages of the column group."""
    shares = [
        float(column.get("style", "").partition("width:")[2].strip(" %;") or 0)
        for column in table.iterfind("colgroup/col")
    ]
    whole = sum(shares)
    return [round(share / whole * text_width) for share in shares]


def _rows(table: Element, theme: Theme, grid: list[int], inline: Inline) -> Iterator[str]:
    name = (table.get("class") or "").split()
    open_cells: dict[int, _Open] = {}
    for group in table.iterchildren("thead", "tbody"):
        head = "<w:tblHeader/>" if group.tag == "thead" else ""
        for row in group.iterchildren("tr"):
            cells = "".join(_cells(row, theme, grid, open_cells, inline, name[0] if name else None))
            yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _cells(
    row: Element,
    theme: Theme,
    grid: list[int],
    open_cells: dict[int, _Open],
    inline: Inline,
    table: str | None,
) -> Iterator[str]:
    bold = "total" in (row.get("class") or "").split()
    waiting = iter(row.iterchildren("td", "th"))
    column = 0
    while column < len(grid):
        above = open_cells.get(column)
        if above is not None:
            width = sum(grid[column : column + above.span])
            yield _cell_xml(width, above.span, "<w:vMerge/>", "<w:p/>")
            column += above.span
            above.rows_left -= 1
            if above.rows_left == 0:
                del open_cells[column - above.span]
            continue
        cell = next(waiting, None)
        if cell is None:
            break
        span, rows = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
        if rows > 1:
            open_cells[column] = _Open(rows - 1, span)
        merge = '<w:vMerge w:val="restart"/>' if rows > 1 else ""
        content = _paragraph(cell, theme, inline, table, bold=bold)
        yield _cell_xml(sum(grid[column : column + span]), span, merge, content)
        column += span


def _cell_xml(width: int, span: int, merge: str, content: str) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def _paragraph(
    cell: Element, theme: Theme, inline: Inline, table: str | None, *, bold: bool
) -> str:
    classes = cell.get("class") or ""
    names = set(classes.split())
    style = theme.style(str(cell.tag), classes, table)
    level = _LEVEL.search(classes)
    indent = ""
    if level and "code" not in names:
        indent = f'<w:ind w:left="{twips(int(level[1]) * _INDENT_PER_LEVEL)}" w:firstLine="0"/>'
    align = ""
    if "amount" in names:
        align = '<w:jc w:val="right"/>'
    elif names & _CENTERED or (bold and "label" in names):
        align = '<w:jc w:val="center"/>'
    runs = inline(cell, "<w:b/>" if bold else "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{indent}{align}</w:pPr>{runs}</w:p>'
