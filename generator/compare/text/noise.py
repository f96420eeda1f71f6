"""Tells what an extraction does to a text from what the document says.

A text extracted from a PDF or a picture loses labels and captions, breaks heads apart and
clips or misreads the small print of forms. Numbers that it has on both sides, whole rows,
sections and forms, and the words of sentences are taken at their word.
"""

from __future__ import annotations

from generator.compare.difference import (
    Difference,
    DifferenceKind,
    PairedCell,
    PairedRow,
    PairedText,
    Part,
)
from generator.compare.text.differences import amount
from generator.core.records import replace

_LABEL_LENGTH = 20
_SENTENCE_ENDS = "。；！？"


def with_noise(part: Part) -> Part:
    """A part of an extracted text, its noise told from its differences."""
    of_forms = part.group == "绩效目标表"
    return replace(
        part,
        content=tuple(
            _text(each) if isinstance(each, PairedText) else _row(each, of_forms=of_forms)
            for each in part.content
        ),
    )


def _text(text: PairedText) -> PairedText:
    return replace(
        text, found=tuple(_noise(each) if _is_label(each) else each for each in text.found)
    )


def _is_label(difference: Difference) -> bool:
    """Whether a label or caption is missing: short, and no sentence."""
    words = difference.ours
    return (
        difference.kind is DifferenceKind.MISSING
        and len(words) <= _LABEL_LENGTH
        and not words.endswith(tuple(_SENTENCE_ENDS))
    )


def _row(row: PairedRow, *, of_forms: bool) -> PairedRow:
    if not of_forms and not row.head:
        return row
    difference = _noise(row.difference) if row.difference and of_forms else row.difference
    return replace(row, cells=tuple(map(_cell, row.cells)), difference=difference)


def _cell(cell: PairedCell) -> PairedCell:
    found = cell.difference
    stated = all(each and amount(each) is not None for each in (cell.ours, cell.theirs))
    if found is None or (found.kind is DifferenceKind.AMOUNT and stated):
        return cell
    return replace(cell, difference=_noise(found))


def _noise(difference: Difference) -> Difference:
    if difference.kind is DifferenceKind.FORMAT:
        return difference
    return replace(difference, kind=DifferenceKind.NOISE)
