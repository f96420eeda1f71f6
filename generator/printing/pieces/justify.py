"""Justifies text that WeasyPrint has laid out: it stretches spaces, and Han text has none.

A line that is to be justified ends at the margin: what it lacks is shared out between its
characters. Numbers and Latin words are not drawn apart, and no space is wider than another.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import combining, east_asian_width

from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import Layout

Box = Any
"""A box of WeasyPrint's, which ships no types."""

GRID = 1000
"""Glyphs are placed on thousandths of their size; a whole number of them is not rounded."""
_LEAST = 0.01  # pixels: a line that lacks less is full


class _Character(NamedTuple):
    """A character of a line: its box, and where it begins in the text of that box, in bytes."""

    box: Box
    offset: int
    character: str


def justify(page_box: Box) -> None:
    """Draws the lines of justified paragraphs on a page out to the margin; they change in place."""
    for block in _blocks(page_box):
        right = block.content_box_x() + block.width
        for line in block.children:
            if line.resume_at is not None:  # the last line of a paragraph ends where it ends
                _stretch(line, right)


def _blocks(box: Box) -> Iterator[Box]:
    """The blocks of lines that are justified."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox":
            if child.style["text_align_all"] == "justify":
                yield box
            return
        yield from _blocks(child)


def _stretch(line: Box, right: float) -> None:
    """Shares out what a line lacks between its characters."""
    texts = list(_texts(line))
    if not texts:
        return
    shared = {id(text): -_take_back(text) for text in texts}
    lacking = right - (texts[-1].position_x + texts[-1].width + sum(shared.values()))
    gaps = [first for first, second in pairwise(_characters(texts)) if _may_part(first, second)]
    unit = line.style["font_size"] / GRID
    each, more = divmod(math.floor(lacking / unit), len(gaps)) if gaps else (0, 0)
    spread: defaultdict[int, dict[int, float]] = defaultdict(dict)
    if lacking > _LEAST:
        for position, gap in enumerate(gaps):
            spread[id(gap.box)][gap.offset] = (each + (position < more)) * unit
    for text in texts:
        text.pango_layout = _SpreadText(text.pango_layout, spread[id(text)])
        shared[id(text)] += sum(spread[id(text)].values())
    _move(line, shared, 0)


def _texts(box: Box) -> Iterator[Box]:
    """The boxes of text of a line, in their order."""
    for child in box.children:
        if type(child).__name__ == "TextBox":
            yield child
        elif hasattr(child, "children"):
            yield from _texts(child)


def _take_back(text: Box) -> float:
    """Takes back what WeasyPrint gave the spaces of a text; returns how much that was."""
    given: float = text.justification_spacing * (text.text.count(" ") + text.text.count("\u00a0"))
    text.justification_spacing = 0
    return given


def _characters(texts: list[Box]) -> Iterator[_Character]:
    for text in texts:
        offset = 0
        for character in text.pango_layout.text:
            yield _Character(text, offset, character)
            offset += len(character.encode())


def _may_part(first: _Character, second: _Character) -> bool:
    """Whether room may come between two characters: not within a number or a Latin word."""
    if combining(second.character):
        return False
    return not (_is_of_a_word(first.character) and _is_of_a_word(second.character))


def _is_of_a_word(character: str) -> bool:
    return not character.isspace() and east_asian_width(character) in ("Na", "N", "H")


def _move(box: Box, shared: Mapping[int, float], shift: float) -> float:
    """Moves the boxes of a line by what those before them have gained; returns the gain."""
    begin = shift
    for child in box.children:
        if type(child).__name__ == "TextBox":
            child.position_x += shift
            child.width += shared[id(child)]
            shift += shared[id(child)]
        elif hasattr(child, "children"):
            child.position_x += shift
            gained = _move(child, shared, shift)
            child.width += gained
            shift += gained
        else:
            child.translate(shift, 0)
    if type(box).__name__ == "LineBox":
        box.width += shift - begin
    return shift - begin


class _SpreadText(Layout):  # type: ignore[misc]
    """The text of a box as WeasyPrint draws it, with room after some of its characters."""

    def __init__(self, plain: Layout, room: Mapping[int, float]) -> None:
        """Takes the place of a box's text.

        Args:
            plain: the text as laid out, put aside until it is drawn.
            room: by the place of a character in the text, in bytes, what comes after it in pixels.
        """
        self.__dict__.update(plain.__dict__)  # with the measures of lines under and through it
        self.justification_spacing = 0
        self._room = room

    def get_first_line(self) -> tuple[Any, int | None]:
        """The line, its glyphs wider by the room after them; asked for once, when it is drawn."""
        line, index = super().get_first_line()
        run = line.runs[0] if line.length else ffi.NULL
        while run != ffi.NULL:
            glyphs, begin = run.data.glyphs, run.data.item.offset
            for at in range(glyphs.num_glyphs):
                room = self._room.get(begin + glyphs.log_clusters[at], 0)
                last = at + 1 == glyphs.num_glyphs
                if room and (last or glyphs.log_clusters[at + 1] != glyphs.log_clusters[at]):
                    glyphs.glyphs[at].geometry.width += math.ceil(room * TO_UNITS)
            run = run.next
        return line, index
