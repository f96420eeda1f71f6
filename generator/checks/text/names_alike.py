"""Whether two names may be one name in two spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.core.likeness import likeness
from generator.drafts.words.text import folded

_LEAST_LIKENESS = 0.7
_LEAST_LIKENESS_OF_UNITS = 0.85
"""Names of units share the place and the kind of school: more must be alike."""


def spellings(ours: Iterable[str], theirs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of two lists that may be one: alike, and neither has its exact partner."""
    left, right = list(dict.fromkeys(ours)), list(dict.fromkeys(theirs))
    mine, yours = {folded(name) for name in left}, {folded(name) for name in right}
    lonely = [name for name in right if folded(name) not in mine]
    for name in (each for each in left if folded(each) not in yours):
        best = max(lonely, key=lambda other: likeness(folded(name), folded(other)), default=None)
        if best is not None and likeness(folded(name), folded(best)) >= _LEAST_LIKENESS:
            lonely.remove(best)
            yield name, best


def same_unit(one: str, other: str) -> bool:
    """Whether two names of units are, or may be, names of one unit."""
    first, second = folded(one), folded(other)
    return first == second or likeness(first, second) >= _LEAST_LIKENESS_OF_UNITS


def part_of(part: str, whole: str) -> bool:
    """Whether a unit is named as a part of another one: …中学校初中部, …局本级."""
    return folded(part).startswith(folded(whole))
