"""The cells of the printed statements, and the leaves they may sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

from generator.compute.ledger.entries import Book
from generator.compute.statements.evaluate import condition
from generator.core.rounding import YUAN_PER_WAN, plain
from generator.drafts.words.amounts import fault_in, read_amount
from generator.importing.amounts.cells import (
    CellAmount,
    Leaf,
    PrintedCell,
    UnclearAmountError,
    cell_amount,
)
from generator.importing.amounts.placing import Placed, PlacedRows, ReadBlock
from generator.importing.amounts.projects import keys
from generator.importing.amounts.units import MeasuredTable
from generator.model.budget import BudgetYear, Expenditure, OfficialExpenses
from generator.model.vocabulary import BasicKind


@dataclass(slots=True)
class Tables(PlacedRows):
    """All statements of a document: their cells, and the leaves that any of them may sum."""

    zeros_are_nothing: bool = False
    measures: Mapping[str, MeasuredTable] = field(default_factory=dict)
    """The unit of each statement, by its number."""
    _cells: dict[Book, list[PrintedCell]] = field(default_factory=dict)

    def text(self, statement: str, yuan: Decimal) -> str:
        """An amount as a statement prints it; ``""`` for nothing."""
        money = next(b.definition.money for b in self.blocks if b.definition.number == statement)
        return money.text(yuan)

    def leaves(self, book: Book) -> list[Leaf]:
        """The leaves of a book that the document may have."""
        appropriated = self.vocabulary.appropriations
        every: dict[Book, Iterable[dict[str, str]]] = {
            Book.BUDGET: self._budget_leaves(),
            Book.ECONOMIC: (
                {
                    "部门经济类": department[:3],
                    "部门经济科目": department,
                    "政府经济科目": government,
                    "经费类型": self.vocabulary.expenditure_kind(department[:3]).value,
                }
                for department, government in self._told_pairs()
            ),
            Book.OFFICIAL_EXPENSES: (
                {"费用": item.alias or name, "资金来源": source}
                for name, item in OfficialExpenses.model_fields.items()
                for source in appropriated
            ),
            Book.OPERATING_FUNDS: (
                {"单位": unit, "资金来源": source}
                for unit, source in product(self._spenders(), appropriated)
            ),
            Book.PROJECTS: self._project_leaves(),
        }
        revenue = ({"收入科目": code} for of, code in sorted(self.revenue_names) if of is book)
        return [Leaf(dimensions) for dimensions in every.get(book, revenue)]

    def _spenders(self) -> Iterable[str]:
        """The units with 机关运行经费; the publisher alone if a table prints only its sum."""
        printed = (each for each in self.blocks if each.book is Book.OPERATING_FUNDS)
        one = all(not block.dimensions for block in printed)
        return [self.publisher.name] if one else self.operating_units

    def _told_pairs(self) -> list[tuple[str, str]]:
        """The pairs of economic subjects; without the government's if no table tells it."""
        paired = {department for department, government in self.pairs if government}
        return sorted(pair for pair in self.pairs if pair[1] or pair[0] not in paired)

    def _budget_leaves(self) -> Iterator[dict[str, str]]:
        divided = any(each.definition.asks(Book.BUDGET, "经费类型") for each in self.blocks)
        kinds = [(each, "") for each in Expenditure]
        if divided:
            kinds[:1] = [(Expenditure.BASIC, each.value) for each in BasicKind]
        for code, year, (kind, basic), source in product(
            sorted(self.items), BudgetYear, kinds, self.vocabulary.sources
        ):
            yield {
                "科目类": code[:3],
                "科目款": code[:5],
                "科目项": code,
                "支出类别": kind.value,
                "经费类型": basic,
                "资金来源": source,
                "预算年度": year.value,
            }

    def _project_leaves(self) -> Iterator[dict[str, str]]:
        sources = {
            BudgetYear.CURRENT: self.vocabulary.sources,
            BudgetYear.CARRY_OVER: self.vocabulary.appropriations,
        }
        for unit in self.units:
            for key, year in product(keys(unit.names), BudgetYear):
                for source in sources[year]:
                    yield {
                        "单位": unit.unit,
                        "项目": key,
                        "资金来源": source,
                        "预算年度": year.value,
                    }

    def cells(self, book: Book) -> list[PrintedCell]:
        """The cells that constrain a book, the rows that are not printed among them."""
        if book not in self._cells:
            found = self._cells.setdefault(book, [])
            leaves = self.leaves(book)
            for number, block in enumerate(self.blocks):
                if block.book is not book or not block.measured:
                    continue
                fixed = (Placed(part, row.title, row.condition) for row, part in block.rows.fixed)
                expanded = self.placed(number)
                for placed in (*fixed, *expanded):
                    found.extend(self._row_cells(block, placed))
                found.extend(self._absent(block, expanded, leaves))
        return self._cells[book]

    def _row_cells(self, block: ReadBlock, placed: Placed) -> Iterator[PrintedCell]:
        pairs = zip(placed.part.measured, placed.part.amount_spots, strict=True)
        for (column, text, scale), spot in pairs:
            title = self.publisher.fill(column.title)
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
            if fault := fault_in(read_amount(text), scale.unit):
                wan = amount.yuan / YUAN_PER_WAN if amount else Decimal(0)
                self._doubt(block, cell, f"{fault}，读作 {plain(wan)} 万元")
            yield replace(cell, amount=self._printed(amount))

    def _printed(self, amount: CellAmount | None) -> CellAmount | None:
        """An amount as it counts: nothing, if zeros are how the document says that."""
        return None if amount and not amount.yuan and self.zeros_are_nothing else amount

    def _doubt(self, block: ReadBlock, cell: PrintedCell, message: str) -> None:
        words = f"{cell.name}“{cell.text}”{message}"
        self.reading.doubt((block.book.value,), words, cell.spot)

    def _absent(
        self, block: ReadBlock, placed: Iterable[Placed], leaves: Iterable[Leaf]
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
