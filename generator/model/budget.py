"""The money: leaf amounts by functional item, economic subject, project and expense."""

from __future__ import annotations

from collections.abc import Collection, ItemsView
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator.model.base import (
    Amount,
    EconomicSectionCode,
    Flag,
    FunctionalItemCode,
    Model,
    Named,
    OpenModel,
    RevenueCode,
    Text,
)
from generator.model.vocabulary import Vocabulary, vocabulary_of

ZERO = Decimal(0)


class BudgetYear(StrEnum):
    """Whether money is of this year's budget or carried over from last year."""

    CURRENT = "当年预算"
    CARRY_OVER = "上年结转"


class Expenditure(StrEnum):
    """Basic or project expenditure."""

    BASIC = "基本支出"
    PROJECT = "项目支出"


def _source(name: str, info: ValidationInfo) -> str:
    return one_of(name, FundAmounts.names(vocabulary_of(info)))


def _appropriation(name: str, info: ValidationInfo) -> str:
    return one_of(name, AppropriationAmounts.names(vocabulary_of(info)))


def one_of(name: str, known: Collection[str]) -> str:
    """A name of the vocabulary.

    Raises:
        PydanticCustomError: if it is none of those known.
    """
    if name not in known:
        raise PydanticCustomError("unknown_key", "没有“{key}”这个键", {"key": name})
    return name


class AmountsByName(RootModel[dict[Any, Decimal]], Named):
    """Amounts in 元 by a name of the pack's vocabulary; one left out is zero."""

    model_config = ConfigDict(frozen=True)

    def items(self) -> ItemsView[str, Decimal]:
        """The amounts stated, by name."""
        return self.root.items()


class FundAmounts(AmountsByName):
    """Amounts in 元 by source of funds; a source left out is zero."""

    root: dict[Annotated[str, AfterValidator(_source)], Amount] = Field(default_factory=dict)

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """Every source."""
        return vocabulary.sources


class AppropriationAmounts(AmountsByName):
    """Amounts in 元 by appropriated budget (财政拨款); one left out is zero."""

    root: dict[Annotated[str, AfterValidator(_appropriation)], Amount] = Field(default_factory=dict)

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The sources that are 财政拨款."""
        return vocabulary.appropriations


class ExpenditureAmounts(Model):
    """Basic and project expenditure, each by source of funds."""

    basic: FundAmounts = Field(default_factory=FundAmounts, alias="基本支出")
    personnel: FundAmounts = Field(
        default_factory=FundAmounts,
        alias="人员经费",
        description="报表按科目分列人员经费、公用经费的，两项分填，不写“基本支出”",
    )
    public: FundAmounts = Field(default_factory=FundAmounts, alias="公用经费")
    project: FundAmounts = Field(default_factory=FundAmounts, alias="项目支出")

    @model_validator(mode="after")
    def _stated_once(self) -> Self:
        divided = {*self.personnel.root, *self.public.root}
        if twice := divided & set(self.basic.root):
            raise PydanticCustomError(
                "basic_twice",
                "“{source}”的基本支出既写了总数，又分了人员经费、公用经费",
                {"source": min(twice), "remedy": "只留分开的两项，删去“基本支出”里的总数"},
            )
        return self


class SubjectLine(Model):
    """What one functional item (项) receives: this year's budget and carry-over."""

    code: FunctionalItemCode = Field(alias="科目")
    current: ExpenditureAmounts = Field(default_factory=ExpenditureAmounts, alias="当年预算")
    carry_over: ExpenditureAmounts = Field(default_factory=ExpenditureAmounts, alias="上年结转")
    usage: Text | None = Field(
        default=None, alias="用途", description="情况说明里逐项说的用途，如 主要用于人员经费"
    )


class EconomicLine(Model):
    """Basic expenditure of the general public budget under one pair of economic subjects."""

    department: EconomicSectionCode = Field(alias="部门经济科目")
    government: EconomicSectionCode | None = Field(
        default=None, alias="政府经济科目", description="模板包的报表分列政府经济科目的才填写"
    )
    amount: Amount = Field(alias="金额")


class RevenueLine(Model):
    """Income of a government-managed fund or of state capital operations."""

    code: RevenueCode = Field(alias="科目")
    name: Text = Field(alias="名称")
    amount: Amount = Field(alias="金额")


def _project_class(name: Any, info: ValidationInfo) -> str:
    classes = vocabulary_of(info).project_classes
    if name is None:
        return classes.usual
    if name not in classes.names:
        raise PydanticCustomError(
            "project_class",
            "“类别”只能是{known}，现在是“{name}”",
            {"known": "、".join(classes.names), "name": str(name), "remedy": "改成其中之一"},
        )
    return str(name)


class Project(Model):
    """One project; with a functional item given, it posts to the 收支 as well."""

    name: Text = Field(alias="名称")
    prior_name: Text | None = Field(
        default=None,
        alias="上年名称",
        description="上年数据里的名称，改得认不出时才写；“无”表示上年没有",
    )
    category: Annotated[str, BeforeValidator(_project_class)] = Field(
        default=None, alias="类别", validate_default=True
    )
    code: FunctionalItemCode | None = Field(
        default=None,
        alias="科目",
        description="写了科目，项目金额就计入该科目的项目支出，“收支”里不再填写",
    )
    current: FundAmounts = Field(default_factory=FundAmounts, alias="当年预算")
    carry_over: AppropriationAmounts = Field(default_factory=AppropriationAmounts, alias="上年结转")
    goals_published: Flag = Field(default=True, alias="公开绩效目标")


class UnitProjects(Model):
    """The projects of one unit, in the order of the statement that lists them."""

    unit: Text = Field(alias="单位")
    projects: tuple[Project, ...] = Field(alias="项目")


class OfficialExpenses(Model):
    """“三公”经费 by item, each by appropriated budget."""

    abroad: AppropriationAmounts = Field(
        default_factory=AppropriationAmounts, alias="因公出国（境）费"
    )
    reception: AppropriationAmounts = Field(
        default_factory=AppropriationAmounts, alias="公务接待费"
    )
    vehicle_purchase: AppropriationAmounts = Field(
        default_factory=AppropriationAmounts, alias="公务用车购置费"
    )
    vehicle_running: AppropriationAmounts = Field(
        default_factory=AppropriationAmounts, alias="公务用车运行维护费"
    )


class UnitOperatingFunds(Model):
    """机关运行经费 of one unit."""

    unit: Text = Field(alias="单位")
    amounts: AppropriationAmounts = Field(alias="金额")


class OfficialExpensesTotals(Model):
    """Last year's “三公”经费 by item, in 元."""

    abroad: Amount = Field(default=ZERO, alias="因公出国（境）费")
    reception: Amount = Field(default=ZERO, alias="公务接待费")
    vehicle_purchase: Amount = Field(default=ZERO, alias="公务用车购置费")
    vehicle_running: Amount = Field(default=ZERO, alias="公务用车运行维护费")


def _compared(name: str, info: ValidationInfo) -> str:
    return one_of(name, vocabulary_of(info).comparisons)


def _prior(name: str, info: ValidationInfo) -> str:
    return one_of(name, vocabulary_of(info).prior_amounts)


ComparedName = Annotated[str, AfterValidator(_compared)]
"""A name that the pack compares with last year (比较 of pack.yaml)."""


class PriorYear(OpenModel):
    """Last year's budget totals in 元, as far as the text compares with them.

    Besides those that every place may have, any that the pack compares.
    """

    __pydantic_extra__: dict[Annotated[str, AfterValidator(_prior)], Amount] = Field(init=False)

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """What the pack compares, as far as last year's amount is written here."""
        return vocabulary.prior_amounts

    income: Amount | None = Field(default=None, alias="收入总计")
    expenditure: Amount | None = Field(default=None, alias="支出总计")
    general_current: Amount | None = Field(default=None, alias="一般公共预算当年支出")
    official_expenses: OfficialExpensesTotals | None = Field(default=None, alias="三公经费")
    operating_funds: Amount | None = Field(default=None, alias="机关运行经费")


class Procurement(Model):
    """Government procurement budget in 元."""

    goods: Amount = Field(default=ZERO, alias="货物")
    works: Amount = Field(default=ZERO, alias="工程")
    services: Amount = Field(default=ZERO, alias="服务")
