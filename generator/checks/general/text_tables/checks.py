"""Amounts that sentences state of a subject, a source or a total must stand in the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.checks.general.sentences.claims import ClaimedAmount
from generator.checks.general.sentences.passages import PassageClaims, StatedText, stated_text
from generator.checks.general.tables.understood.read import read_tables
from generator.checks.general.tables.understood.table import UnderstoodTable
from generator.checks.general.text_tables.cells import Cells, FoundCell, nearest_cell
from generator.checks.general.text_tables.rules import AGAINST_TABLES
from generator.checks.general.text_tables.subjects import Spoken, spoken_of
from generator.checks.rule import Check, Outcome, Passed, Unchecked, quoted_part
from generator.checks.text.text_figures import read_text_numbers
from generator.core.findings import Finding
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_LEAST_LISTED = 3
"""So many passages that begin with the name of a class make a list."""


def check_against_tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Applies E950; where a pack's template tells which cell a figure is, E723 says more."""
    if document.follows_pack and read_text_numbers(document).readable:
        return
    yield from outcomes_by_tables(stated_text(document), read_tables(document).understood)


CHECKS: tuple[Check, ...] = (check_against_tables,)


def outcomes_by_tables(text: StatedText, tables: Sequence[UnderstoodTable]) -> Iterator[Outcome]:
    """What the tables say of the amounts of a text."""
    if not tables:
        return
    cells_for = Cells(tables)
    lists = _Lists(text, cells_for)
    for stated in text.passages:
        told: set[Decimal] = set()
        for amount in stated.claims.amounts:
            spoken = _checkable(stated, amount, text.year, lists)
            cells = cells_for.of(spoken) if spoken else []
            if not cells:
                continue
            figure = amount.figure
            if any(cell.may_be(figure) for cell in cells):
                yield Passed(AGAINST_TABLES.code, place=stated.passage.place)
            elif figure.value not in told:
                told.add(figure.value)
                yield _told(stated, amount, cells)


def _checkable(
    stated: PassageClaims, amount: ClaimedAmount, year: int, lists: _Lists
) -> Spoken | None:
    """What an amount is of, if the tables must have it: of the year, and no part of a part."""
    if not amount.figure.is_money or (amount.year and year and amount.year != year):
        return None
    spoken = spoken_of(amount)
    if spoken is None or spoken.explicit or spoken.official:
        return spoken
    if amount.head < 0:
        return spoken if not spoken.names or lists.hold(stated, amount) else None
    head = stated.claims.amounts[amount.head]
    of_head = spoken_of(head)
    of_total = of_head is not None and bool(of_head.total or of_head.kind or of_head.official)
    return spoken if of_total and lists.cells.print_anywhere(head.figure) else None


class _Lists:
    """Lists of classes as the tables have them, but perhaps for one or two.

    A passage may be one, or all passages of a text that begin with the name of a class.
    """

    def __init__(self, text: StatedText, cells: Cells) -> None:
        self.cells = cells
        first = [stated.claims.amounts[0] for stated in text.passages if stated.claims.amounts]
        fitting, found = self._fitting([amount for amount in first if _is_this_years(amount, text)])
        self._over_passages = found >= _LEAST_LISTED and fitting > found / 2

    def hold(self, stated: PassageClaims, amount: ClaimedAmount) -> bool:
        """Whether an amount that is named by a class is one of such a list."""
        fitting, found = self._fitting(stated.claims.amounts)
        opens = amount is stated.claims.amounts[0]
        return fitting > found / 2 or (opens and self._over_passages)

    def _fitting(self, amounts: Sequence[ClaimedAmount]) -> tuple[int, int]:
        """How many amounts are named by a class that tables have, and how many of them agree."""
        fitting = found = 0
        for amount in amounts:
            spoken = spoken_of(amount)
            cells = self.cells.of(spoken) if spoken and spoken.names else []
            found += bool(cells)
            fitting += any(cell.may_be(amount.figure) for cell in cells)
        return fitting, found


def _is_this_years(amount: ClaimedAmount, text: StatedText) -> bool:
    return amount.year in (0, text.year)


def _told(stated: PassageClaims, amount: ClaimedAmount, cells: Sequence[FoundCell]) -> Outcome:
    for cell in cells:
        if why := cell.unit_doubted(amount.figure.interval):
            return Unchecked(AGAINST_TABLES.code, stated.passage.group, why)
    return _finding(stated, amount, nearest_cell(amount.figure, cells))


def _finding(stated: PassageClaims, amount: ClaimedAmount, cell: FoundCell) -> Finding:
    figure = amount.figure
    value = cell.amount.value if cell.amount else Decimal(0)
    passage = stated.passage
    return AGAINST_TABLES.finding(
        f"文字写{amount.name} {figure.text}，{cell.words}为 {cell.printed}，"
        f"相差 {figure.written(abs(figure.value - value))}",
        passage.place,
        group=passage.group,
        subjects=(passage.subject,),
        excerpt=quoted_part(passage.text, figure.start),
        also=(cell.place,),
    )
