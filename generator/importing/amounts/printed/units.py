"""In what unit the statements of a document are: as stated, as others confirm, or unknown.

Nothing is multiplied by a guess. A table that names no unit is in the unit in which its largest
amount stands in another table or in the text; a table that names one unit, but whose amounts
others have in another one, is named wrongly. What nothing confirms is unknown.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from itertools import takewhile

from msgspec import Struct

from generator.compute.statements.definition import StatementColumn, StatementDefinition
from generator.core.numbers.rounding import half_up
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Paragraph, Row, Spot
from generator.drafts.parts.outline import DraftOutline, StatementDraft
from generator.drafts.words.amount_columns import counts_columns
from generator.drafts.words.amounts import PLAIN, Notation, read_amount
from generator.drafts.words.text import folded
from generator.drafts.words.units import UNIT, Scale, TableUnit, Unit, table_unit, unit_of

_IN_TEXT = late_pattern(rf"({PLAIN})({UNIT})")
_STEP = Decimal(100)
"""Statements print in steps of so many 元."""
_TELLING = Decimal(10_000)
"""Amounts below so many 元 are too small to tell units apart."""
_TELLING_DIGITS = 3
_HEAD_ROWS, _MOST_COLUMNS = 6, 40
_WITNESSES = 2
"""So many parts of the document must contradict a unit that is the prescribed one."""


class Known(Enum):
    """How the unit of a table is known."""

    STATED = "stated"
    CONFIRMED = "confirmed by the amounts of other parts"
    WRONG = "stated, but the amounts of other parts say otherwise"
    UNKNOWN = "neither stated nor confirmed"


class MeasuredTable(Struct, frozen=True):
    """A table with its unit.

    Attributes:
        unit: what its amounts are read in; the one that is due if nothing is known.
        known: how that is known.
        stated: the unit that it names, ``None`` if none.
        spot: where the table stands.
        due: the unit that the pack prescribes for it.
        scales: what each column is in.
    """

    unit: TableUnit
    known: Known
    stated: Unit | None
    spot: Spot | None
    due: Unit
    scales: tuple[Scale, ...] = ()


def measured(
    outline: DraftOutline, definitions: Iterable[StatementDefinition]
) -> dict[str, MeasuredTable]:
    """The unit of each statement, by its number."""
    every = list(definitions)
    leaves = {
        each.number: [column for block in each.blocks for column in block.leaves()]
        for each in every
    }
    due = {each.number: Scale(unit_of(each.money.unit.value), each.money.grain) for each in every}
    named = {number: _named(draft) for number, draft in outline.statements.items()}
    numbers = {
        number: list(_numbers(draft, _amount_columns(leaves[number])))
        for number, draft in outline.statements.items()
    }
    text = frozenset(_amounts_of_text(outline))
    amounts = {
        number: _in_yuan(numbers[number], unit, due[number].unit)
        for number, unit in named.items()
        if unit.stated and numbers[number]
    }
    found = {}
    for number, draft in outline.statements.items():
        others = [each for other, each in amounts.items() if other != number]
        table = _Table(named[number], max((n for _, n in numbers[number]), default=Decimal(0)))
        answer = _measured(table, [*others, text], draft, due[number].unit)
        scales = _scales(answer.unit, numbers[number], leaves[number], due[number])
        found[number] = replace(answer, scales=scales)
    return found


def _scales(
    unit: TableUnit,
    numbers: Sequence[tuple[int, Decimal]],
    columns: Sequence[StatementColumn],
    due: Scale,
) -> tuple[Scale, ...]:
    """What each column is in; columns of codes and names are in nothing else than is due."""
    grains = {
        each: _grain(each, [number for column, number in numbers if unit.of(column) is each], due)
        for each in Unit
    }
    amounts = _amount_columns(columns)
    units = (unit.of(at) if at in amounts else None for at in range(len(columns)))
    return tuple(Scale(each, grains[each]) if each else due for each in units)


def _grain(unit: Unit, numbers: Sequence[Decimal], due: Scale) -> Decimal:
    """How finely amounts are printed, in 元: what they are all multiples of.

    A table in another unit than is due may have been made from rounded amounts.
    """
    if unit is due.unit or not numbers:
        return due.grain
    exponents = [int(number.as_tuple().exponent) for number in numbers]
    coarsest = max(due.grain, unit.yuan.scaleb(min(exponents)))
    grains = [Decimal(1).scaleb(power) for power in range(coarsest.adjusted(), -3, -1)]
    amounts = [number * unit.yuan for number in numbers]
    return next((grain for grain in grains if not any(a % grain for a in amounts)), grains[-1])


class _Table(Struct, frozen=True):
    named: TableUnit
    largest: Decimal

    @property
    def telling(self) -> bool:
        """Whether the largest amount has digits enough to be known again in another unit."""
        return len(self.largest.normalize().as_tuple().digits) >= _TELLING_DIGITS

    def support(self, unit: Unit, others: Sequence[frozenset[Decimal]]) -> int:
        """In how many other parts the largest amount stands, if the table is in a unit."""
        amount = self.largest * unit.yuan
        if amount < _TELLING:
            return 0
        return sum(half_up(amount, _STEP) in amounts for amounts in others)


def _measured(
    table: _Table, others: Sequence[frozenset[Decimal]], draft: StatementDraft, prescribed: Unit
) -> MeasuredTable:
    lines: list[Line] = [*draft.above, *draft.rows]
    spot = lines[0].spot if lines else None
    due = table.named.whole or prescribed
    stated = table.named.whole or next(iter(table.named.columns.values()), None)
    support = {unit: table.support(unit, others) for unit in Unit}
    if table.named.columns or not table.largest or support[due]:
        known = Known.STATED if table.named.stated or not table.largest else Known.CONFIRMED
        return MeasuredTable(replace(table.named, whole=due), known, stated, spot, prescribed)
    likely = max(Unit, key=lambda unit: support[unit])
    least = 1 if due is not prescribed or stated is None else _WITNESSES
    if table.telling and support[likely] >= least:
        known = Known.WRONG if stated else Known.CONFIRMED
        return MeasuredTable(TableUnit(likely), known, stated, spot, prescribed)
    known = Known.STATED if stated else Known.UNKNOWN
    return MeasuredTable(TableUnit(due), known, stated, spot, prescribed)


def _named(draft: StatementDraft) -> TableUnit:
    lines = [line.text for line in reversed(draft.above)]
    head = takewhile(_is_head, draft.rows[:_HEAD_ROWS])
    return table_unit([*lines, draft.title, *(line.text for line in draft.below)], _cells(head))


def _cells(rows: Iterable[Row]) -> list[Sequence[str]]:
    return [row.cells for row in rows]


def _is_head(row: Row) -> bool:
    """Whether a row holds no amounts: with decimals, or larger than the number of a column."""
    return not any(_is_large(cell) for cell in row.cells)


def _is_large(cell: str) -> bool:
    amount = read_amount(cell)
    return amount.notation is Notation.PLAIN and (
        amount.step < 1 or (amount.value or 0) > _MOST_COLUMNS
    )


def _amount_columns(columns: Iterable[StatementColumn]) -> frozenset[int]:
    return frozenset(at for at, column in enumerate(columns) if column.content is None)


def _numbers(draft: StatementDraft, columns: Container[int]) -> Iterator[tuple[int, Decimal]]:
    """The plain amounts of a table, each with its column."""
    for row in draft.rows:
        if counts_columns(row.cells):
            continue
        for column, cell in enumerate(row.cells):
            amount = read_amount(cell) if column in columns else None
            if amount and amount.notation is Notation.PLAIN and amount.value:
                yield column, amount.value


def _in_yuan(
    numbers: Iterable[tuple[int, Decimal]], unit: TableUnit, due: Unit
) -> frozenset[Decimal]:
    amounts = (number * (unit.of(column) or due).yuan for column, number in numbers)
    return frozenset(half_up(amount, _STEP) for amount in amounts)


def _amounts_of_text(outline: DraftOutline) -> Iterator[Decimal]:
    """The amounts that the text states with their unit, in 元."""
    for lines in outline.sections.values():
        for line in lines:
            if isinstance(line, Paragraph):
                for number, unit in _IN_TEXT.findall(folded(line.text)):
                    yield half_up(Decimal(number.replace(",", "")) * unit_of(unit).yuan, _STEP)
