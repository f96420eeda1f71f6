"""The ledger: every leaf amount as an entry with dimensions, ready to be summed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from generator.core.findings import Location


class Book(StrEnum):
    """Independent sets of entries: sums never cross from one book to another."""

    BUDGET = "收支"
    ECONOMIC = "基本支出经济科目"
    FUND_REVENUE = "政府性基金收入"
    CAPITAL_REVENUE = "国有资本经营收入"
    OFFICIAL_EXPENSES = "三公经费"
    OPERATING_FUNDS = "机关运行经费"
    PROJECTS = "项目"
    PROCUREMENT = "政府采购"


DIMENSIONS: Mapping[Book, tuple[str, ...]] = {
    Book.BUDGET: ("科目类", "科目款", "科目项", "支出类别", "经费类型", "资金来源", "预算年度"),
    Book.ECONOMIC: ("部门经济类", "部门经济科目", "政府经济科目", "经费类型"),
    Book.FUND_REVENUE: ("收入科目",),
    Book.CAPITAL_REVENUE: ("收入科目",),
    Book.OFFICIAL_EXPENSES: ("费用", "资金来源"),
    Book.OPERATING_FUNDS: ("单位", "资金来源"),
    Book.PROJECTS: ("单位", "项目", "项目类别", "资金来源", "预算年度"),
    Book.PROCUREMENT: ("采购类别",),
}
"""The dimensions that the entries of a book carry."""

CODE_LENGTHS: Mapping[str, int] = {
    "科目类": 3,
    "科目款": 5,
    "科目项": 7,
    "部门经济类": 3,
    "部门经济科目": 5,
    "政府经济科目": 5,
}
"""How many digits the codes of a dimension have: an upper level is the beginning of a lower one."""

Condition = Mapping[str, frozenset[str]]
"""For each dimension named, the values that an entry may have."""


class Entry(Struct, frozen=True):
    """One leaf amount in 元: its address in the data, its dimensions, where it is written."""

    address: str
    amount: Decimal
    dimensions: Mapping[str, str]
    place: Location

    def meets(self, condition: Condition) -> bool:
        """Whether every dimension named has one of the values allowed."""
        for key, values in condition.items():  # noqa: SIM110 -- asked for each leaf of each cell
            if self.dimensions[key] not in values:
                return False
        return True


class Ledger(Struct, frozen=True):
    """All entries of a disclosure by book."""

    books: Mapping[Book, tuple[Entry, ...]]

    def entries(self) -> Iterator[Entry]:
        """Every entry of every book."""
        for entries in self.books.values():
            yield from entries


def total_yuan(entries: Iterable[Entry]) -> Decimal:
    """The exact sum in 元."""
    return sum((entry.amount for entry in entries), Decimal(0))
