"""Which project and which unit of last year is which of this year.

Projects are renamed with the year: “2024年遗属补助” becomes “2025年遗属补助”, one batch becomes
two. Years and batches are therefore no part of what a project is. What then still differs is
paired where it is much alike, and every such pair is told, for a person to confirm or to deny.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec import Struct, field

from generator.core.findings import Location
from generator.core.likeness import likeness
from generator.core.text.patterns import late_pattern
from generator.model.disclosure import KeyedProject

ALIKE = 0.8
"""From this likeness on, two names may be one."""
NONE = "无"
"""What 上年名称 says of a project that is new, whatever it resembles."""

_YEAR = late_pattern(
    r"[（(]?(?:19|20)\d{2}(?:[-—~至](?:19|20)?\d{2})?(?:学年|年度|年)(?:度)?[）)]?"
)
_BATCH = late_pattern(r"[（(]?第[一二三四五六七八九十\d]+批次?[）)]?")
_GENERIC = late_pattern(r"(?:专项|工作)?(?:项目|经费|资金|款)+$")
_TELLING = late_pattern(
    r"中央|省级?|市级?|县级?|区级?|小学|初中|高中|幼儿|学前|中职|高职|男|女|"
    r"[一二三四五六七八九十]|\d+|新建|改造|维修|购置|北|南|东|西"
)
"""Words that make two names two things however alike the rest is."""

Id = tuple[str, str]
"""Unit and project, the same in both years."""


class NameDoubt(Struct, frozen=True):
    """Two names taken for one thing because they are much alike."""

    before: str
    after: str
    place: Location | None = None


class ProjectOfTwoYears(Struct, frozen=True):
    """A project through two years; a name is empty if the year does not have it."""

    unit: str
    before: str = ""
    after: str = ""


class Pairing(Struct, frozen=True):
    """The projects of both years by what they are.

    Attributes:
        before: last year's (unit, key) → identity.
        after: this year's (unit, key) → identity.
        units: last year's unit → this year's name of it.
    """

    before: Mapping[Id, Id] = field(default_factory=dict)
    after: Mapping[Id, Id] = field(default_factory=dict)
    projects: Mapping[Id, ProjectOfTwoYears] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[NameDoubt, ...] = ()


def bare_project_name(name: str) -> str:
    """A project's name without its year, as a sentence about two years names it."""
    return _YEAR.sub("", name).strip() or name


def identity(name: str) -> str:
    """What is left of a name without year, batch and the words every project has."""
    without = re.sub(r"\s+|[“”\"]", "", _BATCH.sub("", bare_project_name(name)))
    return _GENERIC.sub("", without) or without or name


def pair(
    before: Iterable[KeyedProject],
    after: Iterable[KeyedProject],
    place: Callable[[KeyedProject], Location],
    *,
    single_unit: bool,
) -> Pairing:
    """Pairs the projects of two years; with ``single_unit`` the name of the unit is no matter."""
    before, after = list(before), list(after)
    units, doubts = _units(before, after, single=single_unit)
    old: defaultdict[Id, list[KeyedProject]] = defaultdict(list)
    new: defaultdict[Id, list[KeyedProject]] = defaultdict(list)
    for each in before:
        old[units[each.unit], identity(each.project.name)].append(each)
    for each in after:
        new["" if single_unit else each.unit, identity(each.project.name)].append(each)
    same = _stated(old, new)
    denied = {key for key, group in new.items() if any(p.project.prior_name == NONE for p in group)}
    alike = dict(
        _alike(set(old) - set(new) - set(same), set(new) - set(old) - denied - set(same.values()))
    )
    doubts += [
        NameDoubt(old[o][0].project.name, new[n][0].project.name, place(new[n][0]))
        for o, n in alike.items()
    ]
    apart = {key: (key[0], f"{key[1]}（上年）") for key in denied & set(old)}
    to_new = {key: {**apart, **alike, **same}.get(key, key) for key in old}
    return Pairing(
        {(p.unit, p.key): to_new[key] for key, group in old.items() for p in group},
        {(p.unit, p.key): key for key, group in new.items() for p in group},
        _projects(old, new, to_new),
        units,
        tuple(doubts),
    )


def _projects(
    old: Mapping[Id, list[KeyedProject]], new: Mapping[Id, list[KeyedProject]], to: Mapping[Id, Id]
) -> dict[Id, ProjectOfTwoYears]:
    names: dict[Id, ProjectOfTwoYears] = {}
    for key, group in new.items():
        names[key] = ProjectOfTwoYears(group[0].unit, after=_name(group))
    for key, group in old.items():
        present = names.get(to[key], ProjectOfTwoYears(group[0].unit))
        names[to[key]] = ProjectOfTwoYears(present.unit, _name(group), present.after)
    return names


def _name(group: list[KeyedProject]) -> str:
    """The name of a project, without its batch where several batches are one."""
    names = {bare_project_name(member.project.name) for member in group}
    name = bare_project_name(group[0].project.name)
    return name if len(names) == 1 else _BATCH.sub("", name) or name


def _stated(old: Mapping[Id, object], new: Mapping[Id, list[KeyedProject]]) -> dict[Id, Id]:
    """Pairs that the data states (上年名称)."""
    pairs = {}
    for key, group in new.items():
        for member in group:
            former = member.project.prior_name
            if former and former != NONE and (key[0], identity(former)) in old:
                pairs[key[0], identity(former)] = key
    return pairs


def _alike(old: Collection[Id], new: Collection[Id]) -> Iterable[tuple[Id, Id]]:
    """Pairs of one unit that resemble each other more than any other, the most alike first."""
    scored = sorted(
        (
            (-score, o, n)
            for o in old
            for n in new
            if o[0] == n[0] and (score := name_likeness(o[1], n[1])) >= ALIKE
        ),
    )
    taken: set[Id] = set()
    for _, o, n in scored:
        if o not in taken and n not in taken:
            taken |= {o, n}
            yield o, n


def name_likeness(one: str, other: str) -> float:
    """How alike two names are; 0 if a telling word stands in only one of them."""
    if Counter(_TELLING.findall(one)) != Counter(_TELLING.findall(other)):
        return 0
    return likeness(one, other)


def pair_names(
    before: Iterable[str], after: Iterable[str]
) -> tuple[dict[str, str], list[NameDoubt]]:
    """This year's name of each of last year's: the same, otherwise one much alike."""
    old, new = list(before), list(after)
    same = {name: name for name in old if name in new}
    gone = [("", name) for name in old if name not in same]
    come = [("", name) for name in new if name not in same]
    alike = {one[1]: other[1] for one, other in _alike(gone, come)}
    return same | alike, [NameDoubt(*names) for names in alike.items()]


def pair_codes(
    before: Mapping[str, str], after: Mapping[str, str], above: Mapping[str, str]
) -> tuple[dict[str, str], list[NameDoubt]]:
    """This year's code of each of last year's (code → name) on one level of subjects.

    By code, and what is left by likeness of name below the same parent, because every 款 has its
    own 行政运行; ``above`` are the pairs of the upper levels. A code that stands for quite another
    name is as doubtful as a name under another code.
    """
    same = {code: code for code in before if code in after}
    doubts = [
        NameDoubt(f"{code} {before[code]}", f"{code} {after[code]}")
        for code in same
        if before[code] != after[code] and name_likeness(before[code], after[code]) < ALIKE
    ]
    parents = {
        code: code[:-2] for code in (*before, *after)
    }  # of classes, what they all begin with
    gone = {
        (above.get(parents[code], parents[code]), name): code
        for code, name in before.items()
        if code not in same
    }
    come = {(parents[code], name): code for code, name in after.items() if code not in same}
    for old, new in _alike(gone, come):
        same[gone[old]] = come[new]
        doubts.append(NameDoubt(f"{gone[old]} {old[1]}", f"{come[new]} {new[1]}"))
    return same, doubts


def _units(
    before: Iterable[KeyedProject], after: Iterable[KeyedProject], *, single: bool
) -> tuple[dict[str, str], list[NameDoubt]]:
    """This year's name of each unit of last year."""
    old = list(dict.fromkeys(each.unit for each in before))
    new = list(dict.fromkeys(each.unit for each in after))
    if single:
        return dict.fromkeys(old, ""), []
    names, doubts = pair_names(old, new)
    return {unit: names.get(unit, unit) for unit in old}, doubts
