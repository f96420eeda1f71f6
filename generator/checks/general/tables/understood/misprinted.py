"""Codes of subjects that the rows below them show to be misprinted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from generator.checks.general.tables.understood.table import UnderstoodRow
from generator.core.records import replace

_CLASS = 3
_LEAST_BELOW = 2
"""So many rows below a class must agree on another: of two codes either may be wrong."""


def with_codes_mended(lines: Sequence[UnderstoodRow]) -> tuple[UnderstoodRow, ...]:
    """The rows of a side, an upper one with the code that all rows below it begin with.

    20905 above 2080505 and 2080506, which make up its amounts, is 20805.
    """
    due = dict(_due(lines))
    return tuple(
        replace(line, code=due[line.at], misprint=line.code) if line.at in due else line
        for line in lines
    )


def _due(lines: Sequence[UnderstoodRow]) -> Iterator[tuple[int, str]]:
    coded = [line for line in lines if line.code]
    known = {line.code for line in coded}
    for at, line in enumerate(coded):
        length = len(line.code)
        below = list(takewhile(lambda each: len(each.code) > length, coded[at + 1 :]))  # noqa: B023
        begun = {each.code[:length] for each in below}
        if len(begun) != 1 or begun & known:
            continue
        (code,) = begun
        if _is_told(code, coded[:at], below) and _is_sum(line, below):
            yield line.at, code


def _is_told(code: str, above: Sequence[UnderstoodRow], below: Sequence[UnderstoodRow]) -> bool:
    """Whether other rows agree on a code: several below it, and the class above it."""
    if len(code) == _CLASS:
        return len(below) >= _LEAST_BELOW
    classes = [line.code for line in above if len(line.code) == _CLASS]
    return bool(classes) and code.startswith(classes[-1])


def _is_sum(line: UnderstoodRow, below: Sequence[UnderstoodRow]) -> bool:
    """Whether the amounts of a row are those of the highest rows below it, in every column."""
    highest = min(len(each.code) for each in below)
    parts = [each for each in below if len(each.code) == highest]
    return bool(line.amounts) and all(_sums_up(at, line, parts) for at in line.amounts)


def _sums_up(at: int, line: UnderstoodRow, parts: Sequence[UnderstoodRow]) -> bool:
    whole = line.amounts[at]
    amounts = [part.amounts[at] for part in parts if at in part.amounts]
    gap = abs(whole.value - sum((each.value for each in amounts), Decimal(0)))
    return gap <= whole.half_step + sum((each.half_step for each in amounts), Decimal(0))
