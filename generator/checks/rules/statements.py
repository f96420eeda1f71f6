"""Reconciliations within and between the statements (勾稽关系), as the pack declares them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import islice

from generator.checks.pack_rules import rules_of_pack
from generator.checks.relations.causes import Cause, causes_of_breaks
from generator.checks.relations.relations import Addend, ComparedSides, compare_relations
from generator.checks.relations.words import (
    addresses,
    effects,
    fill_in,
    message_of_cause,
    where_from,
)
from generator.checks.rule import Check, Noise, Outcome, Passed, Rule, ToldElsewhere, Unchecked
from generator.core.findings import Finding, Location
from generator.core.memo import Memory, Same
from generator.core.records import replace
from generator.pack.pack import Pack
from generator.reading.document import Origin, ReadDocument

RULES: tuple[Rule, ...] = ()
"""None of the program's: the pack of a document declares them."""
_MOST_PLACES = 8


def _check(document: ReadDocument, pack: Pack) -> Iterable[Outcome]:
    comparisons: list[ComparedSides] = []
    for each in _compared(document, pack):
        if isinstance(each, Unchecked):
            yield each
        else:
            comparisons.append(each)
    held = Counter(comparison.relation.code for comparison in comparisons if comparison.holds)
    yield from (Passed(code, count) for code, count in held.items())
    rules = rules_of_pack(pack)
    for cause in causes_of_breaks(comparisons, document.tables):
        finding = _finding(cause, document, rules)
        noise = document.origin is Origin.EXTRACTED and not _surely_read(cause)
        yield Noise(finding) if noise else finding
        others = dict.fromkeys(each.relation.code for each in cause.broken)
        yield from (ToldElsewhere(code) for code in others if code != finding.code)


_COMPARED = Memory[Hashable, tuple[ComparedSides | Unchecked, ...]](__name__, most=4)
"""By the tables of documents: most often they are those of the last time."""


def _compared(document: ReadDocument, pack: Pack) -> tuple[ComparedSides | Unchecked, ...]:
    tables = tuple((number, Same(table)) for number, table in document.tables.items())
    return _COMPARED.recall(
        (tables, document.kind, Same(pack.relations)),
        lambda: tuple(compare_relations(document, pack.relations)),
    )


def _finding(cause: Cause, document: ReadDocument, rules: Mapping[str, Rule]) -> Finding:
    first = cause.broken[0]
    main = cause.suspect or _main_addend(first)
    number = cause.empty_table or main.term.table
    table = document.tables[number]
    at_cell = main.cell is not None and not cause.empty_table
    place = main.cell.place if main.cell is not None and at_cell else table.place
    also = (fromkey for fromkey in dict.fromkeys(_places(cause)) if fromkey != place)
    rule = rules[first.relation.code]
    origin = where_from(cause, document.tables)
    finding = rule.finding(
        message_of_cause(cause, document.tables),
        place,
        group=number,
        subjects=dict.fromkeys((number, *addresses(cause))),
        excerpt=_excerpt(main) if at_cell else table.title,
        remedy=fill_in(table)
        if cause.empty_table
        else f"{rule.remedy}（{origin}）"
        if origin
        else "",
        also=islice(also, _MOST_PLACES),
    )
    return replace(finding, effects=effects(cause))


def _main_addend(comparison: ComparedSides) -> Addend:
    """The cell that stands for a comparison: the first one that is printed."""
    printed = (addend for addend in comparison.addends if addend.cell is not None)
    return next(printed, comparison.addends[0])


def _places(cause: Cause) -> Iterator[Location]:
    """The first cell of each side of each comparison."""
    for comparison in cause.broken:
        for side in (comparison.left, comparison.right):
            yield from (addend.cell.place for addend in side[:1] if addend.cell is not None)


def _excerpt(addend: Addend) -> str:
    """The row with the printed amount."""
    if addend.row is None or addend.cell is None or addend.cell.amount is None:
        return ""
    words = addend.row.words or addend.row.key
    return f"{words} {addend.cell.column} {addend.cell.amount.text}".rstrip()


def _surely_read(cause: Cause) -> bool:
    """Whether a contradiction in an extracted text cannot come from the extraction.

    A row or a digit may be lost in extraction, so it is certain only of a table that says it
    has no data, of a cell that several relations point to, and where no rows are summed and
    every amount is there.
    """
    if cause.empty_table:
        return True
    whole = all(
        addend.cell is not None and addend.cell.amount is not None and addend.cell.amount.text
        for addend in ([cause.suspect] if cause.suspect else cause.broken[0].addends)
    )
    return whole and (
        cause.suspect is not None or not any(term.summed for term in cause.broken[0].equation.terms)
    )


CHECKS: tuple[Check, ...] = (_check,)
