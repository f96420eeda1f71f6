"""Amounts that another part of the same data shows to be typed in 万元: a form, a table, a total.

Or their own digits do: a few 元 with a fraction, where all other amounts are whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from generator.changes.year import Year
from generator.compose.review.wan_suspects import Suspect, beside, suspects, too_small
from generator.compute.ledger.entries import Book, Entry, total_yuan
from generator.compute.statements.evaluate import condition
from generator.core.numbers.format import MoneyUnit
from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.core.records import replace
from generator.load.entity_folder import LoadedDisclosure
from generator.load.yaml.changes import path_text
from generator.model.base import Model
from generator.model.budget import AmountsByName, BudgetYear, Expenditure
from generator.model.vocabulary import FundNature
from generator.pack.pack import YearComparison

_ROUNDED = Decimal(50)
"""元 by which an amount typed in 万元 with two decimals may be off."""
_SMALL = Decimal(1000)
"""元: a budget of less, with a fraction, is more likely one in 万元."""
_ENOUGH = 3
"""So many amounts of 元 without a fraction show how amounts are typed."""


def _either(one: Sequence[Entry], other: Sequence[Entry], names: tuple[str, str]) -> list[Suspect]:
    """The suspects of two sides that should be about equal: the entries of the smaller one."""
    if too_small(total_yuan(one), total_yuan(other)):
        return list(suspects(one, f"“{names[1]}”合计", total_yuan(other)))
    if too_small(total_yuan(other), total_yuan(one)):
        return list(suspects(other, f"“{names[0]}”合计", total_yuan(one)))
    return []


def beside_forms(loaded: LoadedDisclosure) -> Iterator[Suspect]:
    """The projects of this year against the forms of the same unit and name, and the reverse."""
    forms: defaultdict[tuple[str, str], list[Suspect]] = defaultdict(list)
    for index, form in enumerate(loaded.disclosure.forms):
        place = loaded.source.place(("项目绩效目标表", index, "资金", "年度"))
        address = f"绩效目标表/{form.unit}/{form.project}"
        amount = _sum(form.funds.year)
        key = form.unit.strip(), form.project.strip()
        forms[key].append(Suspect(address, amount, place))
    projects: defaultdict[tuple[str, str], list[Suspect]] = defaultdict(list)
    for entry in loaded.disclosure.keyed_projects():
        place = loaded.source.place((*entry.path, BudgetYear.CURRENT.value))
        address = path_text(entry.path)
        amount = _sum(entry.project.current)
        key = entry.unit.strip(), entry.project.name.strip()
        projects[key].append(Suspect(address, amount, place))
    for key, of_key in projects.items():
        yield from _unlike(of_key, forms[key], "绩效目标表的年度资金")
        yield from _unlike(forms[key], of_key, "项目里的金额")


def _unlike(amounts: Sequence[Suspect], others: Sequence[Suspect], what: str) -> Iterator[Suspect]:
    """The amounts without an equal among the others, one of which is ten thousand times larger."""
    known = {other.amount for other in others}
    matched = {each.amount for each in amounts}
    for each in amounts:
        large = [o.amount for o in others if o.amount not in matched]
        expected = next((amount for amount in large if too_small(each.amount, amount)), None)
        if each.amount not in known and expected is not None:
            yield replace(each, why=beside(what, expected))


def _sum(amounts: Model | AmountsByName) -> Decimal:
    return sum((amount for _, amount in amounts.items()), Decimal(0))


def beside_other_tables(year: Year) -> Iterator[Suspect]:
    """Two tables that hold the same money: as a whole, or some lines of one of them."""
    books = year.ledger.books
    spending = [each for each in books[Book.BUDGET] if _is_current(each)]
    source_of = year.vocabulary.source_of
    general = _of(spending, 支出类别=Expenditure.BASIC, 资金来源=source_of(FundNature.GENERAL))
    projects = [each for each in books[Book.PROJECTS] if _is_current(each)]
    fund = _of(spending, 资金来源=source_of(FundNature.GOVERNMENT_FUND))
    capital = _of(spending, 资金来源=source_of(FundNature.STATE_CAPITAL))
    for one, other, names in (
        (general, books[Book.ECONOMIC], ("收支的基本支出", "基本支出经济科目")),
        (_of(spending, 支出类别=Expenditure.PROJECT), projects, ("收支的项目支出", "项目")),
        (fund, books[Book.FUND_REVENUE], ("政府性基金预算支出", "政府性基金收入")),
        (capital, books[Book.CAPITAL_REVENUE], ("国有资本经营预算支出", "国有资本经营收入")),
    ):
        if one and other:
            found = _either(one, other, names)
            found = found or _making_up(one, other, names[1])
            yield from found or _making_up(other, one, names[0])


def _is_current(entry: Entry) -> bool:
    return entry.dimensions["预算年度"] == BudgetYear.CURRENT


def _of(entries: Iterable[Entry], **dimensions: str | None) -> list[Entry]:
    """The entries that have a value in each of some dimensions; none have ``None``."""
    return [
        entry
        for entry in entries
        if all(entry.dimensions[name] == value for name, value in dimensions.items())
    ]


def _making_up(entries: Sequence[Entry], others: Sequence[Entry], name: str) -> list[Suspect]:
    """The entries that, ten thousand times as large, make up what their side lacks.

    Either one entry, or the smallest ones together: amounts in 万元 among amounts in 元.
    """
    lacking = total_yuan(others) - total_yuan(entries)
    if lacking <= 0:  # as almost always
        return []
    rising = sorted(entries, key=lambda each: each.amount)
    sets = [[each] for each in rising] + [rising[:count] for count in range(2, len(rising))]
    for chosen in sets:
        gained = total_yuan(chosen) * (YUAN_PER_WAN - 1)
        if abs(gained - lacking) <= _ROUNDED * len(chosen):
            return list(suspects(chosen, f"比“{name}”少", lacking))
    return []


def beside_economic(year: Year, comparisons: Mapping[str, YearComparison]) -> Iterator[Suspect]:
    """三公 items and 机关运行经费 against the economic subjects that they are spent under."""
    for name, compared in comparisons.items():
        if not compared.economic or compared.current not in year.figures:
            continue
        scope = condition(compared.economic)
        subjects = [each for each in year.ledger.books[Book.ECONOMIC] if each.meets(scope)]
        _, leaves = year.leaves(compared.current)
        yield from _either(leaves, subjects, (name, f"{name}的经济科目"))


def beside_stated(
    loaded: LoadedDisclosure, year: Year, units: Mapping[str, MoneyUnit]
) -> Iterator[Suspect]:
    """Amounts against the printed totals in 核对数, which are in the unit that is printed.

    ``units`` are those of the statements by number; all else is printed in the unit of the text.
    """
    for address, text in loaded.disclosure.stated.items():
        stated = _number(text)
        if stated is None or address not in year.figures:
            continue
        figure = year.figures[address]
        expected = stated * units.get(address.partition("/")[0], year.text.unit).yuan
        if figure.unit == MoneyUnit.YUAN and too_small(figure.value, expected):
            _, leaves = year.leaves(address)
            yield from suspects(leaves, f"核对数“{address}”", expected)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def with_fractions(year: Year) -> Iterator[Suspect]:
    """Small amounts with a fraction where nothing else has one: 23.8 beside 122519.

    Where other amounts have 角 and 分, a fraction says nothing, but for a single decimal:
    amounts in 元 have two or none.
    """
    typed = [
        Suspect(entry.address, entry.amount, entry.place)
        for entries in year.ledger.books.values()
        for entry in entries
    ]
    large = [each.amount for each in typed if each.amount >= _SMALL]
    whole = sum(amount >= YUAN_PER_WAN and not amount % 1 for amount in large)
    if whole < _ENOUGH:
        return
    all_whole = not any(amount % 1 for amount in large)
    for each in typed:
        one_decimal = each.amount.as_tuple().exponent == -1
        if 0 < each.amount < _SMALL and each.amount % 1 and (all_whole or one_decimal):
            yield replace(each, why="不到 1000 元却有小数，其余的金额都大得多")
