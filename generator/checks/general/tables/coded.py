"""Sums down a table whose rows have codes: 合计 = 类, 类 = 款, 款 = 项."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.checks.general.tables.equations import Cell, Equation
from generator.checks.general.tables.kinds import plain_title
from generator.checks.general.tables.understood import Line, Side

_LEVELS = {3: "类", 5: "款", 7: "项"}
_TOTAL = re.compile(r".{0,8}(合计|总计|共计|总额)")
_AMONG = re.compile(r"其中")


def is_total(line: Line) -> bool:
    """Whether a row is the total of a table or of a part of it."""
    return not line.code and bool(_TOTAL.fullmatch(plain_title(line.name)))


def down_by_codes(side: Side) -> Iterator[Equation]:
    """The sums of every column of a side whose rows have codes, each of them once."""
    coded = [line for line in side.lines if line.code]
    counted = Counter(line.code for line in coded)
    if not coded or max(counted.values()) > 1 or any(_AMONG.match(l.name) for l in side.lines):
        return
    children = _children(coded)
    by_code = {line.code: line for line in coded}
    for code, below in children.items():
        if code:
            level, lower = _LEVELS[len(code)], _LEVELS[len(below[0].code)]
            family = f"down {level}"
            words = f"{code} {level}级＝所属各{lower}之和"
            yield from _equations(side, by_code[code], below, family, words)
    totals = [line for line in side.lines if is_total(line)]
    others = [line for line in side.lines if not line.code and line not in totals and line.amounts]
    if len(totals) == 1 and not others:
        level = "、".join(dict.fromkeys(_LEVELS[len(line.code)] for line in children[""]))
        words = f"{totals[0].name}＝各{level}之和"
        yield from _equations(side, totals[0], children[""], "down total", words)


def _children(coded: Sequence[Line]) -> Mapping[str, list[Line]]:
    """The rows right below each code that has a row; below ``""`` those that have none above."""
    known = {line.code for line in coded}
    found: dict[str, list[Line]] = {"": []}
    for line in coded:
        uppers = (line.code[:length] for length in (5, 3) if length < len(line.code))
        upper = next((code for code in uppers if code in known), "")
        found.setdefault(upper, []).append(line)
    return found


def _equations(
    side: Side, whole: Line, parts: Sequence[Line], family: str, words: str
) -> Iterator[Equation]:
    for column in side.amounts:
        cells = tuple(Cell(line, column) for line in parts)
        yield Equation(family, Cell(whole, column), cells, words, down=True)
