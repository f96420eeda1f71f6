"""Sums down a table whose rows have codes: 合计 = 类, 类 = 款, 款 = 项."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from generator.checks.general.tables.equations.equation import SumEquation, SummedCell, of_column
from generator.checks.general.tables.equations.row_names import is_total_row, is_unit
from generator.checks.general.tables.understood.table import TableSide, UnderstoodRow
from generator.core.text.patterns import late_pattern

_LEVELS = {3: "类", 5: "款", 7: "项"}
_AMONG = late_pattern(r"其中")


def down_by_codes(side: TableSide) -> Iterator[SumEquation]:
    """The sums of every column of a side whose rows have codes, each of them once."""
    if not side.coded:
        return
    totals = [line for line in side.lines if is_total_row(line)]
    if units := _units(side):
        for head, own in units:
            subjects = _Subjects(own)
            yield from subjects.sums()
            yield from subjects.sums_to(head, "down unit")
        if len(totals) == 1:
            heads = [head for head, _ in units]  # one of them may be the sum of the others
            words = f"{totals[0].name}＝各单位之和"
            yield from _equations(side, totals[0], heads, "down total", words, known=False)
        return
    subjects = _Subjects(side)
    yield from subjects.sums()
    others = [line for line in side.lines if not line.code and line not in totals and line.amounts]
    if len(totals) == 1 and not others:
        yield from subjects.sums_to(totals[0], "down total")


class _Subjects:
    """The rows with codes of a side, or of one unit in it, and which are parts of which."""

    def __init__(self, side: TableSide) -> None:
        wrong = {line.at for line, _ in astray(side)}
        self._side = side
        self._below = children_by_code(side)
        self._rows: dict[str, list[UnderstoodRow]] = defaultdict(list)
        for line in side.lines:
            if line.code and line.at not in wrong:
                self._rows[line.code].append(line)
        repeated = [rows for rows in self._rows.values() if len(rows) > 1]
        self._repeats_rows = all(map(_stand_twice, repeated))

    def sums(self) -> Iterator[SumEquation]:
        """The sums of the subjects, but for those of which it is not clear what their parts are."""
        for code, below in self._below.items():
            if code and self._are_parts([self._rows[code][0], *below]):
                level, lower = _LEVELS[len(code)], _LEVELS[len(below[0].code)]
                words = f"{code} {level}级＝所属各{lower}之和"
                yield from _equations(
                    self._side, self._rows[code][0], below, f"down {level}", words
                )

    def sums_to(self, whole: UnderstoodRow, family: str) -> Iterator[SumEquation]:
        """The sums of a row that is the whole of the highest subjects."""
        highest = self._below[""]
        if self._are_parts(highest):
            level = "、".join(dict.fromkeys(_LEVELS[len(line.code)] for line in highest))
            yield from _equations(
                self._side, whole, highest, family, f"{whole.name}＝各{level}之和"
            )

    def _are_parts(self, lines: Sequence[UnderstoodRow]) -> bool:
        """Whether rows are all that their codes say: none is 其中, none has another's code.

        Rows with one code may be a subject and its projects; nobody means a row that stands twice.
        """
        once = all(len(self._rows[line.code]) <= 1 for line in lines)
        return (once or self._repeats_rows) and not any(_AMONG.match(line.name) for line in lines)


def _stand_twice(rows: Sequence[UnderstoodRow]) -> bool:
    """Whether rows with one code are one row that stands there twice."""
    return all(
        after.at == line.at + 1 and (after.name, after.amounts) == (line.name, line.amounts)
        for line, after in pairwise(rows)
    )


def _units(side: TableSide) -> list[tuple[UnderstoodRow, TableSide]]:
    """The units of a table that lists the same subjects for each, with their rows, if it does."""
    found: list[tuple[UnderstoodRow, list[UnderstoodRow]]] = []
    for line in side.lines:
        if not line.code and is_unit(line.name):
            found.append((line, []))
        elif line.code and found:
            found[-1][1].append(line)
        elif line.amounts and not is_total_row(line):
            return []
    counted = Counter(line.code for _, rows in found for line in rows)
    if not all(rows for _, rows in found) or max(counted.values(), default=0) < 2:  # noqa: PLR2004
        return []
    return [(head, TableSide(side.columns, tuple(rows))) for head, rows in found]


def children_by_code(side: TableSide) -> Mapping[str, list[UnderstoodRow]]:
    """The rows right below each code that has a row; below ``""`` those that have none above.

    A row with a wrong code is below the subject that it is part of.
    """
    coded = [line for line in side.lines if line.code]
    found: dict[str, list[UnderstoodRow]] = {"": []}
    known = {line.code for line in coded}
    uppers = {line.at: upper.code for line, upper in astray(side)}
    for line in coded:
        found.setdefault(uppers.get(line.at, _upper(line, known)), []).append(line)
    return found


def astray(side: TableSide) -> list[tuple[UnderstoodRow, UnderstoodRow]]:
    """The rows whose code is not below that of the subject they are part of, with its row.

    They follow it, no row of the table is above them by code, and its amounts are those of its
    parts only if they are one.
    """
    coded = [line for line in side.lines if line.code]
    by_code = {line.code: line for line in coded}
    return [
        (line, by_code[before])
        for at, line in enumerate(coded)
        if (before := _before(coded, at)) not in ("", _upper(line, by_code))
        and _is_part(side, by_code[before], line)
    ]


def _is_part(side: TableSide, upper: UnderstoodRow, line: UnderstoodRow) -> bool:
    """Whether the amounts of a subject are the sum of its parts only together with a row."""
    parts = [each for each in side.lines if _upper(each, (upper.code,)) == upper.code]
    length = min((len(part.code) for part in parts), default=len(line.code))
    parts = [part for part in parts if len(part.code) == length]
    without = [equation for equation in _equations(side, upper, parts, "", "") if equation.usable]
    joined = [
        equation for equation in _equations(side, upper, [*parts, line], "", "") if equation.usable
    ]
    return not all(each.holds for each in without) and all(each.holds for each in joined)


def _upper(line: UnderstoodRow, known: Container[str]) -> str:
    """The nearest upper code that has a row."""
    uppers = (line.code[:length] for length in (5, 3) if length < len(line.code))
    return next((code for code in uppers if code in known), "")


def _before(coded: Sequence[UnderstoodRow], at: int) -> str:
    """The code of the nearest row above that is of an upper level."""
    length = len(coded[at].code)
    return next((each.code for each in reversed(coded[:at]) if len(each.code) < length), "")


def _equations(
    side: TableSide,
    whole: UnderstoodRow,
    parts: Sequence[UnderstoodRow],
    family: str,
    words: str,
    *,
    known: bool = True,
) -> Iterator[SumEquation]:
    """The sums of a row in every column; ``known`` if these are surely its parts."""
    for column in side.amounts:
        cells = tuple(SummedCell(line, column) for line in parts)
        own, sure = of_column(family, column)
        yield SumEquation(own, SummedCell(whole, column), cells, words, sure and known, down=True)
