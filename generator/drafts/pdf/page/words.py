"""The words of a line: what stands apart in it, such as the cells of a table without rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.pdf.page.drawn import DrawnCharacter
from generator.drafts.words.text import rejoined

_APART = 0.15
"""In characters; the padding of two cells is wider."""
_LATIN_SPACE = 0.4
_SPACE = 1.0
_SAME_LINE = 0.2
_LONE_HAN = late_pattern(r"[一-鿿]")
_TITLE_SPACING = 3.0
"""In characters; “合  计” and “项  目” are set so."""


class PlacedText(Struct, frozen=True):
    """A text and its place on a page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def level(self) -> float:
        """Its middle from top to bottom."""
        return (self.top + self.bottom) / 2


class Word(PlacedText, frozen=True):
    """A run of characters without a gap."""

    size: float


def words_of(chars: Iterable[DrawnCharacter]) -> tuple[Word, ...]:
    """The words among characters of about one height, from left to right.

    Cells beside each other may have their lines at different heights.
    """
    lines: list[list[DrawnCharacter]] = []
    for char in sorted(chars, key=attrgetter("baseline")):
        if lines and char.baseline - lines[-1][0].baseline < _SAME_LINE * char.size:
            lines[-1].append(char)
        else:
            lines.append([char])
    words = (word for line in lines for word in _words_in(sorted(line, key=attrgetter("x0"))))
    return tuple(sorted(words, key=attrgetter("x0")))


def _words_in(chars: Iterable[DrawnCharacter]) -> Iterator[Word]:
    words: list[Word] = []
    run: list[DrawnCharacter] = []
    text, right, space = "", 0.0, False
    for char in chars:
        if not char.text.strip():
            space = True
            continue
        gap = (char.x0 - right) / char.size
        spaced = space and gap <= _LATIN_SPACE
        if run and gap > _APART and not spaced:
            words.append(_word(run, text, right))
            run, text = [], ""
        text += " " * bool(run and gap > _APART) + char.text
        right = max(right, char.x1) if run else char.x1
        run.append(char)
        space = False
    if run:
        words.append(_word(run, text, right))
    yield from _closed_up(words)


def _word(chars: Sequence[DrawnCharacter], text: str, right: float) -> Word:
    top, bottom = min(char.top for char in chars), max(char.bottom for char in chars)
    return Word(text, chars[0].x0, right, top, bottom, chars[0].size)


def _merged(word: Word, more: Word) -> Word:
    return Word(
        word.text + more.text,
        word.x0,
        max(word.x1, more.x1),
        min(word.top, more.top),
        max(word.bottom, more.bottom),
        word.size,
    )


def _closed_up(words: Sequence[Word]) -> Iterator[Word]:
    """The words, two lone Han characters beside each other made one: 合  计."""
    before: Word | None = None
    for word in words:
        lone = _LONE_HAN.fullmatch(word.text)
        if before and lone and word.x0 - before.x1 < _TITLE_SPACING * word.size:
            yield _merged(before, word)
            before = None
            continue
        if before:
            yield before
        before = word if lone else None
        if not lone:
            yield word
    if before:
        yield before


def text_of_words(words: Iterable[Word]) -> str:
    """The text of a cell, from its words."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.level):
        if lines and abs(lines[-1][-1].level - word.level) < word.size / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return rejoined([_line_text(sorted(line, key=lambda word: word.x0)) for line in lines])


def _line_text(words: Sequence[Word]) -> str:
    text = words[0].text
    for before, word in pairwise(words):
        text += " " * (word.x0 - before.x1 > _SPACE * word.size) + word.text
    return text


def bands(words: Iterable[Word], room: float) -> list[list[Word]]:
    """Words that overlap from top to bottom, or stand no farther apart than ``room``."""
    found: list[list[Word]] = []
    bottom = 0.0
    for word in sorted(words, key=lambda word: word.top):
        if found and word.top - bottom <= room:
            found[-1].append(word)
            bottom = max(bottom, word.bottom)
        else:
            found.append([word])
            bottom = word.bottom
    return found
