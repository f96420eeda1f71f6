"""Joins the lines of a PDF into paragraphs, across pages, by how they are indented.

A line begins a paragraph where it is indented, where its size changes, where a
gap stands above it, or where the line before it ends short although there was
room for more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.drafts.pdf_page import PageContent, TextLine
from generator.drafts.wording import rejoined

_INDENT = 1.2
"""In characters; less is ragged setting."""
_TWO_CHARACTERS = (1.6, 2.4)
_ROOM = 1.5
_LINE_GAP = 1.6
_SAME_SIZE = 0.6
_CONTENTS_LINE = re.compile(r".*(\.{3,}|…+|·{3,})\s*\d+")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and the page it stands on."""

    line: TextLine
    page: int


def margins(pages: Sequence[PageContent]) -> Mapping[int, Margins]:
    """The margins of every page with text.

    Where all lines of a page are first lines of paragraphs its least indent is two
    characters too large; the other pages of the same width tell.
    """
    found: dict[int, Margins] = {}
    with_text = [(page, lines) for page in pages if (lines := _lines(page))]
    by_width = groupby(
        sorted(with_text, key=lambda each: each[0].width), key=lambda each: round(each[0].width)
    )
    for _, group in by_width:
        members = list(group)
        lefts = {page.number: _left(lines, members) for page, lines in members}
        for page, _ in members:
            left = lefts[page.number]
            alike = [lines for other, lines in members if abs(lefts[other.number] - left) < 1]
            right = max(line.x1 for lines in alike for line in lines)
            found[page.number] = Margins(left, right)
    return found


def _lines(page: PageContent) -> list[TextLine]:
    return [item for item in page.flow if isinstance(item, TextLine)]


def _left(lines: list[TextLine], members: Iterable[tuple[PageContent, list[TextLine]]]) -> float:
    first = min(lines, key=lambda line: line.x0)
    low, high = (first.x0 - count * first.size for count in reversed(_TWO_CHARACTERS))
    others = [min(line.x0 for line in lines) for _, lines in members]
    return min((left for left in others if low <= left <= high), default=first.x0)


def begins(before: Placed | None, placed: Placed, page_margins: Mapping[int, Margins]) -> bool:
    """Whether a line begins a paragraph."""
    if before is None:
        return True
    earlier, line = before.line, placed.line
    return (
        abs(line.size - earlier.size) > _SAME_SIZE
        or line.x0 - page_margins[placed.page].left > _INDENT * line.size
        or (before.page == placed.page and line.top - earlier.bottom > _LINE_GAP * line.size)
        or bool(_CONTENTS_LINE.fullmatch(earlier.text))
        or page_margins[before.page].right - earlier.x1 > line.lead + _ROOM * line.size
    )


def text_of(lines: Sequence[Placed]) -> str:
    """The text of a paragraph."""
    return rejoined([placed.line.text for placed in lines])
