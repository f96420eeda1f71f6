"""What the tags of a form's cells say of the columns and rows they take.

A document has hundreds of forms of one layout, each of dozens of cells: what depends on the layout
alone is made once for it, not for each row of each form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.core.memo import Same, memo
from generator.pack.form_parts import FormBlock, FormRow
from generator.pack.forms import CELLS_OF_BLOCKS, OverallFormDefinition, ProjectFormDefinition
from generator.pack.templates.shown import Record, readable_in_templates, record_type

_LAYOUTS = (ProjectFormDefinition, OverallFormDefinition)
_LAST = 64
"""Layouts and rows of which it is remembered."""


@memo(1000)
def at(columns: int, rows: int = 1) -> Markup:
    """The attributes of a cell that takes some columns and rows."""
    spans = (("colspan", columns), ("rowspan", rows))
    written = [Markup(' {}="{}"').format(name, span) for name, span in spans if span > 1]
    return Markup().join(written)


@readable_in_templates("own", "halves")
@dataclass(frozen=True, slots=True)
class BlockPlaces:
    """The attributes of a block's cells, as far as its layout says them.

    Attributes:
        own: of the cells that the block has once, in their order.
        halves: of those that it has in each half: the name of the half, then its cells.
    """

    own: tuple[Markup, ...]
    halves: tuple[tuple[str | Markup, ...], ...] = ()


def block_places(layout: Record, block: str) -> BlockPlaces:
    """The attributes of the cells of a block, by the layout that ``form_of`` gives.

    Raises:
        TypeError: if it is no layout.
        KeyError: if it has no such block.
    """
    if not isinstance(layout, tuple(map(record_type, _LAYOUTS))):
        raise TypeError("not the layout of a form")
    return _block_places(Same(layout), block)


@memo(_LAST)
def _block_places(of: Same[Any], block: str) -> BlockPlaces:
    layout = of.it
    places = tuple(map(at, layout.spans[block]))
    of_project = isinstance(layout, record_type(ProjectFormDefinition))
    if not of_project or block not in CELLS_OF_BLOCKS:
        return BlockPlaces(places)
    own, in_a_half = CELLS_OF_BLOCKS[FormBlock(block)]
    first_cells = range(own, len(places), in_a_half)
    return BlockPlaces(
        places[:own],
        tuple(
            (half, *places[first : first + in_a_half])
            for half, first in zip(layout.halves, first_cells, strict=True)
        ),
    )


def row_places(row: Record) -> tuple[tuple[Record, Markup, Markup], ...]:
    """The texts of a row of a layout, each with the attributes of its label's cell and of its own.

    Raises:
        TypeError: if it is no row of a layout.
    """
    if not isinstance(row, record_type(FormRow)):
        raise TypeError("not a row of a form")
    return _row_places(Same(row))


@memo(_LAST)
def _row_places(row: Same[Any]) -> tuple[tuple[Record, Markup, Markup], ...]:
    return tuple(
        (cell, at(cell.columns[0], cell.height), at(cell.columns[1], cell.height))
        for cell in row.it.cells
    )
