"""The comparison of two years level by level, as the terminal prints it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.table import Table
from rich.text import Text

from generator.changes.levels import Level, LevelRow
from generator.reports.terminal.console import OUT


class ComparedLevels(Struct, frozen=True):
    """The levels of two years, or all that is known where there are only last year's totals."""

    levels: tuple[Level, ...]
    totals_only: Level | None = None


def print_levels(compared: ComparedLevels, names: Sequence[str]) -> None:
    """Prints the tables in the unit of the text.

    ``names`` are the levels that totals alone do not tell.
    """
    if compared.totals_only is not None:
        _print_totals(compared.totals_only, names)
        return
    for level in compared.levels:
        _print(level)
    doubts = [doubt for level in compared.levels for doubt in level.doubts]
    for doubt in dict.fromkeys((each.before, each.after) for each in doubts):
        OUT.print(Text(f"拿不准：上年“{doubt[0]}”与本年“{doubt[1]}”当作同一个，请核", "yellow"))


def _print_totals(level: Level, names: Sequence[str]) -> None:
    if level.rows:
        _print(level)
        known = "上年只有以上合计数，没有明细"
    else:
        known = "没有上年的数"
    unknown = f"：{'、'.join(names)}" if names else ""
    remedy = "用“上年数据”指明上年的数据目录，才能逐级对照"
    OUT.print(Text(f"{known}，其余的增减无从得知{unknown}。{remedy}。"))


def _print(level: Level) -> None:
    OUT.print(Text(level.name, "bold"))
    if level.undivided:
        OUT.print(Text(f"  {'、'.join(level.undivided)}的数据没有分到这一级，只比合计。"))
    rows = [level.total] if level.undivided and level.total else level.rows
    OUT.print(_table(rows, None if level.undivided else level.total))
    OUT.print()


def _table(rows: Sequence[LevelRow], total: LevelRow | None) -> Table:
    footer = _cells(total) if total else ("",) * 4
    table = Table(show_footer=total is not None)
    coded = any(row.code for row in rows)
    if coded:
        table.add_column("编码", no_wrap=True)
    unit = rows[0].text.unit  # that of all rows; a level without any is not told
    table.add_column(f"名称（{unit}）", footer=total.name if total else "", overflow="fold")
    for heading, text in zip(("上年", "本年", "增减", "增减%"), footer, strict=True):
        table.add_column(heading, footer=text, justify="right", no_wrap=True)
    for row in rows:
        code = [f"{row.code}{f'（上年{row.former_code}）' if row.former_code else ''}"]
        table.add_row(*(code if coded else []), _label(row), *_cells(row))
    return table


def _label(row: LevelRow) -> str:
    former = f"（上年名为{row.former}）" if row.former else ""
    return f"{'　' * row.depth}{row.name}{former}"


def _cells(row: LevelRow) -> tuple[str, str, str, str]:
    rate = "—" if row.rate is None else f"{row.rate:+.2f}" if row.rate else "0.00"
    money = row.text
    before, after = (money.written(money.rounded(each)) for each in (row.before, row.after))
    return before, after, money.signed(row.change), rate
