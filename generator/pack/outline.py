"""The parts and sections of a place's document, in order: outline.yaml of a pack.

Templates take their headings from it; whoever reads, checks or compares a document finds its parts
by it, and asks for those with a role: where procurement is spoken of, wherever that is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.core.text.patterns import late_pattern
from generator.model.base import Flag, Model, Text
from generator.model.disclosure import Entity, EntityKind
from generator.pack.checks.expressions import Expressions


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


FREE_ROLES = frozenset({Role.DUTIES, Role.ORGANISATION, Role.OTHER_NOTES, Role.GLOSSARY})
"""What offices write in their own words; other sections are composed from figures."""
_WITHOUT_TEXT = frozenset({Role.STATEMENTS, Role.FORMS})
ORDINAL = late_pattern(
    r"第[一二三四五六七八九十]+(?:部分|[章节篇])[\s:：、]*|[一二三四五六七八九十]+[、.．]\s*|[（(][一二三四五六七八九十]+[）)]"
)
"""The number before a heading."""


def unnumbered(title: str) -> str:
    """A title without the number before it."""
    number = ORDINAL.match(title)
    return title[number.end() :] if number else title


class KindTitles(Model):
    """The title of a heading, 部门 and 单位 apart; what has none stands in the other's alone."""

    department: Text | None = Field(default=None, alias="部门")
    unit: Text | None = Field(default=None, alias="单位")

    def of(self, kind: EntityKind) -> str | None:
        """The title for a kind of publisher."""
        return self.department if kind is EntityKind.DEPARTMENT else self.unit


class Heading(Model):
    """A part or section: its heading as the place prints it, and what it is about."""

    id: Text = Field(alias="名", description="检查结果里的叫法；不重复")
    title: Text | KindTitles = Field(
        alias="标题", description="可用 {年度}、{类型}、{名称}；部门、单位不同时分写"
    )
    listed: Text | KindTitles | None = Field(
        default=None, alias="目录标题", description="目录里的写法与标题不同的才写"
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

    def below(self) -> Iterator[Heading]:
        """All below it, in reading order."""
        return (heading for section in self.sections for heading in section.walk())

    @property
    def titles(self) -> tuple[str, ...]:
        """Its title, or that of each kind, placeholders as they are."""
        if isinstance(self.title, str):
            return (self.title,)
        return tuple(filter(None, (self.title.department, self.title.unit)))

    @property
    def leads_on(self) -> bool:
        """Of a part: whether sections, statements or forms stand below it, and no text."""
        return bool(self.sections) or self.role in _WITHOUT_TEXT

    @property
    def words(self) -> str:
        """What people call it: its number, if it has one, and its name."""
        ordinal = ORDINAL.match(self.titles[0])
        return f"{ordinal[0].strip()} {self.id}" if ordinal and ordinal[0][0] == "第" else self.id

    def filled(self, entity: Entity) -> str:
        """The heading as the document of an entity prints it.

        Raises:
            KeyError: if the title is written for the other kind alone.
        """
        return _filled(self.title, entity)

    def in_contents(self, entity: Entity) -> str:
        """What the contents of an entity's document call it.

        Raises:
            KeyError: as :meth:`filled`.
        """
        return _filled(self.listed or self.title, entity)


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

    @cached_property
    def _by_role(self) -> Mapping[Role, str]:
        return {heading.role: heading.id for heading in self.walk() if heading.role}

    @cached_property
    def _parts(self) -> Mapping[str, Heading]:
        return {heading.id: part for part in self.parts for heading in part.walk()}

    def of(self, role: Role) -> str:
        """The name of the part or section with a role; ``""`` if the place has none."""
        return self._by_role.get(role, "")

    def all_of(self, *roles: Role) -> tuple[str, ...]:
        """The names of those of some roles that the place has."""
        return tuple(name for role in roles if (name := self.of(role)))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The names of all that may hold text, in reading order."""
        found: list[str] = []
        for part in self.parts:
            found += [] if part.leads_on else [part.id]
            found += [heading.id for heading in part.below()]
        return tuple(found)

    @cached_property
    def composed(self) -> tuple[str, ...]:
        """The names of the sections whose sentences are made from figures."""
        return tuple(name for name in self.texts if self.by_id[name].role not in FREE_ROLES)

    @cached_property
    def explanation(self) -> tuple[str, ...]:
        """The names of what stands in 情况说明, itself if it has no sections."""
        name = self.of(Role.EXPLANATION)
        if not name:
            return ()
        return tuple(each.id for each in self.by_id[name].below()) or (name,)

    def level(self, name: str) -> int:
        """How deep a part or section stands: 1 for parts, and for whatever is neither."""
        return self._levels.get(name, 1)

    @cached_property
    def _levels(self) -> Mapping[str, int]:
        return dict(_levels(self.parts, 1))

    def group(self, section: str) -> str:
        """How findings name a section: its part, and the section itself; others by their name."""
        part = self._parts.get(section)
        return section if part is None or part.id == section else f"{part.id} {section}"


def _levels(headings: Iterable[Heading], level: int) -> Iterator[tuple[str, int]]:
    for heading in headings:
        yield heading.id, level
        yield from _levels(heading.sections, level + 1)


def _filled(title: str | KindTitles, entity: Entity) -> str:
    """A title with year, kind and name.

    Raises:
        KeyError: if it is written for the other kind alone.
    """
    wording = title if isinstance(title, str) else title.of(entity.kind)
    if wording is None:
        raise KeyError(entity.kind)
    values = {"年度": str(entity.year), "类型": entity.kind.value, "名称": entity.name}
    return re.sub(r"\{(年度|类型|名称)\}", lambda match: values[match[1]], wording)
