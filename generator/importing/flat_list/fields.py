"""The cells of a list by what they mean: texts, and amounts in 元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from generator.core.text.patterns import late_pattern
from generator.drafts.words.units import Unit, unit_of
from generator.importing.flat_list.columns import ColumnMap, ListColumn
from generator.importing.flat_list.listing import (
    TOTAL,
    FlatList,
    ListRow,
    is_signed_line,
    stated_unit,
)
from generator.importing.flat_list.meanings import Meaning

CODED = late_pattern(r"['‘’′`＇]?(\d{3,9})(?:\.0+)?\s*[-—_:：、.．/|]?\s*(.*)", re.DOTALL)
"""A code, perhaps with a name behind it, or the mark before it that makes it a text in Excel."""
_UNIT_CODE = late_pattern(r"[0-9A-Za-z]{3,}\s*[-—_:：、/|\s]\s*(?=\D)")


class ListFields:
    """What the rows of one list say; columns that only other lists have are none of its own."""

    def __init__(self, listing: FlatList, columns: ColumnMap) -> None:
        self.columns = [column for column in columns.columns if column.name in listing.names]
        self._by_meaning: dict[Meaning, list[ListColumn]] = {}
        for column in self.columns:
            self._by_meaning.setdefault(column.meaning, []).append(column)
        otherwise = unit_of(columns.unit or Unit.YUAN.words)
        self._units = {name: stated_unit(listing, name) or otherwise for name in listing.names}

    def several(self, meaning: Meaning) -> Sequence[ListColumn]:
        """The columns that mean something."""
        return self._by_meaning.get(meaning, ())

    def column(self, meaning: Meaning) -> ListColumn | None:
        """The first column that means something."""
        return next(iter(self.several(meaning)), None)

    def text(self, row: ListRow, meaning: Meaning) -> str:
        """What a row says in the first such column."""
        column = self.column(meaning)
        return row.text(column.name) if column else ""

    def yuan(self, row: ListRow, name: str) -> Decimal:
        """An amount in 元; what is not whole 分 has been divided, and is told once it is used."""
        return (row.amount(name) or Decimal(0)) * self._units[name].yuan

    def unit_name(self, row: ListRow) -> str:
        """The name of the budget unit without its code."""
        text = self.text(row, Meaning.UNIT)
        is_none = TOTAL.fullmatch(text) or is_signed_line(row)
        return "" if is_none else _UNIT_CODE.sub("", text, count=1).strip()

    def function(self, row: ListRow) -> str:
        """The code of the functional subject."""
        match = CODED.fullmatch(self.text(row, Meaning.FUNCTION))
        return match[1] if match else ""
