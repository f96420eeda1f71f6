"""Evaluates a declared statement over the ledger.

Every cell is the exact sum of the leaves that meet the conditions of its
statement, block, row and column, rounded on its own. No cell is computed from
another cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from msgspec import Struct

from generator.compute.ledger.entries import Condition, Entry, Ledger, total_yuan
from generator.compute.statements.definition import (
    CODES,
    ConditionDefinition,
    Paper,
    RowRule,
    StatementBlock,
    StatementColumn,
    StatementDefinition,
)
from generator.compute.statements.head import statement_head
from generator.compute.statements.table import BlockRow, Statement, StatementCell, StatementCellKind
from generator.core.figures import Figure, FigureBook
from generator.core.numbers.numerals import chinese_numeral
from generator.core.records import replace
from generator.load.names import Names
from generator.model.disclosure import Entity

_BLANK = BlockRow("", ())
_CODED = ("科目", "经济类")
"""Dimensions whose name contains one of these are sorted by code, others stay in order."""


class Evaluator(Struct, frozen=True):
    """Turns definitions into statements for one entity; collects every figure."""

    ledger: Ledger
    names: Names
    entity: Entity
    figures: FigureBook

    def evaluate(self, definition: StatementDefinition, *, declared_empty: bool) -> Statement:
        """Returns the statement; where it is declared empty no leaf counts in it."""
        definition = definition.of(self.entity.kind)
        blocks = [
            _BlockEvaluator(self, definition, block, () if declared_empty else None)
            for block in definition.blocks
        ]
        no_data = not any(block.entries for block in blocks)
        parts = [block.rows(no_data=no_data) for block in blocks]
        return Statement(
            number=definition.number,
            label=definition.label,
            title=self.fill(definition.title_of(self.entity.kind)),
            landscape=definition.paper is Paper.LANDSCAPE,
            widths=tuple(leaf.width for block in definition.blocks for leaf in block.leaves()),
            head=statement_head(definition, self.fill),
            rows=tuple(_side_by_side(parts, blocks)),
            no_data=no_data,
            block_names=tuple(block.name or "" for block in definition.blocks),
            unit=definition.unit,
            note=self.fill(definition.note),
            only_note=no_data and not definition.printed_empty,
        )

    def fill(self, text: str, **more: str) -> str:
        """Fills the placeholders of titles: {年度}, {名称}, {类型} and those given."""
        if "{" not in text:
            return text
        values = {"年度": str(self.entity.year), "名称": self.entity.name, "类型": self.entity.kind}
        for key, value in (values | more).items():
            text = text.replace(f"{{{key}}}", value)
        return text


def _side_by_side(
    parts: list[tuple[list[BlockRow], list[BlockRow]]], blocks: list[_BlockEvaluator]
) -> Iterator[tuple[BlockRow, ...]]:
    """Aligns the rows of all blocks from the top and their totals from the bottom."""
    body = max(len(rows) for rows, _ in parts)
    foot = max(len(totals) for _, totals in parts)
    columns = [
        [*rows, *[_BLANK] * (body - len(rows)), *[_BLANK] * (foot - len(totals)), *totals]
        for rows, totals in parts
    ]
    for row in zip_longest(*columns):
        yield tuple(
            part if part.cells else block.blank_row()
            for part, block in zip(row, blocks, strict=True)
        )


class _BlockEvaluator:
    """The rows of one block."""

    def __init__(
        self,
        evaluator: Evaluator,
        definition: StatementDefinition,
        block: StatementBlock,
        entries: Iterable[Entry] | None,
    ) -> None:
        self.names = evaluator.names
        self.evaluator = evaluator
        self.block = block
        self.columns = [(leaf, condition(leaf.condition)) for leaf in block.leaves()]
        self.money = definition.money
        self.text = definition.text
        self.prefix = "/".join(filter(None, (definition.number, block.name)))
        if entries is None:
            scope = condition(definition.condition | block.condition)
            book = evaluator.ledger.books[block.book or definition.book]
            entries = (entry for entry in book if entry.meets(scope))
        self.entries = tuple(entries)

    def rows(self, *, no_data: bool) -> tuple[list[BlockRow], list[BlockRow]]:
        """The body rows and the totals."""
        return (
            [row for rule in self._rules(self.block.rows, no_data) for row in self._rows(rule)],
            [row for rule in self._rules(self.block.totals, no_data) for row in self._rows(rule)],
        )

    def blank_row(self) -> BlockRow:
        """A row of this block without any text."""
        kinds = (_kind(column) for column, _ in self.columns)
        return BlockRow("", tuple(StatementCell(kind) for kind in kinds))

    def _rules(self, rules: Iterable[RowRule], no_data: bool) -> Iterator[RowRule]:
        for rule in rules:
            other_kind = rule.kind is not None and rule.kind is not self.evaluator.entity.kind
            if not other_kind and not (no_data and rule.hidden_when_empty):
                yield rule

    def _rows(self, rule: RowRule) -> Iterator[BlockRow]:
        if rule.blank:
            yield self.blank_row()
            return
        scope = condition(rule.condition)
        entries = tuple(entry for entry in self.entries if entry.meets(scope))
        if rule.expand:
            yield from self._expanded(rule, entries, (), ())
        else:
            title = self.evaluator.fill(rule.title or "")
            row = self._row(rule.name or title, title, entries)
            yield replace(row, total=rule.total)

    def _expanded(
        self,
        rule: RowRule,
        entries: tuple[Entry, ...],
        above: tuple[str, ...],
        bound: tuple[tuple[str, str], ...],
    ) -> Iterator[BlockRow]:
        """Expands one level and, below each of its rows, the next one."""
        level = len(above)
        if level == len(rule.expand):
            return
        dimensions = rule.expand[level]
        for number, (values, group) in enumerate(self._groups(dimensions, entries, rule), 1):
            here = bound + tuple(zip(dimensions, values, strict=True))
            step = "/".join(values)
            key = step if is_coded(dimensions[0]) else "/".join((*above, step))
            yield self._expanded_row(rule, key, number, here, level, group)
            yield from self._expanded(rule, group, (*above, step), here)

    def _groups(
        self, dimensions: tuple[str, ...], entries: tuple[Entry, ...], rule: RowRule
    ) -> Iterable[tuple[tuple[str, ...], tuple[Entry, ...]]]:
        groups: dict[tuple[str, ...], list[Entry]] = {}
        if rule.all_classes:
            groups = {(code,): [] for code in self.names.functional_classes()}
        elif len(dimensions) == 1 and dimensions == rule.expand[0]:
            groups = {(value,): [] for value in rule.standing}
        for entry in entries:
            values = tuple(entry.dimensions[dimension] for dimension in dimensions)
            groups.setdefault(values, []).append(entry)
        keys = sorted(groups) if is_coded(dimensions[0]) and not rule.all_classes else groups
        return ((values, tuple(groups[values])) for values in keys)

    def _expanded_row(
        self,
        rule: RowRule,
        key: str,
        number: int,
        bound: tuple[tuple[str, str], ...],
        level: int,
        entries: tuple[Entry, ...],
    ) -> BlockRow:
        first, value = bound[-len(rule.expand[level])]
        name = self.names.label(first, value)
        label = self.evaluator.fill(rule.title or "{名称}", 名称=name, 序=chinese_numeral(number))
        texts = (
            {"编码": value, "名称": label}
            | _code_levels(value)
            | {
                dimension: self.names.label(dimension, bound_value)
                for dimension, bound_value in bound[-len(rule.expand[level]) :]
            }
        )
        cells = tuple(
            self._cell(key, column, scope, texts, entries) for column, scope in self.columns
        )
        return BlockRow(key, cells, first, name, level, bound=bound)

    def _row(self, key: str, title: str, entries: tuple[Entry, ...]) -> BlockRow:
        """A fixed row: its title spans the text columns."""
        span = sum(1 for column, _ in self.columns if column.content)
        amounts = self.columns[span:]
        cells = [self._cell(key, column, scope, {}, entries) for column, scope in amounts]
        head = [StatementCell(StatementCellKind.LABEL, title, colspan=span)] if span else []
        return BlockRow(key, (*head, *cells), label=title)

    def _cell(
        self,
        row: str,
        column: StatementColumn,
        scope: Condition,
        texts: Mapping[str, str],
        entries: tuple[Entry, ...],
    ) -> StatementCell:
        if column.content is not None:
            return StatementCell(_kind(column), texts.get(column.content, ""))
        leaves = [entry for entry in entries if entry.meets(scope)]
        value = total_yuan(leaves)
        figure = Figure(
            address=f"{self.prefix}/{row}/{self.evaluator.fill(column.key)}",
            value=value,
            printed=self.text.rounded(value),
            unit="元",
            text=self.money.text(value),
            sources=tuple(entry.address for entry in leaves),
        )
        return StatementCell(StatementCellKind.AMOUNT, figure=self.evaluator.figures.add(figure))


def condition(definition: ConditionDefinition) -> Condition:
    """A declared condition, ready to be met."""
    return {dimension: frozenset(values) for dimension, values in definition.items()}


def _kind(column: StatementColumn) -> StatementCellKind:
    if column.content is None:
        return StatementCellKind.AMOUNT
    return StatementCellKind.CODE if column.content in CODES else StatementCellKind.LABEL


def _code_levels(code: str) -> dict[str, str]:
    """A subject code in three columns: 类 of 3 digits, 款 and 项 of 2, blank above their level."""
    return {"类": code[:3], "款": code[3:5], "项": code[5:]}


def is_coded(dimension: str) -> bool:
    """Whether a dimension holds subject codes, which are keys without the levels above."""
    return any(mark in dimension for mark in _CODED)
