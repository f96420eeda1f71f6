"""Performance goals: the forms of projects and the form of the whole department or unit.

Which of the keys a place uses, and which it adds, is declared by the forms of its pack
(:mod:`generator.model.form_names`), which data is validated with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator.core.memo import memo
from generator.model.base import Amount, MaybeText, Model, Named, OpenModel, Text
from generator.model.budget import ZERO, AmountsByName
from generator.model.form_names import HALVES, FormNames
from generator.model.vocabulary import Vocabulary, vocabulary_of

_UNSET = "（未填）"
"""Stands for what is not written; whether it may be left out is declared by the pack."""


def _unknown(key: str) -> PydanticCustomError:
    return PydanticCustomError("unknown_key", "没有“{key}”这个键", {"key": key})


def _project_names(vocabulary: Vocabulary) -> FormNames:
    return vocabulary.forms.project or FormNames(())


def _overall_names(vocabulary: Vocabulary) -> FormNames:
    return vocabulary.forms.overall or FormNames(())


@memo()
def _keys_of(kind: type[Model]) -> Mapping[str, str]:
    """The keys that data has for the fields of a model, by name."""
    return {name: field.alias or "" for name, field in kind.model_fields.items()}


def _nothing() -> Any:
    return {}


def _fund(name: str, info: ValidationInfo) -> str:
    if name not in LevelFunds.names(vocabulary_of(info)):
        raise _unknown(name)
    return name


class LevelFunds(AmountsByName):
    """Money of a project in 元 by the level of government that pays."""

    root: dict[Annotated[str, AfterValidator(_fund)], Amount] = Field(default_factory=dict)

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The rows of money that the project form has."""
        return _project_names(vocabulary).funds

    @field_validator("root")
    @classmethod
    def _every_row(cls, stated: dict[str, Decimal], info: ValidationInfo) -> dict[str, Decimal]:
        """Every row of the form, in its order; one left out is zero."""
        return {name: stated.get(name, ZERO) for name in cls.names(vocabulary_of(info))}


class InHalves(Model, Named):
    """What may be written for the term and for the year, as far as the form has such halves."""

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The keys that may be written, by the project form of a pack."""
        left_out = _left_out(_project_names(vocabulary).halves)
        aliases = (field.alias or name for name, field in cls.model_fields.items())
        return tuple(alias for alias in aliases if alias not in left_out)

    @field_validator("*", mode="before")
    @classmethod
    def _of_a_half(cls, value: Any, info: ValidationInfo) -> Any:
        alias = _keys_of(cls)[info.field_name or ""]
        stated = alias in _OF_HALVES and value is not None and value != {}
        if stated and alias not in cls.names(vocabulary_of(info)):
            raise _unknown(alias)
        return value


_OF_HALVES = frozenset({*HALVES, "年度指标"})


def _left_out(halves: tuple[str, ...]) -> frozenset[str]:
    """The keys that a form without one of the halves has no place for."""
    missing = {half for half in HALVES if half not in halves}
    return frozenset(missing | ({"年度指标"} if missing else set()))


class PeriodFunds(InHalves):
    """Money over the whole term and within the budget year."""

    term: LevelFunds = Field(default_factory=_nothing, alias="实施期", validate_default=True)
    year: LevelFunds = Field(default_factory=_nothing, alias="年度", validate_default=True)


class PeriodTexts(InHalves):
    """The overall goal of the term and of the year."""

    term: MaybeText = Field(default="", alias="实施期")
    year: MaybeText = Field(default="", alias="年度")


class Indicator(InHalves):
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
        """Name and value in the half of the term; both blank if only the year has it."""
        if self.value is None and self.term_value is None and self.year_value is not None:
            return "", ""
        return self.name, self.value or self.term_value or ""

    @property
    def year(self) -> tuple[str, str]:
        """Name and value in the half of the year; both blank if only the term has it."""
        if self.value is None and self.year_value is None and self.term_value is not None:
            return "", ""
        name = self.name if self.year_name is None else self.year_name
        return name, self.value or self.year_value or ""


IndicatorTree = dict[Text, dict[Text, tuple[Indicator, ...]]]
"""First-level → second-level → indicators, in the order of the form."""


class DeclaredForm(OpenModel):
    """A form whose keys a pack declares: some of those known here, and texts of its own."""

    @classmethod
    def declared(cls, vocabulary: Vocabulary) -> FormNames:
        """What the pack declares; nothing for a form that it does not have."""
        raise NotImplementedError

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The keys that may be written."""
        return cls.declared(vocabulary).fields

    @property
    def texts(self) -> Mapping[str, str]:
        """Every text by its key."""
        return {key: value for key, value in self.items() if isinstance(value, str)}

    @field_validator("*", mode="before")
    @classmethod
    def _declared(cls, value: Any, info: ValidationInfo) -> Any:
        alias = _keys_of(cls)[info.field_name or ""]
        names = cls.declared(vocabulary_of(info))
        if value is _UNSET:
            if alias in names.required:
                raise PydanticCustomError("missing", "缺少“{key}”", {"key": alias})
            return ""
        if alias not in names.fields and value != {}:
            raise _unknown(alias)
        return value

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Self:
        """Every text of the pack's own is there: blank if it may be left out."""
        names = type(self).declared(vocabulary_of(info))
        known = _keys_of(type(self)).values()
        own = self.model_extra if self.model_extra is not None else {}
        for key in names.fields:
            if key in known or key in own:
                continue
            if key in names.required:
                context = {"key": key, "code": "E202", "remedy": f"补上“{key}”"}
                raise PydanticCustomError("required", "缺少“{key}”", context)
            own[key] = ""
        return self


def _own_text(names: Callable[[Vocabulary], FormNames]) -> AfterValidator:
    """Lets a key pass that is not known here if the pack declares it."""

    def declared(key: str, info: ValidationInfo) -> str:
        if key not in names(vocabulary_of(info)).fields:
            raise PydanticCustomError("extra_forbidden", "没有“{key}”这个键", {"key": key})
        return key

    return AfterValidator(declared)


def _in_system(
    tree: Mapping[str, Mapping[str, Any]], names: FormNames
) -> Mapping[str, Mapping[str, Any]]:
    """A tree whose levels are those of the pack's system of indicators, if it is a closed one."""
    if names.indicators is None:
        return tree
    system = dict(names.indicators)
    for first, seconds in tree.items():
        if first not in system:
            remedy = f"本地的一级指标是：{'、'.join(system)}"
            raise _outside(f"没有“{first}”这个一级指标", remedy)
        for second in seconds:
            if second not in system[first]:
                remedy = f"“{first}”下面可以写：{'、'.join(system[first]) or '（没有二级指标）'}"
                raise _outside(f"“{first}”下面没有“{second}”这个二级指标", remedy)
    return tree


def _outside(message: str, remedy: str) -> PydanticCustomError:
    context = {"message": message, "code": "E203", "remedy": remedy}
    return PydanticCustomError("indicator_system", "{message}", context)


class ProjectForm(DeclaredForm):
    """项目支出绩效目标表 of one project."""

    __pydantic_extra__: dict[Annotated[str, _own_text(_project_names)], MaybeText] = Field(
        init=False
    )
    project: Text = Field(alias="项目名称")
    department: MaybeText = Field(default=_UNSET, alias="主管部门及代码", validate_default=True)
    unit: MaybeText = Field(default=_UNSET, alias="实施单位", validate_default=True)
    nature: MaybeText = Field(default=_UNSET, alias="项目属性", validate_default=True)
    term: MaybeText = Field(default=_UNSET, alias="项目期", validate_default=True)
    funds: PeriodFunds = Field(default_factory=_nothing, alias="资金", validate_default=True)
    summary: MaybeText = Field(default=_UNSET, alias="项目概况", validate_default=True)
    basis: MaybeText = Field(default=_UNSET, alias="立项依据", validate_default=True)
    necessity: MaybeText = Field(default=_UNSET, alias="项目设立必要性", validate_default=True)
    safeguards: MaybeText = Field(
        default=_UNSET, alias="保证项目实施的制度、措施", validate_default=True
    )
    plan: MaybeText = Field(default=_UNSET, alias="项目实施计划", validate_default=True)
    goals: PeriodTexts = Field(default_factory=PeriodTexts, alias="总体目标")
    indicators: IndicatorTree = Field(default_factory=dict, alias="绩效指标")
    stamp: MaybeText = Field(default=_UNSET, alias="填报日期", validate_default=True)

    @classmethod
    def declared(cls, vocabulary: Vocabulary) -> FormNames:
        """What the pack declares of the form of a project."""
        return _project_names(vocabulary)

    @field_validator("indicators")
    @classmethod
    def _of_the_system(cls, tree: Any, info: ValidationInfo) -> Any:
        return _in_system(tree, _project_names(vocabulary_of(info)))


class OverallIndicator(Model):
    """A third-level indicator of the overall form."""

    name: MaybeText = Field(alias="指标")
    value: MaybeText = Field(alias="指标值")


class Duty(Model):
    """A core duty and the tasks of the year that serve it."""

    duty: MaybeText = Field(default="", alias="核心职能")
    task: MaybeText = Field(default="", alias="重点任务")


class OverallForm(DeclaredForm):
    """整体支出绩效目标申报表; its budget figures are computed, not entered."""

    __pydantic_extra__: dict[Annotated[str, _own_text(_overall_names)], MaybeText] = Field(
        init=False
    )
    department: Text = Field(alias="部门名称")
    sections: MaybeText = Field(default=_UNSET, alias="内设职能部门数", validate_default=True)
    units: MaybeText = Field(default=_UNSET, alias="所属预算单位数", validate_default=True)
    establishment: MaybeText = Field(
        default=_UNSET, alias="核定的人员编制数", validate_default=True
    )
    staff: MaybeText = Field(default=_UNSET, alias="实际在职人员总数", validate_default=True)
    staff_established: MaybeText = Field(default=_UNSET, alias="在编人员数", validate_default=True)
    staff_other: MaybeText = Field(default=_UNSET, alias="其他人员数", validate_default=True)
    duties: MaybeText = Field(default=_UNSET, alias="部门职责", validate_default=True)
    strategy: MaybeText = Field(default=_UNSET, alias="部门战略目标", validate_default=True)
    tasks: tuple[Duty, ...] = Field(default=(), alias="年度重点任务")
    goals: MaybeText = Field(default=_UNSET, alias="年度绩效目标", validate_default=True)
    indicators: dict[Text, dict[Text, tuple[OverallIndicator, ...]]] = Field(
        default_factory=dict, alias="年度绩效指标"
    )

    @classmethod
    def declared(cls, vocabulary: Vocabulary) -> FormNames:
        """What the pack declares of the form of the whole department or unit."""
        return _overall_names(vocabulary)

    @field_validator("indicators")
    @classmethod
    def _of_the_system(cls, tree: Any, info: ValidationInfo) -> Any:
        return _in_system(tree, _overall_names(vocabulary_of(info)))
