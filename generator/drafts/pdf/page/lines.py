"""The characters of a page in lines, from the top down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from generator.drafts.pdf.page.drawn import Char
from generator.drafts.pdf.page.words import PlacedText, Word, words_of

_GAP = 1.0
"""A gap of this many characters sets words apart (单位名称：……    单位：万元)."""
_UNBROKEN = re.compile(r"[0-9A-Za-z.,%/+\-]+[，。；：、！？）】》”]*|.")
_HAN = r"[㐀-鿿，。；：、（）《》“”]"
_SPACED_OUT = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_OVERPRINTED = 2
"""Characters between one and its copy, at most: their places may lie between theirs."""
_MANY = 5
"""One space for so many Han characters, or more, is a habit of the text layer."""


@dataclass(frozen=True, slots=True)
class TextLine(PlacedText):
    """A line of text, or of a cell, with its place; ``lead`` is its first unbreakable run."""

    size: float
    lead: float
    words: tuple[Word, ...] = ()


def text_lines(chars: Iterable[Char]) -> Iterator[TextLine]:
    """Groups characters of one direction into lines."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char.level, char.x0)):
        if rows and abs(rows[-1][-1].level - char.level) < char.size / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    for row in rows:
        shown = _once(sorted(row, key=attrgetter("x0")))
        if any(char.text.strip() for char in shown):
            yield _line(shown)


def _once(chars: Sequence[Char]) -> list[Char]:
    """Characters without those printed again, a little aside, to look bold or throw a shadow."""
    kept: list[Char] = []
    for char in chars:
        again = (char.x1 - char.x0) / 2
        if not any(
            before.text == char.text and char.x0 - before.x0 <= again
            for before in kept[-_OVERPRINTED:]
        ):
            kept.append(char)
    return kept


def _line(chars: list[Char]) -> TextLine:
    while not chars[0].text.strip():
        chars = chars[1:]
    while not chars[-1].text.strip():
        chars = chars[:-1]
    text = chars[0].text
    ends = [len(text)]
    for before, char in pairwise(chars):
        apart = char.x0 - before.x1 > _GAP * char.size
        text += " " * (apart and not text.endswith(" ")) + char.text
        ends.append(len(text))
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
