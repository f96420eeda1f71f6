"""What is wrong within the words that a finding quotes, to be marked there."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.checks.relations.words import OTHERS
from generator.core.findings import Finding
from generator.core.text.patterns import late_pattern
from generator.reports.excerpts import harmless_excerpt

_AMOUNT = late_pattern(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+(?=\s?[个辆台家人项张元%年万]))"
)
"""Amounts as a message names them; other whole numbers may be codes."""
_QUOTED = late_pattern("[“‘]([^“”‘’]+)[”’]")
_DOTS = "…⋯"


class MarkedStretch(NamedTuple):
    """A stretch of a text and whether it is what the finding is about."""

    text: str
    wrong: bool


def marked(finding: Finding) -> tuple[MarkedStretch, ...]:
    """The words that a finding quotes, cut where it names a value or words that stand in them."""
    text = harmless_excerpt(finding.excerpt)
    named = sorted(_named(harmless_excerpt(finding.message)), key=len, reverse=True)
    found = [each for each in named if each in text and each != text.strip(_DOTS)]
    if not found:
        return (MarkedStretch(text, wrong=False),)
    # a number is not found within a longer one
    pattern = "|".join(rf"(?<![\d.]){re.escape(e)}(?![\d.]*\d)" for e in found)
    pieces = re.split(f"({pattern})", text)
    return tuple(MarkedStretch(each, n % 2 == 1) for n, each in enumerate(pieces) if each)


def message_alone(finding: Finding) -> str:
    """The message of a finding whose effects are listed under it."""
    return finding.message.partition(OTHERS)[0] if finding.effects else finding.message


def _named(message: str) -> set[str]:
    quoted = {each.strip(_DOTS) for each in _QUOTED.findall(message)}
    return {each for each in {*quoted, *_AMOUNT.findall(message)} if each}
