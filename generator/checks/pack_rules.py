"""The rules of a pack, in the words that it declares for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import parse_pattern

from generator.checks.rule import Rule
from generator.core.examples import Example
from generator.core.numbers.format import MoneyFormat
from generator.pack.checks.relations import RuleDefinition
from generator.pack.pack import Pack


@dataclass(frozen=True, slots=True)
class PackRule(Rule):
    """A rule of a pack; its example is told by ``disclosure explain`` alone."""

    example: Example | None


def rules_of_pack(pack: Pack) -> Mapping[str, PackRule]:
    """The rules of a pack by their codes, in its order."""
    return {definition.code: _rule(definition, pack) for definition in pack.rules}


def _rule(definition: RuleDefinition, pack: Pack) -> PackRule:
    example = definition.example
    return PackRule(
        definition.code,
        definition.name,
        definition.checks + (_rounded(definition, pack) if definition.rounds else ""),
        definition.why,
        definition.remedy,
        definition.source,
        Example(example.wrong, example.right) if example else None,
    )


def _rounded(definition: RuleDefinition, pack: Pack) -> str:
    """How much printed amounts may differ: half of the last digit of the tables compared."""
    numbers = {
        term.table
        for relation in pack.relations
        if relation.code == definition.code
        for term in relation.equation.terms
    }
    steps = _half_steps(
        statement.money for statement in pack.statements if statement.number in numbers
    )
    step = f" {steps.pop()}的" if len(steps) == 1 else "末位一半的"
    return f"印出的数各自四舍五入，每个数留{step}余地；超出的才是不符。数据按元核对。"


def _half_steps(formats: Iterable[MoneyFormat]) -> set[str]:
    """Half of the last printed digit, with its unit, for each way to print money."""
    decimals = {(each.unit, parse_pattern(each.pattern).frac_prec[1]) for each in formats}
    return {f"{Decimal(5).scaleb(-places - 1):f} {unit}" for unit, places in decimals}
