"""Applies a pack's reconciliations to the tables of a document: one comparison for each row.

Exact amounts must agree to the 分. Printed ones are each rounded on their own, so both sides
may differ by half a step for every printed addend (interval arithmetic, as XBRL Calculations
1.1 has it); what differs by more is a contradiction whatever the exact amounts are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase
from operator import itemgetter, neg, pos
from typing import NamedTuple

from generator.checks.rule import Unchecked
from generator.pack.checks.equations import ANY_COLUMN, ANY_ROW, Equation, EquationTerm
from generator.pack.checks.relations import Relation
from generator.reading.document import DocumentCell, DocumentRow, DocumentTable, ReadDocument

_EXCESS: Mapping[str, Callable[[Decimal], Decimal]] = {"=": abs, "≤": pos, "≥": neg}
"""How far a difference goes beyond what a relation allows."""
ZERO = Decimal(0)


class Binding(NamedTuple):
    """The row that the left side of an equation has come to; all empty for a fixed one."""

    key: str = ""
    words: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()


class Addend(NamedTuple):
    """A cell of a sum; ``row`` and ``cell`` are ``None`` for a row that is not printed."""

    term: EquationTerm
    row: DocumentRow | None
    cell: DocumentCell | None
    value: Decimal
    tolerance: Decimal
    """How far the value may be from the exact one."""


Side = Sequence[tuple[EquationTerm, Sequence[DocumentRow]]]
"""The terms of one side of an equation, each with the rows that it has come to."""


class Case(NamedTuple):
    """An equation for one row, with the rows of its terms: the same for every column."""

    relation: Relation
    equation: Equation
    binding: Binding
    left: Side
    right: Side


class ComparedSides(NamedTuple):
    """Both sides of an equation for one row and one column."""

    relation: Relation
    equation: Equation
    binding: Binding
    column: str
    left: tuple[Addend, ...]
    right: tuple[Addend, ...]
    difference: Decimal
    """Left less right."""
    tolerance: Decimal

    @property
    def holds(self) -> bool:
        """Whether the sides agree, or stand as the inequality asks."""
        return _EXCESS[self.equation.relation](self.difference) <= self.tolerance

    @property
    def addends(self) -> tuple[Addend, ...]:
        """Every cell of both sides."""
        return self.left + self.right


class _NotReadError(Exception):
    """A cell that a comparison needs was not read, or is no number."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(why)
        self.table = table


def compare_relations(
    document: ReadDocument, relations: Sequence[Relation]
) -> Iterator[ComparedSides | Unchecked]:
    """Every comparison that the relations ask for, and what keeps one from being made."""
    evaluation = _Evaluation(document.tables)
    for relation in relations:
        if relation.kind not in (None, document.kind):
            continue
        yield from evaluation.relation(relation)


def holds(document: ReadDocument, equation: Equation) -> bool:
    """Whether an equation without variables holds as printed; not where it cannot be checked."""
    relation = Relation("", 0, equation, {}, None, None, printed=True)
    return _Evaluation(document.tables).premise_holds(relation, equation)


class _Evaluation:
    """The rows of a document, found by key, dimension or pattern."""

    def __init__(self, tables: Mapping[str, DocumentTable]) -> None:
        self.tables = tables
        self.rows: dict[tuple[str, str], list[DocumentRow]] = defaultdict(list)
        self.by_key: dict[tuple[str, str, str], DocumentRow] = {}
        self.expanded: dict[tuple[str, str, str], list[DocumentRow]] = defaultdict(list)
        self.below: dict[tuple[str, str, str, tuple[str, ...]], _RowsBelow] = {}
        for table in tables.values():
            for row in table.rows:
                self.rows[table.number, row.block].append(row)
                self.by_key.setdefault((table.number, row.block, row.key), row)
                if row.dimension:
                    self.expanded[table.number, row.block, row.dimension].append(row)

    def relation(self, relation: Relation) -> Iterator[ComparedSides | Unchecked]:
        """The comparisons of a relation; it is left out where its premise does not hold."""
        lacking = {
            term.table: self._lack(term.table)
            for term in _all_terms(relation)
            if self._lack(term.table)
        }
        for number, lack in lacking.items():
            yield Unchecked(relation.code, number, f"{lack}{number}，与它有关的勾稽关系不能核对")
        if lacking:
            return
        if relation.premise and not self.premise_holds(relation, relation.premise):
            table = relation.equation.left[0].table
            equation, premise = (
                each.text.replace("/", " ") for each in (relation.equation, relation.premise)
            )
            why = f"只有“{premise}”时才能核对“{equation}”，这里前一条不成立"
            yield Unchecked(relation.code, table, why)
            return
        for binding in self._bindings(relation):
            case = self._case(relation, relation.equation, binding)
            for column in relation.equation.columns or ("",):
                try:
                    yield self._comparison(case, column)
                except _NotReadError as error:
                    yield Unchecked(relation.code, error.table, str(error))

    def _lack(self, number: str) -> str:
        """Why a table cannot be held against others; ``""`` if it can."""
        table = self.tables.get(number)
        return "没有" if table is None else "没有读出" if table.unread else ""

    def premise_holds(self, relation: Relation, premise: Equation) -> bool:
        """Whether a premise holds; what was not read does not."""
        if any(term.table not in self.tables for term in premise.terms):
            return False
        try:
            return self._comparison(self._case(relation, premise, Binding()), "").holds
        except _NotReadError:
            return False

    def _bindings(self, relation: Relation) -> Iterator[Binding]:
        """What the left side goes through: the rows of a table, or the keys in any table."""
        equation = relation.equation
        variable = equation.variable
        if not variable:
            yield Binding()
            return
        terms = equation.left if variable == ANY_ROW else equation.terms
        rows = (
            row
            for term in terms
            if term.dimension == variable
            for row in self._rows_of(term.table, term.block, variable)
        )
        # by key only: the same subject may be named differently in two tables
        seen = set()
        for row in rows:
            if row.key not in seen and all(
                row.dimensions.get(name) in any_of for name, any_of in relation.condition.items()
            ):
                seen.add(row.key)
                yield Binding(row.key, row.words, tuple(row.dimensions.items()))

    def _rows_of(self, table: str, block: str, dimension: str) -> Sequence[DocumentRow]:
        if dimension == ANY_ROW:
            return self.rows[table, block]
        return self.expanded[table, block, dimension]

    def _case(self, relation: Relation, equation: Equation, binding: Binding) -> Case:
        left, right = (
            [(term, self._find(term, binding)) for term in side]
            for side in (equation.left, equation.right)
        )
        return Case(relation, equation, binding, left, right)

    def _comparison(self, case: Case, column: str) -> ComparedSides:
        relation, equation, binding, *sides = case
        left, right = (tuple(self._addends(side, relation, column)) for side in sides)
        difference = _sum(left) - _sum(right)
        tolerance = sum([addend.tolerance for addend in (*left, *right)], ZERO)
        return ComparedSides(
            relation, equation, binding, column, left, right, difference, tolerance
        )

    def _addends(self, side: Side, relation: Relation, column: str) -> Iterator[Addend]:
        for term, rows in side:
            if not rows and not term.summed:
                self._require_expanded(term)
                yield Addend(term, None, None, ZERO, ZERO)
            title = column if term.column == ANY_COLUMN else term.column
            for row in rows:
                cell = row.cells.get(title)
                if cell is None or cell.amount is None:
                    raise _unread(term, row, title, cell)
                amount = cell.amount
                exact = (amount.exact and not relation.printed) or _listed_only(row)
                yield Addend(term, row, cell, amount.value, ZERO if exact else amount.half_step)

    def _require_expanded(self, term: EquationTerm) -> None:
        """A row that always stands was not read; one that is there only with amounts is zero."""
        table = self.tables[term.table]
        if term.row and not term.row.isdigit() and table.rows and not table.no_data:
            why = f"没有读到{term.table}“{term.row}”这一行，不能核对"
            raise _NotReadError(term.table, why)

    def _find(self, term: EquationTerm, binding: Binding) -> Sequence[DocumentRow]:
        here = term.table, term.block
        if term.dimension and (term.summed or term.dimension != ANY_ROW):
            return self._below(term, binding)
        if "*" in term.row:
            return [row for row in self.rows[here] if _matches(row.key, term.row)]
        fixed = self.by_key.get((*here, term.row or binding.key))
        return (fixed,) if fixed else ()

    def _below(self, term: EquationTerm, binding: Binding) -> Sequence[DocumentRow]:
        """The rows of a dimension that what is bound says nothing against."""
        names = tuple(name for name, _ in binding.dimensions)
        key = term.table, term.block, term.dimension, names
        if key not in self.below:
            rows = self._rows_of(term.table, term.block, term.dimension)
            self.below[key] = _RowsBelow(names, rows)
        return self.below[key].at(tuple(value for _, value in binding.dimensions))


class _RowsBelow:
    """Rows by the values they have in some dimensions; one that has none of them fits any."""

    def __init__(self, names: tuple[str, ...], rows: Sequence[DocumentRow]) -> None:
        self._by_values: dict[tuple[str | None, ...], list[tuple[int, DocumentRow]]] = defaultdict(
            list
        )
        for place, row in enumerate(rows):
            values = tuple(row.dimensions.get(name) for name in names)
            self._by_values[values].append((place, row))
        self._known = {tuple(value is not None for value in values) for values in self._by_values}

    def at(self, values: tuple[str, ...]) -> Sequence[DocumentRow]:
        """The rows that fit values, in their order."""
        keys = (
            tuple(value if known else None for value, known in zip(values, each, strict=True))
            for each in self._known
        )
        found = [placed for key in keys for placed in self._by_values.get(key, ())]
        if len(self._known) > 1:
            found.sort(key=itemgetter(0))
        return [row for _, row in found]


def _unread(
    term: EquationTerm, row: DocumentRow, title: str, cell: DocumentCell | None
) -> _NotReadError:
    what = "没有读到" if cell is None else "里不是能用的金额"
    why = f"{term.table}“{row.words or row.key}”行“{title}”栏{what}，不能核对"
    return _NotReadError(term.table, why)


def _all_terms(relation: Relation) -> tuple[EquationTerm, ...]:
    return relation.equation.terms + (relation.premise.terms if relation.premise else ())


def _matches(key: str, pattern: str) -> bool:
    """Whether every step of a key fits its step of the pattern."""
    keys, patterns = key.split("/"), pattern.split("/")
    return len(keys) == len(patterns) and all(map(fnmatchcase, keys, patterns))


def _sum(addends: Sequence[Addend]) -> Decimal:
    return sum(
        [addend.value if addend.term.sign > 0 else -addend.value for addend in addends], ZERO
    )


def _listed_only(row: DocumentRow) -> bool:
    """Whether a row stands only because the table lists every class: nothing was rounded."""
    return bool(row.dimension) and all(
        cell.amount is not None and not cell.amount.value for cell in row.cells.values()
    )
