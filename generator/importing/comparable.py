"""The lines of a section as one text to be compared, with the way back to their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Line, Spot
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import COMMON
from generator.importing.section_text import MONEY, SEPARATOR, in_unit, line_text

_LIST = late_pattern(r"(?<=主要包括:)[^;。:]+?(?=等[;。])")
_NOUGHTS = late_pattern(r"(?<=\d)\.0+(?=[万亿]?元)|(?<=\.[1-9])0+(?=[万亿]?元)")
"""What an amount in another notation has at its end: 34.00万元 is 34万元."""
_Sign = tuple[str, int, int]
"""A character, the line it is from, and where it stands there."""


class Comparable:
    """``text`` is squeezed, the names of a list in one order: any order says the same.

    Amounts that another text has in 元, 万元 or 亿元 stand in that unit here as well.
    """

    def __init__(self, lines: Sequence[Line], other: str = "") -> None:
        self._lines = lines
        self._texts = [line_text(line) for line in lines]
        self._signs = _in_one_order(_converted(list(_signs(self._texts)), other))
        self.text = "".join(sign for sign, _, _ in self._signs)

    def spot(self, place: int) -> Spot | None:
        """Where a place of the text stands: its line."""
        if not self._signs:
            return self._lines[-1].spot if self._lines else None
        _, line, _ = self._signs[min(place, len(self._signs) - 1)]
        return self._lines[line].spot

    def quoted(self, start: int, end: int, around: int) -> str:
        """A stretch in quotation marks as it stands, with some of its line on both sides.

        What stands in several lines is quoted line by line; a place without words is said to be.
        """
        if not self._signs:
            return "没有这一节"
        first, last = min(start, len(self._signs) - 1), max(start, end - 1)
        while start > 0 and first - start < around and self._same_line(start - 1, first):
            start -= 1
        after = 0
        while after < around and end < len(self._signs) and self._same_line(end, last):
            end, after = end + 1, after + 1
        pieces = [self._words(run) for run in _runs(self._signs[start:end])]
        return "".join(f"“{piece}”" for piece in pieces) or "没有这几个字"

    def _same_line(self, one: int, other: int) -> bool:
        other = min(other, len(self._signs) - 1)
        return self._signs[one][1] == self._signs[other][1]

    def _words(self, run: Sequence[_Sign]) -> str:
        (_, line, start), (_, _, end) = run[0], run[-1]
        return self._texts[line][start : end + 1]


def _signs(texts: Sequence[str]) -> Iterator[_Sign]:
    """The characters to be compared: no thousands separators, no noughts that end an amount.

    One character may be several.
    """
    for line, text in enumerate(texts):
        silent = {match.start() for match in SEPARATOR.finditer(text)}
        silent.update(at for match in _NOUGHTS.finditer(text) for at in range(*match.span()))
        for at, written in enumerate(text):
            if at not in silent:
                yield from ((sign, line, at) for sign in squeezed(written))


def _converted(signs: list[_Sign], other: str) -> list[_Sign]:
    """The characters with those amounts in another unit that another text has so."""
    text = "".join(sign for sign, _, _ in signs)
    for match in reversed(list(MONEY.finditer(text))):
        if words := _as_in(other, match):
            (_, line, first), (_, _, last) = signs[match.start()], signs[match.end() - 1]
            converted = [(sign, line, first) for sign in words[:-1]]
            signs[match.start() : match.end()] = [*converted, (words[-1], line, last)]
    return signs


def _as_in(other: str, match: re.Match[str]) -> str:
    """An amount as another text has it in another unit; nothing if it has it in none.

    Nothing, too, if the other text has it as it stands: then that is the place to hold it against.
    """
    if _has(other, match[0]):
        return ""
    written = (_NOUGHTS.sub("", in_unit(match, unit)) for unit in COMMON)
    return next(
        (words for words in written if _has(other, words)),
        "",
    )


def _has(text: str, amount: str) -> bool:
    return amount in text and re.search(rf"(?<![\d.]){re.escape(amount)}", text) is not None


def _in_one_order(signs: list[_Sign]) -> list[_Sign]:
    text = "".join(sign for sign, _, _ in signs)
    for match in reversed(list(_LIST.finditer(text))):
        start, end = match.span()
        names = [
            list(group)
            for is_mark, group in groupby(signs[start:end], key=lambda each: each[0] == "、")
            if not is_mark
        ]
        marks = [sign for sign in signs[start:end] if sign[0] == "、"]
        names.sort(key=lambda name: [sign for sign, _, _ in name])
        ordered = list(names[0]) if names else []
        for mark, name in zip(marks, names[1:], strict=False):
            ordered += [mark, *name]
        if len(ordered) == end - start:
            signs[start:end] = ordered
    return signs


def _runs(signs: Sequence[_Sign]) -> Iterator[list[_Sign]]:
    """The stretches of characters that follow one another in one line."""
    run: list[_Sign] = list(signs[:1])
    for before, sign in pairwise(signs):
        if before[1] == sign[1] and before[2] <= sign[2]:
            run.append(sign)
        else:
            yield run
            run = [sign]
    if run:
        yield run
