"""Applies a pack's reconciliations to the tables of a document: one comparison for each row.

Exact amounts must agree to the 分. Printed ones are each rounded on their own, so both sides
may differ by half a step for every printed addend (interval arithmetic, as XBRL Calculations
1.1 has it); what differs by more is a contradiction whatever the exact amounts are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from generator.checks.rule import Unchecked
from generator.pack.checks import Relation
from generator.pack.equations import ANY_COLUMN, ANY_ROW, Equation, Term
from generator.presented.document import Cell, Presented, Row, Table

HALF_STEP = Decimal("0.005")
"""Half of the last printed digit, in 万元."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Binding:
    """The row that the left side of an equation has come to; all empty for a fixed one."""

    key: str = ""
    words: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Addend:
    """A cell of a sum; ``row`` and ``cell`` are ``None`` for a row that is not printed."""

    term: Term
    row: Row | None
    cell: Cell | None
    value: Decimal
    tolerance: Decimal
    """How far the value may be from the exact one."""


@dataclass(frozen=True, slots=True)
class Comparison:
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
        excess = {
            "=": abs(self.difference),
            "≤": self.difference,
            "≥": -self.difference,
        }[self.equation.relation]
        return excess <= self.tolerance

    @property
    def addends(self) -> tuple[Addend, ...]:
        """Every cell of both sides."""
        return self.left + self.right


class _NotReadError(Exception):
    """A cell that a comparison needs was not read, or is no number."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(why)
        self.table = table


def compare(document: Presented, relations: Sequence[Relation]) -> Iterator[Comparison | Unchecked]:
    """Every comparison that the relations ask for, and what keeps one from being made."""
    evaluation = _Evaluation(document.tables)
    for relation in relations:
        if relation.kind not in (None, document.kind):
            continue
        yield from evaluation.relation(relation)


def holds(document: Presented, equation: Equation) -> bool:
    """Whether an equation without variables holds as printed; not where it cannot be checked."""
    relation = Relation("", 0, equation, {}, None, None, printed=True)
    return _Evaluation(document.tables).premise_holds(relation, equation)


class _Evaluation:
    """The rows of a document, found by key, dimension or pattern."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.by_key: dict[tuple[str, str, str], Row] = {}
        self.expanded: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        self.found: dict[tuple[Term, Binding], tuple[Row, ...]] = {}
        for table in tables.values():
            for row in table.rows:
                self.rows[table.number, row.block].append(row)
                self.by_key.setdefault((table.number, row.block, row.key), row)
                if row.dimension:
                    self.expanded[table.number, row.block, row.dimension].append(row)

    def relation(self, relation: Relation) -> Iterator[Comparison | Unchecked]:
        """The comparisons of a relation; it is left out where its premise does not hold."""
        lacking = dict.fromkeys(
            term.table for term in _all_terms(relation) if term.table not in self.tables
        )
        for number in lacking:
            yield Unchecked(relation.code, number, f"没有{number}，与它有关的勾稽关系不能核对")
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
            for column in relation.equation.columns or ("",):
                try:
                    yield self._comparison(relation, relation.equation, binding, column)
                except _NotReadError as error:
                    yield Unchecked(relation.code, error.table, str(error))

    def premise_holds(self, relation: Relation, premise: Equation) -> bool:
        """Whether a premise holds; what was not read does not."""
        if any(term.table not in self.tables for term in premise.terms):
            return False
        try:
            return self._comparison(relation, premise, Binding(), "").holds
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
        bindings = (
            Binding(row.key, row.words, tuple(row.dimensions.items()))
            for row in rows
            if all(
                row.dimensions.get(name) in any_of for name, any_of in relation.condition.items()
            )
        )
        # by key only: the same subject may be named differently in two tables
        seen = set()
        for binding in bindings:
            if binding.key not in seen:
                seen.add(binding.key)
                yield binding

    def _rows_of(self, table: str, block: str, dimension: str) -> Sequence[Row]:
        if dimension == ANY_ROW:
            return self.rows[table, block]
        return self.expanded[table, block, dimension]

    def _comparison(
        self, relation: Relation, equation: Equation, binding: Binding, column: str
    ) -> Comparison:
        left, right = (
            tuple(
                addend for term in side for addend in self._addends(relation, term, binding, column)
            )
            for side in (equation.left, equation.right)
        )
        difference = _sum(left) - _sum(right)
        tolerance = sum((addend.tolerance for addend in (*left, *right)), ZERO)
        return Comparison(relation, equation, binding, column, left, right, difference, tolerance)

    def _addends(
        self, relation: Relation, term: Term, binding: Binding, column: str
    ) -> Iterator[Addend]:
        rows = self._matching(term, binding)
        if not rows and not term.summed:
            self._require_expanded(term)
            yield Addend(term, None, None, ZERO, ZERO)
        for row in rows:
            title = column if term.column == ANY_COLUMN else term.column
            cell = row.cells.get(title)
            if cell is None or cell.amount is None:
                what = "没有读到" if cell is None else "里的字不是数字"
                why = f"{term.table}“{row.words or row.key}”行“{title}”栏{what}，不能核对"
                raise _NotReadError(term.table, why)
            exact = (cell.amount.exact and not relation.printed) or _listed_only(row)
            yield Addend(term, row, cell, cell.amount.value, ZERO if exact else HALF_STEP)

    def _require_expanded(self, term: Term) -> None:
        """A row that always stands was not read; one that is there only with amounts is zero."""
        table = self.tables[term.table]
        if term.row and not term.row.isdigit() and table.rows and not table.no_data:
            why = f"没有读到{term.table}“{term.row}”这一行，不能核对"
            raise _NotReadError(term.table, why)

    def _matching(self, term: Term, binding: Binding) -> tuple[Row, ...]:
        known = self.found.get((term, binding))
        if known is None:
            known = self.found[term, binding] = tuple(self._find(term, binding))
        return known

    def _find(self, term: Term, binding: Binding) -> Iterator[Row]:
        here = term.table, term.block
        if term.dimension and (term.summed or term.dimension != ANY_ROW):
            bound = dict(binding.dimensions)
            for row in self._rows_of(*here, term.dimension):
                if all(row.dimensions.get(name, value) == value for name, value in bound.items()):
                    yield row
        elif "*" in term.row:
            yield from (row for row in self.rows[here] if _matches(row.key, term.row))
        else:
            fixed = self.by_key.get((*here, term.row or binding.key))
            yield from (fixed,) if fixed else ()


def _all_terms(relation: Relation) -> tuple[Term, ...]:
    return relation.equation.terms + (relation.premise.terms if relation.premise else ())


def _matches(key: str, pattern: str) -> bool:
    """Whether every step of a key fits its step of the pattern."""
    keys, patterns = key.split("/"), pattern.split("/")
    return len(keys) == len(patterns) and all(map(fnmatchcase, keys, patterns))


def _sum(addends: Sequence[Addend]) -> Decimal:
    return sum((addend.value * addend.term.sign for addend in addends), ZERO)


def _listed_only(row: Row) -> bool:
    """Whether a row stands only because the table lists every class: nothing was rounded."""
    return bool(row.dimension) and all(
        cell.amount is not None and not cell.amount.value for cell in row.cells.values()
    )
