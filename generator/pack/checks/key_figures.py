"""Where a pack's statements hold what the text and the forms speak of: checks/places.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from generator.compute.statements.definition import StatementDefinition
from generator.core.findings import Finding
from generator.load.yaml.tree import Path_ as Path
from generator.load.yaml.tree import SourceTree
from generator.model.base import Model, Text
from generator.pack.checks.equations import EquationError, check_address, read_equation
from generator.pack.checks.expressions import Expression
from generator.pack.checks.relations import EquationText

_REMEDY = "按 docs/template-packs.md“报表位置”一节的写法改正"


class Nothing(Model):
    """Words that say there is nothing, and the total that must be zero then."""

    section: Text = Field(alias="部分", description="情况说明的部分，如 七")
    words: Expression = Field(alias="说法", description="说没有这项经费的话")
    total: Text = Field(alias="合计", description="这项经费合计的地址")
    what: Text = Field(alias="名称")


class YearFigure(Model):
    """An amount of this year without a cell of its own, and the cell that it equals."""

    figure: Text = Field(alias="数字", description="文字里这个数字的地址")
    label: Text = Field(alias="行", description="整体绩效目标表里的行")
    equal: Text = Field(alias="等于", description="与它相等的格的地址")
    premise: EquationText | None = Field(
        default=None, alias="前提", description="不成立时这个数不核对"
    )


class Places(Model):
    """checks/places.yaml of a pack; what it leaves out cannot be checked."""

    year_total: Text | None = Field(
        default=None, alias="本年支出合计", description="本年支出（不含上年结转）合计的地址"
    )
    expenditure: Text | None = Field(
        default=None, alias="支出总计", description="支出总计（含上年结转）的地址"
    )
    projects: Text | None = Field(
        default=None, alias="项目支出表", description="逐个列出本年项目的报表"
    )
    project_total: Text | None = Field(
        default=None, alias="项目支出合计", description="项目支出表合计的地址"
    )
    carried_projects: Text | None = Field(
        default=None, alias="结转项目支出表", description="逐个列出上年结转项目的报表"
    )
    carried_columns: tuple[Text, ...] = Field(
        default=(),
        alias="结转列",
        description="项目支出表里上年结转的列，本年金额不含这些列；结转另有一张表的不写",
    )
    vehicle_quota: Text | None = Field(
        default=None, alias="车辆编制", description="编制数的地址；实有车辆不多于它"
    )
    year_figures: tuple[YearFigure, ...] = Field(default=(), alias="本年数")
    nothing: tuple[Nothing, ...] = Field(default=(), alias="没有的说法")

    @property
    def project_column(self) -> str:
        """The column with the total of a project."""
        return (self.project_total or "").rpartition("/")[2]


def check_places(
    places: Places, statements: Sequence[StatementDefinition], source: SourceTree
) -> None:
    """Adds a finding to the source for each table and address that no statement has."""
    known = {statement.number for statement in statements}
    tables = {"项目支出表": places.projects, "结转项目支出表": places.carried_projects}
    for key, table in tables.items():
        if table is not None and table not in known:
            _report(source, (key,), f"没有“{table}”这张表")
    for path, address in _addresses(places):
        try:
            check_address(address, statements)
        except EquationError as error:
            _report(source, path, str(error))
    for index, each in enumerate(places.year_figures):
        try:
            if each.premise:
                read_equation(each.premise, statements)
        except EquationError as error:
            _report(source, ("本年数", index, "前提"), str(error))


def _report(source: SourceTree, path: Path, message: str) -> None:
    source.findings.append(Finding("E303", message, _REMEDY, source.place(path)))


def _addresses(places: Places) -> Iterator[tuple[Path, str]]:
    if places.year_total:
        yield ("本年支出合计",), places.year_total
    if places.expenditure:
        yield ("支出总计",), places.expenditure
    if places.project_total:
        yield ("项目支出合计",), places.project_total
    for index, column in enumerate(places.carried_columns if places.project_total else ()):
        row = (places.project_total or "").rpartition("/")[0]
        yield ("结转列", index), f"{row}/{column}"
    for index, figure in enumerate(places.year_figures):
        yield ("本年数", index, "等于"), figure.equal
    for index, nothing in enumerate(places.nothing):
        yield ("没有的说法", index, "合计"), nothing.total
