"""The budget year in names and texts: moved on by one where it can only mean the budget year."""

from __future__ import annotations

import re

from generator.core.text.patterns import late_pattern

_RANGE = late_pattern(r"(\d{4})\s*(?:年[^，。；、]{0,8}?)?\s*[-—–~～至到]+\s*(\d{4})")
"""2023-2035年, 2025年1月1日至2025年12月31日."""


def advanced(text: str, year: int) -> str:
    """The text with every 2025年 as 2026年.

    Document numbers such as 〔2025〕3号 stay, and so do terms of several years such as
    2023—2025年: they do not move with the budget.
    """
    terms = [match.span() for match in _RANGE.finditer(text) if match[1] != match[2]]

    def moved(match: re.Match[str]) -> str:
        in_term = any(start <= match.start() < end for start, end in terms)
        return match[0] if in_term else str(year + 1)

    return re.sub(rf"(?<!\d){year}(?=\s*学?年)", moved, text)


def mentions(text: str, year: int) -> bool:
    """Whether a text speaks of a year, other than in a document number."""
    return re.search(rf"(?<![\d〔\[［【（(]){year}(?!\d)(?![〕\]］】）)])", text) is not None
