"""Lines that grids of one kind say each in its own words: headings, and titles said again.

On the specimen a sample stands for the words. Where its line stands is read off, and the words
of each grid are painted there: so a kind is what its headings look like, not what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from generator.compose.document.tree import HEADINGS, Element
from generator.core.text.patterns import late_pattern
from generator.printing.grids.known_css import (
    SAME,
    Box,
    expect,
    expect_known,
    expect_known_margin,
    expect_plain,
    text_align,
)
from generator.printing.grids.shaping import SettingStyle, ShapedLine, Shaper

SLOT = "slot-"
"""What the names begin with that stand for a grid's own anchors and bookmarks."""
_SAMPLE = late_pattern(r"本表(\d+)第(\d+)处")
_SPACES = late_pattern(r"^[ \t\n\r\f]|[\t\n\r\f]|  |[ \t\n\r\f]$")
"""What WeasyPrint would not leave as it is."""
_WORDS = ("string", "attr()")
_ALL_TEXT = (("content()", "text"), ("content", "text"))


Words = Sequence[str] | Mapping[int, str]
"""What stands for the samples, by their positions."""


class PlacedOwnLine(NamedTuple):
    """A line of text with where its baseline begins, in CSS pixels from the top left."""

    line: ShapedLine
    x: float
    y: float

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + self.line.width


class OwnLine(NamedTuple):
    """A line of a kind of grid that each grid says in its own words; lengths in CSS pixels.

    Attributes:
        text: what it says, a sample for the words of a heading.
        style: how it is set.
        align: ``left``, ``center`` or ``right``.
        left: where the room for it begins.
        room: how much there is.
        y: its baseline.
        height: how high it is.
        ascent: from there to its baseline.
    """

    text: str
    style: SettingStyle
    align: str
    left: float
    room: float
    y: float
    height: float
    ascent: float

    def placed(self, words: Words, shaper: Shaper) -> PlacedOwnLine:
        """The line in the words of one grid.

        Raises:
            UnknownStyleError: if it would not stand as the sample does.
        """
        lines = shaper.lines(self.style, filled(self.text, words), None)
        line = lines[0]
        expect(len(lines) == 1 and line.width <= self.room, "a line without room")
        expect((line.height, line.baseline) == (self.height, self.ascent), "a line of other fonts")
        spare = self.room - line.width
        x = self.left + {"left": 0, "center": spare / 2, "right": spare}[self.align]
        return PlacedOwnLine(line, x, self.y)


class OwnLines(NamedTuple):
    """The lines that a grid says in its own words, on its first page and on those after it."""

    first: Sequence[PlacedOwnLine]
    going_on: Sequence[PlacedOwnLine]


def placed_lines(lines: Iterable[OwnLine], words: Words, shaper: Shaper) -> list[PlacedOwnLine]:
    """The lines of a page in the words of one grid.

    Raises:
        UnknownStyleError: if they would not stand as the samples do.
    """
    placed = [line.placed(words, shaper) for line in lines]
    for one, other in combinations(placed, 2):
        if _alike(one.y, other.y):  # the two parts of one line
            apart = min(one.end, other.end) <= max(one.x, other.x)
            expect(apart, "a line without room for its parts")
    return placed


def has_sample(text: str) -> bool:
    """Whether a text says by chance what samples say."""
    return bool(_SAMPLE.search(text))


def own_headings(headings: Iterable[Element]) -> Iterator[Element]:
    """What says nothing but plain text: headings, and the parts of lines that consist of such."""
    for heading in headings:
        if heading.tag in (*HEADINGS, "p") and _is_plain(heading):
            yield heading
        elif heading.tag == "p" and _has_parts(heading):
            yield from heading


def _is_plain(element: Element) -> bool:
    return not len(element) and bool(element.text) and not _SPACES.search(element.text or "")


def _has_parts(line: Element) -> bool:
    """Whether a line consists of one or two texts, the second at its end as a rule."""
    between = [line.text, *(part.tail for part in line)]
    parts = all(part.tag == "span" and _is_plain(part) for part in line)
    return parts and 0 < len(line) <= len(_PARTS) and not any(between)


_PARTS = ("left", "right")


def says_nothing_else(headings: Iterable[Element]) -> bool:
    """Whether all that headings say is samples."""
    texts = (text for heading in headings for text in heading.itertext())
    return all(_SAMPLE.fullmatch(str(text)) for text in texts)


def own_words(headings: Iterable[Element]) -> tuple[str, ...]:
    """What these headings say."""
    return tuple(heading.text or "" for heading in own_headings(headings))


def put_samples(headings: Iterable[Element], kind: int) -> None:
    """Puts samples for the words of headings."""
    for position, heading in enumerate(own_headings(headings)):
        heading.text = f"本表{kind}第{position}处"


def filled(text: str, words: Words) -> str:
    """A text with a grid's own words instead of samples."""
    return _SAMPLE.sub(lambda sample: words[int(sample[2])], text)


def read_own_lines(page_box: Box, kind: int | None, shaper: Shaper) -> list[OwnLine]:
    """The lines of a page that show samples, in the order in which they are painted.

    What is left of them on the page shows nothing.

    Args:
        page_box: the page.
        kind: the number of the kind of grid; nothing if no words are its grids' own.
        shaper: what shapes them.

    Raises:
        UnknownStyleError: if they stand in a way that is not known.
    """
    found = list(_samples_on(page_box))
    whole = "".join(box.text for box in page_box.descendants() if _is_text(box))
    shown = sum(len(_SAMPLE.findall(path[-1].text)) for path in found)
    expect(shown == len(_SAMPLE.findall(whole)), "a sample in several lines")
    expect(SLOT not in whole, "a name that is shown")
    in_margins = any(_kind(path[-3]) == "MarginBox" for path in found)
    expect(len(found) == 1 or not in_margins, "several titles said again")
    found.sort(key=lambda path: not path[-3].is_floated())  # what floats is painted first
    own_lines = [_read(page_box, path, kind, shaper) for path in found]
    for *_, text in found:
        text.text = ""
    return own_lines


def _samples_on(box: Box, *above: Box) -> Iterator[tuple[Box, ...]]:
    """The boxes from a page to each text that shows a sample."""
    for child in getattr(box, "children", ()):
        if _is_text(child):
            if _SAMPLE.search(child.text):
                yield *above, box, child
        else:
            yield from _samples_on(child, *above, box)


def _is_text(box: Box) -> bool:
    return _kind(box) == "TextBox"


def _kind(box: Box) -> str:
    return type(box).__name__


def _read(page_box: Box, path: Sequence[Box], kind: int | None, shaper: Shaper) -> OwnLine:
    """A line, or a part of one, that says a text."""
    text = path[-1]
    kinds = {int(sample[1]) for sample in _SAMPLE.finditer(text.text)}
    expect(kinds == {kind}, "a title of another section")
    if _kind(path[-2]) == "InlineBox" or path[-3].is_floated():
        align, left, room = _room_for_part(page_box, path)
    else:
        box, line = path[-3:-1]
        expect(_kind(line) == "LineBox" and len(line.children) == 1, "a line of parts")
        expect(len(box.children) == 1, "a heading of several lines")
        if _kind(box) == "MarginBox":
            align, left, room = _room_in_margin(page_box, box)
        else:
            align, left, room = _room_in_block(box)
        _expect_alone(page_box, line)
    expect_plain(text.style)
    style = SettingStyle(text.style)
    (line,) = shaper.lines(style, text.text, None)
    own_line = OwnLine(
        text.text,
        style,
        align,
        left,
        room,
        text.position_y + text.baseline,
        line.height,
        line.baseline,
    )
    x = own_line.placed(_samples(text.text), shaper).x
    expect(_alike(line.width, text.width) and _alike(x, text.position_x), "a line set otherwise")
    return own_line


def _room_in_block(box: Box) -> tuple[str, float, float]:
    """How the line of a block is aligned, where its room begins, its width."""
    expect(_kind(box) == "BlockBox", "a heading of an unknown kind")
    expect_known(box)
    _expect_whole_text(box.style)
    expect(not box.style["text_indent"].value, "text-indent")
    return text_align(box.style, justified="left"), box.content_box_x(), box.width


def _room_for_part(page_box: Box, path: Sequence[Box]) -> tuple[str, float, float]:
    """The same for a part of a line: a text at its beginning, or one that floats at its end."""
    floats = path[-3].is_floated()
    block, line = path[-5:-3] if floats else path[-4:-2]
    align, left, room = _room_in_block(block)
    expect(align == "left" and len(block.children) == 1, "a line of parts")
    expect(_kind(line) == "LineBox", "a line of parts")
    expect([*map(_kind, line.children)] in _LINES_OF_PARTS, "a line of parts")
    for each, side in zip(line.children, _PARTS, strict=False):
        expect_known(each)
        expect(each.is_floated() == (side == "right"), "float")
        expect(each.style["float"] in ("none", side), "float")
        _expect_whole_text(each.style)
        expect(len(each.children) == 1, "a line of parts")
    baselines = {
        round(box.position_y + box.baseline, 2) for box in line.descendants() if _is_text(box)
    }
    expect(len(baselines) == 1, "parts that stand apart")
    _expect_alone(page_box, line)
    return ("right" if floats else "left"), left, room


_LINES_OF_PARTS = (["InlineBox"], ["InlineBox", "BlockBox"])


def _room_in_margin(page_box: Box, box: Box) -> tuple[str, float, float]:
    """How a line is aligned that is alone on its side of a page, where its room begins, its width.

    Its box is as wide as what it says.
    """
    expect_known_margin(box)
    expect(not box.style["text_indent"].value, "text-indent")
    side, _, align = box.at_keyword.removeprefix("@").partition("-")
    expect(side in ("top", "bottom") and align in ("left", "center", "right"), "margins")
    beside = [
        other
        for other in page_box.children
        if type(other).__name__ == "MarginBox" and other.children
        if other.at_keyword.startswith(f"@{side}") and not other.at_keyword.endswith("corner")
    ]
    expect(beside == [box], "margins")
    room = page_box.border_width() - box.padding_left - box.padding_right
    return align, page_box.margin_left + box.padding_left, room


def _expect_alone(page_box: Box, line: Box) -> None:
    """Nothing beside a line takes of its room."""
    top, bottom = line.position_y, line.position_y + line.height
    for other in page_box.descendants():
        if other.is_floated() and not any(other is part for part in line.children):
            apart = other.position_y >= bottom or other.position_y + other.margin_height() <= top
            expect(apart, "a heading beside something")


def _samples(text: str) -> dict[int, str]:
    return {int(sample[2]): sample[0] for sample in _SAMPLE.finditer(text)}


def _alike(ours: float, theirs: float) -> bool:
    return abs(ours - theirs) < SAME


def _expect_whole_text(style: Any) -> None:
    """What bookmarks and titles said again take of a heading is all of its text, or none of it."""
    named = () if style["string_set"] == "none" else style["string_set"]
    for contents in (style["bookmark_label"], *(contents for _, contents in named)):
        known = all(part[0] in _WORDS or part in _ALL_TEXT for part in contents)
        expect(known, "a part of a heading said again")
