"""The sentences of a section as one text: folded for patterns, with the way back to its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal

from generator.core.numbers.rounding import plain_number
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Draft, Line, Row, Spot
from generator.drafts.words.units import PRESCRIBED, UNIT, Unit, unit_of
from generator.importing.forms.cells import is_exact
from generator.importing.forms.text import even

SEPARATOR = late_pattern(r"(?<=\d)[,，](?=\d{3}(?!\d))")
MONEY = late_pattern(rf"(?P<number>\d+(?:\.\d+)?)(?P<unit>{UNIT})(?![/每])")
_FOLDED = str.maketrans(",;:!?()０１２３４５６７８９", "，；：！？（）0123456789")


def line_text(line: Line) -> str:
    """The words of a line; the cells of a row one after the other."""
    return " ".join(line.cells) if isinstance(line, Row) else line.text


def words(text: str, draft: Draft) -> str:
    """A text for the data: as printed, or by the rules of text drafts."""
    return text.strip() if is_exact(draft) else even(text)


class SectionText:
    """The lines of a section in one piece.

    ``folded`` has no white space and no thousands separators, its punctuation is
    full-width, and its money is in 万元 unless it is not to be ``converted``: patterns
    read it. What goes into the data is cut out of the lines as they stand, so that no
    word changes on the way.
    """

    def __init__(self, lines: Iterable[Line], *, converted: bool = True) -> None:
        self._lines = list(lines)
        texts = [line_text(line) for line in self._lines]
        self._text = "".join(texts)
        ends: list[int] = []
        for text in texts:
            ends.append((ends[-1] if ends else 0) + len(text))
        self._ends = ends
        separators = {match.start() for match in SEPARATOR.finditer(self._text)}
        self._places = [
            place
            for place, sign in enumerate(self._text)
            if not sign.isspace() and place not in separators
        ]
        self.folded = "".join(self._text[place] for place in self._places).translate(_FOLDED)
        if converted:
            self._convert()

    def _convert(self) -> None:
        """Writes every amount in 万元; its characters stand where its number stood."""
        pieces: list[str] = []
        places: list[int] = []
        at = 0
        for match in MONEY.finditer(self.folded):
            words = in_unit(match)
            if words == match[0]:
                continue
            own = self._places[match.start() : match.end()]
            pieces += [self.folded[at : match.start()], words]
            places += self._places[at : match.start()]
            places += [*([own[0]] * (len(words) - 1)), own[-1]]
            at = match.end()
        self.folded = "".join(pieces) + self.folded[at:]
        self._places = places + self._places[at:]

    def original(self, start: int, end: int) -> str:
        """The words as they stand for a part of ``folded``."""
        return self._text[self._places[start] : self._places[end - 1] + 1] if start < end else ""

    def spot(self, place: int = 0) -> Spot | None:
        """Where a place of ``folded`` stands in the draft."""
        if not self._places:
            return self._lines[0].spot if self._lines else None
        at = self._places[min(place, len(self._places) - 1)]
        return self._lines[bisect_right(self._ends, at)].spot


def in_unit(match: re.Match[str], unit: Unit = PRESCRIBED) -> str:
    """An amount in a unit, usually 万元; one that is stays as it is."""
    own = unit_of(match["unit"])
    if own is unit:
        return match[0]
    amount = Decimal(match["number"]) * own.yuan / unit.yuan
    return f"{plain_number(amount)}{unit.words}"
