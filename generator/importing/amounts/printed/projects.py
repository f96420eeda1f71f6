"""Units and projects of project statements: which rows are units, which rows are one project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from msgspec import Struct, field

from generator.drafts.words.text import squeezed

_UNIT_COST = {"known": 0, "likely": 1, "strange": 5}
_PROJECT_COST = {"known": 30, "likely": 2, "strange": 0}
"""What it costs to take a row for a unit or for a project, by what its name looks like."""

_OFF, _OFF_ROW = 5, 2
"""What a wrong sum costs, and each of the rows it is over: one misread cell must not be
reason enough to throw many units together."""


class AmountRow(Struct, frozen=True):
    """A row as far as it matters here: its label and its cells in steps, ``None`` if empty."""

    label: str
    steps: tuple[int | None, ...]


def unit_rows(rows: Sequence[AmountRow], known: Collection[str], place: str = "") -> list[int]:
    """The indices of the rows that are units: each sums the rows down to the next unit.

    No mark tells units from projects, so the sums decide first and names second; the
    division of the rows that costs least is taken. Units of a ``place`` begin with its name.
    """
    if not rows:
        return []
    looks = _looks(rows, {squeezed(name) for name in known}, place)
    columns = [_Column(cells) for cells in zip(*(row.steps for row in rows), strict=True)]
    as_projects = list(accumulate((_PROJECT_COST[look] for look in looks), initial=0))
    best: list[tuple[int, int]] = [(0, len(rows))] * (len(rows) + 1)
    for start in range(len(rows) - 1, -1, -1):
        best[start] = min(
            (
                best[end][0]
                + _UNIT_COST[looks[start]]
                + (as_projects[end] - as_projects[start + 1])
                + (_OFF + _OFF_ROW * (end - start - 1))
                * sum(column.is_off(start, end) for column in columns),
                end,
            )
            for end in range(min(start + 2, len(rows)), len(rows) + 1)
        )
    starts, at = [], 0
    while at < len(rows):
        starts.append(at)
        at = best[at][1]
    return starts


def _looks(rows: Iterable[AmountRow], known: Collection[str], place: str) -> list[str]:
    """Whether each row's name is that of a unit, may be one, or is strange for one."""
    return [
        "known"
        if squeezed(row.label) in known
        else "likely"
        if place and row.label.startswith(place)
        else "strange"
        for row in rows
    ]


class _Column:
    """A column of amounts, ready to be summed between any two rows."""

    def __init__(self, cells: Sequence[int | None]) -> None:
        self.cells = cells
        self.sums = list(accumulate((cell or 0 for cell in cells), initial=0))
        self.filled = list(accumulate((cell is not None for cell in cells), initial=0))

    def is_off(self, unit: int, end: int) -> bool:
        """Whether a unit's cell is not the sum of the cells below it, rounding allowed for."""
        cell = self.cells[unit]
        filled = self.filled[end] - self.filled[unit + 1]
        if cell is None or not filled:
            return cell is not None or filled > 0
        return abs(cell - (self.sums[end] - self.sums[unit + 1])) > (filled + 1) / 2


class UnitList(Struct):
    """The projects of one unit in order; a name may stand there more than once."""

    unit: str
    names: list[str] = field(default_factory=list)


def merged_lists(
    lists: Iterable[Sequence[UnitList]],
) -> tuple[list[UnitList], list[list[list[int]]]]:
    """One list out of the lists of several tables, and where each table's projects stand in it.

    A project of the same name in the same order is the same project.
    """
    tables = [list(table) for table in lists]
    units: dict[str, UnitList] = {}
    order: list[str] = []
    for table in tables:
        order = _woven(order, [each.unit for each in table])
        for each in table:
            unit = units.setdefault(each.unit, UnitList(each.unit))
            unit.names = _woven(unit.names, each.names)
    places = [[_within(units[each.unit].names, each.names) for each in table] for table in tables]
    return [units[name] for name in dict.fromkeys(order)], places


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Both lists in one, each in its order; what they share stands there once."""
    woven: list[str] = []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            woven.extend(first[a:b])
        woven.extend(second[c:d])
    return woven


def _within(whole: Sequence[str], part: Sequence[str]) -> list[int]:
    """Where each of a part's names stands in the whole, which holds them in the same order."""
    places: list[int] = []
    for name in part:
        places.append(whole.index(name, places[-1] + 1 if places else 0))
    return places


def keys(names: Iterable[str]) -> list[str]:
    """Keys as the ledger has them: a name met again is told apart by ``#2``."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name}#{seen[name]}" if seen[name] > 1 else name)
    return found
