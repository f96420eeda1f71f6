"""Where in a worksheet a value of the data was typed, for whoever is told what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.core.findings import Location
from generator.load.yaml.tree import Path_, SourceTree, tree_of
from generator.model.form_names import INDICATORS
from generator.worksheet.sheets.budget import PROJECTS, SUBJECTS, year_and_kind
from generator.worksheet.sheets.forms import (
    FORM_ROWS,
    FORMS,
    OVERALL,
    OVERALL_ROWS,
    TASKS,
    numbers_of,
)
from generator.worksheet.sheets.words import LISTS, STATED, SUBJECT_NAMES
from generator.worksheet.tables import Typed

_Spot = str
"""A cell in words."""


@dataclass(slots=True)
class SheetTree(SourceTree):
    """Data that was typed into a worksheet: its places are cells."""

    spots: dict[Path_, _Spot] = field(default_factory=dict)

    def place(self, path: Path_, *, key: bool = False) -> Location:  # noqa: ARG002 - a cell is both
        """The cell of a value (or of its key), or of the nearest thing around it."""
        while path and path not in self.spots:
            path = path[:-1]
        return Location(self.file, spot=self.spots.get(path, ""))


def tree_in_sheet(data: Mapping[str, object], typed: Typed, file: Path) -> SheetTree:
    """The tree of what was typed."""
    tree = tree_of(data, file)
    spots: dict[Path_, _Spot] = {}
    for path, spot in _spots(typed):
        spots.setdefault(path, spot)
    return SheetTree(file, tree.data, tree.findings, _values=tree._values, spots=spots)


def _spots(typed: Typed) -> Iterator[tuple[Path_, _Spot]]:
    """The cells of paths; of several for one path the first counts."""
    for key in typed.fields:
        yield tuple(key), typed.spot_of_field(key)
    for name, path in {**LISTS, TASKS: (OVERALL, TASKS), FORMS: (FORMS,)}.items():
        for row, cells in enumerate(typed.rows(name)):
            yield (*path, row), typed.spot(name, row)
            for key in cells:
                yield (*path, row, *key), typed.spot(name, row, key)
    yield from _subject_spots(typed)
    yield from _project_spots(typed)
    numbers = enumerate(numbers_of(typed.rows(FORMS)))
    trees: dict[str, Path_] = {number: (FORMS, at, INDICATORS) for at, number in numbers}
    yield from _indicator_spots(typed, FORM_ROWS, trees)
    yield from _indicator_spots(typed, OVERALL_ROWS, {"": (OVERALL, "年度绩效指标")})
    for name, keys in ((SUBJECT_NAMES, ("分类", "编码")), (STATED, ("地址",))):
        for row, cells in enumerate(typed.rows(name)):
            path = (name, *(cells.get((key,), "") for key in keys))
            for length, last in enumerate(keys, 2):
                yield path[:length], typed.spot(name, row, (last,))


def _subject_spots(typed: Typed) -> Iterator[tuple[Path_, _Spot]]:
    codes: list[str] = []
    for row, cells in enumerate(typed.rows(SUBJECTS)):
        code = cells.get(("科目",), "")
        if code not in codes:
            codes.append(code)
        item = SUBJECTS, codes.index(code)
        year, kind = year_and_kind(cells)
        yield item, typed.spot(SUBJECTS, row)
        yield (*item, year), typed.spot(SUBJECTS, row, ("年度",))
        yield (*item, year, kind), typed.spot(SUBJECTS, row, ("类别",))
        for key in cells:
            above = (year, kind) if key[0] == "额" else ()
            yield (*item, *above, key[-1]), typed.spot(SUBJECTS, row, key)


def _project_spots(typed: Typed) -> Iterator[tuple[Path_, _Spot]]:
    counts: dict[str, int] = {}
    for row, cells in enumerate(typed.rows(PROJECTS)):
        unit = cells.get(("单位",), "")
        number = counts.setdefault(unit, 0)
        group = PROJECTS, list(counts).index(unit)
        yield (*group, "项目", number), typed.spot(PROJECTS, row)
        for key in cells:
            own: Path_ = key if key == ("单位",) else ("项目", number, *key)
            yield (*group, *own), typed.spot(PROJECTS, row, key)
        counts[unit] += int(set(cells) != {("单位",)})


def _indicator_spots(
    typed: Typed, block: str, trees: Mapping[str, Path_]
) -> Iterator[tuple[Path_, _Spot]]:
    """The levels and indicators of trees, each by the number of its form."""
    levels: dict[str, tuple[str, str]] = {}
    counts: Counter[Path_] = Counter()
    for row, cells in enumerate(typed.rows(block)):
        number = cells.get(("序号",), "")
        if number not in trees:
            continue
        first, second = levels.get(number, ("", ""))
        first, second = cells.get(("一级指标",), first), cells.get(("二级指标",), second)
        levels[number] = first, second
        path = (*trees[number], first, second)
        yield path[:-1], typed.spot(block, row, ("一级指标",))
        yield path, typed.spot(block, row, ("二级指标",))
        for key in cells:
            yield (*path, counts[path], *key), typed.spot(block, row, key)
        counts[path] += ("指标",) in cells
