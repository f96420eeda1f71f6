"""Performance goals: the forms of projects and the form of the whole department or unit."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.disclosure.base import Amount, MaybeText, Model, Text
from generator.disclosure.budget import ZERO


class LevelFunds(Model):
    """Money of a project in 元 by the level of government that pays."""

    central: Amount = Field(default=ZERO, alias="中央财政资金")
    provincial: Amount = Field(default=ZERO, alias="省级财政资金")
    local: Amount = Field(default=ZERO, alias="市县（区）财政资金")
    own: Amount = Field(default=ZERO, alias="单位自筹")
    other: Amount = Field(default=ZERO, alias="其他资金")


class PeriodFunds(Model):
    """Money over the whole term and within the budget year."""

    term: LevelFunds = Field(default_factory=LevelFunds, alias="实施期")
    year: LevelFunds = Field(default_factory=LevelFunds, alias="年度")


class PeriodTexts(Model):
    """The overall goal of the term and of the year."""

    term: MaybeText = Field(default="", alias="实施期")
    year: MaybeText = Field(default="", alias="年度")


class Indicator(Model):
    """A third-level indicator; one 指标值 stands for both halves where they agree."""

    name: MaybeText = Field(alias="指标")
    year_name: str | None = Field(
        default=None, alias="年度指标", description="只在年度一半的指标名称不同时填写"
    )
    value: MaybeText | None = Field(default=None, alias="指标值")
    term_value: MaybeText | None = Field(default=None, alias="实施期")
    year_value: MaybeText | None = Field(default=None, alias="年度")

    @model_validator(mode="after")
    def _one_way_of_stating(self) -> Indicator:
        halves = (self.term_value, self.year_value)
        if self.value is not None and any(half is not None for half in halves):
            raise PydanticCustomError(
                "indicator",
                "“指标值”与“实施期”“年度”只能写一种",
                {"code": "E209", "remedy": "两期相同只写“指标值”，不同就分写“实施期”“年度”"},
            )
        return self

    @property
    def term(self) -> tuple[str, str]:
        """Name and value in the half of the term; both blank where only the year has it."""
        if self.value is None and self.term_value is None and self.year_value is not None:
            return "", ""
        return self.name, self.value or self.term_value or ""

    @property
    def year(self) -> tuple[str, str]:
        """Name and value in the half of the year; both blank where only the term has it."""
        if self.value is None and self.year_value is None and self.term_value is not None:
            return "", ""
        name = self.name if self.year_name is None else self.year_name
        return name, self.value or self.year_value or ""


IndicatorTree = dict[Text, dict[Text, tuple[Indicator, ...]]]
"""First-level → second-level → indicators, in the order of the form."""


class ProjectForm(Model):
    """项目支出绩效目标表 of one project."""

    project: Text = Field(alias="项目名称")
    department: MaybeText = Field(alias="主管部门及代码")
    unit: MaybeText = Field(alias="实施单位")
    nature: MaybeText = Field(default="", alias="项目属性")
    term: MaybeText = Field(default="", alias="项目期")
    funds: PeriodFunds = Field(default_factory=PeriodFunds, alias="资金")
    summary: MaybeText = Field(default="", alias="项目概况")
    basis: MaybeText = Field(default="", alias="立项依据")
    necessity: MaybeText = Field(default="", alias="项目设立必要性")
    safeguards: MaybeText = Field(default="", alias="保证项目实施的制度、措施")
    plan: MaybeText = Field(default="", alias="项目实施计划")
    goals: PeriodTexts = Field(default_factory=PeriodTexts, alias="总体目标")
    indicators: IndicatorTree = Field(default_factory=dict, alias="绩效指标")
    stamp: MaybeText = Field(default="", alias="填报日期")


class OverallIndicator(Model):
    """A third-level indicator of the overall form."""

    name: MaybeText = Field(alias="指标")
    value: MaybeText = Field(alias="指标值")


class Duty(Model):
    """A core duty and the tasks of the year that serve it."""

    duty: MaybeText = Field(default="", alias="核心职能")
    task: MaybeText = Field(default="", alias="重点任务")


class OverallForm(Model):
    """整体支出绩效目标申报表; its budget figures are computed, not entered."""

    department: Text = Field(alias="部门名称")
    sections: MaybeText = Field(default="", alias="内设职能部门数")
    units: MaybeText = Field(default="", alias="所属预算单位数")
    establishment: MaybeText = Field(default="", alias="核定的人员编制数")
    staff: MaybeText = Field(default="", alias="实际在职人员总数")
    staff_established: MaybeText = Field(default="", alias="在编人员数")
    staff_other: MaybeText = Field(default="", alias="其他人员数")
    duties: MaybeText = Field(default="", alias="部门职责")
    strategy: MaybeText = Field(default="", alias="部门战略目标")
    tasks: tuple[Duty, ...] = Field(default=(), alias="年度重点任务")
    goals: MaybeText = Field(default="", alias="年度绩效目标")
    indicators: dict[Text, dict[Text, tuple[OverallIndicator, ...]]] = Field(
        default_factory=dict, alias="年度绩效指标"
    )
