"""Tables published as 本表无数据 although other tables show that they have some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.importing.leaf_cells import LeafIndex, is_amount
from generator.importing.leaf_tables import ReadBlock, Tables
from generator.ledger.entries import Book, Condition

_SAME_MONEY: Mapping[Book, Mapping[str, str]] = {
    Book.ECONOMIC: {"支出类别": "基本支出", "资金来源": "一般公共预算", "预算年度": "当年预算"},
    Book.FUND_REVENUE: {"资金来源": "政府性基金预算", "预算年度": "当年预算"},
    Book.CAPITAL_REVENUE: {"资金来源": "国有资本经营预算", "预算年度": "当年预算"},
    Book.PROJECTS: {"支出类别": "项目支出"},
}
"""Which money of 收支 another book divides up."""


def declared_empty(tables: Tables) -> list[str]:
    """The statements without any amount whose money other statements print."""
    numbers = list(dict.fromkeys(block.definition.number for block in tables.blocks))
    blank = {
        number
        for number in numbers
        if not any(_has_amounts(each) for each in tables.blocks if each.definition.number == number)
    }
    index = LeafIndex(tables.leaves(Book.BUDGET))
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
            for each in tables.blocks
            if each.definition.number == number
            for scope in _scopes(each, index)
            for leaves in printed
        )
    ]


def _has_amounts(block: ReadBlock) -> bool:
    rows = [*(part for _, part in block.rows.fixed), *block.rows.expanded]
    return any(is_amount(text) for part in rows for _, text in part.amounts)


def _scopes(block: ReadBlock, index: LeafIndex) -> Iterator[frozenset[int]]:
    """The leaves of 收支 that the block would print, or whose money it divides up."""
    if block.book is Book.BUDGET:
        yield frozenset(index.meeting(block.scope))
    elif block.book in _SAME_MONEY:
        money = {name: frozenset({value}) for name, value in _SAME_MONEY[block.book].items()}
        narrowed = [_narrowed(each) for each in block.scope]
        yield frozenset(index.meeting((money, *narrowed)))


def _narrowed(scope: Condition) -> Condition:
    return {name: values for name, values in scope.items() if name in ("预算年度", "资金来源")}
