"""Amounts that another year's show to be typed in 万元: totals, leaves, procurement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from decimal import Decimal

from generator.changes.matching import identity
from generator.changes.year import Year
from generator.compose.review.wan_suspects import Suspect, beside, suspects, too_small
from generator.compute.ledger.entries import Book, Entry, total_yuan
from generator.core.figures import Figure
from generator.load.entity_folder import LoadedDisclosure
from generator.pack.pack import YearComparison


def beside_totals(
    loaded: LoadedDisclosure, year: Year, comparisons: Mapping[str, YearComparison]
) -> Iterator[Suspect]:
    """This year's totals against last year's; and last year's, where all that is typed is small."""
    figures = year.figures
    typed: list[Suspect] = []
    sound = False
    for name, compared in comparisons.items():
        if compared.current not in figures or compared.prior not in figures:
            continue
        now, prior = figures[compared.current], figures[compared.prior]
        if too_small(now.value, prior.value):
            _, leaves = year.leaves(compared.current)
            yield from suspects(leaves, f"上年的“{name}”", prior.value)
        path = _typed_at(loaded, prior)
        if path and too_small(prior.value, now.value):
            place = loaded.source.place(path)
            address = "/".join(path)
            why = beside(f"本年的“{name}”", now.value)
            typed.append(Suspect(address, prior.value, place, why))
        elif path and prior.value:
            sound = True
    yield from () if sound else typed


def _typed_at(loaded: LoadedDisclosure, prior: Figure) -> tuple[str, ...]:
    """The path of a total of last year that was typed in this year's data; empty if it was not."""
    path = tuple(prior.sources[0].split("/")) if len(prior.sources) == 1 else ()
    return path if path[:1] == ("上年预算数",) and loaded.source.knows(path) else ()


def beside_last_year(year: Year, before: Year) -> Iterator[Suspect]:
    """Leaves against the same leaves of last year."""
    for book, key_of in _KEYS.items():
        past: defaultdict[Hashable, Decimal] = defaultdict(Decimal)
        for entry in before.ledger.books[book]:
            past[key_of(entry)] += entry.amount
        now: defaultdict[Hashable, list[Entry]] = defaultdict(list)
        for entry in year.ledger.books[book]:
            now[key_of(entry)].append(entry)
        for key, entries in now.items():
            if key in past and too_small(total_yuan(entries), past[key]):
                yield from suspects(entries, "上年这一项是", past[key])


def beside_procurement(loaded: LoadedDisclosure, before: Year) -> Iterator[Suspect]:
    """Items of procurement against last year's."""
    past = dict(before.disclosure.procurement.items())
    for name, amount in loaded.disclosure.procurement.items():
        if too_small(amount, past[name]):
            path = ("政府采购", name)
            place = loaded.source.place(path)
            yield Suspect("/".join(path), amount, place, beside("上年这一项是", past[name]))


def _by(*names: str) -> Callable[[Entry], Hashable]:
    return lambda entry: tuple(entry.dimensions[name] for name in names)


def _by_project(entry: Entry) -> Hashable:
    """A project by unit and name without its year, this year's money apart from what was left."""
    dimensions = entry.dimensions
    return dimensions["单位"], identity(dimensions["项目"]), dimensions["预算年度"]


_KEYS: Mapping[Book, Callable[[Entry], Hashable]] = {
    Book.BUDGET: _by("科目项", "支出类别", "经费类型", "资金来源", "预算年度"),
    Book.ECONOMIC: _by("部门经济科目", "政府经济科目"),
    Book.FUND_REVENUE: _by("收入科目"),
    Book.CAPITAL_REVENUE: _by("收入科目"),
    Book.OFFICIAL_EXPENSES: _by("费用"),
    Book.OPERATING_FUNDS: _by("单位"),
    Book.PROJECTS: _by_project,
}
"""What makes a leaf of two years the same."""
