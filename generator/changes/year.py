"""One year of an entity, computed: the ground on which two years are compared."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.compute.ledger.entries import Book, Entry, Ledger
from generator.core.figures import FigureBook
from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat
from generator.load.names import Names
from generator.model.disclosure import Disclosure, EntityKind
from generator.model.vocabulary import Vocabulary


class Year(Struct, frozen=True):
    """What was stated for a year, its leaves, and the figures computed from them.

    ``text`` is how the text prints amounts.
    """

    disclosure: Disclosure
    ledger: Ledger
    figures: FigureBook
    names: Names
    vocabulary: Vocabulary
    text: MoneyFormat = TEN_THOUSANDS

    @property
    def is_department(self) -> bool:
        """Whether several units stand in the data, so that a project needs its unit's name."""
        return self.disclosure.entity.kind is EntityKind.DEPARTMENT

    def leaves(self, address: str) -> tuple[Book | None, Sequence[Entry]]:
        """The leaves of a figure and the book they stand in; ``None`` if it has none.

        A project with a functional item stands in two books: there 收支 is taken.
        """
        sources = set(self.figures[address].sources)
        for book, entries in self.ledger.books.items():
            found = [entry for entry in entries if entry.address in sources]
            if found and len(found) == len(sources):
                return book, found
        return None, ()
