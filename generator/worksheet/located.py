"""Where in a worksheet a value of the data was typed, for whoever is told what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.load.yaml.tree import Path_, SourceTree
from generator.worksheet.sheets.budget import PROJECTS, SUBJECTS
from generator.worksheet.sheets.forms import FORMS
from generator.worksheet.sheets.words import LISTS
from generator.worksheet.tables import Typed

_Spot = tuple[str, int, int]
"""Sheet, row and column, from 1."""


def located_in_sheet(tree: SourceTree, typed: Typed, file: Path) -> SourceTree:
    """The tree with places that name the sheet and the row of what was typed."""
    spots = dict(_spots(typed))
    sections: dict[str, list[tuple[Path_, _Spot]]] = {}
    for path, spot in spots.items():
        sections.setdefault(str(path[0]), []).append((path, spot))
    for section, found in sections.items():
        sheet = found[0][1][0]
        part = SourceTree(Path(f"{file}【{sheet}】"), tree.data)
        for path in tree._values:
            if path[:1] == (section,):
                part._values[path] = _nearest(path, spots)
        tree.adopt(part, section, 0)
    return tree


def _nearest(path: Path_, spots: dict[Path_, _Spot]) -> tuple[int, int]:
    for length in range(len(path), 0, -1):
        if path[:length] in spots:
            return spots[path[:length]][1:]
    return 0, 0


def _spots(typed: Typed) -> Iterator[tuple[Path_, _Spot]]:
    for key, spot in typed.places.items():
        if key in typed.fields:
            yield tuple(key), spot
    for name, path in LISTS.items():
        for index in range(len(typed.rows(name))):
            yield (*path, index), typed.places[name, index]
    for index in range(len(typed.rows(FORMS))):
        yield (FORMS, index), typed.places[FORMS, index]
    yield from _subject_spots(typed)
    yield from _project_spots(typed)


def _subject_spots(typed: Typed) -> Iterator[tuple[Path_, _Spot]]:
    codes: list[str] = []
    for row, cells in enumerate(typed.rows(SUBJECTS)):
        code = cells.get(("科目",), "")
        if code not in codes:
            codes.append(code)
            yield (SUBJECTS, codes.index(code)), typed.places[SUBJECTS, row]


def _project_spots(typed: Typed) -> Iterator[tuple[Path_, _Spot]]:
    counts: dict[str, int] = {}
    for row, cells in enumerate(typed.rows(PROJECTS)):
        unit = cells.get(("单位",), "")
        number = counts.setdefault(unit, 0)
        group = list(counts).index(unit)
        yield (PROJECTS, group, "项目", number), typed.places[PROJECTS, row]
        counts[unit] += int(set(cells) != {("单位",)})
