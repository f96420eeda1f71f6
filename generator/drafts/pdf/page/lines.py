"""The characters of a page in lines, from the top down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from generator.core.text.patterns import late_pattern
from generator.drafts.pdf.page.drawn import DrawnCharacter
from generator.drafts.pdf.page.words import PlacedText, Word, words_of

_GAP = 1.0
"""A gap of this many characters sets words apart (单位名称：……    单位：万元)."""
_UNBROKEN = late_pattern(r"[0-9A-Za-z.,%/+\-]+[，。；：、！？）】》”]*|.")
_HAN = r"[㐀-鿿，。；：、（）《》“”]"
_SPACED_OUT = late_pattern(rf"(?<={_HAN}) +(?={_HAN})")
_OVERPRINTED = 2
"""Characters between one and its copy, at most: their places may lie between theirs."""
_MANY = 5
"""One space for so many Han characters, or more, is a habit of the text layer."""


class TextLine(PlacedText, frozen=True):
    """A line of text, or of a cell, with its place; ``lead`` is its first unbreakable run."""

    size: float
    lead: float
    words: tuple[Word, ...] = ()


def text_lines(chars: Iterable[DrawnCharacter]) -> Iterator[TextLine]:
    """Groups characters of one direction into lines."""
    return map(_line, _lines(chars))


def line_texts(chars: Iterable[DrawnCharacter]) -> Iterator[str]:
    """The texts of :func:`text_lines`, for whoever needs nothing else of them."""
    return (_text(line)[0] for line in _lines(chars))


def _lines(chars: Iterable[DrawnCharacter]) -> Iterator[Sequence[DrawnCharacter]]:
    """The characters of each line from left to right, without white space at its ends."""
    rows: list[list[DrawnCharacter]] = []
    above = 0.0
    # sorted with what they are sorted by: a key would be asked for each of so many characters
    levelled = [(char.level, char.x0, at, char) for at, char in enumerate(chars)]
    for level, _, _, char in sorted(levelled):
        if rows and abs(above - level) < char.size / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
        above = level
    for row in rows:
        shown = _once(sorted(row, key=attrgetter("x0")))
        filled = [at for at, char in enumerate(shown) if char.text.strip()]
        if filled:
            yield shown[filled[0] : filled[-1] + 1]


def _once(chars: Sequence[DrawnCharacter]) -> list[DrawnCharacter]:
    """Characters without those printed again, a little aside, to look bold or throw a shadow."""
    kept: list[DrawnCharacter] = []
    for char in chars:
        for before in kept[-_OVERPRINTED:]:
            if before.text == char.text and char.x0 - before.x0 <= (char.x1 - char.x0) / 2:
                break
        else:
            kept.append(char)
    return kept


def _text(chars: Sequence[DrawnCharacter]) -> tuple[str, list[int]]:
    """The text of a line, and where in it each of its characters ends."""
    text = chars[0].text
    ends = [len(text)]
    for before, char in pairwise(chars):
        if char.x0 - before.x1 > _GAP * char.size and not text.endswith(" "):
            text += " "
        text += char.text
        ends.append(len(text))
    return text, ends


def _line(chars: Sequence[DrawnCharacter]) -> TextLine:
    text, ends = _text(chars)
    lead = _UNBROKEN.match(text)
    length = lead.end() if lead else 1
    last = next(char for char, end in zip(chars, ends, strict=True) if end >= length)
    return TextLine(
        text,
        chars[0].x0,
        chars[-1].x1,
        min(char.top for char in chars),
        max(char.bottom for char in chars),
        max(char.size for char in chars),
        last.x1 - chars[0].x0,
        words_of(chars),
    )


def spaced_out(texts: Sequence[str]) -> bool:
    """Whether a text layer sets spaces between Han characters throughout; then they say nothing."""
    whole = "\n".join(texts)
    return len(_SPACED_OUT.findall(whole)) * _MANY > len(re.findall(_HAN, whole)) > 0


def without_spaces(text: str) -> str:
    """Text without the spaces between Han characters."""
    return _SPACED_OUT.sub("", text)
