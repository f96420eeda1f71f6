"""Lays out a statement's head: groups span their columns, the rest reach down."""

from __future__ import annotations

from collections.abc import Callable

from generator.compute.statements.definition import (
    StatementBlock,
    StatementColumn,
    StatementDefinition,
)
from generator.compute.statements.table import HeadCell

Fill = Callable[[str], str]


def statement_head(definition: StatementDefinition, fill: Fill) -> tuple[tuple[HeadCell, ...], ...]:
    """Returns the rows of head cells with their spans; placeholders are filled."""
    depth = max(_block_depth(block) for block in definition.blocks)
    rows: list[list[HeadCell]] = [[] for _ in range(depth)]
    for block in definition.blocks:
        start = 0
        if block.title is not None:
            rows[0].append(HeadCell(fill(block.title), colspan=len(block.leaves())))
            start = 1
        for column in block.columns:
            _place(column, start, rows, fill)
    if definition.column_numbers:
        count = sum(len(block.leaves()) for block in definition.blocks)
        rows.append([HeadCell(str(number)) for number in range(1, count + 1)])
    return tuple(tuple(row) for row in rows)


def _block_depth(block: StatementBlock) -> int:
    columns = max(column.depth() for column in block.columns)
    return columns + (block.title is not None)


def _place(column: StatementColumn, level: int, rows: list[list[HeadCell]], fill: Fill) -> None:
    below = len(rows) - level
    if column.columns:
        span = sum(1 for _ in column.leaves())
        # a group over shallow columns takes the spare rows itself, unless its place says otherwise
        spare = below - max(child.depth() for child in column.columns)
        own = min(column.head_rows or spare, spare)
        rows[level].append(HeadCell(fill(column.title), colspan=span, rowspan=own))
        for child in column.columns:
            _place(child, level + own, rows, fill)
    else:
        rows[level].append(HeadCell(fill(column.title), rowspan=below))
