"""Puts names together that are wrapped around the line of their amounts.

A cell of one line stands in the middle of its row: with as many lines of the name above as below.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from generator.core.records import replace
from generator.drafts.lines import BEGINS
from generator.drafts.text.pieces import LinePiece, is_total_line
from generator.drafts.words.text import rejoined

_NEARLY_FULL = 0.85
"""So much of the widest text of its column fills a line that was wrapped."""


class BodyLine(Struct, frozen=True):
    """A line of the body of a table: its number, its texts, and the column of each."""

    number: int
    texts: tuple[LinePiece, ...]
    places: tuple[int, ...]

    def text_in(self, place: int) -> str:
        """The text in a column."""
        pairs = zip(self.places, self.texts, strict=True)
        return next((piece.text for column, piece in pairs if column == place), "")


def shown_width(text: str) -> int:
    """The width of a text: ideographs are twice as wide as digits."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def with_whole_names(lines: Sequence[BodyLine]) -> list[BodyLine]:
    """The lines of a body, those of a name that is wrapped around its amounts as one."""
    names = _Names(lines)
    found: list[BodyLine] = []
    at = taken = 0
    while at < len(lines):
        around = min(names.around(at), at - taken)
        if around:
            del found[len(found) - around :]
            found.append(names.whole(at, around))
            taken = at + around + 1
        else:
            found.append(lines[at])
        at += around + 1
    return found


class _Names:
    """The names in the lines of a body."""

    def __init__(self, lines: Sequence[BodyLine]) -> None:
        self._lines = lines
        self._widest: dict[int, int] = {}
        for line in lines:
            for place, piece in zip(line.places, line.texts, strict=True):
                widest = self._widest.get(place, 0)
                self._widest[place] = max(widest, shown_width(piece.text))

    def around(self, at: int) -> int:
        """How many lines above a line, and below it, have only more of its name."""
        line, place = self._lines[at], self._alone(at - 1)
        if place is None or self._goes_on(at + 1) != place:
            return 0
        if place in line.places:
            own = line.text_in(place)
            rest = any(piece.is_amount for piece in line.texts if piece.text != own)
            wrapped = rest and self._is_full(at - 1, place) and self._is_full(at, place)
        else:
            wrapped = any(piece.is_amount for piece in line.texts)
        if not wrapped:
            return 0
        more = 1
        while (
            self._alone(at - more - 1) == place == self._goes_on(at + more + 1)
            and self._is_full(at - more - 1, place)
            and self._is_full(at + more, place)
        ):
            more += 1
        return more

    def whole(self, at: int, around: int) -> BodyLine:
        """A line with all of its name."""
        line, place = self._lines[at], self._lines[at - 1].places[0]
        parts = self._lines[at - around : at + around + 1]
        name = rejoined([part.text_in(place) for part in parts])
        first = replace(parts[-1].texts[0], text=name)  # as full as its last line
        rest = [
            (column, piece)
            for column, piece in zip(line.places, line.texts, strict=True)
            if column != place
        ]
        cells = sorted([(place, first), *rest], key=lambda cell: cell[0])
        places, texts = zip(*cells, strict=True)
        return BodyLine(parts[0].number, tuple(texts), tuple(places))

    def _alone(self, at: int) -> int | None:
        """The column of the only text of a line, if that is no amount."""
        if not 0 <= at < len(self._lines):
            return None
        texts = self._lines[at].texts
        lone = len(texts) == 1 and not texts[0].is_amount and not is_total_line(texts)
        return self._lines[at].places[0] if lone else None

    def _goes_on(self, at: int) -> int | None:
        place = self._alone(at)
        begins = place is not None and BEGINS.match(self._lines[at].texts[0].text)
        return None if begins else place

    def _is_full(self, at: int, place: int) -> bool:
        width = shown_width(self._lines[at].text_in(place))
        return width >= _NEARLY_FULL * self._widest[place]
