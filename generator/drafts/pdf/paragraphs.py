"""Joins the lines of a PDF into paragraphs, across pages, by how they are indented.

A line begins a paragraph where it is indented, where its size changes, where a
gap stands above it, or where the line before it ends short although there was
room for more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from math import inf
from statistics import median

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.pdf.page.lines import TextLine
from generator.drafts.pdf.page.page import PageContent
from generator.drafts.words.text import rejoined

_INDENT = 1.2
"""In characters; less is ragged setting."""
_TWO_CHARACTERS = (1.6, 2.4)
_ROOM = 1.5
_LINE_GAP = 1.6
_WIDER = 1.3
"""A gap between paragraphs is so much wider than that between the lines of the page."""
_FEWEST = 5
_SAME_SIZE = 0.6
_LONG = 0.7
_NEARLY = 0.4
_OFF_MARGIN = 0.15
"""In characters: how little room a centred line leaves, and how far it keeps from the margins."""
_ENDED = late_pattern(r"[。；：！？;:!?]\s*$")
_CONTENTS_LINE = late_pattern(r".*(\.{3,}|…+|·{3,})\s*\d+")


Numbered = tuple[int, list[TextLine]]


class Margins(Struct, frozen=True):
    """Where the lines of a page begin and end, and how far apart they usually stand.

    ``widest`` is where those begin and end that reach farthest on any page of the same width.
    """

    left: float
    right: float
    apart: float
    widest: tuple[float, float]


class PlacedLine(Struct, frozen=True):
    """A line, the page it stands on, and the number of the content of a page that it is in."""

    line: TextLine
    page: int
    content: int


def margins_of_pages(pages: Sequence[PageContent]) -> Mapping[int, Margins]:
    """The margins of the contents of pages with text, by their number in the sequence.

    Where all lines of a page are first lines of paragraphs its least indent is two
    characters too large; the other pages of the same width tell.
    """
    found: dict[int, Margins] = {}
    with_text = [(number, lines) for number, page in enumerate(pages) if (lines := _lines(page))]
    with_text.sort(key=lambda each: pages[each[0]].width)
    for _, group in groupby(with_text, key=lambda each: round(pages[each[0]].width)):
        members = list(group)
        firsts = [min(line.x0 for line in lines) for _, lines in members]
        lefts = {number: _left(lines, firsts) for number, lines in members}
        rights = _rights(members, lefts)
        widest = max(
            ((lefts[number], rights[number]) for number, _ in members),
            key=lambda ends: ends[1] - ends[0],
        )
        found |= {
            number: Margins(lefts[number], rights[number], _apart(lines), widest)
            for number, lines in members
        }
    return found


def _apart(lines: Sequence[TextLine]) -> float:
    """The usual room between lines that follow one another; 0 for too few to tell."""
    rooms = [below.top - line.bottom for line, below in pairwise(lines) if below.top > line.bottom]
    return median(rooms) if len(rooms) >= _FEWEST else 0.0


def _rights(members: Sequence[Numbered], lefts: Mapping[int, float]) -> dict[int, float]:
    """How far lines reach to the right where they begin at about the same left."""
    reach = {number: max(line.x1 for line in lines) for number, lines in members}
    by_left = sorted((left, reach[number]) for number, left in lefts.items())
    rights: dict[int, float] = {}
    for number, left in lefts.items():
        start = bisect_right(by_left, (left - 1, inf))
        end = bisect_left(by_left, (left + 1, -inf))
        rights[number] = max(right for _, right in by_left[start:end])
    return rights


def _lines(page: PageContent) -> list[TextLine]:
    return [item for item in page.flow if isinstance(item, TextLine)]


def _left(lines: Sequence[TextLine], firsts: Iterable[float]) -> float:
    first = min(lines, key=lambda line: line.x0)
    if _goes_on_at(first.x0, lines):
        return first.x0
    low, high = (first.x0 - count * first.size for count in reversed(_TWO_CHARACTERS))
    return min((left for left in firsts if low <= left <= high), default=first.x0)


def _goes_on_at(left: float, lines: Sequence[TextLine]) -> bool:
    """Whether full lines that are indented by two characters go on in lines that begin there."""
    right = max(line.x1 for line in lines)
    low, high = _TWO_CHARACTERS
    return any(
        low <= (line.x0 - left) / line.size <= high
        and right - line.x1 <= line.size
        and abs(below.x0 - left) < 1
        for line, below in pairwise(lines)
    )


def begins(
    before: PlacedLine | None, placed: PlacedLine, page_margins: Mapping[int, Margins]
) -> bool:
    """Whether a line begins a paragraph."""
    if before is None:
        return True
    earlier, line = before.line, placed.line
    if before.content == placed.content and _wraps_centred(
        earlier, line, page_margins[placed.content].widest
    ):
        return False
    return (
        abs(line.size - earlier.size) > _SAME_SIZE
        or line.x0 - page_margins[placed.content].left > _INDENT * line.size
        or (
            before.content == placed.content
            and line.top - earlier.bottom
            > max(_LINE_GAP * line.size, _WIDER * page_margins[placed.content].apart)
        )
        or bool(_CONTENTS_LINE.fullmatch(earlier.text))
        or page_margins[before.content].right - earlier.x1 > line.lead + _ROOM * line.size
    )


def _wraps_centred(earlier: TextLine, line: TextLine, widest: tuple[float, float]) -> bool:
    """Whether a centred line that had no room for more goes on in a shorter one, centred too.

    That is how a long title or name stands on a cover, whose own margins may be wider: one
    character alone in a line is no line of its own. A line that fills its page from margin to
    margin is none either: the centred one below it is a heading.
    """
    left, right = widest
    reach = earlier.x1 - earlier.x0
    alone = len(line.text.strip()) == 1 and reach > _LONG * (right - left)
    full = alone or reach + line.lead > right - left - _NEARLY * line.size
    centres = (earlier.x0 + earlier.x1) / 2, (line.x0 + line.x1) / 2
    return (
        full
        and abs(line.size - earlier.size) <= _SAME_SIZE
        and abs(centres[0] - centres[1]) <= line.size / 2
        and abs(centres[0] - (left + right) / 2) <= line.size / 2
        and line.x0 - earlier.x0 > line.size
        and earlier.x0 - left > _OFF_MARGIN * line.size
        and line.top - earlier.bottom <= _LINE_GAP * line.size
        and _ENDED.search(earlier.text) is None
    )


def paragraph_text(lines: Sequence[PlacedLine]) -> str:
    """The text of a paragraph."""
    return rejoined([placed.line.text for placed in lines])
