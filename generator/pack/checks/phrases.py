"""Wording that checks look for: checks/phrases.yaml of a pack."""

from __future__ import annotations

from pydantic import Field

from generator.model.base import Model, Text
from generator.model.disclosure import EntityKind
from generator.pack.checks.expressions import Expressions


class ReasonPhrases(Model):
    """What makes a reason for a change (主要原因是…) a good one or none at all."""

    required: tuple[Text, ...] = Field(
        default=(), alias="须写原因的部分", description="情况说明里增减要写原因的部分，如 一"
    )
    nested: tuple[Text, ...] = Field(
        default=(), alias="有总有分的部分", description="先说总数再逐项说的部分，如 七"
    )
    empty: Expressions = Field(default=(), alias="空话", description="一个分句就是这些，等于没说")
    money: Expressions = Field(
        default=(), alias="钱的说法", description="经费、支出……：只说它们增减，是重复结果"
    )
    growth: Expressions = Field(default=(), alias="增加的原因")
    decline: Expressions = Field(default=(), alias="减少的原因")
    either: Expressions = Field(
        default=(), alias="两可的说法", description="有这些词就不判断原因的方向"
    )


class Phrases(Model):
    """checks/phrases.yaml of a pack: words are plain, or regular expressions."""

    reasons: ReasonPhrases = Field(default_factory=ReasonPhrases, alias="变动原因")
    foreign: dict[EntityKind, Expressions] = Field(
        default_factory=dict, alias="他类用语", description="部门、单位的公开文本里各不该有的用语"
    )
    left_overs: Expressions = Field(default=(), alias="遗留文字")
    doubled: Expressions = Field(
        default=(), alias="叠字", description="单字重复；两个字以上的重复程序自己会找"
    )
    reduplications: Expressions = Field(
        default=(), alias="不算重复", description="看似重复而正确的说法，如 每生每年"
    )
    review_marks: tuple[Text, ...] = Field(default=(), alias="审核标记")
    office_phones: Expressions = Field(
        default=(), alias="单位电话", description="这些字后面的座机是公开的单位电话"
    )
