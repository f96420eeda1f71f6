"""Tables published as 本表无数据 although other tables show that they have some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.compute.ledger.entries import Book, Condition
from generator.importing.amounts.printed.cells import LeafIndex, holds_amount
from generator.importing.amounts.printed.placing import ReadBlock
from generator.importing.amounts.printed.tables import Tables
from generator.model.budget import BudgetYear, Expenditure
from generator.model.vocabulary import FundNature, Vocabulary

_NATURES: Mapping[Book, FundNature] = {
    Book.ECONOMIC: FundNature.GENERAL,
    Book.FUND_REVENUE: FundNature.GOVERNMENT_FUND,
    Book.CAPITAL_REVENUE: FundNature.STATE_CAPITAL,
}
"""What pays for the money of this year that another book divides up."""
_KINDS: Mapping[Book, Expenditure] = {
    Book.ECONOMIC: Expenditure.BASIC,
    Book.PROJECTS: Expenditure.PROJECT,
}
"""Which expenditure of 收支 another book divides up."""


def declared_empty(tables: Tables) -> list[str]:
    """The statements without any amount whose money other statements print."""
    blocks = tables.printed.blocks
    numbers = list(dict.fromkeys(block.definition.number for block in blocks))
    filled = {block.definition.number for block in blocks if _has_amounts(block)}
    blank = set(numbers) - filled
    index = LeafIndex(tables.leaves.of(Book.BUDGET))
    printed = [
        frozenset(leaves)
        for cell in tables.cells(Book.BUDGET)
        if cell.amount and cell.amount.yuan and (leaves := index.meeting(cell.conditions))
    ]
    return [
        number
        for number in numbers
        if number in blank
        and any(
            leaves <= scope
            for each in blocks
            if each.definition.number == number
            for scope in _scopes(each, index, tables.printed.vocabulary)
            for leaves in printed
        )
    ]


def _has_amounts(block: ReadBlock) -> bool:
    rows = [*(part for _, part in block.rows.fixed), *block.rows.expanded]
    return any(holds_amount(text) for part in rows for _, text in part.amounts)


def _scopes(block: ReadBlock, index: LeafIndex, vocabulary: Vocabulary) -> Iterator[frozenset[int]]:
    """The leaves of 收支 that the block would print, or whose money it divides up."""
    if block.book is Book.BUDGET:
        yield frozenset(index.meeting(block.scope))
    elif money := _same_money(block.book, vocabulary):
        narrowed = [_narrowed(each) for each in block.scope]
        yield frozenset(index.meeting((money, *narrowed)))


def _same_money(book: Book, vocabulary: Vocabulary) -> Condition:
    """What money of 收支 another book divides up; empty if it is money of its own."""
    money: dict[str, frozenset[str]] = {}
    if book in _KINDS:
        money["支出类别"] = frozenset({_KINDS[book].value})
    if book in _NATURES:
        source = vocabulary.source_of(_NATURES[book])
        money["资金来源"] = frozenset({source} if source else ())
        money["预算年度"] = frozenset({BudgetYear.CURRENT.value})
    return money


def _narrowed(scope: Condition) -> Condition:
    return {name: values for name, values in scope.items() if name in ("预算年度", "资金来源")}
