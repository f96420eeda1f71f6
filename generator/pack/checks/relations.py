"""What a pack declares for the checks: rules of its own, and their reconciliations (勾稽关系)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from msgspec import Struct
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.compute.statements.definition import ConditionDefinition, StatementDefinition, Values
from generator.core.findings import Finding
from generator.load.yaml.tree import SourceTree
from generator.model.base import Flag, Model, Text
from generator.model.disclosure import EntityKind
from generator.pack.checks.equations import Equation, EquationError, read_equation, split_equation

_REMEDY = "按 docs/template-packs.md“勾稽关系”一节的写法改正"
PACK_CODES = tuple(
    f"{letter}{number}" for number in (*range(701, 723), *range(801, 900)) for letter in "EWN"
)
"""Every code that a pack may give to a rule of its own; the program uses none of them."""
_CODES = frozenset(PACK_CODES)


def _equation(text: str) -> str:
    try:
        split_equation(text)
    except EquationError as error:
        context = {"cause": str(error), "code": "E304", "remedy": _REMEDY}
        raise PydanticCustomError("equation", "{cause}", context) from None
    return text


def _code(text: str) -> str:
    if text not in _CODES:
        context = {
            "cause": f"“{text}”不能作模板包的规则的代码",
            "code": "E307",
            "remedy": "写 E（错误）、W（警告）或 N（提示）加 701–722、801–899 之间的一个数",
        }
        raise PydanticCustomError("rule_code", "{cause}", context)
    return text


EquationText = Annotated[Text, AfterValidator(_equation)]
RuleCode = Annotated[Text, AfterValidator(_code)]


class RelationDefinition(Model):
    """A reconciliation as written; ``{表}`` in it stands for each of ``tables``."""

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


class RuleExample(Model):
    """What a document says wrongly, and how it is right."""

    wrong: Text = Field(alias="不对")
    right: Text = Field(alias="正确")


class RuleDefinition(Model):
    """A rule of the pack: its words, and the reconciliations that it is about.

    The first letter of its code says how grave it is.
    """

    code: RuleCode = Field(alias="代码")
    name: Text = Field(alias="名称")
    checks: Text = Field(alias="检查什么")
    why: Text = Field(alias="为什么")
    remedy: Text = Field(alias="办法")
    source: Text = Field(alias="依据")
    example: RuleExample | None = Field(default=None, alias="例")
    relations: tuple[RelationDefinition, ...] = Field(alias="关系", min_length=1)

    @property
    def rounds(self) -> bool:
        """Whether all of its amounts are sums, of which only the printed ones are rounded."""
        return not any(relation.printed for relation in self.relations)


class RelationFile(Model):
    """checks/relations.yaml of a pack."""

    rules: tuple[RuleDefinition, ...] = Field(alias="勾稽关系")


class Relation(Struct, frozen=True):
    """A reconciliation, read against the statements.

    Attributes:
        code: the code of its rule.
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
    """Every reconciliation; what is wrong with rules and addresses is a finding of the source."""
    source.findings.extend(_declared_twice(file, source))
    relations: list[Relation] = []
    order = 0
    for number, rule in enumerate(file.rules):
        for index, definition in enumerate(rule.relations):
            try:
                relations.extend(_read(rule.code, definition, order, statements))
            except EquationError as error:
                place = source.place(("勾稽关系", number, "关系", index, "等式"))
                source.findings.append(Finding("E303", str(error), _REMEDY, place))
            order += 1
    return tuple(relations)


def _declared_twice(file: RelationFile, source: SourceTree) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, rule in enumerate(file.rules):
        if rule.code in seen:
            message = f"规则 {rule.code} 写了不止一次"
            remedy = "合成一条，等式都写在它的“关系”下；确是两条规则的，换一个代码"
            place = source.place(("勾稽关系", number, "代码"))
            yield Finding("E307", message, remedy, place)
        seen.add(rule.code)


def _read(
    code: str,
    definition: RelationDefinition,
    order: int,
    statements: Sequence[StatementDefinition],
) -> Iterator[Relation]:
    premise = read_equation(definition.premise, statements) if definition.premise else None
    for table in definition.tables or ("",):
        text = definition.equation.replace("{表}", table)
        equation = read_equation(text, statements)
        yield Relation(
            code,
            order,
            equation,
            definition.condition,
            premise,
            definition.kind,
            definition.printed,
        )
