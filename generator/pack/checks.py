"""What a pack declares for the checks: the reconciliations (勾稽关系) of its statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from generator.disclosure.base import Flag, Model, Text
from generator.disclosure.disclosure import EntityKind
from generator.findings import Finding
from generator.load.yaml_tree import SourceTree
from generator.pack.equations import Equation, EquationError, read_equation, split_equation
from generator.statements.definition import ConditionDefinition, StatementDefinition, Values

_REMEDY = "按 docs/template-packs.md“勾稽关系”一节的写法改正"


def _equation(text: str) -> str:
    try:
        split_equation(text)
    except EquationError as error:
        context = {"cause": str(error), "code": "E304", "remedy": _REMEDY}
        raise PydanticCustomError("equation", "{cause}", context) from None
    return text


EquationText = Annotated[Text, AfterValidator(_equation)]
RelationCode = Annotated[str, StringConstraints(pattern=r"E7(0[1-9]|1\d|20|22)|W721")]


class RelationDefinition(Model):
    """A reconciliation as written; ``{表}`` in it stands for each of ``tables``."""

    code: RelationCode = Field(alias="规则")
    equation: EquationText = Field(alias="等式")
    tables: Values = Field(default=(), alias="表", description="等式里 {表} 逐一代表的表")
    condition: ConditionDefinition = Field(
        default_factory=dict, alias="条件", description="只核对这些取值的行"
    )
    premise: EquationText | None = Field(
        default=None, alias="前提", description="不成立时这条关系不核对"
    )
    kind: EntityKind | None = Field(default=None, alias="适用")
    printed: Flag = Field(
        default=False, alias="按印出数", description="两边分别填报的数，数据里也只核对到 0.01 万元"
    )


class RelationFile(Model):
    """checks/relations.yaml of a pack."""

    relations: tuple[RelationDefinition, ...] = Field(alias="勾稽关系")


@dataclass(frozen=True, slots=True)
class Relation:
    """A reconciliation, read against the statements.

    Attributes:
        order: its number in the file: of several that one mistake breaks, the first is named.
        condition: for each dimension, the values of the rows that it holds for.
        premise: an equation without variables; where it fails nothing can be said.
        kind: the only kind of entity that it holds for, if there is one.
        printed: whether exact amounts too are compared only as far as they are printed.
    """

    code: str
    order: int
    equation: Equation
    condition: Mapping[str, tuple[str, ...]]
    premise: Equation | None
    kind: EntityKind | None
    printed: bool = False


def read_relations(
    file: RelationFile, statements: Sequence[StatementDefinition], source: SourceTree
) -> tuple[Relation, ...]:
    """Every reconciliation; addresses that no statement has are findings of the source."""
    relations: list[Relation] = []
    for index, definition in enumerate(file.relations):
        try:
            relations.extend(_read(definition, index, statements))
        except EquationError as error:
            place = source.place(("勾稽关系", index, "等式"))
            source.findings.append(Finding("E303", str(error), _REMEDY, place))
    return tuple(relations)


def _read(
    definition: RelationDefinition, order: int, statements: Sequence[StatementDefinition]
) -> Iterator[Relation]:
    premise = read_equation(definition.premise, statements) if definition.premise else None
    for table in definition.tables or ("",):
        text = definition.equation.replace("{表}", table)
        equation = read_equation(text, statements)
        yield Relation(
            definition.code,
            order,
            equation,
            definition.condition,
            premise,
            definition.kind,
            definition.printed,
        )
