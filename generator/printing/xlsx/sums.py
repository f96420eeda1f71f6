"""Which cells of a statement are sums of others beside them: what a formula may say.

Every printed cell is the exact sum of its leaves, not of other cells. A formula is written only
if the conditions of the declared rows or columns say that some make up another, and their leaves
prove it: each leaf of the sum stands in exactly one of the parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.ledger.entries import Condition
from generator.compute.statements.definition import RowRule, StatementBlock, StatementDefinition
from generator.compute.statements.evaluate import condition
from generator.compute.statements.table import BlockRow, Statement, StatementCell

Position = tuple[int, int]
"""Row and column within the body of a table, from 0."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column of a block: where it is, and the leaves that it takes."""

    at: int
    condition: Condition


def sums(statement: Statement, definition: StatementDefinition) -> dict[Position, list[Position]]:
    """The parts of each cell that is a sum of cells beside it; no cell depends on itself.

    Args:
        statement: as it is printed.
        definition: what it was evaluated from, for the same kind of publisher.
    """
    found: dict[Position, list[Position]] = {}
    first = 0
    for number, block in enumerate(definition.blocks):
        parts = [row[number] for row in statement.rows]
        for cell, operands in _of_block(block, parts, first):
            if not _reaches(found, operands, cell):
                found[cell] = operands
        first += len(block.leaves())
    return found


def _of_block(
    block: StatementBlock, rows: Sequence[BlockRow], first: int
) -> Iterator[tuple[Position, list[Position]]]:
    across = [
        _Line(first + at, condition(leaf.condition))
        for at, leaf in enumerate(block.leaves())
        if leaf.content is None
    ]
    down = [
        _Line(at, _row_condition(row, block))
        for at, row in enumerate(rows)
        if any(cell.figure is not None for cell in row.cells)
    ]
    cells = {
        (at, column): cell
        for at, row in enumerate(rows)
        for column, cell in _placed(row.cells, first)
        if cell.figure is not None
    }
    for row in down:
        below = _parts(row, down)
        for column in across:
            cell = (row.at, column.at)
            if cell not in cells or not _leaves(cells[cell]):
                continue
            choices = (
                [(part, column.at) for part in below],
                [(row.at, part) for part in _parts(column, across)],
            )
            for operands in choices:
                if _make_up(cells, cell, operands):
                    yield cell, operands
                    break


def _placed(cells: Sequence[StatementCell], first: int) -> Iterator[tuple[int, StatementCell]]:
    column = first
    for cell in cells:
        yield column, cell
        column += cell.colspan


def _row_condition(row: BlockRow, block: StatementBlock) -> Condition:
    if row.bound:
        return {dimension: frozenset({value}) for dimension, value in row.bound}
    rules = [*block.rows, *block.totals]
    return next((condition(rule.condition) for rule in rules if _is_of(row, rule)), {})


def _is_of(row: BlockRow, rule: RowRule) -> bool:
    return not rule.expand and row.key in (rule.name, rule.title)


def _parts(whole: _Line, lines: Sequence[_Line]) -> list[int]:
    """The largest parts of a row or column among the others."""
    inside = [line for line in lines if line is not whole and _is_within(line, whole)]
    return [
        each.at
        for each in inside
        if not any(other is not each and _is_within(each, other) for other in inside)
    ]


def _is_within(part: _Line, whole: _Line) -> bool:
    """Whether a condition allows less than another, and something at all."""
    if part.condition == whole.condition or not all(part.condition.values()):
        return False
    return all(
        key in part.condition and part.condition[key] <= values
        for key, values in whole.condition.items()
    )


def _make_up(
    cells: dict[Position, StatementCell], whole: Position, operands: Sequence[Position]
) -> bool:
    """Whether the leaves of a cell are those of the others, each once."""
    if not operands or any(operand not in cells for operand in operands):
        return False
    together = Counter(leaf for operand in operands for leaf in _leaves(cells[operand]))
    return together == Counter(_leaves(cells[whole]))


def _leaves(cell: StatementCell) -> tuple[str, ...]:
    return cell.figure.sources if cell.figure is not None else ()


def _reaches(
    found: dict[Position, list[Position]], operands: Sequence[Position], cell: Position
) -> bool:
    """Whether one of the operands depends on the cell already."""
    waiting, seen = list(operands), set[Position]()
    while waiting:
        each = waiting.pop()
        if each == cell:
            return True
        if each not in seen:
            seen.add(each)
            waiting += found.get(each, ())
    return False
