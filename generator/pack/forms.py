"""The performance forms of a place: forms/*.yaml of a pack.

One declaration that printing, reading, checking and comparing take: which rows a form has, what
they are called, in print and in drafts, and what its money and its indicators are divided into.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, Self

from msgspec import Struct
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from generator.core.memo import memo
from generator.model.base import Model, Text
from generator.model.disclosure import Entity
from generator.model.form_names import (
    FUNDS,
    GOALS,
    HALVES,
    INDICATORS,
    PROJECT,
    TERM,
    YEAR,
    FormNames,
    FormsNames,
)
from generator.pack.form_parts import (
    Columns,
    Count,
    FormBlock,
    FormRow,
    FundsPart,
    GoalsPart,
    Index,
    Indicators,
    Labelled,
    LabelledCell,
    Nature,
    OverallMoney,
    Signature,
    Tasks,
)

_COLONS = "：:"
_DEPARTMENT, _OVERALL_INDICATORS, _TASKS = "部门名称", "年度绩效指标", "年度重点任务"
_BUDGET_CELLS, _TASK_CELLS = 5, 3
CELLS_OF_BLOCKS: Mapping[FormBlock, tuple[int, int]] = {
    FormBlock.FUNDS: (1, 2),
    FormBlock.GOALS: (1, 1),
    FormBlock.INDICATORS: (2, 3),
}
"""How many cells a row of a block has once, and how many in each half: of the form of a project."""
_NO_TEXTS = frozenset({FUNDS, GOALS, INDICATORS, _OVERALL_INDICATORS, _TASKS})


class _Form(Labelled):
    """What every form has."""

    title: Text = Field(alias="标题")
    widths: tuple[Count, ...] = Field(alias="列宽", min_length=2, description="各列所占的百分比")
    rows: tuple[FormRow, ...] = Field(alias="行", min_length=1)
    indicators: Indicators | None = Field(default=None, alias="绩效指标")

    @property
    def cells(self) -> tuple[LabelledCell, ...]:
        """Every text of the form, in its order."""
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def blocks(self) -> tuple[FormBlock, ...]:
        """What it has besides texts, in its order."""
        return tuple(row.block for row in self.rows if row.block is not None)

    def _keys(self, of_blocks: Mapping[FormBlock, tuple[str, ...]]) -> tuple[str, ...]:
        keys: list[str] = []
        for row in self.rows:
            keys += [cell.key for cell in row.cells]
            keys += of_blocks.get(row.block, ()) if row.block else ()
        return tuple(keys)

    def _required(self, always: str) -> tuple[str, ...]:
        return tuple(cell.key for cell in self.cells if cell.required or cell.key == always)

    def _check(self, always: str, described: Mapping[FormBlock, object]) -> None:
        """The blocks of the rows are described, keys are those of texts and stand once."""
        met = Counter([*(cell.key for cell in self.cells), *self.blocks])
        for key, times in met.items():
            if times > 1:
                raise _wrong(f"“{key}”写了 {times} 次", "每个键、每个块只写一次")
        if always not in met:
            raise _wrong(f"“行”里没有“{always}”", f"加上键是“{always}”的栏")
        for cell in self.cells:
            if cell.key in _NO_TEXTS:
                raise _wrong(f"“{cell.key}”不是一段文字", "改写成“块”")
        for block in FormBlock:
            if block in self.blocks and not described.get(block):
                raise _wrong(f"“行”里有块“{block}”，没有写明它", f"写明“{block}”，或从“行”里删去")
            if described.get(block) and block not in self.blocks:
                raise _wrong(f"写明了“{block}”，“行”里没有这一块", f"在“行”里加上“块: {block}”")
        self._check_grid()

    def _check_grid(self) -> None:
        """Every row fills the columns, with what hangs down into it from above."""
        hanging: list[tuple[int, int]] = []
        for row in self.rows:
            cells = [(cell.height, sum(cell.columns)) for cell in row.cells]
            cells += [(row.group.height, 1)] if row.group else []
            filled = sum(columns for _, columns in (*hanging, *cells))
            if row.cells and filled != len(self.widths):
                first = row.cells[0].key
                message = f"“{first}”一行占 {filled} 列，表有 {len(self.widths)} 列"
                raise _wrong(message, "改“列数”“行数”，使每一行正好占满")
            hanging = [(left - 1, columns) for left, columns in (*hanging, *cells) if left > 1]

    def _spans(self, columns: Columns, cells: int, what: str) -> tuple[int, ...]:
        """How many columns each cell of a block takes."""
        spans = columns or (*[1] * (cells - 1), len(self.widths) - cells + 1)
        if len(spans) != cells or sum(spans) != len(self.widths) or min(spans) < 1:
            message = f"“{what}”的“列数”不是 {cells} 个合计 {len(self.widths)} 的数"
            raise _wrong(message, "改“列数”或“列宽”，使每一行正好占满")
        return spans


def _wrong(message: str, remedy: str) -> PydanticCustomError:
    context = {"message": message, "remedy": remedy}
    return PydanticCustomError("form_definition", "{message}", context)


class ProjectFormDefinition(_Form):
    """The form of one project."""

    kind: Literal["项目"] = Field(alias="表")
    halves: tuple[Literal["实施期", "年度"], ...] = Field(alias="期", min_length=1)
    funds: FundsPart | None = Field(default=None, alias="资金")
    goals: GoalsPart | None = Field(default=None, alias="总体目标")
    signatures: tuple[Signature, ...] = Field(default=(), alias="落款")
    index: Index | None = Field(default=None, alias="索引")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.halves not in ((YEAR,), HALVES):
            raise _wrong("“期”要有“年度”", f"写 [{YEAR}] 或 [{', '.join(HALVES)}]")
        described = {
            FormBlock.FUNDS: self.funds,
            FormBlock.GOALS: self.goals,
            FormBlock.INDICATORS: self.indicators,
            FormBlock.SIGNATURES: self.signatures,
        }
        self._check(PROJECT, described)
        if self.goals and self.goals.heads:
            if tuple(head.half for head in self.goals.heads) != self.halves:
                raise _wrong("总体目标的“表头”不是每一期一个", "照“期”的次序，每一期写一个")
        elif self.goals and self.both_halves:
            raise _wrong("总体目标没有“表头”", "有两期的，写明每一期的栏名")
        _ = self.spans  # which must add up
        return self

    @property
    def spans(self) -> Mapping[str, tuple[int, ...]]:
        """How many columns the cells of each block take."""
        found = {}
        for block, (own, in_a_half) in CELLS_OF_BLOCKS.items():
            if part := self._in_halves(block):
                cells = own + in_a_half * len(self.halves)
                found[block.value] = self._spans(part.columns, cells, block.value)
        if self.signatures:
            columns = tuple(signature.columns for signature in self.signatures)
            found[FormBlock.SIGNATURES.value] = self._spans(columns, len(columns), "落款")
        return found

    def _in_halves(self, block: FormBlock) -> FundsPart | GoalsPart | Indicators | None:
        parts: dict[FormBlock, FundsPart | GoalsPart | Indicators | None] = {
            FormBlock.FUNDS: self.funds,
            FormBlock.GOALS: self.goals,
            FormBlock.INDICATORS: self.indicators,
        }
        return parts[block]

    @property
    def both_halves(self) -> bool:
        """Whether it states the whole term beside the year."""
        return TERM in self.halves

    @property
    def stamp(self) -> Signature | None:
        """The label at the foot whose text is in the data."""
        return next((signature for signature in self.signatures if signature.key), None)

    @property
    def names(self) -> FormNames:
        """The keys that its data may have."""
        of_blocks = {
            FormBlock.FUNDS: (FUNDS,),
            FormBlock.GOALS: (GOALS,),
            FormBlock.INDICATORS: (INDICATORS,),
            FormBlock.SIGNATURES: tuple(
                signature.key for signature in self.signatures if signature.key
            ),
        }
        return FormNames(
            self._keys(of_blocks),
            self._required(PROJECT),
            self.halves,
            tuple(source.key for source in self.funds.sources) if self.funds else (),
            self.indicators.allowed if self.indicators else (),
        )

    def total_label(self, half: str) -> str:
        """What the total of a half is called."""
        return without_colon(self.funds.total.replace("{期}", half)) if self.funds else half

    def goals_label(self, half: str) -> str:
        """What the goals of a half are called."""
        heads = self.goals.heads if self.goals else ()
        found = (head.title for head in heads if head.half == half)
        return without_colon(next(found, self.goals.title if self.goals else half))

    def natures(self, second: str) -> frozenset[Nature]:
        """What special rules a second-level indicator is held to."""
        return self.indicators.natures.of(second) if self.indicators else frozenset()

    def label(self, key: str) -> str:
        """What the form calls a text; its key if it has no such text."""
        return next((without_colon(cell.label) for cell in self.cells if cell.key == key), key)


class OverallFormDefinition(_Form):
    """The form of the whole department or unit."""

    kind: Literal["整体"] = Field(alias="表")
    budget: OverallMoney | None = Field(default=None, alias="预算")
    tasks: Tasks | None = Field(default=None, alias="任务")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        described = {
            FormBlock.BUDGET: self.budget,
            FormBlock.TASKS: self.tasks,
            FormBlock.INDICATORS: self.indicators,
        }
        self._check(_DEPARTMENT, described)
        _ = self.spans  # which must add up
        return self

    @property
    def spans(self) -> Mapping[str, tuple[int, ...]]:
        """How many columns the cells of each block take."""
        found = {}
        if self.budget:
            found[FormBlock.BUDGET.value] = self._spans(self.budget.columns, _BUDGET_CELLS, "预算")
        if self.tasks:
            found[FormBlock.TASKS.value] = self._spans(self.tasks.columns, _TASK_CELLS, "任务")
        if self.indicators:
            columns = self.indicators.columns
            found[FormBlock.INDICATORS.value] = self._spans(columns, 5, "绩效指标")
        return found

    @property
    def names(self) -> FormNames:
        """The keys that its data may have."""
        of_blocks = {FormBlock.TASKS: (_TASKS,), FormBlock.INDICATORS: (_OVERALL_INDICATORS,)}
        return FormNames(
            self._keys(of_blocks),
            self._required(_DEPARTMENT),
            indicators=self.indicators.allowed if self.indicators else (),
        )


FormDefinition = ProjectFormDefinition | OverallFormDefinition


class Forms(Struct, frozen=True):
    """The forms of a pack; ``None`` of one that the place does not publish."""

    project: ProjectFormDefinition | None = None
    overall: OverallFormDefinition | None = None

    @property
    def names(self) -> FormsNames:
        """The keys that the data of the forms may have."""
        return FormsNames(
            self.project.names if self.project else None,
            self.overall.names if self.overall else None,
        )

    @classmethod
    def of(cls, forms: Iterable[FormDefinition]) -> Forms:
        """The forms of a pack by what they are."""
        found = list(forms)
        projects = (each for each in found if isinstance(each, ProjectFormDefinition))
        overall = (each for each in found if isinstance(each, OverallFormDefinition))
        return cls(next(projects, None), next(overall, None))


NO_FORMS = Forms()


def without_colon(label: str) -> str:
    """A label without the colon at its end."""
    return label.rstrip(_COLONS)


@memo(64)
def filled_form(form: FormDefinition, entity: Entity) -> FormDefinition:
    """A form with year, kind and name of its publisher in its titles and labels."""
    words = {"{年度}": str(entity.year), "{类型}": entity.kind.value, "{名称}": entity.name}
    data = form.model_dump(by_alias=True, exclude_none=True)
    return type(form).model_validate(_with(data, words))


def _with(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return re.sub("|".join(words), lambda found: words[found[0]], value)
    if isinstance(value, dict):
        return {key: _with(each, words) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with(each, words) for each in value]
    return value


class FormFile(Model):
    """Which form a file of the folder forms declares."""

    kind: Literal["项目", "整体"] = Field(alias="表")


MODELS: Mapping[str, type[FormDefinition]] = {
    "项目": ProjectFormDefinition,
    "整体": OverallFormDefinition,
}
