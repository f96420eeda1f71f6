"""Numbers as a workbook shows them: by the number format of the cell, without binary dust.

Office programs keep 688.07 as a binary fraction, and a sum of such fractions as
688.0700000000001. They show fifteen digits at most, and by the format of the cell fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern
from generator.drafts.workbook.dates import is_date, shown_date

GENERAL = "General"
_MOST_DIGITS = 15
_DUST_DECIMALS, _MEANT_DECIMALS = 8, 6
"""More decimals than the first are dust if rounding to the second changes next to nothing."""
_NEXT_TO_NOTHING = Decimal("5e-8")
_LARGEST = 40
_QUOTED = late_pattern(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = late_pattern(r"[#0?][#0?,.]*[#0?]|[#0?]")
_SECTIONS = late_pattern(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_CONDITION = late_pattern(r"\[\s*(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\s*\]")
_UNSHOWABLE = late_pattern(r"[Ee][+-]|/|@|General", re.IGNORECASE)
_HOLD = "\x01"
_MOST_SECTIONS = 4


def number_written(written: str) -> Decimal | None:
    """The number that a file holds as text, without dust; ``None`` if it is none.

    Args:
        written: such as ``688.0700000000001``, ``2010101.0`` or ``1.0E7``.
    """
    try:
        exact = Decimal(written)
    except InvalidOperation:
        return None
    if not exact.is_finite() or abs(exact.adjusted()) > _LARGEST:
        return None
    return without_dust(exact)


def without_dust(exact: Decimal) -> Decimal:
    """The number that a binary fraction stands for."""
    if not exact:
        return Decimal(0)
    digits = round(exact, _MOST_DIGITS - 1 - exact.adjusted())
    if -int(digits.normalize().as_tuple().exponent) > _DUST_DECIMALS:
        meant = round(exact, _MEANT_DECIMALS)
        if abs(meant - exact) < _NEXT_TO_NOTHING and meant:
            digits = meant
    return _plain(digits)


def _plain(number: Decimal) -> Decimal:
    """A number without noughts at its end, and without an exponent."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return number.normalize()


def shown_number(number: Decimal, written: str, base_1904: bool = False) -> str:
    """A number as a cell with a number format shows it.

    A format that this does not know shows the number as it is: more, never less.
    """
    shown = number_by_format(number, written, base_1904)
    return f"{number:f}" if shown is None else shown


def number_by_format(number: Decimal, written: str, base_1904: bool = False) -> str | None:
    """A number as a number format shows it; ``None`` of a format that this does not know.

    Args:
        number: without dust.
        written: the number format, such as ``#,##0.00_ ``.
        base_1904: whether the days of the workbook are counted from 1904.
    """
    if is_date(written):
        date = shown_date(number, written, base_1904)
        if date is not None:
            return date
    section, value = _section(number, written)
    if not section.strip() and section != written:
        return ""  # ``0.00;-0.00;`` shows nothing for nought
    bare = section.strip()
    if not bare or bare.lower() == "general" or bare == "@":
        return f"{number:f}"
    return _by_pattern(value, section)


def _section(number: Decimal, written: str) -> tuple[str, Decimal]:
    """The part of a format that is for a number, and the number as that part has it."""
    sections = _sections(written)
    if any(_CONDITION.search(section) for section in sections):
        return _conditional(number, sections)
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if not number and len(sections) > 2:  # noqa: PLR2004 - positive, negative, nought
        return sections[2], number
    return sections[0], number


def _conditional(number: Decimal, sections: tuple[str, ...]) -> tuple[str, Decimal]:
    for section in sections:
        condition = _CONDITION.search(section)
        if condition is None or _holds(number, condition[1], Decimal(condition[2])):
            return section, number
    return GENERAL, number


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": number < limit,
        ">": number > limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[sign]


@memo(1024)
def _sections(written: str) -> tuple[str, ...]:
    found = [match[1] for match in _SECTIONS.finditer(written)]
    if not written.endswith(";"):
        found = found[:-1]  # the end of the text matches once more
    return tuple(found[:_MOST_SECTIONS]) or (written,)


class _Pattern(NamedTuple):
    """A number format, parsed: what stands before and behind the digits, and how they are shown.

    ``digits`` is ``None`` if the format shows no digits, and ``shift`` how far the point moves.
    """

    before: str
    digits: str | None
    behind: str
    shift: int


def _by_pattern(number: Decimal, section: str) -> str | None:
    pattern = _pattern(section)
    if pattern is None:
        return None
    shown = pattern.before
    if pattern.digits is not None:
        shown += _figures(number.scaleb(pattern.shift), pattern.digits) + pattern.behind
    return shown.strip()


@memo(1024)
def _pattern(section: str) -> _Pattern | None:
    """A part of a format, parsed; ``None`` if it is none that is known."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or _symbol(match[0]))
        return _HOLD

    pattern = _QUOTED.sub(keep, section)
    digits = _DIGITS.search(pattern)
    if _UNSHOWABLE.search(pattern) or len(_DIGITS.findall(pattern)) > 1:
        return None
    if digits is None:
        return _Pattern(_filled(pattern, literals), None, "", 0)
    shift, end = 2 * pattern.count("%"), digits.end()
    while pattern[end : end + 1] == ",":  # a comma behind divides by a thousand
        shift, end = shift - 3, end + 1
    before = pattern[: digits.start()]
    held = before.count(_HOLD)
    return _Pattern(
        _filled(before, literals[:held]),
        digits[0],
        _filled(pattern[end:], literals[held:]),
        shift,
    )


def _filled(pattern: str, literals: Iterable[str]) -> str:
    """A pattern with its quoted pieces in their places again."""
    for literal in literals:
        pattern = pattern.replace(_HOLD, literal, 1)
    return pattern


def _symbol(written: str) -> str:
    """What a bracket shows: the currency of ``[$￥-804]``; colours and places show nothing."""
    match = re.match(r"\[\$([^\-\]]*)", written)
    return match[1] if match else ""


def _figures(number: Decimal, pattern: str) -> str:
    whole, _, part = pattern.partition(".")
    least, most = part.count("0"), len(part.replace(",", ""))
    rounded = abs(number).quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    digits = digits.lstrip("0").zfill(whole.count("0"))
    if "," in whole:
        digits = _grouped(digits)
    sign = "-" if number < 0 and rounded else ""
    return sign + digits + (f".{decimals}" if decimals else "")


def _grouped(digits: str) -> str:
    first = len(digits) % 3
    groups = [digits[:first]] if first else []
    groups += [digits[at : at + 3] for at in range(first, len(digits), 3)]
    return ",".join(groups)
