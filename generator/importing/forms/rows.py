"""Reads a row of an indicator table: first level, second level, and a half for each period.

Where a row stands in the columns of its head, the columns decide. In a text draft
cells slide left and right; then the row is cut into its two halves where they
mirror each other best: same second level, same name (clipped or not), same value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from generator.drafts.draft import Row
from generator.drafts.words.text import squeezed
from generator.importing.forms.cells import FilledCell
from generator.importing.forms.system import SUFFIX, IndicatorSystem

_WIDTH = 2
"""Name and value: the most a half holds beside its second level."""


class RowHalf(Struct, frozen=True):
    """One half of a row."""

    second: str = ""
    name: str = ""
    value: str = ""

    @property
    def filled(self) -> bool:
        """Whether the half has an indicator."""
        return bool(self.name or self.value)


class RowReading(Struct, frozen=True):
    """What a row says; ``problem`` is why it is not certain, ``left_out`` what is not read."""

    row: Row
    first: str
    term: RowHalf
    year: RowHalf
    problem: str = ""
    left_out: str = ""


class TableLabels(Struct, frozen=True):
    """What a table of indicators is told by.

    ``title`` stands left of it; ``both_halves`` if the year stands beside the term.
    """

    title: re.Pattern[str]
    system: IndicatorSystem
    both_halves: bool


class HeadLayout(Struct, frozen=True):
    """The columns of a table's head; a form of one half has none for the year."""

    labels: TableLabels
    first: int
    term: tuple[int, int, int]
    year: tuple[int, int, int] | None

    @classmethod
    def of(cls, cells: Sequence[FilledCell], labels: TableLabels) -> HeadLayout | None:
        """The layout that a head row tells, if the row is a head."""
        at: dict[str, list[int]] = {}
        for cell in cells:
            at.setdefault(cell.key, []).append(cell.column)
        firsts, seconds, names, values = (at.get(head, []) for head in labels.system.heads)
        if not (seconds and names and values):
            return None
        first = firsts[0] if firsts and firsts[0] < seconds[0] else seconds[0] - 1
        year = [cell.column for cell in cells if cell.column > values[0]][-3:]
        return cls(
            labels,
            first,
            (seconds[0], names[0], values[0]),
            (year[0], year[1], year[2]) if labels.both_halves and len(year) == _WIDTH + 1 else None,
        )

    @property
    def middle(self) -> float:
        """Where the half of the year begins."""
        return (self.term[-1] + self.year[0]) / 2 if self.year else float("inf")


def read_row(row: Row, cells: list[FilledCell], layout: HeadLayout, *, exact: bool) -> RowReading:
    """Reads a row below a head."""
    if exact or _fits(cells, layout):
        return _by_columns(row, cells, layout)
    title, system = layout.labels.title, layout.labels.system
    cells = [cell for cell in cells if not title.fullmatch(cell.key)]
    first = next((cell.key for cell in cells if system.is_first(cell.key)), "")
    rest = [cell for cell in cells if not system.is_first(cell.key)]
    if layout.year is None:
        half = _half(rest, system)
        return RowReading(row, first, half or RowHalf(), RowHalf(), "" if half else "这一行分不清")
    return _cut(row, first, rest, layout)


def _by_columns(row: Row, cells: list[FilledCell], layout: HeadLayout) -> RowReading:
    text = {cell.column: cell.text for cell in cells}
    term, year = (
        RowHalf(*(text.get(column, "").strip() for column in columns or ()))
        for columns in (layout.term, layout.year)
    )
    known = {layout.first, *layout.term, *(layout.year or ())}
    title = layout.labels.title
    stray = [c.text for c in cells if c.column not in known and not title.fullmatch(c.key)]
    problem = f"不在栏目之下：{'、'.join(stray)}" if stray else ""
    return RowReading(row, text.get(layout.first, "").strip(), term, year, problem)


def _fits(cells: list[FilledCell], layout: HeadLayout) -> bool:
    """Whether every cell stands below the head it belongs to."""
    title, system = layout.labels.title, layout.labels.system
    key = {cell.column: cell.key for cell in cells if not title.fullmatch(cell.key)}
    halves = [columns for columns in (layout.term, layout.year) if columns]
    first = key.pop(layout.first, "")
    if first and not system.is_first(first):
        return False
    for second, name, value in halves:
        half = key.pop(second, ""), key.pop(name, ""), key.pop(value, "")
        if not _plausible(*half, system):
            return False
    return not key


def _plausible(second: str, name: str, value: str, system: IndicatorSystem) -> bool:
    if second and not system.standard(second):
        return False
    if system.is_first(name) or (system.standard(name) and not second):
        return False
    return not _is_vocabulary(value, system) and bool(name or not value)


def _is_vocabulary(key: str, system: IndicatorSystem) -> bool:
    return system.is_first(key) or bool(system.standard(key))


def _cut(row: Row, first: str, cells: list[FilledCell], layout: HeadLayout) -> RowReading:
    """Cuts a row where its halves fit best."""
    system = layout.labels.system
    cells = _without_repeated_halves(cells, system)
    text = "|".join(cell.text for cell in cells)
    if best := _best_cut(cells, layout):
        likeness, term, year = best
        certain = likeness >= _MIRRORED or likeness == _DELIMITED
        return RowReading(row, first, term, year, "" if certain else f"单元格移位：{text}")
    for place, extra in enumerate(cells):
        best = _best_cut(cells[:place] + cells[place + 1 :], layout)
        if best and best[0] >= _MIRRORED:
            return RowReading(row, first, *best[1:], left_out=extra.text)
    second = next((cell.text.strip() for cell in cells if system.standard(cell.key)), "")
    return RowReading(row, first, RowHalf(second), RowHalf(), f"这一行分不清：{text}")


def _best_cut(cells: list[FilledCell], layout: HeadLayout) -> tuple[int, RowHalf, RowHalf] | None:
    """The two halves that look most like each other, and how much they do."""
    system, cuts = layout.labels.system, []
    for place in range(len(cells) + 1):
        term, year = _half(cells[:place], system), _half(cells[place:], system)
        if term is not None and year is not None:
            cuts.append((_likeness(term, year, system), -_astray(cells, place, layout), term, year))
    if not cuts:
        return None
    likeness, _, term, year = max(cuts, key=lambda cut: cut[:2])
    return likeness, term, year


_MIRRORED, _DELIMITED = 5, 2


def _likeness(term: RowHalf, year: RowHalf, system: IndicatorSystem) -> int:
    """How much two halves look like each other; less if one has a name without a value."""
    seconds = [system.standard(squeezed(half.second)) for half in (term, year) if half.second]
    delimited = len(seconds) > 1 and seconds[0] == seconds[1]
    alike = len(set(seconds)) < _WIDTH and term.filled == year.filled
    mirrored = alike and akin(term.name, year.name) and akin(term.value, year.value)
    ragged = any(bool(half.name) != bool(half.value) for half in (term, year))
    return _MIRRORED * mirrored + _DELIMITED * delimited - ragged


def _astray(cells: list[FilledCell], place: int, layout: HeadLayout) -> int:
    """How many cells stand on the wrong side of the middle."""
    early = sum(cell.column > layout.middle for cell in cells[:place])
    return early + sum(cell.column < layout.middle for cell in cells[place:])


def _half(cells: Sequence[FilledCell], system: IndicatorSystem) -> RowHalf | None:
    """Cells as second level, name and value; ``None`` if they cannot be that."""
    labels = 0
    while labels < len(cells) and system.standard(cells[labels].key):
        labels += 1
    if labels > 1 and len({system.standard(cell.key) for cell in cells[:labels]}) > 1:
        return None
    if not labels and len(cells) > _WIDTH and cells[0].key.endswith(SUFFIX):
        labels = 1  # not in the standard system
    second = cells[0].text.strip() if labels else ""
    rest = [cell.text.strip() for cell in cells[labels:]]
    if labels > 1 and len(rest) == 1:  # an indicator named like its second level
        rest = [cells[labels - 1].text.strip(), *rest]
    if len(rest) > _WIDTH and squeezed(rest[0]) == squeezed(rest[1]):  # printed twice
        rest = rest[1:]
    if len(rest) > _WIDTH or any(_is_vocabulary(cell.key, system) for cell in cells[labels:]):
        return None
    return RowHalf(second, *rest)


def _without_repeated_halves(cells: list[FilledCell], system: IndicatorSystem) -> list[FilledCell]:
    """Drops halves that repeat the one before: an extraction may print the year several times."""
    starts = [at for at, cell in enumerate(cells) if system.standard(cell.key)]
    while len(starts) > _WIDTH:
        groups = [[c.key for c in cells[a:b]] for a, b in pairwise([*starts, len(cells)])]
        if groups[-1] != groups[-2] or len(groups[-1]) > _WIDTH + 1 or not _apart(groups, system):
            break
        cells = cells[: starts.pop()]
    return cells


def _apart(groups: list[list[str]], system: IndicatorSystem) -> bool:
    """Whether the groups are halves, each with a label of its own and nothing but labels else."""
    return (
        len({system.standard(group[0]) for group in groups}) == 1 and len({*map(len, groups)}) == 1
    )


def akin(one: str, other: str) -> bool:
    """Whether two texts are the same, or one is the other clipped at its end."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter or not longer) and longer.startswith(shorter)
