"""All statements of a year, evaluated; those whose leaves are as they were are not done again."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable

from msgspec import Struct

from generator.compute.ledger.entries import Entry, Ledger
from generator.compute.statements.definition import StatementDefinition
from generator.compute.statements.evaluate import Evaluator
from generator.compute.statements.table import Statement
from generator.core.figures import Figure, FigureBook
from generator.core.memo import Memory, Same
from generator.load.names import Names
from generator.model.disclosure import Entity


class _Evaluated(Struct, frozen=True):
    """A statement and its figures."""

    statement: Statement
    figures: tuple[Figure, ...]


_EVALUATED = Memory[Hashable, _Evaluated](__name__, most=20_000)
"""By all that a statement depends on; weighed by figures."""


def evaluate_all(
    definitions: Iterable[StatementDefinition],
    declared_empty: Collection[str],
    ledger: Ledger,
    names: Names,
    entity: Entity,
    figures: FigureBook,
) -> dict[str, Statement]:
    """The statements by their numbers; their figures are added to the book.

    Args:
        definitions: the statements that a pack declares.
        declared_empty: numbers of those that are published without data.
        ledger: the leaves.
        names: the names of what the leaves are booked under.
        entity: whose statements they are.
        figures: takes the figures, in the order of the statements.

    Raises:
        FigureClashError: if two figures have one address.
    """
    leaves = {book: _leaves(entries) for book, entries in ledger.books.items()}
    common = (names.content(), entity.model_dump_json())
    statements: dict[str, Statement] = {}
    for definition in definitions:
        empty = definition.number in declared_empty
        books = (definition.book, *(block.book for block in definition.blocks if block.book))
        key = (Same(definition), empty, common, tuple(leaves[book] for book in books))
        known = _EVALUATED.get(key)
        if known is None:
            own = FigureBook()
            statement = Evaluator(ledger, names, entity, own).evaluate(
                definition, declared_empty=empty
            )
            known = _EVALUATED.put(key, _Evaluated(statement, tuple(own)), len(own.addresses()))
        for figure in known.figures:
            figures.add(figure)
        statements[definition.number] = known.statement
    return statements


def _leaves(entries: Iterable[Entry]) -> str:
    """All that a statement may show of its leaves: not where they are written."""
    return repr([(entry.address, str(entry.amount), dict(entry.dimensions)) for entry in entries])
