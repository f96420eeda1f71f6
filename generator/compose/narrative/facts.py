"""Figures the text states that stand in no statement: last year, projects, procurement, assets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.compose.review.unsaid import says_procurement, says_vehicles
from generator.compute.ledger.entries import Book, Entry, Ledger, total_yuan
from generator.core.figures import Figure, unknown
from generator.core.memo import Same, memo
from generator.core.numbers.format import MoneyFormat
from generator.core.numbers.rounding import half_up, yuan_text
from generator.model.budget import BudgetYear, Expenditure
from generator.model.disclosure import Disclosure
from generator.model.form_names import TOTAL
from generator.model.performance import LevelFunds, ProjectForm
from generator.model.vocabulary import Vocabulary

_VEHICLES_IN = "辆"
"""The unit of vehicles; how many there may be stands before how many there are."""


def facts(
    disclosure: Disclosure, ledger: Ledger, vocabulary: Vocabulary, text: MoneyFormat
) -> Iterator[Figure]:
    """Yields every such figure of a disclosure; projects are counted by class.

    ``text`` is how sentences print money.
    """
    yield from _prior_year(disclosure, text)
    yield from _expenditure(ledger, text)
    yield from _goals(disclosure, ledger, vocabulary.project_classes.names, text)
    yield from _procurement(disclosure, text)
    yield from _assets(disclosure, vocabulary, text)
    yield from _own_numbers(disclosure, vocabulary, text)
    yield from _form_funds(disclosure)


def money_figure(
    address: str, yuan: Decimal, text: MoneyFormat, sources: tuple[str, ...] = ()
) -> Figure:
    """A figure of money: value in 元, printed in the unit of the text."""
    printed = text.rounded(yuan)
    return Figure(address, yuan, printed, "元", f"{printed:f}", sources)


def _count(address: str, number: int, unit: str, sources: tuple[str, ...] = ()) -> Figure:
    return Figure(address, Decimal(number), Decimal(number), unit, str(number), sources)


def _prior_year(disclosure: Disclosure, text: MoneyFormat) -> Iterator[Figure]:
    prior = disclosure.prior_year
    for name, value in prior.items():
        if isinstance(value, Decimal):
            yield money_figure(f"上年/{name}", value, text, (f"上年预算数/{name}",))
    if prior.official_expenses is None:
        return
    items = dict(prior.official_expenses.items())
    groups = {name: (name,) for name in items} | {
        "公务用车购置及运行费": ("公务用车购置费", "公务用车运行维护费")
    }
    for name, parts in groups.items():
        sources = tuple(f"上年预算数/三公经费/{part}" for part in parts)
        amount = sum((items[part] for part in parts), Decimal(0))
        yield money_figure(f"上年/三公经费/{name}", amount, text, sources)
    sources = tuple(f"上年预算数/三公经费/{name}" for name in items)
    yield money_figure("上年/三公经费", sum(items.values(), Decimal(0)), text, sources)


def _expenditure(ledger: Ledger, text: MoneyFormat) -> Iterator[Figure]:
    for kind in Expenditure:
        leaves = [
            entry
            for entry in ledger.books[Book.BUDGET]
            if entry.dimensions["支出类别"] == kind
            and entry.dimensions["预算年度"] == BudgetYear.CURRENT
        ]
        yield sum_of(f"本年支出/{kind}", leaves, text)


def sum_of(address: str, leaves: Sequence[Entry], text: MoneyFormat) -> Figure:
    """The sum of leaves, with all of them as its sources."""
    return money_figure(address, total_yuan(leaves), text, tuple(entry.address for entry in leaves))


def _goals(
    disclosure: Disclosure, ledger: Ledger, project_classes: Sequence[str], text: MoneyFormat
) -> Iterator[Figure]:
    """Counts projects by name within a unit: one name is one project, however many rows."""
    units = len(disclosure.entity.subordinate_units)
    yield _count("二级预算单位/个数", units, "个", ("单位信息/二级预算单位",))
    reporting = disclosure.goal_management.reporting_units
    yield _count("绩效管理/编报单位数", units if reporting is None else reporting, "个")
    names = {
        (entry.unit, entry.key): (entry.unit, entry.project.name)
        for entry in disclosure.keyed_projects()
    }
    published = {
        (entry.unit, entry.key)
        for entry in disclosure.keyed_projects()
        if entry.project.goals_published
    }
    current = [
        entry
        for entry in ledger.books[Book.PROJECTS]
        if entry.dimensions["预算年度"] == BudgetYear.CURRENT
    ]
    for scope in ("纳入", "公开"):
        inside = [
            entry
            for entry in current
            if scope == "纳入" or (entry.dimensions["单位"], entry.dimensions["项目"]) in published
        ]
        for kind in ("合计", *project_classes):
            leaves = [e for e in inside if kind in ("合计", e.dimensions["项目类别"])]
            projects = {names[e.dimensions["单位"], e.dimensions["项目"]] for e in leaves}
            sources = tuple(entry.address for entry in leaves)
            yield _count(f"绩效/{scope}/{kind}/个数", len(projects), "个", sources)
            yield sum_of(f"绩效/{scope}/{kind}/金额", leaves, text)


def _procurement(disclosure: Disclosure, text: MoneyFormat) -> Iterator[Figure]:
    items = dict(disclosure.procurement.items())
    if not says_procurement(disclosure):
        yield from (unknown(f"政府采购/{name}", "元") for name in (*items, "总额"))
        return
    for name, value in items.items():
        yield money_figure(f"政府采购/{name}", value, text, (f"政府采购/{name}",))
    sources = tuple(f"政府采购/{name}" for name in items)
    yield money_figure("政府采购/总额", sum(items.values(), Decimal(0)), text, sources)


def _assets(disclosure: Disclosure, vocabulary: Vocabulary, text: MoneyFormat) -> Iterator[Figure]:
    figures = {
        asset: _number(
            f"国有资产/{asset.name}", disclosure.assets.numbers.get(asset.name), asset.unit, text
        )
        for asset in vocabulary.assets
    }
    yield from (figure for each, figure in figures.items() if each.unit == _VEHICLES_IN)
    yield from _vehicles(disclosure, vocabulary.vehicles)
    yield from (figure for each, figure in figures.items() if each.unit != _VEHICLES_IN)


def _own_numbers(
    disclosure: Disclosure, vocabulary: Vocabulary, text: MoneyFormat
) -> Iterator[Figure]:
    for number in vocabulary.own_numbers:
        value = disclosure.own_numbers.get(number.name)
        yield _number(f"补充/{number.name}", value, number.unit, text)


def _number(address: str, value: Decimal | None, unit: str, text: MoneyFormat) -> Figure:
    """A number as the data says it, money in 元; what it does not say is unknown."""
    if value is None:
        return unknown(address, unit)
    if unit == "元":
        return money_figure(address, value, text)
    return Figure(address, value, value, unit, f"{value.normalize():f}", ())


def _vehicles(disclosure: Disclosure, kinds: Sequence[str]) -> Iterator[Figure]:
    held = dict.fromkeys(kinds, 0) | dict(disclosure.assets.vehicles.items())
    whole = "国有资产/实有车辆"
    addresses = {kind: f"{whole}/{kind}" for kind in held}
    if not says_vehicles(disclosure):
        yield from (unknown(address, _VEHICLES_IN) for address in (*addresses.values(), whole))
        return
    for kind, number in held.items():
        yield _count(addresses[kind], number, _VEHICLES_IN)
    yield _count(whole, sum(held.values()), _VEHICLES_IN, tuple(addresses.values()))


def _form_funds(disclosure: Disclosure) -> Iterator[Figure]:
    """The funds of each project form in 元; the total is the sum of its levels."""
    for number, form in enumerate(disclosure.forms, 1):
        yield from _funds_of_form(Same(form), number)


@memo(1000)
def _funds_of_form(form: Same[ProjectForm], number: int) -> tuple[Figure, ...]:
    return tuple(
        figure
        for half, funds in form.it.funds.items()
        for figure in _level_funds(f"绩效目标表/{number}/{half}", funds)
    )


def _level_funds(prefix: str, funds: LevelFunds) -> Iterator[Figure]:
    items = dict(funds.items())
    for name, value in items.items():
        yield _yuan(f"{prefix}/{name}", value, ())
    sources = tuple(f"{prefix}/{name}" for name in items)
    yield _yuan(f"{prefix}/{TOTAL}", sum(items.values(), Decimal(0)), sources)


def _yuan(address: str, value: Decimal, sources: tuple[str, ...]) -> Figure:
    return Figure(address, value, half_up(value), "元", yuan_text(value), sources)
