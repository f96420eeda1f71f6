"""A statement as it will be printed: head cells, rows of cells, each amount a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from generator.core.figures import Figure
from generator.core.numbers.format import MoneyUnit


class StatementCellKind(StrEnum):
    """How a cell is set; the value is its CSS class."""

    CODE = "code"
    LABEL = "label"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the head."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class StatementCell:
    """A cell of the body: text, or a figure (whose text is empty for zero)."""

    kind: StatementCellKind
    text: str = ""
    figure: Figure | None = None
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class BlockRow:
    """The part of a row that belongs to one block; ``key`` is its step in addresses.

    ``bound`` holds the dimensions whose values the row stands for, the upper levels first.
    """

    key: str
    cells: tuple[StatementCell, ...]
    dimension: str = ""
    label: str = ""
    level: int = 0
    total: bool = False
    bound: tuple[tuple[str, str], ...] = ()

    def figure(self, column: str) -> Figure:
        """The figure under a column of this row.

        Raises:
            KeyError: if the row has no such column.
        """
        for cell in self.cells:
            if cell.figure is not None and cell.figure.address.endswith(f"/{column}"):
                return cell.figure
        raise KeyError(column)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement ready for print; ``rows`` hold one part for each block."""

    number: str
    label: str | None
    title: str
    landscape: bool
    widths: tuple[int, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[tuple[BlockRow, ...], ...]
    no_data: bool
    block_names: tuple[str, ...] = field(default=())
    unit: MoneyUnit = MoneyUnit.WAN
    note: str = ""
    """What stands below a statement without data."""
    only_note: bool = False
    """Whether it has no data and is printed as title and note alone."""

    def block_rows(self, block: str = "") -> Iterator[BlockRow]:
        """The rows of one block, by its name; of the only block where it has none."""
        index = self.block_names.index(block)
        return (parts[index] for parts in self.rows if parts[index].key)
