"""The parts and sections of a place's document, in order: outline.yaml of a pack.

Templates take their headings from it. Whoever reads, checks or compares a document still has an
outline of its own (``drafts/signposts.py``); roles are what will tell the parts of places apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.disclosure.base import Flag, Model, Text
from generator.disclosure.disclosure import Entity, EntityKind
from generator.pack.expressions import Expressions


class Role(StrEnum):
    """What a part or section is about, in every place's document."""

    OVERVIEW = "概况"
    DUTIES = "职责"
    ORGANISATION = "机构设置"
    STATEMENTS = "报表"
    EXPLANATION = "情况说明"
    TOTALS = "收支总体"
    INCOME = "收入"
    EXPENDITURE = "支出"
    APPROPRIATIONS = "财政拨款"
    GENERAL_BUDGET = "一般公共预算"
    BASIC_EXPENDITURE = "基本支出"
    OFFICIAL_EXPENSES = "三公经费"
    GOVERNMENT_FUND = "政府性基金"
    STATE_CAPITAL = "国有资本经营"
    OTHER_MATTERS = "其他重要事项"
    OPERATING_FUNDS = "机关运行经费"
    PROCUREMENT = "政府采购"
    PERFORMANCE = "绩效"
    ASSETS = "国有资产"
    OTHER_NOTES = "其他说明"
    GLOSSARY = "名词解释"
    FORMS = "绩效目标表"


class Heading(Model):
    """A part or section: its heading as the place prints it, and what it is about."""

    id: Text = Field(alias="名", description="检查结果里的叫法；不重复")
    title: Text | dict[EntityKind, Text] = Field(
        alias="标题", description="可用 {年度}、{类型}、{名称}；部门、单位不同时分写"
    )
    also: Expressions = Field(
        default=(), alias="又作", description="文稿里的其他写法（正则表达式），不写编号"
    )
    role: Role | None = Field(default=None, alias="角色")
    required: Flag = Field(default=True, alias="必需")
    kind: EntityKind | None = Field(default=None, alias="适用", description="只有部门或单位有")
    sections: tuple[Heading, ...] = Field(default=(), alias="节")

    def walk(self) -> Iterator[Heading]:
        """It and all below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def filled(self, entity: Entity) -> str:
        """The heading as the document of an entity prints it.

        Raises:
            KeyError: if the title is written for the other kind alone.
        """
        title = self.title if isinstance(self.title, str) else self.title[entity.kind]
        values = {"年度": str(entity.year), "类型": entity.kind.value, "名称": entity.name}
        return re.sub(r"\{(年度|类型|名称)\}", lambda match: values[match[1]], title)


class Outline(Model):
    """outline.yaml of a pack."""

    parts: tuple[Heading, ...] = Field(alias="部分", min_length=1)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        headings = list(self.walk())
        ids = Counter(heading.id for heading in headings)
        roles = Counter(heading.role for heading in headings if heading.role)
        for word, times in [*ids.items(), *roles.items()]:
            if times > 1:
                raise PydanticCustomError(
                    "outline",
                    "“{word}”写了 {times} 次",
                    {"word": str(word), "times": times, "remedy": "每个名、每个角色只写一次"},
                )
        return self

    def walk(self) -> Iterator[Heading]:
        """Every part and section in reading order."""
        for part in self.parts:
            yield from part.walk()

    @cached_property
    def by_id(self) -> Mapping[str, Heading]:
        """Every part and section by its name."""
        return {heading.id: heading for heading in self.walk()}
