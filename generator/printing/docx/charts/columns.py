"""The table behind a chart: what its columns hold, as values and as formulas.

A row is a bar. Who edits an amount in Word changes the bar and the words beside it: the words
are computed from the amounts, and so are the parts that steps are drawn of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.printing.docx.charts.chart_data import ChartData, ChartKind, DrawnBar

FIRST_ROW = 2
"""The row of the first bar, as a spreadsheet counts; heads stand above."""


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column of the table: its letter, its head, and a value for each bar.

    Attributes:
        formulas: how a spreadsheet computes the values; empty for those that are entered.
    """

    letter: str
    head: str
    values: tuple[Decimal | str, ...]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartColumns:
    """All columns: what bars are called, their amounts, what is drawn, the words beside them."""

    labels: ChartColumn
    amounts: ChartColumn
    drawn: tuple[ChartColumn, ...]
    words: ChartColumn

    def __iter__(self) -> Iterator[ChartColumn]:
        """The columns from the left, each once."""
        yield from dict.fromkeys((self.labels, self.amounts, *self.drawn, self.words))


def chart_columns(data: ChartData) -> ChartColumns:
    """The table behind a chart."""
    labels = ChartColumn("A", "", tuple(bar.label for bar in data.bars))
    amounts = tuple(bar.amount for bar in data.bars)
    words = tuple(bar.text for bar in data.bars)
    if data.kind is ChartKind.BARS:
        column = ChartColumn("B", f"金额（{data.unit}）", amounts)
        formulas = _words_of_bars(data)
        return ChartColumns(labels, column, (column,), ChartColumn("C", "", words, formulas))
    column = ChartColumn("B", f"预算数、增减（{data.unit}）", amounts)
    formulas = _words_of_steps(data)
    words_column = ChartColumn("H", "", words, formulas)
    return ChartColumns(labels, column, tuple(_parts_of_steps(data.bars)), words_column)


def _parts_of_steps(bars: tuple[DrawnBar, ...]) -> Iterator[ChartColumn]:
    """What steps are stacked of: what is left free, a total, a rise, a fall, room for words."""
    zero = Decimal(0)
    rows = range(FIRST_ROW, FIRST_ROW + len(bars))
    totals = {rows[0], rows[-1]}
    steps = dict(zip(rows, bars, strict=True))
    free, level = [], zero
    for row, bar in steps.items():
        after = bar.amount if row in totals else level + bar.amount
        free.append(zero if row in totals else min(level, after))
        level = after
    yield ChartColumn(
        "C",
        "起点",
        tuple(free),
        tuple(
            "0" if r in totals else f"MIN(SUM(B${rows[0]}:B{r - 1}),SUM(B${rows[0]}:B{r}))"
            for r in rows
        ),
    )
    yield ChartColumn(
        "D",
        "合计",
        tuple(bar.amount if row in totals else zero for row, bar in steps.items()),
        tuple(f"B{row}" if row in totals else "0" for row in rows),
    )
    for letter, head, sign in (("E", "增加", ""), ("F", "减少", "-")):
        factor = -1 if sign else 1
        yield ChartColumn(
            letter,
            head,
            tuple(
                zero if row in totals else max(zero, factor * bar.amount)
                for row, bar in steps.items()
            ),
            tuple("0" if row in totals else f"MAX(0,{sign}B{row})" for row in rows),
        )
    yield ChartColumn("G", "标注", tuple(zero for _ in bars))


def _words_of_bars(data: ChartData) -> tuple[str, ...]:
    """The words beside bars: the amount and its share."""
    if not _can_write(data.pattern, data.rate):
        return ()
    last = FIRST_ROW + len(data.bars) - 1
    whole = f"SUM(B${FIRST_ROW}:B${last})"
    return tuple(
        f'TEXT(B{row},"{data.pattern}")&"{data.unit}（"'
        f'&TEXT(B{row}/{whole}*100,"{data.rate}")&"%）"'
        for row in range(FIRST_ROW, last + 1)
    )


def _words_of_steps(data: ChartData) -> tuple[str, ...]:
    """The words beside steps: the amount, that of a change with its sign."""
    if not _can_write(data.pattern):
        return ()
    last = FIRST_ROW + len(data.bars) - 1
    rows = range(FIRST_ROW, last + 1)
    signs = {row: f'IF(B{row}>0,"+","−")&' for row in rows[1:-1]}
    return tuple(
        f'{signs.get(row, "")}TEXT(ABS(B{row}),"{data.pattern}")&"{data.unit}"' for row in rows
    )


def _can_write(*patterns: str) -> bool:
    """Whether a spreadsheet writes numbers by patterns as Word does: it leaves a bare point."""
    return all(pattern and not pattern.endswith("#") for pattern in patterns)
