"""The money: leaf amounts by functional item, economic subject, project and expense."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from generator.disclosure.base import (
    Amount,
    EconomicSectionCode,
    Flag,
    FunctionalItemCode,
    Model,
    RevenueCode,
    Text,
)

ZERO = Decimal(0)


class FundSource(StrEnum):
    """The five sources of funds, in the order of 表一."""

    GENERAL = "一般公共预算"
    GOVERNMENT_FUND = "政府性基金预算"
    STATE_CAPITAL = "国有资本经营预算"
    SPECIAL_ACCOUNT = "财政专户管理资金"
    ENTITY = "单位资金"


APPROPRIATIONS = (FundSource.GENERAL, FundSource.GOVERNMENT_FUND, FundSource.STATE_CAPITAL)
"""财政拨款: the three budgets that are appropriated."""


class BudgetYear(StrEnum):
    """Whether money is of this year's budget or carried over from last year."""

    CURRENT = "当年预算"
    CARRY_OVER = "上年结转"


class Expenditure(StrEnum):
    """Basic or project expenditure."""

    BASIC = "基本支出"
    PROJECT = "项目支出"


class FundAmounts(Model):
    """Amounts in 元 by source of funds; a source left out is zero."""

    general: Amount = Field(default=ZERO, alias="一般公共预算")
    government_fund: Amount = Field(default=ZERO, alias="政府性基金预算")
    state_capital: Amount = Field(default=ZERO, alias="国有资本经营预算")
    special_account: Amount = Field(default=ZERO, alias="财政专户管理资金")
    entity: Amount = Field(default=ZERO, alias="单位资金")


class AppropriationAmounts(Model):
    """Amounts in 元 by appropriated budget (财政拨款); one left out is zero."""

    general: Amount = Field(default=ZERO, alias="一般公共预算")
    government_fund: Amount = Field(default=ZERO, alias="政府性基金预算")
    state_capital: Amount = Field(default=ZERO, alias="国有资本经营预算")


class ExpenditureAmounts(Model):
    """Basic and project expenditure, each by source of funds."""

    basic: FundAmounts = Field(default_factory=FundAmounts, alias="基本支出")
    project: FundAmounts = Field(default_factory=FundAmounts, alias="项目支出")


class SubjectLine(Model):
    """What one functional item (项) receives: this year's budget and carry-over."""

    code: FunctionalItemCode = Field(alias="科目")
    current: ExpenditureAmounts = Field(default_factory=ExpenditureAmounts, alias="当年预算")
    carry_over: ExpenditureAmounts = Field(default_factory=ExpenditureAmounts, alias="上年结转")


class EconomicLine(Model):
    """Basic expenditure of the general public budget under one pair of economic subjects."""

    department: EconomicSectionCode = Field(alias="部门经济科目")
    government: EconomicSectionCode = Field(alias="政府经济科目")
    amount: Amount = Field(alias="金额")


class RevenueLine(Model):
    """Income of a government-managed fund or of state capital operations."""

    code: RevenueCode = Field(alias="科目")
    name: Text = Field(alias="名称")
    amount: Amount = Field(alias="金额")


class ProjectClass(StrEnum):
    """The two kinds of second-level projects (二级项目)."""

    OPERATION = "其他运转类"
    TARGET = "特定目标类"


class Project(Model):
    """One project; with a functional item given, it posts to the 收支 as well."""

    name: Text = Field(alias="名称")
    prior_name: Text | None = Field(
        default=None,
        alias="上年名称",
        description="上年数据里的名称，改得认不出时才写；“无”表示上年没有",
    )
    category: ProjectClass = Field(default=ProjectClass.TARGET, alias="类别")
    code: FunctionalItemCode | None = Field(
        default=None,
        alias="科目",
        description="写了科目，项目金额就计入该科目的项目支出，“收支”里不再填写",
    )
    current: FundAmounts = Field(default_factory=FundAmounts, alias="当年预算")
    carry_over: AppropriationAmounts = Field(default_factory=AppropriationAmounts, alias="上年结转")
    goals_published: Flag = Field(default=True, alias="公开绩效目标")


class UnitProjects(Model):
    """The projects of one unit, in the order of 表十二."""

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


class PriorYear(Model):
    """Last year's budget totals in 元, as far as the text compares with them."""

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
