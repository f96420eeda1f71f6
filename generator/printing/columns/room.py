"""Gives columns of text the room that others do not need, so that fewer lines are broken.

A name that breaks for its last character makes its row twice as high, beside amounts with room to
spare. A column gives what neither its amounts nor its head nor its other texts need; which says
how many lines they take now, and takes no more of them afterwards.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

_NOTHING = 1e-6
"""Points: what adding up may be off."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a cell that may be broken after any of its characters; all in points."""

    width: float
    size: float
    around: float

    def lines(self, column: float) -> int:
        """How many lines it takes in a column so wide."""
        if self.width + self.around <= column + _NOTHING:
            return 1
        characters = math.floor((column - self.around) / self.size + _NOTHING)
        return math.ceil(self.width / (self.size * characters)) if characters > 0 else _MANY

    def needed(self, lines: int) -> float:
        """How wide a column must be for so many lines."""
        if lines == 1:
            return self.width + self.around
        return math.ceil(self.width / self.size / lines - _NOTHING) * self.size + self.around


_MANY = 1000
_MOST_LINES = 4
"""Of a text for which widths are tried."""


@dataclass(frozen=True, slots=True)
class BrokenHead:
    """The words of a head, which is broken between them; all in points.

    Attributes:
        words: how wide they are.
        around: what is left free beside them.
        rows: how many rows of heads it spans: so many lines it may take.
    """

    words: Sequence[float]
    around: float
    rows: int = 1

    def lines(self, column: float) -> int:
        """How many lines it takes in a column so wide."""
        lines, used = 1, 0.0
        for word in self.words:
            if used and used + word > column - self.around + _NOTHING:
                lines, used = lines + 1, 0.0
            used += word
        return lines

    def needed(self, lines: int) -> float:
        """How wide a column must be for so many lines; its longest word is never broken."""
        ends = [0.0, *accumulate(self.words)]
        longest = max(self.words, default=0)
        widths = sorted({end - start for start in ends for end in ends if end - start >= longest})
        fitting = (each for each in widths if self.lines(each + self.around) <= lines)
        return next(fitting, longest) + self.around


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what stands in it.

    Attributes:
        width: what it has, in points.
        kept: what it keeps in any case, as for its amounts.
        heads: its heads that span no other column.
        texts: its texts that span no other column, and how often each is there.
    """

    width: float
    kept: float
    heads: list[BrokenHead] = field(default_factory=list)
    texts: Counter[Text] = field(default_factory=Counter)

    def lines(self, width: float) -> int:
        """How many lines its texts take together in a width."""
        return sum(count * text.lines(width) for text, count in self.texts.items())

    @property
    def breaks(self) -> bool:
        """Whether a text of it takes more than one line."""
        return any(text.lines(self.width) > 1 for text in self.texts)

    @property
    def least(self) -> float:
        """What it needs so that nothing in it makes a row higher than now."""
        heads = [each.needed(max(each.lines(self.width), each.rows)) for each in self.heads]
        texts = [each.needed(each.lines(self.width)) for each in self.texts]
        return min(self.width, max([self.kept, *heads, *texts]))


def roomier(columns: Sequence[Column], allowed: Callable[[Sequence[float]], bool]) -> list[float]:
    """Widths of the same sum with which texts take fewer lines; those they have if there are none.

    Args:
        columns: the columns.
        allowed: whether widths may be had, for what the columns do not tell, as heads of several.
    """
    widths = [column.width for column in columns]
    leasts = [column.least for column in columns]
    wanting = [at for at, column in enumerate(columns) if column.breaks]
    for at in sorted(wanting, key=lambda at: -columns[at].lines(columns[at].width)):
        spare = [
            0.0 if other in wanting else width - least
            for other, (width, least) in enumerate(zip(widths, leasts, strict=True))
        ]
        more = _best(columns[at], widths[at], sum(spare)) - widths[at]
        if more <= 0:
            continue
        share = more / sum(spare)
        changed = [width - each * share for width, each in zip(widths, spare, strict=True)]
        changed[at] += more
        if allowed(changed):
            widths = changed
    return widths


def _best(column: Column, width: float, spare: float) -> float:
    """The least width, with no more than what is to spare, in which texts take fewest lines."""
    tried = {
        text.needed(lines)
        for text in column.texts
        for lines in range(1, min(text.lines(width), _MOST_LINES))
    }
    within = [each for each in tried if width < each <= width + spare]
    return min([width, *within], key=lambda each: (column.lines(each), each))
