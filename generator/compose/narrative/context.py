"""What the templates may ask for: figures by address, shares, changes, lists, charts.

The text takes every number from here, so text and statements cannot disagree:
a statement declared to have no data gives zeros, and the narrative follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.changes.explain import Explanation
from generator.changes.moves import Move, MoveKind
from generator.changes.parts import PartChanges, part_changes
from generator.changes.reason_sentences import chart_steps
from generator.changes.year import Year
from generator.compose.narrative.charts import Chart, Waterfall, bar_chart, waterfall_chart
from generator.compute.statements.table import BlockRow, Statement
from generator.core.figures import (
    Figure,
    FigureBook,
    UnknownFigureError,
    change_address,
    growth_address,
    share_address,
)
from generator.core.numbers.format import MoneyFormat
from generator.core.numbers.rounding import percentage
from generator.model.change_words import USUAL_WORDS, ChangeWords
from generator.pack.numbers import NumberSettings
from generator.pack.templates.shown import readable_in_templates


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """How a printed amount stands against last year's printed amount.

    Both sides are taken as printed, so that a reader can recompute the
    sentence from the document. ``rate`` is ``None`` on a zero base.

    Attributes:
        direction: 增加 or 减少, as the pack says it.
        rate_direction: 增长 or 下降.
    """

    amount: Figure
    rate: Figure | None
    increased: bool
    direction: str
    rate_direction: str

    @property
    def unchanged(self) -> bool:
        """Whether both years print the same amount."""
        return not self.amount.printed


@readable_in_templates("label", "labelled", "code", "lineage", calls=["figure"])
@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of a statement for use in a sentence."""

    row: BlockRow
    column: str
    lineage: tuple[str, ...] = ()
    """The names of the subjects above it and its own: 类, 款, 项."""

    @property
    def code(self) -> str:
        """Its step in addresses: the code of a subject."""
        return self.row.key

    @property
    def label(self) -> str:
        """The name of what the row stands for, without numbering."""
        return self.row.label

    def figure(self, column: str) -> Figure:
        """The figure under a column of the row."""
        return self.row.figure(column)

    @property
    def labelled(self) -> tuple[str, Figure]:
        """Label and figure, as charts take them."""
        return self.label, self.row.figure(self.column)


class Narrative:
    """Answers the templates' questions; every derived figure is kept in the figure book."""

    def __init__(  # noqa: PLR0913 - what questions are answered from, and how
        self,
        statements: Mapping[str, Statement],
        figures: FigureBook,
        explanations: Mapping[str, Explanation] | None = None,
        before: Year | None = None,
        numbers: NumberSettings | None = None,
        words: ChangeWords = USUAL_WORDS,
        *,
        single_bars: bool = False,
    ) -> None:
        self._statements = statements
        self._before = before
        self._figures = figures
        self._explanations = explanations or {}
        self._numbers = numbers or NumberSettings()
        self._text = self._numbers.money
        self._words = words
        self._least_bars = 1 if single_bars else 2

    def figure(self, address: str) -> Figure:
        """The figure at an address.

        Raises:
            UnknownFigureError: if there is none.
        """
        if address not in self._figures:
            raise UnknownFigureError(address, self._figures.addresses())
        return self._figures[address]

    def knows(self, address: str) -> bool:
        """Whether there is a figure at an address."""
        return address in self._figures

    def share(self, part: str, whole: str) -> Figure:
        """The share of one printed amount in another, in percent (half-up, two decimals)."""
        above, below = self.figure(part), self.figure(whole)
        value = percentage(above.printed, below.printed)
        text = f"{value:.2f}" if value else "0"
        return self._figures.add(
            Figure(share_address(part, whole), value, value, "%", text, (part, whole))
        )

    def change(self, current: str, prior: str, *, rate: bool = True) -> PrintedChange | None:
        """The change of a printed amount against last year's, ``None`` if that is unknown."""
        if prior not in self._figures:
            return None
        now, before = self.figure(current), self.figure(prior)
        difference = now.printed - before.printed
        sources = (current, prior)
        size = abs(difference)
        unit = self._text.unit.value
        amount = Figure(change_address(current, prior), size, size, unit, f"{size:f}", sources)
        growth = None
        if rate and before.printed and difference:
            value = percentage(size, before.printed)
            address = growth_address(current, prior)
            growth = self._figures.add(Figure(address, value, value, "%", f"{value:.2f}", sources))
        grows = difference > 0
        return PrintedChange(
            self._figures.add(amount),
            growth,
            grows,
            self._words.of_amount(grows=grows),
            self._words.of_rate(grows=grows),
        )

    def by_part(
        self, total: str, parts: Iterable[tuple[str, Figure]], most: int
    ) -> PartChanges | None:
        """What changed against last year by the parts (name, figure) of a total.

        ``None`` without last year's data, and where either year publishes the statement as
        无数据: its zeros say nothing of the budget.
        """
        number = total.partition("/")[0]
        before = self._before
        if before is None or self._statements[number].no_data or total not in before.figures:
            return None
        if number in before.disclosure.publication.empty_statements:
            return None
        moves = [self._against(before, name, figure) for name, figure in parts]
        whole = self._against(before, total, self.figure(total))
        found = part_changes(whole, moves, most, self._text, self._words)
        for part in found.parts if found else ():
            self._figures.add(part.amount)
        return found

    @staticmethod
    def _against(before: Year, name: str, figure: Figure) -> Move:
        known = figure.address in before.figures
        was = before.figures[figure.address].value if known else Decimal(0)
        return Move(MoveKind.PART, name, was, figure.value)

    def rows(
        self, statement: str, block: str, dimension: str, column: str
    ) -> list[tuple[str, Figure]]:
        """Label and figure of every row of one dimension, zeros included, in printed order."""
        return [
            (row.label, row.figure(column))
            for row in self._statements[statement].block_rows(block)
            if row.dimension == dimension
        ]

    def nonzero(self, statement: str, block: str, dimension: str, column: str) -> list[NamedRow]:
        """The rows of one dimension whose amount in a column is not zero, in printed order."""
        rows = list(self._statements[statement].block_rows(block))
        labels = {row.key: row.label for row in rows}
        return [
            NamedRow(row, column, tuple(_lineage(row.key, labels)))
            for row in rows
            if row.dimension == dimension and row.figure(column).value
        ]

    def distinct(self, statement: str, dimension: str, column: str) -> list[str]:
        """The labels of the rows of a dimension with an amount in a column, each once."""
        rows = self.nonzero(statement, "", dimension, column)
        return list(dict.fromkeys(row.label for row in rows))

    def amounts(self, pattern: str, names: Iterable[str]) -> list[tuple[str, Figure]]:
        """Pairs of name and figure, the name put into an address pattern in place of ``%s``."""
        return [(name, self.figure(pattern.replace("%s", name, 1))) for name in names]

    def chart(self, caption: str, items: Iterable[tuple[str, Figure]]) -> Chart | None:
        """A bar chart of the amounts that are not zero, written as in the text.

        ``None`` without any, and for a single one, which says nothing, unless the pack draws it.
        """
        shown = [(label, figure) for label, figure in items if figure.value]
        bars = [(label, each.printed, self._numbers.in_text(each)) for label, each in shown]
        # as a total is printed that holds them: not the sum of what is printed of each
        whole = self._text.rounded(sum((each.value for _, each in shown), Decimal(0)))
        if not whole or len(bars) < self._least_bars:
            return None
        money = MoneyFormat(self._text.unit, self._numbers.text)
        return bar_chart(caption, bars, money, self._numbers.percent, whole)

    def waterfall(self, name: str, caption: str) -> Waterfall | None:
        """A chart from last year's amount to this year's by driver; ``None`` without drivers."""
        explained = self._explanations.get(name)
        if explained is None or explained.choice is None:
            return None
        steps = chart_steps(explained.choice, self._words)
        place = explained.place
        return waterfall_chart(caption, place.before, steps, place.after, self._text)


def _lineage(code: str, labels: Mapping[str, str]) -> Iterator[str]:
    """The names of the codes that a code begins with, and its own."""
    for length in sorted(set(map(len, labels))):
        if length <= len(code) and code[:length] in labels:
            yield labels[code[:length]]
