"""Finds the cell that explains sums that do not hold, and tells design from fault.

A wrong cell breaks every sum that it is in, by the same amount: its row and its column. Named is
the cell whose correction mends most of them and breaks none; its neighbours are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.general.tables.equations.equation import SumEquation, SummedCell
from generator.core.records import replace

_MOST_BROKEN = Decimal("0.34")
"""A sum that fails in more of its rows than this is no sum by the design of its table."""
_ENOUGH_HELD = 2


class Blame(Struct, frozen=True):
    """One cause: the cell to be corrected, by how much, and the sums that it breaks.

    ``certain`` is whether no other cell explains them as well; if not, any cell of the sum may
    be wrong, and ``cell`` is its whole.
    """

    cell: SummedCell
    correction: Decimal
    broken: tuple[SumEquation, ...]
    certain: bool


class Judged(Struct, frozen=True):
    """What became of the sums of a table: those that hold, the causes, and those by design not."""

    held: tuple[SumEquation, ...]
    blames: tuple[Blame, ...]
    undecided: tuple[SumEquation, ...]


def judge(equations: Iterable[SumEquation]) -> Judged:
    """Judges the sums of a table."""
    families: dict[str, list[SumEquation]] = defaultdict(list)
    for equation in equations:
        if equation.usable:
            families[equation.family].append(equation)
    sound: list[SumEquation] = []
    undecided: list[SumEquation] = []
    for family in families.values():
        target = sound if _is_stated(family) else undecided
        target.extend(family)
    blames = tuple(_merged(_blames(sound)))
    held = tuple(each for each in sound if each.holds)
    return Judged(held, blames, tuple(each for each in undecided if not each.holds))


def _is_stated(family: Sequence[SumEquation]) -> bool:
    """Whether sums of a kind hold in a table at all, but for a few that are wrong."""
    causes = len({_cause(member) for member in family if not member.holds})
    if all(member.sure for member in family):
        rows = len({member.whole.line.at for member in family})
        return causes <= max(1, int(_MOST_BROKEN * rows))
    telling = [member for member in family if len([p for p in member.parts if p.value]) > 1]
    held = sum(each.holds for each in telling)
    enough = held >= _ENOUGH_HELD or (held > 0 and family[0].down)
    return causes == 0 or (enough and causes <= max(1, int(_MOST_BROKEN * held)))


def _cause(equation: SumEquation) -> int | Decimal:
    """What is the same for sums broken by one cause: the row, or a gap carried on to others."""
    return equation.whole.line.at if equation.down else abs(equation.gap)


def _blames(equations: Sequence[SumEquation]) -> Iterator[Blame]:
    broken = [equation for equation in equations if not equation.holds]
    holding = _by_cell(equation for equation in equations if equation.holds)
    while broken:
        candidates = list(_candidates(broken, holding))
        best = max(candidates, key=lambda each: each[0])
        _, cell, correction, mended = best
        rivals = {
            candidate[1].at
            for candidate in candidates
            if candidate[0][:2] == best[0][:2] and candidate[3] == mended
        }
        if len(mended) == 1 and len(rivals) > 1:
            cell, correction = mended[0].whole, -mended[0].gap
        yield Blame(cell, correction, tuple(mended), certain=len(rivals) == 1)
        broken = [each for each in broken if each not in mended]


def _by_cell(equations: Iterable[SumEquation]) -> Mapping[tuple[int, int], Sequence[SumEquation]]:
    """The sums that each cell is in, by its row and column."""
    found: dict[tuple[int, int], list[SumEquation]] = defaultdict(list)
    for equation in equations:
        for at in dict.fromkeys(cell.at for cell in equation.cells):
            found[at].append(equation)
    return found


_Candidate = tuple[tuple[int, int, int], SummedCell, Decimal, list[SumEquation]]


def _candidates(
    broken: Sequence[SumEquation], holding: Mapping[tuple[int, int], Sequence[SumEquation]]
) -> Iterator[_Candidate]:
    """The cells of broken sums, each with the sums that a correction of it mends."""
    mendable: dict[tuple[int, int], list[tuple[SumEquation, SummedCell, Decimal]]] = defaultdict(
        list
    )
    for equation in broken:
        for cell in equation.cells:
            gap = -equation.gap if cell is equation.whole else equation.gap
            mendable[cell.at].append((equation, cell, gap))
    for at, chances in mendable.items():
        first = chances[0]
        for equation, cell, correction in chances:
            alike = [e for e, _, other in chances if _mends(e, other, correction)]
            hurt = sum(_breaks(held, at, correction) for held in holding.get(at, ()))
            is_whole = cell is equation.whole
            score = (len(alike) - hurt, len(alike), int(is_whole))
            if cell.value + correction >= 0 or first[1].amount is None:
                yield score, cell, correction, alike
            elif is_whole:
                yield (score[0] - 1, *score[1:]), cell, correction, alike


def _mends(equation: SumEquation, due: Decimal, correction: Decimal) -> bool:
    """Whether a correction of a cell, by that which a sum asks for or nearly so, mends the sum."""
    return abs(due - correction) <= equation.bound or due == correction


def _breaks(equation: SumEquation, at: tuple[int, int], correction: Decimal) -> bool:
    """Whether a sum that holds would not with one of its cells corrected."""
    if equation.whole.at == at:
        return abs(equation.gap + correction) > equation.bound
    return abs(equation.gap - correction) > equation.bound


def _merged(blames: Iterable[Blame]) -> Iterator[Blame]:
    """One cause for those that are one.

    The cells of one row that are wrong by the same amount; the rows of a subject and of those
    above it, to which the fault was carried on; and the columns of a sum of rows, of which one
    is missing or wrong throughout.
    """
    groups: dict[tuple[str, Decimal], list[Blame]] = defaultdict(list)
    for blame in _whole_rows(list(blames)):
        first = blame.broken[0]
        row = f"row {blame.cell.line.at}" if first.down else first.family
        groups[row, abs(blame.correction)].append(blame)
    for alike in groups.values():
        deepest = max(alike, key=lambda each: len(each.cell.line.code))
        broken = tuple(equation for each in (deepest, *alike) for equation in each.broken)
        yield replace(deepest, broken=tuple(dict.fromkeys(broken)))


def _whole_rows(blames: Sequence[Blame]) -> Iterator[Blame]:
    """The sums of a row that fail in several columns, each alone, as one that names this row."""
    rows: dict[int, list[Blame]] = defaultdict(list)
    for blame in blames:
        if len(blame.broken) == 1 and blame.broken[0].down:
            rows[blame.broken[0].whole.line.at].append(blame)
    several = {at: alike for at, alike in rows.items() if len(alike) > 1}
    for blame in blames:
        at = blame.broken[0].whole.line.at
        if blame not in several.get(at, ()):
            yield blame
        elif blame is several[at][0]:
            broken = tuple(equation for each in several[at] for equation in each.broken)
            yield Blame(broken[0].whole, -broken[0].gap, broken, certain=False)
