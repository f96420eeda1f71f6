"""Posts a disclosure's leaf amounts to the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from generator.compute.ledger.entries import Book, Entry, Ledger
from generator.load.entity_folder import LoadedDisclosure
from generator.load.yaml.changes import path_text
from generator.load.yaml.tree import Path_
from generator.model.budget import (
    AppropriationAmounts,
    BudgetYear,
    Expenditure,
    FundAmounts,
    Project,
    RevenueLine,
)
from generator.model.vocabulary import BasicKind

Amounts = FundAmounts | AppropriationAmounts

_PROJECT_ENTRIES: Mapping[BudgetYear, Callable[[Project], Amounts]] = MappingProxyType(
    {
        BudgetYear.CURRENT: lambda project: project.current,
        BudgetYear.CARRY_OVER: lambda project: project.carry_over,
    }
)


def post(loaded: LoadedDisclosure) -> Ledger:
    """Returns the ledger of a disclosure. Zero amounts are not posted."""
    return Ledger(
        {
            book: tuple(
                Entry(path_text(path), amount, dimensions, loaded.source.place(path))
                for path, amount, dimensions in posting(loaded)
                if amount
            )
            for book, posting in _POSTINGS.items()
        }
    )


_Posting = Iterator[tuple[Path_, Decimal, dict[str, str]]]


_KINDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {kind.value: {"支出类别": kind.value, "经费类型": ""} for kind in Expenditure}
    | {
        kind.value: {"支出类别": Expenditure.BASIC.value, "经费类型": kind.value}
        for kind in BasicKind
    }
)
"""What the keys of expenditure under a subject say of its leaves."""


def _subject(code: str) -> dict[str, str]:
    return {"科目类": code[:3], "科目款": code[:5], "科目项": code}


def _budget(loaded: LoadedDisclosure) -> _Posting:
    for i, line in enumerate(loaded.disclosure.subjects):
        for year, amounts in (
            (BudgetYear.CURRENT, line.current),
            (BudgetYear.CARRY_OVER, line.carry_over),
        ):
            for key, funds in amounts.items():
                for source, amount in funds.items():
                    yield (
                        ("收支", i, year.value, key, source),
                        amount,
                        _subject(line.code)
                        | dict(_KINDS[key])
                        | {"资金来源": source, "预算年度": year.value},
                    )
    for path, _, _, project in loaded.disclosure.keyed_projects():
        if project.code is not None:
            for year, get in _PROJECT_ENTRIES.items():
                for source, amount in get(project).items():
                    yield (
                        (*path, year.value, source),
                        amount,
                        _subject(project.code)
                        | dict(_KINDS[Expenditure.PROJECT])
                        | {"资金来源": source, "预算年度": year.value},
                    )


def _economic(loaded: LoadedDisclosure) -> _Posting:
    for i, line in enumerate(loaded.disclosure.economic):
        department_class = line.department[:3]
        yield (
            ("基本支出经济科目", i, "金额"),
            line.amount,
            {
                "部门经济类": department_class,
                "部门经济科目": line.department,
                "政府经济科目": line.government or "",
                "经费类型": loaded.vocabulary.expenditure_kind(department_class).value,
            },
        )


def _revenue(section: str, lines: Iterable[RevenueLine]) -> _Posting:
    for i, line in enumerate(lines):
        yield (section, i, "金额"), line.amount, {"收入科目": line.code}


def _official_expenses(loaded: LoadedDisclosure) -> _Posting:
    for item, amounts in loaded.disclosure.official_expenses.items():
        for source, amount in amounts.items():
            yield ("三公经费", item, source), amount, {"费用": item, "资金来源": source}


def _operating_funds(loaded: LoadedDisclosure) -> _Posting:
    for i, line in enumerate(loaded.disclosure.operating_funds):
        for source, amount in line.amounts.items():
            yield (
                ("机关运行经费", i, "金额", source),
                amount,
                {"单位": line.unit, "资金来源": source},
            )


def _projects(loaded: LoadedDisclosure) -> _Posting:
    for path, unit, key, project in loaded.disclosure.keyed_projects():
        for year, get in _PROJECT_ENTRIES.items():
            for source, amount in get(project).items():
                yield (
                    (*path, year.value, source),
                    amount,
                    {
                        "单位": unit,
                        "项目": key,
                        "项目类别": project.category,
                        "资金来源": source,
                        "预算年度": year.value,
                    },
                )


def _procurement(loaded: LoadedDisclosure) -> _Posting:
    for name, amount in loaded.disclosure.procurement.items():
        yield ("政府采购", name), amount, {"采购类别": name}


_POSTINGS: Mapping[Book, Callable[[LoadedDisclosure], _Posting]] = MappingProxyType(
    {
        Book.BUDGET: _budget,
        Book.ECONOMIC: _economic,
        Book.FUND_REVENUE: lambda loaded: _revenue(
            "政府性基金收入", loaded.disclosure.fund_revenue
        ),
        Book.CAPITAL_REVENUE: lambda loaded: _revenue(
            "国有资本经营收入", loaded.disclosure.capital_revenue
        ),
        Book.OFFICIAL_EXPENSES: _official_expenses,
        Book.OPERATING_FUNDS: _operating_funds,
        Book.PROJECTS: _projects,
        Book.PROCUREMENT: _procurement,
    }
)
