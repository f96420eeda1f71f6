"""Which projects are of running: by their names, so that counts and sums are those published."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from generator.core.numbers.rounding import YUAN_PER_WAN, to_wan
from generator.importing.amounts.solving.program import Program
from generator.importing.class_totals import ClassTotal, ClassTotals
from generator.model.vocabulary import ProjectClasses

_UNLIKELY = -1
"""Of a name that says nothing: most projects are of the usual class."""
_PRICE_OF_A_PROJECT, _PRICE_OF_A_STEP = 1000, 1000
_STEP = Decimal(100)
_HALF = 0.5


class NamedProject(Struct, frozen=True):
    """Projects of one name in one unit count once; their money of this year in 元."""

    unit: str
    name: str
    amount: Decimal


def plausibility(name: str, classes: ProjectClasses) -> int:
    """How much a name speaks against the usual class; below zero for it."""
    hint = classes.hint(name)
    if hint is None:
        return _UNLIKELY
    return -hint.weight if hint.project_class == classes.usual else hint.weight


class Assignment(Struct, frozen=True):
    """Which of the projects are of running, and whether counts and sums come out."""

    running: tuple[bool, ...]
    exact: bool


def assigned(
    projects: Sequence[NamedProject], totals: ClassTotals, classes: ProjectClasses
) -> Assignment:
    """The most plausible classes with the published counts and sums, or nearest to them."""
    program = Program()
    speaking = [plausibility(project.name, classes) for project in projects]
    chosen = [program.column(0, 1, cost=-weight, whole=True) for weight in speaking]
    _near(
        program,
        dict.fromkeys(chosen, 1.0),
        (totals.operation.projects, totals.operation.projects),
        _PRICE_OF_A_PROJECT,
    )
    steps = [float(project.amount / _STEP) for project in projects]
    low, high = _limits(totals.operation.amount)
    other_low, other_high = _limits(totals.target.amount)
    limits = max(low, sum(steps) - other_high), min(high, sum(steps) - other_low)
    if limits[0] > limits[1]:  # the two sums contradict the projects
        limits = low, high
    _near(program, dict(zip(chosen, steps, strict=True)), limits, _PRICE_OF_A_STEP)
    values = program.solve() or [float(weight > 0) for weight in speaking]
    running = tuple(values[column] > _HALF for column in chosen)
    return Assignment(running, _totals(projects, running) == totals)


def _near(
    program: Program, terms: dict[int, float], limits: tuple[float, float], price: float
) -> None:
    """Demands a sum within limits; each unit that it lies outside has its price."""
    missing, surplus = program.column(cost=price), program.column(cost=price)
    program.row(*limits, terms | {missing: 1, surplus: -1})


def _limits(wan: Decimal) -> tuple[float, float]:
    """The sums in steps that print so."""
    steps = float(wan * YUAN_PER_WAN / _STEP)
    return steps - 0.5, steps + 0.49


def _totals(projects: Sequence[NamedProject], running: Sequence[bool]) -> ClassTotals:
    totals = []
    for wanted in (True, False):
        amounts = [
            each.amount for each, kind in zip(projects, running, strict=True) if kind is wanted
        ]
        totals.append(ClassTotal(len(amounts), to_wan(sum(amounts, Decimal(0)))))
    return ClassTotals(*totals)
