"""The words of 列对照: those that a person may write there, by the pack of the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.core.findings import Finding, UnusableInputError
from generator.importing.flat_list.columns import (
    OF_VALUES,
    ColumnMap,
    ListColumn,
    unknown_word,
)
from generator.importing.flat_list.meanings import CARRIED_OVER, ELSEWHERE, Meaning
from generator.importing.flat_list.procurement import NO, PROCURED, YES
from generator.model.budget import BudgetYear, Expenditure
from generator.model.vocabulary import BasicKind, Vocabulary


def check_words(columns: ColumnMap, vocabulary: Vocabulary) -> None:
    """Refuses words that would be taken for something else, or for nothing.

    Raises:
        UnusableInputError: E608 with each of them, and those that are known.
    """
    findings = [
        finding for column in columns.columns for finding in _unknown(columns, column, vocabulary)
    ]
    if findings:
        raise UnusableInputError(findings)


def _unknown(columns: ColumnMap, column: ListColumn, vocabulary: Vocabulary) -> Iterator[Finding]:
    undecided = ("", Meaning.OPEN.value)
    if column.meaning is Meaning.AMOUNT:
        allowed = _sources(vocabulary)
        if column.source not in (*undecided, *allowed):
            yield unknown_word(columns.file, f"{column.name}/来源", column.source, allowed)
    if column.meaning in OF_VALUES:
        allowed = _values(column.meaning, vocabulary)
        for value, word in column.values.items():
            if word not in (*undecided, *allowed):
                yield unknown_word(columns.file, f"{column.name}/取值/{value}", word, allowed)


def _sources(vocabulary: Vocabulary) -> Sequence[str]:
    carried = (f"{source}/{CARRIED_OVER}" for source in vocabulary.sources)
    return (*vocabulary.sources, *carried)


def _values(meaning: Meaning, vocabulary: Vocabulary) -> Sequence[str]:
    """What values of a column may stand for."""
    match meaning:
        case Meaning.SOURCE:
            return (*_sources(vocabulary), CARRIED_OVER, ELSEWHERE)
        case Meaning.PROCUREMENT:
            return PROCURED
        case Meaning.SERVICES:
            return (YES, NO)
        case Meaning.YEAR_OF_MONEY:
            return (*(year.value for year in BudgetYear), ELSEWHERE)
    basic, project = Expenditure.BASIC.value, Expenditure.PROJECT.value
    details = (f"{basic}/{kind}" for kind in BasicKind)
    classes = (f"{project}/{name}" for name in vocabulary.project_classes.names)
    return (basic, *details, project, *classes, ELSEWHERE)
