"""Which slips keep a file from being read: those without which the parser gets further."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import yaml

from generator.core.records import replace
from generator.load.yaml.slips import Slip, doubtful_slips, open_quotes, slips

Attempt = Callable[[str], yaml.MarkedYAMLError | None]
"""Parses a text; returns what stops the parser."""

_LINES_BEFORE = 12
_MOST_TRIED = 12
_MOST_QUOTES = 3
_MOST_ERRORS = 20
_MOST_PARSED = 2_000_000
"""Characters parsed in search of causes: a long file is not read a hundred times."""


def position(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Line and column, from 0, where an error begins, rather than where it is noticed."""
    problem = str(error.problem or error.context)
    begins = any(each in problem for each in _BEGIN_EARLIER)
    mark = (begins and error.context_mark) or error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)


_BEGIN_EARLIER = ("unexpected end of stream", "expected ','", "could not find expected ':'")


def causes_of_slips(
    text: str, error: yaml.MarkedYAMLError, attempt: Attempt
) -> tuple[list[tuple[int, int, Slip]], yaml.MarkedYAMLError | None]:
    """The slips that stop the parser, each with line and column from 0, and what still does."""
    found: list[tuple[int, int, Slip]] = []
    rest: yaml.MarkedYAMLError | None = error
    trying = _Attempts(attempt)
    for _ in range(_MOST_ERRORS):
        if rest is None:
            break
        some = _cause(text, rest, trying)
        if not some:
            dash = _dash_above(text, rest)
            if dash is not None:
                found.append((*line_and_column(text, dash.start), dash))
                rest = None
            break
        found += [(*line_and_column(text, slip.start), slip) for slip in some]
        text = mended(text, some)
        rest = attempt(text)
    return found, rest


def mended(text: str, some: Sequence[Slip]) -> str:
    """A text with slips mended; the lines stay as many."""
    for slip in reversed(some):
        text = text[: slip.start - slip.room] + slip.mend + text[slip.end :]
    return text


class _Attempts:
    """Parses as long as there is reason for patience."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._left = _MOST_PARSED

    def gets_further(self, text: str, error: yaml.MarkedYAMLError) -> bool:
        """Whether the parser comes to the end of a text, or further than before."""
        self._left -= len(text)
        if self._left < 0:
            return False
        after = self._attempt(text)
        return after is None or position(after)[0] > position(error)[0]


def _cause(text: str, error: yaml.MarkedYAMLError, trying: _Attempts) -> list[Slip]:
    """The fewest slips near an error that have to be mended for the parser to get further."""
    for guess in _guesses(text, error):
        if guess and trying.gets_further(mended(text, guess), error):
            return _fewest(text, guess, error, trying)
    return []


def _fewest(
    text: str, enough: list[Slip], error: yaml.MarkedYAMLError, trying: _Attempts
) -> list[Slip]:
    needed = enough
    for slip in enough:
        fewer = [each for each in needed if each is not slip]
        if fewer and trying.gets_further(mended(text, fewer), error):
            needed = fewer
    return needed


def _dash_above(text: str, error: yaml.MarkedYAMLError) -> Slip | None:
    """A wrong dash right above an error: nothing else looks like one, whatever mends it."""
    line = position(error)[0]
    start = _start_of(text, max(0, line - _LINES_BEFORE))
    found = [
        _moved(slip, start)
        for slip in slips(text[start : _start_of(text, line + 1)])
        if slip.mend == "- "
    ]
    return found[-1] if found else None


def _guesses(text: str, error: yaml.MarkedYAMLError) -> Iterator[list[Slip]]:
    """What may be the cause, the likeliest first: one slip on the line, those above it, all."""
    line = position(error)[0]
    mark = error.problem_mark or error.context_mark
    noticed = mark.line if mark else line
    start, end = _start_of(text, max(0, line - _LINES_BEFORE)), _start_of(text, noticed + 1)
    near = [_moved(slip, start) for slip in slips(text[start:end])]
    here = _start_of(text, line)
    after = [slip for slip in near if slip.start >= here][:_MOST_TRIED]
    before = [slip for slip in near if slip.start < here][-_MOST_TRIED:]
    yield from ([slip] for slip in (*after, *reversed(before)))
    yield after
    yield before[-3:] + after[:3]
    yield before + after
    yield from ([slip] for slip in reversed(open_quotes(text[:end])[-_MOST_QUOTES:]))
    doubtful = [_moved(slip, start) for slip in doubtful_slips(text[start:end])]
    yield from ([slip] for slip in reversed(doubtful[-_MOST_TRIED:]))


def _moved(slip: Slip, by: int) -> Slip:
    return replace(slip, start=slip.start + by, end=slip.end + by)


def _start_of(text: str, line: int) -> int:
    """Where a line begins, counted from 0; the end of the text where there is none."""
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return at


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """The place of a character, line and column from 0."""
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)
