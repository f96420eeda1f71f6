"""Which projects are of running: by their names, so that counts and sums are those published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.core.numbers.rounding import YUAN_PER_WAN, to_wan
from generator.importing.amounts.solving.program import Program
from generator.importing.class_totals import ClassTotal, ClassTotals

_STAFF = re.compile("遗属|抚恤|伤残|护理|临时|绩效|工资|社保|公积金|劳务")
_RUNNING = re.compile("补充|运行|运维|维护费|房租|租赁|缺口|软件|考务|返还|办公")
_FROM_ABOVE = re.compile(r"[（(](中央|省级|市级)[）)]|(中央|省级|市级)$")
_OBJECT = re.compile("改造|维修|工程|建设|设备|提升|奖学金|助学金")
_CERTAIN, _SURE, _LIKELY, _UNLIKELY = 50, 10, 4, -1
_PRICE_OF_A_PROJECT, _PRICE_OF_A_STEP = 1000, 1000
_STEP = Decimal(100)
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class NamedProject:
    """Projects of one name in one unit count once; their money of this year in 元."""

    unit: str
    name: str
    amount: Decimal


def plausibility(name: str) -> int:
    """How much a name speaks for running costs; below zero for a task of its own."""
    if _FROM_ABOVE.search(name):
        return -_CERTAIN
    if _STAFF.search(name):
        return _SURE
    if _OBJECT.search(name):
        return -_LIKELY
    return _LIKELY if _RUNNING.search(name) else _UNLIKELY


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which of the projects are of running, and whether counts and sums come out."""

    running: tuple[bool, ...]
    exact: bool


def assigned(projects: Sequence[NamedProject], totals: ClassTotals) -> Assignment:
    """The most plausible classes with the published counts and sums, or nearest to them."""
    program = Program()
    chosen = [program.column(0, 1, cost=-plausibility(each.name), whole=True) for each in projects]
    _near(
        program,
        dict.fromkeys(chosen, 1.0),
        (totals.operation.projects, totals.operation.projects),
        _PRICE_OF_A_PROJECT,
    )
    steps = [float(each.amount / _STEP) for each in projects]
    low, high = _limits(totals.operation.amount)
    other_low, other_high = _limits(totals.target.amount)
    limits = max(low, sum(steps) - other_high), min(high, sum(steps) - other_low)
    if limits[0] > limits[1]:  # the two sums contradict the projects
        limits = low, high
    _near(program, dict(zip(chosen, steps, strict=True)), limits, _PRICE_OF_A_STEP)
    values = program.solve() or [float(plausibility(each.name) > 0) for each in projects]
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
