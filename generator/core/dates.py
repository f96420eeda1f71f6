"""Dates by CLDR patterns such as ``y年M月d日`` (Babel): written, and read back."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from babel import Locale
from babel.dates import format_date, tokenize_pattern

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern

USUAL_DATE = "y年M月d日"
"""How dates are printed if a pack says nothing."""
_LOCALE = Locale("zh", "Hans")
_FIELDS = {
    "y": r"(?P<year>[0-9]{4})",
    "M": r"(?P<month>[0-9]{1,2})",
    "d": r"(?P<day>[0-9]{1,2})",
}
_TWO_DIGITS = {"M": r"(?P<month>[0-9]{2})", "d": r"(?P<day>[0-9]{2})"}
_AS_PEOPLE_WRITE = late_pattern(
    r"(?P<year>\d{4})(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.])(?P<day>\d{1,2})日?|"
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    re.ASCII,
)


def check_date_pattern(pattern: str) -> str:
    """A pattern that names year, month and day once each, in numbers.

    Raises:
        ValueError: if it does not.
    """
    fields = [token for token in _tokens(pattern) if not isinstance(token, str)]
    widths: dict[str, int] = dict(fields)
    known = len(fields) == len(_FIELDS) and widths.keys() == _FIELDS.keys()
    if not known or widths["y"] not in (1, 4) or max(widths["M"], widths["d"]) > 2:  # noqa: PLR2004
        raise ValueError(pattern)
    return pattern


def _tokens(pattern: str) -> list[str | tuple[str, int]]:
    """The marks of a pattern, and its fields as letter and width."""
    return [value for _, value in tokenize_pattern(pattern)]


def written_date(day: date, pattern: str) -> str:
    """A day as a pattern writes it."""
    return str(format_date(day, pattern, locale=_LOCALE))


def usual_words(day: date) -> str:
    """A day as data and reports write it: 2026年2月10日."""
    return written_date(day, USUAL_DATE)


@memo(16)
def date_expression(pattern: str) -> str:
    """What finds dates in a text, with the groups year, month and day.

    Noughts before month and day may be left out or added where marks part them; the text is
    expected in half-width characters.
    """
    tokens = _tokens(unicodedata.normalize("NFKC", pattern))
    pieces = []
    for at, token in enumerate(tokens):
        if isinstance(token, str):
            pieces.append(re.escape(token))
            continue
        letter, width = token
        beside = [tokens[near] for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
        joined = width == 2 and any(not isinstance(each, str) for each in beside)  # noqa: PLR2004
        pieces.append((_TWO_DIGITS if joined else _FIELDS).get(letter, _FIELDS[letter]))
    return rf"(?<!\d){''.join(pieces)}(?!\d)"


def day_of_match(match: re.Match[str]) -> date | None:
    """The day that a match of :func:`date_expression` states; ``None`` if there is no such day."""
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def read_date(text: str, pattern: str = USUAL_DATE) -> date | None:
    """The day that a text is, by a pattern; ``None`` if it is none."""
    match = re.fullmatch(date_expression(pattern), unicodedata.normalize("NFKC", text.strip()))
    return day_of_match(match) if match else None


def dates_of(text: str, pattern: str) -> list[tuple[re.Match[str], date | None]]:
    """Every date in a text of half-width characters, by a pattern or in the usual words."""
    return [
        (match, day_of_match(match))
        for fromkey in dict.fromkeys((pattern, USUAL_DATE))
        for match in re.finditer(date_expression(fromkey), text)
    ]


def read_any_date(text: str, pattern: str = USUAL_DATE) -> date | None:
    """A day by a pattern, or as people write it: 2026-02-10, 2026/2/10, 2026.2.10, 20260210."""
    day = read_date(text, pattern)
    match = _AS_PEOPLE_WRITE.fullmatch(text.strip())
    if day is not None or match is None:
        return day
    parts = match["year"] or match["y"], match["month"] or match["m"], match["day"] or match["d"]
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
