"""Finds whole leaf amounts whose sums print as given, or the sums that contradict the rest."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from generator.importing.leaf_program import Program

YUAN, FEN = 100, 10000
"""How fine leaves are: so many units to a printed step (0.01 万元)."""

_NOTICED = 0.01
"""What a sum is off, in 元, when it counts as off: more than the solver's tolerance."""

_Leaves = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed sum of leaves: so many steps, ``None`` where nothing is printed."""

    leaves: _Leaves
    steps: int | None

    def limits(self, fineness: int) -> tuple[int, int]:
        """The sums that print so: rounded half-up, and 0.00 is more than nothing."""
        if self.steps is None:
            return 0, 0
        half = fineness // 2
        return max(1, fineness * self.steps - half), fineness * self.steps + half - 1


def fitting(count: int, sums: Sequence[Sum], fineness: int) -> list[int] | None:
    """Leaves that fit every sum and deviate least from what is printed for them.

    ``None`` where there are none. Where the printed leaves add up, they are the answer.
    """
    bounds = _bounds(sums, fineness)
    if not all(low <= high for low, high in bounds.values()):
        return None
    alone = {leaves[0]: limits for leaves, limits in bounds.items() if len(leaves) == 1}
    printed = [_round(alone[leaf], fineness) if leaf in alone else 0 for leaf in range(count)]
    if all(
        low <= sum(printed[leaf] for leaf in each) <= high for each, (low, high) in bounds.items()
    ):
        return printed
    return _least_deviating(bounds, alone, printed, fineness)


def _bounds(sums: Sequence[Sum], fineness: int) -> dict[_Leaves, tuple[int, int]]:
    """The limits of each set of leaves that are not nothing anyway."""
    zero = {leaf for each in sums if each.steps is None for leaf in each.leaves}
    bounds: dict[_Leaves, tuple[int, int]] = {(): (0, 0)}
    for each in sums:
        leaves = tuple(leaf for leaf in each.leaves if leaf not in zero)
        low, high = each.limits(fineness)
        before = bounds.get(leaves, (low, high))
        bounds[leaves] = max(low, before[0]), min(high, before[1])
    return bounds


def _round(limits: tuple[int, int], fineness: int) -> int:
    """The round amount within limits: the printed one."""
    return (limits[0] + fineness // 2) // fineness * fineness


def _least_deviating(
    bounds: Mapping[_Leaves, tuple[int, int]],
    alone: Mapping[int, tuple[int, int]],
    printed: Sequence[int],
    fineness: int,
) -> list[int] | None:
    """Leaves as whole steps and the least deviation: fixed steps where a leaf is printed."""
    program = Program()
    half = fineness // 2
    parts: dict[int, dict[int, float]] = {}
    for leaf in sorted({leaf for leaves in bounds for leaf in leaves}):
        more = program.column(0, half, cost=1, whole=True)
        less = program.column(0, half, cost=1, whole=True)
        parts[leaf] = {more: 1, less: -1}
        if leaf not in alone:
            parts[leaf][program.column(whole=True)] = fineness
            program.row(0, math.inf, parts[leaf])
    for leaves, (low, high) in bounds.items():
        base = sum(printed[leaf] for leaf in leaves)
        terms = {key: value for leaf in leaves for key, value in parts[leaf].items()}
        program.row(low - base, high - base, terms)
    values = program.solve()
    if values is None:
        return None
    return [
        base + sum(round(values[key] * factor) for key, factor in parts.get(leaf, {}).items())
        for leaf, base in enumerate(printed)
    ]


def contradicting(count: int, sums: Sequence[Sum]) -> list[int]:
    """The sums to leave out so that the others can all hold: none of them can be put back.

    The total that sums must be off is made least, which gathers what is wrong in few
    of them; then each is put back where the rest bears it. Of two sums that contradict
    only each other the longer one goes: a total rather than an entry.
    """
    everything = frozenset(range(len(sums)))
    off = _off(count, sums, everything) or frozenset()
    for each in sorted(off, key=lambda index: (len(sums[index].leaves), index)):
        if _off(count, sums, off - {each}) is not None:
            off -= {each}
    return sorted(off)


def _off(count: int, sums: Sequence[Sum], elastic: Set[int]) -> frozenset[int] | None:
    """Which of the elastic sums are off, all together least; ``None`` where the others clash."""
    program = Program()
    for _ in range(count):
        program.column()
    slack: dict[int, tuple[int, int]] = {}
    for index, each in enumerate(sums):
        terms: dict[int, float] = dict.fromkeys(each.leaves, 1)
        if index in elastic:
            cost = 1 + 0.01 / (1 + len(each.leaves))
            slack[index] = program.column(cost=cost), program.column(cost=cost)
            terms |= dict(zip(slack[index], (1, -1), strict=True))
        low, high = each.limits(YUAN)
        program.row(low, high, terms)
    values = program.solve()
    if values is None:
        return None
    return frozenset(
        index for index, columns in slack.items() if sum(values[key] for key in columns) > _NOTICED
    )
