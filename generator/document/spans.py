"""How many columns and rows the cells of a document reach over: as many as a table may have.

The printers make a place for each. They need not ask whether a span is a number, or a sane one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_LARGEST = 1000
"""Columns or rows that one cell may reach over."""
_MOST_PLACES = 2_000_000
"""Places in tables that all cells with spans may take together."""
_NAMES = ("colspan", "rowspan", "span")
_WRITTEN = re.compile(r"span\s*=\s*[\"']([^\"']*)")
_NUMBER = re.compile("[0-9]{1,4}")
_SPANNING: Any = etree.XPath("//*[@colspan or @rowspan or @span]")


def odd_spans(html: str, root: etree._Element) -> Iterator[tuple[str, str]]:
    """Spans that a document may not have: what is written, and what is wrong with it, in Chinese.

    Args:
        html: the text of the document.
        root: its tree.
    """
    if _surely_fine(html):
        return
    places = 0
    for element in _SPANNING(root):
        taken = 1
        for name in _NAMES:
            said = element.get(name, "1")
            spans = _span(said)
            if not spans:
                yield (
                    f'{name}="{said}',
                    f"{name} 应当是 1 到 {_LARGEST} 的整数，现在是“{said[:20]}”",
                )
            taken *= spans
        places += taken
    if places > _MOST_PLACES:
        yield "colspan", f"跨行、跨列的单元格一共占了 {_MOST_PLACES // 10_000} 万格以上"


def _span(said: str) -> int:
    """The number that is said; 0 where it is none that a span may be."""
    number = int(said) if _NUMBER.fullmatch(said) else 0
    return number if number <= _LARGEST else 0


def _surely_fine(html: str) -> bool:
    """Whether the text alone shows that no span is odd; so it is with almost every document."""
    if "<!" in html:  # a declaration could bring attributes that no tag has
        return False
    spans = [_span(said) for said in _WRITTEN.findall(html)]
    return 0 not in spans and sum(spans) * max(spans, default=0) <= _MOST_PLACES
