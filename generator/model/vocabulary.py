"""What a place calls its money: fund sources, classes of projects, 人员经费 (vocabulary.yaml)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator.core.text.patterns import late_pattern
from generator.model.base import Model, Text
from generator.model.change_words import USUAL_WORDS, ChangeWords
from generator.model.form_names import NO_FORMS, FormsNames


class FundNature(StrEnum):
    """What a source of funds is by law, whatever a place calls it. 预算法 第五条."""

    GENERAL = "一般公共预算"
    GOVERNMENT_FUND = "政府性基金预算"
    STATE_CAPITAL = "国有资本经营预算"
    SPECIAL_ACCOUNT = "财政专户"
    ENTITY = "单位资金"


class BasicKind(StrEnum):
    """The two kinds of basic expenditure."""

    PERSONNEL = "人员经费"
    PUBLIC = "公用经费"


_APPROPRIATED = (FundNature.GENERAL, FundNature.GOVERNMENT_FUND, FundNature.STATE_CAPITAL)


class FundSource(Model):
    """A source of funds by the name that data and statements of a place use."""

    name: Text = Field(alias="名称")
    nature: FundNature = Field(alias="性质")

    @property
    def appropriated(self) -> bool:
        """Whether it is 财政拨款."""
        return self.nature in _APPROPRIATED


class ClassWords(Model):
    """Words in the names of projects that speak for a class, as one place names its projects."""

    project_class: Text = Field(alias="类别")
    words: tuple[Text, ...] = Field(default=(), alias="词", description="名称里有其中一个")
    endings: tuple[Text, ...] = Field(default=(), alias="词尾", description="名称以其中一个结束")
    weight: int = Field(default=1, ge=1, le=100, alias="分量", description="越大越可信")

    def stand_in(self, name: str) -> bool:
        """Whether the name of a project has one of them; brackets may be of either width."""
        plain = unicodedata.normalize("NFKC", name).strip()
        words, endings = (
            tuple(unicodedata.normalize("NFKC", each) for each in several)
            for several in (self.words, self.endings)
        )
        return plain.endswith(endings) or any(word in plain for word in words)


class ProjectClasses(Model):
    """The classes of second-level projects (二级项目)."""

    names: tuple[Text, ...] = Field(alias="名称", min_length=1)
    usual: Text = Field(alias="默认", description="数据里没有写类别的项目属于这一类")
    hints: tuple[ClassWords, ...] = Field(
        default=(),
        alias="名称用词",
        description="读入时由项目名称推断类别；从上往下，第一条有的算数",
    )

    @model_validator(mode="after")
    def _classes_are_known(self) -> Self:
        named = {"默认": [self.usual], "名称用词": [hint.project_class for hint in self.hints]}
        for key, classes in named.items():
            for unknown in (each for each in classes if each not in self.names):
                raise PydanticCustomError(
                    "unknown_class",
                    "{key}的“{unknown}”不在“名称”之中",
                    {
                        "key": key,
                        "unknown": unknown,
                        "remedy": f"改成{'、'.join(self.names)}之一",
                    },
                )
        return self

    def hint(self, name: str) -> ClassWords | None:
        """What the name of a project says of its class; ``None`` if it says nothing."""
        return next((each for each in self.hints if each.stand_in(name)), None)


class SaidSection(StrEnum):
    """What law asks every document to speak of, and a place prints where it has a sentence."""

    PROCUREMENT = "政府采购"
    ASSETS = "国有资产"
    SERVICES = "政府购买服务指导性目录"


class OwnNumber(Model):
    """A number that the text of a place states and no table holds, with its unit."""

    name: Text = Field(alias="名称")
    unit: Text = Field(alias="单位", description="元的，文中按“文字单位”印")
    bought: Text | None = Field(
        default=None,
        alias="购置",
        description="补充数字里要购置的：哪一种车辆、哪一项资产；“车辆”是各种之和",
    )


ANY_VEHICLE = "车辆"
"""What ``OwnNumber.bought`` says for vehicles of all kinds."""
_MEASURED = ("元", "平方米", "亩", "公里")
"""Units of which there may be a part; of others, 辆 and 个, there is a whole number."""


def check_whole(numbers: Mapping[str, Decimal], declared: Iterable[OwnNumber]) -> None:
    """Refuses parts of what is counted.

    Raises:
        PydanticCustomError: with the name of the first such number.
    """
    for each in declared:
        value = numbers.get(each.name, Decimal(0))
        if each.unit not in _MEASURED and value % 1:
            raise PydanticCustomError(
                "whole",
                "“{name}”按{unit}计数，现在是“{value}”",
                {
                    "name": each.name,
                    "unit": each.unit,
                    "value": str(value),
                    "remedy": "只写整数",
                },
            )


def _day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise PydanticCustomError(
            "day",
            "“{day}”不是几月几日",
            {"day": text, "remedy": "写作 12月31日"},
        )
    return text


Day = Annotated[Text, AfterValidator(_day)]
"""A day of any year: 12月31日."""
_DAY = late_pattern(r"(1[0-2]|[1-9])月(3[01]|[12][0-9]|[1-9])日")


class Vocabulary(Model):
    """vocabulary.yaml of a pack: the names that the data of a place is written with."""

    fund_sources: tuple[FundSource, ...] = Field(
        alias="资金来源", min_length=1, description="按收入各项印出的次序"
    )
    project_classes: ProjectClasses = Field(alias="项目类别")
    personnel_classes: tuple[Text, ...] = Field(
        default=("301", "303"),
        alias="人员经费",
        description="部门经济分类的哪些类是人员经费；其余是公用经费",
    )

    vehicles: tuple[Text, ...] = Field(
        default=(), alias="车辆", description="国有资产的“实有车辆”分哪几种"
    )
    assets: tuple[OwnNumber, ...] = Field(
        default=(),
        alias="资产",
        description="国有资产除实有车辆以外写哪几项",
    )
    asset_days: tuple[Day, ...] = Field(
        default=("12月31日",),
        alias="资产截止",
        min_length=1,
        description="国有资产的数截至上年几月几日；几种都有的，第一个是不写时的",
    )
    to_be_said: tuple[SaidSection, ...] = Field(
        default=tuple(SaidSection),
        alias="必须写明",
        description="数据里没有写、也没有写“无”的，不能生成公开稿",
    )
    own_numbers: tuple[OwnNumber, ...] = Field(
        default=(), alias="补充数字", description="文中要印、别处没有的数，数据写在“补充数字”里"
    )
    own_texts: tuple[Text, ...] = Field(
        default=(), alias="补充文字", description="文中要印的文字，数据写在“补充文字”里"
    )
    change_words: ChangeWords = Field(
        default=USUAL_WORDS, alias="增减说法", description="比上年多了、少了，在本地怎样说"
    )
    comparisons: tuple[Text, ...] = Field(
        default=(), alias="比较", description="不用写：取自 pack.yaml 的“比较”"
    )
    prior_amounts: tuple[Text, ...] = Field(
        default=(), alias="上年数", description="不用写：“比较”里上年数写在“上年预算数”里的"
    )
    _forms: FormsNames = PrivateAttr(default_factory=lambda: NO_FORMS)

    def with_forms(self, names: FormsNames) -> Self:
        """The vocabulary with the keys of the pack's performance forms."""
        made = self.model_copy()
        made._forms = names
        made.__dict__.pop("forms", None)
        return made

    @cached_property
    def forms(self) -> FormsNames:
        """The keys of the pack's performance forms, which files of their own declare.

        Every field of every form asks for them, and pydantic takes its time for what is private.
        """
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

    @model_validator(mode="after")
    def _buys_what_it_has(self) -> Self:
        """What is to be bought is a kind of vehicle or an asset of the place."""
        assets = [asset.name for asset in self.assets]
        for number in self.own_numbers:
            if number.bought and number.bought not in (ANY_VEHICLE, *self.vehicles, *assets):
                raise PydanticCustomError(
                    "bought",
                    "“{name}”的“购置”是“{bought}”，“车辆”“资产”里没有",
                    {
                        "name": number.name,
                        "bought": number.bought,
                        "remedy": f"写成{'、'.join((ANY_VEHICLE, *self.vehicles, *assets))}之一",
                    },
                )
        return self

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
        return next((source.name for source in self.fund_sources if source.nature is nature), None)

    @property
    def general(self) -> str:
        """The name of 一般公共预算, which pays the basic expenditure by economic subject."""
        return next(s.name for s in self.fund_sources if s.nature is FundNature.GENERAL)

    def expenditure_kind(self, economic_class: str) -> BasicKind:
        """人员经费 or 公用经费, by the class of a department economic subject."""
        personnel = economic_class in self.personnel_classes
        return BasicKind.PERSONNEL if personnel else BasicKind.PUBLIC


def vocabulary_of(info: ValidationInfo) -> Vocabulary:
    """The vocabulary that data is validated with.

    Raises:
        LookupError: if the caller gave none: data has no meaning without its pack.
    """
    if not isinstance(info.context, Vocabulary):
        raise LookupError("data is validated with the vocabulary of a pack as context")
    return info.context
