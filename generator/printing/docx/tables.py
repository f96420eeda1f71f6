"""HTML tables as Word tables: fixed grid, merged cells, head rows that repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.compose.document.tree import Element
from generator.pack.theme import Theme, indent
from generator.printing.columns.cells import is_bold
from generator.printing.columns.size import TableSize, size_of
from generator.printing.docx.markup import twips
from generator.printing.docx.styles import style_id

_CENTERED = frozenset({"field", "center"})

Inline = Callable[[Element, str], str]
"""Writes the runs of an element with given run properties."""

_Look = tuple[int, int, bool, str, str | None, bool]
"""Column, columns it spans, whether it reaches down, element, classes, whether bold."""


@dataclass(slots=True)
class _Open:
    """A cell that reaches down into the rows below."""

    rows_left: int
    span: int


@dataclass(slots=True)
class _Shape:
    """What tables of one kind and width share: cells differ in text far more than in look.

    Attributes:
        kind: first class of the table.
        grid: column widths in twips.
        size: a size of its own, if any.
        openings: what stands before the text of a cell, by its look.
        covered: a cell that goes on from the row above, by column and span.
    """

    kind: str | None
    grid: tuple[int, ...]
    size: TableSize | None = None
    openings: dict[_Look, str] = field(default_factory=dict)
    covered: dict[tuple[int, int], str] = field(default_factory=dict)


class TableWriter:
    """Writes the tables of a document."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._properties = _table_properties(theme)
        self._shapes: dict[tuple[str | None, tuple[int, ...], TableSize | None], _Shape] = {}

    def table_xml(self, table: Element, text_width: int, inline: Inline) -> str:
        """Returns the ``w:tbl`` of a table; ``text_width`` in twips."""
        grid = _grid(table, text_width)
        kind = next(iter((table.get("class") or "").split()), None)
        size = size_of(table)
        shape = self._shapes.setdefault((kind, grid, size), _Shape(kind, grid, size))
        rows = "".join(self._rows(table, shape, inline))
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/>{self._properties}</w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    def _rows(self, table: Element, shape: _Shape, inline: Inline) -> Iterator[str]:
        open_cells: dict[int, _Open] = {}
        for group in table.iterchildren("thead", "tbody"):
            head = "<w:tblHeader/>" if group.tag == "thead" else ""
            for row in group.iterchildren("tr"):
                cells = "".join(self._cells(row, shape, open_cells, inline))
                yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"

    def _cells(
        self, row: Element, shape: _Shape, open_cells: dict[int, _Open], inline: Inline
    ) -> Iterator[str]:
        bold = is_bold(row.get("class"))
        emphasis = "<w:b/>" if bold else ""
        waiting = row.iterchildren("td", "th")
        column, columns = 0, len(shape.grid)
        while column < columns:
            above = open_cells.get(column)
            if above is not None:
                yield _covered(shape, column, above.span)
                above.rows_left -= 1
                if above.rows_left == 0:
                    del open_cells[column]
                column += above.span
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            span, rows = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            if rows > 1:
                open_cells[column] = _Open(rows - 1, span)
            look = (column, span, rows > 1, str(cell.tag), cell.get("class"), bold)
            opening = shape.openings.get(look)
            if opening is None:
                opening = shape.openings[look] = self._opening(shape, look)
            properties = emphasis + self._own_size(shape, look)
            yield f"{opening}{inline(cell, properties)}</w:p></w:tc>"
            column += span

    def _opening(self, shape: _Shape, look: _Look) -> str:
        """What stands before the text of a cell."""
        column, span, reaches_down, tag, classes, bold = look
        names = set((classes or "").split())
        style = self._theme.style(tag, classes, shape.kind)
        left = twips(indent(classes))
        indented = f'<w:ind w:left="{left}" w:firstLine="0"/>' if left else ""
        align = ""
        if "amount" in names:
            align = '<w:jc w:val="right"/>'
        elif names & _CENTERED or (bold and "label" in names):
            align = '<w:jc w:val="center"/>'
        own = shape.size if style.is_inherited else None
        spacing = f'<w:spacing w:line="{twips(own.line)}" w:lineRule="exact"/>' if own else ""
        merge = '<w:vMerge w:val="restart"/>' if reaches_down else ""
        return (
            f"{_cell_opening(shape, column, span, merge)}"
            f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{spacing}{indented}{align}</w:pPr>'
        )

    def _own_size(self, shape: _Shape, look: _Look) -> str:
        """Run properties for a table with a size of its own."""
        if shape.size is None:
            return ""
        _, _, _, tag, classes, _ = look
        if not self._theme.style(tag, classes, shape.kind).is_inherited:
            return ""
        half_points = round(shape.size.size * 2)
        return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _table_properties(theme: Theme) -> str:
    """What follows the width in ``w:tblPr``."""
    rule = f'w:val="single" w:sz="{round(theme.table.rule * 8)}" w:space="0" w:color="000000"'
    borders = "".join(
        f"<w:{side} {rule}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = theme.table.padding
    vertical, horizontal = twips(padding.vertical), twips(padding.horizontal)
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (
            ("top", vertical),
            ("left", horizontal),
            ("bottom", vertical),
            ("right", horizontal),
        )
    )
    return (
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    )


def _grid(table: Element, text_width: int) -> tuple[int, ...]:
    """Column widths in twips from the percentages of the column group."""
    shares = [
        float(column.get("style", "").partition("width:")[2].strip(" %;") or 0)
        for column in table.iterfind("colgroup/col")
    ]
    whole = sum(shares)
    return tuple(round(share / whole * text_width) for share in shares)


def _covered(shape: _Shape, column: int, span: int) -> str:
    """A cell that goes on from the row above."""
    known = shape.covered.get((column, span))
    if known is None:
        known = f"{_cell_opening(shape, column, span, '<w:vMerge/>')}<w:p/></w:tc>"
        shape.covered[column, span] = known
    return known


def _cell_opening(shape: _Shape, column: int, span: int, merge: str) -> str:
    width = sum(shape.grid[column : column + span])
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}'
        '<w:vAlign w:val="center"/></w:tcPr>'
    )
