"""Checks a statement definition against the ledger: dimensions, values and contents exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.compute.ledger.entries import DIMENSIONS, Book
from generator.compute.statements.definition import (
    CODES,
    RowRule,
    StatementBlock,
    StatementColumn,
    StatementDefinition,
)
from generator.core.findings import Finding
from generator.load.yaml.tree import Path_, SourceTree
from generator.model.budget import BudgetYear, Expenditure, OfficialExpenses, Procurement
from generator.model.vocabulary import BasicKind, Vocabulary

Values = Mapping[str, frozenset[str]]

_CONTENTS = (*CODES, "名称")


def lint(
    definition: StatementDefinition, source: SourceTree, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yields E304 for each dimension, value or content that the book does not have."""
    yield from _Lint(source, known_values(vocabulary)).statement(definition)


def known_values(vocabulary: Vocabulary) -> Values:
    """The dimensions with a closed set of values."""
    return {
        "资金来源": frozenset(vocabulary.sources),
        "预算年度": frozenset(BudgetYear),
        "支出类别": frozenset(Expenditure),
        "项目类别": frozenset(vocabulary.project_classes.names),
        "经费类型": frozenset(BasicKind),
        "费用": frozenset(field.alias or "" for field in OfficialExpenses.model_fields.values()),
        "采购类别": frozenset(field.alias or "" for field in Procurement.model_fields.values()),
    }


class _Lint(Struct, frozen=True):
    """Walks a definition; findings stand at the places of its file."""

    source: SourceTree
    values: Values

    def statement(self, definition: StatementDefinition) -> Iterator[Finding]:
        yield from self._condition(definition.condition, definition.book, ("条件",))
        for i, block in enumerate(definition.blocks):
            yield from self._block(block, block.book or definition.book, ("栏", i))

    def _block(self, block: StatementBlock, book: Book, path: Path_) -> Iterator[Finding]:
        yield from self._condition(block.condition, book, (*path, "条件"))
        yield from self._columns(block.columns, book, (*path, "列"))
        for key, rules in (("行", block.rows), ("合计行", block.totals)):
            for i, rule in enumerate(rules):
                yield from self._rule(rule, book, (*path, key, i))

    def _columns(
        self, columns: tuple[StatementColumn, ...], book: Book, path: Path_
    ) -> Iterator[Finding]:
        for i, column in enumerate(columns):
            here = (*path, i)
            yield from self._condition(column.condition, book, (*here, "条件"))
            yield from self._columns(column.columns, book, (*here, "列"))
            known = (*_CONTENTS, *DIMENSIONS[book])
            if column.content is not None and column.content not in known:
                yield self._finding(f"没有“{column.content}”这种内容", known, (*here, "内容"))

    def _rule(self, rule: RowRule, book: Book, path: Path_) -> Iterator[Finding]:
        yield from self._condition(rule.condition, book, (*path, "条件"))
        here = (*path, "展开")
        if not all(rule.expand):
            yield self._finding("“展开”里有一层是空的", DIMENSIONS[book], here)
        for level in rule.expand:
            for dimension in level:
                if dimension not in DIMENSIONS[book]:
                    message = f"“{book}”账没有“{dimension}”这个维度"
                    yield self._finding(message, DIMENSIONS[book], here)

    def _condition(
        self, condition: Mapping[str, tuple[str, ...]], book: Book, path: Path_
    ) -> Iterator[Finding]:
        for dimension, values in condition.items():
            here = (*path, dimension)
            if dimension not in DIMENSIONS[book]:
                message = f"“{book}”账没有“{dimension}”这个维度"
                yield self._finding(message, DIMENSIONS[book], here)
                continue
            known = self.values.get(dimension)
            for value in values:
                if known is not None and value not in known:
                    message = f"“{dimension}”没有“{value}”这个取值"
                    yield self._finding(message, sorted(known), here)

    def _finding(self, message: str, known: Sequence[str], path: Path_) -> Finding:
        return Finding("E304", message, f"可用：{'、'.join(known)}", self.source.place(path))
