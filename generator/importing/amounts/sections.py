"""Writes leaf amounts as sections of the data format and knows where each leaf went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from generator.compute.ledger.entries import Book
from generator.importing.amounts.printed.projects import keys
from generator.importing.amounts.printed.tables import Tables
from generator.importing.amounts.solving.solved import Solved
from generator.importing.reading import Path_

Dimensions = Mapping[str, str]
Placing = tuple[Any, Callable[[Dimensions], Path_]]
"""A section without amounts, and the path from it to the amount of a leaf."""


def section(tables: Tables, book: Book, solved: Solved) -> tuple[Any, list[Path_]]:
    """A book's section with its amounts, and for each leaf the path where it is or would be."""
    undivided = {leaf for each in solved.undivided for leaf in each.chosen}
    filled = [
        leaf.dimensions
        for number, leaf in enumerate(solved.leaves)
        if solved.amounts[number] or number in undivided
    ]
    written, path_of = _PLACINGS[book](tables, filled)
    paths = []
    for leaf, amount in zip(solved.leaves, solved.amounts, strict=True):
        path = path_of(leaf.dimensions)
        if amount:
            _put(written, path, yuan_in_data(amount))
        paths.append((book.value, *path))
    return written, paths


def yuan_in_data(amount: Decimal) -> str:
    """元 as the data format writes them."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def _put(section: Any, path: Path_, value: str) -> None:
    *steps, last = path
    for step in steps:
        section = section[step] if isinstance(step, int) else section.setdefault(step, {})
    section[last] = value


def _budget(_: Tables, filled: list[Dimensions]) -> Placing:
    codes = list(dict.fromkeys(each["科目项"] for each in filled))
    index = {code: i for i, code in enumerate(codes)}

    def path(leaf: Dimensions) -> Path_:
        if leaf["科目项"] not in index:
            return ()
        kind = leaf["经费类型"] or leaf["支出类别"]
        return index[leaf["科目项"]], leaf["预算年度"], kind, leaf["资金来源"]

    return [{"科目": code} for code in codes], path


def _economic(_: Tables, filled: list[Dimensions]) -> Placing:
    names = ("部门经济科目", "政府经济科目")
    pairs = [tuple(each[name] for name in names) for each in filled]
    index = {pair: i for i, pair in enumerate(pairs)}

    def path(leaf: Dimensions) -> Path_:
        pair = tuple(leaf[name] for name in names)
        return (index[pair], "金额") if pair in index else ()

    rows = [dict(zip(names, pair, strict=True)) for pair in pairs]
    return [{name: code for name, code in row.items() if code} for row in rows], path


def _revenue(book: Book) -> Callable[[Tables, list[Dimensions]], Placing]:
    def placing(tables: Tables, filled: list[Dimensions]) -> Placing:
        codes = [each["收入科目"] for each in filled]
        index = {code: i for i, code in enumerate(codes)}

        def path(leaf: Dimensions) -> Path_:
            code = leaf["收入科目"]
            return (index[code], "金额") if code in index else ()

        rows = [{"科目": code, "名称": tables.rows.revenue_names[book, code]} for code in codes]
        return rows, path

    return placing


def _official(_: Tables, __: list[Dimensions]) -> Placing:
    return {}, lambda leaf: (leaf["费用"], leaf["资金来源"])


def _operating(tables: Tables, filled: list[Dimensions]) -> Placing:
    units = list(tables.rows.operating_units) or list(
        dict.fromkeys(each["单位"] for each in filled)
    )

    def path(leaf: Dimensions) -> Path_:
        unit = leaf["单位"]
        return (units.index(unit), "金额", leaf["资金来源"]) if unit in units else ()

    return [{"单位": unit, "金额": {}} for unit in units], path


def _projects(tables: Tables, _: list[Dimensions]) -> Placing:
    index = {
        (unit.unit, key): (i, "项目", j)
        for i, unit in enumerate(tables.rows.units)
        for j, key in enumerate(keys(unit.names))
    }

    def path(leaf: Dimensions) -> Path_:
        return *index[leaf["单位"], leaf["项目"]], leaf["预算年度"], leaf["资金来源"]

    return [
        {"单位": unit.unit, "项目": [{"名称": name} for name in unit.names]}
        for unit in tables.rows.units
    ], path


_PLACINGS: Mapping[Book, Callable[[Tables, list[Dimensions]], Placing]] = {
    Book.BUDGET: _budget,
    Book.ECONOMIC: _economic,
    Book.FUND_REVENUE: _revenue(Book.FUND_REVENUE),
    Book.CAPITAL_REVENUE: _revenue(Book.CAPITAL_REVENUE),
    Book.OFFICIAL_EXPENSES: _official,
    Book.OPERATING_FUNDS: _operating,
    Book.PROJECTS: _projects,
    Book.PROCUREMENT: lambda _, __: ({}, lambda leaf: (leaf["采购类别"],)),
}
