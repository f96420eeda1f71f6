"""HTML tables as Word tables: fixed grid, merged cells, head rows that repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.compose.document.tree import Element, text_of_element
from generator.pack.theme import Theme, Tighter
from generator.printing.columns.cells import is_bold
from generator.printing.columns.size import TableSize, size_of
from generator.printing.docx.cells import cell_look, table_kind
from generator.printing.docx.markup import quoted_attribute, twips
from generator.printing.docx.style_names import TABLE_STYLE

Inline = Callable[[Element, str], str]
"""Writes the runs of an element with given run properties."""

_Look = tuple[int, int, bool, str, str | None, bool]
"""Column, columns it spans, whether it reaches down, element, classes, whether bold."""

_Key = tuple[str | None, tuple[int, ...], TableSize | None, Tighter | None]
"""Kind, grid, size of its own, how it is tightened."""

_ABOVE = 0.4
"""What part of its padding a tightened cell has above: the middle of Han characters is low."""


@dataclass(slots=True)
class _Open:
    """A cell that reaches down into the rows below; ``look`` is what it looks like."""

    rows_left: int
    look: _Look


@dataclass(slots=True)
class _Shape:
    """What tables of one kind and width share: cells differ in text far more than in look.

    Attributes:
        kind: first class of the table.
        grid: column widths in twips.
        size: a size of its own, if any.
        tighter: how it is tightened to save a page, if it is.
        openings: what stands before the text of a cell, by its look.
        covered: a cell that goes on from the row above, by the look of that.
    """

    kind: str | None
    grid: tuple[int, ...]
    size: TableSize | None = None
    tighter: Tighter | None = None
    openings: dict[_Look, str] = field(default_factory=dict)
    covered: dict[_Look, str] = field(default_factory=dict)


class TableWriter:
    """Writes the tables of a document."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._shapes: dict[_Key, _Shape] = {}

    def table_xml(self, table: Element, text_width: int, title: str, inline: Inline) -> str:
        """Returns the ``w:tbl`` of a table.

        Args:
            table: the table.
            text_width: between the margins, in twips.
            title: the heading above it, for those who do not see the page.
            inline: writes the content of a cell.
        """
        grid = _grid(table, text_width)
        kind = table_kind(table)
        size, tighter = size_of(table), _tighter(table, self._theme)
        key = kind, grid, size, tighter
        shape = self._shapes.setdefault(key, _Shape(*key))
        rows = "".join(self._rows(table, shape, inline))
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
            f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f"{_padding(tighter)}{_alternative(table, title)}</w:tblPr>"
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
        waiting = row.iterchildren("td", "th")
        column, columns = 0, len(shape.grid)
        while column < columns:
            above = open_cells.get(column)
            if above is not None:
                yield self._covered(shape, above.look)
                above.rows_left -= 1
                if above.rows_left == 0:
                    del open_cells[column]
                column += above.look[1]
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            span, rows = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            look = (column, span, rows > 1, str(cell.tag), cell.get("class"), bold)
            if rows > 1:
                open_cells[column] = _Open(rows - 1, look)
            opening = shape.openings.get(look)
            if opening is None:
                opening = shape.openings[look] = self._opening(shape, look)
            yield f"{opening}{inline(cell, self._own_size(shape, look))}</w:p></w:tc>"
            column += span

    def _opening(self, shape: _Shape, look: _Look) -> str:
        """What stands before the text of a cell."""
        merge = '<w:vMerge w:val="restart"/>' if look[2] else ""
        return _cell_opening(shape, look, merge) + self._paragraph_opening(shape, look)

    def _covered(self, shape: _Shape, look: _Look) -> str:
        """A cell that goes on from the row above: empty, and no taller than its text would be."""
        known = shape.covered.get(look)
        if known is None:
            opening = _cell_opening(shape, look, "<w:vMerge/>")
            known = f"{opening}{self._paragraph_opening(shape, look)}</w:p></w:tc>"
            shape.covered[look] = known
        return known

    def _paragraph_opening(self, shape: _Shape, look: _Look) -> str:
        _, _, _, tag, classes, bold = look
        style = cell_look(self._theme, tag, classes, shape.kind, bold=bold).style_id
        own = self._table_size(shape, look)
        line = own.line if own else None
        if shape.tighter is not None:
            size = own.size if own else self._theme.style(tag, classes, shape.kind).size
            line = shape.tighter.line * size
        spacing = f'<w:spacing w:line="{twips(line)}" w:lineRule="exact"/>' if line else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{spacing}</w:pPr>'

    def _own_size(self, shape: _Shape, look: _Look) -> str:
        """Run properties for a table with a size of its own."""
        own = self._table_size(shape, look)
        if own is None:
            return ""
        half_points = round(own.size * 2)
        return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'

    def _table_size(self, shape: _Shape, look: _Look) -> TableSize | None:
        """The size of its table that a cell inherits."""
        _, _, _, tag, classes, _ = look
        if shape.size is None or not self._theme.style(tag, classes, shape.kind).is_inherited:
            return None
        return shape.size


def _tighter(table: Element, theme: Theme) -> Tighter | None:
    """How much tighter a table is set than others: it is marked with the step."""
    for step, tighter in enumerate(theme.table.tighter, 1):
        if f"tight-{step}" in (table.get("class") or "").split():
            return tighter
    return None


def _padding(tighter: Tighter | None) -> str:
    """The padding of cells of a tightened table, as the stylesheet has it."""
    if tighter is None:
        return ""
    above, below = twips(tighter.vertical * _ABOVE), twips(tighter.vertical * (2 - _ABOVE))
    return (
        f'<w:tblCellMar><w:top w:w="{above}" w:type="dxa"/>'
        f'<w:bottom w:w="{below}" w:type="dxa"/></w:tblCellMar>'
    )


def _alternative(table: Element, title: str) -> str:
    """What a screen reader says of a table: its title, the heads of its columns."""
    cells = (cell for cell in table.iterfind("thead/tr/*") if _is_head(cell))
    heads = dict.fromkeys(text for cell in cells if (text := text_of_element(cell).strip()))
    described = ""
    if heads:
        described = f"<w:tblDescription w:val={quoted_attribute('表头：' + '、'.join(heads))}/>"
    caption = f"<w:tblCaption w:val={quoted_attribute(title)}/>" if title else ""
    first_row = int(table.find("thead") is not None)
    return (
        f'<w:tblLook w:val="00{first_row * 2}0" w:firstRow="{first_row}" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>{caption}{described}'
    )


def _is_head(cell: Element) -> bool:
    return cell.tag == "th" or "field" in (cell.get("class") or "").split()


def _grid(table: Element, text_width: int) -> tuple[int, ...]:
    """Column widths in twips from the percentages of the column group."""
    shares = [
        float(column.get("style", "").partition("width:")[2].strip(" %;") or 0)
        for column in table.iterfind("colgroup/col")
    ]
    whole = sum(shares)
    return tuple(round(share / whole * text_width) for share in shares)


def _cell_opening(shape: _Shape, look: _Look, merge: str) -> str:
    column, span = look[:2]
    width = sum(shape.grid[column : column + span])
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}</w:tcPr>'
