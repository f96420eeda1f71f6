"""Sums down a table whose rows have codes: 合计 = 类, 类 = 款, 款 = 项."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from generator.checks.general.tables.equations.equation import SumEquation, SummedCell, of_column
from generator.checks.general.tables.understood.kinds import plain_title
from generator.checks.general.tables.understood.table import TableSide, UnderstoodRow
from generator.core.text.patterns import late_pattern

_LEVELS = {3: "类", 5: "款", 7: "项"}
_TOTAL = late_pattern(r".{0,8}(合计|总计|共计|总额|总数)")
_AMONG = late_pattern(r"其中")


def is_total_row(line: UnderstoodRow) -> bool:
    """Whether a row is the total of a table or of a part of it."""
    return not line.code and bool(_TOTAL.fullmatch(plain_title(line.name)))


def down_by_codes(side: TableSide) -> Iterator[SumEquation]:
    """The sums of every column of a side whose rows have codes, each of them once."""
    wrong = {line.at for line, _ in astray(side)}
    coded = [line for line in side.lines if line.code and line.at not in wrong]
    counted = Counter(line.code for line in coded)
    if (
        not coded
        or max(counted.values()) > 1
        or any(_AMONG.match(line.name) for line in side.lines)
    ):
        return
    below_each = children_by_code(side)
    by_code = {line.code: line for line in coded}
    for code, below in below_each.items():
        if code:
            level, lower = _LEVELS[len(code)], _LEVELS[len(below[0].code)]
            family = f"down {level}"
            words = f"{code} {level}级＝所属各{lower}之和"
            yield from _equations(side, by_code[code], below, family, words)
    totals = [line for line in side.lines if is_total_row(line)]
    others = [line for line in side.lines if not line.code and line not in totals and line.amounts]
    if len(totals) == 1 and not others:
        level = "、".join(dict.fromkeys(_LEVELS[len(line.code)] for line in below_each[""]))
        words = f"{totals[0].name}＝各{level}之和"
        yield from _equations(side, totals[0], below_each[""], "down total", words)


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
    side: TableSide, whole: UnderstoodRow, parts: Sequence[UnderstoodRow], family: str, words: str
) -> Iterator[SumEquation]:
    for column in side.amounts:
        cells = tuple(SummedCell(line, column) for line in parts)
        own, sure = of_column(family, column)
        yield SumEquation(own, SummedCell(whole, column), cells, words, sure, down=True)
