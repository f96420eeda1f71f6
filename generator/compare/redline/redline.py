"""The draft itself, with comments at the differences and other words as tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.document import Document

from generator.compare.difference import (
    FOLDED,
    Comparison,
    Difference,
    DifferenceKind,
    PairedRow,
    PairedText,
    TextPiece,
)
from generator.compare.redline.comments import Comments
from generator.compare.redline.places import Lines, draft_columns, holds_text
from generator.compare.redline.text import CharacterStretch, Edit, stretch
from generator.compare.redline.xml import Revisions, comment_on, comment_on_changes
from generator.compare.text.differences import Wording, amount
from generator.core.clock import publication_time
from generator.core.files.archive import save
from generator.drafts.docx.read import open_docx
from generator.drafts.docx.table import cell_elements
from generator.drafts.docx.text import Element, W
from generator.drafts.draft import Row

_IN_PLACE = frozenset({DifferenceKind.AMOUNT, DifferenceKind.TEXT, DifferenceKind.NAME})
_SENTENCES = frozenset({DifferenceKind.MISSING, DifferenceKind.ADDED})
"""Classes of difference that other words in the same place settle."""


def redline(draft: Path, comparison: Comparison) -> bytes:
    """A Word draft with the differences that a comparison found in it.

    The document stays as it is. The date of comments and changes is that of
    :mod:`generator.core.clock`, so that the same input gives the same bytes.

    Raises:
        UnusableInputError: E601 to E606, where the draft cannot be read.
    """
    word = open_docx(draft)
    if word.elements:  # a body without any paragraph has no place for comments
        _Redline(word.document, Lines(word), Wording(comparison.years)).mark(comparison)
    return save(word.document)


class _Redline:
    """Walks a comparison and marks the draft; remembers where in the draft it is."""

    def __init__(self, document: Document, lines: Lines, wording: Wording) -> None:
        self._comments = Comments(document)
        self._revisions = Revisions(document.element, publication_time())
        self._lines = lines
        self._wording = wording
        self._here = 0
        """The last line that was met: what the draft lacks is noted there."""

    def mark(self, comparison: Comparison) -> None:
        """Marks every difference that is not folded away."""
        for part in comparison.parts:
            if part.difference is not None:
                self._note(part.difference)
            for item in part.content:
                if isinstance(item, PairedText):
                    self._text(item)
                else:
                    self._row(item)

    def _follow(self, item: PairedText | PairedRow) -> None:
        """Moves on to the line of an item."""
        places = (self._lines.number(difference.their_place) for difference in item.differences())
        known = next((number for number in places if number), None)
        if known and isinstance(item, PairedRow):
            known = self._lines.holding(item, known)
        self._here = known or self._lines.find(item, self._here) or self._here

    def _note(self, difference: Difference) -> None:
        """A comment on the line of a difference, or on the last one before what is lacking."""
        self._here = self._lines.number(difference.their_place) or self._here
        self._comment(self._lines.element(self._here or 1), difference)

    def _comment(self, element: Element, difference: Difference) -> None:
        if difference.kind not in FOLDED:
            comment_on(element, self._comments.add(difference, tracked=False))

    # Text

    def _text(self, item: PairedText) -> None:
        """Other words in a paragraph; comments where they cannot surely be put there."""
        self._follow(item)
        found = self._stretch(item)
        marked = set()
        changes = []
        at = 0
        for piece, index in item.marked():
            start, at = at, at + len(piece.theirs)
            if found is None or index is None or not _is_in_place(item.found[index]):
                continue
            span = found.span(start, at)
            if span is not None:
                number = self._comments.add(item.found[index], tracked=True)
                changes.append((number, Edit(*span, piece.ours.replace("\n", ""))))
                marked.add(index)
        for number, edit in reversed(changes):  # what is cut then moves nothing before it
            self._change(found, [edit], number)
        for index, difference in enumerate(item.found):
            if index not in marked:
                self._note(difference)

    def _stretch(self, item: PairedText) -> CharacterStretch | None:
        if not item.found or not self._here:
            return None
        text = "".join(piece.theirs for piece in item.pieces)
        paragraphs = self._lines.paragraphs(self._here, text.split("\n"))
        return stretch(paragraphs, text, numbered=True) if paragraphs else None

    # Tables

    def _row(self, item: PairedRow) -> None:
        self._follow(item)
        if item.difference is not None:
            self._note(item.difference)
        if all(cell.difference is None or cell.difference.kind in FOLDED for cell in item.cells):
            return
        row = self._lines.row(self._here)
        places = draft_columns(item, row, self._lines.element(self._here)) if row else {}
        for index, cell in enumerate(item.cells):
            if cell.difference is None:
                continue
            if row is None or index not in places:
                self._comment(self._lines.element(self._here or 1), cell.difference)
            else:
                self._cell(row, places[index], cell.difference)

    def _cell(self, row: Row, column: int, difference: Difference) -> None:
        """Other words in a cell, or a comment where they cannot surely be put there."""
        element = self._lines.element(row.spot.number)
        cell = cell_elements(element).get(column, element)
        text = row.cells[column] if column < len(row.cells) else ""
        found = stretch(list(cell.iterchildren(f"{W}p")), text, numbered=False)
        edits = self._edits(found, difference) if found else []
        if edits:
            self._change(found, edits, self._comments.add(difference, tracked=True))
        else:
            self._comment(cell, difference)

    def _edits(self, found: CharacterStretch, difference: Difference) -> list[Edit]:
        """What makes a cell say what the generated document says: numbers whole, words in part."""
        if difference.kind not in _IN_PLACE or not holds_text(found.text, difference.theirs):
            return []
        pieces: Sequence[TextPiece] = [TextPiece(difference.ours, found.text)]
        if None in (amount(difference.ours), amount(found.text)):
            pieces = self._wording.pieces(difference.ours, found.text)
        edits = []
        at = 0
        for piece in pieces:
            start, at = at, at + len(piece.theirs)
            span = found.span(start, at)
            if self._wording.piece_kind(piece) in (None, DifferenceKind.FORMAT):
                continue
            if span is None:
                return []
            edits.append(Edit(*span, piece.ours))
        return edits

    def _change(self, found: CharacterStretch | None, edits: Sequence[Edit], number: int) -> None:
        if found is not None:
            comment_on_changes(self._revisions.change(found, edits), number)


def _is_in_place(difference: Difference) -> bool:
    """Whether other words can be put where a difference stands: also a sentence of a paragraph."""
    if difference.units[0] is not difference.units[1]:
        return False  # the number of ours is in another unit than the column of the draft
    within = difference.our_place is not None and difference.their_place is not None
    return difference.kind in (_IN_PLACE | _SENTENCES if within else _IN_PLACE)
