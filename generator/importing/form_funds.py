"""Money in a project form: a label and an amount for each level, in two halves side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from generator.drafts.draft import Spot
from generator.importing.form_cells import Cell
from generator.importing.form_labels import AMOUNT, LEVELS, TOTALS, named

TOTAL = "资金总额"
HALVES = ("实施期", "年度")
_MAY_BE_BLANK = "其他资金"


@dataclass(slots=True)
class Funds:
    """The amounts of one form as printed; ``None`` where a label has no amount."""

    amounts: dict[tuple[str, str], Decimal | None] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    spot: Spot | None = None
    _last: list[tuple[str, str]] = field(default_factory=list)

    def read(self, cells: list[Cell], spot: Spot) -> bool:
        """Takes the amounts of a row; returns whether it is one of funds."""
        labelled = [(place, *_label(cell)) for place, cell in enumerate(cells)]
        labelled = [each for each in labelled if each[1]]
        if not labelled:
            return False
        self._last = []
        for number, (place, level, half) in enumerate(labelled):
            column = cells[place].column
            if half:
                self.columns[half], self.spot = column, spot
            half = half or self._half(number, len(labelled), column)  # noqa: PLW2901
            self._take((half, level), _amount(cells[place + 1 : place + 2]))
        return True

    def more(self, cells: list[Cell]) -> bool:
        """Takes amounts that stand below their labels, whose end was broken off."""
        if not self._last or not all(AMOUNT.fullmatch(cell.key) for cell in cells):
            return False
        for place, cell in zip(self._last, cells, strict=False):
            self._take(place, _amount([cell]))
        return True

    def _half(self, number: int, labels: int, column: int) -> str:
        """The half of a label: side by side in order, alone by the nearer column of the totals."""
        if labels > 1 or len(self.columns) < len(HALVES):
            return HALVES[min(number, 1)]
        return min(HALVES, key=lambda half: abs(self.columns[half] - column))

    def _take(self, place: tuple[str, str], amount: Decimal | None) -> None:
        """Takes an amount; the pages of one form repeat it."""
        self._last.append(place)
        known = self.amounts.get(place)
        if known is None:
            self.amounts[place] = amount
        elif amount is not None and amount != known:
            self.conflicts.append(f"{place[0]}{place[1]}前后不一：{known}、{amount}")

    def data(self) -> dict[str, dict[str, str]]:
        """The levels with money, by half."""
        halves = {half: self._levels(half) for half in HALVES}
        return {half: levels for half, levels in halves.items() if levels}

    def doubts(self) -> list[tuple[str, str]]:
        """For each half what is not certain."""
        found = [(half, text) for text in self.conflicts for half in HALVES if half in text[:3]]
        for half in HALVES:
            total = self.amounts.get((half, TOTAL))
            summed = sum(map(Decimal, self._levels(half).values()), Decimal())
            missing = [
                level
                for level in LEVELS
                if level != _MAY_BE_BLANK and self.amounts.get((half, level)) is None
            ]
            if total is None:
                found.append((half, f"{half}资金总额没有读到"))
            elif total != summed:
                found.append((half, f"{half}资金总额印作{total:,}，各级之和为{summed:,}"))
            elif missing and len(missing) == len(LEVELS) - 1:
                found.append((half, f"{half}各级金额没有读到"))
        return found

    def _levels(self, half: str) -> dict[str, str]:
        amounts = {level: self.amounts.get((half, level)) for level in LEVELS}
        return {level: f"{amount:f}" for level, amount in amounts.items() if amount}


def _label(cell: Cell) -> tuple[str, str]:
    """The level a cell names, and the half where the label says it."""
    if half := named(TOTALS, cell.key):
        return TOTAL, half
    return named(LEVELS, cell.key), ""


def _amount(cells: list[Cell]) -> Decimal | None:
    """The amount in the cell after a label, if it is one."""
    if cells and AMOUNT.fullmatch(cells[0].key):
        return Decimal(cells[0].key.replace(",", ""))
    return None
