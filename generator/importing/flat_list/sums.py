"""Rows of a list that only sum others: which they are, and what they may add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from generator.importing.flat_list.fields import ListFields
from generator.importing.flat_list.listing import TOTAL, ListRow
from generator.importing.flat_list.meanings import Meaning
from generator.importing.flat_list.strange_rows import has_amount, names_item

_UPPER = (3, 5)
"""Digits of the code of a class (类) and a section (款)."""
_Rows = Sequence[tuple[ListRow, Decimal | None]]


def is_sum_row(row: ListRow, fields: ListFields) -> bool:
    """Whether a row names no item of its own: a total says so, or has an amount alone."""
    if any(TOTAL.fullmatch(row.text(column.name)) for column in fields.columns):
        function = fields.text(row, Meaning.FUNCTION)
        return not function or bool(TOTAL.fullmatch(function))
    if len(fields.function(row)) in _UPPER:
        return True
    bare = not names_item(row, fields) and has_amount(row, fields)
    return bare and bool(fields.unit_name(row))


class SumRows:
    """The rows of a list that sum others, with everything that each of them may sum.

    Args:
        rows: the rows with their amounts in 元; ``None`` is no amount.
        fields: what the rows say.
    """

    def __init__(self, rows: _Rows, fields: ListFields) -> None:
        self._rows = rows
        self._fields = fields
        self._are = [is_sum_row(row, fields) for row, _ in rows]
        self._sums: dict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
        """By unit and beginning of the code of the subject; ``None`` and ``""`` are all."""
        for (row, total), summing in zip(rows, self._are, strict=True):
            if total is not None and not summing:
                self._count(row, total)
        self._before = list(self._runs(range(len(rows))))
        self._behind = list(self._runs(range(len(rows) - 1, -1, -1)))[::-1]

    def __contains__(self, number: int) -> bool:
        return self._are[number]

    def may_be(self, number: int) -> set[Decimal]:
        """What a sum may be: of all rows, of those up to the next sum, of those of its unit."""
        row, _ = self._rows[number]
        units = (None, self._fields.unit_name(row))
        code = self._fields.function(row)
        if len(code) in _UPPER:
            return {self._sums.get((unit, code), Decimal(0)) for unit in units}
        sums = {self._sums.get((unit, ""), Decimal(0)) for unit in units}
        return {*sums, self._before[number], self._behind[number]}

    def _count(self, row: ListRow, total: Decimal) -> None:
        code = self._fields.function(row)
        beginnings = ("", *(code[:digits] for digits in _UPPER if len(code) >= digits))
        for unit in (None, self._fields.unit_name(row)):
            for beginning in beginnings:
                self._sums[unit, beginning] += total

    def _runs(self, numbers: Iterable[int]) -> Iterator[Decimal]:
        """For each row what those add up to that were passed since the last sum."""
        total = Decimal(0)
        for number in numbers:
            yield total
            amount = self._rows[number][1] or Decimal(0)
            total = Decimal(0) if self._are[number] else total + amount
