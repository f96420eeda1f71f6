"""Sums down a list whose total comes first: units with their projects, groups of subjects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.general.tables.equations.equation import SumEquation, SummedCell, of_column
from generator.checks.general.tables.equations.row_names import is_total_row, is_unit
from generator.checks.general.tables.understood.kinds import plain_title
from generator.checks.general.tables.understood.table import TableSide, UnderstoodRow

_GROUPS = frozenset(
    {
        "工资福利支出",
        "商品和服务支出",
        "对个人和家庭的补助",
        "资本性支出",
        "资本性支出基本建设",
        "债务利息及费用支出",
        "对企业补助",
        "对企业补助基本建设",
        "对社会保障基金补助",
    }
)
"""The classes of 部门预算支出经济分类."""
_FEWEST = 2


def down_lists(side: TableSide) -> Iterator[SumEquation]:
    """The sums of a list whose first row is its total, by groups if it has any."""
    lines = [line for line in side.lines if line.amounts]
    if side.coded or len(lines) < _FEWEST + 1 or any(is_total_row(line) for line in lines[1:]):
        return
    whole, *rest = lines
    if not (is_total_row(whole) or _is_group(whole)):
        return
    heads = [line for line in rest if _is_group(line)]
    if not heads or heads[0] is not rest[0]:
        yield from _sum(side, whole, rest, "list total", "各行之和")
        return
    yield from _sum(side, whole, heads, "list total", f"以下 {len(heads)} 组之和")
    for head, below in _groups(rest, heads):
        if below:
            yield from _sum(side, head, below, "list group", f"以下 {len(below)} 行之和")


def _is_group(line: UnderstoodRow) -> bool:
    name = plain_title(line.name)
    return name in _GROUPS or is_unit(line.name)


def _groups(
    rest: Sequence[UnderstoodRow], heads: Sequence[UnderstoodRow]
) -> Iterator[tuple[UnderstoodRow, list[UnderstoodRow]]]:
    starts = [rest.index(head) for head in heads]
    for start, end in zip(starts, [*starts[1:], len(rest)], strict=True):
        yield rest[start], list(rest[start + 1 : end])


def _sum(
    side: TableSide, whole: UnderstoodRow, parts: Sequence[UnderstoodRow], family: str, words: str
) -> Iterator[SumEquation]:
    for column in side.amounts:
        cells = tuple(SummedCell(line, column) for line in parts)
        if any(cell.amount for cell in cells):
            said = f"{whole.name}＝{words}"
            own, _ = of_column(family, column)
            yield SumEquation(own, SummedCell(whole, column), cells, said, sure=False, down=True)
