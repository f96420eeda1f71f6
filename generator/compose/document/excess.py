"""What no document needs, and what the printers would take for ever over: refused beforehand.

Cells that reach over very many columns or rows (the printers make a place for each, and need not
ask whether a span is a number), elements within elements, and blanks in a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from generator.core.text.patterns import late_pattern

_LARGEST_SPAN = 1000
"""Columns or rows that one cell may reach over."""
_MOST_PLACES = 2_000_000
"""Places in tables that all cells with spans may take together."""
_DEEPEST = 100
"""Elements within each other; layout calls itself several times for each."""
_MOST_BLANKS = 2_000
"""In a row; layout takes time with the square of their number."""
_NAMES = ("colspan", "rowspan", "span")
_WRITTEN = late_pattern(r"span\s*=\s*[\"']([^\"']*)")
_NUMBER = late_pattern("[0-9]{1,4}")
_BLANKS = late_pattern(rf"(?<!\s)\s{{{_MOST_BLANKS}}}")
_SPANNING: Any = etree.XPath("//*[@colspan or @rowspan or @span]")
_LONG_TEXTS: Any = etree.XPath(f"//text()[string-length() >= {_MOST_BLANKS}]")
_TOO_DEEP: Any = etree.XPath(f"boolean({'/*' * (_DEEPEST + 1)})")


class WrittenSpans(NamedTuple):
    """The spans that a text writes.

    Attributes:
        total: their sum.
        largest: the largest of them.
        plain: whether each is a number that a span may be, and the tree has no others.
    """

    total: int
    largest: int
    plain: bool

    @property
    def surely_fine(self) -> bool:
        """Whether none is odd, and they take not too many places: so in almost every document."""
        return self.plain and self.total * self.largest <= _MOST_PLACES

    def along_with(self, other: WrittenSpans) -> WrittenSpans:
        """The spans of two texts."""
        largest = max(self.largest, other.largest)
        return WrittenSpans(self.total + other.total, largest, self.plain and other.plain)


def written_spans(html: str) -> WrittenSpans:
    """The spans that a text writes."""
    written = Counter(_WRITTEN.findall(html))  # few are different
    spans = {said: _span(said) for said in written}
    taken = sum(spans[said] * times for said, times in written.items())
    plain = 0 not in spans.values() and "<!" not in html  # a declaration could bring others
    return WrittenSpans(taken, max(spans.values(), default=0), plain)


def excessive(root: etree._Element, spans: WrittenSpans) -> Iterator[tuple[str, str]]:
    """What a document may not have: what is written, and what is wrong with it, in Chinese.

    Args:
        root: its tree, without the line breaks.
        spans: the spans that its text writes.
    """
    if _TOO_DEEP(root):
        yield "", f"标签一层套一层，套了 {_DEEPEST} 层以上"
        return
    if any(_BLANKS.search(str(text)) for text in _LONG_TEXTS(root)):
        yield "", f"一处有 {_MOST_BLANKS} 个以上连着的空格"
    if not spans.surely_fine:
        yield from _odd_spans(root)


def _odd_spans(root: etree._Element) -> Iterator[tuple[str, str]]:
    places = 0
    for element in _SPANNING(root):
        taken = 1
        for name in _NAMES:
            said = element.get(name, "1")
            span = _span(said)
            if not span:
                cause = f"{name} 应当是 1 到 {_LARGEST_SPAN} 的整数，现在是“{said[:20]}”"
                yield f'{name}="{said}', cause
            taken *= span
        places += taken
    if places > _MOST_PLACES:
        yield "colspan", f"跨行、跨列的单元格一共占了 {_MOST_PLACES // 10_000} 万格以上"


def _span(said: str) -> int:
    """The number that is said; 0 if it is none that a span may be."""
    number = int(said) if _NUMBER.fullmatch(said) else 0
    return number if number <= _LARGEST_SPAN else 0
