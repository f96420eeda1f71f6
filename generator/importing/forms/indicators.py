"""Builds the tree of indicators of a form from the rows of its indicator table.

Second-level names stay as the document prints them. Where a text draft lost or
misplaced the first level, the standard system of indicators says where a second
level belongs; that is doubted unless the form prints that first level elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Row, Spot
from generator.drafts.words.text import squeezed
from generator.importing.forms.cells import filled_cells, lost_in_markup, wording
from generator.importing.forms.pairs import IndicatorPair, NamedIndicator, Rows, pairs
from generator.importing.forms.rows import HeadLayout, RowHalf, RowReading, TableLabels, read_row
from generator.importing.forms.system import SUFFIX, IndicatorSystem

IndicatorData = dict[str, dict[str, list[dict[str, str]]]]
_REPEATED = late_pattern(r"(\d{2,}|[一-鿿]{2,})\1")


class Unsure(Struct, frozen=True):
    """Something not certain in a form: where in the form's data, why, and where it was read."""

    path: tuple[str | int, ...]
    message: str
    spot: Spot | None = None


class _Block(Struct):
    """The rows below one second level."""

    first: str
    second: str = ""
    names: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=list)
    unsure: list[tuple[str, Spot]] = field(default_factory=list)
    problems: list[tuple[str, Row]] = field(default_factory=list)
    labelled: bool = False


class IndicatorTable:
    """The indicator table of one form, row by row; in a form of one half all is of the year."""

    def __init__(self, labels: TableLabels, *, exact: bool, year_only: bool = False) -> None:
        self.labels = labels
        self.exact = exact
        self.year_only = year_only
        self.readings: list[RowReading] = []
        self.layout: HeadLayout | None = None
        self._lost: list[tuple[Row, str]] = []
        self._missed: dict[str, Spot] = {}

    def read_head(self, row: Row) -> bool:
        """Takes a row if it is a head; a form has one on each page."""
        layout = HeadLayout.of(filled_cells(row), self.labels)
        self.layout = layout or self.layout
        return layout is not None

    def read(self, row: Row) -> None:
        """Takes a row below the head."""
        if self.layout is None:
            return
        self.readings.append(read_row(row, filled_cells(row), self.layout, exact=self.exact))
        if lost := lost_in_markup(row):
            self._lost.append((row, lost))

    def data(self) -> tuple[IndicatorData, list[Unsure]]:
        """The tree, and what is not certain in it."""
        blocks = self._blocks()
        suffixed = any(name.endswith(SUFFIX) for block in blocks for name in block.names)
        one_sided = not self.exact and any(_year_filled(block) for block in blocks)
        tree: IndicatorData = {}
        unsure = [Unsure((), f"格中另有文字：{lost}", row.spot) for row, lost in self._lost]
        unsure += [
            Unsure((first,), "一级指标名没有读到，按标准指标体系归类", spot)
            for first, spot in self._missed.items()
        ]
        if not self.exact and (gap := _gap(blocks, self.labels.system)):
            unsure.append(Unsure((gap.first,), f"没有{gap.second}指标，疑其名称丢失"))
        for block in blocks:
            name, doubtful = self._name(block.names, suffixed=suffixed)
            entries = tree.setdefault(block.first, {}).setdefault(name, [])
            path = (block.first, name)
            if doubtful:
                unsure.append(Unsure(path, f"二级指标名被截短：{block.names[0]}"))
            unsure += [Unsure(path, text, spot) for text, spot in block.unsure]
            found = pairs(block.rows, exact=self.exact)
            if self.year_only:
                found = [IndicatorPair(None, pair.term) for pair in found]
            for pair in found:
                unsure += self._unsure(pair, (*path, len(entries)), one_sided=one_sided)
                entries.append(pair.data(exact=self.exact))
            unsure += [Unsure(path, text, row.spot) for text, row in _unsolved(block, found)]
        return tree, unsure

    def _blocks(self) -> list[_Block]:
        """The rows by second level, in the order of the table."""
        printed = {squeezed(reading.first) for reading in self.readings if reading.first}
        self._missed.clear()
        blocks: dict[tuple[str, str], _Block] = {}
        lost = self.labels.system.heads[1]
        first, block = "", _Block("")
        for reading in self.readings:
            first = reading.first or first
            names = [half.second for half in (reading.term, reading.year) if half.second]
            if names:
                key, unsure = self._place(reading, first, names[0], printed)
                block = blocks.setdefault(key, _Block(*key))
                if reading.term.second and not self.exact:
                    unsure += self._again(reading, block)
                block.names += names
                block.unsure += [(text, reading.row.spot) for text in unsure]
            elif not block.first and (_filled(reading) or reading.problem):
                first = first or self.labels.system.heads[0]
                block = blocks.setdefault((first, lost), _Block(first, lost))
                block.unsure.append(("二级指标名没有读到", reading.row.spot))
            self._add(block, reading)
        return list(blocks.values())

    def _place(
        self, reading: RowReading, first: str, second: str, printed: set[str]
    ) -> tuple[tuple[str, str], list[str]]:
        """Under which first level a second level goes, and what is doubtful about it."""
        if self.exact and first:
            return (first, second), []
        system = self.labels.system
        name = system.standard(squeezed(second))
        meant = system.first_of(name)
        if not name or not meant:
            return (first or system.heads[0], second), [f"二级指标不在标准指标体系中：{second}"]
        if squeezed(reading.first) not in {"", meant}:
            return (meant, name), [f"印在{reading.first}之下，按标准指标体系归入{meant}"]
        if meant not in printed:
            self._missed.setdefault(meant, reading.row.spot)
        year = reading.year.second
        other = system.standard(squeezed(year)) if year else name
        return (meant, name), [] if other == name else ["两期的二级指标不同"]

    @staticmethod
    def _again(reading: RowReading, block: _Block) -> list[str]:
        """A name that stands again in the half of the term: one of them may be another's."""
        again, block.labelled = block.labelled, True
        return ["二级指标名重复出现，指标的归属待核"] if again and _filled(reading) else []

    def _add(self, block: _Block, reading: RowReading) -> None:
        halves = [self._named(half, reading.row) for half in (reading.term, reading.year)]
        if any(halves) or self.exact:
            block.rows.append((halves[0], halves[1]))
        if reading.left_out:
            block.unsure.append((f"另有文字没有读进数据：{reading.left_out}", reading.row.spot))
        if reading.problem:
            block.problems.append((reading.problem, reading.row))

    def _named(self, half: RowHalf, row: Row) -> NamedIndicator | None:
        if not half.filled:
            return None
        name, value = (wording(text, exact=self.exact) for text in (half.name, half.value))
        return NamedIndicator(name, value, row)

    def _name(self, names: list[str], *, suffixed: bool) -> tuple[str, bool]:
        """The second-level name as printed, whole where a half clips it; whether it is doubtful."""
        system = self.labels.system
        if self.exact or not names:
            return (names[0] if names else system.heads[1]), False
        first = names[0]
        longest = max((name for name in names if name.startswith(first)), key=len)
        key = squeezed(longest)
        whole = system.standard(key)
        if system.is_whole(key) or not whole:
            return key if whole else longest, False
        if key.removeprefix(whole):  # 服务对象满意度指
            return whole + SUFFIX, False
        return whole + (SUFFIX if suffixed else ""), True

    def _unsure(
        self, pair: IndicatorPair, path: tuple[str | int, ...], *, one_sided: bool
    ) -> Iterator[Unsure]:
        """What is not certain about an indicator."""
        halves = [half for half in (pair.term, pair.year) if half]
        if not halves:
            return
        spot = halves[0].row.spot
        if problem := pair.problem(exact=self.exact):
            yield Unsure(path, problem, spot)
        if self.exact:
            return
        if len(halves) == 1 and one_sided and not self.year_only:
            yield Unsure(path, f"只有{'实施期' if pair.term else '年度'}有这项指标", spot)
        for text in {half.value for half in halves if _REPEATED.match(half.value)}:
            yield Unsure(path, f"文字重复：{text}", spot)
        if any(not half.name or not half.value for half in halves):
            yield Unsure(path, "缺指标名称或指标值", spot)


def _filled(reading: RowReading) -> bool:
    return reading.term.filled or reading.year.filled


def _gap(blocks: list[_Block], system: IndicatorSystem) -> _Block | None:
    """The one second level that is missing where the others stand: its name may be lost."""
    found = {system.standard(squeezed(name)) for block in blocks for name in block.names}
    for first in system.whole:
        missing = [name for name in system.seconds[first] if name not in found]
        if len(missing) == 1 < len(system.seconds[first]):
            return _Block(first, missing[0])
    return None


def _unsolved(block: _Block, found: list[IndicatorPair]) -> list[tuple[str, Row]]:
    """The problems of rows that the pairing has not solved: a name found twice proves its cell."""
    proven = {id(half) for pair in found if pair.same_name for half in (pair.term, pair.year)}
    open_rows = {
        id(half.row) for row in block.rows for half in row if half and id(half) not in proven
    }
    filled = {id(half.row) for row in block.rows for half in row if half}
    return [
        (text, row) for text, row in block.problems if id(row) in open_rows or id(row) not in filled
    ]


def _year_filled(block: _Block) -> bool:
    return any(year for _, year in block.rows)
