"""Which of the lines that a break or a page's width made are lines of their own.

A break may be set between two headings, between the lines of an address, or only for looks:
within a heading, or in running text that was wrapped by hand or by a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.core.text.patterns import late_pattern
from generator.drafts.words.numbering import NUMERALS, PART_OR_SECTION
from generator.drafts.words.text import rejoined, trimmed

_OPENING = late_pattern(
    rf"{PART_OR_SECTION}[:：]?|[{NUMERALS}\d]+[、.．]|[（(][{NUMERALS}\d]+[）)]"
    rf"|附?(件|表|图)[{NUMERALS}\d]*[:：]?"
)
"""The beginning of a heading, whose words follow."""
BEGINS = late_pattern(
    rf"{PART_OR_SECTION}|[{NUMERALS}]+[、.．]|\d{{1,2}}[、.．](?!\d)"
    rf"|[（(][{NUMERALS}\d]+[）)]|[①-⑳]|附?表[{NUMERALS}\d]|附件|注[:：]"
)
"""What begins a line of its own."""
_GOES_ON = late_pattern(r".*[，、,（(“《—-]", re.DOTALL)
ENDS = late_pattern(r".*[。！？!?；;：:]”?", re.DOTALL)
_LEAST_WRAPPED = 20
"""Characters: shorter lines were not broken for want of room."""


def kept_lines(text: str, *, joined: bool = False) -> list[str]:
    """The lines of a text with breaks in it; those of a heading are ``joined``."""
    pieces = [piece for piece in map(trimmed, text.split("\n")) if piece]
    if len(pieces) < 2:  # noqa: PLR2004 - nothing to join
        return pieces
    return [" ".join(pieces)] if joined else runs(pieces, _LEAST_WRAPPED)


def runs(pieces: Iterable[str], least: int) -> list[str]:
    """Lines put together again where one runs on into the next.

    Args:
        pieces: lines with text, trimmed.
        least: characters that a line has at least if it was wrapped for want of room.
    """
    lines: list[str] = []
    for piece in pieces:
        if lines and _OPENING.fullmatch(lines[-1]):
            lines[-1] += f" {piece}"
        elif lines and runs_on(lines[-1], piece, least):
            lines[-1] = rejoined([lines[-1], piece])
        else:
            lines.append(piece)
    return lines


def runs_on(before: str, after: str, least: int) -> bool:
    """Whether a line runs on into the next, which continues its sentence."""
    if BEGINS.match(after) or ENDS.fullmatch(before):
        return False
    return len(before) >= least or bool(_GOES_ON.fullmatch(before))
