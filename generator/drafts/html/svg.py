"""The words that a drawing in a web page shows, line by line as they stand there.

Charts are such drawings. Their words are read as the PDF reader reads those of printed charts: what
stands at one height is a line, from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import trimmed

Element = etree._Element

_SPACE = late_pattern(r"\s+")
_NOT_SHOWN = late_pattern(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_HIDDEN = frozenset(
    {"title", "desc", "metadata", "style", "script", "defs", "symbol", "clippath", "mask"}
    | {"pattern", "marker", "lineargradient", "radialgradient", "filter", "template"}
)
"""What describes a drawing or is kept for use in it; none of it is shown where it stands."""
_NUMBER = r"[-+]?(?:\d{1,30}(?:\.\d*)?|\.\d+)(?:e[-+]?\d)?"
_LENGTH = late_pattern(rf"\s*({_NUMBER})(px|pt|em)?(?=[\s,]|$)", re.IGNORECASE)
_SHIFT = late_pattern(rf"\s*translate\(\s*({_NUMBER})(?:[\s,]+({_NUMBER}))?\s*\)\s*", re.IGNORECASE)
_EM = 12.0
"""Units: about the size of the letters in a chart."""
_ONE_LINE = 3.0
"""Units: words whose feet differ by no more stand in one line."""


class _Words(Struct, frozen=True):
    """Words of a drawing and where they stand: from the left, from the top, in its own units."""

    x: float
    y: float
    text: str = ""


def is_drawing(element: Element) -> bool:
    """Whether an element is a drawing."""
    return _name(element) == "svg"


def drawn_lines(drawing: Element) -> list[str]:
    """The lines of words that a drawing shows, from its top down."""
    found = [words for words in _shown(drawing, 0.0, 0.0) if words.text]
    lines: list[list[_Words]] = []
    for words in sorted(found, key=lambda words: words.y):
        if not lines or words.y - lines[-1][-1].y > _ONE_LINE:
            lines.append([])
        lines[-1].append(words)
    return [" ".join(each.text for each in sorted(line, key=lambda each: each.x)) for line in lines]


def _name(element: Element) -> str:
    """The name of an element without its namespace; ``""`` of a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _shown(element: Element, x: float, y: float) -> Iterator[_Words]:
    """The words in an element that is drawn from a point on."""
    if not _is_shown(element):
        return
    right, down = _shift(element)
    x, y = x + right + _length(element, "x"), y + down + _length(element, "y")
    if _name(element) in ("text", "foreignobject"):
        yield from _words(element, x, y)
        return
    for child in element:
        yield from _shown(child, x, y)


def _words(text: Element, x: float, y: float) -> Iterator[_Words]:
    """The words of a text; a part of it that has a place of its own begins others."""
    at = _Words(x + _length(text, "dx"), y + _length(text, "dy"))
    origin = x - _length(text, "x"), y - _length(text, "y")
    running = [text.text or ""]
    for part, words in _parts(text):
        if part is not None and _is_placed(part):
            yield replace(at, text=_plain(running))
            running = []
            at = _placed(part, at, origin)
        running.append(words)
    yield replace(at, text=_plain(running))


def _parts(element: Element) -> Iterator[tuple[Element | None, str]]:
    """The texts below an element in reading order, each with the element that it begins, if any."""
    for child in element:
        if _is_shown(child):
            yield child, child.text or ""
            yield from _parts(child)
        yield None, child.tail or ""


def _is_placed(part: Element) -> bool:
    """Whether a part of a text stands elsewhere than right after what is before it."""
    named = part.get("x") is not None or part.get("y") is not None
    return named or abs(_length(part, "dy")) > _ONE_LINE


def _placed(part: Element, last: _Words, origin: tuple[float, float]) -> _Words:
    x = last.x if part.get("x") is None else origin[0] + _length(part, "x")
    y = last.y if part.get("y") is None else origin[1] + _length(part, "y")
    return _Words(x, y + _length(part, "dy"))


def _is_shown(element: Element) -> bool:
    name, style = _name(element), element.get("style")
    return not (
        not name
        or name in _HIDDEN
        or element.get("display", "").strip().lower() == "none"
        or element.get("visibility", "").strip().lower() in ("hidden", "collapse")
        or (style is not None and _NOT_SHOWN.search(style))
    )


def _shift(element: Element) -> tuple[float, float]:
    """How far a drawing is moved; turned and scaled ones are read as if they were not."""
    match = _SHIFT.match(element.get("transform", ""))
    return (float(match[1]), float(match[2] or 0)) if match else (0.0, 0.0)


def _length(element: Element, name: str) -> float:
    """The first length of an attribute; one that has none, percentages say, is 0."""
    match = _LENGTH.match(element.get(name, ""))
    if match is None:
        return 0.0
    return float(match[1]) * (_EM if (match[2] or "").lower() == "em" else 1)


def _plain(texts: list[str]) -> str:
    return trimmed(_SPACE.sub(" ", "".join(texts)))
