"""Reasons that a sentence announces and does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.checks.general.wording.common_words import EMPTY_REASONS
from generator.core.text.patterns import late_pattern

_ANNOUNCED = (
    r"(?:主要)?原因(?:主要)?(?:是|为|在于)(?:由于|因为?)?"
    r"|主要(?:是|系)?(?:由于|因为)|主要系|主要是因|(?:主要)?原因(?=\s*[：:])"
)
_BLANK = late_pattern(rf"(?:{_ANNOUNCED})\s*[：:]?\s*(?:[。；;]|[，,]\s*[。；;]|[，,](?=其中))")
_OPEN_END = late_pattern(rf"(?:{_ANNOUNCED})\s*[，,]?\s*$")
_BLANK_CAUSE = late_pattern(r"(?:由于|因为)\s*[，,。；;]")
_REASON = late_pattern(rf"(?:{_ANNOUNCED})\s*[：:]?\s*(?P<words>[^。；;]{{1,60}})(?=[。；;]|$)")
_CLAUSE = late_pattern(r"[，,、]")
_AFTER = late_pattern(r"(?:等|所致|的原因|造成|导致)+$")
_CHANGE = late_pattern("增加|减少|增长|下降|上升|降低|提高|持平|高于|低于|大于|小于")


class Blank(Struct, frozen=True):
    """A reason that is missing or says nothing: the words, and whether there are none at all."""

    words: str
    at: int
    missing: bool


def blank_reasons(text: str, *, ends: bool) -> Iterator[Blank]:
    """The reasons in a paragraph that are missing or say nothing.

    Args:
        text: the paragraph.
        ends: whether the paragraph surely ends where its text does.
    """
    missing = [*_BLANK.finditer(text), *_BLANK_CAUSE.finditer(text)]
    missing += [*_OPEN_END.finditer(text)] if ends else []
    taken: set[int] = set()
    for match in sorted(missing, key=lambda found: found.start()):
        if not taken.intersection(range(*match.span())):
            taken.update(range(*match.span()))
            yield Blank(match[0].strip(), match.start(), missing=True)
    for match in _REASON.finditer(text):
        explains = _CHANGE.search(text[: match.start()]) is not None
        told = taken.intersection(range(*match.span()))
        if explains and not told and says_nothing(match["words"]):
            yield Blank(match["words"], match.start("words"), missing=False)


def says_nothing(reason: str) -> bool:
    """Whether every clause of a reason would hold of any office in any year."""
    clauses = [_AFTER.sub("", clause.strip()) for clause in _CLAUSE.split(reason)]
    filled = [clause for clause in clauses if clause]
    return bool(filled) and all(
        any(re.fullmatch(words, clause) for words in EMPTY_REASONS) for clause in filled
    )
