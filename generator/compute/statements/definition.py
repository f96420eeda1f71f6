"""What a pack declares of a statement: its head, its columns and its rows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field, PrivateAttr

from generator.compute.ledger.entries import Book
from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat, MoneyUnit
from generator.model.base import Flag, Model, NumberPattern, Text
from generator.model.disclosure import EntityKind


def _values(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Values = Annotated[tuple[Text, ...], BeforeValidator(_values)]
ConditionDefinition = dict[Text, Values]
"""For each dimension, the value or values whose leaves count."""


class Paper(StrEnum):
    """Page orientation."""

    PORTRAIT = "纵向"
    LANDSCAPE = "横向"


CODES = ("编码", "类", "款", "项")
"""Contents of columns that hold a subject code, whole or one level of it."""


class StatementColumn(Model):
    """A column, or a group of columns under one head cell."""

    title: Text = Field(alias="标题")
    name: Text | None = Field(
        default=None, alias="名", description="数字地址里的列名，不写则同标题"
    )
    content: Text | None = Field(
        default=None,
        alias="内容",
        description="文字列：编码（或分开的类、款、项）、名称，或某个维度的名称",
    )
    condition: ConditionDefinition = Field(default_factory=dict, alias="条件")
    columns: tuple[StatementColumn, ...] = Field(default=(), alias="列")
    head_rows: int | None = Field(
        default=None,
        ge=1,
        le=9,
        alias="表头行数",
        description="一组列的标题占几行；不写则占满余下的行",
    )
    kind: EntityKind | None = Field(
        default=None, alias="适用", description="只有部门或单位的表有这一列"
    )
    width: int = Field(default=16, ge=1, le=1000, alias="宽", description="相对宽度")

    @property
    def key(self) -> str:
        """The column's step in addresses."""
        return self.name or self.title

    def leaves(self) -> Iterator[StatementColumn]:
        """The columns that hold cells."""
        if not self.columns:
            yield self
        for column in self.columns:
            yield from column.leaves()

    def of(self, kind: EntityKind) -> StatementColumn:
        """The column with those below it that the tables of such publishers have."""
        below = tuple(column.of(kind) for column in self.columns if column.kind in (None, kind))
        return self.model_copy(update={"columns": below})

    def kinds(self) -> Iterator[EntityKind | None]:
        """Whose tables it and the columns below it are in."""
        yield self.kind
        for column in self.columns:
            yield from column.kinds()

    def depth(self) -> int:
        """How many head rows the column needs."""
        return 1 + max((column.depth() for column in self.columns), default=0)


BY_CLASS: tuple[Values, ...] = (("科目类",),)
"""What rows are expanded by that are the classes (类) of expenditure, with nothing below them."""


class RowRule(Model):
    """One fixed row, or rows expanded from the values of dimensions."""

    title: Text | None = Field(default=None, alias="标题", description="可用 {序}、{名称}")
    name: Text | None = Field(
        default=None, alias="名", description="数字地址里的行名，不写则同标题"
    )
    other_titles: tuple[Text, ...] = Field(
        default=(), alias="又名", description="文稿里可能的其他行名，照字面"
    )
    condition: ConditionDefinition = Field(default_factory=dict, alias="条件")
    expand: tuple[Values, ...] = Field(default=(), alias="展开")
    all_classes: Flag = Field(default=False, alias="列出全部类")
    standing: tuple[Text, ...] = Field(
        default=(), alias="总是列出", description="展开的第一级里没有明细也列出的编码或名称"
    )
    kind: EntityKind | None = Field(default=None, alias="适用")
    total: Flag = Field(default=False, alias="合计", description="加粗、居中")
    blank: Flag = Field(default=False, alias="空行")
    hidden_when_empty: Flag = Field(default=False, alias="无数据时不列")

    def listing(self, classes: tuple[str, ...]) -> RowRule:
        """The rule with some classes of expenditure beside its own, if its rows are classes."""
        if self.expand != BY_CLASS:
            return self
        return self.model_copy(
            update={"standing": tuple(dict.fromkeys((*self.standing, *classes)))}
        )


class StatementBlock(Model):
    """A table of its own within the statement; blocks stand side by side."""

    name: Text | None = Field(default=None, alias="名")
    title: Text | None = Field(default=None, alias="标题", description="横跨本栏的表头")
    book: Book | None = Field(default=None, alias="账")
    condition: ConditionDefinition = Field(default_factory=dict, alias="条件")
    columns: tuple[StatementColumn, ...] = Field(alias="列", min_length=1)
    rows: tuple[RowRule, ...] = Field(default=(), alias="行")
    totals: tuple[RowRule, ...] = Field(
        default=(), alias="合计行", description="与并排各栏的合计行从下往上对齐"
    )

    def leaves(self) -> list[StatementColumn]:
        """The columns of the block that hold cells, left to right."""
        return [leaf for column in self.columns for leaf in column.leaves()]

    def conditions(self) -> Iterator[Container[str]]:
        """What it asks of leaves, by dimension, anywhere in it."""
        yield self.condition
        yield from (leaf.condition for leaf in self.leaves())
        for rule in (*self.rows, *self.totals):
            yield rule.condition
            yield from rule.expand

    def listing(self, classes: tuple[str, ...]) -> StatementBlock:
        """The block with rows for some classes of expenditure, where its rows are classes alone."""
        rows = tuple(rule.listing(classes) for rule in self.rows)
        return self.model_copy(update={"rows": rows})

    def of(self, kind: EntityKind) -> StatementBlock:
        """The block with the columns that the tables of such publishers have."""
        columns = tuple(column.of(kind) for column in self.columns if column.kind in (None, kind))
        return self.model_copy(update={"columns": columns})


class StatementDefinition(Model):
    """One statement (报表) as a place prints it."""

    number: Text = Field(alias="表号", description="如 表一")
    label: Text | None = Field(
        default=None, alias="标签", description="标题上方的字，如 预算公开表1"
    )
    title: Text | dict[EntityKind, Text] = Field(
        alias="标题", description="可用 {年度}、{类型}、{名称}；部门、单位不同时分写"
    )
    other_titles: tuple[Text, ...] = Field(
        default=(), alias="又名", description="文稿里可能的其他标题，写法同“标题”"
    )
    book: Book = Field(alias="账")
    paper: Paper = Field(default=Paper.PORTRAIT, alias="纸张")
    condition: ConditionDefinition = Field(default_factory=dict, alias="条件")
    blocks: tuple[StatementBlock, ...] = Field(alias="栏", min_length=1)
    unit: MoneyUnit = Field(default=MoneyUnit.WAN, alias="单位", description="金额单位")
    pattern: NumberPattern | None = Field(
        default=None, alias="数字", description="数字格式，不写则照 pack.yaml 的“数字”"
    )
    zero: str | None = Field(
        default=None, alias="零", description="没有金额的格印什么，不写则照 pack.yaml 的“数字”"
    )
    note: Text = Field(default="注：本表无数据", alias="空表说明", description="没有数据时表下的注")
    printed_empty: Flag = Field(
        default=True, alias="空表照印", description="否：没有数据时只印标题和说明"
    )
    column_numbers: Flag = Field(default=False, alias="栏号行", description="表头下加一行 1、2、3…")
    _text: MoneyFormat = PrivateAttr(default_factory=lambda: TEN_THOUSANDS)

    def with_text(self, text: MoneyFormat) -> StatementDefinition:
        """The statement with how sentences print its amounts; ``pack.yaml`` says it for all."""
        made = self.model_copy()
        made._text = text
        return made

    @property
    def text(self) -> MoneyFormat:
        """How sentences print its amounts."""
        return self._text

    def titles(self) -> Iterator[str]:
        """Every title that it may have, placeholders as they stand; the printed ones first."""
        yield from [self.title] if isinstance(self.title, str) else self.title.values()
        yield from self.other_titles

    def title_of(self, kind: EntityKind) -> str:
        """The title that it has for such publishers; the other one's if it is written alone."""
        if isinstance(self.title, str):
            return self.title
        return self.title.get(kind) or next(iter(self.title.values()))

    def of(self, kind: EntityKind | None) -> StatementDefinition:
        """The statement as such publishers print it; a department's if it is not known whose."""
        if not self._varies:
            return self
        kind = kind or EntityKind.DEPARTMENT
        blocks = tuple(block.of(kind) for block in self.blocks)
        return self.model_copy(update={"title": self.title_of(kind), "blocks": blocks})

    @cached_property
    def _varies(self) -> bool:
        columns = (column for block in self.blocks for column in block.columns)
        return not isinstance(self.title, str) or any(
            kind is not None for column in columns for kind in column.kinds()
        )

    def listing(self, classes: tuple[str, ...]) -> StatementDefinition:
        """The statement with rows for classes without amounts, where it lists classes alone."""
        blocks = tuple(block.listing(classes) for block in self.blocks)
        return self.model_copy(update={"blocks": blocks})

    def shows(self, dimension: str) -> bool:
        """Whether a row is expanded by a dimension."""
        return any(
            dimension in level
            for block in self.blocks
            for rule in (*block.rows, *block.totals)
            for level in rule.expand
        )

    def asks(self, book: Book, dimension: str) -> bool:
        """Whether what it prints of a book depends on a dimension."""
        return any(
            dimension in condition
            for block in self.blocks
            if (block.book or self.book) is book
            for condition in (self.condition, *block.conditions())
        )

    def writes_as(self, pattern: str) -> bool:
        """Whether it is in 元, and writes amounts by a pattern."""
        return self.unit is MoneyUnit.YUAN and self.pattern == pattern

    @property
    def money(self) -> MoneyFormat:
        """How its amounts are printed."""
        return MoneyFormat(self.unit, self.pattern or "0.00", self.zero or "")


def titles_of(definitions: Iterable[StatementDefinition]) -> list[tuple[str, str]]:
    """The number of every statement with each title that it may have."""
    return [
        (definition.number, title) for definition in definitions for title in definition.titles()
    ]
