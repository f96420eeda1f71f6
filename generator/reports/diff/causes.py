"""Differences of one cause: a leaf that differs makes every sum differ that holds it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from generator.compare.difference import Difference, DifferenceKind
from generator.compare.text.differences import amount
from generator.core.text.patterns import late_pattern

_YEAR = late_pattern(r"20\d\d")


def change_of(difference: Difference) -> Decimal | None:
    """By how much a number differs, theirs less ours, in the unit of ours; else ``None``."""
    if difference.kind not in (DifferenceKind.AMOUNT, DifferenceKind.YEAR):
        return None
    texts = difference.ours, difference.theirs
    if all(_YEAR.fullmatch(text) for text in texts):
        return None
    unit, other = difference.units
    ours, theirs = (
        amount(text, each) if text else None
        for text, each in zip(texts, (unit, other), strict=True)
    )
    if ours is None or theirs is None:
        return None
    return theirs * other.yuan / unit.yuan - ours


def causes_of_differences(differences: Iterable[Difference]) -> dict[Difference, Difference]:
    """For each difference that another one brings with it, that other one.

    It differs by as much, and its number holds every leaf of the other: most likely that one is
    wrong, and this one only adds it up. The first of those with the fewest leaves is the cause.
    """
    found = [
        (each, change * each.units[0].yuan)
        for each in differences
        if each.leaves and (change := change_of(each))
    ]
    result: dict[Difference, Difference] = {}
    leading: list[tuple[Difference, Decimal]] = []
    for difference, change in sorted(found, key=lambda each: len(each[0].leaves)):
        cause = next(
            (c for c, by in leading if by == change and c.leaves <= difference.leaves), None
        )
        if cause is None:
            leading.append((difference, change))
        else:
            result[difference] = cause
    return result
