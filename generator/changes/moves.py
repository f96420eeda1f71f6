"""Splits the change of a figure into moves: every 元 of it is in exactly one of them.

The leaves of a figure in both years are regrouped by what a reader can be told: projects by name,
carry-over, 人员经费 and 公用经费, sources of funds, functional items where nothing finer is known.
What the books do not split is one move of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from generator.changes.matching import Id, Pairing, identity
from generator.changes.year import Year
from generator.compute.ledger.entries import Book, Entry, total_yuan
from generator.compute.statements.evaluate import condition
from generator.core.records import replace
from generator.model.budget import BudgetYear, Expenditure
from generator.pack.pack import YearComparison

ZERO = Decimal(0)


class MoveKind(StrEnum):
    """What moved; the templates know these words."""

    PROJECT = "项目"
    CARRY_OVER = "结转资金"
    PERSONNEL = "人员经费"
    OPERATING = "公用经费"
    BASIC = "基本支出"
    OTHER_PROJECTS = "项目支出"
    SOURCE = "资金来源"
    EXPENSE = "费用"
    PART = "安排渠道"
    UNIT = "单位"
    SUBJECT = "经济科目"
    TRANSFER = "转列"
    GROUP = "项目若干"
    REST = "其余"


class State(StrEnum):
    """How something stands against last year."""

    ADDED = "新增"
    ENDED = "不再安排"
    GROWN = "增加"
    SHRUNK = "减少"


class Move(Struct, frozen=True):
    """One part of a change, in 元.

    Attributes:
        name: what moved, as a sentence names it.
        unit: whose project it is, where several units stand in the data.
        former: last year's name, where it is another.
        details: what the move consists of, where the books tell.
    """

    kind: MoveKind
    name: str
    before: Decimal
    after: Decimal
    unit: str = ""
    former: str = ""
    details: tuple[Move, ...] = ()

    @property
    def amount(self) -> Decimal:
        """This year less last year."""
        return self.after - self.before

    @property
    def state(self) -> State:
        """Whether it is new, gone, larger or smaller."""
        if not self.before:
            return State.ADDED
        if not self.after:
            return State.ENDED
        return State.GROWN if self.amount > 0 else State.SHRUNK


class MovedAmount(Struct, frozen=True):
    """An amount of one year under what it will be a move of; ``detail`` divides it further."""

    kind: MoveKind
    key: Id
    name: str
    amount: Decimal
    unit: str = ""
    detail: Id = ("", "")
    detail_name: str = ""


class Years(Struct, frozen=True):
    """Last year and this year, with what is the same in both."""

    before: Year
    after: Year
    pairing: Pairing


def moves(comparison: YearComparison, years: Years, change: Decimal) -> tuple[Move, ...]:
    """The moves that a change of so many 元 consists of, largest first; their sum is the change."""
    split = _Split(comparison, years)
    found = _transfers(_joined(split.pieces(years.before), split.pieces(years.after), years))
    rest = change - sum((move.amount for move in found), ZERO)
    if rest:
        found.append(Move(MoveKind.REST, "未能分列", max(-rest, ZERO), max(rest, ZERO)))
    return tuple(sorted((move for move in found if move.amount), key=lambda m: -abs(m.amount)))


def _joined(
    before: Iterable[MovedAmount], after: Iterable[MovedAmount], years: Years
) -> list[Move]:
    """Moves from the pieces of both years, with details where there are several."""
    sides: defaultdict[tuple[MoveKind, Id], tuple[list[MovedAmount], list[MovedAmount]]]
    sides = defaultdict(lambda: ([], []))
    for side, pieces in enumerate((before, after)):
        for piece in pieces:
            sides[piece.kind, piece.key][side].append(piece)
    return [_move(old, new, years) for old, new in sides.values()]


def _move(old: Sequence[MovedAmount], new: Sequence[MovedAmount], years: Years) -> Move:
    first = (*new, *old)[0]
    amounts: defaultdict[Id, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    labels: dict[Id, str] = {}
    for side, pieces in enumerate((old, new)):
        for piece in pieces:
            amounts[piece.detail][side] += piece.amount
            labels[piece.detail] = piece.detail_name
    details = [
        Move(first.kind, labels[key], was, now, unit=key[0])
        for key, (was, now) in amounts.items()
        if labels[key] and was != now
    ]
    move = Move(
        first.kind,
        first.name,
        sum((was for was, _ in amounts.values()), ZERO),
        sum((now for _, now in amounts.values()), ZERO),
        first.unit,
        details=tuple(sorted(details, key=lambda detail: -abs(detail.amount))),
    )
    if move.kind is not MoveKind.PROJECT:
        return move
    project = years.pairing.projects[first.key]
    renamed = identity(project.before) != identity(project.after)
    return replace(move, former=project.before if renamed and move.before and move.after else "")


def _transfers(found: list[Move]) -> list[Move]:
    """Takes a project and a part of basic expenditure that only changed places as one move.

    Where a project that is new or gone has exactly the amount by which an economic subject or
    functional item of basic expenditure fell or rose, nothing was gained or lost.
    """
    for project in [m for m in found if m.kind is MoveKind.PROJECT and not (m.before and m.after)]:
        for basic in [
            m for m in found if m.kind in (MoveKind.PERSONNEL, MoveKind.OPERATING, MoveKind.BASIC)
        ]:
            part = next((d for d in basic.details if d.amount == -project.amount), None)
            if part is None:
                continue
            others = tuple(detail for detail in basic.details if detail is not part)
            left = replace(
                basic,
                before=basic.before - part.before,
                after=basic.after - part.after,
                details=others,
            )
            both = Move(
                MoveKind.TRANSFER,
                project.name,
                project.before + part.before,
                project.after + part.after,
                project.unit,
                details=(project, part),
            )
            found = [m for m in found if m not in (project, basic)] + [left, both]
            break
    return found


class _Split:
    """Regroups the leaves of one compared figure, alike in both years."""

    def __init__(self, comparison: YearComparison, years: Years) -> None:
        self.years = years
        self.comparison = comparison
        both = (years.before, years.after)
        found = [year.leaves(comparison.current) for year in both]
        self.entries = [entries for _, entries in found]
        self.book = next((book for book, _ in found if book), None)
        self.projects = [{e.address: e for e in year.ledger.books[Book.PROJECTS]} for year in both]
        self.known_scopes = _known_scopes(both, self.entries)
        self.by_economic = all(
            _divides_basic(year, entries) for year, entries in zip(both, self.entries, strict=True)
        )

    def pieces(self, year: Year) -> Iterator[MovedAmount]:
        """The amounts of one year under what they are moves of."""
        splits = {
            Book.BUDGET: self._budget,
            Book.OFFICIAL_EXPENSES: self._expenses,
            Book.OPERATING_FUNDS: self._operating_funds,
        }
        if self.book in splits:
            yield from splits[self.book](year)

    def _leaves(self, year: Year) -> Sequence[Entry]:
        return self.entries[year is self.years.after]

    def _budget(self, year: Year) -> Iterator[MovedAmount]:
        pools = _pools(self._leaves(year))
        for entry in pools.pop(_CODED, ()):
            yield from self._project(year, entry)
        for scope, entries in pools.items():
            if scope in self.known_scopes:
                uncoded = _uncoded(year, scope)
                for entry in uncoded:
                    yield from self._project(year, entry)
                yield from _unlisted(scope, total_yuan(entries) - total_yuan(uncoded))
            elif scope == _basic(year) and self.by_economic:
                yield from _economic(year, entries)
            else:
                yield from (_by_function(year, entry) for entry in entries)

    def _project(self, year: Year, entry: Entry) -> Iterator[MovedAmount]:
        """A project's amount; carry-over is one move with the projects as its details."""
        dimensions = self.projects[year is self.years.after][entry.address].dimensions
        scope = (Expenditure.PROJECT.value, dimensions["资金来源"], dimensions["预算年度"])
        if scope not in self.known_scopes:
            yield _by_function(year, entry)
            return
        pairing = self.years.pairing
        ids = pairing.after if year is self.years.after else pairing.before
        key = ids[dimensions["单位"], dimensions["项目"]]
        project = pairing.projects[key]
        name, unit = project.after or project.before, key[0] and project.unit
        if dimensions["预算年度"] == BudgetYear.CARRY_OVER:
            detail = (unit, key[1])
            yield MovedAmount(MoveKind.CARRY_OVER, _ONE, "结转资金", entry.amount, "", detail, name)
        else:
            yield MovedAmount(MoveKind.PROJECT, key, name, entry.amount, unit)

    def _expenses(self, year: Year) -> Iterator[MovedAmount]:
        """By item; a single item by whether basic or project expenditure pays for it."""
        leaves = self._leaves(year)
        lines = self._economic_lines(year)
        left = total_yuan(leaves) - total_yuan(lines)
        if not self.comparison.economic or not self._has_economic() or left < 0:
            for entry in leaves:
                item = entry.dimensions["费用"]
                yield MovedAmount(MoveKind.EXPENSE, ("", item), item, entry.amount)
            return
        yield MovedAmount(
            MoveKind.PART, ("", Expenditure.BASIC), Expenditure.BASIC, total_yuan(lines)
        )
        yield MovedAmount(MoveKind.PART, ("", Expenditure.PROJECT), Expenditure.PROJECT, left)

    def _operating_funds(self, year: Year) -> Iterator[MovedAmount]:
        """By unit; of a single unit by the economic subjects that the pack names."""
        leaves = self._leaves(year)
        units = {entry.dimensions["单位"] for both in self.entries for entry in both}
        if len(units) > 1 or not self._has_economic():
            for entry in leaves:
                unit = self.years.pairing.units.get(
                    entry.dimensions["单位"], entry.dimensions["单位"]
                )
                yield MovedAmount(MoveKind.UNIT, ("", unit), unit, entry.amount)
            return
        lines = self._economic_lines(year)
        for line in lines:
            code = line.dimensions["部门经济科目"]
            label = year.names.label("部门经济科目", code)
            yield MovedAmount(MoveKind.SUBJECT, ("", code), label, line.amount)

    def _economic_lines(self, year: Year) -> list[Entry]:
        scope = condition(self.comparison.economic)
        return [e for e in year.ledger.books[Book.ECONOMIC] if scope and e.meets(scope)]

    def _has_economic(self) -> bool:
        """Whether both years divide basic expenditure by economic subject at all."""
        years = (self.years.before, self.years.after)
        return bool(self.comparison.economic) and all(
            year.ledger.books[Book.ECONOMIC] for year in years
        )


Scope = tuple[str, str, str]
"""支出类别, 资金来源, 预算年度."""
_CODED: Scope = ("", "", "")
_ONE: Id = ("", "")


def _basic(year: Year) -> Scope:
    """The basic expenditure that economic subjects divide: this year's of the general budget."""
    return Expenditure.BASIC, year.vocabulary.general, BudgetYear.CURRENT


def _scope(dimensions: Mapping[str, str]) -> Scope:
    return dimensions["支出类别"], dimensions["资金来源"], dimensions["预算年度"]


def _pools(entries: Iterable[Entry]) -> dict[Scope, list[Entry]]:
    """Leaves of 收支 by scope; those that are projects themselves under one key of their own."""
    pools: defaultdict[Scope, list[Entry]] = defaultdict(list)
    for entry in entries:
        if "支出类别" in entry.dimensions:
            coded = entry.address.startswith("项目/")
            pools[_CODED if coded else _scope(entry.dimensions)].append(entry)
    return dict(pools)


def _uncoded(year: Year, scope: Scope) -> list[Entry]:
    """The projects of a scope that 收支 holds only in sum."""
    coded = {e.address for e in year.ledger.books[Book.BUDGET]}
    return [
        entry
        for entry in year.ledger.books[Book.PROJECTS]
        if entry.address not in coded
        and (entry.dimensions["资金来源"], entry.dimensions["预算年度"]) == scope[1:]
    ]


def _known_scopes(years: Sequence[Year], leaves: Sequence[Sequence[Entry]]) -> set[Scope]:
    """The scopes of project expenditure whose projects both years list."""
    scopes = {
        (Expenditure.PROJECT.value, source, of.value)
        for source in dict.fromkeys(name for year in years for name in year.vocabulary.sources)
        for of in BudgetYear
    }
    for year, entries in zip(years, leaves, strict=True):
        whole, own = _pools(year.ledger.books[Book.BUDGET]), _pools(entries)
        for scope in list(scopes):
            pool = own.get(scope, [])
            listed = not pool or (len(pool) == len(whole[scope]) and _uncoded(year, scope))
            if not listed:
                scopes.discard(scope)
    return scopes


def _divides_basic(year: Year, entries: Sequence[Entry]) -> bool:
    """Whether economic subjects divide what a figure holds of basic expenditure."""
    whole = _pools(year.ledger.books[Book.BUDGET]).get(_basic(year), [])
    own = _pools(entries).get(_basic(year), [])
    return not own or (len(own) == len(whole) and bool(year.ledger.books[Book.ECONOMIC]))


def _unlisted(scope: Scope, amount: Decimal) -> Iterator[MovedAmount]:
    """What project expenditure holds beyond the projects listed."""
    if amount and scope[2] == BudgetYear.CARRY_OVER:
        yield MovedAmount(MoveKind.CARRY_OVER, _ONE, "结转资金", amount)
    elif amount:
        yield MovedAmount(MoveKind.OTHER_PROJECTS, _ONE, "其他项目支出", amount)


def _economic(year: Year, entries: Sequence[Entry]) -> Iterator[MovedAmount]:
    """Basic expenditure by 人员经费 and 公用经费, as far as economic subjects divide it."""
    lines = year.ledger.books[Book.ECONOMIC]
    for line in lines:
        kind = MoveKind(line.dimensions["经费类型"])
        code = line.dimensions["部门经济科目"]
        label = year.names.label("部门经济科目", code)
        yield MovedAmount(kind, _ONE, kind.value, line.amount, "", ("", code), label)
    if left := total_yuan(entries) - total_yuan(lines):
        yield MovedAmount(MoveKind.BASIC, _ONE, "基本支出", left)


def _by_function(year: Year, entry: Entry) -> MovedAmount:
    """A leaf under its functional item, or its source where that is not the general budget."""
    kind, source, of = _scope(entry.dimensions)
    item = entry.dimensions["科目项"]
    detail, label = ("", item), year.names.label("科目项", item)
    if of == BudgetYear.CARRY_OVER:
        return MovedAmount(MoveKind.CARRY_OVER, _ONE, "结转资金", entry.amount, "", detail, label)
    if source != year.vocabulary.general:
        name = f"{source}安排的{kind}"
        return MovedAmount(MoveKind.SOURCE, (source, kind), name, entry.amount, "", detail, label)
    if kind == Expenditure.BASIC:
        return MovedAmount(MoveKind.BASIC, _ONE, "基本支出", entry.amount, "", detail, label)
    label_of_class = year.names.label("科目类", item[:3])
    key = ("", item[:3])
    return MovedAmount(
        MoveKind.OTHER_PROJECTS, key, label_of_class, entry.amount, "", detail, label
    )
