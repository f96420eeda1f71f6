"""The projects that end with the year and are not carried over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct, field

from generator.core.findings import Location
from generator.load.entity_folder import LoadedDisclosure
from generator.model.budget import AmountsByName, Project
from generator.model.disclosure import Disclosure
from generator.model.performance import ProjectForm
from generator.newyear.year_words import advanced

_ONE_OFF = "一次性"
_LEFT_OVER = "只有上年结转"

Key = tuple[str, str]
"""Unit and project name."""


class Departure(Struct, frozen=True):
    """A project, or a form without a project, that stays behind; the amount is in 元."""

    unit: str
    name: str
    cause: str
    amount: Decimal
    place: Location


class Departures(Struct, frozen=True):
    """Whose projects and forms stay behind, and the list of them for people."""

    projects: dict[Key, str] = field(default_factory=dict)
    forms: frozenset[tuple[Key, str]] = frozenset()
    listed: tuple[Departure, ...] = ()

    def has_project(self, unit: str, name: str) -> bool:
        """Whether a project stays behind."""
        return (unit.strip(), name.strip()) in self.projects

    def has_form(self, unit: str, name: str, nature: str) -> bool:
        """Whether a form stays behind; ``nature`` is its 项目属性."""
        return ((unit.strip(), name.strip()), nature) in self.forms


def departures(loaded: LoadedDisclosure, *, keep_one_off: bool) -> Departures:
    """Finds the projects that end: one-off by their form (项目属性), or only carried over.

    A one-off project named by the budget year (2025年学生资助) is issued anew every year, and
    its form says 一次性 every year: it is carried over under the new year's name.
    """
    disclosure = loaded.disclosure
    left_over = _left_over(disclosure)
    forms: defaultdict[Key, list[ProjectForm]] = defaultdict(list)
    for form in disclosure.forms:
        forms[_key(form.unit, form.project)].append(form)
    year = disclosure.entity.year
    ending = {
        key: _ONE_OFF + "项目"
        for key, of_key in forms.items()
        if not keep_one_off and all(_is_one_off(form, year) for form in of_key)
    } | dict.fromkeys(left_over, _LEFT_OVER)
    gone = frozenset(
        (key, form.nature)
        for key, of_key in forms.items()
        for form in of_key
        if key in left_over or (not keep_one_off and _is_one_off(form, year))
    )
    return Departures(ending, gone, tuple(_listed(loaded, ending, gone)))


def _key(unit: str, name: str) -> Key:
    return unit.strip(), name.strip()


def _is_one_off(form: ProjectForm, year: int) -> bool:
    return _ONE_OFF in form.nature and advanced(form.project, year) == form.project


def _left_over(disclosure: Disclosure) -> set[Key]:
    projects: defaultdict[Key, list[Project]] = defaultdict(list)
    for entry in disclosure.keyed_projects():
        projects[_key(entry.unit, entry.project.name)].append(entry.project)
    return {
        key
        for key, of_key in projects.items()
        if not any(_sum(each.current) for each in of_key)
        and any(_sum(each.carry_over) for each in of_key)
    }


def _listed(
    loaded: LoadedDisclosure, ending: dict[Key, str], gone: frozenset[tuple[Key, str]]
) -> Iterator[Departure]:
    met = set()
    for entry in loaded.disclosure.keyed_projects():
        key = _key(entry.unit, entry.project.name)
        met.add(key)
        if key in ending:
            amount = _sum(entry.project.current) + _sum(entry.project.carry_over)
            yield Departure(*key, ending[key], amount, loaded.source.place(entry.path))
    for index, form in enumerate(loaded.disclosure.forms):
        key = _key(form.unit, form.project)
        if (key, form.nature) in gone and not (key in ending and key in met):
            cause = f"{_ONE_OFF}项目的绩效目标表"
            place = loaded.source.place(("项目绩效目标表", index))
            yield Departure(*key, cause, _sum(form.funds.year), place)


def _sum(amounts: AmountsByName) -> Decimal:
    return sum((amount for _, amount in amounts.items()), Decimal(0))
