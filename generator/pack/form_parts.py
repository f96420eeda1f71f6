"""What the forms of a pack are made of: rows of texts, money, goals, indicators, signatures."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import Flag, Model, Text
from generator.pack.checks.expressions import Expression, Expressions

Count = Annotated[int, Field(ge=1, le=40)]
Columns = tuple[Count, ...]
"""How many columns of the grid each cell takes; one each if not said, the last one the rest."""


class Labelled(Model):
    """What a form prints, and how drafts may write it."""

    title: Text | None = Field(default=None, alias="标题", description="不写则同“键”")
    also: Expressions = Field(
        default=(), alias="又作", description="文稿里的其他写法（正则表达式，半角标点，不写空格）"
    )


class Head(Labelled):
    """A label that always has its own words."""

    title: Text = Field(alias="标题")


class LabelledCell(Labelled):
    """A label and, in the next cell, the text with its key in the data."""

    key: Text = Field(alias="键")
    required: Flag = Field(default=False, alias="必填", description="数据里必须有这个键")
    shape: Expression | None = Field(
        default=None, alias="写法", description="内容通常的样子；文稿里不是这样的标“待核”"
    )
    columns: tuple[Count, Count] = Field(default=(1, 1), alias="列数", description="名称、内容各占")
    height: Count = Field(default=1, alias="行数")
    centred: Flag = Field(default=False, alias="居中")

    @property
    def label(self) -> str:
        """What is printed before the text."""
        return self.title or self.key


class FormBlock(StrEnum):
    """What a form has besides texts."""

    FUNDS = "资金"
    GOALS = "总体目标"
    INDICATORS = "绩效指标"
    SIGNATURES = "落款"
    BUDGET = "预算"
    TASKS = "任务"


class RowGroup(Model):
    """A label to the left of several rows."""

    title: Text = Field(alias="标题")
    height: Count = Field(alias="行数")


class FormRow(Model):
    """A row of texts, or what several rows are made from."""

    group: RowGroup | None = Field(default=None, alias="组", description="几行左边共有的名称")
    cells: tuple[LabelledCell, ...] = Field(default=(), alias="栏")
    block: FormBlock | None = Field(default=None, alias="块")
    repeated: Flag = Field(default=False, alias="每页重印")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.cells) == (self.block is not None):
            raise PydanticCustomError(
                "form_row", "一行写“栏”或者“块”", {"remedy": "两者写一个，只写一个"}
            )
        return self


class SourceRow(Labelled):
    """A row of a project's money: who pays."""

    key: Text = Field(alias="键")
    levels: tuple[Text, ...] = Field(
        default=(), alias="级次", description="项目名称写明这些级次时，钱应列在这里"
    )
    blank: Flag = Field(default=False, alias="零不印", description="没有钱时留空，不印 0")

    @property
    def label(self) -> str:
        """What is printed before the amount."""
        return self.title or self.key


class FundsPart(Labelled):
    """The money of a project: a total and its sources, in each half."""

    title: Text = Field(alias="标题")
    total: Text = Field(alias="总额", description="可用 {期}")
    sources: tuple[SourceRow, ...] = Field(alias="来源", min_length=1)
    pieces: Expressions = Field(default=(), alias="断字", description="名称折断后可能剩下的几个字")
    columns: Columns = Field(default=(), alias="列数", description="标题、每一期的名称和金额各占")


class HalfTitle(Labelled):
    """The head above the goals of one half."""

    half: Literal["实施期", "年度"] = Field(alias="期")
    title: Text = Field(alias="标题")


class GoalsPart(Labelled):
    """The goals of each half; heads above them where there are two."""

    title: Text = Field(alias="标题")
    heads: tuple[HalfTitle, ...] = Field(default=(), alias="表头")
    columns: Columns = Field(default=(), alias="列数")


class FirstLevel(Model):
    """A first-level indicator and the second-level ones below it."""

    name: Text = Field(alias="一级")
    seconds: tuple[Text, ...] = Field(default=(), alias="二级")
    whole: Flag = Field(
        default=False, alias="齐全", description="通常各二级指标都有：文稿里只缺一个，疑其名称丢失"
    )


class Nature(StrEnum):
    """What special rules a group of indicators is held to."""

    COUNTS = "数量"
    COSTS = "成本"
    SATISFACTION = "满意度"


class Natures(Model):
    """Which groups of indicators are held to special rules, by their names."""

    counts: Expression | None = Field(default=None, alias="数量")
    costs: Expression | None = Field(default=None, alias="成本")
    satisfaction: Expression | None = Field(default=None, alias="满意度")

    def of(self, second: str) -> frozenset[Nature]:
        """Those of a second-level indicator."""
        expressions = {
            Nature.COUNTS: self.counts,
            Nature.COSTS: self.costs,
            Nature.SATISFACTION: self.satisfaction,
        }
        return frozenset(
            nature for nature, each in expressions.items() if each and re.fullmatch(each, second)
        )


class Indicators(Labelled):
    """The table of indicators and the system that they belong to."""

    title: Text = Field(alias="标题")
    heads: tuple[Text, Text, Text, Text] = Field(
        alias="表头", description="一级、二级、三级指标和指标值的栏名"
    )
    system: tuple[FirstLevel, ...] = Field(alias="体系", min_length=1)
    is_open: Flag = Field(default=False, alias="可以另设", description="体系之外的指标也可以写")
    natures: Natures = Field(default_factory=Natures, alias="性质")
    columns: Columns = Field(default=(), alias="列数")

    @property
    def allowed(self) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
        """The levels that data may have; ``None`` if it may have others."""
        return None if self.is_open else tuple((each.name, each.seconds) for each in self.system)


class Signature(Labelled):
    """A label at the foot; what stands behind it is in the data only if it has a key."""

    title: Text = Field(alias="标题")
    key: Text | None = Field(default=None, alias="键")
    shape: Expression | None = Field(default=None, alias="写法")
    columns: Count = Field(default=1, alias="列数")


class BudgetLine(Model):
    """A row of the overall form's money; without a figure it is always zero."""

    title: Text = Field(alias="标题")
    figure: Text | None = Field(default=None, alias="数", description="数字地址")


class BudgetSide(Model):
    """The overall form's money, divided in one way."""

    title: Text = Field(alias="标题")
    amount: Text = Field(alias="金额", description="金额一栏的栏名，写明单位")
    lines: tuple[BudgetLine, ...] = Field(alias="行", min_length=1)


class OverallMoney(Model):
    """The money of the overall form: by source to the left, by use to the right."""

    title: Text = Field(alias="标题")
    sources: BudgetSide = Field(alias="来源")
    uses: BudgetSide = Field(alias="去向")
    columns: Columns = Field(default=(), alias="列数")


class Tasks(Model):
    """The tasks of the year, each with the duty that it serves."""

    title: Text = Field(alias="标题")
    duty: Text = Field(alias="职能")
    task: Text = Field(alias="任务")
    columns: Columns = Field(default=(), alias="列数")


class Index(Labelled):
    """The list of all forms, printed before them."""

    title: Text = Field(alias="标题")
    heads: tuple[Text, Text, Text, Text, Text] = Field(
        alias="表头", description="序号、项目、单位、年度金额、页码的栏名"
    )
