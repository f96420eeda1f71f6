"""The leaves that a document may have, by what its rows stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from generator.compute.ledger.entries import Book
from generator.importing.amounts.printed.cells import Leaf
from generator.importing.amounts.printed.placing import PlacedRows, PrintedStatements
from generator.importing.amounts.printed.projects import keys
from generator.model.budget import BudgetYear, Expenditure, OfficialExpenses, Procurement
from generator.model.vocabulary import BasicKind


class Leaves:
    """The leaves of each book that the placed rows of a document let it have."""

    def __init__(self, printed: PrintedStatements, rows: PlacedRows) -> None:
        self._printed = printed
        self._rows = rows

    def of(self, book: Book) -> list[Leaf]:
        """The leaves of a book that the document may have."""
        appropriated = self._printed.vocabulary.appropriations
        every: dict[Book, Iterable[dict[str, str]]] = {
            Book.BUDGET: self._budget_leaves(),
            Book.ECONOMIC: (
                {
                    "部门经济类": department[:3],
                    "部门经济科目": department,
                    "政府经济科目": government,
                    "经费类型": self._printed.vocabulary.expenditure_kind(department[:3]).value,
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
            Book.PROCUREMENT: self._procured(),
        }
        revenue = (
            {"收入科目": code} for of, code in sorted(self._rows.revenue_names) if of is book
        )
        return [Leaf(dimensions) for dimensions in every.get(book, revenue)]

    def _procured(self) -> Iterator[dict[str, str]]:
        """Goods, works and services, if a table prints them; most places tell them in the text."""
        if any(block.book is Book.PROCUREMENT for block in self._printed.blocks):
            for name, item in Procurement.model_fields.items():
                yield {"采购类别": item.alias or name}

    def _spenders(self) -> Iterable[str]:
        """The units with 机关运行经费; the publisher alone if a table prints only its sum."""
        printed = (each for each in self._printed.blocks if each.book is Book.OPERATING_FUNDS)
        one = all(not block.dimensions for block in printed)
        return [self._printed.publisher.name] if one else self._rows.operating_units

    def _told_pairs(self) -> list[tuple[str, str]]:
        """The pairs of economic subjects; without the government's if no table tells it."""
        paired = {department for department, government in self._rows.pairs if government}
        return sorted(pair for pair in self._rows.pairs if pair[1] or pair[0] not in paired)

    def _budget_leaves(self) -> Iterator[dict[str, str]]:
        divided = any(
            block.definition.asks(Book.BUDGET, "经费类型") for block in self._printed.blocks
        )
        kinds = [(each, "") for each in Expenditure]
        if divided:
            kinds[:1] = [(Expenditure.BASIC, each.value) for each in BasicKind]
        for code, year, (kind, basic), source in product(
            sorted(self._rows.items), BudgetYear, kinds, self._printed.vocabulary.sources
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
            BudgetYear.CURRENT: self._printed.vocabulary.sources,
            BudgetYear.CARRY_OVER: self._printed.vocabulary.appropriations,
        }
        for unit in self._rows.units:
            for key, year in product(keys(unit.names), BudgetYear):
                for source in sources[year]:
                    yield {
                        "单位": unit.unit,
                        "项目": key,
                        "资金来源": source,
                        "预算年度": year.value,
                    }
