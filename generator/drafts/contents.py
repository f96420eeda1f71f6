"""Finds the table of contents in a draft: its lines are the headings with page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from generator.drafts import signposts
from generator.drafts.draft import Line, Row
from generator.drafts.signposts import heading_text
from generator.drafts.wording import folded

_FEWEST = 3


def contents_range(lines: Sequence[Line]) -> range:
    """The places of the table of contents, its title included; empty where there is none."""
    texts = [_whole_text(line) for line in lines]
    start = next((at for at, text in enumerate(texts) if _opens(text)), None)
    if start is None:
        return range(0)
    titled = bool(signposts.CONTENTS.fullmatch(texts[start]))
    first = start + titled
    numbered = [at for at in range(first, len(texts)) if _is_entry(texts[at])]
    if len(numbered) < _FEWEST:
        return range(start, _repetition(texts, first)) if titled else range(0)
    heading = (at for at in range(first, len(texts)) if signposts.chapter(texts[at]))
    end = next(heading, None)
    if end is None:
        end = next(at for at in range(numbered[0], len(texts) + 1) if at not in set(numbered))
    return range(start, max(end, numbered[0] + 1))


def _whole_text(line: Line) -> str:
    return folded("".join(line.cells)) if isinstance(line, Row) else heading_text(line)


def _opens(text: str) -> bool:
    return bool(signposts.CONTENTS.fullmatch(text)) or _is_entry(text)


def _is_entry(text: str) -> bool:
    return bool(signposts.CONTENTS_LINE.fullmatch(text))


def _repetition(texts: Sequence[str], first: int) -> int:
    """Where the first line of contents without page numbers comes again, as a heading."""
    later = (at for at in range(first + 1, len(texts)) if texts[at] == texts[first])
    return next(later, first)
