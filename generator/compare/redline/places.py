"""Where in a Word draft that stands which a comparison pairs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from generator.compare.difference import PairedRow, PairedText
from generator.compare.text.differences import amount, looks
from generator.core.findings import Location
from generator.drafts.docx.read import WordDraft
from generator.drafts.docx.table import cell_elements
from generator.drafts.docx.text import Element
from generator.drafts.draft import Line, Paragraph, Row, Table
from generator.model.form_names import HALVES

_GROUPS = 2
"""Columns of an indicator, the first ones, that a form prints once for several rows."""
_FORM_REACHES = 40
"""Rows of a form, at most, between its first and any other."""
_FIELD = 2
"""Cells of the paired row of a form's field: its name and its text."""


class Lines:
    """The paragraphs and table rows of a Word draft, by their number."""

    def __init__(self, word: WordDraft) -> None:
        self._elements = word.elements
        self._lines = {
            line.spot.number: line
            for block in word.blocks
            for line in (block.rows if isinstance(block, Table) else [block])
            if line.spot.kind == "段"
        }
        self._texts = {number: _line_texts(line) for number, line in self._lines.items()}
        self._numbers: dict[str, list[int]] = {}
        for number, texts in self._texts.items():
            for text in texts:
                self._numbers.setdefault(text, []).append(number)

    def number(self, place: Location | None) -> int | None:
        """The number of a place that the draft's reader told."""
        number = place.paragraph if place else 0
        return number if number in self._elements else None

    def element(self, number: int) -> Element:
        """The paragraph or row of a number."""
        return self._elements[number]

    def row(self, number: int | None) -> Row | None:
        """The table row of a number; ``None`` if none stands there."""
        line = self._lines.get(number or 0)
        return line if isinstance(line, Row) else None

    def paragraphs(self, number: int, texts: Sequence[str]) -> list[Element] | None:
        """The paragraphs from a number on that hold these texts; ``None`` if others stand there."""
        following = (
            line for at, line in self._lines.items() if at >= number and isinstance(line, Paragraph)
        )
        found = list(islice(following, len(texts)))
        if [line.text for line in found] != list(texts):
            return None
        return [self._elements[line.spot.number] for line in found]

    def find(self, item: PairedText | PairedRow, after: int) -> int | None:
        """The first line after a number, or else the first at all, that holds an item's texts."""
        for texts in _item_texts(item):
            held = self._numbers.get(max(texts, key=len), ())
            found = [number for number in held if texts <= self._texts[number]]
            exact = [number for number in found if texts == self._texts[number]]
            for numbers in filter(None, (exact, found)):
                at = bisect_right(numbers, after)
                return numbers[at] if at < len(numbers) else numbers[0]
        return None

    def holding(self, item: PairedText | PairedRow, number: int) -> int:
        """The first line from a number on, no farther than a form reaches, with an item's texts.

        The place of an indicator may be that of a row above it which names it in a sentence.
        """
        for texts in _item_texts(item):
            for at in range(number, number + _FORM_REACHES):
                if texts <= self._texts.get(at, frozenset()):
                    return at
        return number


def _line_texts(line: Line) -> frozenset[str]:
    texts = line.cells if isinstance(line, Row) else (line.text,)
    return frozenset(map(looks, filter(None, texts)))


def _item_texts(item: PairedText | PairedRow) -> Iterable[frozenset[str]]:
    """What the draft's line of an item holds: all its texts, or those that no merged cell holds."""
    if isinstance(item, PairedText):
        first, *_ = "".join(piece.theirs for piece in item.pieces).split("\n")
        choices: list[Iterable[str]] = [[first]]
    else:
        cells = [cell.theirs for cell in item.cells]
        choices = [cells, cells[_GROUPS:]]
    filled = (frozenset(map(looks, filter(None, texts))) for texts in choices)
    return filter(None, filled)


def draft_columns(item: PairedRow, row: Row, element: Element) -> Mapping[int, int]:
    """For the cells of a paired row, by their order, the grid column in the draft: only if certain.

    The columns of the comparison are those of the generated document; a form's fields and
    indicators stand in the draft among labels and merged cells.
    """
    texts = [cell.theirs for cell in item.cells]
    if _trimmed(texts) == _trimmed(row.cells):
        return {column: column for column in range(len(texts))}
    if len(texts) == _FIELD:
        return _field_column(texts, row)
    found = _in_sequence(texts, row.cells)
    wanted = {index for index, text in enumerate(texts) if text.strip()}
    if wanted - set(found) - set(range(_GROUPS)):
        return {
            index: row.cells.index(texts[index])
            for index in wanted
            if texts.count(texts[index]) == 1 == row.cells.count(texts[index])
        }
    return {**found, **_empty_between(texts, found, row, sorted(cell_elements(element)))}


def _trimmed(texts: Sequence[str]) -> list[str]:
    """Texts without the empty ones at the end."""
    filled = [at for at, text in enumerate(texts) if text.strip()]
    return list(texts[: filled[-1] + 1]) if filled else []


def _field_column(texts: Sequence[str], row: Row) -> dict[int, int]:
    """The cell of a field; of two with the same amount, 实施期 stands left and 年度 right."""
    name, text = texts
    found = [column for column, held in enumerate(row.cells) if text and holds_text(held, text)]
    if len(found) > 1 and name.startswith(HALVES):
        found = found[:1] if name.startswith(HALVES[0]) else found[-1:]
    return {1: found[0]} if len(found) == 1 else {}


def holds_text(held: str, text: str) -> bool:
    """Whether a cell holds a text as the comparison has it: the same words or amount."""
    value = amount(text) if text.strip() else None
    return looks(held) == looks(text) or (
        value is not None and bool(held.strip()) and amount(held) == value
    )


def _in_sequence(texts: Sequence[str], held: Sequence[str]) -> dict[int, int]:
    """Pairs texts with cells from the right, in order; a text that is not there is left out."""
    found = {}
    end = len(held)
    for index in reversed(range(len(texts))):
        if not texts[index].strip():
            continue
        for column in reversed(range(end)):
            if looks(held[column]) == looks(texts[index]):
                found[index] = end = column
                break
    return found


def _empty_between(
    texts: Sequence[str], found: Mapping[int, int], row: Row, begins: Sequence[int]
) -> dict[int, int]:
    """The empty cells whose place neighbours tell: a single one between two, or the last."""
    ends = {len(texts): len(row.cells), **found}
    empty = {}
    for index, text in enumerate(texts):
        if text.strip() or index - 1 not in found or index + 1 not in ends:
            continue
        between = [c for c in begins if found[index - 1] < c < ends[index + 1]]
        if len(between) == 1 and not row.cells[between[0]]:
            empty[index] = between[0]
    return empty
