"""Amounts that look typed in 万元 instead of 元: ten thousand times smaller than they should be.

A small amount alone is no fault. Each suspect has a counterpart that says how large it should be:
the form of the project, the other table, last year's amount, a printed total (核对数).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import groupby

from generator.changes.matching import identity
from generator.changes.year import Year
from generator.disclosure.base import Model
from generator.disclosure.budget import AmountsByName, BudgetYear, Expenditure
from generator.disclosure.vocabulary import FundNature
from generator.figures import Figure
from generator.findings import Finding, Place
from generator.ledger.entries import Book, Entry, total
from generator.load.entity_folder import LoadedDisclosure
from generator.pack.pack import Comparison
from generator.rounding import YUAN_PER_WAN
from generator.statements.evaluate import condition

_LEAST, _MOST = YUAN_PER_WAN / 2, YUAN_PER_WAN * 2
_ROUNDED = Decimal(50)
"""元 by which an amount typed in 万元 with two decimals may be off."""
_ONE_BY_ONE = 10
"""More suspects than these in a section are told as one: there everything is in 万元."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Suspect:
    """An amount in 元 as typed, and the counterpart beside which it is too small."""

    address: str
    amount: Decimal
    place: Place
    beside: str
    expected: Decimal


def typed_in_wan(
    loaded: LoadedDisclosure,
    year: Year,
    before: Year | None,
    comparisons: Mapping[str, Comparison],
) -> Iterator[Finding]:
    """Yields E225 for amounts that look typed in 万元.

    Args:
        loaded: the data.
        year: the year computed from it.
        before: last year, if the data refers to one.
        comparisons: what the document compares with last year.
    """
    suspects: dict[Place, Suspect] = {}
    for each in (
        *_beside_forms(loaded),
        *_beside_other_tables(year),
        *_beside_economic(year, comparisons),
        *_beside_stated(loaded, year),
        *_beside_totals(loaded, year, comparisons),
        *(_beside_last_year(year, before) if before else ()),
        *(_procurement(loaded, before) if before else ()),
    ):
        suspects.setdefault(each.place, each)
    in_order = sorted(suspects.values(), key=lambda each: each.place)
    for section, group in groupby(in_order, lambda each: each.address.partition("/")[0]):
        yield from _told(section, list(group))


def _told(section: str, suspects: Sequence[Suspect]) -> Iterator[Finding]:
    remedy = (
        "金额以元为单位：万元数乘以 10000 再写；确是这么少的，"
        "在“按实公布说明”写规则 E225、对象（数字地址）和理由"
    )
    if len(suspects) <= _ONE_BY_ONE:
        for each in suspects:
            cause = f"“{section}”写 {each.amount:f} 元，{each.beside} {each.expected:f} 元"
            message = f"{cause}，相差约一万倍，像是按万元填的"
            yield Finding("E225", message, remedy, each.place, subjects=(each.address,))
        return
    lines = "、".join(f"第 {each.place.line} 行 {each.amount:f}" for each in suspects[:_SHOWN])
    message = f"“{section}”有 {len(suspects)} 处像是按万元填的：{lines}，等"
    first, *others = suspects
    message += f"（{first.beside} {first.expected:f} 元）"
    also = tuple(each.place for each in others)
    addresses = tuple(each.address for each in suspects)
    yield Finding("E225", message, remedy, first.place, subjects=addresses, also=also)


def _too_small(small: Decimal, large: Decimal) -> bool:
    return small > 0 and _LEAST <= large / small <= _MOST


def _suspects(entries: Iterable[Entry], beside: str, expected: Decimal) -> Iterator[Suspect]:
    for entry in entries:
        yield Suspect(entry.address, entry.amount, entry.place, beside, expected)


def _either(one: Sequence[Entry], other: Sequence[Entry], names: tuple[str, str]) -> list[Suspect]:
    """The suspects of two sides that should be about equal: the entries of the smaller one."""
    if _too_small(total(one), total(other)):
        return list(_suspects(one, f"“{names[1]}”合计", total(other)))
    if _too_small(total(other), total(one)):
        return list(_suspects(other, f"“{names[0]}”合计", total(one)))
    return []


def _beside_forms(loaded: LoadedDisclosure) -> Iterator[Suspect]:
    """The projects of this year against the forms of the same unit and name, and the reverse."""
    forms: defaultdict[tuple[str, str], list[Suspect]] = defaultdict(list)
    for index, form in enumerate(loaded.disclosure.forms):
        place = loaded.source.place(("项目绩效目标表", index, "资金", "年度"))
        address = f"绩效目标表/{form.unit}/{form.project}"
        amount = _sum(form.funds.year)
        key = form.unit.strip(), form.project.strip()
        forms[key].append(Suspect(address, amount, place, "项目里的金额", amount))
    projects: defaultdict[tuple[str, str], list[Suspect]] = defaultdict(list)
    for entry in loaded.disclosure.keyed_projects():
        place = loaded.source.place((*entry.path, BudgetYear.CURRENT.value))
        address = "/".join(str(step + 1) if isinstance(step, int) else step for step in entry.path)
        amount = _sum(entry.project.current)
        key = entry.unit.strip(), entry.project.name.strip()
        projects[key].append(Suspect(address, amount, place, "绩效目标表的年度资金", amount))
    for key, of_key in projects.items():
        yield from _unlike(of_key, forms[key])
        yield from _unlike(forms[key], of_key)


def _unlike(amounts: Sequence[Suspect], others: Sequence[Suspect]) -> Iterator[Suspect]:
    """The amounts without an equal among the others, one of which is ten thousand times larger."""
    known = {each.amount for each in others}
    matched = {each.amount for each in amounts}
    for each in amounts:
        large = [o.amount for o in others if o.amount not in matched]
        expected = next((amount for amount in large if _too_small(each.amount, amount)), None)
        if each.amount not in known and expected is not None:
            yield replace(each, expected=expected)


def _sum(amounts: Model | AmountsByName) -> Decimal:
    return sum((amount for _, amount in amounts.items()), Decimal(0))


def _beside_other_tables(year: Year) -> Iterator[Suspect]:
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
    lacking = total(others) - total(entries)
    rising = sorted(entries, key=lambda each: each.amount)
    sets = [[each] for each in rising] + [rising[:count] for count in range(2, len(rising))]
    for chosen in sets:
        gained = total(chosen) * (YUAN_PER_WAN - 1)
        if lacking > 0 and abs(gained - lacking) <= _ROUNDED * len(chosen):
            return list(_suspects(chosen, f"比“{name}”少", lacking))
    return []


def _beside_economic(year: Year, comparisons: Mapping[str, Comparison]) -> Iterator[Suspect]:
    """三公 items and 机关运行经费 against the economic subjects that they are spent under."""
    for name, compared in comparisons.items():
        if not compared.economic or compared.current not in year.figures:
            continue
        scope = condition(compared.economic)
        subjects = [each for each in year.ledger.books[Book.ECONOMIC] if each.meets(scope)]
        _, leaves = year.leaves(compared.current)
        yield from _either(leaves, subjects, (name, f"{name}的经济科目"))


def _beside_stated(loaded: LoadedDisclosure, year: Year) -> Iterator[Suspect]:
    """Amounts against the printed totals in 核对数, which are in 万元."""
    for address, text in loaded.disclosure.stated.items():
        stated = _number(text)
        if stated is None or address not in year.figures:
            continue
        figure, expected = year.figures[address], stated * YUAN_PER_WAN
        if figure.unit == "元" and _too_small(figure.value, expected):
            _, leaves = year.leaves(address)
            yield from _suspects(leaves, f"核对数“{address}”", expected)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _beside_totals(
    loaded: LoadedDisclosure, year: Year, comparisons: Mapping[str, Comparison]
) -> Iterator[Suspect]:
    """This year's totals against last year's; and last year's, where all that is typed is small."""
    figures = year.figures
    typed: list[Suspect] = []
    sound = False
    for name, compared in comparisons.items():
        if compared.current not in figures or compared.prior not in figures:
            continue
        now, prior = figures[compared.current], figures[compared.prior]
        if _too_small(now.value, prior.value):
            _, leaves = year.leaves(compared.current)
            yield from _suspects(leaves, f"上年的“{name}”", prior.value)
        path = _typed_at(loaded, prior)
        if path and _too_small(prior.value, now.value):
            place = loaded.source.place(path)
            address = "/".join(path)
            typed.append(Suspect(address, prior.value, place, f"本年的“{name}”", now.value))
        elif path and prior.value:
            sound = True
    yield from () if sound else typed


def _typed_at(loaded: LoadedDisclosure, prior: Figure) -> tuple[str, ...]:
    """The path of a total of last year that was typed in this year's data; empty if it was not."""
    path = tuple(prior.sources[0].split("/")) if len(prior.sources) == 1 else ()
    return path if path[:1] == ("上年预算数",) and loaded.source.knows(path) else ()


def _beside_last_year(year: Year, before: Year) -> Iterator[Suspect]:
    """Leaves against the same leaves of last year."""
    for book, key_of in _KEYS.items():
        past: defaultdict[Hashable, Decimal] = defaultdict(Decimal)
        for entry in before.ledger.books[book]:
            past[key_of(entry)] += entry.amount
        now: defaultdict[Hashable, list[Entry]] = defaultdict(list)
        for entry in year.ledger.books[book]:
            now[key_of(entry)].append(entry)
        for key, entries in now.items():
            if key in past and _too_small(total(entries), past[key]):
                yield from _suspects(entries, "上年这一项是", past[key])


def _procurement(loaded: LoadedDisclosure, before: Year) -> Iterator[Suspect]:
    past = dict(before.disclosure.procurement.items())
    for name, amount in loaded.disclosure.procurement.items():
        if _too_small(amount, past[name]):
            path = ("政府采购", name)
            place = loaded.source.place(path)
            yield Suspect("/".join(path), amount, place, "上年这一项是", past[name])


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
