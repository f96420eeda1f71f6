"""Finds whole leaf amounts whose sums print as given, or the sums that contradict the rest."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.importing.amounts.solving.program import Program

YUAN, FEN = 100, 10000
"""How fine leaves are: so many units to a printed step (0.01 万元)."""

_NOTICED = 0.01
"""What a sum is off, in 元, when it counts as off: more than the solver's tolerance."""

_ROUNDING = 1e-3
"""What a 元 of rounding costs where a 元 of contradiction costs one: amounts that add up win."""

_ENTRY = 1e-4
"""What more a contradicting entry costs than a total, where nothing else decides."""

_ROUNDS = 3

_Leaves = tuple[int, ...]


class Sum(Struct, frozen=True):
    """A printed sum of leaves: so many steps, ``None`` if nothing is printed.

    ``fen`` are the lowest and the highest sum in 分 that print so, if it is printed finer or
    coarser than in steps of 0.01 万元.
    """

    leaves: _Leaves
    steps: int | None
    fen: tuple[int, int] | None = None

    def limits(self, fineness: int) -> tuple[int, int]:
        """The sums that print so: rounded half-up, and 0.00 is more than nothing."""
        if self.steps is None:
            return 0, 0
        low, high = self._fen
        return max(1, -(-low * fineness // FEN)), high * fineness // FEN

    def target(self, fineness: int) -> int:
        """The sum in the middle of what prints so."""
        low, high = self._fen
        return (low + high + 1) // 2 * fineness // FEN

    @property
    def _fen(self) -> tuple[int, int]:
        if self.steps is None:
            return 0, 0
        return self.fen or (FEN * self.steps - FEN // 2, FEN * self.steps + FEN // 2 - 1)


def fitting_leaves(count: int, sums: Sequence[Sum], fineness: int) -> list[int] | None:
    """Leaves that fit every sum and deviate least from what is printed for them.

    ``None`` if there are none. Where the printed leaves add up, they are the answer.
    """
    bounds = bounds_of(sums, fineness)
    if not all(low <= high for low, high in bounds.values()):
        return None
    alone = {leaves[0]: limits for leaves, limits in bounds.items() if len(leaves) == 1}
    printed = [_round(alone[leaf], fineness) if leaf in alone else 0 for leaf in range(count)]
    if all(
        low <= sum(printed[leaf] for leaf in each) <= high for each, (low, high) in bounds.items()
    ):
        return printed
    return _least_deviating(bounds, alone, printed, fineness)


def bounds_of(sums: Sequence[Sum], fineness: int) -> dict[_Leaves, tuple[int, int]]:
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
    """The round amount within limits, or else the one in their middle: the printed one."""
    low, high = limits
    middle = (low + high + 1) // 2
    rounded = (middle + fineness // 2) // fineness * fineness
    return rounded if rounded == 0 or low <= rounded <= high else middle


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
        low, high = alone.get(leaf, (0, 0))
        more = program.column(0, max(half, high - printed[leaf]), cost=1, whole=True)
        less = program.column(0, max(half, printed[leaf] - low), cost=1, whole=True)
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
    of them; sums once off then may be off cheaply, which gathers it in fewer. At last
    each is put back where the rest bears it. Where nothing else decides between two
    sums, the longer one goes: a total rather than an entry.
    """
    off = _fewest_off(count, sums)
    for each in sorted(off, key=lambda index: (len(sums[index].leaves), index)):
        if _off(count, sums, dict.fromkeys(off - {each}, 1.0)) is not None:
            off -= {each}
    return sorted(off)


def _fewest_off(count: int, sums: Sequence[Sum]) -> frozenset[int]:
    prices = {i: 1 + _ENTRY / (1 + len(each.leaves)) for i, each in enumerate(sums)}
    fewest: frozenset[int] | None = None
    for _ in range(_ROUNDS):
        off = _off(count, sums, prices)
        if off is None or (fewest is not None and len(off) >= len(fewest)):
            break
        fewest = frozenset(off)
        prices |= {index: prices[index] * YUAN / (YUAN + amount) for index, amount in off.items()}
    return fewest or frozenset()


def _off(count: int, sums: Sequence[Sum], prices: Mapping[int, float]) -> dict[int, float] | None:
    """By how many 元 sums with a price are off, least in price; ``None`` if the others clash."""
    program = Program()
    for _ in range(count):
        program.column()
    slack: dict[int, tuple[int, int]] = {}
    for index, each in enumerate(sums):
        target = each.target(YUAN)
        low, high = each.limits(YUAN)
        if low > high:  # 角 and 分 are between two whole 元
            low = high = target
        more = program.column(max(low - target, 0), max(high - target, 0), cost=_ROUNDING)
        less = program.column(0, max(target - low, 0), cost=_ROUNDING)
        terms = dict.fromkeys(each.leaves, 1.0) | {more: -1, less: 1}
        if index in prices:
            slack[index] = program.column(cost=prices[index]), program.column(cost=prices[index])
            terms |= dict(zip(slack[index], (-1, 1), strict=True))
        program.row(target, target, terms)
    values = program.solve()
    if values is None:
        return None
    amounts = {index: values[more] + values[less] for index, (more, less) in slack.items()}
    return {index: amount for index, amount in amounts.items() if amount > _NOTICED}
