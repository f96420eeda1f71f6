"""Functional items for projects whose table names none: proposed if the amounts allow only one.

A project has one item. What its amounts do not fit into is ruled out; of what is left, a project
with a single item takes its part of it, which may rule out that item for others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from generator.importing.reading import ImportResult, Path_
from generator.model.budget import BudgetYear, Expenditure

_YEARS = tuple(year.value for year in BudgetYear)
_TOLERANCE = Decimal(100)
"""元: two amounts printed in steps of 100 元 that are one may be so far apart."""
_NAMED = 3
Amounts = Mapping[str, Decimal]
"""元 by budget year."""


class _Project(Struct, frozen=True):
    path: Path_
    name: str
    amounts: Amounts


def propose_subjects(reading: ImportResult, names: Mapping[str, str]) -> None:
    """Doubts each project without a functional item: how to give it, and which one it must be.

    Nothing is moved: the amounts stand in 收支 as well until somebody decides.

    Args:
        reading: with its sections of amounts.
        names: of functional items, by code.
    """
    projects = list(_without_subject(reading.sections.get("项目", [])))
    if not projects:
        return
    subjects = _project_amounts(reading.sections.get("收支", []))
    found = _only_ones(projects, subjects) if _add_up(projects, subjects) else {}
    for project in projects:
        if code := found.get(project.path):
            reading.doubt(project.path, _proposal(code, names.get(code, "")))
    others = [project.name for project in projects if project.path not in found]
    if others:
        reading.doubt(("项目",), _way(others))


def _proposal(code: str, name: str) -> str:
    return (
        f"没有“科目”，金额放得进的只有 {code} {name}：是的，写上“科目: {code}”，"
        f"并从“收支”{code} 的“项目支出”里减去这些金额；不写也能公开"
    )


def _way(names: list[str]) -> str:
    named = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return (
        f"{len(names)} 个项目（{named}）没有“科目”，看不出是哪一个：知道的，写上“科目”，"
        "并从“收支”这个科目的“项目支出”里减去同样的金额；不写也能公开，"
        "金额在“收支”和“项目”里各写一遍，改时一起改"
    )


def _without_subject(units: list[dict[str, Any]]) -> Iterator[_Project]:
    for i, unit in enumerate(units):
        for j, project in enumerate(unit["项目"]):
            amounts = _by_year(project)
            if "科目" not in project and amounts:
                yield _Project(("项目", i, "项目", j), project["名称"], amounts)


def _project_amounts(lines: list[dict[str, Any]]) -> dict[str, Amounts]:
    """Project expenditure of each functional item."""
    found = {}
    for line in lines:
        kinds = {year: line.get(year, {}).get(Expenditure.PROJECT.value) for year in _YEARS}
        if amounts := _by_year(kinds):
            found[line["科目"]] = amounts
    return found


def _by_year(content: Mapping[str, Any]) -> Amounts:
    sums = {
        year: sum((Decimal(text) for text in (content.get(year) or {}).values()), Decimal(0))
        for year in _YEARS
    }
    return {year: amount for year, amount in sums.items() if amount}


def _add_up(projects: list[_Project], subjects: Mapping[str, Amounts]) -> bool:
    """Whether the projects are all that 收支 has as project expenditure."""
    return all(
        abs(_sum((project.amounts for project in projects), year) - _sum(subjects.values(), year))
        <= _TOLERANCE * max(len(projects), len(subjects))
        for year in _YEARS
    )


def _sum(amounts: Any, year: str) -> Decimal:
    return sum((amount.get(year, Decimal(0)) for amount in amounts), Decimal(0))


def _only_ones(projects: list[_Project], subjects: Mapping[str, Amounts]) -> dict[Path_, str]:
    """The item of each project that can have one only."""
    left = {code: defaultdict(Decimal, amounts) for code, amounts in subjects.items()}
    open_ = list(projects)
    found: dict[Path_, str] = {}
    settled = True
    while settled:
        settled = False
        for project in list(open_):
            fitting = [code for code, amounts in left.items() if _fits(project.amounts, amounts)]
            if len(fitting) != 1:
                continue
            for year, amount in project.amounts.items():
                left[fitting[0]][year] -= amount
            found[project.path] = fitting[0]
            open_.remove(project)
            settled = True
    return found


def _fits(amounts: Amounts, room: Mapping[str, Decimal]) -> bool:
    return all(amount <= room[year] + _TOLERANCE for year, amount in amounts.items())
