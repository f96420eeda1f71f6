"""The size of a table that differs from its style: said on the table, for every printer alike."""

from __future__ import annotations

from typing import NamedTuple

from generator.compose.document.tree import Element
from generator.core.text.patterns import late_pattern

_STYLE = late_pattern(r"font-size: ([\d.]+)pt; line-height: ([\d.]+)pt")


class TableSize(NamedTuple):
    """The size of a table's text and the height of its lines, in points."""

    size: float
    line: float


def set_size(table: Element, size: TableSize) -> None:
    """Gives a table a size of its own; what its cells inherit follows it."""
    table.set("style", f"font-size: {size.size:g}pt; line-height: {size.line:g}pt")


def size_of(table: Element) -> TableSize | None:
    """The size that a table was given, if any."""
    said = _STYLE.fullmatch(table.get("style", ""))
    return TableSize(float(said[1]), float(said[2])) if said else None
