"""The disclosure of one entity and year: everything a finance office states."""

from __future__ import annotations

from collections import Counter
from collections.abc import ItemsView, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator.core.dates import read_any_date
from generator.model.base import (
    NOTHING,
    PLAIN,
    Model,
    Named,
    NumberPattern,
    OpenModel,
    OrNothing,
    Text,
)
from generator.model.budget import (
    ComparedName,
    EconomicLine,
    OfficialExpenses,
    PriorYear,
    Procurement,
    Project,
    RevenueLine,
    SubjectLine,
    UnitOperatingFunds,
    UnitProjects,
    one_of,
)
from generator.model.performance import OverallForm, ProjectForm
from generator.model.vocabulary import Vocabulary, check_whole, vocabulary_of

Count = Annotated[int, Field(ge=0), PLAIN]
Size = Annotated[Decimal, Field(ge=0, max_digits=17, decimal_places=2), PLAIN]
"""A number with a unit that the pack's vocabulary says."""


class EntityKind(StrEnum):
    """Who publishes: a budget department with its units, or a single unit."""

    DEPARTMENT = "部门"
    UNIT = "单位"


class Entity(Model):
    """The publisher and the budget year."""

    name: Text = Field(alias="名称")
    kind: EntityKind = Field(alias="类型")
    year: Annotated[int, Field(ge=2000, le=2100), PLAIN] = Field(alias="年度")
    subordinate_units: tuple[Text, ...] = Field(
        default=(), alias="二级预算单位", description="部门填写，含本级，按公开顺序"
    )
    pack: Text | None = Field(
        default=None,
        alias="模板包",
        description="按哪个模板包公开：名称，或从数据目录起的相对路径",
    )


class Overview(Model):
    """第一部分 概况."""

    duties: tuple[Text, ...] = Field(alias="职责", min_length=1)
    organisation: tuple[Text, ...] = Field(
        default=(), alias="机构设置", description="部门可以不写，由二级预算单位名单生成"
    )


class Reasons(OpenModel):
    """Why amounts changed, in words, without 主要原因是 and without a full stop."""

    __pydantic_extra__: dict[ComparedName, Text | None] = Field(init=False)

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """What the pack compares."""
        return vocabulary.comparisons

    income: Text | None = Field(default=None, alias="收入总计")
    expenditure: Text | None = Field(default=None, alias="支出总计")
    official_expenses: Text | None = Field(default=None, alias="三公经费")
    abroad: Text | None = Field(default=None, alias="因公出国（境）费")
    reception: Text | None = Field(default=None, alias="公务接待费")
    vehicles: Text | None = Field(default=None, alias="公务用车购置及运行费")
    vehicle_purchase: Text | None = Field(default=None, alias="公务用车购置费")
    vehicle_running: Text | None = Field(default=None, alias="公务用车运行维护费")
    operating_funds: Text | None = Field(default=None, alias="机关运行经费")


def _vehicle(name: str, info: ValidationInfo) -> str:
    return one_of(name, vocabulary_of(info).vehicles)


class Vehicles(RootModel[dict[Annotated[str, AfterValidator(_vehicle)], Count]], Named):
    """Official vehicles actually held, by kind; a kind left out beside others is zero."""

    model_config = ConfigDict(frozen=True)
    root: dict[Annotated[str, AfterValidator(_vehicle)], Count] = Field(default_factory=dict)

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The kinds of vehicles."""
        return vocabulary.vehicles

    @classmethod
    def nothing(cls, vocabulary: Vocabulary) -> dict[str, Any]:
        """No vehicle of any kind: written out, for no kind at all would say nothing."""
        return dict.fromkeys(vocabulary.vehicles, "0")

    def items(self) -> ItemsView[str, int]:
        """The counts stated, by kind."""
        return self.root.items()


def _asset(name: str, info: ValidationInfo) -> str:
    return one_of(name, Assets.names(vocabulary_of(info)))


class Assets(OpenModel):
    """State-owned assets at a day of last year; what is not set is unsaid.

    Besides the vehicles, the items of the pack's vocabulary; 无 says that there are none of any.
    """

    __pydantic_extra__: dict[Annotated[str, AfterValidator(_asset)], Size] = Field(init=False)
    vehicles: Annotated[Vehicles, OrNothing()] = Field(default_factory=Vehicles, alias="实有车辆")
    as_of: Text | None = Field(
        default=None, alias="截止日期", description="截至上年几月几日；不写则按模板包"
    )

    @classmethod
    def names(cls, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The items besides the vehicles."""
        return tuple(asset.name for asset in vocabulary.assets)

    @classmethod
    def nothing(cls, vocabulary: Vocabulary) -> dict[str, Any]:
        """None of anything."""
        return {"实有车辆": NOTHING} | {asset.name: "0" for asset in vocabulary.assets}

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """The items stated besides the vehicles."""
        return self.model_extra or {}

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        if self.numbers:
            check_whole(self.numbers, vocabulary_of(info).assets)
        return self

    @field_validator("as_of")
    @classmethod
    def _known_day(cls, day: str | None, info: ValidationInfo) -> str | None:
        return day if day is None else one_of(day, vocabulary_of(info).asset_days)


class GoalManagement(Model):
    """What the sentences about goals need beyond the projects."""

    reporting_units: Count | None = Field(
        default=None, alias="编报整体绩效目标单位数", description="不写则等于二级预算单位数"
    )


class OtherNotes(Model):
    """十二、其他说明."""

    service_purchase: Text = Field(default="无", alias="政府购买服务指导性目录")
    other: Text = Field(default="无", alias="其他")


class Letter(Model):
    """A statement or letter printed after 十二、其他说明."""

    title: Text | None = Field(default=None, alias="标题")
    addressee: Text | None = Field(default=None, alias="主送")
    paragraphs: tuple[Text, ...] = Field(alias="正文")
    signature: Text | None = Field(default=None, alias="落款")
    date: Text | None = Field(default=None, alias="日期")


class FormPosition(StrEnum):
    """Where the performance forms stand in the document."""

    APPENDIX = "附录"
    INLINE = "正文"


def _day(text: str) -> str:
    if read_any_date(text) is None:
        raise PydanticCustomError(
            "date",
            "“{text}”不是日期",
            {"text": text, "remedy": "写成 2026-02-10 或 2026年2月10日"},
        )
    return text


Day = Annotated[Text, AfterValidator(_day)]
"""A date as people write it: 2026-02-10, 2026年2月10日."""


class Publication(Model):
    """What was decided about the publication itself."""

    empty_statements: tuple[Text, ...] = Field(
        default=(), alias="无数据表", description="公开为“本表无数据”的表，如 表三；情况说明随之"
    )
    form_position: FormPosition | None = Field(
        default=None, alias="绩效目标表位置", description="不写则按模板包"
    )
    blank_classes: tuple[Annotated[str, Field(pattern=r"^[0-9]{3}$")], ...] = Field(
        default=(),
        alias="无数据科目类",
        description="没有金额也列出的功能分类的类，如 201：印在只按类列支出的表里，各栏空着",
    )
    table_numbers: NumberPattern | None = Field(
        default=None,
        alias="报表数字",
        description="以元为单位的报表写金额的格式，如 #,##0；不写则按模板包",
    )
    published: Day | None = Field(
        default=None,
        alias="公开日期",
        description="印在封面等处的日期，如 2026-02-10；模板包印它的才有用",
    )


class Acceptance(Model):
    """A finding that stays: the document publishes what the books or the authority say."""

    rule: Text = Field(alias="规则", description="检查规则的代码，如 E716")
    subject: Text = Field(
        alias="对象",
        description="所涉及的数字地址或对象，可只写开头几级，如 表六 或 表六/合计/合计",
    )
    reason: Text = Field(alias="理由", description="为什么按实公布")


class ExtraSubjects(Model):
    """Names of subjects that the catalogue lacks, or that this document names otherwise."""

    functional: dict[str, Text] = Field(default_factory=dict, alias="功能分类")
    department_economic: dict[str, Text] = Field(default_factory=dict, alias="部门预算支出经济分类")
    government_economic: dict[str, Text] = Field(default_factory=dict, alias="政府预算支出经济分类")


class Term(Model):
    """An entry of the glossary (名词解释)."""

    term: Text = Field(alias="名词")
    meaning: Text = Field(alias="解释")


def _own_number(name: str, info: ValidationInfo) -> str:
    return one_of(name, [number.name for number in vocabulary_of(info).own_numbers])


def _own_text(name: str, info: ValidationInfo) -> str:
    return one_of(name, vocabulary_of(info).own_texts)


class KeyedProject(NamedTuple):
    """A project with its path in the data, its unit and a key unique within the unit."""

    path: tuple[str | int, ...]
    unit: str
    key: str
    project: Project


class Disclosure(Model):
    """One entity's budget disclosure for one year; amounts in 元, only leaves and words."""

    entity: Entity = Field(alias="单位信息")
    publication: Publication = Field(default_factory=Publication, alias="公开方式")
    overview: Overview = Field(alias="概况")
    extra_subjects: ExtraSubjects = Field(default_factory=ExtraSubjects, alias="补充科目")
    subjects: tuple[SubjectLine, ...] = Field(default=(), alias="收支")
    economic: tuple[EconomicLine, ...] = Field(default=(), alias="基本支出经济科目")
    fund_revenue: tuple[RevenueLine, ...] = Field(default=(), alias="政府性基金收入")
    capital_revenue: tuple[RevenueLine, ...] = Field(default=(), alias="国有资本经营收入")
    official_expenses: Annotated[OfficialExpenses, OrNothing()] = Field(
        default_factory=OfficialExpenses, alias="三公经费"
    )
    operating_funds: Annotated[tuple[UnitOperatingFunds, ...], OrNothing()] = Field(
        default=(), alias="机关运行经费"
    )
    projects: tuple[UnitProjects, ...] = Field(default=(), alias="项目")
    prior_data: Text | None = Field(
        default=None, alias="上年数据", description="上年的数据目录，相对于本目录"
    )
    prior_year: PriorYear = Field(default_factory=PriorYear, alias="上年预算数")
    reasons: Reasons = Field(default_factory=Reasons, alias="变动原因")
    procurement: Annotated[Procurement, OrNothing()] = Field(
        default_factory=Procurement, alias="政府采购"
    )
    goal_management: GoalManagement = Field(default_factory=GoalManagement, alias="绩效管理")
    assets: Annotated[Assets, OrNothing()] = Field(default_factory=Assets, alias="国有资产")
    other_notes: OtherNotes = Field(default_factory=OtherNotes, alias="其他说明")
    own_numbers: dict[Annotated[str, AfterValidator(_own_number)], Size] = Field(
        default_factory=dict, alias="补充数字", description="名称: 数，名称见模板包的词汇"
    )
    own_texts: dict[Annotated[str, AfterValidator(_own_text)], Text] = Field(
        default_factory=dict, alias="补充文字", description="名称: 文字，名称见模板包的词汇"
    )

    @field_validator("own_numbers")
    @classmethod
    def _whole(cls, numbers: dict[str, Decimal], info: ValidationInfo) -> dict[str, Decimal]:
        check_whole(numbers, vocabulary_of(info).own_numbers)
        return numbers

    glossary: tuple[Term, ...] = Field(
        default=(), alias="名词解释", description="不写则印模板包的名词解释"
    )
    letters: tuple[Letter, ...] = Field(default=(), alias="附件")
    overall_form: OverallForm | None = Field(default=None, alias="整体绩效目标表")
    forms: tuple[ProjectForm, ...] = Field(default=(), alias="项目绩效目标表")
    acceptances: tuple[Acceptance, ...] = Field(default=(), alias="按实公布说明")
    stated: dict[Text, Text] = Field(
        default_factory=dict,
        alias="核对数",
        description="数字地址: 印出的文字，如 表二/合计/合计: '54296.65'",
    )

    @field_validator("overall_form", "forms", mode="before")
    @classmethod
    def _has_such_a_form(cls, value: Any, info: ValidationInfo) -> Any:
        """Forms are not dropped in silence if the pack has no such form."""
        forms = vocabulary_of(info).forms
        if value and (forms.project if info.field_name == "forms" else forms.overall) is None:
            key = cls.model_fields[info.field_name or ""].alias
            remedy = f"删去“{key}”，或在模板包的 forms/ 里写明它"
            context = {"key": key, "code": "E201", "remedy": remedy}
            raise PydanticCustomError("no_form", "这个模板包没有“{key}”", context)
        return value

    def keyed_projects(self) -> Iterator[KeyedProject]:
        """Every project in order; a name met again in one unit is told apart by ``#2``."""
        for i, group in enumerate(self.projects):
            seen: Counter[str] = Counter()
            for j, project in enumerate(group.projects):
                seen[project.name] += 1
                again = f"#{seen[project.name]}" if seen[project.name] > 1 else ""
                path = ("项目", i, "项目", j)
                yield KeyedProject(path, group.unit, project.name + again, project)
