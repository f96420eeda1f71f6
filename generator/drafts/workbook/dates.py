"""Days that a workbook keeps as numbers, shown by the format of their cell."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern

_LITERAL = late_pattern(r'"([^"]*)"|\\(.)|_.|\*.|\[(?:\$[^\]]*|[A-Za-z]+|[<>=][^\]]*)\]')
_TOKENS = late_pattern(r"y+|m+|d+|h+|s+|AM/PM|上午/下午|.", re.IGNORECASE | re.DOTALL)
_DATE_LETTERS = late_pattern(r"[ymdh]|(?<![A-Za-z])s+(?![A-Za-z])", re.IGNORECASE)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)
_LAST = 2_958_465
"""The day 9999-12-31."""
_SECONDS = 86_400
_LONG_YEAR = 3
_HOLD = "\x01"


@memo(1024)
def is_date(written: str) -> bool:
    """Whether a number format shows a day or a time."""
    bare = _LITERAL.sub("", written.split(";", maxsplit=1)[0])
    if bare.strip().lower() in ("general", "@", "") or re.search(r"[#0?]", bare):
        return False
    return bool(_DATE_LETTERS.search(bare))


def moment(number: Decimal, base_1904: bool = False) -> datetime | None:
    """The day and time that a number stands for; ``None`` if it is out of their range."""
    if not 0 <= number <= _LAST:
        return None
    seconds = int((number * _SECONDS).to_integral_value())
    start = _EPOCH_1904 if base_1904 else _EPOCH
    try:
        return start + timedelta(seconds=seconds)
    except OverflowError:
        return None


def day_of_number(number: Decimal, written: str, base_1904: bool = False) -> date | None:
    """The day that a number with a format of days stands for; ``None`` of a mere time."""
    if number < 1 or not is_date(written):
        return None
    when = moment(number, base_1904)
    return when.date() if when is not None else None


def shown_date(number: Decimal, written: str, base_1904: bool = False) -> str | None:
    """A number as a format of days shows it; ``None`` if it is no day."""
    when = moment(number, base_1904)
    return None if when is None else _shown(when, written.split(";", maxsplit=1)[0])


def _shown(when: datetime, pattern: str) -> str:
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return _HOLD

    tokens = _TOKENS.findall(_LITERAL.sub(keep, pattern))
    shown, time = "", False
    for at, piece in enumerate(tokens):
        lower = piece.lower()
        if lower[0] == "m" and (time or _seconds_follow(tokens[at + 1 :])):
            shown += f"{when.minute:02d}"
            continue
        time = lower[0] == "h" or (time and not lower[0].isalpha())
        shown += literals.pop(0) if piece == _HOLD else _token(when, lower, piece)
    return shown.strip()


def _seconds_follow(tokens: list[str]) -> bool:
    letters = (token.lower() for token in tokens if token[0].isalpha() and token.isascii())
    return next(letters, "").startswith("s")


def _token(when: datetime, lower: str, piece: str) -> str:
    wide = len(lower) > 1
    match lower[0]:
        case "y":
            return f"{when.year}" if len(lower) >= _LONG_YEAR else f"{when.year % 100:02d}"
        case "m" if lower.isalpha():
            return f"{when.month:02d}" if wide else f"{when.month}"
        case "d":
            return f"{when.day:02d}" if wide else f"{when.day}"
        case "h":
            return f"{when.hour:02d}" if wide else f"{when.hour}"
        case "s":
            return f"{when.second:02d}" if wide else f"{when.second}"
    return "" if lower in ("am/pm", "上午/下午") else piece
