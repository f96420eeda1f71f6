"""Finds the cell that explains sums that do not hold, and tells design from fault.

A wrong cell breaks every sum that it is in, by the same amount: its row and its column. Named is
the cell whose correction mends most of them and breaks none; its neighbours are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.checks.general.tables.equations import Cell, Equation

_MOST_BROKEN = Decimal("0.34")
"""A sum that fails in more of its rows than this is no sum by the design of its table."""
_ENOUGH_HELD = 2


@dataclass(frozen=True, slots=True)
class Blame:
    """One cause: the cell to be corrected, by how much, and the sums that it breaks.

    ``certain`` is whether no other cell explains them as well; if not, any cell of the sum may
    be wrong, and ``cell`` is its whole.
    """

    cell: Cell
    correction: Decimal
    broken: tuple[Equation, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the sums of a table: how many held, the causes, and those by design not."""

    held: int
    blames: tuple[Blame, ...]
    undecided: tuple[Equation, ...]


def judge(equations: Iterable[Equation]) -> Judged:
    """Judges the sums of a table."""
    families: dict[str, list[Equation]] = defaultdict(list)
    for equation in equations:
        if equation.usable:
            families[equation.family].append(equation)
    sound: list[Equation] = []
    undecided: list[Equation] = []
    for family in families.values():
        target = sound if _is_stated(family) else undecided
        target.extend(family)
    blames = tuple(_merged(_blames(sound)))
    held = sum(equation.holds for equation in sound)
    return Judged(held, blames, tuple(each for each in undecided if not each.holds))


def _is_stated(family: Sequence[Equation]) -> bool:
    """Whether sums of a kind hold in a table at all, but for a few that are wrong."""
    telling = [each for each in family if len([p for p in each.parts if p.amount]) > 1]
    held = sum(each.holds for each in telling)
    causes = len({abs(each.gap) for each in family if not each.holds})
    if all(each.sure for each in family):
        return causes <= max(1, int(_MOST_BROKEN * len(family)))
    enough = held >= _ENOUGH_HELD or (held > 0 and family[0].down)
    return causes == 0 or (enough and causes <= max(1, int(_MOST_BROKEN * held)))


def _blames(equations: Sequence[Equation]) -> Iterator[Blame]:
    broken = [each for each in equations if not each.holds]
    holding = [each for each in equations if each.holds]
    while broken:
        candidates = list(_candidates(broken, holding))
        best = max(candidates, key=lambda each: each[0])
        _, cell, correction, mended = best
        rivals = {
            each[1].at for each in candidates if each[0][:2] == best[0][:2] and each[3] == mended
        }
        if len(mended) == 1 and len(rivals) > 1:
            cell, correction = mended[0].whole, -mended[0].gap
        yield Blame(cell, correction, tuple(mended), certain=len(rivals) == 1)
        broken = [each for each in broken if each not in mended]


_Candidate = tuple[tuple[int, int, int], Cell, Decimal, list[Equation]]


def _candidates(broken: Sequence[Equation], holding: Sequence[Equation]) -> Iterator[_Candidate]:
    """The cells of broken sums, each with the sums that a correction of it mends."""
    mendable: dict[tuple[int, int], list[tuple[Equation, Cell, Decimal]]] = defaultdict(list)
    for equation in broken:
        for cell in equation.cells:
            gap = -equation.gap if cell is equation.whole else equation.gap
            mendable[cell.at].append((equation, cell, gap))
    for at, chances in mendable.items():
        first = chances[0]
        for equation, cell, correction in chances:
            alike = [e for e, _, other in chances if _mends(e, other, correction)]
            hurt = sum(_breaks(held, at, correction) for held in holding)
            is_whole = cell is equation.whole
            score = (len(alike) - hurt, len(alike), int(is_whole))
            if cell.value + correction >= 0 or first[1].amount is None:
                yield score, cell, correction, alike
            elif is_whole:
                yield (score[0] - 1, *score[1:]), cell, correction, alike


def _mends(equation: Equation, due: Decimal, correction: Decimal) -> bool:
    """Whether a correction of a cell, by that which a sum asks for or nearly so, mends the sum."""
    return abs(due - correction) <= equation.bound or due == correction


def _breaks(equation: Equation, at: tuple[int, int], correction: Decimal) -> bool:
    """Whether a sum that holds would not with a cell corrected."""
    if equation.whole.at == at:
        return abs(equation.gap + correction) > equation.bound
    in_parts = any(part.at == at for part in equation.parts)
    return in_parts and abs(equation.gap - correction) > equation.bound


def _merged(blames: Iterable[Blame]) -> Iterator[Blame]:
    """One cause for those that are one.

    The cells of one row that are wrong by the same amount, and the rows of a subject and of those
    above it, to which the fault was carried on.
    """
    groups: dict[tuple[str, Decimal], list[Blame]] = defaultdict(list)
    for blame in blames:
        first = blame.broken[0]
        row = f"row {blame.cell.line.at}" if first.down else first.family
        groups[row, abs(blame.correction)].append(blame)
    for alike in groups.values():
        deepest = max(alike, key=lambda each: len(each.cell.line.code))
        broken = tuple(equation for each in (deepest, *alike) for equation in each.broken)
        yield Blame(deepest.cell, deepest.correction, tuple(dict.fromkeys(broken)), deepest.certain)
