"""Sums down a table whose rows have names only: numbered items, totals, carry-over, 三公.

收入总计 = 本年收入合计 + 上年结转; a total is the sum of the items above it on the highest level;
an item is the sum of those numbered below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from generator.checks.general.tables.equations.coded import is_total_row
from generator.checks.general.tables.equations.equation import SumEquation, SummedCell, of_column
from generator.checks.general.tables.equations.lists import is_unit
from generator.checks.general.tables.understood.kinds import (
    FUNDS,
    OFFICIAL,
    VEHICLES,
    ColumnKind,
    kind_of_words,
    plain_title,
)
from generator.checks.general.tables.understood.table import TableSide, UnderstoodRow
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded

_NUMBERINGS = (
    late_pattern(r"[一二三四五六七八九十]+[、.]"),
    late_pattern(r"\([一二三四五六七八九十]+\)"),
    late_pattern(r"\d{1,2}[、.](?!\d)"),
    late_pattern(r"\(\d{1,2}\)|\d{1,2}\)"),
    late_pattern(r"[①-⑳]"),
)
_CIRCLED = late_pattern(r"^[①-⑳]|^[1-9](?=公务用车)")
_AMONG = late_pattern(r"其中:?")
_CARRIED = late_pattern(r".*(结转|结余|弥补收支差额).*|(上年|去年)[没未](有)?[用使].*")
_OF_YEAR = late_pattern(r"(本年|当年|今年).*([合小]计|总数)|(本年|当年|今年)(收入|支出)")
_GRAND = late_pattern(r"(收入|支出|收支)?(总计|总额|总数)")


class _Item(Struct):
    """A row and those below it."""

    line: UnderstoodRow
    below: list[_Item] = field(default_factory=list)
    among: bool = False
    """Whether what is below it is only a part of it."""


def numbering(name: str) -> int:
    """How deep the number before a name is: 0 for none, 1 for 一、, 2 for （一） and so on."""
    text = folded(name)
    if _CIRCLED.match(text):
        return len(_NUMBERINGS)
    return next((n for n, style in enumerate(_NUMBERINGS, 1) if style.match(text)), 0)


def row_kind(name: str) -> ColumnKind:
    """What a row stands for, by its name."""
    return kind_of_words(_CIRCLED.sub("", _AMONG.sub("", folded(name))))


def down_by_names(side: TableSide) -> Iterator[SumEquation]:
    """The sums of every column of a side whose rows have no codes."""
    if side.coded or not any(is_total_row(line) for line in side.lines):
        return
    items: list[_Item] = []
    after_year = False
    for line in side.lines:
        title = plain_title(line.name)
        if is_total_row(line) or _sums_up_year(line, items):
            if not any(item.line.name for item in items):
                return  # the total comes first, or sums up what has no name
            if carried := _carried_above(line, items):
                yield from _total(side, line, carried, grand=False)
                items[-len(carried) :] = [_Item(line)]
                continue
            yield from _total(side, line, items, grand=bool(_GRAND.fullmatch(title)))
            items, after_year = [_Item(line)], bool(_OF_YEAR.fullmatch(title))
        else:
            _place(items, line, after_year=after_year)


def _carried_above(line: UnderstoodRow, items: Sequence[_Item]) -> list[_Item]:
    """The items that 上年结转合计 is the sum of: those right above it that were carried over."""
    if not _CARRIED.fullmatch(plain_title(line.name)):
        return []
    names = [plain_title(item.line.name) for item in items]
    others = [at for at, name in enumerate(names) if not _CARRIED.fullmatch(name)]
    return list(items[others[-1] + 1 :]) if others else []


def _sums_up_year(line: UnderstoodRow, items: Sequence[_Item]) -> bool:
    """Whether a row without a number that follows items is 本年收入, the sum of them."""
    year = _OF_YEAR.fullmatch(plain_title(line.name)) is not None
    return year and not numbering(line.name) and len(items) > 1


def _place(items: list[_Item], line: UnderstoodRow, *, after_year: bool) -> None:
    """Puts a row among the items, or below the last one."""
    name, level = folded(line.name), numbering(line.name)
    if not items:
        items.append(_Item(line))
        return
    last = items[-1]
    if _AMONG.match(name):
        last.below.append(_Item(line))
        last.among = True
        return
    top = numbering(items[0].line.name) if not is_total_row(items[0].line) else 0
    if is_unit(last.line.name) and not (is_unit(line.name) or level):
        last.below.append(_Item(line))  # the projects of a unit
        return
    carried = after_year and _CARRIED.fullmatch(plain_title(last.line.name)) is not None
    unnumbered_above = carried and not numbering(last.line.name)
    if level > top and (unnumbered_above or not after_year):
        below, parent = last.below, last
        while below and numbering(below[-1].line.name) < level:
            parent = below[-1]
            below = parent.below
        parent.below.append(_Item(line))
    else:
        items.append(_Item(line))


def _total(
    side: TableSide, line: UnderstoodRow, items: list[_Item], *, grand: bool
) -> Iterator[SumEquation]:
    for item in _all(items):
        if item.below and not item.among:
            yield from _of_item(side, item)
    names = [_short(item.line.name) for item in items]
    words = f"{line.name}＝{'＋'.join(names) if len(names) <= 4 else f'以上 {len(names)} 项之和'}"  # noqa: PLR2004
    family = f"down {'grand' if grand else 'total'} {line.at}"
    sure = all(map(_is_named, items))
    for column in side.amounts:
        parts = tuple(SummedCell(item.line, column) for item in items)
        own, known = of_column(family, column)
        yield SumEquation(own, SummedCell(line, column), parts, words, sure and known, down=True)


def _all(items: list[_Item]) -> Iterator[_Item]:
    for item in items:
        yield item
        yield from _all(item.below)


def _of_item(side: TableSide, item: _Item) -> Iterator[SumEquation]:
    kinds = {row_kind(each.line.name) for each in item.below}
    sure = kinds in (FUNDS, VEHICLES) or kinds >= OFFICIAL
    words = f"{item.line.name}＝{'＋'.join(_short(each.line.name) for each in item.below)}"
    for column in side.amounts:
        parts = tuple(SummedCell(each.line, column) for each in item.below)
        if any(part.amount for part in parts):
            name = "unit" if is_unit(item.line.name) else str(item.line.at)
            own, known = of_column(f"below {name}", column)
            yield SumEquation(
                own, SummedCell(item.line, column), parts, words, sure and known, down=True
            )


def _is_named(item: _Item) -> bool:
    """Whether a row is one of a total by its number or name: in a mere list rows may be totals."""
    name = item.line.name
    known = row_kind(name) is not ColumnKind.OTHER or _CARRIED.fullmatch(plain_title(name))
    return numbering(name) > 0 or is_total_row(item.line) or bool(known)


def _short(name: str) -> str:
    return plain_title(name) or name
