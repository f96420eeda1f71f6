"""What a place calls its money: fund sources, classes of projects, 人员经费 (vocabulary.yaml)."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Self

from pydantic import Field, PrivateAttr, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from generator.disclosure.base import Model, Text
from generator.disclosure.form_names import NO_FORMS, FormsNames


class FundNature(StrEnum):
    """What a source of funds is by law, whatever a place calls it. 预算法 第五条."""

    GENERAL = "一般公共预算"
    GOVERNMENT_FUND = "政府性基金预算"
    STATE_CAPITAL = "国有资本经营预算"
    SPECIAL_ACCOUNT = "财政专户"
    ENTITY = "单位资金"


_APPROPRIATED = (FundNature.GENERAL, FundNature.GOVERNMENT_FUND, FundNature.STATE_CAPITAL)


class FundSource(Model):
    """A source of funds by the name that data and statements of a place use."""

    name: Text = Field(alias="名称")
    nature: FundNature = Field(alias="性质")

    @property
    def appropriated(self) -> bool:
        """Whether it is 财政拨款."""
        return self.nature in _APPROPRIATED


class ProjectClasses(Model):
    """The classes of second-level projects (二级项目)."""

    names: tuple[Text, ...] = Field(alias="名称", min_length=1)
    usual: Text = Field(alias="默认", description="数据里没有写类别的项目属于这一类")

    @model_validator(mode="after")
    def _usual_is_known(self) -> Self:
        if self.usual not in self.names:
            raise PydanticCustomError(
                "unknown_class",
                "默认的“{usual}”不在“名称”之中",
                {"usual": self.usual, "remedy": f"改成{'、'.join(self.names)}之一"},
            )
        return self


class Vocabulary(Model):
    """vocabulary.yaml of a pack: the names that the data of a place is written with."""

    fund_sources: tuple[FundSource, ...] = Field(
        alias="资金来源", min_length=1, description="按收入总表的次序"
    )
    project_classes: ProjectClasses = Field(alias="项目类别")
    personnel_classes: tuple[Text, ...] = Field(
        default=("301", "303"),
        alias="人员经费",
        description="部门经济分类的哪些类是人员经费；其余是公用经费",
    )

    _forms: FormsNames = PrivateAttr(default=NO_FORMS)

    def with_forms(self, names: FormsNames) -> Self:
        """The vocabulary with the keys of the pack's performance forms."""
        made = self.model_copy()
        made._forms = names
        return made

    @property
    def forms(self) -> FormsNames:
        """The keys of the pack's performance forms, which files of their own declare."""
        return self._forms

    @field_validator("fund_sources")
    @classmethod
    def _told_apart(cls, sources: tuple[FundSource, ...]) -> tuple[FundSource, ...]:
        """Each name once; one source of each appropriated budget at most, 一般公共预算 always."""
        names = Counter(source.name for source in sources)
        natures = Counter(source.nature for source in sources if source.appropriated)
        for word, times in (names | natures).items():
            if times > 1:
                raise PydanticCustomError(
                    "fund_sources",
                    "“{word}”有 {times} 个资金来源",
                    {"word": str(word), "times": times, "remedy": "名称、财政拨款的性质各写一次"},
                )
        if not natures[FundNature.GENERAL]:
            raise PydanticCustomError(
                "fund_sources",
                "没有性质为“一般公共预算”的资金来源",
                {"remedy": "补上一般公共预算：各单位的基本支出经济科目都由它安排"},
            )
        return sources

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of all sources."""
        return tuple(source.name for source in self.fund_sources)

    @property
    def appropriations(self) -> tuple[str, ...]:
        """The names of the sources that are 财政拨款."""
        return tuple(source.name for source in self.fund_sources if source.appropriated)

    def source_of(self, nature: FundNature) -> str | None:
        """The name of the first source of a nature; ``None`` if the place has none."""
        return next((each.name for each in self.fund_sources if each.nature is nature), None)

    @property
    def general(self) -> str:
        """The name of 一般公共预算, which pays the basic expenditure by economic subject."""
        return next(s.name for s in self.fund_sources if s.nature is FundNature.GENERAL)

    def expenditure_kind(self, economic_class: str) -> str:
        """人员经费 or 公用经费, by the class of a department economic subject."""
        return "人员经费" if economic_class in self.personnel_classes else "公用经费"


def vocabulary_of(info: ValidationInfo) -> Vocabulary:
    """The vocabulary that data is validated with.

    Raises:
        LookupError: if the caller gave none: data has no meaning without its pack.
    """
    if not isinstance(info.context, Vocabulary):
        raise LookupError("data is validated with the vocabulary of a pack as context")
    return info.context
