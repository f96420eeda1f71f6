"""Checks a statement definition against the ledger: dimensions, values and contents exist."""

from __future__ import annotations

from collections.abc import Iterator

from generator.disclosure.budget import BudgetYear, Expenditure, FundSource, ProjectClass
from generator.findings import Finding
from generator.ledger.entries import DIMENSIONS, Book
from generator.load.yaml_tree import Path_, SourceTree
from generator.statements.definition import Block, Column, RowRule, StatementDefinition

_KNOWN_VALUES: dict[str, frozenset[str]] = {
    "资金来源": frozenset(FundSource),
    "预算年度": frozenset(BudgetYear),
    "支出类别": frozenset(Expenditure),
    "项目类别": frozenset(ProjectClass),
    "经费类型": frozenset({"人员经费", "公用经费"}),
    "费用": frozenset({"因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费"}),
}
"""Dimensions with a closed set of values."""

_CONTENTS = ("编码", "名称")


def lint(definition: StatementDefinition, source: SourceTree) -> Iterator[Finding]:
    """Yields E304 for each dimension, value or content that the book does not have."""
    yield from _condition(definition.condition, definition.book, ("条件",), source)
    for i, block in enumerate(definition.blocks):
        yield from _block(block, block.book or definition.book, ("栏", i), source)


def _block(block: Block, book: Book, path: Path_, source: SourceTree) -> Iterator[Finding]:
    yield from _condition(block.condition, book, (*path, "条件"), source)
    yield from _columns(block.columns, book, (*path, "列"), source)
    for key, rules in (("行", block.rows), ("合计行", block.totals)):
        for i, rule in enumerate(rules):
            yield from _rule(rule, book, (*path, key, i), source)


def _columns(
    columns: tuple[Column, ...], book: Book, path: Path_, source: SourceTree
) -> Iterator[Finding]:
    for i, column in enumerate(columns):
        here = (*path, i)
        yield from _condition(column.condition, book, (*here, "条件"), source)
        yield from _columns(column.columns, book, (*here, "列"), source)
        known = (*_CONTENTS, *DIMENSIONS[book])
        if column.content is not None and column.content not in known:
            yield _finding(f"没有“{column.content}”这种内容", known, source, (*here, "内容"))


def _rule(rule: RowRule, book: Book, path: Path_, source: SourceTree) -> Iterator[Finding]:
    yield from _condition(rule.condition, book, (*path, "条件"), source)
    if not all(rule.expand):
        yield _finding("“展开”里有一层是空的", DIMENSIONS[book], source, (*path, "展开"))
    for level in rule.expand:
        for dimension in level:
            if dimension not in DIMENSIONS[book]:
                message = f"“{book}”账没有“{dimension}”这个维度"
                yield _finding(message, DIMENSIONS[book], source, (*path, "展开"))


def _condition(
    condition: dict[str, tuple[str, ...]], book: Book, path: Path_, source: SourceTree
) -> Iterator[Finding]:
    for dimension, values in condition.items():
        here = (*path, dimension)
        if dimension not in DIMENSIONS[book]:
            message = f"“{book}”账没有“{dimension}”这个维度"
            yield _finding(message, DIMENSIONS[book], source, here)
            continue
        known = _KNOWN_VALUES.get(dimension)
        for value in values:
            if known is not None and value not in known:
                yield _finding(f"“{dimension}”没有“{value}”这个取值", sorted(known), source, here)


def _finding(
    message: str, known: tuple[str, ...] | list[str], source: SourceTree, path: Path_
) -> Finding:
    return Finding("E304", message, f"可用：{'、'.join(known)}", source.place(path))
