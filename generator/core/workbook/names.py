"""Names of the sheets of a workbook: what Excel takes, and no two the same."""

from __future__ import annotations

from collections.abc import Iterable

from generator.core.text.patterns import late_pattern

LONGEST = 31
"""Characters that Excel takes; one outside the basic plane counts twice."""
_FORBIDDEN = late_pattern(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f�]")
_RESERVED = ("history",)


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A name for each sheet: as wanted where that can be, else shortened and numbered."""
    used = {name.casefold() for name in taken} | set(_RESERVED)
    names = []
    for text in wanted:
        plain = " ".join(_FORBIDDEN.sub(" ", text).split()).strip("' ") or "表"
        name, number = _fitting(plain, ""), 1
        while name.casefold() in used:
            number += 1
            name = _fitting(plain, f" {number}")
        used.add(name.casefold())
        names.append(name)
    return names


def _fitting(text: str, end: str) -> str:
    """As much of a text as fits before an end."""
    while _length(text) + len(end) > LONGEST:
        text = text[:-1]
    return f"{text.rstrip(chr(39) + ' ')}{end}"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
