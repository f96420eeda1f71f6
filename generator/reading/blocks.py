"""A draft in reading order: every paragraph and every table, whatever format it follows."""

from __future__ import annotations

from msgspec import Struct

from generator.core.findings import Location
from generator.core.records import replace


class PlainRow(Struct, frozen=True):
    """A row of a table as grid cells; merged cells hold their text once.

    ``addresses`` are those of its figures, if it was printed from data.
    """

    cells: tuple[str, ...]
    place: Location
    addresses: tuple[str, ...] = ()


class TextBlock(Struct, frozen=True):
    """A paragraph or heading; ``aside`` says what it is if it is no running text.

    As that of :class:`generator.drafts.draft.Paragraph`, 页码 for what only its look tells,
    and 续表 for the title and unit that a table repeats where a page break cut it.
    """

    text: str
    place: Location
    aside: str = ""


class TableBlock(Struct, frozen=True):
    """A whole table: the pieces that page breaks made of it are one, repeated heads left out.

    ``captions`` are the short lines right above it, which are blocks of their own too.
    """

    rows: tuple[PlainRow, ...]
    captions: tuple[TextBlock, ...]
    place: Location


Block = TextBlock | TableBlock


def within(place: Location, words: str) -> Location:
    """A place made more exact by words: the cell of a row, the sentence of a paragraph."""
    return replace(place, spot=" ".join(filter(None, (place.spot, words))))
