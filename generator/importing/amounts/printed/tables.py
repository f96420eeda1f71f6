"""The cells of the printed statements: what the leaf amounts obey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from generator.compute.ledger.entries import Book
from generator.compute.statements.evaluate import condition
from generator.core.numbers.rounding import YUAN_PER_WAN, plain_number
from generator.core.records import replace
from generator.drafts.words.amounts import Notation, fault_in, read_amount
from generator.drafts.words.units import decimals_in
from generator.importing.amounts.leaves import Leaves
from generator.importing.amounts.printed.cells import (
    CellAmount,
    Leaf,
    PrintedCell,
    UnclearAmountError,
    cell_amount,
)
from generator.importing.amounts.printed.placing import (
    PlacedRow,
    PlacedRows,
    PrintedStatements,
    ReadBlock,
)
from generator.importing.amounts.printed.units import MeasuredTable

_TOLD_EACH = 3
"""Cells of a statement with too many decimals that are told one by one."""


@dataclass(frozen=True)  # without slots, for what is worked out once
class Tables:
    """All statements of a document: what they print, what it stands for, and their cells.

    Attributes:
        zeros_are_nothing: whether the document prints 0 for what others leave blank.
        measures: the unit of each statement, by its number.
    """

    printed: PrintedStatements
    rows: PlacedRows
    zeros_are_nothing: bool = False
    measures: Mapping[str, MeasuredTable] = field(default_factory=dict)
    _cells: dict[Book, list[PrintedCell]] = field(default_factory=dict)
    _long: list[tuple[ReadBlock, PrintedCell, str]] = field(default_factory=list)
    """Cells with more decimals than are printed, with what is said of them."""

    @property
    def leaves(self) -> Leaves:
        """The leaves that the document may have."""
        return Leaves(self.printed, self.rows)

    def text(self, statement: str, yuan: Decimal) -> str:
        """An amount as a statement prints it; ``""`` for nothing."""
        blocks = self.printed.blocks
        money = next(
            block.definition.money for block in blocks if block.definition.number == statement
        )
        return money.text(yuan)

    def cells(self, book: Book) -> list[PrintedCell]:
        """The cells that constrain a book, the rows that are not printed among them."""
        if book not in self._cells:
            found = self._cells.setdefault(book, [])
            leaves = self.leaves.of(book)
            for number, block in enumerate(self.printed.blocks):
                if block.book is not book or not block.measured:
                    continue
                fixed = (
                    PlacedRow(part, row.title, row.condition) for row, part in block.rows.fixed
                )
                expanded = self.rows.of(number)
                for placed in (*fixed, *expanded):
                    found.extend(self._row_cells(block, placed))
                found.extend(self._absent(block, expanded, leaves))
            self._tell_decimals()
        return self._cells[book]

    def _row_cells(self, block: ReadBlock, placed: PlacedRow) -> Iterator[PrintedCell]:
        money = block.definition.money
        pairs = zip(placed.part.measured, placed.part.amount_spots, strict=True)
        for (column, text, scale), spot in pairs:
            title = self.printed.publisher.fill(column.title)
            scope = (*block.scope, placed.condition, condition(column.condition))
            cell = PrintedCell(
                block.definition.number,
                placed.label,
                title,
                text.strip(),
                None,
                scope,
                spot,
            )
            try:
                amount = cell_amount(text, scale)
            except UnclearAmountError as error:
                self._doubt(block, cell, _not_used(error))
                continue
            written = read_amount(text)
            if fault := fault_in(written, scale.unit, decimals_in(money, scale.unit)):
                wan = amount.yuan / YUAN_PER_WAN if amount else Decimal(0)
                message = f"{fault}，读作 {plain_number(wan)} 万元"
                if written.notation is Notation.PLAIN:
                    self._long.append((block, cell, message))
                else:
                    self._doubt(block, cell, message)
            yield replace(cell, amount=self._printed(amount))

    def _printed(self, amount: CellAmount | None) -> CellAmount | None:
        """An amount as it counts: nothing, if zeros are how the document says that."""
        return None if amount and not amount.yuan and self.zeros_are_nothing else amount

    def _doubt(self, block: ReadBlock, cell: PrintedCell, message: str) -> None:
        words = f"{cell.name}“{cell.text}”{message}"
        self.printed.reading.doubt((block.book.value,), words, cell.spot)

    def _tell_decimals(self) -> None:
        """Tells of cells with more decimals than are printed; a table of them is told once.

        A workbook computed of whole 元 has nearly all of its amounts so, and each is exact.
        """
        by_statement = {block.definition.number: block for block, _, _ in self._long}
        for number, block in by_statement.items():
            own = [each for each in self._long if each[0].definition.number == number]
            _, first, message = own[0]
            if len(own) > _TOLD_EACH:
                message = (
                    f"{message}；{number}这样的还有 {len(own) - 1} 格，都照原数读：单位对，就不用改"
                )
                own = [(block, first, message)]
            for each in own:
                self._doubt(*each)
        self._long.clear()

    def _absent(
        self, block: ReadBlock, placed: Iterable[PlacedRow], leaves: Iterable[Leaf]
    ) -> Iterator[PrintedCell]:
        """Cells of the rows that a statement does not print: their leaves are nothing."""
        if not block.deepest:
            return
        dimensions = ("单位", "项目") if block.deepest == ("项目",) else block.deepest
        printed = {
            values
            for each in placed
            if set(dimensions) <= set(each.condition)
            for values in product(*(each.condition[name] for name in dimensions))
        }
        every = dict.fromkeys(
            tuple(leaf.dimensions[name] for name in dimensions) for leaf in leaves
        )
        for values in every:
            if values not in printed:
                pairs = zip(dimensions, values, strict=True)
                scope = (*block.scope, {name: frozenset({value}) for name, value in pairs})
                label = "/".join(values)
                yield PrintedCell(block.definition.number, label, "", "", None, scope, None)


def _not_used(error: UnclearAmountError) -> str:
    """Why an amount is not used, and what its reader might do."""
    guess = f"，像是 {error.amount.guess}" if error.amount.guess else ""
    advice = "；确有冲减的，填冲减后的净额" if error.amount.negative else ""
    return f"不是能用的金额（{error.fault}{guess}），没有用；由其余各格推算{advice}"
