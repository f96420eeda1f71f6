"""Takes the printed number off a laid out page, to print it when the place of the page is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import tinycss2

from generator.core.text.patterns import late_pattern
from generator.printing.fragments.harvest import POINTS
from generator.printing.fragments.stamp import DIGITS, Shaped, Stamp
from generator.printing.grids.known_css import (
    SAME,
    Box,
    expect,
    expect_known_margin,
    expect_plain,
    text_align,
)
from generator.printing.grids.shaping import Chunk, SettingStyle, ShapedLine, Shaper, colour

_NOTHING = ShapedLine((), 0, 0, 0)
_COUNTERS = ("counter()", "counters()")
_COUNTER = ("counter()", ("page", "decimal"))
_CENTRED = ("@bottom-center", "@top-center")
_COUNTS_PAGES = late_pattern(r"counters?\([^)]*\bpages?\b|target-counters?\(")


@dataclass(frozen=True, slots=True)
class PrintedPageNumber:
    """How the number of a page is printed: words around it, centred at a place."""

    before: str
    after: str
    style: SettingStyle
    middle: float
    baseline: float


class PageStamps(NamedTuple):
    """What prints the numbers of pages later.

    Attributes:
        stamps: how they are printed: in one way for each size of page, as a rule.
        stamped: by the positions of the pages that print theirs, by which of the stamps.
        chunks: the glyphs that takes.
    """

    stamps: tuple[Stamp, ...]
    stamped: Mapping[int, int]
    chunks: tuple[Chunk, ...]


def take_numbers(pages: Sequence[Any], shaper: Shaper) -> PageStamps:
    """Takes the numbers off pages.

    Args:
        pages: the pages; they are left as they are if not all numbers can be taken.
        shaper: what shapes them.

    Raises:
        UnknownStyleError: if they are not all printed in a way that is known.
    """
    numbers = [page_number(page._page_box) for page in pages]
    kinds = list(dict.fromkeys(number for number in numbers if number is not None))
    made = [stamp_of(kind, shaper) for kind in kinds]
    for page in pages:
        remove_number(page._page_box)
    return PageStamps(
        tuple(stamp for stamp, _ in made),
        {at: kinds.index(number) for at, number in enumerate(numbers) if number is not None},
        tuple(chunk for _, chunks in made for chunk in chunks),
    )


def stamp_of(number: PrintedPageNumber, shaper: Shaper) -> tuple[Stamp, tuple[Chunk, ...]]:
    """How numbers are printed: put together from parts, if those stand side by side unchanged."""

    def shape(text: str) -> tuple[Shaped, tuple[Chunk, ...]]:
        line = shaper.lines(number.style, text, None)[0] if text else _NOTHING
        return Shaped(" ".join(each.operators for each in line.chunks), line.width), line.chunks

    digits = [shape(digit) for digit in DIGITS]
    before, after = shape(number.before), shape(number.after)
    widths = {digit: shaped.width for digit, (shaped, _) in zip(DIGITS, digits, strict=True)}
    for first, second in product(DIGITS, DIGITS):
        apart = widths[first] + widths[second]
        expect(abs(shape(first + second)[0].width - apart) < SAME, "digits that move each other")
    for digit, width in widths.items():
        whole = shape(number.before + digit + number.after)[0].width
        apart = before[0].width + width + after[0].width
        expect(abs(whole - apart) < SAME, "words that move the page number")
    stamp = Stamp(
        POINTS,
        colour(number.style),
        before[0],
        tuple(shaped for shaped, _ in digits),
        after[0],
        number.middle,
        number.baseline,
    )
    return stamp, tuple(chunk for _, chunks in (before, *digits, after) for chunk in chunks)


def page_number(page_box: Box) -> PrintedPageNumber | None:
    """The number of a page, centred in a margin; nothing if it has none.

    Raises:
        UnknownStyleError: if it is printed in a way that only WeasyPrint knows.
    """
    numbered = list(_counting(page_box))
    if not numbered:
        return None
    box = numbered[0]
    texts = [text for line in box.children for text in getattr(line, "children", ())]
    expect(len(numbered) == len(texts) == 1 and box.at_keyword in _CENTRED, "margins")
    words = [_words(part) for part in box.style["content"]]
    expect(words.count(None) == 1, "margins")
    at = words.index(None)
    text = texts[0]
    expect_known_margin(box)
    _expect_centred(text.style)
    return PrintedPageNumber(
        "".join(word or "" for word in words[:at]),
        "".join(word or "" for word in words[at:]),
        SettingStyle(text.style),
        round(text.position_x + text.width / 2, 3),
        round(text.position_y + text.baseline, 3),
    )


def _expect_centred(style: Any) -> None:
    """Text of any width has its middle in the middle of the margin, and nothing is drawn with it.

    What a page says of text holds in its margins, too: no rule of theirs needs to say it.
    """
    expect_plain(style)
    expect(text_align(style) == "center", "text-align")
    expect(style["letter_spacing"] in ("normal", 0), "letter-spacing")
    expect(style["word_spacing"] == 0, "word-spacing")
    expect(style["visibility"] == "visible", "visibility")


def _words(part: Any) -> str | None:
    """A part of what a margin says: words, or nothing for the page number."""
    if part == _COUNTER:
        return None
    expect(part[0] == "string", "margins")
    return str(part[1])


def _margins(page_box: Box) -> list[Box]:
    """The boxes in the margins of a page that say something."""
    return [box for box in page_box.children if type(box).__name__ == "MarginBox" and box.children]


def _counting(page_box: Box) -> Iterator[Box]:
    """The boxes in the margins of a page that count anything."""
    return (box for box in _margins(page_box) if _counts(box))


def saying_margins(page_box: Box) -> Iterator[Box]:
    """The boxes in the margins of a page that say anything but its number."""
    return (box for box in _margins(page_box) if not _counts(box))


def _counts(box: Box) -> bool:
    return any(part[0] in _COUNTERS for part in box.style["content"])


def remove_number(page_box: Box) -> None:
    """Takes the number off a page: it is printed when it is known."""
    for box in list(_counting(page_box)):
        remove(page_box, box)


def remove(box: Box, gone: Box) -> None:
    """Takes a box off its page."""
    children: Collection[Box] = getattr(box, "children", ())
    if any(child is gone for child in children):
        box.children = [child for child in children if child is not gone]
    else:
        for child in children:
            remove(child, gone)


def counts_pages_in_margins_alone(css: str) -> bool:
    """Whether no rule but those of the margins of pages says a page number.

    What a rule for elements says of pages depends on where they stand in the document.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    others = [rule for rule in rules if getattr(rule, "lower_at_keyword", "") != "page"]
    return not _COUNTS_PAGES.search(tinycss2.serialize(others))
