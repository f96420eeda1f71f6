"""The amounts of a table and the widths of its columns, read off the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.compose.document.tree import Element, text_of_element

_MOST_COLUMNS = 200


class MeasuredCell(NamedTuple):
    """A cell with text, in its place.

    Attributes:
        column: its first column, from 0.
        across: how many columns it spans.
        text: what it says.
        classes: its class attribute.
        total: whether it stands in a row of totals or subtotals, which are bold.
        down: how many rows it spans.
    """

    column: int
    across: int
    text: str
    classes: str | None
    total: bool
    down: int = 1


def column_shares(table: Element) -> list[float]:
    """How the pack shares the width out, as parts of 1; none if it does not say."""
    shares = []
    for column in table.iterfind("colgroup/col"):
        try:
            shares.append(float(column.get("style", "").partition("width:")[2].strip(" %;")))
        except ValueError:
            return []
    whole = sum(shares)
    return [share / whole for share in shares] if shares and min(shares) > 0 else []


def set_shares(table: Element, widths: Sequence[float]) -> None:
    """Gives the columns other widths, in whatever unit."""
    whole = sum(widths)
    for column, width in zip(table.iterfind("colgroup/col"), widths, strict=True):
        column.set("style", f"width: {100 * width / whole:.3f}%")


def is_bold(classes: str | None) -> bool:
    """Whether a row is one of totals or subtotals, which are bold."""
    return not {"total", "subtotal"}.isdisjoint((classes or "").split())


def is_figure_cell(classes: str | None) -> bool:
    """Whether a cell is a figure, which is never broken."""
    return classes is not None and "amount" in classes.split()


def table_cells(table: Element, *, amounts: bool, part: str = "tbody") -> Iterator[MeasuredCell]:
    """The cells that say something, each in its column.

    Args:
        table: the table.
        amounts: whether the amounts are wanted, or all others.
        part: of its body (``tbody``) or of its head (``thead``).
    """
    for body in table.iterchildren(part):
        reaching: dict[int, int] = {}  # rows that a cell from above still takes, by column
        for row in body:
            total = is_bold(row.get("class"))
            column, covered = 0, reaching
            reaching = {at: rows - 1 for at, rows in covered.items() if rows > 1}
            for cell in row:
                while column in covered:
                    column += 1
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                if down > 1:
                    reaching |= dict.fromkeys(range(column, column + across), down - 1)
                classes = cell.get("class")
                if is_figure_cell(classes) == amounts and (text := text_of_element(cell).strip()):
                    yield MeasuredCell(column, across, text, classes, total, down)
                column += across


def _span(cell: Element, name: str) -> int:
    """A span; what is no sensible number counts as one, as it does in browsers."""
    said = cell.get(name)
    if said is None:
        return 1
    return min(max(int(said), 1), _MOST_COLUMNS) if said.isdecimal() and len(said) < 6 else 1  # noqa: PLR2004
