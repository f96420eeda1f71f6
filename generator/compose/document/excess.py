"""What no document needs, and what the printers would take for ever over: refused beforehand.

Cells that reach over very many columns or rows (the printers make a place for each, and need not
ask whether a span is a number), elements within elements, and blanks in a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

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


def excessive(html: str, root: etree._Element) -> Iterator[tuple[str, str]]:
    """What a document may not have: what is written, and what is wrong with it, in Chinese.

    Args:
        html: the text of the document.
        root: its tree, without the line breaks.
    """
    if _TOO_DEEP(root):
        yield "", f"标签一层套一层，套了 {_DEEPEST} 层以上"
        return
    if any(_BLANKS.search(str(text)) for text in _LONG_TEXTS(root)):
        yield "", f"一处有 {_MOST_BLANKS} 个以上连着的空格"
    if not _spans_are_surely_fine(html):
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


def _spans_are_surely_fine(html: str) -> bool:
    """Whether the text alone shows that no span is odd; so it is with almost every document."""
    if "<!" in html:  # a declaration could bring attributes that no tag has
        return False
    written = Counter(_WRITTEN.findall(html))  # few are different
    spans = {said: _span(said) for said in written}
    taken = sum(spans[said] * times for said, times in written.items())
    return 0 not in spans.values() and taken * max(spans.values(), default=0) <= _MOST_PLACES
